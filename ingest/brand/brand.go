// Package brand reads how a site wants to be shown: what stands under "brand:" in its rapporteur.yaml.
//
//	brand:
//	  name: Example Society           # in the head of pages; the site's name else
//	  tagline: since 1899             # behind it
//	  language: de                    # of the pages' own words
//	  accent: "#0b5563"               # one colour; the others are made from it
//	  logo: assets/logo.svg           # SVG, PNG or WebP, of the site
//	  footer: Kept by [our office](https://example.org/office).
//	  fonts:
//	    serif: [Charter, Georgia]     # names of font families
//	    sans: [Inter]
//
// What is wrong in it is told with its line, and the rest is used.
package brand

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"rapporteur/ingest/fold"

	"go.yaml.in/yaml/v3"
)

// Languages are those that pages have words in.
var Languages = []string{"en", "de"}

// The bounds of what a site says of itself, in bytes.
const (
	maxText   = 120
	maxFooter = 600
	// MaxLogo is that of the logo's file: every visitor loads it.
	MaxLogo = 64 << 10
)

// Brand is how a site is shown. What is empty is shown as for any site.
type Brand struct {
	Name     string   `json:"name,omitempty"`
	Tagline  string   `json:"tagline,omitempty"`
	Language string   `json:"language,omitempty"` // one of Languages
	Light    *Colours `json:"light,omitempty"`    // with Dark, or neither
	Dark     *Colours `json:"dark,omitempty"`
	Footer   []Piece  `json:"footer,omitempty"`
	Serif    []string `json:"serif,omitempty"` // names of font families
	Sans     []string `json:"sans,omitempty"`
	Logo     *Logo    `json:"logo,omitempty"`
}

// Piece is a stretch of text; with an address it is a link.
type Piece struct {
	Text string `json:"text"`
	Href string `json:"href,omitempty"`
}

// Fault is something that is wrong. Nothing is lost by it if it is Mended: Cause says what is done instead.
type Fault struct {
	Line   int // of rapporteur.yaml, from 1
	Cause  string
	Mended bool
}

// LogoOf is the path of the logo that settings name, empty if they name none.
func LogoOf(settings *yaml.Node) string {
	if settings == nil || settings.Kind != yaml.MappingNode {
		return ""
	}
	for i := 0; i+1 < len(settings.Content); i += 2 {
		if settings.Content[i].Value == "logo" && fs.ValidPath(cleaned(settings.Content[i+1].Value)) {
			return cleaned(settings.Content[i+1].Value)
		}
	}
	return ""
}

func cleaned(path string) string { return strings.TrimPrefix(strings.TrimPrefix(path, "./"), "/") }

// Read reads settings; fsys is the site's folder. It returns nil without settings.
func Read(settings *yaml.Node, fsys fs.FS) (*Brand, []Fault) {
	if settings == nil {
		return nil, nil
	}
	r := &reader{fsys: fsys, brand: &Brand{}, seen: map[string]int{}}
	if settings.Kind != yaml.MappingNode {
		r.wrong(settings, "brand: expected settings below it, such as \"accent: '#0b5563'\"")
		return nil, r.faults
	}
	for i := 0; i+1 < len(settings.Content); i += 2 {
		key, value := settings.Content[i], settings.Content[i+1]
		if value.Kind == yaml.AliasNode {
			value = value.Alias
		}
		if value.Tag == "!!null" {
			if _, ok := parseColour(cmp.Or(value.LineComment, key.LineComment)); ok {
				r.wrong(key, "brand.%s: what stands behind # is a comment: write the colour in quotes, as \"#0b5563\"", key.Value)
			}
			continue
		}
		if line, again := r.seen[key.Value]; again {
			r.wrong(key, "brand.%s stands already on line %d; keep one of them", key.Value, line)
			continue
		}
		r.seen[key.Value] = key.Line
		r.setting(key, value)
	}
	return r.brand, r.faults
}

type reader struct {
	fsys   fs.FS
	brand  *Brand
	seen   map[string]int
	faults []Fault
}

func (r *reader) wrong(n *yaml.Node, format string, args ...any) {
	r.faults = append(r.faults, Fault{Line: n.Line, Cause: fmt.Sprintf(format, args...)})
}

func (r *reader) setting(key, value *yaml.Node) {
	switch key.Value {
	case "name":
		r.brand.Name = r.text(key, value, maxText)
	case "tagline":
		r.brand.Tagline = r.text(key, value, maxText)
	case "language":
		code, _, _ := strings.Cut(strings.ToLower(r.text(key, value, maxText)), "-")
		if code != "" && !slices.Contains(Languages, code) {
			r.wrong(value, "brand.language: pages have no words of their own in %q; there are %s", code, strings.Join(Languages, " and "))
			return
		}
		r.brand.Language = code
	case "accent":
		r.accent(key, value)
	case "logo":
		r.logo(key, value)
	case "footer":
		r.footer(key, value)
	case "fonts":
		r.fonts(value)
	default:
		r.wrong(key, "brand.%s is no setting; there are name, tagline, language, accent, logo, footer and fonts", key.Value)
	}
}

// text reads a value; it is empty if there is none that can be used.
func (r *reader) text(key, n *yaml.Node, most int) string {
	if n.Kind != yaml.ScalarNode {
		r.wrong(n, "brand.%s: expected a text, not a list or table", key.Value)
		return ""
	}
	s := fold.Space(n.Value)
	if len(s) > most {
		r.wrong(n, "brand.%s has %d bytes; %d are allowed", key.Value, len(s), most)
		return ""
	}
	return s
}

func (r *reader) accent(key, n *yaml.Node) {
	s := r.text(key, n, maxText)
	if s == "" {
		return
	}
	own, ok := parseColour(s)
	if !ok {
		r.wrong(n, "brand.accent: %q is no colour: write six hexadecimal digits in quotes, as \"#0b5563\"", s)
		return
	}
	light, dark, changed := derive(own)
	r.brand.Light, r.brand.Dark = &light, &dark
	if changed {
		r.faults = append(r.faults, Fault{Line: n.Line, Mended: true, Cause: fmt.Sprintf(
			"brand.accent: %s can hardly be read on the pages (contrast %.1f, %.1f is needed): %s is shown in its place",
			own, reads(own, lightPaper, lightCard), Readable, light.Accent)})
	}
}

// link is one of Markdown.
var link = regexp.MustCompile(`\[([^\[\]]+)\]\(([^()\s]+)\)`)

// footer reads a text with links.
func (r *reader) footer(key, n *yaml.Node) {
	s := r.text(key, n, maxFooter)
	at := 0
	add := func(text, href string) {
		if text != "" {
			r.brand.Footer = append(r.brand.Footer, Piece{text, href})
		}
	}
	for _, m := range link.FindAllStringSubmatchIndex(s, -1) {
		add(s[at:m[0]], "")
		text, href := s[m[2]:m[3]], s[m[4]:m[5]]
		if u, err := url.Parse(href); err != nil || u.Scheme != "https" && u.Scheme != "http" && u.Scheme != "mailto" ||
			u.Opaque == "" && u.Host == "" {
			r.wrong(n, "brand.footer: %q is no address to lead to: it begins with https://, http:// or mailto:", href)
			href = ""
		}
		add(text, href)
		at = m[1]
	}
	add(s[at:], "")
}

// family is the name of a font family: nothing that a style sheet could take for more.
var family = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N} _-]{0,59}$`)

func (r *reader) fonts(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		r.wrong(n, "brand.fonts: expected \"serif: [Name]\" and \"sans: [Name]\" below it")
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		list := &r.brand.Serif
		switch key.Value {
		case "serif":
		case "sans":
			list = &r.brand.Sans
		default:
			r.wrong(key, "brand.fonts.%s is no setting; there are serif and sans", key.Value)
			continue
		}
		items := value.Content
		if value.Kind == yaml.ScalarNode {
			items = []*yaml.Node{value}
		}
		for _, item := range items {
			for name := range strings.SplitSeq(item.Value, ",") {
				if name = strings.Trim(strings.TrimSpace(name), `"'`); !family.MatchString(name) {
					r.wrong(item, "brand.fonts.%s: %q is no name of a font family", key.Value, name)
				} else if len(*list) < 8 {
					*list = append(*list, name)
				}
			}
		}
	}
}

func (r *reader) logo(key, n *yaml.Node) {
	path := cleaned(r.text(key, n, 500))
	if path == "" {
		return
	}
	if !fs.ValidPath(path) {
		r.wrong(n, "brand.logo: %q is no file of the site: write its path from the site's root, as assets/logo.svg", path)
		return
	}
	logo, err := readLogo(r.fsys, path)
	if errors.Is(err, fs.ErrNotExist) {
		err = errors.New("there is no such file in the site")
	}
	if err != nil {
		r.wrong(n, "brand.logo: %s: %v", path, err)
		return
	}
	r.brand.Logo = logo
}
