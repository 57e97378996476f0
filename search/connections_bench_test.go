package search

import (
	"context"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/invent"
)

// A site of 3,000 pages has 510,000 quads.
func BenchmarkBusy(b *testing.B) {
	dir := b.TempDir()
	if _, err := Build(context.Background(), dir, invent.Site(3000, 1)); err != nil {
		b.Fatal(err)
	}
	store, err := Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	g, release := store.Acquire()
	b.Cleanup(func() { release(); store.Close() })
	ctx := context.Background()
	body := ingest.IRI("https://invented.example/id/organisation/harbour-institute")
	for _, c := range []struct {
		name string
		ask  func() error
	}{
		{"profile", func() error { _, err := g.Profile(ctx, body); return err }},
		{"connections", func() error { _, err := g.Connections(ctx, body, 10); return err }},
		{"connections-all", func() error { _, err := g.Connections(ctx, body, 0); return err }},
		{"ways", func() error {
			_, err := g.Paths(ctx, body, "https://invented.example/id/person/wim-jessamy", 3)
			return err
		}},
		{"lookup", func() error { _, err := g.Lookup(ctx, "Harbour Institute"); return err }},
		{"circles", func() error { _, err := g.Communities(ctx, 10); return err }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := c.ask(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
