package extract

import "rapporteur/ingest"

// Revise mends the drafts of one site, in place, by what they know together. The order of drafts does not matter.
func (x *Extractor) Revise(drafts []*ingest.Record) {}
