package names

import (
	"strings"

	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// Universities of several campuses are named with the campus: "University of California, Riverside".

// campuses are universities of several campuses, one a line, with these. By its name alone each is the system, or another one.
const campuses = `university of california | berkeley | davis | irvine | los angeles | merced | riverside | san diego | san francisco
university of california | santa barbara | santa cruz
university of colorado | boulder | denver | colorado springs
university of illinois | urbana-champaign | urbana - champaign | chicago | springfield
university of maryland | college park | baltimore county | baltimore | eastern shore
university of massachusetts | amherst | boston | lowell | dartmouth
university of north carolina | chapel hill | charlotte | greensboro | wilmington | asheville
university of texas | austin | dallas | el paso | san antonio | arlington
university of wisconsin | madison | milwaukee | eau claire
university of nebraska | lincoln | omaha
university of michigan | ann arbor | dearborn | flint
university of minnesota | twin cities | duluth
university of missouri | columbia | kansas city | st. louis
university of nevada | las vegas | reno
university of tennessee | knoxville | chattanooga
university of alabama | birmingham | huntsville | tuscaloosa
university of alaska | fairbanks | anchorage
university of hawaii | manoa | hilo
university of hawai'i | manoa | mānoa | hilo
university of hawai’i | manoa | mānoa | hilo
university of arkansas | fayetteville | little rock
university of louisiana | lafayette | monroe
university of the west indies | mona | cave hill | st. augustine | st augustine
university of nottingham | ningbo | malaysia
university at albany | suny
university at buffalo | suny
california state university | fresno | fullerton | long beach | los angeles | northridge | sacramento | east bay
state university of new york | albany | binghamton | buffalo | stony brook
indian institute of technology | bombay | delhi | kanpur | kharagpur | madras | roorkee | guwahati | hyderabad | gandhinagar
indian institute of management | ahmedabad | bangalore | calcutta | lucknow
indian institute of science | bangalore | bengaluru
royal botanic gardens | kew | edinburgh
texas a&m university | corpus christi | kingsville
penn state | harrisburg | behrend
north carolina state university | raleigh
national university of ireland | galway | maynooth
technological university of the shannon | athlone | limerick`

var campusTowns = campusTable()

func campusTable() map[string][]string {
	table := map[string][]string{}
	for line := range strings.Lines(campuses) {
		names := strings.Split(strings.TrimSpace(line), " | ")
		table[names[0]] = append(table[names[0]], names[1:]...)
	}
	return table
}

// campus reports whether a campus follows a university's name, and ends the name with it: after a comma, a dash, "at", or nothing.
func (v *View) campus(f *Found) bool {
	from := f.From
	if v.Toks[from].Lower == "the" {
		from++
	}
	for end := min(from+2, f.To); end <= f.To; end++ {
		if to := v.campusAt(from, end); to > end {
			f.To = to
			return true
		}
	}
	return false
}

// campusAt returns where the campus ends that follows a university of these tokens, or 0.
func (v *View) campusAt(from, end int) int {
	i := end
	if t := v.At(i, from); t != nil && (t.Text == "," || t.Lower == "at" || t.Text == "-" || t.Text == "–" || t.Text == "—") {
		i++
	}
	if v.At(i, from) == nil || !v.Toks[i].Capital() {
		return 0
	}
	for _, town := range campusTowns[strings.ToLower(v.Text(from, end))] {
		for to := i + 1; to <= i+3 && v.At(to-1, from) != nil; to++ {
			if strings.EqualFold(v.Text(i, to), town) {
				return to
			}
		}
	}
	return 0
}

// ranInto takes a person's name off the front of a university's that follows it without a mark: "Jane S. [Roe University of Doe]".
func (v *View) ranInto(all []Found, f *Found) []Found {
	at := -1
	for i := f.From + 1; i+2 < f.To && i <= f.From+2; i++ {
		if v.Toks[i].Lower == "university" && v.Toks[i+1].Lower == "of" {
			at = i
		}
	}
	before := v.At(f.From-1, f.From)
	if at < 0 || before == nil || !v.Toks[f.From].Spaced || v.Toks[f.From].Line || !before.Capital() {
		return all
	}
	start := f.From - 1
	for start > 0 && v.At(start-1, f.From) != nil && v.Toks[start].Spaced && v.Toks[start-1].Capital() && f.From-start < 3 {
		start--
	}
	if v.Toks[start].Class&gazetteer.Forename == 0 {
		return all
	}
	for len(all) > 0 && all[len(all)-1].To > start {
		if all[len(all)-1].Kind != tagger.BeginPerson {
			return all
		}
		all = all[:len(all)-1]
	}
	person := Found{From: start, To: at, Kind: tagger.BeginPerson, Rule: text.RuleNames[v.Hints[start].Rule], Confidence: f.Confidence}
	all = append(all, person)
	f.From = at
	return all
}

// seated leaves off where a school or university is, "Roe School[ in Doe]": bodies of a country, as embassies are, keep it.
func (v *View) seated(f *Found) {
	for i := f.From + 1; i+1 < f.To; i++ {
		if v.Toks[i].Lower != "in" {
			continue
		}
		switch v.Toks[i-1].Lower {
		case "university", "school", "college", "academy", "hospital", "library", "museum", "church":
			f.To = i
			return
		}
		if i >= f.From+3 && v.Toks[i-2].Lower == "of" && v.Toks[i-3].Lower == "university" {
			f.To = i
			return
		}
	}
}
