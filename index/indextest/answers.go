package indextest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rapporteur/index"
)

func testExplanationAddsUpToTheScore(t *testing.T, e Engine) {
	r := e.Build(t, Invented(200))
	terms := r.Analyzers()[0].Terms("tide warden ferry")
	q := &index.Query{Limit: 20, Clauses: []index.Clause{
		Word(terms[0]),
		{Any: []index.Match{{Terms: terms[1:2], Weight: 1}, {Facet: "colour", Value: "red", Weight: 0.5}}},
		{Any: []index.Match{{Terms: terms[2:], Weight: 1, Typed: true}, {Terms: []string{"barg"}, Weight: 0.4}}},
	}, Pairs: []index.Match{{Terms: terms[:2], Weight: 0.5}}}
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

func testPhrase(t *testing.T, e Engine) {
	r := e.Build(t, []index.Document{
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
		if got := documentsOf(t, r, Word(c.phrase...)); !slices.Equal(got, c.want) {
			t.Errorf("%q: documents %v, want %v", c.phrase, got, c.want)
		}
	}
}

// Facets and totals are those of a count by hand, whatever is filtered by.
func testFacetsUnderFilters(t *testing.T, e Engine) {
	docs := Invented(400)
	r := e.Build(t, docs)
	a := r.Analyzers()[0]
	term := a.Terms("ledger")[0]
	random := rand.New(rand.NewPCG(1, 1))
	for range 60 {
		q := &index.Query{Clauses: []index.Clause{Word(term)}, Facets: []string{"colour", "size"}, FacetLimit: 10, Limit: 1}
		if random.IntN(2) == 0 {
			q.Filters = append(q.Filters, index.Filter{Facet: "colour", Values: []string{"red", "blue"}[:1+random.IntN(2)]})
		}
		if random.IntN(2) == 0 {
			q.Filters = append(q.Filters, index.Filter{Facet: "size", Values: []string{"small"}, Not: random.IntN(3) == 0})
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
func testPagingIsStable(t *testing.T, e Engine) {
	r := e.Build(t, Invented(500))
	terms := r.Analyzers()[0].Terms("harbour ledger tide")
	for _, byDate := range []bool{false, true} {
		q := index.Query{Clauses: []index.Clause{Word(terms[0]), Word(terms[1]), Word(terms[2])},
			Pairs: []index.Match{{Terms: terms[:2], Weight: 0.5}}, Limit: 500,
			ByDate: byDate}
		whole, err := r.Search(context.Background(), &q)
		if err != nil {
			t.Fatal(err)
		}
		var pieces []index.Hit
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

func testMustAndNot(t *testing.T, e Engine) {
	r := e.Build(t, []index.Document{
		{ID: "a", Kind: "page", Body: []string{"harbour tide"}},
		{ID: "b", Kind: "page", Body: []string{"harbour ledger"}},
		{ID: "c", Kind: "page", Body: []string{"ledger"}},
		{ID: "d", Kind: "page"},
	})
	a := r.Analyzers()[0]
	harbour, tide, ledger := Word(a.Terms("harbour")...), Word(a.Terms("tide")...), Word(a.Terms("ledger")...)
	must := func(c index.Clause) index.Clause { c.Must = true; return c }
	not := func(c index.Clause) index.Clause { c.Not = true; return c }
	for _, c := range []struct {
		name    string
		clauses []index.Clause
		want    []uint32
	}{
		{"any", []index.Clause{harbour, ledger}, []uint32{0, 1, 2}},
		{"must", []index.Clause{must(harbour), ledger}, []uint32{0, 1}},
		{"two musts", []index.Clause{must(harbour), must(ledger)}, []uint32{1}},
		{"not", []index.Clause{harbour, not(tide)}, []uint32{1}},
		{"only not", []index.Clause{not(ledger)}, []uint32{0, 3}},
		{"none", nil, []uint32{0, 1, 2, 3}},
	} {
		if got := documentsOf(t, r, c.clauses...); !slices.Equal(got, c.want) {
			t.Errorf("%s: documents %v, want %v", c.name, got, c.want)
		}
	}
}

// By date, the newest come first, then in the order in which they were put; what has no date comes last.
func testByDate(t *testing.T, e Engine) {
	docs := append(Invented(100), index.Document{ID: "undated", Kind: "page", Body: []string{"harbour"}})
	r := e.Build(t, docs)
	result, err := r.Search(context.Background(), &index.Query{ByDate: true, Limit: len(docs)})
	if err != nil {
		t.Fatal(err)
	}
	want := make([]uint32, len(docs))
	for i := range want {
		want[i] = uint32(i)
	}
	slices.SortStableFunc(want, func(a, b uint32) int { return strings.Compare(docs[b].Date, docs[a].Date) })
	var got []uint32
	for _, h := range result.Hits {
		got = append(got, h.Doc)
	}
	if !slices.Equal(got, want) {
		t.Errorf("by date: %v, want %v", got, want)
	}
}

func testCancelled(t *testing.T, e Engine) {
	r := e.Build(t, Invented(50))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.Search(ctx, &index.Query{Clauses: []index.Clause{Word("harbour")}, Limit: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("a search that was called off: %v", err)
	}
}
