package names

import (
	"slices"
	"strings"

	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/language"
	"rapporteur/ingest/tagger"
)

// The names of rules by which a name in another language than English is sure by itself.
const (
	bracketRule = "name-and-bracket" // "Edda Voss (Pier Labs)"
	ofRule      = "name-of-body"     // "Edda Voss de Pier Labs", "directrice de Pier Labs"
	roleRule    = "name-and-role"    // "Edda Voss : directrice"
	byRule      = "by-name"          // "par Edda Voss", in a block of its own
	headRule    = "body-head"        // "Institut für Küstenkunde"
	listRule    = "list-name"        // "Edda Voss, Jobst Wennekamp und Swantje Brook"
)

// Stated reports whether a name was found by a rule that ties it to its neighbour.
func (f Found) Stated() bool { return f.Rule == bracketRule || f.Rule == ofRule }

// sure reports whether the rule that found a name is enough by itself.
func (f Found) sure() bool {
	return f.Stated() || f.Rule == scriptRule || f.Rule == roleRule || f.Rule == byRule || f.Rule == headRule || f.Rule == listRule
}

// foreign adds what the words of other languages than English say, in place of what overlaps it.
func (v *View) foreign(found []Found) []Found {
	var more []Found
	add := func(from, to int, kind tagger.Label, rule string) {
		for len(more) > 0 && more[len(more)-1].To > from {
			more = more[:len(more)-1]
		}
		more = append(more, Found{From: from, To: to, Kind: kind, Rule: rule, Confidence: 0.9})
	}
	for b, s := range v.Blocks {
		if s.From == s.To || v.Language(b).Depth != language.Names {
			continue
		}
		for i := s.From; i < s.To; {
			if end := v.listed(i, s, add); end > i {
				i = end
				continue
			}
			if end := v.givenRun(i, s.To); end > i {
				i = v.aroundName(i, end, s, add)
				continue
			}
			t := &v.Toks[i]
			if to := v.owner(i, s.To); to > 0 {
				add(to-1, to, tagger.BeginOrganisation, ofRule)
				i = to
				continue
			}
			if t.Class&gazetteer.Role != 0 {
				if from, to := v.bodyAfterRole(i, s.To); to > from {
					add(from, to, tagger.BeginOrganisation, ofRule)
					i = to
					continue
				}
			}
			if v.Hints[i].Rule == text.HeadBody || v.Hints[i].Rule == text.SuffixBody || t.Class&gazetteer.OrgHead != 0 && t.Capital() {
				if to := v.bodyEnd(i, s.To); to > i+1 && v.headedBody(i, to) {
					from := i
					if before := v.At(i-1, i); i > s.From && before.Capital() && !before.Opens && t.Spaced && !t.Line &&
						v.Language(b).Nouns && t.Class&gazetteer.OrgHead != 0 && (v.adjective(i-1) || strings.HasPrefix(before.Lower, "deutsch")) {
						from-- // "vom [Deutschen ]Institut für Küstenkunde"
					}
					add(from, to, tagger.BeginOrganisation, headRule)
					i = to
					continue
				}
			}
			i++
		}
	}
	if len(more) == 0 {
		return found
	}
	out := more
	for _, f := range found {
		if !slices.ContainsFunc(more, func(m Found) bool { return m.From < f.To && f.From < m.To }) {
			out = append(out, f)
		}
	}
	sortFound(out)
	return out
}

// owned are what bodies have and people hardly do, in the languages that say so with a word for "of".
var owned = fold.SetOf("site", "sites", "website", "sitio", "équipe", "équipes", "equipo", "equipa", "pôle", "siège", "sede",
	"portail", "portal",
	"portaal", "locaux")

// owner returns the end of the one word that names whose the thing at token i is, as in "le site d’Ostrel"; 0 if none does.
func (v *View) owner(i, to int) int {
	if !owned[v.Toks[i].Lower] || v.Language(int(v.Toks[i].Block)).Nouns || i+2 >= to {
		return 0
	}
	of, whose := &v.Toks[i+1], &v.Toks[i+2]
	if !of.Known || of.Lower != "of" || whose.Shape != text.TitleShape && whose.Shape != text.MixedShape || whose.Known ||
		v.Small[whose.Lower] > 0 || v.Hints[i+2].Place != gazetteer.NoPlace ||
		whose.Class&(gazetteer.Forename|gazetteer.Surname|gazetteer.Common|gazetteer.Month|gazetteer.Misc|gazetteer.Role|gazetteer.OrgHead) != 0 {
		return 0
	}
	if next := v.At(i+3, i); next != nil && next.Spaced && next.Capital() {
		return 0
	}
	return i + 3
}

// givenRun returns the end of a run of two to four capitalised words from i on that could be a person's name; i if none is.
func (v *View) givenRun(i, to int) int {
	if i > 0 && v.At(i-1, i) != nil && v.Toks[i-1].Capital() && v.Toks[i].Spaced && !v.Toks[i-1].Known && v.Toks[i].Strong != 1 {
		return i
	}
	end := v.nameEnd(i)
	if end == i || end > to {
		return i
	}
	for k := i; k < end; k++ {
		t := &v.Toks[k]
		particle := t.Class&gazetteer.Particle != 0 && t.Shape == text.LowerShape
		if t.Known && !particle && t.Class&(gazetteer.Forename|gazetteer.Surname) == 0 || t.Class&(gazetteer.OrgHead|gazetteer.Misc) != 0 &&
			t.Class&(gazetteer.Forename|gazetteer.Surname) == 0 ||
			t.Class&gazetteer.Role != 0 && t.Class&(gazetteer.Forename|gazetteer.Surname) == 0 || t.Shape == text.UpperShape ||
			v.Hints[k].Place == gazetteer.ByName || t.Capital() && v.Small[t.Lower] > 0 {
			return i
		}
	}
	if first := &v.Toks[i]; v.Language(int(first.Block)).Nouns && first.Class&gazetteer.Forename == 0 {
		for _, ending := range []string{"e", "er", "es", "en", "em", "ung", "heit", "keit", "tion", "schaft"} {
			if strings.HasSuffix(first.Lower, ending) { // an adjective or a noun, rather
				return i
			}
		}
	}
	return end
}

// aroundName looks at what stands before and after the possible name of a person at [i, end), adds what that says, and returns
// the place to go on from.
func (v *View) aroundName(i, end int, s text.Stretch, add func(from, to int, kind tagger.Label, rule string)) int {
	next := v.At(end, i)
	before := v.At(i-1, i)
	switch {
	case next == nil:
	case next.Text == "(" && v.At(end+1, i) != nil && v.spellsOut(end+1, i, end):
	case next.Text == "(" && v.lower(end+2, i) == ")" && v.Toks[end+1].Class&gazetteer.Role != 0:
		add(i, end, tagger.BeginPerson, roleRule)
	case next.Text == "(":
		from := end + 1
		for from < s.To && v.Toks[from].Known && v.Toks[from].Class&gazetteer.OrgHead == 0 {
			from++
		}
		if to := v.bodyEnd(from, s.To); to > from && (v.At(to, i) != nil && strings.Contains("),/;(", v.Toks[to].Text)) {
			if head := v.headed(from, to) || v.Toks[from].Shape == text.UpperShape || v.Toks[i].Class&gazetteer.Forename != 0; head {
				add(i, end, tagger.BeginPerson, bracketRule)
				add(from, to, tagger.BeginOrganisation, bracketRule)
				return to
			}
		}
	case next.Text == ":" || next.Text == ",":
		if (i == s.From || v.Toks[i].LinkOpens || v.Toks[i].Strong == 1) && v.roleNear(end+1, s.To) {
			add(i, end, tagger.BeginPerson, roleRule)
		}
	case next.Known && (next.Lower == "of" || next.Lower == "at") && v.Toks[i].Strong > 0:
		from := end + 1
		for from < s.To && v.Toks[from].Known && (v.Toks[from].Lower == "the" || v.Toks[from].Lower == "of") {
			from++
		}
		if to := v.bodyEnd(from, s.To); to > from {
			add(i, end, tagger.BeginPerson, ofRule)
			add(from, to, tagger.BeginOrganisation, ofRule)
			return to
		}
	}
	if before != nil && before.Known && before.Lower == "by" && i-1 == s.From &&
		(next == nil || next.Text == "(" || next.Text == "," || next.Known && next.Lower == "and" || next.Line) {
		add(i, end, tagger.BeginPerson, byRule)
	}
	return end
}

// roleNear reports whether a word for a role stands among the next four words.
func (v *View) roleNear(i, to int) bool {
	for k := i; k < min(i+4, to); k++ {
		if v.Toks[k].Class&gazetteer.Role != 0 {
			return true
		}
	}
	return false
}

// headed reports whether a run of words holds a word for a kind of body.
func (v *View) headed(from, to int) bool {
	for k := from; k < to; k++ {
		if v.Toks[k].Class&gazetteer.OrgHead != 0 {
			return true
		}
	}
	return false
}

// common reports whether nothing in a run is a name by itself: every word is known or a small one.
func (v *View) common(from, to int) bool {
	for k := from; k < to; k++ {
		if t := &v.Toks[k]; t.Capital() && !t.Known && v.Small[t.Lower] == 0 {
			return false
		}
	}
	return true
}

// bodyEnd returns the end of the body's name that begins at token i: capitalised words, joined by small ones, and after the word
// for a kind of body also what "of" joins to it ("Cour des digues", "ministère des Rivages"); i if none begins there.
func (v *View) bodyEnd(i, to int) int {
	if i >= to {
		return i
	}
	first := &v.Toks[i]
	head := first.Class&gazetteer.OrgHead != 0
	if !first.Capital() && !(head && first.Known) {
		return i
	}
	end := i + 1
	for j := i + 1; j < min(i+14, to); j++ {
		t := &v.Toks[j]
		switch {
		case t.Line:
			return v.named(i, end)
		case t.Text == "-" || t.Text == "&" || strings.HasSuffix(v.Toks[j-1].Text, "-") && t.Capital():
			continue
		case t.Shape == text.MarkShape:
			return v.named(i, end)
		case t.Capital() && t.Class&gazetteer.Role != 0 && t.Known:
			return v.named(i, end)
		case t.Capital() || t.Shape == text.NumberShape && end == j && len(t.Text) <= 4:
			end = j + 1
			head = head || t.Class&gazetteer.OrgHead != 0
		case v.binds(t, end == j && v.Toks[j-1].Class&gazetteer.OrgHead != 0):
		case t.Known && t.Lower == "and" && (head && !v.Language(int(t.Block)).Nouns && end == j ||
			j > 0 && strings.HasSuffix(v.Toks[j-1].Text, "-")):
			if next := v.At(j+1, i); next == nil || !next.Capital() || v.givenRun(j+1, to) > j+1 {
				return v.named(i, end)
			}
		case t.Shape == text.LowerShape && !t.Known && head && (end == j || v.Toks[j-1].Known) && j == i+1 ||
			t.Shape == text.LowerShape && !t.Known && head && v.Toks[j-1].Known && (v.Toks[j-1].Lower == "of" || v.Toks[j-1].Lower == "the") &&
				j <= i+3:
			if v.Toks[j-1].Known && v.Toks[j-1].Lower != "and" && j > i+1 {
				end = j + 1
			}
			if j == i+1 { // an adjective: "Parc national des Crins"
				if next := v.At(j+1, i); next == nil || !next.Known || next.Lower != "of" {
					return v.named(i, end)
				}
				end = j + 1
			}
		default:
			return v.named(i, end)
		}
	}
	return v.named(i, end)
}

// weakHeads are words, in English, that make a body's name of other words only together with a proper name right after them, if at all.
var weakHeads = map[string]bool{"software": true, "systems": true, "media": true, "solutions": true, "service": true, "services": true,
	"technologies": true, "works": true, "news": true, "congress": true,
	"team": true, "board": true, "archive": true, "initiative": true, "programme": true, "program": true, "office": true, "company": true,
	"network": true, "group": true, "authority": true, "party": true,
	"community": true, "campaign": true, "movement": true, "press": true, "organisation": true, "organization": true, "posts": true,
	"times": true, "capital": true, "partners": true, "partner": true}

// binds reports whether a small word may stand within a body's name. Where every noun has a capital, only the word for "for",
// and the genitive right after the word for a kind of body, do.
func (v *View) binds(t *text.Token, afterHead bool) bool {
	if !t.Known || t.Lower != "of" && t.Lower != "the" && t.Lower != "for" {
		return false
	}
	if !v.Language(int(t.Block)).Nouns {
		return true
	}
	return t.Lower == "for" && afterHead || afterHead && (t.Text == "der" || t.Text == "des")
}

// headedBody reports whether a run of words is the name of a body by the word for its kind, which opens or closes the name, and
// another word that is more than a common one.
func (v *View) headedBody(from, to int) bool {
	if v.common(from, to) || v.Hints[from].Thing == 2 {
		return false
	}
	first, last := &v.Toks[from], &v.Toks[to-1]
	nouns := v.Language(int(first.Block)).Nouns
	opens := first.Class&gazetteer.OrgHead != 0
	closes := last.Class&gazetteer.OrgHead != 0
	if !nouns {
		return v.headed(from, to) && !(closes && !opens && weakHeads[last.Lower] && to-from < 3)
	}
	if v.Hints[from].Place == gazetteer.ByName || first.Opens && !opens && first.Shape == text.TitleShape &&
		first.Class&gazetteer.Surname == 0 || to-from > 8 {
		return false
	}
	for k := from; k < to; k++ {
		if t := &v.Toks[k]; t.Class&gazetteer.Misc != 0 && t.Known || t.Shape == text.NumberShape || t.Class&gazetteer.Role != 0 {
			return false
		}
	}
	switch {
	case opens && weakHeads[first.Lower]:
		return to-from == 2 && !v.noun(to-1)
	case opens:
		return true
	case closes && weakHeads[last.Lower]:
		return false
	case closes:
		return to-from == 2 && (!v.noun(from) || last.Known && !v.adjective(from)) || first.Shape == text.UpperShape || to-from > 2
	}
	// "OK Lab Berlin": a place closes the name
	return to-from > 2 && v.Toks[to-2].Class&gazetteer.OrgHead != 0 && !weakHeads[v.Toks[to-2].Lower]
}

// noun reports whether a word with a capital may be just a noun, an adjective, or a compound of them, where every noun has one.
func (v *View) noun(i int) bool {
	t := &v.Toks[i]
	if t.Shape != text.TitleShape {
		return false
	}
	if t.Known || t.Class&(gazetteer.Common|gazetteer.Misc) != 0 || v.Small[t.Lower] > 0 || strings.Contains(t.Text, "-") &&
		t.Class&gazetteer.OrgHead == 0 {
		return true
	}
	for _, ending := range []string{"ung", "ungen", "heit", "keit", "keiten", "tion", "tionen", "schaft", "schaften", "nisse", "innen",
		"ismus", "ität", "täten"} {
		if strings.HasSuffix(t.Lower, ending) {
			return true
		}
	}
	return v.adjective(i)
}

// adjective reports whether a word ends like an adjective before a noun.
func (v *View) adjective(i int) bool {
	for _, ending := range []string{"ische", "ischen", "ischer", "isches", "liche", "lichen", "licher", "liches", "ene", "enen", "ener",
		"enes", "ige", "igen", "iger", "iges", "ale", "alen", "aler", "ales"} {
		if strings.HasSuffix(v.Toks[i].Lower, ending) {
			return true
		}
	}
	return false
}

// named is the end of a body's name if a word of it is more than small, else its start.
func (v *View) named(i, end int) int {
	if t := &v.Toks[i]; end == i+1 && (!t.Capital() || t.Known) {
		return i
	}
	return end
}

// bodyAfterRole finds the body of a role at token i: what stands after the last "of" or "at", or after the one before the word
// for a kind of body. It returns an empty range if there is none.
func (v *View) bodyAfterRole(i, to int) (from, end int) {
	for j := i + 1; j < min(i+10, to); j++ {
		t := &v.Toks[j]
		if t.Shape == text.MarkShape && t.Text != "-" || t.Line || v.Toks[j].Known && t.Lower == "who" {
			break
		}
		if !t.Known || t.Lower != "of" && t.Lower != "at" && t.Lower != "for" {
			continue
		}
		k := j + 1
		for k < to && v.Toks[k].Known && v.Toks[k].Lower == "the" {
			k++
		}
		stop := v.bodyEnd(k, to)
		if stop == k || v.givenRun(k, to) == stop && v.Toks[k].Class&gazetteer.Forename != 0 {
			continue
		}
		// "Director de Tecnología del Instituto ...": the body begins at its head
		for h := k + 1; h < stop; h++ {
			if v.Toks[h].Class&gazetteer.OrgHead != 0 && v.Toks[h].Capital() && v.Toks[h-1].Known && v.Toks[k].Class&gazetteer.OrgHead == 0 {
				k = h
				break
			}
		}
		if v.justNoun(k, stop) && (t.Lower == "for" || k > j+1 && t.Lower == "of" || j > i+1) {
			continue // "Entwickler der App für Bus und Bahn"
		}
		return k, stop
	}
	return 0, 0
}

// By reports whether a block says of a name that it is the one it is by.
func (f Found) By() bool { return f.Rule == byRule }
