package index

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
)

// rareDocuments is how many documents may have a word as it is written for these to be kept.
const rareDocuments = 40

// writtenWord is a word as documents write it.
type writtenWord struct {
	term string
	docs []uint32 // ascending
	many bool     // more than rareDocuments, which are not kept
	tied bool     // some write it with a hyphen
}

// on notes that a document has the word.
func (w *writtenWord) on(doc uint32) {
	switch n := len(w.docs); {
	case w.many || n > 0 && w.docs[n-1] == doc:
	case n == rareDocuments:
		w.many, w.docs = true, nil
	default:
		w.docs = append(w.docs, doc)
	}
}

// rare lists the rare words, each with the documents that write it so, of what is written in several ways: of others the term says as
// much. An entry is the folded word, formMark, and the numbers of the documents, each but the first by how much it is above the one before.
func (w *Writer) rare() map[string]struct{} {
	ways := map[string]int{}
	for _, word := range w.written {
		ways[word.term]++
	}
	entries := map[string]struct{}{}
	for folded, word := range w.written {
		if word.many || len(word.docs) == 0 || ways[word.term] == 1 && !word.tied && !w.halved(folded) {
			continue
		}
		entry := []byte(folded + formMark)
		before := uint32(0)
		for _, doc := range word.docs {
			entry = binary.AppendUvarint(entry, uint64(doc-before))
			before = doc
		}
		entries[string(entry)] = struct{}{}
	}
	return entries
}

// halved reports whether a word may be written as two that documents have.
func (w *Writer) halved(folded string) bool {
	const leastHalf = 3
	for i := leastHalf; i <= len(folded)-leastHalf; i++ {
		if _, ok := w.spelling[folded[:i]]; !ok {
			continue
		}
		if _, ok := w.spelling[folded[i:]]; ok {
			return true
		}
	}
	return false
}

// Written returns the documents that have a folded word as it is written, ascending: where few do, and others write its term otherwise.
// Else there are none.
func (r *Reader) Written(folded string) ([]uint32, error) {
	if folded == "" || len(folded) > longestWord {
		return nil, nil
	}
	if err := r.whole(); err != nil {
		return nil, err
	}
	dict, err := r.head.snapshot.FieldDictPrefix(writtenField, []byte(folded+formMark))
	if err != nil {
		return nil, fmt.Errorf("looking for %q as it is written: %w", folded, err)
	}
	entries, err := r.words(dict, 1)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	var docs []uint32
	at := uint32(0)
	for rest := []byte(strings.TrimPrefix(entries[0], folded+formMark)); len(rest) > 0; {
		n, size := binary.Uvarint(rest)
		if size <= 0 {
			return nil, fmt.Errorf("reading where %q is written: %w", folded, ErrFormat)
		}
		at += uint32(n)
		docs, rest = append(docs, at), rest[size:]
	}
	slices.Sort(docs)
	return docs, nil
}
