package names

import (
	"sort"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// countries lists the countries that a page names, by code.
func (v *View) Countries(names []Found) []ingest.CountryReference {
	inside := make([]tagger.Label, len(v.Toks))
	for _, f := range names {
		for i := f.From; i < f.To; i++ {
			inside[i] = f.Kind
		}
	}
	byCode := map[string]*ingest.CountryReference{}
	best := map[string]gazetteer.Form{}
	for i := 0; i < len(v.Toks); i++ {
		c := &v.Hints[i]
		if c.Place == gazetteer.NoPlace || c.PlaceIn {
			continue
		}
		end := i + 1
		for end < len(v.Toks) && v.Hints[end].PlaceIn && v.Hints[end].Country == c.Country {
			end++
		}
		confidence, ok := v.country(i, end, c.Country, inside)
		if !ok {
			continue
		}
		r := byCode[c.Country.Code]
		if r == nil {
			r = &ingest.CountryReference{Code: c.Country.Code, Reference: ingest.Reference{Name: v.Words.Country(c.Country.Code)}}
			byCode[c.Country.Code] = r
			best[c.Country.Code] = c.Place
		}
		best[r.Code] = min(best[r.Code], c.Place)
		r.Confidence = max(r.Confidence, confidence)
		r.Mentions = append(r.Mentions, ingest.Mention{Span: v.Span(i, end), Text: v.Text(i, end), Rule: formRule(c.Place),
			Confidence: confidence})
	}
	out := make([]ingest.CountryReference, 0, len(byCode))
	for code, r := range byCode {
		r.Form = formRule(best[code])
		out = append(out, *r)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Code < out[j].Code })
	return out
}

func formRule(f gazetteer.Form) string {
	switch f {
	case gazetteer.ByName:
		return "name"
	case gazetteer.Demonym:
		return "demonym"
	}
	return "place"
}

var regions = map[string]bool{"latin": true, "south": true, "north": true, "central": true, "african": true, "afro": true, "pan": true,
	"native": true}

// country judges one occurrence of a place's name: whether it says that the page is about that country, and how surely.
func (v *View) country(from, to int, p gazetteer.Place, inside []tagger.Label) (float64, bool) {
	before, after := v.At(from-1, from), v.At(to, from)
	first := &v.Toks[from]
	kind := inside[from]
	if kind == tagger.BeginPerson || p.Form == gazetteer.MaybeCity {
		return 0, false
	}
	word := first.Lower
	if before != nil && first.Spaced && before.Text == "-" {
		before = v.At(from-2, from)
	}
	switch {
	case before != nil && (word == "america" || strings.HasPrefix(word, "american")) && regions[before.Lower],
		before != nil && before.Lower == "new" && before.Capital() && !strings.HasPrefix(v.Text(from, to), "New"),
		first.Text == "US" && v.shouting(from),
		before != nil && alwaysTitles[strings.TrimSuffix(before.Lower, ".")] && before.Capital() && p.Form == gazetteer.ByName,
		after != nil && after.Lower == "ocean":
		return 0, false
	}
	if v.dish(to, from) {
		return 0, false
	}
	if p.Form == gazetteer.Demonym {
		if v.language(from, to) || v.tongue(from, to) || v.subject(from) {
			return 0, false
		}
		if after != nil && (after.Lower == "language" || after.Lower == "translation" || after.Lower == "version" || after.Lower == "text" ||
			after.Lower == "speaking" || after.Lower == "speakers" || after.Lower == "speaker") ||
			before != nil && (before.Lower == "in" || before.Lower == "into" || before.Lower == "speak" || before.Lower == "speaks" ||
				before.Lower == "and" && p.Doubt) && (after == nil || after.Shape == text.MarkShape || after.Lower == "and" || after.Lower == "or") {
			return 0, false
		}
		if p.Doubt && (after == nil || after.Shape != text.LowerShape || text.Joins[after.Lower]) {
			return 0, false
		}
	}
	if p.Form == gazetteer.CityOf {
		if kind == tagger.BeginOrganisation || kind == tagger.BeginOther {
			return 0.5, false
		}
		if after != nil && after.Capital() && after.Spaced && after.Class&gazetteer.Common == 0 && v.Hints[to].Place == gazetteer.NoPlace {
			return 0, false
		}
		return 0.8, true
	}
	if p.Doubt && p.Form == gazetteer.ByName {
		if kind == tagger.BeginOrganisation || kind == tagger.BeginOther {
			return 0, false
		}
		near := before != nil && (before.Lower == "in" || before.Lower == "from" || before.Lower == "to" || before.Lower == "across" ||
			before.Lower == "of" || before.Text == "," || before.Lower == "and")
		if !near || after != nil && after.Capital() && after.Spaced || first.Class&(gazetteer.Forename|gazetteer.Surname) != 0 &&
			kind != tagger.BeginPlace {
			return 0, false
		}
		return 0.7, true
	}
	// a surname or forename next to it: "Susan Oman", "India Walton"
	if kind != tagger.BeginPlace && kind != tagger.BeginOrganisation && to-from == 1 && p.Form == gazetteer.ByName &&
		first.Shape == text.TitleShape {
		if before != nil && first.Spaced && before.Shape == text.TitleShape && before.Class&gazetteer.Forename != 0 &&
			before.Class&gazetteer.Common == 0 && !before.Opens ||
			after != nil && after.Spaced && after.Shape == text.TitleShape && after.Class&gazetteer.Surname != 0 &&
				after.Class&(gazetteer.Common|gazetteer.OrgHead) == 0 {
			return 0, false
		}
	}
	return 0.95, true
}

// language reports whether a demonym stands for a language in a list of them: "in Spanish, French and Portuguese".
func (v *View) language(from, to int) bool {
	if t := v.At(to, from); t != nil && (t.Shape == text.LowerShape && !text.Joins[t.Lower] && t.Lower != "or" || t.Capital()) {
		return false
	}
	i := from - 1
	for v.At(i, from) != nil && (v.Hints[i].Place == gazetteer.Demonym || v.Toks[i].Text == "," || v.Toks[i].Lower == "and" ||
		v.Toks[i].Lower == "or") {
		i--
	}
	t := v.At(i, from)
	return t != nil && (t.Lower == "in" || t.Lower == "into" || t.Lower == "speaks" || t.Lower == "speak" || t.Lower == "from")
}

// shouting reports whether the block of token i is all in capitals.
func (v *View) shouting(i int) bool {
	s := v.Blocks[v.Toks[i].Block]
	for j := s.From; j < s.To; j++ {
		if v.Toks[j].Shape == text.LowerShape || v.Toks[j].Shape == text.TitleShape {
			return false
		}
	}
	return s.To-s.From > 1
}
