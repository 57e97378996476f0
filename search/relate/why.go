package relate

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// Reason is one thing that ties a page to another.
type Reason struct {
	Type  string      // "link", "title", "person", "organisation", "topic", "project", "recommendation", "country" or "words"
	ID    ingest.IRI  // of the entity or recommendation that is shared
	Name  string      // of what is shared, if it has one
	Label string      // for people, such as "both with Fjordlab"
	Page  int         // whose text the span is of
	Span  ingest.Span // what to quote; empty if there is nothing
}

const (
	reasonsMost = 3
	phrasesMost = 3

	// A single word that stands on more pages than this, and than a twentieth of them, tells a reader little.
	tellingPages = 10
)

// weighed is a reason with how much it says: 1 is something that these two pages alone share.
type weighed struct {
	Reason
	weight float64
}

// Reasons of these kinds have a weight of their own; things that are shared weigh by their rarity.
const (
	namedWeight = 2.0
	askWeight   = 1.5
	wordsWeight = 0.4
)

// reading is a page as reasons to read it are looked for in it. It is made when it is needed first.
type reading struct {
	once        sync.Once
	invitations []ingest.Span
	terms       []int // places in its words of those that say something, and that no link invites with
}

// read returns the reading of a page.
func (m *Model) read(page int) *reading {
	r := &m.readings[page]
	r.once.Do(func() {
		r.invitations = invitations(m.records[page].Page)
		body := m.texts.bodies[page]
		r.terms = make([]int, 0, len(body)/2)
		for k, w := range body {
			at := ingest.Span{Start: int(w.start), End: int(w.end)}
			if m.texts.term[w.number] != noTerm && !slices.ContainsFunc(r.invitations, at.Overlaps) {
				r.terms = append(r.terms, k)
			}
		}
	})
	return r
}

// why returns the reasons for offering "to" to the reader of "from", those that say most first; none where nothing ties the two that
// a reader could be told.
func (m *Model) why(from, to int) []Reason {
	var l []weighed
	if r, ok := m.whyNamed(from, to); ok {
		l = append(l, weighed{r, namedWeight})
	}
	invitations := m.read(to).invitations
	telling, shared := m.whyShared(from, to, invitations, true)
	l = append(l, telling...)
	more := 0 // that say more than words, or as much
	for _, r := range l {
		if r.weight >= wordsWeight {
			more++
		}
	}
	if more < reasonsMost {
		if r, ok := m.whyWords(from, to, shared, max(tellingPages, len(m.records)/20)); ok {
			l = append(l, weighed{r, wordsWeight})
		}
	}
	slices.SortStableFunc(l, func(a, b weighed) int { return cmp.Compare(b.weight, a.weight) })
	var out []Reason
	for _, r := range l[:min(reasonsMost, len(l))] {
		out = append(out, r.Reason)
	}
	if len(out) == 0 {
		if r, ok := m.whyWords(from, to, shared, len(m.records)); ok {
			out = append(out, r)
		} else if passing, _ := m.whyShared(from, to, invitations, false); len(passing) > 0 {
			slices.SortStableFunc(passing, func(a, b weighed) int { return cmp.Compare(b.weight, a.weight) })
			out = append(out, passing[0].Reason)
		} else if r, ok := m.whyTitle(from, to); ok {
			out = append(out, r)
		}
	}
	return out
}

// whyShared returns what two pages share, and all that they do. strict leaves out what half the site has, and names in passing.
func (m *Model) whyShared(from, to int, invitations []ingest.Span, strict bool) (why []weighed, shared map[ingest.IRI]bool) {
	shared = map[ingest.IRI]bool{}
	told := map[string]bool{m.records[from].Title: true, m.records[to].Title: true} // "both with X" is no reason for the page about X
	for _, kind := range []struct {
		signal signal
		most   int
		weight float64 // of the rarest
		reason func(r *ingest.Record, key string) (Reason, bool)
	}{
		{asks, 1, askWeight, m.whyAsk},
		{projects, 1, 1, whyTopic("project", "both part of ")},
		{people, 2, 1, whyPerson},
		{organisations, 2, 1, whyOrganisation},
		{topics, 1, 1, whyTopic("topic", "both about ")},
		{countries, 1, .5, whyCountry},
	} {
		s := m.sharings[kind.signal]
		said := 0
		for _, n := range s.common(from, to) {
			r, ok := kind.reason(m.records[to], s.keys[n])
			if !ok {
				continue
			}
			shared[r.ID] = true
			if slices.ContainsFunc(invitations, func(s ingest.Span) bool { return s.Holds(r.Span) }) {
				continue
			}
			r.Name = cmp.Or(m.nameOf(r.ID), r.Name) // of all its names the site's
			if r.Type == "person" && wrote(m.records[from], r.ID) && wrote(m.records[to], r.ID) {
				r.Label = "both by "
			}
			r.Label += r.Name
			if strict && (!m.tells(len(s.pages[n])) || r.ID != "" && !(central(m.records[from], r.ID) && central(m.records[to], r.ID))) {
				continue
			}
			if said < kind.most && !told[r.Name] {
				said++
				told[r.Name] = r.Name != ""
				r.Page = to
				why = append(why, weighed{r, kind.weight * s.rarity[n] / math.Log(float64(1+len(m.records)))})
			}
		}
	}
	return why, shared
}

func (m *Model) whyNamed(from, to int) (Reason, bool) {
	if p, ok := m.naming.places[from][to]; ok {
		if p.link {
			return Reason{Type: "link", Label: "linked from this page", Page: from, Span: p.Span}, true
		}
		return Reason{Type: "title", Label: "named on this page", Page: from, Span: said(m.records[from].Page, p.Span)}, true
	}
	if p, ok := m.naming.places[to][from]; ok {
		if p.link {
			return Reason{Type: "link", Label: "links to this page", Page: to, Span: p.Span}, true
		}
		return Reason{Type: "title", Label: "names this page", Page: to, Span: said(m.records[to].Page, p.Span)}, true
	}
	return Reason{}, false
}

// said returns the first of the spans that stands in the page's body: a title or a field of the front matter is no quotation.
func said(p *ingest.Page, spans ...ingest.Span) ingest.Span {
	start := bodyStart(p)
	for _, s := range spans {
		if s.Start >= start {
			return s
		}
	}
	return ingest.Span{}
}

func mentioned(r *ingest.Record, mentions []ingest.Mention) ingest.Span {
	spans := make([]ingest.Span, len(mentions))
	for i, m := range mentions {
		spans[i] = m.Span
	}
	return said(r.Page, spans...)
}

// wrote reports whether a page is by somebody.
func wrote(r *ingest.Record, id ingest.IRI) bool {
	return slices.ContainsFunc(r.People, func(p ingest.Participant) bool { return p.IRI == id && r.Wrote(&p) })
}

func whyPerson(r *ingest.Record, key string) (Reason, bool) {
	for _, p := range r.People {
		if cmp.Or(string(p.IRI), p.Name) == key {
			return Reason{Type: "person", ID: p.IRI, Name: p.Name, Label: "both with ", Span: mentioned(r, p.Mentions)}, true
		}
	}
	return Reason{}, false
}

func whyOrganisation(r *ingest.Record, key string) (Reason, bool) {
	for _, o := range r.Organisations {
		if cmp.Or(string(o.IRI), o.Name) == key {
			return Reason{Type: "organisation", ID: o.IRI, Name: o.Name, Label: "both with ", Span: mentioned(r, o.Mentions)}, true
		}
	}
	return Reason{}, false
}

func whyTopic(kind, label string) func(*ingest.Record, string) (Reason, bool) {
	return func(r *ingest.Record, key string) (Reason, bool) {
		for _, t := range r.Topics {
			if cmp.Or(string(t.IRI), t.Name) == key {
				return Reason{Type: kind, ID: t.IRI, Name: t.Name, Label: label, Span: mentioned(r, t.Mentions)}, true
			}
		}
		return Reason{}, false
	}
}

func whyCountry(r *ingest.Record, key string) (Reason, bool) {
	for _, c := range r.Countries {
		if cmp.Or(string(c.IRI), c.Code) == key {
			return Reason{Type: "country", ID: c.IRI, Name: c.Name, Label: "both on ", Span: mentioned(r, c.Mentions)}, true
		}
	}
	return Reason{}, false
}

func (m *Model) whyAsk(r *ingest.Record, key string) (Reason, bool) {
	for _, a := range r.Recommendations {
		if string(cmp.Or(a.SameAs, a.IRI)) == key {
			why := Reason{Type: "recommendation", ID: a.IRI, Label: "same recommendation", Span: a.Span}
			if len(a.Topics) > 0 && m.nameOf(a.Topics[0]) != "" {
				why.Label += " on " + m.nameOf(a.Topics[0])
			}
			return why, true
		}
	}
	return Reason{}, false
}

// whyWords names the phrases and words by which the one page finds the other, as the other writes them; names of what is
// known to be shared are no news, nor are single words that stand on more pages than most, nor what links invite to.
func (m *Model) whyWords(from, to int, shared map[ingest.IRI]bool, most int) (Reason, bool) {
	terms, names := m.read(to).terms, namesOf(m.records[to], shared)
	var found []string
	var place ingest.Span
	used := map[uint32]bool{}
	look := func(a, b uint32) {
		s := m.find(to, terms, a, b)
		if s.End == 0 || slices.ContainsFunc(names, s.Overlaps) || !telling(fold.Space(s.In(m.records[to].Text))) {
			return
		}
		if len(found) == 0 {
			place = s
		}
		found = append(found, "“"+fold.Space(strings.TrimRight(s.In(m.records[to].Text), "'’"))+"”")
		used[a], used[b] = true, true
	}
	for _, f := range m.phrases.ties(from, to) {
		a, b := uint32(m.phrases.features[f.number]>>32), uint32(m.phrases.features[f.number])
		if len(found) < phrasesMost && !used[a] && !used[b] {
			look(a, b)
		}
	}
	for _, f := range m.words.ties(from, to) {
		a := uint32(m.words.features[f.number])
		if len(found) < phrasesMost && !used[a] && len(m.words.pages[f.number]) <= most {
			look(a, noTerm)
		}
	}
	if len(found) == 0 {
		return Reason{}, false
	}
	label := found[0]
	if last := len(found) - 1; last > 0 {
		label = strings.Join(found[:last], ", ") + " and " + found[last]
	}
	return Reason{Type: "words", Label: "both speak of " + label, Page: to, Span: said(m.records[to].Page, place)}, true
}

// whyTitle names the rarest word that stands in the title of one of two pages, and that the other says.
func (m *Model) whyTitle(from, to int) (Reason, bool) {
	const letters = 5 // of a word that says something by itself
	var best Reason
	fewest := max(tellingPages, len(m.records)/20) + 1
	look := func(of, other int) {
		text := m.texts.bodies[other]
		for _, w := range m.texts.titles[of] {
			term := m.texts.term[w.number]
			f, known := m.feature[term]
			if term == noTerm || !known || w.end-w.start < letters || len(m.words.pages[f]) >= fewest {
				continue
			}
			at := slices.IndexFunc(text, func(o word) bool { return m.texts.term[o.number] == term })
			name := ingest.Span{Start: int(w.start), End: int(w.end)}.In(m.records[of].Title)
			if at < 0 || plainWords[strings.ToLower(name)] {
				continue
			}
			fewest = len(m.words.pages[f])
			best = Reason{Type: "words", Label: "both speak of “" + name + "”", Page: other,
				Span: said(m.records[other].Page, ingest.Span{Start: int(text[at].start), End: int(text[at].end)})}
		}
	}
	look(from, to)
	look(to, from)
	return best, best.Label != ""
}

// inviting are the words that labels of links begin with which invite to something beside what the page is about.
var inviting = fold.Set(`follow join contribute email mail contact subscribe sign register donate support like share tweet post
		star fork edit report download read watch listen
		visit view see find get click learn write call tell chat connect rsvp apply back folge folgen abonnieren kontakt suivez suivre rejoignez
		sigue síguenos siga volg`)

// invitations returns where a page's blocks are nothing but a link whose label invites to something: "Follow us", "Email the editors".
func invitations(p *ingest.Page) (spans []ingest.Span) {
	next := 0
	for i := range p.Blocks {
		b := &p.Blocks[i]
		for next < len(p.Links) && p.Links[next].End <= b.Start {
			next++
		}
		if next == len(p.Links) {
			break
		}
		l := p.Links[next].Span
		if !b.Holds(l) || strings.TrimSpace(p.Text[b.Start:l.Start]) != "" || strings.TrimRight(p.Text[l.End:b.End], " .!\n") != "" {
			continue
		}
		if words := strings.Fields(strings.ToLower(l.In(p.Text))); len(words) > 0 && inviting[words[0]] {
			spans = append(spans, b.Span)
		}
	}
	return spans
}

// namesOf returns where a page names those of the entities.
func namesOf(r *ingest.Record, entities map[ingest.IRI]bool) (spans []ingest.Span) {
	add := func(f ingest.Reference) {
		if entities[f.IRI] {
			for _, m := range f.Mentions {
				spans = append(spans, m.Span)
			}
		}
	}
	for _, p := range r.People {
		add(p.Reference)
	}
	for _, o := range r.Organisations {
		add(o)
	}
	for _, t := range r.Topics {
		add(t.Reference)
	}
	return spans
}

// find returns where a page first says two terms in a row, or the one term if the other is none: in its body if it does so there.
func (m *Model) find(page int, terms []int, a, b uint32) ingest.Span {
	text, body := m.records[page].Text, m.texts.bodies[page]
	start := bodyStart(m.records[page].Page)
	var found ingest.Span
	for k, at := range terms {
		if m.texts.term[body[at].number] != a {
			continue
		}
		last := at
		if b != noTerm {
			if k+1 == len(terms) || m.texts.term[body[terms[k+1]].number] != b {
				continue
			}
			last = terms[k+1]
		}
		s := ingest.Span{Start: int(body[at].start), End: int(body[last].end)}
		if strings.ContainsAny(s.In(text), ".,;:!?|()“”\"\n") {
			continue
		}
		if found.End == 0 || s.Start >= start {
			found = s
		}
		if s.Start >= start {
			break
		}
	}
	return found
}

// bodyStart is where a page's text goes on after its title and front matter.
func bodyStart(p *ingest.Page) int {
	for _, b := range p.Blocks {
		if b.Kind != ingest.TitleBlock && b.Kind != ingest.FieldBlock {
			return b.Start
		}
	}
	return 0
}
