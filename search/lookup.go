package search

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"rapporteur/graph"
	"rapporteur/index"
	"rapporteur/ingest"
)

// How many choices and suggestions an answer to a name offers.
const (
	maxChoices = 10
	maxNearest = 5
)

// Lookup finds the one thing that is meant. It takes, and tries in this order: an IRI (one that was merged leads to what
// it was merged into); a page's path, its address on the live site or on this server; the exact name, then an alias, of
// an entity, case, accents and punctuation aside (where only people bear it who are known by that one word, all who bear
// it among others are meant too); a country's code; an acronym that a page explains; a page's title;
// words that all stand in one entity's name (a surname), or begin words of it; words that all stand in a title.
// A kind before a colon narrows the search to it ("person: David Marlowe"). It fails with *NotFoundError, or with
// *AmbiguousError where a step finds several.
func (g *Generation) Lookup(ctx context.Context, name string) (Ref, error) {
	asked := strings.TrimSpace(name)
	kind := Kind("")
	if before, after, ok := strings.Cut(asked, ":"); ok {
		if k := Kind(strings.ToLower(before)); slices.Contains([]Kind{Page, Person, Organisation, Topic, Country}, k) {
			kind, asked = k, strings.TrimSpace(after)
		}
	}
	for _, step := range []func(string) []Ref{
		g.byIRI, g.byPlace, g.finder.byExactName, g.finder.byAlias, g.finder.byCode, g.finder.byAcronym, g.finder.byTitle,
		g.finder.byWords, g.finder.byWordStarts, g.finder.byTitleWords,
	} {
		found := step(asked)
		if kind != "" {
			found = slices.DeleteFunc(found, func(r Ref) bool { return r.Kind != kind })
		}
		switch {
		case ctx.Err() != nil:
			return Ref{}, ctx.Err()
		case len(found) == 1:
			return found[0], nil
		case len(found) > 1:
			slices.SortFunc(found, func(x, y Ref) int {
				return cmp.Or(boolInt(firstName(x))-boolInt(firstName(y)), g.finder.pages(y.ID)-g.finder.pages(x.ID), cmp.Compare(x.ID, y.ID))
			})
			return Ref{}, &AmbiguousError{Name: name, Choices: found[:min(maxChoices, len(found))]}
		}
	}
	var kinds []Kind
	if kind != "" {
		kinds = []Kind{kind}
	}
	near := g.finder.nearest(asked, 4*maxNearest, kinds...)
	slices.SortStableFunc(near, func(x, y Ref) int { return boolInt(firstName(x)) - boolInt(firstName(y)) })
	seen := map[string]bool{}
	near = slices.DeleteFunc(near, func(r Ref) bool { // namesakes need no line of their own
		key := nameKey(r.Name)
		twice := seen[key]
		seen[key] = true
		return twice
	})
	return Ref{}, &NotFoundError{Name: name, Nearest: near[:min(maxNearest, len(near))]}
}

// firstName reports whether a person is known by one word only: pages name them by it, and nobody could say who it is.
func firstName(r Ref) bool { return r.Kind == Person && len(nameWords(r.Name)) == 1 }

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// pages returns how many pages name an entity; 0 for a page.
func (f *finder) pages(id ingest.IRI) int {
	if i, ok := f.byID[id]; ok {
		return f.lexicon.Entities[i].Pages
	}
	return 0
}

func refOf(t graph.Thing) Ref {
	k := Kind(t.Kind)
	return Ref{ID: t.IRI, Kind: k, Name: t.Name, Href: Href(k, t.IRI)}
}

func (g *Generation) byIRI(asked string) []Ref {
	if t, ok := g.graph.Thing(ingest.IRI(asked)); ok {
		return []Ref{refOf(t)}
	}
	return nil
}

// byPlace takes a path or an address.
func (g *Generation) byPlace(asked string) []Ref {
	if !strings.ContainsAny(asked, "/.") {
		return nil
	}
	bare, _, _ := strings.Cut(asked, "#")
	for _, form := range []string{asked, strings.TrimPrefix(asked, "./"), strings.TrimPrefix(asked, "/"), bare, strings.TrimSuffix(bare, "/"), bare + "/"} {
		for _, t := range g.graph.Called(form) {
			if t.Kind == graph.PageKind && t.Name != form {
				return []Ref{refOf(t)}
			}
		}
	}
	if strings.HasPrefix(asked, "/") {
		for i := range g.finder.lexicon.Entities {
			if r := g.finder.ref(i); r.Href == bare {
				return []Ref{r}
			}
		}
		for i := range g.finder.lexicon.Pages {
			if r := g.finder.pageRef(i); r.Href == bare {
				return []Ref{r}
			}
		}
	}
	return nil
}

func (f *finder) pageRef(i int) Ref {
	p := &f.lexicon.Pages[i]
	return Ref{ID: p.ID, Kind: Page, Name: p.Title, Href: Href(Page, p.ID)}
}

func (f *finder) byExactName(asked string) []Ref {
	key := nameKey(asked)
	var out []Ref
	for _, i := range f.byName[key] {
		if nameKey(f.lexicon.Entities[i].Name) == key {
			out = append(out, f.ref(i))
		}
	}
	if len(out) > 0 && !slices.ContainsFunc(out, func(r Ref) bool { return !firstName(r) }) {
		return f.byWords(asked) // they and all who bear the name as one of several
	}
	var letters []Ref // written like that, capitals and all: "Health" is not HEALTH
	for _, r := range out {
		if r.Name == asked {
			letters = append(letters, r)
		}
	}
	if len(letters) == 1 {
		return letters
	}
	return out
}

func (f *finder) byAlias(asked string) []Ref {
	var out []Ref
	for _, i := range f.byName[nameKey(asked)] {
		out = append(out, f.ref(i))
	}
	return out
}

func (f *finder) byCode(asked string) []Ref {
	if i, ok := f.countries[strings.ToUpper(asked)]; ok {
		return []Ref{f.ref(i)}
	}
	return nil
}

func (f *finder) byAcronym(asked string) []Ref {
	var out []Ref
	for _, long := range f.lexicon.Acronyms[index.Fold(asked)] {
		for _, i := range f.byName[nameKey(long)] {
			out = addRef(out, f.ref(i))
		}
	}
	return out
}

func (f *finder) byTitle(asked string) []Ref {
	wanted := nameWords(asked)
	return f.titles(func(words []string) bool { return slices.Equal(words, wanted) })
}

func (f *finder) byTitleWords(asked string) []Ref {
	wanted := nameWords(asked)
	return f.titles(func(words []string) bool { return len(wanted) > 0 && holdsWords(words, wanted) })
}

func (f *finder) titles(ok func(words []string) bool) []Ref {
	var out []Ref
	for i := range f.lexicon.Pages {
		if words := nameWords(f.lexicon.Pages[i].Title); len(words) > 0 && ok(words) {
			out = append(out, f.pageRef(i))
		}
	}
	return out
}

func (f *finder) byWords(asked string) []Ref {
	return f.entities(asked, func(name, word string) bool { return name == word })
}

func (f *finder) byWordStarts(asked string) []Ref {
	if len(nameKey(asked)) < 3 {
		return nil
	}
	return f.entities(asked, strings.HasPrefix)
}

// entities returns those with a name or alias that has a word for each word asked.
func (f *finder) entities(asked string, same func(name, word string) bool) []Ref {
	words := nameWords(asked)
	if len(words) == 0 {
		return nil
	}
	var out []Ref
	for i := range f.lexicon.Entities {
		e := &f.lexicon.Entities[i]
		for _, form := range append([]string{e.Name}, e.Aliases...) {
			name := nameWords(form)
			if !slices.ContainsFunc(words, func(w string) bool {
				return !slices.ContainsFunc(name, func(n string) bool { return same(n, w) })
			}) {
				out = append(out, f.ref(i))
				break
			}
		}
	}
	return out
}
