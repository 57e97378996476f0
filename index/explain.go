package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Contribution is what one match adds to the score of a document.
type Contribution struct {
	Match  string  // the analyzed words or phrases, or facet:value
	Weight float64 //
	IDF    float64 //
	Impact float64 // saturated frequency, fields and lengths weighed in
	Score  float64 // the product
}

// Explain says how the score of a document comes about: for each clause that it meets, the matches that are there. What only lifts is told
// too.
func (r *Reader) Explain(ctx context.Context, q *Query, doc uint32) ([]Contribution, error) {
	kind := r.columns.kind[doc]
	var out []Contribution
	for _, c := range q.Clauses {
		if c.Not {
			continue
		}
		part := Contribution{}
		err := r.clause(ctx, &c, func(d uint32, score float32, _, _ bool) {
			if d == doc {
				part.Score = float64(score)
			}
		})
		if err != nil {
			return nil, err
		}
		if part.Score == 0 {
			continue
		}
		var names []string
		sum, best, strongest, facet := 0.0, 0.0, "", false
		for i := range c.Any {
			m := &c.Any[i]
			var score, frequency float64
			frequency, score, err = r.share(ctx, m, doc)
			if err != nil {
				return nil, err
			}
			if frequency == 0 {
				continue
			}
			name := strings.Join(m.Terms, " ")
			if m.Facet != "" {
				name, facet = m.Facet+":"+m.Value, true
			}
			if part.Weight == 0 || score >= best {
				part.Weight, best, strongest = m.Weight, score, name
			}
			names = append(names, name)
			sum += m.Weight * frequency
		}
		part.Match = strings.Join(names, " | ")
		switch part.Impact = sum * (k1 + 1) / (sum + k1); {
		case facet:
			part.Match, part.Impact = strongest, 1
		case len(c.Any) == 1:
			part.Impact = sum / part.Weight * (k1 + 1) / (sum/part.Weight + k1)
		default:
			part.Weight = 1
		}
		part.IDF = part.Score / part.Weight / part.Impact
		out = append(out, part)
	}
	for _, m := range q.Pairs {
		weights, err := r.phrase(ctx, m.Terms, anyGap, []uint32{doc})
		if err != nil {
			return nil, err
		}
		idf, err := r.pairIDF(ctx, m.Terms)
		if err != nil {
			return nil, err
		}
		if w := float64(weights[0]); w > 0 {
			c := Contribution{Match: strings.Join(m.Terms, " "), Weight: m.Weight, IDF: idf[kind], Impact: w * (k1 + 1) / (w + k1)}
			c.Score = c.Weight * c.IDF * c.Impact
			out = append(out, c)
		}
	}
	return out, nil
}

// share returns the weighted frequency of a match in a document, before it saturates, and what it scores by itself.
func (r *Reader) share(ctx context.Context, m *Match, doc uint32) (frequency, score float64, err error) {
	err = r.matchOne(ctx, m, func(d uint32, s float32) {
		if d == doc {
			frequency, score = 1, float64(s)
		}
	})
	if err != nil || frequency == 0 || m.Facet != "" {
		return frequency, score, err
	}
	p, err := r.postingsOf(ctx, m)
	if err != nil {
		return 0, 0, err
	}
	at, _ := slices.BinarySearchFunc(p.list, doc, func(p posting, doc uint32) int { return cmp.Compare(p.doc, doc) })
	impact := float64(p.list[at].impact)
	return k1 * impact / (k1 + 1 - impact), score, nil
}
