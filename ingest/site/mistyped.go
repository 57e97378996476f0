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
	for _, key := range slices.Sorted(maps.Keys(m.values)) {
		line, dated := 1, false
		for i := len(m.leaves) - 1; i >= 0; i-- {
			if l := &m.leaves[i]; l.path[0] == key {
				_, ok := date(l.value)
				line, dated = l.line, dated || ok
			}
		}
		of := ""
		switch m.values[key].(type) {
		case map[string]any:
			of = "a map of keys and values"
		case []any:
			of = "a list"
		case int, int64, uint64, float64:
			if keyHolds(key).role == roleSpeakers {
				out = append(out, issue{line, fmt.Sprintf("%s is the number %v, which is nobody's name; write who spoke. The page is kept without it",
					key, m.values[key])})
			}
		}
		switch name := strings.ToLower(key); {
		case of == "":
		case name == "title":
			out = append(out, issue{line, fmt.Sprintf("%s is %s where a text is meant; write it in quotation marks. The page is kept without it",
				key, of)})
		case name == "date" && !dated:
			out = append(out, issue{line, fmt.Sprintf("%s is %s in which no day stands; write it as YYYY-MM-DD. The page is kept without it",
				key, of)})
		}
	}
	return out
}
