package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"rapporteur/ingest/invent"
)

func TestQuery(t *testing.T) {
	r := readerOf(t, small())
	for _, test := range []struct{ name, question, want string }{
		{"by a property, along a predicate", `{ nodes(type: Person, name: "Ann") { id name spokeAt { name startDate } } }`,
			`{"nodes":{"id":"https://s.example/id/person/ann","name":"Ann","spokeAt":{"name":"Title of p1","startDate":"2021-05-01"}}}`},
		{"by an id, against a predicate", `{ nodes(id: <https://s.example/id/organisation/trust>) { ~spokeFor { name } } }`,
			`{"nodes":{"~spokeFor":{"name":"Ann"}}}`},
		{"another way to say so", `{ nodes(id: <https://s.example/id/organisation/trust>) { people: spokeFor @rev { name } } }`,
			`{"nodes":{"people":{"name":"Ann"}}}`},
		{"a page of a level", `{ nodes(type: Person, first: 1, offset: 1) { id } }`,
			`{"nodes":{"id":"https://s.example/id/person/bob"}}`},
		{"with a prefix", `{ nodes(rdf:type: schema:Organization, schema:name: "Alliance") { id } }`,
			`{"nodes":{"id":"https://s.example/id/organisation/alliance"}}`},
		{"what a page says", `{ nodes(id: <https://s.example/id/person/ann>) { affiliatedWith @label(v: <https://s.example/id/event/p1>) ` +
			`{ id } } }`,
			`{"nodes":{"affiliatedWith":{"id":"https://s.example/id/organisation/trust"}}}`},
		{"what another page does not say", `{ nodes(id: <https://s.example/id/person/ann>) { affiliatedWith @label(v: ` +
			`<https://s.example/id/event/p3>) { id } } }`,
			`{"nodes":{"affiliatedWith":null}}`},
		{"what lacks it is dropped", `{ nodes(type: Person, first: 50) { name spokeFor { name } alternateName } }`, `{"nodes":null}`},
		{"what may lack it is not", `{ nodes(type: Organization, first: 50) { name alternateName @opt } }`,
			`{"nodes":[{"name":"Alliance"},{"alternateName":"TRST","name":"Trust"}]}`},
		{"nothing", `{ nodes(name: "Nobody") { id } }`, `{"nodes":null}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := r.Query(context.Background(), test.question)
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(got)
			if err != nil || string(text) != test.want {
				t.Errorf("got  %s (%v)\nwant %s", text, err, test.want)
			}
		})
	}
}

// A question that asks for everything, or is none, ends soon with what to do about it.
func TestQueryBounds(t *testing.T) {
	r := readerOf(t, invent.Site(400, 1))
	deep := strings.Repeat("{ mentions ", 8) + "{ id }" + strings.Repeat("}", 8)
	for _, test := range []struct{ name, question, want string }{
		{"malformed", `{ nodes(`, "not understood"},
		{"no question", `drop everything`, "not understood"},
		{"a change", `mutation { nodes { id } }`, "not understood"},
		{"a word that is none", `{ nodes(type: Person) { shoeSize } }`, `"shoeSize" is no word of the vocabulary`},
		{"too many rows", `{ nodes(first: 100000) { id } }`, "first is 100000"},
		{"no rows", `{ nodes(first: 0) { id } }`, "first is 0"},
		{"too deep", "{ nodes " + deep + "}", "levels deep"},
		{"too long", "{ nodes { id } }" + strings.Repeat(" ", maxQueryBytes), "bytes long"},
		{"everything with everything", `{ nodes(type: Person, first: 100) { a: ~mentions(first: 100) { b: mentions(first: 100) { c: ` +
			`~mentions(first: 100) { d: mentions(first: 100) { e: ~mentions(first: 100) { id } } } } } } }`, "it looks at more than"},
		{"a fragment", `{ nodes { ...x } } fragment x on y { id }`, `"x" is no word`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := r.Query(context.Background(), test.question)
			var wrong *QueryError
			if !errors.As(err, &wrong) || !strings.Contains(wrong.Problem, test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
	got, err := r.Query(context.Background(), `{ nodes(type: Person) { id } }`)
	if list, ok := got["nodes"].([]any); err != nil || !ok || len(list) != queryRows {
		t.Errorf("a level that says nothing of rows has %d, want %d (%v)", len(list), queryRows, err)
	}
}

func FuzzQuery(f *testing.F) {
	r := readerOf(f, small())
	f.Add(`{ nodes(type: Person, first: 2) { id name spokeAt { name } } }`)
	f.Add(`query x { a: ~<https://schema.org/name> @opt { * } }`)
	f.Add(`{ nodes(id: [<a:b>, "é"], first: 3) { ~name @label(v: <a:c>) } }`)
	f.Fuzz(func(t *testing.T, question string) {
		if _, err := r.Query(context.Background(), question); err != nil {
			var wrong *QueryError
			if !errors.As(err, &wrong) {
				t.Fatal(err)
			}
		}
	})
}

func TestWalk(t *testing.T) {
	r := readerOf(t, small())
	walk := func(name, kind, who string) string {
		t.Helper()
		found, total, err := r.Walk(context.Background(), name, id(kind, who), 0)
		if err != nil || total != len(found) {
			t.Fatalf("%s of %s: %v", name, who, err)
		}
		var out []string
		for _, f := range found {
			out = append(out, fmt.Sprintf("%s %d", f.Name, len(f.Pages)))
		}
		return strings.Join(out, ", ")
	}
	for _, test := range []struct{ name, kind, who, want string }{
		{"co-speakers", "person", "ann", "Bob 1"},
		{"organisations", "person", "ann", "Trust 1"},
		{"organisations-met", "person", "ann", "Alliance 1, Trust 1"},
		{"topics", "person", "bob", "Water 1"},
		{"people", "organisation", "trust", "Ann 1"},
		{"speakers", "organisation", "trust", "Ann 1"},
		{"organisations-met", "organisation", "trust", "Alliance 1"},
		{"speakers", "topic", "water", "Ann 1, Bob 1"},
		{"spoken-for", "topic", "water", "Alliance 1, Trust 1"},
		{"connections", "organisation", "alliance", "Ann 1, Bob 1, Trust 1, Water 1"},
	} {
		if got := walk(test.name, test.kind, test.who); got != test.want {
			t.Errorf("%s of %s: %s, want %s", test.name, test.who, got, test.want)
		}
	}
	_, _, err := r.Walk(context.Background(), "co-speakers", id("organisation", "trust"), 0)
	var wrong *QueryError
	if !errors.As(err, &wrong) || !strings.Contains(wrong.Problem, "organisations-met") {
		t.Errorf("a question for another kind: %v", err)
	}
}
