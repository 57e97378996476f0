package answer

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestOtherNames(t *testing.T) {
	p := &Profile{Aliases: []string{"CBD", "CONNECTED BY DATA", "CbD", "Connected", "Zoë", "ZOË"}}
	p.Name = "Connected by Data"
	if got := p.OtherNames(); !slices.Equal(got, []string{"CBD", "Connected", "Zoë"}) {
		t.Errorf("other names: %q", got)
	}
}

func TestGroupAsks(t *testing.T) {
	rivers, tenders := Ref{ID: "t1", Name: "Rivers"}, Ref{ID: "t2", Name: "Tenders", Inferred: true}
	ana := &Ref{ID: "p1", Name: "Ana Roe"}
	asks := []Recommendation{
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
		groups, err := GroupRecommendations(asks, by)
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for _, g := range groups {
			fmt.Fprint(&got, g.Name, ": ")
			for _, a := range g.Recommendations {
				got.WriteString(a.Text)
			}
			got.WriteString("; ")
		}
		if got.String() != want {
			t.Errorf("by %s: %s, want %s", by, got.String(), want)
		}
	}
	if _, err := GroupRecommendations(asks, "colour"); err == nil {
		t.Error("grouped by colour")
	}
}
