package index

import (
	"fmt"
	"maps"
	"slices"
	"sort"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/bleve_index_api"
)

// none stands for a segment's document that is not a document of ours, but a blob.
const none = ^uint32(0)

// columns hold what is asked of every hit of a search, in memory: documents are numbered in the order they were put.
type columns struct {
	number []uint32 // Bleve's document number -> ours, or none
	bleve  []uint32 // our number -> Bleve's
	kind   []uint8
	lang   []uint8
	date   []int32 // YYYYMMDD with zeros for what is not known; 0 if nothing is
	end    []int32 // last day, of what takes several; else 0
	facets []facetColumn

	// The values of all facets side by side, so that one pass counts them: those of document d are ordinals[start[d]:start[d+1]].
	ordinals []uint32
	start    []uint32
}

// facetColumn holds the values of one facet, and the documents that have each. An ordinal stands for a value: base plus its
// place among the sorted values.
type facetColumn struct {
	values []string
	base   uint32
	from   []uint32 // the documents of value i are docs[from[i]:from[i+1]]
	docs   []uint32
}

// find returns the place of a value.
func (c *facetColumn) find(value string) (int, bool) {
	i := sort.SearchStrings(c.values, value)
	return i, i < len(c.values) && c.values[i] == value
}

// documents returns the documents that have the value at a place, ascending.
func (c *facetColumn) documents(i int) []uint32 { return c.docs[c.from[i]:c.from[i+1]] }

// readColumns reads the doc values of a snapshot into memory.
func readColumns(snapshot *scorch.IndexSnapshot, stats *statistics) (*columns, error) {
	fields := []string{cardField}
	facet := map[string]int{}
	for i, name := range stats.Facets {
		fields = append(fields, facetPrefix+name)
		facet[facetPrefix+name] = i
	}
	reader, err := snapshot.DocValueReader(fields)
	if err != nil {
		return nil, fmt.Errorf("reading the columns of the index: %w", err)
	}
	total := int(snapshot.Segments()[0].FullSize())
	n := stats.Documents
	c := &columns{
		number: make([]uint32, total),
		bleve:  make([]uint32, n),
		kind:   make([]uint8, n),
		lang:   make([]uint8, n),
		date:   make([]int32, n),
		end:    make([]int32, n),
		facets: make([]facetColumn, len(stats.Facets)),
	}
	// Ordinals are given out as values come, and put in order afterwards.
	dictionary := make([]map[string]uint32, len(stats.Facets))
	values := make([][][]uint32, len(stats.Facets))
	for i := range stats.Facets {
		dictionary[i] = map[string]uint32{}
		values[i] = make([][]uint32, n)
	}
	var id bleve.IndexInternalID
	var row [][]uint32
	for b := range total {
		c.number[b] = none
		id = bleve.NewIndexInternalID(id, uint64(b))
		row = append(row[:0], make([][]uint32, len(stats.Facets))...)
		doc, kind, lang, date, end := -1, 0, 0, 0, 0
		err := reader.VisitDocValues(id, func(field string, term []byte) {
			i, ok := facet[field]
			if !ok {
				if _, err := fmt.Sscanf(string(term), "%d %d %d %d %d", &doc, &kind, &lang, &date, &end); err != nil {
					doc = -1
				}
				return
			}
			ordinal, ok := dictionary[i][string(term)]
			if !ok {
				ordinal = uint32(len(dictionary[i]))
				dictionary[i][string(term)] = ordinal
			}
			row[i] = append(row[i], ordinal)
		})
		if err != nil {
			return nil, fmt.Errorf("reading the columns of the index: %w", err)
		}
		if doc < 0 {
			continue
		}
		if doc >= n || kind >= len(stats.Kinds) {
			return nil, fmt.Errorf("reading the columns of the index: document %d of kind %d, but there are %d of %d kinds", doc, kind, n,
				len(stats.Kinds))
		}
		c.number[b], c.bleve[doc] = uint32(doc), uint32(b)
		c.kind[doc], c.lang[doc], c.date[doc], c.end[doc] = uint8(kind), uint8(lang), int32(date), int32(end)
		for i := range row {
			values[i][doc] = row[i]
		}
	}
	c.arrange(dictionary, values)
	return c, nil
}

// arrange sorts the values of each facet, gives them ordinals in that order, and puts the rows of the documents side by side.
func (c *columns) arrange(dictionary []map[string]uint32, rows [][][]uint32) {
	base := uint32(0)
	sorted := make([][]uint32, len(c.facets)) // ordinal as given out -> place
	for i := range c.facets {
		f := &c.facets[i]
		f.values = slices.Sorted(maps.Keys(dictionary[i]))
		f.base = base
		base += uint32(len(f.values))
		sorted[i] = make([]uint32, len(f.values))
		for place, value := range f.values {
			sorted[i][dictionary[i][value]] = uint32(place)
		}
		f.invert(rows[i], sorted[i])
	}
	c.start = make([]uint32, 1, len(c.kind)+1)
	for doc := range c.kind {
		for i := range c.facets {
			for _, given := range rows[i][doc] {
				c.ordinals = append(c.ordinals, c.facets[i].base+sorted[i][given])
			}
		}
		c.start = append(c.start, uint32(len(c.ordinals)))
	}
}

// invert lists the documents of each value.
func (c *facetColumn) invert(rows [][]uint32, sorted []uint32) {
	c.from = make([]uint32, len(c.values)+1)
	for _, row := range rows {
		for _, given := range row {
			c.from[sorted[given]+1]++
		}
	}
	for i := range c.values {
		c.from[i+1] += c.from[i]
	}
	c.docs = make([]uint32, c.from[len(c.values)])
	next := slices.Clone(c.from)
	for doc, row := range rows {
		for _, given := range row {
			c.docs[next[sorted[given]]] = uint32(doc)
			next[sorted[given]]++
		}
	}
}
