package relate

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"rapporteur/ingest"
)

// Reason is one thing that ties a page to another.
type Reason struct {
	Type  string      // "link", "title", "person", "organisation", "topic", "project", "recommendation", "country", "words", "date" or "site"
	ID    ingest.IRI  // of the entity or recommendation that is shared
	Label string      // for people, such as "both with Fjordlab"
	Page  int         // whose text the span is of
	Span  ingest.Span // what to quote; empty if there is nothing
}

const (
	reasonsMost = 3
	phrasesMost = 3
)

// why returns the reasons for offering "to" to the reader of "from": what people can check first, words after, and the
// date or the site if there is nothing else.
func (m *Model) why(from, to int) []Reason {
	var l []Reason
	l = append(l, m.whyNamed(from, to)...)
	for _, kind := range []struct {
		signal signal
		reason func(r *ingest.Record, key string) (Reason, bool)
	}{
		{asks, m.whyAsk}, {projects, whyTopic("project", "both part of ")}, {people, whyPerson}, {organisations, whyOrganisation}, {topics, whyTopic("topic", "both about ")}, {countries, whyCountry},
	} {
		for _, key := range m.sharings[kind.signal].common(from, to)[:min(1, len(m.sharings[kind.signal].common(from, to)))] {
			if r, ok := kind.reason(m.records[to], key); ok {
				r.Page = to
				l = append(l, r)
			}
		}
	}
	if r, ok := m.whyWords(from, to); ok {
		l = append(l, r)
	}
	l = l[:min(reasonsMost, len(l))]
	if d := m.days[from] - m.days[to]; len(l) < reasonsMost && math.Abs(d) <= 31 {
		l = append(l, Reason{Type: "date", Label: when(int(-d)), Page: to})
	}
	if len(l) == 0 {
		l = append(l, Reason{Type: "site", Label: "also on this site", Page: to})
	}
	return l
}

// when says how much later than a page another is.
func when(days int) string {
	word := "later"
	if days < 0 {
		days, word = -days, "earlier"
	}
	switch {
	case days == 0:
		return "on the same day"
	case days == 1:
		return "a day " + word
	}
	return fmt.Sprintf("%d days %s", days, word)
}

func (m *Model) whyNamed(from, to int) (l []Reason) {
	if p, ok := m.naming.places[from][to]; ok {
		r := Reason{Type: "title", Label: "named on this page", Page: from, Span: p.Span}
		if p.link {
			r.Type, r.Label = "link", "linked from this page"
		}
		l = append(l, r)
	}
	if p, ok := m.naming.places[to][from]; ok && len(l) == 0 {
		r := Reason{Type: "title", Label: "names this page", Page: to, Span: p.Span}
		if p.link {
			r.Type, r.Label = "link", "links to this page"
		}
		l = append(l, r)
	}
	return l
}

func first(mentions []ingest.Mention) ingest.Span {
	if len(mentions) == 0 {
		return ingest.Span{}
	}
	return mentions[0].Span
}

func whyPerson(r *ingest.Record, key string) (Reason, bool) {
	for _, p := range r.People {
		if cmp.Or(string(p.IRI), p.Name) == key {
			return Reason{Type: "person", ID: p.IRI, Label: "both with " + p.Name, Span: first(p.Mentions)}, true
		}
	}
	return Reason{}, false
}

func whyOrganisation(r *ingest.Record, key string) (Reason, bool) {
	for _, o := range r.Organisations {
		if cmp.Or(string(o.IRI), o.Name) == key {
			return Reason{Type: "organisation", ID: o.IRI, Label: "both with " + o.Name, Span: first(o.Mentions)}, true
		}
	}
	return Reason{}, false
}

func whyTopic(kind, label string) func(*ingest.Record, string) (Reason, bool) {
	return func(r *ingest.Record, key string) (Reason, bool) {
		for _, t := range r.Topics {
			if cmp.Or(string(t.IRI), t.Name) == key {
				return Reason{Type: kind, ID: t.IRI, Label: label + t.Name, Span: first(t.Mentions)}, true
			}
		}
		return Reason{}, false
	}
}

func whyCountry(r *ingest.Record, key string) (Reason, bool) {
	for _, c := range r.Countries {
		if cmp.Or(string(c.IRI), c.Code) == key {
			return Reason{Type: "country", ID: c.IRI, Label: "both on " + c.Name, Span: first(c.Mentions)}, true
		}
	}
	return Reason{}, false
}

func (m *Model) whyAsk(r *ingest.Record, key string) (Reason, bool) {
	for _, a := range r.Recommendations {
		if string(cmp.Or(a.SameAs, a.IRI)) == key {
			return Reason{Type: "recommendation", ID: a.IRI, Label: "same recommendation", Span: a.Span}, true
		}
	}
	return Reason{}, false
}

// whyWords names the phrases and words by which the one page finds the other, as the other writes them.
func (m *Model) whyWords(from, to int) (Reason, bool) {
	t := m.texts
	body := t.bodies[to]
	var terms []int // places in body of words that say something
	for k, w := range body {
		if t.term[w.number] != noTerm {
			terms = append(terms, k)
		}
	}
	var found []string
	var place ingest.Span
	used := map[uint32]bool{}
	look := func(a, b uint32) {
		s := m.find(to, terms, a, b)
		if s.End == 0 {
			return
		}
		if len(found) == 0 {
			place = s
		}
		found = append(found, "“"+strings.Join(strings.Fields(s.In(m.records[to].Text)), " ")+"”")
		used[a], used[b] = true, true
	}
	for _, f := range m.phrases.ties(from, to) {
		a, b := uint32(m.phrases.features[f.number]>>32), uint32(m.phrases.features[f.number])
		if len(found) < phrasesMost && !used[a] && !used[b] {
			look(a, b)
		}
	}
	for _, f := range m.words.ties(from, to) {
		if a := uint32(m.words.features[f.number]); len(found) < phrasesMost && !used[a] {
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
	return Reason{Type: "words", Label: "both speak of " + label, Page: to, Span: place}, true
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
		if strings.ContainsAny(s.In(text), ".\n;:|") {
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
