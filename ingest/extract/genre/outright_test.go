package genre

import (
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
)

// titled are the signals of a page with a title, and no more.
func titled(title, path string, kind ingest.PageKind, keys ...string) *signals {
	page := &ingest.Page{Path: path, Title: title, Kind: kind, FrontMatter: map[string]any{}}
	for _, k := range keys {
		page.FrontMatter[k] = "x"
	}
	return &signals{v: &names.View{View: &text.View{Page: page}}, title: strings.ToLower(title)}
}

// Letters that tell of many things call themselves so, and so do their files.
func TestLetters(t *testing.T) {
	for _, title := range []string{"Harbour Newsletter", "Welcome to Tide Weekly 67",
		"Issue 28: take the power out of the old tower by the sea",
		"Tide News, March 2031", "Planet News Roundup", "Rundbrief Hafen"} {
		if !titled(title, "posts/a.md", ingest.PostPage).letter() {
			t.Errorf("%q is no letter", title)
		}
	}
	for _, title := range []string{"Good news from the docks", "The issue with locks", "Monthly report for March 2031",
		"Weekly walks along the quay"} {
		if titled(title, "posts/a.md", ingest.PostPage).letter() {
			t.Errorf("%q is a letter", title)
		}
	}
	if !titled("New sponsors", "posts/newsletter-3.md", ingest.PostPage).letter() {
		t.Error("what a file called newsletter holds is no letter")
	}
	if titled("Newsletter writing for beginners", "_events/a.md", ingest.EventPage).letter() {
		t.Error("an event is a letter")
	}
}

// What is kept among events, or says when and how to come, is an event; what asks for papers, or reports, is none.
func TestOfEvents(t *testing.T) {
	for _, s := range []*signals{titled("Locks", "_events/a.md", ingest.EventPage), titled("Locks", "a.md", ingest.PostPage, "start_time"),
		titled("Locks", "a.md", ingest.PostPage, "registration_url")} {
		if !s.ofEvents() {
			t.Errorf("%s with %v is no event", s.v.Page.Path, s.v.Page.FrontMatter)
		}
	}
	for _, s := range []*signals{titled("Call for papers", "_events/a.md", ingest.EventPage), titled("Locks", "a.md", ingest.PostPage, "date"),
		titled("Now accepting proposals for the Dock Conference", "a.md", ingest.EventPage)} {
		if s.ofEvents() {
			t.Errorf("%q is an event", s.title)
		}
	}
	for title, want := range map[string]bool{"2031 Q1 Weir Group": true, "Project status, August 2031": true, "The weir workshop": false,
		"Report of the weir workshop": false} {
		if got := titled(title, "a.md", ingest.OtherPage).reports(); got != want {
			t.Errorf("%q reports: %v", title, got)
		}
	}
}
