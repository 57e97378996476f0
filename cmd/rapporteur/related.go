package main

import (
	"context"
	"fmt"
	"strings"

	"rapporteur/search/answer"
	"rapporteur/search/feed"
	"rapporteur/search/query"

	"rapporteur/search"

	"github.com/spf13/cobra"
)

// RelatedOptions are the flags of related.
type RelatedOptions struct {
	Format string
	All    bool
	Limit  int
}

func newRelatedCommand(a *app) *cobra.Command {
	opts := RelatedOptions{Limit: answer.RelatedMost}
	cmd := &cobra.Command{
		Use:   "related PAGE | --all",
		Short: "What the reader of a page may want next, and why",
		Long: `related lists the pages that the reader of a page may want next, nearest first. Each says why: who or what
both pages share, which words, whether one links to the other, with the sentence that shows it.

PAGE is the path of a file, an address on the live site, an IRI, or a title. JSON is JSON Feed 1.1, with
the reasons under "_rapporteur".`,
		Example: `  rapporteur related _events/2024-01-18-procurement-clinic.md
  rapporteur related --all --format jsonl`,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case opts.All && len(args) > 0:
				return usagef("give a page or --all, not both")
			case !opts.All && len(args) != 1:
				return usagef("related needs one page, or --all; got %d pages", len(args))
			case opts.Limit < 1 || opts.Limit > answer.RelatedMost:
				return usagef("--limit must be from 1 to %d, not %d", answer.RelatedMost, opts.Limit)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return runRelated(cmd.Context(), a, opts, args)
		},
	}
	formatFlag(cmd, &opts.Format, "text", "json", "jsonl")
	cmd.Flags().BoolVar(&opts.All, "all", false, "list for every page of the site")
	cmd.Flags().IntVar(&opts.Limit, "limit", opts.Limit, "how many pages to list for each")
	return cmd
}

func runRelated(ctx context.Context, a *app, opts RelatedOptions, args []string) error {
	g, done, err := a.generation()
	if err != nil {
		return err
	}
	defer done()
	if opts.All {
		return a.allRelated(ctx, g, opts)
	}
	page, err := query.LookupPage(ctx, g, args[0])
	if err != nil {
		return err
	}
	list, err := g.Related(ctx, page.ID, opts.Limit)
	if err != nil {
		return err
	}
	switch opts.Format {
	case "json":
		return printJSON(a.out, feed.Related(list, ""))
	case "jsonl":
		return printJSONLine(a.out, feed.Related(list, ""))
	}
	a.printRelated(list)
	if len(list.Items) == 0 {
		return nothingf("nothing ties it to another page of the site")
	}
	return nil
}

func (a *app) allRelated(ctx context.Context, g *search.Generation, opts RelatedOptions) error {
	all := []*feed.Feed{}
	err := g.AllRelated(ctx, opts.Limit, func(list *answer.Related) error {
		switch opts.Format {
		case "json":
			all = append(all, feed.Related(list, ""))
		case "jsonl":
			return printJSONLine(a.out, feed.Related(list, ""))
		default:
			a.printRelated(list)
			fmt.Fprintln(a.out)
		}
		return nil
	})
	if err == nil && opts.Format == "json" {
		err = printJSON(a.out, all)
	}
	return err
}

// shownQuote is how many columns of a quotation are shown.
const shownQuote = 200

// printRelated shows related pages: title, date and path of each, and the reasons with what is quoted for them.
func (a *app) printRelated(list *answer.Related) {
	fmt.Fprintln(a.out, a.fill(a.bold("Related to "+list.Page.Name), 0))
	fmt.Fprintln(a.out, a.dim(list.Page.Path))
	for i, it := range list.Items {
		fmt.Fprintln(a.out)
		number := fmt.Sprintf("%2d. ", i+1)
		fmt.Fprintln(a.out, number+strings.TrimLeft(a.fill(a.bold(it.Page.Name), len(number)), " "))
		place := it.Page.Path
		if it.Page.Date != "" {
			place = it.Page.Date + "  " + place
		}
		fmt.Fprintln(a.out, "    "+a.dim(place))
		for _, why := range it.Why {
			fmt.Fprintln(a.out, a.fill(a.accent(why.Label), 4))
			if why.Quote != "" {
				fmt.Fprintln(a.out, a.fill(clip(why.Quote, shownQuote), 6))
			}
		}
	}
}
