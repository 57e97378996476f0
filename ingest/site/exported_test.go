package site

import (
	"context"
	"testing"
	"testing/fstest"
)

func TestExportsAreNoPages(t *testing.T) {
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"_posts/2024-01-02-weir.md":   "---\ntitle: The weir\n---\nAbout the weir.\n",
		"notes/own.html":              "---\ntitle: Own\n---\n<p>Our own page.</p>\n",
		"made/again.html":             "---\ntitle: Again\n---\n<p>Written by an export.</p>\n",
		"made/index/text/1-0.json":    `{"title": "The weir", "date": "2024-01-02", "url": "./weir", "text": "About the weir."}`,
		"rapporteur.json":             `{"format": 1, "files": {"made/again.html": "", "made/index/text/1-0.json": ""}, "pages": {}}`,
		"elsewhere/rapporteur.json":   `{"files": {"notes/own.html": ""}, "pages": {}}`,
		"elsewhere/some/other.md":     "---\ntitle: Other\n---\nAnother page.\n",
		"elsewhere/some/made.md.json": `[]`,
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	folder, err := Read(context.Background(), fsys)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, p := range folder.Pages {
		paths = append(paths, p.Path)
	}
	if len(paths) != 3 {
		t.Errorf("the pages are %q, want the three that somebody wrote", paths)
	}
}
