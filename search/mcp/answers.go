package mcp

import (
	"context"
	"fmt"
	"strings"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"

	"rapporteur/ingest"
)

// Citation is where a fact is from.
type Citation struct {
	Page  string `json:"page" jsonschema:"path of the page in the site"`
	Title string `json:"title"`
	Date  string `json:"date,omitempty"`
	Quote string `json:"quote" jsonschema:"the words of the page that say it"`
	URL   string `json:"url,omitempty" jsonschema:"opens the live page at these words"`
}

// Named is a thing that other tools can be asked about.
type Named struct {
	ID   ingest.IRI `json:"id"`
	Kind kinds.Kind `json:"kind"`
	Name string     `json:"name"`
}

func named(r answer.Ref) Named { return Named{r.ID, r.Kind, r.Name} }

// cite keeps the first few pieces of evidence.
func cite(evidence []answer.Evidence, most int) []Citation {
	out := []Citation{}
	for _, e := range evidence[:min(most, len(evidence))] {
		out = append(out, Citation{e.Page, e.Title, e.Date, e.Quote, e.URL})
	}
	return out
}

// Filters narrow what is found.
type Filters struct {
	Query         string   `json:"query,omitempty" jsonschema:"words, \"phrases\", -without; a text of 40 words and more finds pages like it"`
	People        []string `json:"people,omitempty" jsonschema:"only pages with one of these people"`
	Organisations []string `json:"organisations,omitempty" jsonschema:"only pages with one of these organisations"`
	Countries     []string `json:"countries,omitempty" jsonschema:"only pages that name one of these countries, by name or ISO 3166-1 code"`
	Topics        []string `json:"topics,omitempty" jsonschema:"only pages on one of these topics"`
	Genres        []string `json:"genres,omitempty" jsonschema:"event, post, diary, digest, profile, minutes, report, resource, other"`
	Sites         []string `json:"sites,omitempty" jsonschema:"keys of sites, where several are one"`
	From          string   `json:"from,omitempty" jsonschema:"not before this year, month or day: 2023, 2023-06 or 2023-06-30"`
	To            string   `json:"to,omitempty" jsonschema:"not after this year, month or day"`
	Sort          string   `json:"sort,omitempty" jsonschema:"relevance (the default) or date"`
	Limit         int      `json:"limit,omitempty" jsonschema:"how many to give: 10 unless told, 50 at most"`
}

func (f Filters) request() (answer.Request, error) {
	if f.Sort != "" && f.Sort != "relevance" && f.Sort != "date" {
		return answer.Request{}, fmt.Errorf("sort %q: use relevance or date", f.Sort)
	}
	return answer.Request{
		Query: f.Query,
		Filter: answer.Filter{People: f.People, Organisations: f.Organisations, Countries: f.Countries, Topics: f.Topics,
			Genres: f.Genres, Sites: f.Sites, From: f.From, To: f.To},
		Sort: f.Sort, Limit: clamp(f.Limit, 10, 50),
	}, nil
}

// SearchInput is what search takes.
type SearchInput struct {
	Filters
	Kinds []kinds.Kind `json:"kinds,omitempty" jsonschema:"page, recommendation, person, organisation, country or topic; all if none is given"`
}

// Found is what search gives.
type Found struct {
	Total      int      `json:"total"`
	Results    []Result `json:"results"`
	Partial    int      `json:"partial,omitempty" jsonschema:"so many results more have only some of the words, or related ones"`
	Suggestion string   `json:"suggestion,omitempty" jsonschema:"what was probably meant, if something else"`
	Instead    string   `json:"instead,omitempty" jsonschema:"the results are for the suggestion: this query searches for what was typed"`
	Notes      []string `json:"notes,omitempty"`
}

// Result is one thing found.
type Result struct {
	Named
	Date      string     `json:"date,omitempty"`
	By        string     `json:"by,omitempty" jsonschema:"of a recommendation: who makes it"`
	People    []string   `json:"people,omitempty"`
	Citations []Citation `json:"citations"`
}

func findAll(ctx context.Context, g Generation, in SearchInput) (Found, error) {
	req, err := in.request()
	if err != nil {
		return Found{}, err
	}
	req.Filter.Kinds = in.Kinds
	found, err := g.Search(ctx, req)
	if err != nil {
		return Found{}, err
	}
	out := Found{Total: found.Total, Partial: found.Partial, Results: []Result{}, Instead: found.Instead, Notes: found.Notes}
	if found.Suggestion != nil {
		out.Suggestion = *found.Suggestion
	}
	for _, h := range found.Hits {
		r := Result{Named: Named{h.ID, h.Kind, h.Title}, Date: h.Date, Citations: []Citation{}}
		if h.By != nil {
			r.By = h.By.Name
		}
		for _, p := range h.People {
			r.People = append(r.People, p.Name)
		}
		title := h.Title
		if h.Page != nil {
			title = h.Page.Name
		}
		for _, p := range h.Passages[:min(2, len(h.Passages))] {
			quote := strings.ReplaceAll(p.Text, " · ", " … ") // the lines do not follow each other
			url := h.URL
			if !strings.Contains(url, ":~:text=") {
				url = ingest.TextFragment(url, strings.Trim(quote, "… "))
			}
			r.Citations = append(r.Citations, Citation{h.Path, title, h.Date, quote, url})
		}
		switch {
		case len(r.Citations) > 0:
		case h.Kind == kinds.Recommendation:
			r.Citations = append(r.Citations, Citation{h.Path, title, h.Date, h.Title, h.URL})
		case h.Kind == kinds.Page:
			r.Citations = append(r.Citations, Citation{h.Path, title, h.Date, "", h.URL})
		default: // a person, an organisation, a topic, a country: where it was named last
			p, err := g.Profile(ctx, h.ID)
			if err != nil {
				return Found{}, err
			}
			for _, a := range p.Appearances[:min(1, len(p.Appearances))] {
				r.Citations = cite(a.Evidence, 1)
			}
		}
		out.Results = append(out.Results, r)
	}
	return out, nil
}

// NameInput names a thing.
type NameInput struct {
	Name string `json:"name" jsonschema:"name, alias or id of a person, organisation, topic or country"`
}

// ProfileAnswer is what is known of a thing.
type ProfileAnswer struct {
	Named
	Aliases         []string         `json:"aliases,omitempty"`
	Homepage        string           `json:"homepage,omitempty"`
	Pages           int              `json:"pages"`
	First           string           `json:"first,omitempty" jsonschema:"date of the first page that names it"`
	Last            string           `json:"last,omitempty"`
	Affiliations    []Affiliation    `json:"affiliations"`
	Appearances     []Appearance     `json:"appearances" jsonschema:"the newest 20"`
	Recommendations []Recommendation `json:"recommendations" jsonschema:"20 at most"`
	Topics          []string         `json:"topics,omitempty"`
}

// Affiliation ties a person to an organisation: it is with the other one.
type Affiliation struct {
	With      Named      `json:"with"`
	Roles     []string   `json:"roles,omitempty"`
	First     string     `json:"first,omitempty"`
	Last      string     `json:"last,omitempty"`
	Pages     int        `json:"pages"`
	Citations []Citation `json:"citations"`
}

// Appearance is a page that names it.
type Appearance struct {
	Page      Named      `json:"page"`
	Date      string     `json:"date,omitempty"`
	Part      string     `json:"part,omitempty"`
	For       []string   `json:"for,omitempty"`
	Citations []Citation `json:"citations"`
}

func profile(ctx context.Context, g Generation, in NameInput) (ProfileAnswer, error) {
	ref, err := g.Lookup(ctx, in.Name)
	if err != nil {
		return ProfileAnswer{}, err
	}
	p, err := g.Profile(ctx, ref.ID)
	if err != nil {
		return ProfileAnswer{}, err
	}
	out := ProfileAnswer{
		Named: named(p.Ref), Aliases: p.Aliases, Homepage: p.Homepage, Pages: p.Pages, First: p.First, Last: p.Last,
		Affiliations: []Affiliation{}, Appearances: []Appearance{}, Recommendations: []Recommendation{},
	}
	for _, t := range p.Affiliations[:min(20, len(p.Affiliations))] {
		out.Affiliations = append(out.Affiliations, Affiliation{named(t.To), t.Roles, t.First, t.Last, t.Pages, cite(t.Evidence, 2)})
	}
	for _, a := range p.Appearances[:min(20, len(p.Appearances))] {
		one := Appearance{Page: named(a.Page), Date: a.Date, Part: a.Part, Citations: cite(a.Evidence, 1)}
		for _, f := range a.For {
			one.For = append(one.For, f.Name)
		}
		out.Appearances = append(out.Appearances, one)
	}
	for _, ask := range p.Recommendations[:min(20, len(p.Recommendations))] {
		out.Recommendations = append(out.Recommendations, recommended(ask))
	}
	for _, c := range p.Connections[string(kinds.Topic)] {
		out.Topics = append(out.Topics, c.To.Name)
	}
	return out, nil
}

// ConnectionsInput is what connections takes.
type ConnectionsInput struct {
	NameInput
	Limit int `json:"limit,omitempty" jsonschema:"how many of each kind: 10 unless told, 50 at most"`
}

// ConnectionsAnswer is what connections gives.
type ConnectionsAnswer struct {
	Of          Named                   `json:"of"`
	Connections map[string][]Connection `json:"connections" jsonschema:"by kind"`
}

// Connection is something that it is connected with, and on how many pages.
type Connection struct {
	With      Named      `json:"with"`
	Pages     int        `json:"pages"`
	Citations []Citation `json:"citations"`
}

func connections(ctx context.Context, g Generation, in ConnectionsInput) (ConnectionsAnswer, error) {
	ref, found, err := g.ConnectionsOf(ctx, in.Name, clamp(in.Limit, 10, 50))
	if err != nil {
		return ConnectionsAnswer{}, err
	}
	out := ConnectionsAnswer{Of: named(ref), Connections: map[string][]Connection{}}
	for kind, list := range found {
		for _, c := range list {
			out.Connections[kind] = append(out.Connections[kind], Connection{named(c.To), c.Pages, cite(c.Evidence, 1)})
		}
	}
	return out, nil
}

// PathInput is what path takes.
type PathInput struct {
	From string `json:"from" jsonschema:"name or id"`
	To   string `json:"to" jsonschema:"name or id"`
}

// PathAnswer is what path gives.
type PathAnswer struct {
	From Named    `json:"from"`
	To   Named    `json:"to"`
	Ways [][]Step `json:"ways" jsonschema:"each a chain of steps; none if nothing ties the two"`
}

// Step is one link of a chain.
type Step struct {
	From      Named      `json:"from"`
	Relation  string     `json:"relation"`
	To        Named      `json:"to"`
	Citations []Citation `json:"citations"`
}

func path(ctx context.Context, g Generation, in PathInput) (PathAnswer, error) {
	from, err := g.Lookup(ctx, in.From)
	if err != nil {
		return PathAnswer{}, err
	}
	to, err := g.Lookup(ctx, in.To)
	if err != nil {
		return PathAnswer{}, err
	}
	ways, err := g.Paths(ctx, from.ID, to.ID, 3)
	if err != nil {
		return PathAnswer{}, err
	}
	out := PathAnswer{From: named(from), To: named(to), Ways: [][]Step{}}
	for _, way := range ways {
		steps := []Step{}
		for _, hop := range way {
			steps = append(steps, Step{named(hop.From), hop.Relation, named(hop.To), cite(hop.Evidence, 2)})
		}
		out.Ways = append(out.Ways, steps)
	}
	return out, nil
}

// Recommendation is what somebody asked for.
type Recommendation struct {
	Text      string     `json:"text"`
	By        string     `json:"by,omitempty"`
	To        string     `json:"to,omitempty"`
	Strength  string     `json:"strength"`
	Date      string     `json:"date,omitempty"`
	Citations []Citation `json:"citations"`
	Also      int        `json:"also,omitempty" jsonschema:"number of other places that ask the same"`
}

func recommended(ask answer.Recommendation) Recommendation {
	r := Recommendation{Text: ask.Text, To: ask.To, Strength: ask.Strength, Date: ask.Date, Citations: cite(ask.Evidence, 1),
		Also: len(ask.Also)}
	if ask.By != nil {
		r.By = ask.By.Name
	}
	return r
}

// RecommendationsAnswer is what recommendations gives.
type RecommendationsAnswer struct {
	Total           int              `json:"total"`
	Recommendations []Recommendation `json:"recommendations"`
}

func recommendations(ctx context.Context, g Generation, in Filters) (RecommendationsAnswer, error) {
	req, err := in.request()
	if err != nil {
		return RecommendationsAnswer{}, err
	}
	asks, total, err := g.Recommendations(ctx, req)
	out := RecommendationsAnswer{Total: total, Recommendations: []Recommendation{}}
	for _, ask := range asks {
		out.Recommendations = append(out.Recommendations, recommended(ask))
	}
	return out, err
}

// RelatedInput is what related takes.
type RelatedInput struct {
	Page  string `json:"page" jsonschema:"path, address on the live site, or id of a page"`
	Limit int    `json:"limit,omitempty" jsonschema:"5 unless told, 20 at most"`
}

// RelatedAnswer is what related gives.
type RelatedAnswer struct {
	Page  Named         `json:"page"`
	Pages []RelatedPage `json:"pages"`
}

// RelatedPage is a page with what ties it to the one asked about.
type RelatedPage struct {
	ID        string     `json:"id"`
	Title     string     `json:"title"`
	Summary   string     `json:"summary,omitempty"`
	Date      string     `json:"date,omitempty"`
	Reasons   []string   `json:"reasons"`
	Citations []Citation `json:"citations"`
}

func related(ctx context.Context, g Generation, in RelatedInput) (RelatedAnswer, error) {
	ref, err := g.Lookup(ctx, in.Page)
	if err != nil {
		return RelatedAnswer{}, err
	}
	if ref.Kind != kinds.Page {
		return RelatedAnswer{}, fmt.Errorf("%q is no page but a %s: ask for its connections", in.Page, ref.Kind)
	}
	list, err := g.Related(ctx, ref.ID, clamp(in.Limit, 5, 20))
	if err != nil {
		return RelatedAnswer{}, err
	}
	out := RelatedAnswer{Page: named(ref), Pages: []RelatedPage{}}
	for _, item := range list.Items {
		page := item.Page
		p := RelatedPage{ID: string(page.ID), Title: page.Name, Summary: page.Summary, Date: page.Date, Reasons: []string{},
			Citations: []Citation{}}
		for _, why := range item.Why {
			p.Reasons = append(p.Reasons, why.Type+": "+why.Label)
			if why.Quote != "" {
				p.Citations = append(p.Citations, Citation{page.Path, page.Name, p.Date, why.Quote,
					ingest.TextFragment(page.URL, strings.Trim(why.Quote, "… "))})
			}
		}
		if len(p.Citations) == 0 {
			p.Citations = append(p.Citations, Citation{page.Path, page.Name, p.Date, page.Summary, page.URL})
		}
		out.Pages = append(out.Pages, p)
	}
	return out, nil
}
