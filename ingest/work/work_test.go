package work

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"rapporteur/ingest/storetest"
)

var build = Program{ID: strings.Repeat("ab", 32), Version: "one"}

// result is what the tests' tasks come to.
func result(task []byte) []byte { return bytes.ToUpper(task) }

// The variable under which the tests' program, as a worker of its own, finds its queue, and the folder where it marks what it is at.
const atQueue, atFolder = "RAPPORTEUR_TEST_QUEUE", "RAPPORTEUR_TEST_MARKS"

func TestMain(m *testing.M) {
	where := os.Getenv(atQueue)
	if where == "" {
		os.Exit(m.Run())
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	marks := os.Getenv(atFolder)
	_, err := Work(ctx, where, Options{Program: build, Places: 2, Tell: func(s string) { fmt.Fprintln(os.Stderr, s) },
		Do: func(task []byte) ([]byte, error) {
			if marks != "" && bytes.HasPrefix(task, []byte("heavy")) {
				os.WriteFile(filepath.Join(marks, "at"), nil, 0o644)
				select {} // until it is killed
			}
			return result(task), nil
		}})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// process starts a worker that is a process of its own.
func process(t *testing.T, where, marks string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), atQueue+"="+where, atFolder+"="+marks)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	return cmd
}

// heard gathers what people are told.
type heard struct {
	mu    sync.Mutex
	lines []string
}

func (h *heard) tell(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lines = append(h.lines, text)
}

// await waits until somebody has said something, once.
func (h *heard) await(t *testing.T, part string) {
	t.Helper()
	for until := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		h.mu.Lock()
		all := strings.Join(h.lines, "\n")
		h.mu.Unlock()
		if n := strings.Count(all, part); n == 1 {
			return
		} else if n > 1 || time.Now().After(until) {
			t.Fatalf("%q was told %d times in:\n%s", part, n, all)
		}
	}
}

func giver(t *testing.T, where string, program Program) (*Queue, *heard) {
	t.Helper()
	h := new(heard)
	q, err := Open(t.Context(), where, program, h.tell)
	if err != nil {
		t.Fatal(err)
	}
	var closed sync.Once
	t.Cleanup(func() { closed.Do(func() { q.Close() }) })
	return q, h
}

// workHere starts a worker of this process.
func workHere(t *testing.T, where string, program Program, do func([]byte) ([]byte, error)) (*heard, <-chan error) {
	t.Helper()
	h, ended := new(heard), make(chan error, 1)
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		_, err := Work(ctx, where, Options{Program: program, Places: 2, Do: do, Tell: h.tell})
		ended <- err
	}()
	t.Cleanup(stop)
	return h, ended
}

func plainly(task []byte) ([]byte, error) { return result(task), nil }

// takeAll gives tasks out as long as there is room within a second, does the others here, and holds all results against what they
// should be. It says how many came from workers.
func takeAll(t *testing.T, q *Queue, tasks []string) (away int) {
	t.Helper()
	var mu sync.Mutex
	var all sync.WaitGroup
	for _, task := range tasks {
		select {
		case <-q.Free():
			all.Go(func() {
				data := q.Do(t.Context(), []byte(task))
				if data == nil {
					return
				}
				mu.Lock()
				defer mu.Unlock()
				away++
				if string(data) != string(result([]byte(task))) {
					t.Errorf("%.40q gives %.40q", task, data)
				}
			})
		case <-time.After(time.Second): // it is done here
		}
	}
	all.Wait()
	return away
}

func someTasks(n int, of string) []string {
	var tasks []string
	for i := range n {
		tasks = append(tasks, fmt.Sprintf("%s %d %s", of, i, strings.Repeat("word ", i%50)))
	}
	return tasks
}

// awaitPlaces waits until workers have answered.
func awaitPlaces(t *testing.T, q *Queue, n int) {
	t.Helper()
	for until := time.Now().Add(30 * time.Second); q.places() != n; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("workers do %d tasks at a time, want %d", q.places(), n)
		}
	}
}

// A worker that is killed with SIGKILL in the middle of a task loses nothing: others get what it had, and every result is taken once.
func TestWorkerKilled(t *testing.T) {
	where, marks := "nats://"+storetest.Start(t, 1, "").Hosts()+"/killed", t.TempDir()
	doomed := process(t, where, marks)
	q, h := giver(t, where, build)
	awaitPlaces(t, q, 2)
	results := make(chan []byte, 2)
	for i := range 2 { // both of its places
		<-q.Free()
		go func() { results <- q.Do(t.Context(), fmt.Appendf(nil, "heavy %d", i)) }()
	}
	for until := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(filepath.Join(marks, "at")); err == nil {
			break
		} else if time.Now().After(until) {
			t.Fatal("the worker has not begun")
		}
	}
	process(t, where, "")
	doomed.Process.Kill()
	for range 2 {
		if data := <-results; !bytes.HasPrefix(data, []byte("HEAVY ")) {
			t.Errorf("the task of the worker that was killed gives %q", data)
		}
	}
	if away := takeAll(t, q, someTasks(100, "light")); away != 100 {
		t.Errorf("%d of 100 tasks were done by the worker that is left", away)
	}
	if c := q.Close(); c.Given != 102 || c.Back != 102 || c.Workers != 1 {
		t.Errorf("it came to %+v; told %q", c, h.lines)
	}
}

// If no worker is left, the giver has its tasks back in some seconds, and says so.
func TestAllWorkersKilled(t *testing.T) {
	where, marks := "nats://"+storetest.Start(t, 1, "").Hosts()+"/all", t.TempDir()
	doomed := process(t, where, marks)
	q, h := giver(t, where, build)
	awaitPlaces(t, q, 2)
	<-q.Free()
	time.AfterFunc(time.Second, func() { doomed.Process.Kill() })
	began := time.Now()
	if data := q.Do(t.Context(), []byte("heavy")); data != nil || time.Since(began) > 30*time.Second {
		t.Errorf("without workers: %q after %v", data, time.Since(began))
	}
	h.await(t, "have fallen silent")
	select {
	case <-q.Free():
		t.Error("there is room with workers that are gone")
	case <-time.After(100 * time.Millisecond):
	}
}

// Another build is refused, and both sides say so.
func TestOtherBuild(t *testing.T) {
	where := "nats://" + storetest.Start(t, 1, "").Hosts() + "/builds"
	other := Program{ID: strings.Repeat("cd", 32), Version: "two"}
	_, ended := workHere(t, where, other, func([]byte) ([]byte, error) {
		t.Error("a task of another build was done")
		return nil, nil
	})
	time.Sleep(500 * time.Millisecond)
	q, h := giver(t, where, build)
	select {
	case err := <-ended:
		if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "to be read by one (build abababababab), and this is two (build") {
			t.Errorf("the worker is told %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Error("the worker goes on")
	}
	h.await(t, "gets no pages: it runs two (build cdcdcdcdcdcd), and this is one (build abababababab)")
	if away := takeAll(t, q, someTasks(1, "task")); away != 0 {
		t.Error("somebody has done a task")
	}

	// A worker that has a giver of its own build is not sent away by another one.
	told, ended := workHere(t, where, build, plainly)
	awaitPlaces(t, q, 2)
	giver(t, where, other)
	told.await(t, "nothing is done for it")
	if away := takeAll(t, q, someTasks(5, "task")); away != 5 {
		t.Errorf("%d of 5 were done", away)
	}
	select {
	case err := <-ended:
		t.Errorf("the worker has ended: %v", err)
	default:
	}
}

// Without nodes there is no room, which is said once; when they are there, there is.
func TestNodesAway(t *testing.T) {
	cluster := storetest.Start(t, 1, "")
	where := "nats://" + cluster.Hosts() + "/away"
	cluster.Kill(0)
	began := time.Now()
	q, h := giver(t, where, build)
	if time.Since(began) > 5*time.Second {
		t.Errorf("it took %v to begin", time.Since(began))
	}
	h.await(t, "it cannot be reached")
	told, _ := workHere(t, where, build, plainly)
	told.await(t, "waiting until that is mended")
	if away := takeAll(t, q, someTasks(1, "task")); away != 0 {
		t.Error("somebody has done a task")
	}
	cluster.Restart(0)
	awaitPlaces(t, q, 2)
	told.await(t, "answers again")
	if away := takeAll(t, q, someTasks(20, "task")); away != 20 {
		t.Errorf("%d of 20 were done", away)
	}
	// They go away while something is out.
	<-q.Free()
	time.AfterFunc(100*time.Millisecond, func() { cluster.Kill(0) })
	q.patience = 4 * time.Second // the worker may have done it already, and cannot say so
	began = time.Now()
	if q.Do(t.Context(), []byte("late")); time.Since(began) > 20*time.Second {
		t.Errorf("the task came back after %v", time.Since(began))
	}
}

// A queue that is full, a worker that is slow, a task or a result that is too large, a program that fails: the giver is told, and does
// it itself.
func TestBadTimes(t *testing.T) {
	cluster := storetest.Start(t, 1, "")
	hosts := "nats://" + cluster.Hosts()
	noise := make([]byte, 3<<20)
	for i := range noise {
		noise[i] = byte(rand.IntN(256))
	}
	q, h := giver(t, hosts+"/bad", build)
	q.patience = 2 * time.Second
	release := make(chan struct{})
	defer close(release)
	workHere(t, hosts+"/bad", build, func(task []byte) ([]byte, error) {
		switch string(task) {
		case "slow":
			<-release
		case "grows":
			return noise, nil
		case "breaks":
			panic("in the\nmiddle")
		case "fails":
			return nil, errors.New("no such thing")
		}
		return result(task), nil
	})
	awaitPlaces(t, q, 2)
	for _, c := range []struct{ task, told string }{
		{"grows", "what was found is too large for a message"},
		{"breaks", "a fault of the program: in the middle"},
		{"fails", "no such thing"},
		{"slow", "have had a page for"},
		{string(noise), ""},
	} {
		<-q.Free()
		if data := q.Do(t.Context(), []byte(c.task)); data != nil {
			t.Errorf("%.10q gives %d bytes", c.task, len(data))
		}
		if c.told != "" {
			h.await(t, c.told)
		}
	}
	if away := takeAll(t, q, someTasks(10, "task")); away != 10 {
		t.Errorf("afterwards %d of 10 were done", away)
	}
	storetest.Bound(t, cluster, "rapporteur-work-bad", 10)
	<-q.Free()
	if data := q.Do(t.Context(), []byte(strings.Repeat("full ", 100))); data != nil {
		t.Errorf("a full queue gives %q", data)
	}
	h.await(t, "maximum bytes exceeded")
}

// A queue that another version has made is left alone.
func TestOtherFormat(t *testing.T) {
	cluster := storetest.Start(t, 1, "")
	conn, err := nats.Connect("nats://" + cluster.Hosts())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	_, err = js.CreateStream(t.Context(), jetstream.StreamConfig{Name: "rapporteur-work-old", Subjects: []string{"old.>"},
		Metadata: map[string]string{formatKey: "99"}})
	if err != nil {
		t.Fatal(err)
	}
	where := "nats://" + cluster.Hosts() + "/old"
	_, h := giver(t, where, build)
	h.await(t, `another version of rapporteur (format "99"; this one has 1)`)
	told, _ := workHere(t, where, build, plainly)
	told.await(t, `format "99"`)
}

// Nodes are killed one after the other while tasks go out: all come back right, or are done here.
func TestNodesKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("half a minute")
	}
	cluster := storetest.Start(t, 3, "")
	where := "nats://" + cluster.Hosts() + "/cliff?replicas=3"
	process(t, where, "")
	process(t, where, "")
	q, _ := giver(t, where, build)
	awaitPlaces(t, q, 4)
	away := 0
	for round := range 3 {
		tasks := someTasks(300, fmt.Sprint("round ", round))
		away += takeAll(t, q, tasks[:100])
		cluster.Kill(round)
		away += takeAll(t, q, tasks[100:200])
		cluster.Restart(round)
		away += takeAll(t, q, tasks[200:])
	}
	c := q.Close()
	t.Logf("%d of 900 tasks were done by workers: %+v", away, c)
	if away < 300 || c.Back != away {
		t.Errorf("%d of 900 tasks were done by workers: %+v", away, c)
	}
}

// What is no queue is told what to write.
func TestCheck(t *testing.T) {
	for _, where := range []string{"", "folder", "s3://x/y", "nats://", "nats://host", "nats://host/a b", "nats://h/n?replicas=9",
		"nats://me:secret@host"} {
		if err := Check(where); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", where, err)
		}
	}
	if err := Check("nats://one,two:4222/pages?replicas=3"); err != nil {
		t.Error(err)
	}
}
