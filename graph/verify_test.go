package graph

import (
	"strings"
	"testing"

	"rapporteur/ingest/invent"
)

func TestVerify(t *testing.T) {
	site := invent.Site(30, 1)
	r := readerOf(t, site)
	for _, record := range site.Records {
		if err := r.Verify(site.URL, record); err != nil {
			t.Errorf("%s: %v", record.Path, err)
		}
	}
	record := site.Records[0]
	people := record.People
	record.People = append(people[:len(people):len(people)], site.Records[1].People...)
	if err := r.Verify(site.URL, record); err == nil {
		t.Error("a person more in the record, and nobody sees it")
	}
	record.People = nil
	if err := r.Verify(site.URL, record); err == nil || !strings.Contains(err.Error(), "only the graph has") {
		t.Errorf("no people in the record: got %v", err)
	}
}
