//go:build !sqlite_fts5

package main

import (
	"context"
	"fmt"

	"rapporteur/ingest"
	"rapporteur/search"
)

// fts5 measures nothing: SQLite is built in with -tags sqlite_fts5.
func fts5(*measured, string, string) error { return nil }

// beside measures only this program: SQLite is built in with -tags sqlite_fts5.
func beside(ctx context.Context, _ string, store *search.Store, _ *ingest.Site, queries []string) error {
	times, err := inProcess(ctx, store, queries)
	if err != nil {
		return err
	}
	fmt.Printf("in process, three words, 10 pages with fragments and facets: %s\n(SQLite is measured beside it with -tags sqlite_fts5.)\n",
		summary(times))
	return nil
}
