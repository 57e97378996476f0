package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/derive"
	"rapporteur/search/query"
)

// How the recommendations that a query finds are put in order.
const (
	judged     = 300  // so many of those that the index finds are looked at more closely; what it finds less fitting is left out
	leastFit   = 0.55 // share of the query's words that a recommendation answers to count as on the question
	barelyFit  = 0.5  // if none does
	fewBarely  = 2    // so many are told where none is squarely on the question
	firstOnes  = 10
	mostOfPage = 2    // among the first ones
	unsure     = 0.1  // what an ask counts that is not sure to be one
	doubtful   = 0.75 // the chance to be an ask below which one is left out where others answer the query
	fewSquare  = 1    // so many that answer it squarely stand alone
	mostApart  = 2    // so many are told where fewer do
)

// Recommendations returns the recommendations that a request finds, and how many there are in all. Without a query the
// newest come first, and those of a page in their order. With one, those come first whose own words, heading and context
// answer it best, at most two of a page among the first ten; those that only their page has to do with it, and those that are likely
// no asks, are left out where there are others. A Filter.To that is no date is whom they address. Without a query there is no bound on
// Limit but what is there.
func (g *Generation) Recommendations(ctx context.Context, req answer.Request) ([]answer.Recommendation, int, error) {
	req.Filter.Kinds = []kinds.Kind{kinds.Recommendation}
	if to := req.Filter.To; to != "" && !answer.ValidDate(to) {
		req.Filter.Addressees, req.Filter.To = append(slices.Clone(req.Filter.Addressees), to), ""
	}
	limit := cmp.Or(max(req.Limit, 0), query.DefaultLimit)
	fit := g.engine.NewFit(req.Query)
	if strings.TrimSpace(req.Query) == "" || req.Sort == "date" {
		return g.found(ctx, req, limit)
	}
	offset := req.Offset
	req.Offset = 0
	limit = min(limit, query.MaxOffset)
	all, total, err := g.found(ctx, req, max(judged, offset+limit))
	if err != nil {
		return nil, 0, err
	}
	switch {
	case fit == nil && len(all) > 0 && all[0].Score > 0: // it has operators
		all = spread(all)
	case fit != nil:
		pages, err := g.pagesOn(ctx, req.Query)
		if err != nil {
			return nil, 0, err
		}
		all = fitting(all[:min(judged, len(all))], fit, pages)
		total = len(all)
	}
	from := min(offset, len(all))
	return all[from:min(from+limit, len(all))], total, nil
}

// pagesOn are the pages that answer a query best, each with its score as a share of the best one's.
func (g *Generation) pagesOn(ctx context.Context, text string) (map[ingest.IRI]float64, error) {
	found, err := g.engine.Search(ctx, &answer.Request{
		Query: text, Filter: answer.Filter{Kinds: []kinds.Kind{kinds.Page}}, Limit: query.MaxLimit, NoFacets: true,
	})
	if err != nil {
		return nil, fmt.Errorf("searching the pages of recommendations: %w", err)
	}
	pages := map[ingest.IRI]float64{}
	if len(found.Hits) == 0 || found.Hits[0].Score <= 0 { // none is better than another
		return pages, nil
	}
	for _, h := range found.Hits {
		pages[h.ID] = h.Score / found.Hits[0].Score
	}
	return pages, nil
}

// fitting keeps those that are on the question, the best first, spread over pages. pages says how well each answers it.
func fitting(all []answer.Recommendation, fit *query.Fit, pages map[ingest.IRI]float64) []answer.Recommendation {
	fit.Weigh(all)
	fits, close := map[ingest.IRI]float64{}, map[ingest.IRI]query.Closeness{}
	best, some, number := 0.0, false, [query.Squarely + 1]int{} // number of those that are likely to be asks
	for i := range all {
		f, how := fit.Of(&all[i], pages[all[i].Page.ID])
		if f < leastFit && how < query.Squarely {
			how = query.Beside
		}
		fits[all[i].ID], close[all[i].ID] = f, how
		best, some = max(best, f), some || how > query.Beside
		if all[i].Sure >= doubtful {
			number[how]++
		}
	}
	least := query.Squarely
	for least > query.Beside && number[least] < fewSquare {
		least--
		number[least] += number[least+1]
	}
	kept := slices.DeleteFunc(slices.Clone(all), func(a answer.Recommendation) bool {
		switch {
		case some:
			return close[a.ID] < max(least, query.Apart)
		case best >= leastFit:
			return fits[a.ID] < leastFit
		}
		return best > 0 && fits[a.ID] < barelyFit // else the index knows other words for the query's
	})
	doubted := func(a answer.Recommendation) bool { return a.Sure < doubtful }
	if sure := slices.DeleteFunc(slices.Clone(kept), doubted); len(sure) > 0 {
		kept = sure
	}
	for i := range kept {
		kept[i].Score *= fits[kept[i].ID] * (kept[i].Sure + unsure) * (1 + pages[kept[i].Page.ID])
	}
	slices.SortStableFunc(kept, func(a, b answer.Recommendation) int {
		return cmp.Or(cmp.Compare(close[b.ID], close[a.ID]), cmp.Compare(b.Score, a.Score))
	})
	most := fewBarely
	if some {
		most = mostApart
		for len(kept) > most && close[kept[most].ID] == query.Squarely {
			most++
		}
	}
	kept = kept[:min(most, len(kept))]
	return spread(kept)
}

// spread puts off those of a page that has two among the first.
func spread(all []answer.Recommendation) []answer.Recommendation {
	of := map[ingest.IRI]int{}
	var first, later []answer.Recommendation
	for _, a := range all {
		if len(first) < firstOnes && of[a.Page.ID] < mostOfPage {
			of[a.Page.ID]++
			first = append(first, a)
		} else {
			later = append(later, a)
		}
	}
	return append(first, later...)
}

// found returns what the index finds, limit of them from req.Offset on.
func (g *Generation) found(ctx context.Context, req answer.Request, limit int) ([]answer.Recommendation, int, error) {
	out := []answer.Recommendation{}
	for {
		req.Limit = min(limit-len(out), query.MaxLimit)
		found, err := g.engine.Search(ctx, &req)
		if err != nil {
			return nil, 0, fmt.Errorf("searching the recommendations: %w", err)
		}
		for _, h := range found.Hits {
			if h.Kind != kinds.Recommendation { // the query asks for people
				continue
			}
			a, err := g.ask(ctx, h.ID)
			if err != nil {
				return nil, 0, fmt.Errorf("read recommendation %s: %w", h.ID, err)
			}
			a.Score = h.Score
			out = append(out, a)
		}
		req.Offset += len(found.Hits)
		if len(out) >= limit || len(found.Hits) < req.Limit || req.Offset > query.MaxOffset {
			return out, found.Total, nil
		}
	}
}

// maxAsks is how many recommendations are kept decoded: each query looks at hundreds of them, and most at the same ones.
const maxAsks = 4000

// ask reads a recommendation. What lists it holds are shared and not to be changed.
func (g *Generation) ask(ctx context.Context, id ingest.IRI) (a answer.Recommendation, err error) {
	if a, ok := g.asks.Get(id); ok {
		return a, ctx.Err()
	}
	if err := g.read(ctx, derive.RecommendationPrefix, id, &a); err != nil {
		return a, err
	}
	g.asks.Add(id, a)
	return a, nil
}
