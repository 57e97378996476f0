package score

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"

	"rapporteur/ingest"
)

// names of what is marked, in the order of a report.
var names = [...]string{"people", "organisations", "speakers", "affiliations", "roles", "former", "countries", "recommendations", "asks",
	"attribution", "addressee"}

// AskMeasures are the measures of recommendations.
var AskMeasures = []string{"recommendations", "asks", "attribution", "addressee"}

// tally counts one measure: right ones among those extracted, right ones among those annotated, and which went wrong.
type tally struct {
	hitP, pred, hitR, gold int
	missed, wrong          []string
	judged                 []judgement
}

// judgement says whether one extracted thing, counted from 0, is right; what is optional is not judged. of is its person, for an
// affiliation.
type judgement struct {
	of, at int
	right  bool
}

func (t *tally) mark(of, at int, right bool) { t.judged = append(t.judged, judgement{of, at, right}) }

func (t *tally) miss(s string)  { t.missed = append(t.missed, s) }
func (t *tally) err(s string)   { t.wrong = append(t.wrong, s) }
func (t *tally) counts() counts { return counts{t.hitP, t.pred, t.hitR, t.gold} }

// counts is a tally without the names, to be summed.
type counts struct{ hitP, pred, hitR, gold int }

func (c *counts) add(d counts) {
	c.hitP, c.pred, c.hitR, c.gold = c.hitP+d.hitP, c.pred+d.pred, c.hitR+d.hitR, c.gold+d.gold
}

func (c counts) marks() (precision, recall, f1 float64) {
	precision, recall = 0, 1
	if c.pred > 0 {
		precision = float64(c.hitP) / float64(c.pred)
	} else if c.gold == 0 {
		precision = 1
	}
	if c.gold > 0 {
		recall = float64(c.hitR) / float64(c.gold)
	}
	if precision+recall > 0 {
		f1 = 2 * precision * recall / (precision + recall)
	}
	return precision, recall, f1
}

// Measure is one line of a report. Precision, recall and F1 are 0 to 1.
type Measure struct {
	Name                  string
	Precision, Recall, F1 float64
	Low, High             float64 // 95 % bootstrap interval of F1 over pages
	Gold                  int
	Missed, Wrong         []string // "slug: name"
}

// Report is what marking gives: the measures in a fixed order.
type Report struct {
	Pages     int // annotated
	Extracted int // those of them that were extracted
	Measures  []Measure
}

// Mark marks the records against the annotations. Pages without a record count as extracted empty; records without an
// annotation are ignored.
func Mark(gold Gold, records []*ingest.Record) *Report {
	bySlug := map[string]*ingest.Record{}
	for _, r := range records {
		bySlug[Slug(r.Path)], bySlug[r.Path] = r, r
	}
	report := &Report{Pages: len(gold), Measures: make([]Measure, len(names))}
	pages := make([][len(names)]counts, 0, len(gold))
	for _, s := range slices.Sorted(maps.Keys(gold)) {
		key := s
		if strings.Contains(gold[s].Page, "/") {
			key = gold[s].Page
		}
		r := bySlug[key]
		if r != nil {
			report.Extracted++
		} else {
			r = &ingest.Record{}
		}
		var page [len(names)]counts
		for i, t := range markPage(gold[s], r) {
			page[i] = t.counts()
			m := &report.Measures[i]
			for _, x := range t.missed {
				m.Missed = append(m.Missed, s+": "+x)
			}
			for _, x := range t.wrong {
				m.Wrong = append(m.Wrong, s+": "+x)
			}
		}
		pages = append(pages, page)
	}
	rng := rand.New(rand.NewPCG(7, 7))
	const draws = 500
	var f1s [len(names)][draws]float64
	for d := range draws {
		var sum [len(names)]counts
		for range pages {
			p := &pages[rng.IntN(len(pages))]
			for i := range p {
				sum[i].add(p[i])
			}
		}
		for i := range sum {
			_, _, f1s[i][d] = sum[i].marks()
		}
	}
	for i, name := range names {
		var sum counts
		for _, p := range pages {
			sum.add(p[i])
		}
		m := &report.Measures[i]
		m.Name, m.Gold = name, sum.gold
		m.Precision, m.Recall, m.F1 = sum.marks()
		slices.Sort(f1s[i][:])
		m.Low, m.High = f1s[i][draws*25/1000], f1s[i][draws*975/1000]
	}
	return report
}

// String prints a line a measure.
func (r *Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d pages, %d of them extracted\n%-16s %9s %7s %6s  %-13s %5s\n", r.Pages, r.Extracted, "measure", "precision", "recall",
		"F1", "95% interval", "gold")
	for _, m := range r.Measures {
		fmt.Fprintf(&b, "%-16s %9.3f %7.3f %6.3f  %.3f - %.3f %5d\n", m.Name, m.Precision, m.Recall, m.F1, m.Low, m.High, m.Gold)
	}
	return b.String()
}

// pairUp matches extracted with annotated entities one to one, the most shared forms first, and says which extracted ones to ignore.
func pairUp(gold []Entity, goldForms, found []set) (matched map[int]int, ignored map[int]bool) {
	type option struct{ shared, gap, i, j int }
	var options []option
	for j, f := range found {
		for i, s := range goldForms {
			if n := f.shared(s); n > 0 {
				options = append(options, option{n, abs(len(f) - len(s)), i, j})
			}
		}
	}
	sort.Slice(options, func(x, y int) bool {
		a, b := options[x], options[y]
		switch {
		case a.shared != b.shared:
			return a.shared > b.shared
		case a.gap != b.gap:
			return a.gap < b.gap
		case a.i != b.i:
			return a.i < b.i
		}
		return a.j < b.j
	})
	matched, ignored = map[int]int{}, map[int]bool{}
	used := map[int]bool{}
	for _, o := range options {
		if _, done := matched[o.j]; !done && !used[o.i] {
			matched[o.j] = o.i
			used[o.i] = true
		}
	}
	for j, i := range matched {
		if gold[i].Optional {
			ignored[j] = true
		}
	}
	for j := range found {
		if _, ok := matched[j]; ok {
			continue
		}
		for i := range gold {
			if gold[i].Optional && found[j].shared(gold[i].forms()) > 0 {
				ignored[j] = true
			}
		}
	}
	return matched, ignored
}

func abs(n int) int { return max(n, -n) }

func markEntities(gold []Entity, goldForms, found []set, said []string) (*tally, map[int]int) {
	t := &tally{}
	matched, ignored := pairUp(gold, goldForms, found)
	hit := map[int]bool{}
	for j, i := range matched {
		if !ignored[j] {
			hit[i] = true
		}
	}
	t.hitP, t.hitR, t.pred = len(hit), len(hit), len(found)-len(ignored)
	for i, g := range gold {
		if !g.Optional {
			t.gold++
			if !hit[i] {
				t.miss(g.Name)
			}
		}
	}
	for j := range found {
		_, ok := matched[j]
		if !ok && !ignored[j] {
			t.err(said[j])
		}
		if !ignored[j] {
			t.mark(j, j, ok)
		}
	}
	return t, matched
}

// markPage gives a page's tallies in the order of names.
func markPage(g *Page, r *ingest.Record) [len(names)]*tally {
	var out [len(names)]*tally
	people := make([]Entity, len(g.People))
	var goldForms, found []set
	var said []string
	for i, p := range g.People {
		people[i] = p.Entity
		goldForms = append(goldForms, p.fullForms())
	}
	for i := range r.People {
		found, said = append(found, formsOf(&r.People[i].Reference)), append(said, r.People[i].Name)
	}
	var personOf map[int]int
	out[0], personOf = markEntities(people, goldForms, found, said)

	goldForms, found, said = nil, nil, nil
	for i := range g.Organisations {
		goldForms = append(goldForms, g.Organisations[i].forms())
	}
	for i := range r.Organisations {
		found, said = append(found, formsOf(&r.Organisations[i])), append(said, r.Organisations[i].Name)
	}
	out[1], _ = markEntities(g.Organisations, goldForms, found, said)

	out[2] = markSpeakers(g, r, personOf)
	out[3], out[4], out[5] = markAffiliations(g, r, personOf)
	out[6] = markCountries(g, r)
	out[7], out[8], out[9], out[10] = markRecommendations(g, r)
	return out
}

func markSpeakers(g *Page, r *ingest.Record, personOf map[int]int) *tally {
	t := &tally{}
	for i, p := range g.People {
		if !p.Speaker || p.Optional {
			continue
		}
		t.gold++
		hit := false
		for j, k := range personOf {
			hit = hit || k == i && r.People[j].Speaker
		}
		if hit {
			t.hitR++
		} else {
			t.miss(p.Name)
		}
	}
	for j := range r.People {
		if !r.People[j].Speaker {
			continue
		}
		i, ok := personOf[j]
		if ok && g.People[i].Optional {
			continue
		}
		t.pred++
		t.mark(j, j, ok && g.People[i].Speaker)
		if ok && g.People[i].Speaker {
			t.hitP++
		} else {
			t.err(r.People[j].Name)
		}
	}
	return t
}

func markCountries(g *Page, r *ingest.Record) *tally {
	need, may, have := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, c := range g.Countries {
		may[c.Code] = true
		if c.Kind != "place" {
			need[c.Code] = true
		}
	}
	for i := range r.Countries {
		have[strings.ToUpper(r.Countries[i].Code)] = true
	}
	t := &tally{gold: len(need)}
	for _, c := range slices.Sorted(maps.Keys(have)) {
		switch {
		case need[c]:
			t.hitP++
			t.hitR++
			t.pred++
		case !may[c]:
			t.pred++
			t.err(c)
		}
	}
	for _, c := range slices.Sorted(maps.Keys(need)) {
		if !have[c] {
			t.miss(c)
		}
	}
	return t
}
