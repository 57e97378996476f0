// Package wordclass tells which words keep the same company: words that stand in the same surroundings in a great deal of English
// (unicef and oxfam; akamai and mozilla; adegoke and okonkwo) are of one family. What is learnt of one name from a few annotated pages so
// carries over to the names that no page showed. The families are k-means clusters of public word vectors, made by
// ingest/training/wordclasses; ATTRIBUTION.md names the source.
package wordclass

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"rapporteur/ingest/fold"
	"rapporteur/ingest/model"
)

// Family is where a word belongs, from the closest family to the widest; all 0 for a word that is not known.
type Family struct{ Close, Mid, Wide uint16 }

// Classes answers look-ups. It is read-only after Load.
type Classes struct {
	// An open-addressed table by hash of the word. A hash of 0 is an empty place.
	keys   []uint32
	close  []uint16
	parent []Family // by close family
}

// Name is that of the families in the model file.
const Name = "word classes"

// Load reads the families of the model file that this program carries.
func Load() (*Classes, error) {
	f, err := model.Embedded()
	if err != nil {
		return nil, fmt.Errorf("reading families of words: %w", err)
	}
	b, err := f.Part(Name)
	if err != nil {
		return nil, fmt.Errorf("reading families of words: %w", err)
	}
	return Read(bytes.NewReader(b))
}

// Of returns the family of a word in small letters.
func (k *Classes) Of(lower string) Family {
	h := hash(lower)
	mask := uint32(len(k.keys) - 1)
	for i := h & mask; k.keys[i] != 0; i = (i + 1) & mask {
		if k.keys[i] == h {
			return k.parent[k.close[i]]
		}
	}
	return Family{}
}

// hash is never 0.
func hash(s string) uint32 { return max(fold.Hash(s), 1) }

type header struct{ Words, Families uint32 }

// Write stores words with their close families, numbered from 1, and the mid and wide families of each of these.
// parent[0] stands for no family.
func Write(to io.Writer, closest map[string]uint16, parent []Family) error {
	byHash := map[uint32]uint16{}
	for w, c := range closest {
		if h := hash(w); byHash[h] == 0 || c < byHash[h] {
			byHash[h] = c
		}
	}
	keys := make([]uint32, 0, len(byHash))
	for h := range byHash {
		keys = append(keys, h)
	}
	slices.Sort(keys)
	of := make([]uint16, len(keys))
	var gaps []byte
	last := uint32(0)
	for i, h := range keys {
		of[i] = byHash[h]
		gaps = binary.AppendUvarint(gaps, uint64(h-last))
		last = h
	}
	z, err := flate.NewWriter(to, flate.BestCompression)
	if err != nil {
		return err
	}
	for _, part := range []any{header{uint32(len(keys)), uint32(len(parent))}, parent, of, gaps} {
		if err := binary.Write(z, binary.LittleEndian, part); err != nil {
			return fmt.Errorf("writing families of words: %w", err)
		}
	}
	return z.Close()
}

// Read reads what Write wrote.
func Read(from io.Reader) (*Classes, error) {
	b, err := io.ReadAll(flate.NewReader(from))
	r := bytes.NewReader(b)
	get := func(part any) {
		if err == nil {
			err = binary.Read(r, binary.LittleEndian, part)
		}
	}
	var h header
	get(&h)
	if err == nil && (h.Words > 1<<22 || h.Families > 1<<16) {
		err = errors.New("sizes out of range")
	}
	if err != nil {
		return nil, fmt.Errorf("reading families of words: %w", err)
	}
	k := &Classes{parent: make([]Family, h.Families)}
	of := make([]uint16, h.Words)
	get(k.parent)
	get(of)
	size := 1
	for size < len(of)*3/2+1 {
		size *= 2
	}
	k.keys, k.close = make([]uint32, size), make([]uint16, size)
	last := uint32(0)
	for _, c := range of {
		gap, e := binary.ReadUvarint(r)
		if err == nil && e != nil {
			err = e
		}
		if err != nil || int(c) >= len(k.parent) {
			return nil, fmt.Errorf("reading families of words: %w", errors.Join(err, errors.New("damaged")))
		}
		last += uint32(gap)
		i := last & uint32(size-1)
		for k.keys[i] != 0 {
			i = (i + 1) & uint32(size-1)
		}
		k.keys[i], k.close[i] = last, c
	}
	return k, nil
}
