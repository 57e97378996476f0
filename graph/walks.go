package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
)

// Walk is a question that is a walk through the graph: from one thing, by way of pages, to others.
type Walk struct {
	Name string       // what to ask for; several walks bear one name where they start from other kinds
	From []kinds.Kind // what it starts from
	Says string       // what it finds, in words
	// path leads from the thing to the answers, and tags with viaPage the page that says so.
	path func(from *path.Path) *path.Path
}

const viaPage = "page"

var (
	anybody        = []kinds.Kind{kinds.Person}
	body           = []kinds.Kind{kinds.Organisation}
	topicOrCountry = []kinds.Kind{kinds.Topic, kinds.Country}
)

// The questions, as Cayley paths. A line more is a question more, for the command line and the API alike.
var walks = []Walk{
	{"co-speakers", anybody, "people who spoke at the same events",
		func(p *path.Path) *path.Path { return p.Out(predSpokeAt).Tag(viaPage).In(predSpokeAt) }},
	{"organisations", anybody, "organisations that the person belongs to, or did",
		func(p *path.Path) *path.Path { return p.In(predMember).Save(predAt, viaPage).Out(predOrganization) }},
	{"organisations-met", anybody, "organisations that others spoke for where the person spoke",
		func(p *path.Path) *path.Path { return p.Out(predSpokeAt).Tag(viaPage).In(predAt).Out(predRepresenting) }},
	{"topics", anybody, "topics of the events where the person spoke",
		func(p *path.Path) *path.Path {
			return p.Out(predSpokeAt).Tag(viaPage).Out(predAbout, predInferredAbout)
		}},
	{"people", body, "people who belong to the organisation, or did",
		func(p *path.Path) *path.Path { return p.In(predOrganization).Save(predAt, viaPage).Out(predMember) }},
	{"speakers", body, "people who spoke for the organisation",
		func(p *path.Path) *path.Path {
			return p.In(predRepresenting).Save(predAt, viaPage).Out(predParticipant)
		}},
	{"organisations-met", body, "organisations that others spoke for where somebody spoke for this one",
		func(p *path.Path) *path.Path {
			return p.In(predRepresenting).Out(predAt).Tag(viaPage).In(predAt).Out(predRepresenting)
		}},
	{"topics", body, "topics of the events where somebody spoke for the organisation",
		func(p *path.Path) *path.Path {
			return p.In(predRepresenting).Out(predAt).Tag(viaPage).Out(predAbout, predInferredAbout)
		}},
	{"speakers", topicOrCountry, "people who spoke at events on the topic or naming the country",
		func(p *path.Path) *path.Path { return on(p).Tag(viaPage).In(predSpokeAt) }},
	{"organisations", topicOrCountry, "organisations named by pages on the topic or naming the country",
		func(p *path.Path) *path.Path {
			return on(p).Tag(viaPage).Out(predMentions).Has(predType, entityType(kinds.Organisation))
		}},
	{"spoken-for", topicOrCountry, "organisations spoken for at events on the topic or naming the country",
		func(p *path.Path) *path.Path { return on(p).Tag(viaPage).In(predAt).Out(predRepresenting) }},
	{"asks", slices.Concat(anybody, body), "recommendations that the person or organisation makes",
		func(p *path.Path) *path.Path { return p.In(predProposedBy).Save(predPartOf, viaPage) }},
	{"asked", body, "recommendations that address the organisation",
		func(p *path.Path) *path.Path { return p.In(predAddressedTo).Save(predPartOf, viaPage) }},
	{"connections", slices.Concat(anybody, body, topicOrCountry), "people, organisations, topics and countries that the same pages name",
		func(p *path.Path) *path.Path {
			return on(p).Tag(viaPage).Out(predMentions, predAbout, predInferredAbout)
		}},
}

// on leads from things to the pages that name them or are about them. A recommendation mentions things, too, but has no file.
func on(p *path.Path) *path.Path {
	return p.In(predMentions, predAbout, predInferredAbout).Has(predPath)
}

// Walks lists the questions that Walk answers, in the order in which they are told.
func Walks() []Walk { return slices.Clone(walks) }

// Found is an answer of a walk: an entity, or a recommendation with its text for a name, and the pages that say so, the
// newest first.
type Found struct {
	Thing
	Pages []Thing
}

// Recommended is the kind of a Found that is a recommendation.
const Recommended kinds.Kind = "recommendation"

// Walk answers the question of that name for a thing, the answers with most pages first, then by name: limit of them (all
// if it is 0), and how many there are. A name that is none is a *QueryError that lists those there are.
func (r *Reader) Walk(ctx context.Context, name string, from ingest.IRI, limit int) ([]Found, int, error) {
	start, ok := r.Thing(from)
	if !ok {
		return nil, 0, nil
	}
	var fit []string
	for _, w := range walks {
		if slices.Contains(w.From, start.Kind) {
			if w.Name == name {
				return r.walk(ctx, w, start, limit)
			}
			fit = append(fit, w.Name)
		}
	}
	return nil, 0,
		&QueryError{fmt.Sprintf("%s is of kind %s, and for that kind there is no question %q: ask for %s", start.Name, start.Kind, name,
			strings.Join(fit, ", "))}
}

func (r *Reader) walk(ctx context.Context, w Walk, start Thing, limit int) ([]Found, int, error) {
	const answer = "answer"
	pages := map[uint32][]uint32{} // of each answer, some more than once
	qs := store{snapshot: r.snapshot}
	err := w.path(path.StartPath(qs, quad.IRI(start.IRI))).Tag(answer).Iterate(ctx).TagEach(func(tags map[string]graph.Ref) {
		found, ok := tags[answer].(nodeRef)
		page, known := tags[viaPage].(nodeRef)
		if ok && known {
			pages[uint32(found)] = append(pages[uint32(found)], uint32(page))
		}
	})
	if err == nil {
		err = ctx.Err() // Cayley takes a cancelled walk for a finished one
	}
	if err != nil {
		return nil, 0, err
	}
	delete(pages, r.id(quad.IRI(start.IRI)))
	out := make([]Found, 0, len(pages))
	for n, list := range pages {
		f := Found{}
		var ok bool
		if f.Thing, ok = r.thing(n); !ok {
			f.Thing = Thing{IRI: r.iri(n), Kind: Recommended, Name: r.text(r.object(n, r.known.said))}
		}
		slices.Sort(list)
		for _, p := range slices.Compact(list) {
			if page, ok := r.thing(p); ok {
				f.Pages = append(f.Pages, page)
			}
		}
		slices.SortStableFunc(f.Pages, func(x, y Thing) int { return cmp.Compare(y.Date, x.Date) })
		out = append(out, f)
	}
	slices.SortFunc(out, func(x, y Found) int {
		return cmp.Or(len(y.Pages)-len(x.Pages), cmp.Compare(x.Name, y.Name), cmp.Compare(x.IRI, y.IRI))
	})
	total := len(out)
	if limit > 0 {
		out = out[:min(limit, total)]
	}
	return out, total, nil
}
