// Package material reads what models learn from and are measured on: annotated pages and free corpora.
//
// All pages of a site stand in one fold, so that what is measured on them was learnt from other sites; those of the real site are
// dealt out one by one. The last fold is Held: nobody tunes on it, and it is measured at the end only. The invented pages of
// testdata/training, written without a look at any of these, are learnt from, and none is measured on them.
package material

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/score"
	"rapporteur/ingest/site"
	"rapporteur/ingest/wordclass"
)

// Folds is how many folds the pages are cut into; Held is the last of them.
const (
	Folds = 5
	Held  = Folds - 1
)

// Real is the site whose pages are dealt out to all folds.
const Real = "cbd"

// Group is a sort of pages that are measured together.
type Group string

// The groups.
const (
	RealEvents Group = "events of a site seen in training"
	RealOthers Group = "its other pages"
	NewEvents  Group = "mostly event pages of sites not seen in training"
	NewPages   Group = "all kinds of page of sites not seen in training"
)

// Groups are all groups, in the order of a report.
var Groups = []Group{RealEvents, RealOthers, NewEvents, NewPages}

// Page is a page with its annotation.
type Page struct {
	Site  string // Real, or the part of the file's name before "--"
	Name  string // names the page and its annotation among all
	Page  *ingest.Page
	Gold  *score.Page
	Group Group
	Fold  int

	Invented bool // written for training: learnt from, never measured on
}

// Material is all that is learnt from and measured on.
type Material struct {
	Real  []*ingest.Page // the whole of the real site
	Pages []*Page        // annotated
	Free  []Sample

	Files  map[string][]byte // the tables of this tree, as the model file names them
	Tables *extract.Tables
	Hash   string // SHA-256 of all that is learnt from, in hex
}

// invented is the folder of the annotated pages that were written for training.
const invented = "testdata/training"

// Read reads the material: corpora and annotated pages below shared, and the invented pages of this tree.
func Read(ctx context.Context, shared string) (*Material, error) {
	m, err := Invented(ctx, ".")
	if err != nil {
		return nil, err
	}
	written := m.Pages
	m.Pages = nil
	if m.Free, err = corpora(os.DirFS(filepath.Join(shared, "data/ner"))); err != nil {
		return nil, fmt.Errorf("reading the free corpora: %w", err)
	}
	real, err := site.Read(ctx, os.DirFS(filepath.Join(shared, "corpus/connectedbydata")))
	if err != nil {
		return nil, fmt.Errorf("reading the real site: %w", err)
	}
	m.Real = real.Pages
	for _, part := range []struct {
		dir    string
		folder string // that its pages are in, where the annotations do not give paths
		group  Group
	}{{"gold/cbd", "_events/", RealEvents}, {"gold/cbd-pages", "", RealOthers}} {
		gold, err := score.Read(filepath.Join(shared, part.dir))
		if err != nil {
			return nil, err
		}
		byPath := map[string]*score.Page{}
		for slug, g := range gold {
			if part.folder != "" {
				g.Page = part.folder + slug
			}
			byPath[strings.TrimSuffix(g.Page, path.Ext(g.Page))] = g
		}
		for _, p := range real.Pages {
			if g := byPath[strings.TrimSuffix(p.Path, path.Ext(p.Path))]; g != nil {
				g.Page = p.Path
				m.Pages = append(m.Pages, &Page{Site: Real, Name: p.Path, Page: p, Gold: g, Group: part.group})
			}
		}
	}
	for _, part := range []struct {
		dir   string
		group Group
	}{{"other", NewEvents}, {"more", NewPages}, {"wide", NewPages}} {
		if err := m.loose(ctx, filepath.Join(shared, "gold", part.dir), part.group); err != nil {
			return nil, err
		}
	}
	deal(m.Pages)
	m.Pages = append(m.Pages, written...)
	m.Hash = m.hash()
	return m, nil
}

// Invented reads what of the material stands in a tree of this project: its tables, and the pages that were written for training.
func Invented(ctx context.Context, tree string) (*Material, error) {
	files, err := ReadTables(tree)
	if err != nil {
		return nil, err
	}
	tables, err := extract.TablesOf(files)
	if err != nil {
		return nil, err
	}
	m := &Material{Files: files, Tables: tables}
	if err := m.loose(ctx, filepath.Join(tree, invented), NewEvents); err != nil {
		return nil, err
	}
	for _, a := range m.Pages {
		a.Invented = true
	}
	m.Hash = m.hash()
	deal(m.Pages)
	return m, nil
}

// deal sorts pages and gives each its fold.
func deal(pages []*Page) {
	slices.SortFunc(pages, func(a, b *Page) int { return cmp.Or(strings.Compare(a.Site, b.Site), strings.Compare(a.Name, b.Name)) })
	site := -1
	for i, a := range pages {
		if i == 0 || pages[i-1].Site != a.Site {
			site++
		}
		if a.Fold = site % Folds; a.Site == Real {
			a.Fold = i % Folds
		}
	}
}

// ReadTables reads the tables of a tree of this project, as the model file names them.
func ReadTables(tree string) (map[string][]byte, error) {
	names, err := filepath.Glob(filepath.Join(tree, "ingest/gazetteer/data", "*.txt"))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, name := range names {
		if files[gazetteer.Tables+filepath.Base(name)], err = os.ReadFile(name); err != nil {
			return nil, fmt.Errorf("reading the tables: %w", err)
		}
	}
	if files[wordclass.Name], err = os.ReadFile(filepath.Join(tree, "ingest/wordclass/families.bin")); err != nil {
		return nil, fmt.Errorf("reading the tables: %w", err)
	}
	return files, nil
}

// hash is over texts and annotations.
func (m *Material) hash() string {
	h := sha256.New()
	for _, s := range m.Free {
		fmt.Fprintf(h, "%q %v\n", s.Page.Text, s.Spans)
	}
	for _, a := range m.Pages {
		gold, err := json.Marshal(a.Gold)
		fmt.Fprintf(h, "%s %s %s %v\n", a.Name, a.Page.Hash, gold, err)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// loose adds the annotated pages of a folder with pages and gold, whose files are named SITE--SLUG.
func (m *Material) loose(ctx context.Context, dir string, group Group) error {
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
			m.Pages = append(m.Pages, &Page{Site: name, Name: s, Page: p, Gold: g, Group: group})
		}
	}
	return nil
}
