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
	Typed        bool     // what the user wrote, in one of its spellings and languages
	Apart        bool     // the terms may stand anywhere in the document, in any order
	Tied         bool     // the terms follow each other with at most one sign or space between two: parts of one word
}

// Clause is a word or thing that is asked for, met by any of its matches. Their frequencies are added up, as if they were one word;
// but of a clause with a facet's value the best match counts.
type Clause struct {
	Any       []Match
	Must, Not bool
	Extra     bool   // adds to the score of documents, and has no part in whether they answer
	Lifts     bool   // matches that are not Typed raise what is found otherwise, and find nothing themselves
	Common    []bool // by language, as Analyzers gives them: it is a stop word there, and asks nothing of a document; nil: in none
	Stands    []int  // of a clause that is Extra: clauses that a document meets by meeting this one
}

// Filter lets documents pass that have any of the values in a facet, or with Not, none of them.
type Filter struct {
	Facet  string
	Values []string
	Not    bool
}

// Query is what to look for. A document answers if it meets all clauses that are Must, none that is Not and, of the others that are not
// Extra, more than half. With Tiers, those that
// meet all by matches that are Typed score above any that meets one only by matches that are not.
type Query struct {
	Clauses    []Clause           // none: every document
	Pairs      []Match            // phrases that lift the best of the hits in which they stand
	Tiers      bool               // what meets all as Typed scores above what meets one otherwise
	Share      float64            // of the clauses that count: what a document has to meet to answer; 0: more than half
	Kinds      []string           // none: every kind
	Filters    []Filter           // all must pass
	From, To   string             // dates as in Document, both inclusive; empty: no bound
	Prior      map[string]float64 // by kind: what scores are multiplied by; 1 if absent
	Lead       []uint32           // documents that come first, in this order, if they pass the filters
	First      []uint32           // documents that come next, the best first; ascending
	ByDate     bool               // newest first, else the best first
	Offset     int
	Limit      int
	Facets     []string // to count
	FacetLimit int      // how many values of a facet to return
}

// Hit is a document found.
type Hit struct {
	Doc     uint32
	Score   float64
	Tier    Tier
	Answers bool // it is counted in Total, not in Partial
}

// Count is a value of a facet, and how many documents that answer the query have it.
type Count struct {
	Value string
	Count int
}

// Result answers a Query. The counts of a facet are those of the query without that facet's own filters, so that several
// of its values can be chosen; they come with the highest count first, then by value, and with every value filtered by.
//
// Total and Facets are of the documents that answer; if none of the kinds asked for does, of those that do in part, and Fallback is set.
// With Tiers, where any document meets most clauses as Typed, only those that do so are held to answer.
type Result struct {
	Total    int
	Partial  int // so many more come after those that answer
	Fallback bool
	Whole    bool // a document that was found meets all clauses by matches that are Typed
	Hits     []Hit
	Facets   map[string][]Count
}

// scored holds what is found while clauses are added up. All arrays are by document, and zero where nothing was found.
type scored struct {
	scores  []float32
	cover   []coverage
	matched []uint32
	common  [][]bool // by clause counted
}

// pools keep the arrays of a search for the next one.
type pools struct {
	size   int
	arrays sync.Pool
	covers sync.Pool
}

// floats returns an array of zeros, one for each document. It must be zeros again when it is given back.
func (p *pools) floats() *[]float32 {
	if a, ok := p.arrays.Get().(*[]float32); ok {
		return a
	}
	a := make([]float32, p.size)
	return &a
}

func (p *pools) putFloats(a *[]float32) { p.arrays.Put(a) }

// coverages does the same for what documents meet.
func (p *pools) coverages() *[]coverage {
	if a, ok := p.covers.Get().(*[]coverage); ok {
		return a
	}
	a := make([]coverage, p.size)
	return &a
}

// Search answers a query.
func (r *Reader) Search(ctx context.Context, q *Query) (*Result, error) {
	scores, cover := r.pools.floats(), r.pools.coverages()
	found := &scored{scores: *scores, cover: *cover}
	defer func() {
		for _, doc := range found.matched {
			found.scores[doc], found.cover[doc] = 0, coverage{}
		}
		r.pools.putFloats(scores)
		r.pools.covers.Put(cover)
	}()
	kept, err := r.match(ctx, q, found)
	if err != nil {
		return nil, err
	}
	filters := r.newFilterSet(q)
	tiers := r.newTiers(found, q.Share)
	result := &Result{Fallback: true}
	for _, doc := range kept {
		if tiers.of(doc) >= Answers && filters.ofKind(doc) {
			result.Fallback = false
			break
		}
	}
	strict := false
	if q.Tiers {
		strict = slices.ContainsFunc(kept, func(doc uint32) bool { return tiers.typed(doc) && filters.ofKind(doc) })
	}
	score := func(doc uint32) float64 { return float64(found.scores[doc]) * filters.prior[r.columns.kind[doc]] }
	ceiling := math.Inf(1) // of what meets a clause only by what is near to it
	if q.Tiers {
		for _, doc := range kept {
			if tiers.of(doc) == Typed && filters.ofKind(doc) {
				ceiling = min(ceiling, score(doc))
			}
		}
	}
	counts := r.newFacetCounts(q)
	top := newTop(r, q)
	for _, doc := range kept {
		pass, failed := filters.test(doc)
		if !pass && failed < 0 {
			continue
		}
		tier := tiers.of(doc)
		answers := tier >= Answers && (!strict || tiers.typed(doc)) || result.Fallback
		if pass {
			result.Whole = result.Whole || tier == Typed
			if answers {
				result.Total++
			} else {
				result.Partial++
			}
			s := score(doc)
			if s >= ceiling && tiers.near(doc) {
				s = ceiling * s / (s + ceiling)
			}
			top.add(Hit{doc, s, tier, answers})
		}
		if answers {
			counts.count(doc, failed)
		}
	}
	result.Fallback = result.Fallback && result.Total > 0
	hits := top.hits()
	if len(q.Pairs) > 0 && !q.ByDate {
		if err := r.lift(ctx, q, filters.prior, hits[:min(len(hits), liftDepth)]); err != nil {
			return nil, err
		}
		top.sort(hits)
	}
	result.Hits = hits[min(q.Offset, len(hits)):min(q.Offset+q.Limit, len(hits))]
	result.Facets = counts.results()
	return result, ctx.Err()
}

// match adds up the scores of the documents that meet the clauses, and returns those that are found.
func (r *Reader) match(ctx context.Context, q *Query, found *scored) ([]uint32, error) {
	var must, not int
	for _, c := range q.Clauses {
		switch {
		case c.Not:
			not++
		case c.Must:
			must++
		}
	}
	if not == len(q.Clauses) {
		found.matched = make([]uint32, r.stats.Documents)
		for i := range found.matched {
			found.matched[i] = uint32(i)
		}
	}
	bit := found.number(q.Clauses)
	var met map[uint32]int // documents that meet Must clauses, and how many of them
	var barred map[uint32]bool
	var lifted []contribution
	for i := range q.Clauses {
		c := &q.Clauses[i]
		err := r.clause(ctx, c, func(doc uint32, score float32, typed, lifts bool) {
			switch {
			case c.Not:
				if barred == nil {
					barred = map[uint32]bool{}
				}
				barred[doc] = true
				return
			case lifts:
				lifted = append(lifted, contribution{doc, score})
				return
			}
			if found.scores[doc] == 0 {
				found.matched = append(found.matched, doc)
			}
			found.scores[doc] += score
			found.cover[doc].met |= bit[i]
			if typed {
				found.cover[doc].typed |= bit[i]
			}
			if c.Must {
				if met == nil {
					met = map[uint32]int{}
				}
				met[doc]++
			}
		})
		if err != nil {
			return nil, err
		}
	}
	for _, l := range lifted {
		if found.scores[l.doc] > 0 {
			found.scores[l.doc] += l.score
			found.cover[l.doc].lifted = true
		}
	}
	if must == 0 && len(barred) == 0 {
		return found.matched, nil
	}
	kept := make([]uint32, 0, len(found.matched))
	for _, doc := range found.matched {
		if met[doc] == must && !barred[doc] {
			kept = append(kept, doc)
		}
	}
	return kept, nil
}

// contribution is what a clause adds to the score of a document.
type contribution struct {
	doc   uint32
	score float32
}

// matchOne calls yield for each document that a match finds.
func (r *Reader) matchOne(ctx context.Context, m *Match, yield func(doc uint32, score float32)) error {
	if m.Facet != "" {
		for _, doc := range r.withValue(m.Facet, m.Value) {
			yield(doc, r.valueScore(m, doc))
		}
		return nil
	}
	p, err := r.postingsOf(ctx, m)
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

// Frequency returns how many documents have a word or phrase of terms, as Analyzers give them.
func (r *Reader) Frequency(ctx context.Context, terms []string) (int, error) {
	p, err := r.lookup(ctx, terms)
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
