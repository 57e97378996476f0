package web

import (
	"fmt"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"

	"rapporteur/ingest"
)

// answerOf says in one or two sentences what a thing is, by a pattern over facts: where there is no fact, there is no sentence.
// It uses no pronoun for a person.
func answerOf(p *answer.Profile) []piece {
	var line []piece
	say := func(format string, args ...any) { line = append(line, piece{Text: fmt.Sprintf(format, args...)}) }
	link := func(r answer.Ref) { line = append(line, piece{Text: r.Name, Href: r.Href, Kind: r.Kind}) }
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
			say(", the latest on %s", day(latest))
		}
		say(". ")
	}
	switch p.Kind {
	case kinds.Person:
		if a, ok := first(p.Affiliations, func(a answer.Affiliation) bool { return len(a.Roles) > 0 && a.Relation != string(ingest.Other) }); ok {
			joint := " at "
			if a.Relation == string(ingest.Member) {
				joint = ", "
			}
			say("%s%s", capital(a.Roles[0]), joint)
			link(a.To)
			say(". ")
		} else if a, ok := first(p.Affiliations, func(a answer.Affiliation) bool { return a.Relation != string(ingest.Other) }); ok {
			say("Belongs to ")
			link(a.To)
			say(". ")
		}
		if p.Spoke > 0 {
			say("Named as speaker, chair or facilitator of %s here", plural(p.Spoke, "event", "events"))
			until()
		}
	case kinds.Organisation:
		if n := len(people); n > 0 {
			say("%s spoke for it here, at %s", plural(n, "person", "people"), plural(max(p.Spoke, 1), "event", "events"))
			until()
		}
	}
	if len(line) == 0 && p.Pages > 0 {
		say("Named on %s here", plural(p.Pages, "page", "pages"))
		if p.First != "" {
			if month := func(date string) string { return written(date, "January 2006") }; month(p.First) == month(p.Last) {
				say(", in %s", month(p.First))
			} else {
				say(", from %s to %s", month(p.First), month(p.Last))
			}
		}
		say(". ")
	}
	if n := len(p.Recommendations); n > 0 && (p.Kind == kinds.Person || p.Kind == kinds.Organisation) {
		if n == 1 {
			say("One ask stands here under this name.")
		} else if n < 100 {
			say("%s asks stand here under this name.", grouped(n))
		}
	}
	return line
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
