package query

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"rapporteur/index"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// filter plans the filters of a query and those beside it. Values of one field are alternatives.
func (p *plan) filter(parsed *parsedQuery, given *answer.Filter) {
	values := map[string][]string{
		"person":       slices.Clone(given.People),
		"organisation": slices.Clone(given.Organisations),
		"country":      slices.Clone(given.Countries),
		"topic":        slices.Clone(given.Topics),
		"category":     slices.Clone(given.Categories),
		"genre":        slices.Clone(given.Genres),
		"site":         slices.Clone(given.Sites),
		"year":         slices.Clone(given.Years),
		"by":           slices.Clone(given.By),
		"addressee":    slices.Clone(given.Addressees),
		"strength":     slices.Clone(given.Strengths),
	}
	for _, kind := range given.Kinds {
		values["kind"] = append(values["kind"], string(kind))
	}
	p.query.From, p.query.To = given.From, given.To
	for _, f := range parsed.filters {
		switch {
		case f.field == "date":
			from, to := dateRange(f.value)
			p.query.From, p.query.To = max(p.query.From, from), earlier(p.query.To, to)
		case f.field == "from":
			p.query.From = max(p.query.From, f.value)
		case f.field == "to":
			p.query.To = earlier(p.query.To, f.value)
		case f.not:
			p.facet(f.field, []string{f.value}, true)
		default:
			values[f.field] = append(values[f.field], f.value)
		}
	}
	for _, field := range []string{"person", "speaker", "organisation", "country", "topic", "by", "category", "year", "addressee", "strength",
		"genre", "site", "place"} {
		if len(values[field]) > 0 {
			p.facet(field, values[field], false)
		}
	}
	p.kinds(values["kind"])
}

// check says what is wrong with the values of filters, in the words of the query language.
func checkFilter(f *answer.Filter) error {
	fields := []struct {
		name   string
		values []string
	}{{"year", f.Years}, {"from", []string{f.From}}, {"to", []string{f.To}}}
	for _, kind := range f.Kinds {
		fields = append(fields, struct {
			name   string
			values []string
		}{"kind", []string{string(kind)}})
	}
	for _, field := range fields {
		for _, value := range field.values {
			if value == "" {
				continue
			}
			var wrong *answer.QueryError
			if err := (&queryFilter{field: field.name, value: value}).check(); errors.As(err, &wrong) {
				wrong.Filter = field.name
				return wrong
			}
		}
	}
	return nil
}

// kinds splits kinds of hits from kinds of pages.
func (p *plan) kinds(values []string) {
	var pages []string
	for _, v := range values {
		if v = strings.ToLower(v); slices.Contains(hitKinds, v) {
			p.query.Kinds = append(p.query.Kinds, v)
		} else {
			pages = append(pages, v)
		}
	}
	if len(pages) > 0 {
		p.query.Filters = append(p.query.Filters, index.Filter{Facet: pageKindFacet, Values: pages})
	}
}

// facet plans a filter on a field, whose values may be names.
func (p *plan) facet(field string, values []string, not bool) {
	f := index.Filter{Facet: field, Not: not}
	for _, v := range values {
		switch field {
		case yearFacet:
			from, to := dateRange(v)
			f.Values = append(f.Values, p.engine.between(from, to)...)
		case strengthFacet, genreFacet, siteFacet:
			f.Values = append(f.Values, strings.ToLower(v))
		case placeFacet:
			f.Values = append(f.Values, index.NameKey(v))
		case addresseeFacet:
			f.Values = append(f.Values, index.NameKey(v))
			for _, i := range p.engine.resolve(v, []kinds.Kind{kinds.Organisation, kinds.Person}) {
				f.Values = append(f.Values, p.engine.lexicon.Entities[i].value())
			}
		case categoryFacet:
			f.Values = append(f.Values, p.engine.categories(v)...)
		default:
			f.Values = append(f.Values, p.entities(field, v)...)
		}
	}
	p.query.Filters = append(p.query.Filters, f)
}

// entities returns the values in a facet of the entities that are meant by an IRI, code or name.
func (p *plan) entities(field, name string) []string {
	wanted := []kinds.Kind{kinds.Kind(field)}
	switch field {
	case speakerFacet:
		wanted = []kinds.Kind{kinds.Person}
	case byFacet:
		wanted = []kinds.Kind{kinds.Person, kinds.Organisation}
	}
	var out []string
	for _, i := range p.engine.resolve(name, wanted) {
		out = append(out, p.engine.lexicon.Entities[i].value())
	}
	if len(out) == 0 {
		p.notes = append(p.notes, p.engine.unknown(field, name, wanted))
	}
	return out
}

// earlier returns the earlier of two dates as upper bounds; empty is no bound.
func earlier(a, b string) string {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

// unknown says that a filter names nothing, and what comes near.
func (f *Engine) unknown(field, name string, kinds []kinds.Kind) string {
	var near []string
	for _, ref := range f.nearest(name, 3, kinds...) {
		near = append(near, ref.Name)
	}
	if len(near) == 0 {
		return fmt.Sprintf("No %s is called %q.", field, name)
	}
	return fmt.Sprintf("No %s is called %q; nearest: %s.", field, name, strings.Join(near, ", "))
}
