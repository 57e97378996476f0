package derive

import (
	"slices"
	"sync"

	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
	"rapporteur/search/answer"
)

// pageTies is what one page names, in order of entity, and the evidence taken from it: what one pair of entities cites the
// next one cites too.
type pageTies struct {
	named    []presence
	passages [][]spot // of the page: who stands in each, in order
	weight   float64  // of what stands together on it: see Strength
	event    bool
	speakers int                     // how many surely speak there
	of       map[int][]inversion.Tie // by organisation, in the order of the people
	spokenBy map[int][]int           // who surely spoke for an organisation, by its number
	spokeFor map[int]ingest.Span     // what says so of the first of them
	asks     map[[2]int]ingest.Span  // who surely asks something of whom, the lower number first, with the first such ask
	mu       sync.Mutex
	cited    map[ingest.Span]answer.Place
}

// presence is how an entity stands on a page; Mentions are in order of Start.
type presence struct {
	inversion.Naming
	reach  []int       // by mention: how far it and those before it reach
	in     []int       // the passages in which it stands
	speaks bool        // the page says so
	spoke  ingest.Span // what says so; empty where it is no sentence
	wrote  bool        // the page is theirs
}

// prepare finds what stands on page i of the site.
func (b *Site) prepare(page *pageTies, r *ingest.Record, i int) {
	page.named, page.of = make([]presence, len(b.Named[i])), b.Ties[i]
	for at, n := range b.Named[i] {
		page.named[at].Naming = n
		page.named[at].mentioned(n.Mentions)
		page.named[at].wrote = slices.ContainsFunc(n.People, r.Wrote)
		if i := slices.IndexFunc(n.People, r.Speaks); i >= 0 {
			page.named[at].speaks = true
			if said := n.People[i].Evidence; !r.InField(said) {
				page.named[at].spoke = said
			}
		}
	}
	page.passages = passages(r, page.named)
	page.weight, page.event = GenreWeight(r), isEvent(r)
	for _, p := range page.named {
		if p.speaks {
			page.speakers++
		}
	}
	page.spokenBy, page.spokeFor = map[int][]int{}, map[int]ingest.Span{}
	for org, ties := range page.of {
		for _, t := range ties {
			if Holds(t.Affiliation) && page.speaks(t.Person) && !slices.Contains(page.spokenBy[org], t.Person) {
				if page.spokenBy[org] = append(page.spokenBy[org], t.Person); len(page.spokenBy[org]) == 1 {
					page.spokeFor[org] = t.Affiliation.Span
				}
			}
		}
	}
	page.asks = map[[2]int]ingest.Span{}
	for i := range r.Recommendations {
		ask := &r.Recommendations[i]
		by, ok := b.Number[ask.ByIRI]
		of, named := b.Number[ask.ToIRI]
		if key := pair(by, of); ok && named && by != of && ask.Confidence >= ingest.SureEnough {
			if _, known := page.asks[key]; !known {
				page.asks[key] = ask.Span
			}
		}
	}
	page.cited = map[ingest.Span]answer.Place{}
}

// pair is two numbers of entities, in order.
func pair(x, y int) [2]int { return [2]int{min(x, y), max(x, y)} }

// mentioned gives a presence its mentions.
func (p *presence) mentioned(by []ingest.Mention) {
	p.Mentions = slices.Clone(by)
	slices.SortStableFunc(p.Mentions, func(x, y ingest.Mention) int { return x.Start - y.Start })
	p.reach = make([]int, len(p.Mentions))
	for i, reach := 0, 0; i < len(p.Mentions); i++ {
		reach = max(reach, p.Mentions[i].End)
		p.reach[i] = reach
	}
}
