package picture

import (
	"fmt"
	"strconv"
	"time"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

const (
	timeLeft  = 24.0
	timeRight = width - 24.0
	stackMost = 14 // pages of one month that are drawn
	maxBars   = 8  // affiliations
	dotStep   = 11.0
)

// Timeline draws the pages of a profile along the years, a mark for each, stacked by month: full where the entity speaks
// or is spoken for, hollow where it is named; below them, as bars, from when to when its pages tell of its affiliations.
// It is "" for a profile without a dated page.
func Timeline(p *answer.Profile) string {
	if p.First == "" {
		return ""
	}
	from, ok1 := parse(p.First)
	to, ok2 := parse(p.Last)
	if !ok1 || !ok2 {
		return ""
	}
	first, last := from.Year(), to.Year()+1
	begin := time.Date(first, 1, 1, 0, 0, 0, 0, time.UTC)
	span := time.Date(last, 1, 1, 0, 0, 0, 0, time.UTC).Sub(begin).Hours()
	x := func(t time.Time) float64 { return timeLeft + t.Sub(begin).Hours()/span*(timeRight-timeLeft) }

	type mark struct {
		*answer.Appearance
		x float64
	}
	stacks := map[int][]mark{}
	highest := 1
	for i := range p.Appearances {
		a := &p.Appearances[i]
		t, ok := parse(a.Date)
		if !ok {
			continue
		}
		month := t.Year()*12 + int(t.Month())
		middle := time.Date(t.Year(), t.Month(), 15, 0, 0, 0, 0, time.UTC)
		stacks[month] = append(stacks[month], mark{a, x(middle)})
		highest = max(highest, min(stackMost, len(stacks[month]))+1)
	}
	bars := p.Affiliations[:min(maxBars, len(p.Affiliations))]
	axis := float64(highest)*dotStep + 16
	height := axis + 30
	if len(bars) > 0 {
		height += float64(len(bars)*rowHeight) + 8
		if len(p.Affiliations) > len(bars) {
			height += rowHeight
		}
	}
	d := open("timeline", "Time line of "+p.Name, fmt.Sprintf("%s between %s and %s.", pages(p.Pages), p.First, p.Last), height)
	for year := first; year <= last; year++ {
		at := x(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC))
		d.printf(`<line x1="%s" y1="8" x2="%s" y2="%s" stroke="currentColor" stroke-opacity="0.18"/>`+"\n", number(at), number(at),
			number(height-4))
		if next := x(time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC)); year < last {
			d.text((at+next)/2, axis+20, middle, next-at, strconv.Itoa(year), "year")
		}
	}
	d.printf(`<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="currentColor"/>`+"\n", number(timeLeft), number(axis), number(timeRight),
		number(axis))
	for month := first * 12; month <= (last+1)*12; month++ {
		stack := stacks[month]
		for i := len(stack) - 1; i >= 0; i-- { // the oldest lowest
			level := len(stack) - 1 - i
			if level == stackMost {
				d.text(stack[i].x, axis-float64(level)*dotStep-4, middle, 60, fmt.Sprintf("+%d", len(stack)-stackMost), "more")
				break
			}
			d.appearance(p.Kind, stack[i].Appearance, stack[i].x, axis-float64(level)*dotStep-8)
		}
	}
	y := axis + 44
	for i := range bars {
		d.bar(&bars[i], x, y)
		y += rowHeight
	}
	if rest := len(p.Affiliations) - len(bars); rest > 0 {
		d.text(timeLeft, y, start, labelRoom, fmt.Sprintf("and %d more", rest), "more")
	}
	return d.close()
}

func (d *drawing) appearance(kind kinds.Kind, a *answer.Appearance, x, y float64) {
	how := "named"
	full := a.Speaker || len(a.People) > 0
	switch {
	case a.Part != "":
		how = a.Part
	case full:
		how = "spoken for"
	case a.Inferred:
		how = "topic, inferred"
	}
	d.link(a.Page.Href, fmt.Sprintf("%s, %s: %s", a.Date, a.Page.Name, how), "node", func() {
		if full {
			d.printf(`<circle cx="%s" cy="%s" r="4.5" class="mark kind-%s" fill="%s"/>`, number(x), number(y), kind, colour(kind))
		} else {
			d.printf(`<circle cx="%s" cy="%s" r="3.8" class="mark hollow kind-%s" fill="none" pointer-events="all" stroke="%s" stroke-width="1.6"/>`,
				number(x), number(y), kind, colour(kind))
		}
	})
}

// bar draws an affiliation from the first page that tells of it to the last; its name stands in it or, where that is
// too short, behind or before it.
func (d *drawing) bar(t *answer.Affiliation, x func(time.Time) float64, y float64) {
	label := t.To.Name
	if len(t.Roles) > 0 {
		label += ", " + t.Roles[0]
	}
	when := "undated"
	from, to := timeLeft, timeLeft
	if first, ok := parse(t.First); ok {
		last, _ := parse(t.Last)
		from, to = x(first), max(x(last), x(first)+6)
		when = t.First + " to " + t.Last
	}
	d.link(t.To.Href, fmt.Sprintf("%s, %s, %s", label, when, pages(t.Pages)), "node bar", func() {
		d.printf(`<rect x="%s" y="%s" width="%s" height="5" rx="2.5" class="kind-%s" fill="%s"/>`, number(from), number(y+2), number(to-from),
			t.To.Kind, colour(t.To.Kind))
		if from < width/2 {
			d.text(from, y-2, start, timeRight-from, label, "label")
		} else {
			d.text(to, y-2, end, to-timeLeft, label, "label")
		}
	})
}

// parse reads a date of a day, a month or a year.
func parse(date string) (time.Time, bool) {
	for _, form := range []string{"2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(form, date); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
