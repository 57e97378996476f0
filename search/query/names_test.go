package query

import (
	"context"
	"slices"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/invent"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// A body whose name is an everyday word is not taken to be named by every query with that word, but by the word alone.
func TestEverydayWordNamesNobody(t *testing.T) {
	site := invent.Site(80, 1)
	r := site.Records[0]
	body := ingest.Entity{IRI: r.Organisations[0].IRI + "-panel", Kind: kinds.Organisation, Name: "PANEL"}
	site.Entities = append(site.Entities, body)
	r.Organisations = append(r.Organisations,
		ingest.Reference{IRI: body.IRI, Name: body.Name, Confidence: 0.9, Mentions: slices.Clone(r.Organisations[0].Mentions)})
	f := engineOf(t, site)
	for query, meant := range map[string]bool{"panel": true, "panel cost": false} {
		response, err := f.Search(context.Background(), &answer.Request{Query: query, Explain: true, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		got := slices.ContainsFunc(response.Hits, func(h answer.Hit) bool {
			return slices.ContainsFunc(h.Explanation, func(c answer.Contribution) bool { return c.Match == "organisation:"+string(body.IRI) })
		})
		if got != meant {
			t.Errorf("%q is taken to name the body: %v, want %v", query, got, meant)
		}
	}
}
