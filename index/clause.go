package index

import (
	"context"
	"slices"
)

// clause calls yield once for each document that meets the clause: with its score, which is above 0, whether it does so by what was typed,
// and whether the score only lifts what is found otherwise.
func (r *Reader) clause(ctx context.Context, c *Clause, yield func(doc uint32, score float32, typed, lifts bool)) error {
	switch {
	case len(c.Any) == 1:
		m := &c.Any[0]
		return r.matchOne(ctx, m, func(doc uint32, score float32) { yield(doc, score, m.Typed, c.Lifts && !m.Typed) })
	case slices.ContainsFunc(c.Any, func(m Match) bool { return m.Facet != "" }):
		return r.best(ctx, c, yield)
	}
	return r.concept(ctx, c, yield)
}

// best takes, for each document, the match that scores highest.
func (r *Reader) best(ctx context.Context, c *Clause, yield func(doc uint32, score float32, typed, lifts bool)) (err error) {
	best := r.pools.floats()
	var touched []uint32
	typed := map[uint32]bool{}
	defer func() {
		for _, doc := range touched {
			score := (*best)[doc]
			(*best)[doc] = 0
			if err == nil {
				yield(doc, score, typed[doc], false)
			}
		}
		r.pools.putFloats(best)
	}()
	for i := range c.Any {
		err := r.matchOne(ctx, &c.Any[i], func(doc uint32, score float32) {
			if (*best)[doc] == 0 {
				touched = append(touched, doc)
			}
			(*best)[doc] = max((*best)[doc], score)
			if c.Any[i].Typed {
				typed[doc] = true
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// concept adds up the weighted frequencies of all matches, which must be words or phrases, before they saturate. The document
// frequency of the concept is that of what was typed, in all its spellings, or of a more frequent word that is near to it, weight by
// weight: a rare word is no rarer than what it means.
func (r *Reader) concept(ctx context.Context, c *Clause, yield func(doc uint32, score float32, typed, lifts bool)) (err error) {
	sum := r.pools.floats()
	var touched []uint32
	defer func() {
		for _, doc := range touched {
			(*sum)[doc] = 0
		}
		r.pools.putFloats(sum)
	}()
	add := func(m *Match) (*postings, error) {
		p, err := r.postingsOf(ctx, m)
		if err != nil {
			return nil, err
		}
		for _, posting := range p.list {
			if (*sum)[posting.doc] == 0 {
				touched = append(touched, posting.doc)
			}
			(*sum)[posting.doc] += float32(m.Weight) * k1 * posting.impact / (k1 + 1 - posting.impact)
		}
		return p, nil
	}
	frequencies := make([]float64, len(r.stats.Kinds))
	for i := range c.Any {
		if c.Any[i].Typed {
			if _, err := add(&c.Any[i]); err != nil {
				return err
			}
		}
	}
	typed := len(touched) // these come first
	for _, doc := range touched {
		frequencies[r.columns.kind[doc]]++
	}
	for i := range c.Any {
		if m := &c.Any[i]; !m.Typed {
			p, err := add(m)
			if err != nil {
				return err
			}
			for kind, n := range p.frequencies {
				frequencies[kind] = max(frequencies[kind], m.Weight*float64(n))
			}
		}
	}
	idf := make([]float32, len(frequencies))
	for kind, n := range frequencies {
		idf[kind] = float32(inverse(int(n), r.stats.Counts[kind]))
	}
	for i, doc := range touched {
		w := (*sum)[doc]
		yield(doc, idf[r.columns.kind[doc]]*w*(k1+1)/(w+k1), i < typed, c.Lifts && i >= typed)
	}
	return nil
}

// postingsOf returns the postings of a word, phrase, or words that stand apart.
func (r *Reader) postingsOf(ctx context.Context, m *Match) (*postings, error) {
	switch {
	case m.Apart:
		return r.apart(ctx, m.Terms)
	case m.Tied:
		return r.tied(ctx, m.Terms)
	}
	return r.lookup(ctx, m.Terms)
}
