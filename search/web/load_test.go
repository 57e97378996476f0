package web

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rapporteur/ingest/invent"
	"rapporteur/search"
	"rapporteur/search/present"
)

const clients = 16

// edition builds one edition of an invented site: the same pages under the same addresses, one of them with other words.
func edition(t testing.TB, dir string, number, pages int) {
	t.Helper()
	site := invent.Site(pages, 1)
	site.Records[0].Title = fmt.Sprintf("Gathering, edition %d", number)
	if _, err := search.Build(t.Context(), dir, site); err != nil {
		t.Fatal(err)
	}
}

// openSite serves a site from a real store.
func openSite(t testing.TB, pages int) (*Site, *search.Store, string) {
	t.Helper()
	dir := t.TempDir()
	edition(t, dir, 0, pages)
	store, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	s, err := New(func() (Generation, func()) { return store.Acquire() }, Options{Metrics: true})
	if err != nil {
		t.Fatal(err)
	}
	return s, store, dir
}

// routesOf returns an address of every kind for a store's generation.
func routesOf(store *search.Store) []string {
	g, release := store.Acquire()
	defer release()
	var out []string
	for _, address := range addresses(&fake{catalogue: present.JSON(g.Catalogue(), "")}) {
		out = append(out, address)
	}
	for _, q := range []string{"procurement", `"public bodies"`, "procurement -audit", "person:Aba", "trnsparency", ""} {
		out = append(out, "/search?q="+url.QueryEscape(q), "/api/v1/search?q="+url.QueryEscape(q)+"&sort=date")
	}
	slices.Sort(out)
	return out
}

// load asks addresses with several clients at once, until next gives none, and returns how long each answer took.
func load(t *testing.T, base string, next func() (address string, more bool)) []time.Duration {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	var mu sync.Mutex
	var times []time.Duration
	var group sync.WaitGroup
	for range clients {
		group.Go(func() {
			for {
				address, more := next()
				if !more {
					return
				}
				start := time.Now()
				answer, err := client.Get(base + address)
				if err != nil {
					t.Errorf("GET %s: %v", address, err)
					return
				}
				_, err = io.Copy(io.Discard, answer.Body)
				answer.Body.Close()
				if err != nil || answer.StatusCode != http.StatusOK {
					t.Errorf("GET %s: %d %v", address, answer.StatusCode, err)
				}
				mu.Lock()
				times = append(times, time.Since(start))
				mu.Unlock()
			}
		})
	}
	group.Wait()
	slices.Sort(times)
	return times
}

// Many requests of sixteen clients over all routes: none fails, and afterwards the server holds no more memory and no more
// goroutines than before. (TestCorpus asks the real site more of them.)
func TestLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("takes thousands of requests")
	}
	s, store, _ := openSite(t, 120)
	server := httptest.NewServer(s)
	defer server.Close()
	soak(t, server, routesOf(store), 3000)
}

// soak asks addresses over and over, and holds what the server keeps afterwards against what it kept before.
func soak(t *testing.T, server *httptest.Server, routes []string, requests int) {
	t.Helper()
	round := func(requests int) []time.Duration {
		var n atomic.Int64
		times := load(t, server.URL, func() (string, bool) {
			i := n.Add(1)
			return routes[int(i)%len(routes)], int(i) <= requests
		})
		server.CloseClientConnections()
		return times
	}
	round(max(1000, len(routes))) // pools and caches fill
	memory, goroutines := held()
	times := round(requests)
	after, still := held()
	if len(times) != requests {
		t.Errorf("%d requests were answered", len(times))
	}
	if after > memory+8<<20 {
		t.Errorf("memory in use grew from %d to %d kB", memory>>10, after>>10)
	}
	if still > goroutines+4 {
		t.Errorf("goroutines grew from %d to %d", goroutines, still)
	}
	t.Logf("%d clients, %d addresses: median %v, p99 %v; memory %d to %d kB, goroutines %d to %d",
		clients, len(routes), times[len(times)/2], times[len(times)*99/100], memory>>10, after>>10, goroutines, still)
}

// held measures what is in use when all is quiet.
func held() (memory uint64, goroutines int) {
	time.Sleep(200 * time.Millisecond)
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc, runtime.NumGoroutine()
}

// The server moves fifty times to another generation while sixteen clients ask: no request fails.
func TestSwapUnderLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("builds fifty generations")
	}
	s, store, dir := openSite(t, 40)
	server := httptest.NewServer(s)
	defer server.Close()
	routes := routesOf(store)

	var n atomic.Int64
	var done atomic.Bool
	swaps := 0
	var swapper sync.WaitGroup
	swapper.Go(func() {
		defer done.Store(true)
		for i := range 50 {
			edition(t, dir, i+1, 40)
			moved, err := store.Refresh()
			if err != nil || !moved {
				t.Errorf("move %d: %v %v", i+1, moved, err)
				return
			}
			swaps++
		}
	})
	times := load(t, server.URL, func() (string, bool) { return routes[int(n.Add(1))%len(routes)], !done.Load() })
	swapper.Wait()
	if swaps != 50 || len(times) < 1000 {
		t.Errorf("%d moves, %d requests", swaps, len(times))
	}
	answer := visitSite(s, "GET", "/api/v1/pages?page="+url.QueryEscape(invent.Site(40, 1).Records[0].Path))
	if want := "Gathering, edition 50"; !strings.Contains(answer.Body.String(), want) {
		t.Errorf("the newest generation is not served: %s", answer.Body)
	}
	t.Logf("%d moves during %d requests", swaps, len(times))
}

// A page of a thousand-page site takes no longer than it may.
func BenchmarkPages(b *testing.B) {
	s, store, _ := openSite(b, 1000)
	g, release := store.Acquire()
	all := addresses(&fake{catalogue: present.JSON(g.Catalogue(), "")})
	release()
	for _, name := range []string{"home", "search", "search, filtered", "person", "organisation", "topic", "country", "page", "people",
		"events", "recommendations", "ways", "api search", "api related"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if w := visitSite(s, "GET", all[name]); w.Code != http.StatusOK {
					b.Fatalf("%d", w.Code)
				}
			}
		})
	}
}
