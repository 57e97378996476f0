package index

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/bleve_index_api"
	"github.com/klauspost/compress/zstd"
)

// Fields of Bleve's documents beside the fields of words.
const (
	cardField     = "card"       // doc value: the number of a document
	storedField   = "stored"     //
	textField     = "text"       //
	blobField     = "blob"       //
	spellingField = "spelling"   // of one document: every word of the index as written, folded
	formsField    = "forms"      // of the same: folded words with the terms that English analysis does not make of them
	statisticsKey = "statistics" // blob: what the reader must know before it reads postings
	columnsKey    = "columns"    // blob: see columnWriter
	spellingKey   = "spelling"
	blobPrefix    = "\x00blob:" // no document's ID
	writtenField  = "written"   // of the same: folded words of few documents, with these
	format        = 6
)

// statistics are kept with the index: Bleve's own are wrong for ranking (average length varies with the segments).
type statistics struct {
	Format    int                            `json:"format"`
	Documents int                            `json:"documents"`
	Kinds     []string                       `json:"kinds"`     // in order of their first document
	Counts    []int                          `json:"counts"`    // documents of each kind
	Lengths   map[string][wordFields]float64 `json:"lengths"`   // by kind: tokens in all documents, a field
	Languages []string                       `json:"languages"` // in order of their first document
	Facets    []string                       `json:"facets"`
	Taken     int                            `json:"taken,omitempty"` // how often the first part was taken from an index before
}

// Writer makes an index. It is not safe for parallel use.
type Writer struct {
	builder   *scorch.Builder
	analyzers []*Analyzer // of Languages
	statistics
	kinds    map[string]int
	columns  columnWriter
	spelling map[string]struct{}
	forms    map[string]struct{}                // folded word, formMark, term
	seen     map[*Analyzer]map[string]*seenWord // words as written that spelling and forms know
	written  map[string]*writtenWord            // by folded word
	ids      map[string]bool
	zstd     *zstd.Encoder
	kept     *kept    // of an index before; may be nil
	analysed analysed // of all documents, where none are kept
	found    []uint32 // words of the document at hand, as analysedDocument has them
	tokens   []uint64 // of the field at hand

	terms       []string // by number
	termNumbers map[string]uint32
	memory      [wordFields]fieldMemory
}

// ErrDuplicate says that two documents have one ID.
var ErrDuplicate = errors.New("the ID is taken by another document")

// Documents are analysed so many at a time: all at once where their text is short, since what was analysed apart has to be merged.
const (
	fewDocuments = 1000
	shortText    = 8 << 20 // bytes
)

// Create starts an index in dir, which is made. Nothing can be read from it before Close. Told how many documents are to come, and how
// many bytes of text, it takes the fewest steps that there is memory for; 0 stands for what is not known.
func Create(dir string, documents, bytes int) (*Writer, error) {
	w, err := create(dir, wholeName, documents, bytes)
	if err != nil {
		return nil, fmt.Errorf("creating the index %s: %w", dir, err)
	}
	return w, nil
}

// Renew starts an index that takes from an index before, of the same program, what has not changed. Renew, Put and Close return ErrChanged
// where that is too little, or was taken too often: then dir is to be removed.
func Renew(dir, before string, documents, bytes int) (*Writer, error) {
	layOutInOrder()
	kept, err := keep(dir, before)
	if err != nil {
		return nil, fmt.Errorf("creating the index %s from %s: %w", dir, before, err)
	}
	w, err := create(dir, changesName, documents, bytes)
	if err != nil {
		return nil, fmt.Errorf("creating the index %s: %w", dir, err)
	}
	w.kept, w.Taken = kept, kept.taken
	return w, nil
}

func create(dir, part string, documents, bytes int) (*Writer, error) {
	batchSize := fewDocuments
	if bytes <= shortText {
		batchSize = max(batchSize, documents+16) // and blobs
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	layOutInOrder()
	builder, err := scorch.NewBuilder(map[string]any{
		"path":            filepath.Join(dir, part),
		"buildPathPrefix": dir,
		"batchSize":       batchSize,
	})
	if err != nil {
		return nil, err
	}
	w := &Writer{
		builder:    builder,
		statistics: statistics{Format: format, Lengths: map[string][wordFields]float64{}},
		kinds:      map[string]int{},
		columns:    columnWriter{facets: map[string]*facetWriter{}},
		spelling:   map[string]struct{}{},
		forms:      map[string]struct{}{},
		seen:       map[*Analyzer]map[string]*seenWord{},
		written:    map[string]*writtenWord{},
		ids:        map[string]bool{},
		zstd:       encoder,

		termNumbers: map[string]uint32{},
	}
	for i := range w.memory {
		w.memory[i].terms = &w.terms
	}
	return w, nil
}

// Put adds a document. Documents of the same score and date are found in the order in which they were put.
func (w *Writer) Put(d *Document) error {
	if w.ids[d.ID] {
		return fmt.Errorf("indexing %s: %w", d.ID, ErrDuplicate)
	}
	w.ids[d.ID] = true
	lang, err := w.language(Language(d.Lang))
	if err != nil {
		return err
	}
	fields := d.fields()
	from := digestOf(d, w.Languages[lang], &fields)
	known := w.take(d.ID, from)
	if known == nil {
		if known, err = w.add(d, w.analyzers[lang], &fields); err != nil {
			return fmt.Errorf("indexing %s: %w", d.ID, err)
		}
		known.from = from
	}
	lengths := w.Lengths[d.Kind]
	for i, n := range known.lengths {
		lengths[i] += float64(n)
	}
	w.Lengths[d.Kind] = lengths

	kind, ok := w.kinds[d.Kind]
	if !ok {
		kind = len(w.Kinds)
		w.kinds[d.Kind] = kind
		w.Kinds = append(w.Kinds, d.Kind)
		w.Counts = append(w.Counts, 0)
	}
	w.Counts[kind]++
	w.Documents++
	w.columns.put(kind, lang, d)
	return nil
}

// add analyses a document, and puts it into the part at hand.
func (w *Writer) add(d *Document, a *Analyzer, fields *[wordFields]string) (*analysedDocument, error) {
	doc := document.NewDocument(d.ID)
	known := &analysedDocument{id: strings.Clone(d.ID)}
	w.found = w.found[:0]
	for i, text := range fields {
		if text == "" {
			continue
		}
		w.read(a, text)
		known.lengths[i] = len(w.tokens)
		doc.AddField(newWordsField(fieldNames[i], w.tokens, &w.memory[i]))
	}
	if w.kept == nil {
		known.seen = slices.Clone(w.found)
		w.analysed.documents = append(w.analysed.documents, known)
	} else if w.kept.change += known.weight(); w.kept.change > w.kept.most() {
		return nil, ErrChanged
	}
	doc.AddField(column(cardField, strconv.Itoa(w.Documents)))
	if len(d.Stored) > 0 {
		doc.AddField(stored(storedField, d.Stored))
	}
	if d.Text != "" {
		doc.AddField(stored(textField, w.zstd.EncodeAll([]byte(d.Text), nil)))
	}
	return known, w.builder.Index(doc)
}

// PutBlob stores a value under a key, compressed.
func (w *Writer) PutBlob(key string, value []byte) error {
	doc := document.NewDocument(blobPrefix + key)
	doc.AddField(stored(blobField, w.zstd.EncodeAll(value, nil)))
	if err := w.builder.Index(doc); err != nil {
		return fmt.Errorf("storing %s in the index: %w", key, err)
	}
	return nil
}

// Close finishes the index.
func (w *Writer) Close() error {
	if err := w.closeParts(); err != nil {
		return err
	}
	w.Facets = slices.Sorted(maps.Keys(w.columns.facets))
	if err := w.PutBlob(columnsKey, w.columns.encode()); err != nil {
		return err
	}
	b, err := json.Marshal(w.statistics)
	if err != nil {
		return fmt.Errorf("writing the statistics of the index: %w", err)
	}
	if err := w.PutBlob(statisticsKey, b); err != nil {
		return err
	}
	doc := document.NewDocument(blobPrefix + spellingField)
	doc.AddField(dictionary(spellingField, w.spelling))
	doc.AddField(dictionary(formsField, w.forms))
	doc.AddField(dictionary(writtenField, w.rare()))
	if err := w.builder.Index(doc); err != nil {
		return fmt.Errorf("writing the words of the index: %w", err)
	}
	if err := w.builder.Close(); err != nil {
		return fmt.Errorf("finishing the index: %w", err)
	}
	return nil
}

// language returns the place of a language among those of the index.
func (w *Writer) language(lang string) (int, error) {
	if i := slices.Index(w.Languages, lang); i >= 0 {
		return i, nil
	}
	a, err := NewAnalyzer(lang)
	if err != nil {
		return 0, err
	}
	w.Languages, w.analyzers = append(w.Languages, lang), append(w.analyzers, a)
	return len(w.Languages) - 1, nil
}

// longestWord is the longest that is indexed, in bytes: what is longer is no word, but an encoded picture.
const longestWord = 64

// read analyzes text to tokens, as newWordsField takes them, and learns the spelling of its words.
func (w *Writer) read(a *Analyzer, text string) {
	w.tokens = w.tokens[:0]
	seen := w.seen[a]
	if seen == nil {
		seen = map[string]*seenWord{}
		w.seen[a] = seen
	}
	before, last, end := 0, 0, 0 // end of the position before that of the last token; that position, and its end
	split(text, nil, func(p piece) bool {
		word := seen[p.word]
		if word == nil {
			word = w.meet(a, seen, &p)
		}
		if word.stop {
			return true
		}
		if p.position != last {
			before = 0
			if p.position == last+1 {
				before = end
			}
			last, end = p.position, p.end // tokens of one position end at one byte
		}
		gap := 0
		if before > 0 {
			gap = max(0, p.start-before)
		}
		w.tokens = append(w.tokens, uint64(word.term)<<32|uint64(placeOf(p.position, gap)))
		if word.writtenWord != nil && word.note(uint32(w.Documents), p.spelling) {
			n := word.place * 2
			if p.spelling {
				n++
			}
			w.found = append(w.found, n)
		}
		return true
	})
}

// meet is a word that was not seen before in its language.
func (w *Writer) meet(a *Analyzer, seen map[string]*seenWord, p *piece) *seenWord {
	term := a.term(p)
	if term == "" || len(p.word) > longestWord {
		s := &seenWord{stop: true}
		seen[strings.Clone(p.word)] = s
		return s
	}
	if !p.character {
		return w.learn(a, p, term)
	}
	s := &seenWord{term: w.number(term)}
	seen[strings.Clone(p.word)] = s
	return s
}

// number is the number of a term.
func (w *Writer) number(term string) uint32 {
	n, ok := w.termNumbers[term]
	if !ok {
		n = uint32(len(w.terms))
		w.terms = append(w.terms, term)
		w.termNumbers[term] = n
	}
	return n
}

// formMark stands between a folded word and a term that documents have for it.
const formMark = "\x00"

// learn gives a word. It notes it in the dictionary, and the term that a query has to look for where the query's own analysis may not tell.
func (w *Writer) learn(a *Analyzer, p *piece, term string) *seenWord {
	seen := w.seen[a]
	if seen == nil {
		seen = map[string]*seenWord{}
		w.seen[a] = seen
	}
	if known, ok := seen[p.word]; ok {
		return known
	}
	word, written := folded(p.word), strings.Clone(p.word)
	known := w.written[word]
	if known == nil {
		known = &writtenWord{term: term}
		w.written[strings.Clone(word)] = known
	}
	s := &seenWord{writtenWord: known, term: w.number(term), place: uint32(len(w.analysed.words))}
	w.analysed.words = append(w.analysed.words, analysedWord{lang: slices.Index(w.analyzers, a), word: written, term: term})
	seen[written] = s
	if p.spelling && strings.ContainsAny(p.word, "#.&") {
		return s
	}
	w.spelling[strings.Clone(word)] = struct{}{}
	if a.lang != English {
		w.forms[word+formMark+term] = struct{}{}
	}
	if typed := spelledOut(p.word); typed != "" {
		w.spelling[typed] = struct{}{}
		w.forms[typed+formMark+term] = struct{}{}
	}
	return s
}

// dictionary is a field that holds words, without frequencies.
func dictionary(name string, words map[string]struct{}) document.Field {
	var stream analysis.TokenStream
	for _, word := range slices.Sorted(maps.Keys(words)) {
		stream = append(stream, &analysis.Token{Term: []byte(word)})
	}
	return document.NewTextFieldCustom(name, nil, nil, bleve.IndexField|bleve.SkipFreqNorm, ready(stream))
}

// ready is an analyzer that has done its work before Bleve calls it.
type ready analysis.TokenStream

func (r ready) Analyze([]byte) analysis.TokenStream { return analysis.TokenStream(r) }

func stored(name string, value []byte) document.Field {
	return document.NewTextFieldCustom(name, nil, value, bleve.StoreField, nil)
}

func column(name, value string) document.Field {
	return document.NewTextFieldCustom(name, nil, []byte(value), bleve.IndexField|bleve.DocValues|bleve.SkipFreqNorm, nil)
}

// dateNumber makes YYYYMMDD of a date, with zeros for what it does not say; 0 if it is none.
func dateNumber(date string) int {
	n, places := 0, 0
	for _, c := range []byte(date) {
		switch {
		case c >= '0' && c <= '9' && places < 8:
			n = n*10 + int(c-'0')
			places++
		case c == '-':
		default:
			return 0
		}
	}
	if places != 4 && places != 6 && places != 8 {
		return 0
	}
	for ; places < 8; places++ {
		n *= 10
	}
	return n
}
