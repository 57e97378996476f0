package index

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/bleve_index_api"
	"github.com/klauspost/compress/zstd"
)

// ErrFormat says that an index was written by another version of this package.
var ErrFormat = errors.New("the index was written by another version of rapporteur: ingest the site again")

// Reader answers queries over an index that a Writer has closed. It is safe for parallel use.
type Reader struct {
	parts     []*openedPart
	head      *openedPart // the last part, which has what is about all documents
	stats     statistics
	columns   *columns
	average   [][wordFields]float64 // by kind: tokens of a field that has any
	analyzers []*Analyzer           // by language
	postings  postingsCache
	pools     pools
	zstd      *zstd.Decoder // for parallel use
	files     []file        // as they were when the index was opened
	dir       string
}

type file struct {
	name string
	size int64
}

// ErrCut says that a file of the index has got shorter, or is gone, while the index was open.
var ErrCut = errors.New("the index is damaged: a file of it was cut short; ingest the site again")

// whole reports ErrCut where a file is not as long as it was. What reads a dictionary does so in goroutines of Bleve's, where
// a fault of the mapped memory would end the program.
func (r *Reader) whole() error {
	for _, f := range r.files {
		if now, err := os.Stat(f.name); err != nil && !errors.Is(err, fs.ErrNotExist) || err == nil && now.Size() < f.size {
			return ErrCut // a file that is gone from the folder is still mapped
		}
	}
	return nil
}

// Open opens the index in dir read-only.
func Open(dir string) (*Reader, error) {
	if _, err := os.Stat(dir); err != nil {
		return nil, fmt.Errorf("opening the index: %w", err)
	}
	layOutInOrder()
	r := &Reader{dir: dir}
	if err := errors.Join(r.list(), r.open()); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the index %s: %w", dir, err), r.Close())
	}
	return r, nil
}

// openedPart is a part of an index, open for reading.
type openedPart struct {
	index    bleve.Index
	snapshot *scorch.IndexSnapshot
	first    uint64 // of Bleve's numbers over all parts, that of its first document
	size     uint64 // documents of Bleve's, blobs among them
}

// openPart opens the part in a folder.
func openPart(dir string) (*openedPart, error) {
	index, err := scorch.NewScorch(scorch.Name, map[string]any{"path": dir, "read_only": true, "bolt_timeout": "1s"},
		bleve.NewAnalysisQueue(1))
	if err != nil {
		return nil, err
	}
	if err := index.Open(); err != nil {
		return nil, err
	}
	reader, err := index.Reader()
	if err != nil {
		return nil, errors.Join(err, index.Close())
	}
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, errors.Join(ErrFormat, reader.Close(), index.Close())
	}
	p := &openedPart{index: index, snapshot: snapshot}
	if len(snapshot.Segments()) != 1 {
		return nil, errors.Join(ErrFormat, p.close()) // a Writer leaves one
	}
	p.size = uint64(snapshot.Segments()[0].FullSize())
	return p, nil
}

func (p *openedPart) close() error { return errors.Join(p.snapshot.Close(), p.index.Close()) }

// find returns Bleve's number of an external ID in the part.
func (p *openedPart) find(id string) (uint64, error) {
	internal, err := p.snapshot.InternalID(id)
	if err != nil {
		return 0, err
	}
	if internal == nil {
		return 0, ErrNotFound
	}
	return internal.Value(), nil
}

// visit returns two stored fields of a document. They are the caller's.
func (p *openedPart) visit(n uint64, first, second string) (values [2][]byte, err error) {
	err = p.snapshot.Segments()[0].VisitDocument(n, func(field string, _ byte, value []byte, _ []uint64) bool {
		switch field {
		case first:
			values[0] = append([]byte(nil), value...)
		case second:
			values[1] = append([]byte(nil), value...)
		}
		return true
	})
	if err != nil {
		err = fmt.Errorf("reading what is stored of document %d: %w", n, err)
	}
	return values, err
}

// blob returns the value stored under a key.
func (p *openedPart) blob(key string, decoder *zstd.Decoder) ([]byte, error) {
	n, err := p.find(blobPrefix + key)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", key, err)
	}
	value, err := p.visit(n, blobField, "")
	if err != nil {
		return nil, err
	}
	plain, err := decoder.DecodeAll(value[0], nil)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", key, err)
	}
	return plain, nil
}

// list notes the files of the index.
func (r *Reader) list() error {
	return filepath.WalkDir(r.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			r.files = append(r.files, file{name, info.Size()})
		}
		return err
	})
}

func (r *Reader) open() error {
	var err error
	if r.zstd, err = zstd.NewReader(nil); err != nil {
		return err
	}
	first := uint64(0)
	for _, name := range []string{wholeName, changesName} {
		if _, err := os.Stat(filepath.Join(r.dir, name)); name == changesName && errors.Is(err, fs.ErrNotExist) {
			break
		}
		p, err := openPart(filepath.Join(r.dir, name))
		if err != nil {
			return err
		}
		p.first = first
		first += p.size
		r.parts, r.head = append(r.parts, p), p
	}
	b, err := r.Blob(statisticsKey)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, &r.stats); err != nil {
		return fmt.Errorf("reading the statistics: %w", err)
	}
	if r.stats.Format != format {
		return ErrFormat
	}
	var numbers []uint32
	if len(r.parts) > 1 {
		if b, err = r.Blob(numbersKey); err != nil {
			return err
		}
		if numbers, err = readNumbers(b, r.stats.Documents); err != nil {
			return err
		}
	}
	if b, err = r.Blob(columnsKey); err != nil {
		return err
	}
	if r.columns, err = readColumns(r.parts, &r.stats, b, numbers); err != nil {
		return err
	}
	for i, kind := range r.stats.Kinds {
		var average [wordFields]float64
		for f, total := range r.stats.Lengths[kind] {
			average[f] = max(1, total/float64(max(1, r.stats.Counts[i])))
		}
		r.average = append(r.average, average)
	}
	for _, lang := range r.stats.Languages {
		a, err := NewAnalyzer(lang)
		if err != nil {
			return err
		}
		r.analyzers = append(r.analyzers, a)
	}
	if len(r.analyzers) == 0 {
		return nil
	}
	r.pools.size = r.stats.Documents
	return nil
}

// Close frees the index. No method may be called afterwards.
func (r *Reader) Close() error {
	var errs []error
	for _, p := range r.parts {
		errs = append(errs, p.close())
	}
	return errors.Join(errs...)
}

// Documents returns how many documents there are; their numbers run from 0 in the order in which they were put.
func (r *Reader) Documents() int { return r.stats.Documents }

// Analyzers returns the analyzers of the languages that the documents are in, in the order of Clause.Common.
func (r *Reader) Analyzers() []*Analyzer { return r.analyzers }

// AnalyzerOf returns the analyzer of the language that a document is in.
func (r *Reader) AnalyzerOf(doc uint32) *Analyzer { return r.analyzers[r.columns.lang[doc]] }

// ErrNotFound says that there is no blob of a key, or no document of an ID.
var ErrNotFound = errors.New("not found in the index")

// Blob returns the value stored under a key.
func (r *Reader) Blob(key string) ([]byte, error) { return r.head.blob(key, r.zstd) }

// Number returns the number of the document with an ID.
func (r *Reader) Number(id string) (uint32, error) {
	for _, p := range r.parts {
		n, err := p.find(id)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return 0, fmt.Errorf("reading %s: %w", id, err)
		}
		if err == nil && r.columns.number[p.first+n] != none {
			return r.columns.number[p.first+n], nil
		}
	}
	return 0, fmt.Errorf("reading %s: %w", id, ErrNotFound)
}

// Stored returns what was stored for a document.
func (r *Reader) Stored(doc uint32) (shown []byte, text string, err error) {
	n := uint64(r.columns.bleve[doc])
	p := r.partOf(n)
	values, err := p.visit(n-p.first, storedField, textField)
	if err != nil || len(values[1]) == 0 {
		return values[0], "", err
	}
	plain, err := r.zstd.DecodeAll(values[1], nil)
	if err != nil {
		return nil, "", fmt.Errorf("reading the text of document %d: %w", doc, err)
	}
	return values[0], string(plain), nil
}

// partOf is the part that one of Bleve's numbers lies in.
func (r *Reader) partOf(n uint64) *openedPart {
	i, _ := slices.BinarySearchFunc(r.parts, n+1, func(p *openedPart, n uint64) int { return cmp.Compare(p.first, n) })
	return r.parts[i-1]
}

// Similar returns up to limit words of the index that lie within distance edits (1 or 2) of a folded word and begin with
// the same letter or, failing that, with any. They are in alphabetical order, and unranked.
func (r *Reader) Similar(word string, distance, limit int) ([]string, error) {
	if word == "" || len(word) > longestWord {
		return nil, nil
	}
	if err := r.whole(); err != nil {
		return nil, err
	}
	dict, err := r.head.snapshot.FieldDictFuzzy(spellingField, word, distance, "")
	if err != nil {
		return nil, fmt.Errorf("looking for words like %q: %w", word, err)
	}
	return r.words(dict, limit)
}

// Completions returns up to limit words of the index that begin with a folded prefix, in alphabetical order.
func (r *Reader) Completions(prefix string, limit int) ([]string, error) {
	if err := r.whole(); err != nil {
		return nil, err
	}
	dict, err := r.head.snapshot.FieldDictPrefix(spellingField, []byte(prefix))
	if err != nil {
		return nil, fmt.Errorf("looking for words that begin with %q: %w", prefix, err)
	}
	return r.words(dict, limit)
}

func (r *Reader) words(dict bleve.FieldDict, limit int) (words []string, err error) {
	defer func() { err = errors.Join(err, dict.Close()) }()
	for len(words) < limit {
		entry, err := dict.Next()
		if err != nil {
			return nil, fmt.Errorf("reading the words of the index: %w", err)
		}
		if entry == nil {
			break
		}
		words = append(words, strings.Clone(entry.Term))
	}
	return words, nil
}

// maxForms bounds how many terms a word has over all languages.
const maxForms = 32

// Forms returns the terms under which documents have a folded word, beyond what English analysis makes of it: of pages in other
// languages, and of words spelled out in plain letters ("moeller").
func (r *Reader) Forms(folded string) ([]string, error) {
	if folded == "" || len(folded) > longestWord {
		return nil, nil
	}
	if err := r.whole(); err != nil {
		return nil, err
	}
	dict, err := r.head.snapshot.FieldDictPrefix(formsField, []byte(folded+formMark))
	if err != nil {
		return nil, fmt.Errorf("looking for the forms of %q: %w", folded, err)
	}
	terms, err := r.words(dict, maxForms)
	for i := range terms {
		terms[i] = terms[i][len(folded)+len(formMark):]
	}
	return terms, err
}

// Known reports whether a document has a folded word, written so or spelled so.
func (r *Reader) Known(folded string) (bool, error) {
	words, err := r.Completions(folded, 1)
	return len(words) == 1 && words[0] == folded, err
}
