package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"rapporteur/ingest/fold"
)

// Listing is an index laid open, for a program that has no Reader, such as a script in a browser: with it, documents of one kind are
// ranked as a Reader ranks them.
type Listing struct {
	reader    *Reader
	Documents []ListedDocument // in the order in which they were put
	All       int              // documents of every kind
	Average   [2]float64       // words of a title and of a body, over the documents of this kind
	places    map[string][]place32
}

// ListedDocument is a document of a Listing. Its words are numbered from 0, title first, stop words included; between blocks some
// numbers are left out, so that no phrase reaches from one into the next.
type ListedDocument struct {
	Number uint32 // as in Hit.Doc
	Date   int32  // YYYYMMDD with zeros for what is not known; 0 if nothing is
	Stored []byte
	Text   string
	Title  int   // words of the title
	Terms  int   // terms of the text behind it
	Cuts   []int // the byte of Text at which the word begins that is numbered i times the length of a chunk, or the next one there is
}

// Occurrence says how well a document answers a term, and where it has it.
type Occurrence struct {
	Document int // its place in Listing.Documents
	Impact   float32
	Places   []int // numbers of words, ascending; none where it only stands in a name that the document is found by
}

// place32 is a word of a document.
type place32 struct{ document, word uint32 }

// MaxImpact is what an Impact stays below: an impact i came of the weighted frequency K1*i/(MaxImpact-i).
const (
	K1        = k1
	MaxImpact = k1 + 1
)

// FieldWeights returns what a word counts in a title and in a body, and B how much of the length is made up for.
func FieldWeights() (title, body, b float64) {
	return fieldWeight[titleField], fieldWeight[bodyField], fieldB[bodyField]
}

// lineGap is left between the numbers of words of two lines.
const lineGap = 2

// List lists the documents of a kind. A chunk is how many words lie between two cuts. The title has to be given for each document,
// since it is not stored by itself.
func (r *Reader) List(ctx context.Context, kind string, chunk int, title func(stored []byte) (string, error)) (*Listing, error) {
	k := slices.Index(r.stats.Kinds, kind)
	l := &Listing{reader: r, All: r.stats.Documents, places: map[string][]place32{}}
	if k < 0 {
		return l, nil
	}
	l.Average = [2]float64{r.average[k][titleField], r.average[k][bodyField]}
	for n := range uint32(r.stats.Documents) {
		if int(r.columns.kind[n]) != k {
			continue
		}
		stored, text, err := r.Stored(n)
		if err != nil {
			return nil, err
		}
		d := ListedDocument{Number: n, Date: r.columns.date[n], Stored: stored, Text: text}
		heading, err := title(stored)
		if err != nil {
			return nil, fmt.Errorf("reading the title of document %d: %w", n, err)
		}
		l.read(&d, heading, r.analyzers[r.columns.lang[n]], chunk)
		l.Documents = append(l.Documents, d)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// read numbers the words of a document.
func (l *Listing) read(d *ListedDocument, title string, a *Analyzer, chunk int) {
	rest, repeated := strings.CutPrefix(d.Text, title)
	body := len(d.Text) - len(rest)
	document, next := uint32(len(l.Documents)), 0
	terms := 0
	take := func(text string, from int) {
		last, end, first := 0, 0, next
		split(text, nil, func(p piece) bool {
			if p.position != last {
				if last > 0 && strings.ContainsAny(text[end:p.start], "\n\u2029") {
					first += lineGap
				}
				last, end = p.position, p.end
				next = first + p.position - 1
				for from >= 0 && len(d.Cuts) <= next/chunk {
					d.Cuts = append(d.Cuts, from+p.start)
				}
				next++
			}
			if term := a.term(&p); term != "" && len(p.word) <= longestWord {
				terms++
				l.places[term] = append(l.places[term], place32{document, uint32(next - 1)})
			}
			return true
		})
	}
	if repeated {
		take(title, 0)
	} else {
		take(title, -1)
	}
	d.Title = next
	next += lineGap
	terms = 0
	take(rest, body)
	d.Terms = terms
}

// Terms calls yield for every term that documents of the listing have, in the order of its bytes.
func (l *Listing) Terms(ctx context.Context, yield func(term string, at []Occurrence) error) error {
	r := l.reader
	if err := r.whole(); err != nil {
		return err
	}
	terms := map[string]bool{}
	for _, p := range r.parts {
		for _, field := range fieldNames {
			dict, err := p.snapshot.FieldDict(field)
			if err != nil {
				return fmt.Errorf("reading the words of the index: %w", err)
			}
			words, err := r.words(dict, math.MaxInt)
			if err != nil {
				return err
			}
			for _, w := range words {
				terms[w] = true
			}
		}
	}
	byNumber := make(map[uint32]int, len(l.Documents))
	for i := range l.Documents {
		byNumber[l.Documents[i].Number] = i
	}
	for _, term := range slices.Sorted(maps.Keys(terms)) {
		p, err := r.lookup(ctx, []string{term})
		if err != nil {
			return err
		}
		places, at := l.places[term], []Occurrence{}
		for _, posting := range p.list {
			n, ok := byNumber[posting.doc]
			if !ok {
				continue
			}
			o := Occurrence{Document: n, Impact: posting.impact}
			from, _ := slices.BinarySearchFunc(places, uint32(n), func(p place32, n uint32) int { return cmp.Compare(p.document, n) })
			for ; from < len(places) && places[from].document == uint32(n); from++ {
				if word := int(places[from].word); len(o.Places) == 0 || o.Places[len(o.Places)-1] != word {
					o.Places = append(o.Places, word)
				}
			}
			at = append(at, o)
		}
		if len(at) > 0 {
			if err := yield(term, at); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// Holders returns the documents that have a value in a facet, as places in Documents, ascending.
func (l *Listing) Holders(facet, value string) []int { return l.of(l.reader.withValue(facet, value)) }

// Written are the documents that Reader.Written returns for a word, as places in Documents, ascending.
func (l *Listing) Written(folded string) ([]int, error) {
	numbers, err := l.reader.Written(folded)
	return l.of(numbers), err
}

// of returns the places in Documents of those of some documents that are of the listing.
func (l *Listing) of(numbers []uint32) []int {
	var out []int
	for _, number := range numbers {
		at, ok := slices.BinarySearchFunc(l.Documents, number, func(d ListedDocument, n uint32) int { return cmp.Compare(d.Number, n) })
		if ok {
			out = append(out, at)
		}
	}
	return out
}

// Words calls yield for every word of the index as written, folded, with the terms that documents have for it beyond what English analysis
// makes of it. Words come in the order of their bytes.
func (r *Reader) Words(yield func(word string, terms []string) error) (err error) {
	if err := r.whole(); err != nil {
		return err
	}
	dict, err := r.head.snapshot.FieldDict(spellingField)
	if err != nil {
		return fmt.Errorf("reading the words of the index: %w", err)
	}
	defer func() { err = errors.Join(err, dict.Close()) }()
	for {
		entry, err := dict.Next()
		if err != nil || entry == nil {
			return err
		}
		word := strings.Clone(entry.Term)
		terms, err := r.Forms(word)
		if err == nil {
			err = yield(word, terms)
		}
		if err != nil {
			return err
		}
	}
}

// Tables are what the analysis of English goes by, for a program that has to do it again.
type Tables struct {
	Stop      []string          `json:"stop"`      // sorted
	Respelled map[string]string `json:"respelled"` // words that are taken for others
	Our       []string          `json:"our"`       // beginnings that end in -or, which stands for -our
	Letters   []string          `json:"letters"`   // pairs: a letter, and what it is folded to
}

// EnglishTables returns them.
func EnglishTables() (*Tables, error) {
	a, err := NewAnalyzer(English)
	if err != nil {
		return nil, err
	}
	return &Tables{Stop: slices.Sorted(maps.Keys(a.stop)), Respelled: respelled, Our: orWords, Letters: fold.Letters()}, nil
}
