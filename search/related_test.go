package search

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/invent"
	"rapporteur/search/answer"
)

// open builds a site in a new data folder and returns the generation.
func open(t *testing.T, site *ingest.Site) *Generation {
	t.Helper()
	dir := t.TempDir()
	if _, err := Build(context.Background(), dir, site); err != nil {
		t.Fatal(err)
	}
	store, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	g, release := store.Acquire()
	t.Cleanup(func() { release(); store.Close() })
	return g
}

func TestRelatedFindsEveryPage(t *testing.T) {
	for _, pages := range []int{1, 2, 3, 57} {
		site := invent.Site(pages, 1)
		g := open(t, site)
		seen := 0
		if err := g.AllRelated(context.Background(), 0, func(f *answer.Related) error { seen++; return nil }); err != nil {
			t.Fatal(err)
		}
		if seen != len(site.Records) {
			t.Errorf("%d pages have lists, want %d", seen, len(site.Records))
		}
		for _, r := range site.Records {
			f, err := g.Related(context.Background(), r.IRI, 0)
			if err != nil {
				t.Fatal(err)
			}
			if f.Page.Path != r.Path {
				t.Errorf("asked for %s, got the list of %s", r.Path, f.Page.Path)
			}
			if want := min(answer.RelatedMost, len(site.Records)-1); len(f.Items) != want {
				t.Errorf("%s: %d items, want %d", r.Path, len(f.Items), want)
			}
			checkFeed(t, f)
		}
	}
}

// checkFeed holds a feed to what every feed promises.
func checkFeed(t *testing.T, f *answer.Related) {
	t.Helper()
	seen := map[string]bool{}
	for _, it := range f.Items {
		switch {
		case it.Page.Path == f.Page.Path:
			t.Errorf("%s is related to itself", f.Page.Path)
		case seen[string(it.Page.ID)]:
			t.Errorf("%s offers %s twice", f.Page.Path, it.Page.Path)
		case it.Page.Name == "" || len(it.Why) == 0:
			t.Errorf("%s offers %s without a title or a reason", f.Page.Path, it.Page.Path)
		}
		seen[string(it.Page.ID)] = true
		for _, why := range it.Why {
			if why.Label == "" || why.Type == "" {
				t.Errorf("%s offers %s for an incomplete reason: %+v", f.Page.Path, it.Page.Path, why)
			}
		}
	}
}

func TestRelatedOfUnknownPage(t *testing.T) {
	g := open(t, invent.Site(5, 1))
	for _, iri := range []ingest.IRI{"", "a", "zzz", "urn:rapporteur:/id/event/none", "\t\n"} {
		var missing *answer.NotFoundError
		if _, err := g.Related(context.Background(), iri, 0); !errors.As(err, &missing) {
			t.Errorf("%q: error %v, want a NotFoundError", iri, err)
		}
	}
}

func TestRelatedIsTheSameEachTime(t *testing.T) {
	site := invent.Site(40, 7)
	said := func() (all string) {
		g := open(t, site)
		if err := g.AllRelated(context.Background(), 0, func(f *answer.Related) error { all += describe(f); return nil }); err != nil {
			t.Fatal(err)
		}
		return all
	}
	if first, second := said(), said(); first != second {
		t.Error("two builds of one site differ")
	}
}

// describe tells all that a list says.
func describe(list *answer.Related) string {
	said := list.Page.Path + ":"
	for _, it := range list.Items {
		said += fmt.Sprintf(" %s %v %+v", it.Page.Path, it.Score, it.Why)
	}
	return said + "\n"
}
