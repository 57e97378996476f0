package site

import (
	"path"
	"regexp"
	"strings"
	"unicode"

	"rapporteur/ingest"
	"rapporteur/ingest/language"
)

// kindWords say what a folder, collection, layout or type is named after. Longer and rarer words come first where one
// name could hold two.
var kindWords = []struct {
	kind  ingest.PageKind
	words *regexp.Regexp
}{
	{ingest.PersonPage, regexp.MustCompile(`^(?:people|persons?|team|staff|authors?|speakers?|presenters?|members?|profiles?|contributors?|advisors?|fellows|bios?|leadership|alumni|mentors|volunteers)$`)},
	{ingest.OrganisationPage, regexp.MustCompile(`^(?:organi[sz]ations?|orgs?|funders?|partners?|sponsors?|institutions?|companies|clients|supporters?)$`)},
	{ingest.TopicPage, regexp.MustCompile(`^(?:topics?|themes?|tags?|subjects?)$`)},
	{ingest.ProjectPage, regexp.MustCompile(`^(?:projects?|programmes|initiatives)$`)},
	{ingest.EventPage, regexp.MustCompile(`^(?:events?|talks?|meetups?|meetings?|seminars?|webinars?|workshops?|conferences?|calls?|commcalls?|sessions?|summits?|unconferences?|hackathons?|symposi(?:um|a)|lectures?|roundtables?|gatherings?|programs?|schedules?|panels?|minutes)$`)},
	{ingest.PostPage, regexp.MustCompile(`^(?:posts?|blogs?|news|articles?|newsletters?|stories|updates?|press)$`)},
}

// eventName are words of a file's name or title that only an event's page has, where no folder says what the pages are.
var eventName = regexp.MustCompile(`(?i)(?:^|[^a-z])(?:meet-?up|seminar|webinar|workshop|conference|community[ -](?:call|meeting)|summit|hackathon|un-?conference|symposium|roundtable|panel|sprint|meeting|agm|call[ -]notes|ideathon|\w*con)(?:s|$|[^a-z])`)

// eventKeys are front matter that only an event has.
var eventKeys = []string{"speaker", "speakers", "venue", "event_date", "eventDate", "start_time", "startTime", "panelists", "panellists", "presenters", "upcoming", "event_type"}

func kindNamed(name string) ingest.PageKind {
	tokens := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) })
	for i := len(tokens) - 1; i >= 0; i-- { // the last word says what a thing is: "project-people" are people
		for _, k := range kindWords {
			if k.words.MatchString(tokens[i]) {
				return k.kind
			}
		}
		if kind := language.Folder(tokens[i]); kind != "" {
			return ingest.PageKind(kind)
		}
	}
	return ""
}

// kindOf says what a page is about: by its own word, by where it stands, by what its front matter holds, in this order.
func (c *config) kindOf(s *source, title string) ingest.PageKind {
	index := s.stem() == "_index" || s.stem() == "index" && s.collection == strings.Trim(path.Dir(s.rel), "_")
	if index {
		return ingest.OtherPage // the list of a section
	}
	for _, key := range []string{"type", "layout", "kind", "template"} {
		if named := kindNamed(strings.TrimSuffix(s.matter.inside(key), ".html")); named != "" && named != ingest.PostPage {
			if named == ingest.EventPage || s.collection == "" || kindNamed(s.collection) == named || kindNamed(s.collection) == "" {
				return named
			}
		}
	}
	if s.collection != "" {
		if named := kindNamed(s.collection); named == ingest.PostPage {
			return s.postOrEvent()
		} else if named != "" {
			return named
		}
	}
	for dir := path.Dir(s.rel); dir != "."; dir = path.Dir(dir) {
		if named := kindNamed(path.Base(dir)); named == ingest.PostPage {
			return s.postOrEvent()
		} else if named != "" && s.stem() != "index" {
			return named
		}
	}
	for _, key := range eventKeys {
		if _, ok := s.matter.values[key]; ok {
			return ingest.EventPage
		}
	}
	if s.collection != "" && c.file != "" {
		return ingest.OtherPage // a collection of something else
	}
	if eventName.MatchString(s.stem()) || eventName.MatchString(title) {
		return ingest.EventPage
	}
	if kindNamed(s.matter.inside("layout")) == ingest.PostPage || s.date != "" {
		return s.postOrEvent()
	}
	return ingest.OtherPage
}

// postOrEvent tells a post that announces or reports an event from others: its categories or speakers say so.
func (s *source) postOrEvent() ingest.PageKind {
	for _, cat := range append(s.matter.list("category", false), s.matter.list("categories", true)...) {
		if kindNamed(cat) == ingest.EventPage {
			return ingest.EventPage
		}
	}
	for _, key := range eventKeys {
		if _, ok := s.matter.values[key]; ok {
			return ingest.EventPage
		}
	}
	return ingest.PostPage
}
