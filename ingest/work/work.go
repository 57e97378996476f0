// Package work spreads work over machines by way of NATS JetStream: a Queue gives tasks out, workers take them and give back what
// came of them. A task is bytes, and so is its result, which must depend on the task and the program alone: then nothing else needs to
// travel, and it does not matter who does a task, or how often.
//
// A task is a message of a stream with the retention of a work queue, under a subject of its own for each program, so that no worker
// takes what another program gave out. A worker says again and again that it is still at a task; where it falls silent, the stream
// gives the task to another. The result goes to the giver's own subject, which answers; only then is the task taken off the
// stream. The giver takes the first result of a task and leaves others alone. What comes to nothing (no worker is left, the
// stream is full or away, a task or a result is too large for a message) the giver does itself: it never waits for long.
//
// Giver and workers know each other by a call that the giver makes each second, and that workers answer.
package work

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/nats-io/nats.go/jetstream"

	"rapporteur/ingest/nodes"
)

// Form says how a queue is written on a command line.
const Form = "nats://HOST[,HOST...]/NAME[?replicas=3]"

// ErrRefused says that the tasks there are of another build of the program.
var ErrRefused = errors.New("refused")

// Program tells one build from another: only the same one gives the same results.
type Program struct {
	ID      string // a hash, in hex
	Version string // for people
}

// String names the build in a message.
func (p Program) String() string { return fmt.Sprintf("%s (build %.12s)", p.Version, p.ID) }

// format is the version of what goes between giver and workers.
const format = 1

// How long things may take, and how much there may be.
const (
	callEvery  = time.Second
	answerIn   = 300 * time.Millisecond // how long a giver waits for workers before it begins
	beginIn    = 2 * time.Second        // and for the nodes
	silentFor  = 5 * time.Second        // then a worker counts as gone, and a giver too
	stillEvery = 2 * time.Second        // a worker says that it is at a task
	ackWait    = 6 * time.Second        // then a task that nobody is at is given out again
	handInFor  = 10 * time.Second       // a worker tries to give a result back
	staleAfter = 10 * time.Minute       // tasks and consumers that nobody asks for are taken away
	mostAlone  = 3                      // looks at which no worker is there, before a giver takes back what is out
	mostTries  = 3                      // workers that fall silent over a task before it is left to the giver
	mostBytes  = 64 << 20               // of the stream
	mostResult = 256 << 20              // plain bytes of a task or result
	headRoom   = 4 << 10                // of a message, for its headers
)

// The headers of messages.
const (
	keyHeader    = "Rapporteur-Key"    // of a task and its result: the SHA-256 of the task, in hex
	replyHeader  = "Rapporteur-Reply"  // of a task: the subject that its result goes to
	workerHeader = "Rapporteur-Worker" // of a result: whose
	failedHeader = "Rapporteur-Failed" // of a result that is none: why
)

// call is what a giver asks of workers, and worker what they answer.
type call struct {
	Format  int    `json:"format"`
	Program string `json:"program"`
	Version string `json:"version"`
	By      string `json:"by"`
}

type worker struct {
	Format  int    `json:"format"`
	Program string `json:"program"`
	Version string `json:"version"`
	By      string `json:"by"`
	Places  int    `json:"places"` // tasks at a time
}

func (c call) program() Program   { return Program{c.Program, c.Version} }
func (w worker) program() Program { return Program{w.Program, w.Version} }

// address is a queue, for one program.
type address struct {
	*nodes.Address
	where   string // without the password
	program Program
}

func parse(where string, program Program) (*address, error) {
	if !nodes.Is(where) {
		return nil, fmt.Errorf("%q is no queue: write %s", nodes.Redacted(where), Form)
	}
	a, err := nodes.Parse(where)
	if err != nil {
		return nil, err
	}
	if a.Name == "" {
		return nil, fmt.Errorf("%s names no queue: write %s", nodes.Redacted(where), Form)
	}
	return &address{a, nodes.Redacted(where), program}, nil
}

// Check says what is wrong with a URL; nothing is reached for.
func Check(where string) error {
	_, err := parse(where, Program{ID: "-"})
	return err
}

func (a *address) stream() string  { return "rapporteur-work-" + a.Name }
func (a *address) subject() string { return "rapporteur.work." + a.Name }
func (a *address) calls() string   { return a.subject() + ".calls" }
func (a *address) tasks() string {
	return a.subject() + ".tasks." + a.program.ID[:min(32, len(a.program.ID))]
}
func (a *address) consumer() string { return "program-" + a.program.ID[:min(32, len(a.program.ID))] }

// formatKey is the key of a stream's metadata under which the format stands.
const formatKey = "rapporteur-work-format"

// reach finds the stream, and makes it if it is not there.
func (a *address) reach(ctx context.Context, js jetstream.JetStream) (jetstream.Stream, error) {
	s, err := js.Stream(ctx, a.stream())
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		s, err = js.CreateStream(ctx, jetstream.StreamConfig{
			Name: a.stream(), Description: "pages that rapporteur gives out to be read", Subjects: []string{a.subject() + ".tasks.*"},
			Retention: jetstream.WorkQueuePolicy, Discard: jetstream.DiscardNew, MaxBytes: mostBytes, MaxAge: staleAfter,
			Duplicates: 2 * time.Minute, Replicas: max(1, a.Replicas), Metadata: map[string]string{formatKey: strconv.Itoa(format)},
		})
	}
	if err != nil {
		return nil, fmt.Errorf("make the queue %s: %w", a.stream(), err)
	}
	if is := s.CachedInfo().Config.Metadata[formatKey]; is != strconv.Itoa(format) {
		return nil, fmt.Errorf("the queue %s is of another version of rapporteur (format %q; this one has %d): use the same on all machines, "+
			"or give the queue another name", a.stream(), is, format)
	}
	return s, nil
}

// Compression is at its fastest: pages are small, and go over the line once.
var (
	encoder, _ = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	decoder, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(mostResult))
)

func pack(data []byte) []byte            { return encoder.EncodeAll(data, nil) }
func unpack(data []byte) ([]byte, error) { return decoder.DecodeAll(data, nil) }

func keyOf(task []byte) string {
	sum := sha256.Sum256(task)
	return hex.EncodeToString(sum[:])
}

// by says who gives or works.
func by() string {
	host, err := os.Hostname()
	if err != nil {
		host = "a host without a name"
	}
	return fmt.Sprintf("process %d on %s", os.Getpid(), host)
}
