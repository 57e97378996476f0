package graph

import (
	"bufio"
	"context"
	"encoding/json"
	"strings"

	"github.com/cayleygraph/quad"
)

// prefixes are what the JSON-LD context shortens, in its order.
var prefixes = []struct{ name, ns string }{
	{"dcterms", dctermsNS}, {"oa", oaNS}, {"org", orgNS}, {"prov", provNS}, {"rapporteur", ownNS}, {"rdfs", rdfsNS},
	{"schema", schemaNS}, {"skos", skosNS}, {"xsd", xsdNS},
}

func short(iri quad.IRI) string {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(string(iri), p.ns); ok {
			return p.name + ":" + rest
		}
	}
	return string(iri)
}

// writeJSONLD writes the unlabelled facts as nodes of the default graph, then each page as a named graph.
func (r *Reader) writeJSONLD(ctx context.Context, w *bufio.Writer) error {
	w.WriteString("{\"@context\": {")
	for i, p := range prefixes {
		if i > 0 {
			w.WriteString(", ")
		}
		w.WriteString(quoted(p.name) + ": " + quoted(p.ns))
	}
	w.WriteString("},\n\"@graph\": [")
	n := nodeWriter{r: r, w: w}
	for place := range r.n {
		if place%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if r.columns[label].at(place) == 0 {
			n.quad(place)
		}
	}
	n.end()
	// A page that lost all its facts would have an empty list: the dictionary only holds values in use.
	for page := uint32(1); int(page) <= r.dict.n; page++ {
		l := r.with(label, page)
		if l.len() == 0 {
			continue
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		n.separate()
		w.WriteString("{\"@id\": " + quoted(r.text(page)) + ", \"@graph\": [")
		in := nodeWriter{r: r, w: w}
		for i := range l.len() {
			in.quad(l.place(i))
		}
		in.end()
		w.WriteString("]}")
	}
	_, err := w.WriteString("\n]}\n")
	return err
}

// nodeWriter writes quads that come sorted by subject and predicate as JSON-LD nodes, one a line.
type nodeWriter struct {
	r          *Reader
	w          *bufio.Writer
	some       bool
	subj, pred uint32
}

// separate begins a new element of the list of nodes.
func (n *nodeWriter) separate() {
	if n.some {
		n.w.WriteByte(',')
	}
	n.some = true
	n.w.WriteByte('\n')
}

func (n *nodeWriter) quad(place int) {
	r := n.r
	s, p, o := r.columns[subject].at(place), r.columns[predicate].at(place), r.value(r.columns[object].at(place))
	if s != n.subj {
		n.end()
		n.separate()
		id, _ := json.Marshal(identifier(r.value(s)))
		n.w.WriteString(`{"@id": ` + string(id))
		n.subj = s
	}
	switch {
	case p == n.pred:
		n.w.WriteString(", ")
	default:
		if n.pred != 0 {
			n.w.WriteByte(']')
		}
		key := "@type"
		if p != r.known.typ {
			key = short(quad.IRI(r.text(p)))
		}
		n.w.WriteString(", " + quoted(key) + ": [")
		n.pred = p
	}
	if iri, ok := o.(quad.IRI); ok && p == r.known.typ {
		n.w.WriteString(quoted(short(iri)))
		return
	}
	n.w.WriteString(objectJSON(o))
}

// end closes the node being written.
func (n *nodeWriter) end() {
	if n.subj != 0 {
		n.w.WriteString("]}")
	}
	n.subj, n.pred = 0, 0
}

func identifier(v quad.Value) string {
	if b, ok := v.(quad.BNode); ok {
		return "_:" + string(b)
	}
	iri, _ := v.(quad.IRI)
	return string(iri)
}

// objectJSON writes a literal with its datatype as it is spelled: numbers of JSON would change "01".
func objectJSON(v quad.Value) string {
	switch v := v.(type) {
	case quad.IRI, quad.BNode:
		return `{"@id": ` + quoted(identifier(v)) + `}`
	case quad.String:
		return quoted(string(v))
	case quad.TypedString:
		return `{"@value": ` + quoted(string(v.Value)) + `, "@type": ` + quoted(short(v.Type.Full())) + `}`
	case quad.LangString:
		return `{"@value": ` + quoted(string(v.Value)) + `, "@language": ` + quoted(v.Lang) + `}`
	case quad.TypedStringer:
		return objectJSON(v.TypedString())
	}
	return "null"
}

func quoted(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return `""` // strings always encode
	}
	return strings.TrimSuffix(b.String(), "\n")
}
