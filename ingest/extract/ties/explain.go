package ties

import (
	"fmt"
	"strings"

	"rapporteur/ingest/extract/names"
)

// Explain says of the people whom named picks, and of the ties of people and bodies whom it picks, what decided about their parts and
// ties. Weights are those of the words; the trees that weigh numbers beside them are in the chance only. The view must trace.
func (x *Finder) Explain(page *names.View, people, bodies []*names.Named, found []names.Found, named func(string) bool) []names.Why {
	v := viewOf(page, people)
	tell := v.tellings(people)
	records := x.Participants(page, people, bodies, found)
	var out []names.Why
	for i, s := range people {
		if !named(s.Name) {
			continue
		}
		fs := v.partFeatures(s, people)
		why := names.Why{What: "part", Text: s.Name, At: records[i].Evidence, Said: string(records[i].Part), Rule: records[i].Rule,
			Chance: x.speaks.Probability(fs, v.partNumbers(s, people, tell)), Weights: x.speaks.Linear.Weights(fs)}
		if records[i].Speaker {
			why.Said = "speaks: " + why.Said
		}
		out = append(out, why)
	}
	ties := v.ties(people, bodies, found, tell)
	chances := x.chances(v, ties, v.namesAt(found))
	for i := range ties {
		t := &ties[i]
		if !named(t.person.Name) && !named(t.body.Name) {
			continue
		}
		said := "no tie"
		if t.veto != "" {
			said += ": " + t.veto
		}
		for j, s := range people {
			if s == t.person {
				for _, a := range records[j].Affiliations {
					if a.Organisation == t.body.ID {
						said = "tied: " + string(a.Relation)
					}
				}
			}
		}
		how := t.how
		if g, fl := v.groupWords(&t.pair); g+fl > 0 {
			how += fmt.Sprintf("_g%d_f%d", g, fl)
		}
		if s := v.stated(&t.pair); s != "" {
			how += "_" + strings.ReplaceAll(s, " ", "-")
		}
		if v.enrolled(&t.pair) {
			how += "_enrolled"
		}
		out = append(out, names.Why{What: "tie", Text: t.person.Name + " and " + t.body.Name,
			At: v.Span(min(t.p.From, t.b.From), max(t.p.To, t.b.To)), Said: said, Rule: how,
			Chance: chances[i], Weights: x.affiliated.Linear.Weights(t.features)})
	}
	return out
}
