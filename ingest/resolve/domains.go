package resolve

import "rapporteur/ingest/fold"

import (
	"fmt"
	"strings"
)

// joinDomains merges names that link to one place on the web and are the same but for a word such as "Foundation". A place
// shared by bodies of other names (a university and its institutes) says nothing.
func (r *resolver) joinDomains() {
	at := map[string][]*group{}
	for _, g := range roots(r.bodies) {
		for _, d := range sortedKeys(g.domains) {
			at[d] = append(at[d], g)
		}
	}
	for _, d := range sortedKeys(at) {
		list := at[d]
		for i, g := range list {
			for _, h := range list[i+1:] {
				a, b := g.root(), h.root()
				if a == b {
					continue
				}
				short, long := parseBody(a.name()), parseBody(b.name())
				if len(short.words) > len(long.words) {
					short, long = long, short
				}
				switch {
				case short.acronym != "" && stands(short.acronym, strings.Join(long.words, " ")):
					merge(a, b)
				case len(short.words) < len(long.words) && subsequence(short.words, long.words):
					if small, large := bySize(a, b); shortened(small, large, short.words, long.words, d) {
						merge(large, small)
					} else if len(long.words)-len(short.words) <= 2 {
						r.doubtSame(a, b, fmt.Sprintf("Are %s and %s, which link to %s, the same?", a.name(), b.name(), d))
					}
				}
			}
		}
	}
}

// bySize puts the group with the shorter name first.
func bySize(a, b *group) (small, large *group) {
	if len(parseBody(a.name()).words) > len(parseBody(b.name()).words) {
		return b, a
	}
	return a, b
}

// shortened says whether the shorter of two names that link to one place leaves off what is often left off: a word such as
// "Foundation" at the end, a word before a name of two or more ("Alan" of an institute), or any words of a name that the
// place itself bears whole, if the short name links nowhere else.
func shortened(small, large *group, short, long []string, place string) bool {
	extra := without(long, fold.Set(strings.Join(short, " ")))
	if len(extra) == 1 {
		switch w := extra[0]; {
		case w == long[len(long)-1] && kindWords[w] && w != "uk" && w != "international" && w != "global":
			return true
		case w == long[0] && len(short) > 1 && !kindWords[w] && (kindWords[short[len(short)-1]] || bodyWords[short[len(short)-1]]):
			return true
		}
	}
	label := strings.ReplaceAll(strings.ReplaceAll(place, "-", ""), ".", "")
	return len(small.domains) == 1 && small.domains[place] > 0 && strings.Contains(label, strings.Join(long, "")) &&
		(len(short) > 1 || small.domains[place] > 1)
}
