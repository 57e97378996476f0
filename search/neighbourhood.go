package search

import (
	"context"

	"rapporteur/graph"
	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

func links(list []graph.Link) []answer.Link {
	out := make([]answer.Link, len(list))
	for i, l := range list {
		out[i] = answer.Link(l)
	}
	return out
}

// Vicinity returns the perKind things of each kind that share most pages with a thing.
func (g *Generation) Neighbourhood(ctx context.Context, of ingest.IRI, perKind int) (*answer.Neighbourhood, error) {
	t, ok := g.graph.Thing(of)
	if !ok {
		return nil, &answer.NotFoundError{Name: string(of)}
	}
	v := &answer.Neighbourhood{Centre: refOf(t)}
	var all []ingest.IRI
	for _, kind := range []kinds.Kind{kinds.Organisation, kinds.Person, kinds.Topic, kinds.Country} {
		list, total, err := g.Shared(ctx, t.IRI, kind, "", perKind)
		if err != nil {
			return nil, err
		}
		if total == 0 {
			continue
		}
		v.Groups = append(v.Groups, answer.NeighbourhoodGroup{Kind: kind, Members: list, Total: total})
		for _, k := range list {
			all = append(all, k.To.ID)
		}
	}
	v.Links = links(g.graph.Links(all))
	return v, ctx.Err()
}

// TopicMap ties the organisations that are on most pages to the topics that are: so many of each.
func (g *Generation) TopicMap(ctx context.Context, organisations, topics int) (*answer.TopicMap, error) {
	o, err := g.graph.Busiest(ctx, kinds.Organisation, organisations)
	if err != nil {
		return nil, err
	}
	t, err := g.graph.Busiest(ctx, kinds.Topic, topics)
	if err != nil {
		return nil, err
	}
	m := &answer.TopicMap{Organisations: coOccurrences(o), Topics: coOccurrences(t), Links: []answer.Link{}}
	var all []ingest.IRI
	for _, s := range append(o, t...) {
		all = append(all, s.IRI)
	}
	for _, l := range g.graph.Links(all) {
		if l.From < len(o) && l.To >= len(o) {
			m.Links = append(m.Links, answer.Link{From: l.From, To: l.To - len(o), Pages: l.Pages})
		}
	}
	return m, ctx.Err()
}
