package main

import (
	"context"
	"errors"
	"fmt"

	"rapporteur/ingest/site"

	"github.com/spf13/cobra"
)

func newInitCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "init SITE",
		Short: "Propose a rapporteur.yaml from what is seen in a site folder",
		Long: `Looks at a site folder and prints a rapporteur.yaml for it: the site's address and name as they were found, and, as
comments, what a person must decide: folders of no known kind, keys of front matter that read like people's names,
formats that are not read, pages that the site withholds. Nothing is written and nothing is built.`,
		Example: "  rapporteur init ~/our-website > ~/our-website/rapporteur.yaml",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runInit(cmd.Context(), a, args[0])
		},
	}
}

func runInit(ctx context.Context, a *app, folder string) error {
	if err := isFolder(folder); err != nil {
		return err
	}
	fsys, err := site.Dir(folder)
	if err != nil {
		return err
	}
	read, err := site.Read(ctx, fsys)
	if err != nil && !errors.Is(err, site.ErrNoPages) {
		return fmt.Errorf("init %s: %w", folder, err)
	}
	fmt.Fprint(a.out, read.Propose())
	return nil
}
