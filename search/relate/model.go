package relate

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
)

// around is how many pages before and after a page in time may be offered, whatever they say.
const around = 20

// Pair is a page that may be offered, and its signals, each in [0, 1].
type Pair struct {
	To      int
	Signals [signals]float64
}

// Model holds what is known of the pages of a site, for finding pairs. Pages go by their number in the records.
type Model struct {
	records  []*ingest.Record
	site     *inversion.Site
	texts    *texts
	words    *lexicon
	feature  map[uint32]int // of words, by term
	phrases  *lexicon
	naming   *naming
	passages [][]scored        // of each page: those with a passage that finds it
	sharings [signals]*sharing // empty for signals that are none
	days     []float64         // since 1970; NaN without a date
	byDay    []int             // pages, in order of date; those without one last
	place    []int             // of each page in byDay
	pairing  sync.Pool         // of pairings
	readings []reading         // of each page
}

// pairing is the memory in which the pairs of one page after the other are found.
type pairing struct {
	summed
	at    []int32 // of each page: 1 + its place among the pairs, 0 without one
	pairs []Pair
}

// NewModel reads a site. terms makes index terms of a word: stemmed, none for one that says nothing.
func NewModel(site *inversion.Site, terms func(string) []string) *Model {
	records := site.Records
	n := len(records)
	m := &Model{site: site, records: records, texts: newTexts(records, terms),
		days: make([]float64, n), byDay: make([]int, n), place: make([]int, n), readings: make([]reading, n)}
	m.pairing.New = func() any { return &pairing{summed{score: make([]float64, n)}, make([]int32, n), nil} }
	features := func(of func([]word) []uint64) *lexicon {
		titles, bodies := make([][]uint64, n), make([][]uint64, n)
		for i := range records {
			titles[i], bodies[i] = of(m.texts.titles[i]), of(m.texts.bodies[i])
		}
		return newLexicon(titles, bodies)
	}
	m.words, m.phrases = features(m.texts.terms), features(m.texts.phrases)
	m.feature = make(map[uint32]int, len(m.words.features))
	for f, term := range m.words.features {
		m.feature[uint32(term)] = f
	}
	m.naming = newNaming(site, m.texts)
	m.passages = transpose(m.findByPassages())
	for s := range m.sharings {
		m.sharings[s] = newSharing(make([][]string, n))
	}
	for s, keys := range m.sharedThings() {
		all := make([][]string, n)
		for i := range records {
			all[i] = keys(i)
		}
		m.sharings[s] = newSharing(all)
	}
	for i, r := range records {
		m.byDay[i], m.days[i] = i, math.NaN()
		if t, err := time.Parse(time.DateOnly, r.Date); err == nil {
			m.days[i] = float64(t.Unix() / 86400)
		}
	}
	slices.SortStableFunc(m.byDay, func(a, b int) int {
		switch {
		case math.IsNaN(m.days[a]) || math.IsNaN(m.days[b]):
			return -cmp.Compare(m.days[a], m.days[b]) // NaN is the least to Compare
		}
		return cmp.Compare(m.days[a], m.days[b])
	})
	for k, i := range m.byDay {
		m.place[i] = k
	}
	return m
}

// sharedThings returns how to list the things of a page, by the signal that they are shared.
func (m *Model) sharedThings() map[signal]func(page int) []string {
	references := func(of func(r *ingest.Record, add func(id ingest.IRI, name string))) func(int) []string {
		return func(page int) (keys []string) {
			of(m.records[page], func(id ingest.IRI, name string) {
				if k := cmp.Or(string(id), name); k != "" {
					keys = append(keys, k)
				}
			})
			return keys
		}
	}
	ofScheme := func(project bool) func(*ingest.Record, func(ingest.IRI, string)) {
		return func(r *ingest.Record, add func(ingest.IRI, string)) {
			for _, t := range r.Topics {
				if !t.Inferred && (t.Scheme == "project") == project {
					add(t.IRI, t.Name)
				}
			}
		}
	}
	return map[signal]func(int) []string{
		titles: func(page int) (keys []string) {
			for _, t := range m.texts.terms(m.texts.titles[page]) {
				keys = append(keys, strconv.FormatUint(t, 36))
			}
			return keys
		},
		people: references(func(r *ingest.Record, add func(ingest.IRI, string)) {
			for _, p := range r.People {
				add(p.IRI, p.Name)
			}
		}),
		organisations: references(func(r *ingest.Record, add func(ingest.IRI, string)) {
			for _, o := range r.Organisations {
				add(o.IRI, o.Name)
			}
		}),
		topics:   references(ofScheme(false)),
		projects: references(ofScheme(true)),
		countries: references(func(r *ingest.Record, add func(ingest.IRI, string)) {
			for _, c := range r.Countries {
				add(c.IRI, c.Code)
			}
		}),
		asks: references(func(r *ingest.Record, add func(ingest.IRI, string)) {
			for _, a := range r.Recommendations {
				add(cmp.Or(a.SameAs, a.IRI), "")
			}
		}),
		categories: func(page int) []string { return m.records[page].Categories },
	}
}

// Pairs returns the pages that may be offered to a page's reader, in order of number.
func (m *Model) Pairs(page int) []Pair {
	work := m.pairing.Get().(*pairing)
	defer m.pairing.Put(work)
	m.pair(page, work)
	order := make([]int, len(work.pairs)) // pairs are large: each is moved once
	for k := range order {
		order[k] = k
	}
	slices.SortFunc(order, func(a, b int) int { return work.pairs[a].To - work.pairs[b].To })
	sorted := make([]Pair, len(order))
	for at, k := range order {
		sorted[at] = work.pairs[k]
	}
	return sorted
}

// best returns the best pairs of a page, as scored by weights, best first.
func (m *Model) best(page int, w *Weights) []scored {
	work := m.pairing.Get().(*pairing)
	defer m.pairing.Put(work)
	m.pair(page, work)
	return w.score(work.pairs)
}

// pair finds the pairs of a page, in any order, and leaves them in work.
func (m *Model) pair(page int, work *pairing) {
	n := len(m.records)
	work.pairs = work.pairs[:0]
	pair := func(other int) *Pair {
		if work.at[other] == 0 {
			work.pairs = append(work.pairs, Pair{To: other})
			work.at[other] = int32(len(work.pairs))
		}
		return &work.pairs[work.at[other]-1]
	}
	for s, rows := range map[signal][][]scored{
		wordsFrom: m.words.from, wordsTo: m.words.to, phrasesFrom: m.phrases.from, phrasesTo: m.phrases.to,
		names: m.naming.names, named: m.naming.named, passagesTo: m.passages,
	} {
		for _, p := range rows[page] {
			pair(p.number).Signals[s] = p.weight
		}
	}
	for s, x := range m.sharings {
		x.find(page, &work.summed, func(other int, cosine float64) {
			if other != page {
				pair(other).Signals[s] = cosine
			}
		})
	}
	for _, other := range m.byDay[max(0, m.place[page]-around):min(n, m.place[page]+around+1)] {
		if other != page {
			pair(other)
		}
	}
	for k := range work.pairs {
		work.at[work.pairs[k].To] = 0
		m.placePair(page, &work.pairs[k])
	}
}

// placePair sets the signals of time and kind.
func (m *Model) placePair(page int, p *Pair) {
	if d := math.Abs(m.days[page] - m.days[p.To]); !math.IsNaN(d) {
		p.Signals[season] = math.Exp(-d / 60)
		p.Signals[week] = math.Exp(-d / 7)
	}
	switch m.records[p.To].Kind {
	case ingest.ProjectPage:
		p.Signals[toProject] = 1
	case ingest.PersonPage:
		p.Signals[toPerson] = 1
	case ingest.TopicPage:
		p.Signals[toTopic] = 1
	}
}

// nameOf is what the site calls an entity, "" if it has none with this IRI.
func (m *Model) nameOf(iri ingest.IRI) string {
	if e := m.site.Entity(iri); e != nil {
		return e.Name
	}
	return ""
}

// each calls f for 0 to n-1, in parallel.
func each(n int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
