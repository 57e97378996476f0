package main

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long a folder must be quiet before its change is reported: editors write a file in several steps.
const settle = 60 * time.Millisecond

// watchSites calls update whenever something has changed in one of the sites, until ctx ends.
func watchSites(ctx context.Context, sites []string, dataDir string, log *slog.Logger, background *sync.WaitGroup, update func()) error {
	list, err := listSites(sites)
	if err != nil {
		return err
	}
	for _, m := range list.members {
		changes, err := watchFolder(ctx, m.folder, dataDir)
		if err != nil && list.several { // that it is left out was told when it was read
			log.Error("not watched", "site", m.key, "error", err)
			continue
		}
		if err != nil {
			return err
		}
		background.Go(func() {
			for range changes {
				update()
			}
		})
	}
	return nil
}

// watchFolder reports that something below a folder has changed, once it has been quiet for a moment. What changes while
// a report is being dealt with is reported after it. Hidden folders, node_modules and the data folder are left out.
// The channel closes when ctx ends.
func watchFolder(ctx context.Context, folder, dataDir string) (<-chan struct{}, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch %s: %w", folder, err)
	}
	data, err := filepath.Abs(dataDir)
	if err != nil {
		return nil, err
	}
	if err := watchBelow(w, folder, data); err != nil {
		w.Close()
		return nil, fmt.Errorf("watch %s: %w", folder, err)
	}
	changes := make(chan struct{}, 1)
	go func() {
		defer close(changes)
		defer w.Close()
		quiet := time.NewTimer(settle)
		quiet.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case e, ok := <-w.Events:
				if !ok {
					return
				}
				if e.Op == fsnotify.Chmod || unwatched(e.Name, data) {
					continue
				}
				if e.Has(fsnotify.Rename) {
					forgetBelow(w, e.Name)
				}
				if e.Has(fsnotify.Create) {
					watchBelow(w, e.Name, data) // a file, or gone again: then there is nothing to watch
				}
				quiet.Reset(settle)
			case <-w.Errors: // events were lost: look at everything
				quiet.Reset(settle)
			case <-quiet.C:
				// A folder that was renamed has lost its watch, and so have those within it: all are watched anew.
				watchBelow(w, folder, data)
				select {
				case changes <- struct{}{}:
				default: // one is waiting already
				}
			}
		}
	}()
	return changes, nil
}

// forgetBelow lets go of the watches on a folder that has another name now, and on those in it: they bear the old names.
func forgetBelow(w *fsnotify.Watcher, folder string) {
	for _, name := range w.WatchList() {
		if name == folder || strings.HasPrefix(name, folder+string(filepath.Separator)) {
			w.Remove(name) // it may be gone already
		}
	}
}

// watchBelow watches a folder and all folders in it.
func watchBelow(w *fsnotify.Watcher, folder, data string) error {
	return filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == folder:
			return err
		case err != nil || !d.IsDir():
			return nil
		case name != folder && unwatched(name, data):
			return fs.SkipDir
		}
		return w.Add(name)
	})
}

func unwatched(name, data string) bool {
	base := filepath.Base(name)
	if base == "node_modules" || strings.HasPrefix(base, ".") && base != "." && base != ".." || strings.HasSuffix(base, "~") {
		return true
	}
	abs, err := filepath.Abs(name)
	return err == nil && (abs == data || strings.HasPrefix(abs, data+string(filepath.Separator)))
}
