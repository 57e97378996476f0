package web

import (
	"net/http"
	"slices"
	"strings"

	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/derive"
	"rapporteur/search/feed"
	"rapporteur/search/present"

	"rapporteur/ingest"
)

// shownRelated is how many related pages a page shows.
const shownRelated = 5

// shownDemands is how many asks stand on a page before a fold.
const shownDemands = 6

type eventPage struct {
	frame
	Page      answer.ListedPage
	EndDate   string
	Lang      string // of the page's text, where it is not known to be that of the pages' own words
	Announced bool   // the page tells of it as yet to come
	Answer    []piece
	Authors   []person
	People    []person // who took part
	Others    []person // who are only named
	Asks      []demand
	MoreAsks  []demand
	Names     names
	Reading   *reading
	Related   *feed.Feed
	Downloads []download
	Wrong     string
}

// person is somebody on a page.
type person struct {
	ingest.Participant
	Href string
	Did  string // in words
	For  []affiliation
	Said backed
}

// affiliation is whom somebody stood for, as what.
type affiliation struct {
	Name, Href, Role string
}

// names are the entities of a page as links.
type names struct {
	Organisations []namedLink
	Countries     []namedLink
	Topics        []namedLink
}

type namedLink struct {
	Name, Href string
	Inferred   bool
	Stated     bool // the page says that it is about it
	backed
}

func (s *Site) event(v *visit) error {
	page, err := findPage(v.gen.Catalogue(), v.r.PathValue("slug"))
	if err != nil {
		return suggested(v, err)
	}
	record, err := v.gen.PageRecord(v.ctx(), page.ID)
	if err != nil {
		return err
	}
	switch form := v.r.URL.Query().Get("format"); form {
	case "":
	case "ris":
		s.send(v, "application/x-research-info-systems; charset=utf-8", fileName(page.Name, form), true,
			[]byte(referenceOf(page, record, v.gen.Manifest().Name).ris()))
		return nil
	case "bib":
		s.send(v, "application/x-bibtex; charset=utf-8", fileName(page.Name, form), true,
			[]byte(referenceOf(page, record, v.gen.Manifest().Name).bibtex()))
		return nil
	default:
		return s.take(v, recordSheet(v.texts(), page, record))
	}
	related, err := v.gen.Related(v.ctx(), page.ID, shownRelated)
	if err != nil {
		return err
	}
	x := v.texts()
	p := &eventPage{
		frame:     frame{Title: page.Name, Summary: page.Summary, Here: "/events", Live: page.URL, OpenGraph: "article"},
		Page:      page,
		EndDate:   record.EndDate,
		Names:     namesOf(record),
		Reading:   read(record),
		Related:   feed.Related(related, ""),
		Downloads: pageDownloads(x, page),
		Wrong:     wrongOf(page.ID, ""),
	}
	if !strings.HasPrefix(record.Lang, x.lang) {
		p.Lang = record.Lang
	}
	asks := asksOf(record)
	p.Asks, p.MoreAsks = part(asks, shownDemands, 0), part(asks, len(asks), shownDemands)
	p.arrange(x, record)
	p.Data = pageData(page, record, s.base(v.r))
	return s.render(v, http.StatusOK, "event", p)
}

// eventCalendar gives an event for a calendar.
func (s *Site) eventCalendar(v *visit) error {
	page, err := findPage(v.gen.Catalogue(), v.r.PathValue("slug"))
	if err != nil {
		return suggested(v, err)
	}
	record, err := v.gen.PageRecord(v.ctx(), page.ID)
	if err != nil {
		return err
	}
	text, err := calendar(page, record.EndDate, s.base(v.r))
	if err != nil {
		return err
	}
	s.send(v, "text/calendar; charset=utf-8", fileName(page.Name, "ics"), true, []byte(text))
	return nil
}

// arrange puts people where they belong, and says in a sentence who they are.
func (p *eventPage) arrange(x *texts, r *ingest.Record) {
	var spoke, announced int
	var bodies []piece
	seen := map[string]bool{}
	for i := range r.People {
		one := personOf(x, r, &r.People[i])
		wrote := r.Wrote(&one.Participant)
		if wrote {
			p.Authors = append(p.Authors, one)
		}
		switch {
		case wrote && !one.Speaker:
		case one.Speaker || one.Part != "":
			one.Did = x.doing(string(one.Part), one.Speaker, one.Announced)
			p.People = append(p.People, one)
		default:
			p.Others = append(p.Others, one)
			continue
		}
		if !one.Speaker {
			continue
		}
		if spoke++; one.Announced {
			announced++
		}
		for _, f := range one.For {
			if !seen[f.Name] && f.Name != "" {
				seen[f.Name] = true
				bodies = append(bodies, piece{Text: f.Name, Href: f.Href, Kind: kinds.Organisation})
			}
		}
	}
	p.Announced = spoke > 0 && announced == spoke
	say := func(text string) { p.Answer = append(p.Answer, piece{Text: text}) }
	if spoke > 0 {
		key := "event.spoke"
		if p.Announced {
			key = "event.announced"
		}
		say(x.n(key, spoke))
		for i, body := range part(bodies, 4, 0) {
			switch {
			case i == 0:
				say(x.t("fact.for"))
			case i == len(bodies)-1:
				say(x.t("list.and"))
			default:
				say(", ")
			}
			p.Answer = append(p.Answer, body)
		}
		if more := len(bodies) - 4; more > 0 {
			say(x.n("event.others", more))
		}
		say(". ")
	}
	if n := len(r.Recommendations); n > 0 {
		say(x.n("event.holds", n))
	}
}

func personOf(x *texts, r *ingest.Record, p *ingest.Participant) person {
	one := person{Participant: *p, Href: present.Href(kinds.Person, p.IRI)}
	one.Part, one.Speaker = r.Did(p)
	one.Said.Wrong = wrongOf(p.IRI, r.IRI)
	evidence := func(span ingest.Span) {
		if span.Start < span.End && !slices.ContainsFunc(one.Said.Evidence,
			func(e answer.Evidence) bool { return strings.Contains(e.Quote, span.In(r.Text)) }) {
			one.Said.Evidence = append(one.Said.Evidence, evidenceAt(r, span))
		}
	}
	evidence(p.Evidence)
	for _, a := range p.Affiliations {
		if a.Confidence < ingest.SureEnough {
			continue
		}
		s := affiliation{a.Name, present.Href(kinds.Organisation, a.IRI), a.Role}
		if a.IRI == "" {
			s.Href = ""
		}
		if a.Former {
			s.Role = strings.TrimSpace(x.t("role.before", s.Role))
		}
		one.For = append(one.For, s)
		evidence(a.Span)
	}
	if len(one.Said.Evidence) == 0 && len(p.Mentions) > 0 {
		evidence(p.Mentions[0].Span)
	}
	return one
}

// evidenceAt is the words of a span, with addresses.
func evidenceAt(r *ingest.Record, span ingest.Span) answer.Evidence {
	return present.JSON(derive.NewEvidence(r, span), "")
}

// demand is a recommendation of a page.
type demand struct {
	ingest.Recommendation
	Live string // its words on the live page
}

func asksOf(r *ingest.Record) []demand {
	asks := make([]demand, len(r.Recommendations))
	for i, a := range r.Recommendations {
		asks[i] = demand{a, liveAt(r, a.Span)}
	}
	return asks
}

// liveAt is the address of a span's words on the live page; empty where there is none.
func liveAt(r *ingest.Record, span ingest.Span) string {
	if span.Start >= span.End {
		return ""
	}
	return derive.NewEvidence(r, span).URL
}

func namesOf(r *ingest.Record) names {
	link := func(kind kinds.Kind, ref ingest.Reference) namedLink {
		n := namedLink{Name: ref.Name, Href: present.Href(kind, ref.IRI), backed: backed{Wrong: wrongOf(ref.IRI, r.IRI)}}
		if len(ref.Mentions) > 0 && ref.Mentions[0].Start < ref.Mentions[0].End {
			n.Evidence = []answer.Evidence{evidenceAt(r, ref.Mentions[0].Span)}
		}
		return n
	}
	var n names
	for _, o := range r.Organisations {
		n.Organisations = append(n.Organisations, link(kinds.Organisation, o))
	}
	for _, c := range r.Countries {
		n.Countries = append(n.Countries, link(kinds.Country, c.Reference))
	}
	for _, t := range r.Topics {
		named := link(kinds.Topic, t.Reference)
		named.Inferred, named.Stated = t.Inferred, !t.Inferred
		n.Topics = append(n.Topics, named)
	}
	return n
}

// words folds the white space of a text.
func words(s string) string { return fold.Space(s) }
