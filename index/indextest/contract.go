// Package indextest holds what any engine behind the index must do: a suite that its tests run over the engine. The documents
// are invented.
package indextest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rapporteur/index"
)

// Writer makes an index, as index.Writer does.
type Writer interface {
	Put(d *index.Document) error
	PutBlob(key string, value []byte) error
	Close() error
}

// Reader answers, as index.Reader does: what the query engine asks of an index.
type Reader interface {
	Analyzers() []*index.Analyzer
	Documents() int
	Number(id string) (uint32, error)
	Stored(doc uint32) (shown []byte, text string, err error)
	Blob(key string) ([]byte, error)
	Values(facet string) []string
	Search(ctx context.Context, q *index.Query) (*index.Result, error)
	Explain(ctx context.Context, q *index.Query, doc uint32) ([]index.Contribution, error)
	Frequency(ctx context.Context, terms []string) (int, error)
	Known(folded string) (bool, error)
	Forms(folded string) ([]string, error)
	Similar(word string, distance, limit int) ([]string, error)
	Completions(prefix string, limit int) ([]string, error)
	Visit(see func(piece string) error) error
	Close() error
}

// Engine makes and opens indexes: one in a folder, which Create makes.
type Engine struct {
	Create func(dir string) (Writer, error)
	Open   func(dir string) (Reader, error)
}

// Run tests an engine.
func Run(t *testing.T, e Engine) {
	for _, c := range []struct {
		name string
		test func(*testing.T, Engine)
	}{
		{"explanation adds up to the score", testExplanationAddsUpToTheScore},
		{"phrase", testPhrase},
		{"facets under filters", testFacetsUnderFilters},
		{"paging is stable", testPagingIsStable},
		{"must and not", testMustAndNot},
		{"by date", testByDate},
		{"cancelled", testCancelled},
		{"stored and blobs", testStoredAndBlobs},
		{"duplicate id is refused", testDuplicateIDIsRefused},
		{"invalid bytes lose nothing", testInvalidBytesLoseNothing},
		{"searches in parallel", testSearchesInParallel},
		{"frequencies", testFrequencies},
		{"similar and completions", testSimilarAndCompletions},
		{"visit sees everything", testVisitSeesEverything},
		{"nothing to open", testNothingToOpen},
		{"languages have their stems", testLanguagesHaveTheirStems},
		{"languages side by side", testLanguagesSideBySide},
		{"who answers", testWhoAnswers},
		{"typed comes first", testTypedComesFirst},
		{"dates of several days", testDatesOfSeveralDays},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, e) })
	}
}

// Build writes documents to an index, with a blob called "note", and opens it.
func (e Engine) Build(t testing.TB, docs []index.Document) Reader {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	w, err := e.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i := range docs {
		if err := w.Put(&docs[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.PutBlob("note", []byte("kept")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := e.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// Invented makes documents of a small vocabulary, so that words, phrases and facet values meet often.
func Invented(n int) []index.Document {
	random := rand.New(rand.NewPCG(7, 7))
	words := strings.Fields("harbour ledger tide warden survey ferry lantern orchard minutes charter quay barge")
	text := func(n int) string {
		var out []string
		for range n {
			out = append(out, words[min(random.IntN(len(words)), random.IntN(len(words)))])
		}
		return strings.Join(out, " ")
	}
	docs := make([]index.Document, n)
	for i := range docs {
		docs[i] = index.Document{
			ID:       fmt.Sprint("doc", i),
			Kind:     []string{"page", "person"}[random.IntN(2)],
			Title:    text(1 + random.IntN(3)),
			Headings: []string{text(random.IntN(3)), text(2)},
			Body:     []string{text(5 + random.IntN(30)), text(random.IntN(10))},
			Facets: map[string][]string{
				"colour": {[]string{"red", "green", "blue"}[random.IntN(3)]},
				"size":   [][]string{{"small"}, {"large"}, {"small", "large"}, nil}[random.IntN(4)],
			},
			Date:   fmt.Sprintf("20%02d-%02d-%02d", 10+random.IntN(10), 1+random.IntN(12), 1+random.IntN(28)),
			Stored: []byte(fmt.Sprint("stored", i)),
			Text:   fmt.Sprint("text", i),
		}
	}
	return docs
}

// Word is a clause of what the user wrote.
func Word(terms ...string) index.Clause {
	return index.Clause{Any: []index.Match{{Terms: terms, Weight: 1, Typed: true}}}
}

// Extra lets clauses score, without tiers.
func Extra(clauses ...index.Clause) []index.Clause {
	for i := range clauses {
		clauses[i].Extra = true
	}
	return clauses
}

// documentsOf returns the numbers of the documents that clauses find, in order.
func documentsOf(t *testing.T, r Reader, clauses ...index.Clause) []uint32 {
	t.Helper()
	result, err := r.Search(context.Background(), &index.Query{Clauses: clauses, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	var found []uint32
	for _, h := range result.Hits {
		found = append(found, h.Doc)
	}
	slices.Sort(found)
	return found
}
