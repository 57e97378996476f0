package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSelectPaths(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{
		"jekyll/_config.yml", "jekyll/_events/a.md", "jekyll/_events/b.md", "jekyll/_people/c.md", "jekyll/about.md", "jekyll/_data/people.yml",
		"plain/x.md", "plain/y.md", "plain/deep/z.md", "bare/_events/a.md", "bare/_people/c.md",
	} {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte("text"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct{ paths, picked, seen string }{
		{"jekyll", ".", "_config.yml _data/people.yml _events/a.md _events/b.md _people/c.md about.md"},
		{"jekyll/_events/a.md", "_events/a.md", "_config.yml _data/people.yml _events/a.md"},
		{"jekyll/_events/b.md jekyll/_people", "_events/b.md _people", "_config.yml _data/people.yml _events/b.md _people/c.md"},
		{"plain/x.md", "x.md", "x.md"},
		{"plain/x.md plain/deep", "x.md deep", "deep/z.md x.md"},
		{"bare/_events", "_events", "_events/a.md"},
		{"bare/_people/c.md bare/_events/a.md", "_people/c.md _events/a.md", "_events/a.md _people/c.md"},
	} {
		var names []string
		for _, p := range strings.Fields(test.paths) {
			names = append(names, filepath.Join(dir, filepath.FromSlash(p)))
		}
		fsys, picked, err := selectPaths(names)
		if err != nil {
			t.Errorf("%s: %v", test.paths, err)
			continue
		}
		if got := strings.Join(picked, " "); got != test.picked {
			t.Errorf("%s: picked %q, want %q", test.paths, got, test.picked)
		}
		var seen []string
		err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				seen = append(seen, name)
				_, err = fs.ReadFile(fsys, name)
			}
			return err
		})
		if got := strings.Join(seen, " "); err != nil || got != test.seen {
			t.Errorf("%s: sees %q (%v), want %q", test.paths, got, err, test.seen)
		}
	}
	fsys, _, err := selectPaths([]string{filepath.Join(dir, "jekyll/_events/a.md")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fs.Stat(fsys, "about.md"); err == nil {
		t.Error("about.md was not given, but is seen")
	}
	if _, err := fsys.Open("about.md"); err == nil {
		t.Error("about.md was not given, but opens")
	}
	if _, _, err := selectPaths([]string{filepath.Join(dir, "none.md")}); err == nil {
		t.Error("a path that is not there gives no error")
	}
}
