package learn

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"os"
	"runtime"
	"strings"
	"testing"

	"rapporteur/ingest/extract"
	"rapporteur/ingest/model"
	"rapporteur/ingest/tagger"
	"rapporteur/ingest/training/material"
)

var update = flag.Bool("update", false, "write the digest of the small model anew")

// small learns a model of few weights from some of the pages that the tree holds.
func small(t *testing.T) []byte {
	t.Helper()
	m, err := material.Invented(context.Background(), "../../..")
	if err != nil {
		t.Fatal(err)
	}
	m.Pages = m.Pages[:40]
	x := extract.With(&tagger.Models{}, m.Tables)
	var examples []tagger.Example
	for _, a := range m.Pages {
		examples = append(examples, x.Examples(a.Page, a.Spans(), 1)...)
	}
	c := &Crossed{}
	names := Perceptron(examples, 14, 3, 1, cost)
	taught := extract.With(&tagger.Models{Names: names}, m.Tables)
	for k := range c.cases {
		c.cases[k] = map[string][]tagger.Case{}
		for _, a := range m.Pages {
			if a.Fold == k {
				for name, cs := range taught.Cases(a.Page, a.Truth()) {
					c.cases[k][name] = append(c.cases[k][name], cs...)
				}
			}
		}
	}
	models := c.Classifiers(None)
	models.Names = names
	b, err := Stored(m, models)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The same material gives the same bytes: those of the digest kept, on the machine it was made on.
func TestBytes(t *testing.T) {
	b := small(t)
	if !bytes.Equal(b, small(t)) {
		t.Fatal("learning twice from the same material gives other bytes")
	}
	f, err := model.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := extract.Of(f); err != nil {
		t.Errorf("what was learnt is refused by the program that learnt it: %v", err)
	}
	sum := sha256.Sum256(b)
	digest := hex.EncodeToString(sum[:])
	const file = "testdata/small.sha256"
	if *update {
		if err := os.WriteFile(file, []byte(digest+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOARCH == "amd64" && strings.TrimSpace(string(kept)) != digest {
		t.Errorf("the small model is %s, %s has %s: features, tables, pages or learning have changed; if that is meant, run `make train` and "+
			"`go test ./ingest/training/learn -update`", digest, file, kept)
	}
}

// A separable problem is learnt.
func TestPerceptron(t *testing.T) {
	example := func(labels ...tagger.Label) tagger.Example {
		e := tagger.Example{Labels: labels, Weight: 1}
		for _, l := range labels {
			e.Features = append(e.Features, []uint32{uint32(l) * 7919})
		}
		return e
	}
	labels := []tagger.Label{tagger.O, tagger.BeginPerson, tagger.InPerson, tagger.O, tagger.BeginOrganisation}
	m := Perceptron([]tagger.Example{example(labels...), example(labels...)}, 10, 5, 1, 1)
	runs := m.Runs(&tagger.Decoder{}, example(labels...).Features)
	if len(runs) != 2 || runs[0].Kind != tagger.BeginPerson || runs[0].From != 1 || runs[0].To != 3 ||
		runs[1].Kind != tagger.BeginOrganisation || runs[1].From != 4 {
		t.Errorf("found %+v", runs)
	}
}

func TestLogistic(t *testing.T) {
	var cases []tagger.Case
	for i := range 200 {
		cases = append(cases, tagger.Case{Features: []uint32{1, uint32(100 + i%2)}, Is: i%2 == 0, Weight: 1})
	}
	m := Logistic(cases, 8, 20, 1e-3)
	if p, q := m.Probability([]uint32{1, 100}), m.Probability([]uint32{1, 101}); p < 0.9 || q > 0.1 {
		t.Errorf("the chances are %.2f and %.2f", p, q)
	}
}
