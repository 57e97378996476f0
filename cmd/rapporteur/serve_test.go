package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// safeBuffer may be written and read at the same time.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// running is a command that goes on until it is stopped.
type running struct {
	err  safeBuffer
	stop context.CancelFunc
	code chan int
}

func start(t *testing.T, in io.Reader, out io.Writer, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r := &running{stop: cancel, code: make(chan int, 1)}
	go func() {
		r.code <- newApp(in, out, &r.err, func(string) string { return "" }).run(ctx, args)
	}()
	return r
}

// end stops the command, and returns its exit code.
func (r *running) end(t *testing.T) int {
	t.Helper()
	r.stop()
	select {
	case code := <-r.code:
		return code
	case <-time.After(30 * time.Second):
		t.Fatalf("it does not stop:\n%s", r.err.String())
		return 0
	}
}

// until waits for something to come true.
func until(t *testing.T, what string, most time.Duration, ok func() bool) time.Duration {
	t.Helper()
	start := time.Now()
	for !ok() {
		if time.Since(start) > most {
			t.Fatalf("after %v: still not %s", most, what)
		}
		time.Sleep(10 * time.Millisecond)
	}
	return time.Since(start)
}

var servedAt = regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)

// address is where the server says that it listens.
func (r *running) address(t *testing.T) string {
	t.Helper()
	var at string
	until(t, "served", time.Minute, func() bool {
		select {
		case code := <-r.code:
			t.Fatalf("it ended with %d:\n%s", code, r.err.String())
		default:
		}
		at = servedAt.FindString(r.err.String())
		return at != ""
	})
	return strings.TrimSuffix(at, "/")
}

// copySite copies the invented site, so that a test may change it.
func copySite(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	if err := os.CopyFS(dir, os.DirFS("../../testdata/site")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func found(t *testing.T, server, word string) int {
	t.Helper()
	answer, err := http.Get(server + "/api/v1/search?kind=page&q=" + url.QueryEscape(word))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var a struct{ Total int }
	if err := json.NewDecoder(answer.Body).Decode(&a); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("search %s: %d %v", word, answer.StatusCode, err)
	}
	return a.Total
}

// One command brings everything up; what is changed, added or taken away in the site is searchable soon after, and what
// another process builds is taken up too.
func TestServeWatch(t *testing.T) {
	site, data := copySite(t), t.TempDir()
	server := start(t, nil, io.Discard, "--data", data, "serve", site, "--watch", "--addr", "127.0.0.1:0")
	at := server.address(t)
	if n := found(t, at, "procurement"); n == 0 {
		t.Error("nothing of the site is found")
	}

	page := filepath.Join(site, "_events", "2026-04-01-new.md")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(page, []byte("---\ntitle: New\ndate: 2026-04-01\n---\n"+text+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, word := range []string{"quagmarble", "zephyrine", "ombrelloak"} {
		write("A talk about " + word + ".")
		took := until(t, word+" searchable", 20*time.Second, func() bool { return found(t, at, word) == 1 })
		t.Logf("searchable after %v", took)
	}
	if err := os.MkdirAll(filepath.Join(site, "_events", "deeper"), 0o755); err != nil {
		t.Fatal(err)
	}
	page = filepath.Join(site, "_events", "deeper", "2026-04-02-newer.md")
	write("A talk about hollowreed.")
	until(t, "a page in a new folder searchable", 20*time.Second, func() bool { return found(t, at, "hollowreed") == 1 })
	if err := os.Remove(page); err != nil {
		t.Fatal(err)
	}
	until(t, "a page gone that was removed", 20*time.Second, func() bool { return found(t, at, "hollowreed") == 0 })
	if code := server.end(t); code != exitDone {
		t.Errorf("exit code %d:\n%s", code, server.err.String())
	}

	server = start(t, nil, io.Discard, "--data", data, "serve", "--addr", "127.0.0.1:0")
	at = server.address(t)
	page = filepath.Join(site, "_events", "2026-04-01-new.md")
	write("A talk about marrowgate.")
	other := start(t, nil, io.Discard, "--data", data, "ingest", site)
	if code := <-other.code; code != exitDone {
		t.Fatalf("ingest: %d\n%s", code, other.err.String())
	}
	until(t, "another process's generation served", 20*time.Second, func() bool { return found(t, at, "marrowgate") == 1 })
	if code := server.end(t); code != exitDone {
		t.Errorf("exit code %d:\n%s", code, server.err.String())
	}
}

func TestServeWrongUsage(t *testing.T) {
	data := t.TempDir()
	for _, test := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"serve", "--watch"}, exitUsage, "needs the SITE"},
		{[]string{"serve", "--log", "loud"}, exitUsage, "text, json or none"},
		{[]string{"serve", "--allow-origin", "example.org"}, exitUsage, "scheme and a host"},
		{[]string{"serve", "--public-url", "example.org"}, exitUsage, "scheme and a host"},
		{[]string{"serve", "--addr", "nonsense"}, exitFailed, "nonsense"},
		{[]string{"serve", "--addr", "127.0.0.1:0"}, exitFailed, "rapporteur ingest"},
		{[]string{"serve", "--addr", "127.0.0.1:0", filepath.Join(data, "nothing")}, exitFailed, "nothing"},
		{[]string{"mcp"}, exitFailed, "rapporteur ingest"},
	} {
		r := start(t, strings.NewReader(""), io.Discard, append([]string{"--data", data}, test.args...)...)
		select {
		case code := <-r.code:
			if code != test.code || !strings.Contains(r.err.String(), test.says) {
				t.Errorf("%q: %d, want %d saying %q:\n%s", test.args, code, test.code, test.says, r.err.String())
			}
		case <-time.After(30 * time.Second):
			t.Errorf("%q goes on", test.args)
		}
		r.stop()
	}
}

// The command answers the SDK's client on its standard input and output, and ends when that closes.
func TestMCP(t *testing.T) {
	data := t.TempDir()
	if r := start(t, nil, io.Discard, "--data", data, "ingest", "../../testdata/site"); <-r.code != exitDone {
		t.Fatal(r.err.String())
	}
	theirOut, ourIn := io.Pipe()
	ourOut, theirIn := io.Pipe()
	server := start(t, theirOut, theirIn, "--data", data, "mcp")
	client, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(),
		&sdk.IOTransport{Reader: ourOut, Writer: ourIn}, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.CallTool(t.Context(), &sdk.CallToolParams{Name: "profile", Arguments: map[string]any{"name": "Lakshmi Devarajan"}})
	if err != nil || answer.IsError {
		t.Fatalf("%v %+v", err, answer)
	}
	b, err := json.Marshal(answer.StructuredContent)
	if err != nil || !strings.Contains(string(b), "Institute for Shared Waters") || !strings.Contains(string(b), "#:~:text=") {
		t.Errorf("%v %s", err, b)
	}
	client.Close()
	ourIn.Close()
	if code := server.end(t); code != exitDone {
		t.Errorf("exit code %d:\n%s", code, server.err.String())
	}
}
