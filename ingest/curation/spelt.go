package curation

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// entity is what the entity stands for that s begins with, with a semicolon or without, perhaps itself written with &amp;, and how
// long that is; 0 if it begins with none.
func entity(s string) (text string, n int) {
	if rest, twice := strings.CutPrefix(s, "&amp;"); twice {
		if text, n := entityOnce("&" + rest[:min(len(rest), longestEntity)]); n > 0 {
			return text, n + len("&amp;") - 1
		}
	}
	return entityOnce(s)
}

const longestEntity = 34

func entityOnce(s string) (text string, n int) {
	n = 1
	for n < len(s) && n < longestEntity && (s[n] == '#' || s[n] >= '0' && s[n] <= '9' || s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z') {
		n++
	}
	if n == 1 {
		return "", 0
	}
	if n < len(s) && s[n] == ';' {
		if text := html.UnescapeString(s[:n+1]); text != s[:n+1] && !strings.HasSuffix(text, ";") {
			return text, n + 1
		}
	}
	text = html.UnescapeString(s[:n]) // without a semicolon, and perhaps with letters behind it
	if text == s[:n] {
		return "", 0
	}
	_, first := utf8.DecodeRuneInString(text)
	rest := text[first:]
	return text[:first], n - len(rest)
}

// bracketed is the length of the bracket that s begins with, up to its end on the same line; 0 if it begins with none.
func bracketed(s string, from, to byte) int {
	const longest = 60
	if s == "" || s[0] != from {
		return 0
	}
	if n := strings.IndexAny(s[1:min(len(s), longest)], string(to)+"\n"+string(from)); n >= 0 && s[1+n] == to {
		return n + 2
	}
	return 0
}

// hyphenated is the length of the hyphen that s begins with and of the line break behind it, where a word goes on in small letters.
func hyphenated(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	for n < len(s) && strings.IndexByte(" \t\r", s[n]) >= 0 {
		n++
	}
	if n == len(s) || s[n] != '\n' {
		return 0
	}
	for n++; n < len(s) && strings.IndexByte(" \t>", s[n]) >= 0; n++ {
	}
	if !unicode.IsLower(nextRune(s[n:])) {
		return 0
	}
	return n
}

func nextRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// enclosed says whether a sign is a letter in a circle, bracket or square.
func enclosed(r rune) bool {
	if r < 0x2460 || !unicode.IsSymbol(r) {
		return false
	}
	plain := strings.Trim(norm.NFKD.String(string(r)), "()")
	return plain != "" && strings.IndexFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
}

// lookalikes are letters of other scripts that look as Latin ones do, in lower case.
var lookalikes = strings.NewReplacer("а", "a", "в", "b", "е", "e", "һ", "h", "і", "i", "ј", "j", "к", "k", "м", "m", "н", "h",
	"о", "o", "р", "p", "с", "c", "ѕ", "s", "т", "t", "у", "y",
	"х", "x", "ԁ", "d", "ԛ", "q", "ԝ", "w", "α", "a", "ε", "e", "ι", "i", "κ", "k", "ν", "v", "ο", "o", "ρ", "p", "τ", "t", "υ",
	"u", "χ", "x")

// oneScript is a word in Latin letters if it mixes them with others that look like them.
func oneScript(word string) string {
	latin, other := false, false
	for _, r := range word {
		if r < utf8.RuneSelf {
			latin = true
		} else if unicode.In(r, unicode.Cyrillic, unicode.Greek) {
			other = true
		}
	}
	if latin && other {
		return lookalikes.Replace(word)
	}
	return word
}

// hasHumps says whether a text has a word with a capital behind a small letter.
func hasHumps(s string) bool {
	small := false
	for _, r := range s {
		if small && unicode.IsUpper(r) {
			return true
		}
		small = unicode.IsLower(r)
	}
	return false
}
