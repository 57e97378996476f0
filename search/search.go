package search

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rapporteur/index"
	"rapporteur/ingest"
)

const (
	defaultLimit   = 20
	maxLimit       = 100
	maxOffset      = 10_000
	maxFacetValues = 20
	maxNameWords   = 8 // words of a name that a query is searched for
)

// kindPriors put pages before what is on them, where nothing else decides: an entity that is found by its name leads anyway,
// and the others are found by the titles of their pages.
var kindPriors = map[string]float64{
	string(Page): 1, string(Recommendation): 0.5, string(Person): 0.25, string(Organisation): 0.25, string(Topic): 0.25, string(Country): 0.25,
}

// finder answers searches over the index and the shelf of a generation.
type finder struct {
	reader  *index.Reader
	shelf   *shelf
	lexicon lexicon
	byName  map[string][]int // nameKey of a name or alias -> entities of the lexicon
	byID    map[ingest.IRI]int
	numbers []uint32 // of the entities' documents
	// countries are entities by code, nameWord the words of all names: what is one is not a slip.
	countries map[string]int
	nameWord  map[string]bool
	typed     []completion
	related   thesaurus // of general English
}

// openFinder opens the index and the shelf of the generation in dir.
func openFinder(dir string) (*finder, error) {
	r, err := index.Open(filepath.Join(dir, indexName))
	if err != nil {
		return nil, err
	}
	s, err := openShelf(filepath.Join(dir, shelfName))
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	f := &finder{reader: r, shelf: s, byName: map[string][]int{}, byID: map[ingest.IRI]int{}, countries: map[string]int{}, nameWord: map[string]bool{}}
	if err := f.open(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func (f *finder) open() error {
	b, err := f.reader.Blob(lexiconKey)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, &f.lexicon); err != nil {
		return fmt.Errorf("reading the lexicon of the index: %w", err)
	}
	for i := range f.lexicon.Entities {
		e := &f.lexicon.Entities[i]
		f.byID[e.ID] = i
		if e.Kind == Country {
			f.countries[e.Code] = i
		}
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			for _, word := range nameWords(name) {
				f.nameWord[word] = true
			}
			if key := nameKey(name); key != "" && !slices.Contains(f.byName[key], i) {
				f.byName[key] = append(f.byName[key], i)
			}
		}
		n, err := f.reader.Number(string(e.ID))
		if err != nil {
			return err
		}
		f.numbers = append(f.numbers, n)
	}
	english, err := index.NewAnalyzer("en")
	if err != nil {
		return err
	}
	f.related = newThesaurus(english)
	f.typed = makeCompletions(&f.lexicon)
	return nil
}

// Close frees the index.
func (f *finder) Close() error { return errors.Join(f.reader.Close(), f.shelf.close()) }

// Search answers a request. A query that cannot be read is a *QueryError.
func (g *Generation) Search(ctx context.Context, req Request) (*Response, error) {
	return g.finder.search(ctx, &req)
}

// Suggest completes what is being typed to names of entities and titles of pages; limit is 8 if it is 0, and 20 at most.
func (g *Generation) Suggest(ctx context.Context, prefix string, limit int) ([]Suggestion, error) {
	return g.finder.suggest(prefix, limit), ctx.Err()
}

// Profile returns what is known of an entity.
func (g *Generation) Profile(ctx context.Context, id ingest.IRI) (*Profile, error) {
	p, err := g.finder.profile(id)
	if err == nil && p == nil {
		err = &NotFoundError{Name: string(id)}
	}
	return p, errors.Join(err, ctx.Err())
}

// PageRecord returns all that ingestion knows of a page.
func (g *Generation) PageRecord(ctx context.Context, id ingest.IRI) (*ingest.Record, error) {
	r, err := g.finder.record(id)
	if err == nil && r == nil {
		err = &NotFoundError{Name: string(id)}
	}
	return r, errors.Join(err, ctx.Err())
}

// search answers a request.
func (f *finder) search(ctx context.Context, req *Request) (*Response, error) {
	start := time.Now()
	asked := *req
	if asked.Limit <= 0 {
		asked.Limit = defaultLimit
	}
	asked.Limit = min(asked.Limit, maxLimit)
	asked.Offset = min(max(0, asked.Offset), maxOffset)
	p, err := f.newPlan(ctx, &asked)
	if err != nil {
		return nil, err
	}
	found := &index.Result{}
	if !p.nothing {
		if found, err = f.reader.Search(ctx, p.query); err != nil {
			return nil, err
		}
	}
	response := &Response{
		Query: req.Query, Total: found.Total, Hits: []Hit{}, Facets: f.facets(found.Facets),
		Suggestion: p.suggestion(req.Query), Notes: p.notes,
	}
	marker, err := f.newMarker(ctx, p)
	if err != nil {
		return nil, err
	}
	for _, h := range found.Hits {
		hit, err := f.hit(h, marker)
		if err != nil {
			return nil, err
		}
		if req.Explain {
			if hit.Explanation, err = f.explain(ctx, p, h.Doc); err != nil {
				return nil, err
			}
		}
		response.Hits = append(response.Hits, *hit)
	}
	response.TookMS = float64(time.Since(start).Microseconds()) / 1000
	return response, nil
}

// hit reads what is shown of a document, with its best passages.
func (f *finder) hit(h index.Hit, m *marker) (*Hit, error) {
	stored, text, err := f.reader.Stored(h.Doc)
	if err != nil {
		return nil, err
	}
	hit := &Hit{}
	if err := json.Unmarshal(stored, hit); err != nil {
		return nil, fmt.Errorf("reading a hit: %w", err)
	}
	hit.Score = h.Score
	passages := m.passages(strings.TrimPrefix(text, hit.Title)) // the title is shown anyway
	hit.Fragments = make([]string, 0, len(passages))
	for _, p := range passages {
		hit.Fragments = append(hit.Fragments, p.html)
	}
	if hit.Kind == Page && len(passages) > 0 && passages[0].marked {
		hit.URL = TextFragment(hit.URL, passages[0].quote)
	}
	return hit, nil
}

// explain says how the score of a hit comes about.
func (f *finder) explain(ctx context.Context, p *plan, doc uint32) ([]Contribution, error) {
	parts, err := f.reader.Explain(ctx, p.query, doc)
	out := make([]Contribution, 0, len(parts))
	for _, part := range parts {
		out = append(out, Contribution(part))
	}
	return out, err
}

// facets names the values of facets.
func (f *finder) facets(counts map[string][]index.Count) map[string][]FacetValue {
	out := make(map[string][]FacetValue, len(facetNames))
	for _, facet := range facetNames {
		values := make([]FacetValue, 0, len(counts[facet]))
		for _, c := range counts[facet] {
			values = append(values, FacetValue{Value: c.Value, Name: f.valueName(facet, c.Value), Count: c.Count})
		}
		out[facet] = values
	}
	return out
}

// valueName is what a value of a facet is called.
func (f *finder) valueName(facet, value string) string {
	if facet == countryFacet {
		if i, ok := f.countries[value]; ok {
			return f.lexicon.Entities[i].Name
		}
		return value
	}
	if i, ok := f.byID[ingest.IRI(value)]; ok {
		return f.lexicon.Entities[i].Name
	}
	return value
}

// profile returns the profile of an entity, nil if there is none.
func (f *finder) profile(id ingest.IRI) (*Profile, error) {
	p := &Profile{}
	ok, err := f.shelf.read(profilePrefix+string(id), p)
	if !ok {
		p = nil
	}
	return p, err
}

// record returns the record of a page, nil if there is none.
func (f *finder) record(id ingest.IRI) (*ingest.Record, error) {
	r := &ingest.Record{}
	ok, err := f.shelf.read(recordPrefix+string(id), r)
	if !ok {
		r = nil
	}
	return r, err
}
