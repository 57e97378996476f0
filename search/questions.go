package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/derive"
	"rapporteur/search/query"
)

// Search answers a request. A query that cannot be read is a *QueryError. One that asks for people or organisations ("who spoke about X")
// is answered by these, each with the words that say so.
func (g *Generation) Search(ctx context.Context, req answer.Request) (*answer.Response, error) {
	found, err := g.engine.Search(ctx, &req)
	switch {
	case err != nil || found.Asked == nil:
		return found, err
	case found.Asked.Kind != "" && len(req.Filter.Kinds) > 0 && !slices.Contains(req.Filter.Kinds, found.Asked.Kind):
		return found, nil // something else is wanted on the subject
	case found.Asked.Employer != "":
		err = g.employed(ctx, &req, found)
	case found.Asked.Kind != "":
		err = g.active(ctx, &req, found)
	case found.Asked.By != "":
		err = g.said(ctx, found)
	}
	if err != nil {
		return nil, err
	}
	return found, nil
}

// employed adds to the people of an organisation the words that tie them to it, and puts those first who are with it now.
func (g *Generation) employed(ctx context.Context, req *answer.Request, found *answer.Response) error {
	found.Notes = append(found.Notes, "These are the people whom pages tie to it, those of the past last: the words quoted say how.")
	all := *req
	all.Offset, all.Limit, all.NoFacets = 0, query.MaxLimit, true
	whole := found
	if found.Total+found.Partial <= query.MaxLimit { // else the order of what is on one page changes
		var err error
		if whole, err = g.engine.Search(ctx, &all); err != nil {
			return err
		}
	}
	rank := make(map[ingest.IRI]int, len(whole.Hits))
	for i := range whole.Hits {
		h := &whole.Hits[i]
		if h.Kind != kinds.Person { // asked for beside them
			continue
		}
		p, err := g.Profile(ctx, h.ID)
		if err != nil {
			return err
		}
		to := func(a answer.Affiliation) bool { return a.To.ID == found.Asked.Employer }
		if at := slices.IndexFunc(p.Affiliations, to); at >= 0 {
			h.Evidence = p.Affiliations[at].Evidence
		} else if at := slices.IndexFunc(p.Before, to); at >= 0 {
			h.Evidence, rank[h.ID] = p.Before[at].Evidence, 1
		} else {
			rank[h.ID] = 2
		}
	}
	slices.SortStableFunc(whole.Hits, func(a, b answer.Hit) int { return rank[a.ID] - rank[b.ID] })
	if whole != found {
		from := min(max(req.Offset, 0), len(whole.Hits))
		found.Hits = whole.Hits[from:min(from+cmp.Or(max(req.Limit, 0), query.DefaultLimit), len(whole.Hits))]
	}
	return nil
}

// active puts in the place of pages those who are active on what they are about.
func (g *Generation) active(ctx context.Context, req *answer.Request, found *answer.Response) error {
	asked := *req
	asked.Query, asked.Filter.Kinds, asked.Limit, asked.Offset, asked.NoFacets = found.Asked.About, []kinds.Kind{kinds.Page}, aboutPages, 0,
		true
	asked.Sort, asked.Explain = "", false
	pages, err := g.engine.Search(ctx, &asked)
	if err != nil {
		return err
	}
	all, err := g.beside(ctx, g.about(found.Asked.Subject), found.Asked.Spoke, pages.Hits)
	if err != nil {
		return err
	}
	list := all[string(found.Asked.Kind)]
	if found.Asked.Of != "" {
		if list, err = g.tied(ctx, found.Asked.Of, list); err != nil {
			return err
		}
	}
	if len(list) == 0 {
		found.Notes = append(found.Notes, "No page says so of anybody by name: these are the pages on the subject.")
		return nil
	}
	for _, u := range pages.Understood {
		if !slices.ContainsFunc(found.Understood, func(o answer.Understood) bool { return o.Field == u.Field && o.Value == u.Value }) {
			found.Understood = append(found.Understood, u)
		}
	}
	found.Notes = append(pages.Notes, "These are named in the passages on the subject, those with most of them first: the words "+
		"quoted say how.")
	if found.Asked.Spoke {
		found.Notes[len(found.Notes)-1] = "These spoke where it was the subject, or somebody did for them: the words quoted say so."
	}
	if found.Asked.Of != "" {
		found.Notes = append(found.Notes, "Only those are listed whom pages tie to the body, now or in the past.")
	}
	found.Total, found.Partial, found.Hits = len(list), 0, []answer.Hit{}
	from := min(max(req.Offset, 0), len(list))
	for _, c := range list[from:min(from+cmp.Or(max(req.Limit, 0), query.DefaultLimit), len(list))] {
		_, count, _ := g.engine.Entity(c.To.ID)
		found.Hits = append(found.Hits, answer.Hit{
			Kind: c.To.Kind, ID: c.To.ID, Title: c.To.Name, Score: c.Score, Pages: count, Evidence: c.Evidence, Fragments: []string{},
		})
	}
	return nil
}

// tied keeps of people those whom pages tie to a body, now or in the past.
func (g *Generation) tied(ctx context.Context, body ingest.IRI, people []answer.Connection) ([]answer.Connection, error) {
	p, err := g.Profile(ctx, body)
	if err != nil {
		return nil, err
	}
	ties := slices.Concat(p.Affiliations, p.Before)
	return slices.DeleteFunc(slices.Clone(people), func(c answer.Connection) bool {
		return !slices.ContainsFunc(ties, func(a answer.Affiliation) bool { return a.To.ID == c.To.ID })
	}), nil
}

// said puts first the pages on which it is plain what the one who is asked for said, with the words.
func (g *Generation) said(ctx context.Context, found *answer.Response) error {
	fit := g.engine.NewFit(found.Asked.Subject)
	for i := range found.Hits {
		h := &found.Hits[i]
		if h.Kind != kinds.Page || fit == nil {
			continue
		}
		r, err := g.cited(ctx, h.ID)
		if err != nil {
			return err
		}
		h.Evidence = derive.SaidBy(r, found.Asked.By, func(text string) bool { return fit.Share(text) >= leastFit })
	}
	rank := func(h answer.Hit) int {
		if h.By != nil && h.By.ID == found.Asked.By || len(h.Evidence) > 0 {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(found.Hits, func(a, b answer.Hit) int { return rank(a) - rank(b) })
	return nil
}

// Listing lays open what pages are found by, for a search without this program. A chunk is how many words of a page lie between two cuts.
func (g *Generation) Listing(ctx context.Context, chunk int) (*query.Listing, error) {
	return g.engine.Listing(ctx, chunk)
}

// Suggest completes what is being typed to names of entities and titles of pages; limit is 8 if it is 0, and 20 at most.
func (g *Generation) Suggest(ctx context.Context, prefix string, limit int) ([]answer.Suggestion, error) {
	return g.engine.Suggest(prefix, limit), ctx.Err()
}

// Profile returns what is known of an entity.
func (g *Generation) Profile(ctx context.Context, id ingest.IRI) (*answer.Profile, error) {
	k := &derive.KeptProfile{}
	if err := g.read(ctx, derive.ProfilePrefix, id, k); err != nil {
		return nil, err
	}
	p, err := k.Whole(func(page ingest.IRI) (*ingest.Record, error) { return g.quotable(ctx, page) }, g.entity)
	if err != nil {
		return nil, fmt.Errorf("the profile of %s: %w", id, err)
	}
	return p, nil
}

// entity is what the site calls one.
func (g *Generation) entity(id ingest.IRI) (answer.Ref, bool) {
	ref, _, ok := g.engine.Entity(id)
	return ref, ok
}

// text is the visible text of a page.
func (g *Generation) text(ctx context.Context, page ingest.IRI) (text string, err error) {
	if text, err = g.engine.Text(page); errors.Is(err, index.ErrNotFound) { // a translation is found as its original
		err = g.read(ctx, derive.TextPrefix, page, &text)
	}
	return text, err
}

// PageRecord returns all that ingestion knows of a page.
func (g *Generation) PageRecord(ctx context.Context, id ingest.IRI) (*ingest.Record, error) {
	r := &ingest.Record{}
	if err := g.read(ctx, derive.RecordPrefix, id, r); err != nil {
		return nil, err
	}
	text, err := g.text(ctx, id)
	if err != nil {
		return nil, err
	}
	r.Text = text
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
