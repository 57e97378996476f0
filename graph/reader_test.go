package graph

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"

	"rapporteur/ingest"
	"rapporteur/ingest/invent"
	"rapporteur/ingest/inversion"
	"rapporteur/ingest/kinds"
)

func readerOf(t testing.TB, site *ingest.Site) *Reader {
	t.Helper()
	dir := t.TempDir()
	if err := Create(dir, inversion.Of(site)); err != nil {
		t.Fatal(err)
	}
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// small is a site whose answers can be read off it. Ann speaks for Trust and Bob for Alliance on p1; Bob is named with
// Cy on p2, a page of many names; Cy and Trust are never together. All of p1 is about Water.
func small() *ingest.Site {
	site := &ingest.Site{URL: "https://s.example"}
	entity := func(kind kinds.Kind, name string) ingest.IRI {
		iri := ingest.IRI("https://s.example/id/" + string(kind) + "/" + strings.ToLower(name))
		site.Entities = append(site.Entities, ingest.Entity{IRI: iri, Kind: kind, Name: name})
		return iri
	}
	ann, bob, cy := entity(kinds.Person, "Ann"), entity(kinds.Person, "Bob"), entity(kinds.Person, "Cy")
	trust, alliance := entity(kinds.Organisation, "Trust"), entity(kinds.Organisation, "Alliance")
	water := entity(kinds.Topic, "Water")
	site.Entities[3].Aliases, site.Entities[3].Former = []string{"TRST"}, []ingest.IRI{"https://s.example/id/organisation/old-trust"}
	lone := entity(kinds.Person, "Lone")
	site.Entities = append(site.Entities, ingest.Entity{IRI: lone + "-2", Kind: kinds.Person, Name: "Alone"})
	page := func(name, date string) *ingest.Record {
		r := &ingest.Record{Page: &ingest.Page{Kind: ingest.EventPage, Path: name + ".md", Title: "Title of " + name, Date: date,
			URL: "https://s.example/" + name}, IRI: ingest.IRI("https://s.example/id/event/" + name)}
		site.Records = append(site.Records, r)
		return r
	}
	named := func(iri ingest.IRI) ingest.Participant {
		return ingest.Participant{Reference: ingest.Reference{IRI: iri}}
	}
	speaks := func(iri, org ingest.IRI) ingest.Participant {
		p := named(iri)
		p.Speaker, p.Part, p.Affiliations = true, ingest.Speaker, []ingest.Affiliation{{IRI: org, Role: "Chair", Confidence: .9}}
		return p
	}
	p1 := page("p1", "2021-05-01")
	p1.People = []ingest.Participant{speaks(ann, trust), speaks(bob, alliance)}
	p1.Organisations = []ingest.Reference{{IRI: trust}, {IRI: alliance}}
	p1.Topics = []ingest.TopicReference{{Reference: ingest.Reference{IRI: water}}}
	p2 := page("p2", "2023-05-01")
	p2.People = []ingest.Participant{named(bob), named(cy)}
	for i := range 40 {
		p2.People = append(p2.People, named(entity(kinds.Person, fmt.Sprintf("Crowd%d", i))))
	}
	p3 := page("p3", "2024-01-01")
	p3.People = []ingest.Participant{named(lone)}
	p3.Organisations = []ingest.Reference{{IRI: trust}}
	p3.Topics = []ingest.TopicReference{{Reference: ingest.Reference{IRI: water}, Inferred: true}}
	return site
}

func id(kind, name string) ingest.IRI {
	return ingest.IRI("https://s.example/id/" + kind + "/" + name)
}

func tell(ways [][]Step) []string {
	var out []string
	for _, w := range ways {
		s := w[0].From.Name
		for _, st := range w {
			s += " -" + string(st.Tie)
			if len(st.Places) > 0 {
				s += "@" + strings.TrimSuffix(st.Places[0].Page.Path, ".md")
			}
			s += "- " + st.To.Name
		}
		out = append(out, s)
	}
	return out
}

func TestWaysOfSmall(t *testing.T) {
	r := readerOf(t, small())
	for _, c := range []struct {
		from, to ingest.IRI
		want     []string
	}{
		{id("person", "ann"), id("organisation", "trust"), []string{"Ann -spoke for@p1- Trust"}},
		{id("person", "ann"), id("person", "bob"), []string{"Ann -together@p1- Bob"}},
		{id("organisation", "trust"), id("person", "cy"), []string{"Trust -together@p1- Bob -together@p2- Cy"}},
		{id("person", "ann"), id("event", "p1"), []string{"Ann -on@p1- Title of p1"}},
		{id("event", "p1"), id("person", "cy"), []string{"Title of p1 -on@p1- Bob -together@p2- Cy"}},
		{id("event", "p1"), id("event", "p3"), []string{"Title of p1 -on@p1- Trust -on@p3- Title of p3",
			"Title of p1 -on@p1- Water -on@p3- Title of p3"}},
		{id("person", "ann"), id("person", "lone"),
			[]string{"Ann -spoke for@p1- Trust -together@p3- Lone", "Ann -together@p1- Water -together@p3- Lone"}},
		{id("person", "ann"), id("person", "lone-2"), nil},
		{id("person", "ann"), id("person", "ann"), nil},
		{id("person", "ann"), id("person", "nobody"), nil},
	} {
		ways, err := r.Ways(context.Background(), c.from, c.to, 5)
		if err != nil {
			t.Fatal(err)
		}
		got := tell(ways)
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s to %s: %s", c.from, c.to, d)
		}
	}
}

// On random sites, the first way costs what the cheapest way costs by Floyd and Warshall's method on all nodes, and no
// two ways share a thing between the ends.
func TestWaysAreShortest(t *testing.T) {
	for seed := range uint64(4) {
		r := readerOf(t, invent.Site(25, seed))
		w := newWayfinder(r, 0, 0)
		var nodes []uint32
		for n := uint32(1); int(n) <= r.dict.n; n++ {
			if r.kind(n) != "" {
				nodes = append(nodes, n)
			}
		}
		at := map[uint32]int{}
		for i, n := range nodes {
			at[n] = i
		}
		dist := make([][]float64, len(nodes))
		for i, n := range nodes {
			dist[i] = make([]float64, len(nodes))
			for j := range dist[i] {
				dist[i][j] = math.Inf(1)
			}
			w.edges(n, func(m uint32, c float64) { dist[i][at[m]] = min(dist[i][at[m]], c) })
		}
		for k := range nodes {
			for i := range nodes {
				for j := range nodes {
					dist[i][j] = min(dist[i][j], dist[i][k]+dist[k][j])
				}
			}
		}
		compared := 0
		for i := 0; i < len(nodes); i += 3 {
			for j := 1; j < len(nodes); j += 5 {
				ways, err := r.Ways(context.Background(), r.iri(nodes[i]), r.iri(nodes[j]), 3)
				if err != nil {
					t.Fatal(err)
				}
				if len(ways) == 0 {
					if i != j && !math.IsInf(dist[i][j], 1) {
						t.Errorf("no way from %s to %s", r.iri(nodes[i]), r.iri(nodes[j]))
					}
					continue
				}
				free := (w.through(nodes[i]) + w.through(nodes[j])) / 2 // to start and end costs nothing
				w := newWayfinder(r, nodes[i], nodes[j])
				found, _ := w.find(context.Background())
				if got, want := costOfWay(w, found), dist[i][j]-free; math.Abs(got-want) > 1e-9 {
					t.Fatalf("%s to %s costs %g, want %g: %v", r.iri(nodes[i]), r.iri(nodes[j]), got, want, tell(ways))
				}
				seen := map[ingest.IRI]bool{}
				for _, way := range ways {
					for _, s := range way[1:] {
						if seen[s.From.IRI] {
							t.Errorf("%s is on two ways: %v", s.From.IRI, tell(ways))
						}
						seen[s.From.IRI] = true
					}
					for _, s := range way {
						if len(s.Places) == 0 {
							t.Errorf("a step without a page: %v", tell(ways))
						}
					}
				}
				compared++
			}
		}
		if compared < 150 {
			t.Errorf("only %d ways compared", compared)
		}
	}
}

func costOfWay(w *wayfinder, nodes []uint32) float64 {
	sum := 0.0
	for i := range nodes[1:] {
		best := math.Inf(1)
		w.edges(nodes[i], func(m uint32, c float64) {
			if m == nodes[i+1] {
				best = min(best, c)
			}
		})
		sum += best
	}
	return sum
}

func TestThings(t *testing.T) {
	r := readerOf(t, small())
	if got, ok := r.Thing(id("event", "p1")); !ok || got != (Thing{id("event", "p1"), PageKind, "Title of p1", "2021-05-01", "p1.md"}) {
		t.Errorf("%+v", got)
	}
	if got, ok := r.Thing(id("organisation", "old-trust")); !ok || got.Name != "Trust" {
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

func TestShared(t *testing.T) {
	r := readerOf(t, small())
	ctx := context.Background()
	list, total, err := r.Shared(ctx, id("topic", "water"), kinds.Organisation, 10)
	if err != nil || total != 2 || list[0].Name != "Trust" || !slices.Equal(list[0].Years, []string{"2021", "2024"}) || list[0].Pages != 2 ||
		list[0].Newest[0].Path != "p3.md" {
		t.Errorf("organisations of Water: %d %+v, %v", total, list, err)
	}
	if list, total, _ = r.Since(ctx, id("organisation", "trust"), "", "2022", 10); total != 2 {
		t.Errorf("since 2022: %+v", list)
	}
	c, err := r.Compare(ctx, id("organisation", "trust"), id("organisation", "alliance"), "", 10)
	if err != nil || len(c.Together) != 1 || len(c.OnlyFirst) != 1 || c.OnlyFirst[0].Name != "Lone" || len(c.Both) != 3 ||
		len(c.OnlySecond) != 0 {
		t.Errorf("Trust and Alliance: %+v, %v", c, err)
	}
	b, err := r.Brokers(ctx, []ingest.IRI{id("person", "cy")}, []ingest.IRI{id("organisation", "trust")}, 5)
	if err != nil || len(b) != 1 || b[0].Name != "Bob" {
		t.Errorf("between Cy and Trust: %+v, %v", b, err)
	}
	n, err := r.Around(ctx, id("person", "ann"), 2, []kinds.Kind{kinds.Person, kinds.Organisation}, 10)
	if err != nil || n.Total != 3 || len(n.Nodes) < 5 || n.Nodes[0].Name != "Ann" || n.Nodes[4].Hops != 2 {
		t.Errorf("around Ann: %+v, %v", n, err)
	}
}

// The direct walks say what Cayley's path language says.
func TestSharedIsWhatPathsSay(t *testing.T) {
	r := readerOf(t, invent.Site(80, 5))
	qs := store{snapshot: r.snapshot}
	for n := uint32(1); int(n) <= r.dict.n; n++ {
		if r.kind(n) != kinds.Topic {
			continue
		}
		list, _, err := r.Shared(context.Background(), r.iri(n), kinds.Organisation, 0)
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for _, s := range list {
			got = append(got, "<"+string(s.IRI)+">")
		}
		slices.Sort(got)
		p := path.StartPath(qs, quad.IRI(r.iri(n))).In(predAbout, predInferredAbout).Has(predPath).Out(predMentions).Has(predType,
			typeOrganisation).Unique()
		if d := cmp.Diff(answers(t, p, qs), got); d != "" {
			t.Errorf("organisations of %s: %s", r.iri(n), d)
		}
	}
}

func TestCommunities(t *testing.T) {
	r := readerOf(t, invent.Site(100, 9))
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

func TestCancelled(t *testing.T) {
	r := readerOf(t, invent.Site(50, 1))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	e := r.iri(r.id(quad.IRI("https://invented.example/id/topic/procurement")))
	if _, _, err := r.Shared(ctx, e, "", 1); !errors.Is(err, context.Canceled) {
		t.Errorf("Shared: %v", err)
	}
	if _, err := r.Ways(ctx, e, "https://invented.example/id/person/aba-ashgrove", 1); !errors.Is(err, context.Canceled) {
		t.Errorf("Ways: %v", err)
	}
	if _, err := r.Communities(ctx, 10); !errors.Is(err, context.Canceled) {
		t.Errorf("Communities: %v", err)
	}
}
