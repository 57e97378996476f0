package resolve

import (
	"fmt"
	"net/url"
	"slices"
	"sort"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/curation"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/kinds"
)

// Result is what a site's records come to.
type Result struct {
	Entities []ingest.Entity // by IRI
	Doubts   []ingest.Doubt  // most consequential first
	Notes    []string        // lines of rapporteur.yaml that match nothing
}

// Base is what all IRIs of a site start with: its address, or "urn:rapporteur:" where that is not known.
func Base(siteURL string) string {
	if siteURL == "" {
		return "urn:rapporteur:"
	}
	return strings.TrimRight(siteURL, "/")
}

// Site resolves the references of all records to entities, in place: it sets their IRIs and those of affiliations,
// topics, countries and of the records themselves. siteURL is the live site's address; decisions may be nil. The order
// of records makes no difference. The error is about the program's own tables, never about the site.
func Site(siteURL string, records []*ingest.Record, decisions *curation.File) (Result, error) {
	vocabulary, err := gazetteer.Load()
	if err != nil {
		return Result{}, fmt.Errorf("resolve names: %w", err)
	}
	r := &resolver{words: vocabulary, base: Base(siteURL), records: slices.Clone(records), decisions: decisions, nicknames: nicknameTable(),
		walks: walkTable(), bodyAt: map[pointer]*group{}, names: map[string]personName{}, clusters: map[ref]*cluster{},
		bodyNames: map[*group]string{}}
	if decisions == nil {
		r.decisions = &curation.File{Name: curation.FileName}
	}
	slices.SortFunc(r.records, func(a, b *ingest.Record) int { return strings.Compare(a.Path, b.Path) })
	r.agreeOnKinds()
	r.applyKinds()
	r.gatherBodies()
	r.gatherPeople()
	r.applyDecisions()
	r.joinBodies()
	r.relate()
	r.countAppearances()
	r.partNamesakes()
	r.joinPeople()
	r.applyNoTie()
	r.applyHide()
	r.joinFirstNames()
	r.nameAll()
	return r.result(), nil
}

// resolver holds a site while it is resolved.
type resolver struct {
	base      string
	records   []*ingest.Record // by path
	decisions *curation.File
	words     *gazetteer.Gazetteer
	nicknames map[string][]string
	walks     map[string]string // noun -> walk of life
	names     map[string]personName
	clusters  map[ref]*cluster
	bodyNames map[*group]string // once organisations are merged

	bodies    []*group
	people    []*group
	bodyByKey map[string]*group
	bodyAt    map[pointer]*group

	appearances map[string]int // of people by key: pages
	hidden      map[*group]bool
	topics      []ingest.Entity
	nations     []ingest.Entity
	doubts      []doubt
	notes       []string
	entities    []ingest.Entity
}

// gatherBodies makes the groups of organisations: the references of one spelling, and the site's own pages.
func (r *resolver) gatherBodies() {
	r.bodyByKey = map[string]*group{}
	at := func(key string) *group {
		g := r.bodyByKey[key]
		if g == nil {
			g = newGroup(kinds.Organisation, key)
			r.bodyByKey[key] = g
			r.bodies = append(r.bodies, g)
		}
		return g
	}
	for i, record := range r.records {
		for j, o := range record.Organisations {
			key := parseBody(o.Name).key()
			if key == "" {
				continue
			}
			g := at(key)
			r.add(g, i, j, o)
			r.bodyAt[pointer{record, o.ID}] = g
		}
		if record.Kind == ingest.OrganisationPage {
			if key := parseBody(record.Title).key(); key != "" {
				g := at(key)
				if g.own == "" {
					g.own, g.title = record.Path, unshouted(record.Title, g)
				}
				r.pageFacts(g, record)
			}
		}
	}
}

// gatherPeople does the same for people. Somebody whom a page calls by one word only is known on that page alone, except where
// its front matter says by that word whom it is by: a site that signs pages "Wilma" means one Wilma by it.
func (r *resolver) gatherPeople() {
	byKey := map[string]*group{}
	at := func(key string) *group {
		g := byKey[key]
		if g == nil {
			g = newGroup(kinds.Person, key)
			byKey[key] = g
			r.people = append(r.people, g)
		}
		return g
	}
	for i, record := range r.records {
		for j, p := range record.People {
			name := parsePerson(p.Name)
			if len(name.words) == 0 {
				continue
			}
			key := name.key()
			switch {
			case name.full():
			case name.peer && name.woman:
				key = lady + key
			case name.peer:
				key = lord + key
			case signs(p):
				key += "\tsigns " + record.Site
			default:
				key += "\t" + record.Path
			}
			r.add(at(key), i, j, p.Reference)
		}
		if name := parsePerson(record.Title); record.Kind == ingest.PersonPage && name.full() && len(name.words) <= 6 {
			g := at(name.key())
			if g.own == "" {
				g.own, g.title = record.Path, unshouted(record.Title, g)
			}
			r.pageFacts(g, record)
		}
	}
}

// signs reports whether the front matter of a page says that it is by somebody.
func signs(p ingest.Participant) bool {
	return p.Part == ingest.Author && slices.ContainsFunc(p.Mentions, func(m ingest.Mention) bool { return m.Rule == "front-matter" })
}

// unshouted is a page's title, unless that is in capitals and another form of the name is known.
func unshouted(title string, g *group) string {
	if shouted(title) {
		for _, n := range sortedKeys(g.names) {
			if !shouted(n) {
				return ""
			}
		}
	}
	return title
}

func (r *resolver) add(g *group, page, index int, reference ingest.Reference) {
	record := r.records[page]
	g.refs = append(g.refs, ref{page, index})
	g.names[fold.Space(reference.Name)]++
	for _, m := range reference.Mentions {
		g.forms[fold.Space(m.Text)]++
		for _, l := range linksOn(record, m.Span) {
			if l.Page != "" || l.End-l.Start > 2*(m.End-m.Start)+8 {
				continue // a link whose text says more than the name leads to something else
			}
			if id, deep := identity(l.Target); id != "" {
				g.domains[id]++
				if !deep {
					g.homes[l.Target]++
				}
			}
		}
	}
}

// pageFacts takes from a page about a person or organisation where else it is and how else it is called.
func (r *resolver) pageFacts(g *group, record *ingest.Record) {
	for _, key := range []string{"acronym", "abbreviation", "short_name", "shortname", "alternate_name", "alternateName", "aka",
		"also_known_as"} {
		g.aliases = append(g.aliases, texts(record.FrontMatter[key])...)
	}
	for _, key := range []string{"homepage", "website", "url", "link", "external_url"} {
		for _, address := range texts(record.FrontMatter[key]) {
			if id, _ := identity(address); id != "" {
				g.domains[id] += 5
				g.homes[address] += 100
			}
		}
	}
	for _, key := range []string{"wikidata", "orcid", "ror", "sameAs", "same_as"} {
		for _, id := range texts(record.FrontMatter[key]) {
			switch {
			case onTheWeb(id):
			case key == "orcid":
				id = "https://orcid.org/" + id
			case key == "wikidata":
				id = "https://www.wikidata.org/wiki/" + id
			case key == "ror":
				id = "https://ror.org/" + id
			default:
				continue
			}
			if onTheWeb(id) {
				g.sameAs = append(g.sameAs, id)
			}
		}
	}
}

// onTheWeb says whether an address is one of http or https, which may stand as a link.
func onTheWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil &&
		!strings.ContainsAny(address, "<>\"'` \\")
}

func texts(v any) []string {
	switch v := v.(type) {
	case string:
		if s := strings.TrimSpace(v); s != "" {
			return []string{s}
		}
	case []any:
		var out []string
		for _, x := range v {
			out = append(out, texts(x)...)
		}
		return out
	}
	return nil
}

// pointer is a reference of a record, as the record's ties point at it.
type pointer struct {
	record *ingest.Record
	id     ingest.LocalID
}

// bodyOf is the group of an organisation that an affiliation points at.
func (r *resolver) bodyOf(record *ingest.Record, id ingest.LocalID) *group {
	if g := r.bodyAt[pointer{record, id}]; g != nil {
		return g.root()
	}
	return nil
}

// relate notes for each person the organisations that they stand for.
func (r *resolver) relate() {
	clear(r.clusters) // organisations have been merged since
	clear(r.bodyNames)
	for _, g := range roots(r.people) {
		g.bodies = map[*group]int{}
		for _, at := range g.refs {
			record := r.records[at.page]
			for _, a := range record.People[at.index].Affiliations {
				if o := r.bodyOf(record, a.Organisation); o != nil {
					g.bodies[o]++
				}
			}
		}
	}
}

// linksOn are the links that a span touches.
func linksOn(record *ingest.Record, s ingest.Span) []ingest.Link {
	first := sort.Search(len(record.Links), func(i int) bool { return record.Links[i].End > s.Start })
	last := first
	for last < len(record.Links) && record.Links[last].Start < s.End {
		last++
	}
	return record.Links[first:last]
}

// person takes a name apart, once for each name.
func (r *resolver) person(name string) personName {
	n, seen := r.names[name]
	if !seen {
		n = parsePerson(name)
		r.names[name] = n
	}
	return n
}
