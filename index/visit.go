package index

import (
	"errors"
	"fmt"
	"slices"

	bleve "github.com/blevesearch/bleve_index_api"
)

// Visit calls see with everything that the index holds, unpacked, a piece at a time: every term of every field, every stored
// value, and every blob. It ends with the first error of see.
func (r *Reader) Visit(see func(piece string) error) error {
	if err := r.whole(); err != nil {
		return err
	}
	for _, p := range append([]*openedPart{r.head}, r.parts...) {
		if err := r.visitPart(p, see); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reader) visitPart(p *openedPart, see func(piece string) error) error {
	fields, err := p.snapshot.Fields()
	if err != nil {
		return fmt.Errorf("listing the fields of the index: %w", err)
	}
	for _, field := range slices.Sorted(slices.Values(fields)) {
		dict, err := p.snapshot.FieldDict(field)
		if err != nil {
			return fmt.Errorf("reading the terms of %s: %w", field, err)
		}
		if err := errors.Join(visitTerms(dict, see), dict.Close()); err != nil {
			return err
		}
	}
	segment := p.snapshot.Segments()[0]
	for n := range segment.Count() {
		var failed error
		err := segment.VisitDocument(n, func(field string, _ byte, value []byte, _ []uint64) bool {
			plain := string(value)
			if unpacked, err := r.zstd.DecodeAll(value, nil); err == nil {
				plain = string(unpacked)
			}
			failed = see(plain)
			return failed == nil
		})
		if err := errors.Join(err, failed); err != nil {
			return fmt.Errorf("reading what is stored of document %d: %w", n, err)
		}
	}
	return nil
}

func visitTerms(dict bleve.FieldDict, see func(string) error) error {
	for {
		entry, err := dict.Next()
		if err != nil || entry == nil {
			return err
		}
		if err := see(entry.Term); err != nil {
			return err
		}
	}
}
