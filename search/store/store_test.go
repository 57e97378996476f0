package store

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rapporteur/ingest"
)

// opened is a generation of these tests: the documents of a site, which are its pages.
type opened struct {
	*Documents
	manifest *Manifest
}

func (g *opened) Manifest() *Manifest { return g.manifest }

func openDocuments(dir string, m *Manifest) (*opened, error) {
	d, err := OpenDocuments(dir)
	return &opened{d, m}, err
}

func openStore(dir string) (*Store[*opened], error) { return Open(dir, openDocuments) }

type contents struct{}

func (contents) Write(ctx context.Context, dir string, site *ingest.Site, digests []Digest, old *Old) error {
	if err := os.WriteFile(filepath.Join(dir, "title"), []byte(site.Records[0].Title), 0o644); err != nil {
		return err
	}
	err := WriteDocuments(dir, func(yield func(Document) bool) {
		for i, r := range site.Records {
			if !yield(Document{Key: string(r.IRI), From: digests[i], Make: func() any { return r }}) {
				return
			}
		}
	}, old.Documents())
	return errors.Join(err, ctx.Err())
}

func (contents) Try(dir string, m *Manifest) error {
	g, err := openDocuments(dir, m)
	if err != nil {
		return err
	}
	return g.Close()
}

// smallSite is a site of one page, whose title tells one build from another.
func smallSite(title string) *ingest.Site {
	page := &ingest.Page{Path: "_events/one.md", Kind: ingest.EventPage, Title: title, Text: title + " and more."}
	return &ingest.Site{Name: "Small", Records: []*ingest.Record{{Page: page, IRI: "urn:rapporteur:/id/event/one"}}}
}

func buildSite(ctx context.Context, dir string, site *ingest.Site) (*Manifest, error) {
	w, err := OpenWriter(dir)
	if err != nil {
		return nil, err
	}
	defer w.Close()
	return w.Build(ctx, site, Origin{}, contents{})
}

func build(t *testing.T, dir, title string) *Manifest {
	t.Helper()
	m, err := buildSite(context.Background(), dir, smallSite(title))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func generations(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(dir, generationsName))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestNothingIngestedYet(t *testing.T) {
	if _, err := openStore(filepath.Join(t.TempDir(), "none")); !errors.Is(err, ErrNoGeneration) {
		t.Fatalf("got %v, want ErrNoGeneration", err)
	}
}

func TestSameInputSameGeneration(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	first, second, other := build(t, a, "One"), build(t, b, "One"), build(t, b, "Two")
	if first.ID != second.ID {
		t.Errorf("the same site got %s and %s", first.ID, second.ID)
	}
	if other.ID == first.ID {
		t.Errorf("another site got the same ID %s", other.ID)
	}
}

func TestKeepsThePreviousAndCollectsTheRest(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, "One")
	two, three := build(t, dir, "Two"), build(t, dir, "Three")
	got := strings.Join(generations(t, dir), " ")
	if !strings.Contains(got, two.ID) || !strings.Contains(got, three.ID) || len(generations(t, dir)) != 2 {
		t.Errorf("kept %s, want %s and %s", got, two.ID, three.ID)
	}
	if id, err := readCurrent(dir); err != nil || id != three.ID {
		t.Errorf("CURRENT is %s (%v), want %s", id, err, three.ID)
	}
}

// Where somebody is erased, no generation that still knows them stays.
func TestErasingKeepsNoPrevious(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, "One")
	site := smallSite("Two")
	site.Erasing = "x"
	m, err := buildSite(context.Background(), dir, site)
	if err != nil {
		t.Fatal(err)
	}
	if got := generations(t, dir); len(got) != 1 || got[0] != m.ID {
		t.Errorf("kept %v, want %s only", got, m.ID)
	}
}

func TestSecondWriterIsRefused(t *testing.T) {
	dir := t.TempDir()
	w, err := OpenWriter(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	_, err = OpenWriter(dir)
	var locked *LockedError
	if !errors.As(err, &locked) || locked.PID != os.Getpid() || !strings.Contains(err.Error(), strconv.Itoa(os.Getpid())) {
		t.Fatalf("got %v, want a LockedError that names process %d", err, os.Getpid())
	}
}

// Whatever byte of whatever file is changed, cut off or lost, the generation is refused.
func TestDamageIsSeen(t *testing.T) {
	dir := t.TempDir()
	m := build(t, dir, "One")
	base := generationDir(dir, m.ID)
	if len(m.Files) == 0 {
		t.Fatal("the generation has no files")
	}
	for _, f := range m.Files {
		name := filepath.Join(base, filepath.FromSlash(f.Path))
		whole, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		damage := map[string]func() error{
			"cut off": func() error { return os.Truncate(name, f.Size/2) },
			"lost":    func() error { return os.Remove(name) },
			"flipped": func() error {
				bad := append([]byte(nil), whole...)
				bad[len(bad)/2] ^= 1
				return os.WriteFile(name, bad, 0o644)
			},
		}
		for how, do := range damage {
			if f.Size == 0 && how != "lost" {
				continue
			}
			if err := do(); err != nil {
				t.Fatal(err)
			}
			if _, err := openStore(dir); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), f.Path) {
				t.Errorf("%s %s: got %v, want ErrDamaged and the file's name", f.Path, how, err)
			}
			if err := os.WriteFile(name, whole, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	// Damage that hides behind an old date is for check to find.
	name := filepath.Join(base, filepath.FromSlash(m.Files[0].Path))
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	bad := append([]byte(nil), whole...)
	bad[0] ^= 1
	if err := errors.Join(os.WriteFile(name, bad, 0o644), os.Chtimes(name, time.Unix(0, 0), time.Unix(0, 0))); err != nil {
		t.Fatal(err)
	}
	if err := m.Verify(base, false); err != nil {
		t.Errorf("looked at a file that is older than the manifest: %v", err)
	}
	if err := m.Verify(base, true); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), m.Files[0].Path) {
		t.Errorf("a thorough look gave %v, want ErrDamaged and %s", err, m.Files[0].Path)
	}
	if err := os.WriteFile(name, whole, 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := openStore(dir)
	if err != nil {
		t.Fatalf("mended, but: %v", err)
	}
	s.Close()
}

func TestDamagedGenerationIsBuiltAgain(t *testing.T) {
	dir := t.TempDir()
	m := build(t, dir, "One")
	if err := os.Remove(filepath.Join(generationDir(dir, m.ID), filepath.FromSlash(m.Files[0].Path))); err != nil {
		t.Fatal(err)
	}
	if again := build(t, dir, "One"); again.ID != m.ID {
		t.Errorf("got %s, want %s", again.ID, m.ID)
	}
	s, err := openStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
}

func TestOlderFormatIsRefused(t *testing.T) {
	dir := t.TempDir()
	m := build(t, dir, "One")
	name := filepath.Join(generationDir(dir, m.ID), manifestName)
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	old := strings.Replace(string(text), `"format": `+strconv.Itoa(Format), `"format": 0`, 1)
	if err := os.WriteFile(name, []byte(old), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := openStore(dir); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), "rapporteur ingest") {
		t.Fatalf("got %v, want ErrFormat with the command that mends it", err)
	}
}

// A build that is cancelled or fails leaves the old generation, and nothing else.
func TestFailedBuildChangesNothing(t *testing.T) {
	dir := t.TempDir()
	m := build(t, dir, "One")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := buildSite(ctx, dir, smallSite("Two")); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want context.Canceled", err)
	}
	if got := generations(t, dir); len(got) != 1 || got[0] != m.ID {
		t.Errorf("left %v, want %s only", got, m.ID)
	}
	s, err := openStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
}

func TestLeftoversAreCleaned(t *testing.T) {
	dir := t.TempDir()
	m := build(t, dir, "One")
	left := filepath.Join(dir, generationsName, buildingPrefix+"123", "index")
	if err := os.MkdirAll(left, 0o755); err != nil {
		t.Fatal(err)
	}
	w, err := OpenWriter(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if got := generations(t, dir); len(got) != 1 || got[0] != m.ID {
		t.Errorf("left %v, want %s only", got, m.ID)
	}
}

// While generations come and go, every user sees one that is whole, and keeps it until it is released.
func TestMovingDisturbsNobody(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, "Start")
	s, err := openStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	var asked atomic.Int64
	stop := make(chan struct{})
	var users sync.WaitGroup
	for range 4 {
		users.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				g, release := s.Acquire()
				var rec ingest.Record
				if ok, err := g.Read("urn:rapporteur:/id/event/one", &rec); !ok || err != nil || rec.Text == "" {
					t.Errorf("generation %s: %v", g.Manifest().ID, err)
				}
				asked.Add(1)
				release()
			}
		})
	}
	for _, title := range []string{"One", "Two", "Three", "Four"} {
		m := build(t, dir, title)
		if moved, err := s.Refresh(); err != nil || !moved {
			t.Errorf("refresh: moved %v, %v", moved, err)
		}
		g, release := s.Acquire()
		if g.Manifest().ID != m.ID {
			t.Errorf("serving %s, want %s", g.Manifest().ID, m.ID)
		}
		release()
		release() // once more does no harm
	}
	close(stop)
	users.Wait()
	if asked.Load() == 0 {
		t.Error("nobody asked anything")
	}
	if moved, err := s.Refresh(); err != nil || moved {
		t.Errorf("nothing new, but moved %v, %v", moved, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestFollowTellsOfMoves(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, "One")
	s, err := openStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	moved := make(chan *Manifest, 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Follow(ctx, time.Millisecond, func(m *Manifest, err error) {
			if err != nil {
				t.Error(err)
				return
			}
			moved <- m
		})
	}()
	defer func() { // it must not tell of anything once the test is over and the store closed
		cancel()
		<-done
	}()
	want := build(t, dir, "Two")
	select {
	case m := <-moved:
		if m.ID != want.ID {
			t.Errorf("moved to %s, want %s", m.ID, want.ID)
		}
	case <-ctx.Done():
		t.Fatal("the store did not follow")
	}
}

// The process is killed in the middle of builds, again and again: what readers see is always whole, and the next
// writer can go on.
func TestKilledWriterLeavesTheOldGeneration(t *testing.T) {
	if dir := os.Getenv("RAPPORTEUR_TEST_BUILD_IN"); dir != "" {
		for i := 0; ; i++ {
			build(t, dir, "Build "+strconv.Itoa(i))
		}
	}
	dir := t.TempDir()
	build(t, dir, "Start")
	for i := range 12 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilledWriterLeavesTheOldGeneration$")
		cmd.Env = append(os.Environ(), "RAPPORTEUR_TEST_BUILD_IN="+dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(20+17*i) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		cmd.Wait()
		s, err := openStore(dir)
		if err != nil {
			t.Fatalf("after kill %d: %v", i, err)
		}
		s.Close()
	}
	build(t, dir, "End")
	if got := generations(t, dir); len(got) > 2 {
		t.Errorf("left %v", got)
	}
}

// A damaged generation is not served: the one before it is, and the store says why. A new build mends it.
func TestDamagedGenerationIsReplaced(t *testing.T) {
	dir := t.TempDir()
	one, two := build(t, dir, "One"), build(t, dir, "Two")
	name := filepath.Join(generationDir(dir, two.ID), filepath.FromSlash(two.Files[0].Path))
	if err := os.Truncate(name, 0); err != nil {
		t.Fatal(err)
	}
	s, err := openStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	g, release := s.Acquire()
	release()
	if g.Manifest().ID != one.ID || !errors.Is(s.Fault(), ErrDamaged) || !strings.Contains(s.Fault().Error(), two.Files[0].Path) {
		t.Errorf("%s is served (%v), want %s and the damaged file's name", g.Manifest().ID, s.Fault(), one.ID)
	}
	build(t, dir, "Three")
	if moved, err := s.Refresh(); !moved || err != nil || s.Fault() != nil {
		t.Errorf("moved %v, %v, fault %v", moved, err, s.Fault())
	}
	if err := os.WriteFile(filepath.Join(dir, currentName), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	build(t, dir, "Four") // an empty CURRENT does not keep it
	if _, err := readCurrent(dir); err != nil {
		t.Error(err)
	}
}
