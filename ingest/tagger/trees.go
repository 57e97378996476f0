package tagger

import (
	"math"
	"sync"
)

// Trees say how likely one thing is, from a few numbers that describe it: what a sum of weights cannot, such as "near, but
// somebody else is nearer". They are safe for parallel use.
type Trees struct {
	Base     float32 // log odds before the first tree
	Trees    [][]Node
	even     evenTrees
	levelled sync.Once
}

// Node is a question about one number, or an answer. The first of a tree is its root.
type Node struct {
	Number      int16   // which number is asked about; -1 for an answer
	Left, Right int16   // the nodes to go on with where it is at most the limit, and where it is above
	Value       float32 // the limit, or the answer in log odds
}

// Probability is the chance, 0 to 1, that the thing so described is so. Nil Trees hold everything for even.
func (m *Trees) Probability(numbers []float32) float64 {
	if m == nil {
		return 0.5
	}
	m.levelled.Do(func() { m.even = level(m.Trees) })
	return Sigmoid(float64(m.even.sum(m.Base, numbers)))
}

// Answer is what one tree says of the thing that these numbers describe, in log odds.
func Answer(tree []Node, numbers []float32) float32 {
	n := &tree[0]
	for n.Number >= 0 {
		if numbers[n.Number] <= n.Value {
			n = &tree[n.Left]
		} else {
			n = &tree[n.Right]
		}
	}
	return n.Value
}

// Ensemble says how likely one thing is: by its words, and by that chance and numbers together. The two are averaged, in log
// odds, the trees counting more.
type Ensemble struct {
	Linear *Linear
	Trees  *Trees
}

// Ensemble returns the classifiers of that name.
func (m *Models) Ensemble(name string) Ensemble { return Ensemble{m.Linear[name], m.Trees[name]} }

// Probability is the chance, 0 to 1, that the thing with these features and numbers is so. The first number is left for the
// chance that the features give; it is written.
func (e Ensemble) Probability(features []uint32, numbers []float32) float64 {
	chance := e.Linear.Probability(features)
	if e.Trees == nil {
		return chance
	}
	numbers[0] = float32(chance)
	return Sigmoid(0.7*odds(e.Trees.Probability(numbers)) + 0.3*odds(chance))
}

// odds is the inverse of Sigmoid, within bounds.
func odds(p float64) float64 {
	p = min(max(p, 1e-4), 1-1e-4)
	return math.Log(p / (1 - p))
}
