// Package data reads files of data into trees whose parts know the line they stand on: JSON, YAML, TOML, CSV, and the
// literals of JavaScript and TypeScript modules, which are read and never run.
//
// A file that cannot be read to its end gives what stands before the fault, and an *Error with its line.
package data

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// Kind says what a node is.
type Kind uint8

// The kinds of node.
const (
	Null Kind = iota
	Bool
	Number
	Text
	List
	Table
)

// Node is a value of a data file.
type Node struct {
	Kind  Kind
	Line  int      // of the file, from 1, that it begins on
	Text  string   // of a Bool ("true", "false"), Number (as written) or Text
	Keys  []string // of a Table, in the order of the file; none stands twice
	Items []*Node  // of a List or, in the order of Keys, of a Table
}

// Error is a place of a file that cannot be read.
type Error struct {
	Line  int // from 1
	Cause string
}

func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Cause) }

const (
	deepest = 64        // values within values; a value that holds itself has no end
	most    = 1_000_000 // values of a file
)

var errTooLarge = errors.New("it holds more than 1,000,000 values, or values within values without end")

// Endings are those of the files that Read reads, in lower case, with the dot.
func Endings() []string {
	return []string{".json", ".yml", ".yaml", ".toml", ".csv", ".tsv", ".js", ".cjs", ".mjs", ".ts"}
}

// Load returns a file that a module requires or imports, by the path that stands there; nil if there is none.
type Load func(name string) *Node

// Read reads a file by the ending of its name. load may be nil; only modules ask for it. Of a module the node is what it
// exports, as far as that is literal. An ending that is not of Endings is read as YAML.
func Read(name string, src []byte, load Load) (*Node, error) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	switch strings.ToLower(path.Ext(name)) {
	case ".json":
		return readJSON(src)
	case ".js", ".cjs", ".mjs", ".ts":
		return Module(src, load), nil
	case ".toml":
		return readTOML(src)
	case ".csv":
		return readCSV(src, ',')
	case ".tsv":
		return readCSV(src, '\t')
	}
	return readYAML(src)
}

// Get returns what stands under a key of a table, whatever its letters' case if no key is written that way; nil if there is nothing.
func (n *Node) Get(key string) *Node {
	if n == nil || n.Kind != Table {
		return nil
	}
	for i, k := range n.Keys {
		if k == key {
			return n.Items[i]
		}
	}
	for i, k := range n.Keys {
		if strings.EqualFold(k, key) {
			return n.Items[i]
		}
	}
	return nil
}

// String returns the text of a Text or Number, "" of anything else, nil included.
func (n *Node) String() string {
	if n == nil || n.Kind != Text && n.Kind != Number {
		return ""
	}
	return n.Text
}

// Set puts a value under a key of a table, in place of what stands there.
func (n *Node) Set(key string, value *Node) {
	for i, k := range n.Keys {
		if k == key {
			n.Items[i] = value
			return
		}
	}
	n.Keys, n.Items = append(n.Keys, key), append(n.Items, value)
}

// Value returns the node as decoded values: map[string]any, []any, string, bool, float64, int, nil.
func (n *Node) Value() any {
	if n == nil {
		return nil
	}
	switch n.Kind {
	case Bool:
		return n.Text == "true"
	case Number:
		if i, err := strconv.Atoi(n.Text); err == nil {
			return i
		}
		if f, err := strconv.ParseFloat(n.Text, 64); err == nil {
			return f
		}
		return n.Text
	case Text:
		return n.Text
	case List:
		out := make([]any, len(n.Items))
		for i, x := range n.Items {
			out[i] = x.Value()
		}
		return out
	case Table:
		out := make(map[string]any, len(n.Items))
		for i, x := range n.Items {
			out[n.Keys[i]] = x.Value()
		}
		return out
	}
	return nil
}

// readCSV makes a list of tables of a file whose first row names the columns.
func readCSV(src []byte, comma rune) (*Node, error) {
	if line, _, _ := bytes.Cut(src, []byte("\n")); comma == ',' && bytes.Count(line, []byte(";")) > bytes.Count(line, []byte(",")) {
		comma = ';'
	}
	r := csv.NewReader(bytes.NewReader(src))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = comma, -1, true, true
	root := &Node{Kind: List, Line: 1}
	var head []string
	last, runsOn := 1, false // of the last row: its line, and whether a field of it holds the end of a line
	for n := 0; ; {
		row, err := r.Read()
		if err == io.EOF {
			if bytes.Count(src, []byte(`"`))%2 != 0 && runsOn {
				return root, &Error{last, "a quotation mark opens a field here, and none closes it"}
			}
			return root, nil
		}
		if err != nil {
			var wrong *csv.ParseError
			if errors.As(err, &wrong) {
				return root, &Error{wrong.Line, wrong.Err.Error()}
			}
			return root, &Error{1, err.Error()}
		}
		line, _ := r.FieldPos(0)
		last, runsOn = line, slices.ContainsFunc(row, func(cell string) bool { return strings.Contains(cell, "\n") })
		if head == nil {
			for _, h := range row {
				head = append(head, strings.TrimSpace(h))
			}
			continue
		}
		record := &Node{Kind: Table, Line: line}
		for i, cell := range row {
			if cell = strings.TrimSpace(cell); i < len(head) && head[i] != "" && cell != "" {
				at, _ := r.FieldPos(i)
				record.Set(head[i], &Node{Kind: Text, Line: at, Text: cell})
			}
		}
		if n += len(row); n > most {
			return root, &Error{line, errTooLarge.Error()}
		}
		root.Items = append(root.Items, record)
	}
}

func readTOML(src []byte) (*Node, error) {
	values, meta, err := DecodeTOML(src)
	var deep *Error
	if errors.As(err, &deep) {
		return nil, deep
	}
	if err != nil {
		var wrong toml.ParseError
		if errors.As(err, &wrong) {
			return nil, &Error{wrong.Position.Line, wrong.Message}
		}
		return nil, &Error{1, err.Error()}
	}
	order := map[string]int{}
	for i, k := range meta.Keys() {
		if _, twice := order[k.String()]; !twice {
			order[k.String()] = i
		}
	}
	t := tomlTree{lines: strings.Split(string(src), "\n"), order: order}
	root, _ := t.node(values, "", 0, len(t.lines))
	return root, nil
}
