package names

import (
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// Months that stand before a name, and months that are given names.

// dated takes a month off the front of a name: "the 14th of [May] Truvora".
func (v *View) dated(f *Found) {
	if v.Toks[f.From].Class&gazetteer.Month == 0 || f.To-f.From < 2 {
		return
	}
	t := v.At(f.From-1, f.From)
	if t != nil && t.Lower == "of" {
		t = v.At(f.From-2, f.From)
	}
	if t == nil || t.Shape != text.NumberShape {
		return
	}
	f.From++
	if f.To-f.From > 1 {
		return
	}
	if v.Toks[f.From].Class&(gazetteer.Forename|gazetteer.Surname) == 0 {
		f.Kind, f.Short = tagger.BeginOrganisation, false
	} else {
		f.Short = true
	}
}

// monthGiven are months that are given names too.
var monthGiven = set("april", "may", "june", "august", "avril", "maj")

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
var chairs = set("chairs", "chaired", "moderates", "moderated", "spoke", "speaks", "said", "says", "replied", "hosts", "facilitated",
	"responded")
