package extract

import (
	"strings"
	"testing"

	"rapporteur/ingest"
)

// tieTo returns the tie of a person to a body, nil if there is none.
func tieTo(r *ingest.Record, who, body string) *ingest.Affiliation {
	p := person(r, who)
	if p == nil {
		return nil
	}
	for i := range p.Affiliations {
		if strings.TrimPrefix(r.NameOf(p.Affiliations[i].Organisation), "the ") == body {
			return &p.Affiliations[i]
		}
	}
	return nil
}

// What is told of somebody and a body near by, but is no tie.
func TestNoTie(t *testing.T) {
	x := extractor(t)
	for name, c := range map[string]struct{ source, who, body string }{
		"shadow post": {"---\ntitle: News\n---\nOn Monday shadow Harbour Office secretary Jane Holloway said that the bill was weak.\n",
			"Jane Holloway", "Harbour Office"},
		"session in the row": {"---\ntitle: Day\n---\n| Session | Presenter |\n| --- | --- |\n| Visit to Harbour Museum | Robert Ellery " +
			"(Northfield Council) |\n", "Robert Ellery", "Harbour Museum"},
		"thanked by": {"---\ntitle: News\n---\nNorthfield Council thanks Robert Ellery for the loan of a boat.\n", "Robert Ellery",
			"Northfield Council"},
		"others' brackets": {"---\ntitle: Day\n---\nFollowing inputs from Jane Holloway (Policy Manager at the Harbour Data Institute), " +
			"Robert Ellery moderated a panel.\n", "Robert Ellery", "Harbour Data Institute"},
		"followed by": {"---\ntitle: Launch\n---\nJane Holloway opened the day. She was followed by Robert Ellery, chief executive of " +
			"the Harbour Data Institute, who spoke of locks.\n", "Jane Holloway", "Harbour Data Institute"},
		"visited by author": {"---\ntitle: Weeknotes\nauthor: Robert Ellery\n---\nI visited the Northfield Museum on Saturday. It rained.\n",
			"Robert Ellery", "Northfield Museum"},
	} {
		t.Run(name, func(t *testing.T) {
			r := draft(t, x, c.source)
			if person(r, c.who) == nil {
				t.Fatalf("%s is missing among %v", c.who, people(r))
			}
			if a := tieTo(r, c.who, c.body); a != nil {
				t.Errorf("tied to %s by %q with %.2f", c.body, a.Rule, a.Confidence)
			}
		})
	}
}

func TestFormerTie(t *testing.T) {
	x := extractor(t)
	for name, c := range map[string]struct {
		source, who, body string
		former            bool
	}{
		"before joining": {"---\ntitle: Weeknotes\nauthor: Jane Holloway\n---\nBefore I joined Northfield Council in spring, I worked at the " +
			"Harbour Data Institute.\n", "Jane Holloway", "Harbour Data Institute", true},
		"former director": {"## Panel\n\n* Jane Holloway, former director of the Harbour Data Institute\n", "Jane Holloway",
			"Harbour Data Institute", true},
		"director": {"## Panel\n\n* Jane Holloway, director of the Harbour Data Institute\n", "Jane Holloway", "Harbour Data Institute", false},
	} {
		t.Run(name, func(t *testing.T) {
			r := draft(t, x, c.source)
			a := tieTo(r, c.who, c.body)
			if a == nil {
				t.Fatalf("no tie among %v", r.People)
			}
			if a.Former != c.former {
				t.Errorf("former is %v", a.Former)
			}
			if strings.HasPrefix(a.Role, "former") {
				t.Errorf("role %q", a.Role)
			}
		})
	}
}

func TestAttended(t *testing.T) {
	r := draft(t, extractor(t), "---\ntitle: A launch\nlayout: event\nauthor: Robert Ellery\n---\nRobert Ellery attended the launch of the "+
		"report. Jane Holloway presented the findings.\n")
	if p := person(r, "Robert Ellery"); p == nil || p.Speaker || p.Part != ingest.Attendee {
		t.Errorf("who attended: %+v", p)
	}
	if p := person(r, "Jane Holloway"); p == nil || !p.Speaker {
		t.Errorf("who presented: %+v", p)
	}
}

// A person's own page says in its front matter what they are at the body whose site it is.
func TestOwnPeople(t *testing.T) {
	x := extractor(t)
	r := draft(t, x, "---\ntitle: Jane Holloway\nrole: Former Head of Boats\n---\nJane likes boats.\n")
	r.Kind = ingest.PersonPage
	x.Own([]*ingest.Record{r}, "Northfield Boat Trust")
	a := tieTo(r, "Jane Holloway", "Northfield Boat Trust")
	if a == nil || a.Role != "Head of Boats" || !a.Former {
		t.Errorf("tie to the site: %+v", a)
	}
}

// A word that ends the site's name, behind the words that begin it in other case, is the site's body, and no body of its own.
func TestSiteNameInOtherCase(t *testing.T) {
	r := &ingest.Record{Page: &ingest.Page{Text: "Gwen Halloran works at JOINED by TIDES in Estermouth."}}
	r.Organisations = []ingest.Reference{{ID: 1, Name: "TIDES",
		Mentions: []ingest.Mention{{Span: ingest.Span{Start: 33, End: 38}, Text: "TIDES"}}}}
	extractor(t).Own([]*ingest.Record{r}, "Joined by Tides")
	if o := r.Organisations[0]; o.Name != "Joined by Tides" || o.Mentions[0].Text != "JOINED by TIDES" {
		t.Errorf("the body is %+v", o)
	}
}

// A site that is called like an occasion, a series or something to read is no body by that name.
func TestOwnBody(t *testing.T) {
	x := extractor(t)
	for name, want := range map[string]bool{"TideNet4": true, "Harbour Tide Trust": true, "TideCon": false, "Harbour Tide Weekly": false,
		"HarbourDays": false, "TideNews": false} {
		r := &ingest.Record{Page: &ingest.Page{Text: "We wrote to " + name + " again."}}
		r.Blocks = []ingest.Block{{Kind: ingest.ParagraphBlock, Span: ingest.Span{End: len(r.Text)}}}
		x.Own([]*ingest.Record{r}, name)
		if got := len(r.Organisations) == 1; got != want {
			t.Errorf("%s is a body: %v", name, got)
		}
	}
}
