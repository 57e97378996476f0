package recommend

import (
	"math"
	"math/rand/v2"

	"rapporteur/ingest"
	"rapporteur/ingest/tagger"
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
	told  int // so many of the features, the first, tell of the genre
	page  int
	label int // index of the answer on its page, or -1
	core  bool

	excerpt bool // of a part of its page, which is an example as a whole too
}

// Learning settings. They were chosen by cross-validation over all annotated pages, never by the figures of one.
const (
	rounds     = 14
	rate       = 0.018
	decay      = 5e-4 // pull of a weight towards nought, a step
	softWeight = 0.03 // of an example that may or may not be found
	untold     = 0.35 // of the times that an example is seen, it is so without the genre, as on pages that have none
	folds      = 5    // within the lessons
)

// Grow makes trees from cases, the same from the same.
type Grow func([]tagger.Case) *tagger.Trees

// Learn returns a Finder taught by the lessons. The same lessons in the same order give the same Finder.
func Learn(lessons []Lesson, grow Grow) (*Finder, error) {
	families, err := wordclass.Load()
	if err != nil {
		return nil, err
	}
	f := &Finder{cues: newLexicon(), families: families}
	examples, views := f.examples(lessons)
	f.first = fit(examples)
	first := crossed(examples)
	nears := make([]*nearness, len(views))
	at := 0
	for p, v := range views {
		n := len(v.candidates)
		seen := make([]features, n)
		for i := range n {
			seen[i] = examples[at+i].features
		}
		nears[p] = v.observe(seen, first[at:at+n])
		for i := range n {
			examples[at+i].features = seen[i]
		}
		at += n
	}
	f.second = fit(examples)
	second := crossed(examples)
	cases := make([]tagger.Case, 0, len(examples))
	at = 0
	rng := rand.New(rand.NewPCG(3, 1))
	for p, v := range views {
		n := len(v.candidates)
		for i := range n {
			e := &examples[at+i]
			c := tagger.Case{Is: e.label >= 0, Weight: 1, Numbers: f.numbers(v, i, first[at:at+n], second[at+i], nears[p])}
			if e.label >= 0 && !e.core {
				c.Weight = softWeight
			}
			if rng.Float64() < untold {
				clear(c.Numbers[genreAt : genreAt+len(numberedGenres)])
			}
			cases = append(cases, c)
		}
		at += n
	}
	f.trees = grow(worth(cases, second, func(int) bool { return true }))
	var held []scored
	for k := range folds {
		trees := grow(worth(cases, second, func(i int) bool { return examples[i].page%folds != k }))
		for i, e := range examples {
			if e.page%folds != k || e.excerpt {
				continue
			}
			h := scored{second[i], e}
			if second[i] >= doubtful {
				h.score = together(second[i], trees.Probability(cases[i].Numbers))
			}
			held = append(held, h)
		}
	}
	f.second.threshold = bestThreshold(held, lessons)
	return f, nil
}

// worth are the cases that use allows and that the trees are asked about.
func worth(cases []tagger.Case, second []float64, use func(int) bool) []tagger.Case {
	var out []tagger.Case
	for i, c := range cases {
		if second[i] >= doubtful && use(i) {
			out = append(out, c)
		}
	}
	return out
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

// examples describes the candidates of all lessons, and of an excerpt of each.
func (f *Finder) examples(lessons []Lesson) (out []example, views []*view) {
	rng := rand.New(rand.NewPCG(5, 8))
	for p, l := range lessons {
		n := len(out)
		out, views = f.describe(l.Record, l.Asks, p, out, views)
		if r := excerpt(l.Record, out[n:], views[len(views)-1], rng); r != nil {
			from := len(out)
			out, views = f.describe(r, l.Asks, p, out, views)
			for i := from; i < len(out); i++ {
				out[i].excerpt = true
			}
		}
	}
	return out, views
}

func (f *Finder) describe(r *ingest.Record, asks []Answer, page int, out []example, views []*view) ([]example, []*view) {
	v := f.view(r)
	texts := make([]string, len(v.candidates))
	for i, c := range v.candidates {
		texts[i] = c.In(r.Text)
	}
	answer := Match(texts, asks)
	for i := range v.candidates {
		e := example{page: page, label: answer[i]}
		e.features, e.told = f.features(v, i)
		e.core = e.label >= 0 && asks[e.label].Core
		out = append(out, e)
	}
	return out, append(views, v)
}

// longestExcerpt is the number of blocks of the longest excerpt.
const longestExcerpt = 8

// excerpt is a page of a few blocks out of the middle of a page, of no genre, around an ask in half of the cases: on short pages, of
// which few are annotated, an ask has to be known by itself. It is nil where the page is short.
func excerpt(r *ingest.Record, seen []example, v *view, rng *rand.Rand) *ingest.Record {
	if len(r.Blocks) <= longestExcerpt || len(seen) == 0 {
		return nil
	}
	var asks []int
	for i, e := range seen {
		if e.core {
			asks = append(asks, i)
		}
	}
	at, half := rng.IntN(len(seen)), rng.IntN(2) == 0
	if len(asks) > 0 && half {
		at = asks[rng.IntN(len(asks))]
	}
	size := 2 + rng.IntN(longestExcerpt-1)
	start := max(0, v.candidates[at].block-rng.IntN(size))
	end := min(len(r.Blocks), start+size)
	page := &ingest.Page{Path: r.Path, Title: r.Title, Text: r.Text, Kind: r.Page.Kind, Links: r.Links}
	within := func(of int) int {
		if of < start || of >= end {
			return -1
		}
		return of - start
	}
	for _, b := range r.Blocks[start:end] {
		b.Heading, b.LeadIn, b.Parent = within(b.Heading), within(b.LeadIn), within(b.Parent)
		page.Blocks = append(page.Blocks, b)
	}
	out := *r
	out.Page = page
	return &out
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
			seen := e.features
			if rng.Float64() < untold {
				seen = seen[e.told:]
			}
			g := float32(by * (m.score(seen) - want))
			for _, k := range seen {
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
