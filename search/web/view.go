package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"math"
	"mime"
	"net/http"
	"net/url"
	"path"
	"runtime/debug"
	"strings"

	"rapporteur/search/answer"

	"rapporteur/ingest"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed assets
var assetFiles embed.FS

// asset is a file that pages load. Its address carries its hash, so that a browser may keep it for ever.
type asset struct {
	name string
	kind string
	body []byte
	hash string
}

const widgetPath = "/widget.js"

func (s *Site) loadAssets() error {
	s.assets = map[string]asset{}
	all := sha256.New()
	err := fs.WalkDir(assetFiles, "assets", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := assetFiles.ReadFile(name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(b)
		all.Write(sum[:])
		base := path.Base(name)
		s.assets[base] = asset{base, mime.TypeByExtension(path.Ext(name)), b, hex.EncodeToString(sum[:6])}
		return nil
	})
	if err != nil {
		return err
	}
	err = fs.WalkDir(templateFiles, "templates", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := templateFiles.ReadFile(name)
		all.Write(b)
		return err
	})
	if info, ok := debug.ReadBuildInfo(); ok {
		fmt.Fprint(all, info)
	}
	fmt.Fprint(all, s.options.Version, s.options.PublicURL, s.prefix)
	s.mark = hex.EncodeToString(all.Sum(nil)[:4])
	return err
}

func (s *Site) routeAssets() {
	s.mux.HandleFunc("GET /assets/{name}", func(w http.ResponseWriter, r *http.Request) {
		a, ok := s.assets[r.PathValue("name")]
		if !ok {
			s.fail(of(r), &answer.NotFoundError{Name: r.URL.Path})
			return
		}
		age := "max-age=3600"
		if r.URL.Query().Get("v") == a.hash {
			age = "max-age=31536000, immutable"
		}
		a.serve(w, age)
	})
	s.mux.HandleFunc("GET "+widgetPath, func(w http.ResponseWriter, r *http.Request) {
		a, ok := s.assets[path.Base(widgetPath)]
		if !ok {
			s.fail(of(r), &answer.NotFoundError{Name: widgetPath})
			return
		}
		a.serve(w, "max-age=3600")
	})
	s.mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, s.prefix+s.assetHref("icon.svg"), http.StatusFound)
	})
}

func (a asset) serve(w http.ResponseWriter, age string) {
	w.Header().Set("Content-Type", a.kind)
	w.Header().Set("Cache-Control", "public, "+age)
	w.Write(a.body) // the caller may have gone
}

func (s *Site) assetHref(name string) string { return "/assets/" + name + "?v=" + s.assets[name].hash }

// loadTemplates parses every page together with the layout and the parts that pages share, in each language.
func (s *Site) loadTemplates() error {
	s.templates = map[string]map[string]*template.Template{}
	for code, x := range languages {
		var err error
		if s.templates[code], err = s.parseTemplates(x); err != nil {
			return err
		}
	}
	return nil
}

func (s *Site) parseTemplates(x *texts) (map[string]*template.Template, error) {
	pages := map[string]*template.Template{}
	shared, err := template.New("").Funcs(s.functions(x)).ParseFS(templateFiles, "templates/layout.html", "templates/parts*.html")
	if err != nil {
		return nil, err
	}
	files, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".html")
		if name == "layout" || strings.HasPrefix(name, "parts") {
			continue
		}
		page, err := shared.Clone()
		if err != nil {
			return nil, err
		}
		if pages[name], err = page.ParseFS(templateFiles, file); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// functions are what templates may call: those that write words write them in one language.
func (s *Site) functions(x *texts) template.FuncMap {
	return template.FuncMap{
		"asset":    s.assetHref,
		"t":        x.t,
		"n":        x.n,
		"cut":      x.cut,
		"lang":     func() string { return x.lang },
		"foreign":  func() bool { return x != english }, // what only English has words for is marked as such
		"day":      x.day,
		"short":    x.shortDay,
		"capital":  capital,
		"backing":  x.backing,
		"stressed": stressed,
		"wrongAsk": func(id ingest.IRI) string { return wrongOf(id, "") },
		"month":    x.month,
		"year":     func(date string) string { return date[:min(4, len(date))] },
		"number":   x.number,
		"letters":  func() []string { return strings.Fields(x.t("months.letters")) },
		"relation": func(r string) string { return x.orElse("relation."+strings.ReplaceAll(r, " ", "-"), r) },
		"measure":  func(name string) string { return x.orElse("measure."+name, name) },
		"trial":    x.trial,
		"odd":      func(i int) bool { return i%2 == 1 },
		"marked":   marked,
		"absolute": absolute,
		"host":     host,
		"times":    func(a, b int) int { return a * b },
		"add":      func(a, b int) int { return a + b },
		"share":    func(n, most int) int { return (n*100 + most - 1) / max(1, most) },
		"kind":     x.kind,
		"slug":     answer.Slug,
		"title":    func(s string) string { return strings.ToUpper(s[:min(1, len(s))]) + s[min(1, len(s)):] },
		"of100":    func(share float64) int { return int(math.Round(share * 100)) },
		"quote":    func(quote string, most int) string { return shorten(words(quote), most) },
		"searchBy": func(name string, value any) string {
			return "/search?" + url.Values{name: {fmt.Sprint(value)}}.Encode()
		},

		"list": func(values ...any) []any { return values },
		"map":  pairs,
	}
}

// pairs makes a map of names and values, for a template that takes several.
func pairs(values ...any) (map[string]any, error) {
	if len(values)%2 != 0 {
		return nil, errors.New("a name without a value")
	}
	m := map[string]any{}
	for i := 0; i < len(values); i += 2 {
		m[fmt.Sprint(values[i])] = values[i+1]
	}
	return m, nil
}

// fragment is a stretch of a search result; Hit says that it is what was searched for.
type fragment struct {
	Text string
	Hit  bool
}

// marked takes a passage apart, so that templates escape all of its text themselves.
func marked(p answer.Passage) []fragment {
	var out []fragment
	add := func(text string, hit bool) {
		if text != "" {
			out = append(out, fragment{text, hit})
		}
	}
	at := 0
	for _, m := range p.Marks {
		add(p.Text[at:m.Start], false)
		add(m.In(p.Text), true)
		at = m.End
	}
	add(p.Text[at:], false)
	return out
}

// absolute reports whether an address leads to the live site: a relative one would lead to a page here.
func absolute(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return strings.TrimPrefix(u.Host, "www.")
}

// shorten cuts a text after a word, at most bytes long.
func shorten(s string, most int) string {
	if len(s) <= most {
		return s
	}
	s = strings.ToValidUTF8(s[:most], "")
	if cut := strings.LastIndexByte(s, ' '); cut > most/2 {
		s = s[:cut]
	}
	return s + " …"
}
