package search

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
)

// judgedFloor is the least part of the first places that hold somebody who belongs there; judged.txt says who does.
const judgedFloor = 0.93

// Of the first connections of a thing, as many as belong on top and five at most, those that belong there are counted.
func TestConnectionsAreThoseThatPeopleNamed(t *testing.T) {
	g, _ := theSite(t)
	text, err := os.ReadFile("testdata/judged.txt")
	if err != nil {
		t.Fatal(err)
	}
	var sum float64
	var things int
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSpace(line), " | ")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(f) != 3 {
			t.Fatalf("%q has %d parts, want thing | kind | names", line, len(f))
		}
		belong := strings.Split(f[2], ", ")
		_, all, err := g.ConnectionsOf(context.Background(), f[0], 10)
		if err != nil {
			t.Errorf("%s: %v", f[0], err)
			continue
		}
		places := min(5, len(belong))
		held := 0
		var first []string
		for _, c := range all[f[1]][:min(places, len(all[f[1]]))] {
			first = append(first, c.To.Name)
			if slices.Contains(belong, c.To.Name) {
				held++
			}
		}
		if held < places {
			t.Logf("%s: %d of %d, %v", f[0], held, places, first)
		}
		sum += float64(held) / float64(places)
		things++
	}
	if mean := sum / float64(things); mean < judgedFloor {
		t.Errorf("of the first places %.3f hold who belongs there, want %.2f", mean, judgedFloor)
	} else {
		t.Logf("%.3f of the first places of %d things", mean, things)
	}
}
