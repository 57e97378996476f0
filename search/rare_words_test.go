package search

import (
	"context"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"rapporteur/index"
	"rapporteur/ingest/kinds"
	"rapporteur/ingest/pipeline"
	"rapporteur/search/answer"
)

// TestRareWordsComeFirst asks for words that stand on one to twenty pages, drawn by a seed from the words of the pages themselves: each
// of the first ten places that could hold a page with the word, as it was typed, does. The pages are those of the invented site, or of the
// folder in $SITE.
func TestRareWordsComeFirst(t *testing.T) {
	const asked, most = 60, 20
	folder := "../testdata/site"
	if other := os.Getenv("SITE"); other != "" {
		folder = other
	}
	site, err := pipeline.Run(context.Background(), os.DirFS(folder), pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	english, err := index.NewAnalyzer(index.English)
	if err != nil {
		t.Fatal(err)
	}
	on := map[string]map[string]bool{}      // word as written, in small letters -> paths of pages
	stemmed := map[string]map[string]bool{} // term -> paths
	for _, r := range site.Records {
		path := r.Path
		if r.TranslationOf != "" {
			continue
		}
		for _, word := range strings.FieldsFunc(r.Title+" "+r.Text, func(c rune) bool { return !unicode.IsLetter(c) }) {
			word = strings.ToLower(word)
			if len(word) < 4 || len(word) > 30 {
				continue
			}
			add(on, word, path)
		}
		for _, term := range english.Terms(r.Title + " " + r.Text) {
			add(stemmed, term, path)
		}
	}
	var words []string
	for _, word := range slices.Sorted(maps.Keys(on)) {
		if len(on[word]) <= most && len(english.Terms(word)) == 1 {
			words = append(words, word)
		}
	}
	random := rand.New(rand.NewPCG(7, 16))
	random.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	g := open(t, site)
	pages := answer.Filter{Kinds: []kinds.Kind{kinds.Page}}
	places, exact, form := 0, 0, 0
	for _, word := range words[:min(asked, len(words))] {
		found, err := g.Search(context.Background(), answer.Request{Query: word, Limit: 10, Filter: pages})
		if err != nil {
			t.Fatal(err)
		}
		term := english.Terms(word)[0]
		could := min(10, len(on[word]))
		places += could
		var lost []string
		for i := range could {
			if i >= len(found.Hits) {
				lost = append(lost, "nothing")
				continue
			}
			path := found.Hits[i].Path
			if stemmed[term][path] {
				form++
			}
			if on[word][path] {
				exact++
			} else {
				lost = append(lost, path)
			}
		}
		if len(lost) > 0 {
			t.Errorf("%q is on %d pages; of the first %d, these lack it as written: %q", word, len(on[word]), could, lost)
		}
	}
	t.Logf("%d words, %d places: %d have the word, %d of these in the very form", min(asked, len(words)), places, form, exact)
}

func add(pages map[string]map[string]bool, word, path string) {
	if pages[word] == nil {
		pages[word] = map[string]bool{}
	}
	pages[word][path] = true
}
