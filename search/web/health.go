package web

import (
	"encoding/json"
	"net/http"
	"time"
)

// Freshness says how new what is served is, of a server that takes it from a store that others fill.
type Freshness func() Age

// Age is how things stand between a server and its store.
type Age struct {
	Published time.Time // when the publisher published what is served; zero as long as the store was not reached
	Checked   time.Time // when the server last was at what the store says
	Fault     error     // why it is not now; nil if it is
	Failures  int       // looks at the store that failed
}

// health is what /healthz says. A server that has something to serve is well, however old that is.
type health struct {
	Status     string     `json:"status"`
	Generation string     `json:"generation"`
	Published  *time.Time `json:"published,omitempty"`
	AgeSeconds *int64     `json:"age_seconds,omitempty"` // since it was published
	Checked    *time.Time `json:"checked,omitempty"`
	Behind     string     `json:"behind,omitempty"` // why it may not be the newest
}

func (s *Site) health(w http.ResponseWriter, r *http.Request) {
	h := health{Status: "ok", Generation: of(r).gen.Manifest().ID}
	if s.options.Freshness != nil {
		age := s.options.Freshness()
		if !age.Published.IsZero() {
			seconds := int64(time.Since(age.Published).Seconds())
			h.Published, h.AgeSeconds = &age.Published, &seconds
		}
		if !age.Checked.IsZero() {
			checked := age.Checked.UTC().Truncate(time.Second)
			h.Checked = &checked
		}
		if age.Fault != nil {
			h.Behind = age.Fault.Error()
		}
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	json.NewEncoder(w).Encode(h)
}
