package main

import (
	"context"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"

	"github.com/spf13/cobra"
)

type reviewOptions struct {
	Format string
	Limit  int
	Kind   string
}

func newReviewCommand(a *app) *cobra.Command {
	var opts reviewOptions
	cmd := &cobra.Command{
		Use:   "review",
		Short: "List what people should decide, with lines that settle it",
		Long: `List the doubtful decisions of the last ingest, the most consequential first: names that may be one thing or two, and
names that may be nothing. Each comes with the sentences it rests on and with the lines to paste into rapporteur.yaml at
the site's root. What is decided there holds for every build.`,
		Example: `  rapporteur review --limit 5
  rapporteur review --kind person --format json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return runReview(cmd.Context(), a, opts) },
	}
	formatFlag(cmd, &opts.Format, "text", "json")
	cmd.Flags().IntVar(&opts.Limit, "limit", 20, "how many at most; 0 is all")
	cmd.Flags().StringVar(&opts.Kind, "kind", "", "only people (person) or only organisations (organisation)")
	return cmd
}

func runReview(_ context.Context, a *app, opts reviewOptions) error {
	if opts.Limit < 0 {
		return usagef("--limit is %d: want 0 or more", opts.Limit)
	}
	if opts.Kind != "" && opts.Kind != string(kinds.Person) && opts.Kind != string(kinds.Organisation) {
		return usagef("--kind is %q: want person or organisation", opts.Kind)
	}
	g, done, err := a.generation()
	if err != nil {
		return err
	}
	defer done()
	c := g.Catalogue()
	doubts := slices.Clone(c.Doubts)
	if opts.Kind != "" {
		doubts = slices.DeleteFunc(doubts, func(d ingest.Doubt) bool { return string(d.Kind) != opts.Kind })
	}
	total := len(doubts)
	if opts.Limit > 0 && total > opts.Limit {
		doubts = doubts[:opts.Limit]
	}
	if opts.Format == "json" {
		return printJSON(a.out, struct {
			Total  int            `json:"total"`
			Doubts []ingest.Doubt `json:"doubts"`
			Notes  []string       `json:"notes"`
		}{total, append([]ingest.Doubt{}, doubts...), append([]string{}, c.Notes...)})
	}
	t := printer{a.terminal, a.out}
	if total == 0 {
		t.line("Nothing to decide.")
	} else {
		t.title(plural(total, "question"), "")
		t.line("%s", t.fill("Paste the lines that are right into rapporteur.yaml at the site's root, and ingest again.", 0))
	}
	for i, d := range doubts {
		t.line("\n%s", a.numbered(i+1, t.bold(d.Question)))
		for _, e := range d.Evidence {
			if e.Quote != "" {
				t.line("%s", t.fill("“"+e.Quote+"”", 4))
			}
			t.line("    %s", t.dim("— "+clip(e.Page, max(20, t.width-6))))
		}
		for line := range strings.Lines(d.Lines) {
			t.line("    %s", t.accent(strings.TrimRight(line, "\n")))
		}
	}
	if total > len(doubts) {
		t.line("\n%s", t.dim(plural(total-len(doubts), "more question")+": --limit 0 shows all"))
	}
	if len(c.Notes) > 0 {
		t.heading("Notes", len(c.Notes), len(c.Notes))
		for _, n := range c.Notes {
			t.line("%s", t.fill(n, 2))
		}
	}
	return nil
}
