// Package picture draws answers as SVG to stand within a page: what is around a thing (Neighbourhood), which organisations
// work on which topics (Map), and somebody's time line (Timeline). They are pure functions: the same answer gives the
// same bytes.
//
// Every picture keeps its labels apart by its layout and not by luck: things stand in columns, one a row, the most
// important first, and what does not fit is counted ("and 14 more"). Text and lines take the colour of the text around
// the picture; what tells kinds apart are classes (kind-person, kind-organisation, kind-topic, kind-country) with
// colours that show on light and dark. Every thing is a link with a name that is read out. The same facts belong beside
// the picture as a table, for those who do not see it.
package picture

import (
	"fmt"
	"html"
	"strconv"
	"strings"
	"unicode/utf8"

	"rapporteur/ingest/kinds"
)

const (
	width     = 960 // of every picture, in the units of its view box
	rowHeight = 24
	fontSize  = 14
	// Letters of the widest common fonts take less than this much of the font's size on average.
	letterWidth = 0.53
)

// colour is what the things of a kind are drawn in.
func colour(k kinds.Kind) string {
	row, _ := kinds.Of(k)
	return row.Colour
}

// drawing puts an SVG together.
type drawing struct{ strings.Builder }

// open starts a picture. name makes the ids of its title and description: one picture of a name stands on a page.
func open(name, title, description string, height float64) *drawing {
	d := &drawing{}
	d.printf(`<svg xmlns="http://www.w3.org/2000/svg" class="picture picture-%s" viewBox="0 0 %d %s" width="%d" height="%s" font-size="%d" `+
		`font-family="inherit" fill="currentColor" role="graphics-document document" aria-labelledby="picture-%s-title" `+
		`aria-describedby="picture-%s-description">`,
		name, width, number(height), width, number(height), fontSize, name, name)
	d.printf("\n<title id=\"picture-%s-title\">%s</title>\n<desc id=\"picture-%s-description\">%s</desc>\n", name, esc(title), name,
		esc(description))
	return d
}

func (d *drawing) close() string {
	d.WriteString("</svg>\n")
	return d.String()
}

func (d *drawing) printf(format string, args ...any) { fmt.Fprintf(d, format, args...) }

// anchor is which end of a text stands at its x.
type anchor string

const (
	start  anchor = "start"
	middle anchor = "middle"
	end    anchor = "end"
)

// text writes s, clipped to room.
func (d *drawing) text(x, y float64, at anchor, room float64, s, class string) {
	d.printf(`<text x="%s" y="%s" text-anchor="%s" class="%s">%s</text>`, number(x), number(y), at, class, esc(clip(s, room)))
}

// link wraps what draw writes in a link that is read out as label and shows it when pointed at: its title is both. Without
// an address it is a group.
func (d *drawing) link(href, label, class string, draw func()) {
	if href == "" {
		d.printf(`<g class="%s" role="img" aria-label="%s"><title>%s</title>`, class, esc(label), esc(label))
		draw()
		d.WriteString("</g>\n")
		return
	}
	d.printf(`<a href="%s" class="%s"><title>%s</title>`, esc(href), class, esc(label))
	draw()
	d.WriteString("</a>\n")
}

// dot draws a thing as its kind is drawn: shape and colour, so that colour alone tells nothing.
func (d *drawing) dot(kind kinds.Kind, x, y, r float64) {
	attr := fmt.Sprintf(`class="mark kind-%s" fill="%s"`, kind, colour(kind))
	switch kind {
	case kinds.Organisation:
		d.printf(`<rect x="%s" y="%s" width="%s" height="%s" %s/>`, number(x-r), number(y-r), number(2*r), number(2*r), attr)
	case kinds.Topic:
		d.printf(`<path d="M%s %sL%s %sL%s %sL%s %sZ" %s/>`, number(x), number(y-1.3*r), number(x+1.3*r), number(y), number(x), number(y+1.3*r),
			number(x-1.3*r), number(y), attr)
	case kinds.Country:
		d.printf(`<path d="M%s %sL%s %sL%s %sZ" %s/>`, number(x), number(y-1.2*r), number(x+1.2*r), number(y+r), number(x-1.2*r), number(y+r),
			attr)
	default:
		d.printf(`<circle cx="%s" cy="%s" r="%s" %s/>`, number(x), number(y), number(r), attr)
	}
}

// curve draws a line that leaves and arrives level.
func (d *drawing) curve(x1, y1, x2, y2, thick, opacity float64, label string) {
	m := (x1 + x2) / 2
	d.printf(`<path d="M%s %sC%s %s %s %s %s %s" fill="none" stroke="currentColor" stroke-width="%s" stroke-opacity="%s" class="tie">`,
		number(x1), number(y1), number(m), number(y1), number(m), number(y2), number(x2), number(y2), number(thick), number(opacity))
	if label != "" {
		d.printf("<title>%s</title>", esc(label))
	}
	d.WriteString("</path>\n")
}

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

// clip shortens s to what fits into room.
func clip(s string, room float64) string {
	most := int(room / (fontSize * letterWidth))
	if utf8.RuneCountInString(s) <= most || most < 2 {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:most-1]), " ,.;:-") + "…"
}

// pages says a number of pages.
func pages(n int) string {
	if n == 1 {
		return "1 page"
	}
	return strconv.Itoa(n) + " pages"
}

// thickness of a tie grows with its pages, ever slower: 1 for one page, 6 for the most there are.
func thickness(pages, most int) float64 {
	if most <= 1 {
		return 1.5
	}
	return 1 + 5*float64(pages-1)/float64(most-1)
}
