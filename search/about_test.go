package search

import (
	"context"
	"slices"
	"testing"
	"testing/fstest"

	"rapporteur/ingest/pipeline"
)

// Words that are a part of one name, and stand on many pages that do not name it, are a subject; what is nearly always a part of that name
// is meant for it.
func TestPartOfANameOrSubject(t *testing.T) {
	g, _ := theSite(t)
	for asked, want := range map[string]string{
		"harbour":                  "",
		"shared waters":            "Institute for Shared Waters",
		"Union of Harbour Workers": "Union of Harbour Workers",
	} {
		of, all, err := g.ConnectionsOf(context.Background(), asked, 5)
		if err != nil {
			t.Errorf("%s: %v", asked, err)
			continue
		}
		if subject := of.ID == ""; subject != (want == "") || !subject && of.Name != want {
			t.Errorf("%s is taken for %+v, want %q", asked, of, want)
		}
		if len(all) == 0 {
			t.Errorf("%s is connected with nothing", asked)
		}
	}
}

// Who speaks where a subject is spoken of comes before who is only named there; where the site has the words next to each other, passages
// that have them apart are not on the subject.
func TestWhoSpeaksOnASubjectComesFirst(t *testing.T) {
	page := func(title, text string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\ntitle: " + title + "\ndate: 2025-03-01\n---\n" + text + "\n")}
	}
	site, err := pipeline.Run(context.Background(), fstest.MapFS{
		"_config.yml": {Data: []byte("title: Dyke Watch\ncollections: {events: {output: true}}\n")},
		"_events/2025-03-01-walls.md": page("An evening on the coast",
			"Zelda Quillfeather spoke about sea walls.\n\nThe book on sea walls by Anton Nockerby was on the table."),
		"_posts/2025-03-02-walls.md": page("Notes", "We read about sea walls in the library with Anton Dunmore."),
		"_posts/2025-03-03-more.md":  page("More notes", "Sea walls are dear.\n\nThe sea took what the walls of Berta Olmsted's garden held."),
	}, pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	all, err := open(t, site).About(context.Background(), "sea walls", 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range all["person"] {
		got = append(got, c.To.Name)
	}
	if len(got) < 2 || got[0] != "Zelda Quillfeather" || slices.Contains(got, "Berta Olmsted") {
		t.Errorf("on sea walls are %q", got)
	}
}

// Words that follow each other in a query stand together in a text if they do so there.
func TestWordsTogether(t *testing.T) {
	g, _ := theSite(t)
	fit := g.engine.NewFit("data trusts")
	for text, want := range map[string]bool{
		"A data trust for the harbour":    true,
		"Data trusts, and what they hold": true,
		"data that nobody trusts":         false,
		"We trust data":                   false,
		"The trust of people in data":     false,
	} {
		if got := fit.Together(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
