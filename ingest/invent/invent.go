// Package invent makes sites of any size, with records as the pipeline leaves them, for tests and benchmarks. No name
// in it is anybody's.
package invent

import (
	"crypto/sha256"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
)

const base = "https://invented.example"

var (
	given = strings.Fields("Aba Bero Cila Dovin Esme Faro Gilda Hanno Ilse Joren Kaya Lumo Mirel Nadir Oona Pavo Quill Runa Sorin Tova " +
		"Ulla Veda Wim Xanti Ysolde Zeno")
	family = strings.Fields("Ashgrove Bellweather Corvane Dunmarrow Elderfen Farrowgate Glimhurst Holloway Inkpen Jessamy Kettlewell " +
		"Larkmoor Mossbridge Northwold Oakapple Pennyroyal Quickstep Rushmere Silverlock Thistledown Underhay Vellacott Wintersett Yarrowfield")
	bodies = strings.Fields("Harbour Lantern Meadow Compass Beacon Orchard Anchor Willow Granite Ember Juniper Falcon Copper Saffron " +
		"Heather Cobalt")
	suffixes = []string{"Institute", "Alliance", "Council", "Foundation", "Trust", "Network"}
	themes   = strings.Fields("procurement participation transparency consent stewardship audit licensing standards")
	roles    = []string{"Director", "Head of Policy", "Researcher", "Chair", "Programme Lead"}
	asks     = []string{"publish every contract in full", "fund local groups for three years", "consult residents before buying systems",
		"name one officer who answers for the data"}
	places = []ingest.Entity{{Name: "Estonia", Code: "EE"}, {Name: "Kenya", Code: "KE"}, {Name: "Chile", Code: "CL"},
		{Name: "Japan", Code: "JP"}}
)

// Site makes a site with that many pages; the same numbers make the same site. A few entities are on very many pages
// and most on few (the chance of the nth is about 1/n), as on real sites.
func Site(pages int, seed uint64) *ingest.Site {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, 0)), site: &ingest.Site{Name: "Invented", URL: base}}
	for i := range max(4, pages) {
		m.people = append(m.people, m.entity(kinds.Person, given[i%len(given)]+" "+family[i/len(given)%len(family)]+
			ordinal(i/len(given)/len(family)), i))
	}
	for i := range max(4, pages/2) {
		m.organisations = append(m.organisations,
			m.entity(kinds.Organisation, bodies[i%len(bodies)]+" "+suffixes[i/len(bodies)%len(suffixes)]+ordinal(i/len(bodies)/len(suffixes)), i))
	}
	for i := range max(4, int(math.Sqrt(float64(pages)))) {
		name := themes[i%len(themes)] + ordinal(i/len(themes))
		m.topics = append(m.topics, m.entity(kinds.Topic, strings.ToUpper(name[:1])+name[1:], i))
	}
	for i, c := range places {
		e := m.entity(kinds.Country, c.Name, i)
		e.Code = c.Code
		m.countries = append(m.countries, e)
	}
	for i := range pages {
		m.site.Records = append(m.site.Records, m.record(i))
	}
	for _, list := range [][]*ingest.Entity{m.people, m.organisations, m.topics, m.countries} {
		for _, e := range list {
			m.site.Entities = append(m.site.Entities, *e)
		}
	}
	slices.SortFunc(m.site.Entities, func(a, b ingest.Entity) int { return strings.Compare(string(a.IRI), string(b.IRI)) })
	slices.SortFunc(m.site.Records, func(a, b *ingest.Record) int { return strings.Compare(a.Path, b.Path) })
	return m.site
}

type maker struct {
	*rand.Rand
	site                                     *ingest.Site
	people, organisations, topics, countries []*ingest.Entity
}

func ordinal(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" %d", n+1)
}

func (m *maker) entity(kind kinds.Kind, name string, n int) *ingest.Entity {
	e := &ingest.Entity{Kind: kind, Name: name,
		IRI: ingest.IRI(fmt.Sprintf("%s/id/%s/%s", base, kind, strings.ReplaceAll(strings.ToLower(name), " ", "-")))}
	switch kind {
	case kinds.Organisation:
		e.Homepage = fmt.Sprintf("https://body%d.example/", n)
	case kinds.Topic:
		e.Scheme = "topic"
	}
	return e
}

// pick chooses with a chance of about 1/n for the nth.
func (m *maker) pick(list []*ingest.Entity) *ingest.Entity {
	return list[int(math.Pow(float64(len(list)), m.Float64()))-1]
}

// writer puts text together and notes where things stand in it.
type writer struct {
	strings.Builder
	page *ingest.Page
}

func (w *writer) block(kind ingest.BlockKind, text string) ingest.Span {
	if w.Len() > 0 {
		w.WriteString("\n\n")
	}
	s := ingest.Span{Start: w.Len(), End: w.Len() + len(text)}
	w.WriteString(text)
	w.page.Blocks = append(w.page.Blocks, ingest.Block{Kind: kind, Span: s, Line: 3*len(w.page.Blocks) + 1, Heading: -1, LeadIn: -1,
		Parent: -1})
	return s
}

func find(text string, in ingest.Span, words string) ingest.Span {
	i := strings.Index(in.In(text), words)
	return ingest.Span{Start: in.Start + i, End: in.Start + i + len(words)}
}

func (m *maker) record(i int) *ingest.Record {
	r := &ingest.Record{
		Page: &ingest.Page{Kind: ingest.EventPage, Collection: "events", Path: fmt.Sprintf("_events/%06d.md", i),
			Title: fmt.Sprintf("Gathering number %d", i),
			Date:  fmt.Sprintf("%d-%02d-%02d", 2015+i%10, 1+m.IntN(12), 1+m.IntN(28)), URL: fmt.Sprintf("%s/events/%06d", base, i)},
		IRI: ingest.IRI(fmt.Sprintf("%s/id/event/%06d", base, i)),
	}
	r.Hash = fmt.Sprintf("%x", sha256.Sum256([]byte(r.Path)))
	w := &writer{page: r.Page}
	w.block(ingest.TitleBlock, r.Title)

	type seat struct {
		person, org *ingest.Entity
		role        string
		at          ingest.Span
	}
	var seats []seat
	for range 2 + m.IntN(4) {
		s := seat{person: m.pick(m.people), org: m.pick(m.organisations), role: roles[m.IntN(len(roles))]}
		if !slices.ContainsFunc(seats, func(t seat) bool { return t.person == s.person }) {
			s.at = w.block(ingest.ItemBlock, fmt.Sprintf("%s, %s, %s", s.person.Name, s.role, s.org.Name))
			seats = append(seats, s)
		}
	}
	topic, other, country, body := m.pick(m.topics), m.pick(m.topics), m.pick(m.countries), m.pick(m.organisations)
	story := w.block(ingest.ParagraphBlock, fmt.Sprintf("The panel spoke about %s and its cost. The %s shared what it learned in %s. %s "+
		"asked for more time.",
		strings.ToLower(topic.Name), body.Name, country.Name, seats[0].person.Name))
	ask := w.block(ingest.ItemBlock, fmt.Sprintf("%s said that public bodies should %s.", seats[0].person.Name, asks[m.IntN(len(asks))]))
	r.Text = w.String()

	mention := func(in ingest.Span, words, rule string) []ingest.Mention {
		s := find(r.Text, in, words)
		return []ingest.Mention{{Span: s, Text: words, Rule: rule, Confidence: 0.9}}
	}
	organisation := func(e *ingest.Entity, in ingest.Span) ingest.LocalID {
		for i := range r.Organisations {
			if r.Organisations[i].IRI == e.IRI {
				return r.Organisations[i].ID
			}
		}
		r.Organisations = append(r.Organisations,
			ingest.Reference{ID: r.NextID(), IRI: e.IRI, Name: e.Name, Confidence: 0.9, Mentions: mention(in, e.Name, "invented")})
		return r.Organisations[len(r.Organisations)-1].ID
	}
	for _, s := range seats {
		org := organisation(s.org, s.at)
		r.People = append(r.People, ingest.Participant{
			Reference: ingest.Reference{ID: r.NextID(), IRI: s.person.IRI, Name: s.person.Name, Confidence: 0.95,
				Mentions: mention(s.at, s.person.Name, "invented")},
			Part: ingest.Speaker, Speaker: true, Sure: 0.95, Evidence: s.at, Rule: "invented",
			Affiliations: []ingest.Affiliation{{Span: s.at, Organisation: org, Name: s.org.Name, IRI: s.org.IRI, Role: s.role, Rule: "invented",
				Confidence: 0.9}},
		})
	}
	organisation(body, story)
	r.Countries = []ingest.CountryReference{
		{Reference: ingest.Reference{IRI: country.IRI, Name: country.Name, Confidence: 1, Mentions: mention(story, country.Name, "invented")},
			Code: country.Code, Form: "name"}}
	r.Topics = []ingest.TopicReference{{Reference: ingest.Reference{IRI: topic.IRI, Name: topic.Name, Confidence: 1,
		Mentions: mention(story, strings.ToLower(topic.Name), "invented")}, Scheme: "topic"}}
	if other != topic {
		suggested := mention(story, body.Name, "invented") // what suggests it
		r.Topics = append(r.Topics, ingest.TopicReference{
			Reference: ingest.Reference{IRI: other.IRI, Name: other.Name, Confidence: 0.5, Mentions: suggested}, Scheme: "topic", Inferred: true})
	}
	r.Recommendations = []ingest.Recommendation{{
		Span: ask, Kind: ingest.Ask, IRI: ingest.IRI(fmt.Sprintf("%s/id/recommendation/%06d-1", base, i)), Text: ask.In(r.Text),
		By: r.People[0].ID, ByName: seats[0].person.Name, ByIRI: seats[0].person.IRI,
		To: "public bodies", Strength: ingest.Should, Rule: "invented", Confidence: 0.9, Topics: []ingest.IRI{topic.IRI},
	}}
	return r
}
