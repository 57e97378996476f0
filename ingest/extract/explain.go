package extract

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/extract/ties"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/tagger"
)

// Reason is a feature that weighed in a decision, in log odds of the classifier, or units of the tagger's margin: above 0 it spoke for
// what was decided. A tagger's feature is told by its name and the word it was seen at.
type Reason struct {
	Feature string  `json:"feature"`
	Weight  float64 `json:"weight"`
}

// Explanation says what decided about something on a page, before the pages of the site are looked at together.
type Explanation struct {
	Page    string      `json:"page"`
	What    string      `json:"what"` // genre, mention, words, part, tie
	Text    string      `json:"text"` // the words it is about
	At      ingest.Span `json:"at,omitzero"`
	Said    string      `json:"said"`    // what was decided
	Rule    string      `json:"rule"`    // which rule or model decided
	Chance  float64     `json:"chance"`  // as the model gives it, not calibrated
	Reasons []Reason    `json:"reasons"` // weightiest first
}

// most is how many reasons an explanation gives.
const most = 8

// Explain says of the people and bodies of a page whose names hold these words, of all if there are none, why they were taken for
// what they are, why people have their parts and ties, and why the page has its genre.
func (x *Extractor) Explain(page *ingest.Page, name string) []Explanation {
	v := x.names.Look(page)
	v.Trace = text.Trace{}
	genre := x.genre.Of(v)
	found := ties.Beside(v, x.names.Find(v))
	key := fold.Name(name)
	named := func(words string) bool { return key == "" || strings.Contains(" "+fold.Name(words)+" ", " "+key+" ") }
	var out []Explanation
	for _, why := range x.names.Explain(v, found, func(f names.Found) bool { return named(v.Text(f.From, f.To)) }) {
		out = append(out, Explanation{What: why.What, Text: why.Text, At: why.At, Said: why.Said, Rule: why.Rule, Chance: why.Chance,
			Reasons: reasons(v.Trace, why.Weights)})
	}
	people, bodies := v.People(found), v.Bodies(found)
	for i, s := range slices.Concat(bodies, people) {
		s.ID = ingest.LocalID(i + 1)
	}
	for _, why := range x.ties.Explain(v, people, bodies, found, named) {
		out = append(out, Explanation{What: why.What, Text: why.Text, At: why.At, Said: why.Said, Rule: why.Rule, Chance: why.Chance,
			Reasons: reasons(v.Trace, why.Weights)})
	}
	if len(out) > 0 {
		rule, chance, weights := x.genre.Explain(v)
		out = append(out, Explanation{What: "genre", Text: page.Title, Said: string(genre), Rule: rule, Chance: chance,
			Reasons: reasons(v.Trace, weights)})
	}
	for i := range out {
		out[i].Page = page.Path
	}
	return out
}

// BodyChances are the chances, by folded words, that the words of a page that may be a name are a body's, before rules mend them.
func (x *Extractor) BodyChances(page *ingest.Page) map[string]float64 {
	return x.names.BodyChances(x.names.Look(page))
}

// reasons names the weightiest of the features.
func reasons(trace text.Trace, weights []tagger.Weight) []Reason {
	out := []Reason{}
	for _, w := range weights {
		if math.Abs(w.Value) > 1e-6 {
			name := cmp.Or(trace[w.Feature], "without a name")
			if w.At != "" {
				name += ", at " + w.At
			}
			out = append(out, Reason{name, math.Round(w.Value*1000) / 1000})
		}
	}
	slices.SortStableFunc(out, func(a, b Reason) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	return out[:min(most, len(out))]
}
