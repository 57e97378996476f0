package work

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"rapporteur/ingest/fold"
)

// Options say how a worker works.
type Options struct {
	Program Program
	Places  int // tasks at a time
	// makes the result of a task; an error, or a panic, leaves it to the giver
	Do   func(task []byte) ([]byte, error)
	Tell func(string) // what people should know
}

// Work takes tasks from a queue until ctx ends, and says how many it did. The nodes need not be there yet; where they go away they
// are waited for. ErrRefused says that a giver of another build asks, and none of this one.
func Work(ctx context.Context, where string, opts Options) (done int, err error) {
	a, err := parse(where, opts.Program)
	if err != nil {
		return 0, err
	}
	w := &working{address: a, Options: opts, others: map[string]bool{}}
	if w.conn, w.js, err = a.Connect(); err != nil {
		return 0, err
	}
	defer w.conn.Close()
	ctx, w.end = context.WithCancelCause(ctx)
	defer w.end(nil)
	if _, err := w.conn.Subscribe(a.calls(), w.answer); err != nil {
		return 0, err
	}
	var places sync.WaitGroup
	for range opts.Places {
		places.Go(func() { w.run(ctx) })
	}
	places.Wait()
	w.conn.FlushTimeout(time.Second) // what is given back by the way
	if err := context.Cause(ctx); errors.Is(err, ErrRefused) {
		return int(w.done.Load()), err
	}
	return int(w.done.Load()), nil
}

// working is a worker at work.
type working struct {
	*address
	Options
	conn *nats.Conn
	js   jetstream.JetStream
	end  context.CancelCauseFunc
	done atomic.Int64

	mu       sync.Mutex // guards the rest
	consumer jetstream.Consumer
	since    time.Time       // when something first stood in the way; zero if all is well
	faulty   bool            // it was told of
	own      time.Time       // when a giver of the same build last called
	others   map[string]bool // givers of other builds that were told of
}

// answer tells a giver that there is a worker here.
func (w *working) answer(m *nats.Msg) {
	var c call
	if err := json.Unmarshal(m.Data, &c); err != nil {
		c.By, c.Format = "somebody", -1
	}
	data, err := json.Marshal(worker{format, w.Program.ID, w.Program.Version, by(), w.Places})
	if err == nil {
		m.Respond(data) // who does not hear it asks again
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case c.Format == format && c.Program == w.Program.ID:
		w.own = time.Now()
	case time.Since(w.own) > silentFor:
		w.conn.FlushTimeout(time.Second) // that the other side hears of it too
		w.end(fmt.Errorf("%w: %s", ErrRefused, w.otherwise(c)))
	case !w.others[c.By]:
		w.others[c.By] = true
		w.Tell("nothing is done for it: " + w.otherwise(c))
	}
}

// otherwise says of a giver that it is of another build.
func (w *working) otherwise(c call) string {
	return fmt.Sprintf("%s gives out pages to be read by %s, and this is %s; install the same build on all machines",
		c.By, c.program(), w.Program)
}

// run does one task after another.
func (w *working) run(ctx context.Context) {
	wait := 100 * time.Millisecond
	for ctx.Err() == nil {
		m, err := w.next(ctx)
		if err == nil {
			wait = 100 * time.Millisecond
			w.handle(ctx, m)
			continue
		}
		if errors.Is(err, nats.ErrTimeout) || errors.Is(err, jetstream.ErrNoMessages) {
			continue // nothing was to be done
		}
		w.failed(ctx, err)
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
		wait = min(2*wait, callEvery)
	}
}

// next waits for a task.
func (w *working) next(ctx context.Context) (jetstream.Msg, error) {
	if !w.conn.IsConnected() {
		if err := w.conn.LastError(); err != nil {
			return nil, fmt.Errorf("it cannot be reached: %w", err)
		}
		return nil, errors.New("it cannot be reached")
	}
	c, err := w.tasksOf(ctx)
	if err != nil {
		return nil, err
	}
	soon, cancel := context.WithTimeout(ctx, stillEvery)
	defer cancel()
	m, err := c.Next(jetstream.FetchContext(soon))
	if errors.Is(err, context.DeadlineExceeded) {
		err = nats.ErrTimeout
	}
	if err == nil || errors.Is(err, nats.ErrTimeout) {
		w.well()
	}
	return m, err
}

// tasksOf finds the consumer, and makes it and the stream if they are not there.
func (w *working) tasksOf(ctx context.Context) (jetstream.Consumer, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.consumer != nil {
		return w.consumer, nil
	}
	stream, err := w.reach(ctx, w.js)
	if err != nil {
		return nil, err
	}
	c, err := stream.CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{
		Durable: w.address.consumer(), Description: "workers of " + w.Program.String(), FilterSubject: w.tasks(),
		AckPolicy: jetstream.AckExplicitPolicy, AckWait: ackWait, MaxDeliver: mostTries, InactiveThreshold: staleAfter,
	})
	if err != nil {
		return nil, fmt.Errorf("take part in the queue %s: %w", w.stream(), err)
	}
	w.consumer = c
	return c, nil
}

// failed tells what stands in the way of work, once, and looks for everything anew.
func (w *working) failed(ctx context.Context, err error) {
	w.mu.Lock()
	w.consumer = nil
	if w.since.IsZero() {
		w.since = time.Now()
	}
	tell := !w.faulty && time.Since(w.since) > callEvery // nodes that begin, or elect another leader, are there in a moment
	w.faulty = w.faulty || tell
	w.mu.Unlock()
	if tell && ctx.Err() == nil {
		w.Tell(fmt.Sprintf("%s: %v: waiting until that is mended", w.where, err))
	}
}

// well tells that there is something to wait for again, if it was told that there is not.
func (w *working) well() {
	w.mu.Lock()
	was := w.faulty
	w.faulty, w.since = false, time.Time{}
	w.mu.Unlock()
	if was {
		w.Tell(w.where + " answers again")
	}
}

// handle does a task, hands its result in, and takes it off the queue. If the worker is told to end meanwhile, another gets it.
func (w *working) handle(ctx context.Context, m jetstream.Msg) {
	finished := make(chan *nats.Msg, 1)
	go func() { finished <- w.result(m) }()
	still := time.NewTicker(stillEvery)
	defer still.Stop()
	for {
		select {
		case <-ctx.Done():
			m.Nak() // what cannot be said now is seen from the silence
			return
		case <-still.C:
			m.InProgress()
		case r := <-finished:
			switch {
			case w.handIn(ctx, m, r):
				m.Ack()
				w.done.Add(1)
			case ctx.Err() != nil:
				m.Nak() // another does it again
			default:
				m.Term() // nobody wants it any more
			}
			return
		}
	}
}

// result is the message with the result of a task.
func (w *working) result(m jetstream.Msg) (r *nats.Msg) {
	r = nats.NewMsg(m.Headers().Get(replyHeader))
	key := m.Headers().Get(keyHeader)
	r.Header.Set(keyHeader, key)
	r.Header.Set(workerHeader, by())
	defer func() {
		if cause := recover(); cause != nil {
			r.Data = nil
			r.Header.Set(failedHeader, fold.Space(fmt.Sprintf("a fault of the program: %v", cause)))
		}
	}()
	task, err := unpack(m.Data())
	if err == nil && keyOf(task) != key {
		err = errors.New("it has arrived damaged")
	}
	var data []byte
	if err == nil {
		data, err = w.Do(task)
	}
	if err == nil {
		if r.Data = pack(data); int64(len(r.Data)) > w.conn.MaxPayload()-headRoom {
			r.Data, err = nil, errors.New("what was found is too large for a message")
		}
	}
	if err != nil {
		r.Header.Set(failedHeader, fold.Space(err.Error()))
	}
	return r
}

// handIn gives a result to the giver until it says that it has it.
func (w *working) handIn(ctx context.Context, m jetstream.Msg, r *nats.Msg) bool {
	for until := time.Now().Add(handInFor); time.Now().Before(until) && ctx.Err() == nil; {
		if _, err := w.conn.RequestMsg(r, stillEvery); err == nil {
			return true
		}
		m.InProgress()
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond):
		}
	}
	return false
}
