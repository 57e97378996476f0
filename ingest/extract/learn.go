package extract

import (
	"rapporteur/ingest"
	"rapporteur/ingest/tagger"
)

// Labelled is a span of a page's Text that an annotator gave a kind, for training.
type Labelled struct {
	ingest.Span
	Kind tagger.Label // the label that opens it
}

// Examples turns a page and its labelled spans, in order and not overlapping, into sequences to learn from, one a block.
func (x *Extractor) Examples(p *ingest.Page, spans []Labelled, weight float32) []tagger.Example {
	v := x.look(p)
	labels := make([]tagger.Label, len(v.toks))
	s := 0
	for i := range v.toks {
		t := &v.toks[i]
		for s < len(spans) && spans[s].End <= t.start {
			s++
		}
		if s < len(spans) && t.start < spans[s].End && spans[s].Start < t.end {
			labels[i] = spans[s].Kind
			if i > 0 && v.toks[i-1].block == t.block && v.toks[i-1].end > spans[s].Start {
				labels[i]++
			}
		}
	}
	var all []tagger.Example
	for _, b := range v.blocks {
		if b.to == b.from {
			continue
		}
		_, fs := v.features(b, nil, nil)
		all = append(all, tagger.Example{Features: fs, Labels: labels[b.from:b.to], Weight: weight})
	}
	return all
}

// Truth answers what an annotator said of a page, for training. Names are all forms that the page gives.
type Truth interface {
	// Person returns a number for the person with these names, -1 if there is none or it does not count.
	Person(names []string) int
	Speaks(person int) bool
	Affiliated(person int, body []string) bool
	// Named returns whether the words name a person and whether they name a body; what does not count is neither true nor sure.
	Named(words string) (person, body, sure bool)
}

// The classifiers beside the name model.
const (
	speaks     = "speaks"
	affiliated = "affiliated"
)

// Cases returns what the classifiers can learn from a page, by classifier.
func (x *Extractor) Cases(p *ingest.Page, truth Truth) map[string][]tagger.Case {
	v := x.look(p)
	cases := map[string][]tagger.Case{}
	names := x.tag(v)
	known := v.personWords(names)
	for _, g := range v.groups(names) {
		if v.standsFor(g, known) {
			continue
		}
		if person, body, sure := truth.Named(v.text(g.places[0].from, g.places[0].to)); sure {
			fs := v.groupFeatures(g, known)
			cases[isBody] = append(cases[isBody], tagger.Case{Features: fs, Is: body, Weight: 1})
			cases[isPerson] = append(cases[isPerson], tagger.Case{Features: fs, Is: person, Weight: 1})
		}
	}
	people, bodies := v.people(names), v.bodies(names)
	who := map[*someone]int{}
	for _, s := range people {
		who[s] = truth.Person(v.forms(s))
		if who[s] >= 0 {
			cases[speaks] = append(cases[speaks], tagger.Case{Features: v.partFeatures(s, people), Is: truth.Speaks(who[s]), Weight: 1})
		}
	}
	at := v.namesAt(names)
	pairs := v.pairs(people, bodies)
	all := rivalsOf(pairs)
	for i := range pairs {
		if n := who[pairs[i].person]; n >= 0 {
			cases[affiliated] = append(cases[affiliated], tagger.Case{Features: v.pairFeatures(&pairs[i], all, at), Is: truth.Affiliated(n, v.forms(pairs[i].body)), Weight: 1})
		}
	}
	return cases
}

func (v *view) forms(s *someone) []string {
	out := []string{s.name}
	for _, f := range s.places {
		out = append(out, v.text(f.from, f.to))
	}
	return out
}
