// Package model holds the one file of all that extraction learnt and looks up: weights, classes of words and gazetteers, each a part
// of it. Its header says by which features the weights were learnt, and of which tables and material it was made; a program whose
// features differ refuses it.
package model

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed model.bin
var embedded []byte

// magic begins the file.
const magic = "rapporteur model\n"

// Format is the number of the stored form; a file of another one is refused.
const Format = 2

// Remedy is the command that makes the file again.
const Remedy = "make train"

// ErrRefused is wrapped by the errors about a file that is damaged, of another format, or of other features.
var ErrRefused = errors.New("the model file is refused: make it again with `" + Remedy + "`")

// Header says what the file is made of.
type Header struct {
	Format   int                 `json:"format"`
	Features map[string][]string `json:"features"` // names of the features, sorted, by the room that observes them
	Tables   string              `json:"tables"`   // SHA-256 of the tables, in hex
	Material string              `json:"material"` // SHA-256 of the training material, in hex
	Parts    []Part              `json:"parts"`    // in their order in the file
}

// Part is one of the things in the file.
type Part struct {
	Name   string `json:"name"`
	Stored int    `json:"stored"` // bytes in the file, compressed
	SHA256 string `json:"sha256"` // of these bytes, in hex
}

// File is a model file that was read.
type File struct {
	Header
	parts map[string][]byte
}

// Embedded returns the file that this program carries.
var Embedded = sync.OnceValues(func() (*File, error) { return Read(embedded) })

// Write stores parts by name. The same parts give the same bytes.
func Write(to io.Writer, h Header, parts map[string][]byte) error {
	h.Format, h.Parts = Format, nil
	var body bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		before := body.Len()
		z, err := flate.NewWriter(&body, flate.BestCompression)
		if err != nil {
			return err
		}
		if _, err := z.Write(parts[name]); err != nil {
			return err
		}
		if err := z.Close(); err != nil {
			return err
		}
		h.Parts = append(h.Parts, Part{name, body.Len() - before, digest(body.Bytes()[before:])})
	}
	head, err := json.Marshal(h)
	if err != nil {
		return err
	}
	var size [4]byte
	binary.LittleEndian.PutUint32(size[:], uint32(len(head)))
	sum := sha256.Sum256(head)
	for _, b := range [][]byte{[]byte(magic), size[:], sum[:], head, body.Bytes()} {
		if _, err := to.Write(b); err != nil {
			return fmt.Errorf("writing the model file: %w", err)
		}
	}
	return nil
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Read reads what Write wrote. Its errors wrap ErrRefused.
func Read(b []byte) (*File, error) {
	damaged := func(what string) error { return fmt.Errorf("%w: %s", ErrRefused, what) }
	rest, ok := bytes.CutPrefix(b, []byte(magic))
	if !ok {
		return nil, damaged("it does not begin as one")
	}
	const before = 4 + sha256.Size // the header's size and digest
	if len(rest) < before || uint64(len(rest)) < before+uint64(binary.LittleEndian.Uint32(rest)) {
		return nil, damaged("its header is cut off")
	}
	head := rest[before : before+int(binary.LittleEndian.Uint32(rest))]
	f := &File{parts: map[string][]byte{}}
	if sum := sha256.Sum256(head); !bytes.Equal(sum[:], rest[4:before]) || json.Unmarshal(head, &f.Header) != nil {
		return nil, damaged("its header is damaged")
	}
	if f.Format != Format {
		return nil, damaged(fmt.Sprintf("it is of format %d, this program reads %d", f.Format, Format))
	}
	rest = rest[before+len(head):]
	for _, p := range f.Parts {
		if p.Stored < 0 || p.Stored > len(rest) {
			return nil, damaged(fmt.Sprintf("its part %q is cut off", p.Name))
		}
		if digest(rest[:p.Stored]) != p.SHA256 {
			return nil, damaged(fmt.Sprintf("its part %q is damaged", p.Name))
		}
		part, err := io.ReadAll(flate.NewReader(bytes.NewReader(rest[:p.Stored])))
		if err != nil {
			return nil, damaged(fmt.Sprintf("its part %q is damaged", p.Name))
		}
		f.parts[p.Name], rest = part, rest[p.Stored:]
	}
	if len(rest) > 0 {
		return nil, damaged(fmt.Sprintf("%d bytes follow its last part", len(rest)))
	}
	return f, nil
}

// Part returns a part by name.
func (f *File) Part(name string) ([]byte, error) {
	b, ok := f.parts[name]
	if !ok {
		return nil, fmt.Errorf("%w: it has no part %q", ErrRefused, name)
	}
	return b, nil
}

// All returns all parts by name.
func (f *File) All() map[string][]byte { return f.parts }

// Below returns those of the parts whose names begin so, by the rest of their names.
func Below(parts map[string][]byte, prefix string) map[string][]byte {
	out := map[string][]byte{}
	for name, b := range parts {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			out[rest] = b
		}
	}
	return out
}

// Check refuses the file if the features that a room observes are not those that its weights were learnt by, and says which differ.
func (f *File) Check(room string, features []string) error {
	missing, extra := without(features, f.Features[room]), without(f.Features[room], features)
	var what []string
	if len(missing) > 0 {
		what = append(what, fmt.Sprintf("%s observes what it was not learnt by: %s", room, strings.Join(missing, "; ")))
	}
	if len(extra) > 0 {
		what = append(what, fmt.Sprintf("it was learnt by what %s does not observe: %s", room, strings.Join(extra, "; ")))
	}
	if len(what) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %s", ErrRefused, strings.Join(what, ", and "))
}

// without lists what of a is not in b, sorted.
func without(a, b []string) []string {
	have := map[string]bool{}
	for _, s := range b {
		have[s] = true
	}
	var out []string
	for _, s := range a {
		if !have[s] {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

// TablesHash is the hash of tables by name, as a header has it.
func TablesHash(tables map[string][]byte) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		fmt.Fprintf(h, "%s %d\n", name, len(tables[name]))
		h.Write(tables[name])
	}
	return hex.EncodeToString(h.Sum(nil))
}
