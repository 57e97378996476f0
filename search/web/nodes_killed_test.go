package web

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rapporteur/ingest/storetest"
	"rapporteur/search"
	"rapporteur/search/publish"
	"rapporteur/search/store"
)

// Whichever node is killed at whatever moment of whichever of two racing publications, readers have the generation before or
// the one after, and no request that they answer all the while fails.
func TestNodesKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("half a minute")
	}
	cluster := storetest.Start(t, 3, "")
	where := "nats://" + cluster.Hosts() + "/cliff?replicas=3"
	one, two := t.TempDir(), t.TempDir()
	edition(t, one, 1, 12)
	edition(t, two, 2, 12)
	open := func(where string) publish.Store {
		s, err := publish.Open(where)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	mustPublish := func(s publish.Store, dataDir string) *publish.Report {
		r, err := publish.Publish(t.Context(), s, dataDir, publish.Options{Anew: true})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	mustPublish(open(where), one)

	reader := t.TempDir()
	f := publish.Follow(open(where), reader, search.Contents{}.Try)
	if _, err := f.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	generations, err := search.Open(reader)
	if err != nil {
		t.Fatal(err)
	}
	defer generations.Close()
	site, err := New(func() (Generation, func()) { return generations.Acquire() }, Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var background sync.WaitGroup
	var asked, failed, moves atomic.Int64
	background.Go(func() { f.Run(ctx, 50*time.Millisecond, func(bool, error) {}) })
	background.Go(func() {
		for ctx.Err() == nil {
			moved, err := generations.Refresh()
			if err != nil {
				t.Errorf("what the follower has put there does not open: %v", err)
			}
			if moved {
				moves.Add(1)
			}
			time.Sleep(20 * time.Millisecond)
		}
	})
	for _, address := range []string{"/", "/search?q=procurement", "/api/v1/search?q=audit", "/events"} {
		background.Go(func() {
			for ctx.Err() == nil {
				w := httptest.NewRecorder()
				site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
				asked.Add(1)
				if w.Code != http.StatusOK {
					failed.Add(1)
					t.Errorf("%s: %d %s", address, w.Code, w.Body)
				}
				time.Sleep(25 * time.Millisecond) // the load of a small site; the processors are others' too
			}
		})
	}

	const rounds = 25
	won, told := 1, 0
	var mu sync.Mutex // guards won and told
	for round := range rounds {
		node := -1
		var killing sync.WaitGroup
		if round%4 == 1 {
			node = round / 4 % 3
			killing.Go(func() {
				time.Sleep(time.Duration(rand.IntN(300)) * time.Millisecond)
				cluster.Kill(node)
			})
		}
		var publishers sync.WaitGroup
		for _, dir := range []string{one, two} {
			publishers.Go(func() {
				s := open(where)
				defer s.Close()
				_, err := publish.Publish(ctx, s, dir, publish.Options{Anew: round%2 == 1})
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					won++
				case errors.Is(err, publish.ErrConflict):
					told++
				default:
					t.Errorf("round %d: %v", round, err)
				}
			})
		}
		publishers.Wait()
		killing.Wait()
		if node >= 0 {
			cluster.Restart(node)
		}
	}
	last := mustPublish(open(where), two)
	for until := time.Now().Add(30 * time.Second); f.Status().Sequence < last.Sequence && time.Now().Before(until); {
		time.Sleep(20 * time.Millisecond)
	}
	stop()
	background.Wait()
	dir, m, err := store.Current(reader)
	if err != nil || m.ID != last.Generation || f.Status().Sequence < last.Sequence {
		t.Fatalf("the reader is at publication %d, %v; published is %s, publication %d", f.Status().Sequence, err, last.Generation, last.Sequence)
	}
	if err := m.Verify(dir, true); err != nil {
		t.Error(err)
	}
	if failed.Load() > 0 || asked.Load() < 100 || moves.Load() < 2 {
		t.Errorf("%d of %d requests failed, the reader moved %d times", failed.Load(), asked.Load(), moves.Load())
	}
	// Nothing is left of publications that were overtaken, or broken off by a node's end.
	s := open(where)
	mustPublish(s, two)
	alone := mustPublish(open(filepath.Join(t.TempDir(), "store")), two)
	names, err := s.List(t.Context())
	if err != nil || len(names) != alone.SentChunks+1 || strings.Contains(strings.Join(names, " "), ":") {
		t.Errorf("%d objects are left of %d, %v", len(names), alone.SentChunks+1, err)
	}
	t.Logf("%d publications of two publishers, %d won, %d told; %d requests, %d failed; %d moves, %d looks at the store failed",
		2*rounds, won, told, asked.Load(), failed.Load(), moves.Load(), f.Status().Failures)
}
