package search

import (
	"cmp"
	"iter"
	"maps"
	"math"
	"runtime"
	"slices"
	"sort"
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
	maxCited       = 10 // connections of each kind that are shown with evidence
	maxEvidence    = 2  // of a tie or connection
	maxQuoted      = 20 // appearances with more than one piece of evidence
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
		scratches := make([]*meetings, runtime.GOMAXPROCS(0))
		for i := range scratches {
			scratches[i] = newMeetings(len(site.Entities))
		}
		for from := 0; from < len(site.Entities); from += profilesAtATime {
			made := make([]Profile, min(profilesAtATime, len(site.Entities)-from))
			var next atomic.Int64
			var wg sync.WaitGroup
			for _, scratch := range scratches {
				wg.Go(func() {
					for i := next.Add(1) - 1; int(i) < len(made); i = next.Add(1) - 1 {
						made[i] = b.profile(from+int(i), scratch)
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
	rank   []int              // of an entity among all, by name
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
	of    map[int][]affiliated // by organisation, in the order of the people
	mu    sync.Mutex
	cited map[ingest.Span]Evidence
}

// affiliated is somebody whom a page ties to an organisation.
type affiliated struct {
	person      int
	affiliation *ingest.Affiliation
}

// presence is how an entity stands on a page.
type presence struct {
	entity   int
	mentions []ingest.Mention      // in order
	reach    []int                 // by mention: how far it and those before it reach
	persons  []*ingest.Participant // of a person; several where the page names them in several ways
	inferred bool                  // of a topic
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
		b.leaves[i].named, b.leaves[i].of = b.leaf(r)
		b.leaves[i].cited = map[ingest.Span]Evidence{}
	}
	b.rank = make([]int, len(b.refs))
	byName := make([]int, len(b.refs))
	for i := range byName {
		byName[i] = i
	}
	slices.SortFunc(byName, func(x, y int) int { return compareRefs(b.refs[x], b.refs[y]) })
	for place, n := range byName {
		b.rank[n] = place
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
func (b *book) leaf(r *ingest.Record) (named []presence, of map[int][]affiliated) {
	found := map[int]*presence{}
	of = map[int][]affiliated{}
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
		p.persons = append(p.persons, &r.People[i])
		for k := range r.People[i].Affiliations {
			a := &r.People[i].Affiliations[k]
			person, ok := b.number[r.People[i].IRI]
			org, ok2 := b.number[a.IRI]
			if ok && ok2 {
				of[org] = append(of[org], affiliated{person, a})
			}
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
	named = make([]presence, 0, len(found))
	for _, n := range slices.Sorted(maps.Keys(found)) {
		p := *found[n]
		p.mentioned(p.mentions)
		named = append(named, p)
	}
	return named, of
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

func (b *book) profile(n int, scratch *meetings) Profile {
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
			quotes := 1
			if i < maxQuoted {
				quotes = 2
			}
			p.Appearances = append(p.Appearances, b.appearance(n, s, quotes))
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
	p.Connections, p.CoSpeakers = b.connections(n, scratch)
	return p
}

func year(date string) string { return date[:min(4, len(date))] }

func (b *book) appearance(n int, s standing, quotes int) Appearance {
	r, here := b.site.Records[s.page], &b.leaves[s.page].named[s.at]
	a := Appearance{Page: b.pageRef(s.page), Date: r.Date, Inferred: here.inferred}
	var spans []ingest.Span
	for _, p := range here.persons {
		if a.Part == "" || p.Speaker && !a.Speaker {
			a.Part = string(p.Part)
		}
		a.Speaker = a.Speaker || p.Speaker
		spans = append(spans, p.Evidence)
		for _, af := range p.Affiliations {
			if org, ok := b.number[af.IRI]; ok {
				a.For = addRef(a.For, b.ref(org))
				spans = append(spans, af.Span)
			}
		}
	}
	b.eachAffiliation(n, s, func(person, _ int, af *ingest.Affiliation) {
		if person != n {
			a.People = addRef(a.People, b.ref(person))
			spans = append(spans, af.Span)
		}
	})
	for _, m := range here.mentions {
		spans = append(spans, m.Span)
	}
	a.Evidence = b.evidences(s.page, spans, quotes)
	return a
}

// eachAffiliation calls f with the affiliations of a person, or to an organisation, on a page.
func (b *book) eachAffiliation(n int, s standing, f func(person, organisation int, af *ingest.Affiliation)) {
	switch b.site.Entities[n].Kind {
	case ingest.Person:
		for _, p := range b.leaves[s.page].named[s.at].persons {
			for i := range p.Affiliations {
				if org, ok := b.number[p.Affiliations[i].IRI]; ok {
					f(n, org, &p.Affiliations[i])
				}
			}
		}
	case ingest.Organisation:
		for _, a := range b.leaves[s.page].of[n] {
			f(a.person, n, a.affiliation)
		}
	}
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

// ties collects the affiliations of a person or organisation over its pages: the roles told most often first, the newest
// evidence first.
func (b *book) ties(n int) []Tie {
	type tie struct {
		Tie
		pages map[int]bool
		roles map[string]int // how often each is told
	}
	found := map[int]*tie{}
	for _, s := range b.seen[n] {
		r := b.site.Records[s.page]
		b.eachAffiliation(n, s, func(person, org int, af *ingest.Affiliation) {
			other := person + org - n
			t := found[other]
			if t == nil {
				t = &tie{Tie: Tie{To: b.ref(other)}, pages: map[int]bool{}, roles: map[string]int{}}
				found[other] = t
			}
			if key := nameKey(af.Role); key != "" {
				if t.roles[key]++; t.roles[key] == 1 {
					t.Roles = append(t.Roles, af.Role)
				}
			}
			if r.Date != "" {
				t.First, t.Last = r.Date, max(t.Last, r.Date)
			}
			if !t.pages[s.page] && len(t.Evidence) < maxEvidence {
				t.Evidence = append(t.Evidence, b.evidence(s.page, af.Span))
			}
			t.pages[s.page] = true
		})
	}
	out := make([]Tie, 0, len(found))
	for _, t := range found {
		t.Pages = len(t.pages)
		slices.SortStableFunc(t.Roles, func(x, y string) int { return t.roles[nameKey(y)] - t.roles[nameKey(x)] })
		out = append(out, t.Tie)
	}
	slices.SortFunc(out, func(x, y Tie) int {
		return cmp.Or(y.Pages-x.Pages, cmp.Compare(y.Last, x.Last), compareRefs(x.To, y.To))
	})
	return out[:min(maxTies, len(out))]
}

func compareRefs(x, y Ref) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) }

// mentioned gives a presence its mentions.
func (p *presence) mentioned(by []ingest.Mention) {
	p.mentions = slices.Clone(by)
	slices.SortStableFunc(p.mentions, func(x, y ingest.Mention) int { return x.Start - y.Start })
	p.reach = make([]int, len(p.mentions))
	for i, reach := 0, 0; i < len(p.mentions); i++ {
		reach = max(reach, p.mentions[i].End)
		p.reach[i] = reach
	}
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
		d := math.MaxInt
		// those that begin before the end of m, and the first that does not
		before := sort.Search(len(first.mentions), func(i int) bool { return first.mentions[i].Start > m.End })
		if before > 0 {
			d = max(m.Start-first.reach[before-1], 0)
		}
		if before < len(first.mentions) {
			d = min(d, first.mentions[before].Start-m.End)
		}
		if d < nearest {
			nearest, best = d, m.Span
		}
		if d == 0 {
			break
		}
	}
	return best
}
