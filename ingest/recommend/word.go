package recommend

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/sentence"
)

// word is a run of letters and digits of the text. "shouldn't" is the words "shouldn" and "t".
type word struct {
	ingest.Span
	form  string // in small letters
	upper bool   // begins with a capital
}

// words cuts the span into words. lower is the text in small letters, byte for byte.
func words(text, lower string, s ingest.Span, into []word) []word {
	for w := range sentence.Words(text, s) {
		r, _ := utf8.DecodeRuneInString(text[w.Start:])
		into = append(into, word{w, lower[w.Start:w.End], unicode.IsUpper(r)})
	}
	return into
}

// lowered is the text in small letters where that keeps its length, byte for byte: all of ASCII.
func lowered(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return 'A' <= r && r <= 'Z' }) < 0 {
		return text
	}
	b := []byte(text)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}
