package wordclass

import (
	"bytes"
	"testing"
)

func TestRoundTrip(t *testing.T) {
	parent := []Family{{}, {1, 1, 1}, {2, 1, 1}, {3, 2, 1}}
	words := map[string]uint16{"harbour": 1, "port": 1, "pier": 2, "council": 3}
	var b, again bytes.Buffer
	if err := Write(&b, words, parent); err != nil {
		t.Fatal(err)
	}
	if err := Write(&again, words, parent); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Errorf("the same words are stored as other bytes (%v)", err)
	}
	k, err := Read(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for w, c := range words {
		if got := k.Of(w); got != parent[c] {
			t.Errorf("%s is of %v, want %v", w, got, parent[c])
		}
	}
	if got := k.Of("jetty"); got != (Family{}) {
		t.Errorf("a word that is not known is of %v", got)
	}
	if _, err := Read(bytes.NewReader(b.Bytes()[:b.Len()/2])); err == nil {
		t.Error("half a file is read without error")
	}
}

// Words of one sort are nearer to each other than to those of another sort.
func TestLoad(t *testing.T) {
	k, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, same := range [][2]string{{"monday", "tuesday"}, {"maria", "ana"}, {"university", "college"}} {
		a, b := k.Of(same[0]), k.Of(same[1])
		if a.Close == 0 || a.Mid != b.Mid {
			t.Errorf("%s is of %v and %s of %v", same[0], a, same[1], b)
		}
	}
	if k.Of("monday").Wide == k.Of("maria").Wide {
		t.Error("monday and maria are of one wide family")
	}
}
