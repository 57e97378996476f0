package names

import (
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

var (
	firmEnds  = fold.SetOf("co", "co.", "company", "sons", "daughters", "brothers", "bros", "bros.", "partners", "associates", "söhne", "fils")
	legalForm = fold.SetOf("ltd", "ltd.", "limited", "llp", "llc", "inc", "inc.", "plc", "gmbh", "kg", "ag", "ohg", "bv", "b.v.",
		"nv", "sa", "s.a.",
		"sarl", "srl", "spa", "oy", "ab", "as", "a/s", "aps", "sas", "ltda", "ltda.", "pty", "bhd", "co", "co.", "kgaa", "ev", "e.v.")
	leadsTo = fold.SetOf("of", "at", "from", "by", "with", "for", "(", "joined", "für", "von", "bei", "chez", "de", "del", "van", "bij")
)

// firms finds bodies whose names run over "&", "and" and commas: "Tallow & Wick Ltd", "Gauge GmbH & Co. KG", "Tallow, Wick & Co",
// "Alder and Sons".
func (v *View) firms(all []Found) []Found {
	var out []Found
	for i := 1; i+1 < len(v.Toks); i++ {
		t, next := &v.Toks[i], v.At(i+1, i)
		partners := next != nil && firmEnds[next.Lower]
		if next == nil || v.At(i-1, i) == nil || !t.Spaced || !next.Spaced || next.Line || !next.Capital() || !v.Toks[i-1].Capital() ||
			!(t.Text == "&" || t.Lower == "and" && partners) {
			continue
		}
		from, end := i-1, i+2
		for from > 0 && i-from < 4 && v.At(from-1, i) != nil && v.Toks[from].Spaced && !v.Toks[from].Line && v.Toks[from-1].Capital() &&
			v.Toks[from-1].Class&gazetteer.Role == 0 {
			from--
		}
		for v.At(end, i) != nil && end-i < 5 && v.Toks[end].Spaced && !v.Toks[end].Line && v.Toks[end].Capital() &&
			v.Toks[end].Class&gazetteer.Role == 0 {
			end++
		}
		ended := legalForm[v.Toks[end-1].Lower] && v.Toks[end-1].Capital() && end-i > 2
		if (partners || ended) && from == i-1 && v.namedAlone(from-2, i) {
			from -= 2
		}
		legal := partners
		for j := from; j < end; j++ {
			legal = legal || j > from && legalForm[v.Toks[j].Lower] && v.Toks[j].Capital()
		}
		if v.joins(all, from, i, end, legal) {
			f := Found{From: from, To: end, Kind: tagger.BeginOrganisation, Rule: "body-suffix", Confidence: sure}
			v.trim(&f)
			out = append(out, f)
			i = end
		}
	}
	return out
}

// namedAlone reports whether the one capitalised word at token i is the first of a firm's partners, "of [Tallow], Wick & Co": a comma is
// behind it, and before it no word that it goes with, as in "Jane [Tallow], Wick & Co".
func (v *View) namedAlone(i, block int) bool {
	t, before := v.At(i, block), v.At(i-1, block)
	return t != nil && t.Capital() && t.Class&gazetteer.Role == 0 && v.lower(i+1, block) == "," && v.Toks[i+2].Spaced &&
		(before == nil || !before.Capital() && before.Class&gazetteer.Particle == 0 || leadsTo[before.Lower])
}

// joins reports whether the words on both sides of token i are one firm's name.
func (v *View) joins(all []Found, from, i, end int, legal bool) bool {
	for j := from; j < end; {
		f, ok := over(all, j, end)
		if !ok {
			break
		}
		switch {
		case f.Kind == tagger.BeginOrganisation && f.From <= from && f.To >= end:
			return false // found already
		case f.Kind == tagger.BeginOrganisation:
			if v.whole(f.From, f.To) && !legal {
				return false
			}
		case f.Kind == tagger.BeginPerson && f.To-f.From > 1 && f.To <= i && !legal:
			return false // "Jane Roe & Harbour Trust"
		}
		j = f.To
	}
	if legal {
		return true
	}
	lead := v.At(from-1, i)
	if lead == nil || !leadsTo[lead.Lower] || i-from > 1 || end-i > 2 {
		return false
	}
	p, ok := ending(all, from-1)
	if !(ok && p.Kind == tagger.BeginPerson) && !(from > 1 && !ok && v.Hints[from-2].Rule.Person()) || v.Toks[from].Shape != text.TitleShape ||
		v.Toks[i+1].Shape != text.TitleShape {
		return false // only somebody's employer is sure to be one: "Jane Roe of Tallow & Wick"
	}
	if v.twoBodies(from, i, end) || v.headIn(from, i) >= 0 && v.headIn(i+1, end) >= 0 {
		return false
	}
	// "Research & Development" is no firm, nor are Mo & Jo
	rare := func(from, to int) bool {
		for j := from; j < to; j++ {
			if v.Toks[j].Class&gazetteer.Common == 0 && !v.plain(j) {
				return true
			}
		}
		return false
	}
	name := func(j int) bool {
		return v.Toks[j].Class&gazetteer.Forename != 0 && v.Toks[j].Class&gazetteer.Surname == 0
	}
	return rare(from, i) && rare(i+1, end) && !(i-from == 1 && end-i == 2 && name(from) && name(i+1))
}

// aroundBracket finds names whose short form stands before their last word: "International Tide Commons (ITC) Consortium".
func (v *View) aroundBracket(_ []Found) []Found {
	var out []Found
	for i := 1; i+3 < len(v.Toks); i++ {
		if v.Toks[i].Text != "(" || v.Toks[i+2].Text != ")" || v.At(i+3, i-1) == nil {
			continue
		}
		a, head := &v.Toks[i+1], &v.Toks[i+3]
		if a.Shape != text.UpperShape && a.Shape != text.MixedShape || !head.Spaced || !head.Capital() || head.Class&gazetteer.OrgHead == 0 {
			continue
		}
		if next := v.At(i+4, i); next != nil && (next.Spaced && next.Capital() || next.Lower == "of" || next.Lower == "for") {
			continue
		}
		if from := v.expansion(i, a.Text); from >= 0 {
			end := i + 4
			out = append(out, Found{From: from, To: end, Kind: tagger.BeginOrganisation, Rule: "acronym", Confidence: sure,
				Name: v.Name(from, i) + " " + v.Name(i+3, end), Also: []string{a.Text, v.Name(from, i)}})
		}
	}
	return out
}

// splitAll makes two of names that are two bodies' joined by "and".
func (v *View) splitAll(all []Found) []Found {
	out := all[:0:0]
	for _, f := range all {
		for f.Kind == tagger.BeginOrganisation && f.Name == "" && !v.whole(f.From, f.To) {
			i := v.seam(f)
			if i < 0 {
				break
			}
			left := f
			left.To = i
			f.From = i + 1
			v.trim(&left)
			v.trim(&f)
			out = append(out, left)
		}
		if f.From < f.To {
			out = append(out, f)
		}
	}
	return out
}

// seam returns the "and" at which a name is two, -1 if it is one: what stands before it is whole, because it ends in the
// head of a body's name or a well-known body's, or in capitals where the rest is not; and two words or more follow.
func (v *View) seam(f Found) int {
	for i := f.From + 1; i+1 < f.To; i++ {
		if t := &v.Toks[i]; t.Lower != "and" && t.Text != "&" && t.Lower != "und" && t.Lower != "et" && t.Lower != "y" {
			continue
		}
		right := i + 1
		if v.Toks[right].Lower == "the" {
			right++
		}
		if v.Hints[i].BodyIn || right >= f.To || !v.Toks[right].Capital() || firmEnds[v.Toks[right].Lower] {
			continue
		}
		words := func(from, to int) int {
			n := 0
			for j := from; j < to; j++ {
				if v.Toks[j].Capital() {
					n++
				}
			}
			return n
		}
		rare := func(from, to int) bool {
			for j := from; j < to; j++ {
				if v.Toks[j].Capital() && v.Toks[j].Class&gazetteer.Common == 0 && !v.plain(j) {
					return true
				}
			}
			return false
		}
		before, after := words(f.From, i), words(right, f.To)
		last := &v.Toks[i-1]
		town := i-f.From == 3 && v.Toks[f.From].Lower == "university" && v.Toks[f.From+1].Lower == "of" && after >= 2 &&
			v.Toks[f.To-1].Class&gazetteer.OrgHead != 0 // "University of Roe and Doe Bank"
		open := false // "Department for Trade and Industry"
		for j := f.From; j < i; j++ {
			open = open || v.Toks[j].Lower == "for" || v.Toks[j].Lower == "of" || v.Toks[j].Lower == "on"
		}
		head := last.Class&gazetteer.OrgHead != 0 && before >= 2 && !open
		known := v.whole(f.From, i)
		capitals := before >= 2
		for j := f.From; j < i; j++ {
			capitals = capitals && (v.Toks[j].Shape == text.UpperShape || text.Joins[v.Toks[j].Lower])
		}
		capitals = capitals && v.Toks[right].Shape == text.TitleShape && after >= 2
		own := v.headIn(right, f.To) >= 0 || v.whole(right, f.To) || after >= 3 || rare(right, f.To)
		switch {
		case known && !head && !v.whole(right, f.To) && !rare(right, f.To):
		case capitals, town, (head || known) && own && after >= 2,
			right > i+1 && (head || known || v.headIn(f.From, i) >= 0 && v.headIn(right, f.To) >= 0):
			return i
		}
	}
	return -1
}
