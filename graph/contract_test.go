package graph_test

import (
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"

	"rapporteur/graph"
	"rapporteur/graph/graphtest"
	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
)

func open(t testing.TB, site *ingest.Site) graphtest.Reader {
	t.Helper()
	dir := t.TempDir()
	if err := graph.Create(dir, inversion.Of(site)); err != nil {
		t.Fatal(err)
	}
	r, err := graph.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func TestContract(t *testing.T) { graphtest.Run(t, open) }

func TestStoreContract(t *testing.T) {
	t.Run("snapshot", func(t *testing.T) { graphtest.Store(t, graph.StoreOf) })
	// The suite asks what Cayley asks: its own store passes.
	t.Run("memstore", func(t *testing.T) {
		graphtest.Store(t, func(_ testing.TB, quads []quad.Quad) cayley.QuadStore { return memstore.New(quads...) })
	})
}
