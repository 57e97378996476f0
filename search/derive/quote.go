package derive

import (
	"math"
	"slices"

	"rapporteur/ingest"
	"rapporteur/search/answer"
)

// BothOn quotes the sentence that names both; where none does, one sentence for each. together says whether one does.
func BothOn(r *ingest.Record, first, second ingest.IRI) (out []answer.Evidence, together bool) {
	var a, b NamedEntity
	for _, x := range Named(r) {
		switch x.IRI {
		case first:
			a = x
		case second:
			b = x
		}
	}
	if len(a.Mentions) > 0 && len(b.Mentions) > 0 {
		var x, y presence
		x.mentioned(a.Mentions)
		y.mentioned(b.Mentions)
		span := nearest(&x, &y)
		whole := sentenceAround(r.Page, span)
		if slices.ContainsFunc(a.Mentions, func(m ingest.Mention) bool { return whole.Holds(m.Span) }) {
			return []answer.Evidence{NewEvidence(r, span)}, true
		}
	}
	for _, x := range []NamedEntity{a, b} {
		if e := NewEvidence(r, x.Span()); e.Quote != "" && !slices.ContainsFunc(out, func(o answer.Evidence) bool { return o.Quote == e.Quote }) {
			out = append(out, e)
		}
	}
	if len(out) == 0 {
		out = append(out, NewEvidence(r, ingest.Span{}))
	}
	return out, false
}

// SaidBy quotes what a person or organisation says on a page about a subject: their asks, and the sentences that name them, of which about
// holds. At most MaxEvidence of these.
func SaidBy(r *ingest.Record, by ingest.IRI, about func(text string) bool) []answer.Evidence {
	var out []answer.Evidence
	quote := func(at ingest.Span) {
		if e := NewEvidence(r, at); len(out) < MaxEvidence &&
			!slices.ContainsFunc(out, func(o answer.Evidence) bool { return o.Quote == e.Quote }) {
			out = append(out, e)
		}
	}
	for i := range r.Recommendations {
		if ask := &r.Recommendations[i]; ask.ByIRI == by && about(ask.Context+" "+ask.Text) {
			quote(ask.Span)
		}
	}
	for _, x := range Named(r) {
		for _, m := range x.Mentions {
			if x.IRI == by && about(sentenceAround(r.Page, m.Span).In(r.Text)) {
				quote(m.Span)
			}
		}
	}
	return out
}

// NamedEntity is an entity as a record names it.
type NamedEntity struct {
	IRI      ingest.IRI
	said     ingest.Span // where the page says what part they play; empty if it does not
	Mentions []ingest.Mention
}

// Span is what shows best how the entity stands on the page.
func (x NamedEntity) Span() ingest.Span {
	if x.said.End > x.said.Start {
		return x.said
	}
	first := ingest.Span{Start: math.MaxInt}
	for _, m := range x.Mentions {
		if m.Start < first.Start {
			first = m.Span
		}
	}
	if first.Start == math.MaxInt {
		return ingest.Span{}
	}
	return first
}

// Named lists the resolved entities of a record, each once, in its order.
func Named(r *ingest.Record) []NamedEntity {
	var out []NamedEntity
	at := map[ingest.IRI]int{}
	add := func(ref *ingest.Reference, said ingest.Span) {
		if ref.IRI == "" {
			return
		}
		i, ok := at[ref.IRI]
		if !ok {
			i = len(out)
			at[ref.IRI] = i
			out = append(out, NamedEntity{IRI: ref.IRI})
		}
		if out[i].said.End == 0 {
			out[i].said = said
		}
		out[i].Mentions = append(out[i].Mentions, ref.Mentions...)
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
