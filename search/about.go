package search

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/derive"
)

// ofUse is how many pages must have the words of a subject next to each other, that they are the site's name for it.
const ofUse = 3

// aboutPages is how many of the best pages are read to tell what belongs to a subject.
const aboutPages = 60

// In a block of more bytes than ofOneThing, a name counts only where the words of the subject stand in its sentence, within
// so many bytes.
const (
	ofOneThing = 400
	within     = 160
)

// About returns what stands on the pages that are about a subject, by kind, at most limit of each (all if it is 0):
// "which organisations work on procurement", where no topic has that name. The pages are the best that Search finds for
// the words, and where at least ofUse have them next to each other only such passages count. An entity is named by Pages of them; its
// Score, by which it ranks, is the sum over them of
//
//	score of the page / score of the best page * w
//
// times what standing together on such a page weighs (derive.GenreWeight), where w is 1 if the entity stands with most words of the subject
// in a short block of the page or near them in a sentence, and else 1/(1 + number of things that the page names); who speaks there, or asks
// for something on the subject, is active on it: w is 1 more. The evidence is such a block; what has none is left out, and so are topics
// that pages do not state.
func (g *Generation) About(ctx context.Context, words string, limit int) (map[string][]answer.Connection, error) {
	found, err := g.phrase(ctx, words, aboutPages)
	if err != nil {
		return nil, err
	}
	is := g.about(words)
	if fit := g.engine.NewFit(words); fit != nil && found.Total >= ofUse && len(strings.Fields(words)) > 1 {
		is = fit.Together
	} else if found, err = g.Search(ctx, answer.Request{
		Query: words, Filter: answer.Filter{Kinds: []kinds.Kind{kinds.Page}}, Limit: aboutPages, NoFacets: true,
	}); err != nil {
		return nil, err
	}
	all, err := g.beside(ctx, is, false, found.Hits)
	for kind, list := range all {
		if limit > 0 && len(list) > limit {
			all[kind] = list[:limit]
		}
	}
	return all, err
}

// ConnectionsOf returns what a name or subject is connected with: a person, organisation, topic, country or page as Connections does, and
// whatever else, in words that the site's pages have, as About does; then of has no ID. Words that are only a part of a name are a subject
// where many more pages have them than name that thing: "procurement" is not a topic called Principles for Procurement.
func (g *Generation) ConnectionsOf(
	ctx context.Context, name string, limit int,
) (of answer.Ref, all map[string][]answer.Connection, err error) {
	of, err = g.Lookup(ctx, name)
	var several *answer.AmbiguousError
	var missing *answer.NotFoundError
	subject := false
	switch {
	case errors.As(err, &several):
		if wide, wrong := g.wider(ctx, name, several.Choices); wrong != nil || !wide {
			return of, nil, cmp.Or(wrong, err)
		}
	case errors.As(err, &missing):
		found, wrong := g.engine.Search(ctx, &answer.Request{Query: name, Limit: 1, NoFacets: true})
		if wrong != nil || found.Total == 0 || found.Suggestion != nil { // a name, it seems, that is written otherwise
			return of, nil, err
		}
	case err != nil:
		return of, nil, err
	default:
		if subject, err = g.wider(ctx, name, []answer.Ref{of}); err != nil {
			return of, nil, err
		}
		if !subject {
			all, err = g.Connections(ctx, of.ID, limit)
			return of, all, err
		}
	}
	about, wrong := g.About(ctx, name, limit)
	switch {
	case wrong != nil:
		return of, nil, wrong
	case len(about) > 0:
		return answer.Ref{Name: strings.TrimSpace(name)}, about, nil
	case subject:
		all, err = g.Connections(ctx, of.ID, limit)
		return of, all, err
	}
	return of, nil, err
}

// muchWider is how many times as many pages must have some words, that they are a subject, as name the thing in whose name they are.
const muchWider = 2

// wider reports whether words that Lookup took for some things are a subject of their own: they are a part of the names, and many more
// pages have them.
func (g *Generation) wider(ctx context.Context, words string, things []answer.Ref) (bool, error) {
	pages := 0
	for _, t := range things {
		if t.Kind == kinds.Person || g.engine.Calls(words, t) {
			return false, nil
		}
		_, n, _ := g.engine.Entity(t.ID)
		pages += max(n, 1)
	}
	found, err := g.phrase(ctx, words, 1)
	return err == nil && found.Total > muchWider*pages, err
}

// phrase finds the pages that have words next to each other.
func (g *Generation) phrase(ctx context.Context, words string, limit int) (*answer.Response, error) {
	return g.engine.Search(ctx, &answer.Request{
		Query: `"` + strings.ReplaceAll(words, `"`, " ") + `"`, Filter: answer.Filter{Kinds: []kinds.Kind{kinds.Page}}, Limit: limit,
		NoFacets: true,
	})
}

// beside returns what stands beside a subject on pages that are in order of score; with spoke, only who speaks there.
// is says whether a text is about the subject.
func (g *Generation) beside(
	ctx context.Context, is func(text string) bool, spoke bool, pages []answer.Hit,
) (map[string][]answer.Connection, error) {
	s := &subject{
		g: g, is: is, spoke: spoke, tally: map[ingest.IRI]*answer.Connection{}, places: map[ingest.IRI][]place{},
	}
	for _, hit := range pages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r, err := g.cited(ctx, hit.ID)
		if err != nil {
			return nil, err
		}
		s.page(r, hit.Score/pages[0].Score)
	}
	return s.ranked(), nil
}

// about returns what says whether a text has most words of a subject.
func (g *Generation) about(words string) func(text string) bool {
	fit := g.engine.NewFit(words) // nil where every text of a page that is found is about it
	return func(text string) bool { return fit == nil || fit.Share(text) >= leastFit }
}

// subject gathers what stands beside the words of a subject.
type subject struct {
	g      *Generation
	is     func(text string) bool // about it
	spoke  bool                   // only people who speak on the page, and bodies that somebody speaks for
	tally  map[ingest.IRI]*answer.Connection
	places map[ingest.IRI][]place // where the evidence is
}

type place struct {
	on *ingest.Record
	at ingest.Span
}

// ranked are they, by kind, each with its evidence.
func (s *subject) ranked() map[string][]answer.Connection {
	byKind := map[string][]answer.Connection{}
	for id, c := range s.tally {
		if len(s.places[id]) > 0 {
			slices.Sort(c.Years)
			c.Score = math.Round(c.Score*1000) / 1000
			byKind[string(c.To.Kind)] = append(byKind[string(c.To.Kind)], *c)
		}
	}
	for _, list := range byKind {
		slices.SortFunc(list, func(x, y answer.Connection) int {
			return cmp.Or(cmp.Compare(y.Score, x.Score), y.Pages-x.Pages, cmp.Compare(x.To.ID, y.To.ID))
		})
		for i := range list {
			for _, p := range s.places[list[i].To.ID] {
				list[i].Evidence = append(list[i].Evidence, derive.NewEvidence(p.on, p.at))
			}
		}
	}
	return byKind
}

// page counts what stands on a page that is worth a weight from 0 to 1.
func (s *subject) page(r *ingest.Record, worth float64) {
	var near []ingest.Span // blocks that speak of the subject
	for i := range r.Blocks {
		if span := r.Blocks[i].Span; s.is(span.In(r.Text)) {
			near = append(near, span)
		}
	}
	beside := func(at ingest.Span) bool {
		return slices.ContainsFunc(near, func(block ingest.Span) bool {
			if !block.Holds(at) || block.End-block.Start <= ofOneThing {
				return block.Holds(at)
			}
			sentence := derive.Sentence(r, at)
			return s.is(r.Text[max(sentence.Start, at.Start-within):min(sentence.End, at.End+within)])
		})
	}
	titled := s.is(r.Title) // then whoever speaks there speaks about it
	asking := map[ingest.IRI]bool{}
	for i := range r.Recommendations {
		ask := &r.Recommendations[i]
		if ask.ByIRI != "" && slices.ContainsFunc(near, func(block ingest.Span) bool { return block.Holds(ask.Span) }) {
			asking[ask.ByIRI] = true
		}
	}
	worth *= derive.GenreWeight(r)
	namedHere := derive.Named(r)
	for _, x := range namedHere {
		to, _, ok := s.g.engine.Entity(x.IRI)
		if !ok || inferredOn(r, x.IRI) || s.spoke && !speaks(r, x.IRI) {
			continue
		}
		c := s.tally[x.IRI]
		if c == nil {
			c = &answer.Connection{To: to, Evidence: []answer.Evidence{}}
			s.tally[x.IRI] = c
		}
		weight, span := 1/float64(1+len(namedHere)), x.Span()
		at := slices.IndexFunc(x.Mentions, func(m ingest.Mention) bool { return beside(m.Span) })
		switch {
		case at >= 0:
			weight, span = 1, x.Mentions[at].Span
		case s.spoke && titled:
			weight = 1
		}
		if weight == 1 && (speaks(r, x.IRI) || asking[x.IRI]) {
			weight++
		}
		c.Pages++
		c.Score += worth * weight
		if y := answer.Year(r.Date); y != "" && !slices.Contains(c.Years, y) {
			c.Years = append(c.Years, y)
		}
		if weight >= 1 && len(s.places[x.IRI]) < derive.MaxEvidence {
			s.places[x.IRI] = append(s.places[x.IRI], place{on: r, at: span})
		}
	}
}

// speaks reports whether a page surely says that a person speaks there, or somebody for an organisation.
func speaks(r *ingest.Record, id ingest.IRI) bool {
	return slices.ContainsFunc(r.People, func(p ingest.Participant) bool {
		return r.Speaks(&p) && (p.IRI == id ||
			slices.ContainsFunc(p.Affiliations, func(a ingest.Affiliation) bool { return a.IRI == id && derive.Holds(&a) }))
	})
}

// inferredOn reports whether an entity is a topic that the page does not state.
func inferredOn(r *ingest.Record, id ingest.IRI) bool {
	return slices.ContainsFunc(r.Topics, func(t ingest.TopicReference) bool { return t.IRI == id && t.Inferred })
}
