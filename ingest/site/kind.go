package site

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/language"
)

// kindWords say what a folder, collection, layout or type is named after. Longer and rarer words come first where one
// name could hold two.
var kindWords = []struct {
	kind  ingest.PageKind
	words *regexp.Regexp
}{
	{ingest.PersonPage, regexp.MustCompile(`^(?:people|persons?|team|staff|authors?|speakers?|presenters?|members?|profiles?|contributors?|` +
		`advisors?|fellows|bios?|leadership|alumni|mentors|volunteers)$`)},
	{ingest.OrganisationPage, regexp.MustCompile(`^(?:organi[sz]ations?|orgs?|funders?|partners?|sponsors?|institutions?|companies|clients|` +
		`supporters?)$`)},
	{ingest.TopicPage, regexp.MustCompile(`^(?:topics?|themes?|tags?|subjects?)$`)},
	{ingest.ProjectPage, regexp.MustCompile(`^(?:projects?|programmes|initiatives)$`)},
	{ingest.EventPage, regexp.MustCompile(`^(?:events?|talks?|meetups?|meetings?|seminars?|webinars?|workshops?|conferences?|calls?|` +
		`commcalls?|sessions?|summits?|unconferences?|hackathons?|symposi(?:um|a)|lectures?|roundtables?|gatherings?|programs?|schedules?|` +
		`panels?|minutes)$`)},
	{ingest.PostPage, regexp.MustCompile(`^(?:posts?|blogs?|news|articles?|newsletters?|stories|updates?|press)$`)},
}

// eventName are words of a file's name or title that only an event's page has, where no folder says what the pages are.
var eventName = regexp.MustCompile(`(?i)(?:^|[^a-z])(?:meet-?up|seminar|webinar|workshop|conference|community[ -](?:call|meeting)|` +
	`summit|hackathon|un-?conference|symposium|roundtable|panel|sprint|meeting|agm|call[ -]notes|ideathon|\w*con)(?:s|$|[^a-z])`)

// eventKeys are front matter that only an event has.
var eventKeys = []string{"speaker", "speakers", "venue", "event_date", "eventDate", "start_time", "startTime", "panelists", "panellists",
	"presenters", "upcoming", "event_type"}

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

// kindOf says what a page is about: by its own word, by where it stands (the nearest folder goes first), by what its front
// matter holds, in this order.
func (c *config) kindOf(s *source, title string, names namer) ingest.PageKind {
	stem, dir := s.stem(), path.Dir(s.rel)
	if s.lang != "" {
		stem = strings.TrimSuffix(stem, "."+s.lang)
	}
	index := stem == "_index" || stem == "index" && s.collection == strings.Trim(path.Dir(s.rel), "_")
	if index && stem == "_index" && c.generator == hugo && kindNamed(path.Base(path.Dir(dir))) == ingest.TopicPage {
		return ingest.TopicPage // the own page of a term
	}
	if index {
		return ingest.OtherPage // the list of a section
	}
	fits := func(kind ingest.PageKind) bool { // whether a page may be what its folder is called
		return kind != ingest.PersonPage || title == "" || s.aboutPerson(title, names)
	}
	for _, key := range []string{"type", "layout", "kind", "template"} {
		if named := kindNamed(strings.TrimSuffix(s.matter.inside(key), ".html")); named == ingest.EventPage && s.listsEvents(title) {
			return ingest.OtherPage
		} else if named != "" && named != ingest.PostPage && fits(named) {
			if named == ingest.EventPage || s.collection == "" || kindNamed(s.collection) == named || kindNamed(s.collection) == "" {
				return named
			}
		}
	}
	if s.inherited["tags"] {
		for _, tag := range texts(s.matter.values["tags"]) {
			if named := kindNamed(tag); named != "" && strings.HasSuffix(tag, "s") && fits(named) {
				return named
			}
		}
	}
	for at := dir; at != "." && at != "/"; at = path.Dir(at) {
		named := kindNamed(path.Base(at))
		if s.collection != "" && path.Dir(at) == "." {
			if own := kindNamed(s.collection); own != "" {
				named = own
			}
		}
		switch {
		case named == ingest.PostPage:
			return s.postOrEvent()
		case named == "" || stem == "index" && at == dir && path.Dir(at) != "." || !fits(named):
		default:
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
	if s.listsEvents(title) {
		return ingest.OtherPage
	}
	if eventName.MatchString(s.stem()) || eventName.MatchString(title) {
		return ingest.EventPage
	}
	if kindNamed(s.matter.inside("layout")) == ingest.PostPage || s.date != "" {
		return s.postOrEvent()
	}
	return ingest.OtherPage
}

// listsEvents reports whether a page is called by nothing but the word for events, as "events.md" and "seminars.md" are, and has no
// day of its own, nor one in its title: it lists them.
func (s *source) listsEvents(title string) bool {
	if _, _, dated := findDays(title); dated {
		return false
	}
	stem := strings.ToLower(s.stem())
	return s.collection == "" && s.date == "" && strings.HasSuffix(stem, "s") && kindNamed(stem) == ingest.EventPage
}

// aboutPerson reports whether a page in a folder of people is that of one of them: it gives a name, or is called like somebody.
func (s *source) aboutPerson(title string, names namer) bool {
	for _, l := range s.matter.leaves {
		if k := foldKey(l.path[0]); len(l.path) == 1 && (wholeNames[k] || slices.Contains(lastNames, k)) && strings.TrimSpace(l.value) != "" {
			return true
		}
	}
	words := strings.Fields(title)
	if len(words) > 6 {
		return false
	}
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		if unicode.IsLower(first) && !smallParticle[w] && names.class(w)&(gazetteer.Particle|gazetteer.Role|gazetteer.PostNominal) == 0 &&
			!strings.ContainsAny(w, "'’") && !unicode.IsDigit(first) && len(words) > 1 {
			return false
		}
	}
	return true
}

// mistakenForPeople finds the pages in folders named after people that are about something else: nothing on them says that they
// are somebody's, and most pages of their collection are nobody's either. A guide for a team is no person.
func (c *config) mistakenForPeople(sources []*source, names namer) []*source {
	type count struct{ named, all int }
	of := map[string]*count{}
	var doubtful []*source
	for _, s := range sources {
		if s.kind != ingest.PersonPage || c.decidedKind(s) != "" {
			continue
		}
		n := of[s.collection]
		if n == nil {
			n = &count{}
			of[s.collection] = n
		}
		title, _ := s.matter.title()
		if title == "" {
			title = firstHeading(s.body)
		}
		n.all++
		if s.personal() || names.person(title) || names.uncommon(title) {
			n.named++
		} else {
			doubtful = append(doubtful, s)
		}
	}
	return slices.DeleteFunc(doubtful, func(s *source) bool { n := of[s.collection]; return n.named*2 >= n.all })
}

// personal reports whether the front matter says things that are said of people only.
func (s *source) personal() bool {
	if name, _ := s.matter.name(); name != "" {
		return true
	}
	for _, key := range []string{"type", "layout", "kind", "template"} {
		if kindNamed(strings.TrimSuffix(s.matter.inside(key), ".html")) == ingest.PersonPage && !s.inherited[key] {
			return true
		}
	}
	return slices.ContainsFunc(s.matter.leaves, func(l leaf) bool {
		h := keyHolds(place(l)[0])
		return h.part == "" && (h.role == roleJob || h.role == roleOrganisation) || personalKeys[foldKey(place(l)[0])]
	})
}

// personalKeys are keys that only a page of a person has, as foldKey writes them.
var personalKeys = fold.Set(`bio biography twitter github orcid pronouns linkedin mastodon email headshot avatar affiliation social`)

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
