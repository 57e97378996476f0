// Package nodes reaches NATS: what a URL says, a connection that is sought again and again, and which errors may pass.
package nodes

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Attempt is how long one answer may take.
const Attempt = 5 * time.Second

// GoodName is what a site or a queue may be called: it becomes a part of the names of buckets, streams and subjects.
var GoodName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$`)

// Address is what nats://[USER:PASSWORD@]HOST[,HOST...]/NAME[?replicas=N][&creds=FILE] says.
type Address struct {
	Hosts    []string // URLs, as the client wants them
	Name     string   // may be empty
	Replicas int      // 0 if nothing is said
	creds    string
}

// Is says whether a URL names NATS.
func Is(where string) bool {
	scheme, _, ok := strings.Cut(where, "://")
	return ok && (scheme == "nats" || scheme == "tls")
}

// Parse reads a URL.
func Parse(where string) (*Address, error) {
	scheme, rest, _ := strings.Cut(where, "://")
	rest, query, _ := strings.Cut(rest, "?")
	options, err := url.ParseQuery(query)
	if err != nil {
		return nil, fmt.Errorf("%s: what stands behind ? is not understood: %w", Redacted(where), err)
	}
	for key := range options {
		if key != "replicas" && key != "creds" {
			return nil, fmt.Errorf("%s: there is no option %q; there are replicas and creds", Redacted(where), key)
		}
	}
	a := &Address{creds: options.Get("creds")}
	rest, a.Name, _ = strings.Cut(rest, "/")
	a.Name = strings.TrimSuffix(a.Name, "/")
	if a.Name != "" && !GoodName.MatchString(a.Name) {
		return nil, fmt.Errorf("%s: %q is no good name: use letters, digits, - and _", Redacted(where), a.Name)
	}
	who := ""
	if before, after, ok := strings.Cut(rest, "@"); ok {
		who, rest = before+"@", after
	}
	for host := range strings.SplitSeq(rest, ",") {
		if host == "" {
			return nil, fmt.Errorf("%s names no host: write nats://HOST/NAME", Redacted(where))
		}
		a.Hosts = append(a.Hosts, scheme+"://"+who+host)
	}
	if text := options.Get("replicas"); text != "" {
		if a.Replicas, err = strconv.Atoi(text); err != nil || a.Replicas < 1 || a.Replicas > 5 {
			return nil, fmt.Errorf("replicas=%s: from 1 to 5 can be had", text)
		}
	}
	return a, nil
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

// Connect makes a connection that is sought again and again, from now on.
func (a *Address) Connect() (*nats.Conn, jetstream.JetStream, error) {
	settings := []nats.Option{
		nats.Name("rapporteur"), nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1), nats.ReconnectWait(200 * time.Millisecond),
		nats.Timeout(2 * time.Second), nats.PingInterval(5 * time.Second), nats.MaxPingsOutstanding(2),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}), // what fails is returned where it was asked
	}
	creds := a.creds
	if creds == "" {
		creds = os.Getenv("NATS_CREDS")
	}
	if creds != "" {
		settings = append(settings, nats.UserCredentials(creds))
	}
	conn, err := nats.Connect(strings.Join(a.Hosts, ","), settings...)
	if err != nil {
		return nil, nil, fmt.Errorf("connect to %s: %w", Redacted(a.Hosts[0]), err)
	}
	js, err := jetstream.New(conn, jetstream.WithDefaultTimeout(Attempt))
	if err != nil {
		conn.Close()
		return nil, nil, err
	}
	return conn, js, nil
}

// noRoom are what NATS says where a store is full: resources, accounts, disks, streams.
var noRoom = []jetstream.ErrorCode{10023, 10028, 10047, 10077}

// noPeers is what NATS says where it finds no nodes for a stream; its description says what they lack.
const noPeers jetstream.ErrorCode = 10005

// Passing says whether an error may pass when nodes that were lost are back, or others have taken their place.
func Passing(err error) bool {
	var api *jetstream.APIError
	if errors.As(err, &api) {
		if api.ErrorCode == noPeers && strings.Contains(api.Description, "peer offline") {
			return true
		}
		return api.Code == 503 && !slices.Contains(noRoom, api.ErrorCode)
	}
	var watching *nats.APIError // what the client's object store says where it lists
	if errors.As(err, &watching) {
		return watching.Code == 503 && !slices.Contains(noRoom, jetstream.ErrorCode(watching.ErrorCode))
	}
	for _, e := range []error{nats.ErrTimeout, nats.ErrNoResponders, nats.ErrDisconnected,
		nats.ErrConnectionReconnecting, nats.ErrConnectionClosed,
		nats.ErrStaleConnection, jetstream.ErrNoStreamResponse, jetstream.ErrOrderedConsumerReset, context.DeadlineExceeded} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}
