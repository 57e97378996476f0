package extract

import "rapporteur/ingest"

// Extractor finds what pages name. It is safe for parallel use.
type Extractor struct{}

// New makes an Extractor from the embedded model and gazetteers.
func New() (*Extractor, error) { return &Extractor{}, nil }

// Draft returns what the page by itself shows. IRIs are empty.
func (x *Extractor) Draft(page *ingest.Page) *ingest.Record {
	return &ingest.Record{Page: page}
}

// Revise mends the drafts of one site, in place, by what they know together. The order of drafts does not matter.
func (x *Extractor) Revise(drafts []*ingest.Record) {}
