package web

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/picture"
)

// How much the pictures show: few enough to be read.
const (
	mapOrganisations = 16
	mapTopics        = 40
	drawnLeft        = 5
	drawnRight       = 8
	drawnNear        = 3
	drawnMoments     = 12
)

// drawing is a picture with what it shows, and the same as lists or a table.
type drawing struct {
	ID, Title, Note string
	SVG             template.HTML // made by package picture, which escapes all that it writes
	Head            []string
	Rows            [][]cell
	Facts           []factList   // the same as a list
	Log             []occurrence // what the numbers of a line of time stand for, in their order
	Key             bool         // the marks are explained
	Filters         []narrowing
}

// factList is facts under a heading.
type factList struct {
	Title string
	List  []fact
}

// cell is a cell of a table; with Href a link.
type cell struct{ Text, Href string }

// narrowing is choices of which one is in force.
type narrowing struct {
	Title   string
	Choices []choice
}

// draw makes the pictures: the ties of one thing and its events, if one is asked for; which organisations speak about which
// topics, if nothing is asked for.
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
	profile, err := v.gen.Profile(v.ctx(), ref.ID)
	if err != nil {
		return err
	}
	p.Title, p.OfRef = "Around "+ref.Name, ref
	around := gather(profile, wanted{kind: kinds.Kind(q.Get("kind")), year: q.Get("year"), sure: q.Get("sure") != ""})
	p.Answer = around.says()
	p.Pictures = append(p.Pictures, pictureOf(profile, around))
	if line := lineOf(profile, around.wanted.year); line != nil {
		p.Pictures = append(p.Pictures, *line)
	}
	return nil
}

// wanted is to what the ties of a thing are narrowed; what is zero narrows nothing.
type wanted struct {
	kind kinds.Kind
	year string // YYYY
	sure bool   // only what a sentence says
}

// around is the ties of a thing: what a picture of it shows the first of.
type around struct {
	of       *answer.Profile
	wanted   wanted
	belongs  []answer.Affiliation // now, then of earlier
	met      []answer.Connection  // who spoke with it, or what was spoken for beside it; of a topic: who is most active on it
	near     []answer.Connection
	occasion int // events at which it met them
}

// gather takes the ties of a thing from what is known of it.
func gather(profile *answer.Profile, want wanted) *around {
	a := &around{of: profile, wanted: want}
	within := func(years []string) bool { return want.year == "" || slices.Contains(years, want.year) }
	of := func(k kinds.Kind) bool { return want.kind == "" || want.kind == k }
	for _, list := range [][]answer.Affiliation{profile.Affiliations, profile.Before} {
		for _, t := range list {
			if of(t.To.Kind) && (want.year == "" || answer.Year(t.First) <= want.year && want.year <= cmp.Or(answer.Year(t.Last), want.year)) {
				a.belongs = append(a.belongs, t)
			}
		}
	}
	known := map[ingest.IRI]bool{}
	for _, t := range slices.Concat(profile.Affiliations, profile.Before) {
		known[t.To.ID] = true
	}
	events := map[ingest.IRI]bool{}
	meet := func(list []answer.Connection, said func(answer.Connection) bool) {
		for _, c := range list {
			if known[c.To.ID] || !of(c.To.Kind) || !within(c.Years) || !said(c) {
				continue
			}
			known[c.To.ID] = true
			a.met = append(a.met, c)
			for _, e := range c.Evidence {
				events[e.PageID] = true
			}
		}
	}
	meet(profile.CoSpeakers, func(answer.Connection) bool { return true })
	shown := []kinds.Kind{kinds.Person, kinds.Organisation}
	if want.kind == kinds.Topic || want.kind == kinds.Country {
		shown = []kinds.Kind{want.kind}
	}
	if profile.Kind != kinds.Person && profile.Kind != kinds.Organisation || len(shown) == 1 {
		for _, k := range shown {
			meet(profile.Connections[string(k)], func(c answer.Connection) bool { return c.Said > 0 })
		}
		slices.SortStableFunc(a.met, func(x, y answer.Connection) int { return y.Said - x.Said })
	}
	a.occasion = len(events)
	if want.sure {
		return a
	}
	for _, k := range shown {
		for _, c := range profile.Connections[string(k)] {
			if c.Said == 0 && !known[c.To.ID] && of(k) && within(c.Years) {
				a.near = append(a.near, c)
			}
		}
	}
	slices.SortStableFunc(a.near, func(x, y answer.Connection) int { return cmp.Or(y.Near-x.Near, y.Pages-x.Pages) })
	return a
}

// headings of the columns: what stands at the left, what at the right, and what these stood for.
func (a *around) headings() (left, right, beyond string) {
	switch a.of.Kind {
	case kinds.Person:
		left, right, beyond = "Speaks for, or belongs to", "Appeared with", "who spoke for"
	case kinds.Organisation:
		left, right, beyond = "Its people", "Spoken for at the same events", "by"
	default:
		left, right = "", "Who spoke about it"
	}
	if a.wanted.kind == kinds.Topic {
		right, beyond = "Spoke about", ""
	}
	return left, right, beyond
}

// says tells in a sentence how many ties there are.
func (a *around) says() string {
	var parts []string
	add := func(n int, one, many string) {
		if n > 0 {
			parts = append(parts, plural(n, one, many))
		}
	}
	switch a.of.Kind {
	case kinds.Person:
		add(len(a.belongs), "body that a sentence ties to this person", "bodies that a sentence ties to this person")
		add(len(a.met), "other speaker at the same events", "other speakers at the same events")
	case kinds.Organisation:
		add(len(a.belongs), "person of this body", "people of this body")
		add(len(a.met), "other body that was spoken for at the same events", "other bodies that were spoken for at the same events")
	default:
		add(len(a.met), "person or body that spoke about it", "people and bodies that spoke about it")
	}
	if len(parts) == 0 {
		if len(a.near) == 0 {
			return "No sentence ties " + a.of.Name + " to anybody, and no page names others beside."
		}
		return "No sentence ties " + a.of.Name + " to anybody; what stands here is only named on the same pages."
	}
	return capital(strings.Join(parts, ", and ")) + ". Drawn are the few that set " + a.of.Name + " apart, not the busiest."
}

// pictureOf draws the ties of a thing and lists them.
func pictureOf(profile *answer.Profile, a *around) drawing {
	left, right, beyond := a.headings()
	t := &picture.Ties{Centre: profile.Ref, Beyond: beyond, NearHeading: "Only named on the same pages"}
	t.Left.Heading, t.Right.Heading = left, right
	for _, b := range part(a.belongs, drawnLeft, 0) {
		tie := picture.Tie{To: b.To, Former: b.Former, Thick: b.Pages > 4}
		if len(b.Roles) > 0 {
			tie.Says = b.Roles[0]
		}
		if when := span(b.From, b.Until); when != "" {
			tie.Says = strings.Trim(tie.Says+", "+when, ", ")
		}
		t.Left.Ties = append(t.Left.Ties, tie)
	}
	for _, c := range part(a.met, drawnRight, 0) {
		tie := picture.Tie{To: c.To, For: c.For, Thick: c.Spoke > 2}
		if len(c.Evidence) > 0 {
			tie.Says = strings.Trim(short(c.Evidence[0].Date)+", "+c.Evidence[0].Title, ", ")
		}
		t.Right.Ties = append(t.Right.Ties, tie)
	}
	for _, c := range part(a.near, drawnNear, 0) {
		t.Near = append(t.Near, picture.Tie{To: c.To, Says: plural(c.Pages, "page", "pages")})
	}
	d := drawing{ID: "around", Title: "Its ties", Note: "point at a name to single it out", Key: true, Filters: a.filters()}
	if profile.Kind == kinds.Person {
		d.Title = "Ties"
	}
	if len(t.Left.Ties)+len(t.Right.Ties)+len(t.Near) > 0 {
		d.SVG = template.HTML(picture.Neighbourhood(t, recentre))
	}
	add := func(title string, list []fact) {
		if len(list) > 0 {
			d.Facts = append(d.Facts, factList{title, list})
		}
	}
	belongs := affiliationFacts(profile, part(a.belongs, shownTies, 0), "")
	for i := range belongs {
		if a.belongs[i].Former {
			belongs[i].Mark = past
		}
	}
	add(left, belongs)
	met := connectionFacts(profile.ID, part(a.met, shownConnections, 0), "", func(c answer.Connection) int { return max(c.Spoke, c.Said) },
		"event", "events")
	for i := range met {
		met[i].For = a.met[i].For
	}
	add(right, met)
	add("Only named on the same pages", connectionFacts(profile.ID, part(a.near, shownNear, 0), near,
		func(c answer.Connection) int { return c.Pages }, "page", "pages"))
	return d
}

// recentre is the address of the picture of another thing.
func recentre(r answer.Ref) string {
	return "/explore?" + url.Values{"of": {string(r.ID)}}.Encode()
}

// filters are the ways to narrow the picture.
func (a *around) filters() []narrowing {
	href := func(w wanted) string {
		q := url.Values{"of": {string(a.of.ID)}}
		for name, value := range map[string]string{"kind": string(w.kind), "year": w.year} {
			if value != "" {
				q.Set(name, value)
			}
		}
		if w.sure {
			q.Set("sure", "1")
		}
		return "/explore?" + q.Encode()
	}
	of := func(k kinds.Kind) string {
		w := a.wanted
		w.kind = k
		return href(w)
	}
	kind := narrowing{Title: "Kind", Choices: []choice{{Name: "People and bodies", Href: of(""), On: a.wanted.kind == ""}}}
	for _, row := range kinds.Entities() {
		if row.Kind != a.of.Kind || row.Kind == kinds.Person || row.Kind == kinds.Organisation {
			kind.Choices = append(kind.Choices, choice{Name: kinds.Title(row.Kind), Href: of(row.Kind), On: a.wanted.kind == row.Kind})
		}
	}
	in := func(year string) string {
		w := a.wanted
		w.year = year
		return href(w)
	}
	year := narrowing{Title: "Year", Choices: []choice{{Name: "All", Href: in(""), On: a.wanted.year == ""}}}
	for _, y := range a.of.Years {
		year.Choices = append(year.Choices, choice{Name: y.Value, Href: in(y.Value), On: a.wanted.year == y.Value})
	}
	sure, all := a.wanted, a.wanted
	sure.sure, all.sure = true, false
	strength := narrowing{Title: "Strength", Choices: []choice{{Name: "All", Href: href(all), On: !a.wanted.sure},
		{Name: "A sentence says so", Href: href(sure), On: a.wanted.sure}}}
	return []narrowing{kind, year, strength}
}

// lineOf draws the latest events of a thing along the years and lists them under their numbers: where a person spoke, where
// somebody spoke for a body, what was about a topic. It is nil if there are none.
func lineOf(profile *answer.Profile, year string) *drawing {
	var list []answer.Appearance
	total := 0
	for _, a := range profile.Appearances { // the newest first
		spoke := a.Speaker || len(a.Spoke) > 0
		if profile.Kind != kinds.Person && profile.Kind != kinds.Organisation {
			spoke = !a.Inferred
		}
		if !spoke || !isEvent(a) || a.Date == "" || year != "" && answer.Year(a.Date) != year {
			continue
		}
		if total++; total <= drawnMoments {
			list = append(list, a)
		}
	}
	if len(list) == 0 {
		return nil
	}
	slices.Reverse(list)
	d := &drawing{ID: "time", Title: profile.Name + " over time", Log: occurrencesOf(profile, list)}
	moments := make([]picture.Moment, len(list))
	for i, a := range list {
		d.Log[i].Number = i + 1
		moments[i] = picture.Moment{Date: a.Date, Name: a.Page.Name, Href: "#" + d.Log[i].Anchor()}
	}
	d.SVG = template.HTML(picture.Timeline(profile.Name, moments))
	d.Note = plural(total, "event", "events")
	if total > len(list) {
		d.Note = "latest " + grouped(len(list)) + " of " + d.Note
	}
	return d
}

func topicMap(m *answer.TopicMap) drawing {
	d := drawing{
		ID: "map", Title: "Organisations and topics", SVG: template.HTML(picture.Map(m, recentre)),
		Note: "of each body, the three topics that tell most",
		Head: []string{"Organisation", "Topic", "Events where somebody spoke for it"},
	}
	for _, l := range m.Links {
		from, to := m.Organisations[l.From].To, m.Topics[l.To].To
		d.Rows = append(d.Rows, []cell{{from.Name, from.Href}, {to.Name, to.Href}, {grouped(l.Pages), ""}})
	}
	return d
}
