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

	"rapporteur/search/answer"
	"rapporteur/search/store"

	"rapporteur/ingest"
)

// How many of a kind the home page shows.
const (
	homeLatest = 5
	homeTopics = 10
	homeNames  = 8
	homeAsks   = 3
	homeRecent = 30 // asks of which these are chosen
)

type homePage struct {
	frame
	Events        int // pages of events
	Counts        []count
	Kinds         string   // how many of the pages are events, posts and others
	Questions     []choice // that open real answers
	Latest        []answer.ListedPage
	Writing       []answer.ListedPage
	Topics        []answer.Listed
	Speakers      []answer.Listed
	Organisations []answer.Listed
	Asks          []answer.Recommendation
	When          calendarOfDots
	Years         chart
}

// count is a number with what it counts.
type count struct {
	Number int
	What   string
	Href   string
	Years  chart
}

// countsOf says what a generation holds.
func countsOf(x *texts, c store.Counts) []count {
	of := func(n int, kind, href string) count {
		return count{Number: n, What: x.n("counts."+kind, n), Href: href}
	}
	return []count{
		of(c.Pages, "pages", "/events"), of(c.People, "people", "/people"), of(c.Organisations, "organisations", "/organisations"),
		of(c.Topics, "topics", "/topics"), of(c.Countries, "countries", "/countries"),
		of(c.Recommendations, "recommendations", "/recommendations"),
	}
}

func (s *Site) home(v *visit) error {
	c, m, x := v.gen.Catalogue(), v.gen.Manifest(), v.texts()
	asks, _, err := v.gen.Recommendations(v.ctx(), answer.Request{Sort: "date", Limit: homeRecent})
	if err != nil {
		return err
	}
	said := func(r answer.Recommendation) int { // who asks, and whom: what says both comes first
		n := 0
		for _, known := range []bool{r.By != nil, r.To != ""} {
			if known {
				n++
			}
		}
		return n
	}
	slices.SortStableFunc(asks, func(a, b answer.Recommendation) int { return said(b) - said(a) })
	asks = part(asks, homeAsks, 0)
	slices.SortStableFunc(asks, func(a, b answer.Recommendation) int { return cmp.Compare(b.Date, a.Date) })
	events, writing := selectPages(c.Pages, string(ingest.EventPage), ""), selectPages(c.Pages, string(ingest.PostPage), "")
	p := &homePage{
		frame:         frame{Here: "home", Bare: true, Feed: "/events.atom", Live: c.URL},
		Events:        len(events),
		Counts:        countsOf(x, m.Counts),
		Latest:        part(events, homeLatest, 0),
		Writing:       part(writing, homeLatest, 0),
		Topics:        named(part(c.Topics, homeTopics, 0)),
		Speakers:      byEvents(c.People),
		Organisations: byEvents(c.Organisations),
		Asks:          asks,
		When:          dotsOf(x, events),
		Years:         chartOf(x, x.t("chart.pages"), c.Years, func(y answer.FacetValue) string { return "/events?year=" + y.Value }),
	}
	p.Summary = x.t("home.summary", c.Site)
	p.Data = thing("WebSite", m.Name)
	if len(events) == 0 {
		p.Latest = part(c.Pages, homeLatest, 0)
	}
	p.Questions = questionsFor(x, p)
	if rest := m.Counts.Pages - len(events) - len(writing); len(events)+len(writing) > 0 {
		var kinds []string
		for _, k := range []count{{Number: len(events), What: "events"}, {Number: len(writing), What: "posts"}, {Number: rest, What: "others"}} {
			if k.Number > 0 {
				kinds = append(kinds, x.n(k.What, k.Number))
			}
		}
		p.Kinds = strings.Join(kinds, ", ")
	}
	return s.render(v, http.StatusOK, "home", p)
}

// questionsFor are three questions that this site answers.
func questionsFor(x *texts, p *homePage) []choice {
	var out []choice
	if n := len(p.Organisations); n > 0 {
		o := p.Organisations[min(1, n-1)] // the first one is mostly the site's own
		out = append(out, choice{Name: x.t("home.q.for", o.Name), Href: o.Href})
	}
	if len(p.Topics) > 0 {
		t := p.Topics[0]
		out = append(out, choice{Name: x.t("home.q.about", t.Name), Href: "/recommendations?" +
			url.Values{"topic": {string(t.ID)}}.Encode()})
	}
	if n := len(p.Organisations); n > 2 {
		from, to := p.Organisations[1], p.Organisations[n-1]
		out = append(out, choice{
			Name: x.t("home.q.linked", from.Name, to.Name),
			Href: "/explore?" + url.Values{"from": {string(from.ID)}, "to": {string(to.ID)}}.Encode(),
		})
	}
	return out
}

// calendarOfDots is how many events there were in each month: a row a year, a dot a month, the larger the more.
type calendarOfDots struct {
	Height  int
	Rows    []yearOfDots
	Fullest string // the month with the most, in words
	Most    int
}

type yearOfDots struct {
	Year   string
	Y, Mid int
	Dots   []monthDot
	Months [12]int
	Count  int
}

type monthDot struct {
	X      int
	Radius string
}

func dotsOf(x *texts, events []answer.ListedPage) calendarOfDots {
	months := map[string]*yearOfDots{}
	var years []string
	var c calendarOfDots
	for _, e := range events {
		t, err := time.Parse(time.DateOnly, e.Date)
		if err != nil {
			continue
		}
		y := months[e.Date[:4]]
		if y == nil {
			y = &yearOfDots{Year: e.Date[:4]}
			months[y.Year], years = y, append(years, y.Year)
		}
		y.Count++
		if y.Months[t.Month()-1]++; y.Months[t.Month()-1] > c.Most {
			c.Most, c.Fullest = y.Months[t.Month()-1], x.monthOf(t, x.months)
		}
	}
	slices.Sort(years)
	if extra := len(years) - shownYears; extra > 0 {
		years = years[extra:]
	}
	for i, year := range years {
		y := months[year]
		y.Y, y.Mid = 38+26*i, 34+26*i
		for m, n := range y.Months {
			if n > 0 {
				y.Dots = append(y.Dots, monthDot{52 + 23*m, fmt.Sprintf("%.1f", 2.5+7.5*math.Sqrt(float64(n)/float64(c.Most)))})
			}
		}
		c.Rows = append(c.Rows, *y)
	}
	c.Height = 30 + 26*len(years)
	return c
}

// named leaves out what no page names. The list is by number of pages.
func named(list []answer.Listed) []answer.Listed {
	if i := slices.IndexFunc(list, func(l answer.Listed) bool { return l.Pages == 0 }); i >= 0 {
		return list[:i]
	}
	return list
}

// byEvents returns those who spoke, or were spoken for, at the most events.
func byEvents(list []answer.Listed) []answer.Listed {
	list = slices.DeleteFunc(slices.Clone(list), func(l answer.Listed) bool { return l.Events == 0 })
	slices.SortStableFunc(list, func(a, b answer.Listed) int { return cmp.Compare(b.Events, a.Events) })
	return part(list, homeNames, 0)
}
