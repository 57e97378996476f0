package graph

import (
	"cmp"
	"container/heap"
	"context"
	"math"
	"slices"

	"github.com/cayleygraph/quad"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
)

// Step is one step of a path, from one entity to the next (the first and last may be pages). Either a page says that
// the one belongs to the other, or both stand on a page.
type Step struct {
	From, To Thing
	Tie      Tie
	Places   []Place // the pages that say so, the best first, two at most
}

// Tie is what a step rests on.
type Tie string

// The ties, dearest last.
const (
	SpokeForTie   Tie = "spoke for"       // of a person and an organisation
	AffiliatedTie Tie = "affiliated with" // likewise
	TogetherTie   Tie = "together"        // both stand on the page
	OnPageTie     Tie = "on"              // one of the two is the page
)

// Place is a page, and how the two of a step stand on it.
type Place struct {
	Page                           Thing
	FromInvolvement, ToInvolvement Involvement
}

// What a step costs. The path with the least sum is the best. Somebody who spoke for a body is tied to it more than one
// who is named beside it. A page costs the more the more it names, a thing on the path the more pages it is on, and
// topics and countries, which join everything with everything, most.
const (
	costSpokeFor     = 0.9
	costAffiliated   = 1.0
	costSpoke        = 1.0
	costTookPart     = 1.2
	costNamed        = 1.5
	costAbout        = 1.6
	costInferred     = 2.2
	costCrowd        = 0.12 // times log2(1 + entities on the page), at either end
	costHub          = 0.15 // times log2(1 + pages of a thing on the path)
	costTopicOnPath  = 1.5
	costPlaceOnPath  = 2.5
	maxSettled       = 100_000 // nodes that one search may settle
	maxPlaces        = 2
	checkEvery       = 256 // nodes between two looks at the context
	maxDegreeOnPath  = 20_000
	maxNamedOnPath   = 5_000
	maxPathsSearched = 20
)

func costOf(h Involvement) float64 {
	switch {
	case h&Spoke != 0:
		return costSpoke
	case h&TookPart != 0:
		return costTookPart
	case h&Named != 0:
		return costNamed
	case h&About != 0:
		return costAbout
	}
	return costInferred
}

// Paths finds up to limit paths between two things, the best first. No two of them share a thing between the ends. The
// direct one, if there is one, stands for all pages that name both: no other path goes over these. Two the same, or not
// joined, have none.
func (r *Reader) Paths(ctx context.Context, from, to ingest.IRI, limit int) ([][]Step, error) {
	a, b := r.id(quad.IRI(from)), r.id(quad.IRI(to))
	if a == b || r.kind(a) == "" || r.kind(b) == "" {
		return nil, nil
	}
	w := newPathFinder(r, a, b)
	var out [][]Step
	for range min(limit, maxPathsSearched) {
		nodes, err := w.find(ctx)
		if err != nil {
			return nil, err
		}
		if nodes == nil {
			break
		}
		steps := w.steps(nodes)
		out = append(out, steps)
		if len(steps) == 1 && steps[0].Tie == OnPageTie {
			break // a page and what it names: roundabout paths tell nothing more
		}
		if len(steps) == 1 {
			w.noDirect = true
			for _, p := range r.common(a, b) {
				w.barred[p] = true
			}
		}
		for _, s := range steps[1:] {
			w.barred[r.id(quad.IRI(s.From.IRI))] = true
		}
	}
	return out, nil
}

// pathFinder searches from both ends at once (Dijkstra 1959, Pohl 1971): the two searches meet where each has gone half
// of the path, and never see most of the graph.
type pathFinder struct {
	*Reader
	ends     [2]uint32
	barred   map[uint32]bool    // things on paths found before
	noDirect bool               // the direct path was found before
	passing  map[uint32]float64 // what through has worked out
	crowds   map[uint32]float64 // what crowd has worked out
}

func newPathFinder(r *Reader, a, b uint32) *pathFinder {
	return &pathFinder{Reader: r, ends: [2]uint32{a, b}, barred: map[uint32]bool{},
		passing: map[uint32]float64{}, crowds: map[uint32]float64{}}
}

type reached struct {
	cost    float64
	before  uint32 // the node it was reached from
	settled bool
}

type side struct {
	at   map[uint32]*reached
	todo frontier
}

// find returns the nodes of the best path, pages among them, nil if there is none.
func (w *pathFinder) find(ctx context.Context) ([]uint32, error) {
	var sides [2]side
	for i := range sides {
		sides[i].at = map[uint32]*reached{w.ends[i]: {}}
		sides[i].todo = frontier{{node: w.ends[i]}}
	}
	best, meet := math.Inf(1), uint32(0)
	for settled := 0; settled < maxSettled && len(sides[0].todo) > 0 && len(sides[1].todo) > 0; settled++ {
		if settled%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if sides[0].todo[0].cost+sides[1].todo[0].cost >= best {
			break
		}
		i := 0
		if len(sides[1].todo) < len(sides[0].todo) {
			i = 1
		}
		s, other := &sides[i], &sides[1-i]
		here := heap.Pop(&s.todo).(visit)
		if s.at[here.node].settled { // it was pushed again when a cheaper path to it came up
			settled--
			continue
		}
		s.at[here.node].settled = true
		w.edges(here.node, func(next uint32, cost float64) {
			if w.barred[next] || w.noDirect && here.node == w.ends[i] && next == w.ends[1-i] {
				return
			}
			cost += here.cost
			if st := s.at[next]; st == nil {
				s.at[next] = &reached{cost: cost, before: here.node}
			} else if cost < st.cost || cost == st.cost && here.node < st.before && !st.settled {
				st.cost, st.before = cost, here.node
			} else {
				return
			}
			heap.Push(&s.todo, visit{next, cost})
			if o := other.at[next]; o != nil {
				if sum := cost + o.cost; sum < best || sum == best && next < meet {
					best, meet = sum, next
				}
			}
		})
	}
	if meet == 0 {
		return nil, nil
	}
	var out []uint32
	for n := meet; n != w.ends[0]; n = sides[0].at[n].before {
		out = append(out, n)
	}
	out = append(out, w.ends[0])
	slices.Reverse(out)
	for n := meet; n != w.ends[1]; {
		n = sides[1].at[n].before
		out = append(out, n)
	}
	return out, nil
}

// edges calls f with all nodes beside a node and what the step there costs: the edge, and of both nodes half of what it
// costs to pass through them, so that it does not matter from which end a path is searched, and where two searches meet.
func (w *pathFinder) edges(node uint32, f func(next uint32, cost float64)) {
	isEnd := node == w.ends[0] || node == w.ends[1]
	half := w.through(node) / 2
	if w.kind(node) == PageKind {
		named := w.on(node)
		if len(named) > maxNamedOnPath && !isEnd {
			return
		}
		crowd := w.crowd(node)
		for _, e := range named {
			f(e.node, costOf(e.how)+crowd+w.through(e.node)/2)
		}
		return
	}
	pages := w.pagesOf(node)
	if len(pages) > maxDegreeOnPath && !isEnd {
		return
	}
	for _, p := range pages {
		f(p.node, costOf(p.how)+w.crowd(p.node)+half)
	}
	var last uint32
	tie := func(next uint32, cost float64) {
		if next != last { // one edge a pair, however many pages say it
			f(next, cost+half+w.through(next)/2)
		}
		last = next
	}
	for _, t := range []struct {
		predicate uint32
		cost      float64
	}{{w.known.spokeFor, costSpokeFor}, {w.known.affiliated, costAffiliated}} {
		last = 0
		w.out(node, t.predicate, func(o, _ uint32) { tie(o, t.cost) })
		last = 0
		w.in(node, t.predicate, func(s, _ uint32) { tie(s, t.cost) })
	}
}

// through is what it costs to pass through a thing. To start or end there, and to pass through a page, costs nothing.
func (w *pathFinder) through(node uint32) float64 {
	if node == w.ends[0] || node == w.ends[1] {
		return 0
	}
	if c, ok := w.passing[node]; ok {
		return c
	}
	c := 0.0
	if kind := w.kind(node); kind != PageKind {
		pages := w.withPredicate(object, node, w.known.mentions).len() + w.withPredicate(object, node, w.known.about).len()
		c = costHub * math.Log2(float64(1+pages))
		switch kind {
		case kinds.Topic:
			c += costTopicOnPath
		case kinds.Country:
			c += costPlaceOnPath
		}
	}
	w.passing[node] = c
	return c
}

// crowd is what it costs, at either end, that a page names so many.
func (w *pathFinder) crowd(page uint32) float64 {
	if c, ok := w.crowds[page]; ok {
		return c
	}
	n := 0
	for _, p := range []uint32{w.known.mentions, w.known.about, w.known.inferredAbout} {
		n += w.withPredicate(subject, page, p).len()
	}
	c := costCrowd * math.Log2(float64(1+n))
	w.crowds[page] = c
	return c
}

// steps folds pages between two things into one step, and looks up what else says the same.
func (w *pathFinder) steps(nodes []uint32) []Step {
	var things []uint32
	for i, n := range nodes {
		if i == 0 || i == len(nodes)-1 || w.kind(n) != PageKind {
			things = append(things, n)
		}
	}
	var out []Step
	for i := range things[1:] {
		x, y := things[i], things[i+1]
		s := w.step(x, y)
		s.From, _ = w.thing(x)
		s.To, _ = w.thing(y)
		out = append(out, s)
	}
	return out
}

// step says what ties two things that are next to each other.
func (w *pathFinder) step(x, y uint32) Step {
	if w.kind(x) == PageKind || w.kind(y) == PageKind {
		return w.onPage(x, y)
	}
	for _, t := range []struct {
		predicate uint32
		tie       Tie
	}{{w.known.spokeFor, SpokeForTie}, {w.known.affiliated, AffiliatedTie}} {
		var pages []uint32
		for _, d := range [][2]uint32{{x, y}, {y, x}} {
			w.out(d[0], t.predicate, func(o, page uint32) {
				if o == d[1] {
					pages = append(pages, page)
				}
			})
		}
		if len(pages) > 0 {
			return Step{Tie: t.tie, Places: w.places(pages, x, y)}
		}
	}
	pages := w.common(x, y)
	return Step{Tie: TogetherTie, Places: w.places(pages, x, y)}
}

// common returns the pages on which both stand.
func (r *Reader) common(x, y uint32) []uint32 {
	var out []uint32
	theirs := r.pagesOf(y)
	for _, p := range r.pagesOf(x) {
		if _, ok := slices.BinarySearchFunc(theirs, p.node, func(h involved, n uint32) int { return cmp.Compare(h.node, n) }); ok {
			out = append(out, p.node)
		}
	}
	return out
}

func (w *pathFinder) onPage(x, y uint32) Step {
	page, other := x, y
	if w.kind(page) != PageKind {
		page, other = y, x
	}
	for _, e := range w.on(page) {
		if e.node == other {
			p := Place{FromInvolvement: e.how, ToInvolvement: e.how}
			p.Page, _ = w.thing(page)
			return Step{Tie: OnPageTie, Places: []Place{p}}
		}
	}
	return Step{Tie: OnPageTie} // two pages: never beside each other
}

// places ranks pages by how near they bring the two, then the newest first.
func (w *pathFinder) places(pages []uint32, x, y uint32) []Place {
	type ranked struct {
		Place
		cost float64
	}
	list := make([]ranked, 0, len(pages))
	for _, p := range pages {
		here := w.on(p)
		r := ranked{cost: costCrowd * 2 * math.Log2(float64(1+len(here)))}
		for _, e := range here {
			switch e.node {
			case x:
				r.FromInvolvement = e.how
				r.cost += costOf(e.how)
			case y:
				r.ToInvolvement = e.how
				r.cost += costOf(e.how)
			}
		}
		r.Page, _ = w.thing(p)
		list = append(list, r)
	}
	slices.SortStableFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(b.Page.Date, a.Page.Date), cmp.Compare(a.Page.IRI, b.Page.IRI))
	})
	out := []Place{}
	for _, r := range list[:min(maxPlaces, len(list))] {
		out = append(out, r.Place)
	}
	return out
}

type visit struct {
	node uint32
	cost float64
}

// frontier is a heap of nodes to visit, the cheapest first, then the lowest number.
type frontier []visit

func (f frontier) Len() int { return len(f) }
func (f frontier) Less(i, j int) bool {
	return f[i].cost < f[j].cost || f[i].cost == f[j].cost && f[i].node < f[j].node
}
func (f frontier) Swap(i, j int) { f[i], f[j] = f[j], f[i] }
func (f *frontier) Push(x any)   { *f = append(*f, x.(visit)) }
func (f *frontier) Pop() any {
	old := *f
	x := old[len(old)-1]
	*f = old[:len(old)-1]
	return x
}
