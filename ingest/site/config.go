package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/curation"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v3"
)

// generator is the program that a folder is laid out for.
type generator string

const (
	jekyll   generator = "jekyll"
	hugo     generator = "hugo"
	zola     generator = "zola"
	eleventy generator = "11ty"
	plainSet generator = "" // a folder of pages, for no generator or an unknown one
)

// config is what the site's generator is told.
type config struct {
	formats   []Format
	generator generator
	file      string         // of the configuration; empty if there is none
	values    map[string]any // its settings
	url       string         // of the live site, with the path it lies under, without a slash at the end; "" if not known
	base      string         // path that the site lies under, such as "/blog"; part of url
	title     string
	lang      string
	input     string   // folder that the pages lie in, relative to the site; "." is the site
	exclude   []string // globs
	languages []string // of Hugo: codes that file names may carry
	labels    map[string]map[string]any
	defaults  []scope
	inherited map[string]map[string]any // of 11ty: data files of folders
}

// scope gives the pages of a path and collection values that they need not repeat (Jekyll's defaults).
type scope struct {
	path, kind string
	values     map[string]any
}

var inputDir = regexp.MustCompile(`\binput\s*:\s*["'](?:\./)?([\w./-]+)["']`)

// configure finds out how a folder is laid out. A configuration that cannot be read is a skip, and counts as not there.
func configure(fsys fs.FS, all []Format) (config, []ingest.Skip) {
	c := config{formats: all, input: ".", values: map[string]any{}}
	var skips []ingest.Skip
	try := func(g generator, names ...string) bool {
		for _, name := range names {
			values, err := settings(fsys, name)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				line, cause := errorPlace(err)
				skips = append(skips, ingest.Skip{Path: name, Line: line, Cause: "the site's configuration cannot be read (" + cause + "); addresses of pages may be wrong until it is mended", Part: true})
			} else {
				c.values = values
			}
			c.file, c.generator = name, g
			return true
		}
		return false
	}
	switch {
	case try(jekyll, "_config.yml", "_config.yaml", "_config.toml"):
		c.jekyll()
	case try(hugo, "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config/_default/hugo.toml", "config/_default/hugo.yaml", "config/_default/config.toml", "config/_default/config.yaml"):
		c.hugo(fsys)
	case try(hugo, "config.toml", "config.yaml", "config.yml", "config.json"):
		if _, ok := c.values["base_url"]; ok {
			c.generator = zola
			c.zola()
		} else {
			c.hugo(fsys)
		}
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
		_, err = toml.Decode(string(b), &values)
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
}

func (c *config) hugo(fsys fs.FS) {
	c.insensitive("baseURL", "languageCode", "defaultContentLanguage", "contentDir", "permalinks", "uglyURLs", "languages", "title")
	url, base := splitURL(c.text("baseURL"))
	c.address(url, base)
	c.title, c.lang = c.text("title"), c.text("languageCode", "defaultContentLanguage")
	c.input = "content"
	if dir := c.text("contentDir"); dir != "" {
		c.input = path.Clean(dir)
	}
	c.exclude = nil
	for code := range c.table("languages") {
		c.languages = append(c.languages, code)
	}
	if _, err := fs.Stat(fsys, c.input); err != nil {
		c.input = "."
	}
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
	for _, name := range []string{".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", ".eleventy.cjs"} {
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			continue
		}
		c.generator, c.file = eleventy, name
		if m := inputDir.FindSubmatch(b); m != nil {
			c.input = path.Clean(string(m[1]))
		}
		break
	}
	for _, name := range []string{"_data/site.json", "_data/site.yaml", "_data/site.yml", "_data/metadata.json", "src/_data/site.json", "src/_data/metadata.json"} {
		if values, err := settings(fsys, name); err == nil {
			c.values = values
			c.address(c.text("url", "baseUrl", "base_url", "host"), "")
			c.title, c.lang = c.text("title", "name"), c.text("lang", "language", "locale")
			break
		}
	}
	for _, dir := range []string{"content", "src/content", "src/pages", "src"} {
		if c.input == "." && c.holdsAll(fsys, dir) {
			c.input = dir
		}
	}
	c.inherited = map[string]map[string]any{}
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
	for _, e := range f.Exclude {
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
