package graph

import (
	"bufio"
	"context"
	"encoding/json"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
)

// ftmEntity is a FollowTheMoney entity (followthemoney.tech): people, organisations, events with those involved,
// memberships. Topics and countries are keywords and country codes of the events.
type ftmEntity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
}

// ftmID: FollowTheMoney takes letters, digits, dots and hyphens only.
func ftmID(kind kinds.Kind, iri ingest.IRI) string {
	return string(kind) + "-" + fold.Digest(12, string(iri))
}

func (r *Reader) writeFollowTheMoney(ctx context.Context, w *bufio.Writer) error {
	nodes, known, err := r.network(ctx)
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
	for _, t := range known {
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
		if err := put("membership-"+fold.Digest(12, p["member"][0], p["organization"][0], t.role), "Membership", p); err != nil {
			return err
		}
	}
	return nil
}
