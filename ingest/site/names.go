package site

import (
	"slices"
	"strings"

	"rapporteur/ingest/fold"
)

// wholeNames are keys of a whole name, as foldKey writes them; namedByHalf are those that hold one half of it where the other
// half stands beside them: "nom" beside "prénom", "nombre" beside "apellidos", "Name" beside "Vorname".
var (
	wholeNames = fold.Set(`name fullname displayname completename nomcomplet nombrecompleto nomecompleto vollername
		volledigenaam nom nombre nome naam`)
	namedByHalf = fold.Set(`name nom nombre nome naam`)
)

// nameAmong says which of some keys hold the name of what they are about: one that holds all of it, and last is -1, or its
// first and its last part. first is -1 if none does.
func nameAmong(n int, key, value func(i int) string) (first, last int) {
	whole, half := -1, -1
	first, last = -1, -1
	for i := range n {
		if strings.TrimSpace(value(i)) == "" {
			continue
		}
		switch k := foldKey(key(i)); {
		case slices.Contains(firstNames, k) && first < 0:
			first = i
		case slices.Contains(lastNames, k) && last < 0:
			last = i
		case k == "name" && (whole < 0 || key(whole) != "name"), wholeNames[k] && whole < 0:
			whole = i
		}
	}
	if whole >= 0 && namedByHalf[foldKey(key(whole))] && !strings.Contains(strings.TrimSpace(value(whole)), " ") {
		half = whole
	}
	switch {
	case whole >= 0 && half < 0, whole >= 0 && first < 0 && last < 0:
		return whole, -1
	case first >= 0 && last >= 0:
		return first, last
	case half >= 0 && first >= 0:
		return first, half
	case half >= 0:
		return half, last
	}
	return -1, -1
}

// joinedNames puts first and last names that stand beside each other together, under "name", where no whole name stands there.
func joinedNames(leaves []leaf) []leaf {
	under := map[string][]int{}
	for i, l := range leaves {
		if len(l.path) > 1 {
			parent := strings.Join(l.path[:len(l.path)-1], ".")
			under[parent] = append(under[parent], i)
		}
	}
	drop := map[int]bool{}
	join := map[int]int{}
	for _, among := range under {
		key := func(i int) string { return leaves[among[i]].path[len(leaves[among[i]].path)-1] }
		first, last := nameAmong(len(among), key, func(i int) string { return leaves[among[i]].value })
		if last >= 0 {
			join[among[first]], drop[among[last]] = among[last], true
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
