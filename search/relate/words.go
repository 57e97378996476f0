package relate

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// The constants of BM25F (Robertson, Zaragoza and Taylor 2004), and of the query that a page makes of itself.
const (
	saturation   = 1.2
	lengthEffect = 0.6
	titleWeight  = 3
	queryLength  = 50   // of a page's own features, the best
	commonest    = 0.3  // a feature of a larger part of the pages says nothing about any
	rarest       = 2    // a feature of fewer pages connects none
	mostPages    = 2000 // nor does one of more pages than this, of however many: else each page would look at a part of all
	found        = 300  // pages kept of those that a page finds
)

// scored is a thing by number, with a weight: a page, or a feature.
type scored struct {
	number int
	weight float64
}

// heavier orders by weight, heaviest first, and then by number.
func heavier(a, b scored) int {
	if c := cmp.Compare(b.weight, a.weight); c != 0 {
		return c
	}
	return cmp.Compare(a.number, b.number)
}

// lexicon holds features of the texts of all pages: terms, or phrases.
type lexicon struct {
	features []uint64   // by number
	pages    [][]scored // of each feature: its pages, in order
	queries  [][]scored // of each page: its best features, heaviest first
	from, to [][]scored // of each page: the pages that it finds, and that find it; in [0, 1]
}

// counted is how often a feature stands on a page.
type counted struct {
	number      int
	title, body float64
}

// newLexicon takes the features of each page's title and body.
func newLexicon(titles, bodies [][]uint64) *lexicon {
	n := len(titles)
	x := &lexicon{queries: make([][]scored, n), from: make([][]scored, n)}
	var titleMean, bodyMean float64
	number := map[uint64]int{}
	var frequency []int // of each feature: how many pages have it
	pages := make([][]counted, n)
	for i := range pages {
		titleMean += float64(len(titles[i])) / float64(n)
		bodyMean += float64(len(bodies[i])) / float64(n)
		pages[i] = count(titles[i], bodies[i])
		for k := range pages[i] {
			feature := uint64(pages[i][k].number)
			f, ok := number[feature]
			if !ok {
				f = len(frequency)
				number[feature] = f
				frequency = append(frequency, 0)
				x.features = append(x.features, feature)
			}
			frequency[f]++
			pages[i][k].number = f
		}
	}
	most := min(max(rarest, int(commonest*float64(n))), mostPages)
	x.pages = make([][]scored, len(frequency))
	for i, own := range pages {
		var query []scored
		for _, c := range own {
			df := frequency[c.number]
			if df < rarest || df > most {
				continue
			}
			if x.pages[c.number] == nil {
				x.pages[c.number] = make([]scored, 0, df)
			}
			idf := math.Log(1 + (float64(n-df)+.5)/(float64(df)+.5))
			tf := c.body/lengthNorm(len(bodies[i]), bodyMean) + titleWeight*c.title/lengthNorm(len(titles[i]), titleMean)
			x.pages[c.number] = append(x.pages[c.number], scored{i, idf * tf * (saturation + 1) / (tf + saturation)})
			query = append(query, scored{c.number, idf * math.Log(1+c.body+titleWeight*c.title)})
		}
		slices.SortFunc(query, heavier)
		x.queries[i] = slices.Clone(query[:min(queryLength, len(query))])
	}
	sums := sync.Pool{New: func() any { return &summed{score: make([]float64, n)} }}
	each(n, func(i int) {
		s := sums.Get().(*summed)
		x.from[i] = x.find(i, s)
		sums.Put(s)
	})
	x.to = transpose(x.from)
	return x
}

// count returns the features of a page, each once and in order, with the feature itself for a number.
func count(title, body []uint64) (out []counted) {
	title, body = slices.Sorted(slices.Values(title)), slices.Sorted(slices.Values(body))
	for len(title) > 0 || len(body) > 0 {
		var f uint64
		if len(body) == 0 || len(title) > 0 && title[0] < body[0] {
			f = title[0]
		} else {
			f = body[0]
		}
		c := counted{number: int(f)}
		for ; len(title) > 0 && title[0] == f; title = title[1:] {
			c.title++
		}
		for ; len(body) > 0 && body[0] == f; body = body[1:] {
			c.body++
		}
		out = append(out, c)
	}
	return out
}

func lengthNorm(length int, mean float64) float64 {
	if mean == 0 {
		return 1
	}
	return 1 - lengthEffect + lengthEffect*float64(length)/mean
}

// find returns the pages that a page's best features find, best first; the best has weight 1.
func (x *lexicon) find(page int, s *summed) []scored {
	for _, q := range x.queries[page] {
		for _, p := range x.pages[q.number] {
			s.add(p.number, q.weight*p.weight)
		}
	}
	s.score[page] = 0
	l := s.heaviest(found)
	s.clear()
	for k := len(l) - 1; k >= 0; k-- {
		l[k].weight /= l[0].weight
	}
	return l
}

// summed adds up scores of pages, for one page after the other: few of all pages have one.
type summed struct {
	score   []float64 // of each page
	touched []int     // those with a score
}

func (s *summed) add(page int, score float64) {
	if s.score[page] == 0 {
		s.touched = append(s.touched, page)
	}
	s.score[page] += score
}

func (s *summed) clear() {
	for _, page := range s.touched {
		s.score[page] = 0
	}
	s.touched = s.touched[:0]
}

// heaviest returns the n greatest of the scores above zero, heaviest first, without sorting the others.
func (s *summed) heaviest(n int) []scored {
	l := make([]scored, 0, min(2*n, len(s.touched)))
	least := 0.0 // of what there are n of already, the least
	for _, page := range s.touched {
		if score := s.score[page]; score <= 0 || score < least {
			continue
		}
		if l = append(l, scored{page, s.score[page]}); len(l) == 2*n {
			slices.SortFunc(l, heavier)
			l = l[:n]
			least = l[n-1].weight
		}
	}
	slices.SortFunc(l, heavier)
	return slices.Clone(l[:min(n, len(l))])
}

// ties returns the features by which a page finds another, those that count most first.
func (x *lexicon) ties(page, other int) []scored {
	var l []scored
	for _, q := range x.queries[page] {
		at, ok := slices.BinarySearchFunc(x.pages[q.number], other, func(p scored, other int) int { return p.number - other })
		if ok {
			l = append(l, scored{q.number, q.weight * x.pages[q.number][at].weight})
		}
	}
	slices.SortFunc(l, heavier)
	return l
}

// transpose turns "a finds b" into "b is found by a".
func transpose(rows [][]scored) [][]scored {
	out := make([][]scored, len(rows))
	for i, row := range rows {
		for _, p := range row {
			out[p.number] = append(out[p.number], scored{i, p.weight})
		}
	}
	return out
}
