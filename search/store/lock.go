package store

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gofrs/flock"
)

// LockedError says that another process writes to the data folder. PID is 0 where it is not known.
type LockedError struct {
	Dir string
	PID int
}

func (e *LockedError) Error() string {
	who := "another process"
	if e.PID > 0 {
		who = fmt.Sprintf("another process (pid %d)", e.PID)
	}
	return fmt.Sprintf("%s is writing to %s: wait until it is done, or end it", who, e.Dir)
}

// lock takes the one lock of writers. The system gives it back when the process ends, in whatever way.
func lock(dir string) (*flock.Flock, error) {
	name := filepath.Join(dir, "lock")
	if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() { // nothing of ours
		if err := os.RemoveAll(name); err != nil {
			return nil, fmt.Errorf("lock %s: %w", dir, err)
		}
	}
	l := flock.New(name)
	ok, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", dir, err)
	}
	if !ok {
		data, _ := os.ReadFile(name) // who holds it only words the error
		pid, _ := strconv.Atoi(strings.TrimSpace(string(data)))
		return nil, &LockedError{Dir: dir, PID: pid}
	}
	if err := os.WriteFile(name, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o644); err != nil {
		l.Unlock()
		return nil, fmt.Errorf("lock %s: %w", dir, err)
	}
	return l, nil
}
