package index_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rapporteur/index"
)

// An index that takes what it can from the one before tells all that one does which is built from nothing.
func TestRenew(t *testing.T) {
	syllables := strings.Fields("ba cor dem fin gol hes jur kam lod mip naf orm pel qui ras")
	random := rand.New(rand.NewPCG(7, 7))
	word := func() string {
		return syllables[random.IntN(15)] + syllables[random.IntN(15)] + syllables[random.IntN(15)]
	}
	var documents []index.Document
	for i := range 300 {
		d := index.Document{ID: fmt.Sprint("page ", i), Kind: "page", Title: word() + "-" + word(), Lang: []string{"en", "de"}[i%7/6],
			Facets: map[string][]string{"colour": {word()}}, Stored: fmt.Append(nil, "stored ", i)}
		for range 30 {
			line := make([]string, 25)
			for k := range line {
				line[k] = word()
			}
			d.Body = append(d.Body, strings.Join(line, " "))
		}
		d.Text = strings.Join(d.Body, "\n")
		documents = append(documents, d)
	}
	build := func(documents []index.Document, before string) (string, error) {
		dir := filepath.Join(t.TempDir(), "index")
		w, err := index.Create(dir, 0, 0)
		if before != "" {
			w, err = index.Renew(dir, before, 0, 0)
		}
		if err != nil {
			return "", err
		}
		for i := range documents {
			if err := w.Put(&documents[i]); err != nil {
				return "", err
			}
		}
		return dir, w.Close()
	}
	compare := func(what, dir string, documents []index.Document) {
		fresh, err := build(documents, "")
		if err != nil {
			t.Fatal(err)
		}
		if one, two := told(t, dir), told(t, fresh); one != two {
			t.Errorf("%s: the index is another than one that is built from nothing: %d and %d bytes", what, len(one), len(two))
		}
	}
	first, err := build(documents, "")
	if err != nil {
		t.Fatal(err)
	}
	edited := slices.Clone(documents)
	edited[150].Body = append(slices.Clone(edited[150].Body), "a zyzzyva among barges, well-tied")
	edited = slices.Delete(edited, 20, 21)
	edited = slices.Insert(edited, 220, index.Document{ID: "new", Kind: "note", Lang: "fr", Title: "Écluse", Body: []string{"Möller barge"}})
	renewed, err := build(edited, first)
	if err != nil {
		t.Fatal(err)
	}
	compare("edited", renewed, edited)
	again := slices.Clone(edited)
	again[150].Title = "the kept barge"
	again[7], again[9] = again[9], again[7]
	back, err := build(again, renewed)
	if err != nil {
		t.Fatal(err)
	}
	compare("edited twice", back, again)
	for _, name := range []string{"000000000002.zap", "root.bolt"} {
		one, err := os.ReadFile(filepath.Join(first, "whole", name))
		if err != nil {
			t.Fatal(err)
		}
		if two, err := os.ReadFile(filepath.Join(back, "whole", name)); err != nil || !bytes.Equal(one, two) {
			t.Errorf("%s is not as it was: %v", name, err)
		}
	}
	for n := range 60 {
		again[4*n].Title += " barge"
	}
	if _, err := build(again, back); !errors.Is(err, index.ErrChanged) {
		t.Errorf("with 60 of 300 changed: %v", err)
	}
	if _, err := build(again[:200], back); !errors.Is(err, index.ErrChanged) {
		t.Errorf("with 100 of 300 gone: %v", err)
	}
	if testing.Short() {
		return // ten indexes more
	}
	for n := range 20 { // what is gone does not stay in the first part for ever
		edited[150].Title = fmt.Sprintf("the kept barge %d", n)
		next, err := build(edited, back)
		if errors.Is(err, index.ErrChanged) {
			if n != 8 {
				t.Errorf("built anew after %d times", n)
			}
			break
		}
		if err != nil || n > 10 {
			t.Fatalf("after %d times: %v", n, err)
		}
		back = next
	}
}

// told is all that an index says.
func told(t *testing.T, dir string) string {
	r, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var out strings.Builder
	var terms []string
	err = r.Words(func(word string, forms []string) error {
		written, err := r.Written(word)
		fmt.Fprintln(&out, word, forms, written)
		terms = append(terms, r.Analyzers()[0].Terms(word)...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, term := range terms {
		if i%5 > 0 { // enough
			continue
		}
		clauses := []index.Clause{{Any: []index.Match{{Terms: []string{term}, Weight: 1, Typed: true}}}}
		if i > 0 {
			clauses = append(clauses, index.Clause{Any: []index.Match{{Terms: []string{terms[i-1], term}, Weight: 1}}})
		}
		result, err := r.Search(context.Background(), &index.Query{Clauses: clauses, Facets: []string{"colour"}, FacetLimit: 3, Limit: 20})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&out, term, result)
	}
	for n := range uint32(r.Documents()) {
		shown, text, err := r.Stored(n)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&out, n, string(shown), text)
	}
	return out.String()
}
