package sentence

import (
	"iter"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest"
)

// Words gives the runs of letters, marks and digits of text within s, in order: "shouldn't" is "shouldn" and "t".
func Words(text string, s ingest.Span) iter.Seq[ingest.Span] {
	return func(yield func(ingest.Span) bool) {
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
			if !yield(ingest.Span{Start: start, End: i}) {
				return
			}
		}
	}
}

func letterAt(text string, i, end int) (size int, letter bool) {
	if c := text[i]; c < utf8.RuneSelf {
		return 1, 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
	}
	r, n := utf8.DecodeRuneInString(text[i:end])
	return n, unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}
