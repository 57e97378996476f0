package search

import (
	"cmp"
	"context"
	"math"
	"slices"

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/derive"
)

// aboutPages is how many of the best pages are read to tell what belongs to a subject.
const aboutPages = 60

// About returns what stands on the pages that are about a subject, by kind, at most limit of each (all if it is 0):
// "which organisations work on procurement", where no topic has that name. The pages are the best that Search finds for
// the words. An entity is named by Pages of them; its Score, by which it ranks, is the sum over them of
//
//	score of the page / score of the best page * w
//
// where w is 1 if some block of the page holds the entity and a word of the subject, else 1/(1 + number of things that
// the page names). The evidence is such a block where there is one. Topics that pages do not state are left out.
func (g *Generation) About(ctx context.Context, words string, limit int) (map[string][]answer.Connection, error) {
	found, err := g.Search(ctx, answer.Request{Query: words, Filter: answer.Filter{Kinds: []kinds.Kind{kinds.Page}}, Limit: aboutPages})
	if err != nil {
		return nil, err
	}
	analyzer, err := index.NewAnalyzer("en")
	if err != nil {
		return nil, err
	}
	subject := analyzer.Terms(words)
	type place struct {
		on *ingest.Record
		at ingest.Span
	}
	tally := map[ingest.IRI]*answer.Connection{}
	places := map[ingest.IRI][]place{} // where the evidence is
	for _, hit := range found.Hits {
		r, err := g.cited(ctx, hit.ID)
		if err != nil {
			return nil, err
		}
		var near []ingest.Span // blocks that speak of the subject
		for i := range r.Blocks {
			span := r.Blocks[i].Span
			if slices.ContainsFunc(analyzer.Terms(span.In(r.Text)), func(t string) bool { return slices.Contains(subject, t) }) {
				near = append(near, span)
			}
		}
		standing := derive.Named(r)
		for _, x := range standing {
			to, _, ok := g.engine.Entity(x.IRI)
			if !ok || inferredOn(r, x.IRI) {
				continue
			}
			c := tally[x.IRI]
			if c == nil {
				c = &answer.Connection{To: to, Evidence: []answer.Evidence{}}
				tally[x.IRI] = c
			}
			weight, span := 1/float64(1+len(standing)), x.Span()
			if at := slices.IndexFunc(x.Mentions, func(m ingest.Mention) bool {
				return slices.ContainsFunc(near, func(s ingest.Span) bool { return s.Holds(m.Span) })
			}); at >= 0 {
				weight, span = 1, x.Mentions[at].Span
			}
			c.Pages++
			c.Score += hit.Score / found.Hits[0].Score * weight
			if y := answer.Year(r.Date); y != "" && !slices.Contains(c.Years, y) {
				c.Years = append(c.Years, y)
			}
			if weight == 1 && len(places[x.IRI]) < derive.MaxEvidence {
				places[x.IRI] = append(places[x.IRI], place{on: r, at: span})
			}
		}
	}
	byKind := map[string][]answer.Connection{}
	for id, c := range tally {
		if len(places[id]) > 0 {
			slices.Sort(c.Years)
			c.Score = math.Round(c.Score*1000) / 1000
			byKind[string(c.To.Kind)] = append(byKind[string(c.To.Kind)], *c)
		}
	}
	for kind, list := range byKind {
		slices.SortFunc(list, func(x, y answer.Connection) int {
			return cmp.Or(cmp.Compare(y.Score, x.Score), y.Pages-x.Pages, cmp.Compare(x.To.ID, y.To.ID))
		})
		if limit > 0 && len(list) > limit {
			list = list[:limit]
		}
		for i := range list {
			for _, p := range places[list[i].To.ID] {
				list[i].Evidence = append(list[i].Evidence, derive.NewEvidence(p.on, p.at))
			}
		}
		byKind[kind] = list
	}
	return byKind, ctx.Err()
}

// inferredOn reports whether an entity is a topic that the page does not state.
func inferredOn(r *ingest.Record, id ingest.IRI) bool {
	return slices.ContainsFunc(r.Topics, func(t ingest.TopicReference) bool { return t.IRI == id && t.Inferred })
}
