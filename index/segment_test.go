package index_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapporteur/index"
)

// The same documents give the same bytes, up to the list of fields at the end of the file, which Bleve writes in another order each time:
// what is published of an index after an edit is small because of it.
func TestSameDocumentsSameBytes(t *testing.T) {
	build := func() string {
		dir := filepath.Join(t.TempDir(), "index")
		w, err := index.Create(dir, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 300 {
			err := w.Put(&index.Document{ID: fmt.Sprint("page ", i), Kind: "page", Text: fmt.Sprintf("Tide %d and gauge %d. ", i, i%7)})
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		names, err := filepath.Glob(filepath.Join(dir, "whole", "*.zap"))
		if err != nil || len(names) != 1 {
			t.Fatalf("%q, %v", names, err)
		}
		text, err := os.ReadFile(names[0])
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	const listOfFields = 2 << 10
	one, two := build(), build()
	if len(one) != len(two) || len(one) < 3*listOfFields || !strings.HasPrefix(two, one[:len(one)-listOfFields]) {
		t.Errorf("%d and %d bytes differ before the list of fields", len(one), len(two))
	}
}
