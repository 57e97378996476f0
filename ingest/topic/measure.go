package topic

import (
	"fmt"
	"slices"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// Report says how well topics are inferred on a site, in numbers of pages and of topics.
type Report struct {
	Pages          int // that state topics, each with them hidden once
	Covered        int // that were given a topic
	First          int // whose likeliest inferred topic is stated
	Given, Right   int // topics that were inferred, and those of them that are stated
	Stated         int // topics
	Events, Topics int // events of the site, and those that have a topic in the end
}

// Add adds the numbers of another site.
func (r *Report) Add(o Report) {
	r.Pages, r.Covered, r.First, r.Given = r.Pages+o.Pages, r.Covered+o.Covered, r.First+o.First, r.Given+o.Given
	r.Right, r.Stated, r.Events, r.Topics = r.Right+o.Right, r.Stated+o.Stated, r.Events+o.Events, r.Topics+o.Topics
}

func share(n, of int) float64 { return float64(n) / float64(max(of, 1)) }

// Precision is the share of the inferred topics that are stated.
func (r Report) Precision() float64 { return share(r.Right, r.Given) }

// Recall is the share of the stated topics that are inferred.
func (r Report) Recall() float64 { return share(r.Right, r.Stated) }

// F1 is over all inferred and stated topics.
func (r Report) F1() float64 { return share(2*r.Right, r.Given+r.Stated) }

// Coverage is the share of the pages that were given a topic.
func (r Report) Coverage() float64 { return share(r.Covered, r.Pages) }

// PrecisionAt1 is how often the likeliest inferred topic of a page that was given one is stated.
func (r Report) PrecisionAt1() float64 { return share(r.First, r.Covered) }

func (r Report) String() string {
	return fmt.Sprintf("topics: %d pages hidden by thirds: %.3f of them given a topic, precision at 1 %.3f, precision %.3f, recall %.3f, "+
		"F1 %.3f; %d of %d events have a topic",
		r.Pages, r.Coverage(), r.PrecisionAt1(), r.Precision(), r.Recall(), r.F1(), r.Topics, r.Events)
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
			out.Stated += len(truth)
			rank := 0
			for _, t := range records[i].Topics {
				if !t.Inferred {
					continue
				}
				out.Given++
				if rank == 0 {
					out.Covered++
				}
				if truth[t.Name] {
					out.Right++
					if rank == 0 {
						out.First++
					}
				}
				rank++
			}
		}
	}
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
