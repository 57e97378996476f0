package picture

import (
	"fmt"
	"strings"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

const (
	labelRoom  = 290.0 // for a label, at either side
	leftMarks  = labelRoom + 14
	rightMarks = width - leftMarks
)

// row is a line of a column: a heading, a thing, or how many more there are.
type row struct {
	heading string
	more    int
	kind    kinds.Kind
	member  int // of the vicinity, through all groups
	kin     *answer.CoOccurrence
	y       float64
}

// Neighbourhood draws a thing in the middle and what shares most pages with it at both sides: organisations and
// countries left, people and topics right. Ties are the thicker the more pages they stand for; fine lines tie those at
// the sides that share pages with each other (the strongest forty). Of each group that has more, moreHref(kind) is where
// the rest is listed; it may be nil.
func Neighbourhood(v *answer.Neighbourhood, moreHref func(kinds.Kind) string) string {
	columns := [2][]row{}
	member, most := 0, 0
	var told []string
	for i := range v.Groups {
		g := &v.Groups[i]
		side := 0
		if g.Kind == kinds.Person || g.Kind == kinds.Topic {
			side = 1
		}
		columns[side] = append(columns[side], row{heading: kinds.Title(g.Kind), kind: g.Kind})
		for j := range g.Members {
			columns[side] = append(columns[side], row{kind: g.Kind, member: member, kin: &g.Members[j]})
			most = max(most, g.Members[j].Pages)
			member++
		}
		if rest := g.Total - len(g.Members); rest > 0 {
			columns[side] = append(columns[side], row{kind: g.Kind, more: rest})
		}
		if len(g.Members) > 0 {
			told = append(told, fmt.Sprintf("%d %s, first %s (%s)", g.Total, strings.ToLower(kinds.Title(g.Kind)), g.Members[0].To.Name,
				pages(g.Members[0].Pages)))
		}
	}
	height := float64(max(len(columns[0]), len(columns[1]), 5)*rowHeight + rowHeight)
	name := v.Centre.Name
	description := "Nothing shares a page with it."
	if len(told) > 0 {
		description = "It shares pages with " + strings.Join(told, "; ") + "."
	}
	d := open("neighbourhood", "What is around "+name, description, height)
	cx, cy := float64(width)/2, height/2

	at := map[int][2]float64{}
	for side := range columns {
		x := leftMarks
		if side == 1 {
			x = rightMarks
		}
		top := (height - float64(len(columns[side])*rowHeight)) / 2
		for i := range columns[side] {
			r := &columns[side][i]
			r.y = top + (float64(i)+0.5)*rowHeight
			if r.kin != nil {
				at[r.member] = [2]float64{x, r.y}
			}
		}
	}
	d.amongThem(v, at)
	for side := range columns {
		for _, r := range columns[side] {
			if r.kin != nil {
				p := at[r.member]
				d.curve(cx, cy, p[0], p[1], thickness(r.kin.Pages, most), 0.45, "")
			}
		}
	}
	for side := range columns {
		x, label, to := leftMarks, labelRoom, end
		if side == 1 {
			x, label, to = rightMarks, width-labelRoom, start
		}
		for _, r := range columns[side] {
			d.row(r, x, label, to, moreHref)
		}
	}
	d.link(v.Centre.Href, name, "node centre", func() {
		w := min(float64(len([]rune(clip(name, labelRoom))))*fontSize*letterWidth+28, labelRoom)
		d.printf(`<rect x="%s" y="%s" width="%s" height="34" rx="17" class="kind-%s" fill="%s"/>`, number(cx-w/2), number(cy-17), number(w),
			v.Centre.Kind, colour(v.Centre.Kind))
		d.printf(`<text x="%s" y="%s" text-anchor="middle" font-weight="bold" fill="#fff" stroke="#000" stroke-width="2.5" `+
			`paint-order="stroke" stroke-opacity="0.55">%s</text>`, number(cx), number(cy+5), esc(clip(name, w-20)))
	})
	return d.close()
}

func (d *drawing) row(r row, x, label float64, to anchor, moreHref func(kinds.Kind) string) {
	switch {
	case r.heading != "":
		d.printf(`<text x="%s" y="%s" text-anchor="%s" class="heading" font-weight="bold">%s</text>`+"\n", number(label), number(r.y+5), to,
			esc(r.heading))
	case r.more > 0:
		href := ""
		if moreHref != nil {
			href = moreHref(r.kind)
		}
		said := fmt.Sprintf("and %d more", r.more)
		d.link(href, fmt.Sprintf("%s: %s", kinds.Title(r.kind), said), "node more", func() {
			d.text(label, r.y+5, to, labelRoom, said, "more")
		})
	default:
		d.link(r.kin.To.Href, fmt.Sprintf("%s, %s, %s", r.kin.To.Name, r.kind, pages(r.kin.Pages)), "node", func() {
			d.dot(r.kind, x, r.y, 5)
			count := fmt.Sprintf(" %d", r.kin.Pages)
			d.text(label, r.y+5, to, labelRoom, clip(r.kin.To.Name, labelRoom-30)+count, "label")
		})
	}
}

// maxAmong is how many ties among those at the sides are drawn: more would be a hairball.
const maxAmong = 40

// amongThem ties those at the sides that share pages with each other, the strongest first.
func (d *drawing) amongThem(v *answer.Neighbourhood, at map[int][2]float64) {
	threshold := nth(v, maxAmong)
	drawn := 0
	for _, l := range v.Links {
		a, b := at[l.From], at[l.To]
		if l.Pages < threshold || drawn == maxAmong {
			continue
		}
		drawn++
		bend := 70.0
		if a[0] > width/2 {
			bend = -bend
		}
		if a[0] != b[0] {
			d.curve(a[0], a[1], b[0], b[1], 0.7, 0.22, "")
			continue
		}
		d.printf(`<path d="M%s %sC%s %s %s %s %s %s" fill="none" stroke="currentColor" stroke-width="0.7" stroke-opacity="0.3" `+
			`class="tie among"/>`+"\n",
			number(a[0]), number(a[1]), number(a[0]+bend), number(a[1]), number(b[0]+bend), number(b[1]), number(b[0]), number(b[1]))
	}
}

// nth returns how many pages the nth strongest tie stands for.
func nth(v *answer.Neighbourhood, n int) int {
	counts := map[int]int{}
	most := 0
	for _, l := range v.Links {
		counts[l.Pages]++
		most = max(most, l.Pages)
	}
	for p := most; p > 0; p-- {
		if n -= counts[p]; n <= 0 {
			return p
		}
	}
	return 1
}
