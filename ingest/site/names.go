package site

import (
	"slices"
	"strings"
)

// joinedNames puts first and last names that stand beside each other together, under "name", where no whole name stands there.
func joinedNames(leaves []leaf) []leaf {
	type halves struct{ first, last, whole int }
	under := map[string]*halves{}
	for i, l := range leaves {
		if len(l.path) < 2 {
			continue
		}
		parent, k := strings.Join(l.path[:len(l.path)-1], "."), foldKey(l.path[len(l.path)-1])
		h := under[parent]
		if h == nil {
			h = &halves{-1, -1, -1}
			under[parent] = h
		}
		switch {
		case k == "name" || k == "fullname":
			h.whole = i
		case slices.Contains(firstNames, k):
			h.first = i
		case slices.Contains(lastNames, k):
			h.last = i
		}
	}
	drop := map[int]bool{}
	join := map[int]int{}
	for _, h := range under {
		if h.whole < 0 && h.first >= 0 && h.last >= 0 {
			join[h.first], drop[h.last] = h.last, true
		}
	}
	if len(join) == 0 {
		return leaves
	}
	out := make([]leaf, 0, len(leaves))
	for i, l := range leaves {
		if last, ok := join[i]; ok {
			l.value = strings.TrimSpace(l.value) + " " + strings.TrimSpace(leaves[last].value)
			l.path = step(l.path[:len(l.path)-1], "name")
		}
		if !drop[i] {
			out = append(out, l)
		}
	}
	return out
}

// listsOfPeople finds keys whose words do not say so under which people stand: lists of tables with names, at least two of
// three of which read like people's.
func listsOfPeople(leaves []leaf, names namer) map[string]bool {
	found := map[string][2]int{}
	for _, l := range leaves {
		p := place(l)
		if len(p) == 3 && strings.Trim(p[1], "0123456789") == "" && strings.EqualFold(p[2], "name") &&
			!shown.MatchString(strings.ToLower(p[0])) && keyHolds(p[0]).role == "" {
			n := found[p[0]]
			n[0]++
			if names.person(l.value) {
				n[1]++
			}
			found[p[0]] = n
		}
	}
	out := map[string]bool{}
	for k, n := range found {
		if n[1]*3 >= n[0]*2 {
			out[k] = true
		}
	}
	return out
}
