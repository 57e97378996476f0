// Package contact finds e-mail addresses and telephone numbers in text, and makes them unreadable: a site shows them where it wants
// to, and what is made from it need not hand them on.
package contact

import (
	"iter"
	"regexp"
	"strings"
	"unicode/utf8"
)

// The kinds of contact.
const (
	Email     = "email"
	Telephone = "telephone"
)

var (
	email = regexp.MustCompile(`[\pL\pN._%+'-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)*\.\pL{2,}`)
	// A number with the prefix of its country; one that begins as those within a country do; any behind a word that says so.
	numbers = []*regexp.Regexp{
		regexp.MustCompile(`(?:\+|\b00)[1-9][0-9]{0,2}(?:[ \x{a0}.()/-]{0,3}[0-9]){6,13}\b`),
		regexp.MustCompile(`(?:\(0[1-9][0-9]{1,4}\)|\b0[1-9][0-9]{1,9})(?:[ \x{a0}/-]{0,2}[0-9]){4,9}\b`),
		regexp.MustCompile(`(?i)\b(?:tel|telephone|telefon|téléphone|teléfono|phone|mobile|cell|fax|whatsapp|call)(?:\.|:|\b)[ \x{a0}:]{0,3}` +
			`(?:number|us|at|on|me)?[ \x{a0}:]{0,3}[(+]?[0-9](?:[ \x{a0}.()/-]{0,3}[0-9]){5,14}\b`),
		regexp.MustCompile(`(?i)\btel:[+0-9().-]{5,25}`),
	}
	day = regexp.MustCompile(`[0-9]{4}[-./][0-9]{2}[-./][0-9]{2}|[0-9]{2}[-./][0-9]{2}[-./][0-9]{4}`)
)

// fewestDigits is how many a number has that is taken for one of a telephone.
const fewestDigits = 7

// Mask is text in which the letters and digits of contacts are an x each, save the first of an address and the prefix of a country.
// It has as many bytes as before. shown are the kinds that stay.
func Mask(text string, shown ...string) string {
	shows := strings.Join(shown, " ")
	var b []byte
	cover := func(from, to int, what func(c byte) bool) {
		if b == nil {
			b = []byte(text)
		}
		for i := from; i < to; i++ {
			if what(b[i]) {
				b[i] = 'x'
			}
		}
	}
	if !strings.Contains(shows, Email) {
		for w := range addresses(text) {
			for _, m := range email.FindAllStringIndex(text[w.from:w.to], -1) {
				from, to := w.from+m[0], w.from+m[1]
				if from > 0 && text[from-1] == '@' { // @jane@social.example is a name, not an address
					continue
				}
				if text[from] < 0x80 {
					from++
				}
				cover(from, to, func(c byte) bool { return c != '@' && c != '.' })
			}
		}
	}
	if !strings.Contains(shows, Telephone) {
		for w := range digitGroups(text) {
			for _, number := range numbers {
				for _, m := range number.FindAllStringIndex(text[w.from:w.to], -1) {
					from, to := w.from+m[0], w.from+m[1]
					found := text[from:to]
					if digits(found) < fewestDigits || day.MatchString(found) || isbn(text[:from]) {
						continue
					}
					if found[0] == '+' { // the country may be known
						from += min(3, len(found))
					}
					cover(from, to, isDigit)
				}
			}
		}
	}
	if b == nil {
		return text
	}
	return string(b)
}

// window is a part of a text, in bytes.
type window struct{ from, to int }

// addresses are the parts of a text around each at sign that an address may be in: all that is no letter, digit or sign of an
// address stands outside.
func addresses(text string) iter.Seq[window] {
	outside := func(c byte) bool { return c < utf8.RuneSelf && !isWord(c) && strings.IndexByte(".%+'-@", c) < 0 }
	return func(yield func(window) bool) {
		for end := 0; ; {
			at := strings.IndexByte(text[end:], '@')
			if at < 0 {
				return
			}
			w := window{end + at, end + at}
			for w.from > end && !outside(text[w.from-1]) {
				w.from--
			}
			for w.to < len(text) && !outside(text[w.to]) {
				w.to++
			}
			if end = w.to; !yield(w) {
				return
			}
		}
	}
}

const (
	widestGap   = 25 // bytes between two digits of one number, or more than that
	beforeFirst = 60 // bytes before its first digit that may be part of it: "telephone: number: ("
)

// digitGroups are the parts of a text that hold as many digits as a number of a telephone, near each other, and what may belong to
// them before and behind. Each begins and ends where a word does.
func digitGroups(text string) iter.Seq[window] {
	return func(yield func(window) bool) {
		var w window
		give := func() bool { return w.to == 0 || yield(w) }
		for i := 0; i < len(text); {
			if !isDigit(text[i]) {
				i++
				continue
			}
			first, last, count := i, i, 0
			for ; i < len(text) && i-last <= widestGap; i++ {
				if isDigit(text[i]) {
					last = i
					count++
				}
			}
			i = last + 1
			if count < fewestDigits {
				continue
			}
			from, to := max(0, first-beforeFirst), min(len(text), last+widestGap)
			for from > 0 && !parts(text[from]) {
				from--
			}
			for to < len(text) && !parts(text[to]) {
				to++
			}
			if from > w.to {
				if !give() {
					return
				}
				w.from = from
			}
			w.to = to
		}
		give()
	}
}

// parts says whether a byte parts words, as \b of a pattern has it.
func parts(c byte) bool { return c < utf8.RuneSelf && !isWord(c) }

func isWord(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func digits(s string) int {
	n := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}

// isbn says whether what stands before a number says that it is one of a book or a paper.
func isbn(before string) bool {
	before = strings.ToLower(before[max(0, len(before)-24):])
	for _, word := range []string{"isbn", "issn", "doi", "orcid.org/", "arxiv"} {
		if strings.Contains(before, word) {
			return true
		}
	}
	return false
}

// MaskValue masks all text of a value as YAML, TOML and JSON give it; maps and lists are copied.
func MaskValue(v any, shown ...string) any {
	switch v := v.(type) {
	case string:
		return Mask(v, shown...)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = MaskValue(v[i], shown...)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, inner := range v {
			out[k] = MaskValue(inner, shown...)
		}
		return out
	}
	return v
}
