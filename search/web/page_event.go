package web

import (
	"net/http"
	"strings"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/derive"
	"rapporteur/search/feed"
	"rapporteur/search/present"

	"rapporteur/ingest"
)

// shownRelated is how many related pages a page shows.
const shownRelated = 5

type eventPage struct {
	frame
	Page    answer.ListedPage
	People  []person // those who took part first
	Asks    []demand
	Names   names
	Reading *reading
	Related *feed.Feed
}

// person is somebody on a page.
type person struct {
	ingest.Participant
	Href string
	For  []standing
	Live string // the words that say so, on the live page
}

// standing is whom somebody stood for, as what.
type standing struct {
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
	Live       string // the first words that say so, on the live page
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
	related, err := v.gen.Related(v.ctx(), page.ID, shownRelated)
	if err != nil {
		return err
	}
	return s.render(v, http.StatusOK, "event", &eventPage{
		frame:   frame{Title: page.Name, Summary: page.Summary, Here: "/events", Live: page.URL},
		Page:    page,
		People:  peopleOf(record),
		Asks:    asksOf(record),
		Names:   namesOf(record),
		Reading: read(record),
		Related: feed.Related(related, ""),
	})
}

func peopleOf(r *ingest.Record) []person {
	var took, named []person
	for _, p := range r.People {
		one := person{Participant: p, Href: present.Href(kinds.Person, p.IRI), Live: liveAt(r, p.Evidence)}
		for _, a := range p.Affiliations {
			s := standing{a.Name, present.Href(kinds.Organisation, a.IRI), a.Role}
			if a.IRI == "" {
				s.Href = ""
			}
			one.For = append(one.For, s)
			if one.Live == "" {
				one.Live = liveAt(r, a.Span)
			}
		}
		if one.Live == "" && len(p.Mentions) > 0 {
			one.Live = liveAt(r, p.Mentions[0].Span)
		}
		if p.Part != "" || p.Speaker {
			took = append(took, one)
		} else {
			named = append(named, one)
		}
	}
	return append(took, named...)
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
		n := namedLink{Name: ref.Name, Href: present.Href(kind, ref.IRI)}
		if len(ref.Mentions) > 0 {
			n.Live = liveAt(r, ref.Mentions[0].Span)
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
		named.Inferred = t.Inferred
		n.Topics = append(n.Topics, named)
	}
	return n
}

// words folds the white space of a text.
func words(s string) string { return strings.Join(strings.Fields(s), " ") }
