package index_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"rapporteur/index"
	"rapporteur/index/indextest"
)

var engine = indextest.Engine{
	Create: func(dir string) (indextest.Writer, error) { return index.Create(dir, 0, 0) },
	Open:   func(dir string) (indextest.Reader, error) { return index.Open(dir) },
}

func TestContract(t *testing.T) { indextest.Run(t, engine) }

// bm25f is the formula, written down a second time, over the documents themselves.
func bm25f(a *index.Analyzer, docs []index.Document, terms ...string) []float64 {
	lengths := map[string][index.WordFields]float64{}
	count := map[string]float64{}
	for _, d := range docs {
		count[d.Kind]++
		sum := lengths[d.Kind]
		for f, text := range index.Fields(&d) {
			sum[f] += float64(len(a.Terms(text)))
		}
		lengths[d.Kind] = sum
	}
	scores := make([]float64, len(docs))
	for _, term := range terms {
		weight := make([]float64, len(docs))
		frequency := map[string]float64{}
		for i, d := range docs {
			for f, text := range index.Fields(&d) {
				tokens := a.Terms(text)
				tf := 0.0
				for _, t := range tokens {
					if t == term {
						tf++
					}
				}
				average := lengths[d.Kind][f] / count[d.Kind]
				if tf > 0 {
					weight[i] += index.FieldWeight[f] * tf / (1 - index.FieldB[f] + index.FieldB[f]*float64(len(tokens))/max(1, average))
				}
			}
			if weight[i] > 0 {
				frequency[d.Kind]++
			}
		}
		for i, d := range docs {
			idf := math.Log(1 + (count[d.Kind]-frequency[d.Kind]+0.5)/(frequency[d.Kind]+0.5))
			scores[i] += idf * weight[i] * (index.K1 + 1) / (weight[i] + index.K1)
		}
	}
	return scores
}

func TestScoresAreBM25F(t *testing.T) {
	docs := indextest.Invented(300)
	r := engine.Build(t, docs)
	terms := r.Analyzers()[0].Terms("harbour warden quay")
	want := bm25f(r.Analyzers()[0], docs, terms...)
	result, err := r.Search(context.Background(), &index.Query{Limit: len(docs),
		Clauses: indextest.Extra(indextest.Word(terms[0]), indextest.Word(terms[1]), indextest.Word(terms[2]))})
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
		if found := slices.ContainsFunc(result.Hits, func(h index.Hit) bool { return int(h.Doc) == doc }); found != (score > 0) {
			t.Errorf("document %d of score %v: found %v", doc, score, found)
		}
	}
}
