package answer

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
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
	return fmt.Sprintf("%q may be one of these; ask for one by its full name, with its kind (\"person: NAME\"), or by its IRI:%s", e.Name,
		choices(e.Choices))
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

// FaultError says that the program is at fault, and broke off one answer. It tells the shape of the query, and none of its words.
type FaultError struct {
	Query Shape
	Cause string
	Stack string
}

func (e *FaultError) Error() string {
	return fmt.Sprintf("this could not be answered, by a fault of the program (%s): please report it; everything else goes on (%s)", e.Query,
		e.Cause)
}

// Shape is what a log may hold of a query.
type Shape struct {
	Bytes, Words, Signs int
	Scripts             []string // sorted
}

func (s Shape) String() string {
	return fmt.Sprintf("a query of %d bytes, %d words, %d signs, in %s", s.Bytes, s.Words, s.Signs,
		strings.Join(append(s.Scripts, "")[:max(1, len(s.Scripts))], " and "))
}

// ShapeOf describes a query without its words.
func ShapeOf(query string) Shape {
	s := Shape{Bytes: len(query), Words: len(strings.Fields(query))}
	seen := map[string]bool{}
	for _, r := range query {
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r):
			for name, table := range unicode.Scripts {
				if unicode.Is(table, r) {
					seen[name] = true
				}
			}
		case !unicode.IsSpace(r) && !unicode.IsDigit(r):
			s.Signs++
		}
	}
	s.Scripts = slices.Sorted(maps.Keys(seen))
	return s
}
