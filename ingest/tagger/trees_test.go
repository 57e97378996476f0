package tagger

import (
	"math"
	"math/rand/v2"
	"testing"
)

// grown is a tree of at most that depth.
func grown(rng *rand.Rand, tree []Node, depth int) []Node {
	at := len(tree)
	tree = append(tree, Node{Number: -1, Value: float32(rng.NormFloat64())})
	if depth == 0 || rng.IntN(5) == 0 {
		return tree
	}
	left := len(tree)
	tree = grown(rng, tree, depth-1)
	right := len(tree)
	tree = grown(rng, tree, depth-1)
	tree[at] = Node{Number: int16(rng.IntN(6)), Left: int16(left), Right: int16(right), Value: float32(rng.IntN(7)-3) / 2}
	return tree
}

// What trees say is the sum of what each answers, to the bit.
func TestTrees(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		m := &Trees{Base: float32(rng.NormFloat64())}
		for range rng.IntN(20) {
			m.Trees = append(m.Trees, grown(rng, nil, rng.IntN(6)))
		}
		for range 50 {
			numbers := make([]float32, 6)
			for i := range numbers {
				numbers[i] = float32(rng.IntN(9)-4) / 2
				if rng.IntN(9) == 0 {
					numbers[i] = float32(math.Copysign(0, -1))
				}
			}
			want := m.Base
			for _, tree := range m.Trees {
				want += Answer(tree, numbers)
			}
			if got := m.Probability(numbers); got != Sigmoid(float64(want)) {
				t.Fatalf("of %v: %v, want %v", numbers, got, Sigmoid(float64(want)))
			}
		}
	}
}
