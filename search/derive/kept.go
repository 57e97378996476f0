package derive

import (
	"maps"
	"slices"

	"rapporteur/ingest"
	"rapporteur/search/answer"
)

// KeptProfile is a profile as it is kept. What it quotes, and what the catalogue knows of the pages, stays there: of its evidence
// only the places are kept, since all profiles of a site together cite each sentence many times.
type KeptProfile struct {
	*answer.Profile
	On    []ingest.IRI `json:"on,omitempty"`    // pages
	Cited []citation   `json:"cited,omitempty"` // the evidence, in the order of eachEvidence
}

// citation is a place of evidence: the number of its page in On, its span, and 1 if the sentence begins before, plus 2 if it goes on.
type citation [4]int

// keepProfile takes the evidence out of a profile, which is changed.
func keepProfile(p *answer.Profile) *KeptProfile {
	k := &KeptProfile{Profile: p}
	number := map[ingest.IRI]int{}
	eachEvidence(p, func(e *answer.Evidence) {
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
		k.Cited = append(k.Cited, c)
		*e = answer.Evidence{}
	})
	return k
}

// Whole puts the evidence back. page gives the record of a page of which path, title, date, address and text are known.
func (k *KeptProfile) Whole(page func(ingest.IRI) (*ingest.Record, error)) (*answer.Profile, error) {
	records := make([]*ingest.Record, len(k.On))
	for i, iri := range k.On {
		r, err := page(iri)
		if err != nil {
			return nil, err
		}
		records[i] = r
	}
	next := 0
	eachEvidence(k.Profile, func(e *answer.Evidence) {
		if next < len(k.Cited) {
			if c := k.Cited[next]; c[0] >= 0 && c[0] < len(records) {
				*e = quoted(records[c[0]], answer.Place{Span: ingest.Span{Start: c[1], End: c[2]}, Before: c[3]&1 != 0, After: c[3]&2 != 0})
			}
		}
		next++
	})
	return k.Profile, nil
}

// eachEvidence calls f with every piece of evidence of a profile, always in the same order.
func eachEvidence(p *answer.Profile, f func(*answer.Evidence)) {
	all := func(list []answer.Evidence) {
		for i := range list {
			f(&list[i])
		}
	}
	for i := range p.Appearances {
		all(p.Appearances[i].Evidence)
	}
	for _, ties := range [][]answer.Affiliation{p.Affiliations, p.Before, p.Unsure} {
		for i := range ties {
			all(ties[i].Evidence)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(p.Connections)) {
		for i := range p.Connections[kind] {
			all(p.Connections[kind][i].Evidence)
		}
	}
	for i := range p.CoSpeakers {
		all(p.CoSpeakers[i].Evidence)
	}
	for i := range p.Recommendations {
		all(p.Recommendations[i].Evidence)
		all(p.Recommendations[i].Also)
	}
}

// cite is NewEvidence without the quotation.
func (b *Site) cite(r *ingest.Record, s ingest.Span) answer.Evidence {
	return b.evidence(b.Page[r.Path], s)
}
