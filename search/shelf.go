package search

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

	"github.com/klauspost/compress/zstd"
)

// shelfName is the file of a generation that holds what is shown as it was made: records, profiles and recommendations,
// in JSON, each compressed by itself. The values come first, then a line for each: key, digest of what it was made from,
// where it begins and its length, with tabs between; then where the lines begin, in 16 hexadecimal digits.
//
// A value whose digest is that of the generation before is not made again, but copied: making is a pure function of what
// is digested, so that the file has the same bytes either way, and a changed page costs what it touches.
const shelfName = "shelf"

const (
	shelfFooter = 16
	shelvedMost = 128 // values that are made at a time
)

// digest is the beginning of a SHA-256 over all that something was made from.
type digest [16]byte

func digestOf(data []byte) digest {
	all := sha256.Sum256(data)
	return digest(all[:len(digest{})])
}

func newHash() hash.Hash { return sha256.New() }

func sum(h hash.Hash) digest { return digest(h.Sum(nil)[:len(digest{})]) }

// unit is a value to be put on a shelf.
type unit struct {
	key  string // without tab or newline
	from digest
	make func() any // may be called by any goroutine, or not at all
}

// slot is the place of a value on a shelf, and what it was made from.
type slot struct {
	from     digest
	at, size int64
}

// writeShelf writes units in their order to a file; values that old has, made from the same, are taken from there.
// Old may be nil.
func writeShelf(name string, units func(yield func(unit) bool), old *oldShelf) (err error) {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	out := bufio.NewWriterSize(f, 1<<20)
	var at int64
	var table bytes.Buffer
	put := func(batch []unit) error {
		values, err := shelve(batch, old, encoder)
		if err != nil {
			return err
		}
		for i, u := range batch {
			fmt.Fprintf(&table, "%s\t%x\t%d\t%d\n", u.key, u.from, at, len(values[i]))
			at += int64(len(values[i]))
			if _, err := out.Write(values[i]); err != nil {
				return err
			}
		}
		return nil
	}
	batch := make([]unit, 0, shelvedMost)
	for u := range units {
		if batch = append(batch, u); len(batch) == shelvedMost {
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
	fmt.Fprintf(out, "%0*x", shelfFooter, at)
	return out.Flush()
}

// shelve makes the values of units, or finds them, some at a time.
func shelve(batch []unit, old *oldShelf, encoder *zstd.Encoder) ([][]byte, error) {
	values, failures := make([][]byte, len(batch)), make([]error, len(batch))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(batch); i = next.Add(1) - 1 {
				u := &batch[i]
				if values[i] = old.find(u.key, u.from); values[i] != nil {
					continue
				}
				plain, err := json.Marshal(u.make())
				if err != nil {
					failures[i] = fmt.Errorf("encode %s: %w", u.key, err)
					continue
				}
				values[i] = encoder.EncodeAll(plain, nil)
			}
		})
	}
	wg.Wait()
	return values, errors.Join(failures...)
}

// oldShelf is the shelf of an earlier generation, in memory.
type oldShelf struct {
	data  []byte
	slots map[string]slot
}

// find returns what was put under a key, if it was made from the same; else nil.
func (o *oldShelf) find(key string, from digest) []byte {
	if o == nil {
		return nil
	}
	s, ok := o.slots[key]
	if !ok || s.from != from {
		return nil
	}
	return o.data[s.at : s.at+s.size]
}

// readOldShelf reads the shelf of a generation whose manifest is given, nil if there is none or it is damaged.
func readOldShelf(dir string, m *Manifest) *oldShelf {
	data, err := os.ReadFile(filepath.Join(dir, shelfName))
	if err != nil {
		return nil
	}
	sum := sha256.Sum256(data)
	for _, f := range m.Files {
		if f.Path == shelfName && f.SHA256 == hex.EncodeToString(sum[:]) {
			if slots, err := readSlots(bytes.NewReader(data), int64(len(data))); err == nil {
				return &oldShelf{data, slots}
			}
		}
	}
	return nil
}

// shelf is a shelf opened for reading. It is safe for parallel use.
type shelf struct {
	file  *os.File
	slots map[string]slot
	zstd  *zstd.Decoder
}

func openShelf(name string) (*shelf, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	slots, err := readSlots(f, info.Size())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %s: %w", ErrDamaged, name, err), f.Close())
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0))
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &shelf{f, slots, decoder}, nil
}

// readSlots reads the lines at the end of a shelf of a size in bytes.
func readSlots(r io.ReaderAt, size int64) (map[string]slot, error) {
	footer := make([]byte, shelfFooter)
	if size < shelfFooter {
		return nil, errors.New("too short")
	}
	if _, err := r.ReadAt(footer, size-shelfFooter); err != nil {
		return nil, err
	}
	end, err := strconv.ParseInt(string(footer), 16, 64)
	if err != nil || end < 0 || end > size-shelfFooter {
		return nil, errors.New("its end does not say where its table is")
	}
	table := make([]byte, size-shelfFooter-end)
	if _, err := r.ReadAt(table, end); err != nil && err != io.EOF {
		return nil, err
	}
	slots := make(map[string]slot, bytes.Count(table, []byte{'\n'}))
	for line := range bytes.Lines(table) {
		fields := bytes.Split(bytes.TrimSuffix(line, []byte{'\n'}), []byte{'\t'})
		if len(fields) != 4 || len(fields[1]) != 2*len(digest{}) {
			return nil, fmt.Errorf("no slot: %q", line)
		}
		var s slot
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
		slots[string(fields[0])] = s
	}
	return slots, nil
}

// read decodes what lies under a key into v, and reports whether there is anything.
func (s *shelf) read(key string, v any) (bool, error) {
	at, ok := s.slots[key]
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

func (s *shelf) close() error {
	s.zstd.Close()
	return s.file.Close()
}
