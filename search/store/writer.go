package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"rapporteur/ingest"

	"github.com/gofrs/flock"
)

// The names in a data folder.
const (
	currentName     = "CURRENT"     // names the generation that readers open
	generationsName = "generations" // one folder each
	cacheName       = "cache"       // extraction's
	buildingPrefix  = ".building-"  // what a build that has not ended, or never will, is called
	newSuffix       = ".new"        // of CURRENT until it is whole
)

// Writer is the one writer of a data folder. Nothing that it does shows before a generation is whole.
type Writer struct {
	dir  string
	lock *flock.Flock
}

// OpenWriter locks a data folder, making it if need be, and removes what an interrupted build left behind.
// A *LockedError says that somebody else is writing.
func OpenWriter(dir string) (*Writer, error) {
	if err := os.MkdirAll(filepath.Join(dir, generationsName), 0o755); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	l, err := lock(dir)
	if err != nil {
		return nil, err
	}
	w := &Writer{dir: dir, lock: l}
	if err := w.sweep(); err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

// sweep takes away what writers left behind that were interrupted: builds that never ended, and generations beside the current one
// and the newest other.
func (w *Writer) sweep() error {
	if err := os.RemoveAll(filepath.Join(w.dir, currentName+newSuffix)); err != nil {
		return fmt.Errorf("remove what an interrupted build left: %w", err)
	}
	keep := func(name string) bool { return !strings.HasPrefix(name, buildingPrefix) }
	if current, err := w.manifest(); err == nil {
		other := newestBut(w.dir, current.ID)
		keep = func(name string) bool { return name == current.ID || name == other && w.mayKeep(name, current.Erasing) }
	}
	return w.collect(keep)
}

// newestBut is the generation that was written last, but for one; "" if there is none.
func newestBut(dir, id string) string {
	entries, err := os.ReadDir(filepath.Join(dir, generationsName))
	if err != nil {
		return ""
	}
	newest, when := "", time.Time{}
	for _, e := range entries {
		info, err := os.Stat(filepath.Join(generationDir(dir, e.Name()), manifestName))
		if err == nil && e.Name() != id && !strings.HasPrefix(e.Name(), buildingPrefix) && info.ModTime().After(when) {
			newest, when = e.Name(), info.ModTime()
		}
	}
	return newest
}

// Close gives the lock back.
func (w *Writer) Close() error { return w.lock.Unlock() }

// CacheDir is where extraction keeps what it knows of unchanged pages.
func (w *Writer) CacheDir() string { return filepath.Join(w.dir, cacheName) }

// Current is the manifest of the current generation, if there is one that this version reads and every file of which is as it
// was written; else nil.
func (w *Writer) Current() *Manifest {
	m, err := w.manifest()
	if err != nil || m.Verify(w.generationDir(m.ID), true) != nil {
		return nil
	}
	return m
}

// manifest is that of the current generation, whether it is damaged or not.
func (w *Writer) manifest() (*Manifest, error) {
	id, err := readCurrent(w.dir)
	if err != nil {
		return nil, err
	}
	return readManifest(w.generationDir(id))
}

// Contents are the parts of a generation beside its manifest, as their own packages write and read them.
type Contents interface {
	// Write writes all parts to a folder. Digests are of the site's records; old is the generation before, which may be nil.
	Write(ctx context.Context, dir string, site *ingest.Site, digests []Digest, old *Old) error
	// Try opens what was written as a reader would, and closes it.
	Try(dir string, m *Manifest) error
}

// Build writes the generation of a site and makes it the current one. The one that was current stays beside it, for
// readers that are about to open it; older ones go, and it too where it may know somebody who is erased now. If the build fails, all is as
// it was.
func (w *Writer) Build(ctx context.Context, site *ingest.Site, origin Origin, contents Contents) (*Manifest, error) {
	digests, err := DigestRecords(site)
	if err != nil {
		return nil, err
	}
	m, err := newManifest(site, origin, digests)
	if err != nil {
		return nil, err
	}
	previous, err := readCurrent(w.dir)
	if err != nil && !errors.Is(err, ErrNoGeneration) && !errors.Is(err, ErrDamaged) {
		return nil, err
	}
	write := func(dir string) error {
		err := contents.Write(ctx, dir, site, digests, w.old(previous, site, origin))
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		return m.Write(dir)
	}
	if err := w.make(m, write, contents.Try); err != nil {
		return nil, fmt.Errorf("build generation %s: %w", m.ID, err)
	}
	return m, w.moveTo(m, previous)
}

// Install makes a generation that was built elsewhere the current one: write puts its files into a folder, and every byte of
// them is held against the manifest, given also as it was written. As with Build, if it fails all is as it was.
func (w *Writer) Install(ctx context.Context, m *Manifest, manifest []byte, write func(dir string) error,
	try func(dir string, m *Manifest) error,
) error {
	previous, err := readCurrent(w.dir)
	if err != nil && !errors.Is(err, ErrNoGeneration) && !errors.Is(err, ErrDamaged) {
		return err
	}
	writeAll := func(dir string) error {
		if err := errors.Join(write(dir), ctx.Err()); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, manifestName), manifest, 0o644); err != nil {
			return err
		}
		return m.Verify(dir, true)
	}
	if err := w.make(m, writeAll, try); err != nil {
		return err
	}
	return w.moveTo(m, previous)
}

// moveTo makes a generation that is in its place the current one, and collects what is older than the previous one.
func (w *Writer) moveTo(m *Manifest, previous string) error {
	if err := w.swap(m.ID); err != nil {
		return fmt.Errorf("make %s the current generation: %w", m.ID, err)
	}
	return w.collect(func(name string) bool { return name == m.ID || name == previous && w.mayKeep(name, m.Erasing) })
}

// mayKeep says whether a generation knows nobody whom the decisions with the digest erase.
func (w *Writer) mayKeep(name, erasing string) bool {
	if erasing == "" {
		return true
	}
	m, err := readManifest(w.generationDir(name))
	return err == nil && m.Erasing == erasing
}

// old is the generation before, for what has not changed; nil if that is of another program, or may know somebody who is erased now.
func (w *Writer) old(previous string, site *ingest.Site, origin Origin) *Old {
	if previous == "" {
		return nil
	}
	dir := w.generationDir(previous)
	m, err := readManifest(dir)
	if err != nil || m.Origin.Program != origin.Program || m.Erasing != site.Erasing {
		return nil
	}
	return &Old{dir, m}
}

// Old is a generation from which another one takes what has not changed. A nil one has nothing. It is safe for parallel use.
type Old struct {
	dir      string
	manifest *Manifest
}

// File gives what a file holds, by its path in the generation with slashes: nil if it is not there, or is not as it was written.
func (o *Old) File(path string) []byte {
	if o == nil {
		return nil
	}
	at := slices.IndexFunc(o.manifest.Files, func(f File) bool { return f.Path == path })
	if at < 0 {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(o.dir, filepath.FromSlash(path)))
	if sum := sha256.Sum256(data); err != nil || hex.EncodeToString(sum[:]) != o.manifest.Files[at].SHA256 {
		return nil
	}
	return data
}

// Folder is where a folder of the generation is, if every file in it is as it was written; else "".
func (o *Old) Folder(path string) string {
	if o == nil {
		return ""
	}
	found := false
	for _, f := range o.manifest.Files {
		if strings.HasPrefix(f.Path, path+"/") {
			if found = true; o.File(f.Path) == nil {
				return ""
			}
		}
	}
	if !found {
		return ""
	}
	return filepath.Join(o.dir, filepath.FromSlash(path))
}

// make puts the generation in its place, whole and on the disk. Write writes all of it, the manifest last.
func (w *Writer) make(m *Manifest, write func(dir string) error, try func(dir string, m *Manifest) error) error {
	dir := w.generationDir(m.ID)
	if old, err := readManifest(dir); err == nil && old.Verify(dir, true) == nil {
		*m = *old // built before from the same: nothing to do
		return nil
	}
	tmp, err := os.MkdirTemp(filepath.Join(w.dir, generationsName), buildingPrefix)
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	if err := write(tmp); err != nil {
		return err
	}
	if err := syncTree(tmp); err != nil {
		return err
	}
	if _, err := open(tmp, func(dir string, m *Manifest) (struct{}, error) { return struct{}{}, try(dir, m) }); err != nil {
		return fmt.Errorf("verify what was written: %w", err)
	}
	if err := os.RemoveAll(dir); err != nil { // a damaged one of the same name
		return err
	}
	if err := os.Rename(tmp, dir); err != nil {
		return err
	}
	return syncPath(filepath.Join(w.dir, generationsName))
}

// swap makes CURRENT name the generation, in one step.
func (w *Writer) swap(id string) error {
	name := filepath.Join(w.dir, currentName)
	if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() { // nothing of ours
		if err := os.RemoveAll(name); err != nil {
			return err
		}
	}
	f, err := os.Create(name + newSuffix)
	if err != nil {
		return err
	}
	_, err = f.WriteString(id + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(name+newSuffix, name); err != nil {
		return err
	}
	return syncPath(w.dir)
}

// collect removes the generations that keep does not name. Readers that have one open keep what they opened.
func (w *Writer) collect(keep func(name string) bool) error {
	dir := filepath.Join(w.dir, generationsName)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("collect old generations: %w", err)
	}
	for _, e := range entries {
		if keep(e.Name()) {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			return fmt.Errorf("collect old generations: %w", err)
		}
	}
	return nil
}

func (w *Writer) generationDir(id string) string { return generationDir(w.dir, id) }

func generationDir(dir, id string) string { return filepath.Join(dir, generationsName, id) }

// readCurrent returns the ID of the current generation; ErrNoGeneration if there is none.
func readCurrent(dir string) (string, error) {
	data, err := os.ReadFile(filepath.Join(dir, currentName))
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s: %w", dir, ErrNoGeneration)
	}
	if errors.Is(err, fs.ErrPermission) {
		return "", fmt.Errorf("find the current generation: %w", err)
	}
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	id := strings.TrimSpace(string(data))
	if id == "" || id != filepath.Base(id) || strings.HasPrefix(id, ".") {
		return "", fmt.Errorf("%w: %s names no generation", ErrDamaged, filepath.Join(dir, currentName))
	}
	return id, nil
}

// syncTree makes sure that all of dir is on the disk.
func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return syncPath(name)
	})
}

// syncPath makes sure that a file's bytes, or a folder's entries, are on the disk.
func syncPath(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	if info, err := f.Stat(); runtime.GOOS == "windows" && (err != nil || info.IsDir()) {
		return errors.Join(err, f.Close()) // Windows syncs no folders
	}
	return errors.Join(f.Sync(), f.Close())
}
