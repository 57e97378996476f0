package publish

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// Forms says how stores are written on a command line.
const Forms = "a folder, nats://HOST[,HOST...]/NAME[?replicas=3], or s3://BUCKET/PREFIX[?endpoint=http://HOST:PORT]"

// goodName is what a site may be called in a store: it becomes a part of buckets' names.
var goodName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$`)

// Open opens the store of a site that a URL names. It need not be reached yet, nor be there.
func Open(where string) (Store, error) {
	scheme, rest, ok := strings.Cut(where, "://")
	switch {
	case !ok && where != "":
		return openFolder(where), nil
	case scheme == "file":
		return openFolder(filepath.FromSlash(rest)), nil
	case scheme == "nats", scheme == "tls":
		hosts, name, options, err := natsURL(where)
		if err != nil {
			return nil, err
		}
		if name == "" {
			return nil, fmt.Errorf("%s names no site: write nats://HOST/NAME", Redacted(where))
		}
		return openNATS(hosts, name, options)
	case scheme == "s3":
		return openS3(where)
	}
	return nil, fmt.Errorf("%q is no store: write %s", Redacted(where), Forms)
}

// Sites names the sites that are published below a folder, a NATS cluster or a prefix of a bucket, in order.
func Sites(ctx context.Context, where string) ([]string, error) {
	scheme, rest, ok := strings.Cut(where, "://")
	switch {
	case !ok && where != "":
		return folders(where)
	case scheme == "file":
		return folders(filepath.FromSlash(rest))
	case scheme == "nats", scheme == "tls":
		return natsSites(ctx, where)
	case scheme == "s3":
		return s3Sites(ctx, where)
	}
	return nil, fmt.Errorf("%q is no store: write %s", Redacted(where), Forms)
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

// Redacted is a URL without its password.
func Redacted(where string) string {
	scheme, rest, ok := strings.Cut(where, "://")
	if !ok {
		return where
	}
	if who, host, ok := strings.Cut(rest, "@"); ok {
		user, _, _ := strings.Cut(who, ":")
		return scheme + "://" + user + ":xxxxx@" + host
	}
	return where
}

// natsURL reads nats://[USER:PASSWORD@]HOST[,HOST...]/NAME?OPTIONS. Hosts are URLs, as the client wants them.
func natsURL(where string) (hosts []string, name string, options url.Values, err error) {
	scheme, rest, _ := strings.Cut(where, "://")
	rest, query, _ := strings.Cut(rest, "?")
	if options, err = url.ParseQuery(query); err != nil {
		return nil, "", nil, fmt.Errorf("%s: what stands behind ? is not understood: %w", Redacted(where), err)
	}
	for key := range options {
		if key != "replicas" && key != "creds" {
			return nil, "", nil, fmt.Errorf("%s: there is no option %q; there are replicas and creds", Redacted(where), key)
		}
	}
	rest, name, _ = strings.Cut(rest, "/")
	name = strings.TrimSuffix(name, "/")
	if name != "" && !goodName.MatchString(name) {
		return nil, "", nil, fmt.Errorf("%s: %q is no name of a site: use letters, digits, - and _", Redacted(where), name)
	}
	who := ""
	if before, after, ok := strings.Cut(rest, "@"); ok {
		who, rest = before+"@", after
	}
	for host := range strings.SplitSeq(rest, ",") {
		if host == "" {
			return nil, "", nil, fmt.Errorf("%s names no host: write nats://HOST/NAME", Redacted(where))
		}
		hosts = append(hosts, scheme+"://"+who+host)
	}
	return hosts, name, options, nil
}

// How long a store that is reached over a network may take.
const (
	attempt   = 5 * time.Second  // for one answer
	unreached = 10 * time.Second // until any node is reached
	patience  = time.Minute      // until those that are left have agreed to do without one that was lost
)

// persist calls do again as long as it fails in a way that may pass, for some seconds at most.
func persist(ctx context.Context, passes func(error) bool, do func(ctx context.Context) error) error {
	until := time.Now().Add(patience)
	wait := 50 * time.Millisecond
	for {
		once, cancel := context.WithTimeout(ctx, attempt)
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
