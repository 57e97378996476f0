package resolve

import (
	"fmt"
	"strings"
	"unicode"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
)

// walks of life that one person hardly ever has together, by the nouns that name them. Whoever has none of them, or "office",
// may have any.
var walks = map[string]map[string]bool{
	"academy":  fold.Set(`professor prof lecturer researcher postdoc postdoctoral student phd reader scientist academic scholar`),
	"politics": fold.Set(`councillor cllr councilor mp msp mep senator mayor minister alderman congressman congresswoman deputy`),
	"arts":     fold.Set(`poet musician novelist composer painter singer actor actress filmmaker dancer sculptor playwright artist`),
	"church":   fold.Set(`bishop vicar reverend rev imam rabbi priest deacon chaplain`),
	"bench":    fold.Set(`judge magistrate barrister`),
	"sport":    fold.Set(`footballer athlete cyclist cricketer swimmer rower`),
	"care":     fold.Set(`nurse midwife surgeon gp physician paramedic`),
	"trade":    fold.Set(`fisher fisherman farmer plumber electrician carpenter baker driver fitter`),
	"office": fold.Set(`manager officer director ceo cto head lead engineer developer analyst consultant coordinator secretary treasurer
		administrator clerk`),
}

// walkTable gives each noun its walk of life.
func walkTable() map[string]string {
	table := map[string]string{}
	for walk, nouns := range walks {
		for noun := range nouns {
			table[noun] = walk
		}
	}
	return table
}

// opposite says whether two walks of life speak for two people. Academics go into politics and offices, and clerks into all.
func opposite(a, b string) bool {
	if a == "" || b == "" || a == b {
		return false
	}
	mild := map[string]bool{"academy/office": true, "office/politics": true, "bench/politics": true, "academy/bench": true,
		"bench/office": true, "academy/care": true, "care/office": true, "office/trade": true}
	if a > b {
		a, b = b, a
	}
	return !mild[a+"/"+b]
}

// partNamesakes takes groups of one name apart where the evidence speaks for two people: different organisations or walks of
// life, and nothing that ties the pages together.
func (r *resolver) partNamesakes() {
	for _, g := range roots(r.people) {
		if len(g.refs) < 2 || g.fixed != "" || g.decided || !parsePerson(g.name()).full() {
			continue
		}
		r.part(g)
	}
}

// cluster is a part of a group whose references belong together beyond doubt.
type cluster struct {
	refs   []ref
	bodies map[*group]bool
	walks  map[string]bool
	with   map[string]bool
	links  map[string]bool
}

func newCluster() *cluster {
	return &cluster{bodies: map[*group]bool{}, walks: map[string]bool{}, with: map[string]bool{}, links: map[string]bool{}}
}

func (r *resolver) part(g *group) {
	var clusters, loose []*cluster
	for _, at := range g.refs {
		s := newCluster()
		s.take(r.cluster(at))
		if len(s.bodies) == 0 && len(s.walks) == 0 {
			loose = append(loose, s)
			continue
		}
		clusters = append(clusters, s)
	}
	for again := true; again; {
		again = false
		for i := 0; i < len(clusters); i++ {
			for j := i + 1; j < len(clusters); j++ {
				if tied(clusters[i], clusters[j]) {
					clusters[i].take(clusters[j])
					clusters = append(clusters[:j], clusters[j+1:]...)
					again, j = true, j-1
				}
			}
		}
	}
	if len(clusters) < 2 {
		return
	}
	// A name on many pages is somebody well known to the site, and well-known people do several things.
	known := g.own != "" || len(g.refs) > 4 && !usualSurnames[r.person(g.name()).last()]
	asked := false // one question about a name is enough
	// The first cluster is the one that most pages speak of; another leaves it only where the walks of life oppose.
	kept := clusters[:1]
	for _, s := range clusters[1:] {
		home := -1
		for i, k := range kept {
			if known || !s.opposes(k) {
				home = i
				break
			}
		}
		if home < 0 {
			kept = append(kept, s)
			continue
		}
		if !overlap(s.bodies, kept[home].bodies) && len(s.bodies) > 0 && len(kept[home].bodies) > 0 && g.own == "" && !asked {
			asked = true
			r.doubtOne(g, s, kept[home])
		}
		kept[home].take(s)
	}
	if len(kept) < 2 {
		return
	}
	for _, s := range loose { // a page that says nothing of them: the cluster it shares company with, else the first
		best, most := kept[0], 0
		for _, k := range kept {
			n := 0
			for p := range s.with {
				if k.with[p] {
					n++
				}
			}
			if n > most {
				best, most = k, n
			}
		}
		best.refs = append(best.refs, s.refs...)
	}
	r.split(g, kept)
}

// split makes a group of each cluster; the first stays in g.
func (r *resolver) split(g *group, clusters []*cluster) {
	own, title, homes := g.own, g.title, g.homes
	whole := *g
	*g = *newGroup(kinds.Person, whole.keys[0])
	g.own, g.title, g.homes, g.apart, g.fixed, g.aliases, g.sameAs = own, title, homes, whole.apart, whole.fixed, whole.aliases, whole.sameAs
	parts := []*group{g}
	for i, s := range clusters {
		to := g
		if i > 0 {
			to = newGroup(kinds.Person, whole.keys[0])
			for _, p := range parts {
				to.apart[p], p.apart[to] = true, true
			}
			parts = append(parts, to)
			r.people = append(r.people, to)
		}
		for _, at := range s.refs {
			r.add(to, at.page, at.index, r.records[at.page].People[at.index].Reference)
		}
		for _, at := range to.refs {
			record := r.records[at.page]
			for _, a := range record.People[at.index].Affiliations {
				if o := r.bodyOf(record, a.Organisation); o != nil {
					to.bodies[o]++
				}
			}
		}
		sortRefs(to)
	}
	for i, s := range clusters {
		parts[i].mark = r.mark(s)
	}
}

// mark is what tells a namesake from another: the organisation, else the walk of life.
func (r *resolver) mark(s *cluster) string {
	best := ""
	for o := range s.bodies {
		n, known := r.bodyNames[o]
		if !known {
			n = o.root().name()
			r.bodyNames[o] = n
		}
		if best == "" || n < best {
			best = n
		}
	}
	for w := range s.walks {
		if best == "" || len(s.bodies) == 0 && w < best {
			best = w
		}
	}
	return best
}

// cluster is what one reference tells of a person. It is shared: whoever adds to it takes a copy.
func (r *resolver) cluster(at ref) *cluster {
	if s := r.clusters[at]; s != nil {
		return s
	}
	record := r.records[at.page]
	p := record.People[at.index]
	s := newCluster()
	s.refs = []ref{at}
	note := func(text string) {
		for _, w := range fold.Words(text) {
			if walk := r.walks[w]; walk != "" {
				s.walks[walk] = true
			}
		}
	}
	for _, a := range p.Affiliations {
		if o := r.bodyOf(record, a.Organisation); o != nil {
			s.bodies[o] = true
		}
		note(a.Role)
	}
	for _, m := range p.Mentions {
		note(around(record.Text, m.Span))
	}
	for _, m := range p.Mentions {
		for _, l := range linksOn(record, m.Span) {
			if id, _ := identity(l.Target); id != "" && l.End-l.Start < 2*(m.End-m.Start) {
				s.links[id] = true
			}
		}
	}
	self := r.person(p.Name).key()
	with := record.People
	if len(with) > crowd {
		with = nil
	}
	for _, other := range with {
		if n := r.person(other.Name); n.full() && n.key() != self && r.appearances[n.key()]*20 < len(r.records)+60 {
			s.with[n.key()] = true
		}
	}
	r.clusters[at] = s
	return s
}

// around is what a page says of somebody directly beside the name: the title before it, the apposition after it.
func around(text string, s ingest.Span) string {
	before := text[max(0, s.Start-24):s.Start]
	if i := strings.LastIndexAny(before, ".,;:()\n"); i >= 0 {
		before = before[i+1:]
	}
	if last := strings.Fields(before); len(last) > 0 {
		before = last[len(last)-1]
	}
	inner := s.In(text)
	after := text[s.End:min(len(text), s.End+80)]
	if i := strings.IndexAny(after, "\n.;"); i >= 0 {
		after = after[:i]
	}
	rest := strings.TrimLeftFunc(after, unicode.IsSpace)
	for _, lead := range []string{",", "(", "–", "-", "—", ":"} {
		if cut, ok := strings.CutPrefix(rest, lead); ok {
			if i := strings.IndexAny(cut, ",)–—"); i >= 0 {
				cut = cut[:i]
			}
			return before + " " + inner + " " + cut
		}
	}
	return before + " " + inner
}

// tied says whether two clusters are of one person for certain.
func tied(a, b *cluster) bool {
	if overlap(a.bodies, b.bodies) || overlap(a.links, b.links) {
		return true
	}
	n := 0
	for p := range a.with {
		if b.with[p] {
			n++
		}
	}
	return n >= 2 && !a.opposes(b)
}

func overlap[K comparable](a, b map[K]bool) bool {
	for k := range a {
		if b[k] {
			return true
		}
	}
	return false
}

// opposes says whether two clusters speak for two people: all walks of life of one oppose all of the other.
func (s *cluster) opposes(t *cluster) bool {
	if len(s.walks) == 0 || len(t.walks) == 0 {
		return false
	}
	for a := range s.walks {
		for b := range t.walks {
			if !opposite(a, b) {
				return false
			}
		}
	}
	return true
}

func (s *cluster) take(t *cluster) {
	s.refs = append(s.refs, t.refs...)
	for k := range t.bodies {
		s.bodies[k] = true
	}
	for k := range t.walks {
		s.walks[k] = true
	}
	for k := range t.with {
		s.with[k] = true
	}
	for k := range t.links {
		s.links[k] = true
	}
}

// doubtOne asks whether a name that was taken for one person is two.
func (r *resolver) doubtOne(g *group, a, b *cluster) {
	x, y := r.mark(a), r.mark(b)
	r.doubts = append(r.doubts, doubt{
		kind: kinds.Person, groups: []*group{g}, weight: float64(min(len(a.refs), len(b.refs))) / 2,
		question: fmt.Sprintf("Is %s of %s the %s of %s?", g.name(), x, g.name(), y),
		places:   []place{{a.refs[0], kinds.Person}, {b.refs[0], kinds.Person}},
		lines:    fmt.Sprintf("different:\n  - [%s, %s]\n", quoted(g.name()+" @ "+x), quoted(g.name()+" @ "+y)),
	})
}
