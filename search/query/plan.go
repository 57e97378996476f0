package query

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rapporteur/index"
	"rapporteur/search/answer"
)

// Weights of what a query did not say but may mean, beside 1 for what it said.
const (
	aliasWeight   = 0.6 // another name of what it names
	namedWeight   = 0.3 // a page on which what it names is known to be
	mendedWeight  = 0.8 // a word that it may have misspelled
	adjacentScore = 0.5 // two words of it that follow each other

	// A word of the same meaning weighs relatedWeight where the site does not have the word itself, and the less the more pages have it.
	relatedWeight = 0.4
	relatedDecay  = 200
	leastRelated  = 0.05 // less is not worth looking for
	// A word that so many documents have is found well enough: words of the same meaning then find nothing more.
	wellFound = 20
)

// A word that stands in so many times more documents than an entity of that name has pages hardly means the entity.
const commonWord = 20

// maxLedTitles is how many pages of the title that is asked for lead: what more have is a heading, no name.
const maxLedTitles = 3

// In queries of up to so many words, what has all of them as typed comes before what has one only by a word near to it. In longer ones,
// which are sentences, not every word counts.
const strictWords = 3

// maxAdjacentWords bounds what neighbours cost in a long query.
const maxAdjacentWords = 40

// Widening is for queries of up to so many words: longer ones say enough themselves.
const maxWidenedWords = 12

// plan is a query made ready for the index.
type plan struct {
	engine     *Engine
	query      *index.Query
	notes      []string
	terms      map[string]float64  // analyzed words to mark in fragments, with their weight
	near       map[string]float64  // words of the same meaning, to mark where none of these is
	running    []runningWord       // words in a row
	mended     map[string]string   // words of the query, and what was probably meant
	absent     bool                // one of these is on no page: what was probably meant is shown instead
	understood []answer.Understood // filters that were read from words
	question   *answer.Asked       // about things, that the query asks
	places     []string            // names of places that were read from words, to mark
	placed     []string            // words that were read as places
	narrows    bool                // places were read from words, and other words are left
	browses    bool                // it holds neither words nor filters: what there is is listed by date
	nothing    bool                // a filter names something that is not there, or the query holds no word
}

// newPlan plans a request; with literal, no place is read from its words.
func (f *Engine) newPlan(ctx context.Context, req *answer.Request, literal bool) (*plan, error) {
	text := longText(req.Query)
	asked := req.Query
	if text {
		asked = ""
	}
	parsed, err := parseQuery(asked)
	if err != nil {
		return nil, err
	}
	if err := checkFilter(&req.Filter); err != nil {
		return nil, err
	}
	facets := facetNames
	if req.NoFacets {
		facets = nil
	}
	p := &plan{
		engine: f,
		query:  &index.Query{Facets: facets, FacetLimit: maxFacetValues, Offset: req.Offset, Limit: req.Limit},
		notes:  parsed.notes,
		terms:  map[string]float64{},
		near:   map[string]float64{},
		mended: map[string]string{},
	}
	p.understand(parsed, req.Query, literal)
	p.filter(parsed, &req.Filter)
	if text {
		err = p.like(ctx, req.Query)
	} else {
		err = p.words(ctx, parsed)
	}
	if err != nil {
		return nil, err
	}
	for _, place := range p.places {
		for _, m := range p.phrase(place, 1) {
			p.mark(&m)
		}
	}
	p.query.ByDate = req.Sort == "date" || len(p.query.Clauses) == 0
	p.query.Prior = kindPriors
	p.query.Tiers = p.counted() <= strictWords
	if err := p.formFirst(parsed); err != nil {
		return nil, err
	}
	switch words := len(parsed.groups) > 0 || text; {
	case len(p.query.Clauses) > 0:
	case text:
		p.nothing = true
		p.notes = append(p.notes, "Every word of the text is on no page, or on nearly every one.")
	case words:
		p.nothing = true
		p.notes = append(p.notes, "The query holds only words that are on nearly every page: add one that tells what you look for.")
	case strings.TrimSpace(req.Query) != "" && len(parsed.filters) == 0 && strings.Trim(req.Query, "* \t") != "":
		p.nothing = true
		p.notes = append(p.notes, "The query holds no word to look for.")
	case len(parsed.filters) == 0:
		p.browses = true
	}
	return p, nil
}

// counted is how many clauses say whether a page answers.
func (p *plan) counted() int {
	n := 0
	for i := range p.query.Clauses {
		if c := &p.query.Clauses[i]; !c.Not && !c.Extra {
			n++
		}
	}
	return n
}

// runningWord is a word that the query has among others, with the clause that looks for it: -1 if it is a stop word.
type runningWord struct {
	text   string
	clause int
}

// words plans the words, phrases and prefixes.
func (p *plan) words(ctx context.Context, parsed *parsedQuery) error {
	count := parsed.words()
	asks := parsed.asks()
	used := 0
	for _, g := range parsed.groups {
		if used += len(g.any); used > maxQueryWords {
			p.notes = append(p.notes, fmt.Sprintf("Only the first %d words were looked for.", maxQueryWords))
			break
		}
		single := g.any[0]
		switch {
		case g.not || len(g.any) > 1 || single.kind == prefixTerm:
			if err := p.group(g); err != nil {
				return err
			}
			p.running = append(p.running, runningWord{"", -1})
		case asks && questionVerbs[strings.ToLower(single.text)]:
		case single.kind == wordTerm:
			if err := p.word(ctx, single.text, count <= maxWidenedWords); err != nil {
				return err
			}
		default:
			p.quotation(single.text, count)
		}
	}
	if count <= maxWidenedWords {
		if err := p.joined(); err != nil {
			return err
		}
	}
	p.adjacent()
	if count <= maxWidenedWords {
		if err := p.named(ctx); err != nil {
			return err
		}
		p.title()
	}
	return nil
}

// group plans alternatives, a prefix, or what must not be there.
func (p *plan) group(g queryGroup) error {
	clause := index.Clause{Not: g.not}
	for _, t := range g.any {
		matches, err := p.matches(t)
		if err != nil {
			return err
		}
		clause.Any = append(clause.Any, matches...)
	}
	if len(clause.Any) > 0 {
		p.add(clause)
	}
	return nil
}

// quotation plans a phrase: it has to be there if the query is short, and helps its words if the query is running text.
func (p *plan) quotation(text string, words int) {
	clause := index.Clause{Any: typed(p.phrase(text, 1)), Must: words <= maxCommandWords}
	if len(clause.Any) == 0 {
		return
	}
	if clause.Must {
		p.running = append(p.running, runningWord{text, p.add(clause)})
		return
	}
	for _, word := range strings.Fields(text) {
		if c := p.typed(word); len(c.Any) > 0 {
			p.running = append(p.running, runningWord{word, p.add(c)})
		}
	}
	if len(clause.Any[0].Terms) > 1 {
		for i := range clause.Any {
			clause.Any[i].Weight = adjacentScore
		}
		clause.Extra = true
		p.add(clause)
	}
}

// add adds a clause, marks its words in passages, and returns its place.
func (p *plan) add(c index.Clause) int {
	p.query.Clauses = append(p.query.Clauses, c)
	if !c.Not {
		for i := range c.Any {
			p.mark(&c.Any[i])
		}
	}
	return len(p.query.Clauses) - 1
}

// mark marks the words of a match: those of the same meaning only where none else is.
func (p *plan) mark(m *index.Match) {
	terms := p.terms
	if m.Weight <= relatedWeight {
		terms = p.near
	}
	for _, t := range index.Runs(m.Terms) {
		terms[t] = max(terms[t], m.Weight)
	}
}

// typed says of matches that they are what was typed.
func typed(matches []index.Match) []index.Match {
	for i := range matches {
		matches[i].Typed = true
	}
	return matches
}

// forms returns what the languages of the index make of text, as phrases ("" for a stop word between), each once; common says in which
// of them it is stop words only.
func (p *plan) forms(text string) (out [][]string, common []bool) {
	for _, a := range p.engine.reader.Analyzers() {
		terms := a.Phrase(text, maxQueryWords)
		common = append(common, len(terms) == 0)
		if len(terms) > 0 && !slices.ContainsFunc(out, func(o []string) bool { return slices.Equal(o, terms) }) {
			out = append(out, terms)
		}
	}
	return out, common
}

// phrase plans a name or expansion.
func (p *plan) phrase(text string, weight float64) []index.Match {
	forms, _ := p.forms(text)
	out := make([]index.Match, 0, len(forms))
	for _, form := range forms {
		out = append(out, index.Match{Terms: form, Weight: weight})
	}
	return out
}

// matches plans one alternative of a group.
func (p *plan) matches(t queryTerm) ([]index.Match, error) {
	if t.kind != prefixTerm {
		if len(strings.Fields(t.text)) == 1 {
			return slices.DeleteFunc(p.typed(t.text).Any, func(m index.Match) bool { return !m.Typed }), nil
		}
		return typed(p.phrase(t.text, 1)), nil
	}
	var out []index.Match
	words, err := p.engine.completions(index.Fold(t.text))
	if err != nil {
		return nil, err
	}
	for _, word := range words {
		for _, m := range p.typed(word).Any {
			if len(m.Terms) == 1 && !slices.ContainsFunc(out, func(o index.Match) bool { return o.Terms[0] == m.Terms[0] }) {
				out = append(out, m)
			}
		}
	}
	return out, nil
}

// adjacent lets pages win on which neighbouring words of the query are neighbours too.
func (p *plan) adjacent() {
	for i := range min(len(p.running), maxAdjacentWords) - 1 {
		first, second := p.running[i], p.running[i+1]
		if first.clause < 0 || second.clause < 0 || strings.ContainsAny(first.text[len(first.text)-1:], ",;:.!?") {
			continue
		}
		for _, a := range p.engine.reader.Analyzers() {
			x, y := a.Terms(first.text), a.Terms(second.text)
			if len(x) == 1 && len(y) == 1 {
				pair := index.Match{Terms: []string{x[0], y[0]}, Weight: adjacentScore}
				if !slices.ContainsFunc(p.query.Pairs, func(m index.Match) bool { return slices.Equal(m.Terms, pair.Terms) }) {
					p.query.Pairs = append(p.query.Pairs, pair)
				}
			}
		}
	}
}
