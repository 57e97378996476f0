package recommend

import (
	"testing"
)

// Whom a sentence asks, as it is written; nobody where it names none that can act.
func TestWhomASentenceAsks(t *testing.T) {
	f := finder(t)
	for text, want := range map[string]string{
		"Local councils should publish the register.":                           "Local councils",
		"We call on the Harbour Board to open the locks.":                       "the Harbour Board",
		"Ana Roe urged ministers to fund the gauges.":                           "ministers",
		"Scientists and technologists must think about floods.":                 "Scientists and technologists",
		"AI firms must name their sources.":                                     "AI firms",
		"The order of the locks should be settled by the committee before May.": "the committee",
		"She wrote an open letter to the Minister of State for Rivers, Ports and Science on gauges.": "the Minister of State for Rivers, " +
			"Ports and Science",
		"We made five recommendations for the Harbour Board to consider.": "the Harbour Board",
		"The students asked questions to understand the locks.":           "",
		"The crew advised on usability and even gave time to test.":       "",
		"They call for an open library of maps to be kept.":               "",
		"That board must vote on it.":                                     "board",
		"Data demands from funders require them to collect numbers.":      "",
	} {
		r := read(t, text+"\n", "", []string{"Ana Roe"}, []string{"Harbour Board"})
		v := f.view(r)
		if got := f.addressee(v, v.candidates[0], r.Blocks[v.candidates[0].block]); got != want {
			t.Errorf("%q asks %q, not %q", text, got, want)
		}
	}
	r := read(t, "## Recommendations for councils\n\n- Publish the depth of every lock\n", "", nil, nil)
	v := f.view(r)
	last := v.candidates[len(v.candidates)-1]
	if got := f.addressee(v, last, r.Blocks[last.block]); got != "councils" {
		t.Errorf("a list under a heading asks %q", got)
	}
}
