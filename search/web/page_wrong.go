package web

import (
	"net/http"
	"strings"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"

	"rapporteur/ingest"

	"go.yaml.in/yaml/v3"
)

type wrongPage struct {
	frame
	About    answer.Ref
	With     answer.Ref
	Ask      *answer.Recommendation
	Remedies []deskRemedy
}

// remedy is a way of putting something right: what is wrong, and the lines of rapporteur.yaml for it.
type remedy struct{ What, Note, Lines string }

// wrong gives the lines that put right what is said of a thing, of two things, or as an ask.
func (s *Site) wrong(v *visit) error {
	q := v.r.URL.Query()
	p := &wrongPage{frame: frame{Title: v.texts().t("wrong.title"), Here: "/wrong"}}
	if max(len(q.Get("about")), len(q.Get("with"))) > 500 {
		return refuse(http.StatusBadRequest, "e.longname")
	}
	refs := [2]answer.Ref{}
	for i, name := range []string{q.Get("about"), q.Get("with")} {
		if name == "" {
			continue
		}
		if ask, ok := askOf(v.gen.Catalogue(), ingest.IRI(name)); ok {
			return s.wrongAsk(v, p, ask)
		}
		ref, err := v.gen.Lookup(v.ctx(), name)
		if err != nil {
			return err
		}
		refs[i] = ref
	}
	p.About, p.With = refs[0], refs[1]
	switch {
	case p.About.Name == "":
	case p.About.Kind == kinds.Page:
		p.Remedies = s.deskRemedies(v, pageRemedies(v.texts(), v.gen.Catalogue(), p.About))
	default:
		p.Remedies = s.deskRemedies(v, remedies(v.texts(), p.About, p.With))
	}
	return s.render(v, http.StatusOK, "wrong", p)
}

// askOf finds an ask by its id.
func askOf(c *answer.Catalogue, id ingest.IRI) (answer.ListedRecommendation, bool) {
	for _, a := range c.Recommendations {
		if a.ID == id {
			return a, true
		}
	}
	return answer.ListedRecommendation{}, false
}

func (s *Site) wrongAsk(v *visit, p *wrongPage, listed answer.ListedRecommendation) error {
	record, err := v.gen.PageRecord(v.ctx(), listed.Page)
	if err != nil {
		return err
	}
	x := v.texts()
	var list []remedy
	for _, a := range record.Recommendations {
		if a.IRI != listed.ID {
			continue
		}
		list = append(list, remedy{x.t("remedy.noask"), x.t("remedy.noask.note"),
			lines("noAsk", []string{a.Text})})
		page := answer.PageRef(record)
		for _, l := range v.gen.Catalogue().Pages {
			if l.ID == listed.Page {
				page = l.Ref
			}
		}
		p.Ask = &answer.Recommendation{Text: a.Text, Page: page}
		if a.ByIRI != "" {
			if ref, err := v.gen.Lookup(v.ctx(), string(a.ByIRI)); err == nil {
				list = append(list, remedy{x.t("remedy.name"), x.t("remedy.name.note"),
					kindLines(ref)})
			}
		}
	}
	p.Remedies = s.deskRemedies(v, append(list, remedy{x.t("remedy.exclude"), "", lines("exclude", []string{record.Path})}))
	return s.render(v, http.StatusOK, "wrong", p)
}

// lines writes a setting of rapporteur.yaml.
func lines(key string, value any) string {
	var b strings.Builder
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(map[string]any{key: value}); err != nil {
		return "" // strings, lists and tables of them can all be written
	}
	return b.String()
}

// flow is a list on one line.
func flow(names ...string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, name := range names {
		n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: name})
	}
	return n
}

func kindLines(r answer.Ref) string {
	return lines("kind", map[string]string{r.Name: "none"}) + "# or person, organisation, country, topic\n"
}

// remedies are what can be wrong with a thing, or with the tie of two.
func remedies(x *texts, about, with answer.Ref) []remedy {
	var out []remedy
	if with.Name != "" && with.Kind != kinds.Page && with.Name != about.Name {
		if with.Kind == about.Kind {
			out = append(out, remedy{x.t("remedy.same"), x.t("remedy.same.note"),
				lines("same", []*yaml.Node{flow(about.Name, with.Name)})},
				remedy{x.t("remedy.different"), "", lines("different", []*yaml.Node{flow(about.Name, with.Name)})})
		} else {
			person, body := about, with
			if person.Kind != kinds.Person {
				person, body = with, about
			}
			if person.Kind == kinds.Person && body.Kind == kinds.Organisation {
				out = append(out, remedy{x.t("remedy.notie"), x.t("remedy.notie.note"),
					lines("noTie", []*yaml.Node{flow(person.Name, body.Name)})})
			}
			out = append(out, remedy{x.t("remedy.another"), x.t("remedy.another.note"),
				lines("different", []*yaml.Node{flow(about.Name+" @ "+with.Name, about.Name)})})
		}
	}
	if about.Kind == kinds.Person {
		out = append(out, remedy{
			x.t("remedy.two"), x.t("remedy.two.note"),
			lines("different", []*yaml.Node{flow(about.Name+" @ First Organisation", about.Name+" @ Second Organisation")}),
		})
	}
	return append(out,
		remedy{x.t("remedy.alias"), "", lines("alias", map[string]*yaml.Node{about.Name: flow("Other Name")})},
		remedy{x.t("remedy.nokind", x.orElse("a."+string(about.Kind), string(about.Kind))), "", kindLines(about)},
		remedy{x.t("remedy.hide"), x.t("remedy.hide.note"), lines("hide", []string{about.Name})},
		remedy{x.t("remedy.erase"), x.t("remedy.erase.note"), lines("erase", []string{about.Name})},
	)
}

// pageRemedies are what can be wrong with a page as a whole.
func pageRemedies(x *texts, c *answer.Catalogue, about answer.Ref) []remedy {
	path := ""
	for _, l := range c.Pages {
		if l.ID == about.ID {
			path = l.Path
		}
	}
	return []remedy{
		{x.t("remedy.pagekind"), x.t("remedy.pagekind.note"), lines("pages", map[string]*yaml.Node{"event": flow(path)})},
		{x.t("remedy.pageexclude"), "", lines("exclude", []string{path})},
		{x.t("remedy.somebody"), x.t("remedy.somebody.note"), ""},
	}
}
