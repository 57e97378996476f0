package static

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/feed"
	"rapporteur/search/searchtest"

	"rapporteur/ingest"
	"rapporteur/ingest/invent"
)

func write(t *testing.T, site *ingest.Site, dir string) Report {
	t.Helper()
	r, err := Write(context.Background(), searchtest.Generation(t, site), dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// files returns the names and contents of a folder.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(name)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWrite(t *testing.T) {
	site, dir := invent.Site(30, 1), t.TempDir()
	r := write(t, site, dir)
	got := files(t, dir)
	if r.Files != len(got) || r.Written != len(got) || r.Removed != 0 {
		t.Errorf("report %+v of %d files", r, len(got))
	}
	var m manifest
	if err := json.Unmarshal([]byte(got[manifestName]), &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Files) != len(got)-1 {
		t.Errorf("the manifest lists %d of %d files", len(m.Files), len(got)-1)
	}
	for _, rec := range site.Records {
		own := m.Pages[rec.Path]
		if len(own) != 2 {
			t.Fatalf("%s has the files %v", rec.Path, own)
		}
		var feed feed.Feed
		if err := json.Unmarshal([]byte(got[own[0]]), &feed); err != nil {
			t.Fatal(err)
		}
		if feed.For.For != rec.Path || len(feed.Items) != related {
			t.Errorf("%s holds %d pages for %s", own[0], len(feed.Items), feed.For.For)
		}
		if html := got[own[1]]; strings.Count(html, "<time") != related || strings.Contains(html, "<script") || strings.Contains(html, "style=") {
			t.Errorf("%s:\n%s", own[1], html)
		}
	}
	var jekyll, hugo map[string]entry
	if err := json.Unmarshal([]byte(got["_data/related.json"]), &jekyll); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(got["data/related.json"]), &hugo); err != nil {
		t.Fatal(err)
	}
	if len(jekyll) != len(site.Records) || len(hugo) != len(site.Records) {
		t.Errorf("data for %d and %d pages", len(jekyll), len(hugo))
	}
	for _, e := range site.Entities {
		room := map[kinds.Kind]string{kinds.Person: "people", kinds.Organisation: "organisations", kinds.Topic: "topics",
			kinds.Country: "countries"}[e.Kind]
		name := room + "/" + answer.Slug(e.IRI)
		var n node
		if err := json.Unmarshal([]byte(got[name+".jsonld"]), &n); err != nil || n["@id"] != string(e.IRI) || n["name"] != e.Name {
			t.Fatalf("%s.jsonld: %v, %v", name, err, n)
		}
		if e.Kind == kinds.Country {
			continue
		}
		var feed struct {
			ID      string   `xml:"id"`
			Entries []string `xml:"entry>id"`
		}
		if err := xml.Unmarshal([]byte(got[name+".atom"]), &feed); err != nil || feed.ID != string(e.IRI) {
			t.Errorf("%s.atom: %v, %+v", name, err, feed)
		}
	}
}

func TestOnlyChangesAreWritten(t *testing.T) {
	site, dir := invent.Site(30, 1), t.TempDir()
	own := filepath.Join(dir, "related", "mine.html")
	write(t, site, dir)
	if err := os.WriteFile(own, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	before := files(t, dir)
	if r := write(t, site, dir); r.Written != 0 || r.Removed != 0 {
		t.Errorf("nothing changed, and %+v", r)
	}
	smaller := *site
	gone := site.Records[len(site.Records)-1]
	smaller.Records = site.Records[:len(site.Records)-1]
	r := write(t, &smaller, dir)
	after := files(t, dir)
	name := "related/" + slugOf(gone.Path)
	if after[name+".json"] != "" || after[name+".html"] != "" || r.Removed < 2 {
		t.Errorf("the files of a page that is gone are there: %+v", r)
	}
	if after["related/mine.html"] != "mine" {
		t.Error("a file that is not ours was touched")
	}
	changed := 0
	for name, text := range after {
		if before[name] != text {
			changed++
		}
	}
	if changed != r.Written {
		t.Errorf("%d files changed, %d were written", changed, r.Written)
	}
}

func TestHostileNames(t *testing.T) {
	site := invent.Site(12, 2)
	for i, path := range []string{"_events/a.md", "_posts/A.md", "../../etc/x.md", "_events/..md", "e/ü b?#%&.md",
		"e/" + strings.Repeat("long-", 60) + ".md", "x/index.md", "y/<script>.md", "z/\x00.md", "z/.md"} {
		site.Records[i].Path = path
		site.Records[i].Title = `"><script>alert(1)</script>{{ 6 | times: 7 }}{% include x %}`
		site.Records[i].URL = "javascript:alert(1)"
	}
	outer := t.TempDir()
	dir := filepath.Join(outer, "in", "deep")
	write(t, site, dir)
	all := files(t, outer)
	for name, text := range all {
		if !strings.HasPrefix(name, "in/deep/") {
			t.Errorf("%s is outside of the export", name)
		}
		page := strings.HasSuffix(name, "/rapporteur/search.html") // it has a script of ours
		if strings.HasSuffix(name, ".html") && (strings.Contains(text, "<script") && !page || strings.Contains(text, `href="javascript`) ||
			strings.Contains(text, "{")) {
			t.Errorf("%s holds script or template orders:\n%s", name, text)
		}
	}
	var m manifest
	if err := json.Unmarshal([]byte(all["in/deep/"+manifestName]), &m); err != nil {
		t.Fatal(err)
	}
	taken := map[string]string{}
	for page, own := range m.Pages {
		for _, f := range own {
			if other, ok := taken[strings.ToLower(f)]; ok {
				t.Errorf("%s and %s share %s", page, other, f)
			}
			taken[strings.ToLower(f)] = page
		}
	}
}

func TestNothingIsWrittenThroughLinks(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "related")); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(context.Background(), searchtest.Generation(t, invent.Site(3, 1)), dir); err == nil {
		t.Error("a link to another folder was followed")
	}
	if left := files(t, outside); len(left) > 0 {
		t.Errorf("written outside: %v", left)
	}
}

func TestDamagedManifest(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, manifestName), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Write(context.Background(), searchtest.Generation(t, invent.Site(3, 1)), dir)
	if err == nil || !strings.Contains(err.Error(), manifestName) {
		t.Errorf("error %v", err)
	}
}

func BenchmarkWrite(b *testing.B) {
	g := searchtest.Generation(b, invent.Site(800, 1))
	for _, again := range []bool{false, true} {
		b.Run(fmt.Sprintf("again=%t", again), func(b *testing.B) {
			dir := b.TempDir()
			for i := 0; b.Loop(); i++ {
				to := dir
				if !again {
					to = filepath.Join(dir, fmt.Sprint(i))
				}
				if _, err := Write(context.Background(), g, to); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
