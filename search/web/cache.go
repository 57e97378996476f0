package web

import (
	"net/http"
	"strings"
)

// A page is made from the generation, the program and the address, and from nothing else. So one tag serves all
// addresses, and a browser that comes back asks whether it still holds.

// tag returns the entity tag of all that a generation answers. It is weak: compressed or not, the meaning is the same.
func (s *Site) tag(gen Generation) string {
	return `W/"` + gen.Manifest().ID + "-" + s.mark + `"`
}

// recorder notes what is answered, and turns an answer that the caller has already into a 304.
type recorder struct {
	http.ResponseWriter
	request *http.Request
	tag     string
	code    int
	bytes   int
	silent  bool // the body is dropped
}

func (w *recorder) WriteHeader(code int) {
	if w.code != 0 {
		return
	}
	h := w.Header()
	switch {
	case code == http.StatusOK && h.Get("Cache-Control") == "":
		h.Set("ETag", w.tag)
		h.Set("Cache-Control", "no-cache")
		if holds(w.request.Header.Get("If-None-Match"), w.tag) {
			code, w.silent = http.StatusNotModified, true
			h.Del("Content-Type")
			h.Del("Content-Length")
		}
	case code >= 400:
		h.Set("Cache-Control", "no-store")
		h.Del("ETag")
	}
	w.code = code
	w.ResponseWriter.WriteHeader(code)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.code == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if w.silent {
		return len(b), nil
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *recorder) status() int {
	if w.code == 0 {
		return http.StatusOK
	}
	return w.code
}

// holds reports whether one of the tags in an If-None-Match header is tag.
func holds(header, tag string) bool {
	for one := range strings.SplitSeq(header, ",") {
		if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
