// Package recommend finds who asks whom for what: the recommendations of a page, with who makes them and whom they address,
// and the places of a site that ask the same.
//
// A candidate is a bullet, a table's cell, a heading or a sentence. A logistic regression over its words, its cues ("calls
// for", "would like to see", "it is essential that"), its lead-in, heading, list and page says how likely it is to be a
// recommendation; a second one also sees how likely its neighbours are. Rules of discourse say whose it is.
package recommend

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/tagger"
	"rapporteur/ingest/wordclass"
)

// mostAsks is how many recommendations of one page are kept: the most likely ones.
const mostAsks = 200

//go:embed weights.bin
var embedded []byte

// Finder finds recommendations. It is safe for parallel use.
type Finder struct {
	cues     lexicon
	families *wordclass.Classes
	first    *model        // reads every candidate by itself
	second   *model        // knows what the first one thought of the neighbours
	trees    *tagger.Trees // knows what both thought, and numbers
}

// New returns a Finder with the embedded model.
func New() (*Finder, error) {
	return parse(embedded)
}

// parse makes a Finder from what Save returned.
func parse(b []byte) (*Finder, error) {
	first, second, trees, err := unmarshal(b)
	if err != nil {
		return nil, err
	}
	families, err := wordclass.Load()
	if err != nil {
		return nil, err
	}
	return &Finder{cues: newLexicon(), families: families, first: first, second: second, trees: trees}, nil
}

// Fill sets r.Recommendations and r.Unlisted, in order of Start. The people and organisations of r must be known by then; IRIs are not
// needed.
func (f *Finder) Fill(r *ingest.Record) {
	r.Recommendations, r.Unlisted = nil, nil
	v := f.view(r)
	likely := f.probabilities(v)
	kinds := make([]ingest.RecommendationKind, len(likely))
	var found []int
	for i, p := range likely {
		c := &v.candidates[i]
		b := r.Blocks[c.block]
		kinds[i] = f.kind(v, c, b)
		if f.passedOver(v, c, b, kinds[i], p) == "" {
			found = append(found, i)
		}
	}
	found = mostLikely(found, likely, kinds)
	if len(found) == 0 {
		return
	}
	who := f.voices(r, v)
	for _, i := range found {
		c := &v.candidates[i]
		b := r.Blocks[c.block]
		span := v.shown(c)
		a := ingest.Recommendation{
			Span: span, Kind: kinds[i], Text: folded(span.In(r.Text)), Confidence: likely[i], Rule: f.rule(v, *c, b), Strength: f.strength(v, *c, b),
			By: who[i].id, ByEvidence: who[i].evidence, To: f.addressee(v, *c, b), Stance: f.stance(v, i, who[i]), Context: f.context(v, i),
		}
		if a.ToRef = called(r, a.To); a.By != 0 && a.By == a.ToRef { // nobody is told of who asks himself
			a.By, a.ByEvidence = 0, ingest.Span{}
		}
		if b.Heading >= 0 {
			a.Heading = folded(r.Blocks[b.Heading].In(r.Text))
		}
		if b.LeadIn >= 0 {
			a.LeadIn = folded(v.closing(b.LeadIn))
		}
		if a.Kind == ingest.Ask && a.Stance != ingest.Opposed {
			r.Recommendations = append(r.Recommendations, a)
		} else {
			r.Unlisted = append(r.Unlisted, a)
		}
	}
}

// passedOver names why a candidate of a kind and probability is not kept, or is empty.
func (f *Finder) passedOver(v *view, c *candidate, b ingest.Block, kind ingest.RecommendationKind, p float64) string {
	if kind == ingest.Decision || kind == ingest.Action {
		if len(c.words) < fewestProcedure {
			return "too short"
		}
		return ""
	}
	if least := f.threshold(v, c, b); p < least {
		return fmt.Sprintf("under %.2f", least)
	}
	return f.idle(v, c, b, p)
}

// decide says what candidate i is, and by which rule.
func (f *Finder) decide(v *view, i int, p float64) (said, rule string) {
	c := &v.candidates[i]
	b := v.page.Blocks[c.block]
	kind := f.kind(v, c, b)
	if why := f.passedOver(v, c, b, kind, p); why != "" {
		return nothing, why
	}
	return string(kind), f.rule(v, *c, b)
}

// threshold is the probability from which a candidate counts: half as much where its own sentence asks outright, and in a list that
// a demand introduces, whose items are often bare nouns ("organisations need to look at: ...").
// In minutes most of what sounds like a demand is work in hand: there an ask has to be likely. So it has to be where nothing of its own
// asks, or only something is said to be important. Elsewhere it is the more likely the more a page of its genre asks.
func (f *Finder) threshold(v *view, c *candidate, b ingest.Block) float64 {
	switch {
	case v.minutes && v.labelled >= fewestInTalk:
		return likelyInTalk
	case v.minutes:
		return likelyInMinutes
	}
	least := f.thresholdOfAny(v, c, b)
	if share, ok := byGenre[v.page.Genre]; ok {
		return least * share
	}
	return least
}

// byGenre is the share of the probability from which a candidate counts on pages of a genre. They were chosen by cross-validation, in
// coarse steps.
var byGenre = map[ingest.Genre]float64{ingest.EventGenre: 0.8, ingest.DigestGenre: 0.7, ingest.PostGenre: 1.2, ingest.OtherGenre: 0.5,
	ingest.ResourceGenre: 0.5}

// thresholdOfAny is the probability from which a candidate counts on a page of any genre.
func (f *Finder) thresholdOfAny(v *view, c *candidate, b ingest.Block) float64 {
	if f.outright(c.words) || c.after >= 0 && v.candidates[c.after].cues&(must|should|need|ask) != 0 {
		return f.second.threshold / 2
	}
	switch f.rule(v, *c, b) {
	case ruleContext, ruleHeaded:
		if c.cues&(stress|say) == 0 || c.cues&(must|should|need|ask|vital) == 0 { // "noted the importance of asking them"
			return max(f.second.threshold, likelyUnsaid)
		}
	case ruleEssential:
		return max(f.second.threshold, likelyEssential)
	}
	if of := v.leadIn(b); b.Kind == ingest.ItemBlock && of >= 0 && f.introduces(v, of) && len(v.of[of]) > 0 {
		if lead := v.candidates[v.of[of][len(v.of[of])-1]]; lead.cues&(must|should|need|ask|vital) != 0 && lead.cues&lets == 0 {
			return f.second.threshold / 2
		}
	}
	return f.second.threshold
}

// The probabilities from which a candidate counts: in minutes, where nothing of its own asks, and where something is said to be important.
const (
	likelyInMinutes = 0.6
	likelyInTalk    = 0.8 // of people who work something out among themselves, turn by turn
	likelyUnsaid    = 0.6
	likelyEssential = 0.4
)

// outright reports whether the words ask in so many words: "it is essential that", "recommends that", "calls on ministers to", "Councils
// must".
func (f *Finder) outright(ws []word) bool {
	for i := 0; i+2 < len(ws); i++ {
		next := ws[i+1].form
		switch form := ws[i].form; {
		case i < 4 && actors[form] && (next == "must" || next == "should") && f.cues.of(ws[:i])&(say|question|cond) == 0:
			return !f.described(ws)
		case essentials[form] && next == "that" && i > 1 && (ws[i-1].form == "is" || ws[i-2].form == "is"),
			strings.HasPrefix(form, "recommend") && next == "that",
			(form == "call" || form == "calls" || form == "called" || form == "calling") && next == "on" && any(ws[i+2:min(len(ws), i+9)], toOnly),
			(form == "urge" || form == "urges" || form == "urged") && any(ws[i+1:min(len(ws), i+8)], toOnly):
			return true
		}
	}
	return false
}

var (
	essentials = fold.Set("essential vital crucial imperative critical")
	toOnly     = fold.Set("to")
)

// fewestProcedure is the number of words of the shortest decision or action that is kept.
const fewestProcedure = 4

// mostLikely keeps the mostAsks likeliest of each kind, in their order.
func mostLikely(found []int, likely []float64, kinds []ingest.RecommendationKind) []int {
	number := map[ingest.RecommendationKind]int{}
	for _, i := range found {
		number[kinds[i]]++
	}
	for kind, n := range number {
		if n <= mostAsks {
			continue
		}
		var of []int
		for _, i := range found {
			if kinds[i] == kind {
				of = append(of, i)
			}
		}
		slices.SortStableFunc(of, func(a, b int) int { return cmp.Compare(likely[b], likely[a]) })
		out := map[int]bool{}
		for _, i := range of[mostAsks:] {
			out[i] = true
		}
		found = slices.DeleteFunc(found, func(i int) bool { return out[i] })
	}
	return found
}

// probabilities returns the probability of every candidate.
func (f *Finder) probabilities(v *view) []float64 {
	_, _, _, likely, _ := f.read(v)
	return likely
}

// read returns what is observed of every candidate, its probability by the first and by the second model of words and by all, and how
// likely its neighbours are.
func (f *Finder) read(v *view) (seen []features, first, second, likely []float64, near *nearness) {
	seen = make([]features, len(v.candidates))
	first, second = make([]float64, len(seen)), make([]float64, len(seen))
	for i := range seen {
		seen[i], _ = f.features(v, i)
		first[i] = f.first.score(seen[i])
	}
	near = v.observe(seen, first)
	for i := range seen {
		second[i] = f.second.score(seen[i])
	}
	likely = slices.Clone(second)
	for i := range seen {
		if second[i] >= doubtful {
			likely[i] = together(second[i], f.trees.Probability(f.numbers(v, i, first, second[i], near)))
		}
	}
	return seen, first, second, likely, near
}

// together is the probability by words and by numbers: their mean in log odds.
func together(words, numbers float64) float64 {
	return tagger.Sigmoid((1-treeShare)*logOdds(words) + treeShare*logOdds(numbers))
}

const (
	treeShare = 0.6  // how much the trees count beside the words
	doubtful  = 0.02 // the probability by words from which the trees are asked; below it nearly nothing is an ask
)

// closing returns the last sentence of a block: what introduces a list.
func (v *view) closing(block int) string {
	if of := v.of[block]; len(of) > 0 {
		return v.candidates[of[len(of)-1]].In(v.page.Text)
	}
	return v.page.Blocks[block].In(v.page.Text)
}

// The rules of recommendations that ask for nothing by their own words.
const (
	ruleHeaded    = "headed"    // under a heading such as "What is needed"
	ruleContext   = "context"   // by what stands around them
	ruleEssential = "essential" // this one says that something is vital, which is a fact as often as a demand
)

// rule names the strongest reason for taking the candidate for a recommendation.
func (f *Finder) rule(v *view, c candidate, b ingest.Block) string {
	modal, asking, essential, needed := f.demands(c.words)
	switch {
	case asking:
		return "asking"
	case modal:
		return "modal"
	case essential:
		return ruleEssential
	case needed:
		return "needed"
	case f.introduced(v, b):
		return "introduced"
	case f.commands(c.words):
		return "command"
	case b.Heading >= 0 && v.cues[b.Heading]&(point|ask|need|should|must|vital|wish) != 0:
		return ruleHeaded
	case c.cues&wish != 0:
		return "wish"
	}
	return ruleContext
}

// folded is the text with its white space folded.
func folded(text string) string { return fold.Space(text) }
