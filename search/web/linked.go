package web

import (
	"context"
	"sync"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/present"
)

// linked is a generation whose answers know the addresses of the pages about things.
type linked struct {
	Generation
	catalogues *catalogues
}

// catalogues keeps the catalogue that was linked last: it is that of all visits until the generation changes.
type catalogues struct {
	mu         sync.Mutex
	of, linked *answer.Catalogue
}

// addressed returns an answer of a generation with its addresses.
func addressed[T any](answer T, err error) (T, error) { return present.JSON(answer, ""), err }

func (l linked) Catalogue() *answer.Catalogue {
	c := l.Generation.Catalogue()
	l.catalogues.mu.Lock()
	defer l.catalogues.mu.Unlock()
	if l.catalogues.of != c {
		l.catalogues.of, l.catalogues.linked = c, present.JSON(c, "")
	}
	return l.catalogues.linked
}

func (l linked) Search(ctx context.Context, req answer.Request) (*answer.Response, error) {
	return addressed(l.Generation.Search(ctx, req))
}

func (l linked) Suggest(ctx context.Context, prefix string, limit int) ([]answer.Suggestion, error) {
	return addressed(l.Generation.Suggest(ctx, prefix, limit))
}

func (l linked) Recommendations(ctx context.Context, req answer.Request) ([]answer.Recommendation, int, error) {
	found, total, err := l.Generation.Recommendations(ctx, req)
	return present.JSON(found, ""), total, err
}

func (l linked) Lookup(ctx context.Context, name string) (answer.Ref, error) {
	return addressed(l.Generation.Lookup(ctx, name))
}

func (l linked) Profile(ctx context.Context, id ingest.IRI) (*answer.Profile, error) {
	return addressed(l.Generation.Profile(ctx, id))
}

func (l linked) ConnectionsOf(ctx context.Context, name string, limit int) (answer.Ref, map[string][]answer.Connection, error) {
	of, all, err := l.Generation.ConnectionsOf(ctx, name, limit)
	return present.JSON(of, ""), present.JSON(all, ""), err
}

func (l linked) Paths(ctx context.Context, from, to ingest.IRI, limit int) ([]answer.Path, error) {
	return addressed(l.Generation.Paths(ctx, from, to, limit))
}

func (l linked) TopicMap(ctx context.Context, organisations, topics int) (*answer.TopicMap, error) {
	return addressed(l.Generation.TopicMap(ctx, organisations, topics))
}

func (l linked) About(ctx context.Context, words string, limit int) (map[string][]answer.Connection, error) {
	return addressed(l.Generation.About(ctx, words, limit))
}

func (l linked) Around(ctx context.Context, of ingest.IRI, hops int, kinds []kinds.Kind, limit int) (*answer.Surroundings, error) {
	return addressed(l.Generation.Around(ctx, of, hops, kinds, limit))
}

func (l linked) Shared(ctx context.Context, of ingest.IRI, kind kinds.Kind, since string, limit int) ([]answer.CoOccurrence, int, error) {
	found, total, err := l.Generation.Shared(ctx, of, kind, since, limit)
	return present.JSON(found, ""), total, err
}

func (l linked) Compare(ctx context.Context, first, second ingest.IRI, kind kinds.Kind, limit int) (*answer.Comparison, error) {
	return addressed(l.Generation.Compare(ctx, first, second, kind, limit))
}

func (l linked) Communities(ctx context.Context, limit int) ([]answer.Community, error) {
	return addressed(l.Generation.Communities(ctx, limit))
}

func (l linked) Walk(ctx context.Context, question string, of ingest.IRI, limit int) ([]answer.Found, int, error) {
	found, total, err := l.Generation.Walk(ctx, question, of, limit)
	return present.JSON(found, ""), total, err
}
