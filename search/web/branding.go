package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"

	"rapporteur/ingest/brand"
	"rapporteur/search/answer"
	"rapporteur/search/store"
)

// looks is how a site's pages look, as its rapporteur.yaml says. What is empty is as for any site.
type looks struct {
	Name, Tagline  string
	Footer         []brand.Piece
	Style          string // address of a style sheet
	Logo, LogoType string // address of a picture, and its media type

	sheet []byte
	logo  []byte
}

// branding keeps the looks that were made last: they are those of all visits until the generation changes.
type branding struct {
	mu    sync.Mutex
	of    *brand.Brand
	looks looks
}

func (s *Site) looksOf(m *store.Manifest) looks {
	if m.Brand == nil {
		return looks{}
	}
	s.branding.mu.Lock()
	defer s.branding.mu.Unlock()
	if s.branding.of != m.Brand {
		s.branding.of, s.branding.looks = m.Brand, newLooks(m.Brand)
	}
	return s.branding.looks
}

func newLooks(b *brand.Brand) looks {
	l := looks{Name: b.Name, Tagline: b.Tagline, Footer: b.Footer, sheet: []byte(styleOf(b))}
	if len(l.sheet) > 0 {
		l.Style = "/brand/looks.css?v=" + hashed(l.sheet)
	}
	if b.Logo != nil {
		l.logo, l.LogoType = b.Logo.Body, b.Logo.Type
		l.Logo = "/brand/logo?v=" + hashed(l.logo)
	}
	return l
}

func hashed(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:6])
}

// styleOf sets what a site may set of site.css.
func styleOf(b *brand.Brand) string {
	var out strings.Builder
	set := func(c *brand.Colours) string {
		return fmt.Sprintf("--accent: %s; --on-accent: %s; --tint: %s; --hit: %s; --mid: %s;", c.Accent, c.OnAccent, c.Tint, c.Hit, c.Mid)
	}
	if b.Light != nil && b.Dark != nil {
		fmt.Fprintf(&out, ":root { %s }\n@media (prefers-color-scheme: dark) { :root { %s } }\n", set(b.Light), set(b.Dark))
	}
	for _, font := range []struct {
		name, last string
		families   []string
	}{{"--serif", "serif", b.Serif}, {"--sans", "sans-serif", b.Sans}} {
		if len(font.families) > 0 {
			fmt.Fprintf(&out, ":root { %s: %s, %s; }\n", font.name, families(font.families), font.last)
		}
	}
	return out.String()
}

// generic are families that a browser has under a name of its own, which is not quoted.
var generic = []string{"serif", "sans-serif", "monospace", "system-ui", "ui-serif", "ui-sans-serif", "ui-rounded"}

func families(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		if quoted[i] = name; !slices.Contains(generic, name) {
			quoted[i] = `"` + name + `"`
		}
	}
	return strings.Join(quoted, ", ")
}

// branded gives what a site's own looks are made of. A picture is only one, whatever else it holds.
func (s *Site) branded(v *visit) error {
	l := s.looksOf(v.gen.Manifest())
	var a asset
	switch v.r.PathValue("name") {
	case "looks.css":
		a = asset{kind: "text/css; charset=utf-8", body: l.sheet, hash: hashed(l.sheet)}
	case "logo":
		a = asset{kind: l.LogoType, body: l.logo, hash: hashed(l.logo)}
		v.w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
	}
	if len(a.body) == 0 {
		return &answer.NotFoundError{Name: v.r.URL.Path}
	}
	age := "max-age=3600"
	if v.r.URL.Query().Get("v") == a.hash {
		age = "max-age=31536000, immutable"
	}
	a.serve(v.w, age)
	return nil
}
