package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/search/answer"

	"golang.org/x/text/unicode/norm"

	"rapporteur/ingest"
)

type listPage struct {
	frame
	Section   section
	Name      string // what is looked for in the names
	Sort      string
	Letter    string
	Letters   []choice
	Sorts     []choice
	List      []answer.Listed
	Most      int // pages of the one with the most
	Pager     pager
	Downloads []download
}

const listLength = 120

func (s *Site) list(v *visit, in section) error {
	q, x := v.r.URL.Query(), v.texts()
	in = x.section(in)
	offset, err := number(q, "offset", 0, 0, 100000)
	if err != nil {
		return err
	}
	p := &listPage{frame: frame{Title: in.Title, Here: in.Path}, Section: in, Name: q.Get("name"),
		Sort: q.Get("sort"), Letter: q.Get("letter"),
		Most: 1}
	if p.Sort == "" {
		p.Sort = "pages"
	}
	if len(p.Name) > 200 || p.Sort != "pages" && p.Sort != "name" || utf8.RuneCountInString(p.Letter) > 1 {
		return refuse(http.StatusBadRequest, "e.list")
	}
	all := selectEntities(v.gen.Catalogue(), in.Kind, p.Name, p.Sort)
	count := map[string]int{}
	for _, l := range all {
		count[initial(l.Name)]++
	}
	for letter := range count {
		p.Letters = append(p.Letters, choice{Name: letter, Count: count[letter], Href: with(in.Path, q, "letter", letter),
			On: letter == p.Letter})
	}
	slices.SortFunc(p.Letters, func(a, b choice) int { return strings.Compare(a.Name, b.Name) })
	if p.Letter != "" {
		all = slices.DeleteFunc(slices.Clone(all), func(l answer.Listed) bool { return initial(l.Name) != p.Letter })
	}
	if wantsSheet(q) {
		return s.take(v, listSheet(x, in.Title, all))
	}
	p.Downloads = downloads(x, in.Path, q)
	for _, by := range []field{{"pages", x.t("list.most")}, {"name", x.t("list.az")}} {
		p.Sorts = append(p.Sorts, choice{Name: by.Value, Href: with(in.Path, q, "sort", by.Name), On: p.Sort == by.Name})
	}
	for _, l := range v.gen.Catalogue().Entities(in.Kind) {
		p.Most = max(p.Most, l.Pages)
	}
	p.List = part(all, listLength, offset)
	p.Pager = paging(in.Path, q, len(all), listLength, offset)
	return s.render(v, http.StatusOK, "list", p)
}

// initial is the letter under which a name stands: A to Z, another script's own, or # for what begins with none.
func initial(name string) string {
	for _, r := range norm.NFD.String(name) {
		if unicode.IsLetter(r) {
			return string(unicode.ToUpper(r))
		}
		if unicode.IsDigit(r) {
			break
		}
	}
	return "#"
}

type eventsPage struct {
	frame
	Kinds     []choice
	Years     chart
	Downloads []download
	Year      string
	List      []answer.ListedPage
	Pager     pager
}

// pageKinds are the kinds of page, in the order in which they are offered, all of them first.
var pageKinds = []ingest.PageKind{"", ingest.EventPage, ingest.PostPage, ingest.ProjectPage, ingest.TopicPage, ingest.PersonPage,
	ingest.OrganisationPage, ingest.OtherPage}

func (s *Site) events(v *visit) error {
	const path, length = "/events", 50
	q, x := v.r.URL.Query(), v.texts()
	offset, err := number(q, "offset", 0, 0, 1000000)
	if err != nil {
		return err
	}
	kind, year := q.Get("kind"), q.Get("year")
	c := v.gen.Catalogue()
	count := map[ingest.PageKind]int{}
	years := map[string]int{}
	for _, l := range selectPages(c.Pages, "", year) {
		count[l.PageKind]++
		count[""]++
	}
	for _, l := range selectPages(c.Pages, kind, "") {
		if len(l.Date) >= 4 {
			years[l.Date[:4]]++
		}
	}
	p := &eventsPage{frame: frame{Title: x.t("events.title"), Here: path, Feed: "/events.atom"}, Year: year}
	for _, k := range pageKinds {
		if count[k] > 0 || string(k) == kind {
			p.Kinds = append(p.Kinds, choice{Name: x.t("pages." + cmp.Or(string(k), "all")), Count: count[k],
				Href: with(path, q, "kind", string(k)), On: string(k) == kind})
		}
	}
	values := make([]answer.FacetValue, 0, len(years))
	for year, n := range years {
		values = append(values, answer.FacetValue{Value: year, Name: year, Count: n})
	}
	slices.SortFunc(values, func(a, b answer.FacetValue) int { return strings.Compare(a.Value, b.Value) })
	p.Years = chartOf(x, x.t("chart.pages"), values, func(y answer.FacetValue) string {
		if y.Value == year {
			return with(path, q, "year", "")
		}
		return with(path, q, "year", y.Value)
	})
	list := selectPages(c.Pages, kind, year)
	if wantsSheet(q) {
		return s.take(v, pagesSheet(x, x.t("events.title"), list))
	}
	p.Downloads = downloads(x, path, q, download{Name: x.t("feed"), What: x.t("feed.new"), Href: "/events.atom"})
	p.List = part(list, length, offset)
	p.Pager = paging(path, q, len(list), length, offset)
	return s.render(v, http.StatusOK, "events", p)
}
