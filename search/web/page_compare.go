package web

import (
	"net/http"
	"net/url"
	"slices"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// shownCompared is how much of each list a comparison shows.
const shownCompared = 10

type comparePage struct {
	frame
	Comparison *answer.Comparison
	Lists      []comparedList
	Ways       string // address of the ways between the two
	Downloads  []download
}

// comparedList are what both have, or only one of them.
type comparedList struct {
	Title string
	List  []answer.CoOccurrence
}

// compare holds two things against each other, given by names or IRIs.
func (s *Site) compare(v *visit) error {
	q := v.r.URL.Query()
	var refs [2]answer.Ref
	for i, parameter := range []string{"first", "second"} {
		name := words(q.Get(parameter))
		if name == "" || len(name) > 500 {
			return refuse(http.StatusBadRequest, "e.twonames")
		}
		var err error
		if refs[i], err = v.gen.Lookup(v.ctx(), name); err != nil {
			return err
		}
		if refs[i].Kind == kinds.Page {
			return refuse(http.StatusBadRequest, "e.nopages")
		}
	}
	c, err := v.gen.Compare(v.ctx(), refs[0].ID, refs[1].ID, "", shownCompared)
	if err != nil {
		return err
	}
	for _, list := range [][]answer.CoOccurrence{c.Both, c.Only1, c.Only2} { // the closest, in the order of the figures beside them
		slices.SortStableFunc(list, func(x, y answer.CoOccurrence) int { return y.Pages - x.Pages })
	}
	x := v.texts()
	if wantsSheet(q) {
		return s.take(v, comparedSheet(x, c))
	}
	return s.render(v, http.StatusOK, "compare", &comparePage{
		frame:      frame{Title: c.First.Name + x.t("list.and") + c.Second.Name, Here: "/explore"},
		Comparison: c,
		Lists: []comparedList{
			{x.t("compare.both"), c.Both}, {x.t("compare.only", c.First.Name), c.Only1}, {x.t("compare.only", c.Second.Name), c.Only2},
		},
		Downloads: downloads(x, "/compare", q),
		Ways:      "/explore?" + url.Values{"from": {string(c.First.ID)}, "to": {string(c.Second.ID)}}.Encode(),
	})
}
