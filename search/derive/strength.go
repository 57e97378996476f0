package derive

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
)

// Strength is how much each thing weighs that ties two entities on a page. People asked which of two ties is the closer put
// what is said first: that the one works for the other, that both spoke at an event. Standing in one passage says more than
// standing on one page, and the less the more names the passage or page has: each is divided by log2(1 + number of names
// there), as for the neighbours of a node in a network (Adamic and Adar 2003). The figures were chosen on judged lists of
// the invented site; their order matters more than their size. Perhaps is of a tie too unsure to be shown as a fact, and no more than
// standing in one passage is.
var Strength = struct {
	SpokeFor, Belongs, Belonged, SpokeTogether, Asks, SpokeAbout, WroteAbout, Near, Perhaps, SameEvent, SamePage float64
}{
	SpokeFor: 4, Belongs: 3, Belonged: 2, SpokeTogether: 3, Asks: 2, SpokeAbout: 2, WroteAbout: 2, Near: 1.5, Perhaps: 1, SameEvent: 0.5,
	SamePage: 0.1,
}

// passageReach is how many bytes apart two names may stand in one block to stand in one passage.
const passageReach = 250

// GenreWeight is what standing together on a page weighs, against an event's 1.
func GenreWeight(r *ingest.Record) float64 {
	switch r.Genre {
	case ingest.DigestGenre:
		return 0.3
	case ingest.DiaryGenre, ingest.ResourceGenre, ingest.OtherGenre:
		return 0.6
	case ingest.EventGenre, ingest.MinutesGenre:
		return 1
	}
	if r.Page.Kind == ingest.EventPage {
		return 1
	}
	return 0.8
}

// isEvent says whether a page is that of an event: what it names took part in one occasion.
func isEvent(r *ingest.Record) bool {
	return r.Page.Kind == ingest.EventPage && r.Genre != ingest.DigestGenre
}

// pageSort is what a page counts as: "event", "post" or "other".
func pageSort(r *ingest.Record) string {
	switch {
	case isEvent(r):
		return "event"
	case r.Page.Kind == ingest.PostPage, r.Page.Kind == ingest.EventPage:
		return "post"
	}
	return "other"
}

// SureEnough says whether a tie is shown as a fact.
func SureEnough(af *ingest.Affiliation) bool { return af.Confidence >= ingest.SureEnough }

// Holds reports whether a tie is a fact, and so still when the page was written.
func Holds(af *ingest.Affiliation) bool { return SureEnough(af) && !af.Former }

// spokeThere says whether a person spoke on a page, or somebody for an organisation.
func (b *Site) spokeThere(n int, s inversion.Place) bool {
	return b.pages[s.Page].named[s.At].speaks || len(b.pages[s.Page].spokenBy[n]) > 0
}

// spot is a place in a passage where somebody or something is named: its place in pageTies.named.
type spot struct{ at, start, end int }

// passages lists who stands in each block of a page, or row of a table, in order, and notes in each presence where it stands.
// Blocks that name one thing alone are left out.
func passages(r *ingest.Record, named []presence) [][]spot {
	ends := func(i int) int { return r.Blocks[i].End }
	byBlock := map[int][]spot{}
	for at := range named {
		for _, m := range named[at].Mentions {
			i := sort.Search(len(r.Blocks), func(i int) bool { return ends(i) > m.Start })
			if i == len(r.Blocks) || r.Blocks[i].Start > m.Start {
				continue
			}
			if bl := &r.Blocks[i]; bl.Kind == ingest.CellBlock {
				for i > 0 && r.Blocks[i-1].Kind == ingest.CellBlock && r.Blocks[i-1].List == bl.List && r.Blocks[i-1].Row == bl.Row {
					i--
				}
			}
			byBlock[i] = append(byBlock[i], spot{at, m.Start, m.End})
		}
	}
	blocks := make([]int, 0, len(byBlock))
	for i, spots := range byBlock {
		if len(spots) > 1 {
			blocks = append(blocks, i)
		}
	}
	slices.Sort(blocks)
	var out [][]spot
	for _, i := range blocks {
		spots := byBlock[i]
		slices.SortFunc(spots, func(x, y spot) int { return cmp.Or(x.start-y.start, x.at-y.at) })
		for _, s := range spots {
			if in := &named[s.at].in; len(*in) == 0 || (*in)[len(*in)-1] != len(out) {
				*in = append(*in, len(out))
			}
		}
		out = append(out, spots)
	}
	return out
}

// near calls f once with each presence of a page that stands in a passage with one of it, by its place, and what standing
// there weighs.
func (l *pageTies) near(at int, f func(other int, weight float64)) {
	best := map[int]float64{}
	var order []int
	for _, p := range l.named[at].in {
		spots := l.passages[p]
		for i, s := range spots {
			if s.at != at {
				continue
			}
			from, to := i, i
			for from > 0 && s.start-spots[from-1].end <= passageReach {
				from--
			}
			for to+1 < len(spots) && spots[to+1].start-s.end <= passageReach {
				to++
			}
			weight := l.weight / math.Log2(float64(2+to-from))
			for _, o := range spots[from : to+1] {
				if o.at == at {
					continue
				}
				if _, ok := best[o.at]; !ok {
					order = append(order, o.at)
				}
				best[o.at] = max(best[o.at], weight)
			}
		}
	}
	for _, o := range order {
		f(o, best[o])
	}
}
