package extract

import (
	"slices"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/markdown"
	"rapporteur/ingest/visible"
)

// draftEvent reads a text of Markdown as a page of an event.
func draftEvent(t *testing.T, lang string, fields []visible.Field, text string) *ingest.Record {
	t.Helper()
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	c := markdown.New().Read(append([]visible.Field{{Key: "title", Value: "x", Line: 1, Title: true}}, fields...), []byte(text), 4, false)
	return x.Draft(&ingest.Page{Path: "a.md", Kind: ingest.EventPage, Lang: lang, Text: c.Text, Blocks: c.Blocks, Links: c.Links})
}

func speakers(r *ingest.Record) (out []string) {
	for _, p := range r.People {
		if p.Speaker {
			out = append(out, p.Name)
		}
	}
	slices.Sort(out)
	return out
}

// Who takes turns speaks: under a first name that is a word, too, or under the initials that the table of those present gives.
func TestTurns(t *testing.T) {
	r := draftEvent(t, "en", nil, "## Present\n\n* Lorne Achterby (SLW)\n* Hope Quillfeather (SLW)\n* Ines Marrow (SLW)\n\n## Agenda\n\n* "+
		"Table of tides\n"+
		"  * Lorne: shall we print it?\n  * Hope: it costs those who read it at sea.\n  * Ines: we should not print it twice.\n")
	if got, want := speakers(r), []string{"Hope Quillfeather", "Ines Marrow", "Lorne Achterby"}; !slices.Equal(got, want) {
		t.Errorf("speakers %q, want %q", got, want)
	}
	r = draftEvent(t, "en", nil, "| Name | Initials | Organisation |\n|---|---|---|\n| Lorne Achterby | LAY | Pier Labs |\n| Ines Marrow | "+
		"IMW | Observer |\n\n"+
		"LAY: Good morning to all of you.\n\nIMW: I have read the tables.\n\nLAY: Then we can begin with the tides.\n")
	if got, want := speakers(r), []string{"Ines Marrow", "Lorne Achterby"}; !slices.Equal(got, want) {
		t.Errorf("speakers %q, want %q", got, want)
	}
	for _, o := range r.Organisations {
		if o.Name != "Pier Labs" {
			t.Errorf("%q is no body", o.Name)
		}
	}
}

func TestWhoSpoke(t *testing.T) {
	r := draftEvent(t, "en", []visible.Field{{Key: "speakers.0", Value: "Orrin B. Tasker III", Line: 2}},
		"Lorne Achterby of Pier Labs spoke.\n")
	if got, want := speakers(r), []string{"Lorne Achterby", "Orrin B. Tasker III"}; !slices.Equal(got, want) {
		t.Errorf("speakers %q, want %q", got, want)
	}
}

// What somebody is at a body stands after its short form, too.
func TestRoleAfterShortForm(t *testing.T) {
	r := draftEvent(t, "de", nil, "* Gerrit Lohbeck-Sund (Deutsches Zentrum für Wind- und Wasserkunde (DZWW), stellvertretender "+
		"Schatzmeister)\n")
	if len(r.People) != 1 || len(r.People[0].Affiliations) != 1 || r.People[0].Affiliations[0].Role != "stellvertretender Schatzmeister" {
		t.Errorf("people %+v", r.People)
	}
}

// A short form in brackets may leave out the first word of the name before it.
func TestShortFormOfTheEnd(t *testing.T) {
	r := draftEvent(t, "en", nil, "# Weir Technical Steering Committee (TSC) Meeting\n\n## Present\n\n* Lorne Achterby (TSC)\n* Ines "+
		"Marrow (TSC)\n")
	if len(r.Organisations) != 1 || r.Organisations[0].Name != "Weir Technical Steering Committee" {
		t.Errorf("bodies %+v", r.Organisations)
	}
}
