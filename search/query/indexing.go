package query

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/ingest/topic"
	"rapporteur/search/answer"
	"rapporteur/search/derive"
)

// The facets of the index. Those of facetNames are shown with answers; the others only filter.
const (
	personFacet       = string(kinds.Person)
	organisationFacet = string(kinds.Organisation)
	countryFacet      = string(kinds.Country)
	topicFacet        = string(kinds.Topic)
	yearFacet         = "year"
	categoryFacet     = "category"
	speakerFacet      = "speaker"  // of a page: who played a part in it
	byFacet           = "by"       // of a recommendation: whose it is
	genreFacet        = "genre"    // of a page, and what is on it: its ingest.Genre
	pageKindFacet     = "pagekind" // of a page: its ingest.PageKind

	addresseeFacet = "addressee" // of a recommendation: whom it addresses, as an IRI and as written
	strengthFacet  = "strength"  // of a recommendation
	placeFacet     = "place"     // of a page: keys of the names of places that it names
)

var facetNames = []string{personFacet, organisationFacet, countryFacet, topicFacet, yearFacet, categoryFacet, genreFacet}

// lexiconKey is the key of the index's blob of names.
const lexiconKey = "lexicon"

const (
	maxHitPeople    = 12 // people, organisations and topics that a hit lists
	maxEntityTitles = 60 // titles of pages that an entity is found by
)

// WriteIndex writes the index of a site to dir: a document for each page, recommendation and entity, and what queries are
// widened by.
func WriteIndex(ctx context.Context, dir string, site *ingest.Site) (err error) {
	w, err := index.Create(dir)
	if err != nil {
		return err
	}
	m := newDocumentMaker(site)
	versions := map[string][]*ingest.Record{} // by path of the original
	for _, r := range site.Records {
		if r.TranslationOf != "" {
			versions[r.TranslationOf] = append(versions[r.TranslationOf], r)
		}
	}
	for _, r := range site.Records {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("writing the index: %w", err)
		}
		if r.TranslationOf != "" { // found as its original
			continue
		}
		doc, hit := m.page(r)
		for _, version := range versions[r.Path] {
			other, _ := m.page(version)
			if version.Title != r.Title {
				doc.Headings = append(doc.Headings, version.Title)
			}
			doc.Headings = append(doc.Headings, without(other.Headings, doc.Headings)...)
			doc.Body = append(doc.Body, without(other.Body, doc.Body)...)
		}
		if err := putHit(w, doc, hit); err != nil {
			return err
		}
	}
	groups := derive.Sayings(site)
	for _, r := range site.Records {
		for i := range r.Recommendations {
			rec := &r.Recommendations[i]
			if rec.SameAs != "" { // shown with the first that asks the same
				continue
			}
			doc, hit := m.recommendation(r, rec, groups[rec.IRI])
			if err := putHit(w, doc, hit); err != nil {
				return err
			}
		}
	}
	for i := range site.Entities {
		doc, hit := m.entity(&site.Entities[i])
		if err := putHit(w, doc, hit); err != nil {
			return err
		}
	}
	if err := putJSON(w, lexiconKey, makeLexicon(site, m)); err != nil {
		return err
	}
	return w.Close()
}

// without is what a list has that another has not.
func without(list, other []string) []string {
	has := make(map[string]bool, len(other))
	for _, s := range other {
		has[s] = true
	}
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return has[s] })
}

// putHit adds a document with the hit that it is shown as.
func putHit(w *index.Writer, d *index.Document, hit *answer.Hit) error {
	b, err := json.Marshal(hit)
	if err != nil {
		return fmt.Errorf("indexing %s: %w", d.ID, err)
	}
	d.Stored = b
	return w.Put(d)
}

func putJSON(w *index.Writer, key string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("writing %s to the index: %w", key, err)
	}
	return w.PutBlob(key, b)
}

// documentMaker makes the documents of a site.
type documentMaker struct {
	entities map[ingest.IRI]*ingest.Entity
	seen     map[ingest.IRI]*appearances
	again    map[string]map[ingest.IRI]bool // by path of a translation: what its original names too
	places   map[string]bool                // keys of the names of places that pages name
}

// appearances gather what the pages say about an entity.
type appearances struct {
	pages  int
	titles []string // of the pages on which it plays a part, then of those that name it
	last   string   // date
	facets map[string]map[string]bool
	langs  map[string]int // of these pages
}

func newDocumentMaker(site *ingest.Site) *documentMaker {
	m := &documentMaker{entities: map[ingest.IRI]*ingest.Entity{}, seen: map[ingest.IRI]*appearances{}, places: map[string]bool{}}
	for i := range site.Entities {
		e := &site.Entities[i]
		m.entities[e.IRI] = e
		m.seen[e.IRI] = &appearances{facets: map[string]map[string]bool{}, langs: map[string]int{}}
	}
	m.again = ingest.NamedByOriginals(site.Records)
	for _, r := range site.Records {
		for i := range r.People {
			p := &r.People[i]
			m.appear(p.IRI, r, p.Part != "")
			for _, a := range p.Affiliations {
				if a.Confidence < ingest.SureEnough {
					continue
				}
				m.tie(p.IRI, organisationFacet, string(a.IRI))
				m.tie(a.IRI, personFacet, string(p.IRI))
			}
			if p.Part != "" {
				for _, t := range r.Topics {
					m.tie(p.IRI, topicFacet, string(t.IRI))
				}
			}
		}
		for i := range r.Organisations {
			m.appear(r.Organisations[i].IRI, r, false)
		}
		for i := range r.Countries {
			m.appear(r.Countries[i].IRI, r, false)
		}
		for i := range r.Topics {
			m.appear(r.Topics[i].IRI, r, false)
		}
	}
	return m
}

// appear notes that a record names an entity.
func (m *documentMaker) appear(iri ingest.IRI, r *ingest.Record, part bool) {
	s, ok := m.seen[iri]
	if !ok || m.again[r.Path][iri] {
		return
	}
	s.pages++
	s.langs[r.Lang]++
	s.last = max(s.last, r.Date)
	if part {
		s.titles = slices.Insert(s.titles, 0, r.Title)
	} else {
		s.titles = append(s.titles, r.Title)
	}
	m.tie(iri, yearFacet, answer.Year(r.Date))
}

// language is the one that most of the pages are in.
func (s *appearances) language() string {
	most := ""
	for _, lang := range slices.Sorted(maps.Keys(s.langs)) {
		if s.langs[lang] > s.langs[most] {
			most = lang
		}
	}
	return most
}

// tie notes that an entity is found by a value of a facet.
func (m *documentMaker) tie(iri ingest.IRI, facet, value string) {
	s, ok := m.seen[iri]
	if !ok || value == "" {
		return
	}
	if s.facets[facet] == nil {
		s.facets[facet] = map[string]bool{}
	}
	s.facets[facet][value] = true
}

// ref names an entity as the site knows it, or as the page does where the site has no entity.
func (m *documentMaker) ref(kind kinds.Kind, iri ingest.IRI, name string) answer.Ref {
	if e, ok := m.entities[iri]; ok {
		name = e.Name
	}
	return answer.Ref{ID: iri, Kind: kind, Name: name}
}

// page makes the document of a page.
func (m *documentMaker) page(r *ingest.Record) (*index.Document, *answer.Hit) {
	d := &index.Document{ID: string(r.IRI), Kind: string(kinds.Page), Lang: r.Lang, Title: r.Title, Date: r.Date, EndDate: r.EndDate,
		Text: r.Text}
	for i := range r.Blocks {
		b := &r.Blocks[i]
		text := b.In(r.Text)
		switch b.Kind {
		case ingest.TitleBlock:
		case ingest.HeadingBlock:
			d.Headings = append(d.Headings, text)
		default:
			d.Body = append(d.Body, text)
		}
	}
	hit := &answer.Hit{Kind: kinds.Page, PageKind: string(r.Kind), ID: r.IRI, Path: r.Path, URL: r.URL, Title: r.Title, Date: r.Date}
	facets := newFacetSet()
	facets.add(yearFacet, answer.Year(r.Date))
	facets.add(categoryFacet, categories(r.Page)...)
	facets.add(pageKindFacet, string(r.Kind))
	facets.add(genreFacet, string(r.Genre))
	names := nameSet{}
	people := slices.Clone(r.People)
	slices.SortStableFunc(people, func(a, b ingest.Participant) int { return cmp.Compare(partRank(b), partRank(a)) })
	for i := range people {
		p := &people[i]
		facets.add(personFacet, string(p.IRI))
		if p.Part != "" {
			facets.add(speakerFacet, string(p.IRI))
		}
		names.add(m, p.IRI, p.Name)
		hit.People = appendRef(hit.People, m.ref(kinds.Person, p.IRI, p.Name))
	}
	for i := range r.Organisations {
		o := &r.Organisations[i]
		facets.add(organisationFacet, string(o.IRI))
		names.add(m, o.IRI, o.Name)
		hit.Organisations = appendRef(hit.Organisations, m.ref(kinds.Organisation, o.IRI, o.Name))
	}
	for i := range r.Countries {
		facets.add(countryFacet, r.Countries[i].Code)
		for _, mention := range r.Countries[i].Mentions {
			key := index.NameKey(mention.Text)
			facets.add(placeFacet, key)
			m.places[key] = true
		}
		names.add(m, r.Countries[i].IRI, r.Countries[i].Name)
	}
	for i := range r.Topics {
		t := &r.Topics[i]
		facets.add(topicFacet, string(t.IRI))
		names.add(m, t.IRI, t.Name)
		ref := m.ref(kinds.Topic, t.IRI, t.Name)
		ref.Inferred = t.Inferred
		hit.Topics = appendRef(hit.Topics, ref)
	}
	d.Names, d.Facets = names.list, facets.values
	return d, hit
}

// recommendation makes the document of a recommendation. It is found by whatever one of the group is found by, those that ask the same.
func (m *documentMaker) recommendation(r *ingest.Record, rec *ingest.Recommendation, group []derive.Saying) (*index.Document, *answer.Hit) {
	d := &index.Document{
		ID:       string(rec.IRI),
		Kind:     string(kinds.Recommendation),
		Lang:     r.Lang,
		Headings: []string{rec.Heading},
		Body:     []string{rec.Text, cmp.Or(rec.Context, rec.LeadIn), r.Title},
		Date:     r.Date,
		Text:     rec.Text,
	}
	page := m.ref(kinds.Page, r.IRI, r.Title)
	hit := &answer.Hit{
		Kind: kinds.Recommendation, ID: rec.IRI, Path: r.Path, URL: answer.TextFragment(r.URL, rec.Text),
		Title: rec.Text, Date: r.Date, Page: &page, Strength: string(rec.Strength),
	}
	facets, names := newFacetSet(), nameSet{}
	for _, s := range group {
		m.concern(facets, &names, s)
	}
	if e, ok := m.entities[rec.ByIRI]; ok {
		by := m.ref(e.Kind, rec.ByIRI, rec.ByName)
		hit.By = &by
	}
	for _, iri := range rec.Topics {
		if e, ok := m.entities[iri]; ok {
			ref := m.ref(kinds.Topic, iri, e.Name)
			ref.Inferred = derive.Inferred(r, iri)
			hit.Topics = appendRef(hit.Topics, ref)
		}
	}
	d.Names, d.Facets = names.list, facets.values
	return d, hit
}

// concern notes what a recommendation is found by: who says it and for whom, to whom, what it names, and when.
func (m *documentMaker) concern(facets facetSet, names *nameSet, s derive.Saying) {
	facets.add(yearFacet, answer.Year(s.Page.Date))
	facets.add(categoryFacet, categories(s.Page.Page)...)
	facets.add(genreFacet, string(s.Page.Genre))
	facets.add(strengthFacet, string(s.Recommendation.Strength))
	facets.add(addresseeFacet, string(s.Recommendation.ToIRI), index.NameKey(s.Recommendation.To))
	concerned := append([]ingest.IRI{s.Recommendation.ByIRI, s.Recommendation.ToIRI}, s.Recommendation.Mentions...)
	for i := range s.Page.People {
		if p := &s.Page.People[i]; p.IRI == s.Recommendation.ByIRI && p.IRI != "" {
			for _, a := range p.Affiliations {
				if !derive.Holds(&a) {
					continue
				}
				concerned = append(concerned, a.IRI)
			}
		}
	}
	for _, iri := range concerned {
		e, ok := m.entities[iri]
		if !ok {
			continue
		}
		names.add(m, iri, e.Name)
		if e.Kind != kinds.Topic { // a recommendation has topics of its own
			facets.add(string(e.Kind), facetValue(e))
		}
	}
	if _, ok := m.entities[s.Recommendation.ByIRI]; ok {
		facets.add(byFacet, string(s.Recommendation.ByIRI))
	}
	for _, iri := range s.Recommendation.Topics {
		facets.add(topicFacet, string(iri))
	}
	for i := range s.Page.Topics {
		if t := &s.Page.Topics[i]; t.Scheme == topic.Project {
			facets.add(topicFacet, string(t.IRI))
		}
	}
}

// entity makes the document of an entity: found by its names, and by the titles of its pages.
func (m *documentMaker) entity(e *ingest.Entity) (*index.Document, *answer.Hit) {
	s := m.seen[e.IRI]
	d := &index.Document{
		ID: string(e.IRI), Kind: string(e.Kind), Lang: s.language(), Title: e.Name, Names: e.Aliases,
		Body: s.titles[:min(len(s.titles), maxEntityTitles)], Date: s.last,
	}
	facets := newFacetSet()
	for _, facet := range slices.Sorted(maps.Keys(s.facets)) {
		facets.add(facet, slices.Sorted(maps.Keys(s.facets[facet]))...)
	}
	facets.add(string(e.Kind), facetValue(e))
	d.Facets = facets.values
	return d, &answer.Hit{Kind: e.Kind, ID: e.IRI, URL: e.Homepage, Title: e.Name, Date: s.last, Pages: s.pages}
}

// facetValue is the value of an entity in the facet of its kind.
func facetValue(e *ingest.Entity) string {
	if e.Kind == kinds.Country {
		return e.Code
	}
	return string(e.IRI)
}

// facetSet collects the values of facets, each once.
type facetSet struct {
	values map[string][]string
	seen   map[[2]string]bool
}

func newFacetSet() facetSet { return facetSet{map[string][]string{}, map[[2]string]bool{}} }

func (f facetSet) add(facet string, values ...string) {
	for _, v := range values {
		if k := [2]string{facet, v}; v != "" && !f.seen[k] {
			f.seen[k] = true
			f.values[facet] = append(f.values[facet], v)
		}
	}
}

// nameSet collects the names that a document is found by: as the page has them, and as the site knows them.
type nameSet struct {
	list []string
	seen map[ingest.IRI]bool
}

func (n *nameSet) add(m *documentMaker, iri ingest.IRI, name string) {
	e, ok := m.entities[iri]
	switch {
	case !ok:
		n.list = append(n.list, name)
	case !n.seen[iri]:
		if n.seen == nil {
			n.seen = map[ingest.IRI]bool{}
		}
		n.seen[iri] = true
		n.list = append(n.list, e.Name)
		for _, alias := range e.Aliases {
			if acronym(alias) {
				n.list = append(n.list, alias)
			}
		}
	}
}

func appendRef(refs []answer.Ref, ref answer.Ref) []answer.Ref {
	if ref.ID == "" || len(refs) == maxHitPeople || slices.ContainsFunc(refs, func(r answer.Ref) bool { return r.ID == ref.ID }) {
		return refs
	}
	return append(refs, ref)
}

// partRank puts those who speak before those who are there, and these before those who are mentioned.
func partRank(p ingest.Participant) int {
	switch {
	case p.Speaker:
		return 2
	case p.Part != "":
		return 1
	}
	return 0
}

// categories are those of the front matter, else the folder that the page is in.
func categories(p *ingest.Page) []string {
	if len(p.Categories) > 0 {
		return p.Categories
	}
	return []string{p.Collection}
}

// acronym reports whether a name is written in capitals, such as "OGP".
func acronym(name string) bool {
	capitals := 0
	for _, r := range name {
		if r >= 'A' && r <= 'Z' {
			capitals++
		}
	}
	return capitals >= 2 && len(name) <= 10 && !strings.Contains(name, " ")
}
