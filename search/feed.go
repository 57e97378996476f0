package search

import "rapporteur/ingest"

// FeedVersion is the version of every feed.
const FeedVersion = "https://jsonfeed.org/version/1.1"

// Feed is a list of pages as a JSON Feed 1.1 (https://jsonfeed.org/version/1.1), with an extension that says why each is in it.
type Feed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	HomePageURL string     `json:"home_page_url,omitempty"`
	FeedURL     string     `json:"feed_url,omitempty"`
	Language    string     `json:"language,omitempty"`
	Items       []FeedItem `json:"items"`
	For         FeedFor    `json:"_rapporteur"`
}

// FeedFor says which page a feed of related pages is for.
type FeedFor struct {
	For string `json:"for"` // path of the page
}

// FeedItem is one page of a feed.
type FeedItem struct {
	ID            string   `json:"id"`
	URL           string   `json:"url,omitempty"`
	Title         string   `json:"title"`
	Summary       string   `json:"summary,omitempty"`
	DatePublished string   `json:"date_published,omitempty"` // RFC 3339
	Tags          []string `json:"tags,omitempty"`
	Ties          FeedTies `json:"_rapporteur"`
}

// FeedTies says what ties an item to the page that the feed is for.
type FeedTies struct {
	Path  string    `json:"path"`
	Href  string    `json:"href,omitempty"` // on this server
	Score float64   `json:"score"`
	Why   []FeedWhy `json:"why"`
}

// FeedWhy is one reason.
type FeedWhy struct {
	Type  string     `json:"type"` // "link", "title", "recommendation", "project", "person", "organisation", "topic", "country", "words", "date", "site"
	ID    ingest.IRI `json:"id,omitempty"`
	Label string     `json:"label"`
	Quote string     `json:"quote,omitempty"`
	Href  string     `json:"href,omitempty"`
	Here  bool       `json:"here,omitempty"` // the quotation is on the page that the feed is for, not on the item's
}
