package static

import "path"

// generator is what makes pages of the folder that an export goes to, so far as it matters where files have to be.
type generator int

const (
	anyGenerator generator = iota // none that is known: everything is written, at the folder's root
	jekyll                        // data in _data/; what has no front matter is published as it is
	eleventy                      // data in _data/; publishes what its settings name
	hugo                          // and Zola: data in data/; publishes what is in static/
)

// generator tells by its settings what makes pages of the folder.
func (f *folder) generatedBy() generator {
	exists := func(bases []string, endings ...string) bool {
		for _, base := range bases {
			for _, ending := range endings {
				if _, err := f.root.Stat(base + ending); err == nil {
					return true
				}
			}
		}
		return false
	}
	switch {
	case exists([]string{"_config"}, ".yml", ".yaml", ".toml"):
		return jekyll
	case exists([]string{".eleventy", "eleventy.config"}, ".js", ".cjs", ".mjs", ".ts"):
		return eleventy
	case exists([]string{"content"}, "") &&
		(exists([]string{"hugo", "config"}, ".toml", ".yaml", ".yml", ".json") || exists([]string{"config/_default"}, "")):
		return hugo
	}
	return anyGenerator
}

// published is where a file has to be put so that the site's generator publishes it as it is.
func (f *folder) published(name string) string {
	if f.generator == hugo {
		return path.Join("static", name)
	}
	return name
}
