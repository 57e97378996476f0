package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"

	"github.com/danielgtaylor/huma/v2"
)

type apiPage struct {
	frame
	Server string // address of this server
	Groups []operationGroup
}

// operationGroup is what can be asked about one subject.
type operationGroup struct {
	Name, About string
	Operations  []operation
}

// operation is a question that programs can ask, as the OpenAPI document has it.
type operation struct {
	Path, Summary, About string
	Parameters           []parameter
	Example              string // an address that answers
}

type parameter struct {
	Name, About string
	Required    bool
}

// developers shows the API as a page, made from its document.
func (s *Site) developers(v *visit) error {
	p := &apiPage{frame: frame{Title: v.texts().t("section.api"), Here: "/api"}, Server: s.base(v.r)}
	at := map[string]int{}
	for _, tag := range s.described.Tags {
		at[tag.Name] = len(p.Groups)
		p.Groups = append(p.Groups, operationGroup{Name: tag.Name, About: tag.Description})
	}
	for path, item := range s.described.Paths {
		o := item.Get
		if o == nil || len(o.Tags) == 0 {
			continue
		}
		one := operation{Path: path, Summary: o.Summary, About: o.Description, Example: exampleOf(v.gen.Catalogue(), path, o)}
		for _, x := range o.Parameters {
			one.Parameters = append(one.Parameters, parameter{x.Name, saidOf(x), x.Required})
		}
		g := &p.Groups[at[o.Tags[0]]]
		g.Operations = append(g.Operations, one)
	}
	for i := range p.Groups {
		slices.SortFunc(p.Groups[i].Operations, func(a, b operation) int { return strings.Compare(a.Path, b.Path) })
	}
	return s.render(v, http.StatusOK, "api", p)
}

// saidOf is what the document says of a parameter.
func saidOf(x *huma.Param) string {
	said := x.Description
	schema := x.Schema
	if schema != nil && schema.Items != nil {
		schema = schema.Items
	}
	if schema != nil && len(schema.Enum) > 0 {
		var values []string
		for _, e := range schema.Enum {
			if s, ok := e.(string); ok {
				values = append(values, s)
			}
		}
		said = strings.TrimPrefix(said+"; one of "+strings.Join(values, ", "), "; ")
	}
	return said
}

// exampleOf makes an address that this build answers: names in it are names of the site.
func exampleOf(c *answer.Catalogue, path string, o *huma.Operation) string {
	name := func(list []answer.Listed, i int) string {
		if len(list) == 0 {
			return ""
		}
		return list[min(i, len(list)-1)].Name
	}
	sample := map[string]string{
		"q": name(c.Topics, 0), "name": name(c.People, 0), "of": name(c.People, 0), "from": name(c.People, 0), "to": name(c.Organisations, 1),
		"first": name(c.Organisations, 0), "second": name(c.Organisations, 1), "query": "{ nodes { id } }", "kind": string(kinds.Person),
	}
	if len(c.Pages) > 0 {
		sample["page"] = c.Pages[0].Path
	}
	if strings.Contains(path, "{kind}") {
		if len(c.People) == 0 {
			return ""
		}
		path = strings.NewReplacer("{kind}", "person", "{slug}", answer.Slug(c.People[0].ID)).Replace(path)
	} else if strings.Contains(path, "{slug}") {
		if len(c.Pages) == 0 {
			return ""
		}
		path = strings.Replace(path, "{slug}", answer.Slug(c.Pages[0].ID), 1)
	}
	q := url.Values{}
	for _, x := range o.Parameters {
		if x.In == "query" && (x.Required || x.Name == "q" || x.Name == "query") {
			if sample[x.Name] == "" {
				return ""
			}
			q.Set(x.Name, sample[x.Name])
		}
		if x.In == "query" && x.Name == "limit" {
			q.Set("limit", "3")
		}
	}
	if encoded := q.Encode(); encoded != "" {
		return path + "?" + encoded
	}
	return path
}
