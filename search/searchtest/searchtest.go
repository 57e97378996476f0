// Package searchtest opens sites for the tests of those who show answers.
package searchtest

import (
	"testing"

	"rapporteur/ingest"
	"rapporteur/search"
)

// Open builds a site in a folder of its own and opens it until the test ends.
func Open(t testing.TB, site *ingest.Site) *search.Store {
	t.Helper()
	dir := t.TempDir()
	if _, err := search.Build(t.Context(), dir, site); err != nil {
		t.Fatal(err)
	}
	store, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// Generation builds a site and holds its generation until the test ends.
func Generation(t testing.TB, site *ingest.Site) *search.Generation {
	t.Helper()
	g, release := Open(t, site).Acquire()
	t.Cleanup(release)
	return g
}
