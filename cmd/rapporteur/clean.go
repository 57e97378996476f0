package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// cleaner writes text on to where a person may read it. What a page, a file's name or an error has in it cannot steer the
// terminal: control signs, and those that turn the direction of writing round, are written as escapes ("\u001b"), which mean
// the same in JSON. Line breaks and tabs stay, and with colour the program's own codes for it.
type cleaner struct {
	w      io.Writer
	colour bool
	rest   []byte // of a letter whose end is still to come
}

// ownCodes are what terminal.paint writes.
var ownCodes = []string{"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[1;33m"}

// Write takes text in pieces that may end within a letter.
func (c *cleaner) Write(b []byte) (int, error) {
	text := append(c.rest, b...)
	c.rest = nil
	var out strings.Builder
	out.Grow(len(text))
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError && n == 1 && !utf8.FullRune(text):
			c.rest = append(c.rest, text...)
			n = len(text)
		case r == '\n' || r == '\t':
			out.WriteRune(r)
		case r == 0x1b && c.code(text) > 0:
			n = c.code(text)
			out.Write(text[:n])
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) && r >= 0x202A:
			fmt.Fprintf(&out, "\\u%04x", r)
		default:
			out.WriteRune(r) // a byte that is no text becomes U+FFFD
		}
		text = text[n:]
	}
	if _, err := io.WriteString(c.w, out.String()); err != nil {
		return 0, err
	}
	return len(b), nil
}

// code is the length of the program's own code that text begins with, 0 if it begins with none.
func (c *cleaner) code(text []byte) int {
	for _, code := range ownCodes {
		if c.colour && strings.HasPrefix(string(text[:min(len(text), len(code))]), code) {
			return len(code)
		}
	}
	return 0
}
