package search

import (
	"context"
	"slices"
	"strings"
	"testing"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// Who is asked for leads, each with words that say why; what is read as a filter is told, and can be left out.
func TestQuestionsAboutThings(t *testing.T) {
	g, _ := theSite(t)
	ask := func(query string) *answer.Response {
		t.Helper()
		r, err := g.Search(context.Background(), answer.Request{Query: query, Limit: 5})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for _, c := range []struct {
		query, without string
		kind           kinds.Kind
		among          []string
		not            []string
	}{
		{"Who spoke about procurement?", "procurement?", kinds.Person, []string{"José Ángel Ibarrondo"},
			[]string{"Marit Oosterveen"}},
		{"speakers on procurement", "procurement", kinds.Person, []string{"José Ángel Ibarrondo"}, nil},
		{"organisations working on libraries", "libraries", kinds.Organisation, []string{"Lowland Library Trust"}, []string{"Fjordlab"}},
		{"which organizations work on libraries", "libraries", kinds.Organisation, []string{"Lowland Library Trust"}, nil},
		{"who works on procurement in 2024", "procurement in 2024", kinds.Person, []string{"Grace Winterbourne"}, nil},
	} {
		r := ask(c.query)
		var names []string
		for _, h := range r.Hits {
			names = append(names, h.Title)
			if h.Kind != c.kind || len(h.Evidence) == 0 || h.Evidence[0].Quote == "" {
				t.Errorf("%s: %s %q with evidence %v", c.query, h.Kind, h.Title, h.Evidence)
			}
		}
		for _, name := range c.among {
			if !slices.Contains(names, name) {
				t.Errorf("%s: %q, without %s", c.query, names, name)
			}
		}
		for _, name := range c.not {
			if slices.Contains(names, name) {
				t.Errorf("%s: %q, with %s", c.query, names, name)
			}
		}
		if r.Understood[0].Without != c.without || r.Total < len(r.Hits) {
			t.Errorf("%s: without %q, %d hits of %d", c.query, r.Understood[0].Without, len(r.Hits), r.Total)
		}
	}
	said := ask("what did Marit Oosterveen say about maps of erosion")
	if len(said.Hits) == 0 || len(said.Hits[0].Evidence) == 0 || !strings.Contains(said.Hits[0].Evidence[0].Quote, "Marit") {
		t.Errorf("what Marit said: %+v", said.Hits)
	}
	if said.Understood[0].Name != "Marit Oosterveen" || said.Understood[0].Field != "person" {
		t.Errorf("who is asked for: %+v", said.Understood)
	}
	for _, query := range []string{"events in Tallinn", "events in tallinn in 2023", `place:Tallinn kind:event`} {
		if r := ask(query); len(r.Hits) != 1 || !strings.HasPrefix(r.Hits[0].Title, "Baltic Forum") {
			t.Errorf("%s: %d hits", query, r.Total)
		}
	}
	for _, query := range []string{"who spoke", "who spoke about", "organisations on", "what did nobody here say about maps",
		"people on boats -fish"} {
		ask(query) // nothing to answer with: words like others
	}
}

// A subject that is no topic has connections too, a slip of a name has not.
func TestConnectionsOfASubject(t *testing.T) {
	g, _ := theSite(t)
	of, all, err := g.ConnectionsOf(context.Background(), "maps of erosion", 5)
	if err != nil || of.ID != "" || of.Name != "maps of erosion" {
		t.Fatalf("%+v, %v", of, err)
	}
	if people := all[string(kinds.Person)]; len(people) == 0 || people[0].To.Name != "Marit Oosterveen" || len(people[0].Evidence) == 0 {
		t.Errorf("%+v", all)
	}
	for _, name := range []string{"Marit Osterveen", "zzyzx", "?"} {
		if of, _, err := g.ConnectionsOf(context.Background(), name, 5); err == nil {
			t.Errorf("%s: %+v", name, of)
		}
	}
	of, all, err = g.ConnectionsOf(context.Background(), "Tidewater Commons", 5)
	if err != nil || of.Kind != kinds.Organisation || len(all) == 0 {
		t.Errorf("%+v, %v", of, err)
	}
}
