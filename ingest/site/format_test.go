package site

import (
	"reflect"
	"testing"

	"rapporteur/ingest/visible"
)

func TestHead(t *testing.T) {
	m := head([]visible.Value{{"title", "Weirs", 1}, {"authors.0", "Ann Mossop", 2}, {"authors.1", "Ulf Berring", 2}, {"speakers.0.name", "Edda Voss", 3}, {"speakers.0.org", "Pier Labs", 4}})
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
