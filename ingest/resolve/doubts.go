package resolve

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
	"rapporteur/ingest/sentence"

	"go.yaml.in/yaml/v3"
)

// doubt is a decision that a person should look at, before its groups have IRIs.
type doubt struct {
	kind     kinds.Kind
	groups   []*group
	question string
	weight   float64
	places   []place
	lines    string
}

// place is a reference that is evidence.
type place struct {
	ref
	kind kinds.Kind
}

// doubtSame asks whether two groups are one.
func (r *resolver) doubtSame(a, b *group, question string) {
	if a.apart[b] || a == b {
		return // decided already
	}
	if a.pages() < b.pages() {
		a, b = b, a
	}
	d := doubt{kind: a.kind, groups: []*group{a, b}, question: question, weight: float64(min(len(a.refs), len(b.refs)))}
	for _, g := range d.groups {
		if len(g.refs) > 0 {
			d.places = append(d.places, place{g.refs[0], g.kind})
		}
	}
	r.doubts = append(r.doubts, d)
}

// doubtWeak asks about entities that rest on weak evidence alone.
func (r *resolver) doubtWeak() {
	const weak = 0.5
	for _, g := range append(roots(r.bodies), roots(r.people)...) {
		if g.own != "" || g.fixed != "" || r.hidden[g] || len(g.refs) == 0 {
			continue
		}
		best, facts := 0.0, 0
		for _, at := range g.refs {
			reference, ties := r.reference(place{at, g.kind})
			best = max(best, reference.Confidence)
			facts += len(reference.Mentions) + ties
		}
		if best >= weak || best == 0 {
			continue
		}
		what := "a person"
		if g.kind == kinds.Organisation {
			what = "an organisation"
		}
		r.doubts = append(r.doubts, doubt{kind: g.kind, groups: []*group{g},
			question: fmt.Sprintf("Is %s %s? The best evidence is weak.", g.name(), what),
			weight:   float64(facts) * (1 - best), places: []place{{g.refs[0], g.kind}},
			lines: fmt.Sprintf("kind:\n  %s: none\n", quoted(g.name()))})
	}
}

// reference is what a place refers to, and the number of affiliations that hang on it.
func (r *resolver) reference(p place) (ingest.Reference, int) {
	record := r.records[p.page]
	if p.kind == kinds.Person {
		return record.People[p.index].Reference, len(record.People[p.index].Affiliations)
	}
	return record.Organisations[p.index], 0
}

// mostDoubts is how many questions a site asks at most: more than anybody answers.
const mostDoubts = 500

// settleDoubts gives the doubts their IRIs and evidence, most consequential first. What was merged or hidden in the end
// needs no answer.
func (r *resolver) settleDoubts() []ingest.Doubt {
	r.doubtWeak()
	out := []ingest.Doubt{}
	seen := map[string]bool{}
	sort.SliceStable(r.doubts, func(i, j int) bool {
		if r.doubts[i].weight != r.doubts[j].weight {
			return r.doubts[i].weight > r.doubts[j].weight
		}
		return r.doubts[i].question < r.doubts[j].question
	})
	for _, d := range r.doubts {
		var groups []*group
		for _, g := range d.groups {
			if g = g.root(); !slices.Contains(groups, g) && !r.hidden[g] && g.iri != "" {
				groups = append(groups, g)
			}
		}
		if len(groups) < len(d.groups) {
			continue
		}
		if len(groups) == 2 && (groups[0].apart[groups[1]] || groups[0].own != "" && groups[1].own != "") {
			continue
		}
		done := ingest.Doubt{Kind: d.kind, Question: d.question, Weight: d.weight, Lines: d.lines}
		for _, g := range groups {
			done.Entities = append(done.Entities, g.iri)
		}
		if done.Lines == "" {
			a, b := r.told(groups[0]), r.told(groups[1])
			done.Lines = fmt.Sprintf("same:\n  - [%s, %s]\n# or, if they are two:\n# different:\n#   - [%s, %s]\n", quoted(a), quoted(b), quoted(a),
				quoted(b))
		}
		key := fmt.Sprint(done.Entities, done.Lines)
		if seen[key] {
			continue
		}
		seen[key] = true
		if len(out) == mostDoubts {
			break
		}
		for _, p := range d.places {
			done.Evidence = append(done.Evidence, r.evidence(p))
		}
		out = append(out, done)
	}
	return out
}

// told is the name of a group in a line of rapporteur.yaml; a namesake's says which one is meant.
func (r *resolver) told(g *group) string {
	if g.mark != "" {
		return g.name() + " @ " + g.mark
	}
	return g.name()
}

// quoted is a name as YAML needs it in a list.
func quoted(s string) string {
	if strings.ContainsAny(s, ",[]{}") {
		b, err := yaml.Marshal(&yaml.Node{Kind: yaml.ScalarNode, Style: yaml.DoubleQuotedStyle, Value: s})
		if err == nil {
			return strings.TrimSpace(string(b))
		}
	}
	b, err := yaml.Marshal(s)
	if err != nil {
		return s
	}
	return strings.TrimSpace(string(b))
}

// evidence is the sentence around the first mention of a reference.
func (r *resolver) evidence(p place) ingest.Evidence {
	record := r.records[p.page]
	reference, _ := r.reference(p)
	e := ingest.Evidence{Page: record.Path, URL: record.URL}
	if len(reference.Mentions) == 0 {
		return e
	}
	e.Span = reference.Mentions[0].Span
	block := ingest.Span{End: len(record.Text)}
	for _, b := range record.Blocks {
		if b.Holds(e.Span) {
			block = b.Span
			break
		}
	}
	e.Quote = fold.Space(sentence.Around(record.Text, block, e.Start).In(record.Text))
	e.URL = record.FragmentURL(e.Span)
	return e
}
