package topic

import (
	"fmt"
	"slices"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// Report says how well topics are inferred on a site.
type Report struct {
	Pages          int     // with stated topics, each hidden once
	PrecisionAt1   float64 // of the pages that were given one: how often the likeliest inferred topic is stated
	Coverage       float64 // share of the pages that were given one
	Precision      float64
	Recall         float64
	F1             float64 // over all inferred and stated topics
	Events, Topics int     // events of the site, and those that have a topic in the end
}

func (r Report) String() string {
	return fmt.Sprintf("topics: %d pages hidden by thirds: %.3f of them given a topic, precision at 1 %.3f, precision %.3f, recall %.3f, "+
		"F1 %.3f; %d of %d events have a topic",
		r.Pages, r.Coverage, r.PrecisionAt1, r.Precision, r.Recall, r.F1, r.Topics, r.Events)
}

// Measure hides the topics that the front matter of a third of the pages states, infers them from the others, and compares;
// three times, so that every page is hidden once. The records' own Topics are those of Fill in the end.
func Measure(records []*ingest.Record, curated []Curated) Report {
	var out Report
	names := newVocabulary(records, curated)
	var stating []int
	for i, r := range records {
		if topical(r) && slices.ContainsFunc(front(r), func(s statement) bool { return s.scheme == Scheme }) {
			stating = append(stating, i)
		}
	}
	out.Pages = len(stating)
	right, given, stated, first, covered := 0, 0, 0, 0, 0
	for k := range 3 {
		hidden := func(i int) bool {
			at, ok := slices.BinarySearch(stating, i)
			return ok && at%3 == k
		}
		fill(records, curated, hidden)
		for _, i := range stating {
			if !hidden(i) {
				continue
			}
			truth := map[string]bool{}
			for _, s := range front(records[i]) {
				if s.scheme == Scheme {
					truth[names.canonical[fold.Lower(s.text)].text] = true
				}
			}
			stated += len(truth)
			rank := 0
			for _, t := range records[i].Topics {
				if !t.Inferred {
					continue
				}
				given++
				if rank == 0 {
					covered++
				}
				if truth[t.Name] {
					right++
					if rank == 0 {
						first++
					}
				}
				rank++
			}
		}
	}
	out.PrecisionAt1 = float64(first) / float64(max(covered, 1))
	out.Coverage = float64(covered) / float64(max(out.Pages, 1))
	out.Precision = float64(right) / float64(max(given, 1))
	out.Recall = float64(right) / float64(max(stated, 1))
	out.F1 = 2 * float64(right) / float64(max(given+stated, 1))
	Fill(records, curated)
	for _, r := range records {
		if r.Kind == ingest.EventPage {
			out.Events++
			if slices.ContainsFunc(r.Topics, func(t ingest.TopicReference) bool { return t.Scheme == Scheme }) {
				out.Topics++
			}
		}
	}
	return out
}
