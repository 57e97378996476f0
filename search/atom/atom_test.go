package atom

import (
	"encoding/xml"
	"strings"
	"testing"
)

func TestWrite(t *testing.T) {
	f := Feed{Title: "A & <b>", ID: "urn:x:1", Author: Author{"Z"}, Entries: []Entry{
		{Title: "old", ID: "urn:x:2", Updated: Instant("2020-01-02")},
		{Title: "new", ID: "urn:x:3", Updated: Instant("2024-05-06"), Links: []Link{{Rel: "alternate", Href: "https://x.example/?a=1&b=2"}}},
		{Title: "no date", ID: "urn:x:4", Updated: Instant("soon")},
	}}
	var b strings.Builder
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	var back Feed
	if err := xml.Unmarshal([]byte(b.String()), &back); err != nil {
		t.Fatal(err)
	}
	if back.Title != f.Title || back.Updated != "2024-05-06T00:00:00Z" || back.Entries[2].Updated != noDate ||
		back.Entries[1].Links[0].Href != f.Entries[1].Links[0].Href {
		t.Errorf("written and read again: %+v", back)
	}
}
