package web

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"rapporteur/search/answer"
)

// goodHost is what may be repeated in an address that is made from a request: a name or an IP address, and a port.
var goodHost = regexp.MustCompile(`^(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?$`)

// sitemapMost is how many addresses a sitemap may have (https://www.sitemaps.org/protocol.html).
const sitemapMost = 50000

type sitemap struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	Changed string `xml:"lastmod,omitempty"`
}

func (s *Site) sitemap(v *visit) error {
	base, c := s.base(v.r), v.gen.Catalogue()
	m := &sitemap{URLs: []sitemapURL{{base + "/", newestOf(c.Pages)}, {base + "/events", newestOf(c.Pages)}, {base + "/recommendations", ""},
		{base + "/explore", ""}}}
	for _, r := range sections {
		m.URLs = append(m.URLs, sitemapURL{base + r.Path, ""})
	}
	for _, p := range c.Pages {
		m.URLs = append(m.URLs, sitemapURL{base + p.Href, p.Date})
	}
	for _, r := range sections {
		for _, l := range c.Entities(r.Kind) {
			m.URLs = append(m.URLs, sitemapURL{base + l.Href, l.Last})
		}
	}
	m.URLs = part(m.URLs, sitemapMost, 0)
	return writeXML(v, "application/xml", m)
}

func (s *Site) robots(v *visit) error {
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintf(v.w, "User-agent: *\nDisallow: /api/\nDisallow: /search?\nDisallow: /explore?\nDisallow: /compare?\nDisallow: "+
		"/metrics\n\nSitemap: %s/sitemap.xml\n", s.base(v.r))
	return nil
}

// openSearchDescription lets a browser add this server to its search engines (OpenSearch 1.1).
type openSearchDescription struct {
	XMLName     xml.Name        `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string          `xml:"ShortName"`
	Description string          `xml:"Description"`
	Encoding    string          `xml:"InputEncoding"`
	Image       openSearchImage `xml:"Image"`
	URLs        []openSearchURL `xml:"Url"`
}

type openSearchImage struct {
	Type string `xml:"type,attr"`
	Href string `xml:",chardata"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Rel      string `xml:"rel,attr,omitempty"`
	Template string `xml:"template,attr"`
}

func (s *Site) openSearch(v *visit) error {
	base, name := s.base(v.r), v.gen.Manifest().Name
	if name == "" {
		name = "rapporteur"
	}
	return writeXML(v, "application/opensearchdescription+xml", &openSearchDescription{
		ShortName:   shortName(name),
		Description: v.texts().t("search.description", name),
		Encoding:    "UTF-8",
		Image:       openSearchImage{"image/svg+xml", base + "/assets/icon.svg"},
		URLs: []openSearchURL{
			{Type: "text/html", Template: base + "/search?q={searchTerms}"},
			{Type: "application/x-suggestions+json", Rel: "suggestions", Template: base + "/opensearch/suggest?q={searchTerms}"},
			{Type: "application/atom+xml", Rel: "results", Template: base + "/search.atom?q={searchTerms}"},
			{Type: "application/opensearchdescription+xml", Rel: "self", Template: base + "/opensearch.xml"},
		},
	})
}

// shortName cuts a name after a word to the 16 letters that the specification allows.
func shortName(name string) string {
	letters := []rune(name)
	if len(letters) <= 16 {
		return name
	}
	short := string(letters[:16])
	if cut := strings.LastIndexByte(short, ' '); cut > 0 && letters[16] != ' ' {
		short = short[:cut]
	}
	return strings.TrimSpace(short)
}

// openSearchSuggest completes what is typed into a browser's own search box.
func (s *Site) openSearchSuggest(v *visit) error {
	q := v.r.URL.Query().Get("q")
	if len(q) > 200 {
		return &refusal{status: http.StatusBadRequest, message: "What was typed has more than 200 bytes."}
	}
	var found []answer.Suggestion
	if q != "" {
		var err error
		if found, err = v.gen.Suggest(v.ctx(), q, 8); err != nil {
			return err
		}
	}
	texts := []string{}
	for _, one := range found {
		if !slices.Contains(texts, one.Text) { // a person and their page
			texts = append(texts, one.Text)
		}
	}
	v.w.Header().Set("Content-Type", "application/x-suggestions+json; charset=utf-8")
	return json.NewEncoder(v.w).Encode([]any{q, texts})
}
