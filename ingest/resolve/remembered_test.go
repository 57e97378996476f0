package resolve

import (
	"fmt"
	"testing"

	"rapporteur/ingest/kinds"
)

// What is remembered of a group is found again where its names or references are others, and only then.
func TestRemembered(t *testing.T) {
	g, h := newGroup(kinds.Organisation, "harbour trust"), newGroup(kinds.Organisation, "harbour trust of weir")
	g.names["Harbour Trust"], h.names["Harbour Trust of Weir"] = 2, 5
	if n := g.name(); n != "Harbour Trust" {
		t.Error(n)
	}
	if !merge(g, h) {
		t.Fatal("they are not merged")
	}
	if n := g.root().name(); n != "Harbour Trust of Weir" {
		t.Errorf("merged: %s", n)
	}
	g.root().fixed = "The Trust"
	if n := g.root().name(); n != "The Trust" {
		t.Errorf("decided: %s", n)
	}
	var m remembered[int]
	found := 0
	for range 3 {
		m.get(7, func() int { found++; return found })
	}
	if m.get(8, func() int { found++; return found }) != 2 || found != 2 {
		t.Errorf("found %d times", found)
	}
}

// A body under thousands of names, as a list of thousands of bodies with names alike gives, is asked for its name as often: that takes
// one look at each name, not one at each pair of them.
func BenchmarkName(b *testing.B) {
	g := newGroup(kinds.Organisation, "many")
	for i := range 3000 {
		g.names[fmt.Sprintf("Harbour%d Institute", i)] = 1
	}
	for b.Loop() {
		g.name()
	}
}
