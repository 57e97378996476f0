package graphtest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"
)

// Filler makes a store that holds the quads. The same quad may come more than once.
type Filler func(t testing.TB, quads []quad.Quad) graph.QuadStore

// Store tests a store of Cayley's by what is read from it, against a look through all quads. (Cayley's own suite also writes.)
func Store(t *testing.T, fill Filler) {
	t.Run("quads", func(t *testing.T) { testQuads(t, fill) })
	t.Run("paths", func(t *testing.T) { testPaths(t, fill) })
	t.Run("parallel readers", func(t *testing.T) { testParallelReaders(t, fill) })
}

// randomQuads makes a small dense graph, so that paths meet, with values of every type that the program writes. No quad comes twice.
func randomQuads(seed uint64, n int) []quad.Quad {
	r := rand.New(rand.NewPCG(seed, 0))
	node := func() quad.Value {
		i := r.IntN(30)
		switch {
		case i < 20:
			return quad.IRI(fmt.Sprintf("n:%d", i))
		case i < 24:
			return quad.String(fmt.Sprintf("text %d", i))
		case i < 27:
			return quad.TypedString{Value: quad.String(fmt.Sprint(i)), Type: "http://www.w3.org/2001/XMLSchema#gYear"}
		}
		return quad.BNode(fmt.Sprintf("b%d", i))
	}
	var out []quad.Quad
	for range n {
		q := quad.Quad{Subject: quad.IRI(fmt.Sprintf("n:%d", r.IntN(20))), Predicate: quad.IRI(fmt.Sprintf("p:%d", r.IntN(4))), Object: node()}
		if r.IntN(4) > 0 {
			q.Label = quad.IRI(fmt.Sprintf("page:%d", r.IntN(5)))
		}
		if !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	return out
}

// valuesOf returns every value that stands anywhere in the quads.
func valuesOf(quads []quad.Quad) map[quad.Value]bool {
	all := map[quad.Value]bool{}
	for _, q := range quads {
		for _, d := range quad.Directions {
			if v := q.Get(d); v != nil {
				all[v] = true
			}
		}
	}
	return all
}

// refs goes through an iterator.
func refs(t *testing.T, it graph.Iterator) []graph.Ref {
	t.Helper()
	var out []graph.Ref
	ctx := context.Background()
	for it.Next(ctx) {
		out = append(out, it.Result())
	}
	if err := it.Err(); err != nil {
		t.Error(err)
	}
	if err := it.Close(); err != nil {
		t.Error(err)
	}
	return out
}

// testQuads asks for every quad and value in every way that there is.
func testQuads(t *testing.T, fill Filler) {
	ctx := context.Background()
	for seed := range uint64(10) {
		quads := randomQuads(seed, 120)
		values := valuesOf(quads)
		store := fill(t, quads)
		told := func(list []graph.Ref) []string {
			out := []string{}
			for _, r := range list {
				out = append(out, store.Quad(r).NQuad())
			}
			slices.Sort(out)
			return out
		}
		wanted := func(keep func(quad.Quad) bool) []string {
			out := []string{}
			for _, q := range quads {
				if keep(q) {
					out = append(out, q.NQuad())
				}
			}
			slices.Sort(out)
			return out
		}
		all := refs(t, store.QuadsAllIterator())
		if d := cmp.Diff(wanted(func(quad.Quad) bool { return true }), told(all)); d != "" {
			t.Fatalf("seed %d: all quads: %s", seed, d)
		}
		for _, r := range all {
			q := store.Quad(r)
			for _, d := range quad.Directions {
				switch end := store.QuadDirection(r, d); {
				case end == nil && q.Get(d) == nil:
				case end == nil || store.NameOf(end) != q.Get(d):
					t.Fatalf("seed %d: the %s of %v is %v", seed, d, q, end)
				}
			}
		}
		if nodes := refs(t, store.NodesAllIterator()); len(nodes) != len(values) {
			t.Errorf("seed %d: %d values, want %d", seed, len(nodes), len(values))
		}
		for v := range values {
			ref := store.ValueOf(v)
			if ref == nil || store.NameOf(ref) != v {
				t.Fatalf("seed %d: %v is kept as %v", seed, v, ref)
			}
			for _, d := range quad.Directions {
				want := wanted(func(q quad.Quad) bool { return q.Get(d) == v })
				if d := cmp.Diff(want, told(refs(t, store.QuadIterator(d, ref)))); d != "" {
					t.Fatalf("seed %d: quads of %v: %s", seed, v, d)
				}
				if size, err := store.QuadIteratorSize(ctx, d, ref); err != nil || size.Exact && size.Size != int64(len(want)) {
					t.Errorf("seed %d: %d quads with %v as the %s (%v), want %d", seed, size.Size, v, d, err, len(want))
				}
			}
		}
		if ref := store.ValueOf(quad.IRI("n:nowhere")); ref != nil {
			t.Errorf("seed %d: a value that is not there is kept as %v", seed, ref)
		}
		if s, err := store.Stats(ctx, true); err != nil || s.Quads.Exact && s.Quads.Size != int64(len(quads)) {
			t.Errorf("seed %d: %d quads (%v), want %d", seed, s.Quads.Size, err, len(quads))
		}
	}
}

// walker is a path, as Cayley has it and as a set of values that is walked on by looking through all quads.
type walker struct {
	path  *path.Path
	quads []quad.Quad
	at    map[quad.Value]bool
	page  quad.Value // nil: quads of any
}

// step looks from ends of quads to their other ends.
func (w *walker) step(pred quad.Value, from, to quad.Direction) map[quad.Value]bool {
	out := map[quad.Value]bool{}
	for _, q := range w.quads {
		if q.Predicate == pred && w.at[q.Get(from)] && (w.page == nil || q.Label == w.page) {
			out[q.Get(to)] = true
		}
	}
	return out
}

// both keeps what is in a and b.
func both(a, b map[quad.Value]bool) map[quad.Value]bool {
	out := map[quad.Value]bool{}
	for v := range a {
		if b[v] {
			out[v] = true
		}
	}
	return out
}

// randomPath makes a path of up to four steps; the same seed gives the same.
func randomPath(seed uint64, store graph.QuadStore, quads []quad.Quad) *walker {
	r := rand.New(rand.NewPCG(seed, 1))
	iri := func(kind string, n int) quad.IRI { return quad.IRI(fmt.Sprintf("%s:%d", kind, r.IntN(n))) }
	everything := valuesOf(quads)
	w := &walker{path: path.StartPath(store), quads: quads, at: everything}
	if r.IntN(3) > 0 {
		a, b := iri("n", 20), iri("n", 20)
		w.path, w.at = path.StartPath(store, a, b), both(everything, map[quad.Value]bool{a: true, b: true})
	}
	for range 1 + r.IntN(4) {
		pred := iri("p", 4)
		switch r.IntN(9) {
		case 0, 1:
			w.path, w.at = w.path.Out(pred), w.step(pred, quad.Subject, quad.Object)
		case 2, 3:
			w.path, w.at = w.path.In(pred), w.step(pred, quad.Object, quad.Subject)
		case 4:
			out, in := w.step(pred, quad.Subject, quad.Object), w.step(pred, quad.Object, quad.Subject)
			for v := range in {
				out[v] = true
			}
			w.path, w.at = w.path.Both(pred), out
		case 5:
			has := &walker{quads: quads, at: everything, page: w.page}
			w.path, w.at = w.path.Has(pred), both(w.at, has.step(pred, quad.Object, quad.Subject))
		case 6:
			end := iri("n", 20)
			has := &walker{quads: quads, at: map[quad.Value]bool{end: true}, page: w.page}
			w.path, w.at = w.path.Has(pred, end), both(w.at, has.step(pred, quad.Object, quad.Subject))
		case 7:
			page := iri("page", 5)
			w.path, w.page = w.path.LabelContext(page), page
		case 8:
			other := &walker{quads: quads, at: everything}
			w.path, w.at = w.path.And(path.StartPath(store).Out(pred)), both(w.at, other.step(pred, quad.Subject, quad.Object))
		}
	}
	return w
}

// want tells what the path leads to, sorted.
func (w *walker) want() []string {
	out := []string{}
	for v := range w.at {
		out = append(out, quad.StringOf(v))
	}
	slices.Sort(out)
	return out
}

// got asks the store.
func (w *walker) got(store graph.QuadStore) ([]string, error) {
	all, err := w.path.Unique().Iterate(context.Background()).Paths(false).AllValues(store)
	out := []string{}
	for _, v := range all {
		out = append(out, quad.StringOf(v))
	}
	slices.Sort(out)
	return out, err
}

func testPaths(t *testing.T, fill Filler) {
	found := 0
	for seed := range uint64(60) {
		quads := randomQuads(seed, 10+int(seed)*4)
		store := fill(t, quads)
		for n := range uint64(20) {
			w := randomPath(seed<<8|n, store, quads)
			got, err := w.got(store)
			if d := cmp.Diff(w.want(), got); err != nil || d != "" {
				t.Fatalf("seed %d, path %d: %v %s", seed, n, err, d)
			}
			found += len(got)
		}
	}
	if found < 1000 {
		t.Errorf("the paths found %d nodes in all: they test too little", found)
	}
}

// Readers share one store; run with -race.
func testParallelReaders(t *testing.T, fill Filler) {
	quads := randomQuads(7, 300)
	store := fill(t, quads)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for n := range uint64(20) {
				w := randomPath(n, store, quads)
				if got, err := w.got(store); err != nil || !slices.Equal(got, w.want()) {
					t.Errorf("path %d: %d answers, want %d (%v)", n, len(got), len(w.at), err)
				}
			}
		})
	}
	group.Wait()
}
