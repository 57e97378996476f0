package search

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"rapporteur/ingest"
	"rapporteur/search/answer"
	"rapporteur/search/derive"
)

// Search answers a request. A query that cannot be read is a *QueryError.
func (g *Generation) Search(ctx context.Context, req answer.Request) (*answer.Response, error) {
	found, err := g.engine.Search(ctx, &req)
	if err != nil || found.Employer == "" {
		return found, err
	}
	found.Notes = append(found.Notes, "These are the people whom pages tie to it, now or in the past: the words quoted say how.")
	for i := range found.Hits { // with the words that say so
		p, err := g.Profile(ctx, found.Hits[i].ID)
		if err != nil {
			return nil, err
		}
		for _, tie := range p.Affiliations {
			if tie.To.ID == found.Employer {
				found.Hits[i].Evidence = tie.Evidence
			}
		}
	}
	return found, nil
}

// Suggest completes what is being typed to names of entities and titles of pages; limit is 8 if it is 0, and 20 at most.
func (g *Generation) Suggest(ctx context.Context, prefix string, limit int) ([]answer.Suggestion, error) {
	return g.engine.Suggest(prefix, limit), ctx.Err()
}

// Profile returns what is known of an entity.
func (g *Generation) Profile(ctx context.Context, id ingest.IRI) (*answer.Profile, error) {
	p := &answer.Profile{}
	if err := g.read(ctx, derive.ProfilePrefix, id, p); err != nil {
		return nil, err
	}
	return p, nil
}

// PageRecord returns all that ingestion knows of a page.
func (g *Generation) PageRecord(ctx context.Context, id ingest.IRI) (*ingest.Record, error) {
	r := &ingest.Record{}
	if err := g.read(ctx, derive.RecordPrefix, id, r); err != nil {
		return nil, err
	}
	return r, nil
}

// read decodes a document; a *NotFoundError says that there is none.
func (g *Generation) read(ctx context.Context, prefix string, id ingest.IRI, v any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ok, err := g.documents.Read(prefix+string(id), v)
	if err == nil && !ok {
		err = &answer.NotFoundError{Name: string(id)}
	}
	return err
}

// Related lists the pages that the reader of a page may want next, nearest first, and why: limit of them, at most 10,
// which is also what 0 gives. A *NotFoundError says that there is no such page.
func (g *Generation) Related(ctx context.Context, page ingest.IRI, limit int) (*answer.Related, error) {
	var kept []derive.RelatedPage
	if err := g.read(ctx, derive.RelatedPrefix, page, &kept); err != nil {
		return nil, err
	}
	out := &answer.Related{Page: g.pages[page], Items: []answer.RelatedPage{}}
	for _, r := range kept[:min(cmp.Or(limit, answer.RelatedMost), len(kept))] {
		out.Items = append(out.Items, answer.RelatedPage{Page: g.pages[r.To], Score: r.Score, Why: r.Why})
	}
	return out, nil
}

// AllRelated calls yield with the related pages of every page, in order of IRI, until it returns an error.
func (g *Generation) AllRelated(ctx context.Context, limit int, yield func(*answer.Related) error) error {
	for _, page := range slices.Sorted(maps.Keys(g.pages)) {
		list, err := g.Related(ctx, page, limit)
		if err != nil {
			return err
		}
		if err := yield(list); err != nil {
			return err
		}
	}
	return nil
}
