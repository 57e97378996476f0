package main

import (
	"context"
	"testing"

	"rapporteur/search/relate"
)

// TestInventedSite hides the links of the invented site and holds what is found of them to a figure, and to be more than
// either words or dates alone find.
func TestInventedSite(t *testing.T) {
	b, err := newBench(context.Background(), "../../../testdata/site", "")
	if err != nil {
		t.Fatal(err)
	}
	all := func(int) bool { return true }
	measure := func(w relate.Weights) float64 { return ndcg(relate.Rank(b.pairs, w), b.links, all) }
	only := func(name string) (w relate.Weights) {
		for i, n := range relate.SignalNames {
			if n == name {
				w.Signals[i] = 1
			}
		}
		return w
	}
	got, words, dates := measure(relate.Tuned), measure(only("wordsFrom")), measure(only("season"))
	t.Logf("nDCG@10 %.3f; words alone %.3f, dates alone %.3f", got, words, dates)
	if got < .4 {
		t.Errorf("nDCG@10 is %.3f", got)
	}
	if got <= words || got <= dates {
		t.Errorf("nDCG@10 %.3f is not above words' %.3f and dates' %.3f", got, words, dates)
	}
}
