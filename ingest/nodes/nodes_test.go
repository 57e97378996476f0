package nodes

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

func TestPassing(t *testing.T) {
	api := func(status int, code jetstream.ErrorCode, description string) error {
		return fmt.Errorf("make the bucket: %w", &jetstream.APIError{Code: status, ErrorCode: code, Description: description})
	}
	for _, c := range []struct {
		name string
		err  error
		want bool
	}{
		{"a node is away for a while", api(400, noPeers, "no suitable peers for placement, peer offline"), true},
		{"no node has room", api(400, noPeers, "no suitable peers for placement, insufficient storage"), false},
		{"nobody leads", api(503, 10008, "JetStream system temporarily unavailable"), true},
		{"full", api(503, 10077, "maximum bytes exceeded"), false},
		{"full, as the object store says it", &nats.APIError{Code: 503, ErrorCode: 10023}, false},
		{"another revision", api(400, 10164, "wrong last sequence"), false},
		{"no answer in time", fmt.Errorf("put: %w", context.DeadlineExceeded), true},
		{"nobody answers", nats.ErrNoResponders, true},
		{"something else", errors.New("bad name"), false},
	} {
		if got := Passing(c.err); got != c.want {
			t.Errorf("%s: %v: passes %t, want %t", c.name, c.err, got, c.want)
		}
	}
}
