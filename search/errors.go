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
	return fmt.Sprintf("nothing is called %q; nearest: %s", e.Name, names(e.Nearest))
}

// AmbiguousError says that several things have the name asked for. Choices are ten at most, those that most pages name
// first.
type AmbiguousError struct {
	Name    string
	Choices []Ref
}

func (e *AmbiguousError) Error() string {
	out := make([]string, len(e.Choices))
	for i, r := range e.Choices {
		out[i] = fmt.Sprintf("\n  %s (%s, %s)", r.Name, r.Kind, r.ID)
	}
	return fmt.Sprintf("%q may be one of these; ask for one by its full name, with its kind (\"person: NAME\"), or by its IRI:%s", e.Name, strings.Join(out, ""))
}

func names(refs []Ref) string {
	out := make([]string, len(refs))
	for i, r := range refs {
		out[i] = fmt.Sprintf("%s (%s)", r.Name, r.Kind)
	}
	return strings.Join(out, ", ")
}
