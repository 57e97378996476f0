package query

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"rapporteur/index"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// LookupPage finds the page that is meant, as Generation.Lookup does, among pages only: a person of the same name is not
// meant. Of what no page is called, the pages are told whose file or title is nearest to it.
func LookupPage(ctx context.Context, g interface {
	Lookup(ctx context.Context, name string) (answer.Ref, error)
	Catalogue() *answer.Catalogue
}, name string) (answer.Ref, error) {
	page, err := g.Lookup(ctx, string(kinds.Page)+": "+name)
	if missing := (*answer.NotFoundError)(nil); errors.As(err, &missing) {
		return page, &answer.NotFoundError{Name: name, Nearest: nearestPages(g.Catalogue(), name)}
	}
	if ambiguous := (*answer.AmbiguousError)(nil); errors.As(err, &ambiguous) {
		ambiguous.Name = name
	}
	return page, err
}

// nearestPages returns the pages whose file names or titles are most like a path, an address or a title.
func nearestPages(c *answer.Catalogue, name string) []answer.Ref {
	const least = 0.4 // Dice's coefficient of their trigrams
	type near struct {
		page answer.Ref
		like float64
	}
	last := strings.TrimRight(name, "/")
	last = last[strings.LastIndexByte(last, '/')+1:]
	whole, file := grams(index.NameKey(name)), grams(index.NameKey(strings.TrimSuffix(last, filepath.Ext(last))))
	var found []near
	for _, p := range c.Pages {
		like := max(dice(file, grams(index.NameKey(answer.Slug(p.ID)))), dice(whole, grams(index.NameKey(p.Name))))
		if like >= least {
			found = append(found, near{page: p.Ref, like: like})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(b.like, a.like) })
	var refs []answer.Ref
	for _, n := range found[:min(5, len(found))] {
		refs = append(refs, n.page)
	}
	return refs
}
