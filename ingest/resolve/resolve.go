package resolve

import (
	"rapporteur/ingest"
	"rapporteur/ingest/curation"
)

// Result is what a site's records come to.
type Result struct {
	Entities []ingest.Entity // by IRI
	Doubts   []ingest.Doubt  // most consequential first
	Notes    []string        // lines of rapporteur.yaml that match nothing
}

// Base is what all IRIs of a site start with: its address, or "urn:rapporteur:" where that is not known.
func Base(siteURL string) string {
	if siteURL == "" {
		return "urn:rapporteur:"
	}
	return siteURL
}

// Site resolves the references of all records to entities, in place: it sets their IRIs and those of affiliations,
// topics, countries and of the records themselves. siteURL is the live site's address; decisions may be nil. The order
// of records makes no difference.
func Site(siteURL string, records []*ingest.Record, decisions *curation.File) Result { return Result{} }
