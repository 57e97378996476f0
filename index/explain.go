package index

import (
	"context"
	"strings"
)

// Contribution is what one match adds to the score of a document.
type Contribution struct {
	Match  string  // the analyzed word or phrase, or facet:value
	Weight float64 //
	IDF    float64 //
	Impact float64 // saturated frequency, fields and lengths weighed in
	Score  float64 // the product
}

// Explain says how the score of a document comes about: for each clause that it meets, the match that counts.
func (r *Reader) Explain(ctx context.Context, q *Query, doc uint32) ([]Contribution, error) {
	kind := r.columns.kind[doc]
	var out []Contribution
	for _, c := range q.Clauses {
		if c.Not {
			continue
		}
		var best Contribution
		for i := range c.Any {
			m := &c.Any[i]
			var score float64
			err := r.matchOne(ctx, m, func(d uint32, s float32) {
				if d == doc {
					score = float64(s)
				}
			})
			if err != nil {
				return nil, err
			}
			if score <= best.Score {
				continue
			}
			best = Contribution{Match: strings.Join(m.Terms, " "), Weight: m.Weight, Score: score}
			if m.Facet != "" {
				best.Match = m.Facet + ":" + m.Value
				best.IDF, best.Impact = score/m.Weight, 1
				continue
			}
			p, err := r.lookup(ctx, m.Terms)
			if err != nil {
				return nil, err
			}
			best.IDF = inverse(p.frequencies[kind], r.stats.Counts[kind])
			best.Impact = score / m.Weight / best.IDF
		}
		if best.Score > 0 {
			out = append(out, best)
		}
	}
	for _, m := range q.Pairs {
		weights, err := r.phrase(ctx, m.Terms, []uint32{doc})
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
