package web

import (
	"cmp"
	"encoding/xml"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"rapporteur/search"
)

// feedLength is how many entries a feed has.
const feedLength = 30

// atomFeed is a feed as RFC 4287 has it.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Author  atomAuthor  `xml:"author"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomEntry struct {
	Title   string     `xml:"title"`
	ID      string     `xml:"id"`
	Updated string     `xml:"updated"`
	Links   []atomLink `xml:"link"`
	Summary string     `xml:"summary,omitempty"`
}

// noDate stands where a page has no date: a feed's entry must have one.
const noDate = "1970-01-01T00:00:00Z"

func instant(date string) string {
	if len(date) != len("2006-01-02") {
		return noDate
	}
	return date + "T00:00:00Z"
}

// searchFeed gives the newest pages that a search finds, or the newest of all.
func (s *Site) searchFeed(v *visit) error {
	q := v.r.URL.Query()
	req, err := requestOf(q)
	if err != nil {
		return err
	}
	if len(req.Filter.Kinds) == 0 {
		req.Filter.Kinds = []search.Kind{search.Page}
	}
	req.Sort, req.Limit, req.Offset = "date", feedLength, 0
	found, err := v.gen.Search(v.ctx(), req)
	if err != nil {
		return err
	}
	base := s.base(v.r)
	title := "Newest pages"
	if req.Query != "" {
		title = "Search: " + req.Query
	}
	feed := s.newFeed(v, title, strings.TrimSuffix(v.r.URL.Path, ".atom"))
	if q.Encode() != "" {
		feed.Links[1].Href += "?" + q.Encode()
	}
	for _, hit := range found.Hits {
		var text strings.Builder
		for _, f := range hit.Fragments {
			for _, piece := range marked(f) {
				text.WriteString(piece.Text)
			}
			text.WriteString(" ")
		}
		feed.Entries = append(feed.Entries, atomEntry{
			Title: hit.Title, ID: identifier(base, string(hit.ID)), Updated: instant(hit.Date),
			Links: alternates(base, hit.URL, hit.Href), Summary: words(text.String()),
		})
	}
	return feed.write(v)
}

// entityFeed gives the newest pages on which a person, organisation, topic or country is found, with the words that say so.
func (s *Site) entityFeed(v *visit, in room) error {
	id, err := findEntity(v.gen.Catalogue(), in.Kind, v.r.PathValue("slug"))
	if err != nil {
		return err
	}
	profile, err := v.gen.Profile(v.ctx(), id)
	if err != nil {
		return err
	}
	base := s.base(v.r)
	feed := s.newFeed(v, profile.Name, profile.Href)
	for _, a := range part(profile.Appearances, feedLength, 0) {
		e := atomEntry{Title: a.Page.Name, ID: identifier(base, string(a.Page.ID)), Updated: instant(a.Date), Links: alternates(base, "", a.Page.Href)}
		for _, ev := range a.Evidence {
			e.Summary = words(ev.Quote)
			e.Links = alternates(base, ev.URL, a.Page.Href)
			break
		}
		feed.Entries = append(feed.Entries, e)
	}
	return feed.write(v)
}

func (s *Site) newFeed(v *visit, title, href string) *atomFeed {
	base := s.base(v.r)
	name := cmp.Or(v.gen.Manifest().Name, "rapporteur")
	self := base + v.r.URL.EscapedPath()
	if v.r.URL.RawQuery != "" {
		self += "?" + v.r.URL.Query().Encode()
	}
	return &atomFeed{
		Title: title + " – " + name, ID: self, Updated: noDate, Author: atomAuthor{name},
		Links: []atomLink{{Rel: "self", Type: "application/atom+xml", Href: self}, {Rel: "alternate", Type: "text/html", Href: base + href}},
	}
}

func (f *atomFeed) write(v *visit) error {
	for _, e := range f.Entries {
		f.Updated = max(f.Updated, e.Updated)
	}
	return writeXML(v, "application/atom+xml", f)
}

// alternates are the addresses of a page: on the live site, where it has one, and here.
func alternates(base, live, href string) []atomLink {
	here := atomLink{Rel: "alternate", Type: "text/html", Href: base + href}
	if absolute(live) {
		here.Rel = "related"
		return []atomLink{{Rel: "alternate", Type: "text/html", Href: live}, here}
	}
	return []atomLink{here}
}

// identifier makes an absolute IRI of a page's, for feeds.
func identifier(base, id string) string {
	if strings.Contains(id, ":") {
		return id
	}
	return base + id
}

func writeXML(v *visit, kind string, data any) error {
	b, err := xml.MarshalIndent(data, "", " ")
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", kind+"; charset=utf-8")
	v.w.Write([]byte(xml.Header)) // the caller may have gone
	v.w.Write(append(b, '\n'))
	return nil
}

// base is the scheme and host of this server, as visitors see it.
func (s *Site) base(r *http.Request) string {
	if s.public != nil {
		return s.public.String()
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	if !goodHost.MatchString(r.Host) {
		return scheme + "://localhost"
	}
	return (&url.URL{Scheme: scheme, Host: r.Host}).String()
}

// newestOf is the date of the newest page, empty if none has one.
func newestOf(pages []search.ListedPage) string {
	if i := slices.IndexFunc(pages, func(p search.ListedPage) bool { return p.Date != "" }); i >= 0 {
		return pages[i].Date
	}
	return ""
}
