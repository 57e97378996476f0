package index

import (
	"cmp"
	"slices"
)

// sieve holds the filters of a query, ready to test documents.
type sieve struct {
	reader   *Reader
	kinds    []bool // nil: all
	prior    []float64
	from, to int32
	filters  []sieveFilter
}

type sieveFilter struct {
	facet int // -1 for one that the index does not have
	not   bool
	has   []bool // by document: has one of the values
}

func (r *Reader) newSieve(q *Query) *sieve {
	s := &sieve{reader: r, from: int32(dateNumber(q.From)), to: lastDay(dateNumber(q.To)), prior: make([]float64, len(r.stats.Kinds))}
	if len(q.Kinds) > 0 {
		s.kinds = make([]bool, len(r.stats.Kinds))
	}
	for i, kind := range r.stats.Kinds {
		s.prior[i] = 1
		if p, ok := q.Prior[kind]; ok {
			s.prior[i] = p
		}
		if s.kinds != nil {
			s.kinds[i] = slices.Contains(q.Kinds, kind)
		}
	}
	for _, f := range q.Filters {
		sf := sieveFilter{facet: -1, not: f.Not, has: make([]bool, r.stats.Documents)}
		if i, ok := slices.BinarySearch(r.stats.Facets, f.Facet); ok {
			sf.facet = i
		}
		for _, value := range f.Values {
			for _, doc := range r.withValue(f.Facet, value) {
				sf.has[doc] = true
			}
		}
		s.filters = append(s.filters, sf)
	}
	return s
}

// lastDay fills the zeros of a date number with nines, so that it bounds the whole year or month.
func lastDay(n int) int32 {
	switch {
	case n == 0:
		return 0
	case n%10000 == 0:
		return int32(n + 9999)
	case n%100 == 0:
		return int32(n + 99)
	}
	return int32(n)
}

// test says whether a document passes all filters. If it fails those of a single facet only, failed is that facet, else -1.
func (s *sieve) test(doc uint32) (pass bool, failed int) {
	c := s.reader.columns
	if s.kinds != nil && !s.kinds[c.kind[doc]] {
		return false, -1
	}
	if date := c.date[doc]; s.from > 0 && date < s.from || s.to > 0 && (date == 0 || date > s.to) {
		return false, -1
	}
	failed = -1
	for i := range s.filters {
		f := &s.filters[i]
		if f.has[doc] != f.not {
			continue
		}
		if f.not || f.facet < 0 || failed >= 0 && failed != f.facet {
			return false, -1
		}
		failed = f.facet
	}
	return failed < 0, failed
}

// tally counts the values of facets.
type tally struct {
	reader *Reader
	limit  int
	facets []int     // to count
	counts [][]int32 // by facet and ordinal; nil for facets that are not counted
	chosen []Filter
}

func (r *Reader) newTally(q *Query) *tally {
	t := &tally{reader: r, limit: q.FacetLimit, chosen: q.Filters, counts: make([][]int32, len(r.stats.Facets))}
	for _, name := range q.Facets {
		if i, ok := slices.BinarySearch(r.stats.Facets, name); ok {
			t.facets = append(t.facets, i)
			t.counts[i] = make([]int32, len(r.columns.facets[i].values))
		}
	}
	return t
}

// count adds the values of a document: of every facet, or of the one facet whose filter it failed.
func (t *tally) count(doc uint32, failed int) {
	if failed >= 0 {
		t.countFacet(doc, failed)
		return
	}
	for _, facet := range t.facets {
		t.countFacet(doc, facet)
	}
}

func (t *tally) countFacet(doc uint32, facet int) {
	counts := t.counts[facet]
	if counts == nil {
		return
	}
	for _, ordinal := range t.reader.columns.facets[facet].of(doc) {
		counts[ordinal]++
	}
}

// results returns the highest counts of each facet, and those of the values that are filtered by.
func (t *tally) results() map[string][]Count {
	out := make(map[string][]Count, len(t.facets))
	for _, facet := range t.facets {
		counts := t.counts[facet]
		name := t.reader.stats.Facets[facet]
		values := t.reader.columns.facets[facet].values
		best := make([]Count, 0, t.limit+1)
		for ordinal, n := range counts {
			if n == 0 || len(best) == t.limit && int(n) <= best[len(best)-1].Count {
				continue
			}
			c := Count{values[ordinal], int(n)}
			// Ordinals ascend by value, so that among equal counts the later one goes behind.
			at, _ := slices.BinarySearchFunc(best, c, func(a, b Count) int { return cmp.Or(b.Count-a.Count, -1) })
			if len(best) == t.limit {
				best = best[:t.limit-1]
			}
			best = slices.Insert(best, at, c)
		}
		for _, f := range t.chosen {
			if f.Facet != name || f.Not {
				continue
			}
			for _, value := range f.Values {
				if slices.ContainsFunc(best, func(c Count) bool { return c.Value == value }) {
					continue
				}
				if ordinal, ok := t.reader.columns.facets[facet].ordinal(value); ok {
					best = append(best, Count{value, int(counts[ordinal])})
				}
			}
		}
		out[name] = best
	}
	return out
}
