package search_test

import (
	"context"
	"fmt"
	"os"

	"rapporteur/ingest/pipeline"
	"rapporteur/search"
	"rapporteur/search/answer"
)

// A site is read, built into a data folder, and asked.
func Example() {
	ctx := context.Background()
	data, err := os.MkdirTemp("", "rapporteur")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(data)

	site, err := pipeline.Run(ctx, os.DirFS("../testdata/site"), pipeline.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := search.Build(ctx, data, site); err != nil {
		fmt.Println(err)
		return
	}
	store, err := search.Open(data)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer store.Close()
	generation, release := store.Acquire()
	defer release()

	response, err := generation.Search(ctx, answer.Request{Query: "kind:event maps of erosion", Limit: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, hit := range response.Hits {
		fmt.Println(hit.Date, hit.Title)
	}
	person, err := generation.Lookup(ctx, "Marit Oosterveen")
	if err != nil {
		fmt.Println(err)
		return
	}
	profile, err := generation.Profile(ctx, person.ID)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range profile.Affiliations[:1] { // the first is told on most pages
		fmt.Printf("%s, %s\n", profile.Name, a.To.Name)
	}
	// Output:
	// 2024-03-14 Assembly of the Coastal Dwellers Alliance
	// Marit Oosterveen, Tidewater Commons
}
