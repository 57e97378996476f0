package index

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"rapporteur/ingest/fold"
)

// Fold returns a word as Similar, Completions and Forms know it: in lower case, without diacritics, possessive, apostrophes,
// separators of thousands and the full stops of an acronym.
func Fold(word string) string { return folded(word) }

func folded(word string) string {
	w := strings.ToLower(word)
	if !isASCII(w) {
		w = plainLetters(w)
	}
	if strings.IndexByte(w, '\'') >= 0 {
		w = strings.TrimSuffix(w, "'s")
		w = strings.ReplaceAll(w, "'", "")
	}
	if w == "" {
		return ""
	}
	switch {
	case isDigit(w[0]):
		w = strings.Map(func(r rune) rune {
			if r == ',' || separator(r) || r == ' ' {
				return -1
			}
			return r
		}, w)
	case strings.IndexByte(w, '.') > 0:
		w = strings.ReplaceAll(w, ".", "")
	}
	return w
}

// plainLetters takes the diacritics off letters of alphabets, and signs that show nothing out; the vowels and tones of other scripts
// are parts of words and stay.
func plainLetters(w string) string {
	w = fold.Text(strings.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		return r
	}, w))
	return norm.NFKC.String(strings.ReplaceAll(w, "ς", "σ"))
}

// spelledOut returns a word as those write it whose keyboards lack its letters, such as "moeller" for "Möller"; "" if it has none.
func spelledOut(word string) string {
	if isASCII(word) {
		return ""
	}
	w := norm.NFC.String(strings.ToLower(word))
	if !strings.ContainsAny(w, "äöüøå") {
		return ""
	}
	return folded(twoLetters.Replace(w))
}

var twoLetters = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ø", "oe", "å", "aa")

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
