package topic

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// Bounds and settings of the inference; the figures that led to them are printed by Measure.
const (
	fewestPages = 2    // that must state a topic before it is inferred from their likeness
	neighbours  = 12   // labelled pages that vote
	voters      = 60   // words of a page by which its neighbours are found
	mostTopics  = 4    // inferred for one page
	evidence    = 3    // mentions shown for an inferred topic
	commonWord  = 0.6  // share of the pages from which a word says nothing
	telling     = 10   // times the odds that any page is about it: a general topic is no page's merely because it is general
	verySure    = 0.85 // but from this probability on it is
	rightOnes   = 0.9  // share of the topics that the cut-off would give the pages that state theirs, which they do state
	sure        = 0.7  // probability from which an inferred topic is shown; nothing is better than a doubtful one
	fewestNamed = 3    // times that a round-up of news, which is about many things, has to name a topic
	fewestWords = 40   // of a page that is neither of an event nor a post: one of fewer only leads to others
)

// site is the pages of a site with what counts for their topics.
type site struct {
	records []*ingest.Record
	names   *vocabulary
	stated  [][]ingest.TopicReference

	labels []string // topics that can be inferred, sorted
	has    [][]bool // page, label: stated
	prior  []int    // pages that state a label
	taught []int    // pages that state any
	docs   []document
	sums   map[int][]float64 // word: weight in the sum of the pages of each label
	norms  []float64         // squared length of that sum
	post   map[int][]posting // word: labelled pages
	given  map[string]tallies
	memory sync.Pool // of *likenesses
}

type posting struct {
	page   int
	weight float64
}

// tallies counts, for something that pages share (a project, an author, a folder), the labels of the pages that have it.
type tallies struct {
	pages  int
	labels []int
}

// infer returns the inferred topics of every page that states none of the scheme "topic".
func (s *site) infer() [][]ingest.TopicReference {
	out := make([][]ingest.TopicReference, len(s.records))
	if len(s.labels) == 0 {
		return out
	}
	seen := make([][]features, len(s.records))
	s.each(func(i int) { seen[i] = s.features(i) })
	regression := s.calibrate(seen)
	cut := s.cutOff(seen, regression)
	s.each(func(i int) {
		if s.states(i) || !topical(s.records[i]) {
			return
		}
		out[i] = s.choose(i, seen[i], regression, cut)
	})
	return out
}

// topical reports whether a page can be about something: pages of people, organisations and topics are those things, and one of few words
// leads to others.
func topical(r *ingest.Record) bool {
	return r.Kind == ingest.EventPage || r.Kind == ingest.PostPage || r.Kind == ingest.ProjectPage ||
		r.Kind == ingest.OtherPage && len(strings.Fields(r.Text)) >= fewestWords
}

// states reports whether page i states a topic.
func (s *site) states(i int) bool {
	return slices.ContainsFunc(s.stated[i], func(t ingest.TopicReference) bool { return t.Scheme == Scheme })
}

// each runs the function for every page, on all processors.
func (s *site) each(do func(i int)) {
	var wait sync.WaitGroup
	workers := max(1, runtime.GOMAXPROCS(0))
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(s.records); i += workers {
				do(i)
			}
		})
	}
	wait.Wait()
}

// cutOff is the probability over which a topic is shown: sure, or where the site's own pages show the regression to be too bold the
// least one over which enough of what it would give them is what they state; 1 if there is none.
func (s *site) cutOff(seen [][]features, m *regression) float64 {
	type given struct {
		p     float64
		right bool
	}
	var all []given
	for _, i := range s.taught {
		if !topical(s.records[i]) {
			continue
		}
		for l := range s.labels {
			if p := m.probability(seen[i][l]); s.tells(i, p, &seen[i][l]) {
				all = append(all, given{p, s.has[i][l]})
			}
		}
	}
	slices.SortFunc(all, func(a, b given) int { return cmp.Compare(b.p, a.p) })
	right, cut := 0, 1.0
	for k, g := range all {
		if g.right {
			right++
		}
		switch enough := float64(right) >= rightOnes*float64(k+1); {
		case k+1 == len(all):
			if enough {
				return sure
			}
		case enough && all[k+1].p < g.p:
			cut = all[k+1].p
		}
	}
	if len(all) == 0 {
		return sure
	}
	return cut
}

// tells reports whether the page itself speaks for a topic of the probability.
func (s *site) tells(page int, p float64, c *features) bool {
	if s.records[page].Genre == ingest.DigestGenre && c[named] < math.Log1p(fewestNamed) {
		return false
	}
	return p >= sure && (p >= verySure || p/(1-p) >= telling*math.Exp(c[usual]))
}

// choose returns the likeliest topics of a page, over the cut-off.
func (s *site) choose(page int, seen []features, m *regression, cut float64) []ingest.TopicReference {
	type scored struct {
		label int
		p     float64
	}
	var likely []scored
	for l := range s.labels {
		likely = append(likely, scored{l, m.probability(seen[l])})
	}
	slices.SortStableFunc(likely, func(a, b scored) int { return cmp.Compare(b.p, a.p) })
	var out []ingest.TopicReference
	for k, t := range likely {
		if k == mostTopics || t.p <= cut {
			break
		}
		if !s.tells(page, t.p, &seen[t.label]) {
			continue
		}
		out = append(out, ingest.TopicReference{
			Reference: ingest.Reference{Name: s.labels[t.label], Confidence: math.Round(t.p*1000) / 1000, Mentions: s.evidence(page, t.label)},
			Scheme:    Scheme, Inferred: true,
		})
	}
	return out
}

// ByWord is the rule of a mention that only suggests a topic: a word that the page shares with those that state it.
const ByWord = "word"

// evidence returns the places that suggest the topic: where the page names it or its project, else the words that it shares
// most with the pages of that topic.
func (s *site) evidence(page, label int) []ingest.Mention {
	r := s.records[page]
	d := &s.docs[page]
	var out []ingest.Mention
	add := func(span ingest.Span, rule string, confidence float64) {
		if len(out) < evidence && !slices.ContainsFunc(out, func(m ingest.Mention) bool { return m.Overlaps(span) }) {
			out = append(out, ingest.Mention{Span: span, Text: span.In(r.Text), Rule: rule, Confidence: confidence})
		}
	}
	for _, form := range append([]string{fold.Lower(s.labels[label])}, s.names.forms[s.labels[label]]...) {
		for _, span := range occurrences(r.Text, d.lower, form, evidence) {
			add(span, "named", 1)
		}
	}
	for _, t := range s.stated[page] {
		if g, ok := s.given["project "+t.Name]; ok && t.Scheme == Project && len(t.Mentions) > 0 && g.labels[label] > 0 {
			add(t.Mentions[0].Span, "project", 0.8)
		}
	}
	type share struct {
		term
		by float64
	}
	var shared []share
	for _, t := range d.terms {
		if sum := s.sums[t.word]; sum != nil && t.first.End > 0 {
			own := 0.0
			if s.has[page][label] {
				own = t.weight
			}
			if by := t.weight * (sum[label] - own); by > 0 {
				shared = append(shared, share{t, by})
			}
		}
	}
	slices.SortFunc(shared, func(a, b share) int { return cmp.Or(cmp.Compare(b.by, a.by), a.first.Start-b.first.Start) })
	for _, t := range shared[:min(len(shared), evidence)] {
		add(t.first, ByWord, 0.5)
	}
	slices.SortFunc(out, func(a, b ingest.Mention) int { return a.Start - b.Start })
	return out
}

// occurrences returns where the phrase stands in the text as whole words, at most n times. lower is the text in small letters, byte for
// byte.
func occurrences(text, lower, phrase string, n int) []ingest.Span {
	var out []ingest.Span
	for at := 0; len(out) < n && phrase != ""; {
		i := strings.Index(lower[at:], phrase)
		if i < 0 {
			break
		}
		span := ingest.Span{Start: at + i, End: at + i + len(phrase)}
		at = span.End
		if whole(text, span) {
			out = append(out, span)
		}
	}
	return out
}

func whole(text string, s ingest.Span) bool {
	letter := func(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c >= 0x80 }
	return (s.Start == 0 || !letter(text[s.Start-1])) && (s.End == len(text) || !letter(text[s.End]))
}
