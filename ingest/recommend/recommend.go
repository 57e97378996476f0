// Package recommend finds who asks whom for what: the recommendations of a page, with who makes them and whom they address,
// and the places of a site that ask the same.
package recommend

import "rapporteur/ingest"

// Finder finds recommendations. It is safe for parallel use.
type Finder struct{}

// New returns a Finder with the embedded model.
func New() (*Finder, error) { return &Finder{}, nil }

// Fill sets r.Recommendations, in order of Start. The people and organisations of r must be known by then; IRIs are not needed.
func (f *Finder) Fill(r *ingest.Record) {}

// Settle is the site-wide step, after resolve: with the entities' IRIs in place it gives every recommendation its IRI, ByIRI, ToIRI,
// Topics, Mentions and SameAs. base is the site's address without a slash at the end, or "urn:rapporteur:" where it is unknown.
func Settle(base string, records []*ingest.Record, entities []ingest.Entity) {}
