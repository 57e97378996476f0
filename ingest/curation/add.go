package curation

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"rapporteur/ingest/fold"

	"go.yaml.in/yaml/v3"
)

// Add returns a rapporteur.yaml with further lines, such as "rapporteur review" gives them. Each decision of theirs goes under its
// heading, on a line of its own with the note as a comment behind (none if it is empty), and where the heading is not there yet, or is
// written on one line, to the end of the file. All other bytes stay. What says nothing new is left out. Errors are *Error: of the lines
// under the name "lines", of the file as it would be under the name given.
func Add(name string, file, lines []byte, note string) ([]byte, error) {
	old, err := Parse(name, file)
	if err != nil {
		return nil, err
	}
	if _, err := Parse("lines", lines); err != nil {
		return nil, err
	}
	further, err := headings(lines)
	if err != nil {
		return nil, err
	}
	if note = fold.Space(note); note != "" {
		note = " # " + note
	}
	out := file
	for _, h := range further {
		for _, item := range h.items() {
			if out, err = addItem(out, h, item, note); err != nil {
				return nil, err
			}
		}
	}
	if bytes.Equal(out, file) {
		return file, nil
	}
	whole, err := Parse(name, out)
	if err != nil {
		return nil, err
	}
	if wrong := whole.contradictions(); len(wrong) > len(old.contradictions()) {
		return nil, wrong[len(wrong)-1]
	}
	return out, nil
}

// heading is a setting of the file, and what stands under it.
type heading struct {
	key, value *yaml.Node
	last       int // line of its last decision, from 1
}

func headings(file []byte) ([]heading, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(file, &doc); err != nil || len(doc.Content) == 0 {
		return nil, err
	}
	var out []heading
	root := doc.Content[0]
	for i := 0; i < len(root.Content); i += 2 {
		out = append(out, heading{root.Content[i], root.Content[i+1], lastLine(root.Content[i+1])})
	}
	return out, nil
}

func lastLine(n *yaml.Node) int {
	last := n.Line
	for _, c := range n.Content {
		last = max(last, lastLine(c))
	}
	return last
}

// items are the decisions under a heading, each as it is written on a line.
func (h heading) items() []string {
	switch h.value.Kind {
	case yaml.SequenceNode:
		var out []string
		for _, c := range h.value.Content {
			out = append(out, "- "+onOneLine(c))
		}
		return out
	case yaml.MappingNode:
		var out []string
		for i := 0; i+1 < len(h.value.Content); i += 2 {
			out = append(out, onOneLine(h.value.Content[i])+": "+onOneLine(h.value.Content[i+1]))
		}
		return out
	case yaml.ScalarNode:
		if h.value.Tag != "!!null" {
			return []string{"- " + onOneLine(h.value)}
		}
	}
	return nil
}

// onOneLine writes a value as one line of YAML.
func onOneLine(n *yaml.Node) string {
	plain := *n
	plain.HeadComment, plain.LineComment, plain.FootComment = "", "", ""
	switch n.Kind {
	case yaml.SequenceNode:
		var parts []string
		for _, c := range n.Content {
			parts = append(parts, onOneLine(c))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case yaml.ScalarNode:
		if strings.ContainsAny(n.Value, "\n,[]{}") { // inside of brackets, a name with a comma is two
			plain.Style = yaml.DoubleQuotedStyle
		}
	}
	b, err := yaml.Marshal(&plain)
	if err != nil {
		return fmt.Sprintf("%q", n.Value)
	}
	return strings.TrimSpace(string(b))
}

// addItem puts one decision under its heading.
func addItem(file []byte, of heading, item, note string) ([]byte, error) {
	there, err := headings(file)
	if err != nil {
		return nil, err
	}
	for _, h := range there {
		if h.key.Value == of.key.Value && slices.Contains(h.items(), item) {
			return file, nil
		}
	}
	for _, h := range there {
		block := h.value.Style&yaml.FlowStyle == 0 && len(h.value.Content) > 0
		if h.key.Value != of.key.Value || h.value.Kind != of.value.Kind || !block {
			continue
		}
		lines := bytes.SplitAfter(file, []byte("\n"))
		line := strings.Repeat(" ", h.value.Column-1) + item + note + "\n"
		if end := lines[h.last-1]; !bytes.HasSuffix(end, []byte("\n")) {
			line = "\n" + line
		}
		return bytes.Join(slices.Insert(lines, h.last, []byte(line)), nil), nil
	}
	out := slices.Clone(file)
	if len(out) > 0 && out[len(out)-1] != '\n' {
		out = append(out, '\n')
	}
	return append(out, of.key.Value+":\n  "+item+note+"\n"...), nil
}

// contradictions are decisions that cannot both hold, at the line of the later one.
func (f *File) contradictions() []error {
	var out []error
	against := func(line int, format string, args ...any) {
		out = append(out, &Error{File: f.Name, Line: line, Cause: fmt.Sprintf(format, args...)})
	}
	same := func(a, b string) bool { return strings.EqualFold(a, b) }
	for _, s := range f.Same {
		for _, d := range f.Different {
			shared := 0
			for _, name := range s.Values {
				if slices.ContainsFunc(d.Values, func(other string) bool { return same(name, other) }) {
					shared++
				}
			}
			if shared > 1 {
				against(max(s.Line, d.Line), "these are called the same on line %d and different on line %d: keep one of the two", s.Line, d.Line)
			}
		}
	}
	for i, k := range f.Kinds {
		for _, earlier := range f.Kinds[:i] {
			if same(k.Value, earlier.Value) && k.Kind != earlier.Kind {
				against(k.Line, "%q is called %s here and %s on line %d: keep one of the two", k.Value, k.Kind, earlier.Kind, earlier.Line)
			}
		}
	}
	for _, e := range f.Erase {
		for _, list := range [][]Group{f.Same, f.Different, f.Aliases, f.SameAs, f.NoTie} {
			for _, g := range list {
				if slices.ContainsFunc(g.Values, func(name string) bool { return same(name, e.Value) }) {
					against(max(e.Line, g.Line), "line %d decides on a name that line %d erases: take the one or the other out", g.Line, e.Line)
				}
			}
		}
	}
	return out
}
