package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"rapporteur/ingest/curation"
	"rapporteur/search/web"
)

// deskPatience is how long somebody at the desk waits for the site to be read again.
const deskPatience = 6 * time.Second

// siteDesk keeps the decisions of a site in its folder.
type siteDesk struct {
	site    string
	rebuild func() // reads the site again

	mu sync.Mutex
}

func (d *siteDesk) file() string { return filepath.Join(d.site, curation.FileName) }

// Load implements web.Desk.
func (d *siteDesk) Load() ([]byte, error) {
	b, err := os.ReadFile(d.file())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the decisions: %w", err)
	}
	return b, nil
}

// Keep implements web.Desk.
func (d *siteDesk) Keep(ctx context.Context, was, now []byte) (done bool, err error) {
	if err := d.replace(was, now); err != nil {
		return false, err
	}
	built := make(chan struct{})
	go func() {
		defer close(built)
		d.rebuild()
	}()
	select {
	case <-built:
		return true, nil
	case <-time.After(deskPatience):
	case <-ctx.Done():
	}
	return false, nil
}

// replace writes the file in one step. Half a file is never seen, and one that says something else than was is left alone.
func (d *siteDesk) replace(was, now []byte) (err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	is, err := d.Load()
	if err != nil {
		return err
	}
	if !bytes.Equal(is, was) {
		return web.ErrMoved
	}
	if len(now) == 0 { // as it was before the first decision
		return os.Remove(d.file())
	}
	f, err := os.CreateTemp(d.site, ".rapporteur-*.yaml")
	if err != nil {
		return fmt.Errorf("write the decisions: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("write the decisions: %w", err), f.Close(), os.Remove(f.Name()))
		}
	}()
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(d.file()); err == nil {
		mode = info.Mode().Perm()
	}
	if _, err := f.Write(now); err != nil {
		return err
	}
	if err := errors.Join(f.Chmod(mode), f.Sync()); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), d.file())
}

// newDeskToken makes the token with which the desk of this run opens.
func newDeskToken() string {
	b := make([]byte, 16)
	rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// onlyHere reports whether an address to listen on is of this machine alone.
func onlyHere(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
