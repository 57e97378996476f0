package publish_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"rapporteur/ingest/invent"
	"rapporteur/search"
)

// Where the generation before is on the publisher's machine, chunks are packed with it: an edit ships less. Readers that have the
// generation before and readers that have nothing get the same bytes, however long that goes on; and where somebody is erased nothing of
// before stands behind what is published.
func TestPackedWithTheGenerationBefore(t *testing.T) {
	if testing.Short() {
		t.Skip("packs files of megabytes")
	}
	dataDir, where := t.TempDir(), filepath.Join(t.TempDir(), "store")
	s := open(t, where)
	old := t.TempDir()
	f := follow(s, old)
	apart := 0
	for number := range 12 {
		site := invent.Site(12, 1)
		site.Records[number%3].Title = fmt.Sprintf("Gathering, edition %d", number)
		if number == 11 {
			site.Erasing = "somebody"
		}
		m, err := search.Build(t.Context(), dataDir, site)
		if err != nil {
			t.Fatal(err)
		}
		r := mustPublish(t, s, dataDir)
		if number == 1 {
			two := filepath.Join(t.TempDir(), "other")
			other := open(t, two)
			first, _ := edition(t, 100, "")
			mustPublish(t, other, first)
			apart = int(mustPublish(t, other, dataDir).Sent)
		}
		if number > 0 && number < 8 && int(r.Sent) > apart*3/4 {
			t.Errorf("edition %d ships %d bytes, %d where the generation before is not there", number, r.Sent, apart)
		}
		if moved, err := f.Step(t.Context()); err != nil || !moved {
			t.Fatalf("edition %d: moved %v, %v", number, moved, err)
		}
		equalFiles(t, dataDir, old, m.ID)
		if number%4 != 3 {
			continue
		}
		fresh := t.TempDir()
		if _, err := follow(s, fresh).Step(t.Context()); err != nil {
			t.Fatalf("edition %d, a reader that has nothing: %v", number, err)
		}
		equalFiles(t, dataDir, fresh, m.ID)
		if number == 11 {
			names, err := s.List(t.Context())
			if err != nil || len(names) != uniqueChunks(t, dataDir)+1 {
				t.Errorf("%d objects are left of %d chunks, %v", len(names), uniqueChunks(t, dataDir), err)
			}
		}
	}
}
