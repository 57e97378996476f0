package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// server is a running one.
type server struct {
	c      *harness
	cmd    *exec.Cmd
	url    string
	mu     sync.Mutex
	log    strings.Builder
	client http.Client
}

var listening = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// serve starts a server on the harness's data folder.
func (c *harness) serve(ctx context.Context) (*server, error) {
	s := &server{c: c, client: http.Client{Timeout: patience, CheckRedirect: func(*http.Request,
		[]*http.Request) error {
		return http.ErrUseLastResponse
	}}}
	s.cmd = exec.CommandContext(ctx, c.binary, "--data", c.data(), "serve", "--addr", "127.0.0.1:0", "--log", "none")
	s.cmd.Stderr = s
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	for range 200 {
		if s.url = listening.FindString(s.said()); s.url != "" {
			return s, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return nil, fmt.Errorf("the server does not start: %s", firstLine(s.said()))
}

// Write takes in what the server says on standard error.
func (s *server) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.Write(b)
}

func (s *server) said() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.String()
}

// stop ends the server as a person would, and counts if it does not end, or said that it panicked.
func (s *server) stop() {
	s.cmd.Process.Signal(os.Interrupt)
	late := time.AfterFunc(20*time.Second, func() { s.cmd.Process.Kill() })
	s.cmd.Wait()
	if !late.Stop() {
		s.c.count(hung, "the server does not end")
	}
	if at := fault.FindStringIndex(s.said()); at != nil {
		s.c.count(panicked, "the server: %s", firstLine(s.said()[at[0]:]))
	}
}

// answer is what a server said. Status 0 says that no answer came, -1 that nothing could be asked.
type answer struct {
	status int
	kind   string // its Content-Type
	body   string // or why none came
}

// get asks for a path.
func (s *server) get(ctx context.Context, path string) answer {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+path, nil)
	if err != nil {
		return answer{status: -1} // no such address can be asked for
	}
	res, err := s.client.Do(req)
	if err != nil {
		return answer{body: err.Error()}
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return answer{body: err.Error()}
	}
	return answer{res.StatusCode, res.Header.Get("Content-Type"), string(b)}
}

// sane counts an answer that must not be given, whatever was asked.
func (s *server) sane(ctx context.Context, path string, got answer) {
	switch {
	case ctx.Err() != nil || got.status == -1:
	case got.status == 0 && strings.Contains(got.body, "Timeout"):
		s.c.count(hung, "%s", path)
	case got.status == 0 || got.status >= 500:
		s.c.count(panicked, "%s: status %d %s", path, got.status, firstLine(got.body))
	case strings.Contains(got.body, "<script>alert") && !strings.Contains(got.kind, "json"): // there it is text
		s.c.count(leaked, "%s: markup that was asked for is in the answer", path)
	}
}

var (
	paths = []string{"/search", "/api/v1/search", "/api/v1/suggest", "/api/v1/related", "/api/v1/connections", "/api/v1/path",
		"/api/v1/recommendations",
		"/api/v1/entities", "/api/v1/pages", "/api/v1/graph", "/search.atom", "/events.atom", "/recommendations", "/explore",
		"/compare", "/events", "/people",
		"/organisations", "/topics", "/countries", "/people/x", "/events/x", "/id/person/x", "/id/", "/wrong", "/about",
		"/review", "/opensearch/suggest"}
	parameters = []string{"q", "kind", "person", "organisation", "country", "topic", "from", "to", "sort", "limit", "offset",
		"page", "of", "name", "format", "genre", "by", "a", "b"}
	pieces = []string{"locks", "Marisol Fennimore", "\"", "(", ")", "-", "*", "?", "~", "^", ":", "person:", "topic:\"",
		"to:", "from:2024", "AND", "OR", "NOT", " ", "\x00", "\xff",
		"é", "王伟", "\u202e", "%", "%25", "%zz", "../", "//", "\\", "<script>alert(1)</script>", "{", "}", "{{", "g.V()",
		"9999999999999999999", "-1", "1e9", "0", "a", "\r\n", "event", "date",
		"2024-02-30", "https://brackwater.example/id/person/marisol-fennimore", "_events/2024-01-01-meeting.md", "\U0001F600",
		"ſ", "İ", "\u0301"}
)

// words is a random thing to ask for.
func (c *harness) words() string {
	var b strings.Builder
	for range c.random.IntN(6) {
		b.WriteString(pick(c, pieces))
		if c.random.IntN(3) == 0 {
			b.WriteByte(' ')
		}
	}
	if c.random.IntN(50) == 0 {
		return strings.Repeat(b.String(), 1+c.random.IntN(400))
	}
	return b.String()
}

// queries asks for random words with random parameters.
func queries(ctx context.Context, c *harness) error {
	if _, err := c.built(ctx, 12); err != nil {
		return err
	}
	s, err := c.serve(ctx)
	if err != nil {
		return err
	}
	defer s.stop()
	for c.next(ctx) {
		c.rounds++
		q := url.Values{}
		for range c.random.IntN(4) {
			q.Add(pick(c, parameters), c.words())
		}
		path := pick(c, paths)
		if c.random.IntN(4) == 0 {
			path += "/" + url.PathEscape(c.words())
		}
		path += "?" + q.Encode()
		s.sane(ctx, path, s.get(ctx, path))
		if c.rounds%500 == 0 {
			c.call(ctx, "search", "--", c.words())
			c.call(ctx, "show", "--", c.words())
			c.call(ctx, "connections", "--", c.words())
		}
	}
	return nil
}

// swaps asks a server without pause while the site changes: all of an answer is of one generation, and none is missing. The word
// that is asked for stands on every page, with the number of the edit.
func swaps(ctx context.Context, c *harness) error {
	if _, err := c.built(ctx, 3); err != nil {
		return err
	}
	number := func(n int) error {
		for i := range 3 {
			page := fmt.Sprintf("---\ntitle: Number%d\ndate: 2024-05-0%d\n---\nEvery page names the pinnace, number%d.\n", n, i+1, n)
			if err := os.WriteFile(fmt.Sprintf("%s/_events/2024-05-0%d-pinnace.md", c.site(), i+1), []byte(page), 0o644); err != nil {
				return err
			}
		}
		return nil
	}
	if err := number(0); err != nil {
		return err
	}
	if !c.ingest(ctx) {
		return nil
	}
	s, err := c.serve(ctx)
	if err != nil {
		return err
	}
	defer s.stop()
	var asking sync.WaitGroup
	var done atomic.Bool
	var mu sync.Mutex
	for range 4 {
		asking.Go(func() {
			for !done.Load() && ctx.Err() == nil {
				got := s.get(ctx, "/api/v1/search?q=pinnace&kind=page")
				mu.Lock()
				s.sane(ctx, "the pages", got)
				if got.status == http.StatusOK {
					s.oneNumber(got.body)
				}
				mu.Unlock()
			}
		})
	}
	for n := 1; c.next(ctx); n++ {
		if err := number(n); err != nil {
			return err
		}
		mu.Lock()
		c.rounds++
		mu.Unlock()
		r := c.call(ctx, "ingest", c.site())
		if r.code != 0 && ctx.Err() == nil {
			mu.Lock()
			c.count(lost, "ingest fails: %s", firstLine(r.err))
			mu.Unlock()
		}
	}
	done.Store(true)
	asking.Wait()
	return nil
}

// oneNumber counts an answer whose pages are not all there, or not of one generation.
func (s *server) oneNumber(body string) {
	var answer struct {
		Hits []struct {
			Title string `json:"title"`
		} `json:"hits"`
	}
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		s.c.count(mixed, "no JSON: %v", err)
		return
	}
	if len(answer.Hits) != 3 {
		s.c.count(lost, "%d pages, not 3", len(answer.Hits))
		return
	}
	for _, h := range answer.Hits {
		if h.Title != answer.Hits[0].Title {
			s.c.count(mixed, "%s beside %s", h.Title, answer.Hits[0].Title)
			return
		}
	}
}

// cutFiles shortens files of the generation that a server has open: that may cost answers, but not the server, and the next
// ingest mends it.
func cutFiles(ctx context.Context, c *harness) error {
	if _, err := c.built(ctx, 12); err != nil {
		return err
	}
	for c.next(ctx) {
		s, err := c.serve(ctx)
		if err != nil {
			return err
		}
		if err := c.cutOne(ctx, s); err != nil {
			return err
		}
		s.stop()
	}
	return nil
}

func (c *harness) cutOne(ctx context.Context, s *server) error {
	files, err := filesBelow(c.data() + "/generations")
	if err != nil {
		return err
	}
	for range 1 + c.random.IntN(3) {
		name := pick(c, files)
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		if err := os.Truncate(name, c.random.Int64N(info.Size()+1)); err != nil {
			return err
		}
	}
	c.rounds++
	for _, path := range []string{"/search?q=locks", "/search?q=weirs+norway", "/people/marisol-fennimore", "/people", "/explore",
		"/api/v1/connections?name=Marisol+Fennimore", "/about"} {
		if got := s.get(ctx, path); got.status == 0 && ctx.Err() == nil {
			c.count(panicked, "%s: the server is gone: %s", path, got.body)
			return nil
		}
	}
	if err := c.write(c.anyName()); err != nil {
		return err
	}
	if !c.ingest(ctx) {
		return nil
	}
	for range 40 {
		if s.get(ctx, "/search?q=locks").status == http.StatusOK {
			return nil
		}
		time.Sleep(250 * time.Millisecond)
	}
	if ctx.Err() == nil {
		c.count(lost, "the server does not answer after the next ingest")
	}
	return nil
}
