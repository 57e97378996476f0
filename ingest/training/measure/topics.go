package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"rapporteur/ingest"
	"rapporteur/ingest/extract"
	"rapporteur/ingest/site"
	"rapporteur/ingest/topic"
)

// topics says how well topics are inferred on a site.
func topics(ctx context.Context, dir string) error {
	folder, err := site.Read(ctx, os.DirFS(dir))
	if err != nil {
		return err
	}
	extractor, err := extract.New()
	if err != nil {
		return err
	}
	var records []*ingest.Record
	for _, p := range folder.Pages {
		records = append(records, extractor.Draft(p))
	}
	extractor.Revise(records)
	start := time.Now()
	topic.Fill(records, nil)
	took := time.Since(start)
	fmt.Printf("%s: %v (%d pages, %v)\n", folder.Name, topic.Measure(records, nil), len(records), took.Round(time.Millisecond))
	return nil
}
