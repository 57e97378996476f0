package query

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"rapporteur/index"
)

// Words that hold several have to stand together; words of a text that is pasted, such as an address, need not.
const (
	maxTied      = 4   // parts
	apartWeight  = 0.4 // the parts of a word, wherever they stand
	longestJoint = 40  // bytes of a word that may be two
	leastPart    = 3   // bytes of each of these
)

var hyphens = strings.NewReplacer("-", "", "\u2010", "", "\u2011", "")

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
	signed, closed := false, false // closed: the site has the word in one
	for _, a := range p.engine.reader.Analyzers() {
		for _, s := range a.Spellings(text) {
			if add(s.Term); s.Sign {
				signed = true
			} else if known, err := p.engine.reader.Known(index.Fold(hyphens.Replace(text[s.Start:s.End]))); err == nil && known {
				closed = true
			}
		}
	}
	several := false
	for _, form := range forms {
		if len(form) > 1 {
			several = true
		}
		part := len(form) == 1 && closed // the others are stop words: "well" of "well-being"
		if !part && (!signed || len(form) > 1) {
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
				if len(form) > 1 || !closed {
					clause.Any = append(clause.Any, index.Match{Terms: form, Weight: apartWeight, Apart: true})
				}
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
	for _, number := range otherThousands(folded) {
		for _, m := range p.phrase(number, 1) {
			add(m.Terms...)
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

// otherThousands returns the ways to write a number of thousands ("10000", "10.000") with other signs between them than the index reads
// as one with none: full stops, as in German, and mere spaces. A year has none.
func otherThousands(number string) []string {
	plain := strings.ReplaceAll(number, ".", "")
	if len(plain) < 4 || len(plain) > 12 || !digits(plain) || plain[0] == '0' || len(number) == 4 && (plain[0] == '1' || plain[0] == '2') {
		return nil
	}
	var groups []string
	for end := len(plain); end > 0; end -= 3 {
		groups = append([]string{plain[max(0, end-3):end]}, groups...)
	}
	stops := strings.Join(groups, ".")
	if number != plain && number != stops {
		return nil // 3.1415
	}
	return []string{plain, stops, strings.Join(groups, " ")}
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

// joined lets neighbouring words of the query be found where they are written as one ("policy making", "10 000", "covid 19").
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
		if a == "" || b == "" || strings.ContainsAny(word, " -") || digits(word) && len(b) != 3 {
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
	weight := relatedShare(frequency, p.engine.reader.Documents())
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

// relatedShare is the weight of a word of the same meaning as one that so many of all documents have.
func relatedShare(frequency, documents int) float64 {
	return relatedWeight / (1 + relatedDecay*float64(frequency)/float64(documents))
}
