package picture

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/search/answer"
)

// Ties is a thing and the few ties that set it apart, as the picture is read: from what it belongs to, or who belongs to it,
// over the thing to what it appeared with, and whom these stood for there.
type Ties struct {
	Centre      answer.Ref
	Left, Right Column
	Near        []Tie  // only named on the same pages: below the left column
	NearHeading string // above them
	Beyond      string // above what the right column stood for
	Title, Says string // what is read out of the picture: what it is, and how much it shows
	For         string // "for", before whom somebody stood for
}

// Column is the ties of one side.
type Column struct {
	Heading string
	Ties    []Tie
}

// Tie is one tie of the thing in the middle.
type Tie struct {
	To     answer.Ref
	Says   string // small, below its name: a role, or when
	Former bool
	Thick  bool         // said most often
	For    []answer.Ref // of the right column: whom it stood for, the first of which is drawn
}

// Where things stand, in units of the view box.
const (
	tiesWidth   = 1080
	leftDots    = 236.0
	rightDots   = 612.0
	beyondMarks = 884.0
	centreHalf  = 74.0
	centreX     = 430.0
	tieHeight   = 56.0
	nearHeight  = 30.0
	nameSize    = 15.0
	smallSize   = 12.5
)

// Neighbourhood draws ties: whole lines for what a sentence says, dashed ones for what a sentence says of earlier, dotted
// ones for what is only named on the same pages. href gives the address that a name leads to. Names and the ties to them
// carry the same data-k, so that a script can single them out; nothing depends on it.
func Neighbourhood(t *Ties, href func(answer.Ref) string) string {
	leftRows := float64(len(t.Left.Ties)) * tieHeight
	if len(t.Near) > 0 {
		leftRows += 36 + float64(len(t.Near))*nearHeight
	}
	height := 60 + max(leftRows, float64(len(t.Right.Ties))*tieHeight, 2*tieHeight)
	middleY := 40 + (height-60)/2
	d := &drawing{}
	d.saysFor = t.For
	d.printf(`<svg xmlns="http://www.w3.org/2000/svg" class="net" viewBox="0 0 %d %s" font-size="%s" role="graphics-document document" `+
		`aria-labelledby="picture-ties-title" aria-describedby="picture-ties-description">`, tiesWidth, number(height), number(nameSize))
	d.printf("\n<title id=\"picture-ties-title\">%s</title>\n<desc id=\"picture-ties-description\">%s</desc>\n",
		esc(t.Title), esc(t.Says))

	key := keys{}
	left := spread(len(t.Left.Ties), 44, height-16-(leftRows-float64(len(t.Left.Ties))*tieHeight))
	right := spread(len(t.Right.Ties), 44, height-16)
	near := make([]float64, len(t.Near))
	for i := range near {
		near[i] = height - 20 - float64(len(near)-1-i)*nearHeight
	}
	bodies, at := beyond(t.Right.Ties, right)
	for i, tie := range t.Left.Ties {
		d.tie(tie, key.of(tie.To.ID), leftDots, left[i], centreX-centreHalf, middleY)
	}
	for i, tie := range t.Near {
		d.curved("tie near", key.of(tie.To.ID), leftDots, near[i]-5, centreX-centreHalf, middleY)
	}
	for i, tie := range t.Right.Ties {
		d.tie(tie, key.of(tie.To.ID), centreX+centreHalf, middleY, rightDots, right[i])
		if len(tie.For) > 0 {
			from := rightDots + 12 + wide(clip(tie.To.Name, nameSize, 240), nameSize) + 8
			d.curved("tie", key.of(tie.To.ID)+" "+key.of(tie.For[0].ID), from, right[i]-5, beyondMarks, at[tie.For[0].ID])
		}
	}
	d.heading(leftDots-8, 24, end, t.Left.Heading, len(left))
	d.heading(rightDots+8, 24, start, t.Right.Heading, len(right))
	d.heading(beyondMarks+8, 24, start, t.Beyond, len(bodies))
	if len(near) > 0 {
		d.heading(leftDots-8, near[0]-28, end, t.NearHeading, len(near))
	}
	for i, tie := range t.Left.Ties {
		d.named(tie, key.of(tie.To.ID), href(tie.To), leftDots, left[i], end)
	}
	for i, tie := range t.Near {
		d.place(href(tie.To), key.of(tie.To.ID), d.told(tie), func() {
			d.printf(`<text x="%s" y="%s" text-anchor="end">%s <tspan class="sub">%s</tspan></text>`, number(leftDots-14), number(near[i]),
				esc(clip(tie.To.Name, nameSize, 150)), esc(tie.Says))
		})
	}
	for i, tie := range t.Right.Ties {
		d.named(tie, key.of(tie.To.ID), href(tie.To), rightDots, right[i], start)
	}
	for _, body := range bodies {
		y := at[body.ID]
		d.place(href(body), key.of(body.ID), body.Name, func() {
			d.printf(`<rect class="bar" x="%s" y="%s" width="10" height="10"/><text x="%s" y="%s">%s</text>`, number(beyondMarks-4), number(y-5),
				number(beyondMarks+14), number(y+5), esc(clip(body.Name, nameSize, tiesWidth-beyondMarks-16)))
		})
	}
	d.printf(`<rect class="me" x="%s" y="%s" width="%s" height="46" rx="23"/>`, number(centreX-centreHalf), number(middleY-23),
		number(2*centreHalf))
	lines := folded(t.Centre.Name, 2*centreHalf-16)
	for i, line := range lines {
		d.printf(`<text class="metext" x="%s" y="%s" text-anchor="middle" font-size="%s">%s</text>`, number(centreX),
			number(middleY+5+17*(float64(i)-float64(len(lines)-1)/2)), number(nameSize), esc(line))
	}
	return d.close()
}

// keys numbers what is drawn, so that a name and its ties are known by one short word.
type keys map[ingest.IRI]string

func (k keys) of(id ingest.IRI) string {
	if k[id] == "" {
		k[id] = fmt.Sprintf("k%d", len(k)+1)
	}
	return k[id]
}

// spread puts n things between two heights, each in the middle of its share.
func spread(n int, top, bottom float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = top + (float64(i)+0.5)*(bottom-top)/float64(n)
	}
	return out
}

// beyond lists what the ties stood for, each once, and how high it stands: in the middle of those that stood for it, no two
// nearer than a line.
func beyond(ties []Tie, y []float64) (bodies []answer.Ref, at map[ingest.IRI]float64) {
	sum, n := map[ingest.IRI]float64{}, map[ingest.IRI]float64{}
	for i, t := range ties {
		if len(t.For) == 0 {
			continue
		}
		id := t.For[0].ID
		if n[id] == 0 {
			bodies = append(bodies, t.For[0])
		}
		sum[id] += y[i] - 5
		n[id]++
	}
	slices.SortStableFunc(bodies, func(x, y answer.Ref) int { return cmp.Compare(sum[x.ID]/n[x.ID], sum[y.ID]/n[y.ID]) })
	at = map[ingest.IRI]float64{}
	last := 0.0
	for _, b := range bodies {
		at[b.ID] = max(sum[b.ID]/n[b.ID], last+22)
		last = at[b.ID]
	}
	return bodies, at
}

// folded writes a name in one line, or in two where it is too long.
func folded(name string, room float64) []string {
	if wide(name, nameSize) <= room {
		return []string{name}
	}
	words := strings.Fields(name)
	first := words[:min(1, len(words))]
	for len(first) < len(words) && wide(strings.Join(words[:len(first)+1], " "), nameSize) <= room {
		first = words[:len(first)+1]
	}
	lines := []string{clip(strings.Join(first, " "), nameSize, room)}
	if rest := strings.Join(words[len(first):], " "); rest != "" {
		lines = append(lines, clip(rest, nameSize, room))
	}
	return lines
}

// told is what is read out of a tie.
func (d *drawing) told(t Tie) string {
	var words []string
	for _, s := range []string{t.To.Name, t.Says} {
		if s != "" {
			words = append(words, s)
		}
	}
	if len(t.For) > 0 {
		words = append(words, d.saysFor+" "+t.For[0].Name)
	}
	return strings.Join(words, ", ")
}

func (d *drawing) tie(t Tie, key string, x1, y1, x2, y2 float64) {
	class := "tie"
	switch {
	case t.Former:
		class += " past"
	case t.Thick:
		class += " thick"
	}
	d.curved(class, key, x1, y1, x2, y2)
}

func (d *drawing) curved(class, key string, x1, y1, x2, y2 float64) {
	mid := (x1 + x2) / 2
	d.printf(`<path class="%s" data-k="%s" d="M%s %sC%s %s %s %s %s %s"/>`+"\n", class, key, number(x1), number(y1), number(mid), number(y1),
		number(mid), number(y2), number(x2), number(y2))
}

func (d *drawing) heading(x, y float64, to anchor, text string, rows int) {
	if rows > 0 && text != "" {
		d.printf(`<text class="hd" x="%s" y="%s" text-anchor="%s" font-size="%s">%s</text>`+"\n", number(x), number(y), to, number(smallSize),
			esc(text))
	}
}

// place wraps what draw writes in a link that is read out as label.
func (d *drawing) place(href, key, label string, draw func()) {
	d.printf(`<a href="%s" data-k="%s"><title>%s</title>`, esc(href), key, esc(label))
	draw()
	d.WriteString("</a>\n")
}

func (d *drawing) named(t Tie, key, href string, x, y float64, to anchor) {
	at, room := x+12, 240.0
	if to == end {
		at, room = x-14, x-20
	}
	d.place(href, key, d.told(t), func() {
		class := "dot"
		if t.Former {
			class = "dot past"
		}
		d.printf(`<circle class="%s" cx="%s" cy="%s" r="5"/>`, class, number(x), number(y))
		line := y
		if t.Says == "" {
			line += 5
		}
		d.printf(`<text x="%s" y="%s" text-anchor="%s">%s</text>`, number(at), number(line), to, esc(clip(t.To.Name, nameSize, room)))
		if t.Says != "" {
			d.printf(`<text class="sub" x="%s" y="%s" text-anchor="%s" font-size="%s">%s</text>`, number(at), number(y+17), to, number(smallSize),
				esc(clip(t.Says, smallSize, room)))
		}
	})
}
