package publish

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"
)

// A chunk that is new is packed with what stood around its place in the file of the generation before as the dictionary, where that makes
// it much smaller: an index has places of other parts in it everywhere, which all change a little with each page. The chunks of the
// dictionary are named, and stay in the store as long as they are; a reader mostly has them in its own copy of the generation before.
const (
	around    = 16 << 10 // bytes of the file before, on either side of a chunk's place
	deepest   = 8        // dictionaries that need dictionaries
	mostBases = 64       // chunks of a dictionary
	dictionID = 1        // in the packed bytes, where nothing else is called so
)

// refs are the chunks of a listing by name, those that are only dictionaries among them.
func (l *Listing) refs() map[string]ChunkRef {
	all := map[string]ChunkRef{}
	for _, f := range l.Files {
		for _, c := range f.Chunks {
			all[c.Name] = c
		}
	}
	for _, c := range l.Bases {
		all[c.Name] = c
	}
	return all
}

// depth is how many dictionaries stand behind a chunk; more than deepest if one is not there, or it is one of its own.
func depth(refs map[string]ChunkRef, known map[string]int, name string) int {
	if d, ok := known[name]; ok {
		return d
	}
	c, ok := refs[name]
	if !ok {
		return deepest + 1
	}
	known[name] = deepest + 1 // until it is known better
	d := 0
	for _, base := range c.Base {
		d = max(d, 1+depth(refs, known, base))
	}
	known[name] = min(d, deepest+1)
	return known[name]
}

// withBases adds to a listing the chunks that are dictionaries of its own, from those of the listing before.
func (l *Listing) withBases(before map[string]ChunkRef) {
	have := map[string]bool{}
	for name := range l.refs() {
		have[name] = true
	}
	var add func(c ChunkRef)
	add = func(c ChunkRef) {
		for _, name := range c.Base {
			if !have[name] {
				have[name] = true
				l.Bases = append(l.Bases, before[name])
				add(before[name])
			}
		}
	}
	for _, f := range l.Files {
		for _, c := range f.Chunks {
			add(c)
		}
	}
}

// earlier is the generation before, as far as it is on this machine: what dictionaries are made of. A nil one has none.
type earlier struct {
	dir    string
	files  map[string][]ChunkRef // by path
	places map[string]int64      // of a chunk in its file, by path and hash
	refs   map[string]ChunkRef
	depths map[string]int
}

func newEarlier(dir string, l *Listing) *earlier {
	e := &earlier{dir: dir, files: map[string][]ChunkRef{}, places: map[string]int64{}, refs: l.refs(), depths: map[string]int{}}
	for _, f := range l.Files {
		e.files[f.Path] = f.Chunks
		at := int64(0)
		for _, c := range f.Chunks {
			e.places[f.Path+"\x00"+hashIn(c.Name)] = at
			at += int64(c.Size)
		}
	}
	return e
}

// drift is how far a chunk that has not changed is from where it was in the file before; ok if it was there.
func (e *earlier) drift(path, hash string, at int64) (bytes int64, ok bool) {
	if e == nil {
		return 0, false
	}
	was, ok := e.places[path+"\x00"+hash]
	return was - at, ok
}

// dictionary are the bytes from from to to of a file before, to the ends of their chunks, and the chunks' names; nil if there are none
// that may be used.
func (e *earlier) dictionary(path string, from, to int64) (bytes []byte, names []string) {
	if e == nil {
		return nil, nil
	}
	begin, at := int64(-1), int64(0)
	var chunks []ChunkRef
	for _, c := range e.files[path] {
		if at < to && at+int64(c.Size) > from && depth(e.refs, e.depths, c.Name) < deepest {
			if begin < 0 {
				begin = at
			}
			chunks = append(chunks, c)
		} else if len(chunks) > 0 {
			break
		}
		at += int64(c.Size)
	}
	if len(chunks) == 0 {
		return nil, nil
	}
	in, err := os.Open(filepath.Join(e.dir, filepath.FromSlash(path)))
	if err != nil {
		return nil, nil // it is not here any more
	}
	defer in.Close()
	if _, err := in.Seek(begin, io.SeekStart); err != nil {
		return nil, nil
	}
	for _, c := range chunks {
		data := make([]byte, c.Size)
		if _, err := io.ReadFull(in, data); err != nil || hashOf(data) != hashIn(c.Name) {
			return nil, nil
		}
		bytes, names = append(bytes, data...), append(names, c.Name)
	}
	return bytes, names
}

// packWith packs a chunk, with a dictionary if that halves it at least. based says whether the dictionary was used.
func packWith(data, dictionary []byte) (packed []byte, based bool) {
	packed = pack(data)
	if dictionary == nil {
		return packed, false
	}
	e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderDictRaw(dictionID, dictionary),
		zstd.WithWindowSize(windowOf(len(dictionary)+len(data))), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return packed, false
	}
	defer e.Close()
	if small := e.EncodeAll(data, nil); len(small) < len(packed)/2 {
		return small, true
	}
	return packed, false
}

// windowOf is a power of two that holds n bytes.
func windowOf(n int) int {
	window := 64 << 10
	for window < n {
		window *= 2
	}
	return window
}

// unpackWith is the opposite.
func unpackWith(packed, dictionary []byte) ([]byte, error) {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderDictRaw(dictionID, dictionary),
		zstd.WithDecoderMaxMemory(maxListing))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.DecodeAll(packed, nil)
}

// chunks gets the chunks of a listing.
type chunks struct {
	store Store
	refs  map[string]ChunkRef
	here  map[string]part // by hash
}

// get gets the bytes of a chunk, verified: from here, or else from the store, with what they were packed with.
func (g *chunks) get(ctx context.Context, c ChunkRef) ([]byte, error) {
	if at, ok := g.here[hashIn(c.Name)]; ok {
		if data, err := readPart(at, c.Size); err == nil && hashOf(data) == hashIn(c.Name) {
			return data, nil
		}
	}
	var dictionary []byte
	for _, name := range c.Base {
		data, err := g.get(ctx, g.refs[name])
		if err != nil {
			return nil, fmt.Errorf("chunk %s, with which it was packed: %w", name, err)
		}
		dictionary = append(dictionary, data...)
	}
	data, err := getObject(ctx, g.store, c.Name, maxChunk, dictionary)
	if err == nil && len(data) != c.Size {
		err = fmt.Errorf("%w: it has %d bytes, the listing says %d", ErrDamaged, len(data), c.Size)
	}
	return data, err
}
