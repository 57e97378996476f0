package names

import (
	"strings"

	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// Months that stand before a name, and months that are given names.

// ofTime stand before a month.
var ofTime = fold.SetOf("in", "since", "until", "till", "during", "early", "late", "mid", "last", "next", "this", "mid-")

// monthOfDate reports whether token i is the month of a date, "the 14th of [May]", "since [May]", and no given name.
func (v *View) monthOfDate(i int) bool {
	if m := &v.Toks[i]; m.Class&gazetteer.Month == 0 && (m.Lower != "may" || m.Shape != text.TitleShape) {
		return false // May is no month in the table, for it is a verb too
	}
	t := v.At(i-1, i)
	if t != nil && ofTime[t.Lower] && t.Shape == text.LowerShape {
		return true
	}
	if t != nil && t.Lower == "of" {
		t = v.At(i-2, i)
	}
	return t != nil && t.Shape == text.NumberShape
}

// dated takes the month of a date off the front of a name: "the 14th of [May] Truvora".
func (v *View) dated(f *Found) {
	if f.To-f.From < 2 || !v.monthOfDate(f.From) {
		return
	}
	f.From++
	if f.To-f.From > 1 {
		if v.headIn(f.From, f.To) >= 0 {
			f.Kind, f.Short = tagger.BeginOrganisation, false
		}
		return
	}
	if v.Toks[f.From].Class&(gazetteer.Forename|gazetteer.Surname) == 0 {
		f.Kind, f.Short = tagger.BeginOrganisation, false
	} else {
		f.Short = true
	}
}

// afterDates finds bodies that do something behind the month of a date, "on the 14th of May Truvora gives a talk", where the word is one
// that is known for nothing else, and their other places.
func (v *View) afterDates(all []Found) []Found {
	coined := map[string]bool{}
	for i := range v.Toks {
		t, does := v.At(i+1, i), v.At(i+2, i)
		if !v.monthOfDate(i) || t == nil || does == nil || !t.Spaced || t.Line || t.Shape != text.TitleShape && t.Shape != text.MixedShape ||
			t.Class != 0 || v.Small[t.Lower] > 0 || v.Hints[i+1].Place != gazetteer.NoPlace || does.Shape != text.LowerShape {
			continue
		}
		stem, third := strings.CutSuffix(does.Lower, "s")
		acts := third && v.Words.Word(stem)&gazetteer.Common != 0 || does3rd[does.Lower] || does.Class&gazetteer.Speak != 0
		if acts && !v.partOfPerson(all, t.Lower) {
			coined[t.Text] = true
		}
	}
	var out []Found
	for i := range v.Toks {
		next := v.At(i+1, i)
		ends := next == nil || !next.Capital() || !next.Spaced || next.Line
		if ends && coined[v.Toks[i].Text] && v.freeOrAlone(all, i) {
			out = append(out, Found{From: i, To: i + 1, Kind: tagger.BeginOrganisation, Rule: "same-words", Confidence: sure})
		}
	}
	return out
}

// does3rd are verbs of everyday use in the third person, which the table of words lacks.
var does3rd = fold.SetOf("gives", "has", "is", "will", "goes", "does", "makes", "takes", "shows", "tells", "gets", "puts", "lets",
	"says", "wants")

// freeOrAlone reports whether no name of all stands at token i, or a person's of that one word.
func (v *View) freeOrAlone(all []Found, i int) bool {
	f, taken := over(all, i, i+1)
	return !taken || f.Kind == tagger.BeginPerson && f.To-f.From == 1
}

// partOfPerson reports whether a word, in small letters, is part of a person's full name of the page.
func (v *View) partOfPerson(all []Found, word string) bool {
	for _, f := range all {
		for i := f.From; f.Kind == tagger.BeginPerson && f.To-f.From > 1 && i < f.To; i++ {
			if v.Toks[i].Lower == word {
				return true
			}
		}
	}
	return false
}

// monthGiven are months that are given names too.
var monthGiven = fold.SetOf("april", "may", "june", "august", "avril", "maj")

// calledLikeMonths finds persons' names that begin with a month, where what follows says that somebody acts or is something, and nothing
// before it makes a date of it: "May Farrant chairs", "April Wexcombe (Kelp Trust)".
func (v *View) calledLikeMonths(all []Found) []Found {
	var out []Found
	for i := range v.Toks {
		t, last, after := &v.Toks[i], v.At(i+1, i), v.At(i+2, i)
		if t.Shape != text.TitleShape || !monthGiven[t.Lower] || last == nil || after == nil || last.Shape != text.TitleShape || !last.Spaced ||
			last.Line || !free(all, i, i+2) || last.Class&(gazetteer.Month|gazetteer.OrgHead|gazetteer.Misc|gazetteer.Role) != 0 {
			continue
		}
		if before := v.At(i-1, i); before != nil && before.Shape != text.MarkShape && before.Lower != "and" && !t.Opens {
			continue
		}
		acts := after.Class&gazetteer.Speak != 0 || chairs[after.Lower]
		if acts && (t.Opens || i == 0 || v.Toks[i-1].Lower == "and") || after.Text == "," && v.roleSoon(i+3) {
			out = append(out, Found{From: i, To: i + 2, Kind: tagger.BeginPerson, Rule: "forename", Confidence: sure})
		}
	}
	return out
}

// chairs are what people do at occasions and products and firms do not.
var chairs = fold.SetOf("chairs", "chaired", "moderates", "moderated", "spoke", "speaks", "said", "says", "replied", "hosts", "facilitated",
	"responded")
