package graph

import (
	"archive/zip"
	"bufio"
	"context"
	"encoding/csv"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"

	"rapporteur/ingest"
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
func (r *Reader) edgesOf(n uint32, kind ingest.EntityKind) []edge {
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
	case ingest.Person:
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
func (r *Reader) pageCount(n uint32, kind ingest.EntityKind) int {
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

// each calls node for every node and then edge for every edge of the network.
func (r *Reader) each(ctx context.Context, node func(id uint32, t Thing) error, tie func(edge) error) error {
	nodes, err := r.networkNodes(ctx)
	if err != nil {
		return err
	}
	for _, n := range nodes {
		t, _ := r.thing(n)
		if err := node(n, t); err != nil {
			return err
		}
	}
	for i, n := range nodes {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for _, e := range r.edgesOf(n, r.kind(n)) {
			if err := tie(e); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeGraphML writes the network (graphml.graphdrawing.org). Nodes and edges carry "label", "kind" or "relation",
// and "weight" (a number of pages), which Gephi and networkx take up by these names.
func (r *Reader) writeGraphML(ctx context.Context, w *bufio.Writer) error {
	w.WriteString(xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">` + "\n")
	for _, k := range [][3]string{
		{"node", "label", "string"}, {"node", "kind", "string"}, {"node", "iri", "string"}, {"node", "date", "string"}, {"node", "path", "string"}, {"node", "pages", "int"},
		{"edge", "relation", "string"}, {"edge", "weight", "double"}, {"edge", "first", "string"}, {"edge", "last", "string"}, {"edge", "said-by", "string"},
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
	err := r.each(ctx, func(id uint32, t Thing) error {
		w.WriteString(`<node id="n` + strconv.Itoa(int(id)) + `">`)
		data("n-label", t.Name)
		data("n-kind", string(t.Kind))
		data("n-iri", string(t.IRI))
		data("n-date", t.Date)
		data("n-path", t.Path)
		data("n-pages", strconv.Itoa(r.pageCount(id, t.Kind)))
		_, err := w.WriteString("</node>\n")
		return err
	}, func(e edge) error {
		w.WriteString(`<edge id="e` + strconv.Itoa(edges) + `" source="n` + strconv.Itoa(int(e.from)) + `" target="n` + strconv.Itoa(int(e.to)) + `">`)
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

// writeCSV writes the network as two tables with the column names that Gephi knows, in a zip archive.
func (r *Reader) writeCSV(ctx context.Context, w io.Writer) error {
	z := zip.NewWriter(w)
	f, err := z.Create("nodes.csv")
	if err != nil {
		return err
	}
	nodes := csv.NewWriter(f)
	if err := nodes.Write([]string{"Id", "Label", "Kind", "Date", "Path", "Pages"}); err != nil {
		return err
	}
	var edges *csv.Writer
	start := func() error { // a zip archive takes one file after the other
		if edges != nil {
			return nil
		}
		if nodes.Flush(); nodes.Error() != nil {
			return nodes.Error()
		}
		f, err := z.Create("edges.csv")
		if err != nil {
			return err
		}
		edges = csv.NewWriter(f)
		return edges.Write([]string{"Source", "Target", "Type", "Relation", "Weight", "First", "Last", "SaidBy"})
	}
	err = r.each(ctx, func(id uint32, t Thing) error {
		return nodes.Write([]string{string(t.IRI), t.Name, string(t.Kind), t.Date, t.Path, strconv.Itoa(r.pageCount(id, t.Kind))})
	}, func(e edge) error {
		if err := start(); err != nil {
			return err
		}
		first, last := r.span(e.pages)
		return edges.Write([]string{r.text(e.from), r.text(e.to), "Directed", e.relation, strconv.Itoa(len(e.pages)), first, last, r.pageList(e.pages)})
	})
	if err != nil {
		return err
	}
	if err := start(); err != nil {
		return err
	}
	if edges.Flush(); edges.Error() != nil {
		return edges.Error()
	}
	return z.Close()
}
