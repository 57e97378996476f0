package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"rapporteur/ingest/kinds"
	"rapporteur/ingest/table"
	"rapporteur/search/answer"

	"github.com/spf13/cobra"
)

// RecommendationsOptions are the flags of recommendations.
type RecommendationsOptions struct {
	Format string
	Sort   string
	Group  string
	Limit  int
	Offset int
	Filter FilterOptions

	By, Addressees, Strengths []string
}

func newRecommendationsCommand(a *app) *cobra.Command {
	opts := RecommendationsOptions{}
	cmd := &cobra.Command{
		Use:   "recommendations [QUERY]",
		Short: "What people asked for: who, of whom, when and where",
		Long: `recommendations lists what pages say that somebody should do, with who said it, whom they asked, and the
sentence on the live page. What several pages ask is listed once, with all the places.

Without a query the newest come first; with one, those whose own words answer it best, at most two of a page among the
first ten. The query is that of search. --format html is a list with citations to paste into a text document.`,
		Example: `  rapporteur recommendations procurement --group speaker
  rapporteur recommendations --topic Health --from 2023
  rapporteur recommendations --addressee Ofcom --strength must --group addressee
  rapporteur recommendations --organisation OEI --format csv > asks.csv`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runRecommendations(cmd.Context(), a, opts, strings.Join(args, " "))
		},
	}
	formatFlag(cmd, &opts.Format, "text", "json", "csv", "markdown", "html")
	f := cmd.Flags()
	f.IntVar(&opts.Limit, "limit", 50, "how many to list")
	f.IntVar(&opts.Offset, "offset", 0, "how many to pass over")
	f.Var(&choice{&opts.Sort, []string{"relevance", "date"}}, "sort", "by relevance or date")
	f.Var(&choice{&opts.Group, []string{answer.ByTopic, answer.BySpeaker, answer.ByYear, answer.ByAddress}}, "group",
		"group by topic, speaker, year or addressee")
	f.StringArrayVar(&opts.By, "by", nil, "made by this `person` or organisation")
	f.StringArrayVar(&opts.Addressees, "addressee", nil, "addressed to this `body`, by name or as written")
	f.StringArrayVar(&opts.Strengths, "strength", nil, "that ask so `strongly`: must, should, need or could")
	opts.Filter.flags(cmd)
	f.Lookup("to").Usage = "up to this `date`, inclusive; what is no date is whom they address"
	return cmd
}

func runRecommendations(ctx context.Context, a *app, opts RecommendationsOptions, query string) error {
	if opts.Limit < 1 {
		return usagef("--limit %d: give 1 or more", opts.Limit)
	}
	if opts.Offset < 0 {
		return usagef("--offset %d: give 0 or more", opts.Offset)
	}
	g, done, err := a.generation()
	if err != nil {
		return err
	}
	defer done()
	filter := opts.Filter.filter()
	filter.By, filter.Addressees, filter.Strengths = opts.By, opts.Addressees, opts.Strengths
	req := answer.Request{Query: query, Filter: filter, Sort: opts.Sort, Limit: opts.Limit, Offset: opts.Offset}
	asks, total, err := g.Recommendations(ctx, req)
	var wrong *answer.QueryError
	if errors.As(err, &wrong) {
		return usagef("%s", wrong)
	}
	if err != nil {
		return err
	}
	groups := []answer.RecommendationGroup{{Recommendations: asks}}
	if opts.Group != "" {
		if groups, err = answer.GroupRecommendations(asks, opts.Group); err != nil {
			return err
		}
	}
	if err := a.showAsks(opts, query, total, groups); err != nil {
		return err
	}
	if total == 0 {
		req.Limit, req.Filter.Kinds = 1, []kinds.Kind{kinds.Recommendation}
		if found, err := g.Search(ctx, req); err == nil {
			for _, note := range found.Notes {
				fmt.Fprintln(a.err, note)
			}
		}
		return nothingf("no recommendations found")
	}
	if left := total - opts.Offset - len(asks); left > 0 && opts.Format != "json" {
		fmt.Fprintf(a.err, "%d more: use --limit or --offset\n", left)
	}
	return nil
}

func (a *app) showAsks(opts RecommendationsOptions, query string, total int, groups []answer.RecommendationGroup) error {
	switch opts.Format {
	case "json":
		return printAskJSON(a.out, opts.Group, query, total, groups)
	case "csv":
		return printAskCSV(a.out, groups)
	case "html":
		return printAskHTML(a.out, opts.Group, groups)
	case "markdown":
		printAskMarkdown(a.out, opts.Group, groups)
	default:
		a.printAsks(opts.Group, groups)
	}
	return nil
}

// groupName is the heading of a group.
func groupName(by string, g answer.RecommendationGroup) string {
	switch {
	case g.Name != "":
		return g.Name
	case by == answer.BySpeaker:
		return "Nobody named"
	case by == answer.ByYear:
		return "Undated"
	case by == answer.ByAddress:
		return "Nobody in particular"
	}
	return "No topic"
}

// facts says of an ask who, whom, how strongly.
func askFacts(ask *answer.Recommendation) string {
	var facts []string
	if ask.By != nil {
		facts = append(facts, "by "+ask.By.Name)
	}
	if ask.To != "" {
		facts = append(facts, "to "+ask.To)
	}
	return strings.Join(append(facts, ask.Strength), " · ")
}

// askURL is the address of the sentence on the live page, or the path of the file where the site has none.
func askURL(ask *answer.Recommendation) string { return evidenceURL(ask.Evidence) }

func evidenceURL(places []answer.Evidence) string {
	if len(places) == 0 {
		return ""
	}
	if places[0].URL != "" {
		return places[0].URL
	}
	return places[0].Page
}

// printAsks shows recommendations as a person reads them.
func (a *app) printAsks(by string, groups []answer.RecommendationGroup) {
	n := 0
	for k, g := range groups {
		if by != "" {
			if k > 0 {
				fmt.Fprintln(a.out)
			}
			fmt.Fprintln(a.out, a.bold(fmt.Sprintf("%s (%d)", groupName(by, g), len(g.Recommendations))))
		}
		for i := range g.Recommendations {
			ask := &g.Recommendations[i]
			if i > 0 || by != "" {
				fmt.Fprintln(a.out)
			}
			n++
			fmt.Fprintln(a.out, a.numbered(n, ask.Text))
			if ask.Context != "" {
				fmt.Fprintln(a.out, a.fill(a.dim("after: "+clip(ask.Context, shownQuote)), hitIndent))
			}
			fmt.Fprintln(a.out, a.fill(a.dim(askFacts(ask)+" · "+cited(ask.Page.Name, ask.Date)), hitIndent))
			if names := topicNames(ask); len(names) > 0 {
				fmt.Fprintln(a.out, a.fill(a.dim("about "+strings.Join(names, ", ")), hitIndent))
			}
			address, _, _ := strings.Cut(askURL(ask), "#:~:")
			fmt.Fprintln(a.out, strings.Repeat(" ", hitIndent)+a.accent(address))
			for _, also := range ask.Also {
				fmt.Fprintln(a.out, a.fill(a.dim("also: "+cited(also.Title, also.Date)), hitIndent))
			}
		}
	}
}

// topicNames lists the topics of an ask, and says which of them its page does not state.
func topicNames(ask *answer.Recommendation) []string {
	var names []string
	for _, t := range ask.Topics {
		if t.Inferred {
			t.Name += " (inferred)"
		}
		names = append(names, t.Name)
	}
	return names
}

// cited names a page with its date.
func cited(title, date string) string {
	if date == "" {
		return title
	}
	return title + ", " + date
}

// printAskMarkdown writes a list that can be pasted into a report: each item ends with its citation.
func printAskMarkdown(w io.Writer, by string, groups []answer.RecommendationGroup) {
	for k, g := range groups {
		if by != "" {
			if k > 0 {
				fmt.Fprintln(w)
			}
			fmt.Fprintf(w, "## %s\n\n", markdown(groupName(by, g)))
		}
		for i := range g.Recommendations {
			ask := &g.Recommendations[i]
			fmt.Fprint(w, "- ")
			if ask.Context != "" {
				fmt.Fprintf(w, "(%s) ", markdown(ask.Context))
			}
			fmt.Fprint(w, markdown(ask.Text), " —")
			if ask.By != nil {
				fmt.Fprintf(w, " %s,", markdown(ask.By.Name))
			}
			fmt.Fprintf(w, " %s", markdownLink(ask.Page.Name, ask.Date, askURL(ask)))
			if g.Ref != nil && slices.ContainsFunc(ask.Topics, func(t answer.Ref) bool { return t.ID == g.Ref.ID && t.Inferred }) {
				fmt.Fprint(w, " (topic inferred)")
			}
			fmt.Fprintln(w)
			for i := range ask.Also {
				fmt.Fprintf(w, "  - also: %s\n", markdownLink(ask.Also[i].Title, ask.Also[i].Date, evidenceURL(ask.Also[i:i+1])))
			}
		}
	}
}

func markdownLink(title, date, url string) string {
	link := fmt.Sprintf("[%s](<%s>)", markdown(title), strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "").Replace(url))
	if date != "" {
		link += ", " + date
	}
	return link
}

// markdown escapes what would be markup.
func markdown(text string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "|",
		`\|`).Replace(text)
}

// askColumns are the columns of the CSV.
var askColumns = []string{"group", "text", "strength", "by", "to", "topics", "date", "page", "url", "heading", "lead_in", "also", "id",
	"context", "stance", "genre"}

// printAskCSV writes a line for each recommendation. Several values in a column are set off by "; ".
func printAskCSV(w io.Writer, groups []answer.RecommendationGroup) error {
	out := table.NewWriter(w)
	out.Write(askColumns...)
	for _, g := range groups {
		for i := range g.Recommendations {
			ask := &g.Recommendations[i]
			by := ""
			if ask.By != nil {
				by = ask.By.Name
			}
			var also []string
			for k := range ask.Also {
				also = append(also, evidenceURL(ask.Also[k:k+1]))
			}
			out.Write(g.Name, ask.Text, ask.Strength, by, ask.To, strings.Join(topicNames(ask), "; "), ask.Date, ask.Page.Name,
				askURL(ask), ask.Heading, ask.LeadIn, strings.Join(also, "; "), string(ask.ID), ask.Context, ask.Stance, ask.Genre)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

// printAskJSON writes what /api/v1/recommendations answers; grouped, it has groups instead of items.
func printAskJSON(w io.Writer, by, query string, total int, groups []answer.RecommendationGroup) error {
	if by == "" {
		return printJSON(w, struct {
			Query string                  `json:"query"`
			Total int                     `json:"total"`
			Items []answer.Recommendation `json:"items"`
		}{query, total, groups[0].Recommendations})
	}
	type group struct {
		Name  string                  `json:"name"`
		Ref   *answer.Ref             `json:"ref,omitempty"`
		Items []answer.Recommendation `json:"items"`
	}
	out := []group{}
	for _, g := range groups {
		out = append(out, group{g.Name, g.Ref, g.Recommendations})
	}
	return printJSON(w, struct {
		Query  string  `json:"query"`
		Total  int     `json:"total"`
		By     string  `json:"by"`
		Groups []group `json:"groups"`
	}{query, total, by, out})
}
