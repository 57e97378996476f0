package pipeline

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"rapporteur/ingest"
)

// drafter makes drafts and counts how often it was asked.
type drafter struct{ asked int }

func (d *drafter) draft(p *ingest.Page) *ingest.Record {
	d.asked++
	return &ingest.Record{Page: p, Organisations: []ingest.Reference{{
		Name: "Body of " + p.Title, Confidence: .5, Mentions: []ingest.Mention{{Span: ingest.Span{Start: 1, End: 3}, Text: "of", Rule: "test"}},
	}}}
}

func TestCache(t *testing.T) {
	dir := t.TempDir()
	page := func(title string) *ingest.Page {
		return &ingest.Page{Path: title + ".md", Title: title, Text: "Some text."}
	}
	run := func(version string, titles ...string) (asked int, records []*ingest.Record) {
		t.Helper()
		d, c := new(drafter), openCache(dir, draftsName, version)
		for _, title := range titles {
			r, err := c.draft(t.Context(), page(title), &drafting{make: d.draft})
			if err != nil {
				t.Fatal(err)
			}
			records = append(records, r)
		}
		if err := c.close(); err != nil {
			t.Fatal(err)
		}
		return d.asked, records
	}
	asked, first := run("1", "a", "b")
	if asked != 2 {
		t.Errorf("the empty cache asked %d times, want 2", asked)
	}
	asked, second := run("1", "a", "b", "c")
	if asked != 1 {
		t.Errorf("one new page, but asked %d times", asked)
	}
	if !reflect.DeepEqual(first, second[:2]) {
		t.Errorf("from the cache came %+v, want %+v", second[:2], first)
	}
	if asked, _ := run("1", "c"); asked != 0 {
		t.Errorf("nothing new, but asked %d times", asked)
	}
	if asked, _ := run("1", "a"); asked != 1 {
		t.Errorf("what no page asked for was kept (asked %d times)", asked)
	}
	if asked, _ := run("2", "a"); asked != 1 {
		t.Errorf("the draft of another version was used (asked %d times)", asked)
	}
	name := filepath.Join(dir, draftsName)
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, text[:len(text)/2], 0o644); err != nil {
		t.Fatal(err)
	}
	if asked, _ := run("2", "a"); asked != 1 {
		t.Errorf("half a cache was used (asked %d times)", asked)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("left in the folder: %v (%v)", left, err)
	}
}

// The cache of the same drafts has the same bytes, in whatever order pages were done.
func TestCacheIsDeterministic(t *testing.T) {
	var files [2]string
	for i, titles := range [][]string{{"a", "b", "c"}, {"c", "a", "b"}} {
		dir := t.TempDir()
		c, d := openCache(dir, draftsName, "1"), new(drafter)
		for _, title := range titles {
			if _, err := c.draft(t.Context(), &ingest.Page{Path: title, Title: title}, &drafting{make: d.draft}); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.close(); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(dir, draftsName))
		if err != nil {
			t.Fatal(err)
		}
		files[i] = string(text)
	}
	if files[0] != files[1] {
		t.Error("the order of pages shows in the cache")
	}
}

// What a page asks for is looked for once while its record is the same, and comes out of the cache as it went in.
func TestAsksAreKept(t *testing.T) {
	dir := t.TempDir()
	looked := 0
	fill := func(r *ingest.Record) {
		looked++
		r.Recommendations = []ingest.Recommendation{{Span: ingest.Span{Start: 1, End: 4}, Text: "Plant " + r.Title, Confidence: 1. / 3}}
	}
	for _, title := range []string{"trees", "trees", "hedges"} {
		r := &ingest.Record{Page: &ingest.Page{Path: "a.md", Title: title}}
		c := openCache(dir, asksName, "1")
		if err := errors.Join(c.asks(r, fill), c.close()); err != nil {
			t.Fatal(err)
		}
		want := &ingest.Record{Page: &ingest.Page{Path: "a.md", Title: title}}
		before := looked
		fill(want)
		looked = before
		if !reflect.DeepEqual(r, want) {
			t.Errorf("%+v, want %+v", r, want)
		}
	}
	if looked != 2 {
		t.Errorf("looked for asks %d times, want 2", looked)
	}
}
