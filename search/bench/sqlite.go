//go:build sqlite_fts5

package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rapporteur/ingest"
	"rapporteur/ingest/cputime"
	"rapporteur/search"

	_ "github.com/mattn/go-sqlite3" // with -tags sqlite_fts5
)

// beside asks SQLite FTS5 (porter stemming, bm25 with the title weighed three times, snippets) and this program the same
// queries, in turn, ten hits each. Ours come with facets. FTS5 is asked for all words, as it is by default, and for any of them, as ours
// is.
func beside(ctx context.Context, file string, store *search.Store, site *ingest.Site, queries []string) (err error) {
	db, err := sql.Open("sqlite3", file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	if err := fill(ctx, db, site); err != nil {
		return fmt.Errorf("filling SQLite: %w", err)
	}
	statement, err := db.PrepareContext(ctx, `select path, title, snippet(pages, 2, '<mark>', '</mark>', '…', 32)
		from pages where pages match ? order by bm25(pages, 0, 3, 1) limit 10`)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, statement.Close()) }()
	ours, err := inProcess(ctx, store, queries)
	if err != nil {
		return err
	}
	p50, _ := percentiles(ours)
	fmt.Printf("in process, three words, 10 pages with fragments and facets: %s\n", summary(ours))
	for _, way := range []struct{ name, join string }{{"all words", " "}, {"any word", " OR "}} {
		times := make([]time.Duration, 0, len(queries))
		for _, q := range queries {
			start := time.Now()
			if err := match(ctx, statement, strings.Join(strings.Fields(q), way.join)); err != nil {
				return fmt.Errorf("asking SQLite for %q: %w", q, err)
			}
			times = append(times, time.Since(start))
		}
		theirs, _ := percentiles(times)
		fmt.Printf("SQLite FTS5 with snippets, %-10s %s: %.1f times ours\n", way.name+":", summary(times), float64(theirs)/float64(p50))
	}
	return nil
}

// fts5 fills SQLite FTS5 with the pages of a site, as they are written, and notes what that takes.
func fts5(m *measured, dir, temp string) (err error) {
	site := &ingest.Site{}
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		site.Records = append(site.Records, &ingest.Record{Page: &ingest.Page{Path: name, Title: name, Text: string(text)}})
		return err
	})
	if err != nil {
		return err
	}
	file := filepath.Join(temp, "fts5.db")
	db, err := sql.Open("sqlite3", file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	before := cputime.Used().Seconds()
	if err := fill(context.Background(), db, site); err != nil {
		return err
	}
	m.add(&m.Others, "SQLite FTS5, CPU", cputime.Used().Seconds()-before, "s")
	return nil
}

func fill(ctx context.Context, db *sql.DB, site *ingest.Site) (err error) {
	if _, err := db.ExecContext(ctx, `create virtual table pages using fts5(path unindexed, title, body, tokenize='porter `+
		`unicode61')`); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for _, r := range site.Records {
		if _, err := tx.ExecContext(ctx, `insert into pages values (?, ?, ?)`, r.Path, r.Title, r.Text); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `insert into pages(pages) values ('optimize')`)
	return err
}

func match(ctx context.Context, statement *sql.Stmt, query string) (err error) {
	rows, err := statement.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var path, title, snippet string
	for rows.Next() {
		if err := rows.Scan(&path, &title, &snippet); err != nil {
			return err
		}
	}
	return rows.Err()
}
