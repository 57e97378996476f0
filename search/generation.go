package search

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/sync/errgroup"

	"rapporteur/graph"
	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
	"rapporteur/search/answer"
	"rapporteur/search/derive"
	"rapporteur/search/query"
	"rapporteur/search/store"
)

// The parts of a generation beside its manifest.
const (
	graphName     = "graph"              // a folder that package graph writes and reads
	indexName     = "index"              // a folder that package index writes and reads
	catalogueName = "catalogue.json.zst" // what lists and the report show
)

// Generation is one immutable build, opened. All questions are asked of it; they only read, and may be asked in parallel.
type Generation struct {
	manifest  *store.Manifest
	catalogue *answer.Catalogue
	graph     *graph.Reader
	engine    *query.Engine
	documents *store.Documents
	pages     map[ingest.IRI]*answer.ListedPage // the catalogue's
	records   *lru.Cache[ingest.IRI, *ingest.Record]
	asks      *lru.Cache[ingest.IRI, answer.Recommendation]
	texts     quotable

	finding     sync.Mutex // guards communities
	communities []graph.Community
	mapping     sync.Mutex // guards topicMap
	topicMap    *madeMap
}

// Manifest describes the generation. It is not to be changed.
func (g *Generation) Manifest() *store.Manifest { return g.manifest }

// Catalogue lists what the generation holds. It is not to be changed.
func (g *Generation) Catalogue() *answer.Catalogue { return g.catalogue }

// Build writes the generation of a site to a data folder and makes it the current one.
func Build(ctx context.Context, dataDir string, site *ingest.Site) (*store.Manifest, error) {
	w, err := store.OpenWriter(dataDir)
	if err != nil {
		return nil, err
	}
	defer w.Close()
	return w.Build(ctx, site, store.Origin{}, Contents{})
}

// Store gives out the current generation of a data folder.
type Store = store.Store[*Generation]

// Open opens the current generation of a data folder for reading. store.ErrNoGeneration says that there is none yet,
// store.ErrFormat that another version of the program wrote it, store.ErrDamaged that its files are not what was written.
func Open(dataDir string) (*Store, error) { return store.Open(dataDir, openGeneration) }

// Contents are what the store puts into a generation: the graph, the index, the catalogue and the documents.
type Contents struct{}

// Try opens what was written.
func (Contents) Try(dir string, m *store.Manifest) error {
	g, err := openGeneration(dir, m)
	if err != nil {
		return err
	}
	return g.Close()
}

// Write writes all parts of a generation but the manifest. Digests are of the records; what the old generation, which may be nil, has made
// from the same is taken from there.
func (Contents) Write(ctx context.Context, dir string, site *ingest.Site, digests []store.Digest, old *store.Old) error {
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
	turned := inversion.Of(site)
	lane(
		part("graph", func() error { return graph.Create(filepath.Join(dir, graphName), turned) }),
		part("index", func() error {
			return query.WriteIndex(all, filepath.Join(dir, indexName), turned, old.Folder(indexName))
		}),
	)
	lane(
		part("catalogue and the documents", func() error {
			related, err := derive.Related(turned)
			if err != nil {
				return err
			}
			b := derive.Of(turned)
			if err := writeCatalogue(filepath.Join(dir, catalogueName), derive.Catalogue(b)); err != nil {
				return err
			}
			return store.WriteDocuments(dir, b.Documents(digests, related), old.Documents())
		}),
	)
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// openGeneration opens the parts of the generation in dir.
func openGeneration(dir string, m *store.Manifest) (g *Generation, err error) {
	g = &Generation{manifest: m}
	if g.records, err = lru.New[ingest.IRI, *ingest.Record](maxRecords); err != nil {
		return nil, err
	}
	if g.asks, err = lru.New[ingest.IRI, answer.Recommendation](maxAsks); err != nil {
		return nil, err
	}
	if g.catalogue, err = readCatalogue(filepath.Join(dir, catalogueName)); err != nil {
		return nil, err
	}
	g.pages = make(map[ingest.IRI]*answer.ListedPage, len(g.catalogue.Pages))
	for i := range g.catalogue.Pages {
		g.pages[g.catalogue.Pages[i].ID] = &g.catalogue.Pages[i]
	}
	if g.graph, err = graph.Open(filepath.Join(dir, graphName)); err != nil {
		return nil, errors.Join(fmt.Errorf("open the graph: %w", err), g.Close())
	}
	if g.engine, err = query.Open(filepath.Join(dir, indexName)); err != nil {
		return nil, errors.Join(fmt.Errorf("open the index: %w", err), g.Close())
	}
	if g.documents, err = store.OpenDocuments(dir); err != nil {
		return nil, errors.Join(fmt.Errorf("open the documents: %w", err), g.Close())
	}
	return g, nil
}

func writeCatalogue(name string, c *answer.Catalogue) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	packer, err := zstd.NewWriter(f, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return errors.Join(err, f.Close())
	}
	return errors.Join(json.NewEncoder(packer).Encode(c), packer.Close(), f.Close())
}

func readCatalogue(name string) (*answer.Catalogue, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read the catalogue: %w", err)
	}
	defer f.Close()
	unpacked, err := zstd.NewReader(f, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("read the catalogue: %w", err)
	}
	defer unpacked.Close()
	data, err := io.ReadAll(unpacked)
	if err != nil {
		return nil, fmt.Errorf("read the catalogue: %w", err)
	}
	c := new(answer.Catalogue)
	if err := json.Unmarshal(data, c); err != nil {
		return nil, fmt.Errorf("read the catalogue: %w", err)
	}
	return c, nil
}

// Close frees what the generation holds open.
func (g *Generation) Close() error {
	var errs []error
	if g.graph != nil {
		errs = append(errs, g.graph.Close())
	}
	if g.engine != nil {
		errs = append(errs, g.engine.Close())
	}
	if g.documents != nil {
		errs = append(errs, g.documents.Close())
	}
	return errors.Join(errs...)
}
