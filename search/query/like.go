package query

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"rapporteur/index"
	"rapporteur/ingest/kinds"
)

// A query of so many words is a text, and pages like it are looked for: of manyWords whatever it holds, of someWords if nothing in it is a
// command of the query language. A question, a title or a list of key words is shorter.
const (
	someWords    = 40
	manyWords    = 100
	tellingWords = 40   // that are looked for, at most
	tellingPairs = 20   // of these, that follow each other in the text
	likeShare    = 0.25 // of the words that a page has which is like the text
	commonShare  = 0.3  // words on more of the documents tell nothing
	maxLikeTerms = 2000 // different words that are weighed
)

// longText reports whether a query is running text, of which nothing is a command.
func longText(query string) bool {
	words := len(strings.Fields(query))
	if len(query) > maxQueryBytes || words < someWords {
		return false
	}
	if words >= manyWords {
		return true
	}
	parsed, err := parseQuery(query)
	if err != nil || len(parsed.filters) > 0 {
		return false
	}
	return !slices.ContainsFunc(parsed.groups, func(g queryGroup) bool {
		return g.not || len(g.any) > 1 || g.any[0].kind == prefixTerm
	})
}

// telling is a word or pair of words of a text, with how much it says about it.
type telling struct {
	terms []string
	times int
	gain  float64
}

// weight is what a word or pair of a text counts, the more the more often the text has it.
func (t *telling) weight() float64 { return 1 + math.Log(float64(t.times)) }

// like plans for the words that say most about a text: the ones that it has often, and few pages have. They are those of the language
// in which the text says most. Pages on which such words are neighbours as in the text come before others. Unless kinds are asked for,
// pages are found, not what is on them.
func (p *plan) like(ctx context.Context, text string) error {
	var best, pairs []telling
	most := 0.0
	for _, a := range p.engine.reader.Analyzers() {
		words, neighbours, err := p.telling(ctx, a, text)
		if err != nil {
			return err
		}
		sum := 0.0
		for _, w := range words {
			sum += w.gain
		}
		if sum > most {
			best, pairs, most = words, neighbours, sum
		}
	}
	for _, w := range best {
		p.add(index.Clause{Any: []index.Match{{Terms: w.terms, Weight: w.weight(), Typed: true}}})
	}
	for _, w := range pairs {
		p.query.Pairs = append(p.query.Pairs, index.Match{Terms: w.terms, Weight: adjacentScore * w.weight()})
	}
	p.query.Share = likeShare
	if len(p.query.Kinds) == 0 {
		p.query.Kinds = []string{string(kinds.Page)}
	}
	if len(best) > 0 {
		p.notes = append(p.notes, fmt.Sprintf("Taken as a text: pages that are like it, by the %d words that say most about it.", len(best)))
	}
	return nil
}

// telling returns the words of a text that say most, by the analysis of one language, and the pairs of them that follow each other.
func (p *plan) telling(ctx context.Context, a *index.Analyzer, text string) (words, pairs []telling, err error) {
	times := map[string]int{}
	var terms []string // in order, each once
	var tokens []index.Token
	a.Tokens(text, func(t index.Token) {
		tokens = append(tokens, t)
		if times[t.Term]++; times[t.Term] == 1 && len(terms) < maxLikeTerms {
			terms = append(terms, t.Term)
		}
	})
	documents := float64(p.engine.reader.Documents())
	for _, term := range terms {
		n, err := p.engine.reader.Frequency(ctx, []string{term})
		if err != nil {
			return nil, nil, err
		}
		if n > 0 && float64(n) <= max(1, commonShare*documents) {
			w := telling{terms: []string{term}, times: times[term]}
			w.gain = w.weight() * math.Log(1+documents/float64(n))
			words = append(words, w)
		}
	}
	words = theMost(words, tellingWords)
	return words, neighbours(tokens, words), nil
}

// neighbours returns the pairs of words that follow each other in a text, those first that say most.
func neighbours(tokens []index.Token, words []telling) []telling {
	gain := map[string]float64{}
	for _, w := range words {
		gain[w.terms[0]] = w.gain
	}
	at := map[[2]string]int{}
	var pairs []telling
	for i := range max(0, len(tokens)-1) {
		first, second := tokens[i], tokens[i+1]
		a, b := gain[first.Term], gain[second.Term]
		if a == 0 || b == 0 || second.Position != first.Position+1 {
			continue
		}
		key := [2]string{first.Term, second.Term}
		n, ok := at[key]
		if !ok {
			n = len(pairs)
			at[key] = n
			pairs = append(pairs, telling{terms: key[:]})
		}
		pairs[n].times++
		pairs[n].gain = pairs[n].weight() * (a + b)
	}
	return theMost(pairs, tellingPairs)
}

// theMost returns the n that say most, those first that come first in the text where they say as much.
func theMost(list []telling, n int) []telling {
	slices.SortStableFunc(list, func(a, b telling) int { return cmp.Compare(b.gain, a.gain) })
	return list[:min(len(list), n)]
}
