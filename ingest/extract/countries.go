package extract

import (
	"sort"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// countries lists the countries that a page names, by code.
func (v *view) countries(names []found) []ingest.CountryReference {
	inside := make([]tagger.Label, len(v.toks))
	for _, f := range names {
		for i := f.from; i < f.to; i++ {
			inside[i] = f.kind
		}
	}
	byCode := map[string]*ingest.CountryReference{}
	best := map[string]gazetteer.Form{}
	for i := 0; i < len(v.toks); i++ {
		c := &v.clues[i]
		if c.place == gazetteer.NoPlace || c.placeIn {
			continue
		}
		end := i + 1
		for end < len(v.toks) && v.clues[end].placeIn && v.clues[end].country == c.country {
			end++
		}
		confidence, ok := v.country(i, end, c.country, inside)
		if !ok {
			continue
		}
		r := byCode[c.country.Code]
		if r == nil {
			r = &ingest.CountryReference{Code: c.country.Code, Reference: ingest.Reference{Name: v.words.Country(c.country.Code)}}
			byCode[c.country.Code] = r
			best[c.country.Code] = c.place
		}
		best[r.Code] = min(best[r.Code], c.place)
		r.Confidence = max(r.Confidence, confidence)
		r.Mentions = append(r.Mentions, ingest.Mention{Span: v.span(i, end), Text: v.text(i, end), Rule: formRule(c.place), Confidence: confidence})
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

var regions = map[string]bool{"latin": true, "south": true, "north": true, "central": true, "african": true, "afro": true, "pan": true, "native": true}

// country judges one occurrence of a place's name: whether it says that the page is about that country, and how surely.
func (v *view) country(from, to int, p gazetteer.Place, inside []tagger.Label) (float64, bool) {
	before, after := v.at(from-1, from), v.at(to, from)
	first := &v.toks[from]
	kind := inside[from]
	if kind == tagger.BeginPerson || p.Form == gazetteer.MaybeCity {
		return 0, false
	}
	word := first.lower
	if before != nil && first.spaced && before.text == "-" {
		before = v.at(from-2, from)
	}
	switch {
	case before != nil && (word == "america" || strings.HasPrefix(word, "american")) && regions[before.lower],
		before != nil && before.lower == "new" && before.capital() && !strings.HasPrefix(v.text(from, to), "New"),
		first.text == "US" && v.shouting(from),
		after != nil && after.lower == "ocean":
		return 0, false
	}
	if p.Form == gazetteer.Demonym {
		if v.language(from, to) {
			return 0, false
		}
		if after != nil && (after.lower == "language" || after.lower == "translation" || after.lower == "version" || after.lower == "text" || after.lower == "speaking" || after.lower == "speakers" || after.lower == "speaker") ||
			before != nil && (before.lower == "in" || before.lower == "into" || before.lower == "speak" || before.lower == "speaks" || before.lower == "and" && p.Doubt) && (after == nil || after.shape == markShape || after.lower == "and" || after.lower == "or") {
			return 0, false
		}
		if p.Doubt && (after == nil || after.shape != lowerShape || joins[after.lower]) {
			return 0, false
		}
	}
	if p.Form == gazetteer.CityOf {
		if kind == tagger.BeginOrganisation || kind == tagger.BeginOther {
			return 0.5, false
		}
		if after != nil && after.capital() && after.spaced && after.class&gazetteer.Common == 0 && v.clues[to].place == gazetteer.NoPlace {
			return 0, false
		}
		return 0.8, true
	}
	if p.Doubt && p.Form == gazetteer.ByName {
		if kind == tagger.BeginOrganisation || kind == tagger.BeginOther {
			return 0, false
		}
		near := before != nil && (before.lower == "in" || before.lower == "from" || before.lower == "to" || before.lower == "across" || before.lower == "of" || before.text == "," || before.lower == "and")
		if !near || after != nil && after.capital() && after.spaced || first.class&(gazetteer.Forename|gazetteer.Surname) != 0 && kind != tagger.BeginPlace {
			return 0, false
		}
		return 0.7, true
	}
	// a surname or forename next to it: "Susan Oman", "India Walton"
	if kind != tagger.BeginPlace && kind != tagger.BeginOrganisation && to-from == 1 && p.Form == gazetteer.ByName && first.shape == titleShape {
		if before != nil && first.spaced && before.shape == titleShape && before.class&gazetteer.Forename != 0 && before.class&gazetteer.Common == 0 && !before.opens ||
			after != nil && after.spaced && after.shape == titleShape && after.class&gazetteer.Surname != 0 && after.class&(gazetteer.Common|gazetteer.OrgHead) == 0 {
			return 0, false
		}
	}
	return 0.95, true
}

// language reports whether a demonym stands for a language in a list of them: "in Spanish, French and Portuguese".
func (v *view) language(from, to int) bool {
	if t := v.at(to, from); t != nil && (t.shape == lowerShape && !joins[t.lower] && t.lower != "or" || t.capital()) {
		return false
	}
	i := from - 1
	for v.at(i, from) != nil && (v.clues[i].place == gazetteer.Demonym || v.toks[i].text == "," || v.toks[i].lower == "and" || v.toks[i].lower == "or") {
		i--
	}
	t := v.at(i, from)
	return t != nil && (t.lower == "in" || t.lower == "into" || t.lower == "speaks" || t.lower == "speak" || t.lower == "from")
}

// shouting reports whether the block of token i is all in capitals.
func (v *view) shouting(i int) bool {
	s := v.blocks[v.toks[i].block]
	for j := s.from; j < s.to; j++ {
		if v.toks[j].shape == lowerShape || v.toks[j].shape == titleShape {
			return false
		}
	}
	return s.to-s.from > 1
}
