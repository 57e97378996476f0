package graph

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"rapporteur/ingest/fold"

	"github.com/cayleygraph/cayley/query/graphql"
	"github.com/cayleygraph/quad"
)

// What a question of people's own may cost. The first of these to be used up ends it.
const (
	maxQueryBytes = 16 << 10
	maxQueryDepth = 6         // levels of braces below the outermost
	maxQueryRows  = 100       // at each level
	queryRows     = 20        // at a level that does not say
	maxQuerySteps = 1_000_000 // nodes and quads looked at
	maxQueryTime  = 5 * time.Second
)

// QueryError says what is wrong with a question, and how to put it.
type QueryError struct{ Problem string }

func (e *QueryError) Error() string { return e.Problem }

// errTooManySteps ends a question that has looked at as much as it may.
var errTooManySteps = errors.New("too many steps")

// stepBudget counts down what one question may still look at. A nil one never ends.
type stepBudget struct{ left atomic.Int64 }

// step takes one step, and reports errTooManySteps where none is left.
func (b *stepBudget) step() error {
	if b != nil && b.left.Add(-1) < 0 {
		return errTooManySteps
	}
	return nil
}

// Query answers a question in Cayley's GraphQL, which reads and never runs a script:
//
//	{ nodes(type: Person, first: 3) { id name spokeAt { name startDate } } }
//
// The outermost field starts from all nodes, or from those with an id or with the properties that its arguments give; a
// field within follows that predicate (with ~ in front, or @rev behind, against its direction) and drops what lacks it,
// unless @opt stands behind. Predicates and types of the vocabulary go by their last word (spokeAt, Person; see Terms),
// with a prefix (schema:name) or in full (<https://schema.org/name>). first and offset page through a level; * gives all
// properties of a node; @label(v: <IRI of a page>) keeps to what that page says.
//
// The answer holds strings, numbers and booleans, lists and maps of them; one of several stands alone, as Cayley gives it.
// A question that is malformed, too deep or too long is a *QueryError, and so is one that looks at too much.
func (r *Reader) Query(ctx context.Context, question string) (map[string]any, error) {
	if strings.TrimSpace(question) == "" {
		return nil, &QueryError{"the question is empty: ask like { nodes(type: Person, first: 3) { name } }"}
	}
	text, err := spellOut(question)
	if err != nil {
		return nil, err
	}
	q, err := graphql.Parse(strings.NewReader(text))
	if err != nil {
		return nil, &QueryError{"not understood: " + fold.Space(err.Error())}
	}
	bounded, cancel := context.WithTimeout(ctx, maxQueryTime)
	defer cancel()
	budget := &stepBudget{}
	budget.left.Store(maxQuerySteps)
	found, err := q.Execute(bounded, store{snapshot: r.snapshot, budget: budget})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case budget.left.Load() < 0:
		return nil, &QueryError{fmt.Sprintf("it looks at more than %d nodes and quads: begin from an id or a name, or ask for less with first",
			maxQuerySteps)}
	case bounded.Err() != nil:
		return nil, &QueryError{fmt.Sprintf("it takes longer than %s: begin from an id or a name, or ask for less with first", maxQueryTime)}
	case err != nil:
		return nil, &QueryError{"cannot be answered: " + err.Error()}
	}
	return plain(found).(map[string]any), nil
}

// plain turns quad values into what JSON has.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			out[k] = plain(x)
		}
		return out
	case []map[string]any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = plain(x)
		}
		return out
	case []quad.Value:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = plain(x)
		}
		return out
	case quad.IRI:
		return string(v)
	case quad.String:
		return string(v)
	case quad.LangString:
		return string(v.Value)
	case quad.TypedString:
		switch v.Type {
		case xsdInteger:
			if n, err := v.ParseValue(); err == nil {
				return n.Native()
			}
		case xsdBoolean:
			return string(v.Value) == "true"
		}
		return string(v.Value)
	case quad.Value:
		return v.Native()
	}
	return v
}
