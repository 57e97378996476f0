package pipeline

import (
	"context"
	"errors"
	"os"
	"sync/atomic"
	"testing"

	"rapporteur/ingest"
)

// A page that is too much for the program is drafted again the next time: what came to nothing is not kept.
func TestFaultsAreNotKept(t *testing.T) {
	dir := t.TempDir()
	page := func() *ingest.Page { return &ingest.Page{Path: "a.md", Title: "a"} }
	c := openCache(dir, draftsName, "1")
	var fault *draftFault
	_, err := c.draft(t.Context(), page(), &drafting{make: func(*ingest.Page) *ingest.Record { panic("too much") }})
	if !errors.As(err, &fault) || fault.Error() != "too much" {
		t.Errorf("a panic gives %v", err)
	}
	if err := c.close(); err != nil {
		t.Fatal(err)
	}
	d := new(drafter)
	r, err := openCache(dir, draftsName, "1").draft(t.Context(), page(), &drafting{make: d.draft})
	if err != nil || len(r.Organisations) != 1 || d.asked != 1 {
		t.Errorf("the next time: %+v, %v, asked %d times", r, err, d.asked)
	}
}

// abroad drafts pages as another machine does; of every third it makes nothing.
type abroad struct {
	free        chan struct{}
	drafter     *Drafter
	asked, done atomic.Int64
}

func (a *abroad) Free() <-chan struct{} { return a.free }

func (a *abroad) Do(_ context.Context, page []byte) []byte {
	defer func() { a.free <- struct{}{} }()
	if a.asked.Add(1)%3 == 0 {
		return nil
	}
	data, err := a.drafter.Draft(page)
	if err != nil {
		return []byte("{")
	}
	a.done.Add(1)
	return data
}

// Pages that travel to other machines give the same site and the same cache, byte for byte.
func TestOthersGiveTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the site by several at once")
	}
	drafter, err := NewDrafter()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := drafter.Draft([]byte("no page")); err == nil {
		t.Error("what is no page is drafted")
	}
	alone, together := Options{CacheDir: t.TempDir(), Version: "1"}, Options{CacheDir: t.TempDir(), Version: "1"}
	a := &abroad{free: make(chan struct{}, 8), drafter: drafter}
	for range cap(a.free) {
		a.free <- struct{}{}
	}
	together.Others = a
	fsys := os.DirFS(invented)
	want := asJSON(t, read(t, fsys, alone))
	if got := asJSON(t, read(t, fsys, together)); got != want {
		t.Error("another site than one machine gives")
	}
	if a.done.Load() < 10 {
		t.Errorf("only %d pages were drafted by others", a.done.Load())
	}
	var files [2]string
	for i, o := range []Options{alone, together} {
		text, err := os.ReadFile(o.CacheDir + "/drafts")
		if err != nil {
			t.Fatal(err)
		}
		files[i] = string(text)
	}
	if files[0] != files[1] {
		t.Error("the cache is another one than one machine keeps")
	}
	asked := a.asked.Load()
	if got := asJSON(t, read(t, fsys, together)); got != want || a.asked.Load() != asked {
		t.Errorf("what the cache has is given out: %d pages", a.asked.Load()-asked)
	}
	together.CacheDir = ""
	if got := asJSON(t, read(t, fsys, together)); got != want {
		t.Error("without a cache: another site than one machine gives")
	}
}
