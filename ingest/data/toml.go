package data

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// DecodeTOML decodes a document of TOML, unless something lies too deep in it: the decoder's memory grows with the square of that. Then
// the error is an *Error; others are the decoder's own.
func DecodeTOML(src []byte) (map[string]any, toml.MetaData, error) {
	values := map[string]any{}
	if line := tooDeep(src); line > 0 {
		return values, toml.MetaData{}, &Error{line, fmt.Sprintf("arrays, tables or keys lie more than %d deep within each other", deepest)}
	}
	meta, err := toml.Decode(string(src), &values)
	return values, meta, err
}

// tooDeep returns the line, from 1, on which brackets open too deep, or a key has too many parts; 0 if there is none. Brackets within
// strings count, too: nobody writes so many. So do dots, but for those of a value up to the next comma.
func tooDeep(src []byte) int {
	depth, parts, value := 0, 0, false
	for i, c := range src {
		switch c {
		case '[', '{':
			depth++
			parts, value = 0, false
		case ']', '}':
			depth = max(0, depth-1)
		case '=':
			parts, value = 0, true
		case ',':
			parts, value = 0, false
		case '.':
			if !value && i+1 < len(src) && src[i+1] != '.' {
				parts++
			}
		case '\n':
			parts, value = 0, false
			if i+1 < len(src) && src[i+1] == '\n' {
				depth = 0 // a bracket in a string that nothing closes
			}
		}
		if depth > deepest || parts > deepest {
			return 1 + bytes.Count(src[:i], []byte("\n"))
		}
	}
	return 0
}

// tomlTree gives the decoded values of a TOML file their lines, which the decoder does not keep: keys are looked for in
// the source, in its order.
type tomlTree struct {
	lines []string
	order map[string]int // of keys, by their path
	spent int
}

// node makes a node of a value that stands under a path, somewhere from line from (counted from 0) on and before line to.
// It returns the line after its beginning.
func (t *tomlTree) node(v any, path string, from, to int) (*Node, int) {
	if t.spent++; t.spent > most {
		return &Node{Kind: Null, Line: from + 1}, from
	}
	switch v := v.(type) {
	case map[string]any:
		n := &Node{Kind: Table, Line: from + 1}
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.SortFunc(keys, func(a, b string) int {
			if x, y := t.order[join(path, a)], t.order[join(path, b)]; x != y {
				return x - y
			}
			return strings.Compare(a, b)
		})
		for _, k := range keys {
			at := t.find(k, from, to)
			child, _ := t.node(v[k], join(path, k), at, to)
			n.Keys, n.Items = append(n.Keys, k), append(n.Items, child)
		}
		return n, from + 1
	case []map[string]any:
		n := &Node{Kind: List, Line: from + 1}
		for _, x := range v {
			from = t.header(path, from, to)
			end := t.header(path, from+1, to)
			child, _ := t.node(x, path, from, end)
			n.Items = append(n.Items, child)
			from = min(end, to)
		}
		return n, from
	case []any:
		n := &Node{Kind: List, Line: from + 1}
		for _, x := range v {
			child, _ := t.node(x, path, from, to)
			n.Items = append(n.Items, child)
		}
		return n, from + 1
	case bool:
		return &Node{Kind: Bool, Line: from + 1, Text: strconv.FormatBool(v)}, from + 1
	case string:
		return &Node{Kind: Text, Line: from + 1, Text: v}, from + 1
	case time.Time:
		layout := time.RFC3339
		if v.Hour()+v.Minute()+v.Second() == 0 {
			layout = time.DateOnly
		}
		return &Node{Kind: Text, Line: from + 1, Text: v.Format(layout)}, from + 1
	}
	return &Node{Kind: Number, Line: from + 1, Text: fmt.Sprint(v)}, from + 1
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// find returns the line on which a key, or a table of its name, begins; from if it is not seen.
func (t *tomlTree) find(key string, from, to int) int {
	for i := from; i < to; i++ {
		l := strings.TrimLeft(t.lines[i], " \t[\"'{")
		if rest, ok := strings.CutPrefix(l, key); ok && strings.HasPrefix(strings.TrimLeft(rest, "\"' \t]."), "=") {
			return i
		}
		if header, ok := strings.CutPrefix(strings.TrimSpace(t.lines[i]), "["); ok {
			parts := strings.Split(strings.Trim(header, "[] \t"), ".")
			if slices.Contains(parts, key) {
				return i
			}
		}
	}
	return from
}

// header returns the line of the next "[[path]]", to if there is none.
func (t *tomlTree) header(path string, from, to int) int {
	for i := from; i < to; i++ {
		if strings.ReplaceAll(strings.TrimSpace(t.lines[i]), " ", "") == "[["+path+"]]" {
			return i
		}
	}
	return to
}
