package sentence

import (
	"slices"
	"strings"
	"testing"

	"rapporteur/ingest"
)

func parts(text string) []string {
	var out []string
	for _, s := range Split(text, ingest.Span{End: len(text)}) {
		out = append(out, s.In(text))
	}
	return out
}

func TestSplit(t *testing.T) {
	for _, want := range [][]string{
		{"Dr. Ana Roe met Mr. B. Poe of St. Ives.", "They agreed."},
		{"“We must act now.", "There is no other way.”", "She left."},
		{"It costs 3.5 million, i.e. a lot, e.g. for councils.", "Really?", "Yes!"},
		{"John F. Kennedy spoke.", "So did J. R. R. Tolkien."},
		{"It is the law in the U.S.", "The rest do without."},
		{"See No. 4 and Fig. 2 for that.", "There is no.", "None at all."},
		{"1. Publish the register.", "2. Fund it."},
		{"Trust … is earned.", "Or is it?", "(We think so.)", "Well…", "Perhaps"},
		{"One.\n\nTwo without a stop\n\nThree"},
		{"We use node.js and rapporteur.yaml here, at 9 a.m. each day."},
		{"Plan B.", "The next one is better."},
		{"étude faite.", "Été venu."},
	} {
		text := strings.Join(want, " ")
		if want[0] == "One.\n\nTwo without a stop\n\nThree" {
			text, want = want[0], []string{"One.", "Two without a stop", "Three"}
		}
		if got := parts(text); !slices.Equal(got, want) {
			t.Errorf("%q:\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestLongTextIsCut(t *testing.T) {
	for _, s := range parts(strings.Repeat("word ", 5000) + strings.Repeat("x", 20000)) {
		if len(s) > 2*longest+4 {
			t.Fatalf("a sentence of %d bytes", len(s))
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("Dr. A. Roe said “no. Yes.” (e.g. U.S.) 1. Go!\n\nNext… or not")
	f.Add(". . . \xff.\xe2\x80. A")
	f.Fuzz(func(t *testing.T, text string) {
		at, words := 0, 0
		for _, s := range Split(text, ingest.Span{End: len(text)}) {
			if s.Start < at || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("span %v after %d in %q", s, at, text)
			}
			at = s.End
			words += len(strings.Fields(strings.ToValidUTF8(s.In(text), "")))
		}
		if text = strings.ToValidUTF8(text, ""); words < len(strings.Fields(text)) && len(text) < longest {
			t.Fatalf("%d words of %d in %q", words, len(strings.Fields(text)), text)
		}
	})
}

func BenchmarkSplit(b *testing.B) {
	text := strings.Repeat("We heard from Dr. Roe that councils should publish more. She called for funding, e.g. from the state. ", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Split(text, ingest.Span{End: len(text)})
	}
}
