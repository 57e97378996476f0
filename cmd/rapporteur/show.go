package main

import (
	"context"
	"fmt"
	"strings"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"

	"rapporteur/ingest"

	"github.com/spf13/cobra"
)

type showOptions struct {
	Format string
	Limit  int
}

func newShowCommand(a *app) *cobra.Command {
	var opts showOptions
	cmd := &cobra.Command{
		Use:   "show NAME|IRI|PATH",
		Short: "Tell what is known of a person, body, topic, country or page",
		Long: `Tell what is known of a person, organisation, topic, country or page, with the words that say it.

The name may be an alias, an acronym or a surname, as long as it means one thing. Where it means several, put the kind
before it: "person: David Marlowe".`,
		Example: `  rapporteur show "Jane Roe"
  rapporteur show _events/2023-11-29-launch.md --format json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runShow(cmd.Context(), a, opts, strings.Join(args, " "))
		},
	}
	formatFlag(cmd, &opts.Format, "text", "json")
	cmd.Flags().IntVar(&opts.Limit, "limit", 5, "how many of each list to show as text; 0 for all")
	return cmd
}

func runShow(ctx context.Context, a *app, opts showOptions, name string) error {
	if opts.Limit < 0 {
		return usagef("--limit is negative")
	}
	g, done, err := a.generation()
	if err != nil {
		return err
	}
	defer done()
	ref, err := g.Lookup(ctx, name)
	if err != nil {
		return err
	}
	if ref.Kind == kinds.Page {
		r, err := g.PageRecord(ctx, ref.ID)
		if err != nil {
			return err
		}
		if opts.Format == "json" {
			return printJSON(a.out, r)
		}
		showPage(printer{a.terminal, a.out}, r, most(opts.Limit))
		return nil
	}
	p, err := g.Profile(ctx, ref.ID)
	if err != nil {
		return err
	}
	if opts.Format == "json" {
		return printJSON(a.out, p)
	}
	showProfile(printer{a.terminal, a.out}, p, most(opts.Limit))
	return nil
}

// most makes a bound of a limit, where 0 is none.
func most(limit int) int {
	if limit == 0 {
		return 1 << 30
	}
	return limit
}

func showProfile(t printer, p *answer.Profile, most int) {
	kind := string(p.Kind)
	if p.Code != "" {
		kind += " " + p.Code
	}
	t.title(p.Name, kind)
	if names := p.OtherNames(); len(names) > 0 {
		t.line("%s", t.fill("also "+strings.Join(names, "; "), 2))
	}
	if p.Pages > 0 {
		t.line("%s", t.fill(strings.TrimSuffix(fmt.Sprintf("%s, %s", pages(p.Pages), between(p.First, p.Last)), ", "), 2))
	}
	if len(p.Years) > 1 {
		var years []string
		for _, y := range p.Years {
			years = append(years, fmt.Sprintf("%s: %d", y.Name, y.Count))
		}
		t.line("%s", t.dim(t.fill(strings.Join(years, "   "), 2)))
	}
	for _, link := range append([]string{p.Homepage}, p.SameAs...) {
		if link != "" {
			t.line("  %s", t.accent(link))
		}
	}

	now, before, named := "Now", "Before", "Also named on"
	if p.Kind == kinds.Organisation {
		now, before = "Its people", "No longer there"
	}
	showTies(t, now, p.Affiliations, most)
	showTies(t, before, p.Before, most)

	spoke, others := spokenAt(p)
	if n := len(spoke); n > 0 {
		heading := "Spoke at"
		if p.Kind == kinds.Organisation {
			heading = "Who spoke for it"
		}
		t.heading(heading, min(n, most), max(n, p.Spoke))
		for _, ap := range spoke[:min(n, most)] {
			showAppearance(t, ap)
		}
	} else {
		named = "Named on"
	}
	if n := len(others); n > 0 {
		t.heading(named, min(n, most), max(n, p.Pages-len(spoke)))
		for _, ap := range others[:min(n, most)] {
			showAppearance(t, ap)
		}
	}
	if n := len(p.CoSpeakers); n > 0 {
		together := "Spoke with"
		if p.Kind == kinds.Organisation {
			together = "Spoken for at the same events"
		}
		t.heading(together, min(n, most), n)
		for _, c := range p.CoSpeakers[:min(n, most)] {
			t.columns(2, called(c.To), counted(max(c.Spoke, 1), "event", "events"))
		}
	}
	for _, k := range sections {
		list := p.Connections[string(k)]
		if len(list) == 0 {
			continue
		}
		t.heading(kinds.Title(k), min(len(list), most), len(list))
		for _, c := range list[:min(len(list), most)] {
			t.columns(2, called(c.To), pages(c.Pages, c.Years...))
		}
	}
	if n := len(p.Recommendations); n > 0 {
		t.heading("Asks", min(n, most), n)
		for _, ask := range p.Recommendations[:min(n, most)] {
			t.line("%s", t.fill("“"+ask.Text+"”", 2))
			by := ""
			if ask.By != nil {
				by = ask.By.Name + ", "
			}
			t.line("    %s", t.dim(clip("— "+by+ask.Page.Name, t.width-18)+strings.TrimSuffix(", "+ask.Date, ", ")))
		}
	}
}

// showTies prints who belongs to what, or belonged, as what and since when.
func showTies(t printer, heading string, ties []answer.Affiliation, most int) {
	n := len(ties)
	if n == 0 {
		return
	}
	t.heading(heading, min(n, most), n)
	for _, tie := range ties[:min(n, most)] {
		t.columns(2, tie.To.Name, strings.TrimSuffix(pages(tie.Pages)+", "+between(tie.First, tie.Last), ", "))
		as := strings.Join(tie.Roles[:min(3, len(tie.Roles))], "; ")
		if tie.From != "" || tie.Until != "" {
			as = strings.TrimPrefix(as+", "+tie.From+"–"+tie.Until, ", ")
		}
		if as != "" {
			t.line("%s", t.fill(as, 4))
		}
		t.evidence(4, tie.Evidence, 1)
	}
}

// spokenAt parts the pages of events at which somebody spoke, or for an organisation, from the others.
func spokenAt(p *answer.Profile) (spoke, others []answer.Appearance) {
	for _, ap := range p.Appearances {
		event := ap.PageKind == string(ingest.EventPage) && ap.Genre != string(ingest.DigestGenre)
		if event && (ap.Speaker || len(ap.Spoke) > 0) {
			spoke = append(spoke, ap)
		} else {
			others = append(others, ap)
		}
	}
	return spoke, others
}

func showAppearance(t printer, ap answer.Appearance) {
	date := ap.Date
	if date == "" {
		date = "undated"
	}
	t.line("  %s  %s", t.dim(pad(date, 10)), clip(ap.Page.Name, t.width-14))
	var how []string
	if part := ap.Part; part != "" {
		how = append(how, part)
	} else if ap.Speaker {
		how = append(how, "speaker")
	}
	if len(ap.For) > 0 {
		how = append(how, "for "+names(ap.For))
	}
	if len(ap.Spoke) > 0 {
		how = append(how, names(ap.Spoke)+" spoke")
	} else if len(ap.People) > 0 {
		how = append(how, "with "+names(ap.People))
	}
	if ap.Announced {
		how = append(how, "(announced)")
	}
	if ap.Inferred {
		how = append(how, "topic inferred")
	}
	if len(how) > 0 {
		t.line("%s", t.accent(t.fill(strings.Join(how, " "), 14)))
	}
	if len(ap.Evidence) > 0 && ap.Evidence[0].Quote != "" {
		t.line("%s", t.fill("“"+ap.Evidence[0].Quote+"”", 14))
	}
}

func showPage(t printer, r *ingest.Record, most int) {
	t.title(r.Title, string(r.Kind))
	t.line("  %s", strings.TrimSuffix(r.Path+", "+r.Date, ", "))
	if r.URL != "" {
		t.line("  %s", t.accent(r.URL))
	}
	if len(r.Topics) > 0 {
		var list []string
		for _, topic := range r.Topics {
			name := topic.Name
			if topic.Inferred {
				name += " (inferred)"
			}
			list = append(list, name)
		}
		t.heading("Topics", 1, 1)
		t.line("%s", t.fill(strings.Join(list, ", "), 2))
	}
	if n := len(r.People); n > 0 {
		t.heading("People", min(n, most), n)
		for i := range r.People[:min(n, most)] {
			p := &r.People[i]
			part, speaks := r.Did(p)
			if part == "" && speaks {
				part = ingest.Speaker
			}
			t.columns(2, p.Name, string(part))
			for _, af := range p.Affiliations {
				if af.Confidence < ingest.SureEnough {
					continue
				}
				t.line("%s", t.fill(strings.TrimPrefix(af.Role+", "+af.Name, ", "), 4))
			}
		}
	}
	showReferences(t, "Organisations", r.Organisations)
	var countries []ingest.Reference
	for _, c := range r.Countries {
		countries = append(countries, c.Reference)
	}
	showReferences(t, "Countries", countries)
	if n := len(r.Recommendations); n > 0 {
		t.heading("Recommendations", min(n, most), n)
		for _, rec := range r.Recommendations[:min(n, most)] {
			t.line("%s", t.fill("“"+rec.Text+"”", 2))
			how := string(rec.Strength)
			if rec.By != 0 {
				how += ", by " + rec.ByName
			}
			if rec.To != "" {
				how += ", to " + rec.To
			}
			t.line("%s", t.dim(t.fill("— "+how, 4)))
		}
	}
}

func showReferences(t printer, heading string, list []ingest.Reference) {
	if len(list) == 0 {
		return
	}
	var all []string
	for _, ref := range list {
		all = append(all, ref.Name)
	}
	t.heading(heading, 1, 1)
	t.line("%s", t.fill(strings.Join(all, ", "), 2))
}
