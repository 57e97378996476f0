// Package atom writes feeds as RFC 4287 has them.
package atom

import (
	"encoding/xml"
	"io"
)

// MediaType is what a feed is served as.
const MediaType = "application/atom+xml"

// Feed is a feed. Its Updated is the newest entry's: Write sets it.
type Feed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Title   string   `xml:"title"`
	ID      string   `xml:"id"` // an absolute IRI
	Updated string   `xml:"updated"`
	Links   []Link   `xml:"link"`
	Author  Author   `xml:"author"`
	Entries []Entry  `xml:"entry"`
}

// Link is an address with its relation to the feed or entry.
type Link struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

// Author is whom the feed is by.
type Author struct {
	Name string `xml:"name"`
}

// Entry is one page of a feed.
type Entry struct {
	Title   string `xml:"title"`
	ID      string `xml:"id"`
	Updated string `xml:"updated"`
	Links   []Link `xml:"link"`
	Summary string `xml:"summary,omitempty"`
}

// noDate stands where a page has no date: an entry must have one.
const noDate = "1970-01-01T00:00:00Z"

// Instant is a date (YYYY-MM-DD) as feeds write it; anything else gives the start of 1970.
func Instant(date string) string {
	if len(date) != len("2006-01-02") {
		return noDate
	}
	return date + "T00:00:00Z"
}

// Write sets Updated and writes the feed as an XML document.
func (f *Feed) Write(w io.Writer) error {
	f.Updated = noDate
	for _, e := range f.Entries {
		f.Updated = max(f.Updated, e.Updated)
	}
	b, err := xml.MarshalIndent(f, "", " ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(b)+"\n")
	return err
}
