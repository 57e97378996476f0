package index

import (
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// inOrder lays out segments as Bleve does, with documents in the order of their IDs in place of a new one each time: the same
// documents give the same bytes, and where one has changed most of the others' bytes are as they were.
type inOrder struct{ scorch.SegmentPlugin }

func (p inOrder) New(documents []bleve.Document) (segment.Segment, uint64, error) {
	slices.SortFunc(documents, func(a, b bleve.Document) int { return strings.Compare(a.ID(), b.ID()) })
	return p.SegmentPlugin.New(documents)
}

// layOutInOrder makes inOrder what Bleve writes with. Whoever opens an index calls it first, since Bleve looks at its list of layouts then.
var layOutInOrder = sync.OnceFunc(func() { scorch.RegisterSegmentPlugin(inOrder{&zap.ZapPlugin{}}, true) })
