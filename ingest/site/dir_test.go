package site

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// What is no regular file of the folder is told and passed over; what leads out of it is not followed.
func TestDir(t *testing.T) {
	folder, outside := t.TempDir(), filepath.Join(t.TempDir(), "secret.md")
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(outside, "---\ntitle: Secret\n---\nThe word is swordfish.\n")
	write(filepath.Join(folder, "_events/a.md"), "---\ntitle: A\n---\nText.\n")
	for name, to := range map[string]string{"_events/out.md": outside, "_events/in.md": "a.md"} {
		if err := os.Symlink(to, filepath.Join(folder, name)); err != nil {
			t.Skip("this system makes no links:", err)
		}
	}
	want := []string{"out.md: a link that leads out"}
	if runtime.GOOS != "windows" {
		if out, err := exec.Command("mkfifo", filepath.Join(folder, "_events/pipe.md")).CombinedOutput(); err != nil {
			t.Fatalf("mkfifo: %v %s", err, out)
		}
		want = append(want, "pipe.md: no regular file")
	}
	fsys, err := Dir(folder)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	read, err := Read(ctx, fsys)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range read.Pages {
		if strings.Contains(p.Text, "swordfish") {
			t.Errorf("%s holds what lies outside of the site", p.Path)
		}
	}
	if len(read.Pages) != 2 {
		t.Errorf("%d pages, want a and the link to it", len(read.Pages))
	}
	var told []string
	for _, s := range read.Skips {
		told = append(told, filepath.Base(s.Path)+": "+s.Cause)
	}
	for _, w := range want {
		name, cause, _ := strings.Cut(w, ": ")
		found := false
		for _, s := range told {
			found = found || strings.HasPrefix(s, name) && strings.Contains(s, cause)
		}
		if !found {
			t.Errorf("%q is not told: %q", w, told)
		}
	}
}
