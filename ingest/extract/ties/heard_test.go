package ties

import "testing"

// A rule stands on words that say outright who took the floor, on what somebody said, or on neither.
func TestWording(t *testing.T) {
	for rule, want := range map[string]string{
		"": "none", "speaks": "none", "says argued": "report", "says highlights": "report", "says chaired": "act", "says talk": "act",
		"in the programme": "act", "listed under panel": "act", "below a heading": "act",
	} {
		if got := Wording(rule); got != want {
			t.Errorf("%q stands on %q, want %q", rule, got, want)
		}
	}
}
