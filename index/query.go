package index

import (
	"context"
	"math"
	"slices"
	"sync"
)

// Match is one way of meeting a clause: a word or phrase of analyzed terms, or a value of a facet.
type Match struct {
	Terms        []string // in order; "" within a phrase is the place of a stop word
	Facet, Value string   // instead of Terms
	Weight       float64  // 1 for what the user wrote, less for what is only near to it
}

// Clause is met by any of its matches; the best one counts. Of the clauses that are neither Must nor Not, a document
// has to meet one, unless there is a Must.
type Clause struct {
	Any       []Match
	Must, Not bool
	Concept   bool // the matches are words for one thing: their frequencies are added up, as if they were one word
	Lifts     bool // of a concept: matches that weigh less than 1 raise what is found otherwise, and find nothing themselves
}

// Filter lets documents pass that have any of the values in a facet, or with Not, none of them.
type Filter struct {
	Facet  string
	Values []string
	Not    bool
}

// Query is what to look for.
type Query struct {
	Clauses    []Clause           // none: every document
	Pairs      []Match            // phrases that lift the best of the hits in which they stand
	Kinds      []string           // none: every kind
	Filters    []Filter           // all must pass
	From, To   string             // dates as in Document, both inclusive; empty: no bound
	Prior      map[string]float64 // by kind: what scores are multiplied by; 1 if absent
	Lead       []uint32           // documents that come first, in this order, if they pass the filters
	ByDate     bool               // newest first, else the best first
	Offset     int
	Limit      int
	Facets     []string // to count
	FacetLimit int      // how many values of a facet to return
}

// Hit is a document found.
type Hit struct {
	Doc   uint32
	Score float64
}

// Count is a value of a facet, and how many documents that answer the query have it.
type Count struct {
	Value string
	Count int
}

// Result answers a Query. The counts of a facet are those of the query without that facet's own filters, so that several
// of its values can be chosen; they come with the highest count first, then by value, and with every value filtered by.
type Result struct {
	Total  int
	Hits   []Hit
	Facets map[string][]Count
}

// pools keep the arrays of a search for the next one.
type pools struct {
	size int
	sync.Pool
}

// floats returns an array of zeros, one for each document. It must be zeros again when it is given back.
func (p *pools) floats() *[]float32 {
	if a, ok := p.Get().(*[]float32); ok {
		return a
	}
	a := make([]float32, p.size)
	return &a
}

func (p *pools) putFloats(a *[]float32) { p.Put(a) }

// Search answers a query.
func (r *Reader) Search(ctx context.Context, q *Query) (*Result, error) {
	scores := r.pools.floats()
	defer r.pools.putFloats(scores)
	matched, err := r.match(ctx, q, *scores)
	if err != nil {
		return nil, err
	}
	defer func() {
		for _, doc := range matched {
			(*scores)[doc] = 0
		}
	}()
	sieve := r.newSieve(q)
	tally := r.newTally(q)
	top := newTop(r, q)
	result := &Result{}
	for _, doc := range matched {
		pass, failed := sieve.test(doc)
		if pass {
			result.Total++
			top.add(Hit{doc, float64((*scores)[doc]) * sieve.prior[r.columns.kind[doc]]})
		}
		if pass || failed >= 0 {
			tally.count(doc, failed)
		}
	}
	hits := top.hits()
	if len(q.Pairs) > 0 && !q.ByDate {
		if err := r.lift(ctx, q, sieve.prior, hits[:min(len(hits), liftDepth)]); err != nil {
			return nil, err
		}
		top.sort(hits)
	}
	result.Hits = hits[min(q.Offset, len(hits)):min(q.Offset+q.Limit, len(hits))]
	result.Facets = tally.results()
	return result, ctx.Err()
}

// match adds up the scores of the documents that meet the clauses, and returns these documents.
func (r *Reader) match(ctx context.Context, q *Query, scores []float32) ([]uint32, error) {
	var must, not int
	for _, c := range q.Clauses {
		switch {
		case c.Not:
			not++
		case c.Must:
			must++
		}
	}
	var matched []uint32
	if not == len(q.Clauses) {
		matched = make([]uint32, r.stats.Documents)
		for i := range matched {
			matched[i] = uint32(i)
		}
	}
	var met map[uint32]int // documents that meet Must clauses, and how many of them
	var barred map[uint32]bool
	var lifted []Hit // by the widened words of concepts
	for i := range q.Clauses {
		c := &q.Clauses[i]
		err := r.clause(ctx, c, &lifted, func(doc uint32, score float32) {
			if c.Not {
				if barred == nil {
					barred = map[uint32]bool{}
				}
				barred[doc] = true
				return
			}
			if scores[doc] == 0 {
				matched = append(matched, doc)
			}
			scores[doc] += score
			if c.Must {
				if met == nil {
					met = map[uint32]int{}
				}
				met[doc]++
			}
		})
		if err != nil {
			for _, doc := range matched {
				scores[doc] = 0
			}
			return nil, err
		}
	}
	for _, h := range lifted {
		if scores[h.Doc] > 0 {
			scores[h.Doc] += float32(h.Score)
		}
	}
	if must == 0 && len(barred) == 0 {
		return matched, nil
	}
	kept := matched[:0]
	for _, doc := range matched {
		if met[doc] == must && !barred[doc] {
			kept = append(kept, doc)
		} else {
			scores[doc] = 0
		}
	}
	return kept, nil
}

// clause calls yield once for each document that meets the clause, with its score, which is above 0. What it only lifts goes to lifted.
func (r *Reader) clause(ctx context.Context, c *Clause, lifted *[]Hit, yield func(doc uint32, score float32)) error {
	if len(c.Any) == 1 {
		return r.matchOne(ctx, &c.Any[0], yield)
	}
	if c.Concept {
		return r.concept(ctx, c, lifted, yield)
	}
	best := r.pools.floats()
	defer r.pools.putFloats(best)
	var touched []uint32
	for i := range c.Any {
		err := r.matchOne(ctx, &c.Any[i], func(doc uint32, score float32) {
			if (*best)[doc] == 0 {
				touched = append(touched, doc)
			}
			(*best)[doc] = max((*best)[doc], score)
		})
		if err != nil {
			for _, doc := range touched {
				(*best)[doc] = 0
			}
			return err
		}
	}
	for _, doc := range touched {
		score := (*best)[doc]
		(*best)[doc] = 0
		yield(doc, score)
	}
	return nil
}

// concept adds up the weighted frequencies of all matches, which must be words or phrases, before they saturate. The document
// frequency of the concept is that of its most frequent word, weight by weight: a rare word is no rarer than what it means.
func (r *Reader) concept(ctx context.Context, c *Clause, lifted *[]Hit, yield func(doc uint32, score float32)) error {
	sum := r.pools.floats()
	defer r.pools.putFloats(sum)
	var touched []uint32
	literal := 0 // so many of touched have a match of full weight
	frequencies := make([]float64, len(r.stats.Kinds))
	for i := range c.Any {
		m := &c.Any[i]
		p, err := r.lookup(ctx, m.Terms)
		if err != nil {
			for _, doc := range touched {
				(*sum)[doc] = 0
			}
			return err
		}
		for kind, n := range p.frequencies {
			frequencies[kind] = max(frequencies[kind], m.Weight*float64(n))
		}
		for _, posting := range p.list {
			if (*sum)[posting.doc] == 0 {
				touched = append(touched, posting.doc)
			}
			(*sum)[posting.doc] += float32(m.Weight) * k1 * posting.impact / (k1 + 1 - posting.impact)
		}
		if m.Weight == 1 {
			literal = len(touched) // they come first
		}
	}
	idf := make([]float32, len(frequencies))
	for kind, n := range frequencies {
		idf[kind] = float32(inverse(int(n), r.stats.Counts[kind]))
	}
	for i, doc := range touched {
		w := (*sum)[doc]
		(*sum)[doc] = 0
		score := idf[r.columns.kind[doc]] * w * (k1 + 1) / (w + k1)
		if c.Lifts && i >= literal {
			*lifted = append(*lifted, Hit{doc, float64(score)})
		} else {
			yield(doc, score)
		}
	}
	return nil
}

// matchOne calls yield for each document that a match finds.
func (r *Reader) matchOne(ctx context.Context, m *Match, yield func(doc uint32, score float32)) error {
	if m.Facet != "" {
		for _, doc := range r.withValue(m.Facet, m.Value) {
			yield(doc, r.valueScore(m, doc))
		}
		return nil
	}
	p, err := r.lookup(ctx, m.Terms)
	if err != nil {
		return err
	}
	idf := r.idfs(p.frequencies, m.Weight)
	kinds := r.columns.kind
	for _, posting := range p.list {
		yield(posting.doc, idf[kinds[posting.doc]]*posting.impact)
	}
	return nil
}

// idfs returns the weighted inverse document frequency for each kind, in the form that is never negative.
func (r *Reader) idfs(frequencies []int, weight float64) []float32 {
	idf := make([]float32, len(frequencies))
	for kind, df := range frequencies {
		idf[kind] = float32(weight * inverse(df, r.stats.Counts[kind]))
	}
	return idf
}

// inverse is the inverse document frequency of BM25 for df of n documents.
func inverse(df, n int) float64 {
	return math.Log(1 + (float64(n)-float64(df)+0.5)/(float64(df)+0.5))
}

// Frequency returns how many documents have a term, as Analyzers give it.
func (r *Reader) Frequency(ctx context.Context, term string) (int, error) {
	p, err := r.lookup(ctx, []string{term})
	if err != nil {
		return 0, err
	}
	return len(p.list), nil
}

// Values returns all values of a facet, sorted. They are not to be changed.
func (r *Reader) Values(facet string) []string {
	if i, ok := slices.BinarySearch(r.stats.Facets, facet); ok {
		return r.columns.facets[i].values
	}
	return nil
}

// withValue returns the documents that have a value in a facet, ascending.
func (r *Reader) withValue(facet, value string) []uint32 {
	i, ok := slices.BinarySearch(r.stats.Facets, facet)
	if !ok {
		return nil
	}
	column := &r.columns.facets[i]
	at, ok := column.find(value)
	if !ok {
		return nil
	}
	return column.documents(at)
}

// valueScore scores a value of a facet as a word that stands once in a field of average length.
func (r *Reader) valueScore(m *Match, doc uint32) float32 {
	n := len(r.withValue(m.Facet, m.Value))
	return float32(m.Weight * inverse(min(n, r.stats.Documents), r.stats.Documents))
}
