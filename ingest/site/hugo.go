package site

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"rapporteur/ingest"
)

// configFolder puts together what stands in the files of config/_default, and of config/production over it. A file's name
// is the key of what is in it, save that of the main one.
func (c *config) configFolder(fsys fs.FS, skips *[]ingest.Skip) bool {
	found := false
	for _, dir := range []string{"config/_default", "config/production"} {
		entries, err := fs.ReadDir(fsys, dir)
		if err != nil {
			continue
		}
		for _, e := range entries {
			ending := path.Ext(e.Name())
			if e.IsDir() || ending != ".toml" && ending != ".yaml" && ending != ".yml" && ending != ".json" {
				continue
			}
			name := path.Join(dir, e.Name())
			values, err := settings(fsys, name)
			if err != nil {
				line, cause := errorPlace(err)
				*skips = append(*skips, ingest.Skip{Path: name, Line: line, Part: true,
					Cause: "the site's configuration cannot be read (" + cause + "); addresses of pages may be wrong until it is mended"})
				continue
			}
			stem := strings.TrimSuffix(e.Name(), ending)
			section, language, isLanguage := strings.Cut(stem, ".") // menus.de.toml
			switch {
			case stem == "hugo" || stem == "config":
				merge(c.values, values)
			case isLanguage:
				merge(c.values, map[string]any{"languages": map[string]any{language: map[string]any{section: values}}})
			default:
				merge(c.values, map[string]any{stem: values})
			}
			if !found && c.file == "" {
				c.file = name
			}
			found = true
		}
	}
	return found
}

// merge lays values over others, table into table.
func merge(into, values map[string]any) {
	for k, v := range values {
		below, isTable := v.(map[string]any)
		if there, ok := into[k].(map[string]any); ok && isTable {
			merge(there, below)
			continue
		}
		into[k] = v
	}
}

func (c *config) hugo(fsys fs.FS) {
	c.insensitive("baseURL", "languageCode", "defaultContentLanguage", "defaultContentLanguageInSubdir", "contentDir", "permalinks",
		"uglyURLs", "languages", "title", "buildFuture", "buildExpired", "dataDir")
	url, base := splitURL(c.text("baseURL"))
	c.address(url, base)
	c.title, c.lang = c.text("title"), c.text("languageCode", "defaultContentLanguage")
	c.input = "content"
	if dir := c.text("contentDir"); dir != "" {
		c.input = path.Clean(dir)
	}
	c.dataDir = c.text("dataDir")
	c.exclude = nil
	c.folders = map[string]string{}
	common := ""
	for code, v := range c.table("languages") {
		c.languages = append(c.languages, code)
		settings, _ := v.(map[string]any)
		own := config{values: settings}
		own.insensitive("contentDir", "title", "baseURL")
		if dir := own.text("contentDir"); dir != "" {
			c.folders[path.Clean(dir)] = code
			if parent := path.Dir(path.Clean(dir)); common == "" || common == parent {
				common = parent
			} else {
				common = "."
			}
		}
		if code == c.defaultLanguage() {
			if t := own.text("title"); t != "" && c.title == "" {
				c.title = t
			}
			if u := own.text("baseURL"); u != "" && c.url == "" {
				url, base := splitURL(u)
				c.address(url, base)
			}
		}
	}
	slices.Sort(c.languages)
	if common != "" && c.text("contentDir") == "" {
		c.input = common
	}
	if _, err := fs.Stat(fsys, c.input); err != nil {
		c.input = "."
	}
}

// defaultLanguage is the language whose pages have no folder of its own in their addresses.
func (c *config) defaultLanguage() string {
	if l := c.text("defaultContentLanguage"); l != "" {
		return l
	}
	return "en"
}
