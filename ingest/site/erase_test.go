package site

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"rapporteur/ingest/fold"
)

// Names that show only once a page is put together are erased as well: parts with something else between them, other encodings.
func TestErasePutTogether(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	f, err := Read(t.Context(), fstest.MapFS{
		"rapporteur.yaml":  file("erase: [Imogen Thistlewood]\n"),
		"_config.yml":      file("title: The Imogen Thistlewood Lectures\nurl: https://imogenthistlewood.example\n"),
		"events/a.md":      file("---\ntitle: A\nspeakers:\n  - {family: Thistlewood, role: chair, given: Imogen}\n  - Ann Mossop\n---\nText.\n"),
		"events/b.md":      file("---\ntitle: B\nspeakers: !!binary SW1vZ2VuIFRoaXN0bGV3b29k\n---\nText.\n"),
		"data/people.csv":  file("family,role,given\nThistlewood,chair,Imogen\nMossop,chair,Ann\n"),
		"data/people.json": file(`[{"last":"Thistlewood","id":3,"first":"Imogen"},{"name":"Ann Mossop","role":"chair"}]`),
	})
	if err != nil {
		t.Fatal(err)
	}
	all, err := json.Marshal([]any{f.Name, f.URL, f.Notes, f.Pages})
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"imogen", "thistlewood"} {
		if folded := strings.Join(fold.Words(string(all)), ""); strings.Contains(folded, part) {
			t.Errorf("%s is left: %s", part, all)
		}
	}
	if !strings.Contains(string(all), "Ann Mossop") {
		t.Errorf("others are gone, too: %s", all)
	}
}
