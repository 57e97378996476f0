// Package fold brings names and text to the forms in which they are compared, addressed and numbered: one table for all
// of ingestion. Folding takes case and accents away, never a letter: names that differ in a letter stay two.
package fold

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters are those that Unicode does not take apart into a letter and an accent, and marks that stand for another.
var (
	pairs = []string{"ł", "l", "ø", "o", "ß", "ss", "æ", "ae", "œ", "oe", "đ", "d", "ð", "d", "þ", "th", "ı", "i", "ħ", "h",
		"ŋ", "n", "ə", "e", "ŧ", "t",
		"’", "'", "‘", "'", "ʼ", "'", "`", "'", "´", "'", "‐", "-", "‑", "-", "\u00ad", "", "\u200b", "", "\u200d", "", "\ufeff", ""}
	letters = strings.NewReplacer(pairs...)
)

// Letters are pairs: a letter or mark, and what Text puts for it before accents are taken off.
func Letters() []string { return slices.Clone(pairs) }

// Text is s in small letters, without accents, compatibility forms as their plain ones, with plain apostrophes and hyphens.
// Marks that are part of a script's writing (the vowel signs of Indic scripts, the voicing of kana) stay.
func Text(s string) string {
	if plain(s) {
		return strings.ReplaceAll(strings.ToLower(s), "`", "'")
	}
	s = strings.Map(func(r rune) rune {
		if accent(r) {
			return -1
		}
		return r
	}, norm.NFKD.String(letters.Replace(strings.ToLower(s))))
	return norm.NFC.String(s)
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// accent says whether a mark only says how a letter sounds: those of Latin, Greek and Cyrillic, Hebrew points, Arabic vowels.
func accent(r rune) bool {
	return r >= 0x300 && r <= 0x36f || r >= 0x591 && r <= 0x5c7 && unicode.Is(unicode.Mn, r) || r >= 0x64b && r <= 0x65f || r == 0x670
}

// Name is the form in which names are compared: the folded words parted by single spaces, without the s of genitives and
// a leading article.
func Name(s string) string {
	folded := []rune(Text(s))
	var b strings.Builder
	gap := false
	for i, r := range folded {
		switch {
		case !letter(r):
			gap = true
		case r == 's' && i > 0 && folded[i-1] == '\'' && (i+1 == len(folded) || !letter(folded[i+1])): // a genitive
		default:
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		}
	}
	return strings.TrimPrefix(b.String(), "the ")
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// Words are the folded words of s. Apostrophes join: "O'Neill" is one.
func Words(s string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(Text(s), "'", ""), func(r rune) bool { return !letter(r) })
}

// Space is s with its white space folded.
func Space(s string) string { return strings.Join(strings.Fields(s), " ") }

// Lower is s in small letters with its white space folded; accents stay.
func Lower(s string) string { return strings.ToLower(Space(s)) }

// Set holds the words of a list, which white space parts.
func Set(list string) map[string]bool { return SetOf(strings.Fields(list)...) }

// SetOf holds words.
func SetOf(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}
