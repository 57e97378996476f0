package search

import (
	"context"
	"errors"
	"io/fs"
	"sync"
	"time"
)

// Store gives out the current generation of a data folder. Moving to the next one disturbs nobody: who has acquired
// the old one keeps it until they release it.
type Store struct {
	dir     string
	refresh sync.Mutex // one move at a time
	mu      sync.Mutex // guards current and every held.users
	current *held
}

// held is an open generation with the number of those who use it, the store being one of them.
type held struct {
	*Generation
	users int
}

// Open opens the current generation of a data folder for reading. ErrNoGeneration says that there is none yet, ErrFormat
// that another version of the program wrote it, ErrDamaged that its files are not what was written.
func Open(dataDir string) (*Store, error) {
	g, err := openCurrent(dataDir)
	if err != nil {
		return nil, err
	}
	return &Store{dir: dataDir, current: &held{g, 1}}, nil
}

// openCurrent opens what CURRENT names. A writer may collect a generation between the two; then CURRENT has moved on.
func openCurrent(dir string) (*Generation, error) {
	id, err := readCurrent(dir)
	for err == nil {
		g, openErr := openGeneration(generationDir(dir, id))
		if openErr == nil {
			return g, nil
		}
		last := id
		if id, err = readCurrent(dir); err == nil && id == last {
			if errors.Is(openErr, fs.ErrNotExist) {
				return nil, errors.Join(ErrDamaged, openErr)
			}
			return nil, openErr
		}
	}
	return nil, err
}

// Acquire returns the current generation. It stays open until release is called, which may be done more than once.
func (s *Store) Acquire() (g *Generation, release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.current
	h.users++
	var once sync.Once
	return h.Generation, func() { once.Do(func() { s.drop(h) }) }
}

func (s *Store) drop(h *held) error {
	s.mu.Lock()
	h.users--
	last := h.users == 0
	s.mu.Unlock()
	if last {
		return h.close()
	}
	return nil
}

// Refresh moves to the generation that CURRENT names now, and reports whether that is another one. If it cannot be
// opened, the store stays where it is.
func (s *Store) Refresh() (moved bool, err error) {
	s.refresh.Lock()
	defer s.refresh.Unlock()
	id, err := readCurrent(s.dir)
	if err != nil {
		return false, err
	}
	if s.current.manifest.ID == id { // only Refresh changes current
		return false, nil
	}
	g, err := openCurrent(s.dir)
	if err != nil {
		return false, err
	}
	s.mu.Lock()
	old := s.current
	s.current = &held{g, 1}
	s.mu.Unlock()
	return true, s.drop(old)
}

// Follow refreshes the store until ctx ends, and tells of every move and every failure; a failure that lasts is told once.
func (s *Store) Follow(ctx context.Context, every time.Duration, tell func(moved *Manifest, err error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	last := ""
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		moved, err := s.Refresh()
		switch {
		case err != nil && err.Error() != last:
			last = err.Error()
			tell(nil, err)
		case moved:
			last = ""
			g, release := s.Acquire()
			tell(g.Manifest(), nil)
			release()
		}
	}
}

// Close lets the current generation go. It closes when the last user has released it.
func (s *Store) Close() error { return s.drop(s.current) }
