package main

import (
	"context"
	"fmt"

	"rapporteur/search/answer"

	"github.com/spf13/cobra"
)

type pathOptions struct {
	Format string
	Limit  int
}

func newPathCommand(a *app) *cobra.Command {
	var opts pathOptions
	cmd := &cobra.Command{
		Use:   "path FROM TO",
		Short: "Tell how two are connected, with the pages that say so",
		Long: `Tell how two people, organisations, topics, countries or pages are connected, the best way first.

A way is the better the closer its ties (spoke for, belongs to, spoke at, then merely named with), the fewer things
its pages name, and the fewer pages what it passes through is on. No two ways pass through the same thing.`,
		Example: `  rapporteur path "Jane Roe" "Harbour Trust"`,
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runPath(cmd.Context(), a, opts, args[0], args[1])
		},
	}
	formatFlag(cmd, &opts.Format, "text", "json")
	cmd.Flags().IntVar(&opts.Limit, "limit", 3, "how many ways, 20 at most")
	return cmd
}

func runPath(ctx context.Context, a *app, opts pathOptions, from, to string) error {
	if opts.Limit < 1 || opts.Limit > 20 {
		return usagef("--limit is %d: want 1 to 20", opts.Limit)
	}
	g, done, err := a.generation()
	if err != nil {
		return err
	}
	defer done()
	first, err := g.Lookup(ctx, from)
	if err != nil {
		return err
	}
	second, err := g.Lookup(ctx, to)
	if err != nil {
		return err
	}
	if first.ID == second.ID {
		return usagef("%q and %q are the same: %s", from, to, first.Name)
	}
	ways, err := g.Paths(ctx, first.ID, second.ID, opts.Limit)
	if err != nil {
		return err
	}
	if len(ways) == 0 {
		return nothingf("no pages connect %s with %s", first.Name, second.Name)
	}
	if opts.Format == "json" {
		return printJSON(a.out, struct {
			From answer.Ref    `json:"from"`
			To   answer.Ref    `json:"to"`
			Ways []answer.Path `json:"ways"`
		}{first, second, ways})
	}
	t := printer{a.terminal, a.out}
	t.title(first.Name+" to "+second.Name, plural(len(ways), "way"))
	for i, way := range ways {
		t.line("\n%s", t.bold(fmt.Sprintf("%d. %s", i+1, plural(len(way), "step"))))
		for _, h := range way {
			t.line("%s", t.fill(fmt.Sprintf("%s %s %s", h.From.Name, t.accent(h.Relation), h.To.Name), 2))
			t.evidence(6, h.Evidence, 2)
		}
	}
	return nil
}

func plural(n int, of string) string {
	if n == 1 {
		return "1 " + of
	}
	return fmt.Sprintf("%d %ss", n, of)
}
