package derive

import (
	"fmt"
	"maps"
	"slices"

	"rapporteur/ingest"
	"rapporteur/search/answer"
)

// KeptProfile is a profile as it is kept. What it quotes, and what the catalogue knows of pages and entities, stays there: of its
// evidence only the places are kept, of its connections the numbers, since all profiles of a site together cite each sentence many
// times, and name each entity.
type KeptProfile struct {
	*answer.Profile
	Met        map[string][]met `json:"met,omitempty"`        // Connections
	SpokenWith []met            `json:"spokenWith,omitempty"` // CoSpeakers
	On         []ingest.IRI     `json:"on,omitempty"`         // pages
	Counts     []int            `json:"counts,omitempty"`     // of each list of evidence, in the order of eachList: 0 if nil, else length+1
	Cited      []citation       `json:"cited,omitempty"`      // the evidence, in that order
}

// citation is a place of evidence: the number of its page in On, its span, and 1 if the sentence begins before, plus 2 if it goes on,
// plus 4 if it is a value of the front matter.
type citation [4]int

// met is a connection, without its evidence.
type met struct {
	To       ingest.IRI   `json:"t"`
	Inferred bool         `json:"i,omitempty"`
	Numbers  [5]int       `json:"n"` // Said, Near, Events, Pages, Spoke
	Score    float64      `json:"s"`
	Years    []string     `json:"y,omitempty"`
	For      []answer.Ref `json:"f,omitempty"`
}

func meet(list []answer.Connection) []met {
	out := make([]met, len(list))
	for i, c := range list {
		out[i] = met{To: c.To.ID, Inferred: c.To.Inferred, Numbers: [5]int{c.Said, c.Near, c.Events, c.Pages, c.Spoke}, Score: c.Score,
			Years: c.Years, For: c.For}
	}
	return out
}

func connect(list []met, entity func(ingest.IRI) (answer.Ref, bool)) ([]answer.Connection, error) {
	out := make([]answer.Connection, len(list))
	for i, m := range list {
		to, ok := entity(m.To)
		if !ok {
			return nil, fmt.Errorf("%s is connected with, but not known", m.To)
		}
		to.Inferred = m.Inferred
		n := m.Numbers
		out[i] = answer.Connection{To: to, Said: n[0], Near: n[1], Events: n[2], Pages: n[3], Spoke: n[4], Score: m.Score, Years: m.Years,
			For: m.For}
	}
	return out, nil
}

// keepProfile takes evidence and connections out of a profile, which is changed.
func keepProfile(p *answer.Profile) *KeptProfile {
	k := &KeptProfile{Profile: p, Met: make(map[string][]met, len(p.Connections))}
	number := map[ingest.IRI]int{}
	eachList(p, func(list *[]answer.Evidence) {
		if *list == nil {
			k.Counts = append(k.Counts, 0)
			return
		}
		k.Counts = append(k.Counts, 1+len(*list))
		for _, e := range *list {
			n, ok := number[e.PageID]
			if !ok {
				n = len(k.On)
				number[e.PageID] = n
				k.On = append(k.On, e.PageID)
			}
			c := citation{n, e.Place.Start, e.Place.End}
			if e.Place.Before {
				c[3] |= 1
			}
			if e.Place.After {
				c[3] |= 2
			}
			if e.Place.Field {
				c[3] |= 4
			}
			k.Cited = append(k.Cited, c)
		}
		*list = nil
	})
	for kind, list := range p.Connections {
		k.Met[kind] = meet(list)
	}
	if p.CoSpeakers != nil {
		k.SpokenWith = meet(p.CoSpeakers)
	}
	p.Connections, p.CoSpeakers = nil, nil
	return k
}

// Whole puts back what was taken out. page gives the record of a page of which path, title, date, address and text are known, entity
// what the site calls one.
func (k *KeptProfile) Whole(page func(ingest.IRI) (*ingest.Record, error), entity func(ingest.IRI) (answer.Ref, bool)) (*answer.Profile,
	error) {
	var err error
	k.Connections = make(map[string][]answer.Connection, len(k.Met))
	for kind, list := range k.Met {
		if k.Connections[kind], err = connect(list, entity); err != nil {
			return nil, err
		}
	}
	if k.SpokenWith != nil {
		if k.CoSpeakers, err = connect(k.SpokenWith, entity); err != nil {
			return nil, err
		}
	}
	records := make([]*ingest.Record, len(k.On))
	for i, iri := range k.On {
		if records[i], err = page(iri); err != nil {
			return nil, err
		}
	}
	counts, cited := k.Counts, k.Cited
	eachList(k.Profile, func(list *[]answer.Evidence) {
		if len(counts) == 0 {
			return
		}
		count := counts[0]
		if counts = counts[1:]; count == 0 {
			return
		}
		n := max(0, min(count-1, len(cited)))
		*list = make([]answer.Evidence, n)
		for i, c := range cited[:n] {
			if c[0] >= 0 && c[0] < len(records) {
				(*list)[i] = quoted(records[c[0]], answer.Place{Span: ingest.Span{Start: c[1], End: c[2]}, Before: c[3]&1 != 0, After: c[3]&2 != 0,
					Field: c[3]&4 != 0})
			}
		}
		cited = cited[n:]
	})
	return k.Profile, nil
}

// eachList calls f with every list of evidence of a profile, always in the same order.
func eachList(p *answer.Profile, f func(*[]answer.Evidence)) {
	for i := range p.Appearances {
		f(&p.Appearances[i].Evidence)
	}
	for _, ties := range [][]answer.Affiliation{p.Affiliations, p.Before, p.Unsure} {
		for i := range ties {
			f(&ties[i].Evidence)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(p.Connections)) {
		for i := range p.Connections[kind] {
			f(&p.Connections[kind][i].Evidence)
		}
	}
	for i := range p.CoSpeakers {
		f(&p.CoSpeakers[i].Evidence)
	}
	for i := range p.Recommendations {
		f(&p.Recommendations[i].Evidence)
		f(&p.Recommendations[i].Also)
	}
}

// cite is NewEvidence without the quotation.
func (b *Site) cite(r *ingest.Record, s ingest.Span) answer.Evidence {
	return b.evidence(b.Page[r.Path], s)
}
