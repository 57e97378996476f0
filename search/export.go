package search

import (
	"context"
	"io"

	"rapporteur/graph"
)

// ExportFormat names a form in which the graph is exported: "nquads", "jsonld", "graphml", "csv", "popolo", "ftm".
type ExportFormat string

// Export writes the whole graph; of csv, the tables in a zip archive. The same generation gives the same bytes.
func (g *Generation) Export(ctx context.Context, w io.Writer, f ExportFormat) error {
	return g.graph.Export(ctx, w, graph.Format(f))
}

// Tables are the names of the files that ExportTables makes.
var Tables = []string{graph.NodesTable, graph.EdgesTable}

// ExportTables hands the tables of the network, nodes.csv and edges.csv, one after the other to put, which calls write
// with the file that it has made for it.
func (g *Generation) ExportTables(ctx context.Context, put func(name string, write func(io.Writer) error) error) error {
	return g.graph.Tables(ctx, put)
}
