package invent

import (
	"maps"
	"testing"
)

// The same numbers make the same files, other seeds others; every page has a path of its own and some 10 kB.
func TestPages(t *testing.T) {
	const pages = 400
	files := maps.Collect(Pages(pages, 1))
	if len(files) != pages+1 {
		t.Fatalf("%d files, want settings and %d pages", len(files), pages)
	}
	size := 0
	for _, text := range files {
		size += len(text)
	}
	if mean := size / pages; mean < 7000 || mean > 13000 {
		t.Errorf("pages have %d bytes on average", mean)
	}
	if !maps.Equal(files, maps.Collect(Pages(pages, 1))) {
		t.Error("the same numbers make other files")
	}
	if maps.Equal(files, maps.Collect(Pages(pages, 2))) {
		t.Error("another seed makes the same files")
	}
}
