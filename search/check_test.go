package search

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapporteur/graph"
	"rapporteur/ingest/invent"
	"rapporteur/ingest/inversion"
)

func TestCheckFindsAllWell(t *testing.T) {
	dir := t.TempDir()
	site := invent.Site(40, 7)
	if _, err := Build(context.Background(), dir, site); err != nil {
		t.Fatal(err)
	}
	h, err := Check(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(h.Problems) > 0 {
		t.Errorf("problems of a sound generation:\n%s", strings.Join(h.Problems, "\n"))
	}
	if h.Pages != len(site.Records) || h.Entities != len(site.Entities) || h.Files == 0 || h.Quads == 0 {
		t.Errorf("looked at %+v, the site has %d pages and %d entities", h, len(site.Records), len(site.Entities))
	}
}

// A graph of another site, with hashes that are right, is seen by what it says.
func TestCheckHoldsIndexAgainstGraph(t *testing.T) {
	dir := t.TempDir()
	m, err := Build(context.Background(), dir, invent.Site(40, 7))
	if err != nil {
		t.Fatal(err)
	}
	base := filepath.Join(dir, "generations", m.ID)
	if err := os.RemoveAll(filepath.Join(base, graphName)); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(base, graphName), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := graph.Create(filepath.Join(base, graphName), inversion.Of(invent.Site(40, 8))); err != nil {
		t.Fatal(err)
	}
	if err := m.Write(base); err != nil {
		t.Fatal(err)
	}
	h, err := Check(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(h.Problems) == 0 || !strings.Contains(h.Problems[0], "graph") {
		t.Errorf("got problems %q, want what the graph says otherwise", h.Problems)
	}
}
