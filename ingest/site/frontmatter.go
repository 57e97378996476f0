package site

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"rapporteur/ingest/curation"
	tables "rapporteur/ingest/data"

	"github.com/BurntSushi/toml"
	"github.com/adrg/frontmatter"
	"go.yaml.in/yaml/v3"
)

// matter is the front matter of a page.
type matter struct {
	values map[string]any
	leaves []leaf // its scalars in the order of the source
	issues []issue
	found  bool // whether the file has front matter at all
	open   bool // it begins, but does not end
}

// leaf is a scalar of the front matter, and where it stands.
type leaf struct {
	path  []string
	value string
	line  int
	text  bool // a string or number: no date, no truth value
}

// issue is something wrong with a part of a file.
type issue struct {
	line  int
	cause string
}

var (
	keyLine = regexp.MustCompile(`^([A-Za-z_][\w -]*?)\s*[:=](?:\s+(.*?))?\s*$`)
	inList  = regexp.MustCompile(`^(?:\s+\S|-\s|#|\]|\})`)
)

// split takes a file apart into its front matter and its body. bodyLine is the source line of the body's first line.
func split(src []byte) (m matter, body []byte, bodyLine int) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if m, body, line, ok := splitYAML(src); ok {
		return m, body, line
	}
	if m, body, line, ok := splitObject(src); ok {
		return m, body, line
	}
	var raw struct {
		data   []byte
		decode func(m *matter, data []byte, line int) error
	}
	format := func(start, end string, decode func(m *matter, data []byte, line int) error) *frontmatter.Format {
		return frontmatter.NewFormat(start, end, func(data []byte, _ any) error {
			raw.data, raw.decode = data, decode
			return nil
		})
	}
	object := format("{", "}", decodeJSON)
	object.UnmarshalDelims, object.RequiresNewLine = true, true
	// The package finds the front matter; it is decoded here, where its lines and the order of its keys are kept.
	body, err := frontmatter.Parse(bytes.NewReader(src), new(any),
		format("---", "---", decodeYAML), format("---yaml", "---", decodeYAML), format("+++", "+++", decodeTOML),
		format("---toml", "---", decodeTOML), format(";;;", ";;;", decodeJSON), format("---json", "---", decodeJSON), object)
	if err != nil || raw.decode == nil {
		return unclosed(src)
	}
	line := 1 + bytes.Count(src[:len(src)-len(bytes.TrimLeft(src, " \t\r\n"))], []byte("\n"))
	if !bytes.HasPrefix(bytes.TrimSpace(src), []byte("{")) {
		line++ // it begins after the line that opens it
	}
	bodyLine = 1 + bytes.Count(src[:len(src)-len(body)], []byte("\n"))
	m.found = true
	if err := raw.decode(&m, raw.data, line); err != nil {
		at, cause := errorPlace(err)
		if mended, ok := quoteLines(raw.data, line); ok && yamlFenced(src) {
			return mended, body, bodyLine
		}
		m = salvage(raw.data, line)
		m.issues = append(m.issues, unreadable(line, at, cause))
	}
	return m, body, bodyLine
}

// splitObject takes apart a file that begins with a JSON object and goes on behind it on a line of its own, with an empty line between or
// not. ok is false for all other files.
func splitObject(src []byte) (m matter, body []byte, bodyLine int, ok bool) {
	before := len(src) - len(bytes.TrimLeft(src, " \t\r\n"))
	rest := src[before:]
	if !bytes.HasPrefix(rest, []byte("{")) || !bytes.HasPrefix(bytes.TrimSpace(rest[1:]), []byte(`"`)) {
		return m, nil, 0, false
	}
	var object json.RawMessage
	read := json.NewDecoder(bytes.NewReader(rest))
	if read.Decode(&object) != nil {
		return m, nil, 0, false
	}
	end := int(read.InputOffset())
	line, after, more := bytes.Cut(rest[end:], []byte("\n"))
	if len(bytes.TrimSpace(line)) > 0 || decodeJSON(&m, rest[:end], 1+bytes.Count(src[:before], []byte("\n"))) != nil {
		return matter{}, nil, 0, false
	}
	m.found = true
	bodyLine = 1 + bytes.Count(src[:before+end], []byte("\n"))
	if more {
		bodyLine++
	}
	return m, after, bodyLine, true
}

// splitYAML takes apart a file whose YAML is closed in a way that the package does not know: by three dots, which Jekyll
// takes too, or after an indented line of three dashes, which is text of a value. ok is false for all other files.
func splitYAML(src []byte) (m matter, body []byte, bodyLine int, ok bool) {
	lines := bytes.SplitAfter(src, []byte("\n"))
	if len(lines) < 2 || string(bytes.TrimRight(lines[0], " \t\r\n")) != "---" {
		return m, nil, 0, false
	}
	unusual := false
	end := len(lines[0])
	for i, l := range lines[1:] {
		bare := string(bytes.TrimRight(l, " \t\r\n"))
		switch {
		case bare == "---" && !unusual:
			return m, nil, 0, false
		case bare == "---" || bare == "...":
			data := src[len(lines[0]):end]
			body = src[end+len(l):]
			bodyLine = min(i+3, len(lines))
			m.found = true
			if err := decodeYAML(&m, data, 2); err != nil {
				if bare == "..." {
					return matter{}, nil, 0, false
				}
				at, cause := errorPlace(err)
				m = salvage(data, 2)
				m.issues = append(m.issues, unreadable(2, at, cause))
			}
			return m, body, bodyLine, true
		case strings.TrimSpace(bare) == "---":
			unusual = true
		}
		end += len(l)
	}
	return m, nil, 0, false
}

func unreadable(line, at int, cause string) issue {
	return issue{max(line+at-1, line), "the front matter cannot be read (" + cause +
		"); mend this line. The page is kept with what could be made out"}
}

func yamlFenced(src []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(src), []byte("---")) }

// placed is an error with a line of the front matter, from 1.
type placed struct {
	line  int
	cause string
}

func (p placed) Error() string { return p.cause }

func errorPlace(err error) (int, string) {
	switch e := err.(type) {
	case placed:
		return e.line, e.cause
	case toml.ParseError:
		return e.Position.Line, e.Message
	}
	line, cause := curation.YAMLError(err)
	return max(line, 1), cause
}

func decodeYAML(m *matter, data []byte, line int) error {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return err
	}
	m.values = map[string]any{}
	if len(doc.Content) == 0 || doc.Content[0].Tag == "!!null" {
		return nil
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		return placed{root.Line, "expected \"key: value\" lines"}
	}
	budget := 100_000 // values, so that a page of aliases of aliases cannot grow without end
	values, ok := m.fromYAML(root, nil, line, &budget).(map[string]any)
	if !ok || budget <= 0 {
		return placed{root.Line, "it holds more than 100,000 values, or values within values without end"}
	}
	m.values = values
	return nil
}

// fromYAML decodes a node, and notes its scalars. Of a key that stands twice the values are put together.
func (m *matter) fromYAML(n *yaml.Node, path []string, line int, budget *int) any {
	const deepest = 64 // a value that holds itself has no end
	if *budget--; *budget <= 0 || len(path) > deepest {
		*budget = 0
		return nil
	}
	switch n.Kind {
	case yaml.AliasNode:
		return m.fromYAML(n.Alias, path, line, budget)
	case yaml.SequenceNode:
		list := []any{}
		for i, c := range n.Content {
			list = append(list, m.fromYAML(c, step(path, strconv.Itoa(i)), line, budget))
		}
		return list
	case yaml.MappingNode:
		out := map[string]any{}
		lines := map[string]int{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			name := key.Value
			if key.Tag == "!!merge" {
				if merged, ok := m.fromYAML(value, path, line, budget).(map[string]any); ok {
					for k, v := range merged {
						if _, set := out[k]; !set {
							out[k] = v
						}
					}
				}
				continue
			}
			decoded := m.fromYAML(value, step(path, name), line, budget)
			if before, twice := out[name]; twice && lines[name] > 0 {
				both, lost := together(before, decoded)
				if lost {
					m.issues = append(m.issues, issue{line + key.Line - 1,
						fmt.Sprintf("%q stands already on line %d, with another value; the last one is used. Keep one of them",
							strings.Join(step(path, name), "."), line+lines[name]-1)})
				}
				decoded = both
			}
			out[name], lines[name] = decoded, key.Line
		}
		return out
	case yaml.ScalarNode:
		var v any
		if n.Tag == "!!timestamp" || n.Decode(&v) != nil {
			v = n.Value
		}
		if t, ok := v.(time.Time); ok {
			v = t.Format(time.RFC3339)
		}
		switch v.(type) {
		case nil, bool:
		default:
			m.leaves = append(m.leaves, leaf{path: path, value: n.Value, line: line + n.Line - 1, text: n.Tag != "!!timestamp"})
		}
		return v
	}
	return nil
}

func step(path []string, name string) []string { return append(path[:len(path):len(path)], name) }

// together joins the values of a key that stands twice, and says whether one was lost.
func together(a, b any) (both any, lost bool) {
	if b == nil || b == "" {
		return a, false
	}
	if a == nil || a == "" || reflect.DeepEqual(a, b) {
		return b, false
	}
	x, isList := a.([]any)
	y, bothLists := b.([]any)
	if isList && bothLists {
		return append(x, y...), false
	}
	return b, true
}

func decodeTOML(m *matter, data []byte, line int) error {
	values, meta, err := tables.DecodeTOML(data)
	var deep *tables.Error
	if errors.As(err, &deep) {
		return placed{deep.Line, deep.Cause}
	}
	if err != nil {
		return err
	}
	m.values = values
	order := map[string]int{}
	for i, k := range meta.Keys() {
		if _, ok := order[k.String()]; !ok {
			order[k.String()] = i
		}
	}
	m.values = plain(m.values).(map[string]any)
	m.find(m.values, nil, func(path []string) int {
		names := slices.DeleteFunc(slices.Clone(path), isNumber) // the keys of tables in a list have no number there
		for ; len(names) > 0; names = names[:len(names)-1] {
			if at, ok := order[toml.Key(names).String()]; ok {
				return at
			}
		}
		return len(order)
	}, keyLines(data, line))
	return nil
}

func isNumber(s string) bool { return strings.Trim(s, "0123456789") == "" }

func decodeJSON(m *matter, data []byte, line int) error {
	m.values = map[string]any{}
	if err := json.Unmarshal(data, &m.values); err != nil {
		at := 1
		if s, ok := err.(*json.SyntaxError); ok {
			at += bytes.Count(data[:min(int(s.Offset), len(data))], []byte("\n"))
		}
		return placed{at, err.Error()}
	}
	first := map[string]int{} // where each string stands first
	for i, part := range strings.Split(string(data), `"`) {
		if _, ok := first[part]; !ok {
			first[part] = i
		}
	}
	m.find(m.values, nil, func(path []string) int {
		if at, ok := first[path[0]]; ok {
			return at
		}
		return -1
	}, keyLines(data, line))
	return nil
}

// keyLines gives the line on which each key first begins a line; first is the number of the first line.
func keyLines(data []byte, first int) func(key string) int {
	lines := map[string]int{}
	n := first
	for l := range strings.Lines(string(data)) {
		key := strings.TrimLeft(l, " \t\"'")
		if end := strings.IndexAny(key, "\"'=:\n"); end >= 0 {
			key = key[:end]
		}
		if key = strings.TrimSpace(key); key != "" {
			if _, ok := lines[key]; !ok {
				lines[key] = n
			}
		}
		n++
	}
	return func(key string) int {
		if at, ok := lines[key]; ok {
			return at
		}
		return first
	}
}

// plain turns the decoder's own types into those of a decoded front matter.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = plain(v[k])
		}
		return v
	case []map[string]any:
		list := []any{}
		for _, x := range v {
			list = append(list, plain(x))
		}
		return list
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
		return v
	case time.Time:
		if v.Hour()+v.Minute()+v.Second() == 0 {
			return v.Format("2006-01-02")
		}
		return v.Format(time.RFC3339)
	}
	return v
}

// find notes the scalars of decoded values, in the order that rank gives their keys, each with the line its key stands on.
func (m *matter) find(v any, path []string, rank func([]string) int, lineOf func(key string) int) {
	switch v := v.(type) {
	case map[string]any:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		place := make(map[string]int, len(keys))
		for _, k := range keys {
			place[k] = rank(step(path, k))
		}
		slices.SortFunc(keys, func(a, b string) int { return cmp.Or(place[a]-place[b], strings.Compare(a, b)) })
		for _, k := range keys {
			m.find(v[k], step(path, k), rank, lineOf)
		}
	case []any:
		for i, x := range v {
			m.find(x, step(path, strconv.Itoa(i)), rank, lineOf)
		}
	case nil, bool:
	default:
		key := path[len(path)-1]
		for i := len(path) - 1; i > 0 && isNumber(key); i-- {
			key = path[i-1]
		}
		value := fmt.Sprint(v)
		_, isDate := date(value)
		m.leaves = append(m.leaves, leaf{path: path, value: value, line: lineOf(key), text: !isDate})
	}
}
