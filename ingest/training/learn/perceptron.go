package learn

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"rapporteur/ingest/tagger"
)

// Perceptron trains a Model with 2^bits buckets in that many rounds. Mistakes are looked for under a cost: a sequence that
// is wrong in a token has that much added to its score, so that right ones win by a margin. What is learnt depends on the
// order of the examples; the model is the mean of what several orders teach, which errs less than each.
func Perceptron(examples []tagger.Example, bits uint, rounds, orders int, cost float32) *tagger.Model {
	c := newTrainingSet(examples, bits)
	sum := make([]float32, len(c.buckets)*labels)
	var steps tagger.Steps
	for seed := range uint64(orders) {
		w, s := c.learn(rounds, cost, seed)
		for i := range sum {
			sum[i] += w[i] / float32(orders)
		}
		for p := range steps {
			for l := range steps[p] {
				steps[p][l] += s[p][l] / float32(orders)
			}
		}
	}
	weights := make([]float32, labels<<bits)
	for i, b := range c.buckets {
		copy(weights[int(b)*labels:(int(b)+1)*labels], sum[i*labels:])
	}
	return tagger.NewModel(weights, steps, bits)
}

const labels = int(tagger.Labels)

// trainingSet is what is learnt from, with buckets numbered by how often they occur: the weights of common features then stand
// together in the processor's cache, which makes learning several times as fast.
type trainingSet struct {
	examples []tagger.Example
	features [][][]uint32 // by example and token: numbers in buckets
	buckets  []uint32     // the commonest first; those that occur once are left out, since they teach nothing of other places
}

func newTrainingSet(examples []tagger.Example, bits uint) *trainingSet {
	c := &trainingSet{examples: examples, features: make([][][]uint32, len(examples))}
	counts := make([]uint32, 1<<bits)
	for x := range examples {
		for _, fs := range examples[x].Features {
			for _, f := range fs {
				counts[tagger.Bucket(f, bits)]++
			}
		}
	}
	for b, n := range counts {
		if n > 1 {
			c.buckets = append(c.buckets, uint32(b))
		}
	}
	slices.SortFunc(c.buckets, func(a, b uint32) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	number := counts
	clear(number)
	for i, b := range c.buckets {
		number[b] = uint32(i + 1)
	}
	for x := range examples {
		c.features[x] = make([][]uint32, len(examples[x].Features))
		for i, fs := range examples[x].Features {
			own := make([]uint32, 0, len(fs))
			for _, f := range fs {
				if n := number[tagger.Bucket(f, bits)]; n > 0 {
					own = append(own, n-1)
				}
			}
			c.features[x][i] = own
		}
		examples[x].Features = nil
	}
	return c
}

// An example that was right that often in a row is looked at again only every some rounds.
const (
	settled = 2
	again   = 3
)

// learn returns the averaged weights that one order of the examples teaches (Collins 2002).
func (c *trainingSet) learn(rounds int, cost float32, seed uint64) ([]float32, tagger.Steps) {
	size := len(c.buckets) * labels
	w, sum := make([]float32, size), make([]float32, size)
	var steps, stepSum tagger.Steps
	var d tagger.Decoder
	rng := rand.New(rand.NewPCG(7+seed, 11))
	clock := float32(0)
	order, right := make([]int, len(c.examples)), make([]int, len(c.examples))
	for i := range order {
		order[i] = i
	}
	for round := range rounds {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, x := range order {
			ex, features := &c.examples[x], c.features[x]
			n := len(ex.Labels)
			if n == 0 {
				continue
			}
			clock++
			if right[x] >= settled && (round+x)%again != 0 {
				continue
			}
			emit := d.Emissions(n)
			for i, fs := range features {
				var e [labels]float32
				for l := range e {
					e[l] = cost
				}
				e[ex.Labels[i]] = 0
				for _, f := range fs {
					row := (*[labels]float32)(w[int(f)*labels:])
					for l := range e {
						e[l] += row[l]
					}
				}
				copy(emit[i*labels:], e[:])
			}
			path := d.Best(n, &steps)
			right[x]++
			was, is := tagger.O, tagger.O
			for i := range n {
				want, got := ex.Labels[i], path[i]
				if want != got {
					right[x] = 0
					for _, f := range features[i] {
						at := int(f) * labels
						w[at+int(want)] += ex.Weight
						w[at+int(got)] -= ex.Weight
						sum[at+int(want)] += ex.Weight * clock
						sum[at+int(got)] -= ex.Weight * clock
					}
				}
				if want != got || was != is {
					steps[was][want] += ex.Weight
					steps[is][got] -= ex.Weight
					stepSum[was][want] += ex.Weight * clock
					stepSum[is][got] -= ex.Weight * clock
				}
				was, is = want, got
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
