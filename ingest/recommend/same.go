package recommend

import (
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// Two recommendations ask the same if their content words are this alike (Jaccard's coefficient), if both or neither
// deny something, and if they name the same numbers.
const (
	alike       = 0.7
	fewestAlike = 3 // content words; shorter ones are labels, whose sense lies elsewhere
)

// comparable is a recommendation as it is compared.
type comparable struct {
	*ingest.Recommendation
	words []int // distinct, the rarest first
	sense
}

// sense is what two askings of the same have in common besides words.
type sense struct {
	denied bool
	digits string
}

// gather sets SameAs of every recommendation that asks what an earlier one of the site asks: earlier by date of the page,
// then by path and place. All of a group point to its first.
//
// It is exact: two sets can only be as alike as that if they share one of their rarest words (prefix filtering, Bayardo,
// Ma and Srikant, 2007).
func gather(records []*ingest.Record) {
	ordered := slices.Clone(records)
	slices.SortStableFunc(ordered, func(a, b *ingest.Record) int {
		if a.Date != b.Date && (a.Date == "" || b.Date == "") { // undated pages last
			return strings.Compare(b.Date, a.Date)
		}
		if c := strings.Compare(a.Date, b.Date); c != 0 {
			return c
		}
		return strings.Compare(a.Path, b.Path)
	})
	asks := compared(ordered)
	type key struct {
		word int
		sense
	}
	firsts := map[key][]*comparable{} // by one of their rarest words
	for i := range asks {
		a := &asks[i]
		if len(a.words) < fewestAlike {
			continue
		}
		prefix := a.words[:len(a.words)-int(alike*float64(len(a.words)))]
		var same *comparable
		for _, w := range prefix {
			for _, first := range firsts[key{w, a.sense}] {
				if first.matches(a) {
					same = first
					break
				}
			}
			if same != nil {
				break
			}
		}
		if same != nil {
			a.SameAs = same.IRI
			continue
		}
		for _, w := range prefix {
			k := key{w, a.sense}
			firsts[k] = append(firsts[k], a)
		}
	}
}

// compared lists all recommendations in order, with their words numbered from the rarest.
func compared(records []*ingest.Record) []comparable {
	var asks []comparable
	var bags [][]string
	pages := map[string]int{}
	for _, r := range records {
		for i := range r.Recommendations {
			a := comparable{Recommendation: &r.Recommendations[i]}
			var bag []string
			for _, w := range words(a.Text, lowered(a.Text), ingest.Span{End: len(a.Text)}, nil) {
				switch {
				case denials[w.form]:
					a.denied = !a.denied
				case strings.Trim(w.form, "0123456789") == "":
					a.digits += w.form + " "
				case len(w.form) > 2 && !empty[w.form]:
					bag = append(bag, strings.TrimSuffix(w.form, "s"))
				}
			}
			slices.Sort(bag)
			bag = slices.Compact(bag)
			for _, w := range bag {
				pages[w]++
			}
			asks, bags = append(asks, a), append(bags, bag)
		}
	}
	order := make([]string, 0, len(pages))
	for w := range pages {
		order = append(order, w)
	}
	slices.SortFunc(order, func(a, b string) int {
		if pages[a] != pages[b] {
			return pages[a] - pages[b]
		}
		return strings.Compare(a, b)
	})
	number := map[string]int{}
	for i, w := range order {
		number[w] = i
	}
	for i, bag := range bags {
		for _, w := range bag {
			asks[i].words = append(asks[i].words, number[w])
		}
		slices.Sort(asks[i].words)
	}
	return asks
}

func (a *comparable) matches(b *comparable) bool {
	common, i, j := 0, 0, 0
	for i < len(a.words) && j < len(b.words) {
		switch {
		case a.words[i] == b.words[j]:
			common++
			i++
			j++
		case a.words[i] < b.words[j]:
			i++
		default:
			j++
		}
	}
	return float64(common) >= alike*float64(len(a.words)+len(b.words)-common)
}

var (
	denials = fold.Set("not never no without nor cannot don doesn isn aren shouldn won")
	// empty are words that two askings of the same may differ in.
	empty = fold.Set(`the and for that this these those with from are was were has have had will would should must need needs could can may our
		their its his her your they them who which what how
		also more all any been being but into out about than then there said says argued called calls urged recommended suggested noted`)
)
