package relate

import (
	"math"
	"slices"
	"sync"
)

const (
	passageTerms = 40 // that a passage has at least, in as many blocks as it takes; at the end of a page a quarter will do
	passageQuery = 12 // of its terms, the best
	passageFound = 60 // pages kept of those that it finds
)

// findByPassages lists the pages that each page finds by one of its passages, each with what the best of them brings: the part of the
// most that its terms could weigh on any pages, in [0, 1]. So a diary of many things finds what each of them is about.
func (m *Model) findByPassages() [][]scored {
	n := len(m.records)
	rarity, most := make([]float64, len(m.words.features)), make([]float64, len(m.words.features))
	for f := range m.words.features {
		if pages := m.words.pages[f]; len(pages) > 0 {
			rarity[f] = math.Log(1 + (float64(n-len(pages))+.5)/(float64(len(pages))+.5))
			for _, p := range pages {
				most[f] = max(most[f], p.weight)
			}
		}
	}
	out := make([][]scored, n)
	sums := sync.Pool{New: func() any { return &summed{score: make([]float64, n)} }}
	each(n, func(i int) {
		s := sums.Get().(*summed)
		best := map[int]float64{}
		m.eachPassage(i, func(terms []uint32) {
			times := map[int]float64{}
			for _, t := range terms {
				if f, ok := m.feature[t]; ok && rarity[f] > 0 {
					times[f]++
				}
			}
			query := make([]scored, 0, len(times))
			for f, times := range times {
				query = append(query, scored{f, rarity[f] * math.Log(1+times)})
			}
			slices.SortFunc(query, heavier)
			whole := 0.0
			for _, q := range query[:min(passageQuery, len(query))] {
				whole += q.weight * most[q.number]
				for _, p := range m.words.pages[q.number] {
					if p.number != i {
						s.add(p.number, q.weight*p.weight)
					}
				}
			}
			for _, p := range s.heaviest(passageFound) {
				best[p.number] = max(best[p.number], p.weight/whole)
			}
			s.clear()
		})
		sums.Put(s)
		for _, p := range sortedKeys(best) {
			out[i] = append(out[i], scored{p, best[p]})
		}
	})
	return out
}

// eachPassage calls f with the terms of each passage of a page's text, in order. The slice is used again.
func (m *Model) eachPassage(page int, f func(terms []uint32)) {
	var terms []uint32
	block, blocks := 0, m.records[page].Blocks
	for _, w := range m.texts.bodies[page] {
		for block < len(blocks) && blocks[block].End <= int(w.start) {
			if block++; len(terms) >= passageTerms {
				f(terms)
				terms = terms[:0]
			}
		}
		if t := m.texts.term[w.number]; t != noTerm {
			terms = append(terms, t)
		}
	}
	if len(terms) >= passageTerms/4 {
		f(terms)
	}
}
