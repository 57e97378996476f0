package search

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"rapporteur/graph"
	"rapporteur/ingest"
)

// Connections returns what a thing is connected with, by kind ("person", "organisation", "topic", "country"), at most
// limit of each (all that the profile holds if it is 0). Of a page, these are the entities that it names, in order of
// how many pages name them.
func (g *Generation) Connections(ctx context.Context, of ingest.IRI, limit int) (map[string][]Connection, error) {
	t, ok := g.graph.Thing(of)
	if !ok {
		return nil, &NotFoundError{Name: string(of)}
	}
	var all map[string][]Connection
	var err error
	if t.Kind == graph.PageKind {
		r, err := g.PageRecord(ctx, t.IRI)
		if err != nil {
			return nil, err
		}
		all = g.named(r)
	} else {
		p, err := g.Profile(ctx, t.IRI)
		if err != nil {
			return nil, err
		}
		all = p.Connections
	}
	for kind, list := range all {
		if limit > 0 && len(list) > limit {
			list = list[:limit]
			all[kind] = list
		}
		for i := range list {
			if len(list[i].Evidence) == 0 {
				if list[i].Evidence, err = g.together(ctx, t.IRI, list[i].To.ID); err != nil {
					return nil, err
				}
			}
		}
	}
	return all, nil
}

// together quotes the newest pages that name both.
func (g *Generation) together(ctx context.Context, first, second ingest.IRI) ([]Evidence, error) {
	out := []Evidence{}
	for i, page := range g.graph.Together(first, second) {
		if i == maxEvidence {
			break
		}
		r, err := g.cited(ctx, page.IRI)
		if err != nil {
			return nil, err
		}
		out = append(out, bothOn(r, first, second)[0])
	}
	return out, nil
}

// named makes a connection of everything that a page names.
func (g *Generation) named(r *ingest.Record) map[string][]Connection {
	out := map[string][]Connection{}
	for _, x := range standingOn(r) {
		i, ok := g.finder.byID[x.iri]
		if !ok {
			continue
		}
		c := Connection{To: g.finder.ref(i), Pages: g.finder.lexicon.Entities[i].Pages, Evidence: []Evidence{NewEvidence(r, x.span())}}
		if y := year(r.Date); y != "" {
			c.Years = []string{y}
		}
		out[string(c.To.Kind)] = append(out[string(c.To.Kind)], c)
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(x, y Connection) int { return cmp.Or(y.Pages-x.Pages, compareRefs(x.To, y.To)) })
	}
	return out
}

// Kinship is something that two entities have in common, or that only one of them has: on how many pages and in which
// years it stands with them.
type Kinship struct {
	To    Ref      `json:"to"`
	Pages int      `json:"pages"`
	Years []string `json:"years,omitempty"`
	Last  *Ref     `json:"last,omitempty"` // the newest of the pages
	Date  string   `json:"date,omitempty"` // of that page
}

// Comparison holds two things against each other.
type Comparison struct {
	First    Ref          `json:"first"`
	Second   Ref          `json:"second"`
	Together []Appearance `json:"together"` // pages that name both, newest first, each with its evidence
	Both     []Kinship    `json:"both"`
	Only1    []Kinship    `json:"onlyFirst"`
	Only2    []Kinship    `json:"onlySecond"`
	Linked   []Linking    `json:"linkedBy"` // who stands on pages with each of them: by the smaller number of pages, then the larger
}

// Linking is a person or organisation that links two things.
type Linking struct {
	Ref
	First  int `json:"first"` // pages with the first
	Second int `json:"second"`
}

// Compare tells what two things have in common and what sets them apart, by what of a kind ("" for all) shares pages
// with them, at most limit of each list.
func (g *Generation) Compare(ctx context.Context, first, second ingest.IRI, kind Kind, limit int) (*Comparison, error) {
	a, b, err := g.pair(first, second)
	if err != nil {
		return nil, err
	}
	found, err := g.graph.Compare(ctx, a.IRI, b.IRI, ingest.EntityKind(kind), limit)
	if err != nil {
		return nil, err
	}
	brokers, err := g.graph.Brokers(ctx, []ingest.IRI{a.IRI}, []ingest.IRI{b.IRI}, limit)
	if err != nil {
		return nil, err
	}
	c := &Comparison{First: refOf(a), Second: refOf(b), Together: []Appearance{}, Both: kinships(found.Both), Only1: kinships(found.OnlyFirst), Only2: kinships(found.OnlySecond), Linked: []Linking{}}
	for _, l := range brokers {
		c.Linked = append(c.Linked, Linking{refOf(l.Thing), l.First, l.Second})
	}
	for i, p := range found.Together {
		if limit > 0 && i == limit {
			break
		}
		r, err := g.cited(ctx, p.IRI)
		if err != nil {
			return nil, err
		}
		c.Together = append(c.Together, Appearance{Page: PageRef(r), Date: r.Date, Evidence: bothOn(r, a.IRI, b.IRI)})
	}
	return c, nil
}

func (g *Generation) pair(first, second ingest.IRI) (a, b graph.Thing, err error) {
	a, ok := g.graph.Thing(first)
	if !ok {
		err = &NotFoundError{Name: string(first)}
	}
	b, ok = g.graph.Thing(second)
	if !ok {
		err = errors.Join(err, &NotFoundError{Name: string(second)})
	}
	return a, b, err
}

func kinships(list []graph.Share) []Kinship {
	out := make([]Kinship, 0, len(list))
	for _, s := range list {
		out = append(out, kinship(s))
	}
	return out
}

func kinship(s graph.Share) Kinship {
	k := Kinship{To: refOf(s.Thing), Pages: s.Pages, Years: s.Years}
	if len(s.Newest) > 0 {
		last := refOf(s.Newest[0])
		k.Last, k.Date = &last, s.Newest[0].Date
	}
	return k
}

// Shared ranks the entities of a kind ("" for all) by the pages that they share with a thing: the organisations of a
// topic, the topics of an organisation. With since (YYYY, YYYY-MM or YYYY-MM-DD), only pages of that date or later
// count: what is new. It returns the first limit of them, and how many there are.
func (g *Generation) Shared(ctx context.Context, of ingest.IRI, kind Kind, since string, limit int) ([]Kinship, int, error) {
	t, ok := g.graph.Thing(of)
	if !ok {
		return nil, 0, &NotFoundError{Name: string(of)}
	}
	list, total, err := g.graph.Since(ctx, t.IRI, ingest.EntityKind(kind), since, limit)
	return kinships(list), total, err
}

// Surroundings is an entity and what is around it: Nodes[0] is the entity. Links are by position in Nodes.
type Surroundings struct {
	Nodes []Neighbour `json:"nodes"`
	Links []Link      `json:"links"`
	Total int         `json:"total"` // how many things share a page with it
}

// Neighbour is a thing around another one: at how many hops, and on how many pages with what it was reached from.
type Neighbour struct {
	Ref
	Hops  int `json:"hops"`
	Pages int `json:"pages"`
}

// Around returns what is one or two hops around an entity: the limit things of the kinds (all if none is given) that
// share most pages with it, and at two hops two more for each of them.
func (g *Generation) Around(ctx context.Context, of ingest.IRI, hops int, kinds []Kind, limit int) (*Surroundings, error) {
	t, ok := g.graph.Thing(of)
	if !ok {
		return nil, &NotFoundError{Name: string(of)}
	}
	var wanted []ingest.EntityKind
	for _, k := range kinds {
		wanted = append(wanted, ingest.EntityKind(k))
	}
	n, err := g.graph.Around(ctx, t.IRI, hops, wanted, limit)
	if err != nil {
		return nil, err
	}
	s := &Surroundings{Nodes: []Neighbour{}, Links: links(n.Links), Total: n.Total}
	for _, x := range n.Nodes {
		s.Nodes = append(s.Nodes, Neighbour{refOf(x.Thing), x.Hops, x.Pages})
	}
	return s, nil
}

// Circle is a community: people and organisations that meet each other more than others.
type Circle struct {
	Size    int            `json:"size"`
	Members []CircleMember `json:"members"` // the most tied first
}

// CircleMember is one of a Circle. Weight is the sum of its ties within, Between its share of the shortest ways between
// any two that were looked at.
type CircleMember struct {
	Ref
	Weight  float64 `json:"weight"`
	Between float64 `json:"between"`
}

// maxCircled is among how many people and organisations, those on most pages, circles are looked for.
const maxCircled = 200

// Circles finds the communities of the site, the largest first, with at most limit members of each. They are found when
// they are asked for first, which takes a while.
func (g *Generation) Circles(ctx context.Context, limit int) ([]Circle, error) {
	found, err := g.circles(ctx)
	out := []Circle{}
	for _, c := range found {
		circle := Circle{Size: len(c.Members)}
		for _, m := range c.Members[:min(limit, len(c.Members))] {
			circle.Members = append(circle.Members, CircleMember{refOf(m.Thing), m.Weight, m.Between})
		}
		out = append(out, circle)
	}
	return out, err
}

// circles looks for communities once in the life of a generation.
func (g *Generation) circles(ctx context.Context) ([]graph.Community, error) {
	g.circled.Lock()
	defer g.circled.Unlock()
	if g.communities != nil {
		return g.communities, nil
	}
	found, err := g.graph.Communities(ctx, maxCircled)
	if err == nil {
		g.communities = found
	}
	return found, err
}
