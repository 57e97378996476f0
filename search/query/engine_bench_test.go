package query

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"rapporteur/ingest/invent"
	"rapporteur/search/answer"
)

const manyPages = 5000

// openMany opens the index of an invented site of many pages, and returns words that its pages use.
func openMany(b *testing.B) (*Engine, []string) {
	b.Helper()
	site := invent.Site(manyPages, 1)
	f := engineOf(b, site)
	var words []string
	for _, r := range site.Records[:100] {
		for _, w := range strings.Fields(r.Text) {
			if len(w) > 4 {
				words = append(words, strings.ToLower(w))
			}
		}
	}
	return f, words
}

// Queries of three words, over all kinds, with facets and fragments.
func BenchmarkSearch(b *testing.B) {
	f, words := openMany(b)
	random := rand.New(rand.NewPCG(1, 2))
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		query := words[random.IntN(len(words))] + " " + words[random.IntN(len(words))] + " " + words[random.IntN(len(words))]
		if _, err := f.Search(context.Background(), &answer.Request{Query: query}); err != nil {
			b.Fatal(err)
		}
	}
}

// What is typed: one to six letters of a word.
func BenchmarkSuggest(b *testing.B) {
	f, words := openMany(b)
	random := rand.New(rand.NewPCG(1, 2))
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		w := words[random.IntN(len(words))]
		f.Suggest(w[:min(len(w), 1+random.IntN(6))], 8)
	}
}
