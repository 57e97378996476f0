package store

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"

	"rapporteur/ingest"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/sync/errgroup"
)

// documentsName is the file of a generation that holds what is shown as it was made: records, profiles and recommendations, in JSON.
// Documents that follow each other are compressed together, in blocks: they have much in common. The blocks come first, then the
// table, compressed, then where that begins, in 16 hexadecimal digits. The table has, of each block, a line with a tab and its
// length in the file, then of each document in it a line with key, digest of what it was made from, and length, with tabs between.
//
// A document whose digest is that of the generation before is not made again, but copied, and a block of such documents as it is:
// making is a pure function of what is digested, so that the file has the same bytes either way, and a changed page costs what it
// touches. Where a block ends its last key says, so that one document more changes one block.
const documentsName = "documents"

const (
	footerLength  = 16
	blocksAtATime = 16
	usualBlock    = 8  // documents, on average
	largestBlock  = 32 // documents
)

// Digest is the beginning of a SHA-256 over all that something was made from.
type Digest [16]byte

// DigestOf digests bytes.
func DigestOf(data []byte) Digest {
	all := sha256.Sum256(data)
	return Digest(all[:len(Digest{})])
}

// NewHash returns the hash that Sum makes a Digest of.
func NewHash() hash.Hash { return sha256.New() }

// Sum digests what was written to a hash.
func Sum(h hash.Hash) Digest { return Digest(h.Sum(nil)[:len(Digest{})]) }

// DigestRecords digests the records of a site, as the JSON that they are kept in.
func DigestRecords(site *ingest.Site) ([]Digest, error) {
	out := make([]Digest, len(site.Records))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, r := range site.Records {
		group.Go(func() error {
			text, err := json.Marshal(r)
			if err != nil {
				return fmt.Errorf("hash the record of %s: %w", r.Path, err)
			}
			out[i] = DigestOf(text)
			return nil
		})
	}
	return out, group.Wait()
}

// Document is to be written: From digests all that Make makes it from.
type Document struct {
	Key   string // without tab or newline
	From  Digest
	Alone bool       // it is large: a block of its own
	Make  func() any // may be called by any goroutine, or not at all
}

// place says where a document is, and what it was made from: at counts the bytes of its block, unpacked.
type place struct {
	from            Digest
	block, at, size int
}

// block is a part of the file, compressed by itself.
type block struct {
	at, size  int64
	documents int
}

// ends says whether a block ends with its last document.
func ends(documents []Document) bool {
	last := &documents[len(documents)-1]
	if last.Alone || len(documents) == largestBlock {
		return true
	}
	h := fnv.New32a()
	io.WriteString(h, last.Key)
	return h.Sum32()%usualBlock == 0
}

// WriteDocuments writes documents in their order to a generation's folder; what old has, made from the same, is taken from
// there. Old may be nil.
func WriteDocuments(dir string, documents func(yield func(Document) bool), old *OldDocuments) (err error) {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, documentsName))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	out := bufio.NewWriterSize(f, 1<<20)
	var at int64
	var table bytes.Buffer
	var batch [][]Document
	put := func() error {
		packed, err := encode(batch, old, encoder)
		if err != nil {
			return err
		}
		for i, p := range packed {
			fmt.Fprintf(&table, "\t%d\n", len(p.data))
			for k, d := range batch[i] {
				fmt.Fprintf(&table, "%s\t%x\t%d\n", d.Key, d.From, p.lengths[k])
			}
			at += int64(len(p.data))
			if _, err := out.Write(p.data); err != nil {
				return err
			}
		}
		batch = batch[:0]
		return nil
	}
	var next []Document
	for d := range documents {
		if len(next) > 0 && (d.Alone || ends(next)) {
			batch, next = append(batch, next), nil
			if len(batch) == blocksAtATime {
				if err := put(); err != nil {
					return err
				}
			}
		}
		next = append(next, d)
	}
	if len(next) > 0 {
		batch = append(batch, next)
	}
	if err := put(); err != nil {
		return err
	}
	if _, err := out.Write(encoder.EncodeAll(table.Bytes(), nil)); err != nil {
		return err
	}
	fmt.Fprintf(out, "%0*x", footerLength, at)
	return out.Flush()
}

// packed is a block as it is written, and the length of each document in it before it was compressed.
type packed struct {
	data    []byte
	lengths []int
}

// encode makes blocks, or finds them, some at a time.
func encode(batch [][]Document, old *OldDocuments, encoder *zstd.Encoder) ([]packed, error) {
	blocks, failures := make([]packed, len(batch)), make([]error, len(batch))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			var plain []byte
			reader := oldReader{old: old}
			for i := next.Add(1) - 1; int(i) < len(batch); i = next.Add(1) - 1 {
				if blocks[i] = old.whole(batch[i]); blocks[i].data != nil {
					continue
				}
				plain, failures[i] = plain[:0], nil
				blocks[i].lengths = make([]int, len(batch[i]))
				for k := range batch[i] {
					before := len(plain)
					if plain, failures[i] = reader.append(plain, &batch[i][k]); failures[i] != nil {
						break
					}
					blocks[i].lengths[k] = len(plain) - before
				}
				blocks[i].data = encoder.EncodeAll(plain, nil)
			}
		})
	}
	wg.Wait()
	return blocks, errors.Join(failures...)
}

// OldDocuments are those of an earlier generation, in memory.
type OldDocuments struct {
	data []byte
	table
	decoder *zstd.Decoder
}

// whole returns the block of the documents, if one was put that holds them and no others, made from the same; else none.
func (o *OldDocuments) whole(documents []Document) packed {
	if o == nil {
		return packed{}
	}
	p := packed{lengths: make([]int, len(documents))}
	in, at := 0, 0
	for i := range documents {
		s, ok := o.places[documents[i].Key]
		if !ok || s.from != documents[i].From || i > 0 && s.block != in || s.at != at {
			return packed{}
		}
		in, at, p.lengths[i] = s.block, at+s.size, s.size
	}
	b := o.blocks[in]
	if b.documents != len(documents) {
		return packed{}
	}
	p.data = o.data[b.at : b.at+b.size]
	return p
}

// oldReader reads old documents one after the other, and keeps the block that it read last.
type oldReader struct {
	old   *OldDocuments
	block int
	plain []byte // of the block; empty at first
}

// append appends the JSON of a document to out: of the old one, if it was made from the same.
func (r *oldReader) append(out []byte, d *Document) ([]byte, error) {
	if r.old != nil {
		if s, ok := r.old.places[d.Key]; ok && s.from == d.From {
			if len(r.plain) == 0 || r.block != s.block {
				b := r.old.blocks[s.block]
				plain, err := r.old.decoder.DecodeAll(r.old.data[b.at:b.at+b.size], r.plain[:0])
				if err != nil {
					return nil, fmt.Errorf("copy %s: %w", d.Key, err)
				}
				r.block, r.plain = s.block, plain
			}
			if s.at+s.size <= len(r.plain) {
				return append(out, r.plain[s.at:s.at+s.size]...), nil
			}
		}
	}
	made, err := json.Marshal(d.Make())
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", d.Key, err)
	}
	return append(out, made...), nil
}

// Documents are those of the generation, nil if there are none or they are damaged.
func (o *Old) Documents() *OldDocuments {
	data := o.File(documentsName)
	if data == nil {
		return nil
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0))
	if err != nil {
		return nil
	}
	table, err := readTable(bytes.NewReader(data), int64(len(data)), decoder)
	if err != nil {
		return nil
	}
	return &OldDocuments{data, table, decoder}
}

// Documents are a generation's, opened for reading. They are safe for parallel use.
type Documents struct {
	file *os.File
	table
	zstd *zstd.Decoder
}

// OpenDocuments opens the documents in a generation's folder.
func OpenDocuments(dir string) (*Documents, error) {
	name := filepath.Join(dir, documentsName)
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0))
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	table, err := readTable(f, info.Size(), decoder)
	if err != nil {
		decoder.Close()
		return nil, errors.Join(fmt.Errorf("%w: %s: %w", ErrDamaged, name, err), f.Close())
	}
	return &Documents{f, table, decoder}, nil
}

// table says where documents are.
type table struct {
	blocks []block
	places map[string]place // by key
}

// readTable reads the table at the end of a file of a size in bytes.
func readTable(r io.ReaderAt, size int64, decoder *zstd.Decoder) (t table, err error) {
	footer := make([]byte, footerLength)
	if size < footerLength {
		return t, errors.New("too short")
	}
	if _, err := r.ReadAt(footer, size-footerLength); err != nil {
		return t, err
	}
	end, err := strconv.ParseInt(string(footer), 16, 64)
	if err != nil || end < 0 || end > size-footerLength {
		return t, errors.New("its end does not say where its table is")
	}
	packed := make([]byte, size-footerLength-end)
	if _, err := r.ReadAt(packed, end); err != nil && err != io.EOF {
		return t, err
	}
	text, err := decoder.DecodeAll(packed, nil)
	if err != nil {
		return t, fmt.Errorf("read its table: %w", err)
	}
	t.places = make(map[string]place, bytes.Count(text, []byte{'\n'}))
	at, within := int64(0), 0
	for line := range bytes.Lines(text) {
		fields := bytes.Split(bytes.TrimSuffix(line, []byte{'\n'}), []byte{'\t'})
		length, err := strconv.ParseInt(string(fields[len(fields)-1]), 10, 64)
		switch {
		case err != nil || length < 0:
			return t, fmt.Errorf("no length: %q", line)
		case len(fields) == 2 && len(fields[0]) == 0:
			if length > end-at {
				return t, fmt.Errorf("a block lies outside: %q", line)
			}
			t.blocks = append(t.blocks, block{at: at, size: length})
			at, within = at+length, 0
		case len(fields) == 3 && len(fields[1]) == 2*len(Digest{}) && len(t.blocks) > 0:
			s := place{block: len(t.blocks) - 1, at: within, size: int(length)}
			if _, err := hex.Decode(s.from[:], fields[1]); err != nil {
				return t, err
			}
			within += s.size
			t.blocks[s.block].documents++
			t.places[string(fields[0])] = s
		default:
			return t, fmt.Errorf("no place of a document: %q", line)
		}
	}
	if at != end {
		return t, errors.New("its table does not end where its blocks do")
	}
	return t, nil
}

// Read decodes what has a key into v, and reports whether there is anything.
func (s *Documents) Read(key string, v any) (bool, error) {
	at, ok := s.places[key]
	if !ok {
		return false, nil
	}
	b := s.blocks[at.block]
	packed := make([]byte, b.size)
	if _, err := s.file.ReadAt(packed, b.at); err != nil {
		return false, fmt.Errorf("read %s: %w", key, err)
	}
	plain, err := s.zstd.DecodeAll(packed, nil)
	if err == nil && at.size > len(plain)-at.at {
		err = fmt.Errorf("%w: it lies outside of its block", ErrDamaged)
	}
	if err == nil {
		err = json.Unmarshal(plain[at.at:at.at+at.size], v)
	}
	if err != nil {
		return false, fmt.Errorf("read %s: %w", key, err)
	}
	return true, nil
}

// Close frees the file.
func (s *Documents) Close() error {
	s.zstd.Close()
	return s.file.Close()
}
