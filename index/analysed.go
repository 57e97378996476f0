package index

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"
)

// An index lies in one part, or in two. The first, "whole", has every document of the site of which it was built. Where little of the site
// has changed since, the next index takes it as it is, and has a second part, "changes", with the documents that are new or changed, with
// the dictionaries and columns of all, and with the numbers that documents of the first part have now: none of those that have changed or
// are gone, which nothing finds any more. That index answers as one that is built anew would; its bytes are others. Where more than a
// tenth has changed it is built anew, and also where the first part was taken mostTaken times: what was taken off a page is then in no
// file.
const (
	wholeName   = "whole"
	changesName = "changes"
	analysedKey = "analysed" // blob of the first part: see analysed
	numbersKey  = "numbers"  // blob of the second: of each document of the first, 1 and its number, or 0
)

// mostChanged is the share of an index that may have changed for it to be taken, 1/mostChanged.
const mostChanged = 10

// mostTaken is how often the first part is taken.
const mostTaken = 10

// ErrChanged says that too much has changed for an index to be taken: it has to be built anew.
var ErrChanged = errors.New("too much has changed, or too often, since the index before was built")

// digest is the beginning of a SHA-256.
type digest [16]byte

// digestOf digests what a part holds of a document in a language.
func digestOf(d *Document, lang string, fields *[wordFields]string) digest {
	h := sha256.New()
	var size [binary.MaxVarintLen64]byte
	put := func(text string) {
		h.Write(binary.AppendUvarint(size[:0], uint64(len(text))))
		io.WriteString(h, text)
	}
	put(lang)
	for _, text := range fields {
		put(text)
	}
	put(string(d.Stored))
	put(d.Text)
	var sum [sha256.Size]byte
	return digest(h.Sum(sum[:0])[:len(digest{})])
}

// analysed is what analysis found in the documents of a part, so that it need not be done again.
type analysed struct {
	languages []string
	words     []analysedWord
	documents []*analysedDocument // in the order in which they were put
}

// analysedWord is a word as it is written in a language, with the term that it is found by.
type analysedWord struct {
	lang       int // place among languages
	word, term string
	known      *seenWord // once it is known to the index at hand
}

// analysedDocument tells of a document what the dictionaries and the statistics need.
type analysedDocument struct {
	id      string
	from    digest
	lengths [wordFields]int
	seen    []uint32 // 2 times the place of a word, plus 1 if it is a second spelling; each once, in the order of the text
}

// weight says how large a document is, among others.
func (d *analysedDocument) weight() int {
	const anyDocument = 50 // tokens
	n := anyDocument
	for _, length := range d.lengths {
		n += length
	}
	return n
}

// encode writes it: the number of languages and these; that of words, and of each its language, itself and its term; that of documents, and
// of each its ID, digest, lengths, number of words and these. Texts stand behind their length, numbers are varints as package binary
// writes them.
func (a *analysed) encode() []byte {
	var out []byte
	number := func(n int) { out = binary.AppendUvarint(out, uint64(n)) }
	text := func(s string) {
		number(len(s))
		out = append(out, s...)
	}
	number(len(a.languages))
	for _, lang := range a.languages {
		text(lang)
	}
	number(len(a.words))
	for i := range a.words {
		number(a.words[i].lang)
		text(a.words[i].word)
		text(a.words[i].term)
	}
	number(len(a.documents))
	for i := range a.documents {
		d := a.documents[i]
		text(d.id)
		out = append(out, d.from[:]...)
		for _, length := range d.lengths {
			number(length)
		}
		number(len(d.seen))
		for _, n := range d.seen {
			number(int(n))
		}
	}
	return out
}

// readAnalysed reads what encode wrote.
func readAnalysed(b []byte) (a *analysed, err error) {
	broken := false
	number := func(most int) int {
		v, size := binary.Uvarint(b)
		if size <= 0 || v > uint64(most) {
			broken, b = true, nil
			return 0
		}
		b = b[size:]
		return int(v)
	}
	text := func() string {
		n := number(len(b))
		if n > len(b) {
			broken = true
			return ""
		}
		s := string(b[:n])
		b = b[n:]
		return s
	}
	a = &analysed{}
	a.languages = make([]string, number(len(b)))
	for i := range a.languages {
		a.languages[i] = text()
	}
	a.words = make([]analysedWord, number(len(b)))
	for i := range a.words {
		a.words[i] = analysedWord{lang: number(len(a.languages) - 1), word: text(), term: text()}
	}
	a.documents = make([]*analysedDocument, number(len(b)))
	for i := range a.documents {
		d := &analysedDocument{id: text()}
		a.documents[i] = d
		b = b[copy(d.from[:], b):]
		for k := range d.lengths {
			d.lengths[k] = number(math.MaxInt32)
		}
		d.seen = make([]uint32, number(len(b)))
		for k := range d.seen {
			d.seen[k] = uint32(number(2*len(a.words) - 1))
		}
	}
	if broken || len(b) > 0 {
		return nil, errors.New("what is kept of its analysis is not as it was written")
	}
	return a, nil
}

// kept is the first part of an index before, which the index at hand takes.
type kept struct {
	*analysed
	byID                 map[string]int // place among documents
	numbers              []uint32       // of each document, 1 and its number in the index at hand; 0 if it has none
	whole, alive, change int            // weight of all its documents, of those that are as they were, and of what comes beside them
	taken                int            // how often it was taken, with this time
}

// blobOf reads a blob of the part in a folder.
func blobOf(dir, key string) ([]byte, error) {
	p, err := openPart(dir)
	if err != nil {
		return nil, err
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, errors.Join(err, p.close())
	}
	defer decoder.Close()
	b, err := p.blob(key, decoder)
	return b, errors.Join(err, p.close())
}

// timesTaken is how often the first part of the index in a folder was taken: the second says so, if there is one.
func timesTaken(dir string) (int, error) {
	changes := filepath.Join(dir, changesName)
	if _, err := os.Stat(changes); errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	var s statistics
	b, err := blobOf(changes, statisticsKey)
	if err == nil {
		err = json.Unmarshal(b, &s)
	}
	return s.Taken, err
}

// keep takes the first part of the index in the folder before.
func keep(dir, before string) (*kept, error) {
	taken, err := timesTaken(before)
	if err != nil {
		return nil, err
	}
	if taken == mostTaken {
		return nil, ErrChanged
	}
	from, to := filepath.Join(before, wholeName), filepath.Join(dir, wholeName)
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		return nil, err
	}
	b, err := blobOf(to, analysedKey)
	if err != nil {
		return nil, err
	}
	a, err := readAnalysed(b)
	if err != nil {
		return nil, err
	}
	k := &kept{taken: taken + 1, analysed: a, byID: make(map[string]int, len(a.documents)), numbers: make([]uint32, len(a.documents))}
	for i := range a.documents {
		k.byID[a.documents[i].id] = i
		k.whole += a.documents[i].weight()
	}
	return k, nil
}

// take finds a document in the part. Its words are learned as if they were read.
func (w *Writer) take(id string, from digest) *analysedDocument {
	if w.kept == nil {
		return nil
	}
	at, ok := w.kept.byID[id]
	if !ok || w.kept.documents[at].from != from {
		return nil
	}
	d := w.kept.documents[at]
	w.kept.numbers[at] = uint32(w.Documents) + 1
	w.kept.alive += d.weight()
	for _, n := range d.seen {
		word := &w.kept.words[n/2]
		tied := n%2 == 1
		if word.known == nil {
			lang, err := w.language(w.kept.languages[word.lang])
			if err != nil {
				return nil
			}
			word.known = w.learn(w.analyzers[lang], &piece{word: word.word, spelling: tied}, word.term)
		}
		word.known.note(uint32(w.Documents), tied)
	}
	return d
}

// seenWord is a word as it is written in a language.
type seenWord struct {
	*writtenWord           // nil of a character
	stop         bool      // it is not indexed
	term         uint32    // number of its term
	place        uint32    // among the words of what was analysed
	last         [2]uint32 // 1 and the document that had it last; second, as a second spelling
}

// note notes that a document has the word, and says whether that was not known.
func (s *seenWord) note(doc uint32, tied bool) bool {
	at := 0
	if tied {
		at = 1
	}
	if s.last[at] == doc+1 {
		return false
	}
	s.last[at] = doc + 1
	if tied {
		s.tied = true
	} else {
		s.on(doc)
	}
	return true
}

// most is how much may have changed.
func (k *kept) most() int { return k.whole / mostChanged }

// closeParts writes what ties the parts together: of a first one what was analysed, of a second the numbers of the first.
func (w *Writer) closeParts() error {
	if w.kept == nil {
		w.analysed.languages = w.Languages
		return w.PutBlob(analysedKey, w.analysed.encode())
	}
	if w.kept.alive < w.kept.whole-w.kept.most() {
		return fmt.Errorf("finishing the index: %w", ErrChanged)
	}
	var numbers []byte
	for _, n := range w.kept.numbers {
		numbers = binary.AppendUvarint(numbers, uint64(n))
	}
	return w.PutBlob(numbersKey, numbers)
}

// readNumbers reads what closeParts wrote of the numbers of the first part's documents, of which there may be so many.
func readNumbers(b []byte, documents int) (numbers []uint32, err error) {
	for len(b) > 0 {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > uint64(documents) {
			return nil, errors.New("the numbers of its first part are not as they were written")
		}
		numbers, b = append(numbers, uint32(n)-1), b[size:] // 0 becomes none
	}
	return numbers, nil
}
