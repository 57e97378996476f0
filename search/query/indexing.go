package query

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
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
	siteFacet         = "site"     // of a page, and what is on it: the key of its site, where several are one
	pageKindFacet     = "pagekind" // of a page: its ingest.PageKind

	addresseeFacet = "addressee" // of a recommendation: whom it addresses, as an IRI and as written
	strengthFacet  = "strength"  // of a recommendation
	placeFacet     = "place"     // of a page: keys of the names of places that it names
)

var facetNames = []string{personFacet, organisationFacet, countryFacet, topicFacet, yearFacet, categoryFacet, genreFacet, siteFacet}

// lexiconKey is the key of the index's blob of names.
const lexiconKey = "lexicon"

const (
	maxHitPeople    = 12 // people, organisations and topics that a hit lists
	maxEntityTitles = 60 // titles of pages that an entity is found by
)

// WriteIndex writes the index of a site to dir: a document for each page, recommendation and entity, and what queries are
// widened by. What has not changed since it is taken from the index of the same program in the folder before, if that is not "".
func WriteIndex(ctx context.Context, dir string, site *inversion.Site, before string) error {
	documents, bytes := len(site.Entities), 0
	for _, r := range site.Records {
		documents += 1 + len(r.Recommendations)
		bytes += len(r.Text)
	}
	if before != "" {
		w, err := index.Renew(dir, before, documents, bytes)
		if err == nil {
			err = putSite(ctx, w, site)
		}
		if !errors.Is(err, index.ErrChanged) {
			return err
		}
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("writing the index anew: %w", err)
		}
	}
	w, err := index.Create(dir, documents, bytes)
	if err != nil {
		return err
	}
	return putSite(ctx, w, site)
}

// putSite puts a site into an index, and closes that.
func putSite(ctx context.Context, w *index.Writer, site *inversion.Site) error {
	m := newDocumentMaker(site)
	for _, r := range site.Records {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("writing the index: %w", err)
		}
		if r.TranslationOf != "" { // found as its original
			continue
		}
		doc, hit := m.page(r)
		for _, n := range site.Versions[r.Path] {
			version := site.Records[n]
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
	for _, r := range site.Records {
		for i := range r.Recommendations {
			rec := &r.Recommendations[i]
			if rec.SameAs != "" { // shown with the first that asks the same
				continue
			}
			doc, hit := m.recommendation(r, rec, site.Asked[rec.IRI])
			if err := putHit(w, doc, hit); err != nil {
				return err
			}
		}
	}
	for i := range site.Entities {
		doc, hit := m.entity(i)
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
	site   *inversion.Site
	places map[string]bool // keys of the names of places that pages name
}

func newDocumentMaker(site *inversion.Site) *documentMaker {
	return &documentMaker{site: site, places: map[string]bool{}}
}

// appearances gather what the pages say about an entity.
type appearances struct {
	titles []string // of the pages on which it plays a part, then of those that name it; newest first
	last   string   // date
	facets facetSet
	langs  map[string]int // of these pages
}

// appear gathers what the pages that name an entity say about it.
func (m *documentMaker) appear(n int) *appearances {
	s := &appearances{facets: newFacetSet(), langs: map[string]int{}}
	var named []string
	for _, place := range m.site.Seen[n] {
		r, naming := m.site.Records[place.Page], &m.site.Named[place.Page][place.At]
		s.langs[r.Lang]++
		s.last = max(s.last, r.Date)
		s.facets.add(yearFacet, answer.Year(r.Date))
		s.facets.add(siteFacet, r.Site)
		plays := false
		for _, p := range naming.People {
			for i := range p.Affiliations {
				if derive.SureEnough(&p.Affiliations[i]) {
					s.facets.add(organisationFacet, string(p.Affiliations[i].IRI))
				}
			}
			plays = plays || p.Part != ""
		}
		for _, t := range m.site.Ties[place.Page][n] {
			if derive.SureEnough(t.Affiliation) {
				s.facets.add(personFacet, string(m.site.Entities[t.Person].IRI))
			}
		}
		if !plays {
			named = append(named, r.Title)
			continue
		}
		s.titles = append(s.titles, r.Title)
		for i := range r.Topics {
			s.facets.add(topicFacet, string(r.Topics[i].IRI))
		}
	}
	s.titles = append(s.titles, named...)
	return s
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

// ref names an entity as the site knows it, or as the page does where the site has no entity.
func (m *documentMaker) ref(kind kinds.Kind, iri ingest.IRI, name string) answer.Ref {
	if e := m.site.Entity(iri); e != nil {
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
	hit := &answer.Hit{Kind: kinds.Page, PageKind: string(r.Kind), ID: r.IRI, Path: r.Path, URL: r.URL, Title: r.Title, Date: r.Date,
		Site: r.Site}
	facets := newFacetSet()
	facets.add(yearFacet, answer.Year(r.Date))
	facets.add(categoryFacet, categories(r.Page)...)
	facets.add(pageKindFacet, string(r.Kind))
	facets.add(genreFacet, string(r.Genre))
	facets.add(siteFacet, r.Site)
	names := nameSet{}
	people := slices.Clone(r.People)
	slices.SortStableFunc(people, func(a, b ingest.Participant) int { return cmp.Compare(partRank(r, &b), partRank(r, &a)) })
	for i := range people {
		p := &people[i]
		facets.add(personFacet, string(p.IRI))
		if part, _ := r.Did(p); part != "" {
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
func (m *documentMaker) recommendation(r *ingest.Record, rec *ingest.Recommendation, group []inversion.Saying) (*index.Document,
	*answer.Hit) {
	d := &index.Document{
		ID:       string(rec.IRI),
		Kind:     string(kinds.Recommendation),
		Lang:     r.Lang,
		Headings: []string{rec.Heading},
		Body:     []string{rec.Text, cmp.Or(rec.Context, rec.LeadIn), r.Title},
		Date:     r.Date,
		Text:     rec.Text,
	}
	page := answer.PageRef(r)
	hit := &answer.Hit{
		Kind: kinds.Recommendation, ID: rec.IRI, Path: r.Path, URL: ingest.TextFragment(r.URL, rec.Text),
		Title: rec.Text, Date: r.Date, Site: r.Site, Page: &page, Strength: string(rec.Strength),
	}
	facets, names := newFacetSet(), nameSet{}
	for _, s := range group {
		m.concern(facets, &names, s)
	}
	if e := m.site.Entity(rec.ByIRI); e != nil {
		by := m.ref(e.Kind, rec.ByIRI, rec.ByName)
		hit.By = &by
	}
	for _, iri := range rec.Topics {
		if e := m.site.Entity(iri); e != nil {
			ref := m.ref(kinds.Topic, iri, e.Name)
			ref.Inferred = derive.Inferred(r, iri)
			hit.Topics = appendRef(hit.Topics, ref)
		}
	}
	d.Names, d.Facets = names.list, facets.values
	return d, hit
}

// concern notes what a recommendation is found by: who says it and for whom, to whom, what it names, and when.
func (m *documentMaker) concern(facets facetSet, names *nameSet, s inversion.Saying) {
	facets.add(yearFacet, answer.Year(s.Page.Date))
	facets.add(categoryFacet, categories(s.Page.Page)...)
	facets.add(genreFacet, string(s.Page.Genre))
	facets.add(siteFacet, s.Page.Site)
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
		e := m.site.Entity(iri)
		if e == nil {
			continue
		}
		names.add(m, iri, e.Name)
		if e.Kind != kinds.Topic { // a recommendation has topics of its own
			facets.add(string(e.Kind), facetValue(e))
		}
	}
	if m.site.Entity(s.Recommendation.ByIRI) != nil {
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

// entity makes the document of an entity, given by its number: found by its names, and by the titles of its pages.
func (m *documentMaker) entity(n int) (*index.Document, *answer.Hit) {
	e, s := &m.site.Entities[n], m.appear(n)
	s.facets.add(string(e.Kind), facetValue(e))
	for _, values := range s.facets.values {
		slices.Sort(values)
	}
	d := &index.Document{
		ID: string(e.IRI), Kind: string(e.Kind), Lang: s.language(), Title: e.Name, Names: e.Aliases,
		Body: s.titles[:min(len(s.titles), maxEntityTitles)], Date: s.last, Facets: s.facets.values,
	}
	return d, &answer.Hit{Kind: e.Kind, ID: e.IRI, URL: e.Homepage, Title: e.Name, Date: s.last, Pages: len(m.site.Seen[n])}
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
	e := m.site.Entity(iri)
	switch {
	case e == nil:
		n.list = append(n.list, name)
	case !n.seen[iri]:
		if n.seen == nil {
			n.seen = map[ingest.IRI]bool{}
		}
		n.seen[iri] = true
		n.list = append(n.list, e.Name)
		for _, alias := range e.Aliases {
			if ingest.Initials(alias) {
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
func partRank(r *ingest.Record, p *ingest.Participant) int {
	switch part, speaks := r.Did(p); {
	case speaks:
		return 2
	case part != "":
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
