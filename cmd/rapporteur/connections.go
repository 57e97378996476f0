package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"

	"rapporteur/search"

	"github.com/spf13/cobra"
)

type connectionsOptions struct {
	Format string
	Limit  int
	Kind   string
	With   string
	Since  string
	About  bool
}

func newConnectionsCommand(a *app) *cobra.Command {
	var opts connectionsOptions
	cmd := &cobra.Command{
		Use:   "connections NAME",
		Short: "Tell what someone or something is connected with",
		Long: `Tell what a person, organisation, topic, country, page or any subject in your own words is connected with, by kind,
with the words that say it: first what a sentence says (belongs to, spoke for, spoke with, asks something of), then what
stands with it in one passage, then what is named at the same events; what is only named on the same pages is told where
there is nothing better. Of a subject that is no topic, these are named in the passages on it, first who speaks or asks
there.

--with OTHER holds two against each other: the pages that name both, what they have in common, what only one has, and
who links them. --since DATE counts only pages of that date and later: what is new. --about takes NAME for a subject
even if something has that name. Without NAME, --circles tells which people and organisations meet each other more
than others.`,
		Example: `  rapporteur connections "Open Government Partnership"
  rapporteur connections procurement --kind organisation --limit 20
  rapporteur connections --about "school meals" --kind organisation
  rapporteur connections "Jane Roe" --since 2024
  rapporteur connections "Harbour Trust" --with "Meadow Council"`,
		Args: cobra.ArbitraryArgs,
	}
	formatFlag(cmd, &opts.Format, "text", "json")
	cmd.Flags().IntVar(&opts.Limit, "limit", 10, "how many of each kind; 0 for all there are, with those that share nothing but a page")
	kind := &choice{&opts.Kind, []string{"organisation", "person", "topic", "country"}}
	cmd.Flags().Var(kind, "kind", "only organisation, person, topic or country")
	cmd.Flags().StringVar(&opts.With, "with", "", "hold it against this other one")
	cmd.Flags().StringVar(&opts.Since, "since", "", "count pages of this date (YYYY, YYYY-MM, YYYY-MM-DD) and later")
	circles := cmd.Flags().Bool("circles", false, "tell who meets whom more than others, on the whole site")
	cmd.Flags().BoolVar(&opts.About, "about", false, "NAME is a subject in your own words")
	cmd.MarkFlagsMutuallyExclusive("with", "since", "circles", "about")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if *circles {
			return runCircles(cmd.Context(), a, opts, args)
		}
		return runConnections(cmd.Context(), a, opts, args)
	}
	return cmd
}

func runConnections(ctx context.Context, a *app, opts connectionsOptions, args []string) error {
	switch {
	case len(args) == 0:
		return usagef("connections needs a NAME (or --circles)")
	case opts.Limit < 0:
		return usagef("--limit is negative")
	case opts.Since != "" && !answer.ValidDate(opts.Since):
		return usagef("--since %q is no date: want YYYY, YYYY-MM or YYYY-MM-DD", opts.Since)
	}
	g, done, err := a.generation()
	if err != nil {
		return err
	}
	defer done()
	t := printer{a.terminal, a.out}
	name := strings.Join(args, " ")
	if opts.About {
		all, err := g.About(ctx, name, opts.Limit)
		if err != nil {
			return err
		}
		return tellConnections(a, t, answer.Ref{Name: name}, "what is named with it", all, opts)
	}
	if opts.With == "" && opts.Since == "" {
		ref, all, err := g.ConnectionsOf(ctx, name, opts.Limit)
		if err != nil {
			return err
		}
		return tellConnections(a, t, ref, cmp.Or(string(ref.Kind), "named in the passages on it"), all, opts)
	}
	ref, err := g.Lookup(ctx, name)
	if err != nil {
		return err
	}
	if opts.With != "" {
		return compare(ctx, a, t, g, ref, opts)
	}
	return since(ctx, a, t, g, ref, opts)
}

func tellConnections(a *app, t printer, ref answer.Ref, note string, all map[string][]answer.Connection, opts connectionsOptions) error {
	if opts.Kind != "" {
		all = map[string][]answer.Connection{opts.Kind: all[opts.Kind]}
	}
	if opts.Format == "json" {
		return printJSON(a.out, struct {
			Of          answer.Ref                     `json:"of"`
			Connections map[string][]answer.Connection `json:"connections"`
		}{ref, all})
	}
	told := 0
	t.title(ref.Name, note)
	for _, k := range sections {
		list := all[string(k)]
		told += len(list)
		if len(list) == 0 {
			continue
		}
		t.heading(kinds.Title(k), len(list), len(list))
		for _, c := range list {
			t.columns(2, called(c.To), tieOf(c))
			t.evidence(4, c.Evidence, 1)
		}
	}
	if told == 0 {
		return nothingf("no page names %s with anything else", ref.Name)
	}
	return nil
}

// tieOf says what ties two things, and on how many pages.
func tieOf(c answer.Connection) string {
	of := ""
	switch {
	case c.Said > 0:
		of = fmt.Sprintf("said on %d of ", c.Said)
	case c.Near > 0:
		of = fmt.Sprintf("near each other on %d of ", c.Near)
	}
	return of + pages(c.Pages, c.Years...)
}

func since(ctx context.Context, a *app, t printer, g *search.Generation, ref answer.Ref, opts connectionsOptions) error {
	byKind := map[string][]answer.CoOccurrence{}
	told := 0
	for _, k := range sections {
		if opts.Kind != "" && opts.Kind != string(k) {
			continue
		}
		list, _, err := g.Shared(ctx, ref.ID, k, opts.Since, opts.Limit)
		if err != nil {
			return err
		}
		byKind[string(k)] = list
		told += len(list)
	}
	if opts.Format == "json" {
		return printJSON(a.out, struct {
			Of          answer.Ref                       `json:"of"`
			Since       string                           `json:"since"`
			Connections map[string][]answer.CoOccurrence `json:"connections"`
		}{ref, opts.Since, byKind})
	}
	if told == 0 {
		return nothingf("no page since %s names %s with anything else", opts.Since, ref.Name)
	}
	t.title(ref.Name, "since "+opts.Since)
	for _, k := range sections {
		tellCoOccurrences(t, kinds.Title(k), byKind[string(k)], true)
	}
	return nil
}

func tellCoOccurrences(t printer, heading string, list []answer.CoOccurrence, last bool) {
	if len(list) == 0 {
		return
	}
	t.heading(heading, len(list), len(list))
	for _, k := range list {
		t.columns(2, k.To.Name, pages(k.Pages, k.Years...))
		if last && k.Last != nil {
			t.source(4, answer.Evidence{Title: k.Last.Name, Date: k.Date})
		}
	}
}

func compare(ctx context.Context, a *app, t printer, g *search.Generation, first answer.Ref, opts connectionsOptions) error {
	second, err := g.Lookup(ctx, opts.With)
	if err != nil {
		return err
	}
	c, err := g.Compare(ctx, first.ID, second.ID, kinds.Kind(opts.Kind), opts.Limit)
	if err != nil {
		return err
	}
	if opts.Format == "json" {
		return printJSON(a.out, c)
	}
	t.title(c.First.Name+" and "+c.Second.Name, "compared")
	if len(c.Together) > 0 {
		t.heading("Together", len(c.Together), len(c.Together))
		for _, ap := range c.Together {
			t.line("  %s  %s", t.dim(pad(ap.Date, 10)), clip(ap.Page.Name, t.width-14))
			for _, e := range ap.Evidence {
				if e.Quote != "" {
					t.line("%s", t.fill("“"+e.Quote+"”", 14))
				}
			}
		}
	}
	tellCoOccurrences(t, "In common", c.Both, false)
	tellCoOccurrences(t, "Only with "+c.First.Name, c.Only1, false)
	tellCoOccurrences(t, "Only with "+c.Second.Name, c.Only2, false)
	if len(c.Linked) > 0 {
		t.heading("Who links them", len(c.Linked), len(c.Linked))
		for _, l := range c.Linked {
			t.columns(2, l.Name, fmt.Sprintf("%s + %s", pages(l.First), pages(l.Second)))
		}
	}
	if len(c.Together)+len(c.Both)+len(c.Only1)+len(c.Only2) == 0 {
		return nothingf("no page names %s or %s with anything else", c.First.Name, c.Second.Name)
	}
	return nil
}

func runCircles(ctx context.Context, a *app, opts connectionsOptions, args []string) error {
	if len(args) > 0 {
		return usagef("--circles is of the whole site: leave %q out", strings.Join(args, " "))
	}
	g, done, err := a.generation()
	if err != nil {
		return err
	}
	defer done()
	circles, err := g.Communities(ctx, most(opts.Limit))
	if err != nil {
		return err
	}
	if opts.Format == "json" {
		return printJSON(a.out, circles)
	}
	if len(circles) == 0 {
		return nothingf("no two people or organisations are named together")
	}
	t := printer{a.terminal, a.out}
	for i, c := range circles {
		t.heading(fmt.Sprintf("Circle %d", i+1), len(c.Members), c.Size)
		for _, m := range c.Members {
			note := string(m.Kind)
			if m.Between >= 0.01 {
				note += fmt.Sprintf(", on %.0f%% of the ways", 100*m.Between)
			}
			t.columns(2, m.Name, note)
		}
	}
	return nil
}
