package web

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// answerOf says in one or two sentences what a thing is, by a pattern over facts: where there is no fact, there is no sentence.
// It uses no pronoun for a person.
func answerOf(x *texts, p *answer.Profile) []piece {
	var line []piece
	say := func(text string) { line = append(line, piece{Text: text}) }
	latest := ""
	people := map[ingest.IRI]bool{}
	for _, a := range p.Appearances {
		if !isEvent(a) || !a.Speaker && len(a.Spoke) == 0 {
			continue
		}
		if !a.Announced {
			latest = max(latest, a.Date)
		}
		for _, r := range a.Spoke {
			people[r.ID] = true
		}
	}
	until := func() {
		if latest != "" && p.Spoke > 1 {
			say(x.t("line.latest", x.day(latest)))
		}
		say(". ")
	}
	switch p.Kind {
	case kinds.Person:
		if a, ok := first(p.Affiliations, func(a answer.Affiliation) bool { return len(a.Roles) > 0 && a.Relation != string(ingest.Other) }); ok {
			joint := "line.at"
			if a.Relation == string(ingest.Member) {
				joint = "line.of"
			}
			line = append(line, x.linked(joint, a.To, capital(a.Roles[0]))...)
		} else if a, ok := first(p.Affiliations, func(a answer.Affiliation) bool { return a.Relation != string(ingest.Other) }); ok {
			line = append(line, x.linked("line.belongs", a.To)...)
		}
		if p.Spoke > 0 {
			say(x.n("line.speaker", p.Spoke))
			until()
		}
	case kinds.Organisation:
		if n := len(people); n > 0 {
			say(x.n("line.spokefor", n, x.n("at.events", max(p.Spoke, 1))))
			until()
		}
	}
	if len(line) == 0 && p.Pages > 0 {
		say(x.n("line.named", p.Pages))
		if p.First != "" {
			if from, to := x.longMonth(p.First), x.longMonth(p.Last); from == to {
				say(x.t("line.in", from))
			} else {
				say(x.t("line.fromto", from, to))
			}
		}
		say(". ")
	}
	asks := 0
	for _, a := range p.Recommendations {
		if asksItself(p, a) {
			asks++
		}
	}
	if asks > 0 && len(p.Recommendations) < 100 && (p.Kind == kinds.Person || p.Kind == kinds.Organisation) {
		say(x.n("line.asks", asks))
	}
	return line
}

// linked is a sentence with a link to a thing where | stands in its text.
func (x *texts) linked(key string, to answer.Ref, args ...any) []piece {
	before, after, _ := strings.Cut(x.t(key, args...), "|")
	return []piece{{Text: before}, {Text: to.Name, Href: to.Href, Kind: to.Kind}, {Text: after}}
}

// first returns the first of a list that fits.
func first[T any](list []T, fits func(T) bool) (T, bool) {
	for _, one := range list {
		if fits(one) {
			return one, true
		}
	}
	var none T
	return none, false
}

// plain is a line without its links.
func plain(line []piece) string {
	s := ""
	for _, p := range line {
		s += p.Text
	}
	return words(s)
}
