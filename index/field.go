package index

import (
	"slices"

	bleve "github.com/blevesearch/bleve_index_api"
)

// wordsField is a field of words of one of Bleve's documents, analysed. Bleve asks for its frequencies while it writes a segment, for one
// document after the other, and a second time: they are made then, in the same memory for all documents, since those of all at once take
// many times the room of their text.
type wordsField struct {
	name   string
	length int // tokens
	posted []postedTerm
	rest   []uint64 // of each term behind its first place the others, see place: steps from the one before, with their gaps
	memory *fieldMemory
}

// postedTerm is a term of a field, and where it stands.
type postedTerm struct {
	term, times uint32
	first       place
}

// place is where a token stands: the position, and in the last two bits how many bytes lie between it and the position before it, 0 if
// there is none, at most widestGap. That is what the search for phrases asks. In Bleve's terms a term in a document has one location, with
// the position and the gap of its first place as Position and Start; the others are its ArrayPositions. A location for each would take
// three times the room, on disk and in memory.
type place uint32

const (
	gapBits   = 2
	widestGap = 1<<gapBits - 1
)

func placeOf(position, gap int) place { return place(position)<<gapBits | place(min(gap, widestGap)) }

// fieldMemory is what the fields of one name make their frequencies in.
type fieldMemory struct {
	terms       *[]string // by number
	frequencies bleve.TokenFrequencies
	each        []bleve.TokenFreq
	locations   []bleve.TokenLocation
	pointers    []*bleve.TokenLocation
}

// newWordsField makes a field of tokens, each a number of a term in the upper half, and a place. It keeps nothing of the tokens.
func newWordsField(name string, tokens []uint64, memory *fieldMemory) *wordsField {
	f := &wordsField{name: name, length: len(tokens), memory: memory}
	slices.Sort(tokens)
	terms := 0
	for i, t := range tokens {
		if i == 0 || t>>32 != tokens[i-1]>>32 {
			terms++
		}
	}
	f.posted, f.rest = make([]postedTerm, 0, terms), make([]uint64, 0, len(tokens)-terms)
	for i, t := range tokens {
		term, at := uint32(t>>32), place(t)
		if i == 0 || term != uint32(tokens[i-1]>>32) {
			f.posted = append(f.posted, postedTerm{term, 1, at})
			continue
		}
		f.posted[len(f.posted)-1].times++
		step := at>>gapBits - place(tokens[i-1])>>gapBits
		f.rest = append(f.rest, uint64(step<<gapBits|at&widestGap))
	}
	return f
}

func (f *wordsField) Name() string             { return f.name }
func (f *wordsField) Value() []byte            { return nil }
func (f *wordsField) ArrayPositions() []uint64 { return nil }
func (f *wordsField) EncodedFieldType() byte   { return 't' }
func (f *wordsField) Analyze()                 {}
func (f *wordsField) Options() bleve.FieldIndexingOptions {
	return bleve.IndexField | bleve.IncludeTermVectors
}
func (f *wordsField) AnalyzedLength() int       { return f.length }
func (f *wordsField) NumPlainTextBytes() uint64 { return 0 }
func (f *wordsField) Size() int                 { return 12*len(f.posted) + 8*len(f.rest) }

// AnalyzedTokenFrequencies are good until those of another field of the name are asked for.
func (f *wordsField) AnalyzedTokenFrequencies() bleve.TokenFrequencies {
	m, n := f.memory, len(f.posted)
	if m.frequencies == nil {
		m.frequencies = bleve.TokenFrequencies{}
	}
	clear(m.frequencies)
	if len(m.each) < n {
		m.each, m.locations, m.pointers = make([]bleve.TokenFreq, 2*n), make([]bleve.TokenLocation, 2*n), make([]*bleve.TokenLocation, 2*n)
		for i := range m.pointers {
			m.pointers[i] = &m.locations[i]
		}
	}
	rest := f.rest
	for i, p := range f.posted {
		others := int(p.times) - 1
		m.locations[i] = bleve.TokenLocation{Position: int(p.first >> gapBits), Start: int(p.first & widestGap),
			ArrayPositions: rest[:others:others]}
		rest = rest[others:]
		m.each[i] = bleve.TokenFreq{Locations: m.pointers[i : i+1 : i+1]}
		m.each[i].SetFrequency(int(p.times))
		m.frequencies[(*m.terms)[p.term]] = &m.each[i]
	}
	return m.frequencies
}

// eachPlace calls visit with the positions of a term in a field, ascending, and the bytes between each and the position before it: see
// place.
func eachPlace(vectors []*bleve.TermFieldVector, visit func(position, gap uint64)) {
	for _, v := range vectors {
		position := v.Pos
		visit(position, v.Start)
		for _, step := range v.ArrayPositions {
			position += step >> gapBits
			visit(position, step&widestGap)
		}
	}
}
