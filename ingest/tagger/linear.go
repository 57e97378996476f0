package tagger

import (
	"math"
	"math/rand/v2"
)

// Linear says how likely one thing is, from its features. It is safe for parallel use.
type Linear struct {
	bits uint
	rows []int8
	unit float32
}

// Case is a thing to learn from.
type Case struct {
	Features []uint32
	Is       bool
	Weight   float32 // 1 is usual
}

// Probability is the chance, 0 to 1, that the thing with these features is so.
// A nil Linear holds everything for even.
func (m *Linear) Probability(features []uint32) float64 {
	if m == nil {
		return 0.5
	}
	var sum int32
	for _, f := range features {
		sum += int32(m.rows[bucket(f, m.bits)])
	}
	return sigmoid(float64(sum) * float64(m.unit))
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// LearnLinear fits a logistic regression with 2^bits buckets by AdaGrad (Duchi et al. 2011), pulled to 0 by decay.
func LearnLinear(cases []Case, bits uint, rounds int, decay float64) *Linear {
	w, g2 := make([]float64, 1<<bits), make([]float64, 1<<bits)
	rng := rand.New(rand.NewPCG(5, 3))
	order := make([]int, len(cases))
	for i := range order {
		order[i] = i
	}
	for range rounds {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, x := range order {
			c := &cases[x]
			sum := 0.0
			for _, f := range c.Features {
				sum += w[bucket(f, bits)]
			}
			miss := -sigmoid(sum)
			if c.Is {
				miss++
			}
			miss *= float64(c.Weight)
			for _, f := range c.Features {
				b := bucket(f, bits)
				g := miss - decay*w[b]
				g2[b] += g * g
				w[b] += 0.2 * g / math.Sqrt(g2[b]+1e-8)
			}
		}
	}
	top := 0.0
	for _, x := range w {
		top = max(top, math.Abs(x))
	}
	m := &Linear{bits: bits, rows: make([]int8, len(w)), unit: float32(max(top, 1e-6) / 127)}
	for i, x := range w {
		m.rows[i] = int8(math.Round(x / float64(m.unit)))
	}
	return m
}
