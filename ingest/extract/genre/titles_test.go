package genre

import (
	"slices"
	"testing"
)

// Titles announce what sort of page follows, on any site.
func TestTitleSorts(t *testing.T) {
	for title, want := range map[string]string{
		"harbour news, march 2031":                  "a regular letter",
		"tide letter: issue 14":                     "a regular letter",
		"the lock keepers' weekly":                  "news of many things",
		"saltmarsh trust appoints a new director":   "what happened to somebody",
		"in memoriam: ines corvale":                 "what happened to somebody",
		"meet our volunteers":                       "a body's people",
		"quarterly status of the docks, q2":         "how it stands",
		"candidates for the 2031 election":          "an election",
		"webinar: the future of locks":              "an occasion",
		"five takeaways, and what happened at dawn": "looking back",
	} {
		if got := titleSorts(title); !slices.Contains(got, want) {
			t.Errorf("%q announces %q, want %q among them", title, got, want)
		}
	}
	for _, title := range []string{"ines corvale", "locks and how they close", "march of the penguins", "no news is good"} {
		if got := titleSorts(title); len(got) > 0 {
			t.Errorf("%q announces %q", title, got)
		}
	}
	both := titleSorts("highlights of the harbour conference")
	if want := []string{"an occasion", "looking back", "an occasion and looking back"}; !slices.Equal(both, want) {
		t.Errorf("a title of two sorts announces %q, want %q", both, want)
	}
}
