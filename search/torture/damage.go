package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// damage harms one file of the data folder after the other. Whatever it is: nothing false is said, check notices what is wrong
// with the current generation, and ingest mends it.
func damage(ctx context.Context, c *harness) error {
	first, err := c.built(ctx, 6)
	if err != nil {
		return err
	}
	if err := c.edit(); err != nil {
		return err
	}
	if !c.ingest(ctx) {
		return nil
	}
	states := []string{first, c.state(ctx)} // of the generation before and the current one
	for c.next(ctx) {
		files, err := filesBelow(c.data())
		if err != nil {
			return err
		}
		name := pick(c, files)
		how, changed, err := c.harmFile(name)
		if err != nil {
			return err
		}
		if !changed {
			continue
		}
		c.rounds++
		path, _ := filepath.Rel(c.data(), name)
		current, _ := os.ReadFile(filepath.Join(c.data(), "CURRENT"))
		of := strings.TrimSpace(string(current))
		if said := c.state(ctx); said != "" && said != states[0] && said != states[1] {
			c.count(mixed, "%s of %s: false answers", how, path)
		}
		c.call(ctx, "search", "locks")
		c.call(ctx, "show", speakers[0])
		checked := c.call(ctx, "check")
		if inCurrent := path == "CURRENT" || strings.HasPrefix(path, filepath.Join("generations",
			of)+string(filepath.Separator)); inCurrent && checked.code == 0 {
			c.count(lost, "%s of %s: check notices nothing", how, path)
		}
		if !c.ingest(ctx) {
			return nil
		}
		if c.state(ctx) != states[1] && ctx.Err() == nil {
			c.count(lost, "%s of %s: not mended by ingest", how, path)
		}
		c.whole(ctx)
	}
	return nil
}

// harmFile damages a file: its bytes, or it is gone, or it is a folder.
func (c *harness) harmFile(name string) (how string, changed bool, err error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return "", false, err
	}
	info, err := os.Stat(name)
	if err != nil {
		return "", false, err
	}
	switch which := c.random.IntN(len(manners) + 2); {
	case which == len(manners):
		return "loss", true, os.Remove(name)
	case which == len(manners)+1:
		if err := os.Remove(name); err != nil {
			return "", false, err
		}
		return "a folder instead", true, os.Mkdir(name, 0o755)
	case len(b) == 0 || filepath.Base(name) == "lock":
		return "", false, nil
	default:
		m := manners[which]
		harmed := m.do(c, bytes.Clone(b))
		if bytes.Equal(bytes.TrimSpace(harmed), bytes.TrimSpace(b)) {
			return "", false, nil
		}
		if err := os.WriteFile(name, harmed, 0o644); err != nil {
			return "", false, err
		}
		if c.random.IntN(2) == 0 { // as a rotting disk does it
			err = os.Chtimes(name, info.ModTime(), info.ModTime())
		}
		return m.name, true, err
	}
}

func filesBelow(dir string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			files = append(files, name)
		}
		return err
	})
	return files, err
}
