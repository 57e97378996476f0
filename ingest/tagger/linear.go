package tagger

import "math"

// Linear says how likely one thing is, from its features. It is safe for parallel use.
type Linear struct {
	bits uint
	rows []int8
	unit float32
}

// Case is a thing to learn from.
type Case struct {
	Features []uint32
	Numbers  []float32 // what describes it besides, for Trees; the first is left for the chance that the features give
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
		sum += int32(m.rows[Bucket(f, m.bits)])
	}
	return Sigmoid(float64(sum) * float64(m.unit))
}

// Sigmoid is the logistic function.
func Sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// NewLinear makes a classifier of 2^bits buckets from its weights, which are kept in 8 bits.
func NewLinear(weights []float64, bits uint) *Linear {
	top := 0.0
	for _, x := range weights {
		top = max(top, math.Abs(x))
	}
	m := &Linear{bits: bits, rows: make([]int8, len(weights)), unit: float32(max(top, 1e-6) / 127)}
	for i, x := range weights {
		m.rows[i] = int8(math.Round(x / float64(m.unit)))
	}
	return m
}
