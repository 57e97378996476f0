package ties

import (
	"fmt"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/language"
)

// guestWords are what somebody is at an occasion: no office.
var guestWords = wordSet(`speaker speakers keynote guest panellist panelist respondent presenter audience speech presentation talk panel`)

// awayWords are where somebody is for a while: "away at the Quay Fair".
var awayWords = wordSet(`away off over down back`)

// cameTo reports whether the body of a pair is named as whose occasion the person came to: "speaking at the Quay Courier / Harbour
// Symposium", "keynote speaker at the ICO's annual conference", "was at the Tide University for a conference".
func (v *view) cameTo(x *pair, from int) bool {
	prep := x.b.From - 1
	for ; prep >= from && (v.Toks[prep].Lower == "the" || v.Toks[prep].Lower == "a" || v.Toks[prep].Lower == "an"); prep-- {
	}
	if t := v.At(prep, x.b.From); t == nil || t.Lower != "at" && t.Lower != "for" && t.Lower != "to" && t.Lower != "in" {
		return false
	}
	for i := prep - 1; i >= max(from, prep-3); i-- {
		if t := v.At(i, x.b.From); t == nil || t.Class&gazetteer.Role != 0 && !guestWords[t.Lower] {
			return false
		}
	}
	if v.leadsToOccasion(x.b.To, x.b.From) || awayWords[v.lower(prep-1, x.b.From)] {
		return true
	}
	// "was at the Tide University in Port Ellen for a conference"
	was := v.lower(prep-1, x.b.From)
	if v.lower(prep, x.b.From) != "at" || was != "was" && was != "is" && was != "were" && was != "am" {
		return false
	}
	for i := x.b.To; i < x.b.To+6; i++ {
		t := v.At(i, x.b.From)
		if t == nil || t.Opens || t.Lower == "and" || t.Text == "," {
			return false
		}
		if t.Lower == "for" {
			for k := i + 1; k < i+12; k++ {
				t := v.At(k, x.b.From)
				if t == nil || t.Opens {
					return false
				}
				if occasionHeads[t.Lower] && t.Lower != "committee" && t.Lower != "inquiry" {
					return true
				}
			}
		}
	}
	return false
}

// leadsToOccasion reports whether what follows token i goes on to name an occasion: "'s annual conference", "/ Harbour Symposium".
func (v *view) leadsToOccasion(i, near int) bool {
	const longest = 7
	for k := i; k < i+longest; k++ {
		t := v.At(k, near)
		switch {
		case t == nil || t.Opens:
			return false
		case k > i && (gatherings[t.Lower] || occasionHeads[t.Lower] && t.Lower != "committee" && t.Lower != "panel" && t.Lower != "inquiry"):
			return true
		case t.Lower == "s" || t.Lower == "'s" || t.Lower == "’s" || t.Text == "’" || t.Text == "'" || t.Text == "/" || t.Text == "&":
		case t.Shape == text.MarkShape:
			return false
		case k == i && (gatherings[t.Lower] || t.Lower == "panel" || occasionHeads[t.Lower] && t.Lower != "committee" && t.Lower != "inquiry"):
			return true
		case t.Lower == "of" || t.Lower == "in" || t.Lower == "for" || t.Lower == "to" || t.Lower == "and" || t.Lower == "on" ||
			t.Lower == "with" || t.Class&gazetteer.Role != 0:
			return false
		}
	}
	return false
}

// fromElsewhere are things that come from a body to somebody who is not of it.
var fromElsewhere = wordSet(`report reports book paper papers article articles study studies research blog blogs post guide guidance letter
	email e-mail reply response grant grants funding money support feedback news newsletter podcast video briefing statement invitation`)

// ofAnother reports whether something, or a forename that is not the person's, stands before "from" and the body: "joined Hope from the
// Tide Trust", "read the report from the Tide Trust".
func (v *view) ofAnother(x *pair) bool {
	i := x.b.From - 1
	if v.lower(i, x.b.From) == "the" {
		i--
	}
	if v.lower(i, x.b.From) != "from" || i-2 < x.p.To {
		return false
	}
	name, before := v.At(i-1, x.b.From), v.At(i-2, x.b.From)
	if name != nil && fromElsewhere[name.Lower] {
		return true
	}
	return name != nil && before != nil && name.Capital() && name.Class&gazetteer.Forename != 0 && name.Class&gazetteer.OrgHead == 0 &&
		before.Shape == text.LowerShape && !text.Joins[before.Lower]
}

// beenThere reports whether the words before a body say that its time is over: "when I was at the Tide Trust", "I decided to leave it".
func (v *view) beenThere(x *pair, first int) bool {
	i := x.b.From - 1
	for ; i > first && (v.Toks[i].Lower == "the" || v.Toks[i].Lower == "my" || v.Toks[i].Lower == "our"); i-- {
	}
	if i < first {
		return false
	}
	switch w := v.Toks[i].Lower; w {
	case "leave":
		b := v.lower(i-1, x.b.From)
		return b == "to" || b == "i" || b == "we" || b == "had"
	case "left", "leaving", "quit":
		b := v.At(i-1, x.b.From)
		return b == nil || b.Lower != "the" && b.Lower != "a" && b.Lower != "far"
	case "at", "with", "for":
		told := false
		for k := i - 1; k >= max(first, i-5); k-- {
			switch v.Toks[k].Lower {
			case "was", "were", "worked":
				told = true
			case "when", "while", "back":
				return told
			}
		}
	}
	return false
}

// studied reports whether the words before a body say that somebody learnt there once: "a graduate of the Tide University".
func (v *view) studied(x *pair) bool {
	for i := x.b.From - 1; i >= x.b.From-6; i-- {
		t := v.At(i, x.b.From)
		if t == nil || t.Opens {
			return false
		}
		switch t.Lower {
		case "graduate", "graduated", "alumnus", "alumna", "alumni", "alum", "earned", "degree", "degrees", "studied":
			return true
		}
	}
	return false
}

// quotedIn reports whether a line tells only who said something, and where it stood: "– Jane Roe in The Quay Courier".
func (v *view) quotedIn(x *pair) bool {
	before := v.At(x.p.From-1, x.p.From)
	if before == nil || before.Text != "–" && before.Text != "—" && before.Text != "-" {
		return false
	}
	i := x.p.To
	if v.lower(i, x.p.From) == "," {
		i++
	}
	if v.lower(i, x.p.From) != "in" {
		return false
	}
	if i++; v.lower(i, x.p.From) == "the" {
		i++
	}
	return i == x.b.From
}

// anothersOffice reports whether the office between a body and a person is that of somebody met: "in conversation with the Dock
// Union's General Secretary, Jane discussed the cranes", where what Jane did goes on.
func (v *view) anothersOffice(x *pair, from, to int) bool {
	if to-from < 2 || v.Toks[to-1].Text != "," {
		return false
	}
	i := x.b.From - 1
	if v.lower(i, x.b.From) == "the" {
		i--
	}
	switch v.lower(i, x.b.From) {
	case "with", "by", "to", "from", "alongside":
	default:
		return false
	}
	office := false
	for k := from; k < to; k++ {
		office = office || v.Toks[k].Class&gazetteer.Role != 0
	}
	next := v.At(x.p.To, x.p.From)
	return office && next != nil && next.Shape == text.LowerShape && !text.Joins[next.Lower] && next.Lower != "who" &&
		next.Lower != "at" && next.Lower != "of" && next.Lower != "from"
}

// occasionHeads are the heads of names of occasions.
var occasionHeads = wordSet(`conference summit seminar workshop webinar symposium forum hearing inquiry committee panel roundtable meeting
	podcast hustings debate festival congress assembly fringe meetup lecture event launch session
	town-hall townhall convention unconference camp konferenz tagung conférence colloque atelier`)

// occasion is where somebody spoke, as the sentence at a place tells it; nil on the page of an event, and where nothing is told.
func (v *view) occasion(f names.Found) *ingest.Occasion {
	if v.Page.Genre == ingest.EventGenre || v.Page.Genre == ingest.MinutesGenre || v.Page.Kind == ingest.EventPage {
		return nil
	}
	from, to := v.item(f)
	var o ingest.Occasion
	for i := from; i < to && o.Name == ""; i++ {
		switch v.Toks[i].Lower {
		case "at", "in", "on", "during", "to", "for", "with", "bei", "auf":
			o.Name = v.occasionName(i+1, to)
		}
	}
	for i := from; i < to; i++ {
		if l := v.Toks[i].Link; l > 0 && o.Page == "" {
			dir, _, _ := text.CutLast(v.Page.Links[l-1].Page)
			if text.HasAny(dir, "event", "talk", "webinar", "seminar", "meeting") {
				o.Page = v.Page.Links[l-1].Page
				if o.Name == "" {
					end := i
					for end < to && v.Toks[end].Link == l {
						end++
					}
					o.Name = v.Name(i, end)
				}
			}
		}
	}
	o.Date = v.dateIn(from, to)
	if o == (ingest.Occasion{}) {
		return nil
	}
	return &o
}

// item is the part of the sentence at a place that tells of one thing: digests join several by dots, semicolons and "while".
func (v *view) item(f names.Found) (from, to int) {
	first, last := v.Sentence(f.From)
	parts := func(i int) bool {
		t := &v.Toks[i]
		return t.Text == ";" || t.Text == "…" || strings.HasPrefix(t.Text, "..") || t.Lower == "while" || t.Lower == "whilst" ||
			t.Text == "." && i > first && v.Toks[i-1].Text == "."
	}
	for from = f.From; from > first && !parts(from-1); from-- {
	}
	for to = f.To; to < last && !parts(to); to++ {
	}
	return from, to
}

// occasionName reads the name of an occasion from a token on: words up to the head, and a name that goes on after it.
func (v *view) occasionName(from, to int) string {
	for from < to && (v.Toks[from].Lower == "the" || v.Toks[from].Lower == "a" || v.Toks[from].Lower == "an" || v.Toks[from].Lower == "this" ||
		v.Toks[from].Lower == "our") {
		from++
	}
	head := -1
	for i := from; i < min(to, from+9); i++ {
		t := &v.Toks[i]
		if t.Shape == text.MarkShape && t.Text != "&" && t.Text != "'" && t.Text != "’" && t.Text != "-" {
			break
		}
		if t.Shape == text.LowerShape && !text.Joins[t.Lower] && !occasionHeads[t.Lower] && i > from {
			break
		}
		if occasionHeads[t.Lower] {
			head = i
		}
	}
	if head < 0 {
		return ""
	}
	if head == from || partOf(v.Toks[from].Lower) != "" { // "the panel" is no name, nor is "chair the panel"
		return ""
	}
	end := head + 1
	for end < min(to, head+4) && (v.Toks[end].Shape == text.NumberShape && len(v.Toks[end].Text) == 4) {
		end++
	}
	return v.Name(from, end)
}

// dateIn reads a date with its year in a range of tokens: "12 May 2024", "May 12, 2024", "May 2024"; "" if there is none.
func (v *view) dateIn(from, to int) string {
	for i := from; i < to; i++ {
		n := language.Month(v.Toks[i].Lower)
		if n == 0 || v.Toks[i].Shape == text.LowerShape {
			continue
		}
		month := fmt.Sprintf("%02d", n)
		day := ""
		if i > from {
			day = dayOf(v.Toks[i-1].Text)
		}
		for k := i + 1; k < min(to, i+5); k++ {
			w := v.Toks[k].Text
			if len(w) == 4 && (w[:2] == "20" || w[:2] == "19") && v.Toks[k].Shape == text.NumberShape {
				if day != "" {
					return w + "-" + month + "-" + day
				}
				return w + "-" + month
			}
			if d := dayOf(w); d != "" && day == "" {
				day = d
			} else if w != "," {
				break
			}
		}
	}
	return ""
}
