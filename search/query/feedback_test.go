package query

import (
	"context"
	"testing"
	"testing/fstest"

	"rapporteur/ingest/pipeline"
	"rapporteur/search/answer"
)

// Who asks in words that no page has together is led to the page on the matter by the words that other pages on it use; where a page has
// all that was typed, nothing is read between the lines.
func TestFeedback(t *testing.T) {
	page := func(title, body string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\ntitle: " + title + "\n---\n" + body + "\n")}
	}
	files := fstest.MapFS{
		"lanterns.md": page("Lanterns", "Volunteers who mend dwellings met. They spoke of retrofitting: lagging, draughts and cavity walls."),
		"evening.md": page("An evening",
			"Retrofitting, lagging and draughts of dwellings for the frail: cavity walls came up, and lagging again."),
		"kites.md":   page("Kites", "Kites and the frail wind of October, with a picnic and a brass band on the quay."),
		"ferries.md": page("Ferries", "The timetable of ferries to the islands, with fares for bicycles and prams."),
		"choir.md":   page("A choir", "The choir of the quay sang of dwellings by the sea; a picnic followed."),
		"bees.md":    page("Bees", "Hives on the roof of the town hall, honey, and a talk on lavender."),
	}
	site, err := pipeline.Run(context.Background(), files, pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f := engineOf(t, site)
	explained := func(query string) (terms int) {
		response, err := f.Search(context.Background(), &answer.Request{Query: query, Explain: true})
		if err != nil {
			t.Fatal(err)
		}
		if len(response.Hits) == 0 {
			t.Fatalf("%q finds nothing", query)
		}
		for _, h := range response.Hits {
			if h.Path == "bees.md" || h.Path == "ferries.md" {
				t.Errorf("%q finds %s, which has no word of it", query, h.Path)
			}
		}
		for _, c := range response.Hits[0].Explanation {
			if c.Match == "lag" {
				terms++
			}
		}
		return terms
	}
	if explained("dwellings of frail grandparents warmed") == 0 {
		t.Error("the words of the best pages raise nothing")
	}
	if n := explained("frail lagging dwellings"); n > 1 {
		t.Errorf("a page has all the words, and %d more count", n-1)
	}
}
