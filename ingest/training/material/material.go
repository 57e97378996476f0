// Package material reads what models learn from and are measured on: annotated pages and free corpora.
//
// Pages of a site stand in one fold together, so that what is measured on them was learnt from other sites; those of the
// real site are dealt out one by one. The invented pages of testdata/training, written without a look at any of these, stand
// in no fold: all models learn from them and none is measured on them.
package material

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/score"
	"rapporteur/ingest/site"
)

// Folds is how many folds the pages are cut into.
const Folds = 4

// Always is the fold of pages that all models learn from and none is measured on.
const Always = -1

// Real is the site whose pages are dealt out to all folds.
const Real = "cbd"

// Page is a page with its annotation.
type Page struct {
	Site string // Real, or the part of the file's name before "--"
	Slug string
	Page *ingest.Page
	Gold *score.Page
	Fold int
}

// Material is all that is learnt from and measured on.
type Material struct {
	Real  []*ingest.Page // the whole of the real site
	Pages []*Page        // annotated
	Free  []Sample
}

// invented is the folder of the annotated pages that were written for training.
const invented = "testdata/training"

// Read reads the material: corpora and annotated pages below shared, and the invented pages of this tree.
func Read(ctx context.Context, shared string) (*Material, error) {
	m := &Material{}
	var err error
	if m.Free, err = corpora(os.DirFS(filepath.Join(shared, "data/ner"))); err != nil {
		return nil, fmt.Errorf("reading the free corpora: %w", err)
	}
	events, err := score.Read(filepath.Join(shared, "gold/cbd"))
	if err != nil {
		return nil, err
	}
	real, err := site.Read(ctx, os.DirFS(filepath.Join(shared, "corpus/connectedbydata")))
	if err != nil {
		return nil, fmt.Errorf("reading the real site: %w", err)
	}
	m.Real = real.Pages
	for _, p := range real.Pages {
		if g := events[score.Slug(p.Path)]; g != nil && strings.HasPrefix(p.Path, "_events/") {
			m.Pages = append(m.Pages, &Page{Site: Real, Slug: score.Slug(p.Path), Page: p, Gold: g})
		}
	}
	if err := m.loose(ctx, filepath.Join(shared, "gold/other")); err != nil {
		return nil, err
	}
	slices.SortFunc(m.Pages, func(a, b *Page) int { return strings.Compare(a.Site+" "+a.Slug, b.Site+" "+b.Slug) })
	sites := 0
	for i, a := range m.Pages {
		if a.Fold = i % Folds; a.Site != Real {
			if i > 0 && m.Pages[i-1].Site != a.Site {
				sites++
			}
			a.Fold = sites % Folds
		}
	}
	seen := len(m.Pages)
	if err := m.loose(ctx, invented); err != nil {
		return nil, err
	}
	for _, a := range m.Pages[seen:] {
		a.Fold = Always
	}
	return m, nil
}

// loose adds the annotated pages of a folder with pages and gold, whose files are named SITE--SLUG.
func (m *Material) loose(ctx context.Context, dir string) error {
	gold, err := score.Read(filepath.Join(dir, "gold"))
	if err != nil {
		return err
	}
	folder, err := site.Read(ctx, os.DirFS(filepath.Join(dir, "pages")))
	if err != nil {
		return fmt.Errorf("reading the pages of %s: %w", dir, err)
	}
	for _, p := range folder.Pages {
		s := score.Slug(p.Path)
		if g := gold[s]; g != nil {
			name, _, _ := strings.Cut(s, "--")
			m.Pages = append(m.Pages, &Page{Site: name, Slug: s, Page: p, Gold: g})
		}
	}
	return nil
}
