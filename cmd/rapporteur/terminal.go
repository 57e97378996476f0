package main

import (
	"encoding/json"
	"io"
	"os"
	"strconv"
	"strings"

	"rapporteur/search/present"

	"github.com/rivo/uniseg"
	"golang.org/x/term"
)

// terminal is what a writer can show: how many columns, and whether colour.
type terminal struct {
	width  int
	colour bool
	live   bool // a person watches
}

// terminalOf looks at w. What is no terminal is 80 columns wide and without colour; NO_COLOR and TERM=dumb turn colour off.
func terminalOf(w io.Writer, env func(string) string) terminal {
	t := terminal{width: 80}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		t.live = true
		t.colour = env("NO_COLOR") == "" && env("TERM") != "dumb"
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			t.width = width
		}
	}
	if n, err := strconv.Atoi(env("COLUMNS")); err == nil && n >= 20 {
		t.width = n
	}
	return t
}

// The ways to set off text; each returns s as it is where there is no colour.
func (t terminal) bold(s string) string   { return t.paint("1", s) }
func (t terminal) dim(s string) string    { return t.paint("2", s) }
func (t terminal) accent(s string) string { return t.paint("36", s) }
func (t terminal) hit(s string) string    { return t.paint("1;33", s) }

func (t terminal) paint(code, s string) string {
	if !t.colour || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// fill breaks s at spaces into lines of the terminal's width, every one of them after indent spaces.
// Escape codes take no room.
func (t terminal) fill(s string, indent int) string {
	pad := strings.Repeat(" ", indent)
	var b strings.Builder
	col := 0
	for i, word := range strings.Fields(s) {
		w := width(word)
		switch {
		case i == 0:
			b.WriteString(pad)
			col = indent
		case col+1+w > t.width:
			b.WriteString("\n" + pad)
			col = indent
		default:
			b.WriteByte(' ')
			col++
		}
		b.WriteString(word)
		col += w
	}
	return b.String()
}

// paragraphs fills each paragraph of s by itself; what begins with a space stays as it is.
func (t terminal) paragraphs(s string) string {
	parts := strings.Split(s, "\n\n")
	for i, p := range parts {
		if !strings.HasPrefix(p, " ") {
			parts[i] = t.fill(p, 0)
		}
	}
	return strings.Join(parts, "\n\n")
}

// clip shortens s to n columns, with an ellipsis where something was cut. s holds no escape codes.
func clip(s string, n int) string {
	if width(s) <= n {
		return s
	}
	var b strings.Builder
	col, state := 0, -1
	for s != "" {
		cluster, rest, w, next := uniseg.FirstGraphemeClusterInString(s, state)
		if col+w > n-1 {
			break
		}
		b.WriteString(cluster)
		s, state, col = rest, next, col+w
	}
	return strings.TrimRight(b.String(), " ,;:") + "…"
}

// pad fills s up with spaces to n columns.
func pad(s string, n int) string { return s + strings.Repeat(" ", max(0, n-width(s))) }

// width is the number of columns that s takes, escape codes of paint left out.
func width(s string) int {
	for {
		from := strings.Index(s, "\x1b[")
		if from < 0 {
			return uniseg.StringWidth(s)
		}
		to := strings.IndexByte(s[from:], 'm')
		if to < 0 {
			return uniseg.StringWidth(s)
		}
		s = s[:from] + s[from+to+1:]
	}
}

// printJSON writes v indented, with &, < and > as they are.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(present.JSON(v, ""))
}

// printJSONLine writes v on one line.
func printJSONLine(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(present.JSON(v, ""))
}
