package query

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// How many choices and suggestions an answer to a name offers.
const (
	maxChoices = 10
	maxNearest = 5
)

// Lookup finds the one thing that is meant by a name: what a place that is tried before gives or, in this order, the exact
// name, then an alias, of an entity, case, accents and punctuation aside (where only people bear it who are known by that
// one word, all who bear it among others are meant too); a country's code; an acronym that a page explains; a page's title;
// words that all stand in one entity's name (a surname), or begin words of it; words that all stand in a title.
// A kind before a colon narrows the search to it ("person: David Marlowe"). It fails with *NotFoundError, or with
// *AmbiguousError where a step finds several.
func (f *Engine) Lookup(ctx context.Context, name string, before ...func(asked string) []answer.Ref) (answer.Ref, error) {
	asked := strings.TrimSpace(name)
	kind := kinds.Kind("")
	if before, after, ok := strings.Cut(asked, ":"); ok {
		if k := kinds.Kind(strings.ToLower(before)); k == kinds.Page || slices.Contains(kinds.Named(), k) {
			kind, asked = k, strings.TrimSpace(after)
		}
	}
	for _, step := range append(before,
		f.byExactName, f.byAlias, f.byCode, f.byAcronym, f.byTitle, f.byWords, f.byWordStarts, f.byTitleWords,
	) {
		found := step(asked)
		if kind != "" {
			found = slices.DeleteFunc(found, func(r answer.Ref) bool { return r.Kind != kind })
		}
		switch {
		case ctx.Err() != nil:
			return answer.Ref{}, ctx.Err()
		case len(found) == 1:
			return found[0], nil
		case len(found) > 1:
			slices.SortFunc(found, func(x, y answer.Ref) int {
				return cmp.Or(boolInt(firstName(x))-boolInt(firstName(y)), f.pages(y.ID)-f.pages(x.ID), cmp.Compare(x.ID, y.ID))
			})
			return answer.Ref{}, &answer.AmbiguousError{Name: name, Choices: found[:min(maxChoices, len(found))]}
		}
	}
	var wanted []kinds.Kind
	if kind != "" {
		wanted = []kinds.Kind{kind}
	}
	near := f.nearest(asked, 4*maxNearest, wanted...)
	slices.SortStableFunc(near, func(x, y answer.Ref) int { return boolInt(firstName(x)) - boolInt(firstName(y)) })
	seen := map[string]bool{}
	near = slices.DeleteFunc(near, func(r answer.Ref) bool { // namesakes need no line of their own
		key := index.NameKey(r.Name)
		twice := seen[key]
		seen[key] = true
		return twice
	})
	return answer.Ref{}, &answer.NotFoundError{Name: name, Nearest: near[:min(maxNearest, len(near))]}
}

// Calls reports whether what is asked is a whole name of a thing: its name, an alias, its code, an acronym or its title,
// and not only a part.
func (f *Engine) Calls(asked string, thing answer.Ref) bool {
	for _, step := range []func(string) []answer.Ref{f.byExactName, f.byAlias, f.byCode, f.byAcronym, f.byTitle} {
		if slices.ContainsFunc(step(asked), func(r answer.Ref) bool { return r.ID == thing.ID }) {
			return true
		}
	}
	return false
}

// firstName reports whether a person is known by one word only: pages name them by it, and nobody could say who it is.
func firstName(r answer.Ref) bool { return r.Kind == kinds.Person && len(index.NameWords(r.Name)) == 1 }

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Entity names an entity and tells how many pages name it; ok is false if there is none of that IRI.
func (f *Engine) Entity(id ingest.IRI) (ref answer.Ref, pages int, ok bool) {
	i, ok := f.byID[id]
	if !ok {
		return answer.Ref{}, 0, false
	}
	return f.ref(i), f.lexicon.Entities[i].Pages, true
}

// pages returns how many pages name an entity; 0 for a page.
func (f *Engine) pages(id ingest.IRI) int {
	if i, ok := f.byID[id]; ok {
		return f.lexicon.Entities[i].Pages
	}
	return 0
}

func (f *Engine) pageRef(i int) answer.Ref {
	p := &f.lexicon.Pages[i]
	return answer.Ref{ID: p.ID, Kind: kinds.Page, Name: p.Title}
}

func (f *Engine) byExactName(asked string) []answer.Ref {
	key := index.NameKey(asked)
	var out []answer.Ref
	for _, i := range f.byName[key] {
		if index.NameKey(f.lexicon.Entities[i].Name) == key {
			out = append(out, f.ref(i))
		}
	}
	if len(out) > 0 && !slices.ContainsFunc(out, func(r answer.Ref) bool { return !firstName(r) }) {
		return f.byWords(asked) // they and all who bear the name as one of several
	}
	var letters []answer.Ref // written like that, capitals and all: "Health" is not HEALTH
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

func (f *Engine) byAlias(asked string) []answer.Ref {
	var out []answer.Ref
	for _, i := range f.byName[index.NameKey(asked)] {
		out = append(out, f.ref(i))
	}
	return out
}

func (f *Engine) byCode(asked string) []answer.Ref {
	if i, ok := f.countries[strings.ToUpper(asked)]; ok {
		return []answer.Ref{f.ref(i)}
	}
	return nil
}

func (f *Engine) byAcronym(asked string) []answer.Ref {
	var out []answer.Ref
	for _, long := range f.lexicon.Acronyms[index.Fold(asked)] {
		for _, i := range f.byName[index.NameKey(long)] {
			out = answer.AddRef(out, f.ref(i))
		}
	}
	return out
}

func (f *Engine) byTitle(asked string) []answer.Ref {
	wanted := index.NameWords(asked)
	return f.titles(func(words []string) bool { return slices.Equal(words, wanted) })
}

func (f *Engine) byTitleWords(asked string) []answer.Ref {
	wanted := index.NameWords(asked)
	return f.titles(func(words []string) bool { return len(wanted) > 0 && holdsWords(words, wanted) })
}

func (f *Engine) titles(ok func(words []string) bool) []answer.Ref {
	var out []answer.Ref
	for i := range f.lexicon.Pages {
		if words := index.NameWords(f.lexicon.Pages[i].Title); len(words) > 0 && ok(words) {
			out = append(out, f.pageRef(i))
		}
	}
	return out
}

func (f *Engine) byWords(asked string) []answer.Ref {
	return f.entities(asked, func(name, word string) bool { return name == word })
}

func (f *Engine) byWordStarts(asked string) []answer.Ref {
	if len(index.NameKey(asked)) < 3 {
		return nil
	}
	return f.entities(asked, strings.HasPrefix)
}

// entities returns those with a name or alias that has a word for each word asked.
func (f *Engine) entities(asked string, same func(name, word string) bool) []answer.Ref {
	words := index.NameWords(asked)
	if len(words) == 0 {
		return nil
	}
	var out []answer.Ref
	for i := range f.lexicon.Entities {
		e := &f.lexicon.Entities[i]
		for _, form := range append([]string{e.Name}, e.Aliases...) {
			name := index.NameWords(form)
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

// BySlug finds what has a kind and, at the end of its IRI, a slug.
func (f *Engine) BySlug(kind kinds.Kind, slug string) (answer.Ref, bool) {
	for i := range f.lexicon.Entities {
		if r := f.ref(i); r.Kind == kind && answer.Slug(r.ID) == slug {
			return r, true
		}
	}
	for i := range f.lexicon.Pages {
		if r := f.pageRef(i); r.Kind == kind && answer.Slug(r.ID) == slug {
			return r, true
		}
	}
	return answer.Ref{}, false
}
