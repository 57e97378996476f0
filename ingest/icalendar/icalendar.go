// Package icalendar reads files of iCalendar (.ics) by golang-ical. A file of one event is the page of that event; of several,
// a list of records, one of each event.
package icalendar

import (
	"bytes"
	"fmt"
	"html"
	"slices"
	"strings"

	"rapporteur/ingest/data"
	"rapporteur/ingest/visible"

	ics "github.com/arran4/golang-ical"
)

// Reader reads iCalendar. It is safe for parallel use.
type Reader struct{}

// mostEvents of a file are read.
const mostEvents = 2000

// event is what a page tells of an event. Days are YYYY-MM-DD, as the calendar writes them, whatever the zone.
type event struct {
	title, start, end, place, host, text, url, uid string
}

// Events reads the events of a calendar as tables with the keys title, date, end_date, location, organizer, description, url
// and uid, as far as it gives them, each with the line that its event begins on. Of a calendar that is damaged it gives the
// events before the damage, and the error.
func Events(src []byte) (*data.Node, error) {
	_, events, err := read(src)
	lines := beginnings(src)
	list := &data.Node{Kind: data.List, Line: 1}
	for _, e := range events {
		n := &data.Node{Kind: data.Table, Line: lines[e.title]}
		if n.Line == 0 {
			n.Line = lineOf(src, e.title)
		}
		end := e.end
		if end == e.start {
			end = ""
		}
		for _, x := range [][2]string{{"title", e.title}, {"date", e.start}, {"end_date", end}, {"location", e.place}, {"organizer", e.host},
			{"description", e.text}, {"url", e.url}, {"uid", e.uid}} {
			if x[1] != "" {
				n.Set(x[0], &data.Node{Kind: data.Text, Line: n.Line, Text: x[1]})
			}
		}
		list.Items = append(list.Items, n)
	}
	return list, err
}

// beginnings are the lines on which the first events of each title begin.
func beginnings(src []byte) map[string]int {
	out := map[string]int{}
	begin, line := 0, 0
	for l := range bytes.Lines(src) {
		line++
		l = bytes.TrimRight(l, "\r\n")
		if bytes.HasPrefix(l, []byte("BEGIN:VEVENT")) {
			begin = line
		} else if title, ok := bytes.CutPrefix(l, []byte("SUMMARY:")); ok && out[string(title)] == 0 {
			out[string(title)] = begin
		}
	}
	return out
}

// Head says what a file of one event is; of none or several, the calendar's name.
func (Reader) Head(src []byte) ([]visible.Value, []byte, int) {
	name, events, _ := read(src)
	var values []visible.Value
	add := func(key, text string) {
		if text = strings.TrimSpace(text); text != "" {
			values = append(values, visible.Value{Key: key, Text: text, Line: lineOf(src, text)})
		}
	}
	if len(events) != 1 {
		if add("title", name); name == "" {
			add("title", "Calendar")
		}
		return values, src, 1
	}
	e := events[0]
	add("type", "event")
	add("title", e.title)
	add("date", e.start)
	if e.end != e.start {
		add("end_date", e.end)
	}
	add("location", e.place)
	add("organizer", e.host)
	return values, src, 1
}

// Content makes the visible text of a file.
func (Reader) Content(fields []visible.Field, body []byte, first int) visible.Content {
	w := visible.NewWriter()
	for _, f := range fields {
		w.Field(f, []byte(html.EscapeString(f.Value)))
	}
	_, events, err := read(body)
	var out bytes.Buffer
	for _, e := range events {
		for words := range strings.SplitSeq(e.text, "\n\n") {
			fmt.Fprintf(&out, "<p>%s</p>\n", strings.ReplaceAll(html.EscapeString(words), "\n", "<br>\n"))
		}
		if e.url != "" {
			fmt.Fprintf(&out, "<p><a href=\"%s\">%[1]s</a></p>\n", html.EscapeString(e.url))
		}
	}
	w.HTML(out.Bytes(), first)
	c := w.Content()
	c.Locate(body, first)
	if err != nil {
		c.Issues = []visible.Issue{{Line: first, Cause: err.Error()}}
	}
	return c
}

// read reads the events of a calendar in its order. Of one that is damaged it reads those before the damage that are whole.
func read(src []byte) (name string, events []event, err error) {
	src = bytes.ToValidUTF8(src, []byte("\uFFFD"))
	var calendar *ics.Calendar
	var failed error
	if at := tooDeep(src); at >= 0 {
		failed = fmt.Errorf("line %d: components lie more than %d deep within each other", 1+bytes.Count(src[:at], []byte("\n")), deepest)
		src = src[:at]
	} else {
		calendar, failed = ics.ParseCalendar(bytes.NewReader(src))
	}
	if failed != nil || calendar == nil {
		err = fmt.Errorf("the calendar cannot be read as a whole (%v); the events before that are kept", failed)
		for tries := 0; tries < 20 && failed != nil; tries++ {
			i := bytes.LastIndex(src, []byte("END:VEVENT"))
			if i < 0 {
				return "", nil, err
			}
			calendar, failed = ics.ParseCalendar(bytes.NewReader(slices.Concat(src[:i], []byte("END:VEVENT\r\nEND:VCALENDAR\r\n"))))
			src = src[:i]
		}
		if failed != nil {
			return "", nil, err
		}
	}
	for _, p := range calendar.CalendarProperties {
		if p.IANAToken == "X-WR-CALNAME" || p.IANAToken == "NAME" {
			name = p.Value
		}
	}
	for _, e := range calendar.Events() {
		if len(events) == mostEvents {
			return name, events, fmt.Errorf("the calendar has more than %d events, of which these were read; make several files of it", mostEvents)
		}
		value := func(of ics.ComponentProperty) string {
			if p := e.GetProperty(of); p != nil {
				return strings.TrimSpace(p.Value)
			}
			return ""
		}
		if strings.EqualFold(value(ics.ComponentPropertyStatus), "CANCELLED") || value(ics.ComponentPropertySummary) == "" {
			continue
		}
		found := event{title: value(ics.ComponentPropertySummary), start: day(value(ics.ComponentPropertyDtStart)),
			end:   day(value(ics.ComponentPropertyDtEnd)),
			place: value(ics.ComponentPropertyLocation), text: value(ics.ComponentPropertyDescription),
			url: value(ics.ComponentPropertyUrl), uid: value(ics.ComponentPropertyUniqueId)}
		if len(value(ics.ComponentPropertyDtEnd)) == 8 && found.end > found.start {
			found.end = before(found.end) // a day without a time is the first after the event
		}
		if p := e.GetProperty(ics.ComponentPropertyOrganizer); p != nil && len(p.ICalParameters["CN"]) > 0 {
			found.host = strings.Trim(p.ICalParameters["CN"][0], `"`)
		}
		events = append(events, found)
	}
	return name, events, err
}

// deepest is how far components may lie within each other: what it costs to read them grows with the square of that.
const deepest = 8

// tooDeep is where the first line begins that opens a component too deep, -1 if none does.
func tooDeep(src []byte) int {
	depth, at := 0, 0
	for line := range bytes.Lines(src) {
		switch word, _, _ := bytes.Cut(bytes.TrimSpace(line), []byte(":")); strings.ToUpper(string(word[:min(len(word), 8)])) {
		case "BEGIN":
			if depth++; depth > deepest {
				return at
			}
		case "END":
			depth--
		}
		at += len(line)
	}
	return -1
}

// lineOf is the line of a file that holds the beginning of a value; 1 if none does.
func lineOf(src []byte, text string) int {
	text, _, _ = strings.Cut(text, "\n")
	if len(text) == 10 && text[4] == '-' {
		text = strings.ReplaceAll(text, "-", "")
	}
	if i := bytes.Index(src, []byte(text[:min(len(text), 30)])); i >= 0 {
		return 1 + bytes.Count(src[:i], []byte("\n"))
	}
	return 1
}
