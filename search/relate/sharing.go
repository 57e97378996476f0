package relate

import (
	"math"
	"slices"
)

// sharing is what pages have in common of one kind: people, topics, terms of titles. A thing counts by its rarity.
type sharing struct {
	keys   []string
	of     [][]int // of each page: the numbers of its things, without repeats
	pages  [][]int // of each thing: its pages, in order
	rarity []float64
	mass   []float64 // of each page: the sum of the squares of its things' rarities
}

// newSharing takes the keys of the things of each page.
func newSharing(keys [][]string) *sharing {
	s := &sharing{of: make([][]int, len(keys)), mass: make([]float64, len(keys))}
	number := map[string]int{}
	for i, ks := range keys {
		for _, k := range ks {
			n, ok := number[k]
			if !ok {
				n = len(s.pages)
				number[k] = n
				s.keys = append(s.keys, k)
				s.pages = append(s.pages, nil)
			}
			if l := s.pages[n]; len(l) == 0 || l[len(l)-1] != i {
				s.pages[n] = append(l, i)
				s.of[i] = append(s.of[i], n)
			}
		}
	}
	s.rarity = make([]float64, len(s.pages))
	for n, l := range s.pages {
		s.rarity[n] = math.Log(float64(1+len(keys)) / float64(len(l)))
	}
	for i, ns := range s.of {
		for _, n := range ns {
			s.mass[i] += s.rarity[n] * s.rarity[n]
		}
	}
	return s
}

// hub is on how many pages a thing is that makes no two of them near: everybody has met it.
const hub = 200

// find calls yield with each page that shares something with a page, and the cosine of their things, in [0, 1].
func (s *sharing) find(page int, sum *summed, yield func(other int, cosine float64)) {
	for _, n := range s.of[page] {
		if len(s.pages[n]) > hub {
			continue
		}
		r := s.rarity[n] * s.rarity[n]
		for _, other := range s.pages[n] {
			sum.add(other, r)
		}
	}
	for _, other := range sum.touched {
		if m := s.mass[page] * s.mass[other]; m > 0 {
			yield(other, min(1, sum.score[other]/math.Sqrt(m)))
		}
	}
	sum.clear()
}

// common returns the numbers of what two pages share, rarest first.
func (s *sharing) common(page, other int) []int {
	var l []scored
	for _, n := range s.of[page] {
		if slices.Contains(s.of[other], n) {
			l = append(l, scored{n, s.rarity[n]})
		}
	}
	slices.SortFunc(l, heavier)
	numbers := make([]int, len(l))
	for i, x := range l {
		numbers[i] = x.number
	}
	return numbers
}
