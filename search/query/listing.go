package query

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"

	"rapporteur/index"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// Listing is what the pages are found by, laid open for a program that has no engine.
type Listing struct {
	*index.Listing
	engine *Engine
	shown  []answer.Hit // by document
}

// Listing lists the pages. A chunk is how many words of a page lie between two cuts.
func (f *Engine) Listing(ctx context.Context, chunk int) (*Listing, error) {
	l := &Listing{engine: f}
	var err error
	l.Listing, err = f.reader.List(ctx, string(kinds.Page), chunk, func(stored []byte) (string, error) {
		var hit answer.Hit
		err := json.Unmarshal(stored, &hit)
		l.shown = append(l.shown, hit)
		return hit.Title, err
	})
	return l, err
}

// Shown is what a list of hits shows of a document, given by its place, without passages.
func (l *Listing) Shown(document int) *answer.Hit { return &l.shown[document] }

// Languages are those that pages are in, as index.Language gives them.
func (l *Listing) Languages() []string {
	var out []string
	for _, a := range l.engine.reader.Analyzers() {
		out = append(out, a.Language())
	}
	return out
}

// Words are those of index.Reader.Words.
func (l *Listing) Words(yield func(word string, terms []string) error) error {
	return l.engine.reader.Words(yield)
}

// Spelled is what pages say that an acronym, folded, stands for: the commonest first.
func (l *Listing) Spelled() map[string][]string { return l.engine.lexicon.Acronyms }

// Related are words of the same meaning as a term.
type Related struct {
	Term   string
	Forms  [][]string // each a word or phrase of terms, "" for a stop word within
	Weight float64    // beside 1 for the term itself
	Lifts  bool       // they raise what is found otherwise, and find nothing themselves
}

// Related lists the terms, sorted, that have words of the same meaning on the site.
func (l *Listing) Related(ctx context.Context) ([]Related, error) {
	f := l.engine
	var out []Related
	for _, term := range slices.Sorted(maps.Keys(f.related)) {
		frequency, err := f.reader.Frequency(ctx, []string{term})
		if err != nil {
			return nil, err
		}
		r := Related{Term: term, Weight: relatedShare(frequency, f.reader.Documents()), Lifts: frequency >= wellFound}
		if r.Weight < leastRelated {
			continue
		}
		for _, form := range f.related[term] {
			n, err := f.reader.Frequency(ctx, form)
			if err != nil {
				return nil, err
			}
			if n > 0 {
				r.Forms = append(r.Forms, form)
			}
		}
		if len(r.Forms) > 0 {
			out = append(out, r)
		}
	}
	return out, nil
}

// FacetHolders is a value of a facet with the places of the documents that have it, ascending.
type FacetHolders struct {
	Name      string
	Also      []string // other names of an entity
	Documents []int
}

// Facet returns the values of a facet that documents have, those of the most documents first, then by name.
func (l *Listing) Facet(facet string) []FacetHolders {
	var out []FacetHolders
	for _, value := range l.engine.reader.Values(facet) {
		documents := l.Holders(facet, value)
		if len(documents) == 0 {
			continue
		}
		held := FacetHolders{Name: l.engine.valueName(facet, value), Documents: documents}
		if e := l.engine.valued(facet, value); e != nil {
			held.Also = e.Aliases
		}
		out = append(out, held)
	}
	slices.SortStableFunc(out, func(a, b FacetHolders) int {
		return cmp.Or(cmp.Compare(len(b.Documents), len(a.Documents)), cmp.Compare(a.Name, b.Name))
	})
	return out
}
