package derive

import (
	"math"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
)

// tie is what a page's sentences say of two.
type tie struct {
	weight  float64     // 0 if nothing is said
	spoke   bool        // they spoke together: both people at an event, the person for the organisation, or two others for the two bodies
	at      ingest.Span // what says it; empty if no one place does
	perhaps float64     // how sure it is that the person belongs to the organisation, where it is too little to be said
}

// said returns what a page's sentences say of two, given by their places in its page.
func (b *Site) said(l *pageTies, x, y int) tie {
	p, q := &l.named[x], &l.named[y]
	kind := func(p *presence) kinds.Kind { return b.Entities[p.Entity].Kind }
	for _, k := range []kinds.Kind{kinds.Organisation, kinds.Person} { // p is the person if one is, else the organisation
		if kind(q) == k && kind(p) != k {
			p, q = q, p
		}
	}
	var t tie
	switch {
	case kind(p) == kinds.Person && kind(q) == kinds.Organisation:
		t = b.belongs(p, b.Entities[q.Entity].IRI)
	case kind(p) == kinds.Person && kind(q) == kinds.Person:
		if l.event && p.speaks && q.speaks {
			t = tie{weight: Strength.SpokeTogether / math.Log2(float64(2+l.speakers)), spoke: true}
		}
	case kind(p) == kinds.Organisation && kind(q) == kinds.Organisation:
		if l.event && apart(l.spokenBy[p.Entity], l.spokenBy[q.Entity]) {
			t = tie{weight: Strength.SpokeTogether / math.Log2(float64(2+l.speakers)), spoke: true}
		}
	case kind(q) == kinds.Topic && !q.Inferred:
		t = l.about(p, kind(p))
	}
	if t.weight == 0 {
		if at, ok := l.asks[pair(p.Entity, q.Entity)]; ok {
			t.weight, t.at = Strength.Asks, at
		}
	}
	return t
}

// belongs tells how a person of a page belongs to an organisation.
func (b *Site) belongs(p *presence, org ingest.IRI) (t tie) {
	for _, who := range p.People {
		for i := range who.Affiliations {
			af := &who.Affiliations[i]
			weight := Strength.Belongs
			switch {
			case af.IRI != org:
				continue
			case !SureEnough(af):
				t.perhaps = max(t.perhaps, af.Confidence)
				continue
			case af.Former:
				weight = Strength.Belonged
			case p.speaks:
				weight = Strength.SpokeFor
			}
			if weight > t.weight {
				t.weight, t.spoke, t.at = weight, p.speaks && !af.Former, af.Span
			}
		}
	}
	return t
}

// about tells what a person of a page, or an organisation, has to do with its topic.
func (l *pageTies) about(p *presence, kind kinds.Kind) tie {
	if kind == kinds.Organisation {
		if spokenBy := l.spokenBy[p.Entity]; l.event && len(spokenBy) > 0 { // somebody spoke for it at an event on it
			return tie{weight: Strength.SpokeAbout, at: l.spokeFor[p.Entity]}
		}
		return tie{}
	}
	switch {
	case l.event && p.speaks:
		return tie{weight: Strength.SpokeAbout, at: p.spoke}
	case p.wrote:
		return tie{weight: Strength.WroteAbout}
	}
	return tie{}
}

// apart says whether two people can be found of whom the one is in the first list and the other in the second.
func apart(first, second []int) bool {
	return len(first) > 0 && len(second) > 0 && (len(first) > 1 || len(second) > 1 || first[0] != second[0])
}
