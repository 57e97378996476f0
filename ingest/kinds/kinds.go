// Package kinds says what kinds of thing there are.
package kinds

// Kind is a kind of thing that a search finds.
type Kind string

// The kinds of hit.
const (
	Page           Kind = "page"
	Recommendation Kind = "recommendation"
	Person         Kind = "person"
	Organisation   Kind = "organisation"
	Country        Kind = "country"
	Topic          Kind = "topic"
)
