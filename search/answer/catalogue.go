package answer

import (
	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
)

// Catalogue lists what a generation holds: what a home page, an index of names or a sitemap shows, and what the report
// of the build says. It is made at build time, stored as JSON and kept in memory by whoever has the generation open.
type Catalogue struct {
	Site            string                 `json:"site"`
	URL             string                 `json:"url,omitempty"`      // of the live site
	Language        string                 `json:"language,omitempty"` // that the site wants to be shown in
	Pages           []ListedPage           `json:"pages"`              // newest first, undated ones last
	People          []Listed               `json:"people"`             // these four by number of pages, the most first, then by name
	Organisations   []Listed               `json:"organisations"`
	Topics          []Listed               `json:"topics"`
	Countries       []Listed               `json:"countries"`
	Recommendations []ListedRecommendation `json:"recommendations"` // by page, in order of their place in it
	Years           []FacetValue           `json:"years"`           // pages a year, oldest first
	Skips           []ingest.Skip          `json:"skips"`
	Doubts          []ingest.Doubt         `json:"doubts"` // the weightiest first
	Notes           []string               `json:"notes,omitempty"`
	Former          []Moved                `json:"former,omitempty"` // by From
}

// Listed is an entity as lists show it.
type Listed struct {
	Ref
	Aliases         []string `json:"aliases,omitempty"`
	Code            string   `json:"code,omitempty"`   // of a country
	Scheme          string   `json:"scheme,omitempty"` // of a topic
	Pages           int      `json:"pages"`
	Speaking        int      `json:"speaking,omitempty"` // pages on which the person speaks, or somebody speaks for the organisation
	Events          int      `json:"events,omitempty"`   // those of them that are pages of events
	Recommendations int      `json:"asks,omitempty"`     // recommendations made by it, or of a topic: about it
	First           string   `json:"first,omitempty"`    // date of the first page that names it
	Last            string   `json:"last,omitempty"`
}

// ListedPage is a page as lists show it.
type ListedPage struct {
	Ref
	Path            string          `json:"path"`
	URL             string          `json:"url,omitempty"`
	Date            string          `json:"date,omitempty"`
	PageKind        ingest.PageKind `json:"pageKind"`
	Lang            string          `json:"lang,omitempty"`    // BCP 47
	Summary         string          `json:"summary,omitempty"` // the first words of its text
	Categories      []string        `json:"categories,omitempty"`
	Topics          []string        `json:"topics,omitempty"`   // names
	Speakers        []string        `json:"speakers,omitempty"` // names
	People          int             `json:"people,omitempty"`
	Recommendations int             `json:"asks,omitempty"`
}

// ListedRecommendation says which page a recommendation is on.
type ListedRecommendation struct {
	ID   ingest.IRI `json:"id"`
	Page ingest.IRI `json:"page"`
}

// Moved says where an entity is found whose IRI was merged into another one.
type Moved struct {
	From ingest.IRI `json:"from"`
	To   Ref        `json:"to"`
}

// Entities returns the list of one kind, nil for a kind that is not listed.
func (c *Catalogue) Entities(kind kinds.Kind) []Listed {
	if list := c.List(kind); list != nil {
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

// List returns the list of one kind, nil for a kind that is not listed.
func (c *Catalogue) List(kind kinds.Kind) *[]Listed {
	switch kind {
	case kinds.Person:
		return &c.People
	case kinds.Organisation:
		return &c.Organisations
	case kinds.Topic:
		return &c.Topics
	case kinds.Country:
		return &c.Countries
	}
	return nil
}
