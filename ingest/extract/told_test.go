package extract

import "testing"

// A rule says what decided, not only who.
func TestRulesSayWhatDecided(t *testing.T) {
	x := extractor(t)
	for source, want := range map[string]string{
		"* Ilse Inkpen, Harbour Institute\n* Joren Wintersett, Lantern Foundation\n":   "comma",
		"* Ilse Inkpen (Harbour Institute)\n* Joren Wintersett (Lantern Foundation)\n": "in-brackets",
		"The talk was given by Ilse Inkpen, director of the Harbour Institute.\n":      "word-of",
		"* Ilse Inkpen – Harbour Institute\n* Joren Wintersett – Lantern Foundation\n": "dash",
	} {
		r := draft(t, x, source)
		p := person(r, "Ilse Inkpen")
		if p == nil || len(p.Affiliations) != 1 || p.Affiliations[0].Rule != want {
			t.Errorf("%q: %+v, want a tie by %q", source, p, want)
		}
		for _, o := range r.Organisations {
			for _, m := range o.Mentions {
				if m.Rule == byTagger {
					t.Errorf("%q: %s is found by no more than %q", source, o.Name, m.Rule)
				}
			}
		}
	}
}
