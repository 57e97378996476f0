package graph

import (
	"context"
	"math"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/invent"
	"rapporteur/ingest/inversion"
)

func readerOf(t testing.TB, site *ingest.Site) *Reader {
	t.Helper()
	dir := t.TempDir()
	if err := Create(dir, inversion.Of(site)); err != nil {
		t.Fatal(err)
	}
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// On random sites, the first path costs what the cheapest path costs by Floyd and Warshall's method on all nodes, and no
// two paths share a thing between the ends.
func TestWaysAreShortest(t *testing.T) {
	for seed := range uint64(4) {
		r := readerOf(t, invent.Site(25, seed))
		w := newPathFinder(r, 0, 0)
		var nodes []uint32
		for n := uint32(1); int(n) <= r.dict.n; n++ {
			if r.kind(n) != "" {
				nodes = append(nodes, n)
			}
		}
		at := map[uint32]int{}
		for i, n := range nodes {
			at[n] = i
		}
		dist := make([][]float64, len(nodes))
		for i, n := range nodes {
			dist[i] = make([]float64, len(nodes))
			for j := range dist[i] {
				dist[i][j] = math.Inf(1)
			}
			w.edges(n, func(m uint32, c float64) { dist[i][at[m]] = min(dist[i][at[m]], c) })
		}
		for k := range nodes {
			for i := range nodes {
				for j := range nodes {
					dist[i][j] = min(dist[i][j], dist[i][k]+dist[k][j])
				}
			}
		}
		compared := 0
		for i := 0; i < len(nodes); i += 3 {
			for j := 1; j < len(nodes); j += 5 {
				paths, err := r.Paths(context.Background(), r.iri(nodes[i]), r.iri(nodes[j]), 3)
				if err != nil {
					t.Fatal(err)
				}
				if len(paths) == 0 {
					if i != j && !math.IsInf(dist[i][j], 1) {
						t.Errorf("no path from %s to %s", r.iri(nodes[i]), r.iri(nodes[j]))
					}
					continue
				}
				free := (w.through(nodes[i]) + w.through(nodes[j])) / 2 // to start and end costs nothing
				w := newPathFinder(r, nodes[i], nodes[j])
				found, _ := w.find(context.Background())
				if got, want := costOfPath(w, found), dist[i][j]-free; math.Abs(got-want) > 1e-9 {
					t.Fatalf("%s to %s costs %g, want %g: %v", r.iri(nodes[i]), r.iri(nodes[j]), got, want, paths)
				}
				seen := map[ingest.IRI]bool{}
				for _, path := range paths {
					for _, s := range path[1:] {
						if seen[s.From.IRI] {
							t.Errorf("%s is on two paths: %v", s.From.IRI, paths)
						}
						seen[s.From.IRI] = true
					}
					for _, s := range path {
						if len(s.Places) == 0 {
							t.Errorf("a step without a page: %v", paths)
						}
					}
				}
				compared++
			}
		}
		if compared < 150 {
			t.Errorf("only %d paths compared", compared)
		}
	}
}

func costOfPath(w *pathFinder, nodes []uint32) float64 {
	sum := 0.0
	for i := range nodes[1:] {
		best := math.Inf(1)
		w.edges(nodes[i], func(m uint32, c float64) {
			if m == nodes[i+1] {
				best = min(best, c)
			}
		})
		sum += best
	}
	return sum
}
