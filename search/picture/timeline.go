package picture

import (
	"strconv"
	"time"
)

// Moment is an event on a line of time. Date is a day, a month or a year.
type Moment struct {
	Date, Name, Href string
}

const (
	lineWidth  = 1080
	lineLeft   = 14.0
	lineRight  = lineWidth - 14.0
	bead       = 11.0 // radius of a mark
	beadStep   = 25.0 // from a mark to the one above it
	labelsRoom = 40.0 // below the line: the years
)

// Timeline draws events along the years, from the first to the last of them: a mark for each, with its number in the list
// given, which is in order of time; marks that would cover each other are stacked. Moments without a date that can be read
// keep their number and have no mark. It is "" if no moment has one. title and says are read out: what it is, and how much it shows.
func Timeline(title, says string, moments []Moment) string {
	type mark struct {
		number int
		at     time.Time
		level  int
		x      float64
	}
	var marks []mark
	for i, m := range moments {
		if at, ok := parse(m.Date); ok {
			marks = append(marks, mark{number: i + 1, at: at})
		}
	}
	if len(marks) == 0 {
		return ""
	}
	first, last := marks[0].at.Year(), marks[len(marks)-1].at.Year()+1
	begin, end := yearBegins(first), yearBegins(last)
	x := func(t time.Time) float64 {
		return lineLeft + t.Sub(begin).Hours()/end.Sub(begin).Hours()*(lineRight-lineLeft)
	}
	highest := 0
	for i := range marks {
		m := &marks[i]
		m.x = min(max(x(m.at), lineLeft), lineRight)
		for again := true; again; {
			again = false
			for _, before := range marks[:i] {
				if before.level == m.level && m.x-before.x < 2*bead+2 {
					m.level, again = m.level+1, true
				}
			}
		}
		highest = max(highest, m.level)
	}
	axis := bead + 4 + float64(highest)*beadStep
	d := &drawing{}
	d.printf(`<svg xmlns="http://www.w3.org/2000/svg" class="line" viewBox="0 0 %d %s" role="graphics-document document" `+
		`aria-labelledby="picture-line-title" aria-describedby="picture-line-description">`, lineWidth, number(axis+labelsRoom))
	d.printf("\n<title id=\"picture-line-title\">%s</title>\n<desc id=\"picture-line-description\">%s</desc>\n", esc(title),
		esc(says))
	d.printf(`<path class="axis" d="M%s %sH%s"/>`, number(lineLeft-4), number(axis), number(lineRight+4))
	step := 1 + (last-first)/16 // so that years have room
	for year := first; year < last; year += step {
		at := x(yearBegins(year))
		if year > first {
			d.printf(`<path class="axis" d="M%s %sv16"/>`, number(at), number(axis-8))
		}
		d.printf(`<text x="%s" y="%s">%d</text>`, number(at+4), number(axis+28), year)
	}
	for _, m := range marks {
		y := axis - float64(m.level)*beadStep
		of := moments[m.number-1]
		d.printf(`<a href="%s"><title>%s</title><circle class="dot" cx="%s" cy="%s" r="%s"/><text x="%s" y="%s" `+
			`text-anchor="middle" class="onacc">%s</text></a>`+"\n", esc(of.Href), esc(of.Date+", "+of.Name),
			number(m.x), number(y), number(bead), number(m.x), number(y+4), strconv.Itoa(m.number))
	}
	return d.close()
}

func yearBegins(year int) time.Time { return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC) }

// parse reads a date of a day, a month or a year.
func parse(date string) (time.Time, bool) {
	for _, form := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(form, date); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
