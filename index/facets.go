package index

import (
	"cmp"
	"slices"
)

// filterSet holds the filters of a query, ready to test documents.
type filterSet struct {
	reader   *Reader
	kinds    []bool // nil: all
	prior    []float64
	from, to int32
	filters  []facetFilter
}

type facetFilter struct {
	facet int // -1 for one that the index does not have
	not   bool
	has   []bool // by document: has one of the values
}

func (r *Reader) newFilterSet(q *Query) *filterSet {
	s := &filterSet{reader: r, from: int32(dateNumber(q.From)), to: lastDay(dateNumber(q.To)), prior: make([]float64, len(r.stats.Kinds))}
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
		sf := facetFilter{facet: -1, not: f.Not, has: make([]bool, r.stats.Documents)}
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

// ofKind says whether a document is of a kind that is asked for.
func (s *filterSet) ofKind(doc uint32) bool {
	return s.kinds == nil || s.kinds[s.reader.columns.kind[doc]]
}

// test says whether a document passes all filters. If it fails those of a single facet only, failed is that facet, else -1.
func (s *filterSet) test(doc uint32) (pass bool, failed int) {
	c := s.reader.columns
	if !s.ofKind(doc) {
		return false, -1
	}
	if date := c.date[doc]; s.from > 0 && max(date, c.end[doc]) < s.from || s.to > 0 && (date == 0 || date > s.to) {
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

// facetCounts counts the values of facets.
type facetCounts struct {
	reader *Reader
	query  *Query
	counts []int32 // by ordinal; nil if none are asked for
}

func (r *Reader) newFacetCounts(q *Query) *facetCounts {
	t := &facetCounts{reader: r, query: q}
	if len(q.Facets) > 0 && len(r.columns.facets) > 0 {
		last := &r.columns.facets[len(r.columns.facets)-1]
		t.counts = make([]int32, int(last.base)+len(last.values))
	}
	return t
}

// count adds the values of a document: of every facet, or of the one facet whose filter it failed.
func (t *facetCounts) count(doc uint32, failed int) {
	if t.counts == nil {
		return
	}
	c := t.reader.columns
	ordinals := c.ordinals[c.start[doc]:c.start[doc+1]]
	if failed < 0 {
		for _, ordinal := range ordinals {
			t.counts[ordinal]++
		}
		return
	}
	facet := &c.facets[failed]
	for _, ordinal := range ordinals {
		if ordinal >= facet.base && ordinal < facet.base+uint32(len(facet.values)) {
			t.counts[ordinal]++
		}
	}
}

// results returns the highest counts of each facet, and those of the values that are filtered by.
func (t *facetCounts) results() map[string][]Count {
	out := make(map[string][]Count, len(t.query.Facets))
	for _, name := range t.query.Facets {
		i, ok := slices.BinarySearch(t.reader.stats.Facets, name)
		if !ok || t.counts == nil {
			continue
		}
		facet := &t.reader.columns.facets[i]
		counts := t.counts[facet.base:][:len(facet.values)]
		best := highest(facet.values, counts, t.query.FacetLimit)
		for _, f := range t.query.Filters {
			if f.Facet != name || f.Not {
				continue
			}
			for _, value := range f.Values {
				if slices.ContainsFunc(best, func(c Count) bool { return c.Value == value }) {
					continue
				}
				if at, ok := facet.find(value); ok {
					best = append(best, Count{value, int(counts[at])})
				}
			}
		}
		out[name] = best
	}
	return out
}

// highest returns the values with the highest counts, at most limit of them.
func highest(values []string, counts []int32, limit int) []Count {
	best := make([]Count, 0, limit+1)
	for i, n := range counts {
		if n == 0 || len(best) == limit && (limit == 0 || int(n) <= best[limit-1].Count) {
			continue
		}
		c := Count{values[i], int(n)}
		// Values ascend, so that among equal counts the later one goes behind.
		at, _ := slices.BinarySearchFunc(best, c, func(a, b Count) int { return cmp.Or(b.Count-a.Count, -1) })
		best = slices.Insert(best[:min(len(best), limit-1)], at, c)
	}
	return best
}
