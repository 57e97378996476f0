// Measure says how well models do on pages and sites that they have not seen: models learnt from the other folds extract each page.
//
//	go run ./ingest/training/measure               prints the cross-validated figures and what moved against ingest/score/figures.golden
//	go run ./ingest/training/measure -topics SITE   says how well topics are inferred on a site
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/confidence"
	"rapporteur/ingest/score"
	"rapporteur/ingest/tagger"
	"rapporteur/ingest/training/learn"
	"rapporteur/ingest/training/material"
)

type options struct {
	shared, keep string
	topics       string
	errors       int
	only         string
	group, genre string
	fold         int
	held, noAsks bool
	train, asks  string
	genres       bool
	golden       string
	sites        string
	reliable     string
	update       bool
}

func main() {
	var o options
	flag.StringVar(&o.shared, "shared", "../shared", "folder with data, gold and corpus")
	flag.StringVar(&o.topics, "topics", "", "measure the topics of this site instead")
	flag.StringVar(&o.keep, "keep", "", "folder that keeps the name models of the folds between runs")
	flag.IntVar(&o.errors, "errors", 0, "show so many errors of each measure")
	flag.StringVar(&o.only, "only", "", "show errors of this measure")
	flag.StringVar(&o.group, "group", "", "show errors of groups whose name holds this")
	flag.StringVar(&o.genre, "genre", "", "show errors of pages of this genre")
	flag.BoolVar(&o.held, "held", false, "measure the held fold too, that nobody tunes on; compares with no figures kept")
	flag.StringVar(&o.train, "train", "", "write the model file that all folds teach, too: train's, for the time of one run")
	flag.StringVar(&o.asks, "asks", "", "write the model of recommendations that all folds teach, too")
	flag.BoolVar(&o.genres, "genres", false, "say only how well the genre of pages is found")
	flag.BoolVar(&o.noAsks, "no-asks", false, "do not measure recommendations, whose learning takes its time: their figures are those kept")
	flag.IntVar(&o.fold, "fold", -1, "evaluate this fold only")
	flag.StringVar(&o.golden, "golden", "ingest/score/figures.golden", "file with the cross-validated figures to compare with; empty for none")
	flag.StringVar(&o.sites, "sites", "ingest/score/sites.golden", "file with the figures by site to compare with")
	flag.StringVar(&o.reliable, "reliable", "ingest/score/reliability.golden",
		"file with how often facts are right by how sure the models are, to compare with")
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

// evaluate extracts every annotated page with models that have seen neither it nor its site.
func evaluate(m *material.Material, o options) error {
	crossed, err := learn.New(m)
	if err != nil {
		return err
	}
	if o.genres {
		fmt.Print(genreTable(m, o.errors))
		return nil
	}
	if err := crossed.Cross(m, o.keep); err != nil {
		return err
	}
	var folds [material.Folds]learn.Extracted
	var wait sync.WaitGroup
	gate := make(chan struct{}, runtime.NumCPU())
	for k := range material.Folds {
		if o.fold >= 0 && k != o.fold {
			continue
		}
		wait.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			folds[k] = crossed.Extract(m, k)
		})
	}
	wait.Wait()
	if !o.noAsks {
		if err := learn.FillAsks(m, folds); err != nil {
			return err
		}
	}
	if o.train != "" {
		if err := crossed.Finish(m, folds, o.keep, o.train, ""); err != nil {
			return err
		}
	}
	if o.asks != "" {
		if err := learn.WriteAsks(m, folds, o.asks); err != nil {
			return err
		}
	}
	records := learn.Extracted{}
	var sure [material.Folds]*confidence.Finder
	for k := range folds {
		sure[k] = confidence.New(&tagger.Models{Linear: learn.Confidence(m, folds, k)})
	}
	for k, f := range folds {
		if o.fold < 0 {
			for _, r := range f {
				sure[k].Set(r)
			}
		}
		if k != material.Held || o.held || o.fold == k {
			maps.Copy(records, f)
		}
	}
	var table strings.Builder
	trials, err := o.trials(m, records)
	if err != nil {
		return err
	}
	for _, t := range trials {
		table.WriteString(t.String())
	}
	reliable := reliability(m, records)
	if o.noAsks {
		if reliable, err = withKept(reliable, o.reliable); err != nil {
			return err
		}
	}
	fmt.Print(table.String(), reliable)
	o.show(os.Stdout, m, records)
	if o.golden == "" || o.fold >= 0 || o.held {
		return nil
	}
	return errors.Join(compare(o.golden, table.String(), o.update), compare(o.sites, bySite(m, records), o.update),
		compare(o.reliable, reliable, o.update))
}

// mark marks those of the pages that were extracted and that with allows.
func mark(m *material.Material, records map[*material.Page]*ingest.Record, with func(*material.Page) bool) *score.Report {
	gold := score.Gold{}
	var extracted []*ingest.Record
	for _, a := range m.Pages {
		if r := records[a]; r != nil && with(a) {
			gold[a.Name] = a.Gold
			extracted = append(extracted, r)
		}
	}
	return score.Mark(gold, extracted)
}

// trials are the figures by group and by genre. If asks are not measured, their figures are those kept.
func (o *options) trials(m *material.Material, records map[*material.Page]*ingest.Record) ([]score.Trial, error) {
	kept, err := score.Trials()
	if err != nil {
		return nil, err
	}
	ofAsks := func(m score.Measure) bool { return slices.Contains(score.AskMeasures, m.Name) }
	var out []score.Trial
	add := func(name string, with func(*material.Page) bool) {
		r := mark(m, records, with)
		if r.Pages == 0 {
			return
		}
		if o.noAsks {
			r.Measures = slices.DeleteFunc(r.Measures, ofAsks)
			for _, t := range kept {
				if t.Name == name {
					r.Measures = append(r.Measures, slices.DeleteFunc(t.Measures, func(m score.Measure) bool { return !ofAsks(m) })...)
				}
			}
		}
		out = append(out, score.Trial{Name: name, Report: *r})
	}
	for _, g := range material.Groups {
		add(string(g), func(a *material.Page) bool { return a.Group == g })
	}
	for _, g := range genres {
		add(score.GenreTrial+string(g), func(a *material.Page) bool { return a.Gold.Genre == g })
	}
	return out, nil
}

// bySite gives a line a site: its pages and F1 of what is marked.
func bySite(m *material.Material, records map[*material.Page]*ingest.Record) string {
	var b strings.Builder
	sites := map[string]bool{}
	for a := range records {
		sites[a.Site] = true
	}
	for i, s := range slices.Sorted(maps.Keys(sites)) {
		r := mark(m, records, func(a *material.Page) bool { return a.Site == s })
		if i == 0 {
			fmt.Fprintf(&b, "%-16s %5s", "site", "pages")
			for _, ms := range r.Measures[:4] {
				fmt.Fprintf(&b, " %18s", ms.Name)
			}
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%-16s %5d", s, r.Pages)
		for _, ms := range r.Measures[:4] {
			fmt.Fprintf(&b, " %.2f of %-10d", ms.F1, ms.Gold)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// show prints what was missed and what is wrong, as the options say.
func (o *options) show(to io.Writer, m *material.Material, records map[*material.Page]*ingest.Record) {
	if o.errors == 0 {
		return
	}
	report := mark(m, records, func(a *material.Page) bool {
		return (o.group == "" || strings.Contains(string(a.Group), o.group)) && (o.genre == "" || string(a.Gold.Genre) == o.genre)
	})
	for _, ms := range report.Measures {
		if o.only != "" && ms.Name != o.only {
			continue
		}
		list := func(kind string, list []string) {
			fmt.Fprintf(to, "%s: %s (%d)\n", ms.Name, kind, len(list))
			for _, e := range list[:min(o.errors, len(list))] {
				fmt.Fprintln(to, "  "+e)
			}
		}
		list("missed", ms.Missed)
		list("wrong", ms.Wrong)
	}
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
