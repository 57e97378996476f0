package search

import (
	"errors"
	"fmt"
	"strings"
)

// ErrNoGeneration says that a data folder holds nothing to read yet.
var ErrNoGeneration = errors.New("no site has been ingested yet: run \"rapporteur ingest SITE\" first")

// NotFoundError says that nothing has the name asked for. Nearest are those that look like it, best first.
type NotFoundError struct {
	Name    string
	Nearest []Ref
}

func (e *NotFoundError) Error() string {
	if len(e.Nearest) == 0 {
		return fmt.Sprintf("nothing is called %q", e.Name)
	}
	return fmt.Sprintf("nothing is called %q; nearest:%s", e.Name, choices(e.Nearest))
}

// AmbiguousError says that several things have the name asked for. Choices are ten at most, those that most pages name
// first, people known by one word last.
type AmbiguousError struct {
	Name    string
	Choices []Ref
}

func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("%q may be one of these; ask for one by its full name, with its kind (\"person: NAME\"), or by its IRI:%s", e.Name, choices(e.Choices))
}

// choices writes a line for each.
func choices(refs []Ref) string {
	var b strings.Builder
	for _, r := range refs {
		fmt.Fprintf(&b, "\n  %s (%s, %s)", r.Name, r.Kind, r.ID)
	}
	return b.String()
}
