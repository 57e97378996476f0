package names

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
func (x *Finder) Examples(p *ingest.Page, spans []Labelled, weight float32) []tagger.Example {
	v := x.Look(p)
	labels := make([]tagger.Label, len(v.Toks))
	s := 0
	for i := range v.Toks {
		t := &v.Toks[i]
		for s < len(spans) && spans[s].End <= t.Start {
			s++
		}
		if s < len(spans) && t.Start < spans[s].End && spans[s].Start < t.End {
			labels[i] = spans[s].Kind
			if i > 0 && v.Toks[i-1].Block == t.Block && v.Toks[i-1].End > spans[s].Start {
				labels[i]++
			}
		}
	}
	var all []tagger.Example
	for _, b := range v.Blocks {
		if b.To == b.From {
			continue
		}
		_, fs := v.features(b, nil, nil)
		all = append(all, tagger.Example{Features: fs, Labels: labels[b.From:b.To], Weight: weight})
	}
	return all
}

// Truth answers what an annotator said of the words of a page, for training: whether they name a person and whether they name a
// body; what does not count is neither true nor sure.
type Truth interface {
	Named(words string) (person, body, sure bool)
}

// Cases returns what the classifiers of names can learn from a page on which the tagger found these, by classifier.
func (v *View) Cases(found []Found, truth Truth) map[string][]tagger.Case {
	cases := map[string][]tagger.Case{}
	known := v.personWords(found)
	for _, g := range v.groups(found) {
		if v.standsFor(g, known) {
			continue
		}
		if person, body, sure := truth.Named(v.Text(g.places[0].From, g.places[0].To)); sure {
			c := tagger.Case{Features: v.groupFeatures(g, known), Numbers: v.groupNumbers(g, known), Weight: 1}
			c.Is = body
			cases[IsBody] = append(cases[IsBody], c)
			c.Is, c.Numbers = person, nil // who is a person the words tell
			cases[IsPerson] = append(cases[IsPerson], c)
		}
	}
	return cases
}

// Forms are all forms in which the page names somebody.
func (v *View) Forms(s *Named) []string {
	out := []string{s.Name}
	for _, f := range s.Places {
		out = append(out, v.Text(f.From, f.To))
	}
	return out
}
