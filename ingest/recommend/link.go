package recommend

import (
	"cmp"
	"slices"

	"rapporteur/ingest"
)

// linksWithin are the links of a page that lie in a span, in order.
func linksWithin(links []ingest.Link, s ingest.Span) []ingest.Link {
	from, _ := slices.BinarySearchFunc(links, s.Start, func(l ingest.Link, at int) int { return cmp.Compare(l.Start, at) })
	to := from
	for to < len(links) && links[to].Start < s.End {
		to++
	}
	return links[from:to]
}
