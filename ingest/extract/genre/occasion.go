package genre

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// What makes an event page of a page: it says so by its place or front matter, its title is an occasion's, it says when and how to come,
// or it tells of an occasion at its start. A page without any of these is of another genre, however events of other sites read.

var (
	// eventPlaces are words of folders, collections, categories and layouts of events.
	eventPlaces = fold.Set(`event talk workshop conference meetup session webinar seminar programme program schedule speaking
		gathering roundtable panel hackathon summit unconference symposium fringe gig veranstaltung termin evenement événement
		evento`)
	// eventKeys are keys of front matter that only events have.
	eventKeys = fold.Set(`speaker speakers venue start_time starttime end_time endtime event_date eventdate date_end end_date
		enddate event_type presenter presenters moderator panelists panellists registration rsvp startdate start_date start
		duration talk talks session room time location`)
	// occasions are what is held.
	occasions = fold.Set(`event workshop conference webinar panel seminar meetup summit symposium talk lecture roundtable
		hackathon unconference session keynote forum discussion meeting gathering festival debate retreat convening hustings
		training course veranstaltung konferenz tagung vortrag barcamp conférence atelier rencontre taller charla fellowship
		evening`)
	// held are what is done to occasions.
	held = fold.Set(`hosted hosting hosts held join joined attended attend attending gathered convened convening organised
		organized took spoke speak speaks spoken presented presenting moderated facilitated participated takes place register
		invite invited brought happened welcomed findet fand statt`)
)

// start is the number of words at a page's start that tell what it is about.
const start = 160

// occasion reports whether a page looks like that of an event.
func (s *signals) occasion() bool {
	p := s.v.Page
	switch {
	case s.called() || s.reports():
		return false
	case s.clock > 1:
		return true
	}
	places := append([]string{p.Collection, p.Path}, p.Categories...)
	if layout, ok := p.FrontMatter["layout"].(string); ok {
		places = append(places, layout)
	}
	for _, place := range places {
		for _, w := range words(strings.ToLower(place)) {
			if eventPlaces[w] || eventPlaces[strings.TrimSuffix(w, "s")] {
				return true
			}
		}
	}
	for k := range p.FrontMatter {
		if eventKeys[strings.ToLower(k)] {
			return true
		}
	}
	for _, w := range words(s.title) {
		if occasions[w] || occasions[strings.TrimSuffix(w, "s")] {
			return true
		}
	}
	if s.come > 1 && s.come*120 > s.tokens {
		return true
	}
	of, done, seen := 0, 0, 0
	for i := range s.v.Toks {
		t := &s.v.Toks[i]
		if k := s.v.Kind(i); k == ingest.FieldBlock || k == ingest.TitleBlock || !t.Word() {
			continue
		}
		if seen++; seen > start {
			break
		}
		if occasions[t.Lower] || occasions[strings.TrimSuffix(t.Lower, "s")] {
			of++
		}
		if held[t.Lower] {
			done++
		}
	}
	return of > 0 && done > 0 || of > 1
}
