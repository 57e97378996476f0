package indextest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"rapporteur/index"
)

func testStoredAndBlobs(t *testing.T, e Engine) {
	docs := Invented(50)
	r := e.Build(t, docs)
	for i := range docs {
		n, err := r.Number(docs[i].ID)
		if err != nil || int(n) != i {
			t.Fatalf("document %d has the number %d (%v)", i, n, err)
		}
		shown, text, err := r.Stored(n)
		if err != nil || string(shown) != string(docs[i].Stored) || text != docs[i].Text {
			t.Errorf("document %d holds %q, %q (%v)", i, shown, text, err)
		}
	}
	if b, err := r.Blob("note"); err != nil || string(b) != "kept" {
		t.Errorf("the blob is %q (%v)", b, err)
	}
	if _, err := r.Blob("nothing"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("a blob that is not there: %v", err)
	}
}

func testDuplicateIDIsRefused(t *testing.T, e Engine) {
	w, err := e.Create(filepath.Join(t.TempDir(), "index"))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Put(&index.Document{ID: "a", Kind: "page"}); err != nil {
		t.Fatal(err)
	}
	if err := w.Put(&index.Document{ID: "a", Kind: "page"}); !errors.Is(err, index.ErrDuplicate) {
		t.Errorf("the second document of one ID: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}

func testInvalidBytesLoseNothing(t *testing.T, e Engine) {
	for _, lang := range []string{"en", "fr"} {
		r := e.Build(t, []index.Document{{ID: "a", Kind: "page", Lang: lang, Body: []string{"port \xff\xfe harbour \xc3 quai\xe9 fleuve"}}})
		for _, w := range []string{"port", "harbour", "fleuve"} {
			result, err := r.Search(context.Background(), &index.Query{Clauses: []index.Clause{Word(r.Analyzers()[0].Terms(w)...)}, Limit: 1})
			if err != nil || result.Total != 1 {
				t.Errorf("%s: %q is found %d times (%v)", lang, w, result.Total, err)
			}
		}
	}
}

func testSearchesInParallel(t *testing.T, e Engine) {
	r := e.Build(t, Invented(200))
	a := r.Analyzers()[0]
	words := strings.Fields("harbour ledger tide warden survey ferry lantern orchard")
	want := map[string]string{}
	ask := func(w string) string {
		terms := a.Terms(w + " quay")
		result, err := r.Search(context.Background(), &index.Query{
			Clauses: []index.Clause{Word(terms[0]), Word(terms[1]), Word(terms...)}, Pairs: []index.Match{{Terms: terms, Weight: 1}},
			Facets: []string{"colour", "size"}, FacetLimit: 5, Limit: 10,
		})
		if err != nil {
			t.Error(err)
		}
		return fmt.Sprint(result)
	}
	for _, w := range words {
		want[w] = ask(w)
	}
	var group sync.WaitGroup
	for g := range 8 {
		group.Go(func() {
			for i := range 50 {
				w := words[(i+g)%len(words)]
				if got := ask(w); got != want[w] {
					t.Errorf("%s: %s, want %s", w, got, want[w])
				}
			}
		})
	}
	group.Wait()
}

// What is counted of words is what a count by hand gives.
func testFrequencies(t *testing.T, e Engine) {
	docs := Invented(200)
	r := e.Build(t, docs)
	a := r.Analyzers()[0]
	if r.Documents() != len(docs) {
		t.Errorf("%d documents, want %d", r.Documents(), len(docs))
	}
	for _, w := range []string{"harbour", "barge", "tide", "xylophone"} {
		want := 0
		for _, d := range docs {
			if strings.Contains(strings.Join(slices.Concat([]string{d.Title}, d.Headings, d.Body), " "), w) {
				want++
			}
		}
		if got, err := r.Frequency(context.Background(), a.Terms(w)); err != nil || got != want {
			t.Errorf("%s is in %d documents (%v), want %d", w, got, err, want)
		}
		if known, err := r.Known(w); err != nil || known != (want > 0) {
			t.Errorf("%s is known: %v (%v)", w, known, err)
		}
	}
	if got := r.Values("colour"); !slices.Equal(got, []string{"blue", "green", "red"}) {
		t.Errorf("the colours are %v", got)
	}
	if got := r.Values("nothing"); len(got) > 0 {
		t.Errorf("a facet that is not there has %v", got)
	}
	if _, err := r.Number("nobody"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("a document that is not there: %v", err)
	}
}

func testSimilarAndCompletions(t *testing.T, e Engine) {
	r := e.Build(t, []index.Document{{ID: "a", Kind: "page", Body: []string{"harbour harbours ledger ledges"}}})
	if got, err := r.Similar("harbor", 1, 10); err != nil || !slices.Equal(got, []string{"harbour"}) {
		t.Errorf("like harbor: %v (%v)", got, err)
	}
	if got, err := r.Completions("ledg", 10); err != nil || !slices.Equal(got, []string{"ledger", "ledges"}) {
		t.Errorf("ledg...: %v (%v)", got, err)
	}
}

// Whoever looks through the whole index, as after an erasure, sees what was put into it.
func testVisitSeesEverything(t *testing.T, e Engine) {
	r := e.Build(t, []index.Document{{ID: "a", Kind: "page", Title: "zither", Headings: []string{"yarrow"}, Body: []string{"xylophone"},
		Names: []string{"wisteria"}, Facets: map[string][]string{"colour": {"vermilion"}}, Stored: []byte("umber"), Text: "teal"}})
	wanted := []string{"zither", "yarrow", "xylophon", "wisteria", "vermilion", "umber", "teal", "kept"}
	if err := r.Visit(func(piece string) error {
		wanted = slices.DeleteFunc(wanted, func(w string) bool { return strings.Contains(piece, w) })
		return nil
	}); err != nil || len(wanted) > 0 {
		t.Errorf("not seen: %v (%v)", wanted, err)
	}
	enough := errors.New("enough")
	if err := r.Visit(func(string) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("an error of the looker: %v", err)
	}
}

func testNothingToOpen(t *testing.T, e Engine) {
	if r, err := e.Open(filepath.Join(t.TempDir(), "nothing")); err == nil {
		r.Close()
		t.Error("an index that is not there was opened")
	}
}
