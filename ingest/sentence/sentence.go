// Package sentence cuts running text into sentences.
package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// longest is the length in bytes past which a sentence is cut at white space: text without full stops stays bounded.
const longest = 2000

// piece is the length in bytes of the pieces that a longer text is taken in, so that looking for one sentence of a book
// without paragraphs does not mean to read the book. A sentence ends where a piece ends.
const piece = 16 << 10

// Split returns the sentences of text within s, in order, without the white space around them. Closing quotation marks
// and brackets belong to the sentence that they end. Together the sentences hold all words of the span.
func Split(text string, s ingest.Span) []ingest.Span {
	var out []ingest.Span
	for start := s.Start; start < s.End; {
		p := pieceOf(text, s, start)
		split(text, p, func(part ingest.Span) bool {
			out = append(out, part)
			return true
		})
		start = p.End
	}
	return out
}

// pieceOf returns the piece of s that holds the byte at. Pieces end at the first white space past a multiple of their length.
func pieceOf(text string, s ingest.Span, at int) ingest.Span {
	border := func(n int) int {
		nominal := s.Start + n*piece
		if n == 0 || nominal >= s.End {
			return min(nominal, s.End)
		}
		for i := nominal; i < min(nominal+longest, s.End); i++ {
			if text[i] == ' ' || text[i] == '\n' {
				return i
			}
		}
		for !utf8.RuneStart(text[nominal]) {
			nominal++
		}
		return nominal
	}
	n := (at - s.Start) / piece
	if n > 0 && border(n) > at {
		n--
	}
	return ingest.Span{Start: border(n), End: border(n + 1)}
}

// split calls with the sentences of a piece until keep returns false.
func split(text string, s ingest.Span, with func(ingest.Span) bool) {
	start, on := s.Start, true
	keep := func(end int) {
		if part := trimmed(text, ingest.Span{Start: start, End: end}); on && part.End > part.Start {
			on = with(part)
		}
		start = end
	}
	for i := s.Start; on && i < s.End; {
		if i-start >= longest && (text[i] == ' ' || text[i] == '\n') || i-start >= 2*longest && utf8.RuneStart(text[i]) {
			keep(i)
		}
		switch text[i] {
		case '.', '!', '?', 0xE2: // an ellipsis starts with 0xE2
			end, ok := ending(text, i, s.End)
			if ok && breaks(text, start, i, end, s.End) {
				keep(end)
			}
			i = max(end, i+1)
		case '\n':
			i++
			if i < s.End && text[i] == '\n' {
				keep(i)
			}
		default:
			i++
		}
	}
	keep(s.End)
}

// Around returns the sentence of text within block that holds the byte at, or the whole block if none does.
func Around(text string, block ingest.Span, at int) ingest.Span {
	around := block
	if at < block.Start || at >= block.End {
		return around
	}
	split(text, pieceOf(text, block, at), func(s ingest.Span) bool {
		if s.Start <= at && at < s.End {
			around = s
		}
		return s.End <= at
	})
	return around
}

// ending returns where the run of full stops, closing quotes and brackets that starts at i is over, and whether there is one.
func ending(text string, i, end int) (int, bool) {
	j := i
	for j < end {
		switch {
		case text[j] == '.' || text[j] == '!' || text[j] == '?':
			j++
		case strings.HasPrefix(text[j:end], "…"):
			j += len("…")
		default:
			if j == i {
				return i, false
			}
			for j < end {
				r, n := utf8.DecodeRuneInString(text[j:end])
				if !strings.ContainsRune(`)]}"'”’»*`, r) {
					return j, true
				}
				j += n
			}
			return j, true
		}
	}
	return j, j > i
}

// breaks reports whether the run of stops text[i:end] ends the sentence that began at start.
func breaks(text string, start, i, end, limit int) bool {
	if end >= limit {
		return true
	}
	r, n := utf8.DecodeRuneInString(text[end:limit])
	if !unicode.IsSpace(r) {
		return false
	}
	next := strings.TrimLeftFunc(text[end+n:limit], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`"'“‘«([*`, r) })
	if next == "" {
		return true
	}
	r, _ = utf8.DecodeRuneInString(next)
	if unicode.IsLower(r) || strings.ContainsRune(",;:", r) {
		return false
	}
	if text[i] != '.' || i+1 < limit && text[i+1] == '.' {
		return true
	}
	from := strings.LastIndexFunc(text[start:i], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("([“‘\"'", r) })
	word := text[start:i]
	if from >= 0 {
		_, n := utf8.DecodeRuneInString(text[start+from:])
		word = text[start+from+n : i]
	}
	first := firstWord(next)
	switch low := strings.ToLower(word); {
	case titles[low]:
		return false
	case beforeNumber[low]:
		return !unicode.IsDigit(r)
	case isNumber(strings.TrimSpace(text[start:i])): // the number of a point
		return false
	case utf8.RuneCountInString(word) == 1 || strings.HasSuffix(low, ".m") || strings.Contains(word, "."): // an initial or "U.S"
		if len(word) == 1 && unicode.IsDigit(rune(word[0])) {
			return true
		}
		upper, _ := utf8.DecodeRuneInString(word)
		return openers[strings.ToLower(first)] || !unicode.IsUpper(upper) && len(low) > 3
	}
	return true
}

func firstWord(s string) string {
	if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		return s[:i]
	}
	return s
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func trimmed(text string, s ingest.Span) ingest.Span {
	part := text[s.Start:s.End]
	left := strings.TrimLeftFunc(part, unicode.IsSpace)
	s.Start += len(part) - len(left)
	s.End = s.Start + len(strings.TrimRightFunc(left, unicode.IsSpace))
	return s
}

var (
	// titles stand before a name, and never end a sentence.
	titles = fold.Set("dr mr mrs ms mx prof st rev hon sen rep gov lt col sgt capt gen messrs vs eg ie e.g i.e cf viz approx incl")
	// beforeNumber end a sentence unless a number follows.
	beforeNumber = fold.Set("no nos fig figs p pp vol ch sec art arts para eq ref jan feb mar apr jun jul aug sept oct nov dec")
	// openers are words that begin a sentence rather than follow an initial.
	openers = fold.Set(`the a an it this that these those we in he she they but and or so if when while as at on for from to there here
		what why
		how who
		you i our their his her its by with after before also however finally then now some many most all one no not yes is are was were`)
)
