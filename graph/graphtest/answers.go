package graphtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/graph"
	"rapporteur/ingest"
	"rapporteur/ingest/invent"
	"rapporteur/ingest/kinds"
)

func testPathsOfSmall(t *testing.T, open Opener) {
	r := open(t, Small())
	for _, c := range []struct {
		from, to ingest.IRI
		want     []string
	}{
		{ID("person", "ann"), ID("organisation", "trust"), []string{"Ann -spoke for@p1- Trust"}},
		{ID("person", "ann"), ID("person", "bob"), []string{"Ann -together@p1- Bob"}},
		{ID("organisation", "trust"), ID("person", "cy"), []string{"Trust -together@p1- Bob -together@p2- Cy"}},
		{ID("person", "ann"), ID("event", "p1"), []string{"Ann -on@p1- Title of p1"}},
		{ID("event", "p1"), ID("person", "cy"), []string{"Title of p1 -on@p1- Bob -together@p2- Cy"}},
		{ID("event", "p1"), ID("event", "p3"), []string{"Title of p1 -on@p1- Trust -on@p3- Title of p3",
			"Title of p1 -on@p1- Water -on@p3- Title of p3"}},
		{ID("person", "ann"), ID("person", "lone"),
			[]string{"Ann -spoke for@p1- Trust -together@p3- Lone", "Ann -together@p1- Water -together@p3- Lone"}},
		{ID("person", "ann"), ID("person", "lone-2"), nil},
		{ID("person", "ann"), ID("person", "ann"), nil},
		{ID("person", "ann"), ID("person", "nobody"), nil},
	} {
		paths, err := r.Paths(context.Background(), c.from, c.to, 5)
		if err != nil {
			t.Fatal(err)
		}
		got := Tell(paths)
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s to %s: %s", c.from, c.to, d)
		}
	}
}

func testThings(t *testing.T, open Opener) {
	r := open(t, Small())
	if got, ok := r.Thing(ID("event", "p1")); !ok || got != (graph.Thing{IRI: ID("event", "p1"), Kind: graph.PageKind, Name: "Title of p1",
		Date: "2021-05-01", Path: "p1.md"}) {
		t.Errorf("%+v", got)
	}
	if got, ok := r.Thing(ID("organisation", "old-trust")); !ok || got.Name != "Trust" {
		t.Errorf("what was merged: %+v", got)
	}
	for name, want := range map[string]string{"Trust": "Trust", "TRST": "Trust", "p1.md": "Title of p1", "https://s.example/p1": "Title of p1",
		"Water": "Water", "Chair": "", "2021-05-01": ""} {
		got := ""
		if list := r.Called(name); len(list) == 1 {
			got = list[0].Name
		}
		if got != want {
			t.Errorf("%q is called %q, want %q", name, got, want)
		}
	}
}

func testShared(t *testing.T, open Opener) {
	r := open(t, Small())
	ctx := context.Background()
	list, total, err := r.Shared(ctx, ID("topic", "water"), kinds.Organisation, 10)
	if err != nil || total != 2 || list[0].Name != "Trust" || !slices.Equal(list[0].Years, []string{"2021", "2024"}) || list[0].Pages != 2 ||
		list[0].Newest[0].Path != "p3.md" {
		t.Errorf("organisations of Water: %d %+v, %v", total, list, err)
	}
	if list, total, _ = r.Since(ctx, ID("organisation", "trust"), "", "2022", 10); total != 2 {
		t.Errorf("since 2022: %+v", list)
	}
	c, err := r.Compare(ctx, ID("organisation", "trust"), ID("organisation", "alliance"), "", 10)
	if err != nil || len(c.Together) != 1 || len(c.OnlyFirst) != 1 || c.OnlyFirst[0].Name != "Lone" || len(c.Both) != 3 ||
		len(c.OnlySecond) != 0 {
		t.Errorf("Trust and Alliance: %+v, %v", c, err)
	}
	b, err := r.Brokers(ctx, []ingest.IRI{ID("person", "cy")}, []ingest.IRI{ID("organisation", "trust")}, 5)
	if err != nil || len(b) != 1 || b[0].Name != "Bob" {
		t.Errorf("between Cy and Trust: %+v, %v", b, err)
	}
	n, err := r.Around(ctx, ID("person", "ann"), 2, []kinds.Kind{kinds.Person, kinds.Organisation}, 10)
	if err != nil || n.Total != 3 || len(n.Nodes) < 5 || n.Nodes[0].Name != "Ann" || n.Nodes[4].Hops != 2 {
		t.Errorf("around Ann: %+v, %v", n, err)
	}
}

func testCommunities(t *testing.T, open Opener) {
	r := open(t, invent.Site(100, 9))
	first, err := r.Communities(context.Background(), 150)
	if err != nil {
		t.Fatal(err)
	}
	members := 0
	for _, c := range first {
		members += len(c.Members)
	}
	if len(first) < 2 || members < 50 {
		t.Errorf("%d communities of %d members", len(first), members)
	}
	for range 5 {
		if again, _ := r.Communities(context.Background(), 150); cmp.Diff(first, again) != "" {
			t.Fatal("the same graph has other communities each time")
		}
	}
}

func testCancelled(t *testing.T, open Opener) {
	r := open(t, invent.Site(50, 1))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	e := ingest.IRI("https://invented.example/id/topic/procurement")
	if _, _, err := r.Shared(ctx, e, "", 1); !errors.Is(err, context.Canceled) {
		t.Errorf("Shared: %v", err)
	}
	if _, err := r.Paths(ctx, e, "https://invented.example/id/person/aba-ashgrove", 1); !errors.Is(err, context.Canceled) {
		t.Errorf("Paths: %v", err)
	}
	if _, err := r.Communities(ctx, 10); !errors.Is(err, context.Canceled) {
		t.Errorf("Communities: %v", err)
	}
}

func testWalk(t *testing.T, open Opener) {
	r := open(t, Small())
	walk := func(name, kind, who string) string {
		t.Helper()
		found, total, err := r.Walk(context.Background(), name, ID(kind, who), 0)
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
	_, _, err := r.Walk(context.Background(), "co-speakers", ID("organisation", "trust"), 0)
	var wrong *graph.QueryError
	if !errors.As(err, &wrong) || !strings.Contains(wrong.Problem, "organisations-met") {
		t.Errorf("a question for another kind: %v", err)
	}
}

func testQuery(t *testing.T, open Opener) {
	r := open(t, Small())
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

func testVerify(t *testing.T, open Opener) {
	site := invent.Site(30, 1)
	r := open(t, site)
	for _, record := range site.Records {
		if err := r.Verify(site.URL, record); err != nil {
			t.Errorf("%s: %v", record.Path, err)
		}
	}
	record := site.Records[0]
	people := record.People
	record.People = append(people[:len(people):len(people)], site.Records[1].People...)
	if err := r.Verify(site.URL, record); err == nil {
		t.Error("a person more in the record, and nobody sees it")
	}
	record.People = nil
	if err := r.Verify(site.URL, record); err == nil || !strings.Contains(err.Error(), "only the graph has") {
		t.Errorf("no people in the record: got %v", err)
	}
}
