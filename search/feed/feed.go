// Package feed renders lists of pages as JSON Feeds.
package feed

import (
	"cmp"
	"strings"

	"rapporteur/ingest"
	"rapporteur/search/answer"
	"rapporteur/search/present"
)

// Version is the version of every feed.
const Version = "https://jsonfeed.org/version/1.1"

// Feed is a list of pages as a JSON Feed 1.1 (https://jsonfeed.org/version/1.1), with an extension that says why each is in it.
type Feed struct {
	Version     string `json:"version"`
	Title       string `json:"title"`
	HomePageURL string `json:"home_page_url,omitempty"`
	FeedURL     string `json:"feed_url,omitempty"`
	Language    string `json:"language,omitempty"`
	Items       []Item `json:"items"`
	For         For    `json:"_rapporteur"`
}

// For says which page a feed of related pages is for.
type For struct {
	For string `json:"for"` // path of the page
}

// Item is one page of a feed.
type Item struct {
	ID            string   `json:"id"`
	URL           string   `json:"url,omitempty"`
	Title         string   `json:"title"`
	ContentText   string   `json:"content_text"` // how the page begins, its title if it says nothing in running text; never empty
	Summary       string   `json:"summary,omitempty"`
	Language      string   `json:"language,omitempty"`       // BCP 47, of the page
	DatePublished string   `json:"date_published,omitempty"` // RFC 3339
	Tags          []string `json:"tags,omitempty"`
	Ties          Ties     `json:"_rapporteur"`
}

// Ties says what ties an item to the page that the feed is for.
type Ties struct {
	Path  string  `json:"path"`
	Site  string  `json:"site,omitempty"` // key of the item's site, where several are one
	Href  string  `json:"href,omitempty"` // on this server
	Score float64 `json:"score"`
	Why   []Why   `json:"why"`
}

// Why is one reason.
type Why struct {
	// "link", "title", "recommendation", "project", "person", "organisation", "topic", "country", "words", "date", "site"
	Type  string     `json:"type"`
	ID    ingest.IRI `json:"id,omitempty"`
	Label string     `json:"label"`
	Quote string     `json:"quote,omitempty"`
	Href  string     `json:"href,omitempty"`
	Here  bool       `json:"here,omitempty"` // the quotation is on the page that the feed is for, not on the item's
}

// Related is the feed of the pages that are related to one. Addresses on this server are below a prefix, such as "/site".
func Related(list *answer.Related, prefix string) *Feed {
	f := &Feed{
		Version: Version, Title: "Related to " + list.Page.Name, HomePageURL: list.Page.URL, Language: cmp.Or(list.Page.Lang, "en"),
		Items: []Item{}, For: For{For: list.Page.Path},
	}
	for _, r := range list.Items {
		it := newItem(r.Page, prefix)
		it.Ties.Score = r.Score
		for _, reason := range r.Why {
			why := Why{Type: reason.Type, ID: reason.ID, Label: reason.Label, Quote: reason.Quote, Here: reason.Here}
			on := r.Page
			if why.Here {
				on = list.Page
			}
			if why.Quote != "" {
				why.Href = cmp.Or(ingest.TextFragment(on.URL, strings.Trim(why.Quote, "… ")), prefix+present.Href(on.Kind, on.ID))
			}
			it.Ties.Why = append(it.Ties.Why, why)
		}
		f.Items = append(f.Items, it)
	}
	return f
}

// newItem is a page as an item of a feed.
func newItem(p *answer.ListedPage, prefix string) Item {
	it := Item{ID: string(p.ID), URL: p.URL, Title: p.Name, ContentText: cmp.Or(p.Summary, p.Name), Summary: p.Summary, Language: p.Lang,
		Tags: p.Topics,
		Ties: Ties{Path: p.Path, Site: p.Site, Href: prefix + present.Href(p.Kind, p.ID), Why: []Why{}}}
	if p.Date != "" {
		it.DatePublished = p.Date + "T00:00:00Z"
	}
	return it
}
