package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"rapporteur/graph"
	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
	"rapporteur/ingest/kinds"
)

// One page on which a person speaks for a body is made a graph, and asked for the path between the two, by a walk, and in GraphQL.
func Example() {
	const ilse, trust = "https://s.example/id/person/ilse-inkpen", "https://s.example/id/organisation/harbour-trust"
	page := &ingest.Record{IRI: "https://s.example/id/event/quay-day",
		Page: &ingest.Page{Kind: ingest.EventPage, Path: "quay-day.md", Title: "Quay day", Date: "2031-05-03"}}
	page.Organisations = []ingest.Reference{{ID: 1, IRI: trust, Name: "Harbour Trust", Confidence: 1}}
	page.People = []ingest.Participant{{Reference: ingest.Reference{ID: 2, IRI: ilse, Name: "Ilse Inkpen", Confidence: 1},
		Speaker: true, Sure: 1, Part: ingest.Speaker,
		Affiliations: []ingest.Affiliation{{Organisation: 1, IRI: trust, Role: "Director", Confidence: 1}}}}
	site := &ingest.Site{URL: "https://s.example", Records: []*ingest.Record{page}, Entities: []ingest.Entity{
		{IRI: trust, Kind: kinds.Organisation, Name: "Harbour Trust"}, {IRI: ilse, Kind: kinds.Person, Name: "Ilse Inkpen"}}}

	dir, err := os.MkdirTemp("", "graph")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	if err := graph.Create(dir, inversion.Of(site)); err != nil {
		fmt.Println(err)
		return
	}
	r, err := graph.Open(dir)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer r.Close()

	ctx := context.Background()
	paths, err := r.Paths(ctx, ilse, trust, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range paths[0] {
		fmt.Printf("%s %s %s: %s\n", step.From.Name, step.Tie, step.To.Name, step.Places[0].Page.Name)
	}
	found, _, err := r.Walk(ctx, "speakers", trust, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("Its speakers:", found[0].Name)
	told, err := r.Query(ctx, `{ nodes(type: Person) { name spokeAt { name startDate } } }`)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := json.NewEncoder(os.Stdout).Encode(told); err != nil {
		fmt.Println(err)
		return
	}
	// Output:
	// Ilse Inkpen spoke for Harbour Trust: Quay day
	// Its speakers: Ilse Inkpen
	// {"nodes":{"name":"Ilse Inkpen","spokeAt":{"name":"Quay day","startDate":"2031-05-03"}}}
}
