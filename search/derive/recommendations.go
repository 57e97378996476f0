package derive

import (
	"cmp"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/search/answer"
)

// The recommendations of a site are documents of the index, each asked once: where several places ask the same, the first
// is the document, found by whatever any of them is found by, and the others are shown with it.

// Recommendations lists the recommendations of a site, page by page in order of their place, those that ask the same as another one
// under that one.
func Recommendations(site *ingest.Site) []answer.Recommendation {
	m := newRecommendationMaker(site)
	var out []answer.Recommendation
	for _, r := range site.Records {
		for i := range r.Recommendations {
			if rec := &r.Recommendations[i]; rec.SameAs == "" {
				out = append(out, m.make(r, rec, NewEvidence))
			}
		}
	}
	return out
}

// Saying is a recommendation on its page.
type Saying struct {
	Page           *ingest.Record
	Recommendation *ingest.Recommendation
}

// recommendationMaker makes recommendations as they are shown.
type recommendationMaker struct {
	entities map[ingest.IRI]*ingest.Entity
	groups   map[ingest.IRI][]Saying // those that ask the same, in order of date, by the IRI of the first
}

func newRecommendationMaker(site *ingest.Site) *recommendationMaker {
	m := &recommendationMaker{entities: map[ingest.IRI]*ingest.Entity{}, groups: Sayings(site)}
	for i := range site.Entities {
		m.entities[site.Entities[i].IRI] = &site.Entities[i]
	}
	return m
}

// Sayings gathers those that ask the same, in order of date, by the IRI of the first.
func Sayings(site *ingest.Site) map[ingest.IRI][]Saying {
	groups := map[ingest.IRI][]Saying{}
	for _, r := range site.Records {
		for i := range r.Recommendations {
			rec := &r.Recommendations[i]
			first := firstOf(rec)
			groups[first] = append(groups[first], Saying{r, rec})
		}
	}
	for _, g := range groups {
		slices.SortStableFunc(g, func(a, b Saying) int { return strings.Compare(a.Page.Date, b.Page.Date) })
	}
	return groups
}

// firstOf is the IRI of the first recommendation that asks what rec asks.
func firstOf(rec *ingest.Recommendation) ingest.IRI { return cmp.Or(rec.SameAs, rec.IRI) }

// ask shows a recommendation, with the other places that ask the same.
func (m *recommendationMaker) make(r *ingest.Record, rec *ingest.Recommendation,
	evidence func(*ingest.Record, ingest.Span) answer.Evidence) answer.Recommendation {
	a := answer.Recommendation{
		ID: rec.IRI, Text: rec.Text, To: rec.To, Strength: string(rec.Strength), Heading: rec.Heading, LeadIn: rec.LeadIn,
		Context: rec.Context, Stance: string(rec.Stance), Genre: string(r.Genre), Sure: rec.Confidence,
		Page: answer.PageRef(r), Date: r.Date, Evidence: []answer.Evidence{evidence(r, rec.Span)},
	}
	if rec.ByEvidence.End > rec.ByEvidence.Start && !rec.Span.Holds(rec.ByEvidence) {
		a.Evidence = append(a.Evidence, evidence(r, rec.ByEvidence))
	}
	a.By, a.ToRef = m.ref(rec.ByIRI), m.ref(rec.ToIRI)
	for _, t := range rec.Topics {
		if ref := m.ref(t); ref != nil {
			ref.Inferred = Inferred(r, t)
			a.Topics = append(a.Topics, *ref)
		}
	}
	for _, s := range m.groups[firstOf(rec)] {
		if s.Recommendation != rec {
			a.Also = append(a.Also, evidence(s.Page, s.Recommendation.Span))
		}
	}
	return a
}

// Inferred reports whether the page does not state the topic.
func Inferred(r *ingest.Record, topic ingest.IRI) bool {
	return !slices.ContainsFunc(r.Topics, func(t ingest.TopicReference) bool { return t.IRI == topic && !t.Inferred })
}

func (m *recommendationMaker) ref(iri ingest.IRI) *answer.Ref {
	e, ok := m.entities[iri]
	if !ok {
		return nil
	}
	return &answer.Ref{ID: iri, Kind: e.Kind, Name: e.Name}
}
