package graph

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/graphtest"
	"github.com/cayleygraph/quad"

	"rapporteur/ingest/invent"
	"rapporteur/ingest/inversion"
)

// rewritten lets Cayley's conformance tests fill a snapshot: every change writes a new one, whole, and reads go to the
// last one. Nothing of it is in the program.
type rewritten struct {
	store
	t     testing.TB
	quads map[quad.Quad]bool
}

func newRewritten(t testing.TB) *rewritten {
	r := &rewritten{t: t, quads: map[quad.Quad]bool{}}
	r.rewrite()
	return r
}

func snapshotOf(t testing.TB, quads []quad.Quad) *snapshot {
	t.Helper()
	b := newBuilder()
	for _, q := range quads {
		b.add(q)
	}
	var buf bytes.Buffer
	if b.err != nil {
		t.Fatal(b.err)
	}
	if err := b.write(&buf); err != nil {
		t.Fatal(err)
	}
	s, err := parseSnapshot(buf.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (r *rewritten) rewrite() {
	var all []quad.Quad
	for q := range r.quads {
		all = append(all, q)
	}
	r.store = store{snapshot: snapshotOf(r.t, all)}
}

func (r *rewritten) ApplyDeltas(in []graph.Delta, opts graph.IgnoreOpts) error {
	for _, d := range in {
		if r.quads[d.Quad] && d.Action == graph.Add && !opts.IgnoreDup {
			return &graph.DeltaError{Delta: d, Err: graph.ErrQuadExists}
		}
		if !r.quads[d.Quad] && d.Action == graph.Delete && !opts.IgnoreMissing {
			return &graph.DeltaError{Delta: d, Err: graph.ErrQuadNotExist}
		}
	}
	for _, d := range in {
		if d.Action == graph.Add {
			r.quads[d.Quad] = true
		} else {
			delete(r.quads, d.Quad)
		}
	}
	r.rewrite()
	return nil
}

func (r *rewritten) NewQuadWriter() (quad.WriteCloser, error) { return rewriter{r}, nil }

type rewriter struct{ *rewritten }

func (w rewriter) WriteQuad(q quad.Quad) error {
	w.quads[q] = true
	return nil
}

func (w rewriter) WriteQuads(qs []quad.Quad) (int, error) {
	for _, q := range qs {
		w.quads[q] = true
	}
	return len(qs), nil
}

func (w rewriter) Close() error { w.rewrite(); return nil }

// cayleySource is the folder of Cayley's module, which holds the data of its tests.
func cayleySource(t *testing.T) string {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	if err != nil {
		t.Fatalf("looking for Cayley's test data: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// Cayley's own suite: what it writes goes through our writer, what it reads through our store. Two of its tests are left
// out. One asks that an iterator made before a deletion sees it, which nothing immutable can. The other compares tags
// of a recursive walk that is asked whether it contains something: Cayley v0.7.7 then answers with the tags of the
// question before, unless quads come in the order in which the test wrote them (the same walk, gone through, is tested).
// As the suite has no switch for that one, it runs in a process of its own, with -test.skip.
func TestCayleyConformance(t *testing.T) {
	if testing.Short() {
		t.Skip("the suite takes ten seconds of CPU")
	}
	const inside = "RAPPORTEUR_CAYLEY_SUITE"
	if os.Getenv(inside) == "" {
		cmd := exec.Command(os.Args[0], "-test.v", "-test.run=^TestCayleyConformance$",
			"-test.skip=TestCayleyConformance/paths/follows_recursive_loop$")
		cmd.Env = append(os.Environ(), inside+"=1")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if n := bytes.Count(out, []byte("--- PASS")); n < 150 {
			t.Errorf("only %d tests of the suite passed:\n%s", n, out)
		}
		return
	}
	data := filepath.Join(cayleySource(t), "data")
	dir := t.TempDir()
	t.Chdir(dir)
	for _, at := range []string{"data", "a/data"} { // where the suite looks, from a/b/c/d
		if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o755), os.Symlink(data, at)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll("a/b/c/d", 0o755); err != nil {
		t.Fatal(err)
	}
	t.Chdir("a/b/c/d")
	graphtest.TestAll(t, func(t testing.TB) (graph.QuadStore, graph.Options, func()) {
		return newRewritten(t), nil, func() {}
	}, &graphtest.Config{SkipDeletedFromIterator: true, AlwaysRunIntegration: true})
}

// inventedQuads are the facts of an invented site.
func inventedQuads(pages int, seed uint64) []quad.Quad {
	var out []quad.Quad
	Quads(inversion.Of(invent.Site(pages, seed)), func(q quad.Quad) {
		if !slices.Contains(out, q) {
			out = append(out, q)
		}
	})
	return out
}

func TestReadOnly(t *testing.T) {
	s := store{snapshot: snapshotOf(t, graphtest.MakeQuadSet())}
	if err := s.ApplyDeltas(nil, graph.IgnoreOpts{}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("ApplyDeltas: %v", err)
	}
	if _, err := s.NewQuadWriter(); !errors.Is(err, ErrReadOnly) {
		t.Errorf("NewQuadWriter: %v", err)
	}
}

// Every direct walk says what a look through all quads says.
func TestWalks(t *testing.T) {
	for seed := range uint64(30) {
		quads := inventedQuads(5, seed)
		s := snapshotOf(t, quads)
		for _, q := range quads {
			subj, pred, obj := s.id(q.Subject), s.id(q.Predicate), s.id(q.Object)
			var out, in int
			s.out(subj, pred, func(o, l uint32) {
				if o == obj && quad.StringOf(s.value(l)) == quad.StringOf(q.Label) {
					out++
				}
			})
			s.in(obj, pred, func(x, l uint32) {
				if x == subj && quad.StringOf(s.value(l)) == quad.StringOf(q.Label) {
					in++
				}
			})
			if out != 1 || in != 1 {
				t.Fatalf("seed %d: %v met %d times going out and %d times going in", seed, q, out, in)
			}
			want := map[quad.Quad]bool{}
			for _, x := range quads {
				if x.Object == q.Object && x.Predicate == q.Predicate {
					want[x] = true
				}
			}
			if n := s.withPredicate(object, obj, pred).len(); n != len(want) {
				t.Fatalf("seed %d: %v: %d quads of its object and predicate, want %d", seed, q, n, len(want))
			}
		}
	}
}
