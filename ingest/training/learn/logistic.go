package learn

import (
	"math"
	"math/rand/v2"

	"rapporteur/ingest/tagger"
)

// Logistic fits a logistic regression with 2^bits buckets by AdaGrad (Duchi et al. 2011), pulled to 0 by decay.
func Logistic(cases []tagger.Case, bits uint, rounds int, decay float64) *tagger.Linear {
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
				sum += w[tagger.Bucket(f, bits)]
			}
			miss := -tagger.Sigmoid(sum)
			if c.Is {
				miss++
			}
			miss *= float64(c.Weight)
			for _, f := range c.Features {
				b := tagger.Bucket(f, bits)
				g := miss - decay*w[b]
				g2[b] += g * g
				w[b] += 0.2 * g / math.Sqrt(g2[b]+1e-8)
			}
		}
	}
	return tagger.NewLinear(w, bits)
}
