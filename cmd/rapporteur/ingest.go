package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rapporteur/search/store"

	"rapporteur/ingest"
	"rapporteur/ingest/pipeline"
	"rapporteur/ingest/site"
	"rapporteur/ingest/work"
	"rapporteur/search"

	"github.com/spf13/cobra"
)

// IngestOptions are the flags of rapporteur ingest.
type IngestOptions struct {
	Strict  bool
	Format  string
	Workers string
}

func newIngestCommand(a *app) *cobra.Command {
	var opts IngestOptions
	cmd := &cobra.Command{
		Use:   "ingest SITE...",
		Short: "Read site folders and build what the other commands ask",
		Long: `Reads the pages of a site folder as Jekyll, Hugo, Zola or 11ty lay it out, finds people, organisations, countries,
topics and recommendations in them, and builds a new generation of index and graph. Until it is whole, and if
anything goes wrong, all commands answer from the one before.

A page that cannot be read is named with its cause, and the rest is ingested. Decisions about names (same, different,
alias, hide, erase ...) are read from rapporteur.yaml in the site folder.

Several folders become one site, or those that a file lists under sites (name, url, sites, same, different). Each keeps
its addresses, topics and decisions, and can be filtered by; one that cannot be read does not stop the others. People
and bodies are one across sites where that is certain, and "rapporteur review" asks where it is not.

With --workers, machines on which "rapporteur work URL" runs read pages too. What comes of it is the same, byte for byte;
where nobody works there, all pages are read here.`,
		Example: "  rapporteur ingest ~/our-website\n  rapporteur ingest ~/harbour ~/weir\n  rapporteur ingest network.yaml",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runIngest(cmd.Context(), a, opts, args)
		},
	}
	formatFlag(cmd, &opts.Format, "text", "json")
	cmd.Flags().StringVar(&opts.Workers, "workers", "", "`URL` of the queue through which workers get pages: "+work.Form)
	cmd.Flags().BoolVar(&opts.Strict, "strict", false, "end with exit code 3 if a page was skipped")
	return cmd
}

func runIngest(ctx context.Context, a *app, opts IngestOptions, sites []string) error {
	if opts.Workers != "" {
		if err := work.Check(opts.Workers); err != nil {
			return usagef("%s", err)
		}
	}
	defer letGarbageLie()()
	in, err := a.ingestWith(ctx, opts.Workers, sites...)
	if err != nil {
		return err
	}
	if opts.Format == "json" {
		err = a.printIngestionJSON(in)
	} else {
		a.printIngestion(in)
	}
	if err != nil {
		return err
	}
	if skips := in.Manifest.Skips; opts.Strict && len(skips) > 0 {
		pages, parts := sortSkips(skips)
		return fmt.Errorf("%w: %d left out, %d read in part", errSkipped, len(pages), len(parts))
	}
	return nil
}

// ingestion is what came of reading a site.
type ingestion struct {
	Manifest *store.Manifest
	UpToDate bool // nothing had changed, nothing was built
	Took     time.Duration
}

// ingestSite reads the folder of a site, or of several, and makes their generation the current one, unless that is from the same.
func (a *app) ingestSite(ctx context.Context, sites ...string) (*ingestion, error) {
	return a.ingestWith(ctx, "", sites...)
}

// ingestWith does it with the workers at a URL; "" has none.
func (a *app) ingestWith(ctx context.Context, workers string, sites ...string) (*ingestion, error) {
	start := time.Now()
	list, err := listSites(sites)
	if err != nil {
		return nil, err
	}
	w, err := store.OpenWriter(a.dataDir())
	if err != nil {
		return nil, err
	}
	defer w.Close()

	origin, err := list.origin(ctx, a)
	if err != nil {
		return nil, err
	}
	if full, err := filepath.Abs(list.members[0].folder); err == nil {
		if list.several {
			full = "" // "rapporteur erased" is told which one is meant
		}
		if err := a.note(func(p *places) { p.Site = full }); err != nil {
			return nil, err
		}
	}
	if m := w.Current(); m != nil && m.Origin == origin {
		return &ingestion{Manifest: m, UpToDate: true, Took: time.Since(start)}, a.renewExports(ctx, m)
	}
	helping, err := a.workersAt(ctx, workers)
	if err != nil {
		return nil, err
	}
	p := &progress{a: a}
	defer p.done()
	read, err := list.read(ctx, pipeline.Options{
		CacheDir: w.CacheDir(), Version: origin.Program, Memory: a.memory, Progress: p.report, Others: helping.others(),
	})
	helping.leave()
	if err != nil {
		return nil, err
	}
	if err := list.keepCaches(w.CacheDir()); err != nil {
		return nil, err
	}
	p.report("building", 0, 1)
	m, err := w.Build(ctx, read, origin, search.Contents{})
	if err != nil {
		return nil, fmt.Errorf("ingest %s: %w", strings.Join(sites, ", "), err)
	}
	if err := a.renewExports(ctx, m); err != nil {
		return nil, err
	}
	return &ingestion{Manifest: m, Took: time.Since(start)}, nil
}

func isFolder(name string) error {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no folder %s", name)
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is a file: give the folder of the site", name)
	}
	return nil
}

// folderName is what a site is called that does not say.
func folderName(folder string) string {
	if full, err := filepath.Abs(folder); err == nil {
		folder = full
	}
	return filepath.Base(folder)
}

// withSkips adds to the error that there is no page to read what became of those that are there.
func withSkips(err error, read *ingest.Site) error {
	if !errors.Is(err, site.ErrNoPages) {
		return err
	}
	errs := []error{err}
	for _, s := range read.Skips {
		errs = append(errs, fmt.Errorf("  %s", place(s)))
	}
	for _, g := range read.Account {
		errs = append(errs, fmt.Errorf("  %s", gapLine(g)))
	}
	return errors.Join(errs...)
}

// originOf says what a generation of the folder would be made from: its files, and this program.
func (a *app) originOf(ctx context.Context, folder string) (store.Origin, error) {
	fsys, err := site.Dir(folder)
	if err != nil {
		return store.Origin{}, err
	}
	source, err := pipeline.Fingerprint(ctx, fsys)
	if err != nil {
		return store.Origin{}, fmt.Errorf("look at %s: %w", folder, err)
	}
	if a.program == "" {
		a.program, err = programHash()
	}
	return store.Origin{Source: source, Program: a.program}, err
}

// programHash tells one build of the program from another, so that nothing found by older code is kept.
func programHash() (string, error) {
	name, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find this program: %w", err)
	}
	f, err := os.Open(name)
	if err != nil {
		return "", fmt.Errorf("hash this program: %w", err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", fmt.Errorf("hash this program: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func (a *app) printIngestion(in *ingestion) {
	m, c := in.Manifest, in.Manifest.Counts
	if in.UpToDate {
		fmt.Fprintf(a.out, "%s is up to date: %s, nothing has changed (%s).\n", a.bold(m.Name), counted(c.Pages, "page", "pages"),
			seconds(in.Took))
	} else {
		fmt.Fprintf(a.out, "%s: %s in %s.\n", a.bold(m.Name), counted(c.Pages, "page", "pages"), seconds(in.Took))
	}
	for _, s := range m.Sites {
		what := counted(s.Pages, "page", "pages")
		if s.Fault != "" {
			what = "left out: " + s.Fault
		}
		fmt.Fprintln(a.out, a.fill(s.Key+": "+what, 2))
	}
	fmt.Fprintln(a.out)
	for _, row := range []struct {
		n         int
		one, many string
	}{
		{c.People, "person", "people"}, {c.Organisations, "organisation", "organisations"}, {c.Countries, "country", "countries"},
		{c.Topics, "topic", "topics"}, {c.Recommendations, "recommendation", "recommendations"},
	} {
		n, what, _ := strings.Cut(counted(row.n, row.one, row.many), " ")
		fmt.Fprintf(a.out, "%8s %s\n", n, what)
	}
	a.printSkips(m.Skips)
	a.printAccount(m.Account)
	if len(m.Notes) > 0 {
		fmt.Fprintf(a.out, "\n%s\n", a.bold("Notes"))
		for _, n := range m.Notes {
			fmt.Fprintln(a.out, a.fill(n, 2))
		}
	}
	fmt.Fprintf(a.out, "\nNow: rapporteur search WORDS, rapporteur show NAME, rapporteur serve\n")
}

// printIngestionJSON prints the counts, what was left out and the account of what was not understood.
func (a *app) printIngestionJSON(in *ingestion) error {
	m := in.Manifest
	return printJSON(a.out, struct {
		Site     string              `json:"site"`
		URL      string              `json:"url,omitempty"`
		UpToDate bool                `json:"up_to_date"`
		Sites    []ingest.MemberSite `json:"sites,omitempty"`
		Counts   store.Counts        `json:"counts"`
		Skips    []ingest.Skip       `json:"skips"`
		Account  []ingest.Gap        `json:"account"`
		Notes    []string            `json:"notes"`
	}{m.Name, m.URL, in.UpToDate, m.Sites, m.Counts, append([]ingest.Skip{}, m.Skips...), append([]ingest.Gap{}, m.Account...),
		append([]string{}, m.Notes...)})
}

// accountLines is how many lines of text the account may take: what fits on a screen beside the rest of the report.
const accountLines = 24

// gapLine says what was not understood, with an example and with what would mend it.
func gapLine(g ingest.Gap) string {
	line := g.Text
	if g.Example != "" {
		line += ", such as " + g.Example
	}
	if g.Mend != "" {
		line += ". To mend it: " + g.Mend
	}
	return line
}

// printAccount says what was not understood of the folder, the worst first, each with an example and with what would mend it, as far
// as a screen holds. Of what is alike and less, one line tells how much of it there is.
func (a *app) printAccount(account []ingest.Gap) {
	if len(account) == 0 {
		return
	}
	fmt.Fprintf(a.out, "\n%s (%d)\n", a.bold("Not understood"), len(account))
	const ofAKind = 3 // of so many of a kind each is told by itself
	told := map[ingest.GapKind]int{}
	lines, more := 0, 0
	for _, g := range account {
		text := a.fill(gapLine(g), 2)
		if n := strings.Count(text, "\n") + 1; told[g.Kind] >= ofAKind || lines > 0 && lines+n > accountLines {
			more++
			continue
		} else {
			lines += n
		}
		told[g.Kind]++
		fmt.Fprintln(a.out, text)
	}
	if more > 0 {
		fmt.Fprintln(a.out, a.fill(fmt.Sprintf(
			"%d more of less weight: rapporteur ingest --format json tells them all, and so does the page /about", more), 2))
	}
}

// printSkips names what was not read, each with its place and cause; files with the same cause are named together.
func (a *app) printSkips(skips []ingest.Skip) {
	pages, parts := sortSkips(skips)
	for _, group := range []struct {
		title string
		skips []ingest.Skip
	}{{"Skipped", pages}, {"Left out of pages that were read", parts}} {
		if len(group.skips) == 0 {
			continue
		}
		fmt.Fprintf(a.out, "\n%s (%d)\n", a.bold(group.title), len(group.skips))
		alike := map[string][]ingest.Skip{}
		for _, s := range group.skips {
			alike[s.Cause] = append(alike[s.Cause], s)
		}
		for _, s := range group.skips {
			switch list := alike[s.Cause]; {
			case list == nil: // told with the first
			case len(list) < 4:
				fmt.Fprintln(a.out, a.fill(place(s), 2))
			default:
				fmt.Fprintln(a.out, a.fill(fmt.Sprintf("%d files, such as %s and %s: %s", len(list), list[0].Path, list[1].Path, s.Cause), 2))
				delete(alike, s.Cause)
			}
		}
	}
}

// sortSkips tells pages that were left out from those of which a part was.
func sortSkips(skips []ingest.Skip) (pages, parts []ingest.Skip) {
	for _, s := range skips {
		if s.Part {
			parts = append(parts, s)
		} else {
			pages = append(pages, s)
		}
	}
	return pages, parts
}

// place words a skip as compilers do: file, line, cause.
func place(s ingest.Skip) string {
	if s.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", s.Path, s.Line, s.Cause)
	}
	return fmt.Sprintf("%s: %s", s.Path, s.Cause)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

// thousands writes 1234567 as "1,234,567".
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
