package graph

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"

	"rapporteur/ingest"
	"rapporteur/ingest/invent"
)

// benchPages is the size of a large site; about 900,000 quads.
const benchPages = 10_000

const (
	busyTopic = ingest.IRI("https://invented.example/id/topic/procurement")
	busyBody  = ingest.IRI("https://invented.example/id/organisation/harbour-institute")
	rareOne   = ingest.IRI("https://invented.example/id/person/zeno-silverlock-13")
)

func benchReader(b *testing.B) *Reader {
	b.Helper()
	r := readerOf(b, invent.Site(benchPages, 1))
	b.ReportAllocs()
	b.ResetTimer()
	return r
}

func BenchmarkCreate(b *testing.B) {
	site := invent.Site(benchPages, 1)
	dir := b.TempDir()
	b.ReportAllocs()
	for b.Loop() {
		if err := Create(dir, site); err != nil {
			b.Fatal(err)
		}
	}
	info, err := os.Stat(filepath.Join(dir, fileName))
	if err != nil {
		b.Fatal(err)
	}
	r, err := Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	b.ReportMetric(float64(r.n)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
	b.ReportMetric(float64(r.n), "quads")
	b.ReportMetric(float64(info.Size())/float64(r.n), "file-B/quad")
}

func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	if err := Create(dir, invent.Site(benchPages, 1)); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		r, err := Open(dir)
		if err != nil {
			b.Fatal(err)
		}
		if err := r.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOrganisationsOfBusyTopic(b *testing.B) {
	r := benchReader(b)
	for b.Loop() {
		list, _, err := r.Shared(context.Background(), busyTopic, ingest.Organisation, 20)
		if err != nil || len(list) != 20 {
			b.Fatal(len(list), err)
		}
	}
	b.ReportMetric(float64(len(r.pagesOf(r.id(quad.IRI(busyTopic))))), "pages")
}

func BenchmarkWays(b *testing.B) {
	r := benchReader(b)
	for name, to := range map[string]ingest.IRI{"near": busyBody, "far": rareOne} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ways, err := r.Ways(context.Background(), "https://invented.example/id/person/quill-rushmere-9", to, 3)
				if err != nil || len(ways) == 0 {
					b.Fatal(len(ways), err)
				}
			}
		})
	}
}

func BenchmarkAround(b *testing.B) {
	r := benchReader(b)
	for b.Loop() {
		if _, err := r.Around(context.Background(), busyBody, 2, nil, 12); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCommunities(b *testing.B) {
	r := benchReader(b)
	for b.Loop() {
		if _, err := r.Communities(context.Background(), 400); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkExport(b *testing.B) {
	r := benchReader(b)
	for _, f := range Formats() {
		b.Run(string(f), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := r.Export(context.Background(), io.Discard, f); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(r.n)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
		})
	}
}

// BenchmarkPathLanguage asks the same by Cayley's path language of our store and of Cayley's memstore.
func BenchmarkPathLanguage(b *testing.B) {
	r := benchReader(b)
	stores := map[string]func() graph.QuadStore{
		"snapshot": func() graph.QuadStore { return store{r.snapshot} },
		"memstore": func() graph.QuadStore {
			m := memstore.New()
			w, _ := m.NewQuadWriter()
			for place := range r.n {
				if _, err := w.WriteQuads([]quad.Quad{r.quad(place)}); err != nil {
					b.Fatal(err)
				}
			}
			return m
		},
	}
	for _, name := range []string{"snapshot", "memstore"} {
		b.Run(name, func(b *testing.B) {
			qs := stores[name]()
			b.ResetTimer()
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				p := path.StartPath(qs, quad.IRI(busyTopic)).In(predAbout, predInferredAbout).Has(predPath).Out(predMentions).Has(predType, typeOrganisation)
				err := p.Iterate(context.Background()).Paths(false).Each(func(graph.Ref) { n++ })
				if err != nil || n == 0 {
					b.Fatal(n, err)
				}
			}
		})
	}
}

// BenchmarkMemstoreLoad is what opening costs without a snapshot.
func BenchmarkMemstoreLoad(b *testing.B) {
	r := benchReader(b)
	for b.Loop() {
		m := memstore.New()
		w, _ := m.NewQuadWriter()
		for place := range r.n {
			if _, err := w.WriteQuads([]quad.Quad{r.quad(place)}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(r.n)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
}
