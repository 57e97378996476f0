package resolve

import (
	"cmp"
	"slices"
	"strings"
)

const (
	misspeltMost = 20 // words of a name; what is longer is compared with nothing
	// where more names than that differ in one word only, so many neighbours are compared, by how the word begins and by how it ends
	misspeltNear = 100
)

// spelt is a name with its words.
type spelt struct {
	group *group
	words []string
	key   string // the words, joined
}

// pairing is two of a list of names, by number, that may be spellings of one.
type pairing struct {
	block string // the letters that both begin with, or end with
	x, y  int
}

// misspellings finds the pairs of names that differ in one word alone and begin, or end, with the same three letters, in
// order of these. It does not compare all names with all: names that differ in one word are the same without it.
func misspellings(list []spelt) []pairing {
	buckets := map[string][]int{}
	for n, s := range list {
		if len(s.words) > misspeltMost {
			continue
		}
		at := 0
		for _, w := range s.words {
			without := s.key[:at] + "\x00" + s.key[at+len(w):]
			buckets[without] = append(buckets[without], n)
			at += len(w) + 1
		}
	}
	var out []pairing
	pair := func(x, y int) {
		x, y = min(x, y), max(x, y)
		a, b := list[x].key, list[y].key
		if a == b {
			return
		}
		if a[len(a)-3:] == b[len(b)-3:] {
			out = append(out, pairing{"$" + a[len(a)-3:], x, y})
		}
		if a[:3] == b[:3] {
			out = append(out, pairing{"^" + a[:3], x, y})
		}
	}
	for without, names := range buckets {
		if len(names) <= misspeltNear {
			for i, x := range names {
				for _, y := range names[i+1:] {
					pair(x, y)
				}
			}
			continue
		}
		at := strings.IndexByte(without, 0)
		odd := func(n int) string { return list[n].key[at : len(list[n].key)-(len(without)-at-1)] }
		for _, order := range []func(string) string{func(s string) string { return s }, reversed} {
			slices.SortFunc(names, func(x, y int) int { return cmp.Or(cmp.Compare(order(odd(x)), order(odd(y))), x-y) })
			for i, x := range names {
				for _, y := range names[i+1 : min(i+1+misspeltNear, len(names))] {
					pair(x, y)
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b pairing) int {
		return cmp.Or(cmp.Compare(a.block, b.block), a.x-b.x, a.y-b.y)
	})
	return slices.Compact(out)
}

func reversed(s string) string {
	b := []byte(s)
	slices.Reverse(b)
	return string(b)
}
