package extract

import (
	"slices"
	"strings"
	"testing"
)

// TestNames holds kinds of names that are certain from the way they are written, and what looks like a name and is none.
func TestNames(t *testing.T) {
	x := extractor(t)
	for name, c := range map[string]struct{ source, people, bodies, none string }{
		"honours": {"Professor Dame Orla Finchley DBE FRSE spoke with Imre Halasz MSc CEng about the river.",
			"Orla Finchley, Imre Halasz", "", "DBE FRSE, CEng"},
		"nickname in quotes":     {"Thomas “Tam” Wexcombe of Shore Labs spoke.", "Thomas Wexcombe", "", "Tam"},
		"given name in brackets": {"Lord (Hugh) Marstone said the plan was weak.", "Hugh Marstone", "", "Marstone)"},
		"a peer":                 {"Viscount Tarnley replied, and Tarnley said more.", "Viscount Tarnley", "", ""},
		"titles of several": {"Lords Miles Orwick and Owen Brackwell raised concerns about the tide.", "Miles Orwick, Owen Brackwell", "",
			"Lords Miles Orwick"},
		"initials":                  {"A. Henry Wetherlow spoke. L. M. Standish replied.", "A. Henry Wetherlow, L. M. Standish", "", ""},
		"birth name":                {"Maria Denholm (née Farrant) of Shore Labs spoke.", "Maria Denholm", "", ""},
		"month before a body":       {"On the 12th of May Orbanta gives a talk.", "", "Orbanta", "May Orbanta"},
		"a month for a given name":  {"May Farrant chairs the board. In June Pelmora joined.", "May Farrant", "", "June Pelmora"},
		"a thing that is explained": {"We use Amber Sail, a sync engine, and Huckle Pi is a computer.", "", "", "Amber Sail, Huckle Pi"},
		"bold ends a name": {"**Elfrida Reynhold** Harbourcamp Report\n\nWe went out.", "Elfrida Reynhold", "",
			"Elfrida Reynhold Harbourcamp"},
		"a double given name": {"Anne-Marie asked about it. Anne-Marie Finchcombe of Shore Labs answered.", "Anne-Marie Finchcombe", "",
			"Anne-Marie"},
		"an address": {"The venue is in Ann Farrow, MI 48222 for all.\n\n* Ann Dunby Structure, 12 W. Dunby St., Ann " +
			"Farrow, MI 48222", "", "", "Ann Farrow, Ann Dunby, Ann Dunby Structure, MI 48222"},
		"a brook":         {"We walked along the Ellen Brook with Imre Halasz. Ellen Brook floods.", "Imre Halasz", "", "Ellen Brook"},
		"nothing to name": {"---\ntitle: Evening\nspeakers:\n  - TBC\nsponsor: N/A\n---\nBring a laptop.", "", "", "TBC, N/A"},
		"a firm of partners": {"Wenna Dale of Marlow & Tench Ltd spoke. Ida Finch of Marlow, Tench & Co replied.", "",
			"Marlow & Tench Ltd, Marlow, Tench & Co", "Tench Ltd, Tench & Co"},
		"two bodies": {"The letter was written by Open Shore Institute and Research ICT Alliance last week.", "",
			"Open Shore Institute, Research ICT Alliance", "Open Shore Institute and Research ICT Alliance"},
		"one body with and": {"The Department for Rivers and Canals replied.", "", "Department for Rivers and Canals", ""},
		"a short form in the name": {"It is run by the International Chart Commons (ICC) Consortium, and by others.", "",
			"International Chart Commons Consortium", "ICC) Consortium"},
		"what a job is about": {"* Tom Dale, Research and Practice Director at Shore Labs", "Tom Dale", "Shore Labs",
			"Research and Practice"},
		"licences": {"The tool is published under the MIT license; the other under MIT.", "", "", "MIT"},
		"numbers and settings": {"* Backport [#19079](https://example.org/i/19079) and TIDE_V8_COVERAGE in ORS-4", "", "",
			"#19079, TIDE_V8_COVERAGE, ORS-4"},
		"Russian, surname first":    {"Выступила Сорокина Вера Павловна.", "Сорокина Вера Павловна", "", ""},
		"a particle after a person": {"We met Wenna Dale and Marijke de Bruin-Kolk.", "Marijke de Bruin-Kolk", "", ""},
		"a campus": {"Ada Fenwick of the University of California, Riverside spoke. So did Imre Halasz, University of Maryland, " +
			"College Park.", "Ada Fenwick, Imre Halasz", "", "College Park, Riverside"},
		"where a school is": {"She teaches at Wexcombe School in Tarnley, and studied at the University of Marstone in Norway.", "",
			"Wexcombe School, University of Marstone", "Wexcombe School in Tarnley, University of Marstone in Norway"},
		"joined by small words": {"It was led by the Institute of Tides and Estuary Services, which met in June.", "",
			"Institute of Tides and Estuary Services", "Estuary Services, Institute of Tides"},
	} {
		t.Run(name, func(t *testing.T) {
			r := draft(t, x, c.source+"\n")
			var people, bodies []string
			for i := range r.People {
				people = append(people, r.People[i].Name)
			}
			for i := range r.Organisations {
				bodies = append(bodies, r.Organisations[i].Name)
				for _, m := range r.Organisations[i].Mentions {
					bodies = append(bodies, m.Text)
				}
			}
			for _, w := range list(c.people) {
				if !slices.Contains(people, w) {
					t.Errorf("%q is no person among %q", w, people)
				}
			}
			for _, w := range list(c.bodies) {
				if !slices.Contains(bodies, w) {
					t.Errorf("%q is no organisation among %q", w, bodies)
				}
			}
			for _, w := range list(c.none) {
				if slices.Contains(people, w) || slices.Contains(bodies, w) {
					t.Errorf("%q is taken for a name: %q, %q", w, people, bodies)
				}
			}
		})
	}
}

// list parts names at ", " but for a firm's.
func list(s string) []string {
	if s == "" {
		return nil
	}
	out := strings.Split(s, ", ")
	for i := len(out) - 2; i >= 0; i-- {
		if strings.HasPrefix(out[i+1], "Tench &") {
			out = slices.Replace(out, i, i+2, out[i]+", "+out[i+1])
		}
	}
	return out
}

// TestAliases holds what a page says somebody is also called.
func TestAliases(t *testing.T) {
	r := draft(t, extractor(t), "Maria Denholm (née Farrant) of Shore Labs spoke.\n")
	if p := person(r, "Maria Denholm"); p == nil || !slices.Contains(p.Aliases, "Maria Farrant") {
		t.Errorf("%v has no birth name", p)
	}
}

// TestExplainedAcronyms holds that what a page explains is on its record.
func TestExplainedAcronyms(t *testing.T) {
	r := draft(t, extractor(t), "The Open Estuary Foundation (OEF) met the TTS (Tidal Trade Society).\n\n"+
		"They spoke of shared river data (SRD), of tide tables (see above) and of the harbour (HQ).\n")
	var got []string
	for _, a := range r.Acronyms {
		if a.In(r.Text) != a.Short {
			t.Errorf("%q stands at %q", a.Short, a.In(r.Text))
		}
		got = append(got, a.Short+" "+a.Long)
	}
	if want := []string{"OEF Open Estuary Foundation", "TTS Tidal Trade Society", "SRD shared river data"}; !slices.Equal(got, want) {
		t.Errorf("explained: %q", got)
	}
}

// TestOneBody holds that a body written in two ways on a page is one, and that two bodies are two.
func TestOneBody(t *testing.T) {
	x := extractor(t)
	for source, want := range map[string]int{
		"Ada Fenwick of Wexcombe University and Imre Halasz of Wexcombe Univeristy spoke.":                          1,
		"The Tarnley National Laboratory hired Ada Fenwick. Imre Halasz left the Tarnley National Lab.":             1,
		"The Marstone Estuary Foundation met. THE END. Ada Fenwick works for The Marstone Estuary Foundation.":      1,
		"Ada Fenwick works at the Tidemark National Research Laboratory (Tidelab). Imre Halasz left Tidelab.":       1,
		"Ada Fenwick of the Tarnley Trust met Imre Halasz of the Tarnley Truth Foundation.":                         2,
		"Researchers from the Tarnley Institute of Technology and Ruhle University Wexcombe have published papers.": 2,
		"Ada Fenwick of the Institute of Marine Law met Imre Halasz of the Institute of Marine Life.":               2,
	} {
		if r := draft(t, x, source+"\n"); len(r.Organisations) != want {
			t.Errorf("%q: %d bodies, want %d: %v", source, len(r.Organisations), want, r.Organisations)
		}
	}
}

// TestTongues holds that languages, dishes and what a body cares for are no countries.
func TestTongues(t *testing.T) {
	x := extractor(t)
	for source, want := range map[string]string{
		"Materials are in English and Spanish, with a Spanish-language line.":        "",
		"Available in Arabic, Chinese, English, French and Russian.":                 "",
		"We serve Costa Rican empanadas and Mexican food.":                           "",
		"Marta spoke for the Ashcombe Center for British Art.":                       "",
		"Guests came from Costa Rica, and the Spanish government paid for the trip.": "CR ES",
	} {
		r := draft(t, x, source+"\n")
		var got []string
		for _, c := range r.Countries {
			got = append(got, c.Code)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q names %q, want %q", source, got, want)
		}
	}
}

// A name that stands as a label above a sentence which begins with it again is one name.
func TestNameTwice(t *testing.T) {
	r := draft(t, extractor(t), `---
title: A conversation on tides
layout: event
---
We invited three people to share some insights:

* [Priya Nandy](https://a.example/priya), Tide Institute
* [Matt Corvale](https://a.example/matt), Harbour Foundation
* [Helena Remlund](https://a.example/helena), Lantern Trust, drawing on her time at the Weir Institute

**Priya**
Priya wanted to emphasise three issues about the rights of those who wait.

**Matt**
Matt spoke about partial common ownership of the readings, and asked who keeps them.

**Helena**
Helena drew from her work exploring ways of making funding more equitable.
`)
	for i := range r.People {
		if w := strings.Fields(r.People[i].Name); len(w) > 1 && w[0] == w[1] {
			t.Errorf("somebody is called %s", r.People[i].Name)
		}
	}
}

// A particle alone is nobody, whatever follows it.
func TestParticleBeforeDigits(t *testing.T) {
	r := draft(t, extractor(t), "We met al Noor2031 there, and Jane Holloway of Tide Trust spoke.\n")
	if person(r, "Jane Holloway") == nil || len(r.People) != 1 {
		t.Errorf("people: %+v", r.People)
	}
}
