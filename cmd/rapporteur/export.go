package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"rapporteur/search"
	"rapporteur/search/static"

	"github.com/spf13/cobra"
)

type exportOptions struct {
	Format string
	Output string
}

func newExportCommand(a *app) *cobra.Command {
	var opts exportOptions
	cmd := &cobra.Command{
		Use:   "export --format FORMAT",
		Short: "Write what is known in forms that other tools open",
		Long: `Write the graph in a format that other tools open, each fact with the page that says it; or, as static files,
what a website needs to show related pages, and to be searched, without a server.

  nquads     RDF, one fact a line (rapper and rdflib open it)
  jsonld     the same as JSON-LD 1.1, one named graph a page (rdflib opens it)
  graphml    people, organisations, topics, countries, pages and their ties
             (networkx opens it; made for Gephi and yEd too)
  csv        the same as two tables, nodes.csv and edges.csv with Gephi's
             column names, in a zip archive
  popolo     people, organisations, memberships and events as Popolo JSON
  ftm        FollowTheMoney entities, one JSON object a line

It goes to standard output unless --output names a file. Of csv, a folder may be named: it gets the two tables. static
needs a folder; files in it that would not change are left alone, and what an earlier export wrote and this one does
not is removed.`,
		Example: `  rapporteur export --format nquads | rapper -i nquads -c - base:
  rapporteur export --format graphml --output site.graphml
  rapporteur export --format static --output SITE`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return runExport(cmd.Context(), a, opts) },
	}
	formatFlag(cmd, &opts.Format, "nquads", "jsonld", "graphml", "csv", "popolo", "ftm", "static")
	cmd.Flags().StringVarP(&opts.Output, "output", "o", "", "`FILE` to write to; of csv and static, a folder")
	return cmd
}

func runExport(ctx context.Context, a *app, opts exportOptions) (err error) {
	g, done, err := a.generation()
	if err != nil {
		return err
	}
	defer done()
	if opts.Format == "static" && (opts.Output == "" || opts.Output == "-") {
		return usagef("static files need a folder: give --output SITE")
	}
	if opts.Output == "" || opts.Output == "-" {
		if opts.Format == "csv" && a.live {
			return usagef("csv is a zip archive: give --output FILE.zip, or a folder")
		}
		if a.live {
			return g.Export(ctx, a.out, search.ExportFormat(opts.Format))
		}
		return g.Export(ctx, a.raw, search.ExportFormat(opts.Format))
	}
	if err := exportTo(ctx, a, g, opts.Format, opts.Output); err != nil {
		return err
	}
	return a.noteExport(opts.Format, opts.Output)
}

// exportTo writes an export to a file or folder.
func exportTo(ctx context.Context, a *app, g *search.Generation, format, output string) error {
	if format == "static" {
		return exportStatic(ctx, a, g, output)
	}
	if info, err := os.Stat(output); err == nil && info.IsDir() {
		if format != "csv" {
			return usagef("--output %s is a folder: name a file", output)
		}
		return exportTables(ctx, g, output)
	}
	return writeWhole(output, func(w io.Writer) error { return g.Export(ctx, w, search.ExportFormat(format)) })
}

// exportStatic writes static files to a folder and says what became of them.
func exportStatic(ctx context.Context, a *app, g *search.Generation, dir string) error {
	report, err := static.Write(ctx, g, dir)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.err, "%s in %s: %s written, %s removed, the others as they were\n",
		counted(report.Files, "file", "files"), dir, thousands(report.Written), thousands(report.Removed))
	return nil
}

// exportTables writes the tables of a csv export to a folder.
func exportTables(ctx context.Context, g *search.Generation, dir string) error {
	return g.ExportTables(ctx, func(name string, write func(io.Writer) error) error {
		return writeWhole(filepath.Join(dir, name), write)
	})
}

// writeWhole writes a file beside its place and moves it there when it is whole: who reads it never meets half of it.
func writeWhole(name string, write func(io.Writer) error) (err error) {
	dir := filepath.Dir(name)
	f, err := os.CreateTemp(dir, "."+filepath.Base(name)+".*")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("writing %s: there is no folder %s: make it first", name, dir)
	case err != nil:
		return fmt.Errorf("writing %s: %w", name, err)
	}
	w := bufio.NewWriter(f)
	err = errors.Join(write(w), w.Flush(), f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("writing %s: %w", name, err), os.Remove(f.Name()))
	}
	return nil
}
