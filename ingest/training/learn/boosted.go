package learn

import (
	"math"
	"math/rand/v2"
	"slices"

	"rapporteur/ingest/tagger"
)

const (
	treeBins  = 48 // ranges that a number's values are cut into
	treeDepth = 5
	treeRate  = 0.07
	treeLeast = 6   // weight of cases that an answer must stand on
	treeLimit = 4.0 // pulls answers to 0
	treeShare = 0.7 // of the cases that a tree is grown from
	treeSight = 0.5 // of the numbers that a tree may look at
)

// Boosted boosts regression trees on the logistic loss (Friedman 2001; the gain and the answers are those of Chen and
// Guestrin 2016). It is deterministic.
func Boosted(cases []tagger.Case, rounds int) *tagger.Trees {
	if len(cases) == 0 {
		return nil
	}
	g := newTreeBuilder(cases)
	yes, all := 1.0, 2.0
	for i := range cases {
		all += float64(cases[i].Weight)
		if cases[i].Is {
			yes += float64(cases[i].Weight)
		}
	}
	m := &tagger.Trees{Base: float32(math.Log(yes / (all - yes)))}
	score := make([]float64, len(cases))
	for i := range score {
		score[i] = float64(m.Base)
	}
	rng := rand.New(rand.NewPCG(7, 11))
	for range rounds {
		var rows []int32
		for i := range cases {
			p := tagger.Sigmoid(score[i])
			is := 0.0
			if cases[i].Is {
				is = 1
			}
			w := float64(cases[i].Weight)
			g.first[i], g.second[i] = w*(p-is), w*max(p*(1-p), 1e-6)
			if rng.Float64() < treeShare {
				rows = append(rows, int32(i))
			}
		}
		for f := range g.seen {
			g.seen[f] = rng.Float64() < treeSight
		}
		g.tree = nil
		g.grow(rows, 0)
		m.Trees = append(m.Trees, g.tree)
		for i := range cases {
			score[i] += float64(tagger.Answer(g.tree, cases[i].Numbers))
		}
	}
	return m
}

// treeBuilder grows one tree after the other from the same cases.
type treeBuilder struct {
	bins          [][]uint8   // by feature and case
	edges         [][]float32 // by feature: the highest value of each bin but the last
	seen          []bool      // by feature: the tree may look at it
	first, second []float64   // by case: derivatives of the loss
	tree          []tagger.Node
}

func newTreeBuilder(cases []tagger.Case) *treeBuilder {
	n := len(cases[0].Numbers)
	g := &treeBuilder{bins: make([][]uint8, n), edges: make([][]float32, n), seen: make([]bool, n), first: make([]float64, len(cases)),
		second: make([]float64, len(cases))}
	values := make([]float32, len(cases))
	for f := range n {
		for i := range cases {
			values[i] = cases[i].Numbers[f]
		}
		slices.Sort(values)
		distinct := slices.Compact(slices.Clone(values))
		var edges []float32
		if len(distinct) <= treeBins {
			edges = append(edges, distinct[:len(distinct)-1]...)
		} else {
			for k := 1; k < treeBins; k++ {
				if e := values[k*len(values)/treeBins]; (len(edges) == 0 || e > edges[len(edges)-1]) && e < distinct[len(distinct)-1] {
					edges = append(edges, e)
				}
			}
		}
		g.edges[f] = edges
		g.bins[f] = make([]uint8, len(cases))
		for i := range cases {
			at, _ := slices.BinarySearch(edges, cases[i].Numbers[f])
			g.bins[f][i] = uint8(at)
		}
	}
	return g
}

// grow adds the tree of these cases and returns the number of its root.
func (g *treeBuilder) grow(rows []int32, depth int) int16 {
	at := int16(len(g.tree))
	var sum, weight float64
	for _, r := range rows {
		sum += g.first[r]
		weight += g.second[r]
	}
	g.tree = append(g.tree, tagger.Node{Number: -1, Value: float32(-treeRate * sum / (weight + treeLimit))})
	if depth == treeDepth || len(rows) < 2*treeLeast {
		return at
	}
	best, feature, bin := 1e-3, -1, 0
	for f := range g.bins {
		if !g.seen[f] {
			continue
		}
		var sums, weights [treeBins]float64
		var counts [treeBins]int
		bins := g.bins[f]
		for _, r := range rows {
			b := bins[r]
			sums[b] += g.first[r]
			weights[b] += g.second[r]
			counts[b]++
		}
		var s, w float64
		n := 0
		for b := range g.edges[f] {
			s, w, n = s+sums[b], w+weights[b], n+counts[b]
			if n < treeLeast || len(rows)-n < treeLeast {
				continue
			}
			gain := s*s/(w+treeLimit) + (sum-s)*(sum-s)/(weight-w+treeLimit) - sum*sum/(weight+treeLimit)
			if gain > best {
				best, feature, bin = gain, f, b
			}
		}
	}
	if feature < 0 {
		return at
	}
	var left, right []int32
	for _, r := range rows {
		if int(g.bins[feature][r]) <= bin {
			left = append(left, r)
		} else {
			right = append(right, r)
		}
	}
	g.tree[at].Number, g.tree[at].Value = int16(feature), g.edges[feature][bin]
	l := g.grow(left, depth+1)
	r := g.grow(right, depth+1)
	g.tree[at].Left, g.tree[at].Right = l, r
	return at
}
