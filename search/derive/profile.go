// Package derive is what is made of a whole site once, when a generation is built: profiles of all entities with what they
// are connected with, the catalogue, the recommendations with all their places, the related pages, and the evidence of each.
package derive

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

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// How much a profile holds. Whoever wants all pages of an entity searches for them.
const (
	maxAppearances     = 200
	maxAffiliations    = 100
	maxRecommendations = 100
	maxConnections     = 50 // of each kind; those of an entity on few pages are fewer
	maxCited           = 10 // connections of each kind that are shown with evidence
	MaxEvidence        = 2  // of a tie or connection
	maxQuoted          = 20 // appearances with more than one piece of evidence
	// A page that names more than this is a list: to stand on it with somebody says nothing.
	maxNamed = 500

	profilesAtATime = 128
)

// Profiles makes the profile of every entity of a site, in the site's order. It is a pure function of the site; the
// profiles share nothing with each other. They are made as they are asked for, because together they hold much more than
// the site.
func Profiles(site *ingest.Site) iter.Seq[*answer.Profile] {
	return func(yield func(*answer.Profile) bool) {
		b := Invert(site)
		scratches := make([]*tally, runtime.GOMAXPROCS(0))
		for i := range scratches {
			scratches[i] = newTally(len(site.Entities))
		}
		for from := 0; from < len(site.Entities); from += profilesAtATime {
			made := make([]answer.Profile, min(profilesAtATime, len(site.Entities)-from))
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
				eachEvidence(&made[i], func(e *answer.Evidence) { *e = quoted(b.site.Records[b.record[e.PageID]], e.Place) })
				if !yield(&made[i]) {
					return
				}
			}
		}
	}
}

// Inversion is a site turned round: from what each page names to where each entity is named.
type Inversion struct {
	site            *ingest.Site
	number          map[ingest.IRI]int // of an entity, in site.Entities
	refs            []answer.Ref       // as site.Entities
	rank            []int              // of an entity among all, by name
	page            map[string]int     // by path, in site.Records
	record          map[ingest.IRI]int // of a page, in site.Records
	pages           []leaf             // as site.Records
	seen            [][]standing       // of each entity, newest page first
	recommendations [][]place          // of each entity, newest page first
	maker           *recommendationMaker
}

// leaf is what one page names, without repetitions, in order of entity, and the evidence taken from it: what one pair
// of entities cites the next one cites too.
type leaf struct {
	named    []presence
	passages [][]spot // of the page: who stands in each, in order
	weight   float64  // of what stands together on it: see Strength
	event    bool
	speakers int                  // how many surely speak there
	of       map[int][]affiliated // by organisation, in the order of the people
	mu       sync.Mutex
	cited    map[ingest.Span]answer.Place
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
	in       []int                 // the passages in which it stands
}

type standing struct{ page, at int } // the presence site.Records[page], leaves[page].named[at]

type place struct{ page, at int } // the recommendation site.Records[page].Recommendations[at]

// Invert turns a site round.
func Invert(site *ingest.Site) *Inversion {
	b := &Inversion{
		site:            site,
		number:          make(map[ingest.IRI]int, len(site.Entities)),
		refs:            make([]answer.Ref, len(site.Entities)),
		page:            make(map[string]int, len(site.Records)),
		record:          make(map[ingest.IRI]int, len(site.Records)),
		pages:           make([]leaf, len(site.Records)),
		seen:            make([][]standing, len(site.Entities)),
		recommendations: make([][]place, len(site.Entities)),
		maker:           newRecommendationMaker(site),
	}
	for i := range site.Entities {
		e := &site.Entities[i]
		b.number[e.IRI] = i
		b.refs[i] = answer.Ref{ID: e.IRI, Kind: e.Kind, Name: e.Name}
	}
	for i, r := range site.Records {
		b.page[r.Path], b.record[r.IRI] = i, i
		b.pages[i].named, b.pages[i].of = b.leaf(r)
		b.pages[i].passages = passages(r, b.pages[i].named)
		b.pages[i].weight, b.pages[i].event = genreWeight(r), isEvent(r)
		for _, p := range b.pages[i].named {
			if slices.ContainsFunc(p.persons, Speaks) {
				b.pages[i].speakers++
			}
		}
		b.pages[i].cited = map[ingest.Span]answer.Place{}
	}
	b.rank = make([]int, len(b.refs))
	byName := make([]int, len(b.refs))
	for i := range byName {
		byName[i] = i
	}
	slices.SortFunc(byName, func(x, y int) int { return answer.CompareRefs(b.refs[x], b.refs[y]) })
	for place, n := range byName {
		b.rank[n] = place
	}
	newest := make([]int, len(site.Records))
	for i := range newest {
		newest[i] = i
	}
	slices.SortStableFunc(newest, func(x, y int) int { return cmp.Compare(site.Records[y].Date, site.Records[x].Date) })
	again := ingest.NamedByOriginals(site.Records)
	for _, p := range newest {
		for at, n := range b.pages[p].named {
			if again[site.Records[p].Path][site.Entities[n.entity].IRI] {
				continue
			}
			b.seen[n.entity] = append(b.seen[n.entity], standing{p, at})
		}
		for at := range site.Records[p].Recommendations {
			for _, e := range b.concerned(&site.Records[p].Recommendations[at]) {
				b.recommendations[e] = append(b.recommendations[e], place{p, at})
			}
		}
	}
	return b
}

// leaf merges what the lists of a record say of one entity.
func (b *Inversion) leaf(r *ingest.Record) (named []presence, of map[int][]affiliated) {
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
func (b *Inversion) concerned(r *ingest.Recommendation) []int {
	var out []int
	for _, iri := range slices.Concat([]ingest.IRI{r.ByIRI, r.ToIRI}, r.Topics, r.Mentions) {
		if n, ok := b.number[iri]; ok && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// evidence is what NewEvidence shows, without the quotation: its place alone.
func (b *Inversion) evidence(page int, s ingest.Span) answer.Evidence {
	l := &b.pages[page]
	l.mu.Lock()
	defer l.mu.Unlock()
	at, ok := l.cited[s]
	if !ok {
		at = placeOf(b.site.Records[page], s)
		l.cited[s] = at
	}
	return answer.Evidence{PageID: b.site.Records[page].IRI, Place: at}
}

func (b *Inversion) ref(n int) answer.Ref { return b.refs[n] }

func (b *Inversion) pageRef(p int) answer.Ref { return answer.PageRef(b.site.Records[p]) }

func (b *Inversion) profile(n int, scratch *tally) answer.Profile {
	e := &b.site.Entities[n]
	p := answer.Profile{
		Ref: b.ref(n), Aliases: e.Aliases, Code: e.Code, Scheme: e.Scheme, Homepage: e.Homepage, SameAs: e.SameAs,
		Pages: len(b.seen[n]), Years: []answer.FacetValue{}, Appearances: []answer.Appearance{}, Recommendations: []answer.Recommendation{},
	}
	if own, ok := b.page[e.Page]; ok && e.Page != "" {
		ref := b.pageRef(own)
		p.OwnPage = &ref
	}
	years := map[string]int{}
	p.PagesByKind = map[string]int{}
	for i, s := range b.seen[n] {
		p.PagesByKind[pageSort(b.site.Records[s.page])]++
		if b.pages[s.page].event && b.spokeThere(n, s) {
			p.Spoke++
		}
		if d := b.site.Records[s.page].Date; d != "" {
			p.First = d
			p.Last = max(p.Last, d)
			years[answer.Year(d)]++
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
		p.Years = append(p.Years, answer.FacetValue{Value: y, Name: y, Count: years[y]})
	}
	asked := map[ingest.IRI]bool{}
	for _, a := range b.recommendations[n] {
		r := b.site.Records[a.page]
		rec := &r.Recommendations[a.at]
		if first := firstOf(rec); !asked[first] && len(p.Recommendations) < maxRecommendations {
			asked[first] = true
			p.Recommendations = append(p.Recommendations, b.maker.make(r, rec, b.cite))
		}
	}
	p.Affiliations, p.Before, p.Unsure = b.affiliations(n)
	p.Connections, p.CoSpeakers = b.connections(n, scratch)
	return p
}

func (b *Inversion) appearance(n int, s standing, quotes int) answer.Appearance {
	r, here := b.site.Records[s.page], &b.pages[s.page].named[s.at]
	a := answer.Appearance{Page: b.pageRef(s.page), Date: r.Date, PageKind: string(r.Page.Kind), Genre: string(r.Genre),
		Inferred: here.inferred}
	var spans []ingest.Span
	for _, p := range here.persons {
		if speaks := Speaks(p); a.Part == "" || speaks && !a.Speaker {
			a.Part, a.Announced, a.Occasion = string(p.Part), p.Announced, p.Occasion
			a.Speaker = speaks
			if p.Speaker && !speaks {
				a.Part = "" // it may be: named is all that is sure
			}
		}
		spans = append(spans, p.Evidence)
		for _, af := range p.Affiliations {
			if !Holds(&af) {
				continue
			}
			if org, ok := b.number[af.IRI]; ok {
				a.For = answer.AddRef(a.For, b.ref(org))
				spans = append(spans, af.Span)
			}
		}
	}
	b.eachAffiliation(n, s, func(person, _ int, af *ingest.Affiliation) {
		if person != n && Holds(af) {
			a.People = answer.AddRef(a.People, b.ref(person))
			if b.pages[s.page].speaks(person) {
				a.Spoke = answer.AddRef(a.Spoke, b.ref(person))
			}
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
func (b *Inversion) eachAffiliation(n int, s standing, f func(person, organisation int, af *ingest.Affiliation)) {
	switch b.site.Entities[n].Kind {
	case kinds.Person:
		for _, p := range b.pages[s.page].named[s.at].persons {
			for i := range p.Affiliations {
				if org, ok := b.number[p.Affiliations[i].IRI]; ok {
					f(n, org, &p.Affiliations[i])
				}
			}
		}
	case kinds.Organisation:
		for _, a := range b.pages[s.page].of[n] {
			f(a.person, n, a.affiliation)
		}
	}
}

// evidences shows up to limit sentences that hold the spans, each once; the page alone if none does.
func (b *Inversion) evidences(page int, spans []ingest.Span, limit int) []answer.Evidence {
	out := []answer.Evidence{}
	for _, s := range spans {
		if len(out) == limit {
			break
		}
		e, r := b.evidence(page, s), b.site.Records[page]
		same := func(x answer.Evidence) bool { return x.Place == e.Place || words(r, x.Place) == words(r, e.Place) }
		if e.Place.End > 0 && !slices.ContainsFunc(out, same) {
			out = append(out, e)
		}
	}
	if len(out) == 0 {
		out = append(out, b.evidence(page, ingest.Span{}))
	}
	return out
}

// affiliations collects those of a person or organisation over its pages: what is so, what was, and what may be. What the
// newest page says of a tie holds. Roles told most often come first, the newest evidence first.
func (b *Inversion) affiliations(n int) (now, before, unsure []answer.Affiliation) {
	type tie struct {
		answer.Affiliation
		pages  map[int]bool
		roles  map[string]int // how often each is told
		stated bool           // Relation and Former are those of a page
	}
	collect := func(wanted func(*ingest.Affiliation) bool) []answer.Affiliation {
		found := map[int]*tie{}
		for _, s := range b.seen[n] {
			r := b.site.Records[s.page]
			b.eachAffiliation(n, s, func(person, org int, af *ingest.Affiliation) {
				if !wanted(af) {
					return
				}
				other := person + org - n
				t := found[other]
				if t == nil {
					t = &tie{Affiliation: answer.Affiliation{To: b.ref(other)}, pages: map[int]bool{}, roles: map[string]int{}}
					found[other] = t
				}
				if !t.stated { // the newest page
					t.Relation, t.Former, t.stated = string(af.Relation), af.Former, true
				} else if t.pages[s.page] && !af.Former {
					t.Former = false // the same page says both: it is so still
				}
				if t.From == "" {
					t.From = af.From
				}
				if t.Until == "" {
					t.Until = af.To
				}
				if key := index.NameKey(af.Role); key != "" {
					if t.roles[key]++; t.roles[key] == 1 {
						t.Roles = append(t.Roles, af.Role)
					}
				}
				if r.Date != "" {
					t.First, t.Last = r.Date, max(t.Last, r.Date)
				}
				if !t.pages[s.page] && len(t.Evidence) < MaxEvidence {
					t.Evidence = append(t.Evidence, b.evidence(s.page, af.Span))
				}
				t.pages[s.page] = true
			})
		}
		out := make([]answer.Affiliation, 0, len(found))
		for _, t := range found {
			t.Pages = len(t.pages)
			slices.SortStableFunc(t.Roles, func(x, y string) int { return t.roles[index.NameKey(y)] - t.roles[index.NameKey(x)] })
			out = append(out, t.Affiliation)
		}
		slices.SortFunc(out, func(x, y answer.Affiliation) int {
			return cmp.Or(y.Pages-x.Pages, cmp.Compare(y.Last, x.Last), answer.CompareRefs(x.To, y.To))
		})
		return out
	}
	for _, t := range collect(sureEnough) {
		if t.Former {
			before = append(before, t)
		} else {
			now = append(now, t)
		}
	}
	known := func(to answer.Ref) bool {
		has := func(t answer.Affiliation) bool { return t.To.ID == to.ID }
		return slices.ContainsFunc(now, has) || slices.ContainsFunc(before, has)
	}
	unsure = slices.DeleteFunc(collect(func(af *ingest.Affiliation) bool { return !sureEnough(af) }),
		func(t answer.Affiliation) bool { return known(t.To) })
	cut := func(list []answer.Affiliation) []answer.Affiliation { return list[:min(maxAffiliations, len(list))] }
	return slices.Concat([]answer.Affiliation{}, cut(now)), cut(before), cut(unsure)
}

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
