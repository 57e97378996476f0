package names

import (
	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/tagger"
)

// Why says what decided about something on a page.
type Why struct {
	What, Text string
	At         ingest.Span
	Said, Rule string
	Chance     float64
	Weights    []tagger.Weight
}

// kindNames say what a label's name is taken for.
var kindNames = map[tagger.Label]string{tagger.O: "nothing", tagger.BeginPerson: "a person", tagger.BeginOrganisation: "a body",
	tagger.BeginOther: "a named thing that is no body", tagger.BeginPlace: "a place"}

// Explain says of the names that with picks why the tagger took their words for names, and why all places of these words were given one
// kind. The view must trace.
func (x *Finder) Explain(v *View, found []Found, with func(Found) bool) []Why {
	var out []Why
	known := v.personWords(found)
	tagged := x.Tag(v)
	words := map[string]*group{}
	for _, g := range v.groups(tagged) {
		words[g.key] = g
	}
	said := map[string]bool{}
	for _, f := range found {
		if !with(f) {
			continue
		}
		s := v.Blocks[v.Toks[f.From].Block]
		_, fs := v.features(s, nil, nil)
		why := Why{What: "mention", Text: v.Text(f.From, f.To), At: v.Span(f.From, f.To), Said: kindNames[f.Kind], Rule: f.Rule,
			Chance: f.Confidence}
		for i := f.From; i < f.To; i++ {
			label := f.Kind
			if i > f.From {
				label++
			}
			for _, w := range x.model.Weights(fs[i-s.From], label) {
				w.At = v.Toks[i].Text
				why.Weights = append(why.Weights, w)
			}
		}
		out = append(out, why)
		g := words[fold.Name(v.Text(f.From, f.To))]
		if g == nil || said[g.key] || x.body.Linear == nil || v.standsFor(g, known) || g.stated(v) {
			continue
		}
		said[g.key] = true
		features := v.groupFeatures(g, known)
		model, name := x.body, "words of a body"
		if f.Kind == tagger.BeginPerson {
			model, name = x.person, "words of a person"
		}
		chance := model.Probability(features, v.groupNumbers(g, known))
		out = append(out, Why{What: "words", Text: why.Text, At: why.At, Said: why.Said, Rule: name, Chance: chance,
			Weights: model.Linear.Weights(features)})
	}
	return out
}

// BodyChances are the chances, by folded words, that the words of a page that may be a name are a body's.
func (x *Finder) BodyChances(v *View) map[string]float64 {
	tagged := x.Tag(v)
	known := v.personWords(tagged)
	out := map[string]float64{}
	for _, g := range v.groups(tagged) {
		out[g.key] = x.body.Probability(v.groupFeatures(g, known), v.groupNumbers(g, known))
	}
	return out
}
