package query

import (
	"cmp"
	"context"
	"math"
	"slices"

	"rapporteur/index"
)

// The settings of feedback, chosen on the judged development queries of one site and on four collections (go run ./search/bench -judged).
const (
	leastFedBack  = 3       // words of a query that is widened so
	feedbackPages = 8       // the best ones, that are read
	feedbackBytes = 8 << 10 // of each, from its start
	feedbackWords = 20      // that are taken from them
	feedbackShare = 0.3     // of the weight of what was typed, which all of these have together
	feedbackShort = 200     // words that are added to the length of a page, lest short ones say most
	feedbackRare  = 2       // pages that have a word, at least
	feedbackBroad = 0.2     // of the documents that have a word, at most
	feedbackAsked = 200     // words of which it is asked how rare they are
)

// feedback lets the words that the best pages have in common raise pages that have them too, where no page has all that was typed: who
// puts it in other words than the site does is then answered by the site's. It finds nothing by itself. It is RM3 of Abdul-Jaleel and
// others (UMass at TREC 2004), with a word weighed by its rarity, too. It reports whether the query has changed.
func (f *Engine) feedback(ctx context.Context, p *plan, found *index.Result) (bool, error) {
	words := p.counted()
	if p.query.ByDate || found.Whole || words < leastFedBack {
		return false, nil
	}
	best := *p.query
	best.Facets, best.Offset, best.Limit, best.Lead, best.First = nil, 0, feedbackPages, nil, nil
	first, err := f.reader.Search(ctx, &best)
	if err != nil {
		return false, err
	}
	whole := 0.0
	for _, h := range first.Hits {
		whole += h.Score
	}
	weights := map[string]float64{}
	for _, h := range first.Hits {
		said, err := f.saidBy(h.Doc)
		if err != nil {
			return false, err
		}
		for _, w := range said {
			weights[w.term] += h.Score / whole * w.weight
		}
	}
	said, sum, err := f.heaviest(ctx, weights)
	if err != nil {
		return false, err
	}
	for _, w := range said {
		p.query.Clauses = append(p.query.Clauses, index.Clause{Extra: true, Lifts: true,
			Any: []index.Match{{Terms: []string{w.term}, Weight: feedbackShare * float64(words) * w.weight / sum}}})
	}
	return len(said) > 0, nil
}

// saidBy returns the words of a document, each once, with their shares of it. They are shared and not to be changed.
func (f *Engine) saidBy(doc uint32) ([]weighedTerm, error) {
	if list, ok := f.heard.Get(doc); ok {
		return list, nil
	}
	_, text, err := f.reader.Stored(doc)
	if err != nil {
		return nil, err
	}
	times, length := map[string]int{}, 0
	f.reader.AnalyzerOf(doc).Tokens(text[:min(len(text), feedbackBytes)], func(t index.Token) {
		times[t.Term]++
		length++
	})
	list := make([]weighedTerm, 0, len(times))
	for term, n := range times {
		list = append(list, weighedTerm{term, float64(n) / float64(length+feedbackShort)})
	}
	f.heard.Add(doc, list)
	return list, nil
}

// maxHeard is how many documents are kept cut into words for feedback: 20 MB at most.
const maxHeard = 1000

// weighedTerm is an analyzed word with what it counts.
type weighedTerm struct {
	term   string
	weight float64
}

// heaviest returns the words that weigh most once their rarity counts, and what they weigh together.
func (f *Engine) heaviest(ctx context.Context, weights map[string]float64) (list []weighedTerm, sum float64, err error) {
	for term, weight := range weights {
		list = append(list, weighedTerm{term, weight})
	}
	heavier := func(a, b weighedTerm) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.term, b.term))
	}
	slices.SortFunc(list, heavier)
	list = list[:min(len(list), feedbackAsked)]
	documents := float64(f.reader.Documents())
	kept := list[:0]
	for _, w := range list {
		n, err := f.reader.Frequency(ctx, []string{w.term})
		if err != nil {
			return nil, 0, err
		}
		if n >= feedbackRare && float64(n) <= max(feedbackRare, feedbackBroad*documents) {
			kept = append(kept, weighedTerm{w.term, w.weight * math.Log(1+documents/float64(n))})
		}
	}
	slices.SortFunc(kept, heavier)
	list = kept[:min(len(kept), feedbackWords)]
	for _, w := range list {
		sum += w.weight
	}
	return list, sum, nil
}
