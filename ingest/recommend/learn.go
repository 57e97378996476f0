package recommend

import (
	"math"
	"math/rand/v2"

	"rapporteur/ingest"
	"rapporteur/ingest/wordclass"
)

// Lesson is an annotated page: what people found that it recommends.
type Lesson struct {
	Record *ingest.Record
	Asks   []Answer
}

// Answer is a recommendation as an annotator wrote it down. Core ones must be found; the others may be.
type Answer struct {
	Text string
	By   string // empty if nobody's
	Core bool
}

// example is a candidate with what it is.
type example struct {
	features
	page  int
	label int // index of the answer on its page, or -1
	core  bool
}

// Learning settings. They were chosen by cross-validation over all annotated pages, never by the figures of one.
const (
	rounds     = 14
	rate       = 0.018
	decay      = 5e-4 // pull of a weight towards nought, a step
	softWeight = 0.03 // of an example that may or may not be found
	folds      = 5    // within the lessons
)

// Learn returns a Finder taught by the lessons. The same lessons in the same order give the same Finder.
func Learn(lessons []Lesson) (*Finder, error) {
	families, err := wordclass.Load()
	if err != nil {
		return nil, err
	}
	f := &Finder{cues: newLexicon(), families: families}
	examples, views := f.examples(lessons)
	f.first = fit(examples)
	first := crossed(examples)
	at := 0
	for _, v := range views {
		n := len(v.candidates)
		seen := make([]features, n)
		for i := range n {
			seen[i] = examples[at+i].features
		}
		v.observe(seen, first[at:at+n])
		for i := range n {
			examples[at+i].features = seen[i]
		}
		at += n
	}
	f.second = fit(examples)
	var held []scored
	for i, p := range crossed(examples) {
		held = append(held, scored{p, examples[i]})
	}
	f.second.threshold = bestThreshold(held, lessons)
	return f, nil
}

// crossed returns the score of every example by a model that was taught without its page.
func crossed(examples []example) []float64 {
	out := make([]float64, len(examples))
	for k := range folds {
		var taught []example
		for _, e := range examples {
			if e.page%folds != k {
				taught = append(taught, e)
			}
		}
		m := fit(taught)
		for i, e := range examples {
			if e.page%folds == k {
				out[i] = m.score(e.features)
			}
		}
	}
	return out
}

// Save returns the model for New to embed.
func (f *Finder) Save() []byte { return f.second.marshal(f.first.marshal([]byte(magic))) }

func (f *Finder) examples(lessons []Lesson) (out []example, views []*view) {
	for p, l := range lessons {
		v := f.view(l.Record)
		texts := make([]string, len(v.candidates))
		for i, c := range v.candidates {
			texts[i] = c.In(l.Record.Text)
		}
		answer := Match(texts, l.Asks)
		for i := range v.candidates {
			e := example{f.features(v, i), p, answer[i], false}
			e.core = e.label >= 0 && l.Asks[e.label].Core
			out = append(out, e)
		}
		views = append(views, v)
	}
	return out, views
}

// fit trains by AdaGrad (Duchi, Hazan and Singer, 2011) on the logistic loss.
func fit(examples []example) *model {
	m := &model{weight: make([]float32, weights)}
	gradient := make([]float32, weights)
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(4, 2))
	sum := make([]float64, weights)
	for range rounds {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			e := &examples[i]
			want, by := 0.0, 1.0
			if e.label >= 0 {
				want = 1
				if !e.core {
					by = softWeight
				}
			}
			g := float32(by * (m.score(e.features) - want))
			for _, k := range e.features {
				d := g + float32(decay)*m.weight[k]
				gradient[k] += d * d
				m.weight[k] -= rate * d / float32(math.Sqrt(float64(gradient[k]))+1e-6)
			}
		}
		for k, w := range m.weight {
			sum[k] += float64(w)
		}
	}
	for k := range m.weight {
		m.weight[k] = float32(sum[k] / rounds)
	}
	return m
}

type scored struct {
	score float64
	example
}

// bestThreshold returns the probability, in hundredths, from which F1 is highest over core answers; others count neither for nor against.
func bestThreshold(held []scored, lessons []Lesson) float64 {
	core := 0.0
	for _, l := range lessons {
		for _, a := range l.Asks {
			if a.Core {
				core++
			}
		}
	}
	best, at := -1.0, 0.5
	for percent := 10; percent < 80; percent++ {
		t := float64(percent) / 100
		var all, right, found float64
		for _, h := range held {
			if h.score < t {
				continue
			}
			if h.label < 0 || h.core {
				all++
			}
			if h.core {
				right++
				found++
			}
		}
		p, r := right/max(all, 1), found/max(core, 1)
		if f1 := 2 * p * r / (p + r + 1e-9); f1 > best {
			best, at = f1, t
		}
	}
	return at
}
