package store

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// Documents read as they were written; what has not changed is copied, not made; and both give the same bytes.
func TestDocuments(t *testing.T) {
	dir := t.TempDir()
	var made atomic.Int64
	documents := func(version int) func(func(Document) bool) {
		return func(yield func(Document) bool) {
			for i := range 1000 {
				v := 0
				if i%10 == 0 {
					v = version
				}
				value := fmt.Sprintf("value %d of version %d", i, v)
				if !yield(Document{Key: fmt.Sprint("key ", i), From: DigestOf([]byte(value)), Make: func() any { made.Add(1); return value }}) {
					return
				}
			}
		}
	}
	write := func(dir string, version int, old *OldDocuments) []byte {
		t.Helper()
		if err := WriteDocuments(dir, documents(version), old); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(dir, documentsName))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	write(dir, 1, nil)
	files, err := list(dir)
	if err != nil {
		t.Fatal(err)
	}
	m := &Manifest{Files: files}
	old := (&Old{dir, m}).Documents()
	if old == nil {
		t.Fatal("the old documents are not read")
	}
	fresh := write(t.TempDir(), 2, nil)
	made.Store(0)
	changed := t.TempDir()
	again := write(changed, 2, old)
	if n := made.Load(); n != 100 {
		t.Errorf("%d values were made, want the 100 that changed", n)
	}
	if string(again) != string(fresh) {
		t.Error("what was taken over gives other bytes than what was made")
	}
	s, err := OpenDocuments(changed)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i, want := range map[int]string{0: "value 0 of version 2", 999: "value 999 of version 0"} {
		got := ""
		if ok, err := s.Read(fmt.Sprint("key ", i), &got); !ok || err != nil || got != want {
			t.Errorf("key %d: %q, %v, %v; want %q", i, got, ok, err, want)
		}
	}
	if ok, err := s.Read("nothing", new(string)); ok || err != nil {
		t.Errorf("a key that is not there: %v, %v", ok, err)
	}

	// Damaged documents are not taken over, and a file without a table is not opened.
	data, err := os.ReadFile(filepath.Join(dir, documentsName))
	if err != nil {
		t.Fatal(err)
	}
	data[100] ^= 1
	if err := os.WriteFile(filepath.Join(dir, documentsName), data, 0o644); err != nil {
		t.Fatal(err)
	}
	if (&Old{dir, m}).Documents() != nil {
		t.Error("damaged documents are taken over")
	}
	for _, bad := range []string{"", "short", strings.Repeat("x", 40), "a\tb\t1\t2\n0000000000000000", "ffffffffffffffff"} {
		if err := os.WriteFile(filepath.Join(dir, documentsName), []byte(bad), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenDocuments(dir); err == nil {
			t.Errorf("%q is opened", bad)
		}
	}
}
