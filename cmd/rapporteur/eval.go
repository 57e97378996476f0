package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/pipeline"
	"rapporteur/ingest/score"
	"rapporteur/ingest/topic"

	"github.com/spf13/cobra"
)

// EvalOptions are the flags of rapporteur eval.
type EvalOptions struct {
	Format string
	Errors int
	Each   bool
}

func newEvalCommand(a *app) *cobra.Command {
	var opts EvalOptions
	cmd := &cobra.Command{
		Use:   "eval GOLD PAGES",
		Short: "Mark extraction against pages annotated by hand",
		Long: `Extracts the site in the folder PAGES and compares it with the annotations in the folder GOLD: one JSON file a page,
named as the page is. Prints precision, recall and F1 with a 95 % bootstrap interval over pages. A page of GOLD that
is not in PAGES counts as extracted empty. Topics are marked by what the site says itself: those that pages state are
hidden from a third of them at a time, inferred from the others, and compared; "of pages" is the share given one.`,
		Example: "  rapporteur eval testdata/gold testdata/site\n  rapporteur eval --errors 10 testdata/gold testdata/site",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runEval(cmd.Context(), a, opts, args[0], args[1])
		},
	}
	formatFlag(cmd, &opts.Format, "text", "json")
	cmd.Flags().IntVar(&opts.Errors, "errors", 0, "show this many of what was missed, and of what was wrong, of each measure")
	cmd.Flags().BoolVar(&opts.Each, "each", false, "PAGES holds several sites, as files named SITE--PAGE: extract each by itself")
	return cmd
}

func runEval(ctx context.Context, a *app, opts EvalOptions, goldDir, pagesDir string) error {
	gold, err := score.Read(goldDir)
	if err != nil {
		return err
	}
	if err := isFolder(pagesDir); err != nil {
		return err
	}
	sites := [][]string{{pagesDir}}
	if opts.Each {
		if sites, err = groupSites(pagesDir); err != nil {
			return err
		}
	}
	p := &progress{a: a}
	defer p.done()
	var records []*ingest.Record
	var read [][]*ingest.Record // of each site
	var topics topic.Report
	for _, paths := range sites {
		fsys, _, err := selectPaths(paths)
		if err != nil {
			return err
		}
		site, err := pipeline.Run(ctx, fsys, pipeline.Options{Progress: p.report})
		if err != nil {
			return fmt.Errorf("extract %s: %w", strings.Join(paths, ", "), err)
		}
		records, read = append(records, site.Records...), append(read, site.Records)
	}
	p.done()
	report := evaluation{Report: score.Mark(gold, records)}
	for _, site := range read {
		topics.Add(topic.Measure(site, nil))
	}
	if topics.Pages > 0 {
		report.Topics = &topics
	}
	if opts.Format == "json" {
		return printJSON(a.out, report)
	}
	a.printReport(report, opts.Errors)
	return nil
}

// evaluation is what eval finds: the measures against the annotations, and topics against what the pages state, nil where none does.
type evaluation struct {
	*score.Report
	Topics *topic.Report `json:",omitempty"`
}

// groupSites groups the files of a folder that are named SITE--PAGE by their site.
func groupSites(dir string) ([][]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	groups := map[string][]string{}
	for _, e := range entries {
		if name, _, ok := strings.Cut(e.Name(), "--"); ok {
			groups[name] = append(groups[name], filepath.Join(dir, e.Name()))
		}
	}
	if len(groups) == 0 {
		return nil, fmt.Errorf("%s holds no files named SITE--PAGE", dir)
	}
	var sites [][]string
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		sites = append(sites, groups[name])
	}
	return sites, nil
}

func (a *app) printReport(r evaluation, examples int) {
	fmt.Fprintf(a.out, "%s annotated, %d of them extracted\n\n", counted(r.Pages, "page", "pages"), r.Extracted)
	fmt.Fprintf(a.out, "%-18s %9s %7s %6s %14s %6s\n", "", "precision", "recall", "F1", "95 % interval", "gold")
	for _, m := range r.Measures {
		fmt.Fprintf(a.out, "%-18s %9.3f %7.3f %s %14s %6d\n", m.Name, m.Precision, m.Recall,
			a.bold(fmt.Sprintf("%6.3f", m.F1)), fmt.Sprintf("%.3f to %.3f", m.Low, m.High), m.Gold)
	}
	if t := r.Topics; t != nil {
		fmt.Fprintf(a.out, "%-18s %9.3f %7.3f %s %14s %6d\n", "inferred topics", t.Precision(), t.Recall(), a.bold(fmt.Sprintf("%6.3f", t.F1())),
			fmt.Sprintf("%.2f of pages", t.Coverage()), t.Stated)
	}
	if examples <= 0 {
		return
	}
	for _, m := range r.Measures {
		for _, group := range []struct {
			title string
			items []string
		}{{"missed", m.Missed}, {"wrong", m.Wrong}} {
			if len(group.items) == 0 {
				continue
			}
			fmt.Fprintf(a.out, "\n%s, %s (%d)\n", a.bold(m.Name), group.title, len(group.items))
			for _, item := range group.items[:min(examples, len(group.items))] {
				fmt.Fprintln(a.out, a.fill(item, 2))
			}
		}
	}
}
