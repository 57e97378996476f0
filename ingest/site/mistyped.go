package site

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// mistyped finds what stands in the place of a text, a day or a name and is none: title: {x: 1}, date: [], speakers: 7.
func mistyped(m matter) []issue {
	var out []issue
	wrong := func(key, is, want string) {
		i := slices.IndexFunc(m.leaves, func(l leaf) bool { return l.path[0] == key })
		line := 1 // of what is empty, only the beginning is known
		if i >= 0 {
			line = m.leaves[i].line
		}
		out = append(out, issue{line, fmt.Sprintf("%s is %s; write %s. The page is kept without it", key, is, want)})
	}
	counts := "" // the first key of speakers that is a number: of others like it the same would be said
	for _, key := range slices.Sorted(maps.Keys(m.values)) {
		what := ""
		switch v := m.values[key].(type) {
		case map[string]any:
			what = "a map of keys and values"
		case []any:
			what = "a list"
		case int, int64, uint64, float64:
			if counts == "" && keyHolds(key).role == roleSpeakers {
				counts = key
				wrong(key, fmt.Sprintf("the number %v, which is nobody's name", v), "who spoke")
			}
			continue
		default:
			continue
		}
		switch strings.ToLower(key) {
		case "title":
			wrong(key, what+" where a text is meant", "it in quotation marks")
		case "date":
			if !slices.ContainsFunc(m.leaves, func(l leaf) bool { _, ok := date(l.value); return l.path[0] == key && ok }) {
				wrong(key, what+" in which no day stands", "it as YYYY-MM-DD")
			}
		}
	}
	return out
}
