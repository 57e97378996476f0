package graph

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
)

// Share is something that stands on the same pages as something else: on how many, in which years, and the newest.
type Share struct {
	Thing
	Pages  int
	Years  []string // in order, without repetitions
	Newest []Thing  // three at most, newest first
}

const maxNewest = 3

// Shared ranks the entities of a kind ("" for all) by the number of pages that they share with an entity, then by IRI:
// the organisations of a topic, the topics of an organisation. It returns the first limit of them (all if it is 0), and
// how many there are.
func (r *Reader) Shared(ctx context.Context, iri ingest.IRI, kind kinds.Kind, limit int) ([]Share, int, error) {
	return r.Since(ctx, iri, kind, "", limit)
}

// Since is Shared for the pages dated on or after a date (YYYY, YYYY-MM or YYYY-MM-DD): what is new around an entity.
func (r *Reader) Since(ctx context.Context, iri ingest.IRI, kind kinds.Kind, date string, limit int) ([]Share, int, error) {
	list, err := r.sharing(ctx, r.id(quad.IRI(iri)), kindsOf(kind), date)
	total := len(list)
	if limit > 0 && limit < total {
		list = list[:limit]
	}
	return r.present(list), total, err
}

func kindsOf(kind kinds.Kind) []kinds.Kind {
	if kind == "" {
		return nil
	}
	return []kinds.Kind{kind}
}

// sharer is a node and the pages that it shares, in order of their numbers.
type sharer struct {
	node  uint32
	pages []uint32
}

// sharing ranks the entities of some kinds (all if none is given) on the pages of an entity.
func (r *Reader) sharing(ctx context.Context, self uint32, wanted []kinds.Kind, since string) ([]sharer, error) {
	var all []uint64 // node, page: sorted by one comparison
	fits := map[uint32]bool{}
	// Whoever takes part in a page is named there: of most kinds, it is enough to look at what pages name.
	preds := []uint32{r.known.mentions, r.known.about, r.known.inferredAbout}
	switch {
	case len(wanted) > 0 && !slices.Contains(wanted, kinds.Topic):
		preds = preds[:1]
	case len(wanted) == 1:
		preds = preds[1:]
	}
	for i, p := range r.pagesOf(self) {
		if i&63 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if since != "" && r.date(p.node) < since {
			continue
		}
		for _, pred := range preds {
			r.out(p.node, pred, func(e, _ uint32) {
				ok, seen := fits[e]
				if !seen {
					ok = e != self && (len(wanted) == 0 || slices.Contains(wanted, r.kind(e)))
					fits[e] = ok
				}
				if ok {
					all = append(all, uint64(e)<<32|uint64(p.node))
				}
			})
		}
	}
	slices.Sort(all)
	var out []sharer
	for _, s := range slices.Compact(all) {
		node, page := uint32(s>>32), uint32(s)
		if k := len(out) - 1; k >= 0 && out[k].node == node {
			out[k].pages = append(out[k].pages, page)
		} else {
			out = append(out, sharer{node, []uint32{page}})
		}
	}
	slices.SortStableFunc(out, func(x, y sharer) int { return len(y.pages) - len(x.pages) })
	return out, nil
}

// present looks up names and dates.
func (r *Reader) present(list []sharer) []Share {
	dates := map[uint32]string{}
	date := func(page uint32) string {
		d, ok := dates[page]
		if !ok {
			d = r.date(page)
			dates[page] = d
		}
		return d
	}
	out := make([]Share, 0, len(list))
	for _, l := range list {
		s := Share{Pages: len(l.pages)}
		s.Thing, _ = r.thing(l.node)
		for _, p := range l.pages {
			if y := year(date(p)); y != "" && !slices.Contains(s.Years, y) {
				s.Years = append(s.Years, y)
			}
		}
		slices.Sort(s.Years)
		var newest []uint32
		for _, p := range l.pages {
			i := len(newest)
			for i > 0 && date(newest[i-1]) < date(p) {
				i--
			}
			if i < maxNewest {
				newest = slices.Insert(newest, i, p)
				newest = newest[:min(maxNewest, len(newest))]
			}
		}
		for _, p := range newest {
			t, _ := r.thing(p)
			s.Newest = append(s.Newest, t)
		}
		out = append(out, s)
	}
	return out
}

// Compared says what two entities have in common and what only one of them has, each ranked as Shared does: the pages
// of a common entity are those of both.
type Compared struct {
	Together   []Thing // pages on which both stand, newest first
	Both       []Share
	OnlyFirst  []Share
	OnlySecond []Share
}

// Compare holds two entities against each other by what of a kind ("" for all) stands on their pages. Each list but
// Together has at most limit entries (all if it is 0).
func (r *Reader) Compare(ctx context.Context, first, second ingest.IRI, kind kinds.Kind, limit int) (*Compared, error) {
	return r.CompareBy(ctx, first, second, kind, limit, Closeness{})
}

// Closeness puts entities in the order of how close they are to both of two things, to the first and to the second: negative where x is
// closer than y. One that is nil leaves the order as it is.
type Closeness struct{ ToBoth, ToFirst, ToSecond func(x, y ingest.IRI) int }

// CompareBy is Compare with the closest first, and of equally close ones those that share most pages.
func (r *Reader) CompareBy(ctx context.Context, first, second ingest.IRI, kind kinds.Kind, limit int, order Closeness) (*Compared, error) {
	x, y := r.id(quad.IRI(first)), r.id(quad.IRI(second))
	a, err := r.sharing(ctx, x, kindsOf(kind), "")
	if err != nil {
		return nil, err
	}
	b, err := r.sharing(ctx, y, kindsOf(kind), "")
	if err != nil {
		return nil, err
	}
	theirs := make(map[uint32][]uint32, len(b))
	for _, s := range b {
		theirs[s.node] = s.pages
	}
	var both, only []sharer
	for _, s := range a {
		switch pages, ok := theirs[s.node]; {
		case s.node == y:
		case ok:
			pages = append(slices.Clone(s.pages), pages...)
			slices.Sort(pages)
			both = append(both, sharer{s.node, slices.Compact(pages)})
		default:
			only = append(only, s)
		}
		delete(theirs, s.node)
	}
	slices.SortStableFunc(both, func(p, q sharer) int { return len(q.pages) - len(p.pages) })
	b = slices.DeleteFunc(b, func(s sharer) bool { return theirs[s.node] == nil || s.node == x })
	cut := func(list []sharer, closer func(x, y ingest.IRI) int) []Share {
		if closer != nil {
			iris := make(map[uint32]ingest.IRI, len(list))
			for _, s := range list {
				iris[s.node] = r.iri(s.node)
			}
			slices.SortStableFunc(list, func(x, y sharer) int { return closer(iris[x.node], iris[y.node]) })
		}
		if limit > 0 && len(list) > limit {
			list = list[:limit]
		}
		return r.present(list)
	}
	c := &Compared{Both: cut(both, order.ToBoth), OnlyFirst: cut(only, order.ToFirst), OnlySecond: cut(b, order.ToSecond)}
	c.Together = r.Together(first, second)
	return c, ctx.Err()
}

// Together returns the pages on which both stand, newest first.
func (r *Reader) Together(first, second ingest.IRI) []Thing {
	var out []Thing
	for _, p := range r.common(r.id(quad.IRI(first)), r.id(quad.IRI(second))) {
		t, _ := r.thing(p)
		out = append(out, t)
	}
	slices.SortStableFunc(out, func(p, q Thing) int { return cmp.Compare(q.Date, p.Date) })
	return out
}

// Link ties two nodes of a Neighbourhood: on how many pages both stand.
type Link struct {
	From, To int // in Nodes
	Pages    int
}

// Neighbourhood is an entity (Nodes[0]) and what is around it.
type Neighbourhood struct {
	Nodes []Neighbour
	Links []Link // From < To, in order
	Total int    // how many share a page with the first, of the kinds asked for
}

// Neighbour is a node of a Neighbourhood: how far from the entity, and on how many pages with the node it was reached from.
type Neighbour struct {
	Thing
	Hops  int
	Pages int
}

// Around walks one or two hops out from an entity: the limit entities of the kinds (all if none is given) that share
// most pages with it; at two hops also, for each of these, those two that share most pages with it and are not there
// yet. Links are between any two of them.
func (r *Reader) Around(ctx context.Context, iri ingest.IRI, hops int, wanted []kinds.Kind, limit int) (*Neighbourhood, error) {
	start, ok := r.Thing(iri)
	if !ok {
		return &Neighbourhood{}, nil
	}
	const further = 2 // of each entity at one hop
	n := &Neighbourhood{Nodes: []Neighbour{{Thing: start}}}
	there := map[ingest.IRI]bool{start.IRI: true}
	add := func(from Neighbour, most int) (int, error) {
		list, err := r.sharing(ctx, r.id(quad.IRI(from.IRI)), wanted, "")
		for _, s := range list {
			if most == 0 {
				break
			}
			if t, _ := r.thing(s.node); !there[t.IRI] {
				there[t.IRI] = true
				most--
				n.Nodes = append(n.Nodes, Neighbour{Thing: t, Hops: from.Hops + 1, Pages: len(s.pages)})
			}
		}
		return len(list), err
	}
	var err error
	if n.Total, err = add(n.Nodes[0], limit); err != nil {
		return nil, err
	}
	if hops > 1 {
		for _, from := range slices.Clone(n.Nodes[1:]) {
			if _, err := add(from, further); err != nil {
				return nil, err
			}
		}
	}
	var all []ingest.IRI
	for _, x := range n.Nodes {
		all = append(all, x.IRI)
	}
	n.Links = r.Links(all)
	return n, ctx.Err()
}

// Links counts the pages that any two things share: a Link for each two that share some, From and To being their places
// in the list.
func (r *Reader) Links(things []ingest.IRI) []Link {
	on := map[uint32][]int{} // page -> things on it, in order
	for i := range things {
		for _, p := range r.pagesOf(r.id(quad.IRI(things[i]))) {
			on[p.node] = append(on[p.node], i)
		}
	}
	weight := map[[2]int]int{}
	for _, list := range on {
		for i, x := range list {
			for _, y := range list[i+1:] {
				weight[[2]int{x, y}]++
			}
		}
	}
	out := make([]Link, 0, len(weight))
	for k, w := range weight {
		out = append(out, Link{k[0], k[1], w})
	}
	slices.SortFunc(out, func(x, y Link) int { return cmp.Or(x.From-y.From, x.To-y.To) })
	return out
}
