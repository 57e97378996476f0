package search

import (
	"context"
	"slices"
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/invent"
)

// A body whose name is an everyday word is not taken to be named by every query with that word, but by the word alone.
func TestEverydayWordNamesNobody(t *testing.T) {
	site := invent.Site(80, 1)
	r := site.Records[0]
	body := ingest.Entity{IRI: r.Organisations[0].IRI + "-panel", Kind: ingest.Organisation, Name: "PANEL"}
	site.Entities = append(site.Entities, body)
	r.Organisations = append(r.Organisations, ingest.Reference{IRI: body.IRI, Name: body.Name, Confidence: 0.9, Mentions: slices.Clone(r.Organisations[0].Mentions)})
	f := finderOf(t, site)
	for query, meant := range map[string]bool{"panel": true, "panel cost": false} {
		response, err := f.search(context.Background(), &Request{Query: query, Explain: true, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		got := slices.ContainsFunc(response.Hits, func(h Hit) bool {
			return slices.ContainsFunc(h.Explanation, func(c Contribution) bool { return c.Match == "organisation:"+string(body.IRI) })
		})
		if got != meant {
			t.Errorf("%q is taken to name the body: %v, want %v", query, got, meant)
		}
	}
}

// Of two things whose names differ in case only, the one that is written like that is meant; written otherwise, either may be.
func TestCaseTellsNamesApart(t *testing.T) {
	site := invent.Site(20, 1)
	topic := site.Records[0].Topics[0]
	site.Entities = append(site.Entities, ingest.Entity{IRI: topic.IRI + "-body", Kind: ingest.Organisation, Name: strings.ToUpper(topic.Name)})
	r := site.Records[0]
	r.Organisations = append(r.Organisations, ingest.Reference{IRI: topic.IRI + "-body", Name: strings.ToUpper(topic.Name), Mentions: topic.Mentions})
	g := open(t, site)
	for asked, want := range map[string]ingest.IRI{topic.Name: topic.IRI, strings.ToUpper(topic.Name): topic.IRI + "-body", strings.ToLower(topic.Name): ""} {
		ref, err := g.Lookup(t.Context(), asked)
		if ref.ID != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q (%v), want %q", asked, ref.ID, err, want)
		}
	}
}

func TestOtherNames(t *testing.T) {
	p := &Profile{Aliases: []string{"CBD", "CONNECTED BY DATA", "CbD", "Connected", "Zoë", "ZOË"}}
	p.Name = "Connected by Data"
	if got := p.OtherNames(); !slices.Equal(got, []string{"CBD", "Connected", "Zoë"}) {
		t.Errorf("other names: %q", got)
	}
}
