package graph

import (
	"archive/zip"
	"bufio"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"rapporteur/ingest/kinds"
	"rapporteur/ingest/table"
)

// edge is a tie between two things, as tables and network tools have it.
type edge struct {
	from, to uint32
	relation string
	pages    []uint32 // that say so
}

// networkNodes lists the entities and pages, in order of IRI.
func (r *Reader) networkNodes(ctx context.Context) ([]uint32, error) {
	var out []uint32
	for n := uint32(1); int(n) <= r.dict.n; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if r.kind(n) != "" {
			out = append(out, n)
		}
	}
	return out, nil
}

// edgesOf lists the ties of a node that start there, in order: of a page to what it names, of a person to the pages and
// organisations.
func (r *Reader) edgesOf(n uint32, kind kinds.Kind) []edge {
	var out []edge
	collect := func(p uint32, relation string) {
		r.out(n, p, func(to, page uint32) {
			if k := len(out) - 1; k >= 0 && out[k].to == to && out[k].relation == relation {
				out[k].pages = append(out[k].pages, page)
			} else if page != 0 {
				out = append(out, edge{n, to, relation, []uint32{page}})
			}
		})
	}
	switch kind {
	case PageKind:
		collect(r.known.mentions, "names")
		collect(r.known.about, "about")
		collect(r.known.inferredAbout, "about (inferred)")
	case kinds.Person:
		collect(r.known.spokeAt, "spoke at")
		collect(r.known.tookPartIn, "took part in")
		collect(r.known.affiliated, "affiliated with")
		collect(r.known.spokeFor, "spoke for")
	}
	return out
}

// span returns the first and last date of pages.
func (r *Reader) span(pages []uint32) (first, last string) {
	for _, p := range pages {
		if d := r.date(p); d != "" {
			if first == "" || d < first {
				first = d
			}
			last = max(last, d)
		}
	}
	return first, last
}

// pageCount is how many pages a thing is on; 1 for a page.
func (r *Reader) pageCount(n uint32, kind kinds.Kind) int {
	if kind == PageKind {
		return 1
	}
	return len(r.pagesOf(n))
}

func (r *Reader) pageList(pages []uint32) string {
	out := make([]string, len(pages))
	for i, p := range pages {
		out[i] = r.text(p)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// eachNode calls f for every entity and page, in order of IRI.
func (r *Reader) eachNode(ctx context.Context, f func(id uint32, t Thing) error) error {
	nodes, err := r.networkNodes(ctx)
	if err != nil {
		return err
	}
	for i, n := range nodes {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t, _ := r.thing(n)
		if err := f(n, t); err != nil {
			return err
		}
	}
	return nil
}

// eachEdge calls f for every tie between them, in order of the node that it starts from.
func (r *Reader) eachEdge(ctx context.Context, f func(edge) error) error {
	return r.eachNode(ctx, func(id uint32, t Thing) error {
		for _, e := range r.edgesOf(id, t.Kind) {
			if err := f(e); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeGraphML writes the network (graphml.graphdrawing.org). Nodes and edges carry "label", "kind" or "relation",
// and "weight" (a number of pages), which Gephi and networkx take up by these names.
func (r *Reader) writeGraphML(ctx context.Context, w *bufio.Writer) error {
	w.WriteString(xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">` + "\n")
	for _, k := range [][3]string{
		{"node", "label", "string"}, {"node", "kind", "string"}, {"node", "iri", "string"}, {"node", "date", "string"},
		{"node", "path", "string"}, {"node", "pages", "int"},
		{"edge", "relation", "string"}, {"edge", "weight", "double"}, {"edge", "first", "string"}, {"edge", "last", "string"},
		{"edge", "said-by", "string"},
	} {
		w.WriteString(`<key id="` + k[0][:1] + "-" + k[1] + `" for="` + k[0] + `" attr.name="` + k[1] + `" attr.type="` + k[2] + `"/>` + "\n")
	}
	w.WriteString(`<graph id="rapporteur" edgedefault="directed">` + "\n")
	data := func(key, value string) {
		if value == "" {
			return
		}
		w.WriteString(`<data key="` + key + `">`)
		xml.EscapeText(w, []byte(value)) // fails only as w does, which keeps its error
		w.WriteString(`</data>`)
	}
	edges := 0
	err := r.eachNode(ctx, func(id uint32, t Thing) error {
		w.WriteString(`<node id="n` + strconv.Itoa(int(id)) + `">`)
		data("n-label", t.Name)
		data("n-kind", string(t.Kind))
		data("n-iri", string(t.IRI))
		data("n-date", t.Date)
		data("n-path", t.Path)
		data("n-pages", strconv.Itoa(r.pageCount(id, t.Kind)))
		_, err := w.WriteString("</node>\n")
		return err
	})
	if err != nil {
		return err
	}
	err = r.eachEdge(ctx, func(e edge) error {
		w.WriteString(`<edge id="e` + strconv.Itoa(edges) + `" source="n` + strconv.Itoa(int(e.from)) + `" target="n` + strconv.Itoa(int(e.to)) +
			`">`)
		edges++
		first, last := r.span(e.pages)
		data("e-relation", e.relation)
		data("e-weight", strconv.Itoa(len(e.pages)))
		data("e-first", first)
		data("e-last", last)
		data("e-said-by", r.pageList(e.pages))
		_, err := w.WriteString("</edge>\n")
		return err
	})
	if err != nil {
		return err
	}
	_, err = w.WriteString("</graph>\n</graphml>\n")
	return err
}

// writeCSV writes the tables in a zip archive.
func (r *Reader) writeCSV(ctx context.Context, w io.Writer) error {
	z := zip.NewWriter(w)
	err := r.Tables(ctx, func(name string, write func(io.Writer) error) error {
		f, err := z.Create(name)
		if err != nil {
			return err
		}
		return write(f)
	})
	if err != nil {
		return err
	}
	return z.Close()
}

// The files of the tables of a network.
const (
	NodesTable = "nodes.csv"
	EdgesTable = "edges.csv"
)

// Tables writes the network as two tables, NodesTable and EdgesTable, with the column names that Gephi knows. It hands
// each to put, which calls write with the file that it has made for it.
func (r *Reader) Tables(ctx context.Context, put func(name string, write func(io.Writer) error) error) error {
	err := put(NodesTable, func(w io.Writer) error {
		t := table.NewWriter(w)
		t.Write("Id", "Label", "Kind", "Date", "Path", "Pages") // a table keeps its first error
		err := r.eachNode(ctx, func(id uint32, x Thing) error {
			return t.Write(string(x.IRI), x.Name, string(x.Kind), x.Date, x.Path, strconv.Itoa(r.pageCount(id, x.Kind)))
		})
		return errors.Join(err, t.Flush())
	})
	if err != nil {
		return err
	}
	return put(EdgesTable, func(w io.Writer) error {
		t := table.NewWriter(w)
		t.Write("Source", "Target", "Type", "Relation", "Weight", "First", "Last", "SaidBy")
		err := r.eachEdge(ctx, func(e edge) error {
			first, last := r.span(e.pages)
			return t.Write(r.text(e.from), r.text(e.to), "Directed", e.relation, strconv.Itoa(len(e.pages)), first, last, r.pageList(e.pages))
		})
		return errors.Join(err, t.Flush())
	})
}
