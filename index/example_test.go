package index_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"rapporteur/index"
)

// Two documents are written to an index, and one is found by another form of a word that it has.
func Example() {
	folder, err := os.MkdirTemp("", "index")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	dir := filepath.Join(folder, "index")

	w, err := index.Create(dir, 0, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range []index.Document{
		{ID: "tide", Kind: "page", Title: "The warden of the tide", Body: []string{"She surveyed both harbours."}, Stored: []byte("Tide")},
		{ID: "ledger", Kind: "page", Title: "Keeping a ledger", Stored: []byte("Ledger")},
	} {
		if err := w.Put(&d); err != nil {
			fmt.Println(err)
			return
		}
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
		return
	}

	r, err := index.Open(dir)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer r.Close()
	terms := r.Analyzers()[0].Terms("harbor")
	result, err := r.Search(context.Background(), &index.Query{
		Clauses: []index.Clause{{Any: []index.Match{{Terms: terms, Weight: 1, Typed: true}}}}, Limit: 10})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, hit := range result.Hits {
		shown, _, err := r.Stored(hit.Doc)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%d found: %s\n", result.Total, shown)
	}
	// Output: 1 found: Tide
}
