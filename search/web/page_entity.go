package web

import (
	"cmp"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/present"

	"rapporteur/ingest"
)

// How much of a long list an entity's page shows at once.
const (
	shownOccurrences = 8
	shownNear        = 8
	shownConnections = 12
	shownAsks        = 6
	shownTies        = 12
)

type entityPage struct {
	frame
	Section   section
	Profile   *answer.Profile
	Also      []string // other names than the one shown, whatever their case
	Answer    []piece  // who or what this is, in sentences made of facts
	Key       bool     // it shows facts, so the marks are explained
	Downloads []download

	Now, MoreNow []fact
	Before       []fact
	Speakers     []speaker // of an organisation
	Did          []count   // what there is of a person, each with its years
	Spoke        []occurrence
	Wrote        []occurrence
	Named        []occurrence
	Asks         []askGroup
	MoreAsks     string // address of all its recommendations, if there are more
	SpokeWith    []fact
	Tied         []fact // to people and bodies: a sentence says so
	Topics       []fact
	Countries    []fact
	Near         []fact // only named on the same pages
	Years        chart
	Search       string // address of a search narrowed to it
	Picture      string // address of the page with its picture
	Wrong        string
}

// speaker is somebody who spoke for an organisation.
type speaker struct {
	To    answer.Ref
	Roles []string
	Gone  bool // pages say since that it is over
	At    []occurrence
	Strip strip
}

func (s *Site) entity(v *visit, in section) error {
	id, err := findEntity(v.gen.Catalogue(), in.Kind, v.r.PathValue("slug"))
	if err != nil {
		return suggested(v, err)
	}
	if here := present.Href(in.Kind, id); here != v.r.URL.Path && here != v.r.URL.EscapedPath() {
		http.Redirect(v.w, v.r, s.prefix+here, http.StatusMovedPermanently)
		return nil
	}
	profile, err := v.gen.Profile(v.ctx(), id)
	if err != nil {
		return err
	}
	if wantsSheet(v.r.URL.Query()) {
		return s.take(v, profileSheet(v.texts(), profile))
	}
	x := v.texts()
	p := &entityPage{
		frame:   frame{Title: profile.Name, Here: in.Path, Feed: profile.Href + "/feed.atom", OpenGraph: "profile"},
		Section: x.section(in), Profile: profile, Also: profile.OtherNames(),
		Search:    "/search?" + url.Values{string(in.Kind): {valueOf(profile)}}.Encode(),
		Picture:   "/explore?" + url.Values{"of": {string(profile.ID)}}.Encode(),
		Wrong:     wrongOf(profile.ID, ""),
		Downloads: entityDownloads(x, profile),
	}
	if profile.OwnPage != nil {
		p.Live = v.gen.Catalogue().URLOf(profile.OwnPage.ID)
	}
	more := false
	p.Asks, more = asksAround(x, profile)
	if more {
		p.MoreAsks = "/recommendations?" + url.Values{string(in.Kind): {valueOf(profile)}}.Encode()
	}
	p.fill(x, profile)
	p.Answer = answerOf(x, profile)
	p.Summary = plain(p.Answer)
	p.Data = entityData(profile, s.base(v.r))
	return s.render(v, http.StatusOK, "entity", p)
}

// fill arranges what is known of a thing as its page shows it.
func (p *entityPage) fill(x *texts, profile *answer.Profile) {
	affiliations := slices.Clone(profile.Affiliations)
	if profile.Kind == kinds.Organisation { // of its people those come first of whom a page said so last
		slices.SortStableFunc(affiliations, func(a, b answer.Affiliation) int { return strings.Compare(b.Last, a.Last) })
	}
	now := affiliationFacts(x, profile, affiliations, "")
	p.Now, p.MoreNow = part(now, shownTies, 0), part(now, len(now), shownTies)
	p.Before = affiliationFacts(x, profile, profile.Before, past)
	var spoke, wrote, named []answer.Appearance
	for _, a := range profile.Appearances {
		switch {
		case (a.Speaker || len(a.Spoke) > 0) && isEvent(a):
			spoke = append(spoke, a)
		case a.Author:
			wrote = append(wrote, a)
		default:
			named = append(named, a)
		}
	}
	p.Wrote, p.Named = occurrencesOf(x, profile, part(wrote, shownOccurrences, 0)), occurrencesOf(x, profile, part(named, shownOccurrences, 0))
	p.Spoke = occurrencesOf(x, profile, part(spoke, shownOccurrences, 0))
	if profile.Kind == kinds.Organisation {
		p.Speakers = speakersOf(x, profile, spoke)
	}
	if profile.Kind == kinds.Person {
		p.Did = doneBy(x, profile)
	}
	p.Years = chartOf(x, x.t("chart.naming", profile.Name), profile.Years, func(y answer.FacetValue) string {
		return "/search?" + url.Values{string(profile.Kind): {valueOf(profile)}, "year": {y.Value}}.Encode()
	})
	p.SpokeWith = connectionFacts(x, profile.ID, part(profile.CoSpeakers, shownNear, 0), "",
		func(c answer.Connection) int { return max(c.Spoke, 1) }, "counts.events")
	var tied, near []answer.Connection
	for _, kind := range []kinds.Kind{kinds.Person, kinds.Organisation} {
		for _, c := range profile.Connections[string(kind)] {
			if c.Said > 0 {
				tied = append(tied, c)
			} else {
				near = append(near, c)
			}
		}
	}
	slices.SortStableFunc(near, func(a, b answer.Connection) int { return cmp.Or(b.Near-a.Near, b.Pages-a.Pages) })
	known := func(c answer.Connection) bool { // what stands on the page already
		to := func(f fact) bool { return f.To.ID == c.To.ID }
		with := func(o answer.Connection) bool { return o.To.ID == c.To.ID }
		return slices.ContainsFunc(now, to) || slices.ContainsFunc(p.Before, to) ||
			slices.ContainsFunc(profile.CoSpeakers, with) ||
			slices.ContainsFunc(p.Speakers, func(s speaker) bool { return s.To.ID == c.To.ID })
	}
	tied = slices.DeleteFunc(tied, func(c answer.Connection) bool { return len(c.Evidence) == 0 || known(c) })
	near = slices.DeleteFunc(near, known)
	pages := func(c answer.Connection) int { return c.Pages }
	p.Tied = connectionFacts(x, profile.ID, part(tied, shownConnections, 0), "", func(c answer.Connection) int { return c.Said },
		"counts.pages")
	near = slices.DeleteFunc(near, func(c answer.Connection) bool { return c.Near == 0 && c.Pages < 2 }) // which says nothing
	// few are those nearest, in the order of the figures that stand beside them.
	few := func(list []answer.Connection) []answer.Connection {
		list = slices.Clone(part(list, shownNear, 0))
		slices.SortStableFunc(list, func(a, b answer.Connection) int { return b.Pages - a.Pages })
		return list
	}
	p.Near = connectionFacts(x, profile.ID, few(near), "near", pages, "counts.pages")
	p.Topics = connectionFacts(x, profile.ID, few(profile.Connections[string(kinds.Topic)]), "", pages, "counts.pages")
	p.Countries = connectionFacts(x, profile.ID, few(profile.Connections[string(kinds.Country)]), "", pages, "counts.pages")
	p.Key = len(p.Now)+len(p.Before)+len(p.Near)+len(p.Tied)+len(p.SpokeWith)+len(p.Speakers) > 0
}

// isEvent reports whether a page is about an occasion, as the counts of a profile have it.
func isEvent(a answer.Appearance) bool {
	return a.PageKind == string(ingest.EventPage) && a.Genre != string(ingest.DigestGenre)
}

// askGroup is asks that have to do with a thing in one way.
type askGroup struct {
	ID, Title string
	Asks      []answer.Recommendation
}

// asksAround tells apart what a thing asks, what is asked of it, and what else has to do with it: at most shownAsks of each of the
// first two, fewer of the last. more says that there are others.
func asksAround(x *texts, profile *answer.Profile) (groups []askGroup, more bool) {
	var by, of, about []answer.Recommendation
	for _, a := range profile.Recommendations {
		switch {
		case asksItself(profile, a):
			by = append(by, a)
		case a.ToRef != nil && a.ToRef.ID == profile.ID:
			of = append(of, a)
		default:
			about = append(about, a)
		}
	}
	add := func(id, title string, list []answer.Recommendation, most int) {
		if len(list) > 0 {
			groups = append(groups, askGroup{id, x.t(title, profile.Name), part(list, most, 0)})
			more = more || len(list) > most
		}
	}
	if profile.Kind != kinds.Person && profile.Kind != kinds.Organisation {
		add("asks", "entity.asks", about, shownAsks)
		return groups, more
	}
	add("asks", "entity.asks."+string(profile.Kind), by, shownAsks)
	add("asked", "entity.asked", of, shownAsks)
	add("asks-naming", "entity.asksnaming", about, shownAsks/2)
	return groups, more
}

// asksItself reports whether an ask is of the person or organisation of a profile.
func asksItself(profile *answer.Profile, a answer.Recommendation) bool {
	return a.By != nil && a.By.ID == profile.ID
}

// doneBy counts what a person did, each with its years.
func doneBy(x *texts, profile *answer.Profile) []count {
	var out []count
	for _, what := range []string{"events", "posts", "pages"} {
		total := 0
		var years []answer.FacetValue
		for _, year := range profile.Did[what] {
			if total += year.Count; year.Value != "" {
				years = append([]answer.FacetValue{year}, years...)
			}
		}
		if total > 0 {
			name := x.n("did."+what, total)
			out = append(out, count{Number: total, What: name, Years: chartOf(x, capital(name), years, nil)})
		}
	}
	return out
}

// speakersOf are the people who spoke for an organisation, the latest first, each with when.
func speakersOf(x *texts, profile *answer.Profile, spoke []answer.Appearance) []speaker {
	var out []speaker
	at := map[ingest.IRI]int{}
	for _, a := range spoke {
		for _, person := range a.Spoke {
			i, ok := at[person.ID]
			if !ok {
				i = len(out)
				at[person.ID] = i
				out = append(out, speaker{To: person})
			}
			evidence := slices.DeleteFunc(slices.Clone(a.Evidence),
				func(e answer.Evidence) bool { return !strings.Contains(e.Quote, lastWord(person.Name)) })
			if len(evidence) == 0 {
				evidence = a.Evidence
			}
			one := occurrencesOf(x, profile, []answer.Appearance{a})[0]
			one.Label, one.Evidence = strings.Trim(x.shortDay(a.Date)+", "+shorten(a.Page.Name, 60), ", "), evidence
			out[i].At = append(out[i].At, one)
		}
	}
	for i := range out {
		for _, list := range [][]answer.Affiliation{profile.Affiliations, profile.Before} {
			for _, a := range list {
				if a.To.ID == out[i].To.ID {
					out[i].Roles, out[i].Gone = part(a.Roles, 2, 0), a.Former
				}
			}
		}
		out[i].Strip = stripOf(x, out[i].At, profile.First, profile.Last)
	}
	return out
}

// lastWord is what a name is short for.
func lastWord(name string) string {
	if f := strings.Fields(name); len(f) > 0 {
		return f[len(f)-1]
	}
	return name
}

// strip is a line of time with a dot for each occasion, 104 long.
type strip struct {
	Label string
	Ticks []string // where a year begins
	Dots  []string
}

// stripOf draws when something was, between the years of two dates.
func stripOf(x *texts, at []occurrence, first, last string) strip {
	day := func(date string) (float64, bool) {
		t, err := time.Parse(time.DateOnly, date)
		return float64(t.Year()) + float64(t.YearDay()-1)/366, err == nil
	}
	from, ok := day(first)
	until, okay := day(last)
	if !ok || !okay {
		return strip{}
	}
	from, until = math.Floor(from), math.Floor(until)+1
	place := func(x float64) string { return fmt.Sprintf("%.1f", 4+96*(x-from)/(until-from)) }
	var s strip
	for year := from; year < until; year++ {
		s.Ticks = append(s.Ticks, place(year))
	}
	var told []string
	for _, o := range at {
		if at, ok := day(o.Date); ok && at >= from && at <= until {
			s.Dots = append(s.Dots, place(at))
			told = append(told, x.longMonth(o.Date))
		}
	}
	slices.Reverse(told)
	s.Label = x.enumerate(slices.Compact(told))
	return s
}

// valueOf is what a search is narrowed to an entity by.
func valueOf(p *answer.Profile) string {
	if p.Kind == kinds.Country && p.Code != "" {
		return p.Code
	}
	return string(p.ID)
}
