package graph

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"rapporteur/ingest"
)

// Share is something that stands on the same pages as something else.
type Share struct {
	Thing
	Pages []Thing  // newest first
	Years []string // in order, without repetitions
}

// Shared ranks the entities of a kind ("" for all) by the number of pages that they share with an entity, then by
// name: the organisations of a topic, the topics of an organisation. It returns the first limit of them (all if it is
// 0), and how many there are.
func (r *Reader) Shared(ctx context.Context, iri ingest.IRI, kind ingest.EntityKind, limit int) ([]Share, int, error) {
	return r.shared(ctx, iri, kindsOf(kind), limit, "")
}

// Since is Shared for the pages dated on or after a date (YYYY, YYYY-MM or YYYY-MM-DD): what is new around an entity.
func (r *Reader) Since(ctx context.Context, iri ingest.IRI, kind ingest.EntityKind, date string, limit int) ([]Share, int, error) {
	return r.shared(ctx, iri, kindsOf(kind), limit, date)
}

func kindsOf(kind ingest.EntityKind) []ingest.EntityKind {
	if kind == "" {
		return nil
	}
	return []ingest.EntityKind{kind}
}

func (r *Reader) shared(ctx context.Context, iri ingest.IRI, of []ingest.EntityKind, limit int, since string) ([]Share, int, error) {
	pages := r.pagesOf(r.id(quad.IRI(iri)))
	found, err := r.count(ctx, r.id(quad.IRI(iri)), pages, of, since)
	if err != nil {
		return nil, 0, err
	}
	ranked := slices.Collect(maps.Keys(found))
	// Names are read only where the number of pages does not tell two apart.
	names := map[uint32]string{}
	name := func(id uint32) string {
		n, ok := names[id]
		if !ok {
			n = r.text(r.object(id, r.known.name))
			names[id] = n
		}
		return n
	}
	slices.SortFunc(ranked, func(x, y uint32) int {
		if d := len(found[y]) - len(found[x]); d != 0 {
			return d
		}
		return cmp.Or(cmp.Compare(name(x), name(y)), cmp.Compare(x, y))
	})
	total := len(ranked)
	if limit > 0 && limit < total {
		ranked = ranked[:limit]
	}
	dates := map[uint32]Thing{}
	out := make([]Share, 0, len(ranked))
	for _, id := range ranked {
		s := Share{}
		s.Thing, _ = r.thing(id)
		for _, p := range found[id] {
			t, ok := dates[p]
			if !ok {
				t, _ = r.thing(p)
				dates[p] = t
			}
			s.Pages = append(s.Pages, t)
			if y := year(t.Date); y != "" && !slices.Contains(s.Years, y) {
				s.Years = append(s.Years, y)
			}
		}
		slices.SortStableFunc(s.Pages, func(x, y Thing) int { return cmp.Compare(y.Date, x.Date) })
		slices.Sort(s.Years)
		out = append(out, s)
	}
	return out, total, ctx.Err()
}

// count lists, of the pages, those of every entity of some kinds (all if none is given).
func (r *Reader) count(ctx context.Context, self uint32, pages []half, of []ingest.EntityKind, since string) (map[uint32][]uint32, error) {
	kinds := map[uint32]bool{}
	found := map[uint32][]uint32{}
	for i, p := range pages {
		if i&63 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if since != "" && r.date(p.node) < since {
			continue
		}
		for _, e := range r.on(p.node) {
			if e.node == self {
				continue
			}
			ok, seen := kinds[e.node]
			if !seen {
				ok = len(of) == 0 || slices.Contains(of, r.kind(e.node))
				kinds[e.node] = ok
			}
			if ok {
				found[e.node] = append(found[e.node], p.node)
			}
		}
	}
	return found, nil
}

// Compared says what two entities have in common and what only one of them has, each ranked as Shared does: the pages
// of a common entity are those of both.
type Compared struct {
	Together   []Thing // pages on which both stand, newest first
	Both       []Share
	OnlyFirst  []Share
	OnlySecond []Share
}

// Compare holds two entities against each other by what of a kind ("" for all) stands on their pages. Each list has at
// most limit entries (all if it is 0).
func (r *Reader) Compare(ctx context.Context, first, second ingest.IRI, kind ingest.EntityKind, limit int) (*Compared, error) {
	a, _, err := r.Shared(ctx, first, kind, 0)
	if err != nil {
		return nil, err
	}
	b, _, err := r.Shared(ctx, second, kind, 0)
	if err != nil {
		return nil, err
	}
	other := make(map[ingest.IRI]*Share, len(b))
	for i := range b {
		other[b[i].IRI] = &b[i]
	}
	c := &Compared{}
	for _, s := range a {
		t := other[s.IRI]
		switch {
		case s.IRI == second:
			c.Together = s.Pages
		case t == nil:
			c.OnlyFirst = append(c.OnlyFirst, s)
		default:
			s.Pages = append(slices.Clone(s.Pages), t.Pages...)
			slices.SortStableFunc(s.Pages, func(x, y Thing) int { return cmp.Or(cmp.Compare(y.Date, x.Date), cmp.Compare(x.IRI, y.IRI)) })
			s.Pages = slices.Compact(s.Pages)
			s.Years = append(slices.Clone(s.Years), t.Years...)
			slices.Sort(s.Years)
			s.Years = slices.Compact(s.Years)
			c.Both = append(c.Both, s)
		}
		delete(other, s.IRI)
	}
	for _, t := range b {
		if other[t.IRI] != nil && t.IRI != first {
			c.OnlySecond = append(c.OnlySecond, t)
		}
	}
	slices.SortStableFunc(c.Both, func(x, y Share) int { return len(y.Pages) - len(x.Pages) })
	for _, list := range []*[]Share{&c.Both, &c.OnlyFirst, &c.OnlySecond} {
		if limit > 0 && len(*list) > limit {
			*list = (*list)[:limit]
		}
	}
	if kind != "" && len(c.Together) == 0 { // the second is not of the kind
		for _, p := range r.common(r.id(quad.IRI(first)), r.id(quad.IRI(second))) {
			t, _ := r.thing(p)
			c.Together = append(c.Together, t)
		}
		slices.SortStableFunc(c.Together, func(x, y Thing) int { return cmp.Compare(y.Date, x.Date) })
	}
	return c, nil
}

// Link ties two nodes of a Neighbourhood: on how many pages both stand.
type Link struct {
	From  int `json:"from"` // in Nodes
	To    int `json:"to"`
	Pages int `json:"pages"`
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
func (r *Reader) Around(ctx context.Context, iri ingest.IRI, hops int, kinds []ingest.EntityKind, limit int) (*Neighbourhood, error) {
	start, ok := r.Thing(iri)
	if !ok {
		return &Neighbourhood{}, nil
	}
	const further = 2 // of each entity at one hop
	n := &Neighbourhood{Nodes: []Neighbour{{Thing: start}}}
	there := map[ingest.IRI]bool{start.IRI: true}
	add := func(from Neighbour, most int) (int, error) {
		shares, total, err := r.shared(ctx, from.IRI, kinds, most+len(there), "")
		for _, s := range shares {
			if !there[s.IRI] && most > 0 {
				there[s.IRI] = true
				most--
				n.Nodes = append(n.Nodes, Neighbour{Thing: s.Thing, Hops: from.Hops + 1, Pages: len(s.Pages)})
			}
		}
		return total, err
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
	n.Links = r.links(n.Nodes)
	return n, ctx.Err()
}

// links counts the pages that any two of the nodes share.
func (r *Reader) links(nodes []Neighbour) []Link {
	on := map[uint32][]int{} // page -> nodes on it, in order
	for i := range nodes {
		for _, p := range r.pagesOf(r.id(quad.IRI(nodes[i].IRI))) {
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
