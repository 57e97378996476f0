package search

import (
	"context"

	"rapporteur/graph"
	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/derive"
)

// Paths finds up to limit paths between two things, the best first, each hop with the pages that say it and their words.
// Between a thing and itself there is none. What makes a path good is said at graph.Reader.Paths.
func (g *Generation) Paths(ctx context.Context, from, to ingest.IRI, limit int) ([]answer.Path, error) {
	a, b, err := g.pair(from, to)
	if err != nil {
		return nil, err
	}
	found, err := g.graph.Paths(ctx, a.IRI, b.IRI, limit)
	if err != nil {
		return nil, err
	}
	out := []answer.Path{}
	for _, steps := range found {
		var way answer.Path
		for _, s := range steps {
			h := answer.Hop{From: refOf(s.From), To: refOf(s.To), Relation: relation(s), Said: said(s), Evidence: []answer.Evidence{}}
			for _, p := range s.Places {
				r, err := g.cited(ctx, p.Page.IRI)
				if err != nil {
					return nil, err
				}
				h.Evidence = append(h.Evidence, says(r, s)...)
			}
			way = append(way, h)
		}
		out = append(out, way)
	}
	return out, nil
}

// relation puts a step in words that stand between its two names.
func relation(s graph.Step) string {
	if len(s.Places) == 0 {
		return "connected with"
	}
	p := s.Places[0]
	switch s.Tie {
	case graph.SpokeForTie:
		if s.From.Kind == kinds.Person {
			return "spoke for"
		}
		return "was spoken for by"
	case graph.AffiliatedTie:
		if s.From.Kind == kinds.Person {
			return "belongs to"
		}
		return "has among its people"
	case graph.OnPageTie:
		if s.To.Kind == graph.PageKind {
			return onPage(p.ToInvolvement)
		}
		return hasOnPage(p.FromInvolvement)
	}
	from, to := p.FromInvolvement, p.ToInvolvement
	switch {
	case from&graph.Spoke != 0 && to&graph.Spoke != 0:
		return "spoke with"
	case to&(graph.About|graph.Inferred) != 0 && from&graph.Spoke != 0:
		return "spoke about"
	case to&(graph.About|graph.Inferred) != 0 && s.To.Kind == kinds.Topic:
		return "named on a page about"
	case from&(graph.About|graph.Inferred) != 0 && to&graph.Spoke != 0:
		return "was spoken about by"
	case from&(graph.About|graph.Inferred) != 0 && s.From.Kind == kinds.Topic:
		return "is the topic of a page that names"
	case from&graph.Spoke != 0:
		return "spoke on a page naming"
	}
	return "named with"
}

// said reports whether a sentence says a step: not only that a page names both.
func said(s graph.Step) bool {
	switch {
	case s.Tie == graph.SpokeForTie, s.Tie == graph.AffiliatedTie:
		return true
	case len(s.Places) == 0:
		return false
	case s.Tie == graph.OnPageTie:
		return (s.Places[0].FromInvolvement|s.Places[0].ToInvolvement)&graph.Spoke != 0
	}
	from, to := s.Places[0].FromInvolvement, s.Places[0].ToInvolvement
	spoke, about := (from|to)&graph.Spoke != 0, (from|to)&graph.About != 0
	return from&to&graph.Spoke != 0 || spoke && about
}

func onPage(h graph.Involvement) string {
	switch {
	case h&graph.Spoke != 0:
		return "spoke at"
	case h&graph.TookPart != 0:
		return "took part in"
	case h&(graph.About|graph.Inferred) != 0:
		return "is a topic of"
	}
	return "is named on"
}

func hasOnPage(h graph.Involvement) string {
	switch {
	case h&graph.Spoke != 0:
		return "had as speaker"
	case h&graph.TookPart != 0:
		return "had taking part"
	case h&(graph.About|graph.Inferred) != 0:
		return "is about"
	}
	return "names"
}

// says quotes what a page says of a step.
func says(r *ingest.Record, s graph.Step) []answer.Evidence {
	switch s.Tie {
	case graph.SpokeForTie, graph.AffiliatedTie:
		person, org := s.From.IRI, s.To.IRI
		if s.From.Kind != kinds.Person {
			person, org = org, person
		}
		for i := range r.People {
			for _, a := range r.People[i].Affiliations {
				if r.People[i].IRI == person && a.IRI == org {
					return []answer.Evidence{derive.NewEvidence(r, a.Span)}
				}
			}
		}
	case graph.OnPageTie:
		for _, x := range derive.Named(r) {
			if x.IRI == s.From.IRI || x.IRI == s.To.IRI {
				return []answer.Evidence{derive.NewEvidence(r, x.Span())}
			}
		}
	}
	out, _ := derive.BothOn(r, s.From.IRI, s.To.IRI)
	return out
}
