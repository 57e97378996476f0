// Package picture draws answers as SVG to stand within a page: the few ties that set a thing apart (Neighbourhood), which
// organisations speak about which topics (Map), and events along the years (Timeline). They are pure functions: the same
// answer gives the same bytes.
//
// Every picture keeps its labels apart by its layout and not by luck: things stand in columns, one a row, and what is too long
// is clipped. Looks come from the page's style sheet by classes (tie, past, near, dot, bar, me, hd, sub); every name is a link
// with a title that is read out. The same facts belong beside the picture as a list, for those who do not see it.
package picture

import (
	"fmt"
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Letters of the widest common fonts take less than this much of the font's size on average.
const letterWidth = 0.53

// drawing puts an SVG together.
type drawing struct {
	strings.Builder
	saysFor string // before whom somebody stood for
}

func (d *drawing) close() string {
	d.WriteString("</svg>\n")
	return d.String()
}

func (d *drawing) printf(format string, args ...any) { fmt.Fprintf(d, format, args...) }

// anchor is which end of a text stands at its x.
type anchor string

const (
	start anchor = "start"
	end   anchor = "end"
)

// number writes at most one digit after the point.
func number(x float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
}

func esc(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune { // what XML has no place for
		if r < ' ' || r == utf8.RuneError || r == 0xFFFE || r == 0xFFFF {
			return ' '
		}
		return r
	}, s))
}

// wide is about how long a text of a size is.
func wide(s string, size float64) float64 {
	return float64(utf8.RuneCountInString(s)) * size * letterWidth
}

// clip shortens a text of a size to what fits into room.
func clip(s string, size, room float64) string {
	most := int(room / (size * letterWidth))
	if utf8.RuneCountInString(s) <= most || most < 2 {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:most-1]), " ,.;:-") + "…"
}
