package text

import (
	"strings"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/language"
)

// Language is the language of a block.
func (v *View) Language(block int) *language.Language {
	return v.languages[block]
}

// languagesOf are the languages of a page's blocks.
func languagesOf(p *ingest.Page) []*language.Language {
	own := language.Of(p.Lang)
	out := make([]*language.Language, len(p.Blocks))
	for i := range p.Blocks {
		if out[i] = own; p.Blocks[i].Lang != "" {
			out[i] = language.Of(p.Blocks[i].Lang)
		}
	}
	return out
}

// elision returns the end of an article or the like that stands before an apostrophe at the start of a word, "l’" of "l’eau";
// 0 if there is none.
func elision(l *language.Language, word string) int {
	i := strings.IndexAny(word, "'’")
	if i < 0 || !l.Elides(strings.ToLower(word[:i])) {
		return 0
	}
	_, n := utf8.DecodeRuneInString(word[i:])
	if i+n == len(word) {
		return 0
	}
	return i + n
}

// translate gives a word of another language what is known of the English word that does the same, by which it goes from here
// on in all but its text.
func (x *Reader) translate(l *language.Language, t *Token) {
	word := strings.TrimRight(t.Lower, "'’")
	english := l.English(word)
	if t.Known = english != ""; t.Known && english != "things" {
		t.Lower = english
		t.Class = x.Words.Word(english) | t.Class&(gazetteer.Forename|gazetteer.Surname)
		t.Family = x.Classes.Of(english)
		return
	}
	if english == "things" {
		t.Class = gazetteer.Misc | t.Class&(gazetteer.Forename|gazetteer.Surname)
		return
	}
	t.Class &^= gazetteer.Speak | gazetteer.ListHead | gazetteer.AttendHead
	switch tail := l.Tail(word); {
	case tail == "things":
		t.Class = gazetteer.Misc
	case x.Words.Word(tail)&(gazetteer.Role|gazetteer.OrgHead) == gazetteer.Role:
		t.Class |= gazetteer.Role // "Ehrenpräsident"
	case tail != "":
		t.Class |= gazetteer.OrgHead
	}
}

// foreignPlaces marks the countries that a block names in its own language.
func (v *View) foreignPlaces() {
	for i := range v.Toks {
		t := &v.Toks[i]
		l := v.languages[t.Block]
		if l.Depth != language.Names || !t.Capital() {
			continue
		}
		n := l.LongestCountry(t.Text)
		if n == 0 {
			continue
		}
		code := ""
		end := v.longest(i, n+2, false, func(s string) bool {
			if c := l.Country(s); c != "" && v.Words.Country(c) != "" {
				code = c
				return true
			}
			return false
		})
		for k := i; k < end; k++ {
			v.Hints[k].Place, v.Hints[k].PlaceIn, v.Hints[k].Country = gazetteer.ByName, k > i, gazetteer.Place{Code: code, Form: gazetteer.ByName}
		}
	}
}
