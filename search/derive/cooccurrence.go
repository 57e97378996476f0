package derive

import (
	"cmp"
	"math"
	"slices"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// tally counts what ties one entity to others, for one entity after the other: an entry for each entity of the site, those
// in use listed in touched.
type tally struct {
	count   []counts
	touched []int
	chosen  []int // place in the list of the chosen, from 1; 0 for who is not
}

// counts are the pages of two entities, as answer.Connection has them.
type counts struct {
	said, near, events, pages, spoke int32
	score                            float64
}

func newTally(entities int) *tally {
	return &tally{count: make([]counts, entities), chosen: make([]int, entities)}
}

func (m *tally) clear() {
	for _, n := range m.touched {
		m.count[n] = counts{}
	}
	m.touched = m.touched[:0]
}

// rank is the class of a tie: what is said before what is near, before what an event's page names, before the rest.
func (c *counts) rank() int {
	switch {
	case c.said > 0:
		return 3
	case c.near > 0:
		return 2
	case c.events > 0:
		return 1
	}
	return 0
}

// meeting is a page where two meet: here and there are their places in its page. class is as counts.rank has it.
type meeting struct {
	page, here, there int
	spoke             bool
	class             int
	at                ingest.Span // what says it; empty if no one place does
}

// connections ranks what an entity is tied to, by kind, and who appeared with it: the people who spoke with a person, the
// bodies that were spoken for with a body.
func (b *Site) connections(n int, m *tally) (byKind map[string][]answer.Connection, coSpeakers []answer.Connection) {
	m.clear()
	for _, s := range b.Seen[n] {
		l := &b.pages[s.Page]
		if len(l.named) > maxNamed {
			continue
		}
		crowd := math.Log2(float64(1 + len(l.named)))
		for at := range l.named {
			other := l.named[at].Entity
			if other == n {
				continue
			}
			c := &m.count[other]
			if c.pages == 0 {
				m.touched = append(m.touched, other)
			}
			c.pages++
			c.score += Strength.SamePage * l.weight / crowd
			if l.event {
				c.events++
				c.score += Strength.SameEvent / crowd
			}
			tie := b.said(l, s.At, at)
			if tie.weight > 0 {
				c.said++
				c.score += tie.weight
			}
			if tie.spoke {
				c.spoke++
			}
			c.score += Strength.Perhaps * tie.perhaps
		}
		l.near(s.At, func(at int, weight float64) {
			c := &m.count[l.named[at].Entity]
			c.near++
			c.score += Strength.Near * weight
		})
	}
	lists := map[kinds.Kind][]int{}
	for _, other := range m.touched {
		k := b.Entities[other].Kind
		lists[k] = append(lists[k], other)
		m.count[other].score = round(m.count[other].score)
	}
	byRank := func(x, y int) int {
		p, q := &m.count[x], &m.count[y]
		return cmp.Or(q.rank()-p.rank(), cmp.Compare(q.score, p.score), b.rank[x]-b.rank[y])
	}
	most := min(maxConnections, 8+4*len(b.Seen[n])) // one page connects everything on it: little is lost
	var speakers []int
	if kind := b.Entities[n].Kind; kind == kinds.Person || kind == kinds.Organisation {
		for _, other := range lists[kind] {
			if m.count[other].spoke > 0 {
				speakers = append(speakers, other)
			}
		}
		speakers = foremost(speakers, most, func(x, y int) int { return cmp.Or(int(m.count[y].spoke-m.count[x].spoke), byRank(x, y)) })
	}
	var chosen []int
	for kind, list := range lists {
		lists[kind] = foremost(list, most, byRank)
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
		c := b.connection(m, other, spoke, i < maxCited)
		c.For = b.stood(other, spoke[0])
		coSpeakers = append(coSpeakers, c)
	}
	for _, other := range append(chosen, speakers...) {
		m.chosen[other] = 0
	}
	return byKind, coSpeakers
}

// foremost returns the first most of a list in an order that tells all apart. The list is changed.
func foremost(list []int, most int, order func(x, y int) int) []int {
	first := list[:min(most, len(list))]
	slices.SortFunc(first, order)
	for _, x := range list[len(first):] {
		if order(x, first[len(first)-1]) < 0 {
			at, _ := slices.BinarySearchFunc(first, x, order)
			copy(first[at+1:], first[at:])
			first[at] = x
		}
	}
	return first
}

func round(score float64) float64 { return math.Round(score*1000) / 1000 }

// meet lists the pages on which an entity meets each of the chosen, newest first; m.chosen says where in the result.
func (b *Site) meet(n int, m *tally, chosen []int) [][]meeting {
	var out [][]meeting
	for _, other := range chosen {
		if m.chosen[other] == 0 {
			out = append(out, make([]meeting, 0, m.count[other].pages))
			m.chosen[other] = len(out)
		}
	}
	for _, s := range b.Seen[n] {
		l := &b.pages[s.Page]
		if len(l.named) > maxNamed {
			continue
		}
		near := map[int]bool{}
		l.near(s.At, func(at int, _ float64) { near[at] = true })
		for at := range l.named {
			if i := m.chosen[l.named[at].Entity]; i > 0 && at != s.At {
				tie := b.said(l, s.At, at)
				class := 0
				switch {
				case tie.weight > 0:
					class = 3
				case near[at]:
					class = 2
				case l.event:
					class = 1
				}
				out[i-1] = append(out[i-1], meeting{s.Page, s.At, at, tie.spoke, class, tie.at})
			}
		}
	}
	for _, list := range out { // what says it best comes first, then what is newest
		slices.SortStableFunc(list, func(x, y meeting) int { return y.class - x.class })
	}
	return out
}

// stood lists whom a person stood for where somebody met them, or who spoke for an organisation there.
func (b *Site) stood(other int, at meeting) []answer.Ref {
	l := &b.pages[at.page]
	var out []answer.Ref
	if b.Entities[other].Kind == kinds.Organisation {
		for _, person := range l.spokenBy[other] {
			out = answer.AddRef(out, b.ref(person))
		}
		return out
	}
	for _, p := range l.named[at.there].People {
		for i := range p.Affiliations {
			if org, ok := b.Number[p.Affiliations[i].IRI]; ok && Holds(&p.Affiliations[i]) {
				out = answer.AddRef(out, b.ref(org))
			}
		}
	}
	return out
}

// speaks says whether a person, given by number, surely speaks on the page.
func (l *pageTies) speaks(person int) bool {
	at, ok := slices.BinarySearchFunc(l.named, person, func(p presence, n int) int { return cmp.Compare(p.Entity, n) })
	return ok && l.named[at].speaks
}

// proof is what says best that the two belong together.
func (m *meeting) proof(named []presence) ingest.Span {
	if m.at.End > m.at.Start {
		return m.at
	}
	return nearest(&named[m.here], &named[m.there])
}

func (b *Site) connection(m *tally, other int, pages []meeting, cited bool) answer.Connection {
	count := &m.count[other]
	c := answer.Connection{To: b.ref(other), Said: int(count.said), Near: int(count.near), Events: int(count.events), Pages: len(pages),
		Spoke: int(count.spoke), Score: count.score, Evidence: []answer.Evidence{}}
	for i, p := range pages {
		if y := answer.Year(b.Records[p.page].Date); y != "" && !slices.Contains(c.Years, y) {
			c.Years = append(c.Years, y)
		}
		if cited && i < MaxEvidence {
			named := b.pages[p.page].named
			c.Evidence = append(c.Evidence, b.evidence(p.page, p.proof(named)))
		}
	}
	slices.Sort(c.Years)
	c.To.Inferred = !slices.ContainsFunc(pages, func(p meeting) bool {
		named := b.pages[p.page].named
		return !named[p.here].Inferred && !named[p.there].Inferred
	})
	return c
}
