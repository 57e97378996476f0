package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// The limits of a connection. They are there against callers who are slow, or never come to an end.
const (
	headerTime   = 5 * time.Second
	readTime     = 10 * time.Second
	writeTime    = 30 * time.Second
	idleTime     = 60 * time.Second
	maxHeader    = 64 << 10
	shutdownTime = 10 * time.Second
)

// Serve answers on a listener until ctx ends; then it finishes what it has begun, for ten seconds at most. On an address that only
// this machine reaches, it answers only who calls it by a name of this machine, or by one that Options allow: a page of
// somebody else's, whose name was made to lead here, learns nothing.
func (s *Site) Serve(ctx context.Context, listener net.Listener) error {
	s.local = loopback(listener.Addr().String())
	return s.serve(ctx, listener, s)
}

// ServeMetrics answers on a listener of its own with what the server counts, as Serve does.
func (s *Site) ServeMetrics(ctx context.Context, listener net.Listener) error {
	local := loopback(listener.Addr().String())
	mux := http.NewServeMux()
	metrics := s.meters.handler()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		if local && !s.called(r.Host) {
			http.Error(w, unknownHost, http.StatusMisdirectedRequest)
			return
		}
		metrics.ServeHTTP(w, r)
	})
	return s.serve(ctx, listener, mux)
}

func (s *Site) serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(s.options.Log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := server.Shutdown(late); err != nil {
		return errors.Join(fmt.Errorf("finish the last requests: %w", err), server.Close())
	}
	return nil
}

// Moved tells the metrics that the server has moved to another generation.
func (s *Site) Moved() { s.meters.swaps.Inc() }
