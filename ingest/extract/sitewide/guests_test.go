package sitewide

import (
	"strings"
	"testing"

	"rapporteur/ingest"
)

// named is a participant who is named at each place of some words in a record's text.
func named(r *ingest.Record, name string, words ...string) *ingest.Participant {
	p := ingest.Participant{Reference: ingest.Reference{ID: r.NextID(), Name: name}}
	for _, w := range words {
		at := strings.Index(r.Text, w)
		p.Mentions = append(p.Mentions, ingest.Mention{Span: ingest.Span{Start: at, End: at + len(w)}, Text: w})
	}
	r.People = append(r.People, p)
	return &r.People[len(r.People)-1]
}

// Who has a page on the site, or writes for it often, belongs to its body by the byline; a guest does so less surely.
func TestGuests(t *testing.T) {
	post := func(author string) *ingest.Record {
		r := &ingest.Record{Page: &ingest.Page{Kind: ingest.PostPage, Text: author}}
		p := named(r, author, author)
		p.Part = ingest.Author
		p.Affiliations = []ingest.Affiliation{{Organisation: 9, Rule: authorRule, Confidence: 0.99}}
		return r
	}
	drafts := []*ingest.Record{post("Gwen Halloran"), post("Gwen Halloran"), post("Gwen Halloran"), post("Oda Remlund"), post("Ines Corvale"),
		{Page: &ingest.Page{Kind: ingest.PersonPage, Title: "Ines Corvale"}}}
	Guests(drafts)
	for i, want := range []bool{true, true, true, false, true} {
		a := drafts[i].People[0]
		if got := a.Affiliations[0].Confidence >= ingest.SureEnough; got != want {
			t.Errorf("%s by the byline: %v", a.Name, got)
		}
	}
}

// A first name in the news of a house is rather that of somebody of the house than of a namesake whom the page names for something else.
func TestNamesakes(t *testing.T) {
	house := &ingest.Record{Page: &ingest.Page{Kind: ingest.PersonPage, Title: "Adam Corvale"}}
	digest := func(text, said string) *ingest.Record {
		r := &ingest.Record{Page: &ingest.Page{Kind: ingest.PostPage, Text: text, Genre: ingest.DigestGenre}}
		p := named(r, "Adam Lent", "Adam Lent", "Adam spoke")
		p.Mentions[1].End -= len(" spoke")
		p.Speaker, p.Sure = true, 0.95
		at := strings.Index(text, said)
		p.Evidence = ingest.Span{Start: at, End: at + len(said)}
		return r
	}
	alone := digest("Worth reading: Adam Lent on tides. Adam spoke at the fair.", "Adam spoke at the fair.")
	told := digest("Adam Lent came, and Adam spoke at the fair.", "Adam Lent came, and Adam spoke at the fair.")
	Namesakes([]*ingest.Record{house, alone, told})
	if p := alone.People[0]; p.Sure >= ingest.SureEnough {
		t.Errorf("by the first name alone: %v", p.Sure)
	}
	if p := told.People[0]; p.Sure < ingest.SureEnough {
		t.Errorf("by the whole name: %v", p.Sure)
	}
}
