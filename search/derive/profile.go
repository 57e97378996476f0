// Package derive is what is made of a whole site once, when a generation is built: profiles of all entities with what they
// are connected with, the catalogue, the recommendations with all their places, the related pages, and the evidence of each.
package derive

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"sort"
	"sync"

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
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
)

// Site is a site turned round, with what is derived of each page once for all profiles.
type Site struct {
	*inversion.Site
	refs  []answer.Ref   // as Entities
	rank  []int          // of an entity among all, by name
	pages []pageTies     // as Records
	again map[string]int // on how many pages a block of text stands, of those that stand on several

	scratches sync.Pool // of *tally
}

// Of prepares what is derived of a site.
func Of(site *inversion.Site) *Site {
	b := &Site{
		Site:  site,
		refs:  make([]answer.Ref, len(site.Entities)),
		pages: make([]pageTies, len(site.Records)),
		rank:  make([]int, len(site.Entities)),
	}
	for i := range site.Entities {
		e := &site.Entities[i]
		b.refs[i] = answer.Ref{ID: e.IRI, Kind: e.Kind, Name: e.Name}
	}
	b.again = repeated(site.Records)
	for i, r := range site.Records {
		b.prepare(&b.pages[i], r, i)
	}
	b.scratches.New = func() any { return newTally(len(b.Entities)) }
	byName := make([]int, len(b.refs))
	for i := range byName {
		byName[i] = i
	}
	slices.SortFunc(byName, func(x, y int) int { return answer.CompareRefs(b.refs[x], b.refs[y]) })
	for place, n := range byName {
		b.rank[n] = place
	}
	return b
}

// Profile makes the profile of an entity, given by its number. Profiles share nothing with each other; several may be made
// at once.
func (b *Site) Profile(n int) *KeptProfile {
	scratch := b.scratches.Get().(*tally)
	defer b.scratches.Put(scratch)
	p := b.profile(n, scratch)
	return keepProfile(&p)
}

// evidence is what NewEvidence shows, without the quotation: its place alone.
func (b *Site) evidence(page int, s ingest.Span) answer.Evidence {
	l := &b.pages[page]
	l.mu.Lock()
	defer l.mu.Unlock()
	at, ok := l.cited[s]
	if !ok {
		at = placeOf(b.Records[page], s)
		l.cited[s] = at
	}
	return answer.Evidence{PageID: b.Records[page].IRI, Place: at}
}

func (b *Site) ref(n int) answer.Ref { return b.refs[n] }

// ownPage is the page that is about an entity and no other; -1 if there is none.
func (b *Site) ownPage(n int) int {
	if path := b.Entities[n].Page; path != "" {
		if own, ok := b.Page[path]; ok {
			return own
		}
	}
	return -1
}

func (b *Site) pageRef(p int) answer.Ref { return answer.PageRef(b.Records[p]) }

func (b *Site) profile(n int, scratch *tally) answer.Profile {
	e := &b.Entities[n]
	p := answer.Profile{
		Ref: b.ref(n), Aliases: e.Aliases, Code: e.Code, Scheme: e.Scheme, Homepage: e.Homepage, SameAs: e.SameAs,
		Pages: len(b.Seen[n]), Years: []answer.FacetValue{}, Appearances: []answer.Appearance{}, Recommendations: []answer.Recommendation{},
	}
	if own := b.ownPage(n); own >= 0 {
		ref := b.pageRef(own)
		p.OwnPage = &ref
	}
	years := map[string]int{}
	p.PagesByKind = map[string]int{}
	for i, s := range b.Seen[n] {
		p.PagesByKind[pageSort(b.Records[s.Page])]++
		if b.pages[s.Page].event && b.spokeThere(n, s) {
			p.Spoke++
		}
		if d := b.Records[s.Page].Date; d != "" {
			p.First = d
			p.Last = max(p.Last, d)
			years[answer.Year(d)]++
		}
		b.did(&p, s)
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
	for _, a := range b.Concerning[n] {
		r := b.Records[a.Page]
		rec := &r.Recommendations[a.At]
		if first := inversion.First(rec); !asked[first] && len(p.Recommendations) < maxRecommendations {
			asked[first] = true
			p.Recommendations = append(p.Recommendations, b.Recommendation(r, rec, b.cite))
		}
	}
	p.Affiliations, p.Before, p.Unsure = b.affiliations(n)
	p.Connections, p.CoSpeakers = b.connections(n, scratch)
	return p
}

// did counts what somebody did on a page, by year.
func (b *Site) did(p *answer.Profile, s inversion.Place) {
	l, year := &b.pages[s.Page], answer.Year(b.Records[s.Page].Date)
	here := &l.named[s.At]
	count := func(what string) {
		if p.Did == nil {
			p.Did = map[string][]answer.FacetValue{}
		}
		list := p.Did[what]
		if n := len(list); n > 0 && list[n-1].Value == year {
			list[n-1].Count++
		} else {
			p.Did[what] = append(list, answer.FacetValue{Value: year, Name: year, Count: 1})
		}
	}
	if here.speaks && l.event {
		count("events")
	}
	switch {
	case here.wrote && l.event:
		count("pages")
	case here.wrote:
		count("posts")
	}
}

func (b *Site) appearance(n int, s inversion.Place, quotes int) answer.Appearance {
	r, here := b.Records[s.Page], &b.pages[s.Page].named[s.At]
	a := answer.Appearance{Page: b.pageRef(s.Page), Date: r.Date, PageKind: string(r.Page.Kind), Genre: string(r.Genre),
		Inferred: here.Inferred}
	var spans []ingest.Span
	a.Author = here.wrote
	for _, p := range here.People {
		if part, speaks := r.Did(p); a.Part == "" || speaks && !a.Speaker {
			a.Part, a.Speaker, a.Announced, a.Occasion = string(part), speaks, false, nil
			if speaks {
				a.Announced, a.Occasion = p.Announced, p.Occasion
			}
		}
		spans = append(spans, p.Evidence)
		for _, af := range p.Affiliations {
			if !Holds(&af) {
				continue
			}
			if org, ok := b.Number[af.IRI]; ok {
				a.For = answer.AddRef(a.For, b.ref(org))
				spans = append(spans, af.Span)
			}
		}
	}
	b.eachAffiliation(n, s, func(person, _ int, af *ingest.Affiliation) {
		if person != n && Holds(af) {
			a.People = answer.AddRef(a.People, b.ref(person))
			if b.pages[s.Page].speaks(person) {
				a.Spoke = answer.AddRef(a.Spoke, b.ref(person))
			}
			spans = append(spans, af.Span)
		}
	})
	if a.Author && a.Part == "" {
		a.Part = string(ingest.Author)
	}
	for _, m := range here.Mentions {
		spans = append(spans, m.Span)
	}
	if a.Part == string(ingest.Author) { // what names the author proves it: a field
		slices.SortStableFunc(spans, func(x, y ingest.Span) int { return last(!r.InField(x), !r.InField(y)) })
	} else {
		beside := func(s ingest.Span) bool { return r.Beside(s) || b.boilerplate(r, s) }
		slices.SortStableFunc(spans, func(x, y ingest.Span) int { return last(beside(x), beside(y)) })
		if i := slices.IndexFunc(spans, beside); i > 0 {
			spans = spans[:i]
		}
	}
	a.Evidence = b.evidences(s.Page, spans, quotes)
	return a
}

// last orders what a condition holds of after what it does not.
func last(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return 1
	}
	return -1
}

// eachAffiliation calls f with the affiliations of a person, or to an organisation, on a page.
func (b *Site) eachAffiliation(n int, s inversion.Place, f func(person, organisation int, af *ingest.Affiliation)) {
	switch b.Entities[n].Kind {
	case kinds.Person:
		for _, p := range b.pages[s.Page].named[s.At].People {
			for i := range p.Affiliations {
				if org, ok := b.Number[p.Affiliations[i].IRI]; ok {
					f(n, org, &p.Affiliations[i])
				}
			}
		}
	case kinds.Organisation:
		for _, a := range b.pages[s.Page].of[n] {
			f(a.Person, n, a.Affiliation)
		}
	}
}

// evidences shows up to limit sentences that hold the spans, each once; the page alone if none does.
func (b *Site) evidences(page int, spans []ingest.Span, limit int) []answer.Evidence {
	out := []answer.Evidence{}
	for _, s := range spans {
		if len(out) == limit {
			break
		}
		e, r := b.evidence(page, s), b.Records[page]
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

// names reports whether a page names somebody at a place.
func (b *Site) names(page, person int, at ingest.Span) bool {
	l := b.pages[page].named
	i, ok := slices.BinarySearchFunc(l, person, func(p presence, n int) int { return cmp.Compare(p.Entity, n) })
	return ok && slices.ContainsFunc(l[i].Mentions, func(m ingest.Mention) bool { return at.Holds(m.Span) })
}

// affiliations collects those of a person or organisation over its pages: what is so, what was, and what may be. What the
// newest page says of a tie holds. The role of the person's own page comes first, then the latest that is told more than once;
// of the evidence, what tells that role, then what names the person, the newest first.
func (b *Site) affiliations(n int) (now, before, unsure []answer.Affiliation) {
	type telling struct { // of a tie on a page
		page  int
		role  string // its key
		named bool   // in a sentence that names the person
		at    answer.Evidence
	}
	type tie struct {
		answer.Affiliation
		pages  map[int]bool
		roles  map[string]int // how often each is told
		stated bool           // Relation and Former are those of a page
		own    bool           // which is the person's own
		told   []telling
	}
	collect := func(wanted func(*ingest.Affiliation) bool) []answer.Affiliation {
		found := map[int]*tie{}
		for _, s := range b.Seen[n] {
			r := b.Records[s.Page]
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
				own := b.ownPage(person) == s.Page
				switch {
				case !t.stated || own && !t.own: // the person's own page, else the newest
					t.Relation, t.Former, t.stated, t.own = string(af.Relation), af.Former, true, own
				case t.pages[s.Page] && !af.Former && own == t.own:
					t.Former = false // the same page says both: it is so still
				}
				if t.From == "" {
					t.From = af.From
				}
				if t.Until == "" {
					t.Until = af.To
				}
				if key := index.NameKey(af.Role); key != "" {
					t.roles[key]++
					switch {
					case t.roles[key] == 1 && own: // what the person's own page says goes first
						t.Roles = slices.Insert(t.Roles, 0, af.Role)
					case t.roles[key] == 1:
						t.Roles = append(t.Roles, af.Role)
					}
				}
				if r.Date != "" {
					t.First, t.Last = r.Date, max(t.Last, r.Date)
				}
				e := b.evidence(s.Page, af.Span)
				t.told = append(t.told, telling{s.Page, index.NameKey(af.Role), b.names(s.Page, person, e.Place.Span), e})
				t.pages[s.Page] = true
			})
		}
		out := make([]answer.Affiliation, 0, len(found))
		for _, t := range found {
			t.Pages = len(t.pages)
			order := t.Roles
			if own := t.own && len(t.Roles) > 0; own {
				order = order[1:]
			}
			slices.SortStableFunc(order, func(x, y string) int { return last(t.roles[index.NameKey(x)] == 1, t.roles[index.NameKey(y)] == 1) })
			role := ""
			if len(t.Roles) > 0 {
				role = index.NameKey(t.Roles[0])
			}
			slices.SortStableFunc(t.told, func(x, y telling) int {
				return cmp.Or(last(x.role != role, y.role != role), last(!x.named, !y.named))
			})
			for _, one := range t.told {
				again := func(e answer.Evidence) bool { return e.PageID == one.at.PageID }
				if len(t.Evidence) < MaxEvidence && !slices.ContainsFunc(t.Evidence, again) {
					t.Evidence = append(t.Evidence, one.at)
				}
			}
			out = append(out, t.Affiliation)
		}
		slices.SortFunc(out, func(x, y answer.Affiliation) int {
			return cmp.Or(y.Pages-x.Pages, cmp.Compare(y.Last, x.Last), answer.CompareRefs(x.To, y.To))
		})
		return out
	}
	for _, t := range collect(SureEnough) {
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
	unsure = slices.DeleteFunc(collect(func(af *ingest.Affiliation) bool { return !SureEnough(af) }),
		func(t answer.Affiliation) bool { return known(t.To) })
	cut := func(list []answer.Affiliation) []answer.Affiliation { return list[:min(maxAffiliations, len(list))] }
	return slices.Concat([]answer.Affiliation{}, cut(now)), cut(before), cut(unsure)
}

// nearest returns a place that names the second, in the sentence of one that names the first if there is one, else as
// near to one as can be.
func nearest(first, second *presence) ingest.Span {
	var best ingest.Span
	least := math.MaxInt
	for _, m := range second.Mentions {
		if len(first.Mentions) == 0 {
			return m.Span
		}
		d := math.MaxInt
		// those that begin before the end of m, and the first that does not
		before := sort.Search(len(first.Mentions), func(i int) bool { return first.Mentions[i].Start > m.End })
		if before > 0 {
			d = max(m.Start-first.reach[before-1], 0)
		}
		if before < len(first.Mentions) {
			d = min(d, first.Mentions[before].Start-m.End)
		}
		if d < least {
			least, best = d, m.Span
		}
		if d == 0 {
			break
		}
	}
	return best
}
