package picture

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// Map draws organisations at the left, topics at the right, and of each the three ties that say most of it: those with
// the highest pages of both / sqrt(pages of the one * pages of the other) (Ochiai's coefficient), so that what is on
// every page does not draw all ties to itself. Both columns are put in an order in which few ties cross (Sugiyama's
// barycentre method, from the order given).
func Map(m *answer.TopicMap) string {
	left, right, links := order(len(m.Organisations)), order(len(m.Topics)), telling(m)
	for range 8 {
		barycentre(right, left, links, func(l answer.Link) (at, of int) { return l.To, l.From })
		barycentre(left, right, links, func(l answer.Link) (at, of int) { return l.From, l.To })
	}
	rows := max(len(left), len(right))
	height := float64((rows + 2) * rowHeight)
	d := open("topic-map", "Organisations and the topics of the pages that name them",
		fmt.Sprintf("%d organisations, %d topics, %d ties.", len(left), len(right), len(links)), height)
	y := func(column []int) []float64 {
		out := make([]float64, len(column))
		step := float64(rows) / float64(max(1, len(column))) * rowHeight
		for place, i := range column {
			out[i] = rowHeight*1.5 + (float64(place)+0.5)*step
		}
		return out
	}
	yl, yr := y(left), y(right)
	most := 0
	for _, l := range links {
		most = max(most, l.Pages)
	}
	for _, l := range links {
		label := fmt.Sprintf("%s and %s: %s", m.Organisations[l.From].To.Name, m.Topics[l.To].To.Name, pages(l.Pages))
		d.curve(leftMarks, yl[l.From], rightMarks, yr[l.To], thickness(l.Pages, most), 0.15+0.4*float64(l.Pages)/float64(most), label)
	}
	d.row(row{heading: "Organisations", y: rowHeight / 2}, leftMarks, labelRoom, end, nil)
	d.row(row{heading: "Topics", y: rowHeight / 2}, rightMarks, width-labelRoom, start, nil)
	for _, i := range left {
		d.row(row{kind: kinds.Organisation, kin: &m.Organisations[i], y: yl[i]}, leftMarks, labelRoom, end, nil)
	}
	for _, i := range right {
		d.row(row{kind: kinds.Topic, kin: &m.Topics[i], y: yr[i]}, rightMarks, width-labelRoom, start, nil)
	}
	return d.close()
}

// tiesOfEach is how many ties of each organisation and topic a map draws.
const tiesOfEach = 3

// telling keeps the ties that are among the strongest of either end.
func telling(m *answer.TopicMap) []answer.Link {
	likeness := func(l answer.Link) float64 {
		return float64(l.Pages) / math.Sqrt(float64(m.Organisations[l.From].Pages*m.Topics[l.To].Pages))
	}
	byLikeness := slices.Clone(m.Links)
	slices.SortStableFunc(byLikeness, func(a, b answer.Link) int { return cmp.Compare(likeness(b), likeness(a)) })
	from, to := make([]int, len(m.Organisations)), make([]int, len(m.Topics))
	var out []answer.Link
	for _, l := range byLikeness {
		if from[l.From] < tiesOfEach || to[l.To] < tiesOfEach {
			out = append(out, l)
		}
		from[l.From]++
		to[l.To]++
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
	place := make([]int, len(other))
	for p, i := range other {
		place[i] = p
	}
	sum, weight := make([]float64, len(column)), make([]float64, len(column))
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
