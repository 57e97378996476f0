package ties

import (
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/tagger"
)

// Truth answers what an annotator said of the people of a page, for training. Names are all forms that the page gives.
type Truth interface {
	// Person returns a number for the person with these names, -1 if there is none or it does not count.
	Person(names []string) int
	Speaks(person int) bool
	Affiliated(person int, body []string) bool
}

// Cases returns what the classifiers of ties can learn from a page on which these names were found, by classifier.
func Cases(page *names.View, found []names.Found, truth Truth) map[string][]tagger.Case {
	v := &view{page}
	cases := map[string][]tagger.Case{}
	people, bodies := v.People(found), v.Bodies(found)
	who := map[*names.Named]int{}
	for _, s := range people {
		who[s] = truth.Person(v.Forms(s))
		if who[s] >= 0 {
			cases[speaks] = append(cases[speaks], tagger.Case{Features: v.partFeatures(s, people), Is: truth.Speaks(who[s]), Weight: 1})
		}
	}
	at := v.namesAt(found)
	pairs := v.pairs(people, bodies)
	all := rivalsOf(pairs)
	for i := range pairs {
		if n := who[pairs[i].person]; n >= 0 {
			cases[affiliated] = append(cases[affiliated], tagger.Case{Features: v.pairFeatures(&pairs[i], all, at), Is: truth.Affiliated(n, v.Forms(pairs[i].body)), Weight: 1})
		}
	}
	return cases
}
