package search

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// What is on a shelf is what was put there; what has not changed is copied, not made; and both give the same bytes.
func TestShelf(t *testing.T) {
	dir := t.TempDir()
	var made atomic.Int64
	units := func(version int) func(func(unit) bool) {
		return func(yield func(unit) bool) {
			for i := range 1000 {
				v := 0
				if i%10 == 0 {
					v = version
				}
				value := fmt.Sprintf("value %d of version %d", i, v)
				if !yield(unit{fmt.Sprint("key ", i), digestOf([]byte(value)), func() any { made.Add(1); return value }}) {
					return
				}
			}
		}
	}
	write := func(name string, version int, old *oldShelf) []byte {
		t.Helper()
		if err := writeShelf(filepath.Join(dir, name), units(version), old); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	write(shelfName, 1, nil)
	files, err := list(dir)
	if err != nil {
		t.Fatal(err)
	}
	m := &Manifest{Files: files}
	old := readOldShelf(dir, m)
	if old == nil {
		t.Fatal("the old shelf is not read")
	}
	fresh := write("fresh", 2, nil)
	made.Store(0)
	again := write("again", 2, old)
	if n := made.Load(); n != 100 {
		t.Errorf("%d values were made, want the 100 that changed", n)
	}
	if string(again) != string(fresh) {
		t.Error("what was taken over gives other bytes than what was made")
	}
	s, err := openShelf(filepath.Join(dir, "again"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	for i, want := range map[int]string{0: "value 0 of version 2", 999: "value 999 of version 0"} {
		got := ""
		if ok, err := s.read(fmt.Sprint("key ", i), &got); !ok || err != nil || got != want {
			t.Errorf("key %d: %q, %v, %v; want %q", i, got, ok, err, want)
		}
	}
	if ok, err := s.read("nothing", new(string)); ok || err != nil {
		t.Errorf("a key that is not there: %v, %v", ok, err)
	}

	// A damaged shelf is not taken over, and one without a table is not opened.
	data, err := os.ReadFile(filepath.Join(dir, shelfName))
	if err != nil {
		t.Fatal(err)
	}
	data[100] ^= 1
	if err := os.WriteFile(filepath.Join(dir, shelfName), data, 0o644); err != nil {
		t.Fatal(err)
	}
	if readOldShelf(dir, m) != nil {
		t.Error("a damaged shelf is taken over")
	}
	for _, bad := range []string{"", "short", strings.Repeat("x", 40), "a\tb\t1\t2\n0000000000000000", "ffffffffffffffff"} {
		name := filepath.Join(dir, "bad")
		if err := os.WriteFile(name, []byte(bad), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := openShelf(name); err == nil {
			t.Errorf("%q is opened", bad)
		}
	}
}
