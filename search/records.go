package search

import (
	"context"
	"sync"

	"rapporteur/ingest"
)

// maxRecords is how many records are kept decoded: what one busy entity's ways and comparisons cite, and little memory.
const maxRecords = 64

// records keeps the records that were cited last, so that whoever quotes many pages reads each once. It is safe for
// parallel use; what it gives out is shared and not to be changed.
type records struct {
	mu   sync.Mutex
	kept map[ingest.IRI]*ingest.Record
	next int
	ring [maxRecords]ingest.IRI // what to let go next
}

// cited returns the record of a page for quoting from it.
func (g *Generation) cited(ctx context.Context, page ingest.IRI) (*ingest.Record, error) {
	c := &g.records
	c.mu.Lock()
	r := c.kept[page]
	c.mu.Unlock()
	if r != nil {
		return r, ctx.Err()
	}
	r, err := g.PageRecord(ctx, page)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil {
		c.kept = map[ingest.IRI]*ingest.Record{}
	}
	if c.kept[page] == nil {
		delete(c.kept, c.ring[c.next])
		c.ring[c.next] = page
		c.next = (c.next + 1) % maxRecords
		c.kept[page] = r
	}
	return r, nil
}
