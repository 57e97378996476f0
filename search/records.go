package search

import (
	"context"
	"fmt"
	"sync"

	"rapporteur/ingest"
	"rapporteur/search/store"
)

// maxRecords is how many records are kept decoded: what a few busy subjects and entities cite, and little memory.
const maxRecords = 256

// cited returns the record of a page for quoting from it, so that whoever quotes many pages reads each once. It is shared and not to be
// changed.
func (g *Generation) cited(ctx context.Context, page ingest.IRI) (*ingest.Record, error) {
	if r, ok := g.records.Get(page); ok {
		return r, ctx.Err()
	}
	r, err := g.PageRecord(ctx, page)
	if err != nil {
		return nil, err
	}
	g.records.Add(page, r)
	return r, nil
}

// maxTexts is how many bytes of text are kept of pages that profiles quote from: all of a usual site, and of a larger one what is asked for
// again and again. Each takes twice that, for its quotations are looked for in small letters.
const maxTexts = 16 << 20

// quotable keeps the pages that profiles quoted from last. It is safe for parallel use; what it gives out is
// shared and not to be changed.
type quotable struct {
	mu    sync.Mutex
	kept  map[ingest.IRI]*ingest.Record
	order []ingest.IRI // as they came
	bytes int
}

// quotable returns what quoting from a page takes: its path, title, date, address and text.
func (g *Generation) quotable(ctx context.Context, page ingest.IRI) (*ingest.Record, error) {
	q := &g.texts
	q.mu.Lock()
	r := q.kept[page]
	q.mu.Unlock()
	if r != nil {
		return r, ctx.Err()
	}
	listed := g.pages[page]
	if listed == nil {
		return nil, fmt.Errorf("%w: a profile cites %s, which the catalogue does not list", store.ErrDamaged, page)
	}
	text, err := g.text(ctx, page)
	if err != nil {
		return nil, err
	}
	r = &ingest.Record{IRI: page,
		Page: &ingest.Page{Path: listed.Path, Site: listed.Site, Title: listed.Name, Date: listed.Date, URL: listed.URL, Text: text}}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.kept == nil {
		q.kept = map[ingest.IRI]*ingest.Record{}
	}
	if q.kept[page] == nil {
		q.kept[page] = r
		q.order = append(q.order, page)
		q.bytes += len(text)
	}
	for q.bytes > maxTexts && len(q.order) > 1 {
		q.bytes -= len(q.kept[q.order[0]].Text)
		delete(q.kept, q.order[0])
		q.order = q.order[1:]
	}
	return r, nil
}
