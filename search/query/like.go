package query

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"rapporteur/index"
)

// A query of more words is a text, and pages like it are looked for.
const (
	manyWords    = 100
	tellingWords = 40   // that are looked for, at most
	likeShare    = 0.25 // of them that a page has which is like the text
	commonShare  = 0.3  // words on more of the documents tell nothing
	maxLikeBytes = maxQueryBytes
	maxLikeTerms = 600 // different words that are weighed
)

// longText reports whether a query is running text, in which nothing is a command.
func longText(query string) bool {
	return len(query) <= maxLikeBytes && len(strings.Fields(query)) > manyWords
}

// telling is a word of a text, with how much it says about it.
type telling struct {
	term  string
	times int
	gain  float64
}

// like plans for the words that say most about a text: the ones that it has often, and few pages have. They are those of the language
// in which the text says most.
func (p *plan) like(ctx context.Context, text string) error {
	var best []telling
	most := 0.0
	for _, a := range p.engine.reader.Analyzers() {
		words, err := p.telling(ctx, a, text)
		if err != nil {
			return err
		}
		sum := 0.0
		for _, w := range words {
			sum += w.gain
		}
		if sum > most {
			best, most = words, sum
		}
	}
	for _, w := range best {
		weight := 1 + math.Log(float64(w.times))
		p.add(index.Clause{Any: []index.Match{{Terms: []string{w.term}, Weight: weight, Typed: true}}})
	}
	p.query.Share = likeShare
	if len(best) > 0 {
		p.notes = append(p.notes, fmt.Sprintf("This is a text: pages like it are looked for, by the %d words that say most about it.", len(best)))
	}
	return nil
}

// telling returns the words of a text that say most, by the analysis of one language.
func (p *plan) telling(ctx context.Context, a *index.Analyzer, text string) ([]telling, error) {
	times := map[string]int{}
	var terms []string // in order
	a.Tokens(text, func(t index.Token) {
		if times[t.Term]++; times[t.Term] == 1 && len(terms) < maxLikeTerms {
			terms = append(terms, t.Term)
		}
	})
	documents := float64(p.engine.reader.Documents())
	var out []telling
	for _, term := range terms {
		n, err := p.engine.reader.Frequency(ctx, []string{term})
		if err != nil {
			return nil, err
		}
		if n > 0 && float64(n) <= max(1, commonShare*documents) {
			out = append(out, telling{term, times[term], (1 + math.Log(float64(times[term]))) * math.Log(1+documents/float64(n))})
		}
	}
	slices.SortStableFunc(out, func(a, b telling) int { return cmp.Compare(b.gain, a.gain) })
	return out[:min(len(out), tellingWords)], nil
}
