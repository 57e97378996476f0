package main

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"

	"rapporteur/ingest/curation"
	"rapporteur/ingest/pipeline"
	"rapporteur/ingest/site"
	"rapporteur/search"

	"github.com/spf13/cobra"
)

// ErasedOptions are the flags of rapporteur erased.
type ErasedOptions struct {
	Format string
	Site   string
	Also   []string
}

func newErasedCommand(a *app) *cobra.Command {
	var opts ErasedOptions
	cmd := &cobra.Command{
		Use:   "erased [NAME...]",
		Short: "Prove that people who are erased stand nowhere any more",
		Long: `Looks for people in every byte of the data folder, of all that was exported from it with --output, and of what --also names:
in what stands there, and in what is packed there, unpacked. Without NAME these are the people whom rapporteur.yaml of
the site erases. A name is looked for in all ways in which it is written; it is never printed.

Ends with exit code 1 if somebody stands somewhere. Surnames by themselves, or with an initial, are reported: they may
mean somebody else.`,
		Example: "  rapporteur erased\n  rapporteur erased --also public/ \"Jane Roe\"",
		RunE: func(cmd *cobra.Command, args []string) error {
			return runErased(cmd.Context(), a, opts, args)
		},
	}
	formatFlag(cmd, &opts.Format, "text", "json")
	cmd.Flags().StringVar(&opts.Site, "site", "",
		"`FOLDER` of the site, whose rapporteur.yaml says who is erased (default that of the last ingest)")
	cmd.Flags().StringArrayVar(&opts.Also, "also", nil, "further `PATH` to look in (repeatable)")
	return cmd
}

func runErased(ctx context.Context, a *app, opts ErasedOptions, names []string) error {
	noted := a.places()
	if opts.Site == "" {
		opts.Site = noted.Site
	}
	people, file, err := peopleErased(ctx, opts.Site, names)
	if err != nil {
		return err
	}
	also := opts.Also
	for _, e := range noted.Exports {
		also = append(also, e.files()...)
	}
	t, err := search.FindTraces(ctx, a.dataDir(), also, people)
	if err != nil {
		return err
	}
	if opts.Format == "json" {
		if err := printJSON(a.out, t); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(a.out, "%s, %s, looked at as they are and unpacked.\n", counted(t.Files, "file", "files"), size(t.Bytes))
		for _, f := range t.Found {
			who := fmt.Sprintf("%s:%d", file, f.Line)
			if len(names) > 0 {
				who = fmt.Sprintf("name %d", f.Line)
			}
			what := "the surname by itself, or with an initial"
			if f.Whole {
				what = "THE WHOLE NAME"
			}
			fmt.Fprintf(a.out, "  %s: %s, %s, in %s\n", who, what, counted(f.Count, "time", "times"), f.Place)
		}
		for _, u := range t.Unread {
			fmt.Fprintf(a.out, "  not unpacked: %s\n", u)
		}
	}
	whole := 0
	for _, f := range t.Found {
		if f.Whole {
			whole++
		}
	}
	switch {
	case whole > 0:
		return fmt.Errorf("people who are erased stand in %s: run \"rapporteur ingest SITE\" again, "+
			"and remove what is no longer needed", counted(whole, "place", "places"))
	case len(t.Unread) > 0:
		return fmt.Errorf("%s could not be unpacked: run \"rapporteur ingest SITE\" again", counted(len(t.Unread), "part", "parts"))
	}
	if opts.Format == "text" {
		fmt.Fprintln(a.out, "None of these people is named anywhere.")
	}
	return nil
}

// peopleErased makes what finds the people: those named, or else those whom the site's decisions erase. file is where the
// decisions stand.
func peopleErased(ctx context.Context, folder string, names []string) (people *curation.Eraser, file string, err error) {
	decisions := &curation.File{Name: curation.FileName}
	var fsys fs.FS
	if folder != "" {
		dir, err := site.Dir(folder)
		if err != nil && len(names) == 0 {
			return nil, "", err
		}
		if err == nil {
			fsys = dir
			read, err := site.Decisions(fsys)
			if err != nil {
				return nil, "", err
			}
			if read != nil {
				decisions = read
			}
		}
	}
	if len(names) > 0 {
		decisions.Erase = nil
		for i, name := range names {
			decisions.Erase = append(decisions.Erase, curation.Entry{Value: name, Line: i + 1})
		}
	}
	if len(decisions.Erase) == 0 {
		return nil, "", usagef("nobody is erased in %s: name whom to look for, or the folder of the site with --site",
			filepath.Join(folder, curation.FileName))
	}
	if fsys != nil {
		if decisions, err = pipeline.Erasing(ctx, fsys, decisions); err != nil {
			return nil, "", err
		}
	}
	people, err = site.EraserOf(decisions)
	return people, decisions.Name, err
}
