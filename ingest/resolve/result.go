package resolve

import (
	"cmp"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
)

// slugs gives out slugs of one kind, each once.
type slugs map[string]bool

// take returns the first of the wished slugs that is free, else the first one with a number.
func (s slugs) take(wished ...string) string {
	for _, w := range wished {
		if w != "" && !s[w] {
			s[w] = true
			return w
		}
	}
	for n := 2; ; n++ {
		if w := wished[0] + "-" + strconv.Itoa(n); !s[w] {
			s[w] = true
			return w
		}
	}
}

func (r *resolver) iri(kind, slug string) ingest.IRI {
	return ingest.IRI(r.base + "/id/" + kind + "/" + slug)
}

// nameAll gives every page, group, topic and country its IRI. Who stands first in the site keeps the plain slug, so that
// a new page does not take another's IRI.
func (r *resolver) nameAll() {
	r.namePages()
	for _, groups := range [][]*group{roots(r.bodies), roots(r.people)} {
		free := slugs{}
		for _, g := range groups {
			if r.hidden[g] || len(g.refs) == 0 && g.own == "" {
				continue
			}
			wished := []string{fold.Slug(g.name())}
			if g.mark != "" {
				wished = append(wished, fold.Slug(g.name()+" "+g.mark))
			}
			if g.kind == kinds.Person && strings.Contains(g.keys[0], "\t") && len(g.refs) > 0 {
				wished = []string{fold.Slug(g.name() + " " + fold.Slug(pageName(r.records[g.refs[0].page].Path)))}
			}
			g.iri = r.iri(string(g.kind), free.take(wished...))
		}
		r.entities = append(r.entities, r.describe(groups, free)...)
	}
	r.nameTopics()
	r.nameCountries()
}

// namePages gives pages their IRIs by the name of their file, or of its folder where the file is an index. Events come
// first; all pages share one set of slugs, because they share one place on the server.
func (r *resolver) namePages() {
	free := slugs{}
	list := slices.Clone(r.records)
	slices.SortStableFunc(list, func(a, b *ingest.Record) int {
		return cmp.Compare(pageRank(a.Kind), pageRank(b.Kind))
	})
	for _, record := range list {
		kind := "page"
		if record.Kind == ingest.EventPage {
			kind = "event"
		}
		name := pageName(record.Path)
		record.IRI = r.iri(kind, free.take(fold.Slug(name), fold.Slug(path.Base(path.Dir(record.Path))+" "+name),
			fold.Slug(strings.TrimSuffix(record.Path, path.Ext(record.Path)))))
	}
}

func pageRank(k ingest.PageKind) int {
	switch k {
	case ingest.EventPage:
		return 0
	case ingest.PostPage:
		return 1
	}
	return 2
}

func pageName(p string) string {
	name := strings.TrimSuffix(path.Base(p), path.Ext(p))
	if dir := path.Base(path.Dir(p)); (name == "index" || name == "_index") && dir != "." && dir != "/" {
		return dir
	}
	return name
}

// describe makes the entities of groups that have an IRI.
func (r *resolver) describe(groups []*group, free slugs) []ingest.Entity {
	claims := map[string]int{} // slugs of other forms, and how many entities have such a form
	forms := map[*group][]string{}
	for _, g := range groups {
		if g.iri == "" {
			continue
		}
		seen := map[string]bool{}
		for _, n := range append(sortedKeys(g.names), g.aliases...) {
			if g.kind == kinds.Person && !parsePerson(n).full() {
				continue
			}
			if slug := fold.Slug(n); !free[slug] && !seen[slug] {
				seen[slug] = true
				claims[slug]++
				forms[g] = append(forms[g], slug)
			}
		}
	}
	var out []ingest.Entity
	for _, g := range groups {
		if g.iri == "" {
			continue
		}
		name := g.name()
		e := ingest.Entity{IRI: g.iri, Kind: g.kind, Name: name, Aliases: g.others(name), Homepage: g.homepage(), SameAs: unique(g.sameAs),
			Page: g.own}
		for _, slug := range forms[g] {
			if claims[slug] == 1 {
				e.Former = append(e.Former, r.iri(string(g.kind), slug))
			}
		}
		slices.Sort(e.Former)
		out = append(out, e)
	}
	return out
}

// homepage is the address that mentions link to most, if it is the way in to a place that bears the name; what a mention
// links to is often something that was said there.
func (g *group) homepage() string {
	own := map[string]bool{}
	for _, n := range append(sortedKeys(g.names), g.title) {
		short := ""
		for _, w := range fold.Words(n) {
			if len(w) > 3 && !kindWords[w] {
				own[w] = true
			}
			short += w[:1]
		}
		own[short] = len(short) > 2
		if isAcronym(n) {
			own[fold.Text(n)] = true
		}
	}
	best, most := "", 0
	for _, address := range sortedKeys(g.homes) {
		id, _ := identity(address)
		n := g.domains[id]*1000 + g.homes[address]*100 - min(len(address), 99)
		squashed := strings.NewReplacer(".", "", "-", "", "/", "", "_", "").Replace(id)
		bears := g.homes[address] >= 100 // the site's own page gives it
		for w, ok := range own {
			bears = bears || ok && strings.Contains(squashed, w)
		}
		if strings.Contains(id, "/") && !strings.HasPrefix(id, "gov.uk/") {
			n -= 5000 // a profile at a place of many
		}
		if bears && (best == "" || n > most) {
			best, most = address, n
		}
	}
	return best
}

func unique(list []string) []string {
	list = slices.Clone(list)
	sort.Strings(list)
	return slices.Compact(list)
}

// result writes the IRIs into the records and collects what the site comes to.
func (r *resolver) result() Result {
	doubts := r.settleDoubts()
	people, bodies := map[ref]*group{}, map[ref]*group{}
	for _, g := range roots(r.people) {
		for _, at := range g.refs {
			people[at] = g
		}
	}
	for _, g := range roots(r.bodies) {
		for _, at := range g.refs {
			bodies[at] = g
		}
	}
	for i, record := range r.records {
		for j := range record.People {
			p := &record.People[j]
			if g := people[ref{i, j}]; g != nil {
				p.IRI = g.iri
			}
		}
		for j := range record.Organisations {
			if g := bodies[ref{i, j}]; g != nil {
				record.Organisations[j].IRI = g.iri
			}
		}
		tidy(record)
	}
	r.entities = append(append(r.entities, r.topics...), r.nations...)
	slices.SortFunc(r.entities, func(a, b ingest.Entity) int { return strings.Compare(string(a.IRI), string(b.IRI)) })
	return Result{Entities: r.entities, Doubts: doubts, Notes: r.notes}
}

// tidy takes references without an IRI out of a record (hidden ones, and names without a letter), and makes one of
// several references to one thing.
func tidy(record *ingest.Record) {
	kept := map[ingest.LocalID]ingest.LocalID{} // for each reference the one that stands for it now
	record.Organisations = once(record.Organisations, kept, func(o *ingest.Reference) *ingest.Reference { return o },
		func(_, _ *ingest.Reference) {})
	record.People = once(record.People, kept, func(p *ingest.Participant) *ingest.Reference { return &p.Reference },
		func(kept, other *ingest.Participant) {
			kept.Take(other)
			kept.Affiliations = append(kept.Affiliations, other.Affiliations...)
		})
	for i := range record.People {
		p := &record.People[i]
		for k := range p.Affiliations {
			p.Affiliations[k].Organisation = kept[p.Affiliations[k].Organisation]
		}
		p.Affiliations = tidyAffiliations(record, p.Affiliations)
	}
	for i := range record.Recommendations {
		a := &record.Recommendations[i]
		a.By, a.ToRef = kept[a.By], kept[a.ToRef]
	}
}

// once keeps the first of those that stand for one thing, under the longest of their names and with the mentions of all;
// those without an IRI go. also merges what a T has beside its reference; standsFor notes for each ID that of the one kept.
func once[T any](list []T, standsFor map[ingest.LocalID]ingest.LocalID, reference func(*T) *ingest.Reference,
	also func(kept, other *T)) []T {
	out := []T{}
	at := map[ingest.IRI]int{}
	for _, one := range list {
		ref := reference(&one)
		if ref.IRI == "" {
			continue
		}
		i, twice := at[ref.IRI]
		if !twice {
			at[ref.IRI] = len(out)
			standsFor[ref.ID] = ref.ID
			out = append(out, one)
			continue
		}
		kept := reference(&out[i])
		if len(ref.Name) > len(kept.Name) {
			kept.Name = ref.Name
		}
		standsFor[ref.ID] = kept.ID
		join(kept, *ref)
		also(&out[i], &one)
	}
	return out
}

// tidyAffiliations names those of a record's affiliations whose organisation is still there, without doubles.
func tidyAffiliations(record *ingest.Record, list []ingest.Affiliation) []ingest.Affiliation {
	out := []ingest.Affiliation{}
	for _, a := range list {
		body := record.Reference(a.Organisation)
		if body == nil {
			continue
		}
		a.Name, a.IRI = body.Name, body.IRI
		i := slices.IndexFunc(out, func(b ingest.Affiliation) bool {
			return b.IRI == a.IRI && (b.Role == a.Role || b.Role == "" || a.Role == "")
		})
		if i < 0 {
			out = append(out, a)
		} else if out[i].Role == "" {
			out[i] = a
		}
	}
	return out
}

// join adds the mentions of one reference to another, in order.
func join(to *ingest.Reference, from ingest.Reference) {
	to.Confidence = max(to.Confidence, from.Confidence)
	to.Mentions = append(slices.Clone(to.Mentions), from.Mentions...)
	slices.SortStableFunc(to.Mentions, func(a, b ingest.Mention) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	to.Mentions = slices.CompactFunc(to.Mentions, func(a, b ingest.Mention) bool { return a.Span == b.Span })
}

func sortRefs(g *group) {
	slices.SortFunc(g.refs, func(a, b ref) int { return cmp.Or(a.page-b.page, a.index-b.index) })
}
