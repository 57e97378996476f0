package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rapporteur/ingest/extract"
	"rapporteur/ingest/pipeline"
)

// explain prints why the names that hold opts.Explain were found on the pages.
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
	all := []extract.Explanation{}
	for _, r := range read.Records {
		all = slices.Concat(all, x.Explain(r.Page, opts.Explain))
	}
	if len(all) == 0 {
		return nothingf("no page names %q", opts.Explain)
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
