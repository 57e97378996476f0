package web

import (
	"cmp"
	"net/http"
	"slices"

	"rapporteur/search/answer"
	"rapporteur/search/store"
)

// How many of a kind the home page shows.
const (
	homeLatest = 6
	homeTopics = 12
	homeNames  = 8
	homeAsks   = 3
)

type homePage struct {
	frame
	Counts        []count
	Latest        []answer.ListedPage
	Topics        []answer.Listed
	Speakers      []answer.Listed
	Organisations []answer.Listed
	Asks          []answer.Recommendation
	Years         []bar
}

// count is a number with what it counts.
type count struct {
	Number int
	What   string
	Href   string
}

// countsOf says what a generation holds.
func countsOf(c store.Counts) []count {
	of := func(n int, one, many, href string) count {
		if n == 1 {
			return count{n, one, href}
		}
		return count{n, many, href}
	}
	return []count{
		of(c.Pages, "page", "pages", "/events"), of(c.People, "person", "people", "/people"),
		of(c.Organisations, "organisation", "organisations", "/organisations"), of(c.Topics, "topic", "topics", "/topics"),
		of(c.Countries, "country", "countries", "/countries"), of(c.Recommendations, "recommendation", "recommendations", "/recommendations"),
	}
}

// bar is a value of a chart. Share is its part of the largest one, from 0 to 100.
type bar struct {
	answer.FacetValue
	Share int
	Href  string
}

func (s *Site) home(v *visit) error {
	c, m := v.gen.Catalogue(), v.gen.Manifest()
	asks, _, err := v.gen.Recommendations(v.ctx(), answer.Request{Sort: "date", Limit: homeAsks})
	if err != nil {
		return err
	}
	return s.render(v, http.StatusOK, "home", &homePage{
		frame:         frame{Here: "home", Bare: true, Feed: "/events.atom", Live: c.URL},
		Counts:        countsOf(m.Counts),
		Latest:        part(c.Pages, homeLatest, 0),
		Topics:        named(part(c.Topics, homeTopics, 0)),
		Speakers:      bySpeaking(c.People),
		Organisations: bySpeaking(c.Organisations),
		Asks:          asks,
		Years:         bars(c.Years, func(y answer.FacetValue) string { return "/events?year=" + y.Value }),
	})
}

// named leaves out what no page names. The list is by number of pages.
func named(list []answer.Listed) []answer.Listed {
	if i := slices.IndexFunc(list, func(l answer.Listed) bool { return l.Pages == 0 }); i >= 0 {
		return list[:i]
	}
	return list
}

// bySpeaking returns those who spoke, or were spoken for, at the most events.
func bySpeaking(list []answer.Listed) []answer.Listed {
	list = slices.DeleteFunc(slices.Clone(list), func(l answer.Listed) bool { return l.Speaking == 0 })
	slices.SortStableFunc(list, func(a, b answer.Listed) int { return cmp.Compare(b.Speaking, a.Speaking) })
	return part(list, homeNames, 0)
}

// bars makes a chart of counts. A count that is not nought shows.
func bars(values []answer.FacetValue, href func(answer.FacetValue) string) []bar {
	most := 1
	for _, v := range values {
		most = max(most, v.Count)
	}
	out := make([]bar, len(values))
	for i, v := range values {
		out[i] = bar{v, (v.Count*100 + most - 1) / most, href(v)}
	}
	return out
}
