// Package inversion turns a site round: from what each page names to where each thing is named. It is done once for a site;
// the graph, the index, profiles, the catalogue, recommendations and related pages all read it.
package inversion

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"rapporteur/ingest"
)

// Site is a site and its inversion. Records and entities go by their numbers, which are their places in Records and Entities.
type Site struct {
	*ingest.Site
	Number     map[ingest.IRI]int      // of an entity
	Page       map[string]int          // of a record, by path
	Named      [][]Naming              // of each record: what it names, each entity once, in order of entity
	Ties       []map[int][]Tie         // of each record, by organisation: whom it ties to it, in the order of its people
	Seen       [][]Place               // of each entity: where it is named, newest page first; see Of for translations
	Concerning [][]Place               // of each entity: the recommendations that concern it, newest page first
	Asked      map[ingest.IRI][]Saying // recommendations that ask the same, in order of date, by the IRI of the first
	Versions   map[string][]int        // translations of a page, by the path of the original
}

// Naming is how a page names an entity.
type Naming struct {
	Entity   int
	Mentions []ingest.Mention      // in the order of the record's references, and of Start within each
	People   []*ingest.Participant // of a person; several where the page names them in several ways
	Inferred bool                  // of a topic
}

// Tie is somebody whom a page ties to an organisation.
type Tie struct {
	Person      int
	Affiliation *ingest.Affiliation
}

// Place is a place on a page: Named[Page][At], or Records[Page].Recommendations[At].
type Place struct{ Page, At int }

// Saying is a recommendation on its page.
type Saying struct {
	Page           *ingest.Record
	Recommendation *ingest.Recommendation
}

// Of turns a site round. What a translation names and its original names too is seen on the original alone.
func Of(site *ingest.Site) *Site {
	s := &Site{
		Site:       site,
		Number:     make(map[ingest.IRI]int, len(site.Entities)),
		Page:       make(map[string]int, len(site.Records)),
		Named:      make([][]Naming, len(site.Records)),
		Ties:       make([]map[int][]Tie, len(site.Records)),
		Seen:       make([][]Place, len(site.Entities)),
		Concerning: make([][]Place, len(site.Entities)),
		Asked:      map[ingest.IRI][]Saying{},
		Versions:   map[string][]int{},
	}
	for n := range site.Entities {
		s.Number[site.Entities[n].IRI] = n
	}
	newest := make([]int, len(site.Records))
	for i, r := range site.Records {
		newest[i] = i
		s.Page[r.Path] = i
		if r.TranslationOf != "" {
			s.Versions[r.TranslationOf] = append(s.Versions[r.TranslationOf], i)
		}
		s.Named[i], s.Ties[i] = s.names(r)
		for k := range r.Recommendations {
			rec := &r.Recommendations[k]
			s.Asked[First(rec)] = append(s.Asked[First(rec)], Saying{r, rec})
		}
	}
	for _, same := range s.Asked {
		slices.SortStableFunc(same, func(a, b Saying) int { return strings.Compare(a.Page.Date, b.Page.Date) })
	}
	slices.SortStableFunc(newest, func(x, y int) int { return cmp.Compare(site.Records[y].Date, site.Records[x].Date) })
	for _, i := range newest {
		r := site.Records[i]
		var original map[ingest.IRI]bool
		if o, ok := s.Page[r.TranslationOf]; ok && r.TranslationOf != "" {
			original = site.Records[o].Entities()
		}
		for at, n := range s.Named[i] {
			if !original[site.Entities[n.Entity].IRI] {
				s.Seen[n.Entity] = append(s.Seen[n.Entity], Place{i, at})
			}
		}
		for at := range r.Recommendations {
			for _, n := range s.concerned(&r.Recommendations[at]) {
				s.Concerning[n] = append(s.Concerning[n], Place{i, at})
			}
		}
	}
	return s
}

// First is the IRI of the first recommendation that asks what rec asks.
func First(rec *ingest.Recommendation) ingest.IRI { return cmp.Or(rec.SameAs, rec.IRI) }

// Entity is the entity with an IRI, nil if the site has none.
func (s *Site) Entity(iri ingest.IRI) *ingest.Entity {
	if n, ok := s.Number[iri]; ok {
		return &s.Entities[n]
	}
	return nil
}

// names merges what the lists of a record say of one entity.
func (s *Site) names(r *ingest.Record) ([]Naming, map[int][]Tie) {
	found := map[int]*Naming{}
	ties := map[int][]Tie{}
	meet := func(ref *ingest.Reference) *Naming {
		n, ok := s.Number[ref.IRI]
		if !ok {
			return &Naming{}
		}
		if found[n] == nil {
			found[n] = &Naming{Entity: n}
		}
		found[n].Mentions = append(found[n].Mentions, ref.Mentions...)
		return found[n]
	}
	for i := range r.People {
		p := &r.People[i]
		naming := meet(&p.Reference)
		naming.People = append(naming.People, p)
		for k := range p.Affiliations {
			person, known := s.Number[p.IRI]
			if organisation, ok := s.Number[p.Affiliations[k].IRI]; ok && known {
				ties[organisation] = append(ties[organisation], Tie{person, &p.Affiliations[k]})
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
		meet(&r.Topics[i].Reference).Inferred = r.Topics[i].Inferred
	}
	named := make([]Naming, 0, len(found))
	for _, n := range slices.Sorted(maps.Keys(found)) {
		named = append(named, *found[n])
	}
	return named, ties
}

// concerned lists the entities that a recommendation concerns: whose it is, whom it addresses, what it is about, what it names.
func (s *Site) concerned(rec *ingest.Recommendation) []int {
	var out []int
	for _, iri := range slices.Concat([]ingest.IRI{rec.ByIRI, rec.ToIRI}, rec.Topics, rec.Mentions) {
		if n, ok := s.Number[iri]; ok && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}
