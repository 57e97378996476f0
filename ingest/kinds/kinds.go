// Package kinds is the one table of the kinds of thing that a site is about: what each is called, and how it goes into
// addresses, IRIs, facets and vocabularies.
package kinds

import (
	"slices"
	"strings"
)

// Kind is a kind of thing: an entity's, or what else has pages and an IRI.
type Kind string

// The kinds.
const (
	Page           Kind = "page"
	Recommendation Kind = "recommendation"
	Person         Kind = "person"
	Organisation   Kind = "organisation"
	Country        Kind = "country"
	Topic          Kind = "topic"
)

// Row is what the table says of a kind. One thing of it is called what the kind is; of an entity, that is its part of IRIs
// and its facet of the index, too.
type Row struct {
	Kind   Kind
	Plural string // several of them, in a sentence
	Route  string // the segment of addresses under which they stand
	Schema string // type of schema.org; empty where several or none apply
	Class  string // of RDF: an IRI; empty where several apply
	Entity bool   // pages name it; the others are made of pages
}

// Table holds all kinds, entities first, in the order in which they are shown.
var Table = []Row{
	{Person, "people", "people", "Person", schema + "Person", true},
	{Organisation, "organisations", "organisations", "Organization", schema + "Organization", true},
	{Topic, "topics", "topics", "DefinedTerm", skos + "Concept", true},
	{Country, "countries", "countries", "Country", schema + "Country", true},
	{Page, "pages", "events", "", "", false},
	{Recommendation, "recommendations", "recommendations", "Recommendation", "", false},
}

// The vocabularies of the classes.
const (
	schema = "https://schema.org/"
	skos   = "http://www.w3.org/2004/02/skos/core#"
)

// Entities are the rows of the kinds of entity, in the order in which they are shown.
func Entities() []Row {
	return slices.DeleteFunc(slices.Clone(Table), func(r Row) bool { return !r.Entity })
}

// Named are the kinds of entity, in the order in which they are shown.
func Named() []Kind {
	var out []Kind
	for _, r := range Entities() {
		out = append(out, r.Kind)
	}
	return out
}

// Of returns the row of a kind; ok is false if there is no such kind.
func Of(k Kind) (row Row, ok bool) {
	for _, r := range Table {
		if r.Kind == k {
			return r, true
		}
	}
	return Row{}, false
}

// OfRoute returns the row of the kind whose things stand under a segment of addresses.
func OfRoute(segment string) (row Row, ok bool) {
	for _, r := range Table {
		if r.Route == segment {
			return r, true
		}
	}
	return Row{}, false
}

// Title is what several of the kind are called, with a capital.
func (r Row) Title() string { return strings.ToUpper(r.Plural[:1]) + r.Plural[1:] }

// Title is what several of a kind are called, with a capital.
func Title(k Kind) string {
	row, _ := Of(k)
	return row.Title()
}
