package search

import (
	"cmp"
	"slices"
	"strings"

	"rapporteur/ingest"
)

// Catalogue lists what a generation holds: what a home page, an index of names or a sitemap shows, and what the report
// of the build says. It is made at build time, stored as JSON and kept in memory by whoever has the generation open.
type Catalogue struct {
	Site            string         `json:"site"`
	URL             string         `json:"url,omitempty"` // of the live site
	Pages           []ListedPage   `json:"pages"`         // newest first, undated ones last
	People          []Listed       `json:"people"`        // these four by number of pages, the most first, then by name
	Organisations   []Listed       `json:"organisations"`
	Topics          []Listed       `json:"topics"`
	Countries       []Listed       `json:"countries"`
	Recommendations []ListedAsk    `json:"recommendations"` // by page, in order of their place in it
	Years           []FacetValue   `json:"years"`           // pages a year, oldest first
	Skips           []ingest.Skip  `json:"skips"`
	Doubts          []ingest.Doubt `json:"doubts"` // the weightiest first
	Notes           []string       `json:"notes,omitempty"`
	Former          []Moved        `json:"former,omitempty"` // by From
}

// Listed is an entity as lists show it.
type Listed struct {
	Ref
	Aliases  []string `json:"aliases,omitempty"`
	Code     string   `json:"code,omitempty"`   // of a country
	Scheme   string   `json:"scheme,omitempty"` // of a topic
	Pages    int      `json:"pages"`
	Speaking int      `json:"speaking,omitempty"` // pages on which the person speaks, or somebody speaks for the organisation
	Asks     int      `json:"asks,omitempty"`     // recommendations made by it, or of a topic: about it
	First    string   `json:"first,omitempty"`    // date of the first page that names it
	Last     string   `json:"last,omitempty"`
}

// ListedPage is a page as lists show it.
type ListedPage struct {
	Ref
	Path       string          `json:"path"`
	URL        string          `json:"url,omitempty"`
	Date       string          `json:"date,omitempty"`
	PageKind   ingest.PageKind `json:"pageKind"`
	Summary    string          `json:"summary,omitempty"` // the first words of its text
	Categories []string        `json:"categories,omitempty"`
	Topics     []string        `json:"topics,omitempty"`   // names
	Speakers   []string        `json:"speakers,omitempty"` // names
	People     int             `json:"people,omitempty"`
	Asks       int             `json:"asks,omitempty"`
}

// ListedAsk says which page a recommendation is on.
type ListedAsk struct {
	ID   ingest.IRI `json:"id"`
	Page ingest.IRI `json:"page"`
}

// Moved says where an entity is found whose IRI was merged into another one.
type Moved struct {
	From ingest.IRI `json:"from"`
	To   Ref        `json:"to"`
}

// summaryLength is how much of a page's text a list shows, in bytes.
const summaryLength = 220

// MakeCatalogue lists a site.
func MakeCatalogue(site *ingest.Site) *Catalogue { return makeCatalogue(newBook(site)) }

func makeCatalogue(b *book) *Catalogue {
	site := b.site
	c := &Catalogue{
		Site:   site.Name,
		URL:    site.URL,
		Skips:  site.Skips,
		Doubts: slices.Clone(site.Doubts),
		Notes:  site.Notes,
	}
	years := map[string]int{}
	for _, r := range site.Records {
		page := listPage(r)
		c.Pages = append(c.Pages, page)
		if len(page.Date) >= 4 {
			years[page.Date[:4]]++
		}
		for _, ask := range r.Recommendations {
			c.Recommendations = append(c.Recommendations, ListedAsk{ask.IRI, r.IRI})
		}
	}
	slices.SortStableFunc(c.Pages, func(a, b ListedPage) int {
		return cmp.Or(strings.Compare(b.Date, a.Date), strings.Compare(a.Path, b.Path))
	})
	for year, count := range years {
		c.Years = append(c.Years, FacetValue{Value: year, Name: year, Count: count})
	}
	slices.SortFunc(c.Years, func(a, b FacetValue) int { return strings.Compare(a.Value, b.Value) })

	for n, ref := range b.refs {
		if list := c.list(ref.Kind); list != nil {
			*list = append(*list, b.listed(n))
		}
	}
	for _, kind := range []Kind{Person, Organisation, Topic, Country} {
		slices.SortFunc(*c.list(kind), func(a, b Listed) int {
			return cmp.Or(b.Pages-a.Pages, strings.Compare(a.Name, b.Name), strings.Compare(string(a.ID), string(b.ID)))
		})
	}
	for _, e := range site.Entities {
		for _, from := range e.Former {
			c.Former = append(c.Former, Moved{from, b.ref(b.number[e.IRI])})
		}
	}
	slices.SortFunc(c.Former, func(a, b Moved) int { return strings.Compare(string(a.From), string(b.From)) })
	slices.SortStableFunc(c.Doubts, func(a, b ingest.Doubt) int { return cmp.Compare(b.Weight, a.Weight) })
	return c
}

// Entities returns the list of one kind, nil for a kind that is not listed.
func (c *Catalogue) Entities(kind Kind) []Listed {
	if list := c.list(kind); list != nil {
		return *list
	}
	return nil
}

// URLOf returns the address of a page on the live site; empty if it has none.
func (c *Catalogue) URLOf(page ingest.IRI) string {
	for i := range c.Pages {
		if c.Pages[i].ID == page {
			return c.Pages[i].URL
		}
	}
	return ""
}

func (c *Catalogue) list(kind Kind) *[]Listed {
	switch kind {
	case Person:
		return &c.People
	case Organisation:
		return &c.Organisations
	case Topic:
		return &c.Topics
	case Country:
		return &c.Countries
	}
	return nil
}

// listed is an entity with the counts that its profile shows.
func (b *book) listed(n int) Listed {
	e := &b.site.Entities[n]
	l := Listed{Ref: b.ref(n), Aliases: e.Aliases, Code: e.Code, Scheme: e.Scheme, Pages: len(b.seen[n])}
	for i, s := range b.seen[n] {
		if d := b.site.Records[s.page].Date; d != "" {
			l.First = d
			l.Last = max(l.Last, d)
		}
		if i < maxAppearances && b.speaks(n, s) {
			l.Speaking++
		}
	}
	asked := map[ingest.IRI]bool{}
	for _, a := range b.asks[n] {
		asked[firstOf(&b.site.Records[a.page].Recommendations[a.at])] = true
	}
	l.Asks = min(len(asked), maxAsks)
	return l
}

// speaks reports whether an entity speaks on a page, or somebody belongs to it there.
func (b *book) speaks(n int, s standing) bool {
	if slices.ContainsFunc(b.leaves[s.page].named[s.at].persons, func(p *ingest.Participant) bool { return p.Speaker }) {
		return true
	}
	belongs := false
	b.eachAffiliation(n, s, func(person, _ int, _ *ingest.Affiliation) { belongs = belongs || person != n })
	return belongs
}

func listPage(r *ingest.Record) ListedPage {
	l := ListedPage{
		Ref:        Ref{ID: r.IRI, Kind: Page, Name: r.Title, Href: Href(Page, r.IRI)},
		Path:       r.Path,
		URL:        r.URL,
		Date:       r.Date,
		PageKind:   r.Kind,
		Summary:    summary(r.Page),
		Categories: r.Categories,
		People:     len(r.People),
		Asks:       len(r.Recommendations),
	}
	for _, t := range r.Topics {
		l.Topics = append(l.Topics, t.Name)
	}
	for _, p := range r.People {
		if p.Speaker {
			l.Speakers = append(l.Speakers, p.Name)
		}
	}
	return l
}

// summary returns the first words that a page says in running text.
func summary(p *ingest.Page) string {
	for _, b := range p.Blocks {
		if b.Kind != ingest.ParagraphBlock && b.Kind != ingest.QuoteBlock {
			continue
		}
		text := strings.Join(strings.Fields(b.In(p.Text)), " ")
		if len(text) < 40 {
			continue
		}
		if len(text) <= summaryLength {
			return text
		}
		if cut := strings.LastIndexByte(text[:summaryLength], ' '); cut > 0 {
			return text[:cut] + " …"
		}
	}
	return ""
}
