package static

import "path"

// published is where a folder has to be put so that the site's generator publishes it as it is: Hugo and Zola publish what is in static/,
// others what is in the site's own folder.
func (f *folder) published(name string) string {
	exists := func(name string) bool {
		_, err := f.root.Stat(name)
		return err == nil
	}
	if !exists("content") {
		return name
	}
	for _, base := range []string{"hugo", "config"} {
		for _, ending := range []string{".toml", ".yaml", ".yml", ".json"} {
			if exists(base + ending) {
				return path.Join("static", name)
			}
		}
	}
	if exists("config/_default") {
		return path.Join("static", name)
	}
	return name
}
