package static

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"rapporteur/ingest/pipeline"
)

// hugoSite is a Hugo site in files; its one template shows related pages as the README says. Sitting in it is all that
// the export needs: the pages' front matter and URLs are Hugo's own.
var hugoSite = map[string]string{
	"config.toml": "baseURL = 'https://quay.example/'\nlanguageCode = 'en'\ntitle = 'The Quay'\ndisableKinds = " +
		"['taxonomy', 'term', 'RSS', 'sitemap', '404']\n",
	"content/events/eel-count.md": "---\ntitle: Counting eels\ndate: 2024-05-01\n---\n**Rasa Volk** of the Weir Trust counted silver eels " +
		"at the old weir with forty volunteers.\n",
	"content/events/eel-supper.md": "+++\ntitle = \"Eel supper\"\ndate = 2024-05-20\n+++\nAfter the count of silver eels at the old weir, " +
		"**Rasa Volk** of the Weir Trust spoke.\n",
	"content/events/ledgers.md":    "---\ntitle: \"Ledgers & <i>locks</i>\"\ndate: 2021-01-01\n---\nDouble entry for lock keepers.\n",
	"layouts/_default/list.html":   "{{ range .Pages }}{{ .Title }}{{ end }}",
	"layouts/_default/single.html": "<!doctype html><title>{{ .Title }}</title>{{ .Content }}\n" + hugoSnippet,
}

// hugoSnippet is what the README tells a Hugo site to put into its template.
const hugoSnippet = `{{ with index site.Data.related .File.Path }}{{ .html | safeHTML }}{{ end }}`

func TestHugoSite(t *testing.T) {
	if readme, err := os.ReadFile("../../README.md"); err != nil || !strings.Contains(string(readme), "\n    "+hugoSnippet+"\n") {
		t.Errorf("the README does not tell Hugo sites %s (%v)", hugoSnippet, err)
	}
	if _, err := exec.LookPath("hugo"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("no hugo on this machine: apt-get install hugo")
		}
		t.Skip("no hugo on this machine")
	}
	dir := t.TempDir()
	for name, text := range hugoSite {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	site, err := pipeline.Run(context.Background(), os.DirFS(dir), pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	write(t, site, dir)
	if out, err := exec.Command("hugo", "--source", dir).CombinedOutput(); err != nil {
		t.Fatalf("hugo: %v\n%s", err, out)
	}
	built, err := os.ReadFile(filepath.Join(dir, "public/events/eel-count/index.html"))
	if err != nil {
		t.Fatal(err)
	}
	page := string(built)
	if !strings.Contains(page, "Related pages</h2>") || !strings.Contains(page, "both with Rasa Volk") {
		t.Errorf("the page shows nothing related:\n%s", page)
	}
	if strings.Contains(page, "<i>locks") {
		t.Error("a title became markup")
	}
	for _, name := range []string{"search.html", "search.js", "data/head.json", "data/facets/person.bin"} {
		if _, err := os.Stat(filepath.Join(dir, "public", "rapporteur", name)); err != nil {
			t.Errorf("the site is built without its search: %v", err)
		}
	}
	links := regexp.MustCompile(`href="([^"#]*)`).FindAllStringSubmatch(page, -1)
	if len(links) < 2 {
		t.Errorf("%d links:\n%s", len(links), page)
	}
	for _, l := range links {
		if _, err := os.Stat(filepath.Join(dir, "public", filepath.FromSlash(l[1]), "index.html")); err != nil || !strings.HasPrefix(l[1], "/") {
			t.Errorf("link %s leads nowhere on the built site: %v", l[1], err)
		}
	}
}

// TestOtherGenerators holds the data file to the keys by which the snippets for Jekyll and 11ty find a page: the path of
// its file from the site's root.
func TestOtherGenerators(t *testing.T) {
	dir := t.TempDir()
	site, err := pipeline.Run(context.Background(), os.DirFS("../../testdata/site"), pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	write(t, site, dir)
	data := files(t, dir)["_data/related.json"]
	for _, key := range []string{`"_events/2022-03-15-launch.md": {`, `"_posts/2022-04-02-why-gauges.md": {`, `"people.md": {`} {
		if !strings.Contains(data, key) {
			t.Errorf("_data/related.json has no %s", key)
		}
	}
	if !strings.Contains(data, `"url": "/events/2022-05-19-gauge-call-may"`) {
		t.Error("addresses on the site itself are not given from its root")
	}
}
