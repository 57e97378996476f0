package picture

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"rapporteur/search/answer"
)

// mapRow is how high a line of a map is.
const mapRow = 30.0

// MapWords are what stands above the columns of a map, and what is read out of it.
type MapWords struct {
	Title       string // what it is
	Left, Right string
	Says        func(left, right, ties int) string // how much it shows
	Events      func(n int) string
}

// Map draws organisations at the left, topics at the right, and of each organisation the three ties that say most of it: those
// with the highest pages of both / sqrt(pages of the one * pages of the other) (Ochiai's coefficient), so that what everybody
// speaks about does not draw all ties to itself. Topics to which none leads are left out. Both columns are put in an order in
// which few ties cross (Sugiyama's barycentre method, from the order given). href gives the address that a name leads to.
func Map(m *answer.TopicMap, href func(answer.Ref) string, words MapWords) string {
	links := telling(m)
	tied := map[int]bool{}
	for _, l := range links {
		tied[l.To] = true
	}
	left := order(len(m.Organisations))
	right := slices.DeleteFunc(order(len(m.Topics)), func(i int) bool { return !tied[i] })
	for range 8 {
		barycentre(right, left, links, func(l answer.Link) (at, of int) { return l.To, l.From })
		barycentre(left, right, links, func(l answer.Link) (at, of int) { return l.From, l.To })
	}
	height := 60 + float64(max(len(left), len(right)))*mapRow
	d := &drawing{}
	d.printf(`<svg xmlns="http://www.w3.org/2000/svg" class="net" viewBox="0 0 %d %s" font-size="%s" `+
		`role="graphics-document document" aria-labelledby="picture-topic-map-title" aria-describedby="picture-topic-map-description">`,
		tiesWidth, number(height), number(nameSize))
	d.printf("\n<title id=\"picture-topic-map-title\">%s</title>\n"+
		"<desc id=\"picture-topic-map-description\">%s</desc>\n", esc(words.Title), esc(words.Says(len(left), len(right), len(links))))
	const leftAt, rightAt = 400.0, 680.0
	heights := func(column []int) map[int]float64 {
		y, out := spread(len(column), 40, height-16), map[int]float64{}
		for place, i := range column {
			out[i] = y[place]
		}
		return out
	}
	yl, yr := heights(left), heights(right)
	most := 0
	for _, l := range links {
		most = max(most, l.Pages)
	}
	organisation := func(i int) string { return fmt.Sprintf("o%d", i+1) }
	topic := func(i int) string { return fmt.Sprintf("t%d", i+1) }
	for _, l := range links {
		class := "tie"
		if most > 1 && 2*l.Pages > most {
			class = "tie thick"
		}
		d.curved(class, organisation(l.From)+" "+topic(l.To), leftAt, yl[l.From], rightAt, yr[l.To])
	}
	d.heading(leftAt-8, 24, end, words.Left, len(left))
	d.heading(rightAt+8, 24, start, words.Right, len(right))
	for _, i := range left {
		o := m.Organisations[i]
		d.mapped(o, organisation(i), href(o.To), leftAt, yl[i], end, words.Events)
	}
	for _, i := range right {
		t := m.Topics[i]
		d.mapped(t, topic(i), href(t.To), rightAt, yr[i], start, words.Events)
	}
	return d.close()
}

func (d *drawing) mapped(c answer.CoOccurrence, key, href string, x, y float64, to anchor, events func(int) string) {
	at, room := x+12, tiesWidth-x-60
	if to == end {
		at, room = x-12, x-60
	}
	d.place(href, key, c.To.Name+", "+events(c.Pages), func() {
		d.printf(`<circle class="dot" cx="%s" cy="%s" r="5"/><text x="%s" y="%s" text-anchor="%s">%s <tspan class="sub">%d</tspan></text>`,
			number(x), number(y), number(at), number(y+5), to, esc(clip(c.To.Name, nameSize, room)), c.Pages)
	})
}

// tiesOfEach is how many ties of each organisation a map draws.
const tiesOfEach = 3

// telling keeps the strongest ties of each organisation.
func telling(m *answer.TopicMap) []answer.Link {
	likeness := func(l answer.Link) float64 {
		return float64(l.Pages) / math.Sqrt(float64(m.Organisations[l.From].Pages*m.Topics[l.To].Pages))
	}
	byLikeness := slices.Clone(m.Links)
	slices.SortStableFunc(byLikeness, func(a, b answer.Link) int { return cmp.Compare(likeness(b), likeness(a)) })
	from := make([]int, len(m.Organisations))
	var out []answer.Link
	for _, l := range byLikeness {
		if from[l.From] < tiesOfEach {
			out = append(out, l)
		}
		from[l.From]++
	}
	slices.SortFunc(out, func(a, b answer.Link) int { return cmp.Or(a.From-b.From, a.To-b.To) })
	return out
}

func order(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// barycentre sorts a column by where, on average of their pages, what each is tied to stands in the other column.
func barycentre(column, other []int, links []answer.Link, ends func(answer.Link) (at, of int)) {
	place := map[int]int{}
	for p, i := range other {
		place[i] = p
	}
	sum, weight := map[int]float64{}, map[int]float64{}
	for _, l := range links {
		at, of := ends(l)
		sum[at] += float64(place[of] * l.Pages)
		weight[at] += float64(l.Pages)
	}
	mean := func(i int) float64 {
		if weight[i] == 0 {
			return float64(len(other))
		}
		return sum[i] / weight[i]
	}
	slices.SortStableFunc(column, func(a, b int) int { return cmp.Compare(mean(a), mean(b)) })
}
