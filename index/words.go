package index

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// spaceless are the scripts that are written without spaces between words, or with particles joined to them (Hangul). Each of their
// characters is a token, and a word of several characters is a phrase of them: so it is found wherever it stands, in a page of
// whatever language, and no dictionary has to know it.
var spaceless = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
	unicode.Tibetan,
}

// soundMark lengthens a vowel of Katakana; it belongs to no script.
const soundMark = 'ー'

func isSpaceless(r rune) bool {
	return r >= 0x0E00 && (unicode.IsLetter(r) || unicode.IsNumber(r)) && (r == soundMark || unicode.In(r, spaceless...))
}

// characterEnd returns where the character ends that starts at i with rune r: with its marks, vowel signs and parts of a syllable.
func characterEnd(text string, i int, r rune) int {
	hangul := r >= 0x1100 && r <= 0x11FF
	i += utf8.RuneLen(r)
	for i < len(text) {
		next, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsMark(next) && !(hangul && next >= 0x1160 && next <= 0x11FF) {
			break
		}
		i += size
	}
	return i
}

// wordRune reports whether a word may start with r. A combining mark belongs to what stands before it.
func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return plainWord[byte(r)]
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r))
}

// invisible reports whether r is a sign that shows nothing, such as a soft hyphen, a joiner or a mark of direction.
func invisible(r rune) bool { return r >= utf8.RuneSelf && unicode.Is(unicode.Cf, r) }

// plainWord holds the ASCII letters and digits.
var plainWord = func() (set [256]bool) {
	for c := range utf8.RuneSelf {
		set[c] = isLetter(byte(c)) || isDigit(byte(c))
	}
	return set
}()

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

// wordEnd returns where the word that starts at i ends. An apostrophe stays within a word ("don't"), a full stop within a number
// ("3.5") and between single letters ("U.S."), a separator between thousands ("10,000"); signs that show nothing stay anywhere
// within, and what names a language stays behind it ("C++", "C#").
func wordEnd(text string, i int) int {
	start := i
	segment := i // start of the run since the last full stop
	for i < len(text) {
		c := text[i]
		if plainWord[c] {
			i++
			continue
		}
		switch {
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(text[i:])
			if separator(r) {
				if !thousands(text, start, i, i+size) {
					return i
				}
				i += size
				continue
			}
			if r == '’' || invisible(r) {
				if next, _ := utf8.DecodeRuneInString(text[i+size:]); !unicode.IsLetter(next) || isSpaceless(next) {
					return i
				}
			} else if !wordRune(r) || isSpaceless(r) {
				return i
			}
			i += size
		case c == '\'' && i+1 < len(text) && isLetter(text[i+1]):
			i++
		case c == ',' && thousands(text, start, i, i+1):
			i++
		case c == '.' && i > segment && i+1 < len(text) && isDigit(text[i-1]) && isDigit(text[i+1]):
			i++
			segment = i
		case c == '.' && i == segment+1 && isLetter(text[i-1]) && i+1 < len(text) && isLetter(text[i+1]) &&
			(i+2 >= len(text) || !wordRune(rune(text[i+2]))):
			i++
			segment = i
		case c == '+' && i+1 < len(text) && text[i+1] == '+' && ends(text, i+2):
			return i + 2
		case c == '#' && i == start+1 && isLetter(text[start]) && ends(text, i+1):
			return i + 1
		default:
			return i
		}
	}
	return i
}

// ends reports whether no word goes on at i.
func ends(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[min(i, len(text)):])
	return !wordRune(r) && r != '+' && r != '#'
}

// separator reports whether r is a space that does not break lines, as it stands between thousands.
func separator(r rune) bool { return r == '\u00A0' || r == '\u202F' || r == '\u2009' }

// thousands reports whether text[at:next] separates thousands of the number that starts at start: three digits follow it, and one
// to three stand before.
func thousands(text string, start, at, next int) bool {
	digits := 0
	for i := at - 1; i >= start && isDigit(text[i]); i-- {
		digits++
	}
	if digits == 0 || digits > 3 || at-digits == start && text[start] == '0' {
		return false
	}
	if at-digits > start && digits != 3 {
		return false
	}
	for i := start; i < at; i++ { // "a10,000" is no number
		if isLetter(text[i]) {
			return false
		}
	}
	if next+3 > len(text) {
		return false
	}
	for _, c := range []byte(text[next : next+3]) {
		if !isDigit(c) {
			return false
		}
	}
	return next+3 == len(text) || !plainWord[text[next+3]]
}

// NumberEnd returns where the number ends with which text starts, with the separators between its thousands; 0 if it starts with none.
func NumberEnd(text string) int {
	if text == "" || !isDigit(text[0]) {
		return 0
	}
	return wordEnd(text, 0)
}

// piece is a word or character of a text, or a second spelling of those before it.
type piece struct {
	start, end int
	position   int    // from 1
	word       string // as written; of a second spelling, as it would be written so
	character  bool   // of a script without spaces
	spelling   bool   // stands for words that are pieces of their own
}

// breakMark stands between blocks of one field: there a gap is left in the positions.
const breakMark = "\u2029"

// blockGap is wider than any phrase, so that no phrase reaches from one block into the next.
const blockGap = 1000

// maxJoined are the most words, tied by hyphens, that are spelled as one.
const maxJoined = 3

// split calls yield for each piece of text, in order of their ends, until it returns false. Words tied by a hyphen are spelled closed too
// ("policy-making": policy, making, policymaking), also by "&" ("R&D"), and a number or name with its sign ("#10", ".net"). A word
// for which skip holds, given its start, is passed over.
func split(text string, skip func(start int) bool, yield func(p piece) bool) {
	position := 0
	var tied []piece // words before this one that a hyphen ties to it
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		if !wordRune(r) {
			if r == '\u2029' {
				position += blockGap
			}
			i += size
			continue
		}
		position++
		if isSpaceless(r) {
			end := characterEnd(text, i, r)
			tied = tied[:0]
			if !yield(piece{start: i, end: end, position: position, word: text[i:end], character: true}) {
				return
			}
			i = end
			continue
		}
		end := wordEnd(text, i)
		if end == i { // a mark that belongs to nothing
			end += size
		}
		if skip != nil && len(tied) == 0 && skip(i) {
			i = end
			continue
		}
		p := piece{start: i, end: end, position: position, word: text[i:end]}
		if !yield(p) || !joined(text, p, tied, yield) {
			return
		}
		tied = tie(text, p, tied)
		i = end
	}
}

// joined yields the second spellings that end with the word p.
func joined(text string, p piece, tied []piece, yield func(piece) bool) bool {
	sign := p.start - 1
	if sign >= 0 && (text[sign] == '#' || text[sign] == '.' && isLetter(text[p.start])) && (sign == 0 || !signed(text[sign-1])) {
		if !yield(piece{start: sign, end: p.end, position: p.position, word: text[sign:p.end], spelling: true}) {
			return false
		}
	}
	word := p.word
	for k := len(tied) - 1; k >= 0; k-- {
		between := ""
		if text[tied[k].end] == '&' {
			between = "&"
		}
		word = tied[k].word + between + word
		if digitsOnly(word) || len(word) > longestWord {
			break
		}
		if !yield(piece{start: tied[k].start, end: p.end, position: p.position, word: word, spelling: true}) {
			return false
		}
	}
	return true
}

// signed reports whether c before a sign makes it something else, as in "a.net", "..." or "x#1".
func signed(c byte) bool {
	return plainWord[c] || c >= utf8.RuneSelf || c == '.' || c == '#' || c == '/' || c == '&'
}

// tie returns the words that are tied to what follows p.
func tie(text string, p piece, tied []piece) []piece {
	for _, hyphen := range []string{"-", "\u2010", "\u2011", "&"} {
		if rest, ok := strings.CutPrefix(text[p.end:], hyphen); ok {
			if r, _ := utf8.DecodeRuneInString(rest); !wordRune(r) || isSpaceless(r) {
				break
			}
			tied = append(tied, p)
			return tied[max(0, len(tied)-maxJoined+1):]
		}
	}
	return tied[:0]
}

// isNumber reports whether a word is written in figures, with or without separators.
func isNumber(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool {
		return !unicode.IsDigit(r) && r != ',' && r != '.' && !separator(r)
	}) < 0
}

func digitsOnly(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsNumber(r) }) < 0
}
