package search

import (
	"cmp"
	"iter"
	"maps"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"rapporteur/ingest"
)

// How much a profile holds. Whoever wants all pages of an entity searches for them.
const (
	maxAppearances = 200
	maxTies        = 100
	maxAsks        = 100
	maxConnections = 50 // of each kind; those of an entity on few pages are fewer
	maxEvidence    = 3  // of a tie; of a connection there is one, from the newest page
	// A page that names more than this is a list: to stand on it with somebody says nothing.
	maxNamed = 500

	profilesAtATime = 128
)

// Profiles makes the profile of every entity of a site, in the site's order. It is a pure function of the site; the
// profiles share nothing with each other. They are made as they are asked for, because together they hold much more than
// the site.
func Profiles(site *ingest.Site) iter.Seq[*Profile] {
	return func(yield func(*Profile) bool) {
		b := newBook(site)
		for from := 0; from < len(site.Entities); from += profilesAtATime {
			made := make([]Profile, min(profilesAtATime, len(site.Entities)-from))
			var next atomic.Int64
			var wg sync.WaitGroup
			for range runtime.GOMAXPROCS(0) {
				wg.Go(func() {
					for i := next.Add(1) - 1; int(i) < len(made); i = next.Add(1) - 1 {
						made[i] = b.profile(from + int(i))
					}
				})
			}
			wg.Wait()
			for i := range made {
				if !yield(&made[i]) {
					return
				}
			}
		}
	}
}

// book is a site turned round: from what each page names to where each entity is named.
type book struct {
	site   *ingest.Site
	number map[ingest.IRI]int // of an entity, in site.Entities
	refs   []Ref              // as site.Entities
	page   map[string]int     // by path, in site.Records
	leaves []leaf             // as site.Records
	seen   [][]standing       // of each entity, newest page first
	asks   [][]place          // of each entity, newest page first
	asker  *askMaker
}

// leaf is what one page names, without repetitions, in order of entity, and the evidence taken from it: what one pair
// of entities cites the next one cites too.
type leaf struct {
	named []presence
	mu    sync.Mutex
	cited map[ingest.Span]Evidence
}

// presence is how an entity stands on a page.
type presence struct {
	entity   int
	mentions []ingest.Mention
	person   *ingest.Participant // of a person
	inferred bool                // of a topic
}

type standing struct{ page, at int } // the presence site.Records[page], leaves[page].named[at]

type place struct{ page, at int } // the recommendation site.Records[page].Recommendations[at]

func newBook(site *ingest.Site) *book {
	b := &book{
		site:   site,
		number: make(map[ingest.IRI]int, len(site.Entities)),
		refs:   make([]Ref, len(site.Entities)),
		page:   make(map[string]int, len(site.Records)),
		leaves: make([]leaf, len(site.Records)),
		seen:   make([][]standing, len(site.Entities)),
		asks:   make([][]place, len(site.Entities)),
		asker:  newAskMaker(site),
	}
	for i := range site.Entities {
		e := &site.Entities[i]
		b.number[e.IRI] = i
		b.refs[i] = Ref{ID: e.IRI, Kind: Kind(e.Kind), Name: e.Name, Href: Href(Kind(e.Kind), e.IRI)}
	}
	for i, r := range site.Records {
		b.page[r.Path] = i
		b.leaves[i].named = b.leaf(r)
		b.leaves[i].cited = map[ingest.Span]Evidence{}
	}
	newest := make([]int, len(site.Records))
	for i := range newest {
		newest[i] = i
	}
	slices.SortStableFunc(newest, func(x, y int) int { return cmp.Compare(site.Records[y].Date, site.Records[x].Date) })
	for _, p := range newest {
		for at, n := range b.leaves[p].named {
			b.seen[n.entity] = append(b.seen[n.entity], standing{p, at})
		}
		for at := range site.Records[p].Recommendations {
			for _, e := range b.concerned(&site.Records[p].Recommendations[at]) {
				b.asks[e] = append(b.asks[e], place{p, at})
			}
		}
	}
	return b
}

// leaf merges what the lists of a record say of one entity.
func (b *book) leaf(r *ingest.Record) []presence {
	found := map[int]*presence{}
	meet := func(ref *ingest.Reference) *presence {
		n, ok := b.number[ref.IRI]
		if !ok {
			return &presence{}
		}
		p := found[n]
		if p == nil {
			p = &presence{entity: n}
			found[n] = p
		}
		p.mentions = append(p.mentions, ref.Mentions...)
		return p
	}
	for i := range r.People {
		p := meet(&r.People[i].Reference)
		if p.person == nil || !p.person.Speaker {
			p.person = &r.People[i]
		}
	}
	for i := range r.Organisations {
		meet(&r.Organisations[i])
	}
	for i := range r.Countries {
		meet(&r.Countries[i].Reference)
	}
	for i := range r.Topics {
		meet(&r.Topics[i].Reference).inferred = r.Topics[i].Inferred
	}
	named := make([]presence, 0, len(found))
	for _, n := range slices.Sorted(maps.Keys(found)) {
		p := *found[n]
		slices.SortStableFunc(p.mentions, func(x, y ingest.Mention) int { return x.Start - y.Start })
		named = append(named, p)
	}
	return named
}

// concerned lists the entities on whose profile a recommendation stands: whose it is, whom it addresses, what it is
// about, what it names.
func (b *book) concerned(r *ingest.Recommendation) []int {
	var out []int
	for _, iri := range slices.Concat([]ingest.IRI{r.ByIRI, r.ToIRI}, r.Topics, r.Mentions) {
		if n, ok := b.number[iri]; ok && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

func (b *book) evidence(page int, s ingest.Span) Evidence {
	l := &b.leaves[page]
	l.mu.Lock()
	defer l.mu.Unlock()
	e, ok := l.cited[s]
	if !ok {
		e = NewEvidence(b.site.Records[page], s)
		l.cited[s] = e
	}
	return e
}

func (b *book) ref(n int) Ref { return b.refs[n] }

func (b *book) pageRef(p int) Ref { return PageRef(b.site.Records[p]) }

// PageRef names the page of a record.
func PageRef(r *ingest.Record) Ref {
	return Ref{ID: r.IRI, Kind: Page, Name: r.Title, Href: Href(Page, r.IRI)}
}

func (b *book) profile(n int) Profile {
	e := &b.site.Entities[n]
	p := Profile{
		Ref: b.ref(n), Aliases: e.Aliases, Code: e.Code, Scheme: e.Scheme, Homepage: e.Homepage, SameAs: e.SameAs,
		Pages: len(b.seen[n]), Years: []FacetValue{}, Appearances: []Appearance{}, Asks: []Ask{},
	}
	if own, ok := b.page[e.Page]; ok && e.Page != "" {
		ref := b.pageRef(own)
		p.OwnPage = &ref
	}
	years := map[string]int{}
	for i, s := range b.seen[n] {
		if d := b.site.Records[s.page].Date; d != "" {
			p.First = d
			p.Last = max(p.Last, d)
			years[year(d)]++
		}
		if i < maxAppearances {
			p.Appearances = append(p.Appearances, b.appearance(n, s))
		}
	}
	for _, y := range slices.Sorted(maps.Keys(years)) {
		p.Years = append(p.Years, FacetValue{Value: y, Name: y, Count: years[y]})
	}
	asked := map[ingest.IRI]bool{}
	for _, a := range b.asks[n] {
		r := b.site.Records[a.page]
		rec := &r.Recommendations[a.at]
		if first := firstOf(rec); !asked[first] && len(p.Asks) < maxAsks {
			asked[first] = true
			p.Asks = append(p.Asks, b.asker.ask(r, rec))
		}
	}
	p.Ties = b.ties(n)
	p.Connections, p.CoSpeakers = b.connections(n)
	return p
}

func year(date string) string { return date[:min(4, len(date))] }

func (b *book) appearance(n int, s standing) Appearance {
	r, here := b.site.Records[s.page], &b.leaves[s.page].named[s.at]
	a := Appearance{Page: b.pageRef(s.page), Date: r.Date, Inferred: here.inferred}
	var spans []ingest.Span
	if p := here.person; p != nil {
		a.Part, a.Speaker = string(p.Part), p.Speaker
		spans = append(spans, p.Evidence)
		for _, af := range p.Affiliations {
			if org, ok := b.number[af.IRI]; ok {
				a.For = addRef(a.For, b.ref(org))
				spans = append(spans, af.Span)
			}
		}
	}
	for i := range r.People { // who stood for an organisation
		for _, af := range r.People[i].Affiliations {
			if person, ok := b.number[r.People[i].IRI]; ok && af.IRI == b.site.Entities[n].IRI {
				a.People = addRef(a.People, b.ref(person))
				spans = append(spans, af.Span)
			}
		}
	}
	for _, m := range here.mentions {
		spans = append(spans, m.Span)
	}
	a.Evidence = b.evidences(s.page, spans, 2)
	return a
}

func addRef(list []Ref, r Ref) []Ref {
	if slices.Contains(list, r) {
		return list
	}
	return append(list, r)
}

// evidences shows up to limit sentences that hold the spans, each once; the page alone if none does.
func (b *book) evidences(page int, spans []ingest.Span, limit int) []Evidence {
	out := []Evidence{}
	for _, s := range spans {
		if len(out) == limit {
			break
		}
		e := b.evidence(page, s)
		if e.Quote != "" && !slices.ContainsFunc(out, func(x Evidence) bool { return x.Quote == e.Quote }) {
			out = append(out, e)
		}
	}
	if len(out) == 0 {
		out = append(out, b.evidence(page, ingest.Span{}))
	}
	return out
}

// ties collects the affiliations of a person or organisation over its pages, newest first in the roles and evidence.
func (b *book) ties(n int) []Tie {
	type tie struct {
		Tie
		pages map[int]bool
	}
	found := map[int]*tie{}
	for _, s := range b.seen[n] {
		r := b.site.Records[s.page]
		for i := range r.People {
			person, ok := b.number[r.People[i].IRI]
			if !ok {
				continue
			}
			for _, af := range r.People[i].Affiliations {
				org, ok := b.number[af.IRI]
				if !ok || person != n && org != n {
					continue
				}
				other := person + org - n
				t := found[other]
				if t == nil {
					t = &tie{Tie: Tie{To: b.ref(other)}, pages: map[int]bool{}}
					found[other] = t
				}
				if af.Role != "" && !slices.ContainsFunc(t.Roles, func(r string) bool { return nameKey(r) == nameKey(af.Role) }) {
					t.Roles = append(t.Roles, af.Role)
				}
				if r.Date != "" {
					t.First, t.Last = r.Date, max(t.Last, r.Date)
				}
				if !t.pages[s.page] && len(t.Evidence) < maxEvidence {
					t.Evidence = append(t.Evidence, b.evidence(s.page, af.Span))
				}
				t.pages[s.page] = true
			}
		}
	}
	out := make([]Tie, 0, len(found))
	for _, t := range found {
		t.Pages = len(t.pages)
		out = append(out, t.Tie)
	}
	slices.SortFunc(out, func(x, y Tie) int {
		return cmp.Or(y.Pages-x.Pages, cmp.Compare(y.Last, x.Last), compareRefs(x.To, y.To))
	})
	return out[:min(maxTies, len(out))]
}

func compareRefs(x, y Ref) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) }

// meeting is what two entities share.
type meeting struct {
	with, spoke int
	score       float64
	pages       []meetingPage // newest first
	speaking    []meetingPage // those on which both speak
}

type meetingPage struct{ page, here, there int } // there and here: positions in the page's leaf

// connections ranks what stands on the same pages, by kind, and the people who spoke on them too.
func (b *book) connections(n int) (byKind map[string][]Connection, coSpeakers []Connection) {
	found := map[int]*meeting{}
	for _, s := range b.seen[n] {
		named := b.leaves[s.page].named
		if len(named) > maxNamed {
			continue
		}
		weight := 1 / math.Log2(float64(1+len(named)))
		for at := range named {
			other := named[at].entity
			if other == n {
				continue
			}
			m := found[other]
			if m == nil {
				m = &meeting{with: other}
				found[other] = m
			}
			p := meetingPage{s.page, s.at, at}
			m.pages = append(m.pages, p)
			m.score += weight
			tied, spoke := b.tied(&named[s.at], &named[at])
			if tied {
				m.score++
			}
			if spoke {
				m.spoke++
				m.speaking = append(m.speaking, p)
			}
		}
	}
	most := min(maxConnections, 8+4*len(b.seen[n])) // one page connects everything on it: little is lost
	lists := map[Kind][]*meeting{}
	for _, m := range found {
		k := Kind(b.site.Entities[m.with].Kind)
		lists[k] = append(lists[k], m)
	}
	byKind = map[string][]Connection{}
	for kind, list := range lists {
		slices.SortFunc(list, func(x, y *meeting) int {
			return cmp.Or(len(y.pages)-len(x.pages), cmp.Compare(y.score, x.score), compareRefs(b.ref(x.with), b.ref(y.with)))
		})
		for _, m := range list[:min(most, len(list))] {
			byKind[string(kind)] = append(byKind[string(kind)], b.connection(m, m.pages))
		}
	}
	if b.site.Entities[n].Kind == ingest.Person {
		list := slices.DeleteFunc(lists[Person], func(m *meeting) bool { return m.spoke == 0 })
		slices.SortStableFunc(list, func(x, y *meeting) int { return y.spoke - x.spoke })
		for _, m := range list[:min(most, len(list))] {
			coSpeakers = append(coSpeakers, b.connection(m, m.speaking))
		}
	}
	return byKind, coSpeakers
}

// tied reports whether the page says that one of two belongs to the other, and whether they spoke together: both
// people speak, or the person speaks for the organisation.
func (b *book) tied(x, y *presence) (tied, spoke bool) {
	if x.person != nil && y.person != nil {
		return false, x.person.Speaker && y.person.Speaker
	}
	if x.person == nil {
		x, y = y, x
	}
	if x.person == nil {
		return false, false
	}
	org := b.site.Entities[y.entity].IRI
	tied = slices.ContainsFunc(x.person.Affiliations, func(a ingest.Affiliation) bool { return a.IRI == org })
	return tied, tied && x.person.Speaker
}

func (b *book) connection(m *meeting, pages []meetingPage) Connection {
	c := Connection{To: b.ref(m.with), Pages: len(pages), Spoke: m.spoke, Score: math.Round(m.score*1000) / 1000, Evidence: []Evidence{}}
	for i, p := range pages {
		r := b.site.Records[p.page]
		if y := year(r.Date); y != "" && !slices.Contains(c.Years, y) {
			c.Years = append(c.Years, y)
		}
		if i == 0 {
			named := b.leaves[p.page].named
			c.Evidence = append(c.Evidence, b.evidence(p.page, together(&named[p.here], &named[p.there])))
		}
	}
	slices.Sort(c.Years)
	return c
}

// together returns a place that names the second, in the sentence of one that names the first if there is one, else as
// near to one as can be.
func together(first, second *presence) ingest.Span {
	var best ingest.Span
	nearest := math.MaxInt
	for _, m := range second.mentions {
		if len(first.mentions) == 0 {
			return m.Span
		}
		for _, f := range first.mentions {
			if d := max(m.Start-f.End, f.Start-m.End, 0); d < nearest {
				nearest, best = d, m.Span
			}
		}
	}
	return best
}
