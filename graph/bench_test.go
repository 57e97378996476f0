package graph

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"

	"rapporteur/ingest"
	"rapporteur/ingest/invent"
	"rapporteur/ingest/inversion"
	"rapporteur/ingest/kinds"
)

// benchPages is the size of a large site: 1.7 million quads. Side by side with others stands one of 3,000 pages and
// 510,000 quads.
const (
	benchPages = 10_000
	sidePages  = 3_000
)

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
		if err := Create(dir, inversion.Of(site)); err != nil {
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
	if err := Create(dir, inversion.Of(invent.Site(benchPages, 1))); err != nil {
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
		list, _, err := r.Shared(context.Background(), busyTopic, kinds.Organisation, 20)
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
				paths, err := r.Paths(context.Background(), "https://invented.example/id/person/quill-rushmere-9", to, 3)
				if err != nil || len(paths) == 0 {
					b.Fatal(len(paths), err)
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
	for _, f := range Formats {
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

// BenchmarkSideBySide asks which organisations stand on the pages of a busy topic, ranked: our walk, Cayley's path
// language on our store and on its memstore (unranked), and SQLite tables with an index for each direction (in Python's
// process, its own time). Opening is what each needs before it can answer.
func BenchmarkSideBySide(b *testing.B) {
	dir := b.TempDir()
	if err := Create(dir, inversion.Of(invent.Site(sidePages, 1))); err != nil {
		b.Fatal(err)
	}
	r, err := Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { r.Close() })
	load := func() *memstore.QuadStore {
		m := memstore.New()
		for place := range r.n {
			m.AddQuad(r.quad(place))
		}
		return m
	}
	byPath := func(b *testing.B, qs graph.QuadStore) {
		b.ReportAllocs()
		for b.Loop() {
			n := 0
			p := path.StartPath(qs, quad.IRI(busyTopic)).In(predAbout, predInferredAbout).Has(predPath).Out(predMentions).Has(predType,
				entityType(kinds.Organisation))
			if err := p.Iterate(context.Background()).Paths(false).Each(func(graph.Ref) { n++ }); err != nil || n == 0 {
				b.Fatal(n, err)
			}
		}
	}
	b.Run("open/snapshot", func(b *testing.B) {
		for b.Loop() {
			r, err := Open(dir)
			if err != nil {
				b.Fatal(err)
			}
			r.Close()
		}
	})
	b.Run("open/memstore", func(b *testing.B) {
		for b.Loop() {
			load()
		}
	})
	b.Run("organisations/walk", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if list, _, err := r.Shared(context.Background(), busyTopic, kinds.Organisation, 20); err != nil || len(list) != 20 {
				b.Fatal(len(list), err)
			}
		}
	})
	b.Run("organisations/path-on-snapshot", func(b *testing.B) { byPath(b, store{snapshot: r.snapshot}) })
	b.Run("organisations/path-on-memstore", func(b *testing.B) {
		m := load()
		b.ResetTimer()
		byPath(b, m)
	})
	b.Run("sqlite", func(b *testing.B) { benchSQLite(b, r) })
}

// benchSQLite reports what SQLite needs, as Python's standard library has it.
func benchSQLite(b *testing.B, r *Reader) {
	if _, err := exec.LookPath("python3"); err != nil {
		b.Skip("python3 is not here")
	}
	dir := b.TempDir()
	var quads bytes.Buffer
	for place := range r.n {
		fmt.Fprintf(&quads, "%d\t%d\t%d\t%d\n", r.columns[subject].at(place), r.columns[predicate].at(place), r.columns[object].at(place),
			r.columns[label].at(place))
	}
	if err := os.WriteFile(filepath.Join(dir, "quads.tsv"), quads.Bytes(), 0o644); err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command("python3", "-c", `
import os, sqlite3, sys, time
topic, about, inferred, mentions, typ, org = map(int, sys.argv[1:])
db = sqlite3.connect("q.db")
start = time.perf_counter()
db.execute("create table q (s int, p int, o int, l int, primary key (s, p, o, l)) without rowid")
db.executemany("insert into q values (?,?,?,?)", (line.split("\t") for line in open("quads.tsv")))
db.execute("create index o on q (o, p, s)")
db.execute("create index l on q (l)")
db.commit()
loaded = time.perf_counter() - start
query = """select m.o, count(distinct t.s) n
 from q t join q m on m.s = t.s and m.p = ? and m.l = t.s join q k on k.s = m.o and k.p = ? and k.o = ?
 where t.o = ? and t.p in (?, ?) and t.l = t.s group by m.o order by n desc, m.o limit 20"""
best = 1e9
for _ in range(5):
    start = time.perf_counter()
    rows = db.execute(query, (mentions, typ, org, topic, about, inferred)).fetchall()
    best = min(best, time.perf_counter() - start)
print(loaded, best, len(rows), rows[0][1], os.path.getsize("q.db"))`,
		fmt.Sprint(r.id(quad.IRI(busyTopic))), fmt.Sprint(r.known.about), fmt.Sprint(r.known.inferredAbout), fmt.Sprint(r.known.mentions),
		fmt.Sprint(r.known.typ), fmt.Sprint(r.known.organisation))
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	var loaded, query, size float64
	var rows, first int
	if _, err := fmt.Sscan(string(out), &loaded, &query, &rows, &first, &size); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	list, _, err := r.Shared(context.Background(), busyTopic, kinds.Organisation, 20)
	if err != nil || rows != 20 || list[0].Pages != first {
		b.Fatalf("SQLite ranks %d, the first with %d pages; the graph says %d", rows, first, list[0].Pages)
	}
	b.ReportMetric(1e9*loaded, "load-ns")
	b.ReportMetric(1e9*query, "organisations-ns")
	b.ReportMetric(size/float64(r.n), "ids-only-B/quad")
}
