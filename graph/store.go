package graph

import (
	"context"
	"errors"
	"math"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"
)

// ErrReadOnly is what a snapshot answers to whoever wants to change it.
var ErrReadOnly = errors.New("a snapshot is read-only: change the pages or rapporteur.yaml, and run `rapporteur ingest SITE`")

// store is Cayley's view of a snapshot: its path language and iterators run on it. What they look at is taken off the
// budget, if there is one.
type store struct {
	*snapshot
	budget *stepBudget
}

var _ graph.QuadStore = store{}

// nodeRef is the number of a value, placeRef the place of a quad.
type (
	nodeRef  uint32
	placeRef uint32
)

// Key makes nodeRef a graph.Ref.
func (r nodeRef) Key() any { return r }

// Key makes placeRef a graph.Ref.
func (r placeRef) Key() any { return r }

func (s store) ValueOf(v quad.Value) graph.Ref {
	if v == nil {
		return nil
	}
	if id := s.id(v); id != 0 {
		return nodeRef(id)
	}
	return nil
}

func (s store) NameOf(r graph.Ref) quad.Value {
	switch r := r.(type) {
	case graph.PreFetchedValue:
		return r.NameOf()
	case nodeRef:
		if int(r) <= s.dict.n {
			return s.value(uint32(r))
		}
	}
	return nil
}

func (s store) Quad(r graph.Ref) quad.Quad {
	place, ok := r.(placeRef)
	if !ok || int(place) >= s.n {
		return quad.Quad{}
	}
	return s.quad(int(place))
}

func (s *snapshot) quad(place int) quad.Quad {
	return quad.Quad{
		Subject:   s.value(s.columns[subject].at(place)),
		Predicate: s.value(s.columns[predicate].at(place)),
		Object:    s.value(s.columns[object].at(place)),
		Label:     s.value(s.columns[label].at(place)),
	}
}

func (s store) QuadDirection(r graph.Ref, d quad.Direction) graph.Ref {
	place, ok := r.(placeRef)
	if !ok || int(place) >= s.n {
		return nil
	}
	if v := s.columns[column(d)].at(int(place)); v != 0 {
		return nodeRef(v)
	}
	return nil
}

func (s store) QuadIterator(d quad.Direction, r graph.Ref) graph.Iterator {
	v, ok := r.(nodeRef)
	if !ok {
		return iterator.NewNull()
	}
	l := s.with(column(d), uint32(v))
	if l.len() == 0 {
		return iterator.NewNull()
	}
	return legacy(&set{s: s, name: "quads with a " + d.String(), size: l.len(),
		at: func(i int) graph.Ref { return placeRef(l.place(i)) },
		has: func(r graph.Ref) bool {
			place, ok := r.(placeRef)
			return ok && int(place) < s.n && s.columns[column(d)].at(int(place)) == uint32(v)
		}})
}

func (s store) QuadIteratorSize(_ context.Context, d quad.Direction, r graph.Ref) (graph.Size, error) {
	v, ok := r.(nodeRef)
	if !ok {
		return graph.Size{Exact: true}, nil
	}
	return graph.Size{Size: int64(s.with(column(d), uint32(v)).len()), Exact: true}, nil
}

func (s store) NodesAllIterator() graph.Iterator {
	return legacy(&set{s: s, name: "all nodes", size: s.dict.n,
		at: func(i int) graph.Ref { return nodeRef(i + 1) },
		has: func(r graph.Ref) bool {
			v, ok := r.(nodeRef)
			return ok && v != 0 && int(v) <= s.dict.n
		}})
}

func (s store) QuadsAllIterator() graph.Iterator {
	return legacy(&set{s: s, name: "all quads", size: s.n,
		at: func(i int) graph.Ref { return placeRef(i) },
		has: func(r graph.Ref) bool {
			place, ok := r.(placeRef)
			return ok && int(place) < s.n
		}})
}

func (s store) Stats(context.Context, bool) (graph.Stats, error) {
	return graph.Stats{
		Nodes: graph.Size{Size: int64(s.dict.n), Exact: true},
		Quads: graph.Size{Size: int64(s.n), Exact: true},
	}, nil
}

// ApplyDeltas refuses with ErrReadOnly.
func (s store) ApplyDeltas([]graph.Delta, graph.IgnoreOpts) error { return ErrReadOnly }

// NewQuadWriter refuses with ErrReadOnly.
func (s store) NewQuadWriter() (quad.WriteCloser, error) { return nil, ErrReadOnly }

// Close does nothing: the snapshot is closed by whoever opened it.
func (s store) Close() error { return nil }

// set is nodes or quads of a snapshot, in order of their numbers, and a test for being one of them.
type set struct {
	s    store
	name string
	size int
	at   func(i int) graph.Ref
	has  func(graph.Ref) bool
}

var _ graph.IteratorShapeCompat = (*set)(nil)

// legacySet is a set as Cayley's older half wants it.
type legacySet struct {
	*set
	graph.Iterator
}

func legacy(s *set) graph.Iterator {
	l := &legacySet{set: s}
	l.Iterator = graph.NewLegacy(s, l)
	return l
}

func (l *legacySet) String() string { return l.set.name }

// AsShape lets Cayley's newer half get at the set.
func (l *legacySet) AsShape() graph.IteratorShape { return l.set }

// Optimize, Stats, SubIterators: of the older half, not the newer one.
func (l *legacySet) Optimize() (graph.Iterator, bool)               { return l.Iterator.Optimize() }
func (l *legacySet) Stats() graph.IteratorStats                     { return l.Iterator.Stats() }
func (l *legacySet) SubIterators() []graph.Iterator                 { return nil }
func (s *set) String() string                                       { return s.name }
func (s *set) AsLegacy() graph.Iterator                             { return legacy(s) }
func (s *set) SubIterators() []graph.IteratorShape                  { return nil }
func (s *set) Iterate() graph.Scanner                               { return &scanner{set: s, i: -1} }
func (s *set) Lookup() graph.Index                                  { return &lookup{set: s} }
func (s *set) Sorted() bool                                         { return true }
func (s *set) Optimize(context.Context) (graph.IteratorShape, bool) { return s, false }

// Stats gives the costs that Cayley's memstore gives: its planner is made for them.
func (s *set) Stats(context.Context) (graph.IteratorCosts, error) {
	return graph.IteratorCosts{ContainsCost: 1 + int64(math.Log(float64(s.size))), NextCost: 1,
		Size: graph.Size{Size: int64(s.size), Exact: true}}, nil
}

// scanner goes through a set. A cancelled context ends it with the context's error, so that a cut-off answer is told
// from a whole one.
type scanner struct {
	*set
	i   int
	err error
}

func (s *scanner) Next(ctx context.Context) bool {
	if s.i&1023 == 1023 && ctx != nil {
		if s.err = ctx.Err(); s.err != nil {
			return false
		}
	}
	if s.i+1 >= s.size {
		s.i = s.size
		return false
	}
	if s.err = s.s.budget.step(); s.err != nil {
		return false
	}
	s.i++
	return true
}

func (s *scanner) Result() graph.Ref {
	if s.i < 0 || s.i >= s.size {
		return nil
	}
	return s.at(s.i)
}

func (s *scanner) Err() error                      { return s.err }
func (s *scanner) Close() error                    { return nil }
func (s *scanner) TagResults(map[string]graph.Ref) {}
func (s *scanner) NextPath(context.Context) bool   { return false }

// lookup asks whether a set has something.
type lookup struct {
	*set
	current graph.Ref
	err     error
}

func (l *lookup) Contains(_ context.Context, r graph.Ref) bool {
	l.current = nil
	if l.err = l.s.budget.step(); l.err != nil {
		return false
	}
	if r == nil || !l.has(r) {
		return false
	}
	l.current = r
	return true
}

func (l *lookup) Result() graph.Ref               { return l.current }
func (l *lookup) Err() error                      { return l.err }
func (l *lookup) Close() error                    { return nil }
func (l *lookup) TagResults(map[string]graph.Ref) {}
func (l *lookup) NextPath(context.Context) bool   { return false }
