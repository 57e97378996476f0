package search

import (
	"context"

	"rapporteur/ingest"
)

// Generation is one immutable build, opened. All questions are asked of it; they only read, and may be asked in parallel.
type Generation struct {
	manifest *Manifest
}

// Manifest describes the generation. It is not to be changed.
func (g *Generation) Manifest() *Manifest { return g.manifest }

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

// writeParts writes all parts of a generation but the manifest.
func writeParts(ctx context.Context, dir string, site *ingest.Site) error {
	return nil
}

// openGeneration verifies the generation in dir and opens its parts.
func openGeneration(dir string) (*Generation, error) {
	m, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	if err := m.verify(dir); err != nil {
		return nil, err
	}
	return &Generation{manifest: m}, nil
}

// close frees what the generation holds open.
func (g *Generation) close() error { return nil }
