package search

import (
	"context"
	"strings"

	"rapporteur/graph"
	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// Lookup finds the one thing that is meant. It takes, and tries in this order: an IRI (one that was merged leads to what
// it was merged into); a page's path, its address on the live site or on this server; then what query.Engine.Lookup takes.
func (g *Generation) Lookup(ctx context.Context, name string) (answer.Ref, error) {
	return g.engine.Lookup(ctx, name, g.byIRI, g.byPlace)
}

func refOf(t graph.Thing) answer.Ref {
	k := t.Kind
	return answer.Ref{ID: t.IRI, Kind: k, Name: t.Name}
}

func (g *Generation) byIRI(asked string) []answer.Ref {
	if t, ok := g.graph.Thing(ingest.IRI(asked)); ok {
		return []answer.Ref{refOf(t)}
	}
	return nil
}

// byPlace takes a path or an address.
func (g *Generation) byPlace(asked string) []answer.Ref {
	if !strings.ContainsAny(asked, "/.") {
		return nil
	}
	bare, _, _ := strings.Cut(asked, "#")
	for _, form := range []string{asked, strings.TrimPrefix(asked, "./"), strings.TrimPrefix(asked, "/"), bare, strings.TrimSuffix(bare, "/"),
		bare + "/"} {
		for _, t := range g.graph.Called(form) {
			if t.Kind == graph.PageKind && t.Name != form {
				return []answer.Ref{refOf(t)}
			}
		}
	}
	if strings.HasPrefix(asked, "/") {
		route, slug, _ := strings.Cut(bare[1:], "/")
		if row, ok := kinds.OfRoute(route); ok {
			if r, ok := g.engine.BySlug(row.Kind, slug); ok {
				return []answer.Ref{r}
			}
		}
	}
	return nil
}
