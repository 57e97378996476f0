package web

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"rapporteur/ingest/brand"
)

// A site's looks travel with its generation, and are served from here alone: no style and no picture stands within a page.
func TestBranding(t *testing.T) {
	s, f := newTestSite(t, Options{BasePath: "/record"})
	plain := visitSite(s, "GET", "/record/").Body.String()
	if strings.Contains(plain, "/brand/") {
		t.Error("a site without looks of its own has some")
	}
	if got := visitSite(s, "GET", "/record/brand/logo").Code; got != http.StatusNotFound {
		t.Errorf("a logo that is not there: %d", got)
	}
	svg := `<svg xmlns="http://www.w3.org/2000/svg"/>`
	f.manifest.Brand = &brand.Brand{
		Name: `Sons' & <Co>`, Tagline: "since 1899", Serif: []string{"Charter", "serif"},
		Footer: []brand.Piece{{Text: "Kept by "}, {Text: "us", Href: "https://us.example"}},
		Light:  &brand.Colours{Accent: "#112233", OnAccent: "#ffffff", Tint: "#eeeeee", Hit: "#dddddd", Mid: "#777777"},
		Dark:   &brand.Colours{Accent: "#ccddee", OnAccent: "#000000", Tint: "#222222", Hit: "#333333", Mid: "#888888"},
		Logo:   &brand.Logo{Type: brand.SVG, Body: []byte(svg)},
	}
	page := visitSite(s, "GET", "/record/").Body.String()
	for _, want := range []string{"<title>Sons&#39; &amp; &lt;Co&gt;, on the record</title>", "<small>since 1899</small>",
		`Kept by <a href="https://us.example">us</a>`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page, "<style") || strings.Contains(page, " style=") || strings.Contains(page, svg) {
		t.Error("a style or the picture stands within the page")
	}
	sheet := regexp.MustCompile(`href="(/record/brand/looks.css\?v=[0-9a-f]{12})"`).FindStringSubmatch(page)
	logo := regexp.MustCompile(`<img src="(/record/brand/logo\?v=[0-9a-f]{12})" alt="" height="27">`).FindStringSubmatch(page)
	if sheet == nil || logo == nil {
		t.Fatal("the page names no style sheet or no logo")
	}
	w := visitSite(s, "GET", sheet[1])
	if got := w.Body.String(); !strings.Contains(got, "--accent: #112233") || !strings.Contains(got, "dark) { :root { --accent: #ccddee") ||
		!strings.Contains(got, `--serif: "Charter", serif, serif;`) || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/css") {
		t.Errorf("the style sheet is %s", got)
	}
	if strings.Contains(page, "og:image") {
		t.Error("a drawing is offered to those who show links, who cannot show it")
	}
	looks := *f.manifest.Brand
	looks.Logo = &brand.Logo{Type: "image/png", Body: []byte("\x89PNG")}
	if w := visitSite(s, "GET", logo[1]); w.Body.String() != svg || w.Header().Get("Content-Type") != brand.SVG ||
		!strings.Contains(w.Header().Get("Content-Security-Policy"), "default-src 'none'") ||
		strings.Contains(w.Header().Get("Content-Security-Policy"), "script-src") ||
		!strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("the logo is %q with %v", w.Body, w.Header())
	}
	f.manifest.Brand = &looks
	if page := visitSite(s, "GET", "/record/").Body.String(); !strings.Contains(page,
		`<meta property="og:image" content="http://example.com/record/brand/logo?v=`) {
		t.Error("the page offers no picture to those who show links")
	}
}

// What a page says to machines of an event: when it was, and who spoke, each with an address.
func TestEventsAreTold(t *testing.T) {
	s, f := newTestSite(t, Options{})
	told := 0
	for _, p := range f.catalogue.Pages {
		page := visitSite(s, "GET", p.Href).Body.String()
		var data struct {
			Type      string `json:"@type"`
			StartDate string
			Performer []struct{ Name, URL string }
		}
		found := regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`).FindStringSubmatch(page)
		if found == nil || json.Unmarshal([]byte(found[1]), &data) != nil || data.Type == "Event" && data.StartDate != p.Date {
			t.Fatalf("%s says %q", p.Href, found)
		}
		for _, one := range data.Performer {
			if told++; one.Name == "" || visitSite(s, "GET", strings.TrimPrefix(one.URL, "http://example.com")).Code != http.StatusOK {
				t.Errorf("%s: %+v performs", p.Href, one)
			}
		}
	}
	if told == 0 {
		t.Error("nobody performs anywhere")
	}
}
