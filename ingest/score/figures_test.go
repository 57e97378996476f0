package score

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// What the program tells of its models is what the trainer wrote down, to the byte.
func TestTrials(t *testing.T) {
	golden, err := os.ReadFile("figures.golden")
	if err != nil {
		t.Fatal(err)
	}
	trials, err := Trials()
	if err != nil {
		t.Fatal(err)
	}
	var printed strings.Builder
	for i := range trials {
		for _, m := range trials[i].Measures {
			if !slices.Contains(names[:], m.Name) {
				t.Errorf("%s: %q is marked by nobody", trials[i].Name, m.Name)
			}
		}
		printed.WriteString(trials[i].String())
	}
	if printed.String() != string(golden) {
		t.Errorf("the trials are\n%s\nfigures.golden is\n%s", &printed, golden)
	}
	for _, broken := range []string{"", "name", "name\nno pages\n\n", "name\n60 pages, 60 of them extracted\nhead\npeople 0.9 much\n\n"} {
		if got, err := parseTrials(broken); err == nil {
			t.Errorf("%q is read as %v", broken, got)
		}
	}
}
