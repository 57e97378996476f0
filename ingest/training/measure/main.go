// Measure says how well models do on pages and sites that they have not seen: models learnt from the other folds extract each page.
//
//	go run ./ingest/training/measure               prints the cross-validated figures and what moved against ingest/score/figures.golden
//	go run ./ingest/training/measure -topics SITE   says how well topics are inferred on a site
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"rapporteur/ingest"
	"rapporteur/ingest/extract"
	"rapporteur/ingest/recommend"
	"rapporteur/ingest/score"
	"rapporteur/ingest/training/learn"
	"rapporteur/ingest/training/material"
)

type options struct {
	shared, keep string
	topics       string
	errors       int
	only         string
	fold         int
	golden       string
	update       bool
}

func main() {
	var o options
	flag.StringVar(&o.shared, "shared", "../shared", "folder with data, gold and corpus")
	flag.StringVar(&o.topics, "topics", "", "measure the topics of this site instead")
	flag.StringVar(&o.keep, "keep", "", "folder that keeps the name models of the folds between runs")
	flag.IntVar(&o.errors, "errors", 0, "show so many errors of each measure")
	flag.StringVar(&o.only, "only", "", "show errors of this measure")
	flag.IntVar(&o.fold, "fold", -1, "evaluate this fold only")
	flag.StringVar(&o.golden, "golden", "ingest/score/figures.golden", "file with the cross-validated figures to compare with; empty for none")
	flag.BoolVar(&o.update, "update", false, "keep the figures in the golden file")
	flag.Parse()
	if err := run(context.Background(), o); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	if o.topics != "" {
		return topics(ctx, o.topics)
	}
	m, err := material.Read(ctx, o.shared)
	if err != nil {
		return err
	}
	return evaluate(m, o)
}

// outcome is what a fold gives.
type outcome struct {
	real, others []*ingest.Record
	err          error
}

// evaluate extracts every annotated page with models that have seen neither it nor its site.
func evaluate(m *material.Material, o options) error {
	results := make([]outcome, material.Folds)
	var wait sync.WaitGroup
	gate := make(chan struct{}, runtime.NumCPU())
	for k := range material.Folds {
		if o.fold >= 0 && k != o.fold {
			continue
		}
		wait.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			results[k] = evaluateFold(m, o, k)
		})
	}
	wait.Wait()
	var real, others []*ingest.Record
	for _, r := range results {
		if r.err != nil {
			return r.err
		}
		real, others = append(real, r.real...), append(others, r.others...)
	}
	cbd, rest := score.Gold{}, score.Gold{}
	for _, a := range m.Pages {
		if a.Fold == material.Always || o.fold >= 0 && a.Fold != o.fold {
			continue
		}
		if a.Site == material.Real {
			cbd[a.Slug] = a.Gold
		} else {
			rest[a.Slug] = a.Gold
		}
	}
	var table, errors strings.Builder
	for _, t := range []struct {
		name    string
		gold    score.Gold
		records []*ingest.Record
	}{{"new pages of a site seen in training", cbd, real}, {"sites not seen in training", rest, others}} {
		report := score.Mark(t.gold, t.records)
		table.WriteString((&score.Trial{Name: t.name, Report: *report}).String())
		for _, ms := range report.Measures {
			if o.errors == 0 || o.only != "" && ms.Name != o.only {
				continue
			}
			show := func(kind string, list []string) {
				fmt.Fprintf(&errors, "%s: %s (%d)\n", ms.Name, kind, len(list))
				for _, e := range list[:min(o.errors, len(list))] {
					fmt.Fprintln(&errors, "  "+e)
				}
			}
			show("missed", ms.Missed)
			show("wrong", ms.Wrong)
		}
	}
	fmt.Print(table.String(), errors.String())
	if o.golden == "" || o.fold >= 0 {
		return nil
	}
	return compare(o.golden, table.String(), o.update)
}

// compare shows what moved against the figures kept in a file, or keeps the new ones.
func compare(file, now string, update bool) error {
	if update {
		if err := os.WriteFile(file, []byte(now), 0o644); err != nil {
			return fmt.Errorf("keeping the figures: %w", err)
		}
		return nil
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("reading the figures kept: %w", err)
	}
	before, after := strings.Split(string(b), "\n"), strings.Split(now, "\n")
	moved := 0
	for i := range after {
		if i >= len(before) || before[i] != after[i] {
			moved++
			if i < len(before) {
				fmt.Println("- " + before[i])
			}
			fmt.Println("+ " + after[i])
		}
	}
	if moved > 0 {
		return fmt.Errorf("%d lines differ from %s: if that is meant, run again with -update and commit it", moved, file)
	}
	return nil
}

func evaluateFold(m *material.Material, o options, k int) (out outcome) {
	kept := ""
	if o.keep != "" {
		kept = filepath.Join(o.keep, fmt.Sprint("fold", k))
	}
	models, err := learn.Models(m, func(a *material.Page) bool { return a.Fold != k }, kept)
	if err != nil {
		return outcome{err: err}
	}
	x, err := extract.With(models)
	if err != nil {
		return outcome{err: err}
	}
	records := learn.Records(m, x, learn.Drafts(m, x))
	finder := recommend.Learn(learn.Lessons(m, records, func(a *material.Page) bool { return a.Fold != k }))
	for _, a := range m.Pages {
		if a.Fold != k {
			continue
		}
		r := records[a.Page]
		finder.Fill(r)
		if a.Site == material.Real {
			out.real = append(out.real, r)
		} else {
			out.others = append(out.others, r)
		}
	}
	return out
}
