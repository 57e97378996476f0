package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"

	"rapporteur/ingest"
)

type searchPage struct {
	frame
	Request     answer.Request
	Response    *answer.Response
	Total       int
	Grouped     bool         // things and asks stand apart from the pages
	Things      []answer.Hit // people, bodies, topics and countries that fit best
	ThingsTotal int
	Asks        []answer.Recommendation
	AsksTotal   int
	AllAsks     string // address of all asks, by who asks
	AllPages    string
	Groups      []answer.RecommendationGroup // on the page of recommendations, instead of hits
	By          string                       // what they are grouped by
	Groupings   []choice
	Downloads   []download
	Tabs        []choice
	Sorts       []choice
	Facets      []facet
	Chips       []choice
	Pager       pager
	Suggestion  choice
	Instead     choice  // where the results are for the suggestion: what was typed
	Hidden      []field // what the form keeps when the words are changed
	Reset       string  // the same words without filters
	Action      string
	Problem     string // what is wrong with what was asked
	Long        bool   // the query is too long to stand in many links: there are none that narrow or order what it finds
}

// choice is a link that changes what is asked.
type choice struct {
	Name, Href string
	Count      int
	On         bool
}

// facet is a list of choices of one kind.
type facet struct {
	Title  string
	Values []choice
	Open   bool
}

type field struct{ Name, Value string }

// pager leads through a long list.
type pager struct {
	First, Last, Total int // of what is shown, from 1
	Previous, Next     string
}

// narrowedQuery is how long a query may be, in bytes, that stands in the links that narrow, order and take away what it finds: of
// a longer text those would be most of the page.
const narrowedQuery = 1000

// facetTitles are the facets that are shown, in their order: by the parameter that they set.
var facetTitles = []string{"year", "topic", "organisation", "person", "country", "category", "genre", "site"}

// hitKinds are the kinds of hit that can be searched for alone, in the order in which they are offered, all of them first.
var hitKinds = append([]kinds.Kind{"", kinds.Page, kinds.Recommendation}, kinds.Named()...)

// pagesAlone are the kinds of page that can be searched for alone.
var pagesAlone = []string{string(ingest.EventPage), string(ingest.PostPage), string(ingest.ProjectPage)}

// requestOf reads a search from the parameters of an address. Wrong ones are refused, with the reason.
func requestOf(q url.Values) (answer.Request, error) {
	req := answer.Request{
		Query: strings.TrimSpace(q.Get("q")),
		Filter: answer.Filter{
			People: given(q["person"]), Organisations: given(q["organisation"]), Countries: given(q["country"]), Topics: given(q["topic"]),
			Categories: given(q["category"]), Genres: given(q["genre"]), Sites: given(q["site"]),
			Years: given(q["year"]), From: strings.TrimSpace(q.Get("from")),
			To: strings.TrimSpace(q.Get("to")),
		},
		Sort:  q.Get("sort"),
		Limit: 20,
	}
	if len(req.Query) > maxQuery {
		return req, refuse(http.StatusBadRequest, "e.longquery", len(req.Query), maxQuery)
	}
	for name, values := range q {
		if len(values) > 50 {
			return req, refuse(http.StatusBadRequest, "e.often", clip(name), len(values))
		}
	}
	for _, k := range given(q["kind"]) {
		if !slices.Contains(hitKinds[1:], kinds.Kind(k)) && !slices.Contains(pagesAlone, k) {
			return req, refuse(http.StatusBadRequest, "e.nokind", clip(k))
		}
		req.Filter.Kinds = append(req.Filter.Kinds, kinds.Kind(k))
	}
	for _, date := range []string{req.Filter.From, req.Filter.To} {
		if date != "" && !answer.ValidDate(date) {
			return req, refuse(http.StatusBadRequest, "e.nodate", clip(date))
		}
	}
	if req.Sort != "" && req.Sort != "relevance" && req.Sort != "date" {
		return req, refuse(http.StatusBadRequest, "e.nosort", clip(req.Sort))
	}
	var err error
	if req.Limit, err = number(q, "limit", 20, 1, maxLimit); err != nil {
		return req, err
	}
	req.Offset, err = number(q, "offset", 0, 0, 10000)
	return req, err
}

// number reads a parameter that is a number.
func number(q url.Values, name string, missing, least, most int) (int, error) {
	value := q.Get(name)
	if value == "" {
		return missing, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > most {
		return missing,
			refuse(http.StatusBadRequest, "e.nonumber", clip(value), name, least, most)
	}
	return n, nil
}

// given leaves out empty values, as a form sends for what was not filled in.
func given(values []string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return strings.TrimSpace(v) == "" })
}

func (s *Site) search(v *visit) error {
	q, x := v.r.URL.Query(), v.texts()
	req, err := requestOf(q)
	if err != nil {
		return err
	}
	status, wrong := http.StatusOK, ""
	grouped := len(req.Filter.Kinds) == 0 && req.Offset == 0 && q.Get("sort") != "date" && !wantsSheet(q)
	all := req
	if grouped {
		all.Limit = 1 // what is shown is found kind by kind
	}
	found, err := v.gen.Search(v.ctx(), all)
	if err == nil && grouped && found.Total == 0 { // what has only some of the words is one list
		found, err = v.gen.Search(v.ctx(), req)
	}
	if unreadable := (*answer.QueryError)(nil); errors.As(err, &unreadable) {
		status, wrong, found = http.StatusBadRequest, s.detail(x, err, s.explain(v, err).Detail), &answer.Response{}
	} else if err != nil {
		return err
	}
	if wrong == "" && wantsSheet(q) {
		return s.take(v, hitsSheet(strings.TrimSpace(x.t("search.title", req.Query)), found))
	}
	p := asked(x, "/search", q, req, found.Total)
	p.Pager = paging(p.Action, q, found.Total+found.Partial, req.Limit, req.Offset)
	p.Problem = wrong
	p.Response = found
	if !p.Long {
		p.Downloads = downloads(x, "/search", q, download{Name: x.t("feed"), What: x.t("feed.fits"), Href: feedOf("/search.atom", q)})
		p.Feed = feedOf("/search.atom", q)
	}
	p.Title = x.t("section.search")
	if req.Query != "" {
		p.Title = clip(req.Query)
	}
	if wrong == "" && grouped && found.Total > 0 {
		if err := s.groupHits(v, q, req, p); err != nil {
			return err
		}
	}
	if p.Long {
		return s.render(v, status, "search", p)
	}
	for _, k := range hitKinds {
		on := len(req.Filter.Kinds) == 0 && k == "" || slices.Contains(req.Filter.Kinds, k)
		tab := choice{Name: x.t("hits." + cmp.Or(string(k), "all")), Href: with(p.Action, q, "kind", string(k)), On: on}
		switch {
		case on:
			tab.Count = found.Total
		case p.Grouped && k == kinds.Page:
			tab.Count = p.Pager.Total
		case p.Grouped && k == kinds.Recommendation:
			tab.Count = p.AsksTotal
		}
		p.Tabs = append(p.Tabs, tab)
	}
	p.narrow(x, v.gen.Catalogue(), q, found.Facets)
	for _, u := range found.Understood {
		p.Chips = append(p.Chips, choice{Name: x.t("search.readas", x.orElse("a."+u.Field, u.Field), u.Name),
			Href: with(p.Action, q, "q", u.Without)})
	}
	if found.Suggestion != nil {
		p.Suggestion = choice{Name: *found.Suggestion, Href: with(p.Action, q, "q", *found.Suggestion)}
		if found.Instead != "" {
			p.Instead = choice{Name: found.Instead, Href: with(p.Action, q, "q", found.Instead)}
		}
	}
	return s.render(v, status, "search", p)
}

// How many of each kind the first page of a search shows.
const (
	bestThings = 3
	askedFor   = 9 // people or bodies, where the query is a question for them
	bestAsks   = 2
	bestPages  = 10
)

// groupHits puts what was found apart: things, asks, pages, the best of each.
func (s *Site) groupHits(v *visit, q url.Values, req answer.Request, p *searchPage) error {
	find := func(limit int, wanted ...kinds.Kind) (*answer.Response, error) {
		req.Filter.Kinds, req.Limit, req.NoFacets = wanted, limit, true // the search of all kinds has them
		found, err := v.gen.Search(v.ctx(), req)
		if err == nil {
			found.Hits = slices.DeleteFunc(found.Hits, func(h answer.Hit) bool { return !slices.Contains(wanted, h.Kind) })
		}
		return found, err
	}
	most := bestThings
	if p.Response.Asked != nil {
		most = askedFor
	}
	things, err := find(most, kinds.Named()...)
	if err != nil {
		return err
	}
	pages, err := find(bestPages, kinds.Page)
	if err != nil {
		return err
	}
	req.Filter.Kinds, req.Limit = nil, bestAsks
	if p.Asks, p.AsksTotal, err = v.gen.Recommendations(v.ctx(), req); err != nil {
		return err
	}
	p.Grouped = true
	if !things.AnyWord || p.Response.AnyWord {
		p.Things, p.ThingsTotal = things.Hits, things.Total
		if things.Total > 0 && len(p.Things) > things.Total { // what has only related words is not what it is about
			p.Things = p.Things[:things.Total]
		}
	}
	p.AllAsks = change("/recommendations", q, func(n url.Values) { n.Del("sort") })
	p.Response.Hits = pages.Hits
	p.Pager = pager{Total: pages.Total}
	if pages.Total > len(pages.Hits) {
		p.AllPages = with("/search", q, "kind", string(kinds.Page))
	}
	return nil
}

// groupings are what asks are put together by.
var groupings = []string{answer.BySpeaker, answer.ByAddress, answer.ByTopic, answer.ByYear}

const shownAsksAtOnce = 50

func (s *Site) recommendations(v *visit) error {
	q, x := v.r.URL.Query(), v.texts()
	req, err := requestOf(q)
	if err != nil {
		return err
	}
	req.Filter.Kinds = nil
	if q.Get("limit") == "" {
		req.Limit = shownAsksAtOnce
		if wantsSheet(q) {
			req.Limit = maxLimit
		}
	}
	by := cmp.Or(q.Get("by"), answer.BySpeaker)
	if !slices.Contains(groupings, by) {
		return refuse(http.StatusBadRequest, "e.nogroup", clip(by))
	}
	asks, total, err := v.gen.Recommendations(v.ctx(), req)
	if err != nil {
		return err
	}
	if wantsSheet(q) {
		for len(asks) < total && q.Get("limit") == "" { // all of them
			req.Offset = len(asks)
			more, _, err := v.gen.Recommendations(v.ctx(), req)
			if err != nil {
				return err
			}
			if len(more) == 0 {
				break
			}
			asks = append(asks, more...)
		}
		return s.take(v, asksSheet(x, x.t("asks.title"), asks))
	}
	p := asked(x, "/recommendations", q, req, total)
	p.Title, p.Here, p.Asks, p.By = x.t("asks.title"), "/recommendations", asks, by
	if p.Groups, err = answer.GroupRecommendations(asks, by); err != nil {
		return err
	}
	if p.Long {
		return s.render(v, http.StatusOK, "recommendations", p)
	}
	for _, g := range groupings {
		p.Groupings = append(p.Groupings, choice{Name: x.t("by." + g), Href: with(p.Action, q, "by", g), On: g == by})
	}
	p.Downloads = downloads(x, "/recommendations", q)
	req.Filter.Kinds, req.Limit = []kinds.Kind{kinds.Recommendation}, 1
	found, err := v.gen.Search(v.ctx(), req) // for the facets
	if err != nil {
		return err
	}
	p.narrow(x, v.gen.Catalogue(), q, found.Facets)
	return s.render(v, http.StatusOK, "recommendations", p)
}

// asked makes what both pages of results show around them.
func asked(x *texts, action string, q url.Values, req answer.Request, total int) *searchPage {
	p := &searchPage{
		frame:   frame{Query: req.Query, Here: action, Bare: true},
		Request: req, Total: total, Action: action,
		Pager: paging(action, q, total, req.Limit, req.Offset),
		Reset: action + "?" + url.Values{"q": {req.Query}}.Encode(),
	}
	if len(req.Query) > narrowedQuery {
		p.Long = true
		return p
	}
	for _, by := range []field{{"relevance", x.t("sort.relevance")}, {"date", x.t("sort.date")}} {
		p.Sorts = append(p.Sorts, choice{Name: by.Value, Href: with(action, q, "sort", by.Name),
			On: req.Sort == by.Name || req.Sort == "" && by.Name == "relevance"})
	}
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range q {
			if name != "q" && name != "offset" && name != "from" && name != "to" && !yield(name) {
				return
			}
		}
	}) {
		for _, value := range given(q[name]) {
			p.Hidden = append(p.Hidden, field{name, value})
		}
	}
	return p
}

// narrow makes the facets, and a chip for every filter that is set.
func (p *searchPage) narrow(x *texts, c *answer.Catalogue, q url.Values, facets map[string][]answer.FacetValue) {
	for _, name := range facetTitles {
		set, title := given(q[name]), x.t("facet."+name)
		called := func(value string) string { // genres have words of the program
			if name == "genre" {
				return x.orElse("genre."+value, value)
			}
			return value
		}
		f := facet{Title: title, Open: name == "year" || name == "topic" || len(set) > 0}
		for _, value := range facets[name] {
			if slices.Contains(set, value.Value) {
				continue // it has a chip
			}
			f.Values = append(f.Values, choice{Name: called(value.Name), Count: value.Count, Href: more(p.Action, q, name, value.Value)})
		}
		if len(f.Values) > 0 {
			p.Facets = append(p.Facets, f)
		}
		for _, value := range set {
			p.Chips = append(p.Chips, choice{Name: title + ": " + called(nameOf(c, facets[name], value)), Href: less(p.Action, q, name, value)})
		}
	}
	for _, t := range []field{{"from", x.t("dates.from")}, {"to", x.t("dates.until")}} {
		if value := q.Get(t.Name); value != "" {
			p.Chips = append(p.Chips, choice{Name: t.Value + " " + value, Href: less(p.Action, q, t.Name, value)})
		}
	}
}

// nameOf shows what a filter's value stands for: an IRI by its name.
func nameOf(c *answer.Catalogue, facet []answer.FacetValue, value string) string {
	for _, f := range facet {
		if f.Value == value {
			return f.Name
		}
	}
	for _, r := range sections {
		for _, l := range c.Entities(r.Kind) {
			if string(l.ID) == value || r.Kind == kinds.Country && strings.EqualFold(l.Code, value) {
				return l.Name
			}
		}
	}
	return value
}

// with is the address with one parameter set (empty: left out), from the first result.
func with(path string, q url.Values, name, value string) string {
	return change(path, q, func(n url.Values) {
		if n.Del(name); value != "" {
			n.Set(name, value)
		}
	})
}

// more is the address with one value added to a parameter.
func more(path string, q url.Values, name, value string) string {
	return change(path, q, func(n url.Values) { n[name] = append(slices.Clone(n[name]), value) })
}

// less is the address with one value of a parameter left out.
func less(path string, q url.Values, name, value string) string {
	return change(path, q, func(n url.Values) {
		n[name] = slices.DeleteFunc(slices.Clone(n[name]), func(v string) bool { return v == value })
	})
}

func change(path string, q url.Values, edit func(url.Values)) string {
	n := url.Values{}
	for name, values := range q {
		if kept := given(values); len(kept) > 0 {
			n[name] = kept
		}
	}
	n.Del("offset")
	edit(n)
	if encoded := n.Encode(); encoded != "" {
		return path + "?" + encoded
	}
	return path
}

// paging makes the pager of a list.
func paging(path string, q url.Values, total, limit, offset int) pager {
	p := pager{First: min(offset+1, total), Last: min(offset+limit, total), Total: total}
	if offset > 0 {
		back := strconv.Itoa(max(0, offset-limit))
		if back == "0" {
			back = ""
		}
		p.Previous = with(path, q, "offset", back)
	}
	if offset+limit < total {
		p.Next = with(path, q, "offset", strconv.Itoa(offset+limit))
	}
	return p
}

// feedOf is the address of a search's feed: the newest of what it finds.
func feedOf(path string, q url.Values) string {
	return change(path, q, func(n url.Values) {
		n.Del("sort")
		n.Del("limit")
		n.Del("kind")
	})
}
