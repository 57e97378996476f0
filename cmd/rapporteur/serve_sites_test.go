package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapporteur/ingest/storetest"
)

// inventSite writes a site with one page about a word.
func inventSite(t *testing.T, name, word string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	writeFile(t, filepath.Join(dir, "rapporteur.yaml"), "name: "+name+"\n")
	writeFile(t, filepath.Join(dir, "_events", "2025-03-02-talk.md"), "---\ntitle: A talk\ndate: 2025-03-02\n---\nA talk about "+word+".\n")
	return dir
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func mustRun(t *testing.T, args ...string) {
	t.Helper()
	if r := start(t, nil, io.Discard, args...); <-r.code != exitDone {
		t.Fatalf("%q:\n%s", args, r.err.String())
	}
}

func getText(t *testing.T, address string) (int, string) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// takeTurns asks the weir for its pages and the quay for its own, again and again. Where one may be open, each makes the other close.
func takeTurns(t *testing.T, at string) {
	t.Helper()
	for range 2 {
		if n := found(t, at+"/weir", "quagmarble"); n != 1 {
			t.Errorf("weir: %d", n)
		}
		if n := found(t, at+"/quay", "zephyrine"); n != 1 {
			t.Errorf("quay: %d", n)
		}
	}
	if n := found(t, at+"/quay", "quagmarble"); n != 0 {
		t.Error("one site answers with another's pages")
	}
}

// One process serves data folders and what is published, with fewer open than there are; a broken one is told of; what is built
// or published anew is taken up; and what was taken is served when the store is away.
func TestServeSites(t *testing.T) {
	root, data := t.TempDir(), t.TempDir()
	weir, quay := inventSite(t, "The Weir", "quagmarble"), inventSite(t, "The Quay", "zephyrine")
	mustRun(t, "--data", filepath.Join(root, "weir"), "ingest", weir)
	built := t.TempDir()
	mustRun(t, "--data", built, "ingest", quay)
	mustRun(t, "--data", built, "publish", filepath.Join(root, "quay"))
	writeFile(t, filepath.Join(root, "lock", "CURRENT"), "nothing-is-there\n")
	writeFile(t, filepath.Join(root, "notes", "readme.txt"), "no site\n")

	server := start(t, nil, io.Discard, "--data", data, "serve", "--sites", root, "--open", "1", "--addr", "127.0.0.1:0")
	at := server.address(t)
	takeTurns(t, at)
	if code, page := getText(t, at+"/"); code != http.StatusOK || !strings.Contains(page, `<a href="/weir/">The Weir</a>`) ||
		!strings.Contains(page, `href="/lock/"`) || strings.Contains(page, "notes") {
		t.Errorf("front: %d\n%s", code, page)
	}
	if code, page := getText(t, at+"/lock/"); code != http.StatusServiceUnavailable || !strings.Contains(page, "damaged") ||
		strings.Contains(page, root) {
		t.Errorf("broken: %d\n%s", code, page)
	}
	var health struct {
		Sites  int
		Broken []struct{ Name string }
	}
	if code, text := getText(t, at+"/healthz"); code != http.StatusOK || json.Unmarshal([]byte(text), &health) != nil || health.Sites != 3 ||
		len(health.Broken) != 1 || health.Broken[0].Name != "lock" {
		t.Errorf("health: %d %s", code, text)
	}

	writeFile(t, filepath.Join(quay, "_events", "2025-04-02-more.md"), "---\ntitle: More\ndate: 2025-04-02\n---\nMore about marrowgate.\n")
	mustRun(t, "--data", built, "ingest", quay)
	mustRun(t, "--data", built, "publish", filepath.Join(root, "quay"))
	until(t, "what was published anew is served", 20*time.Second, func() bool { return found(t, at+"/quay", "marrowgate") == 1 })
	if code, text := getText(t, at+"/quay/healthz"); code != http.StatusOK || !strings.Contains(text, `"published"`) {
		t.Errorf("a published site does not say how old it is: %s", text)
	}
	writeFile(t, filepath.Join(weir, "_events", "2025-04-02-more.md"), "---\ntitle: More\ndate: 2025-04-02\n---\nMore about hollowreed.\n")
	mustRun(t, "--data", filepath.Join(root, "weir"), "ingest", weir)
	until(t, "what was built anew is served", 20*time.Second, func() bool { return found(t, at+"/weir", "hollowreed") == 1 })
	if err := os.RemoveAll(filepath.Join(root, "lock")); err != nil {
		t.Fatal(err)
	}
	until(t, "a site gone that was taken away", 20*time.Second, func() bool {
		code, _ := getText(t, at+"/lock/")
		return code == http.StatusNotFound
	})
	if code := server.end(t); code != exitDone {
		t.Errorf("exit code %d:\n%s", code, server.err.String())
	}

	if err := os.Rename(root, root+"-away"); err != nil {
		t.Fatal(err)
	}
	server = start(t, nil, io.Discard, "--data", data, "serve", "--sites", root, "--addr", "127.0.0.1:0")
	at = server.address(t)
	if n := found(t, at+"/quay", "marrowgate"); n != 1 {
		t.Errorf("with the store away: %d\n%s", n, server.err.String())
	}
	if code := server.end(t); code != exitDone {
		t.Errorf("exit code %d:\n%s", code, server.err.String())
	}
}

// Sites that are published to a bucket are served from it: each by its name, with what is published anew, and with a site that comes
// later; and the copies are served when the bucket is away.
func TestServeSitesFromBucket(t *testing.T) {
	query, data := storetest.StartS3(t, "network"), t.TempDir()
	publish := func(name, word string) {
		built := t.TempDir()
		mustRun(t, "--data", built, "ingest", inventSite(t, "The "+name, word))
		mustRun(t, "--data", built, "publish", "s3://network/"+name+query)
	}
	publish("weir", "quagmarble")
	publish("quay", "zephyrine")
	server := start(t, nil, io.Discard, "--data", data, "serve", "--sites", "s3://network"+query, "--open", "1", "--addr", "127.0.0.1:0")
	at := server.address(t)
	takeTurns(t, at)
	publish("weir", "marrowgate")
	publish("lock", "hollowreed")
	until(t, "what was published anew is served", time.Minute, func() bool { return found(t, at+"/weir", "marrowgate") == 1 })
	until(t, "a site that came later is served", 2*sweepEvery, func() bool {
		code, _ := getText(t, at+"/lock/")
		return code == http.StatusOK
	})
	if code := server.end(t); code != exitDone {
		t.Errorf("exit code %d:\n%s", code, server.err.String())
	}

	away := fmt.Sprintf("s3://network?endpoint=http://localhost:%d", storetest.FreePorts(t, 1)[0])
	server = start(t, nil, io.Discard, "--data", data, "serve", "--sites", away, "--addr", "127.0.0.1:0")
	at = server.address(t)
	if n := found(t, at+"/weir", "marrowgate"); n != 1 {
		t.Errorf("with the bucket away: %d\n%s", n, server.err.String())
	}
	if code, text := getText(t, at+"/healthz"); code != http.StatusOK || strings.Contains(text, "secret") {
		t.Errorf("health with the bucket away: %d %s", code, text)
	}
	if code := server.end(t); code != exitDone {
		t.Errorf("exit code %d:\n%s", code, server.err.String())
	}
}

func TestServeSitesWrongUsage(t *testing.T) {
	empty := t.TempDir()
	for _, test := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"serve", "--sites", empty, "somewhere"}, exitUsage, "leave out SITE"},
		{[]string{"serve", "--sites", empty, "--open", "0"}, exitUsage, "1 at least"},
		{[]string{"serve", "--sites", empty, "--sites-domain", "http://x"}, exitUsage, "without scheme"},
		{[]string{"serve", "--sites", empty, "--addr", "127.0.0.1:0"}, exitFailed, "holds no site"},
		{[]string{"serve", "--sites", filepath.Join(empty, "none"), "--addr", "127.0.0.1:0"}, exitFailed, "list the sites"},
		{[]string{"serve", "--sites", "ftp://u:secret@h", "--addr", "127.0.0.1:0"}, exitFailed, "is no store"},
	} {
		r := start(t, nil, io.Discard, append([]string{"--data", t.TempDir()}, test.args...)...)
		select {
		case code := <-r.code:
			if code != test.code || !strings.Contains(r.err.String(), test.says) || strings.Contains(r.err.String(), "secret") {
				t.Errorf("%q: %d, want %d saying %q:\n%s", test.args, code, test.code, test.says, r.err.String())
			}
		case <-time.After(30 * time.Second):
			t.Errorf("%q goes on", test.args)
		}
		r.stop()
	}
}

// What is published to a cluster is served by name, and goes on being served, open or not, while the cluster is away.
func TestServeSitesOfACluster(t *testing.T) {
	cluster := storetest.Start(t, 1, "")
	where := "nats://" + cluster.Hosts()
	for name, word := range map[string]string{"weir": "quagmarble", "quay": "zephyrine"} {
		built := t.TempDir()
		mustRun(t, "--data", built, "ingest", inventSite(t, "The "+name, word))
		mustRun(t, "--data", built, "publish", where+"/"+name)
	}
	server := start(t, nil, io.Discard, "--data", t.TempDir(), "serve", "--sites", where, "--open", "1", "--addr", "127.0.0.1:0")
	at := server.address(t)
	ask := func(when string) {
		t.Helper()
		if weir, quay := found(t, at+"/weir", "quagmarble"), found(t, at+"/quay", "zephyrine"); weir != 1 || quay != 1 {
			t.Errorf("%s: %d and %d\n%s", when, weir, quay, server.err.String())
		}
	}
	ask("with the cluster")
	cluster.Kill(0)
	ask("without the cluster")
	if code, text := getText(t, at+"/quay/healthz"); code != http.StatusOK || !strings.Contains(text, "behind") {
		t.Errorf("it does not say that the cluster is away: %s", text)
	}
	if code := server.end(t); code != exitDone {
		t.Errorf("exit code %d:\n%s", code, server.err.String())
	}
}

// The copy of a site that nobody has open follows what is published, so that whoever is erased goes from it.
func TestCopiesOfClosedSitesFollow(t *testing.T) {
	root, built, site := t.TempDir(), t.TempDir(), inventSite(t, "The Weir", "quagmarble")
	mustRun(t, "--data", built, "ingest", site)
	mustRun(t, "--data", built, "publish", filepath.Join(root, "weir"))
	s := newSiteSource(root, filepath.Join(t.TempDir(), "sites"), slog.New(slog.DiscardHandler))
	s.moved = func() {}
	defer s.close()
	opened, err := s.open(t.Context(), "weir")
	if err != nil {
		t.Fatal(err)
	}
	if err := opened.Close(); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(site, "_events", "2025-04-02-more.md"), "---\ntitle: More\ndate: 2025-04-02\n---\nMore about marrowgate.\n")
	mustRun(t, "--data", built, "ingest", site)
	mustRun(t, "--data", built, "publish", filepath.Join(root, "weir"))
	if before := s.copied(); len(before) != 1 || before[0].Pages != 1 {
		t.Fatalf("before: %+v", before)
	}
	s.sweep(t.Context())
	if after := s.copied(); len(after) != 1 || after[0].Pages != 2 {
		t.Errorf("after: %+v", after)
	}
}
