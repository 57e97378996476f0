package ties

import (
	"fmt"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/language"
)

// guestWords are what somebody is at an occasion: no office.
var guestWords = fold.Set(`speaker speakers keynote guest panellist panelist respondent presenter audience speech presentation talk panel`)

// awayWords are where somebody is for a while: "away at the Quay Fair".
var awayWords = fold.Set(`away off over down back`)

// cameTo reports whether the body of a pair is named as whose occasion the person came to: "speaking at the Quay Courier / Harbour
// Symposium", "keynote speaker at the ICO's annual conference", "was at the Tide University for a conference".
func (v *view) cameTo(x *pair, from int) bool {
	prep := x.b.From - 1
	if v.lower(prep, x.b.From) == "(" && v.lower(x.b.To, x.b.From) == ")" { // the short form behind the name
		for prep--; prep >= from && (v.Toks[prep].Capital() || v.Toks[prep].Lower == "of" || v.Toks[prep].Lower == "for"); prep-- {
		}
	}
	for ; prep >= from && (v.Toks[prep].Lower == "the" || v.Toks[prep].Lower == "a" || v.Toks[prep].Lower == "an"); prep-- {
	}
	t := v.At(prep, x.b.From)
	if t == nil || prep < from {
		return false
	}
	if comeVerbs[t.Lower] {
		return v.leadsToOccasion(x.b.To, x.b.From)
	}
	if t.Lower != "at" && t.Lower != "for" && t.Lower != "to" && t.Lower != "in" {
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

// comeVerbs stand directly before an occasion that somebody came to.
var comeVerbs = fold.Set(`attend attends attended attending visit visited visiting joined joining hosted hosting watched`)

// leadsToOccasion reports whether what follows token i, past a short form in brackets, goes on to name an occasion: "'s annual conference",
// "/ Harbour Symposium", "(HS) summit".
func (v *view) leadsToOccasion(i, near int) bool {
	const longest = 7
	switch {
	case v.lower(i, near) == "(" && v.lower(i+2, near) == ")":
		i += 3
	case v.lower(i, near) == ")":
		i++
	}
	for k := i; k < i+longest; k++ {
		t := v.At(k, near)
		if t == nil || t.Opens {
			return false
		}
		switch w := t.Lower; {
		case w == "panel" && k == i, gatherings[w], occasionHeads[w] && w != "committee" && w != "inquiry" && w != "panel":
			return true
		case w == "s", w == "'s", w == "’s", w == "’", w == "'", w == "/", w == "&":
		case t.Shape == text.MarkShape, t.Class&gazetteer.Role != 0, w == "of", w == "in", w == "for", w == "to", w == "and", w == "on",
			w == "with":
			return false
		}
	}
	return false
}

// occasionHeads are the heads of names of occasions.
var occasionHeads = fold.Set(`conference summit seminar workshop webinar symposium forum hearing inquiry committee panel roundtable meeting
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
