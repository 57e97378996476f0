package sitewide

import (
	"cmp"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

// sitePerson is a person whom the site calls by a full name.
type sitePerson struct {
	name   string
	weight int // pages that name them, more for authors, most for those with a page of their own
}

// ownPage is the weight of somebody who has a page of their own.
const ownPage = 1000

// linkFirstNames gives the people whom a page calls by one word only the full name of the person whom the site must mean,
// and leaves them out where there is none: a bare "Tim" is nobody. One whom the front matter names under a key for people is
// somebody, who is known on that page alone.
func linkFirstNames(drafts []*ingest.Record, words *gazetteer.Gazetteer) {
	byFirst := sitePeople(drafts)
	for _, r := range drafts {
		at := map[string]int{}
		for i := range r.People {
			at[fold.Name(r.People[i].Name)] = i
		}
		gone := map[int]bool{}
		for i := range r.People {
			p := &r.People[i]
			if strings.ContainsAny(p.Name, " -@") {
				continue
			}
			word := fold.Name(p.Name)
			told := slices.ContainsFunc(p.Mentions, func(m ingest.Mention) bool { return m.Rule == "front-matter" })
			name := theOne(byFirst[word])
			if told && name != "" && byFirst[word][0].weight < ownPage {
				name = "" // whom a page calls so in its front matter is not guessed by the rest of the site
			}
			if name == "" {
				if told {
					continue
				}
				if r.Kind != ingest.PersonPage && (words.Word(word)&gazetteer.Forename != 0 || p.Confidence < 0.9) {
					gone[i] = true
				}
				continue
			}
			if j, ok := at[fold.Name(name)]; ok && j != i {
				full := &r.People[j]
				full.Mentions = append(full.Mentions, p.Mentions...)
				slices.SortFunc(full.Mentions, func(a, b ingest.Mention) int { return a.Start - b.Start })
				full.Take(p)
				gone[i] = true
				continue
			}
			p.Name = name
			at[fold.Name(name)] = i
		}
		if len(gone) == 0 {
			continue
		}
		kept := r.People[:0]
		for i := range r.People {
			if !gone[i] {
				kept = append(kept, r.People[i])
			}
		}
		r.People = kept
	}
}

// sitePeople lists the people of a site by their first name, folded, the weightiest first.
func sitePeople(drafts []*ingest.Record) map[string][]sitePerson {
	weights := map[string]int{}
	for _, r := range drafts {
		for i := range r.People {
			p := &r.People[i]
			if !strings.Contains(p.Name, " ") {
				continue
			}
			w := 1
			if p.Part == ingest.Author {
				w = 3
			}
			if r.Kind == ingest.PersonPage && fold.Name(r.Title) == fold.Name(p.Name) {
				w = ownPage
			}
			weights[p.Name] += w
		}
	}
	byFirst := map[string][]sitePerson{}
	for name, w := range weights {
		first, _, _ := strings.Cut(fold.Name(name), " ")
		byFirst[first] = append(byFirst[first], sitePerson{name, w})
	}
	for _, list := range byFirst {
		slices.SortFunc(list, func(a, b sitePerson) int {
			return cmp.Or(b.weight-a.weight, strings.Compare(a.name, b.name))
		})
	}
	return byFirst
}

// theOne returns the name of the person whom a first name must mean, "" if several could.
func theOne(list []sitePerson) string {
	switch {
	case len(list) == 0:
		return ""
	case len(list) == 1, list[0].weight >= ownPage && list[1].weight < ownPage, list[0].weight >= 5*list[1].weight && list[0].weight >= 10:
		return list[0].name
	}
	return ""
}
