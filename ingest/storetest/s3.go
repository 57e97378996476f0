package storetest

import (
	"fmt"
	"net"
	"os/exec"
	"testing"
	"time"
)

// StartS3 runs an S3 server with a bucket until the test ends, and returns what stands behind the bucket's s3:// URL to reach it. The keys
// that it wants are put into the environment.
func StartS3(t testing.TB, bucket string) (query string) {
	t.Helper()
	program := Program(t, "gofakes3", "github.com/johannesboyne/gofakes3/cmd/gofakes3@v1.2.0")
	host := fmt.Sprintf("127.0.0.1:%d", FreePorts(t, 1)[0])
	cmd := exec.Command(program, "-backend", "memory", "-host", host, "-initialbucket", bucket, "-quiet")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	for until := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if conn, err := net.Dial("tcp", host); err == nil {
			conn.Close()
			break
		} else if time.Now().After(until) {
			t.Fatal(err)
		}
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	return "?endpoint=http://" + host
}
