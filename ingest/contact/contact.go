// Package contact finds e-mail addresses and telephone numbers in text, and makes them unreadable: a site shows them where it wants
// to, and what is made from it need not hand them on.
package contact

import (
	"regexp"
	"strings"
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
	if !strings.Contains(shows, Email) && strings.IndexByte(text, '@') >= 0 {
		for _, m := range email.FindAllStringIndex(text, -1) {
			if m[0] > 0 && text[m[0]-1] == '@' { // @jane@social.example is a name, not an address
				continue
			}
			from := m[0]
			if text[from] < 0x80 {
				from++
			}
			cover(from, m[1], func(c byte) bool { return c != '@' && c != '.' })
		}
	}
	if !strings.Contains(shows, Telephone) {
		for _, number := range numbers {
			for _, m := range number.FindAllStringIndex(text, -1) {
				found := text[m[0]:m[1]]
				if digits(found) < fewestDigits || day.MatchString(found) || isbn(text[:m[0]]) {
					continue
				}
				from := m[0]
				if found[0] == '+' { // the country may be known
					from += min(3, len(found))
				}
				cover(from, m[1], func(c byte) bool { return c >= '0' && c <= '9' })
			}
		}
	}
	if b == nil {
		return text
	}
	return string(b)
}

func digits(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
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
