package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"rapporteur/search"
	"rapporteur/search/static"
	"rapporteur/search/store"
)

// placesName is the file of a data folder that says where else there is something made from it.
const placesName = "places.json"

// places are where the site of a data folder lies, and what was exported to where: an erased person is to be gone from there too.
type places struct {
	Site    string     `json:"site,omitempty"`
	Exports []exported `json:"exports,omitempty"`
	Erasing string     `json:"erasing,omitempty"` // digest of the decisions under which the exports were last renewed
}

// exported is an export to a file or folder.
type exported struct {
	Format string `json:"format"`
	Path   string `json:"path"` // absolute
}

// files are the files and folders that hold the export, as far as they are there. A static export lies among other files, such as the
// pages of the site itself, which are not its own; so may the tables of a csv export.
func (e exported) files() []string {
	names := []string{e.Path}
	switch info, err := os.Stat(e.Path); {
	case e.Format == "static":
		if files, err := static.Files(e.Path); err == nil {
			names = files
		}
	case e.Format == "csv" && err == nil && info.IsDir():
		names = nil
		for _, table := range search.Tables {
			names = append(names, filepath.Join(e.Path, table))
		}
	}
	return slices.DeleteFunc(names, func(name string) bool {
		_, err := os.Lstat(name)
		return err != nil
	})
}

// places reads what is noted. What cannot be read is as good as nothing.
func (a *app) places() places {
	var p places
	data, err := os.ReadFile(filepath.Join(a.dataDir(), placesName))
	if err != nil || json.Unmarshal(data, &p) != nil {
		return places{}
	}
	return p
}

// note changes what is noted, where that changes anything.
func (a *app) note(change func(*places)) error {
	p := a.places()
	before, err := json.Marshal(p)
	if err != nil {
		return err
	}
	change(&p)
	after, err := json.Marshal(p)
	if err != nil || string(after) == string(before) {
		return err
	}
	name := filepath.Join(a.dataDir(), placesName)
	if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() { // nothing of ours
		if err := os.RemoveAll(name); err != nil {
			return err
		}
	}
	return writeWhole(name, func(w io.Writer) error {
		_, err := w.Write(append(after, '\n'))
		return err
	})
}

// noteExport notes an export.
func (a *app) noteExport(format, path string) error {
	full, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	return a.note(func(p *places) {
		e := exported{format, full}
		if !slices.Contains(p.Exports, e) {
			p.Exports = append(p.Exports, e)
		}
	})
}

// renewExports writes the exports anew that were made before somebody was erased. One that is gone is forgotten; one that cannot
// be written is said.
func (a *app) renewExports(ctx context.Context, m *store.Manifest) (err error) {
	p := a.places()
	if m.Erasing == "" || p.Erasing == m.Erasing {
		return nil
	}
	kept := p.Exports[:0]
	if len(p.Exports) > 0 {
		generations, err := search.Open(a.dataDir())
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, generations.Close()) }()
		g, release := generations.Acquire()
		defer release()
		for _, e := range p.Exports {
			if _, err := os.Stat(e.Path); errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err := exportTo(ctx, a, g, e.Format, e.Path); err != nil {
				return fmt.Errorf("somebody is erased, and an export from before cannot be renewed: %w", err)
			}
			kept = append(kept, e)
		}
	}
	return a.note(func(p *places) { p.Exports, p.Erasing = kept, m.Erasing })
}
