package query

import (
	"cmp"
	"slices"
	"strings"

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// resolve returns the entities of some kinds that are meant by an IRI, a country's code, a name or alias or, where nothing
// has that name, by words that all stand in a name.
func (f *Engine) resolve(name string, wanted []kinds.Kind) []int {
	if i, ok := f.byID[ingest.IRI(name)]; ok {
		return []int{i}
	}
	var out []int
	of := func(i int) bool { return slices.Contains(wanted, f.lexicon.Entities[i].Kind) }
	if slices.Contains(wanted, kinds.Country) {
		if i, ok := f.countries[strings.ToUpper(name)]; ok {
			return []int{i}
		}
	}
	for _, i := range f.byName[index.NameKey(name)] {
		if of(i) {
			out = append(out, i)
		}
	}
	if words := index.NameWords(name); len(out) == 0 && len(words) > 0 {
		for i := range f.lexicon.Entities {
			if e := &f.lexicon.Entities[i]; of(i) && holdsWords(index.NameWords(e.Name), words) {
				out = append(out, i)
			}
		}
	}
	return out
}

func holdsWords(name, words []string) bool {
	for _, w := range words {
		if !slices.Contains(name, w) {
			return false
		}
	}
	return true
}

// nearest returns up to n entities of some kinds (none: all) whose names look like name, the likest first.
func (f *Engine) nearest(name string, n int, kinds ...kinds.Kind) []answer.Ref {
	type near struct {
		entity int
		like   float64
	}
	asked := grams(index.NameKey(name))
	var found []near
	for i := range f.lexicon.Entities {
		e := &f.lexicon.Entities[i]
		if len(kinds) > 0 && !slices.Contains(kinds, e.Kind) {
			continue
		}
		best := 0.0
		for _, form := range append([]string{e.Name}, e.Aliases...) {
			best = max(best, dice(asked, grams(index.NameKey(form))))
		}
		if best >= 0.4 {
			found = append(found, near{entity: i, like: best})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int {
		return cmp.Or(cmp.Compare(b.like, a.like), cmp.Compare(f.lexicon.Entities[b.entity].Pages, f.lexicon.Entities[a.entity].Pages))
	})
	var refs []answer.Ref
	for _, x := range found[:min(n, len(found))] {
		refs = append(refs, f.ref(x.entity))
	}
	return refs
}

func (f *Engine) ref(i int) answer.Ref {
	e := &f.lexicon.Entities[i]
	return answer.Ref{ID: e.ID, Kind: e.Kind, Name: e.Name}
}

// grams are the pairs of neighbouring letters of a name, with its ends.
func grams(s string) map[string]bool {
	set := map[string]bool{}
	padded := []rune(" " + s + " ")
	for i := range len(padded) - 1 {
		set[string(padded[i:i+2])] = true
	}
	return set
}

// dice is the coefficient of Dice: twice what two sets share over what they have.
func dice(a, b map[string]bool) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	shared := 0
	for g := range a {
		if b[g] {
			shared++
		}
	}
	return 2 * float64(shared) / float64(len(a)+len(b))
}

// between returns the years of the index from one to another.
func (f *Engine) between(from, to string) []string {
	var out []string
	for _, y := range f.reader.Values(yearFacet) {
		if y >= from && y <= to {
			out = append(out, y)
		}
	}
	return out
}

// categories returns the categories that are called so, case aside.
func (f *Engine) categories(name string) []string {
	var out []string
	for _, c := range f.reader.Values(categoryFacet) {
		if strings.EqualFold(c, name) {
			out = append(out, c)
		}
	}
	return out
}
