package work

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// MostOut is how many tasks a giver ever has out.
const MostOut = 256

// Queue gives tasks out. Its methods may be called in parallel.
type Queue struct {
	*address
	patience time.Duration // with one task
	tell     func(string)
	conn     *nats.Conn
	js       jetstream.JetStream
	job      string // names the run, so that what one before gave out is not taken for a repetition
	results  string // the subject that they come to
	free     chan struct{}
	changed  chan struct{} // holds something if there may be more or less room
	settled  chan struct{} // closed when it is known for the first time whether there are workers
	stop     context.CancelFunc
	done     sync.WaitGroup

	mu      sync.Mutex // guards the rest
	stream  jetstream.Stream
	workers map[string]*known // by name of their own
	out     int               // tasks that are out, or may be put out by who has received from free
	waiting map[string]chan []byte
	paused  time.Time // until then nothing is given out, since something failed
	told    map[string]bool
	counts  Counts
	by      map[string]bool // workers that have given something back
	settle  sync.Once
}

// known is a worker that has answered.
type known struct {
	worker
	seen time.Time
}

// Counts say what became of the tasks.
type Counts struct {
	Given   int // out
	Back    int // results that were taken
	Again   int // results that came a second time, or too late
	Large   int // tasks that are too large to go out
	Workers int // that gave something back
}

// Open begins to look for workers at a URL, which need not be reached. It waits a moment for them. What people should know (that
// nobody is there, that workers are refused) goes to tell, which may be called by several goroutines, once each.
func Open(ctx context.Context, where string, program Program, tell func(string)) (*Queue, error) {
	a, err := parse(where, program)
	if err != nil {
		return nil, err
	}
	q := &Queue{
		address: a, patience: time.Minute, tell: tell, job: strings.TrimPrefix(nats.NewInbox(), nats.InboxPrefix),
		free: make(chan struct{}), changed: make(chan struct{}, 1),
		settled: make(chan struct{}), workers: map[string]*known{}, waiting: map[string]chan []byte{}, told: map[string]bool{},
		by: map[string]bool{},
	}
	if q.conn, q.js, err = a.Connect(); err != nil {
		return nil, err
	}
	q.results = nats.NewInbox()
	answers := nats.NewInbox()
	for subject, handle := range map[string]nats.MsgHandler{q.results: q.take, answers: q.meet} {
		if _, err := q.conn.Subscribe(subject, handle); err != nil {
			q.conn.Close()
			return nil, err
		}
	}
	running, stop := context.WithCancel(ctx)
	q.stop = stop
	q.done.Go(func() { q.look(running, answers) })
	q.done.Go(func() { q.offer(running) })
	select {
	case <-q.settled:
	case <-time.After(beginIn):
		q.failed(errors.New("it does not answer"))
	case <-ctx.Done():
	}
	return q, nil
}

// Close lets go of the queue, and says what it came to.
func (q *Queue) Close() Counts {
	q.stop()
	q.done.Wait()
	q.conn.Close()
	q.mu.Lock()
	defer q.mu.Unlock()
	q.counts.Workers = len(q.by)
	return q.counts
}

// look makes the call again and again, and forgets workers that fall silent.
func (q *Queue) look(ctx context.Context, answers string) {
	data, err := json.Marshal(call{format, q.program.ID, q.program.Version, by()})
	if err != nil {
		panic(err) // it is made of strings and numbers
	}
	tick := time.NewTicker(callEvery)
	defer tick.Stop()
	for {
		err := q.ready(ctx)
		if err == nil {
			if err = q.conn.PublishRequest(q.calls(), answers, data); err == nil {
				err = q.conn.FlushTimeout(beginIn)
			}
		}
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			q.failed(err)
			q.settle.Do(func() { close(q.settled) })
		} else {
			q.settle.Do(func() {
				time.AfterFunc(answerIn, func() {
					close(q.settled)
					if q.places() == 0 && ctx.Err() == nil {
						q.say("nobody works at " + q.where + " yet: pages are read here until somebody does")
					}
				})
			})
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		q.forget()
	}
}

// ready says what stands in the way of giving tasks out.
func (q *Queue) ready(ctx context.Context) error {
	if !q.conn.IsConnected() {
		if err := q.conn.LastError(); err != nil {
			return fmt.Errorf("it cannot be reached: %w", err)
		}
		return errors.New("it cannot be reached")
	}
	q.mu.Lock()
	there := q.stream != nil
	q.mu.Unlock()
	if there {
		return nil
	}
	stream, err := q.reach(ctx, q.js)
	if err != nil {
		return err
	}
	q.mu.Lock()
	q.stream = stream
	q.mu.Unlock()
	return nil
}

// meet takes note of a worker that answers.
func (q *Queue) meet(m *nats.Msg) {
	if m.Header.Get("Status") != "" {
		return // that nobody hears the call
	}
	var w worker
	if err := json.Unmarshal(m.Data, &w); err != nil {
		w.By, w.Format = "somebody", -1
	}
	if w.Program != q.program.ID || w.Format != format {
		q.say(fmt.Sprintf("%s gets no pages: it runs %s, and this is %s; install the same build on all machines", w.By, w.program(), q.program))
		return
	}
	q.mu.Lock()
	q.workers[w.By] = &known{w, time.Now()}
	q.mu.Unlock()
	q.change()
}

// forget lets go of workers that have fallen silent.
func (q *Queue) forget() {
	q.mu.Lock()
	for name, w := range q.workers {
		if time.Since(w.seen) > silentFor {
			delete(q.workers, name)
		}
	}
	q.mu.Unlock()
	q.change()
}

// places is how many tasks all workers together do at a time; 0 while something stands in the way.
func (q *Queue) places() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.stream == nil || time.Now().Before(q.paused) {
		return 0
	}
	n := 0
	for _, w := range q.workers {
		n += w.Places
	}
	return n
}

// failed notes that tasks cannot be given out for now, and tells of it.
func (q *Queue) failed(err error) {
	q.mu.Lock()
	q.paused = time.Now().Add(silentFor)
	q.stream = nil // it is looked for again
	q.mu.Unlock()
	q.say(fmt.Sprintf("%s: %v: pages are read here until that is mended", q.where, err))
}

// say tells something once.
func (q *Queue) say(text string) {
	q.mu.Lock()
	said := q.told[text]
	q.told[text] = true
	q.mu.Unlock()
	if !said {
		q.tell(text)
	}
}

func (q *Queue) change() {
	select {
	case q.changed <- struct{}{}:
	default: // it is noted already
	}
}

// offer lets somebody receive from free as long as workers have room: each has a task waiting while it is at one.
func (q *Queue) offer(ctx context.Context) {
	for {
		places := q.places()
		q.mu.Lock()
		room := q.out < min(2*places, MostOut)
		q.mu.Unlock()
		var free chan struct{}
		if room {
			free = q.free
		}
		select {
		case <-ctx.Done():
			return
		case <-q.changed:
		case free <- struct{}{}:
			q.mu.Lock()
			q.out++
			q.mu.Unlock()
		}
	}
}

// Free can be received from when there is room for one more task: whoever has received must call Do.
func (q *Queue) Free() <-chan struct{} { return q.free }

// Do gives a task out and returns its result, or nil if it is to be done here.
func (q *Queue) Do(ctx context.Context, task []byte) []byte {
	defer func() {
		q.mu.Lock()
		q.out--
		q.mu.Unlock()
		q.change()
	}()
	packed, key := pack(task), keyOf(task)
	if int64(len(packed)) > q.conn.MaxPayload()-headRoom {
		q.mu.Lock()
		q.counts.Large++
		q.mu.Unlock()
		return nil
	}
	result := make(chan []byte, 1)
	if !q.await(key, result) {
		return nil // the same task is out already
	}
	defer q.await(key, nil)
	sequence, err := q.put(ctx, key, packed)
	if err != nil {
		if ctx.Err() == nil {
			q.failed(err)
		}
		return nil
	}
	late := time.NewTimer(q.patience)
	defer late.Stop()
	tick := time.NewTicker(callEvery)
	defer tick.Stop()
	for alone := 0; ; {
		select {
		case data := <-result:
			return data
		case <-tick.C:
			if alone++; q.places() > 0 {
				alone = 0
			}
			if alone < mostAlone {
				continue
			}
			q.say("the workers at " + q.where + " have fallen silent: what they had is read here")
		case <-late.C:
			q.say(fmt.Sprintf("workers at %s have had a page for %v: it is read here", q.where, q.patience))
		case <-ctx.Done():
		}
		q.withdraw(context.WithoutCancel(ctx), sequence)
		return nil
	}
}

// await notes that somebody waits for the result of a task, or with nil that nobody does. It is false if somebody does already.
func (q *Queue) await(key string, result chan []byte) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if result == nil {
		delete(q.waiting, key)
		return true
	}
	if q.waiting[key] != nil {
		return false
	}
	q.waiting[key] = result
	return true
}

// put puts a task into the stream. One that was put there and is put again, since the answer was lost, is one.
func (q *Queue) put(ctx context.Context, key string, packed []byte) (sequence uint64, err error) {
	m := nats.NewMsg(q.tasks())
	m.Header.Set(keyHeader, key)
	m.Header.Set(replyHeader, q.results)
	m.Data = packed
	ack, err := q.js.PublishMsg(ctx, m, jetstream.WithMsgID(q.job+"-"+key))
	if err != nil {
		return 0, fmt.Errorf("a page cannot be given out: %w", err)
	}
	q.mu.Lock()
	q.counts.Given++
	q.mu.Unlock()
	return ack.Sequence, nil
}

// withdraw takes a task off the stream that is done here. Where that fails a worker does it for nothing.
func (q *Queue) withdraw(ctx context.Context, sequence uint64) {
	q.mu.Lock()
	stream := q.stream
	q.mu.Unlock()
	if stream == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, callEvery)
	defer cancel()
	stream.DeleteMsg(ctx, sequence)
}

// take takes a result, and says so, whether somebody waits for it or not.
func (q *Queue) take(m *nats.Msg) {
	defer m.Respond(nil)
	key, failed := m.Header.Get(keyHeader), m.Header.Get(failedHeader)
	var data []byte // stays nil where it is to be done here
	if failed == "" {
		var err error
		if data, err = unpack(m.Data); err != nil {
			data, failed = nil, err.Error()
		}
	}
	q.mu.Lock()
	result := q.waiting[key]
	delete(q.waiting, key)
	switch {
	case result == nil:
		q.counts.Again++
	case failed == "":
		q.counts.Back++
		q.by[m.Header.Get(workerHeader)] = true
	}
	q.mu.Unlock()
	if failed != "" {
		q.say(fmt.Sprintf("%s has not done a page (%s): it is read here", m.Header.Get(workerHeader), failed))
	}
	if result != nil {
		result <- data
	}
}
