package web

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/feed"
	"rapporteur/search/query"

	"rapporteur/ingest"
)

func (s *Site) apiSearch(ctx context.Context, v *visit, in *searchInput) (*answer.Response, error) {
	return v.gen.Search(ctx, in.request())
}

type suggestInput struct {
	Q     string `query:"q" required:"true" minLength:"1" maxLength:"200" doc:"What was typed so far"`
	Limit int    `query:"limit" minimum:"1" maximum:"20" default:"8"`
}

func (s *Site) apiSuggest(ctx context.Context, v *visit, in *suggestInput) (Suggestions, error) {
	found, err := v.gen.Suggest(ctx, in.Q, in.Limit)
	return Suggestions{Query: in.Q, Suggestions: orEmpty(found)}, err
}

type relatedInput struct {
	Page  string `query:"page" required:"true" minLength:"1" maxLength:"2000" doc:"Path of the file, address on the live site, or IRI"`
	Limit int    `query:"limit" minimum:"1" maximum:"50" default:"5"`
}

func (s *Site) apiRelated(ctx context.Context, v *visit, in *relatedInput) (*feed.Feed, error) {
	page, err := query.LookupPage(ctx, v.gen, in.Page)
	if err != nil {
		return nil, err
	}
	list, err := v.gen.Related(ctx, page.ID, in.Limit)
	if err != nil {
		return nil, err
	}
	return feed.Related(list, s.prefix), nil
}

type connectionsInput struct {
	Name  string `query:"name" required:"true" minLength:"1" maxLength:"500" doc:"Name or IRI of a thing, or any subject in words"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"10" doc:"How many of each kind"`
}

func (s *Site) apiConnections(ctx context.Context, v *visit, in *connectionsInput) (ConnectionsAnswer, error) {
	of, connections, err := v.gen.ConnectionsOf(ctx, in.Name, in.Limit)
	return ConnectionsAnswer{Of: of, Connections: connections}, err
}

type pathInput struct {
	From  string `query:"from" required:"true" minLength:"1" maxLength:"500" doc:"Name or IRI"`
	To    string `query:"to" required:"true" minLength:"1" maxLength:"500" doc:"Name or IRI"`
	Limit int    `query:"limit" minimum:"1" maximum:"10" default:"3" doc:"How many ways at most"`
}

func (s *Site) apiPath(ctx context.Context, v *visit, in *pathInput) (PathAnswer, error) {
	from, err := v.gen.Lookup(ctx, in.From)
	if err != nil {
		return PathAnswer{}, err
	}
	to, err := v.gen.Lookup(ctx, in.To)
	if err != nil {
		return PathAnswer{}, err
	}
	ways, err := v.gen.Paths(ctx, from.ID, to.ID, in.Limit)
	return PathAnswer{From: from, To: to, Ways: orEmpty(ways)}, err
}

func (s *Site) apiRecommendations(ctx context.Context, v *visit, in *searchInput) (RecommendationsAnswer, error) {
	items, total, err := v.gen.Recommendations(ctx, in.request())
	return RecommendationsAnswer{Query: in.Q, Total: total, Items: orEmpty(items)}, err
}

type entitiesInput struct {
	Kind string `query:"kind" enum:"person,organisation,topic,country" default:"person"`
	Name string `query:"name" maxLength:"200" doc:"Only those with this in their name or an alias; case and accents make no difference"`
	Sort string `query:"sort" enum:"pages,name" default:"pages"`
	ListPaging
}

func (s *Site) apiEntities(ctx context.Context, v *visit, in *entitiesInput) (EntitiesAnswer, error) {
	list := selectEntities(v.gen.Catalogue(), kinds.Kind(in.Kind), in.Name, in.Sort)
	return EntitiesAnswer{Kind: kinds.Kind(in.Kind), Total: len(list), Items: orEmpty(part(list, in.Limit, in.Offset))}, nil
}

// selectEntities lists the entities of a kind that have part in their name, by pages or by name.
func selectEntities(c *answer.Catalogue, kind kinds.Kind, name, sort string) []answer.Listed {
	list := c.Entities(kind)
	if name = fold.Text(name); name != "" {
		list = slices.DeleteFunc(slices.Clone(list), func(l answer.Listed) bool {
			return !strings.Contains(fold.Text(l.Name), name) && !slices.ContainsFunc(l.Aliases, func(alias string) bool {
				return strings.Contains(fold.Text(alias), name)
			})
		})
	}
	if sort == "name" {
		list = slices.SortedStableFunc(slices.Values(list), func(a, b answer.Listed) int {
			return cmp.Or(strings.Compare(fold.Text(a.Name), fold.Text(b.Name)), strings.Compare(string(a.ID), string(b.ID)))
		})
	}
	return list
}

type entityInput struct {
	Kind string `path:"kind" enum:"person,organisation,topic,country"`
	Slug string `path:"slug" maxLength:"300" doc:"Last segment of the IRI"`
}

func (s *Site) apiEntity(ctx context.Context, v *visit, in *entityInput) (*answer.Profile, error) {
	id, err := findEntity(v.gen.Catalogue(), kinds.Kind(in.Kind), in.Slug)
	if err != nil {
		return nil, err
	}
	return v.gen.Profile(ctx, id)
}

type pagesInput struct {
	Page string `query:"page" maxLength:"2000" doc:"Only the page with this path, address on the live site, or IRI"`
	Kind string `query:"kind" enum:"event,post,person,organisation,topic,project,page" doc:"Only pages of this kind"`
	Year string `query:"year" pattern:"^[0-9]{4}$"`
	ListPaging
}

func (s *Site) apiPages(ctx context.Context, v *visit, in *pagesInput) (PagesAnswer, error) {
	list := v.gen.Catalogue().Pages
	if in.Page != "" {
		page, err := v.gen.Lookup(ctx, in.Page)
		if err != nil {
			return PagesAnswer{}, err
		}
		i := slices.IndexFunc(list, func(l answer.ListedPage) bool { return l.ID == page.ID })
		if i < 0 {
			return PagesAnswer{}, &answer.NotFoundError{Name: in.Page}
		}
		list = list[i : i+1]
	}
	list = selectPages(list, in.Kind, in.Year)
	return PagesAnswer{Total: len(list), Items: orEmpty(part(list, in.Limit, in.Offset))}, nil
}

// selectPages keeps the pages of a kind and year; empty ones keep all.
func selectPages(list []answer.ListedPage, kind, year string) []answer.ListedPage {
	if kind == "" && year == "" {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(l answer.ListedPage) bool {
		return kind != "" && string(l.PageKind) != kind || year != "" && !strings.HasPrefix(l.Date, year)
	})
}

type pageInput struct {
	Slug string `path:"slug" maxLength:"300" doc:"Last segment of the IRI"`
}

func (s *Site) apiPage(ctx context.Context, v *visit, in *pageInput) (*ingest.Record, error) {
	page, err := findPage(v.gen.Catalogue(), in.Slug)
	if err != nil {
		return nil, err
	}
	return v.gen.PageRecord(ctx, page.ID)
}

// part returns limit values from offset, fewer at the end.
func part[T any](list []T, limit, offset int) []T {
	offset = min(offset, len(list))
	return list[offset:min(offset+limit, len(list))]
}

// orEmpty makes an empty list of none, so that JSON says [] and not null.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
