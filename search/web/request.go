package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/rs/cors"
)

// Limits of what a request may be. A longer one is refused before anything is done for it.
const (
	maxURI   = 48 << 10 // bytes of path and query
	maxQuery = 16 << 10 // bytes of what is searched for: a page of text may be pasted
	maxLimit = 100
)

var goodRequestID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// visit is one request and the generation that answers it.
type visit struct {
	site *Site
	gen  Generation
	id   string // of the request
	w    http.ResponseWriter
	r    *http.Request
}

type visitKey struct{}

// of returns the visit that a request belongs to.
func of(r *http.Request) *visit { return visitIn(r.Context()) }

func visitIn(ctx context.Context) *visit { return ctx.Value(visitKey{}).(*visit) }

func (v *visit) ctx() context.Context { return v.r.Context() }

// texts are the words of the pages that are shown.
func (v *visit) texts() *texts { return textsOf(v.gen.Manifest()) }

// wrap puts around the routes what every request passes through.
func (s *Site) wrap() http.Handler {
	crossOrigin := cors.New(cors.Options{
		AllowOriginVaryRequestFunc: func(r *http.Request, origin string) (bool, []string) { return s.allows(r, origin), nil },
		AllowedMethods:             []string{http.MethodGet, http.MethodHead},
		AllowedHeaders:             []string{"If-None-Match", "X-Request-Id"},
		ExposedHeaders:             []string{"ETag", "X-Request-Id"},
		MaxAge:                     3600,
	})
	return gzhttp.GzipHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.receive(w, r, crossOrigin)
	}))
}

func (s *Site) receive(out http.ResponseWriter, r *http.Request, crossOrigin *cors.Cors) {
	start := time.Now()
	ctx, cancel := context.WithTimeout(r.Context(), s.options.Timeout)
	defer cancel()
	gen, release := s.acquire()
	defer release()
	v := &visit{site: s, gen: linked{gen, &s.catalogues}, id: requestID(r)}
	r = r.WithContext(context.WithValue(ctx, visitKey{}, v))
	w := &recorder{ResponseWriter: out, request: r, tag: s.tag(gen)}
	v.r, v.w = r, w
	w.Header().Set("X-Request-Id", v.id)
	harden(w.Header())

	debug.SetPanicOnFault(true) // a mapped file that got shorter costs this answer, not the server
	s.meters.inFlight.Inc()
	defer func() {
		if cause := recover(); cause != nil {
			s.options.Log.Error("panic", "request", v.id, "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
			s.fail(v, errInternal)
		}
		s.meters.inFlight.Dec()
		s.record(v, w, time.Since(start))
	}()
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	default:
		s.fail(v, errBusy)
		return
	}
	if err := s.refuse(r); err != nil {
		s.fail(v, err)
		return
	}
	if readByScripts(r.URL.Path) {
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		if crossOrigin.HandlerFunc(w, r); isPreflight(r) {
			return
		}
	}
	if r.Method == http.MethodOptions {
		w.Header().Set("Allow", allowedMethods)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	s.mux.ServeHTTP(w, r)
}

const allowedMethods = "GET, HEAD, OPTIONS"

// refuse says what is wrong with a request as such, if anything.
func (s *Site) refuse(r *http.Request) error {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
	default:
		if s.writes(r) {
			return nil
		}
		return refuse(http.StatusMethodNotAllowed, "e.reads")
	}
	if (s.local || len(s.options.AllowHosts) > 0) && !s.called(r.Host) {
		return &refusal{status: http.StatusMisdirectedRequest, message: unknownHost}
	}
	if len(r.RequestURI) > maxURI {
		return refuse(http.StatusRequestURITooLong, "e.longaddress", len(r.RequestURI), maxURI)
	}
	if origin := r.Header.Get("Origin"); origin != "" && readByScripts(r.URL.Path) && !s.allows(r, origin) {
		return &refusal{status: http.StatusForbidden,
			message: "Scripts of this origin may not read the API. Whoever runs this server can allow it with --allow-origin."}
	}
	if r.ContentLength > 0 || len(r.TransferEncoding) > 0 {
		return refuse(http.StatusRequestEntityTooLarge, "e.body")
	}
	if _, err := url.ParseQuery(r.URL.RawQuery); err != nil {
		return refuse(http.StatusBadRequest, "e.query")
	}
	return nil
}

// allows reports whether scripts of an origin may read the API: the server's own pages, and those that were allowed.
func (s *Site) allows(r *http.Request, origin string) bool {
	if s.origins["*"] || s.origins[origin] {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && (u.Host == r.Host || s.public != nil && u.Host == s.public.Host)
}

// readByScripts reports whether a path is meant for programs, those of other sites among them.
func readByScripts(path string) bool {
	return strings.HasPrefix(path, "/api/") || path == "/openapi.json" || path == widgetPath || strings.HasSuffix(path, ".atom")
}

func isPreflight(r *http.Request) bool {
	return r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != ""
}

// harden sets the headers that keep a browser from doing more with an answer than showing it.
func harden(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "+
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
}

// requestID returns the id that the caller gave, if it is harmless, else a new one.
func requestID(r *http.Request) string {
	if id := r.Header.Get("X-Request-Id"); goodRequestID.MatchString(id) {
		return id
	}
	b := make([]byte, 8)
	rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// record writes a request to the access log and the metrics, once it is answered. The log has no address: names stand in it, and
// what somebody looks for is their own affair.
func (s *Site) record(v *visit, w *recorder, took time.Duration) {
	route := v.r.Pattern
	if _, path, ok := strings.Cut(route, " "); ok {
		route = path
	}
	if route == "" || route == "/" {
		route = "none"
	}
	s.meters.observe(route, v.r.Method, w.status(), took)
	s.options.Log.LogAttrs(v.ctx(), slog.LevelInfo, "request",
		slog.String("id", v.id),
		slog.String("method", v.r.Method),
		slog.String("route", route),
		slog.Int("status", w.status()),
		slog.Int("bytes", w.bytes),
		slog.Duration("took", took),
		slog.String("generation", v.gen.Manifest().ID),
	)
}
