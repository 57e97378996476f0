// Package graphtest holds what any engine behind the graph must do, as suites that its tests run over the engine: Run for who
// answers questions, Store for a store of Cayley's that the answers are read from. The sites are invented.
package graphtest

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"rapporteur/graph"
	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
)

// Reader answers questions, as graph.Reader does.
type Reader interface {
	Size() (values, quads int)
	Thing(iri ingest.IRI) (graph.Thing, bool)
	Called(name string) []graph.Thing
	Names(f func(t graph.Thing, name string, alias bool))
	Together(first, second ingest.IRI) []graph.Thing
	Links(things []ingest.IRI) []graph.Link
	Shared(ctx context.Context, iri ingest.IRI, kind kinds.Kind, limit int) ([]graph.Share, int, error)
	Since(ctx context.Context, iri ingest.IRI, kind kinds.Kind, date string, limit int) ([]graph.Share, int, error)
	Compare(ctx context.Context, first, second ingest.IRI, kind kinds.Kind, limit int) (*graph.Compared, error)
	Brokers(ctx context.Context, first, second []ingest.IRI, limit int) ([]graph.Broker, error)
	Around(ctx context.Context, iri ingest.IRI, hops int, wanted []kinds.Kind, limit int) (*graph.Neighbourhood, error)
	Communities(ctx context.Context, limit int) ([]graph.Community, error)
	Paths(ctx context.Context, from, to ingest.IRI, limit int) ([][]graph.Step, error)
	Walk(ctx context.Context, name string, from ingest.IRI, limit int) ([]graph.Found, int, error)
	Query(ctx context.Context, question string) (map[string]any, error)
	Export(ctx context.Context, w io.Writer, f graph.Format) error
	Verify(siteURL string, record *ingest.Record) error
}

// Opener makes the graph of a site and opens it until the test ends.
type Opener func(t testing.TB, site *ingest.Site) Reader

// Run tests who answers questions.
func Run(t *testing.T, open Opener) {
	for _, c := range []struct {
		name string
		test func(*testing.T, Opener)
	}{
		{"paths of small", testPathsOfSmall},
		{"things", testThings},
		{"shared", testShared},
		{"communities", testCommunities},
		{"cancelled", testCancelled},
		{"walk", testWalk},
		{"query", testQuery},
		{"verify", testVerify},
		{"shared is counted", testSharedIsCounted},
		{"names", testNames},
		{"export", testExport},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, open) })
	}
}

// Small is a site whose answers can be read off it. Ann speaks for Trust and Bob for Alliance on p1; Bob is named with
// Cy on p2, a page of many names; Cy and Trust are never together. All of p1 is about Water.
func Small() *ingest.Site {
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
		p.Speaker, p.Sure, p.Part, p.Affiliations = true, 1, ingest.Speaker, []ingest.Affiliation{{IRI: org, Role: "Chair", Confidence: .9}}
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

// ID is the IRI of a thing of Small, or of another site of that address.
func ID(kind, name string) ingest.IRI {
	return ingest.IRI("https://s.example/id/" + kind + "/" + name)
}

// Tell puts paths into words: "Ann -together@p1- Bob", p1 being the page of the step that comes first.
func Tell(paths [][]graph.Step) []string {
	var out []string
	for _, w := range paths {
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
