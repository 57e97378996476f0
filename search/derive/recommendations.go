package derive

import (
	"slices"

	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
	"rapporteur/search/answer"
)

// The recommendations of a site are documents of the index, each asked once: where several places ask the same, the first
// is the document, found by whatever any of them is found by, and the others are shown with it.

// Recommendation shows a recommendation of a record, with the other places that ask the same; evidence is how they are shown.
func (b *Site) Recommendation(r *ingest.Record, rec *ingest.Recommendation,
	evidence func(*ingest.Record, ingest.Span) answer.Evidence) answer.Recommendation {
	a := answer.Recommendation{
		ID: rec.IRI, Text: rec.Text, To: rec.To, Strength: string(rec.Strength), Heading: rec.Heading, LeadIn: rec.LeadIn,
		Context: rec.Context, Stance: string(rec.Stance), Genre: string(r.Genre), Sure: rec.Confidence,
		Page: answer.PageRef(r), Date: r.Date, Evidence: []answer.Evidence{evidence(r, rec.Span)},
	}
	if rec.ByEvidence.End > rec.ByEvidence.Start && !rec.Span.Holds(rec.ByEvidence) {
		a.Evidence = append(a.Evidence, evidence(r, rec.ByEvidence))
	}
	a.By, a.ToRef = b.known(rec.ByIRI), b.known(rec.ToIRI)
	for _, t := range rec.Topics {
		if ref := b.known(t); ref != nil {
			ref.Inferred = Inferred(r, t)
			a.Topics = append(a.Topics, *ref)
		}
	}
	for _, s := range b.Asked[inversion.First(rec)] {
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

// known is a reference to an entity, nil if the site has none with the IRI.
func (b *Site) known(iri ingest.IRI) *answer.Ref {
	n, ok := b.Number[iri]
	if !ok {
		return nil
	}
	ref := b.refs[n]
	return &ref
}
