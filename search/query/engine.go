// Package query is the engine that finds: it writes and opens the index of a site, reads the query language, plans a query
// with what else may be meant by it (other names, words of the same meaning, slips), and cuts the passages that show why a
// page was found. Names are looked up and completed here, too.
package query

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

const (
	DefaultLimit   = 20
	MaxLimit       = 100
	MaxOffset      = 10_000
	maxFacetValues = 20
	maxNameWords   = 8 // words of a name that a query is searched for
)

// kindPriors put pages before what is on them, where nothing else decides: an entity that is found by its name leads anyway,
// and the others are found by the titles of their pages.
var kindPriors = map[string]float64{
	string(kinds.Page): 1, string(kinds.Recommendation): 0.5, string(kinds.Person): 0.25, string(kinds.Organisation): 0.25,
	string(kinds.Topic): 0.25, string(kinds.Country): 0.25,
}

// Engine answers searches over the index of a generation.
type Engine struct {
	reader  *index.Reader
	lexicon lexicon
	byName  map[string][]int // nameKey of a name or alias -> entities of the lexicon
	byID    map[ingest.IRI]int
	numbers []uint32            // of the entities' documents
	titled  map[string][]uint32 // key of a title -> pages
	// countries are entities by code, nameWord the words of all names: what is one is not a slip.
	countries map[string]int
	nameWord  map[string]bool
	places    map[string]bool // keys of their names
	typed     []completion
	related   thesaurus // of general English
	english   *index.Analyzer
	fitted    *lru.Cache[string, *fitText] // texts that recommendations were weighed by
	heard     *lru.Cache[uint32, []weighedTerm]
}

// Open opens the index in dir.
func Open(dir string) (*Engine, error) {
	r, err := index.Open(dir)
	if err != nil {
		return nil, err
	}
	f := &Engine{reader: r, byName: map[string][]int{}, byID: map[ingest.IRI]int{}, countries: map[string]int{}, nameWord: map[string]bool{},
		places: map[string]bool{}, titled: map[string][]uint32{}}
	f.fitted, err = lru.New[string, *fitText](maxFitted)
	if err == nil {
		f.heard, err = lru.New[uint32, []weighedTerm](maxHeard)
	}
	if err := errors.Join(err, f.open()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func (f *Engine) open() error {
	b, err := f.reader.Blob(lexiconKey)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, &f.lexicon); err != nil {
		return fmt.Errorf("reading the lexicon of the index: %w", err)
	}
	for _, key := range f.lexicon.Places {
		f.places[key] = true
	}
	for i := range f.lexicon.Entities {
		e := &f.lexicon.Entities[i]
		f.byID[e.ID] = i
		if e.Kind == kinds.Country {
			f.countries[e.Code] = i
		}
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			for _, word := range index.NameWords(name) {
				f.nameWord[word] = true
			}
			if key := index.NameKey(name); key != "" && !slices.Contains(f.byName[key], i) {
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
	for i := range f.lexicon.Pages { // they were written first, in this order
		key := index.NameKey(f.lexicon.Pages[i].Title)
		f.titled[key] = append(f.titled[key], uint32(i))
	}
	f.related, f.english = newThesaurus(english), english
	f.typed = makeCompletions(&f.lexicon)
	return nil
}

// Close frees the index.
func (f *Engine) Close() error { return f.reader.Close() }

// Search answers a request. A query that cannot be read is a *QueryError; if the program itself is at fault, the error is an
// *answer.FaultError.
func (f *Engine) Search(ctx context.Context, req *answer.Request) (response *answer.Response, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			response, err = nil, &answer.FaultError{Query: answer.ShapeOf(req.Query), Cause: fmt.Sprint(cause), Stack: string(debug.Stack())}
		}
	}()
	return f.search(ctx, req)
}

func (f *Engine) search(ctx context.Context, req *answer.Request) (*answer.Response, error) {
	start := time.Now()
	asked := *req
	if asked.Limit <= 0 {
		asked.Limit = DefaultLimit
	}
	asked.Limit = min(asked.Limit, MaxLimit)
	asked.Offset = min(max(0, asked.Offset), MaxOffset)
	p, found, err := f.planAndFind(ctx, &asked, false)
	if err != nil {
		return nil, err
	}
	if p.narrows && (found.Total == 0 || found.Fallback) {
		literal, wider, err := f.planAndFind(ctx, &asked, true)
		if err != nil {
			return nil, err
		}
		if wider.Total > 0 && !wider.Fallback {
			literal.notes = append(literal.notes, fmt.Sprintf("No page that is found is of the place named: %s is searched for as it is.",
				strings.Join(p.placed, ", ")))
			p, found = literal, wider
		}
	}
	response := &answer.Response{
		Query: req.Query, Total: found.Total, Partial: found.Partial, AnyWord: found.Fallback,
		Hits: []answer.Hit{}, Facets: f.facets(found.Facets),
		Suggestion: p.suggestion(req.Query), Instead: p.instead(req.Query),
		Understood: p.understood, Asked: p.question,
	}
	response.Notes = append(p.told(response, found), p.notes...)
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
		hit.Partial = !h.Answers
		response.Hits = append(response.Hits, *hit)
	}
	response.TookMS = float64(time.Since(start).Microseconds()) / 1000
	return response, nil
}

// planAndFind plans a request and searches for it; with literal, no place is read from its words.
func (f *Engine) planAndFind(ctx context.Context, req *answer.Request, literal bool) (*plan, *index.Result, error) {
	p, err := f.newPlan(ctx, req, literal)
	if err != nil || p.nothing {
		return p, &index.Result{}, err
	}
	found, err := f.find(ctx, p)
	return p, found, err
}

// find searches, and once more with the words of the best pages where these may know better.
func (f *Engine) find(ctx context.Context, p *plan) (*index.Result, error) {
	found, err := f.reader.Search(ctx, p.query)
	if err != nil {
		return nil, err
	}
	if changed, err := f.feedback(ctx, p, found); err != nil || !changed {
		return found, err
	}
	return f.reader.Search(ctx, p.query)
}

// told says how what was found answers the query, where that is not plain.
func (p *plan) told(r *answer.Response, found *index.Result) []string {
	var notes []string
	q := p.query
	narrowed := len(q.Filters) > 0 || len(q.Kinds) > 0 || q.From != "" || q.To != ""
	switch {
	case p.browses && r.Total > 0 && !narrowed:
		notes = append(notes, "No words were given: everything is listed, newest first.")
	case p.browses && r.Total > 0:
		notes = append(notes, "No words were given: everything in this selection is listed, newest first.")
	case found.Fallback:
		notes = append(notes, "Nothing has most of these words: what has any of them is listed.")
	case found.Partial > 0 && found.Total == 0:
		notes = append(notes, "Nothing in this selection has most of these words: what has some of them is listed.")
	}
	return notes
}

// hit reads what is shown of a document, with its best passages.
func (f *Engine) hit(h index.Hit, m *marker) (*answer.Hit, error) {
	stored, text, err := f.reader.Stored(h.Doc)
	if err != nil {
		return nil, err
	}
	hit := &answer.Hit{}
	if err := json.Unmarshal(stored, hit); err != nil {
		return nil, fmt.Errorf("reading a hit: %w", err)
	}
	hit.Score = h.Score
	passages := m.passages(strings.TrimPrefix(text, hit.Title)) // the title is shown anyway
	for _, p := range passages {
		hit.Passages = append(hit.Passages, p.shown)
	}
	if hit.Kind == kinds.Page && len(passages) > 0 && passages[0].marked {
		hit.URL = ingest.TextFragment(hit.URL, passages[0].quote)
	}
	return hit, nil
}

// Text is the visible text of a page; index.ErrNotFound says that it is no document of the index.
func (f *Engine) Text(page ingest.IRI) (string, error) {
	doc, err := f.reader.Number(string(page))
	if err != nil {
		return "", err
	}
	_, text, err := f.reader.Stored(doc)
	return text, err
}

// explain says how the score of a hit comes about.
func (f *Engine) explain(ctx context.Context, p *plan, doc uint32) ([]answer.Contribution, error) {
	parts, err := f.reader.Explain(ctx, p.query, doc)
	out := make([]answer.Contribution, 0, len(parts))
	for _, part := range parts {
		out = append(out, answer.Contribution(part))
	}
	return out, err
}

// facets names the values of facets.
func (f *Engine) facets(counts map[string][]index.Count) map[string][]answer.FacetValue {
	out := make(map[string][]answer.FacetValue, len(facetNames))
	for _, facet := range facetNames {
		if facet == siteFacet && len(counts[facet]) == 0 {
			continue // one site
		}
		if facet == yearFacet {
			slices.SortFunc(counts[facet], func(a, b index.Count) int { return strings.Compare(b.Value, a.Value) }) // the latest first
		}
		values := make([]answer.FacetValue, 0, len(counts[facet]))
		for _, c := range counts[facet] {
			values = append(values, answer.FacetValue{Value: c.Value, Name: f.valueName(facet, c.Value), Count: c.Count})
		}
		out[facet] = values
	}
	return out
}

// valueName is what a value of a facet is called.
func (f *Engine) valueName(facet, value string) string {
	if e := f.valued(facet, value); e != nil {
		return e.Name
	}
	return value
}

// valued is the entity that a value of a facet stands for, nil if it stands for none.
func (f *Engine) valued(facet, value string) *lexiconEntity {
	if facet == countryFacet {
		if i, ok := f.countries[value]; ok {
			return &f.lexicon.Entities[i]
		}
		return nil
	}
	if i, ok := f.byID[ingest.IRI(value)]; ok {
		return &f.lexicon.Entities[i]
	}
	return nil
}
