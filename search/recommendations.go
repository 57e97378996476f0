package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"rapporteur/ingest"
)

// The recommendations of a site are documents of the index, each asked once: where several places ask the same, the first
// is the document, found by whatever any of them is found by, and the others are shown with it.

// Asks lists the recommendations of a site, page by page in order of their place, those that ask the same as another one
// under that one.
func Asks(site *ingest.Site) []Ask {
	m := newAskMaker(site)
	var out []Ask
	for _, r := range site.Records {
		for i := range r.Recommendations {
			if rec := &r.Recommendations[i]; rec.SameAs == "" {
				out = append(out, m.ask(r, rec))
			}
		}
	}
	return out
}

// saying is a recommendation on its page.
type saying struct {
	page *ingest.Record
	rec  *ingest.Recommendation
}

// askMaker makes Asks of recommendations.
type askMaker struct {
	entities map[ingest.IRI]*ingest.Entity
	groups   map[ingest.IRI][]saying // those that ask the same, in order of date, by the IRI of the first
}

func newAskMaker(site *ingest.Site) *askMaker {
	m := &askMaker{entities: map[ingest.IRI]*ingest.Entity{}, groups: map[ingest.IRI][]saying{}}
	for i := range site.Entities {
		m.entities[site.Entities[i].IRI] = &site.Entities[i]
	}
	for _, r := range site.Records {
		for i := range r.Recommendations {
			rec := &r.Recommendations[i]
			first := firstOf(rec)
			m.groups[first] = append(m.groups[first], saying{r, rec})
		}
	}
	for _, g := range m.groups {
		slices.SortStableFunc(g, func(a, b saying) int { return strings.Compare(a.page.Date, b.page.Date) })
	}
	return m
}

// firstOf is the IRI of the first recommendation that asks what rec asks.
func firstOf(rec *ingest.Recommendation) ingest.IRI { return cmp.Or(rec.SameAs, rec.IRI) }

// ask shows a recommendation, with the other places that ask the same.
func (m *askMaker) ask(r *ingest.Record, rec *ingest.Recommendation) Ask {
	a := Ask{
		ID: rec.IRI, Text: rec.Text, To: rec.To, Strength: string(rec.Strength), Heading: rec.Heading, LeadIn: rec.LeadIn,
		Page: PageRef(r), Date: r.Date, Evidence: []Evidence{NewEvidence(r, rec.Span)},
	}
	if rec.ByEvidence.End > rec.ByEvidence.Start && !rec.Span.Holds(rec.ByEvidence) {
		a.Evidence = append(a.Evidence, NewEvidence(r, rec.ByEvidence))
	}
	a.By = m.ref(rec.ByIRI)
	for _, t := range rec.Topics {
		if ref := m.ref(t); ref != nil {
			ref.Inferred = inferred(r, t)
			a.Topics = append(a.Topics, *ref)
		}
	}
	for _, s := range m.groups[firstOf(rec)] {
		if s.rec != rec {
			a.Also = append(a.Also, NewEvidence(s.page, s.rec.Span))
		}
	}
	return a
}

// inferred reports whether the page does not state the topic.
func inferred(r *ingest.Record, topic ingest.IRI) bool {
	return !slices.ContainsFunc(r.Topics, func(t ingest.TopicReference) bool { return t.IRI == topic && !t.Inferred })
}

func (m *askMaker) ref(iri ingest.IRI) *Ref {
	e, ok := m.entities[iri]
	if !ok {
		return nil
	}
	return &Ref{ID: iri, Kind: Kind(e.Kind), Name: e.Name, Href: Href(Kind(e.Kind), iri)}
}

// Recommendations returns the recommendations that a request finds, and how many there are in all. Without a query the
// newest come first, and those of a page in their order. Unlike Search it has no bound on Limit but what is there.
func (g *Generation) Recommendations(ctx context.Context, req Request) ([]Ask, int, error) {
	req.Filter.Kinds = []Kind{Recommendation}
	limit := req.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	out := []Ask{}
	for {
		req.Limit = min(limit-len(out), maxLimit)
		found, err := g.Search(ctx, req)
		if err != nil {
			return nil, 0, fmt.Errorf("searching the recommendations: %w", err)
		}
		for _, h := range found.Hits {
			a := Ask{}
			if ok, err := g.finder.shelf.read(askPrefix+string(h.ID), &a); err != nil || !ok {
				return nil, 0, fmt.Errorf("reading recommendation %s: %w", h.ID, cmp.Or(err, error(&NotFoundError{Name: string(h.ID)})))
			}
			a.Score = h.Score
			out = append(out, a)
		}
		req.Offset += len(found.Hits)
		if len(out) >= limit || len(found.Hits) < req.Limit || req.Offset > maxOffset {
			return out, found.Total, nil
		}
	}
}

// AskGroup is recommendations under one heading.
type AskGroup struct {
	Name string
	Ref  *Ref // the topic or speaker; nil for years, and for what has none
	Asks []Ask
}

// What recommendations can be grouped by.
const (
	ByTopic   = "topic"
	BySpeaker = "speaker"
	ByYear    = "year"
)

// GroupAsks puts recommendations under topics, speakers or years, keeping their order within a group: years from the
// newest, others from the one with most, then by name; those without a topic or speaker come last. One with several
// topics is under each.
func GroupAsks(asks []Ask, by string) ([]AskGroup, error) {
	var groups []AskGroup
	at := map[string]int{}
	put := func(name string, ref *Ref, a Ask) {
		key := name
		if ref != nil {
			key = string(ref.ID)
		}
		k, ok := at[key]
		if !ok {
			k = len(groups)
			at[key] = k
			groups = append(groups, AskGroup{Name: name, Ref: ref})
		}
		groups[k].Asks = append(groups[k].Asks, a)
	}
	for _, a := range asks {
		switch by {
		case ByTopic:
			for _, t := range a.Topics {
				t.Inferred = false // of the page, not of the topic
				put(t.Name, &t, a)
			}
			if len(a.Topics) == 0 {
				put("", nil, a)
			}
		case BySpeaker:
			if a.By != nil {
				put(a.By.Name, a.By, a)
			} else {
				put("", nil, a)
			}
		case ByYear:
			put(year(a.Date), nil, a)
		default:
			return nil, fmt.Errorf("recommendations are grouped by %s, %s or %s, not by %q", ByTopic, BySpeaker, ByYear, by)
		}
	}
	slices.SortStableFunc(groups, func(a, b AskGroup) int {
		if (a.Name == "") != (b.Name == "") {
			return cmp.Compare(len(b.Name), len(a.Name)) // the nameless last
		}
		if by == ByYear {
			return strings.Compare(b.Name, a.Name)
		}
		return cmp.Or(len(b.Asks)-len(a.Asks), strings.Compare(a.Name, b.Name))
	})
	return groups, nil
}
