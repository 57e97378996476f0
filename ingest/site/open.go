package site

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// Open makes one site of the paths that a user names: a folder, or files and folders that belong together. The site of
// several paths is the nearest folder around them that holds a generator's configuration, else the nearest folder around
// them, and has no other pages than the ones named.
func Open(paths ...string) (fs.FS, error) {
	if len(paths) == 0 {
		return nil, fmt.Errorf("no path given")
	}
	var full []string
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, fmt.Errorf("finding %s: %w", p, err)
		}
		info, err := os.Stat(abs)
		if err != nil {
			return nil, fmt.Errorf("finding the site: %w", err)
		}
		if len(paths) == 1 && info.IsDir() {
			return os.DirFS(abs), nil
		}
		full = append(full, abs)
	}
	root := filepath.Dir(full[0])
	for _, p := range full[1:] {
		for root != filepath.Dir(root) && !within(root, p) {
			root = filepath.Dir(root)
		}
	}
	root = around(root)
	chosen := &selection{FS: os.DirFS(root)}
	for _, p := range full {
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return nil, fmt.Errorf("finding %s in %s: %w", p, root, err)
		}
		chosen.names = append(chosen.names, filepath.ToSlash(rel))
	}
	sort.Strings(chosen.names)
	return chosen, nil
}

// within says whether p lies in the folder dir.
func within(dir, p string) bool {
	return strings.HasPrefix(p, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}

// around finds the site that a folder is a part of: the nearest one, going up, with a configuration; without one the
// folder that a collection of Jekyll lies in; else the folder itself.
func around(dir string) string {
	const levels = 6
	for up, n := dir, 0; n < levels; up, n = filepath.Dir(up), n+1 {
		for _, name := range []string{"_config.yml", "_config.yaml", "_config.toml", "hugo.toml", "hugo.yaml", ".eleventy.js", "eleventy.config.js", "rapporteur.yaml"} {
			if info, err := os.Stat(filepath.Join(up, name)); err == nil && info.Mode().IsRegular() {
				return up
			}
		}
		if info, err := os.Stat(filepath.Join(up, "content")); err == nil && info.IsDir() {
			for _, name := range []string{"config.toml", "config.yaml", "config.yml", "config.json", "config"} {
				if _, err := os.Stat(filepath.Join(up, name)); err == nil {
					return up
				}
			}
		}
	}
	if strings.HasPrefix(filepath.Base(dir), "_") {
		return filepath.Dir(dir)
	}
	return dir
}

// selection is a folder of which only some names, and what leads to them, can be seen. Settings are not pages and stay in sight.
type selection struct {
	fs.FS
	names []string // sorted
}

// ReadDir lists what of a folder was chosen.
func (s *selection) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(s.FS, name)
	if err != nil {
		return nil, err
	}
	kept := list[:0]
	for _, d := range list {
		full := d.Name()
		if name != "." {
			full = name + "/" + d.Name()
		}
		if s.shows(full) {
			kept = append(kept, d)
		}
	}
	return kept, nil
}

func (s *selection) shows(name string) bool {
	for _, n := range s.names {
		if n == name || strings.HasPrefix(n, name+"/") || strings.HasPrefix(name, n+"/") || n == "." {
			return true
		}
	}
	return false
}
