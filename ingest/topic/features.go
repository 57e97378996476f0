package topic

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"rapporteur/ingest/fold"
	"rapporteur/ingest/tagger"
)

// What speaks for a topic of a page: the features of a logistic regression. Everything is counted without the page itself, so that a page
// which states its topics can stand for one that does not.
const (
	always   = iota // 1
	near            // share of the votes of the pages most alike
	nearest         // whether no topic has more
	alike           // cosine with the sum of the topic's pages
	likest          // whether no topic's is higher
	titled          // whether the title names it
	named           // logarithm of how often the text names it
	project         // share of the pages of the same project that state it
	author          // the same of the author's pages
	category        // the same of the category
	linked          // share of the pages it links to that state it, or are about it
	usual           // log odds of the topic among all pages
	featureCount
)

type features [featureCount]float64

// features returns what speaks for each label on page i.
func (s *site) features(i int) []features {
	out := make([]features, len(s.labels))
	d := &s.docs[i]
	own := s.has[i]
	self := slices.Contains(own, true)
	pages := float64(len(s.taught))
	if self {
		pages--
	}
	minus := func(l int) float64 {
		if own[l] {
			return 1
		}
		return 0
	}
	s.compare(out, i, own)
	for l := range s.labels {
		c := &out[l]
		c[always] = 1
		n := float64(s.prior[l]) - minus(l)
		c[usual] = math.Log((n + 0.5) / (pages - n + 0.5))
		for _, form := range append([]string{fold.Lower(s.labels[l])}, s.names.forms[s.labels[l]]...) {
			if len(occurrences(d.title, d.title, form, 1)) > 0 {
				c[titled] = 1
			}
			body := d.lower
			if b := s.records[i].Blocks; len(b) > 0 {
				body = d.lower[s.bodyStart(i):]
			}
			c[named] = max(c[named], math.Log1p(float64(len(occurrences(body, body, form, 20)))))
		}
		prior := (n + 0.5) / (pages + 1)
		for k := range []int{project, author, category} {
			c[project+k] = prior
		}
	}
	for _, by := range d.by {
		kind := project
		switch {
		case strings.HasPrefix(by, authorOf):
			kind = author
		case strings.HasPrefix(by, categoryOf):
			kind = category
		}
		g, ok := s.given[by]
		if !ok {
			continue
		}
		pages := float64(g.pages)
		if self {
			pages--
		}
		for l := range s.labels {
			prior := math.Exp(out[l][usual]) / (1 + math.Exp(out[l][usual]))
			share := (float64(g.labels[l]) - minus(l) + prior) / (pages + 1)
			out[l][kind] = max(out[l][kind], share)
		}
	}
	if len(d.links) > 0 {
		for l := range s.labels {
			n := 0.0
			for _, to := range d.links {
				if s.has[to][l] {
					n++
				}
			}
			out[l][linked] = n / float64(len(d.links)+1)
		}
	}
	return out
}

// bodyStart is where the text of page i begins that is not front matter, which may state the topics.
func (s *site) bodyStart(i int) int {
	at := 0
	for _, b := range s.records[i].Blocks {
		if b.Kind != "field" && b.Kind != "title" {
			return b.Start
		}
		at = b.End
	}
	return at
}

// compare fills in the likeness with the pages of each label, singly and together.
func (s *site) compare(out []features, i int, own []bool) {
	d := &s.docs[i]
	dots := make([]float64, len(s.labels))
	for _, t := range d.terms {
		for l, v := range s.sums[t.word] {
			dots[l] += t.weight * v
		}
	}
	for l := range dots {
		square := s.norms[l]
		if own[l] { // the page has length one
			square += 1 - 2*dots[l]
			dots[l]--
		}
		if square > 1e-9 {
			out[l][alike] = dots[l] / math.Sqrt(square)
		}
	}
	sum := 1e-9
	for _, p := range s.closest(i) {
		sum += p.likeness
		for l, has := range s.has[p.page] {
			if has {
				out[l][near] += p.likeness
			}
		}
	}
	best, like := 0, 0
	for l := range out {
		out[l][near] /= sum
		if out[l][near] > out[best][near] {
			best = l
		}
		if out[l][alike] > out[like][alike] {
			like = l
		}
	}
	out[best][nearest], out[like][likest] = 1, 1
}

// neighbour is a labelled page, with how like another it is.
type neighbour struct {
	page     int
	likeness float64
}

// likenesses is the memory in which the neighbours of one page after the other are found: of each page its likeness, and those that have
// one.
type likenesses struct {
	of      []float64
	touched []int
}

// closest returns the labelled pages that are most like a page, neighbours of them, those first that are most like it.
func (s *site) closest(i int) []neighbour {
	m, ok := s.memory.Get().(*likenesses)
	if !ok {
		m = &likenesses{of: make([]float64, len(s.records))}
	}
	defer s.memory.Put(m)
	for _, t := range voices(s.docs[i].terms) {
		for _, p := range s.post[t.word] {
			if p.page == i {
				continue
			}
			if m.of[p.page] == 0 {
				m.touched = append(m.touched, p.page)
			}
			m.of[p.page] += t.weight * p.weight
		}
	}
	closer := func(a, b neighbour) int { return cmp.Or(cmp.Compare(b.likeness, a.likeness), a.page-b.page) }
	list := make([]neighbour, 0, neighbours+1)
	for _, page := range m.touched {
		n := neighbour{page, m.of[page]}
		m.of[page] = 0
		if len(list) == neighbours && closer(list[neighbours-1], n) < 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(list, n, closer)
		list = slices.Insert(list, at, n)
		list = list[:min(len(list), neighbours)]
	}
	m.touched = m.touched[:0]
	return list
}

// regression weighs the features: a logistic regression, taught by the pages of the site that state their topics.
type regression struct{ weight features }

func (m *regression) probability(c features) float64 {
	sum := 0.0
	for k, w := range m.weight {
		sum += w * c[k]
	}
	return tagger.Sigmoid(sum)
}

// ridge keeps the weights small, for sites with few examples.
const ridge = 1.0

// calibrate teaches a regression by Newton's method.
func (s *site) calibrate(seen [][]features) *regression {
	m := &regression{}
	var taught []int
	for _, i := range s.taught {
		if topical(s.records[i]) {
			taught = append(taught, i)
		}
	}
	for range 12 {
		var slope features
		var bend [featureCount][featureCount]float64
		for k := range bend {
			bend[k][k] = ridge
			slope[k] = -ridge * m.weight[k]
		}
		for _, i := range taught {
			for l := range s.labels {
				c := &seen[i][l]
				p := m.probability(*c)
				want := 0.0
				if s.has[i][l] {
					want = 1
				}
				for a := range c {
					slope[a] += (want - p) * c[a]
					for b := 0; b <= a; b++ {
						bend[a][b] += p * (1 - p) * c[a] * c[b]
					}
				}
			}
		}
		step := solve(bend, slope)
		for k := range step {
			m.weight[k] += step[k]
		}
	}
	return m
}

// solve returns x of bend x = slope, by Cholesky's method. Only the lower half of bend is read.
func solve(bend [featureCount][featureCount]float64, slope features) features {
	var low [featureCount][featureCount]float64
	for a := range bend {
		for b := 0; b <= a; b++ {
			sum := bend[a][b]
			for k := range b {
				sum -= low[a][k] * low[b][k]
			}
			if a == b {
				low[a][a] = math.Sqrt(max(sum, 1e-9))
			} else {
				low[a][b] = sum / low[b][b]
			}
		}
	}
	var y, x features
	for a := range y {
		y[a] = slope[a]
		for k := range a {
			y[a] -= low[a][k] * y[k]
		}
		y[a] /= low[a][a]
	}
	for a := featureCount - 1; a >= 0; a-- {
		x[a] = y[a]
		for k := a + 1; k < featureCount; k++ {
			x[a] -= low[k][a] * x[k]
		}
		x[a] /= low[a][a]
	}
	return x
}
