package learn

import (
	"math/rand/v2"

	"rapporteur/ingest/tagger"
)

// Perceptron trains a Model with 2^bits buckets in that many rounds. Mistakes are looked for under a cost: a sequence that
// is wrong in a token has that much added to its score, so that right ones win by a margin. What is learnt depends on the
// order of the examples; the model is the mean of what several orders teach, which errs less than each.
func Perceptron(examples []tagger.Example, bits uint, rounds int, cost float32) *tagger.Model {
	sum := make([]float32, int(tagger.Labels)<<bits)
	var steps tagger.Steps
	for seed := range uint64(orders) {
		w, s := perceptron(examples, bits, rounds, cost, seed)
		for i := range sum {
			sum[i] += w[i] / orders
		}
		for p := range steps {
			for l := range steps[p] {
				steps[p][l] += s[p][l] / orders
			}
		}
	}
	return tagger.NewModel(sum, steps, bits)
}

// orders is how many orders of the examples a model is learnt from.
const orders = 2

// perceptron returns the averaged weights that one order of the examples teaches (Collins 2002).
func perceptron(examples []tagger.Example, bits uint, rounds int, cost float32, seed uint64) ([]float32, tagger.Steps) {
	size := int(tagger.Labels) << bits
	w, sum := make([]float32, size), make([]float32, size)
	var steps, stepSum tagger.Steps
	var d tagger.Decoder
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
			emit := d.Emissions(n)
			for i, fs := range ex.Features {
				e := emit[i*int(tagger.Labels) : (i+1)*int(tagger.Labels)]
				for l := range e {
					e[l] = cost
				}
				e[ex.Labels[i]] = 0
				for _, f := range fs {
					row := w[tagger.Bucket(f, bits)*int(tagger.Labels):]
					for l := range e {
						e[l] += row[l]
					}
				}
			}
			path := d.Best(n, &steps)
			was, is := tagger.O, tagger.O
			for i := range n {
				right, got := ex.Labels[i], path[i]
				if right != got {
					for _, f := range ex.Features[i] {
						at := tagger.Bucket(f, bits) * int(tagger.Labels)
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
