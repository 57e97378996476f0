package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/gazetteer"
)

func (v *View) mark(from, to int, r text.RuleID) {
	for i := from; i < to; i++ {
		if v.Hints[i].Rule != text.NoRule {
			return
		}
	}
	for i := from; i < to; i++ {
		v.Hints[i].Rule, v.Hints[i].Inside = r, i > from
	}
}

func (v *View) applyRules() {
	for b := range v.Blocks {
		s := v.Blocks[b]
		if s.To > s.From {
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
func (v *View) nameEnd(i int) int {
	first := v.At(i, i)
	if first == nil || !(first.Shape == text.TitleShape || first.Shape == text.InitShape || first.Shape == text.UpperShape ||
		first.Shape == text.MixedShape && first.Capital()) {
		return i
	}
	end, words := i+1, 1
	allCaps := first.Shape == text.UpperShape && utf8.RuneCountInString(first.Text) > 2
	for j := i + 1; j < i+7; j++ {
		t := v.At(j, i)
		if t == nil || !t.Spaced || t.Line {
			break
		}
		if t.Shape == text.TitleShape || t.Shape == text.InitShape || t.Shape == text.MixedShape && t.Capital() ||
			t.Shape == text.UpperShape && (allCaps || len(t.Text) <= 2 && words == 1) {
			if t.Class&gazetteer.PostNominal != 0 && t.Shape != text.TitleShape {
				break
			}
			if t.Strong == 1 && v.Toks[j-1].Strong > 0 || (t.Strong == 0) != (first.Strong == 0) || t.LinkOpens || t.Link != first.Link {
				break
			}
			end, words = j+1, words+1
			continue
		}
		if t.Class&gazetteer.Particle != 0 && t.Shape == text.LowerShape {
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
func (v *View) likePerson(from, to int) int {
	score := 0
	for i := from; i < to; i++ {
		t := &v.Toks[i]
		c := t.Class
		if c&(gazetteer.OrgHead|gazetteer.Misc|gazetteer.Month|gazetteer.Media) != 0 && c&(gazetteer.Forename|gazetteer.Surname) == 0 {
			return -9
		}
		switch {
		case t.Shape == text.InitShape && i > from:
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
		if v.Small[t.Lower] > 0 && c&gazetteer.Particle == 0 {
			score--
		}
		if v.Hints[i].Place != gazetteer.NoPlace && v.Hints[i].Place != gazetteer.MaybeCity && c&(gazetteer.Forename|gazetteer.Surname) == 0 {
			score -= 2
		}
	}
	return score
}

var personKeys = map[string]bool{"author": true, "authors": true, "speaker": true, "speakers": true, "presenter": true, "presenters": true,
	"chair": true, "chairs": true, "moderator": true, "moderators": true,
	"panelists": true, "panellists": true, "panelist": true, "host": true, "hosts": true, "facilitator": true, "facilitators": true,
	"contributors": true, "guests": true, "interviewee": true, "people": true,
	"person": true, "instructor": true, "instructors": true, "byline": true, "participants": true, "attendees": true}

var BodyKeys = map[string]bool{"organisation": true, "organisations": true, "organization": true, "organizations": true, "institute": true,
	"institution": true, "affiliation": true, "affiliations": true, "company": true,
	"employer": true, "organizer": true, "organiser": true, "organizers": true, "organisers": true, "org": true, "sponsors": true,
	"sponsor": true, "partners": true}

// keyIs reports whether any name on the path of a field is among keys; digits and letters' case do not count.
func keyIs(key string, keys map[string]bool) bool {
	for _, k := range strings.Split(strings.ToLower(key), ".") {
		if keys[k] {
			return true
		}
	}
	return false
}

func (v *View) fieldRules(s text.Stretch) {
	bl := v.Block(s.From)
	if bl.Kind != ingest.FieldBlock {
		return
	}
	last := strings.ToLower(text.LastKey(bl.Key))
	person := personKeys[last] || last == "name" && keyIs(bl.Key, personKeys)
	if BodyKeys[last] {
		v.mark(s.From, s.To, text.FieldBody)
		return
	}
	if !person {
		return
	}
	for i := s.From; i < s.To; {
		end := v.nameEnd(i)
		if t := &v.Toks[i]; end == i && t.Shape == text.LowerShape && s.To-s.From == 1 && strings.Count(t.Text, "-") > 0 &&
			strings.Count(t.Text, "-") < 4 {
			end = i + 1
		}
		if end == i {
			i++
			continue
		}
		if v.likePerson(i, end) > -4 {
			v.mark(i, end, text.FieldPerson)
		}
		i = end
	}
}

func (v *View) boldRule(s text.Stretch) {
	for i := s.From; i < s.To; i++ {
		if v.Toks[i].Strong != 1 {
			continue
		}
		end := i + 1
		for end < s.To && v.Toks[end].Strong == 2 {
			end++
		}
		for end > i && v.Toks[end-1].Shape == text.MarkShape && v.Toks[end-1].Text != "." {
			end--
		}
		from := i
		for from < end && v.Toks[from].Class&gazetteer.Title != 0 && v.Toks[from].Capital() {
			from++
		}
		if stop := v.nameEnd(from); stop > from &&
			(stop == end || v.Toks[stop].Shape == text.MarkShape || v.Toks[stop].Class&gazetteer.PostNominal != 0) && v.likePerson(from, stop) > 0 {
			v.mark(from, stop, text.BoldName)
		} else if end > i && end-i <= 8 && v.allCapital(i, end) {
			v.mark(i, end, text.BoldBody)
		}
	}
}

// allCapital reports whether every word of the range is capitalised but for of, for, and, the.
func (v *View) allCapital(from, to int) bool {
	for i := from; i < to; i++ {
		t := &v.Toks[i]
		if !t.Capital() && !text.Joins[t.Lower] {
			return false
		}
	}
	return from < to
}

func (v *View) linkRule(s text.Stretch) {
	for i := s.From; i < s.To; i++ {
		if !v.Toks[i].LinkOpens {
			continue
		}
		l := &v.Page.Links[v.Toks[i].Link-1]
		end := i + 1
		for end < s.To && v.Toks[end].Link == v.Toks[i].Link {
			end++
		}
		leads := text.LinkSort(l)
		dir, _, _ := text.CutLast(l.Page)
		people := text.HasAny(dir, "people", "team", "author", "person", "speaker", "staff") || leads == 2
		from := i
		for from < end && v.Toks[from].Class&gazetteer.Title != 0 && v.Toks[from].Capital() {
			from++
		}
		if stop := v.nameEnd(from); people && stop > from && (stop == end || v.Toks[stop].Shape == text.MarkShape) &&
			v.likePerson(from, stop) > -2 {
			v.mark(from, stop, text.LinkName)
		}
	}
}

// itemRule marks the name that opens an item, cell, heading or paragraph and is followed by a mark or nothing: "Jane Roe, director at X".
func (v *View) itemRule(s text.Stretch) {
	bl := v.Block(s.From)
	from := s.From
	for from < s.To && v.Toks[from].Class&gazetteer.Title != 0 && v.Toks[from].Capital() {
		from++
	}
	stop := v.nameEnd(from)
	if stop == from {
		return
	}
	lone := bl.Kind == ingest.ItemBlock || bl.Kind == ingest.CellBlock || bl.Kind == ingest.HeadingBlock
	sep := stop == s.To || v.Toks[stop].Shape == text.MarkShape && strings.ContainsAny(v.Toks[stop].Text, ",(:–—-|@/[")
	if !sep || !lone && stop == s.To {
		return
	}
	need := 0
	if bl.Kind == ingest.HeadingBlock || bl.Kind == ingest.ParagraphBlock {
		need = 2
	}
	if v.likePerson(from, stop) > need {
		v.mark(from, stop, text.ItemName)
	}
}

func (v *View) nameRules(s text.Stretch) {
	for i := s.From; i < s.To; {
		t := &v.Toks[i]
		if t.Class&gazetteer.Title != 0 && t.Capital() && t.Class&gazetteer.Forename == 0 {
			if next := v.At(i+1, i); next != nil && next.Capital() && next.Class&(gazetteer.OrgHead|gazetteer.Title) == 0 {
				end := v.nameEnd(i + 1)
				if end == i+1 && strings.Contains("dr dr. prof prof. mr mr. mrs mrs. ms ms. sir dame", t.Lower) {
					end = i + 2
				}
				if end > i+1 && v.likePerson(i+1, end) > -2 {
					v.mark(i+1, end, text.TitledName)
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
		case t.Class&gazetteer.Forename != 0 && score >= 3:
			v.mark(i, end, text.ForenameName)
			i = end
		case v.Toks[end-1].Class&gazetteer.Surname != 0 && score >= 2 && t.Class&gazetteer.Common == 0:
			v.mark(i, end, text.SurnameName)
			i = end
		default:
			i++
		}
	}
}

var bodySuffixes = map[string]bool{"ltd": true, "ltd.": true, "inc": true, "inc.": true, "llc": true, "llp": true, "plc": true,
	"gmbh": true, "cic": true, "limited": true, "corp": true, "corp.": true, "s.a.": true, "a.s.": true, "pvt": true, "foundation": true}

// bodyRules marks runs of capitalised words, joined by of, for, and, the, that hold the head of a body's name or of another named thing.
func (v *View) bodyRules(s text.Stretch) {
	for i := s.From; i < s.To; {
		if !v.Toks[i].Capital() || v.Hints[i].Rule != text.NoRule {
			i++
			continue
		}
		end := v.looseEnd(i, s.To)
		v.bodyRun(i, end)
		i = end
	}
}

// looseEnd returns the end of the run of capitalised words from i on that may be joined by small words.
func (v *View) looseEnd(i, to int) int {
	end := i + 1
	for j := i + 1; j < to; j++ {
		t := &v.Toks[j]
		if v.Hints[j].Rule != text.NoRule {
			break
		}
		if t.Line {
			break
		}
		if t.Capital() && (t.Spaced || v.Toks[j-1].Text == "-") || t.Shape == text.NumberShape && len(t.Text) <= 4 && end == j {
			end = j + 1
			continue
		}
		if text.Joins[t.Lower] && j-end < 2 {
			continue
		}
		break
	}
	return end
}

// parts reports whether the small word at token i parts two names.
func (v *View) parts(from, i, end int) bool {
	switch w := v.Toks[i].Lower; w {
	case "at", "with", "by", "to":
		return true
	case "and", "&":
		return v.twoBodies(from, i, end)
	case "the":
		p := v.Toks[i-1].Lower
		return p != "of" && p != "for" && p != "on" && p != "in" && p != "and"
	case "in":
		return v.Hints[i+1].Place != gazetteer.NoPlace
	}
	return false
}

// bodyRun marks a run, or its parts, as a body or another named thing by its head.
func (v *View) bodyRun(from, end int) {
	if v.Toks[from].Lower == "the" && end-from > 1 {
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
		c := v.Toks[j].Class
		if !v.Toks[j].Capital() {
			continue
		}
		if c&gazetteer.OrgHead != 0 {
			head = j
		}
		if c&gazetteer.Misc != 0 && c&gazetteer.OrgHead == 0 {
			misc = j
		}
		last = c
		uni = uni || v.Hints[j].Uni
	}
	switch {
	case uni:
		v.mark(from, end, text.UniBody)
	case end-from > 1 && bodySuffixes[v.Toks[end-1].Lower]:
		v.mark(from, end, text.SuffixBody)
	case misc >= 0 && last&gazetteer.Misc != 0 && end-from > 1:
		v.mark(from, end, text.OtherThing)
	case head >= 0 && end-from > 1:
		v.mark(from, end, text.HeadBody)
	}
}

// acronyms finds "Open Government Partnership (OGP)" and marks every OGP of the page.
func (v *View) acronyms() {
	found := map[string]bool{}
	explain := func(short, from, to int) {
		found[v.Toks[short].Text] = true
		v.Acronyms = append(v.Acronyms, ingest.Acronym{Span: v.Span(short, short+1), Short: v.Toks[short].Text, Long: v.Name(from, to)})
	}
	for i := 1; i+2 < len(v.Toks); i++ {
		// "OGP (Open Government Partnership)"
		if a := &v.Toks[i-1]; v.Toks[i].Text == "(" && v.At(i, i-1) != nil && a.Shape == text.UpperShape {
			end := i + 1
			for v.At(end, i) != nil && end < i+14 && v.Toks[end].Text != ")" {
				end++
			}
			if v.At(end, i) != nil && v.Toks[end].Text == ")" && v.expansion(end, a.Text) == i+1 {
				explain(i-1, i+1, end)
			}
		}
		if v.Toks[i].Text != "(" || v.Toks[i+2].Text != ")" {
			continue
		}
		a := &v.Toks[i+1]
		if a.Shape != text.UpperShape && a.Shape != text.MixedShape || len(a.Text) > 10 || v.At(i+2, i-1) == nil {
			continue
		}
		if from := v.expansion(i, a.Text); from >= 0 {
			explain(i+1, from, i)
		}
	}
	for i := range v.Toks {
		if found[v.Toks[i].Text] {
			v.Hints[i].Acro = true
		}
	}
}

// expansion returns the first token of the words before token i whose initials spell the acronym, -1 if they do not.
func (v *View) expansion(i int, acronym string) int {
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
	for j := i - 1; j >= 0 && j >= i-14 && v.At(j, i) != nil && k >= 0; j-- {
		t := &v.Toks[j]
		if t.Shape == text.MarkShape && t.Text != "&" && t.Text != "-" && t.Text != "," && t.Text != "'" && t.Text != "’" {
			break
		}
		if !t.Word() {
			continue
		}
		parts := strings.FieldsFunc(t.Text, func(r rune) bool { return r == '-' })
		for p := len(parts) - 1; p >= 0 && k >= 0; p-- {
			if unicode.ToUpper(text.FirstRune(parts[p])) == want[k] && (unicode.IsUpper(text.FirstRune(parts[p])) || text.Joins[t.Lower] || k > 0) {
				k--
				from = j
			} else if !text.Joins[t.Lower] && p == 0 && len(parts) == 1 {
				return -1
			}
		}
	}
	if k >= 0 || from < 0 || !v.Toks[from].Capital() {
		return -1
	}
	return from
}

// knowNames marks words that are part of a full name found by a rule elsewhere on the page.
func (v *View) knowNames() {
	known := map[string]uint8{}
	for i := 0; i < len(v.Toks); i++ {
		c := &v.Hints[i]
		if !c.Rule.Person() || c.Inside {
			continue
		}
		end := i + 1
		for end < len(v.Toks) && v.Hints[end].Inside && v.Hints[end].Rule == c.Rule {
			end++
		}
		if end-i < 2 {
			continue
		}
		for j := i; j < end; j++ {
			t := &v.Toks[j]
			if t.Shape == text.InitShape || t.Class&gazetteer.Particle != 0 {
				continue
			}
			kind := uint8(1)
			if j == i {
				kind = 2
			}
			known[t.Lower] = max(known[t.Lower], kind)
		}
	}
	for i := range v.Toks {
		if t := &v.Toks[i]; t.Capital() {
			v.Hints[i].Known = known[t.Lower]
		}
	}
}
