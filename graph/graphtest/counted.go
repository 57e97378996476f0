package graphtest

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/graph"
	"rapporteur/ingest"
	"rapporteur/ingest/invent"
	"rapporteur/ingest/kinds"
)

// counted is how many pages of a site have both of two things on them, by the records.
func counted(site *ingest.Site) map[[2]ingest.IRI]int {
	both := map[[2]ingest.IRI]int{}
	for _, r := range site.Records {
		on := map[ingest.IRI]bool{}
		for i := range r.People {
			on[r.People[i].IRI] = true
		}
		for i := range r.Organisations {
			on[r.Organisations[i].IRI] = true
		}
		for i := range r.Countries {
			on[r.Countries[i].IRI] = true
		}
		for i := range r.Topics {
			on[r.Topics[i].IRI] = true
		}
		for x := range on {
			for y := range on {
				both[[2]ingest.IRI{x, y}]++
			}
		}
	}
	return both
}

// On a site of many pages, what shares pages, and how many, is what a count over its records gives; and a walk by the same steps
// finds the same.
func testSharedIsCounted(t *testing.T, open Opener) {
	site := invent.Site(60, 5)
	r := open(t, site)
	ctx := context.Background()
	pages := counted(site)
	for _, e := range site.Entities {
		want := map[ingest.IRI]int{}
		for _, other := range site.Entities {
			if n := pages[[2]ingest.IRI{e.IRI, other.IRI}]; n > 0 && other.IRI != e.IRI && other.Kind == kinds.Organisation {
				want[other.IRI] = n
				if got := len(r.Together(e.IRI, other.IRI)); got != n {
					t.Errorf("%s and %s are together on %d pages, want %d", e.Name, other.Name, got, n)
				}
				if links := r.Links([]ingest.IRI{e.IRI, other.IRI}); len(links) != 1 || links[0].Pages != n {
					t.Errorf("%s and %s are linked by %v, want %d pages", e.Name, other.Name, links, n)
				}
			}
		}
		list, total, err := r.Shared(ctx, e.IRI, kinds.Organisation, 0)
		if err != nil || total != len(list) {
			t.Fatalf("%s: %d of %d (%v)", e.Name, len(list), total, err)
		}
		got := map[ingest.IRI]int{}
		for i, s := range list {
			got[s.IRI] = s.Pages
			if i > 0 && (list[i-1].Pages < s.Pages || list[i-1].Pages == s.Pages && list[i-1].IRI > s.IRI) {
				t.Errorf("%s: %s comes before %s", e.Name, list[i-1].Name, s.Name)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("organisations of %s: %s", e.Name, d)
		}
		if e.Kind != kinds.Topic {
			continue
		}
		found, _, err := r.Walk(ctx, "organisations", e.IRI, 0)
		walked := map[ingest.IRI]int{}
		for _, f := range found {
			walked[f.IRI] = len(f.Pages)
		}
		if d := cmp.Diff(want, walked); err != nil || d != "" {
			t.Errorf("a walk to the organisations of %s (%v): %s", e.Name, err, d)
		}
	}
}

// Every entity that a page names goes by its name.
func testNames(t *testing.T, open Opener) {
	site := invent.Site(60, 6)
	r := open(t, site)
	pages := counted(site)
	named := map[ingest.IRI]bool{}
	r.Names(func(thing graph.Thing, name string, alias bool) {
		if name == thing.Name && !alias {
			named[thing.IRI] = true
		}
	})
	for _, e := range site.Entities {
		if pages[[2]ingest.IRI{e.IRI, e.IRI}] > 0 && !named[e.IRI] {
			t.Errorf("%s has no name", e.IRI)
		}
	}
}

// Every format is written, the same each time, and names what is there; one that is none is refused.
func testExport(t *testing.T, open Opener) {
	site := Small()
	r, again := open(t, site), open(t, site)
	for _, f := range graph.Formats {
		var first, second bytes.Buffer
		if err := r.Export(context.Background(), &first, f); err != nil {
			t.Fatal(err)
		}
		if err := again.Export(context.Background(), &second, f); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: the same site is written in two ways", f)
		}
		if f != graph.CSV && !strings.Contains(first.String(), "Alliance") { // of CSV there is an archive
			t.Errorf("%s does not name the Alliance", f)
		}
	}
	if err := r.Export(context.Background(), io.Discard, "turtle"); err == nil {
		t.Error("a format that is none was written")
	}
}
