package graph_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"rapporteur/graph/graphtest"
	"rapporteur/ingest"
	"rapporteur/ingest/cputime"
	"rapporteur/ingest/kinds"
)

// hub is a site in which one organisation is named on 100,000 pages, one page names 20,000 people, and the two ends of
// a long path hang at either.
func hub() *ingest.Site {
	site := &ingest.Site{URL: "https://s.example"}
	entity := func(kind kinds.Kind, name string) ingest.IRI {
		iri := graphtest.ID(string(kind), name)
		site.Entities = append(site.Entities, ingest.Entity{IRI: iri, Kind: kind, Name: name})
		return iri
	}
	page := func(name string, people []ingest.IRI, bodies ...ingest.IRI) {
		r := &ingest.Record{Page: &ingest.Page{Kind: ingest.EventPage, Path: name, Title: name, Date: "2024-01-01"},
			IRI: graphtest.ID("event", name)}
		for _, p := range people {
			r.People = append(r.People, ingest.Participant{Reference: ingest.Reference{IRI: p}})
		}
		for _, b := range bodies {
			r.Organisations = append(r.Organisations, ingest.Reference{IRI: b})
		}
		site.Records = append(site.Records, r)
	}
	everywhere, small := entity(kinds.Organisation, "everywhere"), entity(kinds.Organisation, "small")
	var crowd []ingest.IRI
	for i := range 20_000 {
		crowd = append(crowd, entity(kinds.Person, fmt.Sprintf("p%05d", i)))
	}
	for i := range 100_000 {
		page(fmt.Sprintf("e%06d", i), crowd[i%1000:i%1000+1], everywhere)
	}
	page("crowd", crowd)
	page("far", crowd[19_999:], small)
	return site
}

// What is on 100,000 pages, and a page that names 20,000, are answered in bounded time, and given up when asked to.
func TestHub(t *testing.T) {
	if testing.Short() {
		t.Skip("a site of 100,000 pages")
	}
	r := open(t, hub())
	ctx := context.Background()
	begin := cputime.Used()
	list, total, err := r.Shared(ctx, graphtest.ID("organisation", "everywhere"), kinds.Person, 5)
	if err != nil || total != 1000 || len(list) != 5 || list[0].Pages != 100 {
		t.Errorf("on the same pages: %d %+v, %v", total, list, err)
	}
	paths, err := r.Paths(ctx, graphtest.ID("organisation", "everywhere"), graphtest.ID("person", "p00007"), 2)
	if err != nil || len(paths) == 0 || len(paths[0]) != 1 {
		t.Errorf("to one of them: %v, %v", graphtest.Tell(paths), err)
	}
	// From the hub to the small body is: a person on its pages, the crowd's page, the last of the crowd. Nothing passes
	// through a page of 20,000 names: it says nothing of any two of them.
	paths, err = r.Paths(ctx, graphtest.ID("organisation", "everywhere"), graphtest.ID("organisation", "small"), 1)
	if err != nil || len(paths) != 0 {
		t.Errorf("through the crowd: %v, %v", graphtest.Tell(paths), err)
	}
	if n, err := r.Around(ctx, graphtest.ID("organisation", "everywhere"), 2, nil, 10); err != nil || n.Total != 1000 {
		t.Errorf("around: %+v, %v", n, err)
	}
	// The budget is generous, for a slow machine; what it must not be is minutes.
	if took := cputime.Used() - begin; took > 30*time.Second {
		t.Errorf("it took %v", took)
	}
	late, cancel := context.WithDeadline(ctx, time.Now().Add(-time.Second))
	defer cancel()
	_, err = r.Paths(late, graphtest.ID("organisation", "everywhere"), graphtest.ID("organisation", "small"), 1)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("past its deadline: %v", err)
	}
	if _, _, err := r.Shared(late, graphtest.ID("organisation", "everywhere"), "", 1); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("past its deadline: %v", err)
	}
}
