package main

import (
	"strings"
	"testing"
)

func TestCleaner(t *testing.T) {
	for _, test := range []struct {
		text, want string
		colour     bool
	}{
		{"Zoë\tand\n王伟", "Zoë\tand\n王伟", false},
		{"\x1b]0;owned\x07\x1b[2Ja", `\u001b]0;owned\u0007\u001b[2Ja`, true},
		{"\x1b[1mbold\x1b[0m", "\x1b[1mbold\x1b[0m", true},
		{"\x1b[1mbold\x1b[0m", `\u001b[1mbold\u001b[0m`, false},
		{"\u009b31m \x9b31m \x7f \r\n", "\\u009b31m \uFFFD31m \\u007f \\u000d\n", true},
		{"name\u202eelif", `name\u202eelif`, false},
		{"\u2066a\u2069 \u200fb", "\\u2066a\\u2069 \u200fb", false},
	} {
		for piece := 1; piece <= len(test.text); piece++ { // however it comes
			if test.colour && piece < 8 {
				continue // codes are written whole
			}
			var out strings.Builder
			c := &cleaner{w: &out, colour: test.colour}
			for rest := test.text; rest != ""; {
				n := min(piece, len(rest))
				if written, err := c.Write([]byte(rest[:n])); err != nil || written != n {
					t.Fatalf("%d, %v", written, err)
				}
				rest = rest[n:]
			}
			if piece == len(test.text) || !test.colour {
				if out.String() != test.want {
					t.Errorf("%q in pieces of %d: %q, not %q", test.text, piece, out.String(), test.want)
				}
			}
		}
	}
}
