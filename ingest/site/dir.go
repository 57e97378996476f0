package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Dir is the folder of a site: its regular files and folders, and nothing beside them. A link that leads out of it, a named
// pipe, a socket or a device is not opened; the error says so.
func Dir(name string) (fs.FS, error) {
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return &dir{root, root.FS()}, nil
}

// dir is closed when nothing refers to it any more: os.Root sees to that.
type dir struct {
	root *os.Root
	fs.FS
}

// errNotRegular says why a file is not opened.
var errNotRegular = errors.New("no regular file, and so not read")

// Open opens what is a regular file or a folder.
func (d *dir) Open(name string) (fs.File, error) {
	if _, err := d.Stat(name); err != nil { // first, for to open a pipe is to wait
		return nil, err
	}
	return d.FS.Open(name)
}

// Stat tells of what is a regular file or a folder.
func (d *dir) Stat(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrInvalid}
	}
	info, err := d.root.Stat(name)
	if err != nil {
		if linked, lerr := d.root.Lstat(name); lerr == nil && linked.Mode()&fs.ModeSymlink != 0 && !errors.Is(err, fs.ErrNotExist) {
			err = &fs.PathError{Op: "open", Path: name, Err: fmt.Errorf("a link that leads out of the site, and so not followed")}
		}
		return nil, err
	}
	if !info.Mode().IsRegular() && !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errNotRegular}
	}
	return info, nil
}

// ReadDir lists a folder.
func (d *dir) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(d.FS, name) }
