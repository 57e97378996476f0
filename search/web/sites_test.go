package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"rapporteur/search/store"
)

// quarter is a house of many invented sites, that notes which are open.
type quarter struct {
	mu     sync.Mutex
	fakes  map[string]*fake
	open   map[string]bool
	opens  map[string]int
	most   int // that were open at the same time
	faults map[string]error
}

func newQuarter(names ...string) *quarter {
	q := &quarter{fakes: map[string]*fake{}, open: map[string]bool{}, opens: map[string]int{}, faults: map[string]error{}}
	for _, name := range names {
		q.fakes[name] = newFake("id-"+name, 3)
	}
	return q
}

func (q *quarter) opener(_ context.Context, name string) (*Opened, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if err := q.faults[name]; err != nil {
		if strings.Contains(err.Error(), "panic") {
			panic(err)
		}
		return nil, err
	}
	f := q.fakes[name]
	f.closed.Store(false)
	q.open[name] = true
	q.opens[name]++
	q.most = max(q.most, len(q.open))
	return &Opened{
		Acquire: func() (Generation, func()) {
			f.users.Add(1)
			return f, func() { f.users.Add(-1) }
		},
		Close: func() error {
			q.mu.Lock()
			defer q.mu.Unlock()
			delete(q.open, name)
			if f.users.Load() != 0 {
				return fmt.Errorf("%s is closed while it answers", name)
			}
			f.closed.Store(true)
			return nil
		},
	}, nil
}

func (q *quarter) isOpen(name string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.open[name]
}

func (q *quarter) list() (all []Listed) {
	for name, f := range q.fakes {
		all = append(all, Listed{Name: name, Title: "Site " + name, Pages: len(f.site.Records)})
	}
	return all
}

func newTestSites(t *testing.T, q *quarter, options SitesOptions) *Sites {
	t.Helper()
	s, err := NewSites(q.opener, options)
	if err != nil {
		t.Fatal(err)
	}
	s.SetList(q.list(), nil)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if len(q.open) > 0 {
			t.Errorf("still open: %v", q.open)
		}
	})
	return s
}

// hold makes a site's search wait until let is called; asked is closed when a request has come that far.
func hold(f *fake) (asked chan struct{}, let func()) {
	asked, gate := make(chan struct{}), make(chan struct{})
	var once sync.Once
	f.fail = func() error {
		once.Do(func() { close(asked) })
		<-gate
		return nil
	}
	return asked, func() { close(gate) }
}

// However many ask, no more sites are open than may be, each request is answered by its own site, and none is closed under one.
func TestSitesAreOpenedWithABound(t *testing.T) {
	names := []string{"weir", "quay", "lock", "mill", "ford"}
	q := newQuarter(names...)
	s := newTestSites(t, q, SitesOptions{Open: 2})
	var all sync.WaitGroup
	for i := range 120 {
		all.Go(func() {
			name := names[i*7%len(names)]
			w := visitSite(s, "GET", "/"+name+"/healthz")
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "id-"+name) {
				t.Errorf("%s: %d %s", name, w.Code, w.Body)
			}
		})
	}
	all.Wait()
	if q.most != 2 {
		t.Errorf("%d were open at the same time", q.most)
	}

	for _, step := range []struct{ ask, open, closed string }{
		{"weir", "weir", ""}, {"quay", "weir quay", ""}, {"weir", "weir quay", ""},
		{"lock", "weir lock", "quay"}, {"mill", "lock mill", "weir"},
	} {
		visitSite(s, "GET", "/"+step.ask+"/healthz")
		for name := range strings.FieldsSeq(step.open) {
			if step.closed != "" && !q.isOpen(name) {
				t.Errorf("after %s: %s is closed", step.ask, name)
			}
		}
		if step.closed != "" && q.isOpen(step.closed) {
			t.Errorf("after %s: %s, which was asked the longest ago, is open", step.ask, step.closed)
		}
	}
}

// A site that answers keeps its place: who asks for another one waits, is told when that takes too long, and is answered later.
func TestSitesInUseStayOpen(t *testing.T) {
	q := newQuarter("weir", "quay")
	asked, let := hold(q.fakes["weir"])
	s := newTestSites(t, q, SitesOptions{Open: 1, Site: Options{Timeout: 150 * time.Millisecond}})
	var slow sync.WaitGroup
	slow.Go(func() { visitSite(s, "GET", "/weir/api/v1/search?q=x") })
	<-asked
	w := visitSite(s, "GET", "/quay/api/v1/search?q=x")
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" ||
		!strings.Contains(w.Body.String(), "as many sites open") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if !q.isOpen("weir") || q.isOpen("quay") {
		t.Errorf("open: %v", q.open)
	}
	waits := make(chan int)
	go func() { waits <- visitSite(s, "GET", "/quay/healthz").Code }()
	let()
	slow.Wait()
	if code := <-waits; code != http.StatusOK || q.isOpen("weir") {
		t.Errorf("%d; open: %v", code, q.open)
	}
}

// Each site has requests in flight of its own: one that is overrun takes nothing from another.
func TestSitesHaveLimitsOfTheirOwn(t *testing.T) {
	q := newQuarter("weir", "quay")
	asked, let := hold(q.fakes["weir"])
	s := newTestSites(t, q, SitesOptions{Site: Options{InFlight: 1}})
	var slow sync.WaitGroup
	slow.Go(func() {
		if w := visitSite(s, "GET", "/weir/api/v1/search?q=x"); w.Code != http.StatusOK {
			t.Errorf("the first: %d %s", w.Code, w.Body)
		}
	})
	<-asked
	if w := visitSite(s, "GET", "/weir/"); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), errBusy.message) {
		t.Errorf("the second: %d %s", w.Code, w.Body)
	}
	if w := visitSite(s, "GET", "/quay/"); w.Code != http.StatusOK {
		t.Errorf("another site: %d", w.Code)
	}
	let()
	slow.Wait()
	if w := visitSite(s, "GET", "/weir/"); w.Code != http.StatusOK {
		t.Errorf("afterwards: %d", w.Code)
	}
}

// A site that is broken says so, and not where its files are; the others go on, and it is served once it is mended.
func TestSitesThatAreBroken(t *testing.T) {
	q := newQuarter("weir", "quay", "lock", "mill")
	q.faults["quay"] = fmt.Errorf("/srv/secret/quay: %w", store.ErrDamaged)
	q.faults["lock"] = errors.New("panic at /srv/secret/lock")
	q.faults["mill"] = fmt.Errorf("/srv/secret/mill: %w", store.ErrFormat)
	s := newTestSites(t, q, SitesOptions{})
	for name, says := range map[string]string{"quay": "files are damaged", "lock": "files are damaged", "mill": "another version"} {
		for _, path := range []string{"/", "/api/v1/search?q=x"} {
			w := visitSite(s, "GET", "/"+name+path)
			if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), says) || strings.Contains(w.Body.String(), "secret") {
				t.Errorf("%s%s: %d %s", name, path, w.Code, w.Body)
			}
		}
	}
	if w := visitSite(s, "GET", "/weir/"); w.Code != http.StatusOK {
		t.Errorf("weir: %d", w.Code)
	}
	var h healthOfAll
	w := visitSite(s, "GET", "/healthz")
	if err := json.Unmarshal(w.Body.Bytes(), &h); err != nil || w.Code != http.StatusOK || h.Sites != 4 || h.Open != 1 || len(h.Broken) != 3 {
		t.Errorf("%v %d %+v", err, w.Code, h)
	}
	delete(q.faults, "quay")
	s.tenants["quay"].again = time.Time{} // as if some seconds had gone
	if w := visitSite(s, "GET", "/quay/"); w.Code != http.StatusOK {
		t.Errorf("mended: %d %s", w.Code, w.Body)
	}
	q.faults["weir"] = q.faults["mill"]
	if err := json.Unmarshal(visitSite(s, "GET", "/healthz").Body.Bytes(), &h); err != nil || h.Status != "ok" {
		t.Errorf("%v %+v", err, h)
	}
}

// The front page lists the sites; all that a site's page leads to is below the site's name, or at its own host name.
func TestSitesByNameAndHost(t *testing.T) {
	q := newQuarter("weir", "quay")
	q.fakes["metrics"] = newFake("id-metrics", 3) // a name that is the server's own
	s := newTestSites(t, q, SitesOptions{Domain: "example.org", Site: Options{BasePath: "/all", Metrics: true}})
	front := visitSite(s, "GET", "/all/")
	if n := strings.Count(front.Body.String(), "<li>"); front.Code != http.StatusOK || n != 2 ||
		!strings.Contains(front.Body.String(), `<a href="/all/weir/">Site weir</a>`) {
		t.Errorf("%d, %d sites\n%s", front.Code, n, front.Body)
	}
	for _, m := range linkInPage.FindAllStringSubmatch(front.Body.String(), -1) {
		if w := visitSite(s, "GET", m[1]); w.Code != http.StatusOK {
			t.Errorf("the front page leads to %s: %d", m[1], w.Code)
		}
	}
	for _, test := range []struct{ address, below string }{
		{"http://here.example/all/weir/", "/all/weir/"}, {"http://here.example/quay/", "/all/quay/"},
		{"http://weir.example.org/all/", "/all/"}, {"http://QUAY.example.org:8080/", "/all/"},
	} {
		w := visitSite(s, "GET", test.address)
		links := linkInPage.FindAllStringSubmatch(w.Body.String(), -1)
		if w.Code != http.StatusOK || len(links) < 10 {
			t.Fatalf("%s: %d with %d links\n%s", test.address, w.Code, len(links), w.Body)
		}
		for _, m := range links {
			if strings.HasPrefix(m[1], "/") && !strings.HasPrefix(m[1], test.below) {
				t.Errorf("%s leads to %s", test.address, m[1])
			}
		}
	}
	if w := visitSite(s, "GET", "/all/weir?q=x"); w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != "/all/weir/?q=x" {
		t.Errorf("%d %s", w.Code, w.Header().Get("Location"))
	}
	for _, address := range []string{"/all/nobody/", "/all/../weir", "http://nobody.example.org/all/nobody/", "/nobody/api/v1/search"} {
		if w := visitSite(s, "GET", address); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", address, w.Code)
		}
	}
	if w := visitSite(s, "GET", "/all/metrics"); !strings.Contains(w.Body.String(), "rapporteur_sites_open 2\n") ||
		!strings.Contains(w.Body.String(), `rapporteur_http_requests_total{code="200",method="GET",route="/{$}"}`) {
		t.Errorf("metrics: %d %s", w.Code, w.Body)
	}
	s.front.local = true // as on a listener of this machine
	for host, want := range map[string]int{"localhost": 200, "elsewhere.example": 421, "weir.example.org": 200} {
		if w := visitSite(s, "GET", "http://"+host+"/all/"); w.Code != want {
			t.Errorf("%s on loopback: %d", host, w.Code)
		}
	}
}

// A site that goes from the list is closed, but not under a request; while the list cannot be read, all go on.
func TestSitesThatGo(t *testing.T) {
	q := newQuarter("weir", "quay")
	asked, let := hold(q.fakes["weir"])
	s := newTestSites(t, q, SitesOptions{})
	visitSite(s, "GET", "/quay/")
	var slow sync.WaitGroup
	slow.Go(func() {
		if w := visitSite(s, "GET", "/weir/api/v1/search?q=x"); w.Code != http.StatusOK {
			t.Errorf("in flight: %d %s", w.Code, w.Body)
		}
	})
	<-asked
	s.SetList(nil, errors.New("away"))
	if w := visitSite(s, "GET", "/quay/"); w.Code != http.StatusOK {
		t.Errorf("with a list that cannot be read: %d", w.Code)
	}
	if w := visitSite(s, "GET", "/healthz"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "behind") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	s.SetList([]Listed{{Name: "lock"}}, nil)
	if q.isOpen("quay") || !q.isOpen("weir") {
		t.Errorf("open: %v", q.open)
	}
	if w := visitSite(s, "GET", "/quay/"); w.Code != http.StatusNotFound {
		t.Errorf("gone: %d", w.Code)
	}
	let()
	slow.Wait()
	if q.isOpen("weir") {
		t.Error("it stays open after its last answer")
	}
}
