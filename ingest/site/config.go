package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"rapporteur/ingest"
	"rapporteur/ingest/curation"
	"rapporteur/ingest/data"

	"go.yaml.in/yaml/v3"
)

// generator is the program that a folder is laid out for.
type generator string

const (
	jekyll     generator = "jekyll"
	hugo       generator = "hugo"
	zola       generator = "zola"
	eleventy   generator = "11ty"
	docusaurus generator = "docusaurus"
	gatsby     generator = "gatsby"
	gridsome   generator = "gridsome"
	astro      generator = "astro"
	mkdocs     generator = "mkdocs"
	quarto     generator = "quarto"
	pelican    generator = "pelican"
	nikola     generator = "nikola"
	sphinx     generator = "sphinx"
	sveltekit  generator = "sveltekit"
	plainSet   generator = "" // a folder of pages, for no generator or an unknown one
)

// config is what the site's generator is told.
type config struct {
	formats    []Format
	generator  generator
	file       string         // of the configuration; empty if there is none
	values     map[string]any // its settings
	url        string         // of the live site, with the path it lies under, without a slash at the end; "" if not known
	base       string         // path that the site lies under, such as "/blog"; part of url
	title      string
	lang       string
	input      string            // folder that the pages lie in, relative to the site; "." is the site
	exclude    []string          // globs
	languages  []string          // of Hugo: codes that file names may carry
	folders    map[string]string // of Hugo: languages by the folders that hold their pages
	routes     map[string]string // of Docusaurus and Nikola: addresses by folder
	blogs      []string          // of Docusaurus: folders of posts
	suffix     string            // of a page's address, such as ".html"; "" where each page is a folder
	slashless  bool              // addresses have no slash at the end
	plainPages bool              // of Jekyll: pages need no front matter
	zone       *time.Location    // the site's; nil if it sets none
	dataDir    string            // that the generator's settings name
	today      string            // YYYY-MM-DD: what is to be published later is withheld
	publishing bool              // some posts are published: those of days to come are withheld
	decisions  *curation.File
	names      namer
	eraser     *curation.Eraser
	loading    int      // modules that require each other
	asTheyAre  []string // of Sphinx: folders whose files are published as they are, at the site's root
	labels     map[string]map[string]any
	defaults   []scope
	inherited  map[string]map[string]any // of 11ty: data files of folders
}

// scope gives the pages of a path and collection values that they need not repeat (Jekyll's defaults).
type scope struct {
	path, kind string
	values     map[string]any
}

var dataDirSetting = regexp.MustCompile(`\bdata\s*:\s*["'](?:\./)?([\w./-]+)["']`)

var inputDir = regexp.MustCompile(`\binput\s*:\s*["'](?:\./)?([\w./-]+)["']`)

// configure finds out how a folder is laid out. A configuration that cannot be read is a skip, and counts as not there.
func configure(fsys fs.FS, all []Format) (config, []ingest.Skip) {
	c := config{formats: all, today: time.Now().UTC().Format(time.DateOnly), input: ".", values: map[string]any{}}
	var skips []ingest.Skip
	try := func(g generator, names ...string) bool {
		for _, name := range names {
			values, err := settings(fsys, name)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				line, cause := errorPlace(err)
				skips = append(skips, ingest.Skip{Path: name, Line: line, Cause: "the site's configuration cannot be read (" + cause +
					"); addresses of pages may be wrong until it is mended", Part: true})
			} else {
				c.values = values
			}
			c.file, c.generator = name, g
			return true
		}
		return false
	}
	hugoFiles := []string{"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"}
	switch {
	case try(jekyll, "_config.yml", "_config.yaml", "_config.toml"):
		c.jekyll()
	case try(hugo, hugoFiles...):
		c.configFolder(fsys, &skips)
		c.hugo(fsys)
	case c.configFolder(fsys, &skips):
		c.generator = hugo
		c.hugo(fsys)
	case try(hugo, "config.toml", "config.yaml", "config.yml", "config.json"):
		if _, ok := c.values["base_url"]; ok {
			c.generator = zola
			c.zola()
		} else {
			c.hugo(fsys)
		}
	case c.script(fsys), c.yamlSite(fsys), c.python(fsys), c.svelteKit(fsys):
	default:
		c.eleventy(fsys)
	}
	return c, skips
}

// settings decodes a file of settings by its extension.
func settings(fsys fs.FS, name string) (map[string]any, error) {
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	values := map[string]any{}
	switch path.Ext(name) {
	case ".toml":
		values, _, err = data.DecodeTOML(b)
	case ".json":
		err = json.Unmarshal(b, &values)
	default:
		var m matter
		if err = yaml.Unmarshal(b, new(yaml.Node)); err == nil {
			err = decodeYAML(&m, b, 1)
			values = m.values
		}
	}
	if err != nil {
		return nil, err
	}
	return plain(values).(map[string]any), nil
}

func (c *config) text(keys ...string) string {
	for _, k := range keys {
		if s, ok := c.values[k].(string); ok && strings.TrimSpace(s) != "" {
			return strings.TrimSpace(s)
		}
	}
	return ""
}

func (c *config) table(key string) map[string]any {
	t, _ := c.values[key].(map[string]any)
	return t
}

// address takes the site's URL apart.
func (c *config) address(url, base string) {
	url, base = strings.TrimRight(url, "/"), strings.Trim(base, "/")
	if base != "" {
		base = "/" + base
	}
	if !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://") {
		url = ""
	}
	c.base = base
	if url != "" {
		c.url = url + base
	}
}

func (c *config) jekyll() {
	c.address(c.text("url"), c.text("baseurl"))
	c.title, c.lang = c.text("title", "name"), c.text("lang", "locale")
	c.exclude = append(texts(c.values["exclude"]), "vendor", "node_modules", "Gemfile", "gemfiles", ".sass-cache", ".jekyll-cache")
	c.labels = map[string]map[string]any{"posts": {}}
	switch v := c.values["collections"].(type) {
	case map[string]any:
		for label, settings := range v {
			s, _ := settings.(map[string]any)
			c.labels[label] = s
		}
	case []any:
		for _, label := range texts(v) {
			c.labels[label] = nil
		}
	}
	list, _ := c.values["defaults"].([]any)
	for _, item := range list {
		d, _ := item.(map[string]any)
		where, _ := d["scope"].(map[string]any)
		values, _ := d["values"].(map[string]any)
		p, _ := where["path"].(string)
		kind, _ := where["type"].(string)
		c.defaults = append(c.defaults, scope{strings.Trim(p, "/"), kind, values})
	}
	if s := strings.Trim(c.text("source"), "./"); s != "" {
		c.input = s
	}
	if dir := strings.Trim(c.text("data_dir"), "./"); dir != "" {
		c.dataDir = path.Join(c.input, dir)
	}
	c.plainPages = c.givesPlainPages()
	if zone := c.text("timezone"); zone != "" {
		if at, err := time.LoadLocation(zone); err == nil {
			c.zone = at
		}
	}
}

// givesPlainPages reports whether Markdown without front matter becomes a page: GitHub Pages, which builds sites with these
// settings, has a plugin for it.
func (c *config) givesPlainPages() bool {
	if optional, ok := c.values["optional_front_matter"].(map[string]any); ok {
		return optional["enabled"] != false
	}
	if c.text("remote_theme") != "" || c.values["titles_from_headings"] != nil || c.text("github", "repository") != "" &&
		c.text("theme") != "" {
		return true
	}
	for _, list := range []string{"plugins", "gems", "whitelist"} {
		for _, plugin := range texts(c.values[list]) {
			if plugin == "jekyll-optional-front-matter" || plugin == "github-pages" || plugin == "jekyll-titles-from-headings" {
				return true
			}
		}
	}
	return false
}

func (c *config) zola() {
	url, base := splitURL(c.text("base_url"))
	c.address(url, base)
	c.title, c.lang = c.text("title"), c.text("default_language")
	c.input = "content"
}

// insensitive renames settings to the form that Hugo documents; it takes them in any case.
func (c *config) insensitive(names ...string) {
	for _, name := range names {
		for k, v := range c.values {
			if k != name && strings.EqualFold(k, name) {
				c.values[name] = v
			}
		}
	}
}

// eleventy reads what an 11ty site says of itself, as far as that stands in data and not in a program. Sites of unknown
// generators are read in the same way, which is the plainest one.
func (c *config) eleventy(fsys fs.FS) {
	dataDir := "_data"
	for _, name := range []string{".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", ".eleventy.cjs",
		"eleventy.config.ts"} {
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			continue
		}
		c.generator, c.file = eleventy, name
		if m := inputDir.FindSubmatch(b); m != nil {
			c.input = path.Clean(string(m[1]))
		}
		if m := dataDirSetting.FindSubmatch(b); m != nil {
			dataDir = string(m[1])
		}
		break
	}
	if c.generator == eleventy {
		c.dataDir = path.Join(c.input, dataDir)
		c.ignored(fsys, ".eleventyignore")
	}
	dirs := []string{c.dataDir, "_data", "src/_data", path.Join(c.input, "_data"), "data", "src/data"}
	for _, dir := range dirs {
		for _, stem := range []string{"site", "metadata", "meta", "config", "siteconfig", "siteConfig", "globals"} {
			if c.url != "" || dir == "" {
				break
			}
			for _, ending := range []string{".json", ".yaml", ".yml", ".js", ".mjs", ".cjs", ".ts", ".toml"} {
				n := c.required(fsys, path.Join(dir, stem+ending))
				if n == nil || n.Kind != data.Table {
					continue
				}
				c.values, _ = n.Value().(map[string]any)
				c.siteURL(c.text("url", "baseUrl", "base_url", "baseURL", "host", "siteUrl", "site_url", "domain"), "")
				c.title, c.lang = c.text("title", "name", "siteName", "site_name"), c.text("lang", "language", "locale")
				break
			}
		}
	}
	c.contentFolder(fsys)
	c.inherited = map[string]map[string]any{}
}

// ignored leaves out what a file of the generator's names, in the manner of .gitignore.
func (c *config) ignored(fsys fs.FS, name string) {
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return
	}
	for line := range strings.SplitSeq(string(b), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		back := strings.HasPrefix(line, "!")
		glob := strings.TrimPrefix(strings.TrimPrefix(line, "!"), "./")
		if trimmed := strings.Trim(glob, "/"); !strings.HasPrefix(glob, "/") && !strings.Contains(trimmed, "/") {
			glob = "**/" + trimmed // of any folder
		} else {
			glob = trimmed
		}
		if back {
			c.exclude = slices.DeleteFunc(c.exclude, func(g string) bool { return g == glob })
			continue
		}
		c.exclude = append(c.exclude, glob)
	}
}

// holdsAll says whether a folder has pages, and no page lies outside of it.
func (c *config) holdsAll(fsys fs.FS, dir string) bool {
	inside, outside := false, false
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == ".":
			return err
		case err != nil, name == ".":
		case d.IsDir():
			if c.leavesOut(name) {
				return fs.SkipDir
			}
		case !c.candidate(name) || formatOf(c.formats, name).NeedsHead:
		case strings.HasPrefix(name, dir+"/"):
			inside = true
		default:
			outside = true
			return fs.SkipAll
		}
		return nil
	})
	return err == nil && inside && !outside
}

func splitURL(s string) (url, base string) {
	s = strings.TrimRight(s, "/")
	if i := strings.Index(s, "://"); i >= 0 {
		if j := strings.IndexByte(s[i+3:], '/'); j >= 0 {
			return s[:i+3+j], s[i+3+j:]
		}
	}
	return s, ""
}

// texts returns the strings of a list, or of a single value.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		if v != "" {
			return []string{v}
		}
	case []any:
		var out []string
		for _, x := range v {
			if s, ok := x.(string); ok && s != "" {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// override puts what rapporteur.yaml says in place of what the generator's configuration says.
func (c *config) override(f *curation.File) {
	c.decisions = f
	if f == nil {
		return
	}
	if f.URL != "" {
		url, base := splitURL(f.URL)
		c.address(url, base)
	}
	if f.Title != "" {
		c.title = f.Title
	}
	for _, e := range slices.Concat(f.Exclude, f.Skip) {
		c.exclude = append(c.exclude, e.Value)
	}
}

// curated reads the site's rapporteur.yaml. One that cannot be read stops the run: decisions such as erase must not be lost unseen.
func curated(fsys fs.FS) (*curation.File, error) {
	b, err := fs.ReadFile(fsys, curation.FileName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", curation.FileName, err)
	}
	return curation.Parse(curation.FileName, b)
}

// excludedByDecision says whether rapporteur.yaml leaves a file out. What the generator excludes may be data for it.
func (c *config) excludedByDecision(name string) bool {
	if c.decisions == nil {
		return false
	}
	for _, e := range slices.Concat(c.decisions.Exclude, c.decisions.Skip) {
		if ok, _ := curation.Match(e.Value, name); ok {
			return true
		}
	}
	return false
}

// dataIn says whether a folder, or one that it lies in, holds data files, and no pages.
func (c *config) dataIn(dir string) bool {
	for ; dir != "."; dir = path.Dir(dir) {
		base := path.Base(dir)
		if strings.HasPrefix(base, ".") || base == "node_modules" || c.excludedByDecision(dir) {
			return false
		}
		if base == "_data" || c.dataDir != "" && dir == path.Clean(c.dataDir) || dir == "data" && c.input != "." {
			return true
		}
	}
	return false
}

// fieldSetting is what rapporteur.yaml says that a key of front matter holds; "" if nothing.
func (c *config) fieldSetting(p []string) string {
	if c.decisions == nil {
		return ""
	}
	bare := strings.Join(slices.DeleteFunc(slices.Clone(p), isNumber), ".")
	for _, f := range c.decisions.Fields {
		for _, key := range f.Values[1:] {
			if strings.EqualFold(p[0], key) || strings.EqualFold(strings.Join(p, "."), key) || strings.EqualFold(bare, key) {
				return f.Values[0]
			}
		}
	}
	return ""
}
