package web

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/present"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// The API is described by the types of this file: they serve, and the document is made from them.

// Filters narrows what is found. A field given several times allows any of its values.
type Filters struct {
	Kind         []kindToFind `query:"kind,explode" maxItems:"9" doc:"Kinds of thing to find; all if none is given"`
	Person       []string     `query:"person,explode" maxItems:"20" doc:"Only pages with this person, by name or IRI"`
	Organisation []string     `query:"organisation,explode" maxItems:"20" doc:"Only pages with this organisation, by name or IRI"`
	Country      []string     `query:"country,explode" maxItems:"20" doc:"Only pages that name this country, by ISO 3166-1 code or name"`
	Topic        []string     `query:"topic,explode" maxItems:"20" doc:"Only pages on this topic, by name or IRI"`
	Category     []string     `query:"category,explode" maxItems:"20" doc:"Only pages of this category"`
	Genre        []genre      `query:"genre,explode" maxItems:"20" doc:"Only pages of this genre, and what is on them"`
	Site         []string     `query:"site,explode" maxItems:"50" doc:"Only pages of this site, where several are one"`
	Year         []string     `query:"year,explode" maxItems:"50" doc:"Only pages of this year" example:"2024"`
	By           []string     `query:"by,explode" maxItems:"20" doc:"Only recommendations of this person or organisation, by name or IRI"`
	Addressee    []string     `query:"addressee,explode" maxItems:"20" doc:"Only recommendations to this body, by name, IRI or as written"`
	Strength     []string     `query:"strength,explode" maxItems:"4" doc:"Only what is asked so strongly: must, should, need or could"`
	From         string       `query:"from" pattern:"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" doc:"Not before this day, month or year"`
	To           string       `query:"to" pattern:"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" doc:"Not after this day, month or year" example:"2024"`
	Sort         string       `query:"sort" enum:"relevance,date" default:"relevance"`
}

// Paging is which part of what was found to give.
type Paging struct {
	Limit  int `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"How many to give"`
	Offset int `query:"offset" minimum:"0" maximum:"10000" default:"0" doc:"How many to pass over"`
}

// ListPaging is which part of a list that is not searched to give.
type ListPaging struct {
	Limit  int `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"How many to give"`
	Offset int `query:"offset" minimum:"0" maximum:"1000000" default:"0" doc:"How many to pass over"`
}

// kindToFind is a kind of thing, or a kind of page.
type kindToFind string

// Schema lists them.
func (kindToFind) Schema(huma.Registry) *huma.Schema {
	all := []any{kinds.Page, ingest.EventPage, ingest.PostPage, ingest.ProjectPage, kinds.Recommendation}
	for _, k := range kinds.Named() {
		all = append(all, k)
	}
	return oneOf(all...)
}

// genre is the genre of a page.
type genre string

// Schema lists the genres.
func (genre) Schema(huma.Registry) *huma.Schema {
	var all []any
	for _, g := range ingest.Genres {
		all = append(all, g)
	}
	return oneOf(all...)
}

func oneOf(values ...any) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString}
	for _, v := range values {
		s.Enum = append(s.Enum, fmt.Sprint(v))
	}
	s.PrecomputeMessages()
	return s
}

func convert[To, From ~string](list []From) []To {
	out := make([]To, len(list))
	for i, v := range list {
		out[i] = To(v)
	}
	return out
}

type searchInput struct {
	Q string `query:"q" maxLength:"16384" doc:"Words, \"phrases\", -without, person:\"Jane Roe\"; 40 words and more find pages like them"`
	Filters
	Paging
	Explain bool `query:"explain" doc:"Tell how each score came about"`
}

func (in *searchInput) request() answer.Request {
	return answer.Request{
		Query: in.Q,
		Filter: answer.Filter{
			Kinds: convert[kinds.Kind](in.Kind), People: in.Person, Organisations: in.Organisation, Countries: in.Country, Topics: in.Topic,
			Categories: in.Category, Genres: convert[string](in.Genre), Sites: in.Site, Years: in.Year, From: in.From, To: in.To,
			By: in.By, Addressees: in.Addressee, Strengths: in.Strength,
		},
		Sort: in.Sort, Limit: in.Limit, Offset: in.Offset, Explain: in.Explain,
	}
}

// body is the answer to an operation, as huma wants it.
type body[T any] struct{ Body T }

// Suggestions complete what is being typed.
type Suggestions struct {
	Query       string              `json:"query"`
	Suggestions []answer.Suggestion `json:"suggestions"`
}

// ConnectionsAnswer says what a thing shares pages with, by kind, the most pages first.
type ConnectionsAnswer struct {
	Of          answer.Ref                     `json:"of"`
	Connections map[string][]answer.Connection `json:"connections"`
}

// PathAnswer says how two things are tied to each other. No ways: they are not.
type PathAnswer struct {
	From answer.Ref    `json:"from"`
	To   answer.Ref    `json:"to"`
	Ways []answer.Path `json:"ways"`
}

// RecommendationsAnswer is a part of the recommendations found.
type RecommendationsAnswer struct {
	Query string                  `json:"query"`
	Total int                     `json:"total"`
	Items []answer.Recommendation `json:"items"`
}

// EntitiesAnswer is a part of the people, organisations, topics or countries.
type EntitiesAnswer struct {
	Kind  kinds.Kind      `json:"kind"`
	Total int             `json:"total"`
	Items []answer.Listed `json:"items"`
}

// PagesAnswer is a part of the pages, newest first.
type PagesAnswer struct {
	Total int                 `json:"total"`
	Items []answer.ListedPage `json:"items"`
}

func (s *Site) routeAPI() error {
	config := huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title:   "rapporteur",
				Version: "1",
				Description: "Who spoke where, for whom, about what, and what was recommended: with the words that say so. Everything is read-only. " +
					"An answer is as old as the generation in its ETag; errors are RFC 9457 problems.",
			},
			Components: &huma.Components{Schemas: huma.NewMapRegistry("#/components/schemas/", nameSchema)},
		},
		Formats:       map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{sign},
	}
	switch {
	case s.public != nil:
		config.Servers = []*huma.Server{{URL: s.public.String() + s.prefix}}
	case s.prefix != "":
		config.Servers = []*huma.Server{{URL: s.prefix}}
	default:
		config.Servers = []*huma.Server{{URL: "/", Description: "this server"}}
	}
	for _, t := range subjects {
		config.Tags = append(config.Tags, &huma.Tag{Name: t.name, Description: t.about})
	}
	api := humago.New(s.mux, config)

	get(s, api, "search", "/api/v1/search", "Search pages, people, organisations, countries, topics and recommendations", s.apiSearch)
	get(s, api, "suggest", "/api/v1/suggest", "Complete what is being typed", s.apiSuggest)
	get(s, api, "related", "/api/v1/related", "Pages related to a page, as a JSON Feed, each with the reasons", s.apiRelated)
	get(s, api, "connections", "/api/v1/connections", "What a person, organisation, topic or country shares pages with", s.apiConnections)
	s.routeExplore(api)
	get(s, api, "path", "/api/v1/path", "How two things are tied to each other", s.apiPath)
	get(s, api, "recommendations", "/api/v1/recommendations", "What was recommended, by whom, to whom", s.apiRecommendations)
	get(s, api, "entities", "/api/v1/entities", "List people, organisations, topics or countries", s.apiEntities)
	get(s, api, "entity", "/api/v1/entities/{kind}/{slug}", "All that is known of one of them", s.apiEntity)
	get(s, api, "pages", "/api/v1/pages", "List pages, newest first, or find one by path, address or IRI", s.apiPages)
	get(s, api, "page", "/api/v1/pages/{slug}", "All that is known of a page", s.apiPage)
	get(s, api, "build", "/api/v1/build", "What is served: counts, what could not be read, how well the program reads", s.apiBuild)

	s.described = api.OpenAPI()
	var err error
	if s.document, err = json.MarshalIndent(api.OpenAPI(), "", " "); err != nil {
		return err
	}
	s.mux.HandleFunc("GET /openapi.json", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write(s.document)
	})
	return nil
}

// subjects are what operations are about, with the ids of those operations.
var subjects = [...]struct {
	name, about string
	operations  []string
}{
	{"find", "what the words of a search are about", []string{"search", "suggest", "about"}},
	{"asks", "who asks whom for what", []string{"recommendations"}},
	{"know", "all that is known of one thing", []string{"entities", "entity", "pages", "page"}},
	{"connect", "what belongs together, and what says so",
		[]string{"connections", "path", "around", "shared", "compare", "circles", "related", "graph"}},
	{"build", "what is served, and how well it was read", []string{"build"}},
}

// subjectOf is the tag of an operation.
func subjectOf(id string) []string {
	for _, t := range subjects {
		if slices.Contains(t.operations, id) {
			return []string{t.name}
		}
	}
	return nil
}

// refuseUnknown refuses parameters that an operation does not have: a misspelt filter would find too much.
func refuseUnknown(o *huma.Operation, q url.Values) error {
	var known []string
	for _, p := range o.Parameters {
		if p.In == "query" {
			known = append(known, p.Name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(q)) {
		if slices.Contains(known, name) {
			continue
		}
		said := fmt.Sprintf("There is no parameter “%s” here.", clip(name))
		if near := nearest(name, known); near != "" {
			said += fmt.Sprintf(" Did you mean “%s”?", near)
		} else if len(known) > 0 {
			said += " There are " + english.enumerate(known) + "."
		}
		return &refusal{status: http.StatusUnprocessableEntity, message: said}
	}
	return nil
}

// nearest is the name of a list that differs from a misspelt one in the fewest letters, a third of them at most; empty if none does.
func nearest(name string, known []string) string {
	best, least := "", max(1, len(name)/3)+1
	for _, k := range known {
		if d := edits(strings.ToLower(name), k); d < least {
			best, least = k, d
		}
	}
	return best
}

// edits is how many letters must be put in, taken out or changed to make one word of another (Levenshtein's distance).
func edits(a, b string) int {
	if len(a) > 40 {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// failures are the ways in which every operation may fail.
var failures = [...]int{http.StatusBadRequest, http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity,
	http.StatusInternalServerError, http.StatusServiceUnavailable}

// get registers one operation. What goes wrong in it is explained as everywhere on this server.
func get[In, Out any](s *Site, api huma.API, id, path, summary string, answer func(context.Context, *visit, *In) (Out, error)) {
	schema := api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[problem](), true, "")
	responses := map[string]*huma.Response{}
	for _, status := range failures {
		responses[strconv.Itoa(status)] = &huma.Response{
			Description: http.StatusText(status),
			Content:     map[string]*huma.MediaType{"application/problem+json": {Schema: schema}},
		}
	}
	operation := huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary, Tags: subjectOf(id),
		Responses: responses}
	huma.Register(api, operation,
		func(ctx context.Context, in *In) (*body[Out], error) {
			v := visitIn(ctx)
			if err := refuseUnknown(api.OpenAPI().Paths[path].Get, v.r.URL.Query()); err != nil {
				return nil, s.explain(v, err)
			}
			out, err := answer(ctx, v, in)
			if err != nil {
				return nil, s.explain(v, err)
			}
			return &body[Out]{present.JSON(out, s.prefix)}, nil
		})
}

// sign puts the id of the request into problems that were found while reading the parameters.
func sign(ctx huma.Context, status string, answer any) (any, error) {
	if p, ok := answer.(*huma.ErrorModel); ok && p.Instance == "" {
		p.Instance = "urn:request:" + visitIn(ctx.Context()).id
	}
	return answer, nil
}

// nameSchema names a type in the document. Names of package ingest get a prefix, for search has some of the same.
func nameSchema(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if strings.HasSuffix(t.PkgPath(), "rapporteur/ingest") && t != reflect.TypeFor[ingest.Record]() {
		return "Page" + name
	}
	return name
}
