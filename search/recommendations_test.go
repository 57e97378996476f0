package search

import (
	"fmt"
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/invent"
	"rapporteur/ingest/recommend"
)

func TestGroupAsks(t *testing.T) {
	rivers, tenders := Ref{ID: "t1", Name: "Rivers"}, Ref{ID: "t2", Name: "Tenders", Inferred: true}
	ana := &Ref{ID: "p1", Name: "Ana Roe"}
	asks := []Ask{
		{Text: "a", Date: "2024-01-02", Topics: []Ref{rivers, tenders}, By: ana},
		{Text: "b", Date: "2023-05-01"},
		{Text: "c", Date: "2024-03-01", Topics: []Ref{tenders}},
		{Text: "d"},
	}
	for by, want := range map[string]string{
		ByTopic:   "Tenders: ac; Rivers: a; : bd; ",
		BySpeaker: "Ana Roe: a; : bcd; ",
		ByYear:    "2024: ac; 2023: b; : d; ",
	} {
		groups, err := GroupAsks(asks, by)
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for _, g := range groups {
			fmt.Fprint(&got, g.Name, ": ")
			for _, a := range g.Asks {
				got.WriteString(a.Text)
			}
			got.WriteString("; ")
		}
		if got.String() != want {
			t.Errorf("by %s: %s, want %s", by, got.String(), want)
		}
	}
	if _, err := GroupAsks(asks, "colour"); err == nil {
		t.Error("grouped by colour")
	}
}

// Every recommendation of a site is shown once: as itself, or as another place of the first that asks the same.
func TestAsksShowEveryPlaceOnce(t *testing.T) {
	site := invent.Site(60, 3)
	recommend.Settle(site.URL, site.Records, site.Entities)
	places, repeated := 0, 0
	for _, r := range site.Records {
		for _, a := range r.Recommendations {
			places++
			if a.SameAs != "" {
				repeated++
			}
		}
	}
	if repeated == 0 {
		t.Fatal("the invented site repeats nothing")
	}
	shown := 0
	seen := map[ingest.IRI]bool{}
	for _, a := range Asks(site) {
		if seen[a.ID] {
			t.Errorf("%s is shown twice", a.ID)
		}
		seen[a.ID] = true
		shown += 1 + len(a.Also)
		if len(a.Evidence) == 0 || a.Evidence[0].URL == "" || a.Evidence[0].Quote == "" {
			t.Errorf("%s without evidence: %+v", a.ID, a.Evidence)
		}
		for _, also := range a.Also {
			if also.Date < a.Date {
				t.Errorf("%q of %s is shown before the one of %s", a.Text, a.Date, also.Date)
			}
		}
	}
	if shown != places {
		t.Errorf("%d places are shown, of %d", shown, places)
	}
}
