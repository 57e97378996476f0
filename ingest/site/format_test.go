package site

import (
	"reflect"
	"testing"

	"rapporteur/ingest/visible"
)

func TestHead(t *testing.T) {
	m := head([]visible.Value{{Key: "title", Text: "Weirs", Line: 1}, {Key: "authors.0", Text: "Ann Mossop", Line: 2},
		{Key: "authors.1", Text: "Ulf Berring", Line: 2}, {Key: "speakers.0.name", Text: "Edda Voss", Line: 3},
		{Key: "speakers.0.org", Text: "Pier Labs", Line: 4}})
	want := map[string]any{
		"title":    "Weirs",
		"authors":  []any{"Ann Mossop", "Ulf Berring"},
		"speakers": []any{map[string]any{"name": "Edda Voss", "org": "Pier Labs"}},
	}
	if !m.found || !reflect.DeepEqual(m.values, want) {
		t.Errorf("found %v, values %v, want %v", m.found, m.values, want)
	}
	if head(nil).found {
		t.Error("a file that says nothing of itself has no front matter")
	}
}

// An ending says the format, so no two formats may share one.
func TestEndingsAreOfOneFormat(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range Endings() {
		if seen[e] || e[0] != '.' {
			t.Errorf("ending %q stands twice, or has no dot", e)
		}
		seen[e] = true
	}
}
