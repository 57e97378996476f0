package publish

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"rapporteur/ingest/nodes"
)

// Forms says how stores are written on a command line.
const Forms = "a folder, nats://HOST[,HOST...]/NAME[?replicas=3], or s3://BUCKET/PREFIX[?endpoint=http://HOST:PORT]"

// Open opens the store of a site that a URL names. It need not be reached yet, nor be there.
func Open(where string) (Store, error) {
	scheme, rest, ok := strings.Cut(where, "://")
	switch {
	case !ok && where != "":
		return openFolder(where), nil
	case scheme == "file":
		return openFolder(filepath.FromSlash(rest)), nil
	case nodes.Is(where):
		return openNATS(where)
	case scheme == "s3":
		return openS3(where)
	}
	return nil, fmt.Errorf("%q is no store: write %s", nodes.Redacted(where), Forms)
}

// Sites names the sites that are published below a folder, a NATS cluster or a prefix of a bucket, in order.
func Sites(ctx context.Context, where string) ([]string, error) {
	scheme, rest, ok := strings.Cut(where, "://")
	switch {
	case !ok && where != "":
		return folders(where)
	case scheme == "file":
		return folders(filepath.FromSlash(rest))
	case nodes.Is(where):
		return natsSites(ctx, where)
	case scheme == "s3":
		return s3Sites(ctx, where)
	}
	return nil, fmt.Errorf("%q is no store: write %s", nodes.Redacted(where), Forms)
}

// OpenSite opens the store of one of the sites that are published below a URL, as Open does.
func OpenSite(where, name string) (Store, error) {
	if !strings.Contains(where, "://") {
		return Open(filepath.Join(where, name))
	}
	where, options, ok := strings.Cut(where, "?")
	where = strings.TrimSuffix(where, "/") + "/" + name
	if ok {
		where += "?" + options
	}
	return Open(where)
}

// How long a store that is reached over a network may take.
const (
	unreached = 10 * time.Second // until any node is reached
	patience  = time.Minute      // until those that are left have agreed to do without one that was lost
)

// persist calls do again as long as it fails in a way that may pass, for some seconds at most.
func persist(ctx context.Context, passes func(error) bool, do func(ctx context.Context) error) error {
	until := time.Now().Add(patience)
	wait := 50 * time.Millisecond
	for {
		once, cancel := context.WithTimeout(ctx, nodes.Attempt)
		err := do(once)
		cancel()
		if err == nil || ctx.Err() != nil || time.Now().After(until) || !passes(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait):
		}
		wait = min(2*wait, time.Second)
	}
}
