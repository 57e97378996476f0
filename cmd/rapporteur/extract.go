package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/pipeline"
	"rapporteur/ingest/site"

	"github.com/spf13/cobra"
)

// ExtractOptions are the flags of rapporteur extract.
type ExtractOptions struct {
	Format  string
	Explain string
}

func newExtractCommand(a *app) *cobra.Command {
	var opts ExtractOptions
	cmd := &cobra.Command{
		Use:   "extract PATH...",
		Short: "Print what is found on pages, as JSON; build nothing",
		Long: `Reads the files and folders given as one site and prints one object a page: people with the part they played and whom
they stood for, organisations, countries, topics, recommendations and links, each with the place in the page's
visible text (half-open byte offsets) and the rule that found it. A page that could not be read has its cause in
"skipped"; what could not be made out of one that was read is in "problems".`,
		Example: "  rapporteur extract --format jsonl _events\n  rapporteur extract _events/2031-05-06-launch.md",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runExtract(cmd.Context(), a, opts, args)
		},
	}
	formatFlag(cmd, &opts.Format, "json", "jsonl")
	cmd.Flags().StringVar(&opts.Explain, "explain", "",
		"say instead why `NAME` was found, has its part and its ties, and why what has these words is a recommendation or none: "+
			"which rule and which features decided")
	return cmd
}

func runExtract(ctx context.Context, a *app, opts ExtractOptions, paths []string) error {
	if opts.Explain != "" {
		return a.explain(ctx, opts, paths)
	}
	pages, err := a.extractPages(ctx, paths)
	if err != nil {
		return err
	}
	if opts.Format == "jsonl" {
		for _, p := range pages {
			if err := printJSONLine(a.out, p); err != nil {
				return err
			}
		}
		return nil
	}
	return printJSON(a.out, pages)
}

// extractPages extracts files and folders as one site. Pages are in order of their paths.
func (a *app) extractPages(ctx context.Context, paths []string) ([]extractedPage, error) {
	fsys, picked, err := selectPaths(paths)
	if err != nil {
		return nil, err
	}
	p := &progress{a: a}
	defer p.done()
	read, err := pipeline.Run(ctx, fsys, pipeline.Options{Progress: p.report})
	if err != nil && !(errors.Is(err, site.ErrNoPages) && len(read.Skips) > 0) {
		return nil, fmt.Errorf("extract %s: %w", strings.Join(paths, ", "), err)
	}
	pages := make([]extractedPage, 0, len(read.Records))
	for _, r := range read.Records {
		pages = append(pages, extracted(r))
	}
	for _, s := range read.Skips {
		cause := place(s)
		i := slices.IndexFunc(pages, func(p extractedPage) bool { return p.Page == s.Path })
		if i < 0 {
			pages = append(pages, extracted(&ingest.Record{Page: &ingest.Page{Path: s.Path}}))
			i = len(pages) - 1
		}
		if s.Part {
			pages[i].Problems = append(pages[i].Problems, cause)
		} else {
			pages[i].Skipped = &cause
		}
	}
	for i, name := range picked {
		if path.Ext(name) != "" && !slices.ContainsFunc(pages, func(p extractedPage) bool { return p.Page == name || within(p.Page, name) }) {
			return nil, fmt.Errorf("%s is no page: pages are Markdown files (.md, .markdown), or .html with front matter", paths[i])
		}
	}
	slices.SortFunc(pages, func(a, b extractedPage) int { return cmp.Compare(a.Page, b.Page) })
	return pages, nil
}

// The shape of extract's output. Other programs read it: it is fixed, and so is not that of the records.
type (
	extractedPage struct {
		Page            string                    `json:"page"`
		Title           string                    `json:"title"`
		Date            string                    `json:"date"`
		EndDate         string                    `json:"end_date,omitempty"`
		DateInferred    bool                      `json:"date_inferred,omitempty"`
		Kind            string                    `json:"kind"`
		Genre           string                    `json:"genre"`
		Lang            string                    `json:"lang,omitempty"`
		URL             string                    `json:"url"`
		People          []extractedPerson         `json:"people"`
		Organisations   []extractedOrganisation   `json:"organisations"`
		Countries       []extractedCountry        `json:"countries"`
		Topics          []extractedTopic          `json:"topics"`
		Recommendations []extractedRecommendation `json:"recommendations"` // asks that are not opposed
		Opposed         []extractedRecommendation `json:"opposed,omitempty"`
		Advice          []extractedRecommendation `json:"advice,omitempty"`
		Actions         []extractedRecommendation `json:"actions,omitempty"`
		Decisions       []extractedRecommendation `json:"decisions,omitempty"`
		Links           []extractedLink           `json:"links"`
		Skipped         *string                   `json:"skipped"`            // why there is nothing of the page
		Problems        []string                  `json:"problems,omitempty"` // why there may be less of it than it says
	}
	extractedMention struct {
		Text       string  `json:"text"`
		Start      int     `json:"start"`
		End        int     `json:"end"`
		Rule       string  `json:"rule"`
		Confidence float64 `json:"confidence"`
	}
	extractedPerson struct {
		Name         string                 `json:"name"`
		IRI          ingest.IRI             `json:"iri"`
		Speaker      bool                   `json:"speaker"`
		Part         string                 `json:"part"`
		Announced    bool                   `json:"announced,omitempty"`
		Occasion     *ingest.Occasion       `json:"occasion,omitempty"`
		Confidence   float64                `json:"confidence"`
		Mentions     []extractedMention     `json:"mentions"`
		Affiliations []extractedAffiliation `json:"affiliations"`
	}
	extractedAffiliation struct {
		Organisation string     `json:"organisation"`
		IRI          ingest.IRI `json:"iri"`
		Role         string     `json:"role"`
		Relation     string     `json:"relation"`
		Former       bool       `json:"former"`
		From         string     `json:"from,omitempty"`
		To           string     `json:"to,omitempty"`
		Start        int        `json:"start"`
		End          int        `json:"end"`
		Rule         string     `json:"rule"`
		Confidence   float64    `json:"confidence"`
	}
	extractedOrganisation struct {
		Name       string             `json:"name"`
		IRI        ingest.IRI         `json:"iri"`
		Confidence float64            `json:"confidence"`
		Mentions   []extractedMention `json:"mentions"`
	}
	extractedCountry struct {
		Code     string             `json:"code"`
		Name     string             `json:"name"`
		Form     string             `json:"form"`
		Mentions []extractedMention `json:"mentions"`
	}
	extractedTopic struct {
		Name       string     `json:"name"`
		IRI        ingest.IRI `json:"iri"`
		Scheme     string     `json:"scheme"`
		Inferred   bool       `json:"inferred"`
		Confidence float64    `json:"confidence"`
	}
	extractedRecommendation struct {
		Text       string  `json:"text"`
		By         string  `json:"by"`
		To         string  `json:"to"`
		Kind       string  `json:"kind"`
		Stance     string  `json:"stance,omitempty"`
		Context    string  `json:"context,omitempty"`
		Strength   string  `json:"strength"`
		Heading    string  `json:"heading"`
		Start      int     `json:"start"`
		End        int     `json:"end"`
		Rule       string  `json:"rule"`
		Confidence float64 `json:"confidence"`
	}
	extractedLink struct {
		Text   string `json:"text"`
		Start  int    `json:"start"`
		End    int    `json:"end"`
		Target string `json:"target"`
		Page   string `json:"page,omitempty"`
	}
)

func extracted(r *ingest.Record) extractedPage {
	recommendations := func(of []ingest.Recommendation, is func(ingest.Recommendation) bool) []extractedRecommendation {
		out := []extractedRecommendation{}
		for _, c := range of {
			if is(c) {
				out = append(out, extractedRecommendation{c.Text, c.ByName, c.To, string(c.Kind), string(c.Stance), c.Context, string(c.Strength),
					c.Heading,
					c.Start, c.End, c.Rule, c.Confidence})
			}
		}
		return out
	}
	return extractedPage{
		Page: r.Path, Title: r.Title, Date: r.Date, EndDate: r.EndDate, DateInferred: r.Inferred, Kind: string(r.Page.Kind),
		Genre: string(r.Genre), Lang: r.Lang, URL: r.URL,
		People: each(r.People, func(p ingest.Participant) extractedPerson {
			return extractedPerson{
				Name: p.Name, IRI: p.IRI, Speaker: p.Speaker, Part: string(p.Part), Announced: p.Announced, Occasion: p.Occasion,
				Confidence: p.Confidence, Mentions: mentions(p.Mentions),
				Affiliations: each(p.Affiliations, func(f ingest.Affiliation) extractedAffiliation {
					return extractedAffiliation{f.Name, f.IRI, f.Role, string(f.Relation), f.Former, f.From, f.To, f.Start, f.End, f.Rule, f.Confidence}
				}),
			}
		}),
		Organisations: each(r.Organisations, func(o ingest.Reference) extractedOrganisation {
			return extractedOrganisation{o.Name, o.IRI, o.Confidence, mentions(o.Mentions)}
		}),
		Countries: each(r.Countries, func(c ingest.CountryReference) extractedCountry {
			return extractedCountry{c.Code, c.Name, c.Form, mentions(c.Mentions)}
		}),
		Topics: each(r.Topics, func(t ingest.TopicReference) extractedTopic {
			return extractedTopic{t.Name, t.IRI, t.Scheme, t.Inferred, t.Confidence}
		}),
		Recommendations: recommendations(r.Recommendations, func(ingest.Recommendation) bool { return true }),
		Opposed:         recommendations(r.Unlisted, func(c ingest.Recommendation) bool { return c.Kind == ingest.Ask }),
		Advice:          recommendations(r.Unlisted, func(c ingest.Recommendation) bool { return c.Kind == ingest.Advice }),
		Actions:         recommendations(r.Unlisted, func(c ingest.Recommendation) bool { return c.Kind == ingest.Action }),
		Decisions:       recommendations(r.Unlisted, func(c ingest.Recommendation) bool { return c.Kind == ingest.Decision }),
		Links: each(r.Links, func(l ingest.Link) extractedLink {
			return extractedLink{l.In(r.Text), l.Start, l.End, l.Target, l.Page}
		}),
	}
}

func mentions(ms []ingest.Mention) []extractedMention {
	return each(ms, func(m ingest.Mention) extractedMention {
		return extractedMention{m.Text, m.Start, m.End, m.Rule, m.Confidence}
	})
}

// each never returns nil, so that what is empty is [] in JSON.
func each[T, U any](in []T, f func(T) U) []U {
	out := make([]U, len(in))
	for i, v := range in {
		out[i] = f(v)
	}
	return out
}
