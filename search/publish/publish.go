// Package publish carries generations from the machine that builds them to the machines that read them, by way of a store
// that others keep: a folder, NATS JetStream, or anything that speaks S3.
//
// A generation is cut into chunks where its content says so, so that an edit ships the chunks that it touches. Of those, what stood at
// their place before is the dictionary that they are packed with, where that makes them much smaller. A listing says
// which chunks each file is made of and packed with, and one pointer names the listing. The pointer moves by compare-and-swap, and nothing
// that it has led to changes, so that a reader sees the generation before or the one after, never half.
//
// No clock and no lock is needed for taking away what is no longer wanted. Objects are named by their hash and by the
// publisher's own mark, and a publisher
//
//  1. reads the pointer,
//  2. puts those chunks that the listing there lacks, under names that nobody else gives, and the new listing,
//  3. notes the names of all that is in the store,
//  4. swaps the pointer, which fails if another has swapped it since step 1,
//  5. removes, of what it noted, all that neither its own listing nor the one before it names.
//
// What somebody else put before step 4 belongs to a publisher whose swap is bound to fail; what is put later is not in the
// notes; and what later listings take over from this one is not removed by it.
package publish

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"rapporteur/search/store"
)

// Store is a place that several machines reach. Its methods may be called in parallel.
type Store interface {
	// Put puts an object in its place, whole or not at all. Names are of letters, digits and "-".
	Put(ctx context.Context, name string, data []byte) error
	// Get returns an object; fs.ErrNotExist says that there is none of the name.
	Get(ctx context.Context, name string) ([]byte, error)
	// List names all objects, and what unfinished Puts have left.
	List(ctx context.Context) ([]string, error)
	// Delete removes what List named. What is gone already is no error.
	Delete(ctx context.Context, name string) error
	// Pointer returns the pointer and its revision, which is "" if there is no pointer yet.
	Pointer(ctx context.Context) (data []byte, revision string, err error)
	// Swap replaces the pointer of a revision. ErrConflict says that it has another revision.
	Swap(ctx context.Context, data []byte, revision string) error
	Close() error
}

var (
	// ErrConflict says that somebody else has swapped the pointer.
	ErrConflict = errors.New("another publisher was faster")
	// ErrNothing says that nothing has been published yet.
	ErrNothing = errors.New("nothing has been published there yet")
	// ErrDamaged says that a store gave other bytes than were put there.
	ErrDamaged = errors.New("damaged in the store")
)

// format is the version of pointers and listings.
const format = 2

// atATime is how many objects are carried at the same time.
const atATime = 8

// Pointer is what a store holds one of.
type Pointer struct {
	Format     int       `json:"format"`
	Sequence   int       `json:"sequence"` // grows by one with each swap
	Generation string    `json:"generation"`
	Listing    string    `json:"listing"`            // name of an object
	Previous   string    `json:"previous,omitempty"` // listing before it, whose chunks are still there
	Published  time.Time `json:"published"`
	By         string    `json:"by"`   // host and process
	Mark       string    `json:"mark"` // of the publisher's run
}

// Listing says what a generation is made of.
type Listing struct {
	Manifest []byte     `json:"manifest"` // bytes of manifest.json
	Files    []FileList `json:"files"`
	Bases    []ChunkRef `json:"bases,omitempty"` // chunks of no file, with which others are packed
}

// FileList names the chunks of a file, in their order.
type FileList struct {
	Path   string     `json:"path"` // with slashes
	Chunks []ChunkRef `json:"chunks"`
}

// ChunkRef names an object. The name begins with the SHA-256 of its plain bytes, in hex.
type ChunkRef struct {
	Name string `json:"name"`
	Size int    `json:"size"` // plain bytes
	// the chunks whose plain bytes, one after the other, are the dictionary that it is packed with; mostly none
	Base []string `json:"base,omitempty"`
}

// Report says what a publication cost.
type Report struct {
	Generation string `json:"generation"`
	Sequence   int    `json:"sequence"`
	UpToDate   bool   `json:"up_to_date"` // it was there already
	Bytes      int64  `json:"bytes"`      // of the generation
	Chunks     int    `json:"chunks"`     // of the generation
	Sent       int64  `json:"sent"`       // bytes, compressed, listing and pointer too
	SentChunks int    `json:"sent_chunks"`
	Removed    int    `json:"removed"` // objects
}

// Options say how something is published.
type Options struct {
	Anew bool // nothing of what is in the store is relied on: everything is put there again
}

// Publish makes the current generation of a data folder the one that readers of the store follow.
func Publish(ctx context.Context, s Store, dataDir string, opts Options) (*Report, error) {
	dir, m, err := store.Current(dataDir)
	if err != nil {
		return nil, err
	}
	if err := m.Verify(dir, true); err != nil {
		return nil, err
	}
	old, revision, err := readPointer(ctx, s)
	if err != nil && !errors.Is(err, ErrNothing) {
		return nil, err
	}
	var before *Listing
	if old != nil && !opts.Anew {
		if before, err = readListing(ctx, s, old.Listing); err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, ErrDamaged) {
			return nil, err
		} // where it is lost, everything is put anew
	}
	r := &run{store: s, mark: newMark(), report: Report{Generation: m.ID, Sequence: 1}}
	if old != nil {
		if r.report.Sequence = old.Sequence + 1; old.Generation == m.ID && before != nil {
			r.report.Sequence, r.report.UpToDate = old.Sequence, true
			return &r.report, nil
		}
	}
	err = r.publish(ctx, dir, m, old, before, revision)
	if err == nil {
		return &r.report, nil
	}
	// However it failed, if another has published meanwhile, that is what there is to say.
	if now, _, readErr := readPointer(ctx, s); readErr == nil && now.Mark == r.mark {
		return &r.report, nil // the answer to the swap was lost, or old chunks could not be removed: the next run removes them
	} else if readErr == nil && (old == nil || now.Sequence > old.Sequence) {
		err = fmt.Errorf("%w: %s has published generation %s at %s; look at it, and publish again if yours is to replace it",
			ErrConflict, now.By, now.Generation, now.Published.Format(time.DateTime))
	} else if readErr != nil && r.swapping {
		return nil, fmt.Errorf("it is not known whether generation %s was published: %w", m.ID, err)
	}
	r.takeBack(context.WithoutCancel(ctx))
	return nil, fmt.Errorf("%w; nothing was published%s", err, whatToDo(err))
}

// whatToDo says how a store is mended that refuses.
func whatToDo(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return ": make room in the store, and publish again; readers stay with what they have"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return ": let this user write to the store, and publish again; readers stay with what they have"
	}
	return "; readers stay with what they have"
}

// run is one publisher's.
type run struct {
	store    Store
	mark     string
	put      []string // names
	swapping bool     // the pointer may have been swapped
	report   Report
}

func newMark() string {
	var b [6]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

func (r *run) publish(ctx context.Context, dir string, m *store.Manifest, old *Pointer, before *Listing, revision string) error {
	erases := before != nil && erasing(before) != m.Erasing
	l, err := r.putChunks(ctx, dir, m, before, erases)
	if err != nil {
		return err
	}
	p := &Pointer{
		Format: format, Sequence: r.report.Sequence, Generation: m.ID, Published: time.Now().UTC().Truncate(time.Second),
		By: by(), Mark: r.mark,
	}
	if p.Listing, err = r.putListing(ctx, l); err != nil {
		return err
	}
	if before != nil && !erases {
		p.Previous = old.Listing
	}
	noted, err := r.store.List(ctx)
	if err != nil {
		return fmt.Errorf("list what is in the store: %w", err)
	}
	data, err := json.Marshal(p)
	if err != nil {
		return err
	}
	r.swapping = true
	if err := r.store.Swap(ctx, data, revision); err != nil {
		return fmt.Errorf("swap the pointer: %w", err)
	}
	r.report.Sent += int64(len(data))
	keep := namesOf(l, p.Listing)
	if p.Previous != "" {
		for name := range namesOf(before, p.Previous) {
			keep[name] = true
		}
	}
	return r.remove(ctx, noted, keep)
}

// erasing is the digest of the decisions that erase people, of a listed generation.
func erasing(l *Listing) string {
	var m store.Manifest
	if err := json.Unmarshal(l.Manifest, &m); err != nil {
		return "unknown"
	}
	return m.Erasing
}

func namesOf(l *Listing, name string) map[string]bool {
	names := map[string]bool{name: true}
	for c := range l.refs() {
		names[c] = true
	}
	return names
}

// putChunks puts what the listing before lacks, and lists the generation. Where somebody else is erased now, no bytes of before are
// needed to read it.
func (r *run) putChunks(ctx context.Context, dir string, m *store.Manifest, before *Listing, erases bool) (*Listing, error) {
	manifest, err := store.ManifestBytes(dir)
	if err != nil {
		return nil, err
	}
	known := map[string]ChunkRef{} // by hash
	var was *earlier
	if before != nil {
		for _, f := range before.Files {
			for _, c := range f.Chunks {
				if !erases || len(c.Base) == 0 {
					known[hashIn(c.Name)] = c
				}
			}
		}
		var old store.Manifest
		if err := json.Unmarshal(before.Manifest, &old); err == nil && !erases && filepath.IsLocal(old.ID) {
			was = newEarlier(filepath.Join(filepath.Dir(dir), old.ID), before)
		}
	}
	l := &Listing{Manifest: manifest}
	var sent atomic.Int64
	group, all := errgroup.WithContext(ctx)
	group.SetLimit(atATime)
	for _, f := range m.Files {
		list := FileList{Path: f.Path}
		at, drift := int64(0), int64(0)
		err := cutFile(filepath.Join(dir, filepath.FromSlash(f.Path)), func(data []byte) error {
			hash := hashOf(data)
			if bytes, same := was.drift(f.Path, hash, at); same {
				drift = bytes
			}
			begin := at
			at += int64(len(data))
			c, ok := known[hash]
			if !ok {
				c = ChunkRef{Name: hash + "-" + r.mark, Size: len(data)}
				dictionary, names := was.dictionary(f.Path, begin+drift-around, at+drift+around)
				packed, based := packWith(data, dictionary)
				if based {
					c.Base = names
				}
				known[hash] = c
				r.put = append(r.put, c.Name)
				group.Go(func() error {
					sent.Add(int64(len(packed)))
					if err := r.store.Put(all, c.Name, packed); err != nil {
						return fmt.Errorf("put chunk %s of %s: %w", c.Name, f.Path, err)
					}
					return nil
				})
				r.report.SentChunks++
			}
			list.Chunks = append(list.Chunks, c)
			r.report.Chunks++
			r.report.Bytes += int64(len(data))
			return all.Err()
		})
		if err != nil {
			return nil, cmp.Or(group.Wait(), err) // it is mostly ended because of the other
		}
		l.Files = append(l.Files, list)
	}
	err = group.Wait()
	r.report.Sent += sent.Load()
	if was != nil {
		l.withBases(was.refs)
	}
	return l, err
}

func (r *run) putListing(ctx context.Context, l *Listing) (name string, err error) {
	data, err := json.Marshal(l)
	if err != nil {
		return "", err
	}
	name = hashOf(data) + "-" + r.mark
	packed := pack(data)
	r.put = append(r.put, name)
	r.report.Sent += int64(len(packed))
	if err := r.store.Put(ctx, name, packed); err != nil {
		return "", fmt.Errorf("put listing %s: %w", name, err)
	}
	return name, nil
}

// remove removes what was noted and is not to be kept.
func (r *run) remove(ctx context.Context, noted []string, keep map[string]bool) error {
	group, all := errgroup.WithContext(ctx)
	group.SetLimit(atATime)
	for _, name := range noted {
		if keep[name] {
			continue
		}
		r.report.Removed++
		group.Go(func() error {
			if err := r.store.Delete(all, name); err != nil {
				return fmt.Errorf("remove %s: %w", name, err)
			}
			return nil
		})
	}
	return group.Wait()
}

// takeBack removes what a publication that failed has put. What it cannot remove, the next one does.
func (r *run) takeBack(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	r.remove(ctx, r.put, nil)
}

// by says who publishes.
func by() string {
	host, err := os.Hostname()
	if err != nil {
		host = "a host without a name"
	}
	return fmt.Sprintf("process %d on %s", os.Getpid(), host)
}

// readPointer reads the pointer; ErrNothing says that there is none.
func readPointer(ctx context.Context, s Store) (*Pointer, string, error) {
	data, revision, err := s.Pointer(ctx)
	if err != nil {
		return nil, "", fmt.Errorf("read the pointer: %w", err)
	}
	if revision == "" {
		return nil, "", ErrNothing
	}
	p := new(Pointer)
	if err := json.Unmarshal(data, p); err != nil {
		return nil, "", fmt.Errorf("%w: the pointer is none of rapporteur's: %w", ErrDamaged, err)
	}
	if p.Format != format {
		return nil, "", fmt.Errorf("%w: what is published has format %d, this program reads %d: use the same version on all machines",
			store.ErrFormat, p.Format, format)
	}
	return p, revision, nil
}

func readListing(ctx context.Context, s Store, name string) (*Listing, error) {
	data, err := getObject(ctx, s, name, maxListing, nil)
	if err != nil {
		return nil, fmt.Errorf("get listing %s: %w", name, err)
	}
	l := new(Listing)
	if err := json.Unmarshal(data, l); err != nil {
		return nil, fmt.Errorf("%w: listing %s: %w", ErrDamaged, name, err)
	}
	return l, nil
}
