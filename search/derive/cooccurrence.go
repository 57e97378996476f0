package derive

import (
	"cmp"
	"math"
	"slices"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// meetings counts whom one entity meets, for one entity after the other: an entry for each entity of the site, those in
// use listed in touched.
type tally struct {
	pages, spoke []int32
	score        []float64
	touched      []int
	chosen       []int // place in the list of the chosen, from 1; 0 for who is not
}

func newTally(entities int) *tally {
	return &tally{pages: make([]int32, entities), spoke: make([]int32, entities), score: make([]float64, entities), chosen: make([]int, entities)}
}

func (m *tally) clear() {
	for _, n := range m.touched {
		m.pages[n], m.spoke[n], m.score[n] = 0, 0, 0
	}
	m.touched = m.touched[:0]
}

// meetingPage is a page where two meet: here and there are their places in its leaf.
type meeting struct {
	page, here, there int
	spoke             bool
}

// connections ranks what stands on the same pages, by kind, and the people who spoke on them too.
func (b *Inversion) connections(n int, m *tally) (byKind map[string][]answer.Connection, coSpeakers []answer.Connection) {
	m.clear()
	for _, s := range b.seen[n] {
		named := b.pages[s.page].named
		if len(named) > maxNamed {
			continue
		}
		weight := 1 / math.Log2(float64(1+len(named)))
		for at := range named {
			other := named[at].entity
			if other == n {
				continue
			}
			if m.pages[other] == 0 {
				m.touched = append(m.touched, other)
			}
			m.pages[other]++
			m.score[other] += weight
			tied, spoke := b.tied(&named[s.at], &named[at])
			if tied {
				m.score[other]++
			}
			if spoke {
				m.spoke[other]++
			}
		}
	}
	lists := map[kinds.Kind][]int{}
	for _, other := range m.touched {
		k := kinds.Kind(b.site.Entities[other].Kind)
		lists[k] = append(lists[k], other)
	}
	byRank := func(x, y int) int {
		return cmp.Or(int(m.pages[y]-m.pages[x]), cmp.Compare(m.score[y], m.score[x]), b.rank[x]-b.rank[y])
	}
	most := min(maxConnections, 8+4*len(b.seen[n])) // one page connects everything on it: little is lost
	var speakers []int
	if b.site.Entities[n].Kind == ingest.Person {
		for _, other := range lists[kinds.Person] {
			if m.spoke[other] > 0 {
				speakers = append(speakers, other)
			}
		}
		slices.SortFunc(speakers, func(x, y int) int { return cmp.Or(int(m.spoke[y]-m.spoke[x]), byRank(x, y)) })
		speakers = speakers[:min(most, len(speakers))]
	}
	var chosen []int
	for kind, list := range lists {
		slices.SortFunc(list, byRank)
		lists[kind] = list[:min(most, len(list))]
		chosen = append(chosen, lists[kind]...)
	}
	pages := b.meet(n, m, append(chosen, speakers...))

	byKind = map[string][]answer.Connection{}
	for kind, list := range lists {
		out := make([]answer.Connection, len(list))
		for i, other := range list {
			out[i] = b.connection(m, other, pages[m.chosen[other]-1], i < maxCited)
		}
		byKind[string(kind)] = out
	}
	for i, other := range speakers {
		all := pages[m.chosen[other]-1]
		spoke := make([]meeting, 0, len(all))
		for _, p := range all {
			if p.spoke {
				spoke = append(spoke, p)
			}
		}
		coSpeakers = append(coSpeakers, b.connection(m, other, spoke, i < maxCited))
	}
	for _, other := range append(chosen, speakers...) {
		m.chosen[other] = 0
	}
	return byKind, coSpeakers
}

// meet lists the pages on which an entity meets each of the chosen, newest first; m.chosen says where in the result.
func (b *Inversion) meet(n int, m *tally, chosen []int) [][]meeting {
	var out [][]meeting
	for _, other := range chosen {
		if m.chosen[other] == 0 {
			out = append(out, make([]meeting, 0, m.pages[other]))
			m.chosen[other] = len(out)
		}
	}
	for _, s := range b.seen[n] {
		named := b.pages[s.page].named
		if len(named) > maxNamed {
			continue
		}
		for at := range named {
			if i := m.chosen[named[at].entity]; i > 0 {
				_, spoke := b.tied(&named[s.at], &named[at])
				out[i-1] = append(out[i-1], meeting{s.page, s.at, at, spoke})
			}
		}
	}
	return out
}

// tied reports whether the page says that one of two belongs to the other, and whether they spoke together: both
// people speak, or the person speaks for the organisation.
func (b *Inversion) tied(x, y *presence) (tied, spoke bool) {
	if len(x.persons) == 0 {
		x, y = y, x
	}
	if len(x.persons) == 0 {
		return false, false
	}
	speaks := func(p *ingest.Participant) bool { return p.Speaker }
	if len(y.persons) > 0 {
		return false, slices.ContainsFunc(x.persons, speaks) && slices.ContainsFunc(y.persons, speaks)
	}
	org := b.site.Entities[y.entity].IRI
	for _, p := range x.persons {
		for i := range p.Affiliations {
			if p.Affiliations[i].IRI == org {
				return true, slices.ContainsFunc(x.persons, speaks)
			}
		}
	}
	return false, false
}

func (b *Inversion) connection(m *tally, other int, pages []meeting, cited bool) answer.Connection {
	c := answer.Connection{To: b.ref(other), Pages: len(pages), Spoke: int(m.spoke[other]), Score: math.Round(m.score[other]*1000) / 1000, Evidence: []answer.Evidence{}}
	for i, p := range pages {
		if y := answer.Year(b.site.Records[p.page].Date); y != "" && !slices.Contains(c.Years, y) {
			c.Years = append(c.Years, y)
		}
		if cited && i < MaxEvidence {
			named := b.pages[p.page].named
			c.Evidence = append(c.Evidence, b.evidence(p.page, together(&named[p.here], &named[p.there])))
		}
	}
	slices.Sort(c.Years)
	c.To.Inferred = !slices.ContainsFunc(pages, func(p meeting) bool {
		named := b.pages[p.page].named
		return !named[p.here].inferred && !named[p.there].inferred
	})
	return c
}
