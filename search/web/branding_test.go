package web

import (
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
	if w := visitSite(s, "GET", logo[1]); w.Body.String() != svg || w.Header().Get("Content-Type") != brand.SVG ||
		!strings.Contains(w.Header().Get("Content-Security-Policy"), "default-src 'none'") ||
		strings.Contains(w.Header().Get("Content-Security-Policy"), "script-src") ||
		!strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("the logo is %q with %v", w.Body, w.Header())
	}
}
