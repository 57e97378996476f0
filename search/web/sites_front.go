package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"
)

// ownPaths are what the server answers itself, beside the sites; no site can be called so.
var ownPaths = []string{"assets", "healthz", "metrics", "robots.txt"}

// Serve answers on a listener as Site.Serve does.
func (s *Sites) Serve(ctx context.Context, listener net.Listener) error {
	s.front.local = loopback(listener.Addr().String())
	return s.front.serve(ctx, listener, s)
}

// ServeMetrics answers on a listener of its own with what is counted over all sites, as Serve does.
func (s *Sites) ServeMetrics(ctx context.Context, listener net.Listener) error {
	return s.front.ServeMetrics(ctx, listener)
}

// ServeHTTP answers one request.
func (s *Sites) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	harden(w.Header())
	if own := s.ownHost(r.Host); own != nil {
		s.pass(w, r, own, "", true)
		return
	}
	if (s.front.local || len(s.options.Site.AllowHosts) > 0) && !s.front.called(r.Host) {
		s.fail(w, r, &refusal{status: http.StatusMisdirectedRequest, message: unknownHost})
		return
	}
	cut := ""
	path, below := strings.CutPrefix(r.URL.Path, s.front.prefix)
	if below && (path == "" || path[0] == '/') {
		cut = s.front.prefix
	} else {
		path = r.URL.Path
	}
	name, rest, inside := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if t := s.find(name); t != nil {
		if !inside {
			to := s.front.prefix + "/" + name + "/"
			if r.URL.RawQuery != "" {
				to += "?" + r.URL.RawQuery
			}
			http.Redirect(w, r, to, http.StatusMovedPermanently)
			return
		}
		s.pass(w, r, t, cut+"/"+name, false)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		s.fail(w, r, refuse(http.StatusMethodNotAllowed, "e.reads"))
		return
	}
	switch {
	case name == "":
		s.show(w, http.StatusOK, s.page())
	case path == "/healthz":
		s.health(w)
	case path == "/metrics" && s.options.Site.Metrics:
		s.front.meters.handler().ServeHTTP(w, r)
	case path == "/robots.txt":
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Write([]byte("User-agent: *\nAllow: /\n"))
	case name == "assets" && s.front.assets[rest].body != nil:
		s.front.assets[rest].serve(w, "max-age=3600")
	default:
		s.fail(w, r, &refusal{status: http.StatusNotFound, message: "There is no site of this name here."})
	}
}

// find returns a site that is listed, or nil.
func (s *Sites) find(name string) *tenant {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tenants[name]
}

// ownHost returns the site whose host name a request calls, or nil.
func (s *Sites) ownHost(host string) *tenant {
	if s.domain == "" {
		return nil
	}
	name, ok := strings.CutSuffix(hostname(host), s.domain)
	if !ok {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.tenants[name]; t != nil {
		return t
	}
	for _, known := range s.names { // host names know no capitals
		if strings.EqualFold(known, name) {
			return s.tenants[known]
		}
	}
	return nil
}

// pass lets a site answer. Cut is what leads to it in the path.
func (s *Sites) pass(w http.ResponseWriter, r *http.Request, t *tenant, cut string, host bool) {
	select {
	case t.slots <- struct{}{}:
		defer func() { <-t.slots }()
	default:
		s.fail(w, r, errBusy)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.options.Site.Timeout)
	open, err := s.acquire(ctx, t)
	cancel()
	if err != nil {
		s.fail(w, r, err)
		return
	}
	defer s.release(t)
	if host {
		if site, err := open.host(); err != nil {
			s.fail(w, r, err)
		} else {
			site.ServeHTTP(w, r)
		}
		return
	}
	site, err := open.below()
	if err != nil {
		s.fail(w, r, err)
		return
	}
	http.StripPrefix(cut, site.handler).ServeHTTP(w, r)
}

// sitesPage is the page of all sites, or says what is wrong with a request that reaches none.
type sitesPage struct {
	Title, Detail string
	Sites         []Listed
	Version       string
}

func (s *Sites) page() *sitesPage {
	p := &sitesPage{Title: "On the record", Version: s.options.Site.Version}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, name := range s.names {
		p.Sites = append(p.Sites, s.tenants[name].Listed)
	}
	return p
}

// show shows a page of this server's own.
func (s *Sites) show(w http.ResponseWriter, status int, p *sitesPage) {
	var page bytes.Buffer
	if err := s.front.templates[fallback]["sites"].ExecuteTemplate(&page, "sites", p); err != nil {
		s.options.Site.Log.Error("show the list of sites", "error", err)
		http.Error(w, errInternal.message, http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(s.front.mounted(page.Bytes())) // the caller may have gone
}

// fail answers a request that no site answers: with a problem document for programs, with a page for people.
func (s *Sites) fail(w http.ResponseWriter, r *http.Request, err error) {
	var refused *refusal
	if !errors.As(err, &refused) {
		refused = told(err)
	}
	s.front.meters.observe("none", r.Method, refused.status, 0)
	if refused.status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	if strings.Contains(r.URL.Path, "/api/") || strings.HasSuffix(r.URL.Path, ".json") || strings.HasSuffix(r.URL.Path, ".atom") {
		p := &problem{}
		p.Status, p.Title, p.Detail = refused.status, http.StatusText(refused.status), refused.message
		w.Header().Set("Content-Type", "application/problem+json")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(refused.status)
		json.NewEncoder(w).Encode(p) // the caller may have gone
		return
	}
	s.show(w, refused.status, &sitesPage{Title: http.StatusText(refused.status), Detail: refused.message, Version: s.options.Site.Version})
}

// healthOfAll is what /healthz says of many sites. The server is well as long as one of them can be served.
type healthOfAll struct {
	Status string         `json:"status"`
	Sites  int            `json:"sites"`
	Open   int            `json:"open"`
	Broken []brokenTenant `json:"broken,omitempty"`
	Behind string         `json:"behind,omitempty"` // why the list of sites may not be the newest
}

type brokenTenant struct {
	Name  string `json:"name"`
	Cause string `json:"cause"`
}

func (s *Sites) health(w http.ResponseWriter) {
	s.mu.Lock()
	h := healthOfAll{Status: "ok", Sites: len(s.names)}
	for _, name := range s.names {
		switch t := s.tenants[name]; {
		case t.open != nil:
			h.Open++
		case t.fault != nil:
			h.Broken = append(h.Broken, brokenTenant{name, told(t.fault).message})
		}
	}
	if s.behind != nil {
		h.Behind = "The list of sites could not be read anew; the server's log says why."
	}
	s.mu.Unlock()
	status := http.StatusOK
	if len(h.Broken) == h.Sites {
		h.Status, status = "broken", http.StatusServiceUnavailable
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(h) // the caller may have gone
}
