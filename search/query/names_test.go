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

// A body whose name is an everyday word is not taken to be named by every query with that word; it leads where the word is all.
func TestEverydayWordNamesNobody(t *testing.T) {
	site := invent.Site(80, 1)
	r := site.Records[0]
	body := ingest.Entity{IRI: r.Organisations[0].IRI + "-panel", Kind: kinds.Organisation, Name: "PANEL"}
	site.Entities = append(site.Entities, body)
	r.Organisations = append(r.Organisations,
		ingest.Reference{IRI: body.IRI, Name: body.Name, Confidence: 0.9, Mentions: slices.Clone(r.Organisations[0].Mentions)})
	f := engineOf(t, site)
	for _, query := range []string{"panel", "panel cost"} {
		response, err := f.Search(context.Background(), &answer.Request{Query: query, Explain: true, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		if query == "panel" && response.Hits[0].ID != body.IRI {
			t.Errorf("%q leads with %s", query, response.Hits[0].Title)
		}
		for _, h := range response.Hits { // what names the body is found by the word
			if slices.ContainsFunc(h.Explanation, func(c answer.Contribution) bool { return c.Match == "organisation:"+string(body.IRI) }) {
				t.Errorf("%q finds %s by the body", query, h.Title)
			}
		}
	}
}
