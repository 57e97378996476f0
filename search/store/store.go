// Package store is the data folder: generations, each an immutable build of a site that is whole or not there, the one
// writer that makes them, and the readers that move from one to the next. What is in a generation is written and opened by
// others; here are its manifest, which says what it was made from and how each file reads, and its documents.
package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Generation is an opened one.
type Generation interface {
	Manifest() *Manifest
	Close() error
}

// Opener opens the generation in a folder, whose manifest agrees with its files.
type Opener[G any] func(dir string, m *Manifest) (G, error)

// Store gives out the current generation of a data folder. Moving to the next one disturbs nobody: who has acquired
// the old one keeps it until they release it.
type Store[G Generation] struct {
	dir     string
	open    Opener[G]
	refresh sync.Mutex // one move at a time
	mu      sync.Mutex // guards current, fault and every held.users
	current *held[G]
	fault   error // why it is not the one that CURRENT names; nil if it is
}

// held is an open generation with the number of those who use it, the store being one of them.
type held[G Generation] struct {
	generation G
	users      int
}

// Open opens the current generation of a data folder for reading. ErrNoGeneration says that there is none yet, ErrFormat
// that another version of the program wrote it. Where it is damaged, the newest whole one beside it is opened, and
// Store.Fault says so; ErrDamaged says that there is none.
func Open[G Generation](dataDir string, open Opener[G]) (*Store[G], error) {
	g, err := openCurrent(dataDir, open)
	if err == nil {
		return &Store[G]{dir: dataDir, open: open, current: &held[G]{g, 1}}, nil
	}
	if errors.Is(err, ErrDamaged) {
		if g, ok := openSpare(dataDir, open); ok {
			return &Store[G]{dir: dataDir, open: open, current: &held[G]{g, 1}, fault: err}, nil
		}
	}
	return nil, err
}

// openSpare opens the newest generation that is whole. The writer keeps none that knows somebody who is erased.
func openSpare[G Generation](dataDir string, opener Opener[G]) (spare G, ok bool) {
	entries, err := os.ReadDir(filepath.Join(dataDir, generationsName))
	if err != nil {
		return spare, false
	}
	var newest time.Time
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), buildingPrefix) {
			continue
		}
		dir := generationDir(dataDir, e.Name())
		m, err := readManifest(dir)
		if err != nil || m.Verify(dir, true) != nil {
			continue
		}
		info, err := os.Stat(filepath.Join(dir, manifestName))
		if err != nil || ok && !info.ModTime().After(newest) {
			continue
		}
		g, err := open(dir, opener)
		if err != nil {
			continue
		}
		if ok {
			spare.Close() // an older one
		}
		spare, newest, ok = g, info.ModTime(), true
	}
	return spare, ok
}

// Fault says why an older generation is served than the current one; nil if it is the current one.
func (s *Store[G]) Fault() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fault
}

// open verifies the generation in dir and opens it.
func open[G any](dir string, open Opener[G]) (g G, err error) {
	m, err := readManifest(dir)
	if err != nil {
		return g, err
	}
	if err := m.Verify(dir, false); err != nil {
		return g, err
	}
	return open(dir, m)
}

// Current returns the folder and the manifest of the current generation of a data folder, without looking at its files.
func Current(dataDir string) (dir string, m *Manifest, err error) {
	id, err := readCurrent(dataDir)
	if err != nil {
		return "", nil, err
	}
	dir = generationDir(dataDir, id)
	m, err = readManifest(dir)
	return dir, m, err
}

// IsData reports whether a folder is a data folder, whether its generation can be read or not.
func IsData(dir string) bool {
	for _, name := range []string{currentName, generationsName} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return true
		}
	}
	return false
}

// openCurrent opens what CURRENT names. A writer may collect a generation between the two; then CURRENT has moved on.
func openCurrent[G Generation](dir string, opener Opener[G]) (none G, err error) {
	id, err := readCurrent(dir)
	for err == nil {
		g, openErr := open(generationDir(dir, id), opener)
		if openErr == nil {
			return g, nil
		}
		last := id
		if id, err = readCurrent(dir); err == nil && id == last {
			if errors.Is(openErr, fs.ErrNotExist) {
				return none, errors.Join(ErrDamaged, openErr)
			}
			return none, openErr
		}
	}
	return none, err
}

// Acquire returns the current generation. It stays open until release is called, which may be done more than once.
func (s *Store[G]) Acquire() (g G, release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.current
	h.users++
	var once sync.Once
	return h.generation, func() { once.Do(func() { s.drop(h) }) }
}

func (s *Store[G]) drop(h *held[G]) error {
	s.mu.Lock()
	h.users--
	last := h.users == 0
	s.mu.Unlock()
	if last {
		return h.generation.Close()
	}
	return nil
}

// Refresh moves to the generation that CURRENT names now, and reports whether that is another one. If it cannot be
// opened, the store stays where it is.
func (s *Store[G]) Refresh() (moved bool, err error) {
	s.refresh.Lock()
	defer s.refresh.Unlock()
	id, err := readCurrent(s.dir)
	if err != nil {
		return false, err
	}
	if s.current.generation.Manifest().ID == id && s.Fault() == nil { // only Refresh changes current
		return false, nil
	}
	g, err := openCurrent(s.dir, s.open)
	if err != nil {
		return false, err
	}
	s.mu.Lock()
	old := s.current
	s.current, s.fault = &held[G]{g, 1}, nil
	s.mu.Unlock()
	return true, s.drop(old)
}

// Follow refreshes the store until ctx ends, and tells of every move and every failure; a failure that lasts is told once.
func (s *Store[G]) Follow(ctx context.Context, every time.Duration, tell func(moved *Manifest, err error)) {
	Every(ctx, every, func(context.Context) (bool, error) { return s.Refresh() }, func(moved bool, err error) {
		switch {
		case err != nil:
			tell(nil, err)
		case moved:
			g, release := s.Acquire()
			tell(g.Manifest(), nil)
			release()
		}
	})
}

// Every steps again and again until ctx ends, with a pause before each step, and tells of every move and every failure; a failure
// that lasts is told once, and that it is over, too.
func Every(ctx context.Context, pause time.Duration, step func(context.Context) (moved bool, err error), tell func(moved bool, err error)) {
	tick := time.NewTicker(pause)
	defer tick.Stop()
	last := ""
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		moved, err := step(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && err.Error() != last:
			last = err.Error()
			tell(false, err)
		case err == nil && (moved || last != ""):
			last = ""
			tell(moved, nil)
		}
	}
}

// Close lets the current generation go. It closes when the last user has released it.
func (s *Store[G]) Close() error { return s.drop(s.current) }
