package names

import (
	"strings"

	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/gazetteer"
)

// Where every noun has a capital, and an acronym stands behind what it is made of, a run of capitals says less than elsewhere.

// spellsOut reports whether an acronym is made of the letters of the words [from, to), in their order, beginning with the first:
// "Model Context Protocol (MCP)", "Food Database (FDDB)".
func (v *View) spellsOut(acronym, from, to int) bool {
	a := &v.Toks[acronym]
	if a.Shape != text.UpperShape && a.Shape != text.MixedShape {
		return false
	}
	letters := []rune(a.Lower)
	var words strings.Builder
	for i := from; i < to; i++ {
		words.WriteString(strings.ToLower(v.Toks[i].Text))
	}
	run := []rune(words.String())
	if len(letters) < to-from || len(run) == 0 || run[0] != letters[0] {
		return false
	}
	for i := from; i < to; i++ { // the first letter of each word is one of it
		first := []rune(strings.ToLower(v.Toks[i].Text))[0]
		if !strings.ContainsRune(a.Lower, first) {
			return false
		}
	}
	n := 0
	for _, r := range run {
		if n < len(letters) && letters[n] == r {
			n++
		}
	}
	return n == len(letters)
}

// nounsOnly reports whether what was taken for a person is an adjective and a noun, or ends in what is a thing, in a language that
// gives every noun a capital: "Große Resonanz", "Bürgerlichen Gesetzbuch".
func (v *View) nounsOnly(f Found) bool {
	first, last := &v.Toks[f.From], &v.Toks[f.To-1]
	if !v.Language(int(first.Block)).Nouns {
		return false
	}
	const name = gazetteer.Forename | gazetteer.Surname
	for i := f.From; i < f.To; i++ {
		if t := &v.Toks[i]; t.Class&gazetteer.Misc != 0 && t.Class&name == 0 {
			return true
		}
	}
	return f.To-f.From == 2 && first.Class&name == 0 && last.Class&name == 0 && v.adjective(f.From) && v.noun(f.To-1)
}

// justNoun reports whether the one word [from, to) may be a noun like any other, where every noun has a capital.
func (v *View) justNoun(from, to int) bool {
	t := &v.Toks[from]
	return to-from == 1 && v.Language(int(t.Block)).Nouns && t.Shape == text.TitleShape && t.Class&gazetteer.OrgHead == 0 &&
		v.Hints[from].Rule != text.SuffixBody
}
