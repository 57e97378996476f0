package query

import (
	"strings"

	"rapporteur/index"
)

// formFirst lets what has the one word of a query in the very form that was typed come first, where that is rare: before what has another
// form of it ("nurse" for "nurses"). Of a word that many documents have, the form says little.
func (p *plan) formFirst(parsed *parsedQuery) (err error) {
	if len(parsed.groups) != 1 || p.counted() != 1 || parsed.groups[0].not || len(parsed.groups[0].any) != 1 {
		return nil
	}
	t := parsed.groups[0].any[0]
	if t.kind != wordTerm || index.OneCharacter(t.text) {
		return nil
	}
	word := strings.TrimFunc(t.text, func(r rune) bool { return !letterOrDigit(r) })
	p.query.First, err = p.engine.reader.Written(index.Fold(word))
	return err
}
