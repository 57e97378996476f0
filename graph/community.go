package graph

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/cayleygraph/quad"
	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/simple"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
)

// Community is a circle of people and organisations that meet each other more than others.
type Community struct {
	Members []Member // by Weight, the most first, then by name
}

// Member is one of a community. Weight is the sum of its ties within it. Between is its share of the shortest paths
// between any two things that were looked at (betweenness centrality, Freeman 1977; from 0 to 1).
type Member struct {
	Thing
	Weight  float64
	Between float64
}

// Communities finds the circles among the people and organisations that are on most pages (limit of them), by Louvain's
// method with the modularity of Newman. Two are tied by the sum over the pages that both stand on of 1/log2(1 + number
// of entities on the page). Circles of one are left out; the largest come first.
func (r *Reader) Communities(ctx context.Context, limit int) ([]Community, error) {
	nodes, err := r.busiest(ctx, limit)
	if err != nil || len(nodes) == 0 {
		return nil, err
	}
	weights := r.weights(nodes)
	g := simple.NewWeightedUndirectedGraph(0, 0)
	distance := simple.NewWeightedUndirectedGraph(0, math.Inf(1)) // near are those who meet often
	for i := range nodes {
		g.AddNode(simple.Node(i))
		distance.AddNode(simple.Node(i))
	}
	for _, w := range weights {
		g.SetWeightedEdge(g.NewWeightedEdge(simple.Node(w.x), simple.Node(w.y), w.weight))
		distance.SetWeightedEdge(distance.NewWeightedEdge(simple.Node(w.x), simple.Node(w.y), 1))
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	found := community.Modularize(g, 1, rand.NewPCG(1, 1)).Communities()
	between := network.Betweenness(distance)
	pairs := float64((len(nodes) - 1) * (len(nodes) - 2))
	in := make([]int, len(nodes))
	for c, list := range found {
		for _, n := range list {
			in[n.ID()] = c
		}
	}
	weight := make([]float64, len(nodes))
	for _, w := range weights {
		if in[w.x] == in[w.y] {
			weight[w.x] += w.weight
			weight[w.y] += w.weight
		}
	}
	var out []Community
	for _, list := range found {
		if len(list) < 2 {
			continue
		}
		var c Community
		for _, n := range list {
			m := Member{Weight: math.Round(weight[n.ID()]*1000) / 1000}
			m.Thing, _ = r.thing(nodes[n.ID()])
			if pairs > 0 {
				m.Between = math.Round(between[n.ID()]/pairs*1e6) / 1e6
			}
			c.Members = append(c.Members, m)
		}
		slices.SortFunc(c.Members, func(x, y Member) int {
			return cmp.Or(cmp.Compare(y.Weight, x.Weight), cmp.Compare(x.Name, y.Name), cmp.Compare(x.IRI, y.IRI))
		})
		out = append(out, c)
	}
	slices.SortFunc(out, func(x, y Community) int {
		return cmp.Or(len(y.Members)-len(x.Members), cmp.Compare(x.Members[0].IRI, y.Members[0].IRI))
	})
	return out, ctx.Err()
}

// busiest returns the people and organisations that are on most pages, in order of their numbers.
func (r *Reader) busiest(ctx context.Context, limit int) ([]uint32, error) {
	type busy struct {
		node  uint32
		pages int
	}
	var all []busy
	for _, t := range []uint32{r.known.person, r.known.organisation} {
		i := 0
		r.in(t, r.known.typ, func(s, _ uint32) {
			if i++; i%1024 != 0 || ctx.Err() == nil {
				all = append(all, busy{s, r.withPredicate(object, s, r.known.mentions).len()})
			}
		})
	}
	slices.SortFunc(all, func(x, y busy) int { return cmp.Or(y.pages-x.pages, cmp.Compare(x.node, y.node)) })
	out := make([]uint32, min(limit, len(all)))
	for i := range out {
		out[i] = all[i].node
	}
	slices.Sort(out)
	return out, ctx.Err()
}

type tieWeight struct {
	x, y   int
	weight float64
}

// weights ties nodes by the pages that they share, in order.
func (r *Reader) weights(nodes []uint32) []tieWeight {
	on := map[uint32][]int{}
	for i, n := range nodes {
		for _, p := range r.pagesOf(n) {
			on[p.node] = append(on[p.node], i)
		}
	}
	sum := map[[2]int]float64{}
	pages := make([]uint32, 0, len(on))
	for p := range on {
		pages = append(pages, p)
	}
	slices.Sort(pages) // sums of floats depend on their order
	for _, p := range pages {
		w := 1 / math.Log2(float64(1+max(1, r.withPredicate(subject, p, r.known.mentions).len())))
		for i, x := range on[p] {
			for _, y := range on[p][i+1:] {
				sum[[2]int{x, y}] += w
			}
		}
	}
	out := make([]tieWeight, 0, len(sum))
	for k, w := range sum {
		out = append(out, tieWeight{k[0], k[1], w})
	}
	slices.SortFunc(out, func(a, b tieWeight) int { return cmp.Or(a.x-b.x, a.y-b.y) })
	return out
}

// Broker is somebody who links two things or circles: on how many pages with each.
type Broker struct {
	Thing
	First, Second int
}

// Brokers ranks the people and organisations that stand on pages with members of both lists, being in neither: by the
// smaller of the two numbers of pages, then the larger, then the name. It says who links two organisations, topics or
// communities.
func (r *Reader) Brokers(ctx context.Context, first, second []ingest.IRI, limit int) ([]Broker, error) {
	own := map[uint32]bool{}
	count := func(list []ingest.IRI) (map[uint32]int, error) {
		pages := map[uint32]bool{}
		for _, iri := range list {
			own[r.id(quad.IRI(iri))] = true
			for _, p := range r.pagesOf(r.id(quad.IRI(iri))) {
				pages[p.node] = true
			}
		}
		n, i := map[uint32]int{}, 0
		for p := range pages {
			if i++; i%checkEvery == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			for _, e := range r.on(p) {
				n[e.node]++
			}
		}
		return n, nil
	}
	a, err := count(first)
	if err != nil {
		return nil, err
	}
	b, err := count(second)
	if err != nil {
		return nil, err
	}
	var out []Broker
	for n, x := range a {
		y := b[n]
		if kind := r.kind(n); y == 0 || own[n] || kind != kinds.Person && kind != kinds.Organisation {
			continue
		}
		t, _ := r.thing(n)
		out = append(out, Broker{t, x, y})
	}
	slices.SortFunc(out, func(x, y Broker) int {
		return cmp.Or(min(y.First, y.Second)-min(x.First, x.Second), max(y.First, y.Second)-max(x.First, x.Second),
			cmp.Compare(x.Name, y.Name), cmp.Compare(x.IRI, y.IRI))
	})
	return out[:min(limit, len(out))], ctx.Err()
}
