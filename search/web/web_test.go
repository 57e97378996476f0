package web

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"rapporteur/search/present"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// addresses returns one address of every kind of page and answer.
func addresses(f *fake) map[string]string {
	c := f.catalogue
	person, org, topic, country, page := c.People[0], c.Organisations[0], c.Topics[0], c.Countries[0], c.Pages[0]
	return map[string]string{
		"home": "/", "search": "/search?q=a", "search, empty": "/search", "search, filtered": "/search?q=a&year=2023&topic=" +
			url.QueryEscape(string(topic.ID)) + "&from=2020",
		"search, nothing": "/search?q=zzzzzz", "events": "/events", "events of a year": "/events?kind=event&year=" + page.Date[:4],
		"people": "/people", "people by name": "/people?sort=name&letter=A", "organisations": "/organisations", "topics": "/topics",
		"countries": "/countries",
		"person":    person.Href, "organisation": org.Href, "topic": topic.Href, "country": country.Href, "page": page.Href,
		"recommendations": "/recommendations", "explore": "/explore", "ways": "/explore?from=" + url.QueryEscape(person.Name) + "&to=" +
			url.QueryEscape(org.Name),
		"compare":          "/compare?first=" + url.QueryEscape(person.Name) + "&second=" + url.QueryEscape(org.Name),
		"explore, unknown": "/explore?from=nobody&to=two", "picture": "/explore?of=" + url.QueryEscape(string(person.ID)),
		"review":      "/review",
		"about":       "/about",
		"search feed": "/search.atom?q=a", "person feed": person.Href + "/feed.atom", "topic feed": topic.Href + "/feed.atom",
		"events feed": "/events.atom",
		"developers":  "/api", "wrong": "/wrong", "wrong, two": "/wrong?about=" + url.QueryEscape(string(person.ID)) + "&with=" +
			url.QueryEscape(string(org.ID)), "wrong, page": "/wrong?about=" + url.QueryEscape(string(page.ID)),
		"wrong, ask":      "/wrong?about=" + url.QueryEscape(string(c.Recommendations[0].ID)),
		"person as table": person.Href + "?format=csv", "organisation with citation": org.Href + "?format=md",
		"page with citation": page.Href + "?format=md", "page as RIS": page.Href + "?format=ris",
		"page as BibTeX":  page.Href + "?format=bib",
		"calendar":        page.Href + "/event.ics",
		"search as table": "/search?q=a&format=csv", "search as JSON": "/search?q=a&format=json",
		"asks with citation": "/recommendations?format=md", "asks by addressee": "/recommendations?by=addressee",
		"people as table": "/people?format=csv", "events as table": "/events?format=csv", "search of events": "/search?q=a&kind=event",
		"opensearch": "/opensearch.xml", "opensearch suggest": "/opensearch/suggest?q=a", "sitemap": "/sitemap.xml",
		"robots":  "/robots.txt",
		"openapi": "/openapi.json", "health": "/healthz", "metrics": "/metrics", "style": "/assets/site.css", "script": "/assets/site.js",
		"icon":       "/assets/icon.svg",
		"api search": "/api/v1/search?q=a&limit=3", "api suggest": "/api/v1/suggest?q=a", "api related": "/api/v1/related?page=" +
			url.QueryEscape(page.Path),
		"api connections": "/api/v1/connections?name=" + url.QueryEscape(person.Name), "api path": "/api/v1/path?from=" +
			url.QueryEscape(person.Name) + "&to=" + url.QueryEscape(org.Name),
		"api about": "/api/v1/about?q=gauges", "api around": "/api/v1/around?hops=2&name=" + url.QueryEscape(person.Name),
		"api shared": "/api/v1/shared?kind=organisation&since=2023&name=" + url.QueryEscape(person.Name),
		"api graph":  "/api/v1/graph?query=" + url.QueryEscape("{ nodes { id } }"), "api compare": "/api/v1/compare?first=" +
			url.QueryEscape(person.Name) + "&second=" + url.QueryEscape(org.Name), "api circles": "/api/v1/circles",
		"api recommendations": "/api/v1/recommendations", "api entities": "/api/v1/entities?kind=topic&sort=name",
		"api entity": "/api/v1/entities/person/" + answer.Slug(person.ID),
		"api build":  "/api/v1/build", "api pages": "/api/v1/pages?limit=2", "api page": "/api/v1/pages/" + answer.Slug(page.ID),
	}
}

func TestEveryAddressAnswers(t *testing.T) {
	s, f := newTestSite(t, Options{Metrics: true})
	for name, address := range addresses(f) {
		w := visitSite(s, "GET", address)
		if w.Code != http.StatusOK {
			t.Errorf("%s: GET %s: %d\n%.500s", name, address, w.Code, w.Body)
			continue
		}
		kind, body := w.Header().Get("Content-Type"), w.Body.String()
		switch {
		case strings.HasPrefix(kind, "text/html"):
			if strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") || strings.Contains(body, "ZgotmplZ") {
				t.Errorf("%s: something is not escaped, or was filtered by the template engine", name)
			}
			if strings.Contains(body, "style=") || strings.Contains(body, "onclick=") || strings.Contains(body, "<style") {
				t.Errorf("%s: has inline style or script, which the policy forbids", name)
			}
		case strings.Contains(kind, "json"):
			if !json.Valid([]byte(body)) {
				t.Errorf("%s: no valid JSON", name)
			}
		case strings.Contains(kind, "xml"):
			dec := xml.NewDecoder(strings.NewReader(body))
			for {
				if _, err := dec.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Errorf("%s: no well-formed XML: %v", name, err)
					break
				}
			}
		}
		if head := visitSite(s, "HEAD", address); head.Code != http.StatusOK {
			t.Errorf("%s: HEAD: %d", name, head.Code)
		}
		for _, header := range []string{"X-Request-Id", "Content-Security-Policy", "X-Content-Type-Options"} {
			if w.Header().Get(header) == "" {
				t.Errorf("%s: no %s", name, header)
			}
		}
	}
	if n := f.users.Load(); n != 0 {
		t.Errorf("%d requests still hold the generation", n)
	}
}

func TestWrongRequests(t *testing.T) {
	s, f := newTestSite(t, Options{AllowOrigins: []string{"https://good.example"}})
	long := strings.Repeat("a", 50<<10)
	for _, test := range []struct {
		method, address string
		headers         []string
		status          int
		says            string
	}{
		{"POST", "/search", nil, 405, "only reads"},
		{"DELETE", "/api/v1/search", nil, 405, "only reads"},
		{"BREW", "/", nil, 405, "only reads"},
		{"GET", "/nothing/here", nil, 404, "/nothing/here"},
		{"GET", "/people/nobody-of-that-name", nil, 404, "nobody of that name"},
		{"GET", "/events/nothing", nil, 404, "nothing"},
		{"GET", "/assets/../web.go", nil, 307, ""}, // to the cleaned path, which does not exist
		{"GET", "/assets/..%2f..%2fetc%2fpasswd", nil, 404, ""},
		{"GET", "/assets/nothing.css", nil, 404, ""},
		{"GET", "/id/person/nobody", nil, 404, ""},
		{"GET", "/id/wizard/merlin", nil, 404, ""},
		{"GET", "/search?q=" + long, nil, 414, "49152 are allowed"},
		{"GET", "/search?q=" + long[:17000], nil, 400, "16384 are allowed"},
		{"GET", "/search?kind=spell", nil, 400, "no kind"},
		{"GET", "/search?format=docx", nil, 400, "use csv, json or md"},
		{"GET", "/recommendations?by=mood", nil, 400, "speaker, addressee, topic or year"},
		{"GET", "/api/v1/search?knd=event", nil, 422, "Did you mean “kind”?"},
		{"GET", "/api/v1/build?q=a", nil, 422, "no parameter “q”"},
		{"GET", "/search?from=yesterday", nil, 400, "no date"},
		{"GET", "/search?sort=luck", nil, 400, "sorted"},
		{"GET", "/search?limit=0", nil, 400, "from 1 to 100"},
		{"GET", "/search?offset=-1", nil, 400, "offset"},
		{"GET", "/search?q=%zz", nil, 400, "not well formed"},
		{"GET", "/people?sort=height", nil, 400, "Sort by"},
		{"GET", "/api/v1/search?limit=1000", nil, 422, "limit"},
		{"GET", "/api/v1/search?kind=spell", nil, 422, "kind"},
		{"GET", "/api/v1/search?from=soon", nil, 422, "from"},
		{"GET", "/api/v1/related", nil, 422, "page"},
		{"GET", "/api/v1/related?page=nothing.md", nil, 404, "nothing.md"},
		{"GET", "/api/v1/connections?name=two", nil, 409, "more than one"},
		{"GET", "/api/v1/entities/wizard/merlin", nil, 422, "kind"},
		{"GET", "/api/v1/nothing", nil, 404, "nothing"},
		{"GET", "/api/v1/search", []string{"Origin", "https://evil.example"}, 403, "--allow-origin"},
		{"OPTIONS", "/api/v1/search", []string{"Origin", "https://evil.example", "Access-Control-Request-Method", "GET"}, 403, ""},
		{"GET", "/api/v1/search", []string{"Origin", "https://good.example"}, 200, ""},
		{"GET", "/api/v1/search", []string{"Origin", "http://example.com"}, 200, ""}, // the server's own: httptest's host
		{"GET", "/search?q=" + url.QueryEscape("<script>alert(1)</script>"), nil, 200, "&lt;script&gt;alert(1)&lt;/script&gt;"},
	} {
		w := visitSite(s, test.method, test.address, test.headers...)
		if w.Code != test.status || !strings.Contains(w.Body.String(), test.says) {
			t.Errorf("%s %.60s %v: %d, want %d saying %q\n%.300s", test.method, test.address, test.headers, w.Code, test.status,
				test.says, w.Body)
		}
		if strings.Contains(w.Body.String(), "<script>alert") {
			t.Errorf("%s %.60s: not escaped", test.method, test.address)
		}
		if w.Code >= 400 {
			if got := w.Header().Get("Cache-Control"); got != "no-store" {
				t.Errorf("%s %.60s: an error may be cached: %q", test.method, test.address, got)
			}
			if strings.HasPrefix(test.address, "/api/") {
				var p struct {
					Title, Detail, Instance string
					Status                  int
				}
				if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Status != w.Code || p.Title == "" || p.Detail == "" ||
					p.Instance == "" ||
					w.Header().Get("Content-Type") != "application/problem+json" {
					t.Errorf("%s %.60s: no problem document (%s): %s", test.method, test.address, w.Header().Get("Content-Type"), w.Body)
				}
			}
		}
		if w.Code == 405 && w.Header().Get("Allow") == "" {
			t.Errorf("%s %.60s: no Allow", test.method, test.address)
		}
	}
	if n := f.users.Load(); n != 0 {
		t.Errorf("%d requests still hold the generation", n)
	}
}

func TestRequestWithBodyIsRefused(t *testing.T) {
	s, _ := newTestSite(t, Options{})
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "/search", strings.NewReader("q=a")))
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("%d", w.Code)
	}
}

// What goes wrong inside is logged under the request's id, and told to nobody else.
func TestNothingLeaks(t *testing.T) {
	var log bytes.Buffer
	s, f := newTestSite(t, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	f.fail = func() error { return errors.New("open /secret/place: denied") }
	for _, address := range []string{"/search?q=a", "/api/v1/search?q=a"} {
		w := visitSite(s, "GET", address, "X-Request-Id", "trace-1")
		if w.Code != 500 || strings.Contains(w.Body.String(), "secret") || w.Header().Get("X-Request-Id") != "trace-1" {
			t.Errorf("%s: %d %s", address, w.Code, w.Body)
		}
	}
	f.fail = func() error { panic("secret") }
	if w := visitSite(s, "GET", "/search?q=a"); w.Code != 500 || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("panic: %d %s", w.Code, w.Body)
	}
	f.fail = func() error { return context.DeadlineExceeded }
	if w := visitSite(s, "GET", "/api/v1/search?q=a"); w.Code != 503 || w.Header().Get("Retry-After") == "" {
		t.Errorf("too late: %d", w.Code)
	}
	if !strings.Contains(log.String(), "secret/place") || !strings.Contains(log.String(), "id=trace-1") {
		t.Errorf("the log does not say what happened:\n%s", log.String())
	}
	if w := visitSite(s, "GET", "/", "X-Request-Id", "a\r\nSet-Cookie: x"); strings.ContainsAny(w.Header().Get("X-Request-Id"), "\r\n ") {
		t.Error("a harmful request id is repeated")
	}
}

func TestCachingByGeneration(t *testing.T) {
	sh := &shelf{gen: newFake("aaaa", 10)}
	s, err := New(sh.acquire, Options{})
	if err != nil {
		t.Fatal(err)
	}
	first := visitSite(s, "GET", "/api/v1/pages")
	tag := first.Header().Get("ETag")
	if tag == "" || first.Header().Get("Cache-Control") != "no-cache" {
		t.Fatalf("headers: %v", first.Header())
	}
	for _, header := range []string{tag, `"other", ` + tag, strings.TrimPrefix(tag, "W/"), "*"} {
		if w := visitSite(s, "GET", "/api/v1/pages", "If-None-Match", header); w.Code != http.StatusNotModified || w.Body.Len() != 0 {
			t.Errorf("If-None-Match %s: %d with %d bytes", header, w.Code, w.Body.Len())
		}
	}
	if w := visitSite(s, "GET", "/api/v1/entities/person/nobody", "If-None-Match", tag); w.Code != http.StatusNotFound {
		t.Errorf("what is not there: %d", w.Code)
	}
	sh.gen = newFake("bbbb", 10)
	if w := visitSite(s, "GET", "/api/v1/pages", "If-None-Match", tag); w.Code != http.StatusOK || w.Header().Get("ETag") == tag {
		t.Errorf("after a new generation: %d, %s", w.Code, w.Header().Get("ETag"))
	}
	css := s.assetHref("site.css")
	if w := visitSite(s, "GET", css); !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("%s: %s", css, w.Header().Get("Cache-Control"))
	}
}

func TestCompression(t *testing.T) {
	s, _ := newTestSite(t, Options{})
	w := visitSite(s, "GET", "/people", "Accept-Encoding", "gzip")
	if w.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(w.Header().Get("Vary"), "Accept-Encoding") {
		t.Errorf("headers: %v", w.Header())
	}
}

func TestOptions(t *testing.T) {
	for _, wrong := range []Options{{AllowOrigins: []string{"example.org"}}, {AllowOrigins: []string{"https://a.example/path"}},
		{PublicURL: "search.example"}, {PublicURL: "ftp://a.example"}} {
		if _, err := New(nil, wrong); err == nil {
			t.Errorf("%+v was accepted", wrong)
		}
	}
}

// The host of a request comes from its sender: what is not a host is not repeated.
func TestHostIsNotTrusted(t *testing.T) {
	s, _ := newTestSite(t, Options{})
	r := httptest.NewRequest("GET", "/sitemap.xml", nil)
	r.Host = `evil.example"><script>`
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if strings.Contains(w.Body.String(), "evil") {
		t.Errorf("%.300s", w.Body)
	}
	s, _ = newTestSite(t, Options{PublicURL: "https://find.example"})
	if w := visitSite(s, "GET", "/sitemap.xml", "X-Forwarded-Host", "evil.example"); !strings.Contains(w.Body.String(),
		"<loc>https://find.example/people</loc>") {
		t.Errorf("%.300s", w.Body)
	}
}

func TestBusy(t *testing.T) {
	s, f := newTestSite(t, Options{InFlight: 1})
	entered, leave := make(chan bool), make(chan bool)
	var first sync.Once // a page of a search asks more than once
	f.fail = func() error { first.Do(func() { entered <- true; <-leave }); return nil }
	done := make(chan int)
	go func() { done <- visitSite(s, "GET", "/search?q=a").Code }()
	<-entered
	if w := visitSite(s, "GET", "/about"); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("the second of one: %d", w.Code)
	}
	close(leave)
	if code := <-done; code != 200 {
		t.Errorf("the first: %d", code)
	}
}

func TestSlowAnswerIsGivenUp(t *testing.T) {
	s, f := newTestSite(t, Options{Timeout: 20 * time.Millisecond})
	f.fail = func() error { time.Sleep(40 * time.Millisecond); return context.DeadlineExceeded }
	if w := visitSite(s, "GET", "/search?q=a"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("%d", w.Code)
	}
}

func TestDereference(t *testing.T) {
	s, f := newTestSite(t, Options{})
	for _, ref := range []answer.Ref{f.catalogue.People[0].Ref, f.catalogue.Topics[0].Ref, f.catalogue.Pages[0].Ref} {
		u, err := url.Parse(string(ref.ID))
		if err != nil {
			t.Fatal(err)
		}
		if w := visitSite(s, "GET", u.Path); w.Code != http.StatusSeeOther || w.Header().Get("Location") != ref.Href {
			t.Errorf("%s: %d to %s, want %s", u.Path, w.Code, w.Header().Get("Location"), ref.Href)
		}
	}
	ask := f.catalogue.Recommendations[0]
	w := visitSite(s, "GET", present.Href(kinds.Recommendation, ask.ID))
	page, anchor, _ := strings.Cut(w.Header().Get("Location"), "#")
	if body := visitSite(s, "GET", page).Body.String(); !strings.Contains(body, `id="`+anchor+`"`) {
		t.Errorf("%s has no anchor %s", page, anchor)
	}
}
