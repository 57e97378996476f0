package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/gofrs/flock"
)

// folder is a store in a folder, which may be mounted from elsewhere: objects are files, and so is the pointer.
type folder struct{ dir string }

const (
	pointerFile   = "POINTER"
	objectsFolder = "objects"
	unfinished    = ".putting-" // begins the names of files that are being written
)

// openFolder opens a store in a folder, which need not be there yet.
func openFolder(dir string) Store { return &folder{dir} }

func (f *folder) object(name string) string { return filepath.Join(f.dir, objectsFolder, name) }

func (f *folder) Put(_ context.Context, name string, data []byte) error {
	if err := os.MkdirAll(filepath.Join(f.dir, objectsFolder), 0o755); err != nil {
		return err
	}
	return f.write(f.object(name), data)
}

// write writes a file among the objects, and moves it to its place.
func (f *folder) write(name string, data []byte) error {
	out, err := os.CreateTemp(filepath.Join(f.dir, objectsFolder), unfinished)
	if err != nil {
		return err
	}
	_, err = out.Write(data)
	err = errors.Join(err, out.Chmod(0o644), out.Sync(), out.Close())
	if err == nil {
		err = os.Rename(out.Name(), name)
	}
	if err != nil {
		os.Remove(out.Name()) // else the next publisher removes it
	}
	return err
}

func (f *folder) Get(_ context.Context, name string) ([]byte, error) {
	if name != filepath.Base(name) {
		return nil, fmt.Errorf("%q is no name of an object", name)
	}
	return os.ReadFile(f.object(name))
}

func (f *folder) List(context.Context) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(f.dir, objectsFolder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, err
}

func (f *folder) Delete(_ context.Context, name string) error {
	err := os.Remove(f.object(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Pointer's revision is its bytes: no two are the same, since each has the mark of its publisher's run.
func (f *folder) Pointer(context.Context) ([]byte, string, error) {
	data, err := os.ReadFile(filepath.Join(f.dir, pointerFile))
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(filepath.Join(f.dir, objectsFolder)); err != nil {
			if above := filepath.Dir(f.dir); !there(above) {
				return nil, "", fmt.Errorf("there is no folder %s: mount it, or make it", above)
			}
		}
		return nil, "", nil
	}
	return data, string(data), err
}

func there(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func (f *folder) Swap(ctx context.Context, data []byte, revision string) error {
	lock := flock.New(filepath.Join(f.dir, "lock")) // given back when the process ends, in whatever way
	if err := lock.Lock(); err != nil {
		return err
	}
	defer lock.Unlock()
	now, _, err := f.Pointer(ctx)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, []byte(revision)) {
		return ErrConflict
	}
	if err := syncFolder(filepath.Join(f.dir, objectsFolder)); err != nil { // what the pointer leads to, before the pointer
		return err
	}
	if err := f.write(filepath.Join(f.dir, pointerFile), data); err != nil {
		return err
	}
	return syncFolder(f.dir)
}

// syncFolder makes sure that a folder's entries are on the disk.
func syncFolder(name string) error {
	if runtime.GOOS == "windows" {
		return nil // Windows syncs no folders
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func (f *folder) Close() error { return nil }

// folders are the stores below a folder, by name.
func folders(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if _, err := os.Stat(filepath.Join(dir, e.Name(), pointerFile)); err == nil && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return names, nil
}
