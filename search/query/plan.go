package query

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

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
	engine  *Engine
	query   *index.Query
	notes   []string
	terms   map[string]float64 // analyzed words to mark in fragments, with their weight
	near    map[string]float64 // words of the same meaning, to mark where none of these is
	running []runningWord      // words in a row
	mended  map[string]string  // words of the query, and what was probably meant
	absent  bool               // one of these is on no page: what was probably meant is shown instead
	nothing bool               // a filter names something that is not there, or the query holds no word
}

// newPlan plans a request.
func (f *Engine) newPlan(ctx context.Context, req *answer.Request) (*plan, error) {
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
	p := &plan{
		engine: f,
		query:  &index.Query{Facets: facetNames, FacetLimit: maxFacetValues, Offset: req.Offset, Limit: req.Limit},
		notes:  parsed.notes,
		terms:  map[string]float64{},
		near:   map[string]float64{},
		mended: map[string]string{},
	}
	p.filter(parsed, &req.Filter)
	if text {
		err = p.like(ctx, req.Query)
	} else {
		err = p.words(ctx, parsed)
	}
	if err != nil {
		return nil, err
	}
	p.query.ByDate = req.Sort == "date" || len(p.query.Clauses) == 0
	p.query.Prior = kindPriors
	p.query.Tiers = p.counted() <= strictWords
	switch words := len(parsed.groups) > 0 || text; {
	case len(p.query.Clauses) > 0:
	case words:
		p.nothing = true
		p.notes = append(p.notes, "The query holds only words that are on nearly every page: add one that tells what you look for.")
	case strings.TrimSpace(req.Query) != "" && len(parsed.filters) == 0 && strings.Trim(req.Query, "* \t") != "":
		p.nothing = true
		p.notes = append(p.notes, "The query holds no word to look for.")
	default:
		p.notes = append(p.notes, "No words were given: everything is listed, newest first.")
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

// Words that hold several have to stand together; words of a text that is pasted, such as an address, need not.
const (
	maxTied      = 4   // parts
	apartWeight  = 0.4 // the parts of a word, wherever they stand
	longestJoint = 40  // bytes of a word that may be two
	leastPart    = 3   // bytes of each of these
)

// typed plans a word as written, in all its spellings: closed, with a hyphen, or as words of their own.
func (p *plan) typed(text string) index.Clause {
	forms, common := p.forms(text)
	clause := index.Clause{Common: common}
	if len(forms) == 0 {
		return clause
	}
	add := func(terms ...string) {
		if !slices.ContainsFunc(clause.Any, func(m index.Match) bool { return slices.Equal(m.Terms, terms) }) {
			clause.Any = append(clause.Any, index.Match{Terms: terms, Weight: 1, Typed: true, Tied: len(terms) > 1})
		}
	}
	signed := false
	for _, a := range p.engine.reader.Analyzers() {
		for _, s := range a.Spellings(text) {
			if add(s.Term); s.Sign {
				signed = true
			}
		}
	}
	several := false
	for _, form := range forms {
		if len(form) > 1 {
			several = true
		}
		if !signed || len(form) > 1 {
			add(form...)
		}
	}
	if signed { // "#10" before a mere 10
		for _, form := range forms {
			clause.Any = append(clause.Any, index.Match{Terms: form, Weight: apartWeight})
		}
		return clause
	}
	if several {
		if !index.OneCharacter(forms[0][0]) {
			for _, form := range forms {
				clause.Any = append(clause.Any, index.Match{Terms: form, Weight: apartWeight, Apart: true})
			}
		}
		return clause
	}
	folded := index.Fold(strings.TrimFunc(text, func(r rune) bool { return !letterOrDigit(r) }))
	known, err := p.engine.reader.Forms(folded)
	if err == nil {
		for _, term := range known {
			add(term)
		}
	}
	for _, halves := range p.halves(folded) {
		for _, m := range p.phrase(halves, 1) {
			if len(m.Terms) == 2 {
				add(m.Terms...)
			}
		}
	}
	return clause
}

// halves returns the ways to write a word as two that the site knows, neither of them short or common.
func (p *plan) halves(word string) []string {
	if len(word) > longestJoint {
		return nil
	}
	var out []string
	for i := leastPart; i <= len(word)-leastPart; i++ {
		if !utf8.RuneStart(word[i]) {
			continue
		}
		if first, err := p.engine.reader.Known(word[:i]); err != nil || !first {
			continue
		}
		if second, err := p.engine.reader.Known(word[i:]); err == nil && second {
			out = append(out, word[:i]+" "+word[i:])
		}
	}
	return out
}

// word plans a single word; one of many parts counts as these.
func (p *plan) word(ctx context.Context, text string, widen bool) error {
	forms, common := p.forms(text)
	if len(forms) == 0 {
		p.running = append(p.running, runningWord{text, -1})
		return nil
	}
	if len(forms[0]) > maxTied || len(forms[0]) > 1 && !widen && !index.OneCharacter(forms[0][0]) {
		p.parts(forms, common)
		return nil
	}
	clause := p.typed(text)
	if widen && len(forms[0]) == 1 {
		if err := p.widen(ctx, text, &clause); err != nil {
			return err
		}
	}
	p.running = append(p.running, runningWord{text, p.add(clause)})
	return nil
}

// parts plans what is written as one but holds many words: a sentence in a script without spaces, by its pairs of characters, or an
// address, by its words.
func (p *plan) parts(forms [][]string, common []bool) {
	form := forms[0]
	if index.OneCharacter(form[0]) && index.OneCharacter(form[1]) {
		for i := range len(form) - 1 {
			p.add(index.Clause{Any: []index.Match{{Terms: form[i : i+2], Weight: 1, Typed: true}}, Common: common})
		}
		p.add(index.Clause{Any: []index.Match{{Terms: form, Weight: 1}}, Extra: true})
		return
	}
	for i, term := range form {
		if term == "" {
			continue
		}
		clause := index.Clause{}
		for _, other := range forms {
			if i < len(other) && other[i] != "" {
				clause.Any = append(clause.Any, index.Match{Terms: other[i : i+1], Weight: 1, Typed: true})
			}
		}
		p.add(clause)
	}
}

// joined lets neighbouring words of the query be found where they are written as one ("policy making", "10 000").
func (p *plan) joined() error {
	for i := range max(0, len(p.running)-1) {
		first, second := p.running[i], p.running[i+1]
		if first.clause < 0 || second.clause < 0 || strings.ContainsAny(first.text[len(first.text)-1:], ",;:.!?") {
			continue
		}
		trim := func(s string) string {
			return index.Fold(strings.TrimFunc(s, func(r rune) bool { return !letterOrDigit(r) }))
		}
		a, b := trim(first.text), trim(second.text)
		word := a + b
		if a == "" || b == "" || strings.ContainsAny(word, " -") || digits(a) != digits(b) || digits(a) && len(b) != 3 {
			continue
		}
		known, err := p.engine.reader.Known(word)
		if err != nil {
			return err
		}
		if !known {
			continue
		}
		for _, m := range p.typed(word).Any {
			if len(m.Terms) == 1 && m.Typed {
				for _, at := range []int{first.clause, second.clause} {
					if c := &p.query.Clauses[at]; !slices.ContainsFunc(c.Any, func(o index.Match) bool { return slices.Equal(o.Terms, m.Terms) }) {
						c.Any = append(c.Any, m)
					}
				}
				p.mark(&m)
			}
		}
	}
	return nil
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

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

// widen adds to a word what else may mean it: what its letters stand for, words of the same meaning or, if it may be a slip,
// what it may be a misspelling of.
func (p *plan) widen(ctx context.Context, word string, clause *index.Clause) error {
	folded := index.Fold(strings.TrimFunc(word, func(r rune) bool { return !letterOrDigit(r) }))
	if long := p.engine.lexicon.Acronyms[folded]; len(long) > 0 {
		for _, name := range long {
			clause.Any = append(clause.Any, typed(p.phrase(name, aliasWeight))...)
		}
		return nil
	}
	frequency := 0
	for _, m := range clause.Any {
		n, err := p.engine.reader.Frequency(ctx, m.Terms)
		if err != nil {
			return err
		}
		frequency = max(frequency, n)
	}
	weight := relatedWeight / (1 + relatedDecay*float64(frequency)/float64(p.engine.reader.Documents()))
	near := false
	for _, m := range clause.Any {
		if weight < leastRelated {
			break
		}
		if len(m.Terms) > 1 {
			continue
		}
		for _, form := range p.engine.related[m.Terms[0]] {
			clause.Any = append(clause.Any, index.Match{Terms: form, Weight: weight})
			near = true
		}
	}
	if near {
		clause.Lifts = frequency >= wellFound
		return nil
	}
	mended, err := p.mend(ctx, folded, frequency)
	clause.Any = append(clause.Any, mended...)
	return err
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

// title lets a page lead whose title is asked for as it is.
func (p *plan) title() {
	var texts []string
	for _, w := range p.running {
		texts = append(texts, w.text)
	}
	key := index.NameKey(strings.Join(texts, " "))
	if len(texts) < 2 || key == "" {
		return
	}
	if pages := p.engine.titled[key]; len(pages) <= maxLedTitles {
		p.query.Lead = append(p.query.Lead, pages...)
	}
}

// named finds the entities that the words name, the longest names first, lets them lead, and widens by their other names.
func (p *plan) named(ctx context.Context) error {
	var all []string  // folded
	var alone []bool  // can be a name by itself
	var clauses []int // that look for them
	for _, w := range p.running {
		for _, f := range index.NameWords(w.text) {
			forms, _ := p.forms(f)
			all = append(all, f)
			alone = append(alone, len(forms) > 0 && (len(f) > 2 || acronym(w.text)))
			clauses = append(clauses, w.clause)
		}
	}
	for from := 0; from < len(all); {
		length := min(len(all)-from, maxNameWords)
		for ; length > 0; length-- {
			if length == 1 && !alone[from] {
				continue // a stop word, or "in" that is no India
			}
			if entities := p.engine.byName[strings.Join(all[from:from+length], " ")]; len(entities) > 0 {
				if err := p.name(ctx, all[from:from+length], clauses[from:from+length], entities, length == len(all)); err != nil {
					return err
				}
				break
			}
		}
		from += max(1, length)
	}
	return nil
}

// name plans for the entities of one name, given as its folded words and the clauses that look for these.
func (p *plan) name(ctx context.Context, words []string, clauses []int, entities []int, whole bool) error {
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
		clause := index.Clause{Any: []index.Match{{Facet: string(e.Kind), Value: e.value(), Weight: namedWeight}}, Extra: true}
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			clause.Any = append(clause.Any, typed(p.phrase(name, aliasWeight))...)
		}
		for _, c := range clauses {
			if c >= 0 {
				clause.Stands = append(clause.Stands, c)
			}
		}
		p.add(clause)
	}
	return nil
}

// common reports whether a word mostly means something else than an entity that is called so and stands on some pages.
func (p *plan) common(ctx context.Context, word string, pages int) (bool, error) {
	forms, _ := p.forms(word)
	for _, form := range forms {
		if n, err := p.engine.reader.Frequency(ctx, form[:1]); err != nil || n > commonWord*pages {
			return true, err
		}
	}
	return false, nil
}
