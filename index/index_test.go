package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// build writes documents to an index and opens it.
func build(t testing.TB, docs []Document) *Reader {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	w, err := Create(dir)
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
	r, err := Open(dir)
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

// invented makes documents of a small vocabulary, so that words, phrases and facet values meet often.
func invented(n int) []Document {
	random := rand.New(rand.NewPCG(7, 7))
	words := strings.Fields("harbour ledger tide warden survey ferry lantern orchard minutes charter quay barge")
	text := func(n int) string {
		var out []string
		for range n {
			out = append(out, words[min(random.IntN(len(words)), random.IntN(len(words)))])
		}
		return strings.Join(out, " ")
	}
	docs := make([]Document, n)
	for i := range docs {
		docs[i] = Document{
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

// bm25f is the formula, written down a second time, over the documents themselves.
func bm25f(a *Analyzer, docs []Document, terms ...string) []float64 {
	lengths := map[string][wordFields]float64{}
	count := map[string]float64{}
	for _, d := range docs {
		count[d.Kind]++
		sum := lengths[d.Kind]
		for f, text := range d.fields() {
			sum[f] += float64(len(a.Terms(text)))
		}
		lengths[d.Kind] = sum
	}
	scores := make([]float64, len(docs))
	for _, term := range terms {
		weight := make([]float64, len(docs))
		frequency := map[string]float64{}
		for i, d := range docs {
			for f, text := range d.fields() {
				tokens := a.Terms(text)
				tf := 0.0
				for _, t := range tokens {
					if t == term {
						tf++
					}
				}
				average := lengths[d.Kind][f] / count[d.Kind]
				if tf > 0 {
					weight[i] += fieldWeight[f] * tf / (1 - fieldB[f] + fieldB[f]*float64(len(tokens))/max(1, average))
				}
			}
			if weight[i] > 0 {
				frequency[d.Kind]++
			}
		}
		for i, d := range docs {
			idf := math.Log(1 + (count[d.Kind]-frequency[d.Kind]+0.5)/(frequency[d.Kind]+0.5))
			scores[i] += idf * weight[i] * (k1 + 1) / (weight[i] + k1)
		}
	}
	return scores
}

func word(terms ...string) Clause {
	return Clause{Any: []Match{{Terms: terms, Weight: 1, Typed: true}}}
}

// extra lets clauses score, without tiers.
func extra(clauses ...Clause) []Clause {
	for i := range clauses {
		clauses[i].Extra = true
	}
	return clauses
}

func TestScoresAreBM25F(t *testing.T) {
	docs := invented(300)
	r := build(t, docs)
	terms := r.Analyzers()[0].Terms("harbour warden quay")
	want := bm25f(r.Analyzers()[0], docs, terms...)
	result, err := r.Search(context.Background(), &Query{Clauses: extra(word(terms[0]), word(terms[1]), word(terms[2])), Limit: len(docs)})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Hits) == 0 || len(result.Hits) != result.Total {
		t.Fatalf("%d hits of %d", len(result.Hits), result.Total)
	}
	last := math.Inf(1)
	for _, h := range result.Hits {
		if math.Abs(h.Score-want[h.Doc]) > 1e-4*want[h.Doc] {
			t.Fatalf("document %d scores %v, want %v", h.Doc, h.Score, want[h.Doc])
		}
		if h.Score > last {
			t.Fatalf("score %v comes after %v", h.Score, last)
		}
		last = h.Score
	}
	for doc, score := range want {
		if found := slices.ContainsFunc(result.Hits, func(h Hit) bool { return int(h.Doc) == doc }); found != (score > 0) {
			t.Errorf("document %d of score %v: found %v", doc, score, found)
		}
	}
}

func TestExplanationAddsUpToTheScore(t *testing.T) {
	r := build(t, invented(200))
	terms := r.Analyzers()[0].Terms("tide warden ferry")
	q := &Query{Limit: 20, Clauses: []Clause{
		word(terms[0]),
		{Any: []Match{{Terms: terms[1:2], Weight: 1}, {Facet: "colour", Value: "red", Weight: 0.5}}},
		{Any: []Match{{Terms: terms[2:], Weight: 1, Typed: true}, {Terms: []string{"barg"}, Weight: 0.4}}},
	}, Pairs: []Match{{Terms: terms[:2], Weight: 0.5}}}
	result, err := r.Search(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range result.Hits {
		parts, err := r.Explain(context.Background(), q, h.Doc)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, p := range parts {
			sum += p.Score
			if math.Abs(p.Weight*p.IDF*p.Impact-p.Score) > 1e-4*p.Score {
				t.Errorf("%+v is not the product of its parts", p)
			}
		}
		if math.Abs(sum-h.Score) > 1e-4*h.Score {
			t.Errorf("document %d scores %v, explained as %v: %+v", h.Doc, h.Score, sum, parts)
		}
	}
}

func TestPhrase(t *testing.T) {
	r := build(t, []Document{
		{ID: "a", Kind: "page", Body: []string{"the state of the harbour"}},
		{ID: "b", Kind: "page", Body: []string{"a state", "harbour"}},
		{ID: "c", Kind: "page", Title: "harbour wall", Body: []string{"wall of the harbour"}},
		{ID: "d", Kind: "page", Body: []string{"wall harbour", "harbour wall harbour wall"}},
	})
	a := r.Analyzers()[0]
	state, wall, harbour := a.Terms("state")[0], a.Terms("wall")[0], a.Terms("harbour")[0]
	for _, c := range []struct {
		phrase []string
		want   []uint32
	}{
		{[]string{harbour, wall}, []uint32{2, 3}},
		{[]string{wall, harbour}, []uint32{3}},
		{[]string{state, "", "", harbour}, []uint32{0}},
		{[]string{state, harbour}, nil}, // blocks do not touch
		{[]string{harbour, wall, harbour, wall}, []uint32{3}},
	} {
		if got := documentsOf(t, r, word(c.phrase...)); !slices.Equal(got, c.want) {
			t.Errorf("%q: documents %v, want %v", c.phrase, got, c.want)
		}
	}
}

// documentsOf returns the numbers of the documents that clauses find, in order.
func documentsOf(t *testing.T, r *Reader, clauses ...Clause) []uint32 {
	t.Helper()
	result, err := r.Search(context.Background(), &Query{Clauses: clauses, Limit: 10})
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

// Facets and totals are those of a count by hand, whatever is filtered by.
func TestFacetsUnderFilters(t *testing.T) {
	docs := invented(400)
	r := build(t, docs)
	a := r.Analyzers()[0]
	term := a.Terms("ledger")[0]
	random := rand.New(rand.NewPCG(1, 1))
	for range 60 {
		q := &Query{Clauses: []Clause{word(term)}, Facets: []string{"colour", "size"}, FacetLimit: 10, Limit: 1}
		if random.IntN(2) == 0 {
			q.Filters = append(q.Filters, Filter{Facet: "colour", Values: []string{"red", "blue"}[:1+random.IntN(2)]})
		}
		if random.IntN(2) == 0 {
			q.Filters = append(q.Filters, Filter{Facet: "size", Values: []string{"small"}, Not: random.IntN(3) == 0})
		}
		if random.IntN(2) == 0 {
			q.Kinds = []string{"page"}
		}
		if random.IntN(2) == 0 {
			q.From, q.To = "2012", "2015-06"
		}
		result, err := r.Search(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		want, total := map[string]int{}, 0
		for _, d := range docs {
			if !slices.Contains(strings.Fields(strings.Join(
				a.Terms(strings.Join([]string{d.Title, strings.Join(d.Headings, " "), strings.Join(d.Body, " ")}, " ")), " ")), term) {
				continue
			}
			if q.Kinds != nil && d.Kind != "page" || q.From != "" && (d.Date < "2012" || d.Date > "2015-06-99") {
				continue
			}
			failed := map[string]bool{}
			barred := false
			for _, f := range q.Filters {
				has := slices.ContainsFunc(f.Values, func(v string) bool { return slices.Contains(d.Facets[f.Facet], v) })
				if f.Not {
					barred = barred || has
				} else if !has {
					failed[f.Facet] = true
				}
			}
			if barred {
				continue
			}
			if len(failed) == 0 {
				total++
			}
			for _, facet := range q.Facets {
				if len(failed) == 0 || len(failed) == 1 && failed[facet] {
					for _, v := range d.Facets[facet] {
						want[facet+"="+v]++
					}
				}
			}
		}
		got := map[string]int{}
		for facet, counts := range result.Facets {
			for i, c := range counts {
				if c.Count > 0 {
					got[facet+"="+c.Value] = c.Count
				}
				if i > 0 && counts[i-1].Count < c.Count && c.Count > 0 {
					t.Errorf("%s: %v is not in order", facet, counts)
				}
			}
		}
		if result.Total != total || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("filters %+v, kinds %v, from %q: %d of %v, want %d of %v", q.Filters, q.Kinds, q.From, result.Total, got, total, want)
		}
	}
}

// Pages of hits follow each other without a gap or an overlap.
func TestPagingIsStable(t *testing.T) {
	r := build(t, invented(500))
	terms := r.Analyzers()[0].Terms("harbour ledger tide")
	for _, byDate := range []bool{false, true} {
		q := Query{Clauses: []Clause{word(terms[0]), word(terms[1]), word(terms[2])}, Pairs: []Match{{Terms: terms[:2], Weight: 0.5}}, Limit: 500,
			ByDate: byDate}
		whole, err := r.Search(context.Background(), &q)
		if err != nil {
			t.Fatal(err)
		}
		var pieces []Hit
		for offset := 0; offset < whole.Total+whole.Partial; offset += 7 {
			q.Offset, q.Limit = offset, 7
			part, err := r.Search(context.Background(), &q)
			if err != nil {
				t.Fatal(err)
			}
			pieces = append(pieces, part.Hits...)
		}
		if !slices.Equal(whole.Hits, pieces) {
			t.Errorf("by date %v: paging gives other hits than the whole", byDate)
		}
	}
}

func TestMustAndNot(t *testing.T) {
	r := build(t, []Document{
		{ID: "a", Kind: "page", Body: []string{"harbour tide"}},
		{ID: "b", Kind: "page", Body: []string{"harbour ledger"}},
		{ID: "c", Kind: "page", Body: []string{"ledger"}},
		{ID: "d", Kind: "page"},
	})
	a := r.Analyzers()[0]
	harbour, tide, ledger := word(a.Terms("harbour")...), word(a.Terms("tide")...), word(a.Terms("ledger")...)
	must := func(c Clause) Clause { c.Must = true; return c }
	not := func(c Clause) Clause { c.Not = true; return c }
	for _, c := range []struct {
		name    string
		clauses []Clause
		want    []uint32
	}{
		{"any", []Clause{harbour, ledger}, []uint32{0, 1, 2}},
		{"must", []Clause{must(harbour), ledger}, []uint32{0, 1}},
		{"two musts", []Clause{must(harbour), must(ledger)}, []uint32{1}},
		{"not", []Clause{harbour, not(tide)}, []uint32{1}},
		{"only not", []Clause{not(ledger)}, []uint32{0, 3}},
		{"none", nil, []uint32{0, 1, 2, 3}},
	} {
		if got := documentsOf(t, r, c.clauses...); !slices.Equal(got, c.want) {
			t.Errorf("%s: documents %v, want %v", c.name, got, c.want)
		}
	}
}

func TestStoredAndBlobs(t *testing.T) {
	docs := invented(50)
	r := build(t, docs)
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
	if _, err := r.Blob("nothing"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a blob that is not there: %v", err)
	}
}

func TestDuplicateIDIsRefused(t *testing.T) {
	w, err := Create(filepath.Join(t.TempDir(), "index"))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Put(&Document{ID: "a", Kind: "page"}); err != nil {
		t.Fatal(err)
	}
	if err := w.Put(&Document{ID: "a", Kind: "page"}); !errors.Is(err, ErrDuplicate) {
		t.Errorf("the second document of one ID: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}

func TestInvalidBytesLoseNothing(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		r := build(t, []Document{{ID: "a", Kind: "page", Lang: lang, Body: []string{"port \xff\xfe harbour \xc3 quai\xe9 fleuve"}}})
		for _, w := range []string{"port", "harbour", "fleuve"} {
			result, err := r.Search(context.Background(), &Query{Clauses: []Clause{word(r.Analyzers()[0].Terms(w)...)}, Limit: 1})
			if err != nil || result.Total != 1 {
				t.Errorf("%s: %q is found %d times (%v)", lang, w, result.Total, err)
			}
		}
	}
}

func TestLanguagesHaveTheirStems(t *testing.T) {
	r := build(t, []Document{
		{ID: "a", Kind: "page", Lang: "fr-CA", Body: []string{"les rivières continuent"}},
		{ID: "b", Kind: "page", Lang: "de", Body: []string{"die Häuser am Fluss"}},
		{ID: "c", Kind: "page", Body: []string{"the organization of harbors"}},
	})
	for query, want := range map[string]uint32{"rivière": 0, "haus": 1, "organisations": 2, "harbour": 2} {
		var clause Clause
		for _, a := range r.Analyzers() {
			if terms := a.Terms(query); len(terms) == 1 {
				clause.Any = append(clause.Any, Match{Terms: terms, Weight: 1})
			}
		}
		result, err := r.Search(context.Background(), &Query{Clauses: []Clause{clause}, Limit: 5})
		if err != nil || result.Total != 1 || result.Hits[0].Doc != want {
			t.Errorf("%q finds %+v (%v), want document %d", query, result, err, want)
		}
	}
}

func TestSearchesInParallel(t *testing.T) {
	r := build(t, invented(200))
	a := r.Analyzers()[0]
	words := strings.Fields("harbour ledger tide warden survey ferry lantern orchard")
	want := map[string]string{}
	ask := func(w string) string {
		terms := a.Terms(w + " quay")
		result, err := r.Search(context.Background(), &Query{
			Clauses: []Clause{word(terms[0]), word(terms[1]), word(terms...)}, Pairs: []Match{{Terms: terms, Weight: 1}},
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
