package recommend

import (
	"fmt"
	"strings"
	"testing"
)

// Pages that nobody would write by hand are read in bounds and with sense.
func TestPagesOfManyWords(t *testing.T) {
	f := finder(t)
	things := strings.Fields("lock weir sluice towpath barge gauge ferry quay dredger warden ledger beacon")
	thing := func(i int) string { return fmt.Sprintf("%s %d", things[i%len(things)], i) }
	var shoulds, law, bullets, talk strings.Builder
	for i := range 500 {
		fmt.Fprintf(&shoulds, "Councils should repair %s before the winter.\n\n", thing(i))
		fmt.Fprintf(&law, "(%d) The keeper of %s shall give notice to the registrar within %d days, and the registrar shall enter it in the "+
			"roll.\n\n", i+1, thing(i), i%28+1)
		fmt.Fprintf(&bullets, "- %s\n", thing(i))
	}
	const ask = "we should open the sluice to every village on the river."
	words := 0
	for i := 0; words < 40_000; i++ {
		name := []string{"Carla Venn", "Robin Aske"}[i%2]
		line := fmt.Sprintf("and so I went down to the %s that morning, you know, and it was raining, and we talked about how the water had "+
			"been in my day.", thing(i))
		if i == 700 {
			line, name = ask, "Robin Aske"
		}
		words += len(strings.Fields(line)) + 2
		fmt.Fprintf(&talk, "**%s:** %s\n\n", name, line)
	}
	for _, c := range []struct {
		name, body  string
		least, most int
	}{
		{"five hundred demands", shoulds.String(), mostAsks, mostAsks},
		{"a law", law.String(), 0, 10},
		{"all bullets", bullets.String(), 0, 0},
		{"a transcript", talk.String(), 1, 3},
	} {
		r := read(t, c.body, "", []string{"Carla Venn", "Robin Aske"}, nil)
		r.Title = "Canal days"
		f.Fill(r)
		asks, others := listed(r)
		if len(asks) < c.least || len(asks) > c.most || len(others) > mostAsks {
			t.Errorf("%s: %d asks and %d others, such as %q", c.name, len(asks), len(others), asks[:min(3, len(asks))])
		}
		if c.name == "a transcript" {
			if who, found := by(r, ask); !found || who != "Robin Aske" {
				t.Errorf("%s: %q by %q (found: %v)", c.name, ask, who, found)
			}
		}
	}
}
