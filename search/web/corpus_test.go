package web

import (
	"errors"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rapporteur/search/present"

	"rapporteur/search/answer"

	"rapporteur/ingest/cputime"
	"rapporteur/ingest/pipeline"
	"rapporteur/search"
)

// corpus is the site that the program was made for; it lies beside the repository, not in it.
const corpus = "../../../shared/corpus/connectedbydata"

// slowest is what one of a hundred visitors may have to wait for a page, each alone with the server. Two questions of
// programs read dozens of records for an answer, and no page asks them.
func slowest(kind string) time.Duration {
	switch kind {
	case "api about":
		return 700 * time.Millisecond
	case "api around":
		return 250 * time.Millisecond
	case "fixed":
		return 300 * time.Millisecond // twenty addresses many times: the first visits draw the map of topics, and find communities
	case "search", "search, filtered", "recommendations":
		return 300 * time.Millisecond // a first page asks four times: all, things, pages, asks
	}
	return 150 * time.Millisecond
}

// The real site, as people meet it: every page alone, all of them by many at once, and while the site is built anew.
func TestCorpus(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a site of 826 pages")
	}
	site, err := pipeline.Run(t.Context(), os.DirFS(corpus), pipeline.Options{})
	if errors.Is(err, fs.ErrNotExist) {
		needed(t, corpus)
	}
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var editions []string
	for _, title := range []string{site.Records[0].Title, site.Records[0].Title + ", another edition"} {
		site.Records[0].Title = title
		m, err := search.Build(t.Context(), dir, site)
		if err != nil {
			t.Fatal(err)
		}
		editions = append(editions, m.ID)
	}
	store, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	s, err := New(func() (Generation, func()) { return store.Acquire() }, Options{Timeout: time.Minute, Metrics: true})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	defer server.Close()
	g, release := store.Acquire()
	kinds := addressesByKind(present.JSON(g.Catalogue(), ""))
	release()

	var mixed []string
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		t.Run(kind, func(t *testing.T) { alone(t, s, kinds[kind], slowest(kind)) })
		mixed = append(mixed, spread(kinds[kind])[:min(150, len(kinds[kind]))]...)
	}
	mixed = spread(mixed)
	t.Run("seen", func(t *testing.T) { seen(t, server, kinds) })
	t.Run("load", func(t *testing.T) { soak(t, server, mixed, 4_000) })
	t.Run("swaps", func(t *testing.T) { swaps(t, server, store, dir, editions, mixed) })
}

// addressesByKind returns the addresses of everything in a catalogue, and what people ask about it, by kind of page.
func addressesByKind(c *answer.Catalogue) map[string][]string {
	kinds := map[string][]string{}
	add := func(kind string, addresses ...string) { kinds[kind] = append(kinds[kind], addresses...) }
	for _, p := range c.Pages {
		add("page", p.Href)
		add("api page", "/api/v1/pages/"+answer.Slug(p.ID))
		add("api related", "/api/v1/related?page="+url.QueryEscape(p.Path))
	}
	for _, r := range sections {
		for i, l := range c.Entities(r.Kind) {
			name, id := url.QueryEscape(l.Name), url.QueryEscape(string(l.ID))
			add(string(r.Kind), l.Href)
			if i >= 200 {
				continue
			}
			if i < 30 {
				add("api about", "/api/v1/about?q="+name)
				add("api around", "/api/v1/around?hops=2&name="+id)
			}
			other := url.QueryEscape(string(c.Organisations[(i*7+1)%min(400, len(c.Organisations))].ID))
			add("search", "/search?q="+name)
			add("search, filtered", "/search?q=data&"+string(r.Kind)+"="+id+"&sort=date")
			add("recommendations", "/recommendations?q="+name)
			add("ways", "/explore?from="+id+"&to="+other)
			add("compare", "/compare?first="+id+"&second="+other)
			add("picture", "/explore?of="+id)
			add("feed", l.Href+"/feed.atom", "/search.atom?q="+name)
			add("suggest", "/api/v1/suggest?q="+url.QueryEscape(l.Name[:min(4, len(l.Name))]))
			add("api search", "/api/v1/search?q="+name)
			add("api entity", "/api/v1/entities/"+string(r.Kind)+"/"+answer.Slug(l.ID))
			add("api connections", "/api/v1/connections?name="+id)
			add("api shared", "/api/v1/shared?kind=organisation&name="+id)
			add("api compare", "/api/v1/compare?first="+id+"&second="+other)
			add("api path", "/api/v1/path?from="+id+"&to="+other)
		}
		for _, query := range []string{"", "?sort=name", "?name=an", "?offset=120"} {
			add("lists", r.Path+query, "/api/v1/entities?limit=100&kind="+string(r.Kind))
		}
	}
	for _, y := range c.Years {
		add("lists", "/events?year="+y.Value, "/recommendations?year="+y.Value, "/search?year="+y.Value, "/events.atom?year="+y.Value)
	}
	add("fixed", "/", "/events", "/recommendations", "/explore", "/review", "/about", "/search", "/events.atom", "/sitemap.xml",
		"/robots.txt",
		"/opensearch.xml", "/opensearch/suggest?q=data", "/openapi.json", "/metrics", "/api/v1/build", "/api/v1/circles", "/api/v1/pages",
		"/healthz", "/assets/site.css", "/assets/site.js", "/widget.js")
	return kinds
}

// spread puts neighbours of a list far from each other, the same way each time.
func spread(list []string) []string {
	const step = 7919 // a prime, larger than any list here has in common with it
	out := make([]string, len(list))
	for i := range list {
		out[i] = list[i*step%len(list)]
	}
	return out
}

// seen opens the busiest page of every kind in a browser.
func seen(t *testing.T, server *httptest.Server, kinds map[string][]string) {
	source, ctx := axeSource(t), chromium(t)
	pages := map[string]string{
		"corpus home": "/", "corpus events": "/events", "corpus people": "/people", "corpus organisations": "/organisations",
		"corpus topics":    "/topics",
		"corpus countries": "/countries", "corpus recommendations": "/recommendations?q=procurement", "corpus explore": "/explore",
		"corpus review": "/review",
		"corpus about":  "/about", "corpus search": "/search?q=data+governance", "corpus search nothing": "/search?q=zzzzzz&year=2024",
		"corpus ways": kinds["ways"][0], "corpus compare": kinds["compare"][0], "corpus picture": kinds["picture"][0],
		"corpus page": kinds["page"][0], "corpus not found": "/people/nobody-at-all",
	}
	for _, r := range sections {
		pages["corpus "+string(r.Kind)] = kinds[string(r.Kind)][0]
	}
	for name, address := range pages {
		pages[name] = server.URL + address
	}
	inspectAll(t, ctx, source, pages, view{390, "dark"}, view{1280, "light"})
	for _, address := range []string{"/search?q=data+governance", "/search?q=Jeni+Tennison", "/search"} {
		weigh(t, server.URL, address)
	}
}

// alone asks one address after the other. What counts is the time of the processors, garbage collection with it, for
// others may use them as well; where they do not, it is what visitors wait at most.
func alone(t *testing.T, s *Site, list []string, allowed time.Duration) {
	for len(list) < 100 {
		list = append(list, list...)
	}
	list = spread(list)[:min(len(list), 150)] // enough to tell one in a hundred, and cheap
	runtime.GC()                              // what was left before is no visitor's
	var times, busy []time.Duration
	dearest, most := "", time.Duration(0)
	for _, address := range list {
		start, before := time.Now(), cputime.Used()
		w := visitSite(s, "GET", address)
		took, spent := time.Since(start), cputime.Used()-before
		if w.Code != http.StatusOK {
			t.Errorf("GET %s: %d %.200s", address, w.Code, w.Body)
		}
		if spent > most {
			dearest, most = address, spent
		}
		times, busy = append(times, took), append(busy, spent)
	}
	slices.Sort(times)
	slices.Sort(busy)
	p99 := busy[len(busy)*99/100]
	t.Logf("%d: median %v, p99 %v; of the processors p99 %v, at most %v for %s",
		len(list), times[len(times)/2], times[len(times)*99/100], p99, most, dearest)
	if p99 > allowed {
		t.Errorf("one of a hundred takes %v; %v are allowed", p99, allowed)
	}
}

// swaps has the server move fifty times between two editions while sixteen clients ask: no request fails.
func swaps(t *testing.T, server *httptest.Server, store *search.Store, dir string, editions, routes []string) {
	var n atomic.Int64
	var done atomic.Bool
	var swapper sync.WaitGroup
	moves := 0
	swapper.Go(func() {
		defer done.Store(true)
		for i := range 50 {
			// What a writer does last: CURRENT names another generation from one moment to the next.
			next := filepath.Join(dir, "next")
			if err := errors.Join(os.WriteFile(next, []byte(editions[i%2]+"\n"), 0o644),
				os.Rename(next, filepath.Join(dir, "CURRENT"))); err != nil {
				t.Error(err)
				return
			}
			if moved, err := store.Refresh(); err != nil || !moved {
				t.Errorf("move %d: %v %v", i+1, moved, err)
				return
			}
			moves++
			time.Sleep(20 * time.Millisecond)
		}
	})
	times := load(t, server.URL, func() (string, bool) { return routes[int(n.Add(1))%len(routes)], !done.Load() })
	swapper.Wait()
	if moves != 50 || len(times) < 1000 {
		t.Errorf("%d moves, %d requests", moves, len(times))
	}
	t.Logf("%d moves during %d requests: median %v, p99 %v", moves, len(times), times[len(times)/2], times[len(times)*99/100])
}
