package graph_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"rapporteur/graph"
	"rapporteur/graph/graphtest"
	"rapporteur/ingest/invent"
)

// A question that asks for everything, or is none, ends soon with what to do about it.
func TestQueryBounds(t *testing.T) {
	r := open(t, invent.Site(400, 1))
	deep := strings.Repeat("{ mentions ", 8) + "{ id }" + strings.Repeat("}", 8)
	for _, test := range []struct{ name, question, want string }{
		{"empty", " ", "the question is empty"},
		{"malformed", `{ nodes(`, "not understood"},
		{"no question", `drop everything`, "not understood"},
		{"a change", `mutation { nodes { id } }`, "not understood"},
		{"a word that is none", `{ nodes(type: Person) { shoeSize } }`, `"shoeSize" is no word of the vocabulary`},
		{"too many rows", `{ nodes(first: 100000) { id } }`, "first is 100000"},
		{"no rows", `{ nodes(first: 0) { id } }`, "first is 0"},
		{"too deep", "{ nodes " + deep + "}", "levels deep"},
		{"too long", "{ nodes { id } }" + strings.Repeat(" ", graph.MaxQueryBytes), "bytes long"},
		{"everything with everything", `{ nodes(type: Person, first: 100) { a: ~mentions(first: 100) { b: mentions(first: 100) { c: ` +
			`~mentions(first: 100) { d: mentions(first: 100) { e: ~mentions(first: 100) { id } } } } } } }`, "it looks at more than"},
		{"a fragment", `{ nodes { ...x } } fragment x on y { id }`, `"x" is no word`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := r.Query(context.Background(), test.question)
			var wrong *graph.QueryError
			if !errors.As(err, &wrong) || !strings.Contains(wrong.Problem, test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
	got, err := r.Query(context.Background(), `{ nodes(type: Person) { id } }`)
	if list, ok := got["nodes"].([]any); err != nil || !ok || len(list) != graph.QueryRows {
		t.Errorf("a level that says nothing of rows has %d, want %d (%v)", len(list), graph.QueryRows, err)
	}
}

func FuzzQuery(f *testing.F) {
	r := open(f, graphtest.Small())
	f.Add(`{ nodes(type: Person, first: 2) { id name spokeAt { name } } }`)
	f.Add(`query x { a: ~<https://schema.org/name> @opt { * } }`)
	f.Add(`{ nodes(id: [<a:b>, "é"], first: 3) { ~name @label(v: <a:c>) } }`)
	f.Fuzz(func(t *testing.T, question string) {
		if _, err := r.Query(context.Background(), question); err != nil {
			var wrong *graph.QueryError
			if !errors.As(err, &wrong) {
				t.Fatal(err)
			}
		}
	})
}
