package main

import (
	"context"
	"fmt"
	"strings"

	"rapporteur/search"
	"rapporteur/search/answer"

	"github.com/spf13/cobra"
)

type graphOptions struct {
	Format string
	Limit  int
}

func newGraphCommand(a *app) *cobra.Command {
	var opts graphOptions
	cmd := &cobra.Command{
		Use:   "graph QUESTION [NAME]",
		Short: "Ask the graph a question of your own, or one of those it knows",
		Long:  graphHelp(),
		Example: `  rapporteur graph co-speakers "Jane Roe"
  rapporteur graph '{ nodes(type: Person, name: "Jane Roe") {
      name spokeAt { name startDate } } }'
  rapporteur graph '{ nodes(type: Organization, name: "Harbour Trust") {
      people: spokeFor @rev { name } } }'
  rapporteur graph '{ nodes(type: Recommendation, askKind: "ask", first: 5) {
      text proposedBy { name } } }'`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return runGraphQuery(cmd.Context(), a, args[0])
			}
			return runGraphWalk(cmd.Context(), a, opts, args[0], args[1])
		},
	}
	formatFlag(cmd, &opts.Format, "text", "json")
	cmd.Flags().IntVar(&opts.Limit, "limit", 10, "how many answers to a question about NAME, 1000 at most")
	return cmd
}

func graphHelp() string {
	var b strings.Builder
	b.WriteString(`With NAME, QUESTION is one of these, and the answers come with the pages that say so:

`)
	for _, w := range search.Walks() {
		article := "a"
		if strings.HasPrefix(w.From[0], "o") {
			article = "an"
		}
		fmt.Fprintf(&b, "  %s (of %s %s)\n      %s\n", w.Name, article, strings.Join(w.From, " or "), w.Says)
	}
	types, predicates := search.GraphTerms()
	fmt.Fprintf(&b, `
Alone, QUESTION is in Cayley's GraphQL, and the answer is JSON. It reads the graph and changes nothing. The outermost
field starts from all nodes, or from those that have what its arguments say; a field within follows that predicate,
with ~ in front or @rev behind against its direction; what lacks the field is dropped, unless @opt stands behind it.
first (20 unless told, 100 at most) and offset page through each level, six levels deep at most; * gives all
properties of a node; @label(v: <IRI>) keeps to what one page says.

Types: %s.

Predicates: %s.

Any other goes by prefix (schema:name) or in full (<https://schema.org/name>).`, strings.Join(types, ", "), strings.Join(predicates, ", "))
	return b.String()
}

func runGraphQuery(ctx context.Context, a *app, question string) error {
	g, done, err := a.generation()
	if err != nil {
		return err
	}
	defer done()
	found, err := g.AskGraph(ctx, question)
	if err != nil {
		return err
	}
	return printJSON(a.out, found)
}

func runGraphWalk(ctx context.Context, a *app, opts graphOptions, question, name string) error {
	if opts.Limit < 1 || opts.Limit > 1000 {
		return usagef("--limit is %d: want 1 to 1000", opts.Limit)
	}
	g, done, err := a.generation()
	if err != nil {
		return err
	}
	defer done()
	of, err := g.Lookup(ctx, name)
	if err != nil {
		return err
	}
	found, total, err := g.Walk(ctx, question, of.ID, opts.Limit)
	if err != nil {
		return err
	}
	if total == 0 {
		return nothingf("the graph has no answer to %q for %s", question, of.Name)
	}
	if opts.Format == "json" {
		return printJSON(a.out, struct {
			Of       answer.Ref     `json:"of"`
			Question string         `json:"question"`
			Total    int            `json:"total"`
			Items    []answer.Found `json:"items"`
		}{of, question, total, found})
	}
	t := printer{a.terminal, a.out}
	t.title(of.Name, question)
	t.heading("Answers", len(found), total)
	for _, f := range found {
		t.columns(2, f.Name, plural(len(f.Pages), "page"))
		for _, p := range f.Pages[:min(2, len(f.Pages))] {
			t.line("      %s", t.dim("— "+clip(p.Name, max(20, t.width-10))))
		}
	}
	return nil
}
