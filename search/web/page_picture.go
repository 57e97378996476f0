package web

import (
	"cmp"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
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
	File            string // address of the picture as a file
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
		p.Pictures = append(p.Pictures, topicMap(v.texts(), m))
		return nil
	}
	ref, ok, err := p.lookup(v, q, "of", p.Of)
	if err != nil || !ok {
		return err
	}
	p.Of = ref.Name
	if ref.Kind == kinds.Page {
		p.Problem = v.texts().t("explore.nopages")
		return nil
	}
	profile, err := v.gen.Profile(v.ctx(), ref.ID)
	if err != nil {
		return err
	}
	x := v.texts()
	p.Title, p.OfRef = x.t("around", ref.Name), ref
	p.Downloads = entityDownloads(x, profile)
	if wantsSheet(q) && q.Get("format") != "svg" {
		p.sheet = profileSheet(x, profile)
		return nil
	}
	around := gather(profile, wanted{kind: kinds.Kind(q.Get("kind")), year: q.Get("year"), sure: q.Get("sure") != ""})
	p.Answer = around.says(x)
	p.Pictures = append(p.Pictures, pictureOf(x, profile, around))
	if line := lineOf(x, profile, around.wanted.year); line != nil {
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
func (a *around) headings(x *texts) (left, right, beyond string) {
	switch a.of.Kind {
	case kinds.Person:
		left, right, beyond = x.t("ties.person.left"), x.t("ties.person.right"), x.t("ties.person.beyond")
	case kinds.Organisation:
		left, right, beyond = x.t("entity.people"), x.t("ties.body.right"), x.t("ties.body.beyond")
	default:
		left, right = "", x.t("ties.topic.right")
	}
	if a.wanted.kind == kinds.Topic {
		right, beyond = x.t("ties.topics"), ""
	}
	return left, right, beyond
}

// says tells in a sentence how many ties there are.
func (a *around) says(x *texts) string {
	var parts []string
	add := func(n int, key string) {
		if n > 0 {
			parts = append(parts, x.n(key, n))
		}
	}
	switch a.of.Kind {
	case kinds.Person:
		add(len(a.belongs), "says.bodies")
		add(len(a.met), "says.speakers")
	case kinds.Organisation:
		add(len(a.belongs), "says.people")
		add(len(a.met), "says.others")
	default:
		add(len(a.met), "says.both")
	}
	if len(parts) == 0 {
		if len(a.near) == 0 {
			return x.t("says.nobody", a.of.Name)
		}
		return x.t("says.near", a.of.Name)
	}
	return x.t("says.drawn", capital(strings.Join(parts, x.t("says.and"))), a.of.Name)
}

// pictureOf draws the ties of a thing and lists them.
func pictureOf(x *texts, profile *answer.Profile, a *around) drawing {
	left, right, beyond := a.headings(x)
	t := &picture.Ties{Centre: profile.Ref, Beyond: beyond, NearHeading: x.t("key.near"), For: x.t("ties.for"),
		Title: x.t("ties.title", profile.Name)}
	t.Says = x.n("ties.says", min(len(a.belongs), drawnLeft)+min(len(a.met), drawnRight)+min(len(a.near), drawnNear))
	t.Left.Heading, t.Right.Heading = left, right
	for _, b := range part(a.belongs, drawnLeft, 0) {
		tie := picture.Tie{To: b.To, Former: b.Former, Thick: b.Pages > 4}
		if len(b.Roles) > 0 {
			tie.Says = b.Roles[0]
		}
		if when := x.span(b.From, b.Until); when != "" {
			tie.Says = strings.Trim(tie.Says+", "+when, ", ")
		}
		t.Left.Ties = append(t.Left.Ties, tie)
	}
	for _, c := range part(a.met, drawnRight, 0) {
		tie := picture.Tie{To: c.To, For: c.For, Thick: c.Spoke > 2}
		if len(c.Evidence) > 0 {
			tie.Says = strings.Trim(x.shortDay(c.Evidence[0].Date)+", "+c.Evidence[0].Title, ", ")
		}
		t.Right.Ties = append(t.Right.Ties, tie)
	}
	for _, c := range part(a.near, drawnNear, 0) {
		t.Near = append(t.Near, picture.Tie{To: c.To, Says: x.n("pages", c.Pages)})
	}
	d := drawing{ID: "around", Title: x.t("ties.its"), Note: x.t("ties.note"), Key: true, Filters: a.filters(x)}
	if profile.Kind == kinds.Person {
		d.Title = x.t("ties")
	}
	if len(t.Left.Ties)+len(t.Right.Ties)+len(t.Near) > 0 {
		d.SVG = template.HTML(picture.Neighbourhood(t, recentre))
	}
	add := func(title string, list []fact) {
		if len(list) > 0 {
			d.Facts = append(d.Facts, factList{title, list})
		}
	}
	belongs := affiliationFacts(x, profile, part(a.belongs, shownTies, 0), "")
	for i := range belongs {
		if a.belongs[i].Former {
			belongs[i].Mark = past
		}
	}
	add(left, belongs)
	met := connectionFacts(x, profile.ID, part(a.met, shownConnections, 0), "", func(c answer.Connection) int { return max(c.Spoke, c.Said) },
		"counts.events")
	for i := range met {
		met[i].For = a.met[i].For
	}
	add(right, met)
	add(x.t("key.near"), connectionFacts(x, profile.ID, part(a.near, shownNear, 0), near,
		func(c answer.Connection) int { return c.Pages }, "counts.pages"))
	return d
}

// recentre is the address of the picture of another thing.
func recentre(r answer.Ref) string {
	return "/explore?" + url.Values{"of": {string(r.ID)}}.Encode()
}

// filters are the ways to narrow the picture.
func (a *around) filters(x *texts) []narrowing {
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
	kind := narrowing{Title: x.t("filter.kind"), Choices: []choice{{Name: x.t("filter.both"), Href: of(""), On: a.wanted.kind == ""}}}
	for _, row := range kinds.Entities() {
		if row.Kind != a.of.Kind || row.Kind == kinds.Person || row.Kind == kinds.Organisation {
			kind.Choices = append(kind.Choices, choice{Name: x.title(row.Kind), Href: of(row.Kind), On: a.wanted.kind == row.Kind})
		}
	}
	in := func(year string) string {
		w := a.wanted
		w.year = year
		return href(w)
	}
	year := narrowing{Title: x.t("filter.year"), Choices: []choice{{Name: x.t("filter.all"), Href: in(""), On: a.wanted.year == ""}}}
	for _, y := range a.of.Years {
		year.Choices = append(year.Choices, choice{Name: y.Value, Href: in(y.Value), On: a.wanted.year == y.Value})
	}
	sure, all := a.wanted, a.wanted
	sure.sure, all.sure = true, false
	strength := narrowing{Title: x.t("filter.strength"), Choices: []choice{{Name: x.t("filter.all"), Href: href(all), On: !a.wanted.sure},
		{Name: x.t("key.now"), Href: href(sure), On: a.wanted.sure}}}
	return []narrowing{kind, year, strength}
}

// lineOf draws the latest events of a thing along the years and lists them under their numbers: where a person spoke, where
// somebody spoke for a body, what was about a topic. It is nil if there are none.
func lineOf(x *texts, profile *answer.Profile, year string) *drawing {
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
	d := &drawing{ID: "time", Title: x.t("line.title", profile.Name), Log: occurrencesOf(x, profile, list)}
	moments := make([]picture.Moment, len(list))
	for i, a := range list {
		d.Log[i].Number = i + 1
		moments[i] = picture.Moment{Date: a.Date, Name: a.Page.Name, Href: "#" + d.Log[i].Anchor()}
	}
	d.SVG = template.HTML(picture.Timeline(d.Title, x.t("line.says", strconv.Itoa(len(list)), list[0].Date, list[len(list)-1].Date), moments))
	d.Note = x.n("events", total)
	if total > len(list) {
		d.Note = x.n("entity.latest", total, len(list))
	}
	return d
}

func topicMap(x *texts, m *answer.TopicMap) drawing {
	d := drawing{
		ID: "map", Title: x.t("map"), SVG: template.HTML(picture.Map(m, recentre, picture.MapWords{
			Title: x.t("map.title"), Left: x.t("map.left"), Right: x.t("map.right"),
			Events: func(n int) string { return x.n("events", n) },
			Says:   func(left, right, ties int) string { return x.t("map.says", left, right, x.n("map.ties", ties)) },
		})),
		Note: x.t("map.note"), Head: []string{x.t("kind.organisation"), x.t("kind.topic"), x.t("map.events")},
	}
	for _, l := range m.Links {
		from, to := m.Organisations[l.From].To, m.Topics[l.To].To
		d.Rows = append(d.Rows, []cell{{from.Name, from.Href}, {to.Name, to.Href}, {x.number(l.Pages), ""}})
	}
	return d
}

// sendPicture gives one of the pictures of a page as a file: the one that is named, else the first.
func (s *Site) sendPicture(v *visit, p *explorePage) error {
	wanted := v.r.URL.Query().Get("picture")
	for _, one := range p.Pictures {
		if one.SVG == "" || wanted != "" && one.ID != wanted {
			continue
		}
		paint := picture.House
		if b := v.gen.Manifest().Brand; b != nil && b.Light != nil {
			paint = picture.Paint{Accent: b.Light.Accent, OnAccent: b.Light.OnAccent, Mid: b.Light.Mid}
		}
		s.send(v, "image/svg+xml; charset=utf-8", fileName(p.Title, "svg"), true,
			[]byte(picture.Alone(string(one.SVG), paint, s.base(v.r))))
		return nil
	}
	return refuse(http.StatusNotFound, "e.nopicture")
}
