package index

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// top keeps the best hits of a search.
type top struct {
	reader *Reader
	byDate bool
	lead   map[uint32]int // rank, from 1
	first  []uint32
	size   int
	heap   []Hit // the worst first
}

func newTop(r *Reader, q *Query) *top {
	t := &top{reader: r, byDate: q.ByDate, size: q.Offset + q.Limit, lead: map[uint32]int{},
		first: q.First}
	if len(q.Pairs) > 0 {
		t.size = max(t.size, liftDepth)
	}
	for i, doc := range q.Lead {
		if _, ok := t.lead[doc]; !ok {
			t.lead[doc] = i + 1
		}
	}
	return t
}

// before orders hits: leading ones, those of Query.First, then by score or date (those that answer first), then newest, then as they
// were put.
func (t *top) before(a, b Hit) bool {
	if len(t.lead) > 0 {
		x, y := t.rank(a.Doc), t.rank(b.Doc)
		if x != y {
			return x < y
		}
	}
	if len(t.first) > 0 && !t.byDate {
		_, x := slices.BinarySearch(t.first, a.Doc)
		_, y := slices.BinarySearch(t.first, b.Doc)
		if x != y {
			return x
		}
	}
	if t.byDate && (a.Tier == Partly) != (b.Tier == Partly) {
		return a.Tier > b.Tier
	}
	if !t.byDate && a.Score != b.Score {
		return a.Score > b.Score
	}
	date := t.reader.columns.date
	if date[a.Doc] != date[b.Doc] {
		return date[a.Doc] > date[b.Doc]
	}
	if a.Score != b.Score {
		return a.Score > b.Score
	}
	return a.Doc < b.Doc
}

func (t *top) rank(doc uint32) int {
	if rank, ok := t.lead[doc]; ok && !t.byDate {
		return rank
	}
	return math.MaxInt
}

func (t *top) add(h Hit) {
	if len(t.heap) == t.size {
		if t.size == 0 || !t.before(h, t.heap[0]) {
			return
		}
		t.heap[0] = h
		t.down(0)
		return
	}
	t.heap = append(t.heap, h)
	for i := len(t.heap) - 1; i > 0; {
		parent := (i - 1) / 2
		if !t.before(t.heap[parent], t.heap[i]) {
			break
		}
		t.heap[parent], t.heap[i] = t.heap[i], t.heap[parent]
		i = parent
	}
}

func (t *top) down(i int) {
	for {
		worst := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(t.heap); child++ {
			if t.before(t.heap[worst], t.heap[child]) {
				worst = child
			}
		}
		if worst == i {
			return
		}
		t.heap[i], t.heap[worst] = t.heap[worst], t.heap[i]
		i = worst
	}
}

// hits returns the hits kept, the best first.
func (t *top) hits() []Hit {
	t.sort(t.heap)
	return t.heap
}

// sort puts hits in order, the best first.
func (t *top) sort(hits []Hit) {
	slices.SortFunc(hits, func(a, b Hit) int {
		switch {
		case t.before(a, b):
			return -1
		case t.before(b, a):
			return 1
		}
		return cmp.Compare(a.Doc, b.Doc)
	})
}

// liftDepth is how many of the best hits are looked at for the pairs of a query: to find these in all documents costs more than
// the rest of the search, and changes nothing on the first pages of hits. It does not depend on the page asked for, so that paging is
// stable.
const liftDepth = 60

// lift adds to the scores of hits what the pairs of a query gain. A pair is weighed by the mean rarity of its words.
func (r *Reader) lift(ctx context.Context, q *Query, prior []float64, hits []Hit) error {
	at := make(map[uint32]int, len(hits))
	docs := make([]uint32, 0, len(hits))
	for i, h := range hits {
		at[h.Doc] = i
	}
	for _, m := range q.Pairs {
		idf, err := r.pairIDF(ctx, m.Terms)
		if err != nil {
			return err
		}
		docs = docs[:0]
		for _, h := range hits {
			has, err := r.hasAll(ctx, m.Terms, h.Doc)
			if err != nil {
				return err
			}
			if has {
				docs = append(docs, h.Doc)
			}
		}
		weights, err := r.phrase(ctx, m.Terms, anyGap, docs)
		if err != nil {
			return err
		}
		for i, w := range weights {
			if w > 0 {
				kind := r.columns.kind[docs[i]]
				hits[at[docs[i]]].Score += prior[kind] * m.Weight * idf[kind] * float64(w*(k1+1)/(w+k1))
			}
		}
	}
	return nil
}

// hasAll reports whether a document has all terms somewhere.
func (r *Reader) hasAll(ctx context.Context, terms []string, doc uint32) (bool, error) {
	for _, term := range terms {
		p, err := r.lookup(ctx, []string{term})
		if err != nil {
			return false, err
		}
		if _, ok := slices.BinarySearchFunc(p.list, doc, func(p posting, doc uint32) int { return cmp.Compare(p.doc, doc) }); !ok {
			return false, nil
		}
	}
	return true, nil
}

// pairIDF returns the mean inverse document frequency of terms, for each kind.
func (r *Reader) pairIDF(ctx context.Context, terms []string) ([]float64, error) {
	mean := make([]float64, len(r.stats.Kinds))
	for _, term := range terms {
		p, err := r.lookup(ctx, []string{term})
		if err != nil {
			return nil, err
		}
		for kind, n := range p.frequencies {
			mean[kind] += inverse(n, r.stats.Counts[kind]) / float64(len(terms))
		}
	}
	return mean, nil
}
