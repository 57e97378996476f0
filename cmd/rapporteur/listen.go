package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
)

// listeners are the addresses that a server listens on: for all it serves, and for its metrics if they have one of their own.
type listeners struct {
	main, metrics net.Listener
	below         string // path under which all is served
}

// listen takes the addresses before anything else is done: one that is taken is said at once.
func listen(opts ServeOptions) (*listeners, error) {
	main, err := net.Listen("tcp", opts.Addr)
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	l := &listeners{main: main, below: strings.TrimSuffix(opts.BasePath, "/") + "/"}
	if opts.Metrics == "" || opts.Metrics == "here" {
		return l, nil
	}
	if l.metrics, err = net.Listen("tcp", opts.Metrics); err != nil {
		l.close()
		return nil, fmt.Errorf("listen for --metrics: %w", err)
	}
	return l, nil
}

// close lets the addresses go: again, harmlessly, after serving.
func (l *listeners) close() {
	l.main.Close()
	if l.metrics != nil {
		l.metrics.Close()
	}
}

// address is where a browser finds what is served.
func (l *listeners) address() string { return "http://" + l.main.Addr().String() + l.below }

// serveMetrics answers on the address of the metrics, if there is one, until ctx ends.
func (l *listeners) serveMetrics(ctx context.Context, a *app, log *slog.Logger, in *sync.WaitGroup,
	serve func(context.Context, net.Listener) error,
) {
	if l.metrics == nil {
		return
	}
	fmt.Fprintf(a.err, "metrics at http://%s/metrics\n", l.metrics.Addr())
	in.Go(func() {
		if err := serve(ctx, l.metrics); err != nil {
			log.Error("metrics", "error", err)
		}
	})
}
