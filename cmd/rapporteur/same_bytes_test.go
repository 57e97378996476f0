package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapporteur/search/answer"
	"rapporteur/search/store"

	"rapporteur/ingest/pipeline"
	"rapporteur/search"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// ownFiles are those whose bytes are ours. Bleve lays a segment out in another order each time; its answers are compared.
var ownFiles = cmpopts.IgnoreSliceElements(func(f store.File) bool { return strings.HasPrefix(f.Path, "index/") })

// ownSum leaves out the checksum of the manifest, which takes in those of the index.
var ownSum = cmpopts.IgnoreFields(store.Manifest{}, "Sum")

// answers asks searches of what an app has built.
func answers(t *testing.T, a *app) []*answer.Response {
	t.Helper()
	store, err := search.Open(a.dataDir())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	g, release := store.Acquire()
	defer release()
	var all []*answer.Response
	for _, query := range []string{"", "ports", "logs", "tide", "Philippa Larkspur", "council publish", "harbuor"} {
		found, err := g.Search(t.Context(), answer.Request{Query: query, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		found.TookMS = 0
		all = append(all, found)
	}
	return all
}

// A site that changes step by step gives after each step the same files, byte for byte, and the same answers as one that
// is read for the first time: with what is kept between runs on disk, and with what a server keeps in memory besides.
func TestAChangedSiteGivesWhatAFreshOneGives(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a site many times")
	}
	site := t.TempDir()
	if err := os.CopyFS(site, os.DirFS("../../testdata/site")); err != nil {
		t.Fatal(err)
	}
	ingest := func(a *app) *store.Manifest {
		t.Helper()
		in, err := a.ingestSite(t.Context(), site)
		if err != nil {
			t.Fatal(err)
		}
		return in.Manifest
	}
	newOne := func() *app {
		a := newApp(strings.NewReader(""), io.Discard, io.Discard, func(string) string { return "" })
		a.dataFlag = filepath.Join(t.TempDir(), "data")
		return a
	}
	change := func(path string, edit func(text string) string) {
		t.Helper()
		name := filepath.Join(site, path)
		text, err := os.ReadFile(name)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(edit(string(text))), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	events, err := filepath.Glob(filepath.Join(site, "_events", "*.md"))
	if err != nil || len(events) < 10 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	people, err := filepath.Glob(filepath.Join(site, "_people", "*.md"))
	if err != nil || len(people) < 2 {
		t.Fatalf("%d people, %v", len(people), err)
	}
	relative := func(name string) string {
		path, err := filepath.Rel(site, name)
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	onDisk, served := newOne(), newOne()
	served.memory = &pipeline.Memory{}
	last := ""
	for _, step := range []struct {
		what string
		do   func()
	}{
		{"the site as it is", func() {}},
		{"a paragraph more", func() {
			change(relative(events[3]), func(s string) string {
				return s + "\n\nPhilippa Larkspur, Chair of the Tidewater Trust, said that ports should publish their logs.\n"
			})
		}},
		{"a page more", func() {
			change("_events/2032-01-02-new.md", func(string) string {
				return "---\ntitle: New\ndate: 2032-01-02\n---\n\nPhilippa Larkspur of the Tidewater Trust spoke.\n\n## Recommendations\n\n- Ports " +
					"should publish their logs.\n"
			})
		}},
		{"a page less", func() {
			if err := os.Remove(events[5]); err != nil {
				t.Fatal(err)
			}
		}},
		{"a page of another name", func() {
			if err := os.Rename(events[6], filepath.Join(site, "_events", "2031-12-24-renamed.md")); err != nil {
				t.Fatal(err)
			}
		}},
		{"a person of another name", func() {
			change(relative(people[0]), func(s string) string {
				return strings.Replace(s, "title: ", "title: Zenobia ", 1)
			})
		}},
		{"a decision", func() {
			change("rapporteur.yaml", func(s string) string { return s + "\nalias:\n  Philippa Larkspur: [Pip Larkspur]\n" })
		}},
		{"as before the decision", func() {
			change("rapporteur.yaml", func(s string) string { i := strings.LastIndex(s, "\nalias:"); return s[:i] })
		}},
	} {
		step.do()
		first := newOne()
		fresh := ingest(first)
		found := answers(t, first)
		for kept, a := range map[string]*app{"on disk": onDisk, "in memory": served} {
			if diff := cmp.Diff(fresh, ingest(a), ownFiles, ownSum); diff != "" {
				t.Errorf("%s, what is kept %s (-fresh +kept):\n%s", step.what, kept, diff)
			}
			if diff := cmp.Diff(found, answers(t, a)); diff != "" {
				t.Errorf("%s, what is kept %s (-fresh +kept):\n%s", step.what, kept, diff)
			}
		}
		if fresh.ID == last {
			t.Errorf("%s: nothing has changed", step.what)
		}
		last = fresh.ID
	}
}
