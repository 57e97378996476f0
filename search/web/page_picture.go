package web

import (
	"html/template"
	"net/url"
	"strings"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"

	"rapporteur/search/picture"
)

// How much the pictures show.
const (
	mapOrganisations = 25
	mapTopics        = 18
	aroundEach       = 12
)

// drawing is a picture with what it shows, and the same as a table.
type drawing struct {
	ID, Title, Note string
	SVG             template.HTML // made by package picture, which escapes all that it writes
	Head            []string
	Rows            [][]cell
	Facts           []factList // the same as a list
}

// factList is facts under a heading.
type factList struct {
	Title string
	List  []fact
}

// cell is a cell of a table; with Href a link.
type cell struct{ Text, Href string }

// draw makes the pictures: what is around one thing, if one is asked for; which organisations are named with which topics,
// if nothing is asked for.
func (s *Site) draw(v *visit, q url.Values, p *explorePage) error {
	if p.From != "" || p.To != "" {
		return nil
	}
	if p.Of == "" {
		m, err := v.gen.TopicMap(v.ctx(), mapOrganisations, mapTopics)
		if err != nil || len(m.Links) == 0 {
			return err
		}
		p.Pictures = append(p.Pictures, topicMap(m))
		return nil
	}
	ref, ok, err := p.lookup(v, q, "of", p.Of)
	if err != nil || !ok {
		return err
	}
	p.Of = ref.Name
	if ref.Kind == kinds.Page {
		p.Problem = "Pages have no picture; people, organisations, topics and countries have."
		return nil
	}
	around, err := v.gen.Neighbourhood(v.ctx(), ref.ID, aroundEach)
	if err != nil {
		return err
	}
	profile, err := v.gen.Profile(v.ctx(), ref.ID)
	if err != nil {
		return err
	}
	p.Title, p.OfRef = "Around "+ref.Name, ref
	ties := vicinity(around, ref)
	shown := &entityPage{}
	shown.fill(profile)
	for _, list := range []factList{
		{"Belongs to", shown.Now}, {"Before", shown.Before}, {"Spoke with", shown.SpokeWith}, {"Tied to", shown.Tied},
		{"Only named on the same pages", shown.Near},
	} {
		if profile.Kind == kinds.Organisation && list.Title == "Belongs to" {
			list.Title = "Its people"
		}
		if len(list.List) > 0 {
			ties.Facts = append(ties.Facts, list)
		}
	}
	p.Pictures = append(p.Pictures, ties)
	if svg := picture.Timeline(profile); svg != "" {
		p.Pictures = append(p.Pictures, drawing{
			ID: "timeline", Title: ref.Name + " over time", SVG: template.HTML(svg),
			Note: "A mark is a page: full where " + ref.Name + " speaks or is spoken for, hollow where it only names " + ref.Name + ".",
		})
	}
	return nil
}

func topicMap(m *answer.TopicMap) drawing {
	d := drawing{
		ID: "map", Title: "Organisations and topics", SVG: template.HTML(picture.Map(m)),
		Note: "Which organisations are named on pages of which topics: of each, the ties that tell most.",
		Head: []string{"Organisation", "Topic", "Pages of both"},
	}
	for _, l := range m.Links {
		from, to := m.Organisations[l.From].To, m.Topics[l.To].To
		d.Rows = append(d.Rows, []cell{{from.Name, from.Href}, {to.Name, to.Href}, {grouped(l.Pages), ""}})
	}
	return d
}

func vicinity(around *answer.Neighbourhood, of answer.Ref) drawing {
	more := func(kinds.Kind) string { return of.Href + "#near" }
	d := drawing{
		ID: "around", Title: "Around " + of.Name, SVG: template.HTML(picture.Neighbourhood(around, more)),
		Note: "What shares most pages with " + of.Name + "; a line is the thicker the more pages both are on.",
		Head: []string{"Name", "Kind", "Shared pages", "Years"},
	}
	for _, g := range around.Groups {
		for _, m := range g.Members {
			d.Rows = append(d.Rows, []cell{{m.To.Name, m.To.Href}, {kindName(g.Kind), ""}, {grouped(m.Pages), ""},
				{strings.Join(m.Years, ", "), ""}})
		}
	}
	return d
}
