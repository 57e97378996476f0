package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapporteur/ingest"
)

// What a manifest says is known from what it said when it was written, even where names in it are no text.
func TestManifestNoticesChanges(t *testing.T) {
	dir := t.TempDir()
	site := smallSite("first")
	site.Skips = []ingest.Skip{{Path: "_events/\xff\xfe.md", Cause: "cannot be read"}}
	m, err := buildSite(t.Context(), dir, site)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(generationDir(dir, m.ID), manifestName)
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := openStore(dir); err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{{"cannot be read", "cannot be ready"}, {`"pages": 1`, `"pages": 2`}, {`"skips"`,
		`"skipt"`}, {m.ID, strings.Repeat("0", len(m.ID))}} {
		if err := os.WriteFile(name, []byte(strings.Replace(string(text), change[0], change[1], 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := openStore(dir); !errors.Is(err, ErrDamaged) {
			t.Errorf("%q for %q: %v", change[1], change[0], err)
		}
	}
}

// An interrupted writer leaves a build that never ended, a generation that was not made current, and CURRENT half-written; the
// next writer keeps what is current and one other. What stands in the place of our files is no hindrance.
func TestWriterSweepsAndMends(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, "first")
	second := build(t, dir, "second")
	third := build(t, dir, "third")
	generations := filepath.Join(dir, generationsName)
	if err := errors.Join(os.CopyFS(filepath.Join(generations, "0000000000000000"), os.DirFS(generationDir(dir, second.ID))),
		os.Mkdir(filepath.Join(generations, buildingPrefix+"1"), 0o755), os.WriteFile(filepath.Join(dir, currentName+newSuffix),
			nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	w, err := OpenWriter(dir)
	if err != nil {
		t.Fatal(err)
	}
	w.Close()
	left, err := os.ReadDir(generations)
	if err != nil || len(left) != 2 {
		t.Errorf("%v are kept (%v)", left, err)
	}
	if _, err := os.Stat(generationDir(dir, third.ID)); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, currentName+newSuffix)); err == nil {
		t.Error("half of CURRENT is kept")
	}
	for _, name := range []string{currentName, "lock"} {
		if err := errors.Join(os.RemoveAll(filepath.Join(dir, name)), os.MkdirAll(filepath.Join(dir, name, "within"), 0o755)); err != nil {
			t.Fatal(err)
		}
		if build(t, dir, "third").ID != third.ID {
			t.Errorf("a folder instead of %s: not built", name)
		}
	}
}
