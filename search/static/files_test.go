package static

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestFilesAreThoseOfTheExportAlone(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("own.md", "a page of the site")
	if got, err := Files(dir); err == nil {
		t.Errorf("without a manifest: %q, want an error", got)
	}
	write(manifestName, "{")
	if got, err := Files(dir); err == nil {
		t.Errorf("with half a manifest: %q, want an error", got)
	}
	write(manifestName, `{"files": {"related/weirs.html": "00", "people/orrin.jsonld": "00"}}`)
	got, err := Files(dir)
	want := []string{filepath.Join(dir, "people", "orrin.jsonld"), filepath.Join(dir, manifestName),
		filepath.Join(dir, "related", "weirs.html")}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}
