package publish_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rapporteur/ingest/invent"
	"rapporteur/ingest/storetest"
	"rapporteur/search"
	"rapporteur/search/publish"
	"rapporteur/search/store"
)

// edition builds an edition of an invented site in a data folder: one page has other words than in the other editions.
func edition(t testing.TB, number int, erasing string) (dataDir string, m *store.Manifest) {
	t.Helper()
	site := invent.Site(12, 1)
	site.Records[0].Title = fmt.Sprintf("Gathering, edition %d", number)
	site.Erasing = erasing
	dataDir = t.TempDir()
	m, err := search.Build(t.Context(), dataDir, site)
	if err != nil {
		t.Fatal(err)
	}
	return dataDir, m
}

func open(t testing.TB, where string) publish.Store {
	t.Helper()
	s, err := publish.Open(where)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func mustPublish(t testing.TB, s publish.Store, dataDir string) *publish.Report {
	t.Helper()
	r, err := publish.Publish(t.Context(), s, dataDir, publish.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// currentID is the generation of a data folder, opened as its readers do.
func currentID(t testing.TB, dataDir string) string {
	t.Helper()
	s, err := search.Open(dataDir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Fault(); err != nil {
		t.Error(err)
	}
	g, release := s.Acquire()
	defer release()
	return g.Manifest().ID
}

func follow(s publish.Store, dataDir string) *publish.Follower {
	return publish.Follow(s, dataDir, search.Contents{}.Try)
}

// stores runs a test on each kind of store; where has %s in the place of the site's name.
func stores(t *testing.T, test func(t *testing.T, where string)) {
	t.Run("folder", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "%s")) })
	t.Run("s3", func(t *testing.T) { test(t, "s3://sites/%s"+storetest.StartS3(t, "sites")) })
	t.Run("nats", func(t *testing.T) {
		test(t, "nats://"+storetest.Start(t, 1, "").Hosts()+"/%s")
	})
}

// What is published is what readers get, byte for byte; an edit ships little; what is no longer wanted goes; a publisher whose
// work another has overtaken is told.
func TestStores(t *testing.T) {
	one, first := edition(t, 1, "")
	two, second := edition(t, 2, "")
	three, _ := edition(t, 3, "")
	erased, without := edition(t, 4, "somebody")
	stores(t, func(t *testing.T, where string) {
		ctx := t.Context()
		s, reader := open(t, fmt.Sprintf(where, "harbour")), t.TempDir()
		f := follow(open(t, fmt.Sprintf(where, "harbour")), reader)
		if _, err := f.Step(ctx); !errors.Is(err, publish.ErrNothing) {
			t.Fatalf("an empty store gives %v", err)
		}
		whole := mustPublish(t, s, one)
		if whole.Generation != first.ID || whole.SentChunks == 0 || whole.Sequence != 1 {
			t.Errorf("%+v", whole)
		}
		if moved, err := f.Step(ctx); err != nil || !moved || currentID(t, reader) != first.ID {
			t.Fatalf("moved %v, %v, to %s; want %s", moved, err, currentID(t, reader), first.ID)
		}
		if moved, err := f.Step(ctx); err != nil || moved {
			t.Errorf("with nothing new, moved %v, %v", moved, err)
		}
		if r := mustPublish(t, s, one); !r.UpToDate || r.Sent != 0 {
			t.Errorf("once more gives %+v", r)
		}
		fetched := f.Status().Fetched
		edit := mustPublish(t, s, two)
		if edit.Sequence != 2 || edit.SentChunks >= whole.SentChunks {
			t.Errorf("an edit ships %+v, the whole %+v", edit, whole)
		}
		if moved, err := f.Step(ctx); err != nil || !moved || currentID(t, reader) != second.ID {
			t.Fatalf("moved %v, %v", moved, err)
		}
		if again := f.Status().Fetched - fetched; again >= fetched {
			t.Errorf("an edit fetches %d bytes, the whole %d", again, fetched)
		}
		equalFiles(t, two, reader, second.ID)

		// A third takes the place of the first, of which nothing is left that the others do not have.
		mustPublish(t, s, three)
		names, err := s.List(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(names); got > whole.SentChunks+2*edit.SentChunks+2 {
			t.Errorf("%d objects are kept of two generations of %d chunks", got, whole.Chunks)
		}
		// Where somebody is erased, nothing of before is left, here or at the readers.
		r := mustPublish(t, s, erased)
		if names, err = s.List(ctx); err != nil || len(names) != uniqueChunks(t, erased)+1 {
			t.Errorf("%d objects are left of %d chunks, %v", len(names), r.Chunks, err)
		}
		if _, err := f.Step(ctx); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(filepath.Join(reader, "generations"))
		if err != nil || len(entries) != 1 || entries[0].Name() != without.ID {
			t.Errorf("the reader keeps %v, %v", entries, err)
		}

		// Of two that publish at the same time one wins, and the other is told by whom it was overtaken.
		racing(t, fmt.Sprintf(where, "quay"), 4, one, two)
		all := strings.Replace(where, "%s", "", 1)
		sites, err := publish.Sites(ctx, all)
		if err != nil || strings.Join(sites, " ") != "harbour quay" {
			t.Errorf("the sites there are %q, %v", sites, err)
		}
		for _, name := range sites {
			s, err := publish.OpenSite(all, name)
			if err != nil {
				t.Fatal(err)
			}
			if pointer, _, err := s.Pointer(ctx); err != nil || len(pointer) == 0 {
				t.Errorf("%s is listed, and opens with %q, %v", name, pointer, err)
			}
			s.Close()
		}
	})
}

// uniqueChunks is how many different chunks there are in a publication: publishing once more into a new store tells.
func uniqueChunks(t testing.TB, dataDir string) int {
	t.Helper()
	r := mustPublish(t, open(t, filepath.Join(t.TempDir(), "store")), dataDir)
	return r.SentChunks
}

// equalFiles holds a generation of one data folder against that of another.
func equalFiles(t testing.TB, dataDir, reader, id string) {
	t.Helper()
	base := filepath.Join(dataDir, "generations", id)
	err := filepath.WalkDir(base, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		path, _ := filepath.Rel(base, name)
		want, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		got, err := os.ReadFile(filepath.Join(reader, "generations", id, path))
		if err != nil || string(got) != string(want) {
			t.Errorf("%s is not what was published (%v)", path, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// racing lets two publishers of different generations run at the same time, some rounds. What they leave can be read.
func racing(t testing.TB, where string, rounds int, dataDirs ...string) {
	t.Helper()
	f := follow(open(t, where), t.TempDir())
	won, told := 0, 0
	for range rounds {
		var wg sync.WaitGroup
		errs := make([]error, len(dataDirs))
		for i, dir := range dataDirs {
			s := open(t, where)
			wg.Go(func() { _, errs[i] = publish.Publish(t.Context(), s, dir, publish.Options{Anew: true}) })
		}
		wg.Wait()
		fine := 0
		for _, err := range errs {
			switch {
			case err == nil:
				fine++
			case errors.Is(err, publish.ErrConflict) && strings.Contains(err.Error(), "process"):
				told++
			default:
				t.Errorf("a publisher that lost is told: %v", err)
			}
		}
		if fine == 0 {
			t.Error("of two publishers none has won")
		}
		won += fine
		if _, err := f.Step(t.Context()); err != nil {
			t.Errorf("after a race: %v", err)
		}
	}
	if f.Status().Sequence != won {
		t.Errorf("%d have won, but the pointer has moved %d times", won, f.Status().Sequence)
	}
	t.Logf("%d won, %d were told", won, told)
}

// A store that fails costs nothing but the publication, and says why.
func TestFaults(t *testing.T) {
	one, first := edition(t, 1, "")
	two, second := edition(t, 2, "")
	dir := filepath.Join(t.TempDir(), "store")
	whole, reader := open(t, dir), t.TempDir()
	mustPublish(t, whole, one)
	if _, err := follow(whole, reader).Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	before, err := whole.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	full := errors.New("no space left")
	for name, broken := range map[string]*faulty{
		"full":                  {Store: whole, put: func(n int) error { return errAfter(n, 2, full) }},
		"read-only":             {Store: whole, put: func(int) error { return os.ErrPermission }},
		"swap fails":            {Store: whole, swap: func() error { return os.ErrPermission }},
		"listing what is there": {Store: whole, list: os.ErrPermission},
	} {
		_, err := publish.Publish(t.Context(), broken, two, publish.Options{})
		if err == nil || !errors.Is(err, full) && !errors.Is(err, os.ErrPermission) {
			t.Errorf("%s: %v", name, err)
		}
		if after, err := whole.List(t.Context()); err != nil || strings.Join(after, " ") != strings.Join(before, " ") {
			t.Errorf("%s: %d objects are left, there were %d", name, len(after), len(before))
		}
		if f := follow(whole, reader); must(f.Step(t.Context())) || currentID(t, reader) != first.ID {
			t.Errorf("%s: the reader has moved", name)
		}
	}

	// An answer to the swap that is lost is no failure if the pointer says otherwise.
	lost := &faulty{Store: whole, after: errors.New("the line went dead")}
	if r, err := publish.Publish(t.Context(), lost, two, publish.Options{}); err != nil || r.Sequence != 2 {
		t.Errorf("swapped, but the answer was lost: %+v, %v", r, err)
	}

	// A reader refuses what is damaged or gone, names it, and stays with what it has.
	names, err := whole.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	new := map[string]bool{}
	for _, name := range names {
		new[name] = true
	}
	for _, name := range before {
		delete(new, name)
	}
	if len(new) == 0 {
		t.Fatal("the second edition has put nothing")
	}
	for name := range new {
		file := filepath.Join(dir, "objects", name)
		good, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		bad := append([]byte{}, good...)
		bad[len(bad)/2] ^= 1
		for what, damage := range map[string]func() error{
			"flipped":  func() error { return os.WriteFile(file, bad, 0o644) },
			"cut off":  func() error { return os.Truncate(file, int64(len(good)/2)) },
			"vanished": func() error { return os.Remove(file) },
		} {
			if err := damage(); err != nil {
				t.Fatal(err)
			}
			f := follow(whole, reader)
			_, err := f.Step(t.Context())
			if err == nil || !strings.Contains(err.Error(), name) || currentID(t, reader) != first.ID || f.Status().Fault == nil {
				t.Errorf("%s %s: %v", what, name, err)
			}
			if err := os.WriteFile(file, good, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	// Another process holds the data folder; the store is away; it is slow. Then all is well again.
	w, err := store.OpenWriter(reader)
	if err != nil {
		t.Fatal(err)
	}
	f := follow(whole, reader)
	var locked *store.LockedError
	if _, err := f.Step(t.Context()); !errors.As(err, &locked) {
		t.Errorf("a data folder that is written to: %v", err)
	}
	w.Close()
	if err := os.Rename(dir, dir+"-away"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Step(t.Context()); err == nil || f.Status().Failures != 2 {
		t.Errorf("a store that is away: %v, %+v", err, f.Status())
	}
	if err := os.Rename(dir+"-away", dir); err != nil {
		t.Fatal(err)
	}
	slow, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = follow(&faulty{Store: whole, slow: true}, reader).Step(slow)
	if !errors.Is(err, context.DeadlineExceeded) || currentID(t, reader) != first.ID {
		t.Errorf("a store that is slow: %v", err)
	}
	if moved, err := f.Step(t.Context()); err != nil || !moved || currentID(t, reader) != second.ID || f.Status().Fault != nil {
		t.Errorf("all is well again: %v, %v, %+v", moved, err, f.Status())
	}

	// Another version of the program reads nothing that it may misread.
	pointer, revision, err := whole.Pointer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var p map[string]any
	if err := json.Unmarshal(pointer, &p); err != nil {
		t.Fatal(err)
	}
	p["format"] = 99
	if pointer, err = json.Marshal(p); err != nil {
		t.Fatal(err)
	}
	if err := whole.Swap(t.Context(), pointer, revision); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Step(t.Context()); !errors.Is(err, store.ErrFormat) || currentID(t, reader) != second.ID {
		t.Errorf("another version: %v", err)
	}
	if _, err := publish.Publish(t.Context(), whole, one, publish.Options{}); !errors.Is(err, store.ErrFormat) {
		t.Errorf("publishing over another version: %v", err)
	}
}

func must(moved bool, err error) bool { return moved || err != nil }

func errAfter(n, good int, err error) error {
	if n > good {
		return err
	}
	return nil
}

// faulty is a store that fails.
type faulty struct {
	publish.Store
	put   func(n int) error // n counts from 1
	list  error
	swap  func() error
	after error // after the swap was made
	slow  bool

	mu sync.Mutex
	n  int
}

func (f *faulty) Put(ctx context.Context, name string, data []byte) error {
	f.mu.Lock()
	f.n++
	n := f.n
	f.mu.Unlock()
	if f.put != nil {
		if err := f.put(n); err != nil {
			return err
		}
	}
	return f.Store.Put(ctx, name, data)
}

func (f *faulty) Get(ctx context.Context, name string) ([]byte, error) {
	if f.slow {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return f.Store.Get(ctx, name)
}

func (f *faulty) List(ctx context.Context) ([]string, error) {
	if f.list != nil {
		return nil, f.list
	}
	return f.Store.List(ctx)
}

func (f *faulty) Swap(ctx context.Context, data []byte, revision string) error {
	if f.swap != nil {
		return f.swap()
	}
	if err := f.Store.Swap(ctx, data, revision); err != nil {
		return err
	}
	return f.after
}

// What is no store, or says too little, is told what to write.
func TestOpen(t *testing.T) {
	for _, where := range []string{"", "ftp://x/y", "nats://", "nats://host", "nats://host/a b", "nats://h/n?replicas=9",
		"nats://h/n?colour=red",
		"s3://", "s3://user:word@bucket", "s3://bucket/p?endpoint=host", "s3://bucket?colour=red", "nats://me:secret@host"} {
		s, err := publish.Open(where)
		if err == nil {
			s.Close()
			t.Errorf("%q is opened", where)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%q tells a password: %v", where, err)
		}
	}
}
