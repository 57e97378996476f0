package search

import (
	"context"
	"errors"

	"rapporteur/graph"
	"rapporteur/ingest"
)

// GraphQuestion is the Filter of a *QueryError that is about a question to the graph.
const GraphQuestion = "graph"

// Found is an answer of a walk through the graph: an entity or a recommendation, and the pages that say so, the newest first.
type Found struct {
	Ref
	Pages []Ref `json:"pages"`
}

// Walk is a question that is a walk through the graph: its name, the kinds of thing that it starts from, what it finds.
type Walk struct {
	Name string   `json:"name"`
	From []string `json:"from"`
	Says string   `json:"says"`
}

// Walks lists the questions that Generation.Walk answers.
func Walks() []Walk {
	var out []Walk
	for _, w := range graph.Walks() {
		walk := Walk{Name: w.Name, Says: w.Says}
		for _, k := range w.From {
			walk.From = append(walk.From, string(k))
		}
		out = append(out, walk)
	}
	return out
}

// Walk answers a question of Walks for a thing: at most limit answers (all if it is 0), those that most pages say first,
// and how many there are. A question that there is none of for the thing's kind is a *QueryError.
func (g *Generation) Walk(ctx context.Context, question string, of ingest.IRI, limit int) ([]Found, int, error) {
	found, total, err := g.graph.Walk(ctx, question, of, limit)
	if err != nil {
		return nil, 0, queryError(err)
	}
	out := make([]Found, 0, len(found))
	for _, f := range found {
		x := Found{Ref: refOf(f.Thing), Pages: []Ref{}}
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
	answer, err := g.graph.Query(ctx, question)
	return answer, queryError(err)
}

// GraphTerms returns the types and predicates that such a question can call by their last word.
func GraphTerms() (types, predicates []string) { return graph.Terms() }

func queryError(err error) error {
	var wrong *graph.QueryError
	if errors.As(err, &wrong) {
		return &QueryError{Problem: wrong.Problem, Filter: GraphQuestion}
	}
	return err
}
