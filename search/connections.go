package search

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	"rapporteur/graph"
	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/derive"
)

// Connections returns what a thing is connected with, by kind ("person", "organisation", "topic", "country"), at most
// limit of each (all that the profile holds if it is 0). With a limit, what is only named on the same pages is left out of a list that
// has better, and bareMinimum of it make one that has not. Of a page, these are the entities that it names, in order of how many pages
// name them.
func (g *Generation) Connections(ctx context.Context, of ingest.IRI, limit int) (map[string][]answer.Connection, error) {
	t, ok := g.graph.Thing(of)
	if !ok {
		return nil, &answer.NotFoundError{Name: string(of)}
	}
	var all map[string][]answer.Connection
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
		if limit > 0 {
			list = list[:min(limit, len(list))]
			if t.Kind != graph.PageKind {
				list = list[:min(len(list), cmp.Or(better(list), bareMinimum))]
			}
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

// bareMinimum is how many connections of a kind are told where all are only named on the same pages.
const bareMinimum = 3

// better is how many connections rest on more than the pages that name both; they come first.
func better(list []answer.Connection) int {
	n := slices.IndexFunc(list, func(c answer.Connection) bool { return c.Said+c.Near+c.Events == 0 })
	if n < 0 {
		return len(list)
	}
	return n
}

// together quotes the newest pages that name both.
func (g *Generation) together(ctx context.Context, first, second ingest.IRI) ([]answer.Evidence, error) {
	out := []answer.Evidence{}
	for i, page := range g.graph.Together(first, second) {
		if i == derive.MaxEvidence {
			break
		}
		r, err := g.cited(ctx, page.IRI)
		if err != nil {
			return nil, err
		}
		both, _ := derive.BothOn(r, first, second)
		out = append(out, both[0])
	}
	return out, nil
}

// named makes a connection of everything that a page names.
func (g *Generation) named(r *ingest.Record) map[string][]answer.Connection {
	out := map[string][]answer.Connection{}
	for _, x := range derive.Named(r) {
		to, pages, ok := g.engine.Entity(x.IRI)
		if !ok {
			continue
		}
		c := answer.Connection{To: to, Pages: pages, Evidence: []answer.Evidence{derive.NewEvidence(r, x.Span())}}
		if y := answer.Year(r.Date); y != "" {
			c.Years = []string{y}
		}
		out[string(c.To.Kind)] = append(out[string(c.To.Kind)], c)
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(x, y answer.Connection) int { return cmp.Or(y.Pages-x.Pages, answer.CompareRefs(x.To, y.To)) })
	}
	return out
}

// Compare tells what two things have in common and what sets them apart, by what of a kind ("" for all) shares pages
// with them, at most limit of each list. What is tied closest comes first, as in Connections: to both, by the weaker of the two ties.
func (g *Generation) Compare(ctx context.Context, first, second ingest.IRI, kind kinds.Kind, limit int) (*answer.Comparison, error) {
	a, b, err := g.pair(first, second)
	if err != nil {
		return nil, err
	}
	brokers, err := g.graph.Brokers(ctx, []ingest.IRI{a.IRI}, []ingest.IRI{b.IRI}, math.MaxInt)
	if err != nil {
		return nil, err
	}
	one, err := g.ties(ctx, a)
	if err != nil {
		return nil, err
	}
	other, err := g.ties(ctx, b)
	if err != nil {
		return nil, err
	}
	both := func(x, y ingest.IRI) int { return compareTies(weaker(one[y], other[y]), weaker(one[x], other[x])) }
	of := func(ties map[ingest.IRI]answer.Connection) func(x, y ingest.IRI) int {
		return func(x, y ingest.IRI) int { return compareTies(ties[y], ties[x]) }
	}
	found, err := g.graph.CompareBy(ctx, a.IRI, b.IRI, kind, limit, graph.Closeness{ToBoth: both, ToFirst: of(one), ToSecond: of(other)})
	if err != nil {
		return nil, err
	}
	c := &answer.Comparison{First: refOf(a), Second: refOf(b), Both: coOccurrences(found.Both), Only1: coOccurrences(found.OnlyFirst),
		Only2: coOccurrences(found.OnlySecond), Linked: []answer.Broker{}}
	slices.SortStableFunc(brokers, func(x, y graph.Broker) int { return both(x.IRI, y.IRI) })
	for i, l := range brokers {
		if limit > 0 && i == limit {
			break
		}
		c.Linked = append(c.Linked, answer.Broker{Ref: refOf(l.Thing), First: l.First, Second: l.Second})
	}
	if c.Together, err = g.namingBoth(ctx, a.IRI, b.IRI, found.Together); limit > 0 {
		c.Together = c.Together[:min(limit, len(c.Together))]
	}
	return c, err
}

// mostCompared is how many of the newest pages that name both are read for a comparison.
const mostCompared = 40

// namingBoth tells of pages that name both: first those where a sentence does.
func (g *Generation) namingBoth(ctx context.Context, first, second ingest.IRI, pages []graph.Thing) ([]answer.Appearance, error) {
	close, apart := []answer.Appearance{}, []answer.Appearance(nil)
	for _, p := range pages[:min(mostCompared, len(pages))] {
		r, err := g.cited(ctx, p.IRI)
		if err != nil {
			return nil, err
		}
		a := answer.Appearance{Page: answer.PageRef(r), Date: r.Date}
		var together bool
		if a.Evidence, together = derive.BothOn(r, first, second); together {
			close = append(close, a)
		} else {
			apart = append(apart, a)
		}
	}
	return append(close, apart...), nil
}

// ties are the connections of a thing, by what it is tied to; a page has none.
func (g *Generation) ties(ctx context.Context, of graph.Thing) (map[ingest.IRI]answer.Connection, error) {
	out := map[ingest.IRI]answer.Connection{}
	if of.Kind == graph.PageKind {
		return out, nil
	}
	p, err := g.Profile(ctx, of.IRI)
	if err != nil {
		return nil, err
	}
	for _, list := range p.Connections {
		for _, c := range list {
			out[c.To.ID] = c
		}
	}
	return out, nil
}

// compareTies puts what is said before what stands in one passage, that before what an event's page names, and that before the rest.
func compareTies(x, y answer.Connection) int {
	class := func(c answer.Connection) int {
		for i, n := range []int{c.Said, c.Near, c.Events, c.Pages} {
			if n > 0 {
				return 4 - i
			}
		}
		return 0
	}
	return cmp.Or(class(x)-class(y), cmp.Compare(x.Score, y.Score))
}

func weaker(x, y answer.Connection) answer.Connection {
	if compareTies(y, x) < 0 {
		return y
	}
	return x
}

func (g *Generation) pair(first, second ingest.IRI) (a, b graph.Thing, err error) {
	a, ok := g.graph.Thing(first)
	if !ok {
		err = &answer.NotFoundError{Name: string(first)}
	}
	b, ok = g.graph.Thing(second)
	if !ok {
		err = errors.Join(err, &answer.NotFoundError{Name: string(second)})
	}
	return a, b, err
}

func coOccurrences(list []graph.Share) []answer.CoOccurrence {
	out := make([]answer.CoOccurrence, 0, len(list))
	for _, s := range list {
		out = append(out, coOccurrence(s))
	}
	return out
}

func coOccurrence(s graph.Share) answer.CoOccurrence {
	k := answer.CoOccurrence{To: refOf(s.Thing), Pages: s.Pages, Years: s.Years}
	if len(s.Newest) > 0 {
		last := refOf(s.Newest[0])
		k.Last, k.Date = &last, s.Newest[0].Date
	}
	return k
}

// Shared ranks the entities of a kind ("" for all) by the pages that they share with a thing: the organisations of a
// topic, the topics of an organisation. With since (YYYY, YYYY-MM or YYYY-MM-DD), only pages of that date or later
// count: what is new. It returns the first limit of them, and how many there are.
func (g *Generation) Shared(ctx context.Context, of ingest.IRI, kind kinds.Kind, since string, limit int) ([]answer.CoOccurrence, int,
	error) {
	t, ok := g.graph.Thing(of)
	if !ok {
		return nil, 0, &answer.NotFoundError{Name: string(of)}
	}
	list, total, err := g.graph.Since(ctx, t.IRI, kind, since, limit)
	return coOccurrences(list), total, err
}

// Around returns what is one or two hops around an entity: the limit things of the kinds (all if none is given) that
// share most pages with it, and at two hops two more for each of them.
func (g *Generation) Around(ctx context.Context, of ingest.IRI, hops int, wanted []kinds.Kind, limit int) (*answer.Surroundings, error) {
	t, ok := g.graph.Thing(of)
	if !ok {
		return nil, &answer.NotFoundError{Name: string(of)}
	}
	n, err := g.graph.Around(ctx, t.IRI, hops, wanted, limit)
	if err != nil {
		return nil, err
	}
	s := &answer.Surroundings{Nodes: []answer.Neighbour{}, Links: links(n.Links), Total: n.Total}
	for _, x := range n.Nodes {
		s.Nodes = append(s.Nodes, answer.Neighbour{Ref: refOf(x.Thing), Hops: x.Hops, Pages: x.Pages})
	}
	return s, nil
}

func links(list []graph.Link) []answer.Link {
	out := make([]answer.Link, len(list))
	for i, l := range list {
		out[i] = answer.Link(l)
	}
	return out
}

// maxInCommunities is among how many people and organisations, those on most pages, communities are looked for.
const maxInCommunities = 200

// Communities finds the communities of the site, the largest first, with at most limit members of each. They are found when
// they are asked for first, which takes a while.
func (g *Generation) Communities(ctx context.Context, limit int) ([]answer.Community, error) {
	found, err := g.allCommunities(ctx)
	out := []answer.Community{}
	for _, c := range found {
		community := answer.Community{Size: len(c.Members)}
		for _, m := range c.Members[:min(limit, len(c.Members))] {
			community.Members = append(community.Members, answer.CommunityMember{Ref: refOf(m.Thing), Weight: m.Weight, Between: m.Between})
		}
		out = append(out, community)
	}
	return out, err
}

// allCommunities looks for communities once in the life of a generation.
func (g *Generation) allCommunities(ctx context.Context) ([]graph.Community, error) {
	g.finding.Lock()
	defer g.finding.Unlock()
	if g.communities != nil {
		return g.communities, nil
	}
	found, err := g.graph.Communities(ctx, maxInCommunities)
	if err == nil {
		g.communities = found
	}
	return found, err
}
