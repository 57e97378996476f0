package answer

import (
	"fmt"
	"strings"
)

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

// QueryError says what is wrong with a query, and where.
type QueryError struct {
	Position int    // byte offset in the query
	Problem  string // what is wrong and what to write instead
	Filter   string // the filter beside the query that is wrong, such as "from"; empty if the query itself is
}

func (e *QueryError) Error() string {
	if e.Filter != "" {
		return e.Problem
	}
	return fmt.Sprintf("the query, at character %d: %s", e.Position+1, e.Problem)
}

// GraphQuestion is the Filter of a *QueryError that is about a question to the graph.
const GraphQuestion = "graph"
