package index

import (
	"slices"
	"testing"
)

// TestWritten asks for words as they are written: rare ones, of what is written in several ways.
func TestWritten(t *testing.T) {
	dir := t.TempDir() + "/index"
	w, err := Create(dir, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"Nurses met.", "A nurse spoke to nurses.", "A nurse.", "An otter.", "School children.",
		"Schoolchildren, and a policy-maker.", "The policymaker.", "Nursing."}
	for len(texts) < 8+rareDocuments {
		texts = append(texts, "Many speak of nursing.")
	}
	for i, text := range texts {
		if err := w.Put(&Document{ID: string(rune('A' + i)), Kind: "page", Body: []string{text}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for word, want := range map[string][]uint32{
		"nurses": {0, 1}, "nurse": {1, 2}, "otter": nil, "schoolchildren": {5}, "policymaker": {6}, "nursing": nil, "": nil, "nur": nil,
	} {
		if got, err := r.Written(word); err != nil || !slices.Equal(got, want) {
			t.Errorf("Written(%q) = %v, %v; want %v", word, got, err, want)
		}
	}
}
