package graph

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph/graphtest"
)

func TestDamaged(t *testing.T) {
	dir := t.TempDir()
	b := newBuilder()
	for _, q := range graphtest.MakeQuadSet() {
		b.add(q)
	}
	if err := b.create(dir); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, fileName)
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	refused := func(what string, bad []byte) {
		t.Helper()
		if err := os.WriteFile(name, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		r, err := Open(dir)
		if err == nil {
			r.Close()
			t.Fatalf("%s: opened", what)
		}
		if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "rapporteur ingest") {
			t.Errorf("%s: %v", what, err)
		}
	}
	for i := range whole { // every single byte counts
		bad := slices.Clone(whole)
		bad[i] ^= 0x10
		refused("a flipped bit", bad)
	}
	for _, n := range []int{0, 1, headSize - 1, headSize, len(whole) - 1} {
		refused("cut off", whole[:n])
	}
	refused("too long", append(slices.Clone(whole), 0))
	if err := os.WriteFile(name, whole, 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, n := r.Size(); n != 11 {
		t.Errorf("%d quads, want 11", n)
	}
	if err := os.Remove(name); err != nil { // a generation may be collected under an open reader
		t.Fatal(err)
	}
	if got := len(store{snapshot: r.snapshot}.Quad(placeRef(3)).Subject.String()); got == 0 {
		t.Error("nothing to read after the file was deleted")
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// The order in which quads arrive, and how often, does not matter.
func TestSameBytes(t *testing.T) {
	quads := inventedQuads(10, 3)
	write := func() []byte {
		b := newBuilder()
		for _, q := range quads {
			b.add(q)
		}
		var buf bytes.Buffer
		if err := b.write(&buf); err != nil {
			t.Fatal(err)
		}
		return buf.Bytes()
	}
	first := write()
	rand.New(rand.NewPCG(4, 4)).Shuffle(len(quads), func(i, j int) { quads[i], quads[j] = quads[j], quads[i] })
	quads = append(quads, quads[:50]...)
	if !bytes.Equal(first, write()) {
		t.Error("another order gave another file")
	}
}

func TestEmptyGraph(t *testing.T) {
	s := snapshotOf(t, nil)
	if s.id(predName) != 0 || s.with(subject, 1).len() != 0 || s.dict.find([]byte("<x")) != 0 {
		t.Error("an empty graph has something")
	}
}
