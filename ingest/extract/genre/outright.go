package genre

import (
	"path"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// What a page says outright of its genre, so that nothing needs to be weighed.

var (
	// onlyEvents are keys of front matter by which a page says when and how to come to it.
	onlyEvents = fold.Set(`start_time starttime end_time endtime event_date eventdate registration_url registration_link event_platform
		meeting_date time_zones`)
	// calls are what is asked for, behind "call for", of those who would take part in an occasion yet to be held.
	calls = fold.Set(`papers proposals hosts abstracts participation candidates nominations speakers submissions posters volunteers sponsors`)
	// regular are words for letters that tell of many things; numbered are so beside a number, a month or "roundup".
	regular  = fold.Set(`newsletter newsletters newscast newsbrief rundbrief rundschau digest`)
	numbered = fold.Set(`weekly monthly news issue edition`)
)

// ofEvents reports whether a page is kept among events, or says in its front matter when and how to come, and is no call for what an
// occasion needs.
func (s *signals) ofEvents() bool {
	if s.called() {
		return false
	}
	if s.v.Page.Kind == ingest.EventPage {
		return true
	}
	for k := range s.v.Page.FrontMatter {
		if onlyEvents[strings.ToLower(k)] {
			return true
		}
	}
	return false
}

// called reports whether a title asks for what an occasion needs: "call for papers", "now accepting proposals".
func (s *signals) called() bool {
	ws := words(s.title)
	for i := range ws {
		if calls[ws[i]] && (i > 1 && ws[i-2] == "call" && ws[i-1] == "for" || i > 0 && ws[i-1] == "accepting") {
			return true
		}
	}
	return false
}

// letter reports whether a page, or its file, is called a regular letter: a newsletter, "Weekly 67", "Issue 14", "News, March 2031",
// "News Roundup".
func (s *signals) letter() bool {
	const longest = 8 // words of the title of an issue
	p := s.v.Page
	switch p.Kind {
	case ingest.EventPage, ingest.PostPage, ingest.OtherPage:
	default:
		return false // a project may be called so
	}
	if strings.Contains(p.Path, "#") {
		return false // a row of a file
	}
	for _, w := range words(strings.ToLower(strings.TrimSuffix(path.Base(p.Path), path.Ext(p.Path)))) {
		if regular[w] {
			return true
		}
	}
	if p.Kind == ingest.EventPage || s.reports() {
		return false
	}
	some, counted := false, false
	ws := words(s.title)
	for _, w := range ws {
		if regular[w] {
			return true
		}
		some = some || numbered[w]
		counted = counted || w == "9" || w == "roundup" || months[w]
	}
	return some && counted && (len(ws) <= longest || numbered[ws[0]] && ws[1] == "9")
}

// quarters are those of a year.
var quarters = fold.Set(`q1 q2 q3 q4`)

// workPlaces are words of collections that list what can be read elsewhere.
var workPlaces = fold.Set(`sources literature references bibliography reading publications`)

// reports reports whether a title says that the page tells how something stands, and not how an occasion went: "Project status, August
// 2031", "Monthly report".
func (s *signals) reports() bool {
	if slices.ContainsFunc(words(s.title), func(w string) bool { return occasions[w] || occasions[strings.TrimSuffix(w, "s")] }) {
		return false
	}
	if slices.ContainsFunc(strings.Fields(s.title), func(w string) bool { return quarters[w] }) {
		return true
	}
	if slices.ContainsFunc(words(strings.ToLower(s.v.Page.Collection)), func(w string) bool { return workPlaces[w] }) {
		return false // where works are listed, that of each is its title
	}
	return slices.ContainsFunc(words(s.title), func(w string) bool { return titleKinds["how it stands"][w] })
}
