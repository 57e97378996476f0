package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"

	"github.com/spf13/cobra"
)

// SearchOptions are the flags of rapporteur search.
type SearchOptions struct {
	Format  string
	Sort    string
	Limit   int
	Offset  int
	Explain bool
	Filter  FilterOptions
}

// FilterOptions are the flags that narrow what is found; repeated ones are alternatives.
type FilterOptions struct {
	Kinds                                                                      []string
	People, Organisations, Countries, Topics, Categories, Genres, Sites, Years []string
	From, To                                                                   string
}

// flags adds the filters to a command.
func (o *FilterOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringArrayVar(&o.People, "person", nil, "on pages with this `person` (name or IRI; repeatable, as all filters)")
	f.StringArrayVar(&o.Organisations, "organisation", nil, "on pages with this `organisation`")
	f.StringArrayVar(&o.Countries, "country", nil, "on pages that name this `country` (ISO 3166-1 code or name)")
	f.StringArrayVar(&o.Topics, "topic", nil, "on pages about this `topic` or project")
	f.StringArrayVar(&o.Categories, "category", nil, "on pages of this `category`")
	f.StringArrayVar(&o.Genres, "genre", nil,
		"on pages of this `genre`: event, post, diary, digest, profile, minutes, report, resource or other")
	f.StringArrayVar(&o.Sites, "site", nil, "on pages of this `site`, where several were ingested")
	f.StringArrayVar(&o.Years, "year", nil, "from this `year`, or 2021..2023")
	f.StringVar(&o.From, "from", "", "from this `date` on: YYYY, YYYY-MM or YYYY-MM-DD")
	f.StringVar(&o.To, "to", "", "up to this `date`, inclusive")
}

// filter returns the filters as a search takes them.
func (o *FilterOptions) filter() answer.Filter {
	f := answer.Filter{
		People: o.People, Organisations: o.Organisations, Countries: o.Countries, Topics: o.Topics,
		Categories: o.Categories, Genres: o.Genres, Sites: o.Sites, Years: o.Years, From: o.From, To: o.To,
	}
	for _, kind := range o.Kinds {
		f.Kinds = append(f.Kinds, kinds.Kind(kind))
	}
	return f
}

func newSearchCommand(a *app) *cobra.Command {
	opts := SearchOptions{Sort: "relevance"}
	cmd := &cobra.Command{
		Use:   "search QUERY...",
		Short: "Find pages, recommendations, people, bodies, topics, countries",
		Long: `Finds what answers a query: what has most of its words. A word is found in all its spellings (policy-making, policymaking), in the
language of each page; related words help where it is rare. A text of 40 words or more finds pages like it.

  "open data"          this phrase          river OR stream      either
  -budget              not this          procure*            words beginning so
  speaker:"Jane Roe"   and person: org: country: topic: by: year: kind:
  from:2023-05         and to:2024, date:2023-05..2023-06, year:2021..2023`,
		Example: "  rapporteur search procurement training\n" +
			"  rapporteur search --kind recommendation 'open contracting' --from 2023\n" +
			"  rapporteur search 'speaker:\"Jane Roe\" -budget'",
		RunE: func(cmd *cobra.Command, args []string) error {
			return runSearch(cmd.Context(), a, opts, strings.Join(args, " "))
		},
	}
	formatFlag(cmd, &opts.Format, "text", "json")
	f := cmd.Flags()
	f.IntVar(&opts.Limit, "limit", 10, "how many hits to show, 100 at most")
	f.IntVar(&opts.Offset, "offset", 0, "how many hits to pass over")
	f.StringArrayVar(&opts.Filter.Kinds, "kind", nil, "only this `kind`: page, recommendation, person, organisation, country or topic")
	f.Var(&choice{&opts.Sort, []string{"relevance", "date"}}, "sort", "by relevance or date")
	f.BoolVar(&opts.Explain, "explain", false, "show how scores come about")
	opts.Filter.flags(cmd)
	return cmd
}

func runSearch(ctx context.Context, a *app, opts SearchOptions, query string) error {
	if opts.Limit < 1 || opts.Limit > 100 {
		return usagef("--limit %d: give a number from 1 to 100", opts.Limit)
	}
	if opts.Offset < 0 {
		return usagef("--offset %d: give 0 or more", opts.Offset)
	}
	g, done, err := a.generation()
	if err != nil {
		return err
	}
	defer done()
	response, err := g.Search(ctx, answer.Request{
		Query: query, Filter: opts.Filter.filter(), Sort: opts.Sort, Limit: opts.Limit, Offset: opts.Offset, Explain: opts.Explain,
	})
	var wrong *answer.QueryError
	if errors.As(err, &wrong) {
		return usagef("%s", wrong)
	}
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	if opts.Format == "json" {
		if err := printJSON(a.out, response); err != nil {
			return err
		}
	} else {
		a.printResponse(response, opts.Offset)
	}
	if len(response.Hits) == 0 {
		return nothingf("nothing found for %q", query)
	}
	return nil
}

// printResponse shows hits as a person reads them.
func (a *app) printResponse(r *answer.Response, offset int) {
	if r.Instead != "" {
		fmt.Fprintf(a.err, "Showing results for: %s\nSearch instead for:  %s\n", *r.Suggestion, r.Instead)
	}
	for _, u := range r.Understood {
		fmt.Fprintf(a.err, "Read as %s: %s (“%s”; in quotation marks it is searched for)\n", u.Field, u.Name, u.Words)
	}
	for _, note := range r.Notes {
		fmt.Fprintln(a.err, note)
	}
	if r.Suggestion != nil && r.Instead == "" {
		fmt.Fprintf(a.err, "Did you mean: %s\n", *r.Suggestion)
	}
	for i := range r.Hits {
		if i > 0 {
			fmt.Fprintln(a.out)
		}
		a.printHit(&r.Hits[i], offset+i+1)
	}
	if len(r.Hits) == 0 {
		return
	}
	fmt.Fprintln(a.out)
	some := ""
	if r.Partial > 0 {
		some = fmt.Sprintf(", and %d that have only some of the words, or related ones", r.Partial)
	}
	fmt.Fprintln(a.out, a.dim(fmt.Sprintf("%d to %d of %d%s", offset+1, offset+len(r.Hits), r.Total, some)))
	for _, facet := range []struct{ name, title string }{
		{"person", "People"}, {"organisation", "Organisations"}, {"country", "Countries"}, {"topic", "Topics"}, {"year", "Years"},
		{"category", "Categories"}, {"genre", "Genres"}, {"site", "Sites"},
	} {
		if values := r.Facets[facet.name]; len(values) > 0 {
			fmt.Fprintln(a.out, a.dim(pad(facet.title, 15))+facetLine(values, a.width-15))
		}
	}
}

// facetLine lists as many values, with their counts, as there is room for.
func facetLine(values []answer.FacetValue, room int) string {
	line := ""
	for _, v := range values {
		next := fmt.Sprintf("%s (%d)", v.Name, v.Count)
		if line == "" {
			line = clip(next, room)
			continue
		}
		if width(line)+2+width(next) > room {
			break
		}
		line += ", " + next
	}
	return line
}

const hitIndent = 4

// printHit shows a hit: title, what and when it is, its best passage, who was there, and where it is.
func (a *app) printHit(h *answer.Hit, n int) {
	title := fold.Space(h.Title)
	if h.Kind == kinds.Recommendation && len(h.Passages) > 0 {
		title = ""
		fmt.Fprintln(a.out, a.numbered(n, a.marked(h.Passages[0])))
	}
	if title != "" {
		fmt.Fprintln(a.out, a.numbered(n, a.bold(title)))
	}
	fmt.Fprintln(a.out, a.fill(a.dim(hitFacts(h)), hitIndent))
	if title != "" {
		for _, passage := range h.Passages[:min(1, len(h.Passages))] {
			fmt.Fprintln(a.out, a.fill(a.marked(passage), hitIndent))
		}
	}
	for _, e := range h.Evidence[:min(1, len(h.Evidence))] {
		fmt.Fprintln(a.out, a.fill("“"+e.Quote+"” ("+e.Title+")", hitIndent))
	}
	if names := refNames(h.People); len(names) > 0 {
		fmt.Fprintln(a.out, a.fill("With "+strings.Join(names[:min(5, len(names))], ", ")+more(len(names)-5), hitIndent))
	}
	if address, _, _ := strings.Cut(h.URL, "#:~:"); address != "" {
		fmt.Fprintln(a.out, strings.Repeat(" ", hitIndent)+a.accent(address))
	} else if h.Path != "" {
		fmt.Fprintln(a.out, strings.Repeat(" ", hitIndent)+a.accent(h.Path))
	}
	for _, c := range h.Explanation {
		fmt.Fprintf(a.out, "    %7.3f = %s: weight %.2f × idf %.2f × impact %.2f\n", c.Score, c.Match, c.Weight, c.IDF, c.Impact)
	}
}

// numbered fills text behind a number.
func (a *app) numbered(n int, text string) string {
	filled := a.fill(text, hitIndent)
	return a.dim(pad(fmt.Sprintf("%d.", n), hitIndent)) + strings.TrimPrefix(filled, strings.Repeat(" ", hitIndent))
}

// hitFacts says what a hit is.
func hitFacts(h *answer.Hit) string {
	facts := []string{cmp.Or(h.PageKind, string(h.Kind))}
	if h.Site != "" {
		facts = append(facts, h.Site)
	}
	if h.Date != "" && h.Pages == 0 {
		facts = append(facts, h.Date)
	}
	if h.By != nil {
		facts = append(facts, "by "+h.By.Name)
	}
	if h.Strength != "" {
		facts = append(facts, h.Strength)
	}
	if h.Page != nil {
		facts = append(facts, h.Page.Name)
	}
	if h.Partial {
		facts = append(facts, "only some of the words, or related ones")
	}
	switch {
	case h.Pages == 1:
		facts = append(facts, "on 1 page")
	case h.Pages > 1:
		facts = append(facts, fmt.Sprintf("on %d pages", h.Pages))
	}
	return strings.Join(facts, " · ")
}

func refNames(refs []answer.Ref) []string {
	names := make([]string, len(refs))
	for i, r := range refs {
		names[i] = r.Name
	}
	return names
}

// more says how many are not listed.
func more(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n)
}

// marked sets off the marked words of a passage. Each is painted by itself, so that lines can be broken between them.
func (a *app) marked(p answer.Passage) string {
	var b strings.Builder
	at := 0
	for _, m := range p.Marks {
		b.WriteString(p.Text[at:m.Start])
		for i, word := range strings.Fields(m.In(p.Text)) {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(a.hit(word))
		}
		at = m.End
	}
	b.WriteString(p.Text[at:])
	return b.String()
}
