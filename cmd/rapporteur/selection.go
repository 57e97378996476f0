package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"rapporteur/ingest/site"
)

// siteFiles are the files that say "here a site begins".
var siteFiles = []string{
	"rapporteur.yaml", "_config.yml", "_config.yaml", "_config.toml", "hugo.toml", "hugo.yaml", "hugo.json",
	"config.toml", "config.yaml", "config.yml", "config.json",
	".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs",
}

// levelsUp is how far above the files that were given the beginning of their site is looked for.
const levelsUp = 4

// selection is a site of which only some files and folders are seen. Its settings, and the data that pages refer to, always are.
type selection struct {
	fs.FS
	picked []string // slash paths below the root of FS; "." is all
}

// selectPaths makes one site of files and folders: the smallest site folder that holds them all, seen as far as they go.
// picked are the paths within it, in the order given.
func selectPaths(names []string) (fsys fs.FS, picked []string, err error) {
	var abs []string
	root := ""
	for _, name := range names {
		full, err := filepath.Abs(name)
		if err != nil {
			return nil, nil, err
		}
		info, err := os.Stat(full)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil, fmt.Errorf("there is no file or folder %s", name)
		}
		if err != nil {
			return nil, nil, err
		}
		dir := full
		if !info.IsDir() {
			dir = filepath.Dir(full)
		}
		if root == "" {
			root = dir
		}
		for !within(dir, root) {
			root = filepath.Dir(root)
		}
		abs = append(abs, full)
	}
	root = siteRoot(root)
	for _, full := range abs {
		rel, err := filepath.Rel(root, full)
		if err != nil {
			return nil, nil, fmt.Errorf("place %s in its site: %w", full, err)
		}
		picked = append(picked, filepath.ToSlash(rel))
	}
	dir, err := site.Dir(root)
	if err != nil {
		return nil, nil, err
	}
	return &selection{dir, picked}, picked, nil
}

func within(name, dir string) bool {
	rel, err := filepath.Rel(dir, name)
	return err == nil && filepath.IsLocal(rel)
}

// siteRoot goes up from dir to where its site begins: to settings, else out of Jekyll's folders of pages ("_events").
func siteRoot(dir string) string {
	up := dir
	for range levelsUp + 1 {
		if slices.ContainsFunc(siteFiles, func(name string) bool {
			_, err := os.Stat(filepath.Join(up, name))
			return err == nil
		}) {
			return up
		}
		if _, err := os.Stat(filepath.Join(up, ".git")); err == nil || filepath.Dir(up) == up {
			break
		}
		up = filepath.Dir(up)
	}
	if strings.HasPrefix(filepath.Base(dir), "_") {
		return filepath.Dir(dir)
	}
	return dir
}

// ReadDir leaves out what is not seen.
func (s *selection) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(s.FS, name)
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return !s.sees(path.Join(name, e.Name()), e.IsDir()) })
	return entries, err
}

// Open opens what is seen.
func (s *selection) Open(name string) (fs.File, error) {
	f, err := s.FS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && name != "." && !s.sees(name, info.IsDir()) {
		err = &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// Stat tells of what is seen.
func (s *selection) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(s.FS, name)
	if err == nil && name != "." && !s.sees(name, info.IsDir()) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return info, err
}

func (s *selection) sees(name string, dir bool) bool {
	top, _, _ := strings.Cut(name, "/")
	switch {
	case top == "_data", top == "data":
		return true
	case !strings.Contains(name, "/") && !dir && slices.Contains(siteFiles, name):
		return true
	}
	return slices.ContainsFunc(s.picked, func(p string) bool {
		return p == "." || name == p || strings.HasPrefix(name, p+"/") || dir && strings.HasPrefix(p, name+"/")
	})
}
