package search

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/store"
)

// Health says what was looked at in a generation, and what is wrong with it.
type Health struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"` // of the site
	Files    int      `json:"files"`
	Bytes    int64    `json:"bytes"`
	Pages    int      `json:"pages"`
	Entities int      `json:"entities"`
	Quads    int      `json:"quads"`
	Problems []string `json:"problems"` // empty if all is well
}

// Check verifies the current generation of a data folder: every file against its hash in the manifest, the numbers of
// the manifest against what is there, the catalogue against the records, and index and graph against each other. What
// is wrong is in Health.Problems; the error says that there was nothing to look at.
func Check(ctx context.Context, dataDir string) (*Health, error) {
	dir, m, err := store.Current(dataDir)
	if err != nil {
		return nil, err
	}
	h := &Health{ID: m.ID, Name: m.Name, Files: len(m.Files), Problems: []string{}}
	for _, f := range m.Files {
		h.Bytes += f.Size
	}
	err = m.Verify(dir, true)
	if errors.Is(err, store.ErrDamaged) {
		h.problem("%v", err)
		return h, nil // what damaged files say is no use
	}
	if err != nil {
		return nil, err
	}
	g, err := openGeneration(dir, m)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", filepath.Base(dir), err)
	}
	defer g.Close()
	_, h.Quads = g.graph.Size()
	if err := g.compare(ctx, h); err != nil {
		return nil, fmt.Errorf("compare index and graph: %w", err)
	}
	return h, nil
}

func (h *Health) problem(format string, args ...any) {
	h.Problems = append(h.Problems, fmt.Sprintf(format, args...))
}

// compare goes through all records and profiles.
func (g *Generation) compare(ctx context.Context, h *Health) error {
	naming := map[string]map[ingest.IRI]bool{} // what each page names, as the records have it
	translations := map[string]string{}        // pages by path, and their originals
	var counts store.Counts
	for _, p := range g.catalogue.Pages {
		if err := ctx.Err(); err != nil {
			return err
		}
		r, err := g.PageRecord(ctx, p.ID)
		if err != nil {
			h.problem("%s is listed, but has no record: %v", p.Path, err)
			continue
		}
		counts.Pages++
		counts.Recommendations += len(r.Recommendations)
		naming[r.Path] = r.Entities()
		if r.TranslationOf != "" {
			translations[r.Path] = r.TranslationOf
		}
		if err := g.graph.Verify(g.manifest.URL, r); err != nil {
			h.problem("%s: the graph does not say what the record says: %v", p.Path, err)
		}
	}
	named := map[ingest.IRI]int{} // pages by entity
	for path, entities := range naming {
		for id := range entities {
			if !naming[translations[path]][id] {
				named[id]++
			}
		}
	}
	for _, k := range []struct {
		kind  kinds.Kind
		count *int
	}{{kinds.Person, &counts.People}, {kinds.Organisation, &counts.Organisations}, {kinds.Country, &counts.Countries},
		{kinds.Topic, &counts.Topics}} {
		for _, e := range g.catalogue.Entities(k.kind) {
			*k.count++
			h.Entities++
			p, err := g.Profile(ctx, e.ID)
			if err != nil {
				h.problem("%s is listed, but has no profile: %v", e.Name, err)
				continue
			}
			if p.Pages != named[e.ID] {
				h.problem("%s: the profile counts %d pages, the records %d", e.Name, p.Pages, named[e.ID])
			}
			delete(named, e.ID)
		}
	}
	for id := range named {
		h.problem("%s is named by records, but is not listed", id)
	}
	h.Pages = counts.Pages
	if counts != g.manifest.Counts {
		h.problem("the manifest counts %+v, the index holds %+v", g.manifest.Counts, counts)
	}
	return nil
}
