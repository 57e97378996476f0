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

// documentsName is the file of a generation that holds what is shown as it was made: records, profiles and recommendations,
// in JSON, each compressed by itself. The documents come first, then a line for each: key, digest of what it was made from,
// where it begins and its length, with tabs between; then where the lines begin, in 16 hexadecimal digits.
//
// A document whose digest is that of the generation before is not made again, but copied: making is a pure function of what
// is digested, so that the file has the same bytes either way, and a changed page costs what it touches.
const documentsName = "documents"

const (
	footerLength = 16
	madeAtATime  = 128 // documents
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
	Key  string // without tab or newline
	From Digest
	Make func() any // may be called by any goroutine, or not at all
}

// place says where a document is, and what it was made from.
type place struct {
	from     Digest
	at, size int64
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
	put := func(batch []Document) error {
		values, err := encode(batch, old, encoder)
		if err != nil {
			return err
		}
		for i, u := range batch {
			fmt.Fprintf(&table, "%s\t%x\t%d\t%d\n", u.Key, u.From, at, len(values[i]))
			at += int64(len(values[i]))
			if _, err := out.Write(values[i]); err != nil {
				return err
			}
		}
		return nil
	}
	batch := make([]Document, 0, madeAtATime)
	for u := range documents {
		if batch = append(batch, u); len(batch) == madeAtATime {
			if err := put(batch); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	if err := put(batch); err != nil {
		return err
	}
	if _, err := table.WriteTo(out); err != nil {
		return err
	}
	fmt.Fprintf(out, "%0*x", footerLength, at)
	return out.Flush()
}

// encode makes documents, or finds them, some at a time.
func encode(batch []Document, old *OldDocuments, encoder *zstd.Encoder) ([][]byte, error) {
	values, failures := make([][]byte, len(batch)), make([]error, len(batch))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(batch); i = next.Add(1) - 1 {
				u := &batch[i]
				if values[i] = old.find(u.Key, u.From); values[i] != nil {
					continue
				}
				plain, err := json.Marshal(u.Make())
				if err != nil {
					failures[i] = fmt.Errorf("encode %s: %w", u.Key, err)
					continue
				}
				values[i] = encoder.EncodeAll(plain, nil)
			}
		})
	}
	wg.Wait()
	return values, errors.Join(failures...)
}

// OldDocuments are those of an earlier generation, in memory.
type OldDocuments struct {
	data   []byte
	places map[string]place
}

// find returns what was put under a key, if it was made from the same; else nil.
func (o *OldDocuments) find(key string, from Digest) []byte {
	if o == nil {
		return nil
	}
	s, ok := o.places[key]
	if !ok || s.from != from {
		return nil
	}
	return o.data[s.at : s.at+s.size]
}

// readOldDocuments reads the documents of a generation whose manifest is given, nil if there are none or they are damaged.
func readOldDocuments(dir string, m *Manifest) *OldDocuments {
	data, err := os.ReadFile(filepath.Join(dir, documentsName))
	if err != nil {
		return nil
	}
	sum := sha256.Sum256(data)
	for _, f := range m.Files {
		if f.Path == documentsName && f.SHA256 == hex.EncodeToString(sum[:]) {
			if places, err := readTable(bytes.NewReader(data), int64(len(data))); err == nil {
				return &OldDocuments{data, places}
			}
		}
	}
	return nil
}

// Documents are a generation's, opened for reading. They are safe for parallel use.
type Documents struct {
	file   *os.File
	places map[string]place
	zstd   *zstd.Decoder
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
	places, err := readTable(f, info.Size())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %s: %w", ErrDamaged, name, err), f.Close())
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0))
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &Documents{f, places, decoder}, nil
}

// readTable reads the lines at the end of a file of a size in bytes.
func readTable(r io.ReaderAt, size int64) (map[string]place, error) {
	footer := make([]byte, footerLength)
	if size < footerLength {
		return nil, errors.New("too short")
	}
	if _, err := r.ReadAt(footer, size-footerLength); err != nil {
		return nil, err
	}
	end, err := strconv.ParseInt(string(footer), 16, 64)
	if err != nil || end < 0 || end > size-footerLength {
		return nil, errors.New("its end does not say where its table is")
	}
	table := make([]byte, size-footerLength-end)
	if _, err := r.ReadAt(table, end); err != nil && err != io.EOF {
		return nil, err
	}
	places := make(map[string]place, bytes.Count(table, []byte{'\n'}))
	for line := range bytes.Lines(table) {
		fields := bytes.Split(bytes.TrimSuffix(line, []byte{'\n'}), []byte{'\t'})
		if len(fields) != 4 || len(fields[1]) != 2*len(Digest{}) {
			return nil, fmt.Errorf("no place of a document: %q", line)
		}
		var s place
		_, err := hex.Decode(s.from[:], fields[1])
		at, err2 := strconv.ParseInt(string(fields[2]), 10, 64)
		length, err3 := strconv.ParseInt(string(fields[3]), 10, 64)
		if err := errors.Join(err, err2, err3); err != nil {
			return nil, err
		}
		if at < 0 || length < 0 || at > end || length > end-at {
			return nil, fmt.Errorf("%s lies outside", fields[0])
		}
		s.at, s.size = at, length
		places[string(fields[0])] = s
	}
	return places, nil
}

// Read decodes what has a key into v, and reports whether there is anything.
func (s *Documents) Read(key string, v any) (bool, error) {
	at, ok := s.places[key]
	if !ok {
		return false, nil
	}
	packed := make([]byte, at.size)
	if _, err := s.file.ReadAt(packed, at.at); err != nil {
		return false, fmt.Errorf("read %s: %w", key, err)
	}
	plain, err := s.zstd.DecodeAll(packed, nil)
	if err == nil {
		err = json.Unmarshal(plain, v)
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
