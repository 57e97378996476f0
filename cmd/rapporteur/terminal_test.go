package main

import (
	"bytes"
	"testing"
)

func noEnv(string) string { return "" }

func TestFill(t *testing.T) {
	term := terminal{width: 20, colour: true}
	for _, test := range []struct {
		text   string
		indent int
		want   string
	}{
		{"", 2, ""},
		{"one two three four five", 2, "  one two three four\n  five"},
		{"a  b\n c", 0, "a b c"},
		{"averyveryverylongwordthatfitsnowhere b", 4, "    averyveryverylongwordthatfitsnowhere\n    b"},
		{"見出し 見出し 見出し 見出し", 0, "見出し 見出し 見出し\n見出し"},
		{term.bold("bold") + " and " + term.dim("dimmed") + " 6789", 0, "\x1b[1mbold\x1b[0m and \x1b[2mdimmed\x1b[0m 6789"},
	} {
		if got := term.fill(test.text, test.indent); got != test.want {
			t.Errorf("fill(%q, %d)\n got %q\nwant %q", test.text, test.indent, got, test.want)
		}
	}
}

func TestClip(t *testing.T) {
	for _, test := range []struct {
		text string
		n    int
		want string
	}{
		{"short", 5, "short"},
		{"a little longer", 9, "a little…"},
		{"naïve café", 6, "naïve…"},
		{"見出し", 5, "見出…"},
	} {
		if got := clip(test.text, test.n); got != test.want || width(got) > test.n {
			t.Errorf("clip(%q, %d) is %q (%d columns), want %q", test.text, test.n, got, width(got), test.want)
		}
	}
}

// What is no terminal gets no escape codes, whatever the environment says.
func TestColourOnlyOnATerminal(t *testing.T) {
	term := terminalOf(new(bytes.Buffer), noEnv)
	if term.colour || term.live || term.width != 80 {
		t.Errorf("a buffer is taken for a terminal: %+v", term)
	}
	if got := term.bold("x"); got != "x" {
		t.Errorf("bold gives %q without colour", got)
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000"} {
		if got := thousands(n); got != want {
			t.Errorf("thousands(%d) = %s, want %s", n, got, want)
		}
	}
}
