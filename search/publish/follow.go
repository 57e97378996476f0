package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"rapporteur/search/store"
)

// Follower brings what is published in a store to a data folder.
type Follower struct {
	store   Store
	dataDir string
	try     func(dir string, m *store.Manifest) error

	stepping sync.Mutex // one step at a time; guards checked
	checked  bool       // that the files of the current generation are as they were written

	mu     sync.Mutex // guards status
	status Status
}

// Status says how new what a follower has is.
type Status struct {
	Generation string
	Sequence   int       // of its publication
	Published  time.Time // zero as long as the store was not reached
	Checked    time.Time // when the data folder last was at what the store says
	Fault      error     // why it is not now; nil if it is
	Failures   int       // looks at the store that failed
	Fetched    int64     // bytes that were got, compressed
}

// Follow returns a follower. Try opens a generation as its readers will, before it is theirs.
func Follow(s Store, dataDir string, try func(dir string, m *store.Manifest) error) *Follower {
	return &Follower{store: s, dataDir: dataDir, try: try}
}

// Status tells how things stand.
func (f *Follower) Status() Status {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.status
}

// Step looks at the store once, and makes what is published the current generation of the data folder, if it is another one.
// Whatever goes wrong, the data folder keeps the generation that it had. Steps at the same time wait for each other.
func (f *Follower) Step(ctx context.Context) (moved bool, err error) {
	f.stepping.Lock()
	defer f.stepping.Unlock()
	before := f.Status()
	p, _, err := readPointer(ctx, f.store)
	if err == nil && p.Sequence >= before.Sequence { // a replica may lag behind what another has told
		moved, err = f.reach(ctx, p)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.status.Fault = err; err != nil {
		f.status.Failures++
		return false, err
	}
	f.status.Checked = time.Now()
	if p.Sequence >= before.Sequence {
		f.status.Generation, f.status.Sequence, f.status.Published = p.Generation, p.Sequence, p.Published
	}
	return moved, nil
}

// reach brings the data folder to what the pointer says.
func (f *Follower) reach(ctx context.Context, p *Pointer) (moved bool, err error) {
	dir, current, err := store.Current(f.dataDir)
	if err == nil && current.ID == p.Generation && (f.checked || current.Verify(dir, true) == nil) {
		f.checked = true
		return false, nil
	}
	if err != nil {
		dir = "" // none yet, or none that can be read
	}
	l, err := readListing(ctx, f.store, p.Listing)
	if err != nil {
		return false, vanished(err, p)
	}
	m, err := f.manifestIn(l, p)
	if err != nil {
		return false, err
	}
	w, err := store.OpenWriter(f.dataDir)
	if err != nil {
		return false, err
	}
	defer w.Close()
	write := func(to string) error { return f.fetch(ctx, to, l, dir) }
	if err := w.Install(ctx, m, l.Manifest, write, f.try); err != nil {
		return false, vanished(fmt.Errorf("fetch generation %s: %w", p.Generation, err), p)
	}
	f.checked = true
	return true, nil
}

// vanished says of an object that is not there what may have happened.
func vanished(err error, p *Pointer) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("generation %s has lost a part, or another has taken its place while it was fetched: %w", p.Generation, err)
	}
	return err
}

// manifestIn reads the manifest in a listing, and holds both against each other.
func (f *Follower) manifestIn(l *Listing, p *Pointer) (*store.Manifest, error) {
	m := new(store.Manifest)
	if err := json.Unmarshal(l.Manifest, m); err != nil {
		return nil, fmt.Errorf("%w: the manifest in listing %s: %w", ErrDamaged, p.Listing, err)
	}
	if m.Format != store.Format {
		return nil, fmt.Errorf("%w: generation %s has format %d, this program reads %d: use the same version on all machines",
			store.ErrFormat, m.ID, m.Format, store.Format)
	}
	if m.ID != p.Generation || len(m.Files) != len(l.Files) {
		return nil, fmt.Errorf("%w: listing %s is not of generation %s", ErrDamaged, p.Listing, p.Generation)
	}
	refs, depths := l.refs(), map[string]int{}
	for name, c := range refs {
		if depth(refs, depths, name) > deepest || len(c.Base) > mostBases {
			return nil, fmt.Errorf("%w: listing %s: what chunk %s is packed with is not known", ErrDamaged, p.Listing, name)
		}
	}
	for _, c := range l.Bases {
		if c.Size <= 0 || c.Size > maxChunk {
			return nil, fmt.Errorf("%w: listing %s: chunk %s of %d bytes", ErrDamaged, p.Listing, c.Name, c.Size)
		}
	}
	for i, file := range m.Files {
		size := int64(0)
		for _, c := range l.Files[i].Chunks {
			if c.Size <= 0 || c.Size > maxChunk {
				return nil, fmt.Errorf("%w: listing %s: chunk %s of %d bytes", ErrDamaged, p.Listing, c.Name, c.Size)
			}
			size += int64(c.Size)
		}
		if file.Path != l.Files[i].Path || size != file.Size || !filepath.IsLocal(filepath.FromSlash(file.Path)) {
			return nil, fmt.Errorf("%w: listing %s does not have %s as its manifest does", ErrDamaged, p.Listing, file.Path)
		}
	}
	return m, nil
}

// part is a piece of a file that is here already.
type part struct {
	name string
	at   int64
}

// partsOf finds the chunks in the files of a folder, by hash. What cannot be read is not there.
func partsOf(dir string) map[string]part {
	parts := map[string]part{}
	if dir == "" {
		return parts
	}
	filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		at := int64(0)
		cutFile(name, func(data []byte) error {
			parts[hashOf(data)] = part{name, at}
			at += int64(len(data))
			return nil
		})
		return nil
	})
	return parts
}

// fetch writes the files of a listing to a folder: chunks that the folder of the generation before has are taken from there.
func (f *Follower) fetch(ctx context.Context, to string, l *Listing, before string) error {
	from := &chunks{counting{f.store, f}, l.refs(), partsOf(before)}
	group, all := errgroup.WithContext(ctx)
	group.SetLimit(atATime)
	var files []*os.File
	for _, file := range l.Files {
		name := filepath.Join(to, filepath.FromSlash(file.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return errors.Join(err, group.Wait())
		}
		out, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return errors.Join(err, group.Wait())
		}
		files = append(files, out)
		at := int64(0)
		for _, c := range file.Chunks {
			begin := at
			at += int64(c.Size)
			group.Go(func() error {
				data, err := from.get(all, c)
				if err != nil {
					return fmt.Errorf("chunk %s of %s: %w", c.Name, file.Path, err)
				}
				_, err = out.WriteAt(data, begin)
				return err
			})
		}
	}
	err := group.Wait()
	for _, out := range files {
		err = errors.Join(err, out.Close())
	}
	return err
}

func readPart(p part, size int) ([]byte, error) {
	in, err := os.Open(p.name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data := make([]byte, size)
	_, err = in.ReadAt(data, p.at)
	return data, err
}

// counting counts what is got from a store.
type counting struct {
	Store
	f *Follower
}

func (c counting) Get(ctx context.Context, name string) ([]byte, error) {
	data, err := c.Store.Get(ctx, name)
	c.f.mu.Lock()
	c.f.status.Fetched += int64(len(data))
	c.f.mu.Unlock()
	return data, err
}

// Run steps again and again until ctx ends, and tells of every move and every failure; a failure that lasts is told once.
func (f *Follower) Run(ctx context.Context, every time.Duration, tell func(moved bool, err error)) {
	store.Every(ctx, every, f.Step, tell)
}
