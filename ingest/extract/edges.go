package extract

import (
	"strings"

	"rapporteur/ingest/gazetteer"
)

// The edges of names: what they lost and what is no part of them.

// nickname takes in what stands before a nickname in brackets that the name begins or ends in: "[Alexandra (]Sasha) Luccioni".
func (v *view) nickname(f *found) {
	for i := f.from; i < min(f.to, f.from+2); i++ {
		if v.toks[i].text != ")" {
			continue
		}
		open := i - 2
		if v.at(open-1, f.from) != nil && v.toks[open].text == "(" && v.toks[open-1].shape == titleShape && open <= f.from {
			f.from = open - 1
		}
		return
	}
}

// lengthen takes in the names that stand directly before and after a person's, "[Bal ]Krishna Joshi", and leaves capitals off its end, "Jane Roe[ NHS-R]".
func (v *view) lengthen(f *found) {
	if f.to-f.from < 2 {
		return
	}
	whole := v.toks[f.from].shape
	for f.to-f.from > 2 && whole == titleShape && v.toks[f.to-1].shape == upperShape && len(v.toks[f.to-1].text) > 2 {
		f.to--
	}
	if t := v.at(f.from-1, f.from); t != nil && v.toks[f.from].spaced && t.shape == titleShape && t.link == v.toks[f.from].link && (t.strong == 0) == (v.toks[f.from].strong == 0) &&
		t.class&(gazetteer.Role|gazetteer.Title|gazetteer.OrgHead|gazetteer.Misc|gazetteer.ListHead|gazetteer.AttendHead|gazetteer.Speak) == 0 && v.clues[f.from-1].place == gazetteer.NoPlace &&
		(t.class&gazetteer.Forename != 0 && (t.class&gazetteer.Common == 0 || t.opens) || t.class == 0 && !t.opens && v.small[t.lower] == 0) {
		f.from--
	}
	if t := v.at(f.to, f.from); t != nil && t.spaced && t.shape == mixedShape && len(t.text) > 3 && t.text[0] == 'd' && (t.text[1] == '\'' || strings.HasPrefix(t.text[1:], "’")) {
		f.to++
	}
}

// narrow leaves off what stands about a body's name and is no part of it: "Offices of [Roe & Doe]", "[Roe Institute] Annual",
// "[Roe Institute] and partners", "[UNHCR] Staff".
func (v *view) narrow(f *found) {
	if f.to-f.from > 2 && v.toks[f.from+1].lower == "of" {
		switch v.toks[f.from].lower {
		case "offices", "boards", "members", "representatives", "colleagues", "staff":
			f.from += 2
		}
	}
	for i := f.from + 1; i < f.to; i++ {
		t := &v.toks[i]
		if t.lower == "annual" && v.headIn(f.from, i) >= 0 || v.whole(f.from, i) && (t.lower == "staff" || t.lower == "on" || t.lower == "in" || t.class&gazetteer.Role != 0 && t.class&gazetteer.OrgHead == 0 || t.shape == lowerShape && t.class&gazetteer.OrgHead == 0 && !joins[t.lower]) ||
			t.shape == lowerShape && t.class&gazetteer.OrgHead == 0 && i == f.to-1 && v.toks[i-1].lower == "and" {
			f.to = i
			v.trim(f)
			return
		}
	}
}

// whole reports whether a range of tokens is the whole name of a well-known body.
func (v *view) whole(from, to int) bool {
	if !v.clues[from].body || v.clues[from].bodyIn {
		return false
	}
	for i := from + 1; i < to; i++ {
		if !v.clues[i].bodyIn {
			return false
		}
	}
	return to == len(v.clues) || !v.clues[to].bodyIn
}

// countryCode reports whether a name is a country's code in brackets or a list: "(FI)", "SE, DK".
func (v *view) countryCode(f found) bool {
	t := &v.toks[f.from]
	if f.to-f.from != 1 || t.shape != upperShape || len(t.text) != 2 || v.clues[f.from].body || v.words.Country(t.text) == "" {
		return false
	}
	before, after := v.at(f.from-1, f.from), v.at(f.to, f.from)
	return before != nil && before.shape == markShape || after != nil && after.shape == markShape && after.text != "."
}

// widen takes in what a body's name lost at an "and", a comma or a genitive: "Faculty of Arts[, Humanities and Business]",
// "[Digital Trade and ]Data Governance Hub", "Federation of Women['s Institutes]". Only words of everyday English are taken in.
func (v *view) widen(f *found) {
	v.widenPlace(f)
	open := false
	for i := f.from; i < f.to; i++ {
		switch t := &v.toks[i]; {
		case t.class&gazetteer.OrgHead != 0 && t.capital():
			open = false
		case t.lower == "of" || t.lower == "for" || t.lower == "on":
			open = i > f.from
		}
	}
	if open {
		end := f.to
		for {
			next := v.plainRun(end, f.from)
			if next == end {
				break
			}
			end = next
		}
		if end > f.to && (v.toks[f.to].text != "," || v.hasAnd(f.to, end)) {
			f.to = end
		}
		// "Institute for Ethics[ in AI]"
		if t, w := v.at(f.to, f.from), v.at(f.to+1, f.from); t != nil && t.lower == "in" && w != nil && w.capital() && v.clues[f.to+1].place == gazetteer.NoPlace && w.class&gazetteer.Month == 0 && w.shape != titleShape {
			f.to += 2
		}
		if t := v.at(f.to, f.from); t != nil && (t.text == "'" || t.text == "’") {
			if w := v.at(f.to+2, f.from); w != nil && v.toks[f.to+1].lower == "s" && w.capital() && w.spaced && w.class&gazetteer.OrgHead != 0 {
				f.to += 3
			}
		}
		return
	}
	// to the left
	if j := f.from - 1; v.at(j, f.from) != nil && (v.toks[j].lower == "and" || v.toks[j].text == "&") && v.headIn(f.from, f.to) >= 0 {
		i := j
		for v.at(i-1, f.from) != nil && j-i < 7 {
			t := &v.toks[i-1]
			if t.text == "," && i < j && v.at(i-2, f.from) != nil && v.plain(i-2) {
				i--
				continue
			}
			if !v.plain(i-1) || t.class&gazetteer.OrgHead != 0 {
				break
			}
			i--
		}
		// a body before it would be named apart: "Google and Data Governance Hub"; so would what a mark parts from it
		if i < j && (v.at(i-1, f.from) == nil || !v.toks[i-1].capital()) {
			f.from = i
		}
	}
}

// widenPlace takes in the place that a body's name ends in: "University of Roe[ at Hilo]", "Office of the President[ of Mexico]",
// "Police Federation of England[ and Wales]"; and a head in small letters: "Labour[ party]".
func (v *view) widenPlace(f *found) {
	t, w := v.at(f.to, f.from), v.at(f.to+1, f.from)
	if t == nil {
		return
	}
	if lowHeads[t.lower] && t.shape == lowerShape && v.toks[f.to-1].capital() && v.headIn(f.from, f.to) < 0 && t.spaced {
		f.to++
		return
	}
	if w == nil {
		return
	}
	named := func(i int) bool {
		return v.at(i, f.from) != nil && v.clues[i].place == gazetteer.ByName && v.toks[i].capital()
	}
	switch {
	case t.lower == "at" && v.toks[f.from].lower == "university" && f.to-f.from > 2 && w.shape == titleShape && v.clues[f.to+1].place != gazetteer.NoPlace:
		f.to += 2
	case t.lower == "of" && v.headIn(f.from, f.to) >= 0 && named(f.to+1):
		for f.to += 2; v.at(f.to, f.from) != nil && v.clues[f.to].placeIn; f.to++ {
		}
	}
	if t, w := v.at(f.to, f.from), v.at(f.to+1, f.from); t != nil && w != nil && t.lower == "and" && named(f.to-1) && named(f.to+1) && v.clues[f.to-1].country.Code == v.clues[f.to+1].country.Code && f.to-f.from > 1 {
		f.to += 2
	}
}

// plain reports whether token i is a capitalised everyday word, its plural, or an abstract one, that names no place, person or body by itself.
func (v *view) plain(i int) bool {
	t, c := &v.toks[i], &v.clues[i]
	if t.shape != titleShape || c.place != gazetteer.NoPlace || c.rule.person() || c.body || t.class&gazetteer.Title != 0 {
		return false
	}
	if t.class&gazetteer.Common != 0 {
		return t.class&gazetteer.Forename == 0 || t.class&gazetteer.Surname == 0
	}
	for _, end := range []string{"s", "es", "ies"} {
		if stem, ok := strings.CutSuffix(t.lower, end); ok && (v.words.Word(stem)|v.words.Word(stem+"y"))&gazetteer.Common != 0 {
			return true
		}
	}
	for _, end := range []string{"tion", "ing", "ment", "ity", "ities", "ics", "ology", "ture", "ance", "ence"} {
		if t.class == 0 && strings.HasSuffix(t.lower, end) {
			return true
		}
	}
	return false
}

// plainRun returns the end of ", Xyz Xyz" or "and Xyz Xyz" at token i, its words being capitalised everyday ones; i if that is not what stands there.
func (v *view) plainRun(i, block int) int {
	t := v.at(i, block)
	if t == nil || t.text != "," && t.lower != "and" && t.text != "&" {
		return i
	}
	j := i + 1
	if w := v.at(j, block); w != nil && t.text == "," && (w.lower == "and" || w.text == "&") {
		j++
	}
	from := j
	for v.at(j, block) != nil && j-from < 4 {
		if !v.plain(j) {
			break
		}
		j++
	}
	if j == from || v.toks[j-1].class&gazetteer.OrgHead != 0 || v.hasRole(from, j) {
		return i
	}
	if w := v.at(j, block); w != nil && w.spaced && w.capital() {
		return i
	}
	return j
}

// lowHeads are heads of bodies' names that are often written in small letters after the name.
var lowHeads = map[string]bool{"party": true, "trust": true, "municipality": true, "university": true, "foundation": true, "federation": true}
