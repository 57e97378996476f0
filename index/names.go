package index

import (
	"strings"
	"unicode"
)

// NameWords returns the folded words of a name.
func NameWords(name string) []string {
	words := strings.FieldsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\'' && r != '’'
	})
	for i, w := range words {
		words[i] = Fold(w)
	}
	return words
}

// NameKey returns a name as names are compared: its folded words, without "the" at the start.
func NameKey(name string) string {
	words := NameWords(name)
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	return strings.Join(words, " ")
}
