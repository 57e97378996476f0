package site

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"rapporteur/ingest/data"
)

// Generators whose settings are programs are read as far as literal values tell.

// scripts are the configurations of generators that are JavaScript modules: they are read, never run.
var scripts = []struct {
	generator generator
	stem      string
}{
	{docusaurus, "docusaurus.config"}, {gatsby, "gatsby-config"}, {gridsome, "gridsome.config"}, {astro, "astro.config"},
}

// script reads the first configuration of scripts that there is.
func (c *config) script(fsys fs.FS) bool {
	for _, s := range scripts {
		for _, ending := range []string{".js", ".ts", ".mjs", ".cjs", ".mts"} {
			n := c.required(fsys, s.stem+ending)
			if n == nil {
				continue
			}
			c.file, c.generator = s.stem+ending, s.generator
			c.values, _ = n.Value().(map[string]any)
			switch s.generator {
			case docusaurus:
				c.docusaurus(fsys, n)
			case gatsby:
				meta := n.Get("siteMetadata")
				c.siteURL(first(meta.Get("siteUrl"), meta.Get("url"), meta.Get("siteURL"), meta.Get("site_url")), n.Get("pathPrefix").String())
				c.title, c.lang = first(meta.Get("title"), meta.Get("name"), meta.Get("siteTitle")),
					first(meta.Get("lang"), meta.Get("language"), meta.Get("locale"))
			case gridsome:
				c.siteURL(n.Get("siteUrl").String(), n.Get("pathPrefix").String())
				c.title = n.Get("siteName").String()
			case astro:
				c.siteURL(n.Get("site").String(), n.Get("base").String())
				c.slashless = n.Get("trailingSlash").String() == "never"
				c.lang = n.Get("i18n").Get("defaultLocale").String()
			}
			c.contentFolder(fsys)
			return true
		}
	}
	return false
}

// first is the text of the first node that has some.
func first(nodes ...*data.Node) string {
	for _, n := range nodes {
		if s := strings.TrimSpace(n.String()); s != "" {
			return s
		}
	}
	return ""
}

func (c *config) siteURL(address, base string) {
	url, inner := splitURL(address)
	if base = strings.Trim(base, "/"); base == "" {
		base = inner
	}
	c.address(url, base)
}

// docusaurus reads the folders of a Docusaurus site and the addresses they come under.
func (c *config) docusaurus(fsys fs.FS, n *data.Node) {
	c.siteURL(n.Get("url").String(), n.Get("baseUrl").String())
	c.title, c.lang = n.Get("title").String(), n.Get("i18n").Get("defaultLocale").String()
	slash := n.Get("trailingSlash")
	c.slashless = slash == nil || slash.Text != "true"
	c.routes = map[string]string{"blog": "blog", "docs": "docs", "src/pages": ""}
	folder := func(options *data.Node, usual string) {
		dir, route := first(options.Get("path")), options.Get("routeBasePath")
		if dir == "" {
			dir = usual
		}
		if route != nil {
			c.routes[path.Clean(dir)] = strings.Trim(route.String(), "/")
		} else if dir != usual {
			c.routes[path.Clean(dir)] = usual
		}
		if dir != usual {
			if _, err := fs.Stat(fsys, usual); err != nil {
				delete(c.routes, usual)
			}
		}
	}
	for _, list := range []string{"presets", "plugins"} {
		presets := n.Get(list)
		if presets == nil {
			continue
		}
		for _, p := range presets.Items {
			if p.Kind != data.List || len(p.Items) < 2 {
				continue
			}
			options, name := p.Items[1], p.Items[0].String()
			switch {
			case strings.Contains(name, "plugin-content-blog"):
				c.blogs = append(c.blogs, path.Clean(first(options.Get("path"), &data.Node{Kind: data.Text, Text: "blog"})))
				folder(options, "blog")
			case strings.Contains(name, "plugin-content-docs"):
				folder(options, "docs")
			case list == "presets":
				folder(options.Get("docs"), "docs")
				folder(options.Get("blog"), "blog")
				if dir := options.Get("blog").Get("path").String(); dir != "" {
					c.blogs = append(c.blogs, path.Clean(dir))
				}
			}
		}
	}
	c.blogs = append(c.blogs, "blog")
}

var (
	numberPrefix = regexp.MustCompile(`^\d+[-_.]+\s*`)
	blogDate     = regexp.MustCompile(`^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[-/]?(.*)$`)
)

// docusaurusAddress is the address of a page, by the folder of the site that it lies in.
func (c *config) docusaurusAddress(s *source) string {
	dir, route := c.routeOf(s.path)
	inner := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(s.path, dir), "/"), s.ext())
	slug, _ := s.matter.text("slug")
	if slices.Contains(c.blogs, dir) {
		if slug != "" {
			return c.slashed(path.Join("/", route, slug))
		}
		inner = strings.TrimSuffix(strings.TrimSuffix(inner, "/index"), "index")
		if m := blogDate.FindStringSubmatch(inner); m != nil {
			return c.slashed(path.Join("/", route, m[1], m[2], m[3], m[4]))
		}
		if s.date != "" {
			return c.slashed(path.Join("/", route, strings.ReplaceAll(s.date, "-", "/"), inner))
		}
		return c.slashed(path.Join("/", route, inner))
	}
	parts := strings.Split(inner, "/")
	if route != "" || dir != "src/pages" {
		for i := range parts {
			parts[i] = numberPrefix.ReplaceAllString(parts[i], "")
		}
	}
	last := parts[len(parts)-1]
	if id, _ := s.matter.text("id"); id != "" {
		parts[len(parts)-1] = id
	}
	if last == "index" || strings.EqualFold(last, "readme") || len(parts) > 1 && last == parts[len(parts)-2] {
		parts = parts[:len(parts)-1]
	}
	switch {
	case strings.HasPrefix(slug, "/"):
		return c.slashed(path.Join("/", route, slug))
	case slug != "" && len(parts) > 0:
		parts[len(parts)-1] = slug
	}
	return c.slashed(path.Join("/", route, strings.Join(parts, "/")))
}

// routeOf is the longest folder of c.routes that a file lies in, and the address that it comes under.
func (c *config) routeOf(name string) (dir, route string) {
	for d, r := range c.routes {
		if (strings.HasPrefix(name, d+"/")) && len(d) > len(dir) {
			dir, route = d, r
		}
	}
	return dir, route
}

// slashed ends an address as the site ends its addresses.
func (c *config) slashed(p string) string {
	if p == "/" {
		return p
	}
	if c.slashless {
		return strings.TrimSuffix(p, "/")
	}
	return strings.TrimSuffix(p, "/") + "/"
}

// contentFolder finds the folder that pages lie in where no setting says so.
func (c *config) contentFolder(fsys fs.FS) {
	for _, dir := range []string{"content", "src/content", "src/pages", "src"} {
		if c.input == "." && c.generator != docusaurus && c.holdsAll(fsys, dir) {
			c.input = dir
		}
	}
}

// yamlSite reads the settings of MkDocs and Quarto.
func (c *config) yamlSite(fsys fs.FS) bool {
	for _, name := range []string{"mkdocs.yml", "mkdocs.yaml", "_quarto.yml", "_quarto.yaml"} {
		src, _, err := loadUpTo(fsys, name, longestData)
		if err != nil {
			continue
		}
		n, _ := data.Read("a.yml", mkdocsTag.ReplaceAll(src, []byte("$1 ")), nil)
		if n == nil {
			continue
		}
		c.file = name
		c.values, _ = n.Value().(map[string]any)
		if strings.HasPrefix(name, "mkdocs") {
			c.generator, c.input = mkdocs, "docs"
			c.siteURL(n.Get("site_url").String(), "")
			c.title, c.lang = n.Get("site_name").String(), first(n.Get("theme").Get("language"), n.Get("theme").Get("locale"))
			if dir := n.Get("docs_dir").String(); dir != "" {
				c.input = path.Clean(dir)
			}
			for line := range strings.SplitSeq(n.Get("exclude_docs").String(), "\n") {
				if line = strings.TrimSpace(line); line != "" && line[0] != '#' && line[0] != '!' {
					c.exclude = append(c.exclude, path.Join(c.input, line))
				}
			}
			if flat := n.Get("use_directory_urls"); flat != nil && flat.Text == "false" {
				c.suffix = ".html"
			}
		} else {
			c.generator, c.suffix = quarto, ".html"
			site := n.Get("website")
			if site == nil {
				site = n.Get("book")
			}
			c.siteURL(site.Get("site-url").String(), site.Get("site-path").String())
			c.title, c.lang = site.Get("title").String(), n.Get("lang").String()
		}
		if _, err := fs.Stat(fsys, c.input); err != nil {
			c.input = "."
		}
		return true
	}
	return false
}

// mkdocsTag is a tag that only MkDocs knows: !!python/name:module.function, !ENV [X, "value"].
var mkdocsTag = regexp.MustCompile(`(:)\s*!(?:!python\S+|ENV)`)

// svelteKit finds the pages of a SvelteKit site, which lie in its folder of routes. Its settings say nothing of its address.
func (c *config) svelteKit(fsys fs.FS) bool {
	for _, name := range []string{"svelte.config.js", "svelte.config.ts", "svelte.config.mjs"} {
		if _, err := fs.Stat(fsys, name); err != nil {
			continue
		}
		if info, err := fs.Stat(fsys, "src/routes"); err != nil || !info.IsDir() {
			return false
		}
		c.file, c.generator, c.input, c.slashless = name, sveltekit, "src/routes", true
		return true
	}
	return false
}

// svelteGroup is a folder of routes that is no part of an address: "(public)".
var svelteGroup = regexp.MustCompile(`(?:^|/)\([^)/]*\)`)

// suffixed is the address of a page where each file becomes one: a folder, or a file with the suffix.
func (c *config) suffixed(s *source) string {
	dir, stem := path.Dir(s.rel), s.stem()
	for _, folder := range c.asTheyAre {
		if inner, ok := strings.CutPrefix(s.rel, path.Clean(folder)+"/"); ok {
			return "/" + inner
		}
	}
	if stem == "index" || stem == "README" && c.generator == mkdocs {
		if c.suffix == ".html" && c.generator == sphinx {
			return path.Join("/", dir, "index.html")
		}
		return strings.TrimSuffix(path.Join("/", dir), "/") + "/"
	}
	if c.suffix != "" {
		return path.Join("/", dir, stem) + c.suffix
	}
	return path.Join("/", dir, stem) + "/"
}
