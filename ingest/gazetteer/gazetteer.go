// Package gazetteer holds tables of facts about words: which are forenames and surnames, heads of bodies' names, words for roles,
// countries and their people, cities, universities, and the common words of English. It says what a word may be, never what it
// is in a text; that is for the extractor to judge. The sources are named in data/ATTRIBUTION.md.
package gazetteer

import (
	"fmt"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"rapporteur/ingest/model"
)

// Class is a set of the things that a word may be.
type Class uint32

// The classes of single words. All but Forename, Surname and Common are listed in data/lexicon.txt.
const (
	Forename    Class = 1 << iota
	Surname           //
	Common            // seen in small letters in running text
	OrgHead           // head of a body's name: institute, ministry
	Misc              // head of a named thing that is no body: act, report, summit
	Role              // part of a role: director, fellow
	Speak             // what speakers do: spoke, argued
	ListHead          // introduces those who take a part: speakers, panel, agenda
	AttendHead        // introduces those who do not speak: attendees, thanks
	Title             // before a name: dr, prof
	Particle          // inside a name: van, de
	Month             // months and days
	PostNominal       // after a name: MP, OBE
	Media             // platforms and papers that pages link to
)

// Form says how a phrase names a place.
type Form uint8

// The forms of a place.
const (
	NoPlace   Form = iota
	ByName         // the country itself, a usual abbreviation, or a constituent nation
	Demonym        // its people or an adjective
	CityOf         // a city or region that is in that country beyond doubt
	MaybeCity      // a city whose name others share
)

// Place is what a phrase says about a country.
type Place struct {
	Code  string // ISO 3166-1 alpha-2
	Form  Form
	Doubt bool // also an ordinary name or word: Jordan, Georgia, Chad
}

// Gazetteer answers look-ups. It is read-only after Load.
type Gazetteer struct {
	words        map[string]Class // by lower-case word
	places       map[string]Place // by phrase, as written
	universities map[string]bool  // by phrase, in lower case
	bodies       phrases          // well-known bodies
	things       phrases          // named things that are no bodies
	longest      map[string]int   // by the first word of a phrase, as written: words of its longest phrase (places)
	longestUni   map[string]int   // the same for universities, in lower case
	countries    map[string]string
}

// Tables begins the names of the tables in the model file.
const Tables = "tables/"

// Load reads the tables of the model file that this program carries.
func Load() (*Gazetteer, error) { return load() }

var load = sync.OnceValues(func() (*Gazetteer, error) {
	f, err := model.Embedded()
	if err != nil {
		return nil, fmt.Errorf("reading the gazetteer: %w", err)
	}
	return Read(model.Below(f.All(), Tables))
})

// Read reads tables by the names of their files.
func Read(tables map[string][]byte) (*Gazetteer, error) {
	g := &Gazetteer{
		words: map[string]Class{}, places: map[string]Place{}, universities: map[string]bool{}, bodies: newPhrases(), things: newPhrases(),
		longest: map[string]int{}, longestUni: map[string]int{}, countries: map[string]string{},
	}
	for _, step := range []struct {
		file string
		line func(string) error
	}{
		{"forenames.txt", g.class(Forename)},
		{"surnames.txt", g.class(Surname)},
		{"common.txt", g.class(Common)},
		{"lexicon.txt", g.lexicon},
		{"cities.txt", g.city},
		{"regions.txt", g.region},
		{"countries.txt", g.country},
		{"universities.txt", g.university},
		{"bodies.txt", g.bodies.add},
		{"things.txt", g.things.add},
	} {
		b, ok := tables[step.file]
		if !ok {
			return nil, fmt.Errorf("reading the gazetteer: no table %s", step.file)
		}
		for n, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
			if strings.HasPrefix(line, "#") {
				continue
			}
			if err := step.line(line); err != nil {
				return nil, fmt.Errorf("gazetteer %s:%d: %w", step.file, n+1, err)
			}
		}
	}
	return g, nil
}

func (g *Gazetteer) class(c Class) func(string) error {
	return func(line string) error {
		g.words[strings.ToLower(line)] |= c
		return nil
	}
}

func (g *Gazetteer) lexicon(line string) error {
	name, list, ok := strings.Cut(line, ":")
	class, known := map[string]Class{
		"orghead": OrgHead, "misc": Misc, "role": Role, "speak": Speak, "listhead": ListHead, "attendhead": AttendHead,
		"title": Title, "particle": Particle, "month": Month, "postnominal": PostNominal, "media": Media,
	}[name]
	if !ok || !known {
		return fmt.Errorf("%q is no class of words", name)
	}
	for _, w := range strings.Fields(list) {
		g.words[w] |= class
		if class == OrgHead || class == Misc || class == Role {
			g.words[w+"s"] |= class
			if stem, y := strings.CutSuffix(w, "y"); y {
				g.words[stem+"ies"] |= class
			}
		}
	}
	return nil
}

func (g *Gazetteer) place(phrase string, p Place) {
	g.places[phrase] = p
	first, _, _ := strings.Cut(strings.ReplaceAll(phrase, ",", ""), " ")
	g.longest[first] = max(g.longest[first], len(strings.Fields(phrase))+strings.Count(phrase, ","))
}

func (g *Gazetteer) city(line string) error {
	f := strings.Split(line, "\t")
	if len(f) != 3 {
		return fmt.Errorf("want name, code and sureness, have %q", line)
	}
	form := MaybeCity
	if f[2] == "+" && g.words[strings.ToLower(f[0])]&(Common|Forename|Surname) == 0 {
		form = CityOf
	}
	g.place(f[0], Place{Code: f[1], Form: form})
	return nil
}

func (g *Gazetteer) region(line string) error {
	code, names, ok := strings.Cut(line, "\t")
	if !ok {
		return fmt.Errorf("want code and names, have %q", line)
	}
	for _, n := range strings.Split(names, ";") {
		g.place(n, Place{Code: code, Form: CityOf})
	}
	return nil
}

func (g *Gazetteer) country(line string) error {
	f := strings.Split(line, "|")
	if len(f) != 4 {
		return fmt.Errorf("want code, name, other names and demonyms, have %q", line)
	}
	g.countries[f[0]] = strings.TrimSuffix(f[1], "*")
	add := func(list string, form Form) {
		for _, n := range strings.Split(list, ";") {
			if n == "" {
				continue
			}
			n, doubt := strings.CutSuffix(n, "*")
			g.place(n, Place{Code: f[0], Form: form, Doubt: doubt})
			if form == Demonym && !strings.HasSuffix(n, "s") && !strings.HasSuffix(n, "ese") && !strings.HasSuffix(n, "sh") &&
				!strings.HasSuffix(n, "ch") {
				g.place(n+"s", Place{Code: f[0], Form: form, Doubt: doubt})
			}
		}
	}
	add(f[1], ByName)
	add(f[2], ByName)
	add(f[3], Demonym)
	return nil
}

func (g *Gazetteer) university(line string) error {
	line = strings.TrimPrefix(strings.ToLower(line), "the ")
	g.universities[line] = true
	first, _, _ := strings.Cut(line, " ")
	g.longestUni[first] = max(g.longestUni[first], len(strings.Fields(line)))
	return nil
}

// phrases is a list of names as written.
type phrases struct {
	all     map[string]bool
	longest map[string]int // by the first word of a name: tokens of its longest one
}

func newPhrases() phrases { return phrases{map[string]bool{}, map[string]int{}} }

// add reads a line of names parted by semicolons.
func (p phrases) add(line string) error {
	for _, n := range strings.Split(line, ";") {
		p.all[n] = true
		first, _, _ := strings.Cut(strings.ReplaceAll(n, ",", ""), " ")
		p.longest[first] = max(p.longest[first], len(strings.Fields(n))+strings.Count(n, ",")+2*strings.Count(n, "'"))
	}
	return nil
}

// Body reports whether the phrase, as written, is the name of a well-known body.
func (g *Gazetteer) Body(phrase string) bool { return g.bodies.all[phrase] }

// LongestBody returns how many tokens the longest well-known body's name has that begins with this word, as written; 0 if none does.
func (g *Gazetteer) LongestBody(first string) int { return g.bodies.longest[first] }

// Thing reports whether the phrase, as written, names something that is no body when it stands by itself: a product, a
// law, an event, a topic, a technical acronym.
func (g *Gazetteer) Thing(phrase string) bool { return g.things.all[phrase] }

// LongestThing is LongestBody for things.
func (g *Gazetteer) LongestThing(first string) int { return g.things.longest[first] }

// Word returns what a word, in lower case, may be.
func (g *Gazetteer) Word(lower string) Class { return g.words[lower] }

// Country returns the English name of the country with that ISO 3166-1 alpha-2 code, "" if there is none.
func (g *Gazetteer) Country(code string) string { return g.countries[code] }

// Code returns the alpha-2 code that an ISO 3166-1 code of two or three letters stands for, "" if it is none.
func (g *Gazetteer) Code(code string) string {
	if g.countries[code] != "" {
		return code
	}
	region, err := language.ParseRegion(code)
	if err != nil || len(code) != 3 || g.countries[region.String()] == "" {
		return ""
	}
	return region.String()
}

// Place looks a phrase up, as written, words parted by single spaces.
func (g *Gazetteer) Place(phrase string) (Place, bool) {
	p, ok := g.places[phrase]
	return p, ok
}

// LongestPlace returns how many words the longest place has that begins with this word, as written; 0 if none does.
func (g *Gazetteer) LongestPlace(first string) int { return g.longest[first] }

// University reports whether the phrase, in lower case, is the name of a university.
func (g *Gazetteer) University(phrase string) bool { return g.universities[phrase] }

// LongestUniversity returns how many words the longest university's name has that begins with this word, in lower case; 0 if none does.
func (g *Gazetteer) LongestUniversity(first string) int { return g.longestUni[first] }
