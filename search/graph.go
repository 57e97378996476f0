package search

import (
	"context"
	"errors"

	"rapporteur/graph"
	"rapporteur/ingest"
	"rapporteur/search/answer"
)

// Walks lists the questions that Generation.Walk answers.
func Walks() []answer.Walk {
	var out []answer.Walk
	for _, w := range graph.Walks() {
		walk := answer.Walk{Name: w.Name, Says: w.Says}
		for _, k := range w.From {
			walk.From = append(walk.From, string(k))
		}
		out = append(out, walk)
	}
	return out
}

// Walk answers a question of Walks for a thing: at most limit answers (all if it is 0), those that most pages say first,
// and how many there are. A question that there is none of for the thing's kind is a *QueryError.
func (g *Generation) Walk(ctx context.Context, question string, of ingest.IRI, limit int) ([]answer.Found, int, error) {
	found, total, err := g.graph.Walk(ctx, question, of, limit)
	if err != nil {
		return nil, 0, queryError(err)
	}
	out := make([]answer.Found, 0, len(found))
	for _, f := range found {
		x := answer.Found{Ref: refOf(f.Thing), Pages: []answer.Ref{}}
		for _, p := range f.Pages {
			x.Pages = append(x.Pages, refOf(p))
		}
		out = append(out, x)
	}
	return out, total, nil
}

// AskGraph answers a question in Cayley's GraphQL, as graph.Reader.Query has it. A question that is malformed or asks for
// too much is a *QueryError.
func (g *Generation) AskGraph(ctx context.Context, question string) (map[string]any, error) {
	found, err := g.graph.Query(ctx, question)
	return found, queryError(err)
}

// GraphTerms returns the types and predicates that such a question can call by their last word.
func GraphTerms() (types, predicates []string) { return graph.Terms() }

func queryError(err error) error {
	var wrong *graph.QueryError
	if errors.As(err, &wrong) {
		return &answer.QueryError{Problem: wrong.Problem, Filter: answer.GraphQuestion}
	}
	return err
}
