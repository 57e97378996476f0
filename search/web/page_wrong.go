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
	p := &wrongPage{frame: frame{Title: "Something wrong here?", Here: "/wrong"}}
	if max(len(q.Get("about")), len(q.Get("with"))) > 500 {
		return &refusal{http.StatusBadRequest, "A name has 500 bytes at most."}
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
		p.Remedies = s.deskRemedies(v, pageRemedies(v.gen.Catalogue(), p.About))
	default:
		p.Remedies = s.deskRemedies(v, remedies(p.About, p.With))
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
	var list []remedy
	for _, a := range record.Recommendations {
		if a.IRI != listed.ID {
			continue
		}
		list = append(list, remedy{"This is no ask", "The page stays as it is; the sentence is in no list of asks any more.",
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
				list = append(list, remedy{"The name of who asks is wrong", "If it is no name at all, or the name of something else:",
					kindLines(ref)})
			}
		}
	}
	p.Remedies = s.deskRemedies(v, append(list, remedy{"The page should not be read at all", "", lines("exclude", []string{record.Path})}))
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
func remedies(about, with answer.Ref) []remedy {
	var out []remedy
	if with.Name != "" && with.Kind != kinds.Page && with.Name != about.Name {
		if with.Kind == about.Kind {
			out = append(out, remedy{"These two are one", "The first name is the one to show.",
				lines("same", []*yaml.Node{flow(about.Name, with.Name)})},
				remedy{"These two must never become one", "", lines("different", []*yaml.Node{flow(about.Name, with.Name)})})
		} else {
			person, body := about, with
			if person.Kind != kinds.Person {
				person, body = with, about
			}
			if person.Kind == kinds.Person && body.Kind == kinds.Organisation {
				out = append(out, remedy{"They do not belong together", "No page is taken to say so any more.",
					lines("noTie", []*yaml.Node{flow(person.Name, body.Name)})})
			}
			out = append(out, remedy{"The page means another of the same name", "Keep the two apart:",
				lines("different", []*yaml.Node{flow(about.Name+" @ "+with.Name, about.Name)})})
		}
	}
	if about.Kind == kinds.Person {
		out = append(out, remedy{
			"This is two different people", "Write for each the organisation they stand for in place of these two.",
			lines("different", []*yaml.Node{flow(about.Name+" @ First Organisation", about.Name+" @ Second Organisation")}),
		})
	}
	return append(out,
		remedy{"It has another name, or another name is the same", "", lines("alias", map[string]*yaml.Node{about.Name: flow("Other Name")})},
		remedy{"This is no " + string(about.Kind), "", kindLines(about)},
		remedy{"Leave it out of answers", "The pages stay as they are.", lines("hide", []string{about.Name})},
		remedy{"Take it out of everything", "Out of the texts of pages as well.", lines("erase", []string{about.Name})},
	)
}

// pageRemedies are what can be wrong with a page as a whole.
func pageRemedies(c *answer.Catalogue, about answer.Ref) []remedy {
	path := ""
	for _, l := range c.Pages {
		if l.ID == about.ID {
			path = l.Path
		}
	}
	return []remedy{
		{"The page is of another kind", "Such as event, post, project or other.", lines("pages", map[string]*yaml.Node{"event": flow(path)})},
		{"This should not be read at all", "", lines("exclude", []string{path})},
		{"Somebody on it is wrong", "Open the fold under the name, and choose “something wrong here?” there.", ""},
	}
}
