package web

import (
	"context"
	"net/http"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"

	"rapporteur/ingest"

	"github.com/danielgtaylor/huma/v2"
)

// Explorer answers the questions that go on from one thing to others.
type Explorer interface {
	About(ctx context.Context, words string, limit int) (map[string][]answer.Connection, error)
	Around(ctx context.Context, of ingest.IRI, hops int, kinds []kinds.Kind, limit int) (*answer.Surroundings, error)
	Shared(ctx context.Context, of ingest.IRI, kind kinds.Kind, since string, limit int) ([]answer.CoOccurrence, int, error)
	Compare(ctx context.Context, first, second ingest.IRI, kind kinds.Kind, limit int) (*answer.Comparison, error)
	Communities(ctx context.Context, limit int) ([]answer.Community, error)
	Walk(ctx context.Context, question string, of ingest.IRI, limit int) ([]answer.Found, int, error)
	AskGraph(ctx context.Context, question string) (map[string]any, error)
}

// AboutAnswer says what is named beside the words of a subject, by kind, the nearest first.
type AboutAnswer struct {
	Query       string                         `json:"query"`
	Connections map[string][]answer.Connection `json:"connections"`
}

// AroundAnswer is what lies one or two hops around a thing.
type AroundAnswer struct {
	Of answer.Ref `json:"of"`
	answer.Surroundings
}

// SharedAnswer is what shares pages with a thing, of one kind, the most pages first.
type SharedAnswer struct {
	Of    answer.Ref            `json:"of"`
	Kind  kinds.Kind            `json:"kind"`
	Since string                `json:"since,omitempty"`
	Total int                   `json:"total"`
	Items []answer.CoOccurrence `json:"items"`
}

// CirclesAnswer lists the communities of the site, the largest first.
type CirclesAnswer struct {
	Circles []answer.Community `json:"circles"`
}

func (s *Site) routeExplore(api huma.API) {
	get(s, api, "about", "/api/v1/about", "Who and what is named beside the words of a subject, on the pages that are about it", s.apiAbout)
	get(s, api, "around", "/api/v1/around", "What lies one or two hops around a person, organisation, topic or country", s.apiAround)
	get(s, api, "shared", "/api/v1/shared", "What shares pages with a thing, of one kind, with the years; since a date: what is new",
		s.apiShared)
	get(s, api, "compare", "/api/v1/compare", "Two things held against each other: what both have, what only one has, who links them",
		s.apiCompare)
	get(s, api, "circles", "/api/v1/circles", "The people and organisations that meet each other more than others", s.apiCircles)
	get(s, api, "graph", "/api/v1/graph", "Ask the graph: a question in Cayley's GraphQL, or one of those it knows about a thing", s.apiGraph)
}

type aboutInput struct {
	Q     string `query:"q" required:"true" minLength:"1" maxLength:"500" doc:"Words of the subject"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"10" doc:"How many of each kind"`
}

func (s *Site) apiAbout(ctx context.Context, v *visit, in *aboutInput) (AboutAnswer, error) {
	connections, err := v.gen.About(ctx, in.Q, in.Limit)
	return AboutAnswer{in.Q, connections}, err
}

type aroundInput struct {
	Name  string       `query:"name" required:"true" minLength:"1" maxLength:"500" doc:"Name or IRI"`
	Hops  int          `query:"hops" minimum:"1" maximum:"2" default:"1" doc:"How far"`
	Kind  []kinds.Kind `query:"kind,explode" maxItems:"4" enum:"person,organisation,topic,country" doc:"Only these kinds"`
	Limit int          `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"How many at the first hop"`
}

func (s *Site) apiAround(ctx context.Context, v *visit, in *aroundInput) (AroundAnswer, error) {
	of, err := v.gen.Lookup(ctx, in.Name)
	if err != nil {
		return AroundAnswer{}, err
	}
	around, err := v.gen.Around(ctx, of.ID, in.Hops, in.Kind, in.Limit)
	if err != nil {
		return AroundAnswer{}, err
	}
	return AroundAnswer{of, *around}, nil
}

type sharedInput struct {
	Name  string     `query:"name" required:"true" minLength:"1" maxLength:"500" doc:"Name or IRI"`
	Kind  kinds.Kind `query:"kind" required:"true" enum:"person,organisation,topic,country" doc:"Kind of what is listed"`
	Since string     `query:"since" pattern:"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" doc:"Only pages of this date and later"`
	Limit int        `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"How many"`
}

func (s *Site) apiShared(ctx context.Context, v *visit, in *sharedInput) (SharedAnswer, error) {
	of, err := v.gen.Lookup(ctx, in.Name)
	if err != nil {
		return SharedAnswer{}, err
	}
	items, total, err := v.gen.Shared(ctx, of.ID, in.Kind, in.Since, in.Limit)
	return SharedAnswer{of, in.Kind, in.Since, total, orEmpty(items)}, err
}

type compareInput struct {
	First  string     `query:"first" required:"true" minLength:"1" maxLength:"500" doc:"Name or IRI"`
	Second string     `query:"second" required:"true" minLength:"1" maxLength:"500" doc:"Name or IRI"`
	Kind   kinds.Kind `query:"kind" enum:"person,organisation,topic,country" doc:"Kind of what they are compared by; all if not given"`
	Limit  int        `query:"limit" minimum:"1" maximum:"100" default:"10" doc:"How many in each list"`
}

func (s *Site) apiCompare(ctx context.Context, v *visit, in *compareInput) (*answer.Comparison, error) {
	first, err := v.gen.Lookup(ctx, in.First)
	if err != nil {
		return nil, err
	}
	second, err := v.gen.Lookup(ctx, in.Second)
	if err != nil {
		return nil, err
	}
	return v.gen.Compare(ctx, first.ID, second.ID, in.Kind, in.Limit)
}

type circlesInput struct {
	Limit int `query:"limit" minimum:"1" maximum:"100" default:"10" doc:"How many members of each"`
}

func (s *Site) apiCircles(ctx context.Context, v *visit, in *circlesInput) (CirclesAnswer, error) {
	circles, err := v.gen.Communities(ctx, in.Limit)
	return CirclesAnswer{orEmpty(circles)}, err
}

type graphInput struct {
	Query    string `query:"query" maxLength:"16384" doc:"Cayley's GraphQL, 6 levels, 100 rows each" example:"{ nodes(type: Person) { id } }"`
	Question string `query:"question" maxLength:"100" doc:"Instead: a question that the graph knows, about name" example:"co-speakers"`
	Name     string `query:"name" maxLength:"500" doc:"Name or IRI of what the question is about"`
	Limit    int    `query:"limit" minimum:"1" maximum:"1000" default:"20" doc:"How many answers to a question about name"`
}

// GraphAnswer is the answer to a query, as it asks for it, or to a question about a thing.
type GraphAnswer struct {
	Answer   map[string]any `json:"answer,omitempty"`
	Of       *answer.Ref    `json:"of,omitempty"`
	Question string         `json:"question,omitempty"`
	Total    int            `json:"total,omitempty"`
	Items    []answer.Found `json:"items,omitempty"`
}

func (s *Site) apiGraph(ctx context.Context, v *visit, in *graphInput) (GraphAnswer, error) {
	if in.Query != "" {
		found, err := v.gen.AskGraph(ctx, in.Query)
		return GraphAnswer{Answer: found}, err
	}
	if in.Question == "" || in.Name == "" {
		return GraphAnswer{}, &refusal{status: http.StatusBadRequest, message: "Give query, or question and name."}
	}
	of, err := v.gen.Lookup(ctx, in.Name)
	if err != nil {
		return GraphAnswer{}, err
	}
	items, total, err := v.gen.Walk(ctx, in.Question, of.ID, in.Limit)
	return GraphAnswer{Of: &of, Question: in.Question, Total: total, Items: items}, err
}
