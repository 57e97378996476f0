package query

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rapporteur/index"
	"rapporteur/ingest/kinds"
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

// maxAdjacentWords bounds what neighbours cost in a long query.
const maxAdjacentWords = 40

// Widening is for queries of up to so many words: longer ones say enough themselves.
const maxWidenedWords = 12

// plan is a query made ready for the index.
type plan struct {
	engine  *Engine
	query   *index.Query
	notes   []string
	terms   map[string]float64 // analyzed words to mark in fragments, with their weight
	near    map[string]float64 // words of the same meaning, to mark where none of these is
	mended  map[string]string  // words of the query, and what was probably meant
	nothing bool               // a filter names something that is not there, or the query holds no word
}

// newPlan plans a request.
func (f *Engine) newPlan(ctx context.Context, req *answer.Request) (*plan, error) {
	parsed, err := parseQuery(req.Query)
	if err != nil {
		return nil, err
	}
	if err := checkFilter(&req.Filter); err != nil {
		return nil, err
	}
	p := &plan{
		engine: f,
		query:  &index.Query{Facets: facetNames, FacetLimit: maxFacetValues, Offset: req.Offset, Limit: req.Limit},
		notes:  parsed.notes,
		terms:  map[string]float64{},
		near:   map[string]float64{},
		mended: map[string]string{},
	}
	p.filter(parsed, &req.Filter)
	if err := p.words(ctx, parsed); err != nil {
		return nil, err
	}
	p.query.ByDate = req.Sort == "date" || len(p.query.Clauses) == 0
	p.query.Prior = kindPriors
	if len(parsed.groups) == 0 && strings.TrimSpace(req.Query) != "" && len(parsed.filters) == 0 && strings.Trim(req.Query, "* \t") != "" {
		p.nothing = true
		p.notes = append(p.notes, "The query holds no word to look for.")
	}
	return p, nil
}

// words plans the words, phrases and prefixes.
func (p *plan) words(ctx context.Context, parsed *parsedQuery) error {
	count := parsed.words()
	asks := parsed.asks()
	var running []string // words in a row, as written
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
		case asks && questionVerbs[strings.ToLower(single.text)]:
		case single.kind == wordTerm:
			running = append(running, single.text)
			if err := p.word(ctx, single.text, count <= maxWidenedWords); err != nil {
				return err
			}
		default:
			running = append(running, strings.Fields(single.text)...)
			p.quotation(single.text, count)
		}
	}
	p.adjacent(running)
	if count <= maxWidenedWords {
		return p.named(ctx, running)
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
	clause := index.Clause{Any: p.phrase(text, 1), Must: words <= maxCommandWords}
	if len(clause.Any) == 0 {
		return
	}
	if clause.Must {
		p.add(clause)
		return
	}
	for _, term := range clause.Any[0].Terms {
		if term != "" {
			p.add(index.Clause{Any: []index.Match{{Terms: []string{term}, Weight: 1}}})
		}
	}
	if len(clause.Any[0].Terms) > 1 {
		clause.Any[0].Weight = adjacentScore
		p.add(clause)
	}
}

// add adds a clause, and marks its words in fragments.
func (p *plan) add(c index.Clause) {
	p.query.Clauses = append(p.query.Clauses, c)
	if c.Not {
		return
	}
	for _, m := range c.Any {
		terms := p.terms
		if c.Concept && m.Weight < 1 {
			terms = p.near
		}
		for _, t := range m.Terms {
			terms[t] = max(terms[t], m.Weight)
		}
	}
}

// analyze returns the analyzed words of text in each language of the index, as phrases ("" for a stop word between), each once.
func (p *plan) analyze(text string) [][]string {
	var out [][]string
	for _, a := range p.engine.reader.Analyzers() {
		var terms []string
		last := 0
		a.Tokens(text, func(t index.Token) {
			for last > 0 && last+1 < t.Position && len(terms) < maxQueryWords {
				terms = append(terms, "")
				last++
			}
			terms = append(terms, t.Term)
			last = t.Position
		})
		if len(terms) > 0 && !slices.ContainsFunc(out, func(o []string) bool { return slices.Equal(o, terms) }) {
			out = append(out, terms)
		}
	}
	return out
}

// word plans a single word; one with a dash in it counts as its parts.
func (p *plan) word(ctx context.Context, text string, widen bool) error {
	forms := p.analyze(text)
	if len(forms) == 0 {
		return nil
	}
	if len(forms[0]) > 1 {
		for _, term := range forms[0] {
			if term != "" {
				p.add(index.Clause{Any: []index.Match{{Terms: []string{term}, Weight: 1}}})
			}
		}
		return nil
	}
	clause := index.Clause{}
	for _, form := range forms {
		clause.Any = append(clause.Any, index.Match{Terms: form, Weight: 1})
	}
	if widen {
		if err := p.widen(ctx, text, &clause); err != nil {
			return err
		}
	}
	p.add(clause)
	return nil
}

// matches plans one alternative of a group.
func (p *plan) matches(t queryTerm) ([]index.Match, error) {
	var out []index.Match
	if t.kind == prefixTerm {
		words, err := p.engine.completions(index.Fold(t.text))
		if err != nil {
			return nil, err
		}
		for _, word := range words {
			for _, form := range p.analyze(word) {
				if len(form) == 1 && !slices.ContainsFunc(out, func(m index.Match) bool { return m.Terms[0] == form[0] }) {
					out = append(out, index.Match{Terms: form, Weight: 1})
				}
			}
		}
		return out, nil
	}
	return p.phrase(t.text, 1), nil
}

// widen adds to a word what else may mean it: what its letters stand for, words of the same meaning or, if it may be a slip,
// what it may be a misspelling of.
func (p *plan) widen(ctx context.Context, word string, clause *index.Clause) error {
	folded := index.Fold(strings.TrimFunc(word, func(r rune) bool { return !letterOrDigit(r) }))
	if long := p.engine.lexicon.Acronyms[folded]; len(long) > 0 {
		for _, name := range long {
			clause.Any = append(clause.Any, p.phrase(name, aliasWeight)...)
		}
		return nil
	}
	frequency := 0
	for _, m := range clause.Any {
		n, err := p.engine.reader.Frequency(ctx, m.Terms[0])
		if err != nil {
			return err
		}
		frequency = max(frequency, n)
	}
	weight := relatedWeight / (1 + relatedDecay*float64(frequency)/float64(p.engine.reader.Documents()))
	for _, m := range clause.Any {
		if weight < leastRelated {
			break
		}
		for _, form := range p.engine.related[m.Terms[0]] {
			clause.Any = append(clause.Any, index.Match{Terms: form, Weight: weight})
			clause.Concept = true
		}
	}
	if clause.Concept {
		clause.Lifts = frequency >= wellFound
		return nil
	}
	mended, err := p.mend(ctx, folded, frequency)
	clause.Any = append(clause.Any, mended...)
	return err
}

// phrase plans a name or expansion.
func (p *plan) phrase(text string, weight float64) []index.Match {
	var out []index.Match
	for _, form := range p.analyze(text) {
		out = append(out, index.Match{Terms: form, Weight: weight})
	}
	return out
}

// adjacent lets pages win on which neighbouring words of the query are neighbours too.
func (p *plan) adjacent(words []string) {
	for i := range min(len(words), maxAdjacentWords) - 1 {
		if strings.ContainsAny(words[i][len(words[i])-1:], ",;:.!?") {
			continue
		}
		first, second := p.analyze(words[i]), p.analyze(words[i+1])
		if len(first) == 0 || len(second) == 0 || len(first[0]) > 1 || len(second[0]) > 1 {
			continue
		}
		p.query.Pairs = append(p.query.Pairs, index.Match{Terms: []string{first[0][0], second[0][0]}, Weight: adjacentScore})
	}
}

// named finds the entities that the words name, the longest names first, lets them lead, and widens by their other names.
func (p *plan) named(ctx context.Context, words []string) error {
	var all []string // folded
	var alone []bool // can be a name by itself
	for _, w := range words {
		folded := index.NameWords(w)
		for _, f := range folded {
			all = append(all, f)
			alone = append(alone, len(p.analyze(f)) > 0 && (len(f) > 2 || acronym(w)))
		}
	}
	for from := 0; from < len(all); {
		length := min(len(all)-from, maxNameWords)
		for ; length > 0; length-- {
			if length == 1 && !alone[from] {
				continue // a stop word, or "in" that is no India
			}
			if entities := p.engine.byName[strings.Join(all[from:from+length], " ")]; len(entities) > 0 {
				if err := p.name(ctx, all[from:from+length], entities, length == len(all)); err != nil {
					return err
				}
				break
			}
		}
		from += max(1, length)
	}
	return nil
}

// name plans for the entities of one name, given as its folded words.
func (p *plan) name(ctx context.Context, words []string, entities []int, whole bool) error {
	if len(entities) > 3 {
		return nil
	}
	for _, i := range entities {
		e := &p.engine.lexicon.Entities[i]
		if len(words) == 1 && !whole {
			if e.Kind == kinds.Topic || e.Kind == kinds.Person {
				continue // a common word, or a first name
			}
			common, err := p.common(ctx, words[0], e.Pages)
			if err != nil {
				return err
			}
			if common {
				continue
			}
		}
		p.query.Lead = append(p.query.Lead, p.engine.numbers[i])
		clause := index.Clause{Any: []index.Match{{Facet: string(e.Kind), Value: e.value(), Weight: namedWeight}}}
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			clause.Any = append(clause.Any, p.phrase(name, aliasWeight)...)
		}
		p.add(clause)
	}
	return nil
}

// common reports whether a word mostly means something else than an entity that is called so and stands on some pages.
func (p *plan) common(ctx context.Context, word string, pages int) (bool, error) {
	for _, form := range p.analyze(word) {
		if n, err := p.engine.reader.Frequency(ctx, form[0]); err != nil || n > commonWord*pages {
			return true, err
		}
	}
	return false, nil
}
