package extract_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"rapporteur/ingest"
	"rapporteur/ingest/extract"
	"rapporteur/ingest/site"
)

// A page is read and drafted: who is named, in which part, and for whom.
func ExampleExtractor_Draft() {
	folder, err := site.Read(context.Background(), fstest.MapFS{"_events/quay-day.md": {Data: []byte(`---
title: Quay day
date: 2031-05-03
---
## Speakers

- **Ilse Inkpen**, Director, Harbour Institute
- **Joren Wintersett**, Head of Policy, Lantern Foundation
`)}})
	if err != nil {
		fmt.Println(err)
		return
	}
	extractor, err := extract.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	record := extractor.Draft(folder.Pages[0])
	extractor.Revise([]*ingest.Record{record})
	bodies := map[ingest.LocalID]string{}
	for _, o := range record.Organisations {
		bodies[o.ID] = o.Name
	}
	for _, p := range record.People {
		for _, a := range p.Affiliations {
			fmt.Printf("%s (%s): %s of the %s\n", p.Name, p.Part, a.Role, bodies[a.Organisation])
		}
	}
	// Output:
	// Ilse Inkpen (speaker): Director of the Harbour Institute
	// Joren Wintersett (speaker): Head of Policy of the Lantern Foundation
}
