package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"

	bleve "github.com/blevesearch/bleve_index_api"
)

// none stands for a part's document that is not a document of ours, but a blob.
const none = ^uint32(0)

// columns hold what is asked of every hit of a search, in memory: documents are numbered in the order they were put.
type columns struct {
	number []uint32 // Bleve's document number, over all parts -> ours, or none
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

// readColumns reads the columns of an index, of which blob is what the writer kept, into memory. First are the numbers of its first part.
func readColumns(parts []*openedPart, stats *statistics, blob []byte, first []uint32) (*columns, error) {
	n := stats.Documents
	c := &columns{
		bleve:  make([]uint32, n),
		kind:   make([]uint8, n),
		lang:   make([]uint8, n),
		date:   make([]int32, n),
		end:    make([]int32, n),
		facets: make([]facetColumn, len(stats.Facets)),
	}
	if err := c.decode(blob, len(stats.Kinds)); err != nil {
		return nil, fmt.Errorf("reading the columns of the index: %w", err)
	}
	for i, p := range parts {
		var numbers []uint32 // of an earlier part's documents, by the number that they had then
		if i < len(parts)-1 {
			numbers = first
		}
		if err := c.numbers(p, numbers); err != nil {
			return nil, fmt.Errorf("reading the columns of the index: %w", err)
		}
	}
	return c, nil
}

// numbers reads which of a part's documents is which: by their own numbers or, where these are of an index before, by what is given.
func (c *columns) numbers(p *openedPart, now []uint32) error {
	reader, err := p.snapshot.DocValueReader([]string{cardField})
	if err != nil {
		return err
	}
	var id bleve.IndexInternalID
	for b := range p.size {
		at := len(c.number)
		c.number = append(c.number, none)
		id = bleve.NewIndexInternalID(id, b)
		var failed error
		err := reader.VisitDocValues(id, func(_ string, term []byte) {
			n, err := strconv.ParseUint(string(term), 10, 32)
			doc := uint32(n)
			if err == nil && now != nil {
				if n >= uint64(len(now)) {
					failed = fmt.Errorf("there is no document %q among %d", term, len(now))
					return
				}
				if doc = now[n]; doc == none {
					return
				}
			}
			if err != nil || int(doc) >= len(c.bleve) {
				failed = fmt.Errorf("there is no document %q among %d", term, len(c.bleve))
				return
			}
			c.number[at], c.bleve[doc] = doc, uint32(at)
		})
		if err := errors.Join(err, failed); err != nil {
			return err
		}
	}
	return nil
}

// columnWriter gathers the columns of documents in the order in which they are put. Kept, they are: of each facet, in order of name, the
// number of its values and these, sorted, each behind its length; then of each document its kind, language, dates and, of each
// facet, the number of its values and their places. All numbers are varints as package binary writes them.
type columnWriter struct {
	cards  [][4]uint64
	facets map[string]*facetWriter
}

// facetWriter gathers the values of a facet, which get numbers as they come.
type facetWriter struct {
	numbers map[string]uint32
	rows    map[int][]uint32 // by document
}

// put adds a document.
func (w *columnWriter) put(kind, lang int, d *Document) {
	for name, values := range d.Facets {
		f := w.facets[name]
		if f == nil {
			f = &facetWriter{map[string]uint32{}, map[int][]uint32{}}
			w.facets[name] = f
		}
		row := make([]uint32, len(values))
		for i, value := range values {
			n, ok := f.numbers[value]
			if !ok {
				n = uint32(len(f.numbers))
				f.numbers[strings.Clone(value)] = n
			}
			row[i] = n
		}
		f.rows[len(w.cards)] = row
	}
	w.cards = append(w.cards, [4]uint64{uint64(kind), uint64(lang), uint64(dateNumber(d.Date)), uint64(dateNumber(d.EndDate))})
}

// encode returns the columns as they are kept.
func (w *columnWriter) encode() []byte {
	var out []byte
	names := slices.Sorted(maps.Keys(w.facets))
	for _, name := range names {
		f := w.facets[name]
		values := slices.Sorted(maps.Keys(f.numbers))
		place := make([]uint32, len(values))
		out = binary.AppendUvarint(out, uint64(len(values)))
		for i, value := range values {
			place[f.numbers[value]] = uint32(i)
			out = binary.AppendUvarint(out, uint64(len(value)))
			out = append(out, value...)
		}
		for _, row := range f.rows {
			for i := range row {
				row[i] = place[row[i]]
			}
			slices.Sort(row)
		}
	}
	for doc, card := range w.cards {
		for _, n := range card {
			out = binary.AppendUvarint(out, n)
		}
		for _, name := range names {
			row := slices.Compact(w.facets[name].rows[doc])
			out = binary.AppendUvarint(out, uint64(len(row)))
			for _, place := range row {
				out = binary.AppendUvarint(out, uint64(place))
			}
		}
	}
	return out
}

// decode reads what encode wrote.
func (c *columns) decode(b []byte, kinds int) error {
	broken := errors.New("they end before all is read")
	number := func() (uint64, error) {
		v, size := binary.Uvarint(b)
		if size <= 0 {
			return 0, broken
		}
		b = b[size:]
		return v, nil
	}
	base := uint32(0)
	for i := range c.facets {
		f := &c.facets[i]
		count, err := number()
		if err != nil || count > uint64(len(b)) {
			return broken
		}
		f.values, f.base = make([]string, count), base
		base += uint32(count)
		for k := range f.values {
			length, err := number()
			if err != nil || length > uint64(len(b)) {
				return broken
			}
			f.values[k], b = string(b[:length]), b[length:]
		}
	}
	c.start = make([]uint32, 1, len(c.kind)+1)
	for doc := range c.kind {
		var card [4]uint64
		for i := range card {
			n, err := number()
			if err != nil {
				return err
			}
			card[i] = n
		}
		if card[0] >= uint64(kinds) {
			return fmt.Errorf("document %d is of kind %d, but there are %d", doc, card[0], kinds)
		}
		c.kind[doc], c.lang[doc], c.date[doc], c.end[doc] = uint8(card[0]), uint8(card[1]), int32(card[2]), int32(card[3])
		for i := range c.facets {
			f := &c.facets[i]
			count, err := number()
			if err != nil {
				return err
			}
			for range count {
				place, err := number()
				if err != nil || place >= uint64(len(f.values)) {
					return broken
				}
				c.ordinals = append(c.ordinals, f.base+uint32(place))
			}
		}
		c.start = append(c.start, uint32(len(c.ordinals)))
	}
	c.invert(int(base))
	return nil
}

// invert lists the documents of each value of each facet.
func (c *columns) invert(ordinals int) {
	from := make([]uint32, ordinals+1)
	for _, ordinal := range c.ordinals {
		from[ordinal+1]++
	}
	for i := range ordinals {
		from[i+1] += from[i]
	}
	docs, next := make([]uint32, len(c.ordinals)), slices.Clone(from)
	for doc := range c.kind {
		for _, ordinal := range c.ordinals[c.start[doc]:c.start[doc+1]] {
			docs[next[ordinal]] = uint32(doc)
			next[ordinal]++
		}
	}
	for i := range c.facets {
		f := &c.facets[i]
		f.from, f.docs = from[f.base:int(f.base)+len(f.values)+1], docs
	}
}
