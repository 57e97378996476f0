// Train learns the models of ingest/tagger from annotated pages and free corpora, or, with -eval, measures how well
// models learnt from other pages and other sites do on each page.
//
//	go run ./ingest/tagger/train         learns from all and writes ingest/tagger/weights.bin and ingest/recommend/weights.bin
//	go run ./ingest/tagger/train -eval   prints the cross-validated figures and what moved against ingest/score/figures.golden
//
// The annotated pages are cut into folds, a whole site of shared/gold/other in one of them; the models of a fold have seen
// none of its pages and none of its sites. The invented pages of testdata/training, written without a look at any of these,
// stand in no fold: all models learn from them and none is measured on them. Both are deterministic.
package main

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"rapporteur/ingest"
	"rapporteur/ingest/extract"
	"rapporteur/ingest/recommend"
	"rapporteur/ingest/score"
	"rapporteur/ingest/site"
	"rapporteur/ingest/tagger"
)

const (
	folds  = 4
	parts  = 3 // that the pages are cut into for the classifiers
	bits   = 20
	rounds = 12
	cost   = 40
)

// passes over its cases that each classifier makes: few cases are soon learnt by heart. decay pulls its weights to nought.
var passes = map[string]int{"speaks": 3, "affiliated": 10, "is a body": 12, "is a person": 6}

const decay = 3e-3

type options struct {
	shared, out, keep string
	asks              string
	eval              bool
	errors            int
	only              string
	fold              int
	golden            string
	update            bool
}

func main() {
	var o options
	flag.StringVar(&o.shared, "shared", "../shared", "folder with data, gold and corpus")
	flag.StringVar(&o.out, "out", "ingest/tagger/weights.bin", "file to write")
	flag.StringVar(&o.asks, "asks", "ingest/recommend/weights.bin", "file to write the model of recommendations to")
	flag.BoolVar(&o.eval, "eval", false, "cross-validate instead")
	flag.StringVar(&o.keep, "keep", "", "folder that keeps the name models of the folds between runs")
	flag.IntVar(&o.errors, "errors", 0, "show so many errors of each measure")
	flag.StringVar(&o.only, "only", "", "show errors of this measure")
	flag.IntVar(&o.fold, "fold", -1, "evaluate this fold only")
	flag.StringVar(&o.golden, "golden", "ingest/score/figures.golden", "file with the cross-validated figures to compare with; empty for none")
	flag.BoolVar(&o.update, "update", false, "with -eval, keep the figures in the golden file")
	flag.Parse()
	if err := run(context.Background(), o); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// annotated is a page with its annotation.
type annotated struct {
	site string // "cbd" or the site of shared/gold/other
	slug string
	page *ingest.Page
	gold *score.Page
	fold int // pages of the real site are dealt out one by one, other sites whole
}

// material is all that is learnt from and measured on.
type material struct {
	real   []*ingest.Page // the whole of the real site
	pages  []*annotated
	free   []sample
	cbd    score.Gold
	others score.Gold
}

func read(ctx context.Context, shared string) (*material, error) {
	m := &material{}
	var err error
	if m.free, err = corpora(os.DirFS(filepath.Join(shared, "data/ner"))); err != nil {
		return nil, fmt.Errorf("reading the free corpora: %w", err)
	}
	if m.cbd, err = score.Read(filepath.Join(shared, "gold/cbd")); err != nil {
		return nil, err
	}
	if m.others, err = score.Read(filepath.Join(shared, "gold/other/gold")); err != nil {
		return nil, err
	}
	real, err := site.Read(ctx, os.DirFS(filepath.Join(shared, "corpus/connectedbydata")))
	if err != nil {
		return nil, fmt.Errorf("reading the real site: %w", err)
	}
	m.real = real.Pages
	for _, p := range real.Pages {
		if g := m.cbd[score.Slug(p.Path)]; g != nil && strings.HasPrefix(p.Path, "_events/") {
			m.pages = append(m.pages, &annotated{site: "cbd", slug: score.Slug(p.Path), page: p, gold: g})
		}
	}
	if err := m.loose(ctx, filepath.Join(shared, "gold/other/pages"), m.others); err != nil {
		return nil, err
	}
	slices.SortFunc(m.pages, func(a, b *annotated) int { return strings.Compare(a.site+" "+a.slug, b.site+" "+b.slug) })
	sites := 0
	for i, a := range m.pages {
		if a.fold = i % folds; a.site != "cbd" {
			if i > 0 && m.pages[i-1].site != a.site {
				sites++
			}
			a.fold = sites % folds
		}
	}
	if len(m.pages) != len(m.cbd)+len(m.others) {
		fmt.Fprintf(os.Stderr, "train: %d annotations, pages for %d of them\n", len(m.cbd)+len(m.others), len(m.pages))
	}
	seen := len(m.pages)
	written, err := score.Read(filepath.Join(invented, "gold"))
	if err != nil {
		return nil, err
	}
	if err := m.loose(ctx, filepath.Join(invented, "pages"), written); err != nil {
		return nil, err
	}
	for _, a := range m.pages[seen:] {
		a.fold = always
	}
	return m, nil
}

// invented holds annotated pages that were written for training. They stand in no fold: all models learn from them and
// none is measured on them.
const (
	invented = "testdata/training"
	always   = -1
)

// loose adds the annotated pages of a folder whose files are named SITE--SLUG.
func (m *material) loose(ctx context.Context, dir string, gold score.Gold) error {
	folder, err := site.Read(ctx, os.DirFS(dir))
	if err != nil {
		return fmt.Errorf("reading the pages of %s: %w", dir, err)
	}
	for _, p := range folder.Pages {
		s := score.Slug(p.Path)
		if g := gold[s]; g != nil {
			name, _, _ := strings.Cut(s, "--")
			m.pages = append(m.pages, &annotated{site: name, slug: s, page: p, gold: g})
		}
	}
	return nil
}

func run(ctx context.Context, o options) error {
	m, err := read(ctx, o.shared)
	if err != nil {
		return err
	}
	if o.eval {
		return evaluate(m, o)
	}
	models, err := learn(m, func(*annotated) bool { return true }, "")
	if err != nil {
		return err
	}
	f, err := os.Create(o.out)
	if err != nil {
		return err
	}
	if err := models.Write(f); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return m.learnAsks(models, o.asks)
}

// learn makes models from the free corpora and those annotated pages that use allows. The classifiers learn from what
// name models make of pages that these have not seen, so that they meet the mistakes that they are to mend. Name models
// are kept in files that begin with kept, if that is not empty.
func learn(m *material, use func(*annotated) bool, kept string) (*tagger.Models, error) {
	whole, err := names(m, use, rounds, kept, "")
	if err != nil {
		return nil, err
	}
	cases := map[string][]tagger.Case{}
	var pages []*annotated
	for _, a := range m.pages {
		if use(a) {
			pages = append(pages, a)
		}
	}
	part := map[*annotated]int{}
	sites := map[string]int{}
	for i, a := range pages {
		if a.site == "cbd" {
			part[a] = i % parts
			continue
		}
		if _, ok := sites[a.site]; !ok {
			sites[a.site] = len(sites)
		}
		part[a] = sites[a.site] % parts
	}
	for k := range parts {
		model, err := names(m, func(a *annotated) bool { return use(a) && part[a] != k }, rounds*2/3, kept, fmt.Sprint("-", k))
		if err != nil {
			return nil, err
		}
		x, err := extract.With(&tagger.Models{Names: model})
		if err != nil {
			return nil, err
		}
		for _, a := range pages {
			if part[a] == k {
				for name, cs := range x.Cases(a.page, truthOf(a.gold)) {
					cases[name] = append(cases[name], cs...)
				}
			}
		}
	}
	linear := map[string]*tagger.Linear{}
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		linear[name] = tagger.LearnLinear(cases[name], 16, passes[name], decay)
		fmt.Fprintf(os.Stderr, "train: %q learnt from %d cases\n", name, len(cases[name]))
	}
	return &tagger.Models{Names: whole, Linear: linear}, nil
}

// names learns a name model, or reads the one kept.
func names(m *material, use func(*annotated) bool, rounds int, kept, suffix string) (*tagger.Model, error) {
	if kept != "" {
		kept += suffix + ".bin"
		if f, err := os.Open(kept); err == nil {
			defer f.Close()
			models, err := tagger.Read(f)
			if err != nil {
				return nil, err
			}
			return models.Names, nil
		}
	}
	x, err := extract.With(&tagger.Models{})
	if err != nil {
		return nil, err
	}
	start := time.Now()
	var examples []tagger.Example
	for _, s := range m.free {
		examples = append(examples, x.Examples(s.page, s.spans, 1)...)
	}
	for _, a := range m.pages {
		if use(a) {
			examples = append(examples, x.Examples(a.page, align(a.page, a.gold), 2)...)
		}
	}
	model := tagger.Learn(examples, bits, rounds, cost)
	fmt.Fprintf(os.Stderr, "train: names learnt from %d blocks in %.1fs\n", len(examples), time.Since(start).Seconds())
	if kept == "" {
		return model, nil
	}
	f, err := os.Create(kept)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return model, (&tagger.Models{Names: model}).Write(f)
}

// outcome is what a fold gives.
type outcome struct {
	real, others []*ingest.Record
	err          error
}

// evaluate extracts every annotated page with models that have seen neither it nor its site.
func evaluate(m *material, o options) error {
	results := make([]outcome, folds)
	var wait sync.WaitGroup
	gate := make(chan struct{}, runtime.NumCPU())
	for k := range folds {
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
	for _, a := range m.pages {
		if a.fold == always || o.fold >= 0 && a.fold != o.fold {
			continue
		}
		if a.site == "cbd" {
			cbd[a.slug] = a.gold
		} else {
			rest[a.slug] = a.gold
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

func evaluateFold(m *material, o options, k int) (out outcome) {
	kept := ""
	if o.keep != "" {
		kept = filepath.Join(o.keep, fmt.Sprint("fold", k))
	}
	models, err := learn(m, func(a *annotated) bool { return a.fold != k }, kept)
	if err != nil {
		return outcome{err: err}
	}
	x, err := extract.With(models)
	if err != nil {
		return outcome{err: err}
	}
	drafts := make([]*ingest.Record, len(m.real))
	for i, p := range m.real {
		drafts[i] = x.Draft(p)
	}
	x.Revise(drafts)
	records := m.records(x, drafts)
	finder := recommend.Learn(m.lessons(records, func(a *annotated) bool { return a.fold != k }))
	for _, a := range m.pages {
		if a.fold != k {
			continue
		}
		r := records[a.page]
		finder.Fill(r)
		if a.site == "cbd" {
			out.real = append(out.real, r)
		} else {
			out.others = append(out.others, r)
		}
	}
	return out
}
