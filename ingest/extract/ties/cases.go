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
	// Former returns whether an affiliation is told of as past, Member whether it is that of a member; sure is false where
	// nothing is annotated.
	Former(person int, body []string) (is, sure bool)
	Member(person int, body []string) (is, sure bool)
}

// Cases returns what the classifiers of ties can learn from a page on which these names were found, by classifier.
func Cases(page *names.View, found []names.Found, truth Truth) map[string][]tagger.Case {
	found = Beside(page, found)
	cases := map[string][]tagger.Case{}
	people, bodies := page.People(found), page.Bodies(found)
	v := viewOf(page, people)
	tell := v.tellings(people)
	who := map[*names.Named]int{}
	for _, s := range people {
		who[s] = truth.Person(v.Forms(s))
		if who[s] >= 0 {
			cases[speaks] = append(cases[speaks], tagger.Case{Features: v.partFeatures(s, people), Numbers: v.partNumbers(s, people, tell),
				Is: truth.Speaks(who[s]), Weight: 1})
		}
	}
	ties := v.ties(people, bodies, found, tell)
	for i := range ties {
		t := &ties[i]
		n := who[t.person]
		if n < 0 {
			continue
		}
		forms := v.Forms(t.body)
		is := truth.Affiliated(n, forms)
		if t.veto != "" {
			continue
		}
		cases[affiliated] = append(cases[affiliated], tagger.Case{Features: t.features, Numbers: t.numbers, Is: is, Weight: 1})
		if !is {
			continue
		}
		features := v.tenseFeatures(&t.pair)
		if is, sure := truth.Former(n, forms); sure {
			cases[former] = append(cases[former], tagger.Case{Features: features, Numbers: v.tenseNumbers(&t.pair), Is: is, Weight: 1})
		}
		if is, sure := truth.Member(n, forms); sure {
			cases[member] = append(cases[member], tagger.Case{Features: v.relationFeatures(&t.pair), Is: is, Weight: 1})
		}
	}
	return cases
}
