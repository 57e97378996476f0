package recommend

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// Reason is a feature or a number that weighed in a decision, in log odds: above 0 it spoke for an ask.
type Reason struct {
	Feature string  `json:"feature"`
	Weight  float64 `json:"weight"`
}

// Explanation says what decided whether a sentence, bullet or cell is a recommendation.
type Explanation struct {
	Page    string      `json:"page"`
	What    string      `json:"what"` // recommendation
	Text    string      `json:"text"`
	At      ingest.Span `json:"at,omitzero"`
	Said    string      `json:"said"`    // "ask", "advice", "action", "decision", "opposed", or "no recommendation"
	Rule    string      `json:"rule"`    // why it is one, or why not: "modal", "described", "under 0.31"
	Chance  float64     `json:"chance"`  // to be one, as the models give it
	Reasons []Reason    `json:"reasons"` // weightiest first
}

const nothing = "no recommendation"

// most is how many reasons an explanation gives.
const most = 8

// Explain says of the sentences, bullets and cells of a page, which Fill has read, why they were taken for recommendations or were not:
// of those that hold the words, of all if there are none. What nobody would take for one is passed over.
func (f *Finder) Explain(r *ingest.Record, of string) []Explanation {
	key := fold.Name(of)
	v := f.view(r)
	v.trace = trace{}
	seen, first, second, likely, near := f.read(v)
	who := f.voices(r, v)
	var out []Explanation
	for i, p := range likely {
		c := &v.candidates[i]
		if second[i] < doubtful || key != "" && !strings.Contains(" "+fold.Name(c.In(r.Text))+" ", " "+key+" ") {
			continue
		}
		said, rule := f.decide(v, i, p)
		if said == string(ingest.Ask) && !holds(r.Recommendations, c) && !holds(r.Unlisted, c) {
			said, rule = nothing, "left out where the site's events have the asks, or by noAsk"
		}
		if said == string(ingest.Ask) && f.stance(v, i, who[i]) == ingest.Opposed {
			said = string(ingest.Opposed)
		}
		out = append(out, Explanation{Page: r.Path, What: "recommendation", Text: folded(v.shown(c).In(r.Text)), At: v.shown(c), Said: said,
			Rule: rule, Chance: p, Reasons: f.reasons(v, seen[i], f.numbers(v, i, first, second[i], near))})
	}
	return out
}

// holds reports whether one of the recommendations is the candidate.
func holds(all []ingest.Recommendation, c *candidate) bool {
	return slices.ContainsFunc(all, func(a ingest.Recommendation) bool { return a.End == c.End && c.Start <= a.Start && a.Start < c.End })
}

// reasons are what the features and numbers add to the log odds of an ask, weightiest first. A tree's answer is shared among the numbers
// that it asked about on the way.
func (f *Finder) reasons(v *view, seen features, n numbers) []Reason {
	by := map[string]float64{}
	for _, at := range seen {
		by[v.trace[at]] += (1 - treeShare) * float64(f.second.weight[at])
	}
	for _, tree := range f.trees.Trees {
		var asked []int16
		node := &tree[0]
		for node.Number >= 0 {
			asked = append(asked, node.Number)
			next := node.Right
			if n[node.Number] <= node.Value {
				next = node.Left
			}
			node = &tree[next]
		}
		for _, k := range asked {
			by["number: "+Numbers[k]] += treeShare * float64(node.Value) / float64(len(asked))
		}
	}
	out := make([]Reason, 0, len(by))
	for name, w := range by {
		if math.Abs(w) > 1e-6 {
			out = append(out, Reason{name, math.Round(w*1000) / 1000})
		}
	}
	slices.SortFunc(out, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)), strings.Compare(a.Feature, b.Feature))
	})
	return out[:min(most, len(out))]
}
