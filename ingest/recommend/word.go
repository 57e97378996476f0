package recommend

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest"
)

// word is a run of letters and digits of the text. "shouldn't" is the words "shouldn" and "t".
type word struct {
	ingest.Span
	form  string // in small letters
	upper bool   // begins with a capital
}

// words cuts the span into words. lower is the text in small letters, byte for byte.
func words(text, lower string, s ingest.Span, into []word) []word {
	for i := s.Start; i < s.End; {
		size, letter := letterAt(text, i, s.End)
		if !letter {
			i += size
			continue
		}
		start := i
		for letter && i < s.End {
			i += size
			if i < s.End {
				size, letter = letterAt(text, i, s.End)
			}
		}
		r, _ := utf8.DecodeRuneInString(text[start:])
		into = append(into, word{ingest.Span{Start: start, End: i}, lower[start:i], unicode.IsUpper(r)})
	}
	return into
}

func letterAt(text string, i, end int) (size int, letter bool) {
	if c := text[i]; c < utf8.RuneSelf {
		return 1, 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
	}
	r, n := utf8.DecodeRuneInString(text[i:end])
	return n, unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
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
