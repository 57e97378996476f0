package names

import (
	"strings"

	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

// The edges of names: what they lost and what is no part of them.

// nickname takes in what stands before a nickname in brackets that the name begins or ends in: "[Alexandra (]Sasha) Luccioni".
func (v *View) nickname(f *Found) {
	for i := f.From; i < min(f.To, f.From+2); i++ {
		if v.Toks[i].Text != ")" {
			continue
		}
		open := i - 2
		if v.At(open-1, f.From) != nil && v.Toks[open].Text == "(" && v.Toks[open-1].Shape == text.TitleShape && open <= f.From {
			f.From = open - 1
		}
		return
	}
}

// lengthen takes in the names that stand directly before and after a person's, "[Bal ]Krishna Joshi", and leaves capitals off its end,
// "Jane Roe[ NHS-R]".
func (v *View) lengthen(f *Found) {
	if f.To-f.From < 2 {
		return
	}
	whole := v.Toks[f.From].Shape
	for f.To-f.From > 2 && whole == text.TitleShape && v.Toks[f.To-1].Shape == text.UpperShape && len(v.Toks[f.To-1].Text) > 2 {
		f.To--
	}
	if t := v.At(f.From-1, f.From); t != nil && v.Toks[f.From].Spaced && t.Shape == text.TitleShape && t.Link == v.Toks[f.From].Link &&
		(t.Strong == 0) == (v.Toks[f.From].Strong == 0) &&
		t.Class&(gazetteer.Role|gazetteer.Title|gazetteer.OrgHead|gazetteer.Misc|gazetteer.ListHead|gazetteer.AttendHead|gazetteer.Speak) == 0 &&
		v.Hints[f.From-1].Place == gazetteer.NoPlace &&
		(t.Class&gazetteer.Forename != 0 && (t.Class&gazetteer.Common == 0 || t.Opens) || t.Class == 0 && !t.Opens && v.Small[t.Lower] == 0) {
		f.From--
	}
	if t := v.At(f.To, f.From); t != nil && t.Spaced && t.Shape == text.MixedShape && len(t.Text) > 3 && t.Text[0] == 'd' &&
		(t.Text[1] == '\'' || strings.HasPrefix(t.Text[1:], "’")) {
		f.To++
	}
}

// unbold ends a person's name of two words or more where bold print ends: "**Jane Roe** [Harbourcamp report]".
func (v *View) unbold(f *Found) {
	if v.Toks[f.From].Strong == 0 {
		return
	}
	for i := f.From + 2; i < f.To; i++ {
		if v.Toks[i].Strong == 0 && v.Toks[i].Word() && v.Toks[i].Spaced {
			f.To = i
			return
		}
	}
}

// narrow leaves off what stands about a body's name and is no part of it: "Offices of [Roe & Doe]", "[Roe Institute] Annual",
// "[Roe Institute] and partners", "[UNHCR] Staff".
func (v *View) narrow(f *Found) {
	v.peopleOf(f)
	for i := f.From + 1; i < f.To; i++ {
		t := &v.Toks[i]
		if t.Lower == "annual" && v.headIn(f.From, i) >= 0 ||
			v.whole(f.From, i) && (t.Lower == "staff" || t.Lower == "on" || t.Lower == "in" || t.Class&gazetteer.Role != 0 &&
				t.Class&gazetteer.OrgHead == 0 || t.Shape == text.LowerShape && t.Class&gazetteer.OrgHead == 0 && !text.Joins[t.Lower]) ||
			t.Shape == text.LowerShape && t.Class&gazetteer.OrgHead == 0 && i == f.To-1 && v.Toks[i-1].Lower == "and" {
			f.To = i
			v.trim(f)
			return
		}
	}
}

// peopleOf leaves off those of a body whom the words before its name mean: "Offices of [Roe & Doe]", "Shareholders of [Roe Ltd]".
func (v *View) peopleOf(f *Found) {
	if f.To-f.From > 2 && v.Toks[f.From+1].Lower == "of" && belongings[v.Toks[f.From].Lower] {
		f.From += 2
	}
}

// belongings are who and what a body has.
var belongings = fold.SetOf("offices", "boards", "members", "representatives", "colleagues", "staff", "shareholders", "employees",
	"customers",
	"clients", "users", "founders", "directors", "officers", "volunteers", "alumni", "owners", "supporters", "headquarters")

// whole reports whether a range of tokens is the whole name of a well-known body.
func (v *View) whole(from, to int) bool {
	if !v.Hints[from].Body || v.Hints[from].BodyIn {
		return false
	}
	for i := from + 1; i < to; i++ {
		if !v.Hints[i].BodyIn {
			return false
		}
	}
	return to == len(v.Hints) || !v.Hints[to].BodyIn
}

// countryCode reports whether a name is a country's code in brackets or a list: "(FI)", "SE, DK".
func (v *View) countryCode(f Found) bool {
	t := &v.Toks[f.From]
	if f.To-f.From != 1 || t.Shape != text.UpperShape || len(t.Text) != 2 || v.Hints[f.From].Body || v.Words.Country(t.Text) == "" {
		return false
	}
	before, after := v.At(f.From-1, f.From), v.At(f.To, f.From)
	return before != nil && before.Shape == text.MarkShape || after != nil && after.Shape == text.MarkShape && after.Text != "."
}

// widen takes in what a body's name lost at an "and", a comma or a genitive: "Faculty of Arts[, Humanities and Business]",
// "[Digital Trade and ]Data Governance Hub", "Federation of Women['s Institutes]". Only words of everyday English are taken in.
func (v *View) widen(f *Found) {
	v.widenPlace(f)
	open := false
	for i := f.From; i < f.To; i++ {
		switch t := &v.Toks[i]; {
		case t.Class&gazetteer.OrgHead != 0 && t.Capital():
			open = false
		case t.Lower == "of" || t.Lower == "for" || t.Lower == "on":
			open = i > f.From
		}
	}
	if open {
		end := f.To
		for {
			next := v.plainRun(end, f.From)
			if next == end {
				break
			}
			end = next
		}
		if end > f.To && (v.Toks[f.To].Text != "," || v.hasAnd(f.To, end)) {
			f.To = end
		}
		// "Institute for Ethics[ in AI]"
		if t, w := v.At(f.To, f.From), v.At(f.To+1, f.From); t != nil && t.Lower == "in" && w != nil && w.Capital() &&
			v.Hints[f.To+1].Place == gazetteer.NoPlace && w.Class&gazetteer.Month == 0 && w.Shape != text.TitleShape {
			f.To += 2
		}
		if t := v.At(f.To, f.From); t != nil && (t.Text == "'" || t.Text == "’") {
			if w := v.At(f.To+2, f.From); w != nil && v.Toks[f.To+1].Lower == "s" && w.Capital() && w.Spaced && w.Class&gazetteer.OrgHead != 0 {
				f.To += 3
			}
		}
		return
	}
	// to the left
	if j := f.From - 1; v.At(j, f.From) != nil && (v.Toks[j].Lower == "and" || v.Toks[j].Text == "&") && v.headIn(f.From, f.To) >= 0 {
		i := j
		for v.At(i-1, f.From) != nil && j-i < 7 {
			t := &v.Toks[i-1]
			if t.Text == "," && i < j && v.At(i-2, f.From) != nil && v.plain(i-2) {
				i--
				continue
			}
			if !v.plain(i-1) || t.Class&gazetteer.OrgHead != 0 {
				break
			}
			i--
		}
		// a body before it would be named apart: "Google and Data Governance Hub"; so would what a mark parts from it
		if i < j && (v.At(i-1, f.From) == nil || !v.Toks[i-1].Capital()) {
			f.From = i
		}
	}
}

// widenPlace takes in the place that a body's name ends in: "University of Roe[ at Hilo]", "Office of the President[ of Mexico]",
// "Police Federation of England[ and Wales]"; and a head in small letters: "Labour[ party]".
func (v *View) widenPlace(f *Found) {
	t, w := v.At(f.To, f.From), v.At(f.To+1, f.From)
	if t == nil {
		return
	}
	if lowHeads[t.Lower] && t.Shape == text.LowerShape && v.Toks[f.To-1].Capital() && v.headIn(f.From, f.To) < 0 && t.Spaced {
		f.To++
		return
	}
	if w == nil {
		return
	}
	named := func(i int) bool {
		return v.At(i, f.From) != nil && v.Hints[i].Place == gazetteer.ByName && v.Toks[i].Capital()
	}
	switch {
	case t.Lower == "at" && v.Toks[f.From].Lower == "university" && f.To-f.From > 2 && w.Shape == text.TitleShape &&
		v.Hints[f.To+1].Place != gazetteer.NoPlace:
		f.To += 2
	case t.Lower == "of" && v.headIn(f.From, f.To) >= 0 && named(f.To+1):
		for f.To += 2; v.At(f.To, f.From) != nil && v.Hints[f.To].PlaceIn; f.To++ {
		}
	}
	if t, w := v.At(f.To, f.From), v.At(f.To+1, f.From); t != nil && w != nil && t.Lower == "and" && named(f.To-1) && named(f.To+1) &&
		v.Hints[f.To-1].Country.Code == v.Hints[f.To+1].Country.Code && f.To-f.From > 1 {
		f.To += 2
	}
}

// plain reports whether token i is a capitalised everyday word, its plural, or an abstract one, that names no place, person or body by
// itself.
func (v *View) plain(i int) bool {
	t, c := &v.Toks[i], &v.Hints[i]
	if t.Shape != text.TitleShape || c.Place != gazetteer.NoPlace || c.Rule.Person() || c.Body || t.Class&gazetteer.Title != 0 {
		return false
	}
	if t.Class&gazetteer.Common != 0 {
		return t.Class&gazetteer.Forename == 0 || t.Class&gazetteer.Surname == 0
	}
	for _, end := range []string{"s", "es", "ies"} {
		if stem, ok := strings.CutSuffix(t.Lower, end); ok && (v.Words.Word(stem)|v.Words.Word(stem+"y"))&gazetteer.Common != 0 {
			return true
		}
	}
	for _, end := range []string{"tion", "ing", "ment", "ity", "ities", "ics", "ology", "ture", "ance", "ence"} {
		if t.Class == 0 && strings.HasSuffix(t.Lower, end) {
			return true
		}
	}
	return false
}

// plainRun returns the end of ", Xyz Xyz" or "and Xyz Xyz" at token i, its words being capitalised everyday ones; i if that is not what
// stands there.
func (v *View) plainRun(i, block int) int {
	t := v.At(i, block)
	if t == nil || t.Text != "," && t.Lower != "and" && t.Text != "&" {
		return i
	}
	j := i + 1
	if w := v.At(j, block); w != nil && t.Text == "," && (w.Lower == "and" || w.Text == "&") {
		j++
	}
	from := j
	for v.At(j, block) != nil && j-from < 4 {
		if !v.plain(j) {
			break
		}
		j++
	}
	if j == from || v.Toks[j-1].Class&gazetteer.OrgHead != 0 || v.HasRole(from, j) {
		return i
	}
	if w := v.At(j, block); w != nil && w.Spaced && w.Capital() {
		return i
	}
	return j
}

// lowHeads are heads of bodies' names that are often written in small letters after the name.
var lowHeads = map[string]bool{"party": true, "trust": true, "municipality": true, "university": true, "foundation": true,
	"federation": true}
