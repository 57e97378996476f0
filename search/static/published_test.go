package static

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapporteur/ingest/invent"
)

// A site's folder gets what its generator needs, where it publishes it, and nothing for others.
func TestGeneratorsGetWhatTheyNeed(t *testing.T) {
	site := invent.Site(8, 1)
	for settings, want := range map[string]struct{ data, public string }{
		"_config.yml":        {"_data/related.json", ""},
		"eleventy.config.js": {"_data/related.json", ""},
		"hugo.toml":          {"data/related.json", "static/"},
		"config.toml":        {"data/related.json", "static/"},
		"index.html":         {"", ""},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, settings), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if want.public != "" {
			if err := os.Mkdir(filepath.Join(dir, "content"), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		write(t, site, dir)
		known := want.data != ""
		for name := range files(t, dir) {
			bare, public := strings.CutPrefix(name, want.public)
			switch {
			case name == settings, name == manifestName:
			case strings.HasSuffix(name, "data/related.json"):
				if known && name != want.data {
					t.Errorf("%s: %s is of no use", settings, name)
				}
			case !public:
				t.Errorf("%s: %s is not published", settings, name)
			case known && strings.HasPrefix(bare, "related/") && !strings.HasSuffix(bare, ".json"):
				t.Errorf("%s: %s is of no use", settings, name)
			}
		}
		slug := slugOf(site.Records[0].Path)
		for _, name := range []string{want.public + "related/" + slug + ".json", want.public + "rapporteur/search.html", want.data} {
			if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
				t.Errorf("%s: %v", settings, err)
			}
		}
	}
}
