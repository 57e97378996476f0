package graph

import (
	"bufio"
	"context"
	"encoding/json"
	"strings"

	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
)

// Popolo (popoloproject.com): what we know of people, organisations, who belonged where and who took part in what. Of
// memberships there is no start or end: a page says that somebody belonged, not since when. Its date is in the source.
type popoloLink struct {
	URL  string `json:"url"`
	Note string `json:"note,omitempty"`
}

type popoloName struct {
	Name string `json:"name"`
}

type popoloThing struct {
	ID         string       `json:"id"`
	Name       string       `json:"name"`
	OtherNames []popoloName `json:"other_names,omitempty"`
	Links      []popoloLink `json:"links,omitempty"`
	Sources    []popoloLink `json:"sources,omitempty"`
}

type popoloMembership struct {
	ID             string       `json:"id"`
	PersonID       string       `json:"person_id"`
	OrganizationID string       `json:"organization_id"`
	Role           string       `json:"role,omitempty"`
	Sources        []popoloLink `json:"sources"`
}

type popoloEvent struct {
	ID        string       `json:"id"`
	Name      string       `json:"name"`
	StartDate string       `json:"start_date,omitempty"`
	EndDate   string       `json:"end_date,omitempty"`  // of an event of several days
	Attendees []popoloRef  `json:"attendees,omitempty"` // who spoke or took part
	Links     []popoloLink `json:"links,omitempty"`
}

type popoloRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func (r *Reader) writePopolo(ctx context.Context, w *bufio.Writer) error {
	nodes, known, err := r.network(ctx)
	if err != nil {
		return err
	}
	people, organisations, memberships, events := []popoloThing{}, []popoloThing{}, []popoloMembership{}, []popoloEvent{}
	for _, n := range nodes {
		switch t, _ := r.thing(n); t.Kind {
		case kinds.Person:
			people = append(people, r.popoloThing(n, t))
		case kinds.Organisation:
			organisations = append(organisations, r.popoloThing(n, t))
		case PageKind:
			e := popoloEvent{ID: string(t.IRI), Name: t.Name, StartDate: t.Date, EndDate: r.endDate(n)}
			for _, u := range isWeb(r.texts(n, r.known.url)) {
				e.Links = append(e.Links, popoloLink{URL: u})
			}
			for _, h := range r.on(n) {
				if h.how&(Spoke|TookPart) != 0 {
					e.Attendees = append(e.Attendees, popoloRef{string(r.iri(h.node)), r.text(r.object(h.node, r.known.name))})
				}
			}
			if r.object(n, r.known.typ) == r.id(typeEvent) {
				events = append(events, e)
			}
		}
	}
	for _, t := range known {
		m := popoloMembership{PersonID: r.text(t.person), OrganizationID: r.text(t.organisation), Role: t.role}
		m.ID = string(r.iri(t.person)) + "#membership-" + fold.Digest(6, m.OrganizationID, m.Role)
		for _, p := range t.pages {
			m.Sources = append(m.Sources, popoloLink{r.source(p), strings.TrimPrefix(r.date(p)+" "+r.text(r.object(p, r.known.name)), " ")})
		}
		memberships = append(memberships, m)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(map[string]any{"persons": people, "organizations": organisations, "memberships": memberships, "events": events})
}

func (r *Reader) popoloThing(n uint32, t Thing) popoloThing {
	p := popoloThing{ID: string(t.IRI), Name: t.Name}
	for _, a := range r.texts(n, r.known.alternateName) {
		p.OtherNames = append(p.OtherNames, popoloName{a})
	}
	for _, u := range isWeb(r.texts(n, r.known.url, r.known.sameAs)) {
		p.Links = append(p.Links, popoloLink{URL: u})
	}
	for _, h := range r.pagesOf(n) {
		p.Sources = append(p.Sources, popoloLink{URL: r.source(h.node), Note: r.text(r.object(h.node, r.known.name))})
	}
	return p
}
