package web

import (
	"io"
	"net"
	"net/http"
	"testing"
)

// calledBy asks the server at address by another name.
func calledBy(t *testing.T, address, host, path string) int {
	t.Helper()
	r, err := http.NewRequest("GET", "http://"+address+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = host
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode
}

// A page elsewhere whose name was made to lead to this machine (DNS rebinding) is not answered.
func TestLoopbackAnswersToItsNamesOnly(t *testing.T) {
	s, _ := newTestSite(t, Options{PublicURL: "https://search.example.org", AllowHosts: []string{"Forum.Example"}})
	address, stop := serve(t, s)
	for host, want := range map[string]int{
		address: 200, "localhost": 200, "LOCALHOST:8080": 200, "localhost.": 200, "a.localhost": 200, "127.0.0.1": 200,
		"127.9.9.9:1": 200, "[::1]:80": 200,
		"search.example.org": 200, "search.example.org:443": 200, "forum.example": 200,
		"evil.example": 421, "evil.example:8080": 421, "127.0.0.1.evil.example": 421, "localhost.evil.example": 421,
		"192.168.1.1": 421, "0.0.0.0": 421, "search.example.org.evil": 421,
	} {
		for _, path := range []string{"/", "/healthz", "/api/v1/search?q=a", "/openapi.json"} {
			if got := calledBy(t, address, host, path); got != want {
				t.Errorf("%s of %s: %d, not %d", path, host, got, want)
			}
		}
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if _, err := New(nil, Options{AllowHosts: []string{"https://a.example"}}); err == nil {
		t.Error("an address is taken for the name of a host")
	}
}

// What the server counts is answered on an address of its own, or where it was asked for, and nowhere else.
func TestMetricsStandApart(t *testing.T) {
	s, _ := newTestSite(t, Options{})
	if w := visitSite(s, "GET", "/metrics"); w.Code != http.StatusNotFound {
		t.Errorf("unasked for: %d", w.Code)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go s.ServeMetrics(t.Context(), listener)
	address := listener.Addr().String()
	if got := calledBy(t, address, address, "/metrics"); got != http.StatusOK {
		t.Errorf("on its own address: %d", got)
	}
	if got := calledBy(t, address, address, "/people"); got != http.StatusNotFound {
		t.Errorf("pages on the address of metrics: %d", got)
	}
	if got := calledBy(t, address, "evil.example", "/metrics"); got != http.StatusMisdirectedRequest {
		t.Errorf("by another name: %d", got)
	}
}
