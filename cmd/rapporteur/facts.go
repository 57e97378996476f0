package main

import (
	"fmt"
	"io"
	"strings"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// printer writes what is known of things, for people to read: a heading, lines of fact, and under a fact the words that
// say it and the page they stand on.
type printer struct {
	terminal
	w io.Writer
}

func (t printer) line(format string, args ...any) { fmt.Fprintf(t.w, format+"\n", args...) }

// title sets the name of a thing against its kind.
func (t printer) title(name, kind string) {
	if kind == "" {
		t.line("%s", t.bold(t.fill(name, 0)))
		return
	}
	gap := t.width - width(name) - width(kind)
	if gap < 2 {
		t.line("%s\n%s", t.bold(strings.TrimSpace(t.fill(name, 0))), t.dim(kind))
		return
	}
	t.line("%s%s%s", t.bold(name), strings.Repeat(" ", gap), t.dim(kind))
}

func (t printer) heading(name string, shown, total int) {
	count := ""
	if total > shown {
		count = fmt.Sprintf(" (%d of %d)", shown, total)
	}
	t.line("\n%s%s", t.bold(name), t.dim(count))
}

// columns writes a left part and a right one that ends at the edge; the left is clipped to make room.
func (t printer) columns(indent int, left, right string) {
	room := t.width - indent - width(right) - 2
	left = clip(left, max(10, room))
	t.line("%s%s%s%s", strings.Repeat(" ", indent), left, strings.Repeat(" ", max(2, t.width-indent-width(left)-width(right))), t.dim(right))
}

// evidence writes a quotation and where it stands.
func (t printer) evidence(indent int, list []answer.Evidence, most int) {
	for i, e := range list {
		if i == most {
			break
		}
		if e.Quote != "" {
			t.line("%s", t.fill("“"+e.Quote+"”", indent))
		}
		t.source(indent, e)
	}
}

func (t printer) source(indent int, e answer.Evidence) {
	date := ""
	if e.Site != "" {
		date = " (" + e.Site + ")"
	}
	if e.Date != "" {
		date += ", " + e.Date
	}
	t.line("%s%s", strings.Repeat(" ", indent), t.dim("— "+clip(e.Title, max(20, t.width-indent-2-len(date)))+date))
}

func names(list []answer.Ref) string {
	out := make([]string, len(list))
	for i, r := range list {
		out[i] = r.Name
	}
	return strings.Join(out, ", ")
}

// called is a thing's name, marked where it is there by inference only.
func called(r answer.Ref) string {
	if r.Inferred {
		return r.Name + " (inferred)"
	}
	return r.Name
}

// pages says a number of pages, and in which years they are.
func pages(n int, years ...string) string {
	s := fmt.Sprintf("%d pages", n)
	if n == 1 {
		s = "1 page"
	}
	if len(years) > 0 {
		s += ", " + years[0]
		if last := years[len(years)-1]; last != years[0] {
			s += "–" + last
		}
	}
	return s
}

// between says from when to when, by month.
func between(first, last string) string {
	first, last = first[:min(7, len(first))], last[:min(7, len(last))]
	switch {
	case first == "":
		return ""
	case first == last:
		return first
	}
	return first + " to " + last
}

// sections are the kinds of entity in the order in which lists of several kinds are told.
var sections = []kinds.Kind{kinds.Organisation, kinds.Person, kinds.Topic, kinds.Country}
