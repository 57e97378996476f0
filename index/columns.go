package index

import (
	"fmt"
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
	date   []int32 // YYYYMMDD with zeros for what is not known; 0 if nothing is
	facets []facetColumn
}

// facetColumn holds the values of one facet as ordinals of the sorted values: those of document d are ordinals[start[d]:start[d+1]].
type facetColumn struct {
	values   []string
	ordinals []uint32
	start    []uint32
	byValue  []posting32 // the inverse, made with it: start of the documents of each value in docs
	docs     []uint32
}

type posting32 struct{ from, to uint32 }

// ordinal returns the ordinal of a value.
func (c *facetColumn) ordinal(value string) (uint32, bool) {
	i := sort.SearchStrings(c.values, value)
	return uint32(i), i < len(c.values) && c.values[i] == value
}

// of returns the ordinals of a document.
func (c *facetColumn) of(doc uint32) []uint32 { return c.ordinals[c.start[doc]:c.start[doc+1]] }

// documents returns the documents that have the value of an ordinal, ascending.
func (c *facetColumn) documents(ordinal uint32) []uint32 {
	p := c.byValue[ordinal]
	return c.docs[p.from:p.to]
}

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
		date:   make([]int32, n),
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
		doc, kind, date := -1, 0, 0
		err := reader.VisitDocValues(id, func(field string, term []byte) {
			i, ok := facet[field]
			if !ok {
				if _, err := fmt.Sscanf(string(term), "%d %d %d", &doc, &kind, &date); err != nil {
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
			return nil, fmt.Errorf("reading the columns of the index: document %d of kind %d, but there are %d of %d kinds", doc, kind, n, len(stats.Kinds))
		}
		c.number[b], c.bleve[doc] = uint32(doc), uint32(b)
		c.kind[doc], c.date[doc] = uint8(kind), int32(date)
		for i := range row {
			values[i][doc] = row[i]
		}
	}
	for i := range c.facets {
		c.facets[i] = makeFacetColumn(dictionary[i], values[i])
	}
	return c, nil
}

// makeFacetColumn sorts the values, so that ordinals go by value, and makes the inverse.
func makeFacetColumn(dictionary map[string]uint32, rows [][]uint32) facetColumn {
	c := facetColumn{values: make([]string, 0, len(dictionary)), start: make([]uint32, 1, len(rows)+1)}
	for value := range dictionary {
		c.values = append(c.values, value)
	}
	sort.Strings(c.values)
	sorted := make([]uint32, len(dictionary))
	for i, value := range c.values {
		sorted[dictionary[value]] = uint32(i)
	}
	counts := make([]uint32, len(c.values))
	for _, row := range rows {
		for _, given := range row {
			c.ordinals = append(c.ordinals, sorted[given])
			counts[sorted[given]]++
		}
		c.start = append(c.start, uint32(len(c.ordinals)))
	}
	c.byValue = make([]posting32, len(c.values))
	from := uint32(0)
	for i, count := range counts {
		c.byValue[i] = posting32{from, from}
		from += count
	}
	c.docs = make([]uint32, from)
	for doc := range rows {
		for _, ordinal := range c.of(uint32(doc)) {
			c.docs[c.byValue[ordinal].to] = uint32(doc)
			c.byValue[ordinal].to++
		}
	}
	return c
}
