package derive

import (
	"cmp"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/inversion"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// summaryLength is how much of a page's text a list shows, in bytes.
const summaryLength = 220

// Catalogue lists a site.
func Catalogue(b *Site) *answer.Catalogue {
	site := b.Site
	language := site.Lang
	if site.Brand != nil {
		language = cmp.Or(site.Brand.Language, language)
	}
	c := &answer.Catalogue{
		Language: language,
		Site:     site.Name,
		URL:      site.URL,
		Skips:    site.Skips,
		Doubts:   slices.Clone(site.Doubts),
		Notes:    site.Notes,
	}
	years := map[string]int{}
	for _, r := range site.Records {
		page := listPage(r)
		c.Pages = append(c.Pages, page)
		if len(page.Date) >= 4 {
			years[page.Date[:4]]++
		}
		for _, ask := range r.Recommendations {
			c.Recommendations = append(c.Recommendations, answer.ListedRecommendation{ID: ask.IRI, Page: r.IRI})
		}
	}
	slices.SortStableFunc(c.Pages, func(a, b answer.ListedPage) int {
		return cmp.Or(strings.Compare(b.Date, a.Date), strings.Compare(a.Path, b.Path))
	})
	for year, count := range years {
		c.Years = append(c.Years, answer.FacetValue{Value: year, Name: year, Count: count})
	}
	slices.SortFunc(c.Years, func(a, b answer.FacetValue) int { return strings.Compare(a.Value, b.Value) })

	for n, ref := range b.refs {
		if list := c.List(ref.Kind); list != nil {
			*list = append(*list, b.listed(n))
		}
	}
	for _, row := range kinds.Entities() {
		slices.SortFunc(*c.List(row.Kind), func(a, b answer.Listed) int {
			return cmp.Or(b.Pages-a.Pages, strings.Compare(a.Name, b.Name), strings.Compare(string(a.ID), string(b.ID)))
		})
	}
	for _, e := range site.Entities {
		for _, from := range e.Former {
			c.Former = append(c.Former, answer.Moved{From: from, To: b.ref(b.Number[e.IRI])})
		}
	}
	slices.SortFunc(c.Former, func(a, b answer.Moved) int { return strings.Compare(string(a.From), string(b.From)) })
	slices.SortStableFunc(c.Doubts, func(a, b ingest.Doubt) int { return cmp.Compare(b.Weight, a.Weight) })
	return c
}

// listed is an entity with the counts that its profile shows.
func (b *Site) listed(n int) answer.Listed {
	e := &b.Entities[n]
	l := answer.Listed{Ref: b.ref(n), Aliases: e.Aliases, Code: e.Code, Scheme: e.Scheme, Pages: len(b.Seen[n])}
	for _, s := range b.Seen[n] {
		if d := b.Records[s.Page].Date; d != "" {
			l.First = d
			l.Last = max(l.Last, d)
		}
		if b.spokeThere(n, s) {
			l.Speaking++
			if b.pages[s.Page].event {
				l.Events++
			}
		}
	}
	asked := map[ingest.IRI]bool{}
	for _, a := range b.Concerning[n] {
		asked[inversion.First(&b.Records[a.Page].Recommendations[a.At])] = true
	}
	l.Recommendations = min(len(asked), maxRecommendations)
	return l
}

func listPage(r *ingest.Record) answer.ListedPage {
	l := answer.ListedPage{
		Ref:             answer.PageRef(r),
		Path:            r.Path,
		URL:             r.URL,
		Date:            r.Date,
		PageKind:        r.Kind,
		Lang:            r.Lang,
		Summary:         summary(r.Page),
		Categories:      r.Categories,
		People:          len(r.People),
		Recommendations: len(r.Recommendations),
	}
	for _, t := range r.Topics {
		l.Topics = append(l.Topics, t.Name)
	}
	for i := range r.People {
		if p := &r.People[i]; r.Speaks(p) {
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
		text := fold.Space(b.In(p.Text))
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
