package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"rapporteur/search"
	"rapporteur/search/publish"
	"rapporteur/search/web"
)

// lookEvery is how often a server that follows a store looks at its pointer.
const lookEvery = time.Second

// following is a server's side of a store. A nil one follows nothing.
type following struct {
	store    publish.Store
	follower *publish.Follower
	dataDir  string
}

func newFollowing(where, dataDir string) (*following, error) {
	s, err := publish.Open(where)
	if err != nil {
		return nil, usagef("%s", err)
	}
	return followStore(s, dataDir), nil
}

func followStore(s publish.Store, dataDir string) *following {
	return &following{store: s, follower: publish.Follow(s, dataDir, search.Contents{}.Try), dataDir: dataDir}
}

func (f *following) close() error { return f.store.Close() }

// freshness tells the endpoint how old what is served is.
func (f *following) freshness() web.Freshness {
	if f == nil {
		return nil
	}
	return func() web.Age {
		s := f.follower.Status()
		return web.Age{Published: s.Published, Checked: s.Checked, Fault: s.Fault, Failures: s.Failures}
	}
}

// begin takes what is published, for the first time. Where there is something of before in the data folder, that is enough to
// begin with, and the store is asked in the background.
func (f *following) begin(ctx context.Context) error {
	if f == nil {
		return nil
	}
	if s, err := search.Open(f.dataDir); err == nil {
		return s.Close()
	}
	if _, err := f.follower.Step(ctx); err != nil {
		return fmt.Errorf("nothing was taken from the store yet, and nothing can be served: %w", err)
	}
	return nil
}

// run follows the store until ctx ends.
func (f *following) run(ctx context.Context, log *slog.Logger) {
	if f == nil {
		return
	}
	f.follower.Run(ctx, lookEvery, func(moved bool, err error) {
		switch {
		case errors.Is(err, publish.ErrNothing):
			log.Warn("nothing is published in the store; what was taken before is served")
		case err != nil:
			log.Error("stay with the generation that is served", "error", err)
		case moved:
			log.Info("taken from the store", "generation", f.follower.Status().Generation)
		default:
			log.Info("the store answers again")
		}
	})
}
