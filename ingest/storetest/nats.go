package storetest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Cluster is some nodes with JetStream, on this machine alone.
type Cluster struct {
	t       testing.TB
	program string
	nodes   []*node
}

type node struct {
	port    int
	config  string
	process *exec.Cmd // nil if it does not run
}

// Start starts so many nodes, and waits until they agree. They end with the test. Extra goes into their configuration.
func Start(t testing.TB, nodes int, extra string) *Cluster {
	t.Helper()
	c := &Cluster{t: t, program: Program(t, "nats-server", "github.com/nats-io/nats-server/v2@v2.15.2")}
	dir := t.TempDir()
	ports := FreePorts(t, 2*nodes)
	var routes []string
	for i := range nodes {
		routes = append(routes, fmt.Sprintf("nats://127.0.0.1:%d", ports[nodes+i]))
	}
	for i := range nodes {
		cluster := ""
		if nodes > 1 {
			cluster = fmt.Sprintf("cluster { name: test, listen: \"127.0.0.1:%d\", routes: [%s] }\n", ports[nodes+i], strings.Join(routes, ", "))
		}
		n := &node{port: ports[i], config: filepath.Join(dir, fmt.Sprintf("node%d.conf", i))}
		text := fmt.Sprintf("server_name: node%d\nlisten: \"127.0.0.1:%d\"\njetstream { store_dir: %q }\n%s%s\n",
			i, n.port, filepath.Join(dir, fmt.Sprintf("node%d", i)), cluster, extra)
		if err := os.WriteFile(n.config, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		c.nodes = append(c.nodes, n)
		c.Restart(i)
	}
	t.Cleanup(func() {
		for i := range c.nodes {
			c.Kill(i)
		}
	})
	c.await()
	return c
}

// Hosts are the nodes as a URL names them, with commas between.
func (c *Cluster) Hosts() string {
	var hosts []string
	for _, n := range c.nodes {
		hosts = append(hosts, fmt.Sprintf("127.0.0.1:%d", n.port))
	}
	return strings.Join(hosts, ",")
}

// Kill ends a node with SIGKILL.
func (c *Cluster) Kill(i int) {
	if n := c.nodes[i]; n.process != nil {
		n.process.Process.Kill()
		n.process.Wait() // that it was killed is no error
		n.process = nil
	}
}

// Restart starts a node that was killed, with what it has on its disk.
func (c *Cluster) Restart(i int) {
	c.t.Helper()
	n := c.nodes[i]
	cmd := exec.Command(c.program, "-c", n.config, "-l", n.config+".log")
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	n.process = cmd
}

// Bound lets a stream take no more than it has and so many bytes.
func Bound(t testing.TB, c *Cluster, stream string, more int64) {
	t.Helper()
	js, done := c.connect()
	defer done()
	s, err := js.Stream(t.Context(), stream)
	if err != nil {
		t.Fatal(err)
	}
	info := s.CachedInfo()
	info.Config.MaxBytes = int64(info.State.Bytes) + more
	if _, err := js.UpdateStream(t.Context(), info.Config); err != nil {
		t.Fatal(err)
	}
}

// connect makes a client.
func (c *Cluster) connect() (js jetstream.JetStream, done func()) {
	c.t.Helper()
	conn, err := nats.Connect("nats://"+strings.ReplaceAll(c.Hosts(), ",", ",nats://"),
		nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1), nats.ReconnectWait(50*time.Millisecond))
	if err != nil {
		c.t.Fatal(err)
	}
	if js, err = jetstream.New(conn); err != nil {
		c.t.Fatal(err)
	}
	return js, conn.Close
}

// await waits until JetStream answers.
func (c *Cluster) await() {
	c.t.Helper()
	js, done := c.connect()
	defer done()
	for until := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		name := fmt.Sprint("ready-", time.Now().UnixNano())
		_, err := js.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: name, Replicas: len(c.nodes), Storage: jetstream.MemoryStorage})
		if err == nil {
			err = js.DeleteKeyValue(ctx, name)
		}
		cancel()
		if err == nil {
			return
		}
		if time.Now().After(until) {
			c.t.Fatalf("the nodes do not agree: %v", err)
		}
	}
}
