package search

import (
	"context"
	"math"
	"slices"

	"rapporteur/graph"
	"rapporteur/ingest"
)

// Ways finds up to limit ways between two things, the best first, each hop with the pages that say it and their words.
// Between a thing and itself there is none. What makes a way good is said at graph.Reader.Ways.
func (g *Generation) Ways(ctx context.Context, from, to ingest.IRI, limit int) ([]Way, error) {
	a, b, err := g.pair(from, to)
	if err != nil {
		return nil, err
	}
	found, err := g.graph.Ways(ctx, a.IRI, b.IRI, limit)
	if err != nil {
		return nil, err
	}
	out := []Way{}
	for _, steps := range found {
		var way Way
		for _, s := range steps {
			h := Hop{From: refOf(s.From), To: refOf(s.To), Relation: relation(s), Evidence: []Evidence{}}
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
		if s.From.Kind == ingest.Person {
			return "spoke for"
		}
		return "was represented by"
	case graph.AffiliatedTie:
		if s.From.Kind == ingest.Person {
			return "affiliated with"
		}
		return "has among its people"
	case graph.OnPageTie:
		if s.To.Kind == graph.PageKind {
			return onPage(p.ToHow)
		}
		return hasOnPage(p.FromHow)
	}
	from, to := p.FromHow, p.ToHow
	switch {
	case from&graph.Spoke != 0 && to&graph.Spoke != 0:
		return "spoke with"
	case to&(graph.About|graph.Inferred) != 0 && from&graph.Spoke != 0:
		return "spoke about"
	case to&(graph.About|graph.Inferred) != 0 && s.To.Kind == ingest.Topic:
		return "named on a page about"
	case from&(graph.About|graph.Inferred) != 0 && to&graph.Spoke != 0:
		return "was spoken about by"
	case from&(graph.About|graph.Inferred) != 0 && s.From.Kind == ingest.Topic:
		return "is the topic of a page that names"
	case from&graph.Spoke != 0:
		return "spoke on a page naming"
	case to&graph.Spoke != 0:
		return "named beside speaker"
	}
	return "named with"
}

func onPage(h graph.How) string {
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

func hasOnPage(h graph.How) string {
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
func says(r *ingest.Record, s graph.Step) []Evidence {
	switch s.Tie {
	case graph.SpokeForTie, graph.AffiliatedTie:
		person, org := s.From.IRI, s.To.IRI
		if s.From.Kind != ingest.Person {
			person, org = org, person
		}
		for i := range r.People {
			for _, a := range r.People[i].Affiliations {
				if r.People[i].IRI == person && a.IRI == org {
					return []Evidence{NewEvidence(r, a.Span)}
				}
			}
		}
	case graph.OnPageTie:
		for _, x := range standingOn(r) {
			if x.iri == s.From.IRI || x.iri == s.To.IRI {
				return []Evidence{NewEvidence(r, x.span())}
			}
		}
	}
	return bothOn(r, s.From.IRI, s.To.IRI)
}

// bothOn quotes the sentence that names both; where none does, one sentence for each.
func bothOn(r *ingest.Record, first, second ingest.IRI) []Evidence {
	var a, b onRecord
	for _, x := range standingOn(r) {
		switch x.iri {
		case first:
			a = x
		case second:
			b = x
		}
	}
	var out []Evidence
	if len(a.mentions) > 0 && len(b.mentions) > 0 {
		var x, y presence
		x.mentioned(a.mentions)
		y.mentioned(b.mentions)
		span := together(&x, &y)
		whole := sentenceAround(r.Page, span)
		if slices.ContainsFunc(a.mentions, func(m ingest.Mention) bool { return whole.Holds(m.Span) }) {
			return []Evidence{NewEvidence(r, span)}
		}
	}
	for _, x := range []onRecord{a, b} {
		if e := NewEvidence(r, x.span()); e.Quote != "" && !slices.ContainsFunc(out, func(o Evidence) bool { return o.Quote == e.Quote }) {
			out = append(out, e)
		}
	}
	if len(out) == 0 {
		out = append(out, NewEvidence(r, ingest.Span{}))
	}
	return out
}

// onRecord is an entity as a record names it.
type onRecord struct {
	iri      ingest.IRI
	said     ingest.Span // where the page says what part they play; empty if it does not
	mentions []ingest.Mention
}

// span is what shows best how the entity stands on the page.
func (x onRecord) span() ingest.Span {
	if x.said.End > x.said.Start {
		return x.said
	}
	first := ingest.Span{Start: math.MaxInt}
	for _, m := range x.mentions {
		if m.Start < first.Start {
			first = m.Span
		}
	}
	if first.Start == math.MaxInt {
		return ingest.Span{}
	}
	return first
}

// standingOn lists the resolved entities of a record, each once, in its order.
func standingOn(r *ingest.Record) []onRecord {
	var out []onRecord
	at := map[ingest.IRI]int{}
	add := func(ref *ingest.Reference, said ingest.Span) {
		if ref.IRI == "" {
			return
		}
		i, ok := at[ref.IRI]
		if !ok {
			i = len(out)
			at[ref.IRI] = i
			out = append(out, onRecord{iri: ref.IRI})
		}
		if out[i].said.End == 0 {
			out[i].said = said
		}
		out[i].mentions = append(out[i].mentions, ref.Mentions...)
	}
	for i := range r.People {
		add(&r.People[i].Reference, r.People[i].Evidence)
	}
	for i := range r.Organisations {
		add(&r.Organisations[i], ingest.Span{})
	}
	for i := range r.Countries {
		add(&r.Countries[i].Reference, ingest.Span{})
	}
	for i := range r.Topics {
		add(&r.Topics[i].Reference, ingest.Span{})
	}
	return out
}
