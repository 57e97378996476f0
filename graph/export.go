package graph

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/cayleygraph/quad"
)

// Format is a form in which other tools read the graph.
type Format string

// The formats. Each is UTF-8; the same graph gives the same bytes.
const (
	NQuads  Format = "nquads"  // RDF 1.1 N-Quads: every fact, with its page as the graph it is in
	JSONLD  Format = "jsonld"  // JSON-LD 1.1: the same, one named graph a page
	GraphML Format = "graphml" // entities, pages and their ties, with weights and the pages that say so: Gephi, yEd, networkx
	CSV     Format = "csv"     // the same as two tables, nodes.csv and edges.csv, in a zip archive
	Popolo  Format = "popolo"  // people, organisations, memberships and events as the Popolo project writes them
	FtM     Format = "ftm"     // FollowTheMoney entities, one JSON object a line
)

// Formats are all of them.
var Formats = []Format{NQuads, JSONLD, GraphML, CSV, Popolo, FtM}

// Export writes the whole graph.
func (r *Reader) Export(ctx context.Context, w io.Writer, f Format) error {
	b := bufio.NewWriterSize(w, 1<<16)
	var err error
	switch f {
	case NQuads:
		err = r.writeNQuads(ctx, b)
	case JSONLD:
		err = r.writeJSONLD(ctx, b)
	case GraphML:
		err = r.writeGraphML(ctx, b)
	case CSV:
		err = r.writeCSV(ctx, b)
	case Popolo:
		err = r.writePopolo(ctx, b)
	case FtM:
		err = r.writeFollowTheMoney(ctx, b)
	default:
		return fmt.Errorf("exporting the graph: there is no format %q", f)
	}
	if err == nil {
		err = b.Flush()
	}
	if err != nil {
		return fmt.Errorf("exporting the graph as %s: %w", f, err)
	}
	return nil
}

// writeNQuads writes one quad a line. Subjects come in runs, and predicates and labels are few: what they are written as
// is kept.
func (r *Reader) writeNQuads(ctx context.Context, w *bufio.Writer) error {
	var line []byte
	var last uint32
	var subj []byte
	kept := map[uint32][]byte{}
	keep := func(id uint32) []byte {
		t, ok := kept[id]
		if !ok {
			t = append(appendTerm(nil, r.value(id)), ' ')
			kept[id] = t
		}
		return t
	}
	for place := range r.n {
		if place%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if s := r.columns[subject].at(place); s != last {
			last, subj = s, append(appendTerm(subj[:0], r.value(s)), ' ')
		}
		line = append(append(line[:0], subj...), keep(r.columns[predicate].at(place))...)
		line = append(appendTerm(line, r.value(r.columns[object].at(place))), ' ')
		if l := r.columns[label].at(place); l != 0 {
			line = append(line, keep(l)...)
		}
		if _, err := w.Write(append(line, '.', '\n')); err != nil {
			return err
		}
	}
	return nil
}

// appendTerm writes a value as N-Quads does (RDF 1.1 N-Quads, 3).
func appendTerm(dst []byte, v quad.Value) []byte {
	switch v := v.(type) {
	case quad.IRI:
		return append(append(append(dst, '<'), v...), '>')
	case quad.BNode:
		return append(append(dst, "_:"...), v...)
	case quad.String:
		return appendLiteral(dst, string(v))
	case quad.TypedString:
		return append(append(append(appendLiteral(dst, string(v.Value)), "^^<"...), v.Type...), '>')
	case quad.LangString:
		return append(append(appendLiteral(dst, string(v.Value)), '@'), v.Lang...)
	case quad.TypedStringer:
		t := v.TypedString()
		return appendTerm(dst, quad.TypedString{Value: t.Value, Type: t.Type.Full()})
	}
	return dst
}

func appendLiteral(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for {
		i := strings.IndexAny(s, "\"\\\n\r\t\b\f")
		if i < 0 {
			break
		}
		dst = append(dst, s[:i]...)
		switch s[i] {
		case '\n':
			dst = append(dst, `\n`...)
		case '\r':
			dst = append(dst, `\r`...)
		case '\t':
			dst = append(dst, `\t`...)
		case '\b':
			dst = append(dst, `\b`...)
		case '\f':
			dst = append(dst, `\f`...)
		default:
			dst = append(dst, '\\', s[i])
		}
		s = s[i+1:]
	}
	return append(append(dst, s...), '"')
}
