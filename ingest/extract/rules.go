package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/gazetteer"
)

// ruleID names a rule that marks tokens before the tagger sees them.
type ruleID uint8

const (
	noRule       ruleID = iota
	boldName            // **Jane Roe** that looks like a person
	titledName          // Dr Jane Roe
	forenameName        // Jane Roe, Jane being a forename
	surnameName         // Xyz Roe, Roe being a surname
	fieldPerson         // author: Jane Roe
	itemName            // "* Jane Roe, director" by its place in the list
	linkName            // [Jane Roe](…/people/…)
	headBody            // Ministry of Truth, Roe Institute
	suffixBody          // Roe Ltd
	uniBody             // a university of the table
	fieldBody           // organisation: Roe Institute
	acronymBody         // (RI) after the words it stands for
	restBody            // what stands after a person's name in a list
	boldBody            // bold that is not a person's name
	otherThing          // Data Protection Act, AI Safety Summit
)

var ruleNames = [...]string{"", "bold-name", "titled-name", "forename", "surname", "front-matter", "list-name", "link-name", "body-head", "body-suffix", "university", "front-matter", "acronym", "list-rest", "bold", "named-thing"}

// personRule reports whether the rule marks a person.
func (r ruleID) person() bool { return r >= boldName && r <= linkName }

func (v *view) mark(from, to int, r ruleID) {
	for i := from; i < to; i++ {
		if v.clues[i].rule != noRule {
			return
		}
	}
	for i := from; i < to; i++ {
		v.clues[i].rule, v.clues[i].inside = r, i > from
	}
}

func (v *view) applyRules() {
	for b := range v.blocks {
		s := v.blocks[b]
		if s.to > s.from {
			v.fieldRules(s)
			v.boldRule(s)
			v.linkRule(s)
			v.itemRule(s)
			v.nameRules(s)
			v.bodyRules(s)
		}
	}
	v.acronyms()
	v.knowNames()
}

// nameEnd returns the end of the person's name that could begin at token i, i if none could: two to five capitalised
// words, initials or particles between them, with no mark but a full stop, bracketed nickname left aside.
func (v *view) nameEnd(i int) int {
	first := v.at(i, i)
	if first == nil || !(first.shape == titleShape || first.shape == initShape || first.shape == upperShape || first.shape == mixedShape && first.capital()) {
		return i
	}
	end, words := i+1, 1
	allCaps := first.shape == upperShape && utf8.RuneCountInString(first.text) > 2
	for j := i + 1; j < i+7; j++ {
		t := v.at(j, i)
		if t == nil || !t.spaced {
			break
		}
		if t.shape == titleShape || t.shape == initShape || t.shape == mixedShape && t.capital() || t.shape == upperShape && (allCaps || len(t.text) <= 2 && words == 1) {
			if t.class&gazetteer.PostNominal != 0 && t.shape != titleShape {
				break
			}
			if t.strong == 1 && v.toks[j-1].strong > 0 || (t.strong == 0) != (first.strong == 0) || t.linkOpens || t.link != first.link {
				break
			}
			end, words = j+1, words+1
			continue
		}
		if t.class&gazetteer.Particle != 0 && t.shape == lowerShape {
			continue
		}
		break
	}
	if words < 2 || words > 5 {
		return i
	}
	return end
}

// likePerson weighs the words of a possible name: how much they look like a person's.
func (v *view) likePerson(from, to int) int {
	score := 0
	for i := from; i < to; i++ {
		t := &v.toks[i]
		c := t.class
		if c&(gazetteer.OrgHead|gazetteer.Misc|gazetteer.Month|gazetteer.Media) != 0 && c&(gazetteer.Forename|gazetteer.Surname) == 0 {
			return -9
		}
		switch {
		case t.shape == initShape && i > from:
			score++
		case c&gazetteer.Forename != 0 && i == from && c&gazetteer.Common == 0:
			score += 3
		case c&gazetteer.Forename != 0 && i == from:
			score++
		case c&gazetteer.Surname != 0 && i == to-1 && c&gazetteer.Common == 0:
			score += 2
		case c&gazetteer.Surname != 0 && i == to-1:
			score++
		case c&(gazetteer.OrgHead|gazetteer.Misc) != 0:
			score -= 2
		case c&gazetteer.Particle != 0:
		case c&gazetteer.Common != 0 && c&(gazetteer.Forename|gazetteer.Surname) == 0:
			score -= 2
		case c == 0:
			score++
		}
		if v.small[t.lower] > 0 && c&gazetteer.Particle == 0 {
			score--
		}
		if v.clues[i].place != gazetteer.NoPlace && v.clues[i].place != gazetteer.MaybeCity && c&(gazetteer.Forename|gazetteer.Surname) == 0 {
			score -= 2
		}
	}
	return score
}

var personKeys = map[string]bool{"author": true, "authors": true, "speaker": true, "speakers": true, "presenter": true, "presenters": true, "chair": true, "chairs": true, "moderator": true, "moderators": true,
	"panelists": true, "panellists": true, "panelist": true, "host": true, "hosts": true, "facilitator": true, "facilitators": true, "contributors": true, "guests": true, "interviewee": true, "people": true,
	"person": true, "instructor": true, "instructors": true, "byline": true, "participants": true, "attendees": true}

var bodyKeys = map[string]bool{"organisation": true, "organisations": true, "organization": true, "organizations": true, "institute": true, "institution": true, "affiliation": true, "affiliations": true, "company": true,
	"employer": true, "organizer": true, "organiser": true, "organizers": true, "organisers": true, "org": true, "sponsors": true, "sponsor": true, "partners": true}

// keyIs reports whether any name on the path of a field is among keys; digits and letters' case do not count.
func keyIs(key string, keys map[string]bool) bool {
	for _, k := range strings.Split(strings.ToLower(key), ".") {
		if keys[k] {
			return true
		}
	}
	return false
}

func (v *view) fieldRules(s stretch) {
	bl := v.block(s.from)
	if bl.Kind != ingest.FieldBlock {
		return
	}
	last := strings.ToLower(lastKey(bl.Key))
	person := personKeys[last] || last == "name" && keyIs(bl.Key, personKeys)
	if bodyKeys[last] {
		v.mark(s.from, s.to, fieldBody)
		return
	}
	if !person {
		return
	}
	for i := s.from; i < s.to; {
		end := v.nameEnd(i)
		if t := &v.toks[i]; end == i && t.shape == lowerShape && s.to-s.from == 1 && strings.Count(t.text, "-") > 0 && strings.Count(t.text, "-") < 4 {
			end = i + 1
		}
		if end == i {
			i++
			continue
		}
		if v.likePerson(i, end) > -4 {
			v.mark(i, end, fieldPerson)
		}
		i = end
	}
}

func (v *view) boldRule(s stretch) {
	for i := s.from; i < s.to; i++ {
		if v.toks[i].strong != 1 {
			continue
		}
		end := i + 1
		for end < s.to && v.toks[end].strong == 2 {
			end++
		}
		for end > i && v.toks[end-1].shape == markShape && v.toks[end-1].text != "." {
			end--
		}
		from := i
		for from < end && v.toks[from].class&gazetteer.Title != 0 && v.toks[from].capital() {
			from++
		}
		if stop := v.nameEnd(from); stop > from && (stop == end || v.toks[stop].shape == markShape || v.toks[stop].class&gazetteer.PostNominal != 0) && v.likePerson(from, stop) > 0 {
			v.mark(from, stop, boldName)
		} else if end > i && end-i <= 8 && v.allCapital(i, end) {
			v.mark(i, end, boldBody)
		}
	}
}

// allCapital reports whether every word of the range is capitalised but for of, for, and, the.
func (v *view) allCapital(from, to int) bool {
	for i := from; i < to; i++ {
		t := &v.toks[i]
		if !t.capital() && !joins[t.lower] {
			return false
		}
	}
	return from < to
}

var joins = map[string]bool{"of": true, "for": true, "and": true, "the": true, "&": true, "in": true, "on": true, "by": true, "de": true, "to": true, "at": true, "with": true, "'": true, "’": true, "s": true, "-": true}

func (v *view) linkRule(s stretch) {
	for i := s.from; i < s.to; i++ {
		if !v.toks[i].linkOpens {
			continue
		}
		l := &v.page.Links[v.toks[i].link-1]
		end := i + 1
		for end < s.to && v.toks[end].link == v.toks[i].link {
			end++
		}
		face := linkFace(l)
		dir, _, _ := cutLast(l.Page)
		people := hasAny(dir, "people", "team", "author", "person", "speaker", "staff") || face == 2
		from := i
		for from < end && v.toks[from].class&gazetteer.Title != 0 && v.toks[from].capital() {
			from++
		}
		if stop := v.nameEnd(from); people && stop > from && (stop == end || v.toks[stop].shape == markShape) && v.likePerson(from, stop) > -2 {
			v.mark(from, stop, linkName)
		}
	}
}

// itemRule marks the name that opens an item, cell, heading or paragraph and is followed by a mark or nothing: "Jane Roe, director at X".
func (v *view) itemRule(s stretch) {
	bl := v.block(s.from)
	from := s.from
	for from < s.to && v.toks[from].class&gazetteer.Title != 0 && v.toks[from].capital() {
		from++
	}
	stop := v.nameEnd(from)
	if stop == from {
		return
	}
	lone := bl.Kind == ingest.ItemBlock || bl.Kind == ingest.CellBlock || bl.Kind == ingest.HeadingBlock
	sep := stop == s.to || v.toks[stop].shape == markShape && strings.ContainsAny(v.toks[stop].text, ",(:–—-|@/[")
	if !sep || !lone && stop == s.to {
		return
	}
	need := 0
	if bl.Kind == ingest.HeadingBlock || bl.Kind == ingest.ParagraphBlock {
		need = 2
	}
	if v.likePerson(from, stop) > need {
		v.mark(from, stop, itemName)
	}
}

func (v *view) nameRules(s stretch) {
	for i := s.from; i < s.to; {
		t := &v.toks[i]
		if t.class&gazetteer.Title != 0 && t.capital() && t.class&gazetteer.Forename == 0 {
			if next := v.at(i+1, i); next != nil && next.capital() && next.class&(gazetteer.OrgHead|gazetteer.Title) == 0 {
				end := v.nameEnd(i + 1)
				if end == i+1 && strings.Contains("dr dr. prof prof. mr mr. mrs mrs. ms ms. sir dame", t.lower) {
					end = i + 2
				}
				if end > i+1 && v.likePerson(i+1, end) > -2 {
					v.mark(i+1, end, titledName)
					i = end
					continue
				}
			}
		}
		end := v.nameEnd(i)
		if end == i {
			i++
			continue
		}
		switch score := v.likePerson(i, end); {
		case t.class&gazetteer.Forename != 0 && score >= 3:
			v.mark(i, end, forenameName)
			i = end
		case v.toks[end-1].class&gazetteer.Surname != 0 && score >= 2 && t.class&gazetteer.Common == 0:
			v.mark(i, end, surnameName)
			i = end
		default:
			i++
		}
	}
}

var bodySuffixes = map[string]bool{"ltd": true, "ltd.": true, "inc": true, "inc.": true, "llc": true, "llp": true, "plc": true, "gmbh": true, "cic": true, "limited": true, "corp": true, "corp.": true, "s.a.": true, "a.s.": true, "pvt": true, "foundation": true}

// bodyRules marks runs of capitalised words, joined by of, for, and, the, that hold the head of a body's name or of another named thing.
func (v *view) bodyRules(s stretch) {
	for i := s.from; i < s.to; {
		if !v.toks[i].capital() || v.clues[i].rule != noRule {
			i++
			continue
		}
		end := v.looseEnd(i, s.to)
		v.bodyRun(i, end)
		i = end
	}
}

// looseEnd returns the end of the run of capitalised words from i on that may be joined by small words.
func (v *view) looseEnd(i, to int) int {
	end := i + 1
	for j := i + 1; j < to; j++ {
		t := &v.toks[j]
		if v.clues[j].rule != noRule {
			break
		}
		if t.capital() && (t.spaced || v.toks[j-1].text == "-") || t.shape == numberShape && len(t.text) <= 4 && end == j {
			end = j + 1
			continue
		}
		if joins[t.lower] && j-end < 2 {
			continue
		}
		break
	}
	return end
}

// parts reports whether the small word at token i parts two names.
func (v *view) parts(from, i, end int) bool {
	switch w := v.toks[i].lower; w {
	case "at", "with", "by", "to":
		return true
	case "and", "&":
		return v.twoBodies(from, i, end)
	case "the":
		p := v.toks[i-1].lower
		return p != "of" && p != "for" && p != "on" && p != "in" && p != "and"
	case "in":
		return v.clues[i+1].place != gazetteer.NoPlace
	}
	return false
}

// bodyRun marks a run, or its parts, as a body or another named thing by its head.
func (v *view) bodyRun(from, end int) {
	if v.toks[from].lower == "the" && end-from > 1 {
		from++
	}
	// "Ministry of Truth and Roe Institute" is two, "Join the Data Lab at the Ministry of Truth" three
	for i := from + 1; i+1 < end; i++ {
		if v.parts(from, i, end) {
			v.bodyRun(from, i)
			v.bodyRun(i+1, end)
			return
		}
	}
	head, misc, last, uni := -1, -1, gazetteer.Class(0), false
	for j := from; j < end; j++ {
		c := v.toks[j].class
		if !v.toks[j].capital() {
			continue
		}
		if c&gazetteer.OrgHead != 0 {
			head = j
		}
		if c&gazetteer.Misc != 0 && c&gazetteer.OrgHead == 0 {
			misc = j
		}
		last = c
		uni = uni || v.clues[j].uni
	}
	switch {
	case uni:
		v.mark(from, end, uniBody)
	case end-from > 1 && bodySuffixes[v.toks[end-1].lower]:
		v.mark(from, end, suffixBody)
	case misc >= 0 && last&gazetteer.Misc != 0 && end-from > 1:
		v.mark(from, end, otherThing)
	case head >= 0 && end-from > 1:
		v.mark(from, end, headBody)
	}
}

// acronyms finds "Open Government Partnership (OGP)" and marks every OGP of the page.
func (v *view) acronyms() {
	found := map[string]bool{}
	for i := 1; i+2 < len(v.toks); i++ {
		if v.toks[i].text != "(" || v.toks[i+2].text != ")" {
			continue
		}
		a := &v.toks[i+1]
		if a.shape != upperShape && a.shape != mixedShape || len(a.text) > 10 || v.at(i+2, i-1) == nil {
			continue
		}
		if from := v.expansion(i, a.text); from >= 0 {
			found[a.text] = true
		}
	}
	for i := range v.toks {
		if found[v.toks[i].text] {
			v.clues[i].acro = true
		}
	}
}

// expansion returns the first token of the words before token i whose initials spell the acronym, -1 if they do not.
func (v *view) expansion(i int, acronym string) int {
	var want []rune
	for _, r := range acronym {
		if unicode.IsUpper(r) {
			want = append(want, r)
		}
	}
	if len(want) < 2 {
		return -1
	}
	k, from := len(want)-1, -1
	for j := i - 1; j >= 0 && j >= i-14 && v.at(j, i) != nil && k >= 0; j-- {
		t := &v.toks[j]
		if t.shape == markShape && t.text != "&" && t.text != "-" && t.text != "," && t.text != "'" && t.text != "’" {
			break
		}
		if !t.word() {
			continue
		}
		parts := strings.FieldsFunc(t.text, func(r rune) bool { return r == '-' })
		for p := len(parts) - 1; p >= 0 && k >= 0; p-- {
			if unicode.ToUpper(firstRune(parts[p])) == want[k] && (unicode.IsUpper(firstRune(parts[p])) || joins[t.lower] || k > 0) {
				k--
				from = j
			} else if !joins[t.lower] && p == 0 && len(parts) == 1 {
				return -1
			}
		}
	}
	if k >= 0 || from < 0 || !v.toks[from].capital() {
		return -1
	}
	return from
}

// knowNames marks words that are part of a full name found by a rule elsewhere on the page.
func (v *view) knowNames() {
	known := map[string]uint8{}
	for i := 0; i < len(v.toks); i++ {
		c := &v.clues[i]
		if !c.rule.person() || c.inside {
			continue
		}
		end := i + 1
		for end < len(v.toks) && v.clues[end].inside && v.clues[end].rule == c.rule {
			end++
		}
		if end-i < 2 {
			continue
		}
		for j := i; j < end; j++ {
			t := &v.toks[j]
			if t.shape == initShape || t.class&gazetteer.Particle != 0 {
				continue
			}
			kind := uint8(1)
			if j == i {
				kind = 2
			}
			known[t.lower] = max(known[t.lower], kind)
		}
	}
	for i := range v.toks {
		if t := &v.toks[i]; t.capital() {
			v.clues[i].known = known[t.lower]
		}
	}
}
