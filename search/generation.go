package search

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"rapporteur/graph"
	"rapporteur/ingest"

	"golang.org/x/sync/errgroup"
)

// The parts of a generation beside its manifest.
const (
	graphName     = "graph"          // a folder that package graph writes and reads
	indexName     = "index"          // a folder that package index writes and reads
	catalogueName = "catalogue.json" // what lists and the report show
)

// Generation is one immutable build, opened. All questions are asked of it; they only read, and may be asked in parallel.
type Generation struct {
	manifest  *Manifest
	catalogue *Catalogue
	graph     *graph.Reader
	finder    *finder
	related   *relatedFile
	pages     map[ingest.IRI]*ListedPage // the catalogue's
	records   records

	circled     sync.Mutex // guards communities
	communities []graph.Community
}

// Manifest describes the generation. It is not to be changed.
func (g *Generation) Manifest() *Manifest { return g.manifest }

// Catalogue lists what the generation holds. It is not to be changed.
func (g *Generation) Catalogue() *Catalogue { return g.catalogue }

// Build writes the generation of a site to a data folder and makes it the current one. Those who need the cache, or
// want to know whether anything changed, use a Writer.
func Build(ctx context.Context, dataDir string, site *ingest.Site) (*Manifest, error) {
	w, err := OpenWriter(dataDir)
	if err != nil {
		return nil, err
	}
	defer w.Close()
	return w.Build(ctx, site, Origin{})
}

// writeParts writes all parts of a generation but the manifest. Digests are of the records; what the old shelf, which may be
// nil, has made from the same is taken from there.
func writeParts(ctx context.Context, dir string, site *ingest.Site, digests []digest, old func() *oldShelf) error {
	if err := os.Mkdir(filepath.Join(dir, graphName), 0o755); err != nil {
		return err
	}
	// Two lanes keep two processors busy; all parts at once would hold twice the memory.
	group, all := errgroup.WithContext(ctx)
	lane := func(parts ...func() error) {
		group.Go(func() error {
			for _, write := range parts {
				if err := write(); err != nil {
					return err
				}
			}
			return nil
		})
	}
	part := func(what string, write func() error) func() error {
		return func() error {
			if err := write(); err != nil {
				return fmt.Errorf("write the %s: %w", what, err)
			}
			return nil
		}
	}
	lane(
		part("graph", func() error { return graph.Create(filepath.Join(dir, graphName), site) }),
		part("index", func() error { return writeIndex(all, filepath.Join(dir, indexName), site) }),
	)
	lane(
		part("shelf and the catalogue", func() error {
			b := newBook(site)
			if err := writeCatalogue(filepath.Join(dir, catalogueName), makeCatalogue(b)); err != nil {
				return err
			}
			return writeShelf(filepath.Join(dir, shelfName), b.units(digests), old())
		}),
		part("related pages", func() error { return writeRelated(all, dir, site) }),
	)
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// openGeneration verifies the generation in dir and opens its parts.
func openGeneration(dir string) (*Generation, error) {
	m, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	if err := m.verify(dir, false); err != nil {
		return nil, err
	}
	g := &Generation{manifest: m}
	if g.catalogue, err = readCatalogue(filepath.Join(dir, catalogueName)); err != nil {
		return nil, err
	}
	g.pages = make(map[ingest.IRI]*ListedPage, len(g.catalogue.Pages))
	for i := range g.catalogue.Pages {
		g.pages[g.catalogue.Pages[i].ID] = &g.catalogue.Pages[i]
	}
	if g.graph, err = graph.Open(filepath.Join(dir, graphName)); err != nil {
		return nil, errors.Join(fmt.Errorf("open the graph: %w", err), g.close())
	}
	if g.finder, err = openFinder(dir); err != nil {
		return nil, errors.Join(fmt.Errorf("open the index: %w", err), g.close())
	}
	if g.related, err = openRelated(dir); err != nil {
		return nil, errors.Join(fmt.Errorf("open the related pages: %w", err), g.close())
	}
	return g, nil
}

func writeCatalogue(name string, c *Catalogue) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(json.NewEncoder(f).Encode(c), f.Close())
}

func readCatalogue(name string) (*Catalogue, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read the catalogue: %w", err)
	}
	c := new(Catalogue)
	if err := json.Unmarshal(data, c); err != nil {
		return nil, fmt.Errorf("read the catalogue: %w", err)
	}
	return c, nil
}

// close frees what the generation holds open.
func (g *Generation) close() error {
	var errs []error
	if g.graph != nil {
		errs = append(errs, g.graph.Close())
	}
	if g.finder != nil {
		errs = append(errs, g.finder.Close())
	}
	if g.related != nil {
		errs = append(errs, g.related.close())
	}
	return errors.Join(errs...)
}
