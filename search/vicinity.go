package search

import (
	"context"

	"rapporteur/graph"
	"rapporteur/ingest"
)

// Link says on how many pages two things of an answer stand together; they are given by their places in its list.
type Link struct {
	From  int `json:"from"`
	To    int `json:"to"`
	Pages int `json:"pages"`
}

func links(list []graph.Link) []Link {
	out := make([]Link, len(list))
	for i, l := range list {
		out[i] = Link(l)
	}
	return out
}

// Vicinity is what a picture of a thing shows: what shares most pages with it, by kind, and which of these share pages
// with each other.
type Vicinity struct {
	Centre Ref             `json:"centre"`
	Groups []VicinityGroup `json:"groups"` // organisations, people, topics, countries; those that there are
	Links  []Link          `json:"links"`  // between members, numbered through all groups from 0, in order
}

// VicinityGroup is one kind of a Vicinity. Total counts those that are not shown, too.
type VicinityGroup struct {
	Kind    Kind      `json:"kind"`
	Members []Kinship `json:"members"`
	Total   int       `json:"total"`
}

// Vicinity returns the perKind things of each kind that share most pages with a thing.
func (g *Generation) Vicinity(ctx context.Context, of ingest.IRI, perKind int) (*Vicinity, error) {
	t, ok := g.graph.Thing(of)
	if !ok {
		return nil, &NotFoundError{Name: string(of)}
	}
	v := &Vicinity{Centre: refOf(t)}
	var all []ingest.IRI
	for _, kind := range []Kind{Organisation, Person, Topic, Country} {
		list, total, err := g.Shared(ctx, t.IRI, kind, "", perKind)
		if err != nil {
			return nil, err
		}
		if total == 0 {
			continue
		}
		v.Groups = append(v.Groups, VicinityGroup{kind, list, total})
		for _, k := range list {
			all = append(all, k.To.ID)
		}
	}
	v.Links = links(g.graph.Links(all))
	return v, ctx.Err()
}

// TopicMap says which organisations stand on pages about which topics.
type TopicMap struct {
	Organisations []Kinship `json:"organisations"` // those on most pages
	Topics        []Kinship `json:"topics"`        // likewise
	Links         []Link    `json:"links"`         // From an organisation, To a topic, each by its place in its list
}

// TopicMap ties the organisations that are on most pages to the topics that are: so many of each.
func (g *Generation) TopicMap(ctx context.Context, organisations, topics int) (*TopicMap, error) {
	o, err := g.graph.Busiest(ctx, ingest.Organisation, organisations)
	if err != nil {
		return nil, err
	}
	t, err := g.graph.Busiest(ctx, ingest.Topic, topics)
	if err != nil {
		return nil, err
	}
	m := &TopicMap{Organisations: kinships(o), Topics: kinships(t), Links: []Link{}}
	var all []ingest.IRI
	for _, s := range append(o, t...) {
		all = append(all, s.IRI)
	}
	for _, l := range g.graph.Links(all) {
		if l.From < len(o) && l.To >= len(o) {
			m.Links = append(m.Links, Link{l.From, l.To - len(o), l.Pages})
		}
	}
	return m, ctx.Err()
}
