package search

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"rapporteur/graph"
	"rapporteur/index"
	"rapporteur/ingest/curation"

	"github.com/klauspost/compress/zstd"
)

// Trace is a place where people stand who should be gone.
type Trace struct {
	Place string `json:"place"` // a file, or a part of a generation
	Line  int    `json:"line"`  // of the name, as the eraser numbers them
	Whole bool   `json:"whole"` // else it is a surname by itself or with an initial, and may mean somebody else
	Count int    `json:"count"`
}

// Traces are what a search for erased people came to.
type Traces struct {
	Files   int      `json:"files"`
	Bytes   int64    `json:"bytes"` // as they lie on disk
	Found   []Trace  `json:"found"` // in order of place
	Unread  []string `json:"unread"`
	counted map[Trace]int
}

// FindTraces looks for people in every byte of a data folder and of other files and folders, such as exports: as the bytes stand
// there, and with all that is packed unpacked, the terms of indexes and the statements of graphs among it. What cannot be
// unpacked is in Unread. The error says that a file could not be read at all.
func FindTraces(ctx context.Context, dataDir string, also []string, people *curation.Eraser) (*Traces, error) {
	t := &Traces{Found: []Trace{}, Unread: []string{}, counted: map[Trace]int{}}
	for _, top := range append([]string{dataDir}, also...) {
		err := filepath.WalkDir(top, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case ctx.Err() != nil:
				return ctx.Err()
			}
			place, _ := people.Path(name) // what is said of it does not say the name
			t.see(place, filepath.Base(name), people)
			if d.IsDir() {
				t.parts(ctx, name, place, people)
				return nil
			}
			if !d.Type().IsRegular() {
				return nil
			}
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			t.Files++
			t.Bytes += int64(len(data))
			t.bytes(place, data, people)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("look for traces: %w", err)
		}
	}
	return t, nil
}

// parts looks into what a folder holds as an index or a graph.
func (t *Traces) parts(ctx context.Context, dir, place string, people *curation.Eraser) {
	switch filepath.Base(dir) {
	case indexName:
		r, err := index.Open(dir)
		if err == nil {
			err = errors.Join(r.Visit(func(piece string) error { t.see(place, piece, people); return ctx.Err() }), r.Close())
		}
		t.unread(place, err)
	case graphName:
		r, err := graph.Open(dir)
		if err == nil {
			lines := &lineWriter{line: func(s string) { t.see(place, s, people) }}
			err = errors.Join(r.Export(ctx, lines, graph.NQuads), r.Close())
		}
		t.unread(place, err)
	}
}

func (t *Traces) unread(place string, err error) {
	if err != nil {
		t.Unread = append(t.Unread, fmt.Sprintf("%s: %v", place, err))
	}
}

// bytes looks at a file as it is, and at what is packed in it.
func (t *Traces) bytes(place string, data []byte, people *curation.Eraser) {
	for _, piece := range strings.FieldsFunc(string(bytes.ToValidUTF8(data, []byte{0})), func(r rune) bool {
		return r < ' ' &&
			r != '\n' && r != '\t' && r != '\r'
	}) {
		t.see(place, piece, people)
	}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.unread(place, err)
			return
		}
		for _, f := range archive.File {
			r, err := f.Open()
			if err == nil {
				var plain []byte
				plain, err = io.ReadAll(r)
				t.bytes(place, plain, people)
				err = errors.Join(err, r.Close())
			}
			t.unread(place, err)
		}
	case bytes.HasPrefix(data, []byte{0x1f, 0x8b}):
		r, err := gzip.NewReader(bytes.NewReader(data))
		if err == nil {
			var plain []byte
			plain, err = io.ReadAll(r)
			t.bytes(place, plain, people)
		}
		t.unread(place, err)
	}
	for plain := range frames(data) {
		t.see(place, plain, people)
	}
}

var zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}

// frames gives what is packed by zstd anywhere in data, unpacked.
func frames(data []byte) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		var starts []int
		for at := 0; ; {
			n := bytes.Index(data[at:], zstdMagic)
			if n < 0 {
				break
			}
			starts = append(starts, at+n)
			at += n + len(zstdMagic)
		}
		if len(starts) == 0 {
			return
		}
		unpacker, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
		if err != nil {
			return // options are right
		}
		defer unpacker.Close()
		starts = append(starts, len(data))
		for i, start := range starts[:len(starts)-1] {
			for _, end := range starts[i+1 : min(i+4, len(starts))] { // a frame may hold by chance what one begins with
				if err := unpacker.Reset(bytes.NewReader(data[start:end])); err != nil {
					break
				}
				plain, err := io.ReadAll(unpacker)
				if len(plain) > 0 && !yield(string(plain)) {
					return
				}
				if err == nil {
					break
				}
			}
		}
	}
}

// see looks at a piece of text.
func (t *Traces) see(place, text string, people *curation.Eraser) {
	for _, f := range people.Find(text) {
		trace := Trace{Place: place, Line: f.Line, Whole: f.Whole}
		at, known := t.counted[trace]
		if !known {
			at = len(t.Found)
			t.counted[trace] = at
			t.Found = append(t.Found, trace)
		}
		t.Found[at].Count++
	}
}

// lineWriter hands on what is written to it line by line.
type lineWriter struct {
	rest []byte
	line func(string)
}

// Write takes bytes that may end within a line.
func (w *lineWriter) Write(b []byte) (int, error) {
	w.rest = append(w.rest, b...)
	for {
		line, rest, ok := bytes.Cut(w.rest, []byte("\n"))
		if !ok {
			return len(b), nil
		}
		w.line(string(line))
		w.rest = rest
	}
}
