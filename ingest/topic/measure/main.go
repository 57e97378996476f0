// Command measure says how well topics are inferred on a site: go run ./ingest/topic/measure SITE...
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

func main() {
	for _, dir := range os.Args[1:] {
		if err := measure(dir); err != nil {
			fmt.Fprintf(os.Stderr, "measuring the topics of %s: %v\n", dir, err)
			os.Exit(1)
		}
	}
}

func measure(dir string) error {
	fsys, err := os.DirFS(dir), error(nil)
	if err != nil {
		return err
	}
	folder, err := site.Read(context.Background(), fsys)
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
