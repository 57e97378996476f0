package web

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// serve runs the real server, and returns its address and what ends it.
func serve(t *testing.T, s *Site) (address string, stop func() error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, listener) }()
	return listener.Addr().String(), func() error { cancel(); return <-done }
}

// A server that is told to stop answers first what it was asked.
func TestShutdownFinishesRequests(t *testing.T) {
	s, f := newTestSite(t, Options{AllowHosts: []string{"*"}})
	entered := make(chan bool)
	var first sync.Once // a page of a search asks more than once
	f.fail = func() error { first.Do(func() { close(entered); time.Sleep(300 * time.Millisecond) }); return nil }
	address, stop := serve(t, s)
	status := make(chan string, 1)
	go func() {
		answer, err := http.Get("http://" + address + "/search?q=a")
		if err != nil {
			status <- err.Error()
			return
		}
		defer answer.Body.Close()
		_, err = io.Copy(io.Discard, answer.Body)
		status <- fmt.Sprint(answer.StatusCode, err)
	}()
	<-entered
	if err := stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
	if got := <-status; got != "200 <nil>" {
		t.Errorf("the last request: %s", got)
	}
	if _, err := net.DialTimeout("tcp", address, time.Second); err == nil {
		t.Error("it still listens")
	}
}

// talk sends bytes to the server and returns the first line of its answer.
func talk(t *testing.T, address, text string) string {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(headerTime + 5*time.Second))
	go io.WriteString(c, text) // the server may hang up before the end
	line, err := bufio.NewReader(c).ReadString('\n')
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(line)
}

func TestRawRequests(t *testing.T) {
	s, _ := newTestSite(t, Options{AllowHosts: []string{"*"}})
	address, stop := serve(t, s)
	defer stop()
	for _, test := range []struct{ text, want string }{
		{"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK"},
		{"GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400 Bad Request"},
		{"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "HTTP/1.1 400 Bad Request"},
		{"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "HTTP/1.1 400 Bad Request"},
		{"GET /" + strings.Repeat("a", 90<<10) + " HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 431 Request Header Fields Too Large"},
		{"GET / HTTP/1.1\r\nHost: a\r\nX: " + strings.Repeat("a", 90<<10) + "\r\n\r\n", "HTTP/1.1 431 Request Header Fields Too Large"},
		{"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
			"HTTP/1.1 413 Request Entity Too Large"},
		{"GET http://evil.example/about HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK"},
		{"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n", "HTTP/1.1 405 Method Not Allowed"},
		{"GET /..%2f..%2fetc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 404 Not Found"},
		{"nonsense\r\n\r\n", "HTTP/1.1 400 Bad Request"},
	} {
		if got := talk(t, address, test.text); !strings.HasPrefix(got, test.want) {
			t.Errorf("%.60q: %s, want %s", test.text, got, test.want)
		}
	}
}

// Clients that never finish their request are let go, and keep nobody from being answered.
func TestSlowClients(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for slow clients")
	}
	s, f := newTestSite(t, Options{AllowHosts: []string{"*"}})
	address, stop := serve(t, s)
	defer stop()
	var slow []net.Conn
	for range 200 {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ")
		slow = append(slow, c)
	}
	if got := talk(t, address, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"); got != "HTTP/1.1 200 OK" {
		t.Errorf("among slow clients: %s", got)
	}
	start := time.Now()
	for _, c := range slow {
		c.SetReadDeadline(start.Add(headerTime + 5*time.Second))
		if _, err := io.Copy(io.Discard, c); err != nil {
			t.Fatalf("a slow client was still held after %v: %v", time.Since(start), err)
		}
	}
	if n := f.users.Load(); n != 0 {
		t.Errorf("slow clients hold the generation %d times", n)
	}
}
