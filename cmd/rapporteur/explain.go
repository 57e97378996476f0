package main

import (
	"context"
	"fmt"
	"strings"

	"rapporteur/ingest/extract"
	"rapporteur/ingest/pipeline"
	"rapporteur/ingest/recommend"
)

// explain prints why the names that hold opts.Explain were found on the pages, and what was made of what may be recommendations that
// hold these words.
func (a *app) explain(ctx context.Context, opts ExtractOptions, paths []string) error {
	fsys, _, err := selectPaths(paths)
	if err != nil {
		return err
	}
	read, err := pipeline.Run(ctx, fsys, pipeline.Options{})
	if err != nil {
		return fmt.Errorf("extract %s: %w", strings.Join(paths, ", "), err)
	}
	x, err := extract.New()
	if err != nil {
		return err
	}
	finder, err := recommend.New()
	if err != nil {
		return err
	}
	all := []any{}
	for _, r := range read.Records {
		for _, e := range x.Explain(r.Page, opts.Explain) {
			all = append(all, e)
		}
		for _, e := range finder.Explain(r, opts.Explain) {
			all = append(all, e)
		}
	}
	if len(all) == 0 {
		return nothingf("no page names %q, and none asks for it", opts.Explain)
	}
	if opts.Format == "jsonl" {
		for _, e := range all {
			if err := printJSONLine(a.out, e); err != nil {
				return err
			}
		}
		return nil
	}
	return printJSON(a.out, all)
}
