package relate

import (
	"math"
	"slices"
)

const (
	voices = 10 // how many of a page's nearest vouch for others
	listed = 60 // how many pages of each list are looked at
)

// score returns the best pairs of a page, best first.
func (w *Weights) score(pairs []Pair) []scored {
	l := make([]scored, 0, 2*listed)
	cut := func() {
		slices.SortFunc(l, heavier)
		l = l[:min(listed, len(l))]
	}
	least := math.Inf(-1) // of what there are enough of already, the least
	for k := range pairs {
		p := scored{number: pairs[k].To}
		for j, v := range pairs[k].Signals {
			p.weight += v * w.Signals[j]
		}
		if p.weight < least {
			continue
		}
		if l = append(l, p); len(l) == 2*listed {
			cut()
			least = l[listed-1].weight
		}
	}
	cut()
	return slices.Clone(l)
}

// vouch adds to each list what the nearest pages of its page say of others: their own nearest, in proportion.
func (w *Weights) vouch(lists [][]scored) [][]scored {
	out := make([][]scored, len(lists))
	each(len(lists), func(i int) {
		scores := make(map[int]float64, 2*listed)
		for _, p := range lists[i] {
			scores[p.number] = p.weight
		}
		for _, v := range lists[i][:min(voices, len(lists[i]))] {
			for _, p := range lists[v.number][:min(voices, len(lists[v.number]))] {
				if p.number != i && v.weight > 0 && p.weight > 0 {
					scores[p.number] += w.Vouch * v.weight * p.weight / voices
				}
			}
		}
		l := make([]scored, 0, len(scores))
		for p, s := range scores {
			l = append(l, scored{p, s})
		}
		slices.SortFunc(l, heavier)
		out[i] = l
	})
	return out
}

// Rank orders, for every page, the pages that its reader may want, nearest first, by the weights alone.
func Rank(pairs [][]Pair, w Weights) [][]int {
	lists := make([][]scored, len(pairs))
	each(len(pairs), func(i int) { lists[i] = w.score(pairs[i]) })
	out := make([][]int, len(lists))
	for i, l := range w.vouch(lists) {
		for _, p := range l {
			out[i] = append(out[i], p.number)
		}
	}
	return out
}
