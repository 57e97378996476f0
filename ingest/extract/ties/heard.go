package ties

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
)

var (
	// givenBy stand before "by" and those who gave what is told of.
	givenBy = fold.Set(`given presented delivered led run held conducted`)
	// featuringWords stand before those whom an occasion brings to its floor.
	featuringWords = fold.Set(`featuring features featured feature`)
	// featured may stand between them and the names.
	featured = fold.Set(`candidates speakers panellists panelists guests experts keynotes two three four five six seven eight nine ten talks
		from by the a an our with and`)
	// listingVerbs stand between a word for speakers and their names.
	listingVerbs = fold.Set(`include includes included including are were is was comprise comprised featured`)
	// speakerWords are those whose names follow.
	speakerWords = fold.Set(`speakers speaker panellists panelists panellist panelist presenters presenter keynotes lineup line-up`)
	// showWords are occasions that bring people to a floor.
	showWords = fold.Set(`conference debate debates panel webinar event events session sessions summit evening talks workshop workshops
		symposium forum programme program seminar day roundtable hustings meetup`)
	// arrangers stand before "by" and those who made an occasion, or wrote of it, and need not have spoken there.
	arrangers = fold.Set(`organised organized contributed curated sponsored edited compiled written authored co-organised co-organized
		supported
		funded arranged`)
)

// introduced says of a place that names somebody, or of the run of people that it is part of, whether the words before it, or the block
// that it makes up, bring them to the floor: "workshops were given by", "a debate featuring", "the speakers were", "we heard from", and
// below the heading of a talk "with Jane Roe", "Jane Roe says:"; the rule is empty if they do not.
func (v *view) introduced(f names.Found) string {
	from, to := f.From, f.To
	if r := v.runs[f.From]; r.people > 0 {
		from, to = r.From, r.To
	}
	s := v.Blocks[v.Toks[f.From].Block]
	alone := v.Kind(f.From) == ingest.ParagraphBlock && v.ofEvent() && v.Block(f.From).Heading >= 0 && !f.Short
	if alone && from == s.From+1 && to == s.To && withBefore[v.lower(s.From, from)] {
		return "below a heading"
	}
	if alone && from == s.From && to+2 == s.To && v.Toks[to+1].Text == ":" && (v.lower(to, from) == "says" || v.lower(to, from) == "writes") {
		return "says " + v.lower(to, from)
	}
	i := from - 1
	for n := 0; n < 3 && v.At(i, from) != nil && (alwaysTitled[v.Toks[i].Lower] || v.HasRole(i, i+1) && v.Toks[i].Capital()); n++ {
		i--
	}
	if v.lower(i, from) == ":" {
		i--
	}
	w, before := v.lower(i, from), v.lower(i-1, from)
	switch {
	case w == "by" && givenBy[before]:
		for k := i - 2; k > i-8 && v.At(k, from) != nil && !v.Toks[k+1].Opens; k-- {
			if doneWords[v.Toks[k].Lower] || sharedWords[v.Toks[k].Lower] {
				return "says " + before
			}
		}
	case w == "from" && (before == "heard" || before == "hear") && !v.news():
		return "says " + before
	case listingVerbs[w]:
		for k := i - 1; k > i-5 && v.At(k, from) != nil && !v.Toks[k+1].Opens; k-- {
			if speakerWords[v.Toks[k].Lower] {
				return "says " + v.Toks[k].Lower
			}
			if v.Toks[k].Shape == text.MarkShape {
				break
			}
		}
	}
	for n := 0; n < 3 && v.At(i, from) != nil && featured[v.Toks[i].Lower]; n++ {
		i--
	}
	if !featuringWords[v.lower(i, from)] {
		return ""
	}
	for k := i - 1; k > i-30 && v.At(k, from) != nil && !v.Toks[k+1].Opens; k-- {
		if showWords[v.Toks[k].Lower] {
			return "says " + v.lower(i, from)
		}
	}
	return ""
}

// withBefore are words between the heading of a talk and those who give it.
var withBefore = fold.Set(`with mit avec con`)

// arranged reports whether a place names somebody, or one of a run of people, as who made the occasion, wrote of it or is somebody's
// superior: "organised by", "contributed by", "under Dr Jane Roe".
func (v *view) arranged(f names.Found) bool {
	from := f.From
	if r := v.runs[f.From]; r.people > 0 {
		from = r.From
	}
	i := from - 1
	for n := 0; n < 3 && v.At(i, from) != nil && (alwaysTitled[v.Toks[i].Lower] || v.Toks[i].Text == "."); n++ {
		i--
	}
	w := v.lower(i, from)
	return w == "under" || w == "by" && arrangers[v.lower(i-1, from)]
}

// Wording says on what sort of words a rule stands by which somebody is held to speak: "none" where only what is about the name tells,
// "report" where a verb tells what they said, "act" where words or their place say outright that they took the floor.
func Wording(rule string) string {
	if rule == "" || rule == speaks {
		return "none"
	}
	if verb, ok := strings.CutPrefix(rule, "says "); ok && reportVerbs[verb] {
		return "report"
	}
	return "act"
}
