package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns a word as Similar, Completions and Forms know it: in lower case, without diacritics, possessive, apostrophes,
// separators of thousands and the full stops of an acronym.
func Fold(word string) string { return fold(word) }

func fold(word string) string {
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

// letters are those that no decomposition makes plain, and how they are typed without them.
var letters = map[rune]string{
	'’': "'", 'ʼ': "'", 'ł': "l", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'æ': "ae", 'œ': "oe", 'ı': "i", 'ß': "ss", 'ħ': "h", 'ŧ': "t",
	'ŋ': "ng", 'ə': "e", 'ĸ': "k", 'ƒ': "f", 'ς': "σ",
}

// plainLetters takes the diacritics off letters of alphabets; those of other scripts (vowels, tones) are parts of words and stay.
func plainLetters(w string) string {
	var b strings.Builder
	alphabet := false
	for _, r := range norm.NFKD.String(w) {
		switch {
		case unicode.Is(unicode.Cf, r):
		case unicode.Is(unicode.Mn, r):
			if !alphabet {
				b.WriteRune(r)
			}
		default:
			alphabet = r < 0x0900
			if plain, ok := letters[r]; ok {
				b.WriteString(plain)
			} else {
				b.WriteRune(r)
			}
		}
	}
	return norm.NFKC.String(b.String())
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
	return fold(strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ø", "oe", "å", "aa").Replace(w))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
