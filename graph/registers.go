package graph

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
)

// tenure is that a person belongs to an organisation in a role, by the pages that say so.
type tenure struct {
	person, organisation uint32
	role                 string
	pages                []uint32
}

// tenures folds the memberships of all pages, in order of person, organisation and role.
func (r *Reader) tenures(ctx context.Context) ([]tenure, error) {
	var all []tenure
	i := 0
	r.in(r.known.membership, r.known.typ, func(m, page uint32) {
		if i++; i%1024 == 0 && ctx.Err() != nil {
			return
		}
		role := r.text(r.object(r.object(m, r.known.role), r.known.label))
		all = append(all, tenure{r.object(m, r.known.member), r.object(m, r.known.organization), role, []uint32{page}})
	})
	slices.SortStableFunc(all, func(x, y tenure) int {
		return cmp.Or(cmp.Compare(x.person, y.person), cmp.Compare(x.organisation, y.organisation), cmp.Compare(x.role, y.role))
	})
	var out []tenure
	for _, t := range all {
		if k := len(out) - 1; k >= 0 && out[k].person == t.person && out[k].organisation == t.organisation && out[k].role == t.role {
			out[k].pages = append(out[k].pages, t.pages...)
			continue
		}
		out = append(out, t)
	}
	return out, ctx.Err()
}

// texts returns all objects of a subject and predicate.
func (r *Reader) texts(subj uint32, preds ...uint32) []string {
	var out []string
	for _, p := range preds {
		r.out(subj, p, func(o, _ uint32) {
			if s := r.text(o); !slices.Contains(out, s) {
				out = append(out, s)
			}
		})
	}
	return out
}

// source is a page as a register cites it: its live address, else its IRI.
func (r *Reader) source(page uint32) string {
	if u := r.object(page, r.known.url); u != 0 {
		return r.text(u)
	}
	return r.text(page)
}

// isWeb keeps what is an address in the web.
func isWeb(list []string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") })
}

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
	nodes, err := r.networkNodes(ctx)
	if err != nil {
		return err
	}
	tenures, err := r.tenures(ctx)
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
	for _, t := range tenures {
		m := popoloMembership{PersonID: r.text(t.person), OrganizationID: r.text(t.organisation), Role: t.role}
		m.ID = string(r.iri(t.person)) + "#membership-" + hash(m.OrganizationID, m.Role)[:12]
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

// ftmEntity is a FollowTheMoney entity (followthemoney.tech): people, organisations, events with those involved,
// memberships. Topics and countries are keywords and country codes of the events.
type ftmEntity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
}

// hash names what has no IRI of its own, and what must not be written as one, by its parts.
func hash(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:])
}

// ftmID: FollowTheMoney takes letters, digits, dots and hyphens only.
func ftmID(kind kinds.Kind, iri ingest.IRI) string {
	return string(kind) + "-" + hash(string(iri))[:24]
}

func (r *Reader) writeFtM(ctx context.Context, w *bufio.Writer) error {
	nodes, err := r.networkNodes(ctx)
	if err != nil {
		return err
	}
	tenures, err := r.tenures(ctx)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	put := func(id, schema string, properties map[string][]string) error {
		for k, v := range properties {
			if len(v) == 0 {
				delete(properties, k)
			}
		}
		return enc.Encode(ftmEntity{id, schema, properties})
	}
	for _, n := range nodes {
		t, _ := r.thing(n)
		id := ftmID(t.Kind, t.IRI)
		var err error
		switch t.Kind {
		case kinds.Person, kinds.Organisation:
			schema := "Person"
			if t.Kind == kinds.Organisation {
				schema = "Organization"
			}
			err = put(id, schema, map[string][]string{"name": {t.Name}, "alias": r.texts(n, r.known.alternateName),
				"website": isWeb(r.texts(n, r.known.url))})
		case PageKind:
			if r.object(n, r.known.typ) != r.id(typeEvent) {
				continue
			}
			p := map[string][]string{"name": {t.Name}, "sourceUrl": isWeb(r.texts(n, r.known.url))}
			if t.Date != "" {
				p["startDate"] = []string{t.Date}
			}
			if last := r.endDate(n); last != "" {
				p["endDate"] = []string{last}
			}
			for _, h := range r.on(n) {
				switch kind := r.kind(h.node); {
				case h.how&(Spoke|TookPart) != 0:
					p["involved"] = append(p["involved"], ftmID(kind, r.iri(h.node)))
				case kind == kinds.Country:
					for _, code := range r.texts(h.node, r.known.identifier) {
						p["country"] = append(p["country"], strings.ToLower(code))
					}
				case kind == kinds.Topic:
					p["keywords"] = append(p["keywords"], r.text(r.object(h.node, r.known.name)))
				}
			}
			err = put(id, "Event", p)
		}
		if err != nil {
			return err
		}
	}
	for _, t := range tenures {
		p := map[string][]string{"member": {ftmID(kinds.Person, r.iri(t.person))},
			"organization": {ftmID(kinds.Organisation, r.iri(t.organisation))}}
		if t.role != "" {
			p["role"] = []string{t.role}
		}
		for _, page := range t.pages {
			p["sourceUrl"] = append(p["sourceUrl"], r.source(page))
			if d := r.date(page); d != "" {
				p["date"] = append(p["date"], d)
			}
		}
		p["sourceUrl"] = isWeb(p["sourceUrl"])
		if err := put("membership-"+hash(p["member"][0], p["organization"][0], t.role)[:24], "Membership", p); err != nil {
			return err
		}
	}
	return nil
}
