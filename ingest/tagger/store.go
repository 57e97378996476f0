package tagger

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"rapporteur/ingest/model"
)

// Name is that of the weights in the model file.
const Name = "weights"

// Version is that of the stored form; a file of another version is refused.
const Version = 1

// ErrVersion is returned for weights of another version.
var ErrVersion = errors.New("weights of another version: train again with make train")

// Models is what one training makes: the sequence model and the named classifiers beside it.
type Models struct {
	Names  *Model
	Linear map[string]*Linear
	Trees  map[string]*Trees
}

// Load reads the models of a model file.
func Load(f *model.File) (*Models, error) {
	b, err := f.Part(Name)
	if err != nil {
		return nil, err
	}
	return Read(bytes.NewReader(b))
}

type header struct {
	Version, Bits uint32
	Unit          float32
	Steps         Steps
	Linear        uint32
}

type linearHeader struct {
	Name [16]byte
	Bits uint32
	Unit float32
}

// treesHeader opens the trees of one classifier. They stand last, up to the end of the file.
type treesHeader struct {
	Name  [16]byte
	Base  float32
	Trees uint32
}

// Write stores the models, compressed.
func (m *Models) Write(to io.Writer) error {
	z, err := flate.NewWriter(to, flate.BestCompression)
	if err != nil {
		return err
	}
	put := func(v any) {
		if err == nil {
			err = binary.Write(z, binary.LittleEndian, v)
		}
	}
	put(header{Version, uint32(m.Names.bits), m.Names.unit, m.Names.steps, uint32(len(m.Linear))})
	put(m.Names.rows)
	for _, name := range slices.Sorted(maps.Keys(m.Linear)) {
		l := m.Linear[name]
		h := linearHeader{Bits: uint32(l.bits), Unit: l.unit}
		copy(h.Name[:], name)
		put(h)
		put(l.rows)
	}
	for _, name := range slices.Sorted(maps.Keys(m.Trees)) {
		t := m.Trees[name]
		h := treesHeader{Base: t.Base, Trees: uint32(len(t.Trees))}
		copy(h.Name[:], name)
		put(h)
		for _, nodes := range t.Trees {
			put(uint32(len(nodes)))
			put(nodes)
		}
	}
	if err != nil {
		return fmt.Errorf("writing the weights: %w", err)
	}
	return z.Close()
}

// Read reads what Write wrote.
func Read(from io.Reader) (*Models, error) {
	z := flate.NewReader(from)
	var err error
	get := func(v any) {
		if err == nil {
			err = binary.Read(z, binary.LittleEndian, v)
		}
	}
	var h header
	get(&h)
	if err == nil && h.Version != Version {
		return nil, ErrVersion
	}
	if err == nil && (h.Bits > 22 || h.Linear > 64) {
		err = errors.New("sizes out of range")
	}
	if err != nil {
		return nil, fmt.Errorf("reading the weights: %w", err)
	}
	m := &Models{Names: &Model{bits: uint(h.Bits), rows: make([]byte, stride<<h.Bits), steps: h.Steps, unit: h.Unit},
		Linear: map[string]*Linear{}, Trees: map[string]*Trees{}}
	get(m.Names.rows)
	for range h.Linear {
		var lh linearHeader
		get(&lh)
		if err != nil || lh.Bits > 22 {
			break
		}
		l := &Linear{bits: uint(lh.Bits), rows: make([]int8, 1<<lh.Bits), unit: lh.Unit}
		get(l.rows)
		m.Linear[string(bytes.TrimRight(lh.Name[:], "\x00"))] = l
	}
	for err == nil {
		var th treesHeader
		if get(&th); err == io.EOF {
			err = nil
			break
		}
		t := &Trees{Base: th.Base}
		for range th.Trees {
			var n uint32
			if get(&n); err != nil || n == 0 || n > 1<<12 {
				break
			}
			nodes := make([]Node, n)
			get(nodes)
			t.Trees = append(t.Trees, nodes)
		}
		m.Trees[string(bytes.TrimRight(th.Name[:], "\x00"))] = t
	}
	if err != nil {
		return nil, fmt.Errorf("reading the weights: %w", err)
	}
	return m, nil
}
