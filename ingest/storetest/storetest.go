// Package storetest runs the servers of stores and queues as real processes for tests: a cluster of nats-server whose nodes are killed
// and started again, and an S3 server.
package storetest

import (
	"net"
	"os"
	"os/exec"
	"testing"
)

// Program finds a program that tests need beside Go. Where it is not installed they are skipped, but fail where CI is set. Short tests
// run no other program.
func Program(t testing.TB, name, from string) string {
	t.Helper()
	if testing.Short() {
		t.Skipf("runs %s", name)
	}
	program, err := exec.LookPath(name)
	if err != nil && os.Getenv("CI") != "" {
		t.Fatalf("no %s on this machine: go install %s", name, from)
	}
	if err != nil {
		t.Skipf("no %s on this machine: go install %s", name, from)
	}
	return program
}

// FreePorts finds ports of this machine that nobody listens on.
func FreePorts(t testing.TB, n int) []int {
	t.Helper()
	var ports []int
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close() // all at once, so that none is found twice
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}
