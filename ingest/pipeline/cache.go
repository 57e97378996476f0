package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"rapporteur/ingest"

	"github.com/klauspost/compress/zstd"
)

// The files of a site's caches.
const (
	draftsName = "drafts" // of pages
	asksName   = "asks"   // what pages ask for
)

// cache keeps the drafts of pages from one run to the next. A draft depends on its page and on the program alone, so
// they are its key; what no page asked for in a run is gone after it. Another one keeps what pages ask for, by their records.
type cache struct {
	file    string // "" keeps nothing
	version string
	old     map[key][]byte
	mu      sync.Mutex
	asked   map[key][]byte
}

type key [sha256.Size]byte

// cacheFile is the form of the cache on disk, compressed, behind its SHA-256. Entries are in order of Key.
type cacheFile struct {
	Version string
	Entries []cacheEntry
}

type cacheEntry struct {
	Key   key
	Draft []byte // JSON of the record without its page, or of its asks
}

// openCache reads the cache of a folder, of which only one program at a time may make use. One that cannot be read, is not as
// it was written, or is another version's, is as good as none: it will be written anew.
func openCache(dir, name, version string) *cache {
	c := &cache{version: version, old: map[key][]byte{}, asked: map[key][]byte{}}
	if dir == "" {
		return c
	}
	c.file = filepath.Join(dir, name)
	c.sweep()
	data, err := os.ReadFile(c.file)
	if err != nil || len(data) < sha256.Size {
		return c
	}
	if sum := sha256.Sum256(data[sha256.Size:]); !bytes.Equal(sum[:], data[:sha256.Size]) {
		return c
	}
	unpacked, err := zstd.NewReader(bytes.NewReader(data[sha256.Size:]), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return c
	}
	defer unpacked.Close()
	var f cacheFile
	if err := gob.NewDecoder(unpacked).Decode(&f); err != nil || f.Version != version {
		return c
	}
	for _, e := range f.Entries {
		c.old[e.Key] = e.Draft
	}
	return c
}

// unfinished is the end of the names of files that a run writes before they are the cache.
const unfinished = "-*"

// sweep takes away what a run that was killed has left.
func (c *cache) sweep() {
	left, err := filepath.Glob(c.file + unfinished)
	if err != nil {
		return // the pattern is ours
	}
	for _, name := range left {
		os.Remove(name) // what cannot be taken away cannot be read over either
	}
}

// draft returns the draft of a page, from the cache or else from d. Where that fails, nothing is kept.
func (c *cache) draft(ctx context.Context, page *ingest.Page, d *drafting) (*ingest.Record, error) {
	if c.file == "" && d.others == nil {
		return d.here(page)
	}
	text, err := json.Marshal(page)
	if err != nil {
		return nil, fmt.Errorf("hash %s: %w", page.Path, err)
	}
	k := key(sha256.Sum256(text))
	if data, ok := c.old[k]; ok {
		if r := readDraft(data, page); r != nil {
			c.keep(k, data)
			return r, nil
		}
	}
	r, data, err := d.draft(ctx, page, text)
	if err != nil {
		return nil, err
	}
	c.keep(k, data)
	return r, nil
}

// asks fills in what a page asks for, from the cache or else by fill, which is a function of the record and of the program alone.
func (c *cache) asks(r *ingest.Record, fill func(*ingest.Record)) error {
	if c.file == "" {
		fill(r)
		return nil
	}
	r.Recommendations, r.Unlisted = nil, nil
	text, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("hash the record of %s: %w", r.Path, err)
	}
	k := key(sha256.Sum256(text))
	type asked struct{ Listed, Unlisted []ingest.Recommendation }
	if data, ok := c.old[k]; ok {
		var a asked
		if err := json.Unmarshal(data, &a); err == nil {
			r.Recommendations, r.Unlisted = a.Listed, a.Unlisted
			c.keep(k, data)
			return nil
		}
	}
	fill(r)
	data, err := json.Marshal(asked{r.Recommendations, r.Unlisted})
	if err != nil {
		return fmt.Errorf("keep what %s asks for: %w", r.Path, err)
	}
	c.keep(k, data)
	return nil
}

func (c *cache) keep(k key, data []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked[k] = data
}

// unask takes back what was asked for so far: it can be had again, and is written only if it is asked for again.
func (c *cache) unask() {
	maps.Copy(c.old, c.asked)
	c.asked = map[key][]byte{}
}

// close writes what was asked for in this run, in one step.
func (c *cache) close() (err error) {
	if c.file == "" {
		return nil
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("write the cache of extraction: %w", err)
		}
	}()
	f := cacheFile{Version: c.version}
	for k, data := range c.asked {
		f.Entries = append(f.Entries, cacheEntry{k, data})
	}
	slices.SortFunc(f.Entries, func(a, b cacheEntry) int { return cmp.Compare(string(a.Key[:]), string(b.Key[:])) })
	if err := os.MkdirAll(filepath.Dir(c.file), 0o755); err != nil {
		return err
	}
	out, err := os.CreateTemp(filepath.Dir(c.file), filepath.Base(c.file)+unfinished)
	if err != nil {
		return err
	}
	defer os.Remove(out.Name()) // gone already if all went well
	sum := sha256.New()
	_, err = out.Write(make([]byte, sha256.Size)) // room for the sum
	packer, err2 := zstd.NewWriter(io.MultiWriter(out, sum), zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err = errors.Join(err, err2); err == nil {
		err = errors.Join(gob.NewEncoder(packer).Encode(f), packer.Close())
	}
	if err == nil {
		_, err = out.WriteAt(sum.Sum(nil), 0)
	}
	if err := errors.Join(err, out.Close()); err != nil {
		return err
	}
	if info, err := os.Lstat(c.file); err == nil && !info.Mode().IsRegular() { // nothing of ours
		if err := os.RemoveAll(c.file); err != nil {
			return err
		}
	}
	return os.Rename(out.Name(), c.file)
}
