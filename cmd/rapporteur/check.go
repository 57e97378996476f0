package main

import (
	"context"
	"fmt"

	"rapporteur/search"

	"github.com/spf13/cobra"
)

// CheckOptions are the flags of rapporteur check.
type CheckOptions struct {
	Format string
}

func newCheckCommand(a *app) *cobra.Command {
	var opts CheckOptions
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Verify what was built: every file, and index against graph",
		Long: `Compares every file of the current generation with the hash it was written with, and index, graph and lists with each
other. Ends with exit code 1 if anything is wrong; "rapporteur ingest SITE" mends it.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCheck(cmd.Context(), a, opts)
		},
	}
	formatFlag(cmd, &opts.Format, "text", "json")
	return cmd
}

func runCheck(ctx context.Context, a *app, opts CheckOptions) error {
	h, err := search.Check(ctx, a.dataDir())
	if err != nil {
		return err
	}
	if opts.Format == "json" {
		if err := printJSON(a.out, h); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(a.out, "%s, generation %s: %s, %s\n", a.bold(h.Name), h.ID, counted(h.Files, "file", "files"), size(h.Bytes))
		for _, p := range h.Problems {
			fmt.Fprintf(a.out, "  %s\n", p)
		}
		if len(h.Problems) == 0 {
			fmt.Fprintln(a.out, a.fill(fmt.Sprintf("All is well: %s and %s in the index, the same facts in %s of the graph.",
				counted(h.Pages, "page", "pages"), counted(h.Entities, "name", "names"), counted(h.Quads, "statement", "statements")), 0))
		}
	}
	if n := len(h.Problems); n > 0 {
		return fmt.Errorf("%s in %s: run \"rapporteur ingest SITE\" again", counted(n, "problem", "problems"), a.dataDir())
	}
	return nil
}

// size writes a number of bytes as people read it.
func size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%d KB", (n+1023)>>10)
}
