package index

import (
	"slices"
	"strings"
	"testing"
)

func newEnglish(t testing.TB) *Analyzer {
	t.Helper()
	a, err := NewAnalyzer("en")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTerms(t *testing.T) {
	a := newEnglish(t)
	for text, want := range map[string]string{
		"The Wardens’ reports":                 "warden report",
		"warden's ledger's":                    "warden ledger",
		"U.S. and U.S.A. e.g. Lindley":         "us usa eg lindley",
		"3.5 metres, 2nd tide; 2026-03-19":     "3.5 metr second tide 2026 03 19",
		"10,000 and 10\u00a0000; 1,2; 10,0000": "10000 10000 1 2 10 0000",
		"C++ c# H₂O R&D o’Brien":               "c++ c# h2o r d obrien",
		"Łukasz Søren Gökçe œuvres":            "lukasz soren gokc oeuvr",
		"新幹線の ประมวล":                          "新 幹 線 の ป ร ะ ม ว ล",
		"soft\u00adly \u200ftide":              "soft tide",
		"café São Tomé":                        "cafe sao tome",
		"organization organisation":            "organis organis",
		"behavior behaviour":                   "behaviour behaviour",
		"time-sharing/systems":                 "time share system",
		"gov.uk":                               "gov uk",
		"的水":                                   "的 水",
		"":                                     "",
		"the of and":                           "",
	} {
		if got := strings.Join(a.Terms(text), " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Every token lies within the text, in order, and a finder finds the tokens of its terms and no others.
func FuzzTokens(f *testing.F) {
	for _, s := range []string{"The warden’s ledger, 3.5 m", "a\xffb\xc3", "U.S.A.'s e.g", "x\u2029y", "don't 'quoted'", "é'é ’’",
		"1.2.3 a.b.c"} {
		f.Add(s)
	}
	a := newEnglish(f)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<12 {
			return
		}
		var tokens []Token
		end, position := 0, 0
		a.Tokens(text, func(tok Token) {
			if tok.Start < end || tok.End <= tok.Start || tok.End > len(text) || tok.Position <= position {
				t.Fatalf("%q: token %+v after byte %d, position %d", text, tok, end, position)
			}
			end, position = tok.End, tok.Position
			tokens = append(tokens, tok)
		})
		if len(tokens) == 0 {
			return
		}
		wanted := tokens[len(tokens)/2].Term
		var found []int
		a.NewFinder([]string{wanted}).Find(text, func(tok Token) bool {
			if tok.Term != wanted {
				t.Fatalf("%q: found %+v for %q", text, tok, wanted)
			}
			found = append(found, tok.Start)
			return true
		})
		for _, tok := range tokens {
			if tok.Term == wanted && !slices.Contains(found, tok.Start) {
				t.Fatalf("%q: %+v was not found", text, tok)
			}
		}
	})
}

// A finder marks words of scripts without spaces as a whole, and nothing where only a part stands.
func TestFindRuns(t *testing.T) {
	a := newEnglish(t)
	text := "新幹線と新幹、ledger-keeping"
	var found []string
	a.NewFinder([]string{"新幹線", "ledgerkeep"}).Find(text, func(tok Token) bool {
		found = append(found, text[tok.Start:tok.End])
		return true
	})
	if !slices.Equal(found, []string{"新幹線", "ledger-keeping"}) {
		t.Errorf("marked %q", found)
	}
}
