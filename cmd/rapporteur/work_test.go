package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/ingest/storetest"
	"rapporteur/search/store"
)

// program is this program as a process of its own.
func program(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Args[0] = "rapporteur" // by which TestMain knows what to be
	return cmd
}

// copies makes a site so large that workers have something to do.
func copies(t *testing.T, n int) (site string) {
	t.Helper()
	site = t.TempDir()
	if err := os.CopyFS(site, os.DirFS("../../testdata/site")); err != nil {
		t.Fatal(err)
	}
	events, err := filepath.Glob(filepath.Join(site, "_events", "*.md"))
	if err != nil || len(events) == 0 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	for _, name := range events {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := range n {
			other := strings.TrimSuffix(name, ".md") + strings.Repeat("-again", i+1) + ".md"
			if err := os.WriteFile(other, text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	return site
}

// With three nodes and three workers, one of them killed with SIGKILL while it reads, a site comes to what one machine makes of it, byte
// for byte. Then the nodes are gone, and it is read all the same.
func TestWorkersGiveTheSameBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("half a minute")
	}
	cluster := storetest.Start(t, 3, "")
	where := "nats://" + cluster.Hosts() + "/pages?replicas=3"
	site := copies(t, 5)
	newOne := func() *app {
		a := newApp(strings.NewReader(""), io.Discard, io.Discard, func(string) string { return "" })
		a.dataFlag = filepath.Join(t.TempDir(), "data")
		return a
	}
	var workers []*exec.Cmd
	said := make([]bytes.Buffer, 3)
	for i := range 3 {
		w := program("work", "--pages", "1", where)
		w.Stderr = &said[i]
		if err := w.Start(); err != nil {
			t.Fatal(err)
		}
		defer func() { w.Process.Kill(); w.Wait() }()
		workers = append(workers, w)
	}
	alone := newOne()
	want, err := alone.ingestSite(t.Context(), site)
	if err != nil {
		t.Fatal(err)
	}
	drafts := func(a *app) string {
		text, err := os.ReadFile(filepath.Join(a.dataDir(), "cache", "drafts"))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	hold := func(a *app, m *store.Manifest) {
		t.Helper()
		if diff := cmp.Diff(want.Manifest, m, ownFiles, ownSum); diff != "" {
			t.Errorf("not what one machine makes (-alone +with workers):\n%s", diff)
		}
		if drafts(a) != drafts(alone) {
			t.Error("drafts are not what one machine makes")
		}
	}
	with := newOne()
	var told bytes.Buffer
	with.err = &told
	time.AfterFunc(time.Second, func() { workers[0].Process.Kill() })
	in, err := with.ingestWith(t.Context(), where, site)
	if err != nil {
		t.Fatal(err)
	}
	hold(with, in.Manifest)
	if text := told.String(); !strings.Contains(text, " read by ") || strings.Contains(text, "0 pages were read by") {
		t.Errorf("workers have not taken part: %s", text)
	}
	t.Logf("%s", told.String())
	for _, w := range workers[1:] {
		w.Process.Signal(os.Interrupt)
		if err := w.Wait(); err != nil {
			t.Errorf("a worker that is told to end: %v", err)
		}
	}
	for i := range said[1:] {
		if !strings.Contains(said[i+1].String(), "read") {
			t.Errorf("a worker says %q", said[i+1].String())
		}
	}
	for i := range 3 {
		cluster.Kill(i)
	}
	without := newOne()
	told.Reset()
	without.err = &told
	if in, err = without.ingestWith(t.Context(), where, site); err != nil {
		t.Fatal(err)
	}
	hold(without, in.Manifest)
	if !strings.Contains(told.String(), "cannot be reached") {
		t.Errorf("the nodes are gone, and it says %q", told.String())
	}
}
