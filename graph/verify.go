package graph

import (
	"fmt"

	"github.com/cayleygraph/quad"

	"rapporteur/ingest"
)

// Verify compares what the graph says by the label of a page with the quads of the page's record. The error names the
// first fact that only one of the two knows. siteURL is as it was when the graph was made.
func (r *Reader) Verify(siteURL string, record *ingest.Record) error {
	want := map[quad.Quad]bool{}
	RecordQuads(base(siteURL), record, func(q quad.Quad) {
		if q.Label != nil { // what has none is said by no page in particular
			want[q] = true
		}
	})
	if id := r.id(node(record.IRI)); id != 0 {
		list := r.with(label, id)
		for i := range list.len() {
			q := r.quad(int(list.place(i)))
			if !want[q] {
				return fmt.Errorf("only the graph has: %v", q)
			}
			delete(want, q)
		}
	}
	missing := ""
	for q := range want {
		if s := fmt.Sprint(q); missing == "" || s < missing {
			missing = s
		}
	}
	if missing != "" {
		return fmt.Errorf("only the record has: %s", missing)
	}
	return nil
}
