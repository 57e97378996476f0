package web

import (
	"cmp"
	"encoding/xml"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"

	"rapporteur/ingest"
	"rapporteur/search/atom"
)

// feedLength is how many entries a feed has.
const feedLength = 30

// searchFeed gives the newest pages that a search finds, or the newest of all.
func (s *Site) searchFeed(v *visit) error {
	q := v.r.URL.Query()
	req, err := requestOf(q)
	if err != nil {
		return err
	}
	if len(req.Filter.Kinds) == 0 {
		req.Filter.Kinds = []kinds.Kind{kinds.Page}
	}
	req.Sort, req.Limit, req.Offset = "date", feedLength, 0
	found, err := v.gen.Search(v.ctx(), req)
	if err != nil {
		return err
	}
	base := s.base(v.r)
	x := v.texts()
	title := x.t("feed.title")
	if req.Query != "" {
		title = x.t("search.title", req.Query)
	}
	feed := s.newFeed(v, title, strings.TrimSuffix(v.r.URL.Path, ".atom"))
	if q.Encode() != "" {
		feed.Links[1].Href += "?" + q.Encode()
	}
	summaries := map[ingest.IRI]string{}
	if req.Query == "" { // no words to show: show how the page begins
		for _, p := range v.gen.Catalogue().Pages {
			summaries[p.ID] = p.Summary
		}
	}
	for _, hit := range found.Hits {
		var text strings.Builder
		for _, p := range hit.Passages {
			text.WriteString(p.Text + " ")
		}
		feed.Entries = append(feed.Entries, atom.Entry{
			Title: hit.Title, ID: identifier(base, string(hit.ID)), Updated: atom.Instant(hit.Date),
			Links: alternates(base, hit.URL, hit.Href), Summary: cmp.Or(summaries[hit.ID], words(text.String())),
		})
	}
	return s.writeFeed(v, feed)
}

// entityFeed gives the newest pages on which a person, organisation, topic or country is found, with the words that say so.
func (s *Site) entityFeed(v *visit, in section) error {
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
		e := atom.Entry{Title: a.Page.Name, ID: identifier(base, string(a.Page.ID)), Updated: atom.Instant(a.Date),
			Links: alternates(base, "", a.Page.Href)}
		for _, ev := range a.Evidence {
			e.Summary = words(ev.Quote)
			e.Links = alternates(base, ev.URL, a.Page.Href)
			break
		}
		feed.Entries = append(feed.Entries, e)
	}
	return s.writeFeed(v, feed)
}

func (s *Site) newFeed(v *visit, title, href string) *atom.Feed {
	base := s.base(v.r)
	name := cmp.Or(v.gen.Manifest().Name, "rapporteur")
	self := base + v.r.URL.EscapedPath()
	if v.r.URL.RawQuery != "" {
		self += "?" + v.r.URL.Query().Encode()
	}
	return &atom.Feed{
		Title: title + " – " + name, ID: self, Author: atom.Author{Name: name},
		Links: []atom.Link{{Rel: "self", Type: atom.MediaType, Href: self}, {Rel: "alternate", Type: "text/html", Href: base + href}},
	}
}

// feedPage is a feed as a browser shows it to somebody who has followed a link to it.
type feedPage struct {
	frame
	Items []feedItem
}

type feedItem struct{ Title, Href, Date, Summary string }

// writeFeed gives a feed: to a browser as a page that says what it is, to all others as Atom.
func (s *Site) writeFeed(v *visit, f *atom.Feed) error {
	v.w.Header().Add("Vary", "Accept")
	if accept := v.r.Header.Get("Accept"); !strings.Contains(accept, "text/html") || strings.Contains(accept, atom.MediaType) {
		v.w.Header().Set("Content-Type", atom.MediaType+"; charset=utf-8")
		return f.Write(v.w)
	}
	p := &feedPage{frame: frame{Title: f.Title, Feed: f.ID}}
	for _, e := range f.Entries {
		item := feedItem{Title: e.Title, Summary: e.Summary}
		if date := e.Updated[:min(10, len(e.Updated))]; atom.Instant(date) != atom.Instant("") {
			item.Date = date
		}
		if len(e.Links) > 0 {
			item.Href = e.Links[0].Href
		}
		p.Items = append(p.Items, item)
	}
	return s.render(v, http.StatusOK, "feed", p)
}

// alternates are the addresses of a page: on the live site, where it has one, and here.
func alternates(base, live, href string) []atom.Link {
	here := atom.Link{Rel: "alternate", Type: "text/html", Href: base + href}
	if absolute(live) {
		here.Rel = "related"
		return []atom.Link{{Rel: "alternate", Type: "text/html", Href: live}, here}
	}
	return []atom.Link{here}
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

// base is the address of this server, as visitors see it, without a slash at its end.
func (s *Site) base(r *http.Request) string {
	if s.public != nil {
		return s.public.String() + s.prefix
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	if !goodHost.MatchString(r.Host) {
		return scheme + "://localhost" + s.prefix
	}
	return (&url.URL{Scheme: scheme, Host: r.Host}).String() + s.prefix
}

// newestOf is the date of the newest page, empty if none has one.
func newestOf(pages []answer.ListedPage) string {
	if i := slices.IndexFunc(pages, func(p answer.ListedPage) bool { return p.Date != "" }); i >= 0 {
		return pages[i].Date
	}
	return ""
}
