package search

import (
	"context"
	"testing"

	"rapporteur/ingest/invent"
)

// The size of a site that a small organisation has after some years.
const benchPages = 1000

func BenchmarkBuild(b *testing.B) {
	site := invent.Site(benchPages, 1)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Build(context.Background(), b.TempDir(), site); err != nil {
			b.Fatal(err)
		}
	}
}

// Opening is what every command of the terminal pays for: hashes of all files, index, graph and lists.
func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	if _, err := Build(context.Background(), dir, invent.Site(benchPages, 1)); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		s, err := Open(dir)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
