package tagger

import (
	"math"
	"math/rand/v2"
)

// Example is a sequence to learn from.
type Example struct {
	Features [][]uint32 // by token
	Labels   []Label
	Weight   float32 // how much a mistake on it counts; 1 is usual
}

// Learn trains a Model with 2^bits buckets in that many rounds. Mistakes are looked for under a cost: a sequence that
// is wrong in a token has that much added to its score, so that right ones win by a margin. What is learnt depends on the
// order of the examples; the model is the mean of what several orders teach, which errs less than each.
func Learn(examples []Example, bits uint, rounds int, cost float32) *Model {
	sum := make([]float32, stride<<bits)
	var steps [labels][labels]float32
	for seed := range uint64(orders) {
		w, s := learn(examples, bits, rounds, cost, seed)
		for i := range sum {
			sum[i] += w[i] / orders
		}
		for p := range steps {
			for l := range steps[p] {
				steps[p][l] += s[p][l] / orders
			}
		}
	}
	return quantise(sum, steps, bits)
}

// orders is how many orders of the examples a model is learnt from.
const orders = 2

// learn returns the averaged weights that one order of the examples teaches (Collins 2002).
func learn(examples []Example, bits uint, rounds int, cost float32, seed uint64) ([]float32, [labels][labels]float32) {
	size := stride << bits
	w, sum := make([]float32, size), make([]float32, size)
	var steps, stepSum [labels][labels]float32
	var d Decoder
	rng := rand.New(rand.NewPCG(7+seed, 11))
	clock := float32(0)
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	for range rounds {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, x := range order {
			ex := &examples[x]
			n := len(ex.Labels)
			if n == 0 {
				continue
			}
			clock++
			d.grow(n)
			for i, fs := range ex.Features {
				e := d.emit[i*stride : (i+1)*stride]
				for l := range e {
					e[l] = cost
				}
				e[ex.Labels[i]] = 0
				for _, f := range fs {
					row := w[bucket(f, bits)*stride:]
					for l := range e {
						e[l] += row[l]
					}
				}
			}
			d.best(n, &steps)
			was, is := O, O
			for i := range n {
				right, got := ex.Labels[i], d.path[i]
				if right != got {
					for _, f := range ex.Features[i] {
						at := bucket(f, bits) * stride
						w[at+int(right)] += ex.Weight
						w[at+int(got)] -= ex.Weight
						sum[at+int(right)] += ex.Weight * clock
						sum[at+int(got)] -= ex.Weight * clock
					}
				}
				if right != got || was != is {
					steps[was][right] += ex.Weight
					steps[is][got] -= ex.Weight
					stepSum[was][right] += ex.Weight * clock
					stepSum[is][got] -= ex.Weight * clock
				}
				was, is = right, got
			}
		}
	}
	// averaging: what a weight was over all steps, w - sum/clock
	for i := range w {
		w[i] -= sum[i] / clock
	}
	for p := range steps {
		for l := range steps[p] {
			steps[p][l] -= stepSum[p][l] / clock
		}
	}
	return w, steps
}

// quantise keeps weights in 8 bits; the few that are larger than 127 units are cut.
func quantise(w []float32, steps [labels][labels]float32, bits uint) *Model {
	var sq float64
	n := 0
	for _, x := range w {
		if x != 0 {
			sq += float64(x) * float64(x)
			n++
		}
	}
	unit := float32(math.Sqrt(sq/float64(max(n, 1)))) * 8 / 127
	if unit == 0 {
		unit = 1
	}
	m := &Model{bits: bits, rows: make([]int8, len(w)), unit: unit}
	for i, x := range w {
		m.rows[i] = int8(max(-127, min(127, math.Round(float64(x/unit)))))
	}
	for p := range steps {
		for l := range steps[p] {
			m.steps[p][l] = steps[p][l] / unit
		}
	}
	return m
}
