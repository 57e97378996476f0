package site

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"rapporteur/ingest/rst"
	"rapporteur/ingest/visible"
)

// Pelican, Nikola and Sphinx are set up by programs in Python, which are read as far as they are plain assignments.

var (
	pythonText  = regexp.MustCompile(`(?m)^([A-Za-z_][A-Za-z_0-9]*)\s*=\s*[ru]?(?:"([^"\n]*)"|'([^'\n]*)')`)
	pythonTruth = regexp.MustCompile(`(?m)^([A-Za-z_][A-Za-z_0-9]*)\s*=\s*(True|False)\b`)
	nikolaRoute = regexp.MustCompile(`\(\s*["']([^"'*]+)/\*[^"']*["']\s*,\s*["']([^"']*)["']`)
	pythonLists = regexp.MustCompile(`(?ms)^([A-Za-z_]+)\s*=\s*\[(.*?)\]`)
	pythonItem  = regexp.MustCompile(`(?m)^[^#\n]*`)
	quoted      = regexp.MustCompile(`["']([^"'\n]+)["']`)
	// pythonSuffixes are Sphinx's endings of pages, a text, a list or a table.
	pythonSuffixes = regexp.MustCompile(`(?ms)^source_suffix\s*=\s*(?:\[.*?\]|\{.*?\}|["'][^"'\n]*["'])`)
	pelicanPart    = regexp.MustCompile(`\{([a-z]+)(?::([^}]*))?\}`)
)

// python reads the settings of Pelican, Nikola and Sphinx, which are plain assignments in Python; it is not run.
func (c *config) python(fsys fs.FS) bool {
	for _, name := range []string{"pelicanconf.py", "conf.py", "docs/conf.py", "doc/conf.py", "docs/source/conf.py", "source/conf.py"} {
		src, _, err := loadUpTo(fsys, name, longestPage)
		if err != nil {
			continue
		}
		values := map[string]any{}
		assign := func(src []byte) {
			for _, m := range pythonText.FindAllSubmatch(src, -1) {
				values[string(m[1])] = string(m[2]) + string(m[3])
			}
			for _, m := range pythonTruth.FindAllSubmatch(src, -1) {
				values[string(m[1])] = string(m[2]) == "True"
			}
		}
		assign(src)
		c.file, c.values = name, values
		switch {
		case name == "pelicanconf.py":
			c.generator = pelican
			if live, _, err := loadUpTo(fsys, "publishconf.py", longestPage); err == nil {
				assign(live)
			}
			c.siteURL(c.text("SITEURL"), "")
			c.title, c.lang = c.text("SITENAME"), c.text("DEFAULT_LANG")
			if dir := c.text("PATH"); dir != "" {
				c.input = path.Clean(dir)
			}
		case c.text("BLOG_TITLE") != "" || c.text("SITE_URL") != "":
			c.generator = nikola
			c.siteURL(c.text("SITE_URL"), "")
			c.title, c.lang = c.text("BLOG_TITLE"), c.text("DEFAULT_LANG")
			c.routes = map[string]string{}
			for _, m := range nikolaRoute.FindAllSubmatch(src, -1) {
				c.routes[string(m[1])] = string(m[2])
			}
			if bytes.Contains(src, []byte("/*.txt")) {
				c.readsAsRST(".txt")
			}
			if pretty, ok := values["PRETTY_URLS"].(bool); ok && !pretty {
				c.suffix = ".html"
			}
		default:
			c.generator, c.suffix = sphinx, ".html"
			c.siteURL(c.text("html_baseurl"), "")
			c.title, c.lang = c.text("project"), c.text("language")
			c.input = path.Dir(name)
			if list := pythonSuffixes.Find(src); bytes.Contains(list, []byte(".txt")) {
				c.readsAsRST(".txt")
			}
			for _, setting := range []string{"exclude_patterns", "templates_path", "html_static_path"} {
				for _, folder := range pythonList(src, setting) {
					c.exclude = append(c.exclude, path.Join(c.input, folder))
				}
			}
			c.asTheyAre = pythonList(src, "html_extra_path")
		}
		if _, err := fs.Stat(fsys, c.input); err != nil {
			c.input = "."
		}
		return true
	}
	return false
}

// pythonList are the texts of a list that a name is given; comments are left out.
func pythonList(src []byte, name string) []string {
	var out []string
	for _, m := range pythonLists.FindAllSubmatch(src, -1) {
		if string(m[1]) != name {
			continue
		}
		for _, line := range pythonItem.FindAll(m[2], -1) {
			for _, q := range quoted.FindAllSubmatch(line, -1) {
				out = append(out, string(q[1]))
			}
		}
	}
	return out
}

// readsAsRST has files with one more ending read as reStructuredText.
func (c *config) readsAsRST(ending string) {
	c.formats = slices.Clone(c.formats)
	for i := range c.formats {
		if f := &c.formats[i]; f.Name == "reStructuredText" {
			f.Endings = append(slices.Clone(f.Endings), ending)
		}
	}
}

// nikolaHead is what a file of Nikola says of itself: in lines that begin with two dots, which Markdown has within a comment, or
// in a file of its own beside it (.meta).
func (c *config) nikolaHead(fsys fs.FS, name string, src []byte) (values []visible.Value, body []byte, line int) {
	trimmed := bytes.TrimLeft(src, " \t\r\n")
	comment, rest, ok := bytes.Cut(bytes.TrimPrefix(trimmed, []byte("<!--")), []byte("-->"))
	if ok && bytes.HasPrefix(trimmed, []byte("<!--")) && bytes.HasPrefix(bytes.TrimSpace(comment), []byte("..")) {
		first := bytes.Count(src[:len(src)-len(trimmed)], []byte("\n"))
		values, _, _ = rst.Reader{}.Head(comment)
		for i := range values {
			values[i].Line += first
		}
		return values, rest, 1 + bytes.Count(src[:len(src)-len(rest)], []byte("\n"))
	}
	beside, _, err := loadUpTo(fsys, strings.TrimSuffix(name, path.Ext(name))+".meta", longestPage)
	if err != nil {
		return nil, src, 1
	}
	values, _, _ = rst.Reader{}.Head(beside)
	for i := range values {
		values[i].Line = 1
	}
	return values, src, 1
}

// pelicanAddress is the address of an article or a page of Pelican.
func (c *config) pelicanAddress(s *source) string {
	page := strings.HasPrefix(s.rel, "pages/")
	template := c.text("ARTICLE_URL")
	if page {
		template = c.text("PAGE_URL")
	}
	if template == "" && page {
		template = "pages/{slug}.html"
	} else if template == "" {
		template = "{slug}.html"
	}
	title, _ := s.matter.title()
	slug := s.matter.folded("slug")
	if slug == "" {
		slug = slugify(ascii(title))
	}
	if slug == "" {
		slug = slugify(ascii(s.stem()))
	}
	category := s.matter.folded("category")
	if category == "" {
		category = strings.Trim(path.Base(path.Dir(s.rel)), ".")
	}
	incomplete := false
	p := pelicanPart.ReplaceAllStringFunc(template, func(part string) string {
		m := pelicanPart.FindStringSubmatch(part)
		switch m[1] {
		case "slug":
			return slug
		case "category":
			return slugify(ascii(category))
		case "lang":
			return c.lang
		case "date":
			if len(s.date) == 10 {
				return strings.NewReplacer("%Y", s.date[:4], "%m", s.date[5:7], "%d", s.date[8:]).Replace(m[2])
			}
		}
		incomplete = true
		return ""
	})
	if incomplete {
		return ""
	}
	return "/" + p
}

// nikolaAddress is the address of a post or a page of Nikola.
func (c *config) nikolaAddress(s *source) string {
	dir, route := c.routeOf(s.path)
	inner := strings.TrimPrefix(strings.TrimPrefix(s.path, dir), "/")
	slug := s.matter.folded("slug")
	if slug == "" {
		slug = slugify(ascii(s.stem()))
	}
	p := path.Join("/", route, path.Dir(inner), slug)
	if c.suffix != "" {
		return p + c.suffix
	}
	return p + "/"
}
