package extract

import (
	"slices"
	"strings"
	"sync"

	"rapporteur/ingest"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// found is a name in the text: a range of tokens of one block.
type found struct {
	from, to   int
	kind       tagger.Label // the label that opens it
	rule       string
	confidence float64
	short      bool // a person's name of one word
}

// scratch is the memory that tagging a page reuses.
type scratch struct {
	decoder tagger.Decoder
	buf     []uint32
	fs      [][]uint32
}

type scratches struct{ pool sync.Pool }

func (s *scratches) get() *scratch {
	if w, ok := s.pool.Get().(*scratch); ok {
		return w
	}
	return &scratch{}
}

// tag finds the names of a page by the model and mends their edges.
func (x *Extractor) tag(v *view) []found {
	w := x.scratch.get()
	defer x.scratch.pool.Put(w)
	var all []found
	for _, s := range v.blocks {
		if s.from == s.to {
			continue
		}
		w.buf, w.fs = v.features(s, w.buf[:0], w.fs[:0])
		for _, r := range x.models.Names.Runs(&w.decoder, w.fs, x.bias) {
			f := found{from: s.from + r.From, to: s.from + r.To, kind: r.Kind, rule: "tagger", confidence: r.Confidence}
			if rule := v.clues[f.from].rule; rule != noRule && !v.clues[f.from].inside && rule.person() == (r.Kind == tagger.BeginPerson) {
				f.rule = ruleNames[rule]
			}
			all = v.mend(all, f)
		}
		all = v.stated(all, s)
	}
	return all
}

// stated adds what the place says whatever the words look like: a slug under a person's key of the front matter, the whole
// of a field or cell that is headed as an organisation.
func (v *view) stated(all []found, s stretch) []found {
	free := len(all) == 0 || all[len(all)-1].to <= s.from
	f := found{from: s.from, to: s.to, rule: "front-matter", confidence: 0.9}
	switch {
	case v.clues[s.from].rule == fieldPerson && v.slug(f) && free:
		f.kind = tagger.BeginPerson
		return append(all, f)
	case v.statesBody(int(v.toks[s.from].block)) && s.to-s.from <= 10 && v.toks[s.from].capital() && v.index(s.from, s.to, ",") < 0 && v.index(s.from, s.to, ";") < 0:
		for !free && all[len(all)-1].from >= s.from {
			if all = all[:len(all)-1]; len(all) == 0 {
				break
			}
		}
		f.kind = tagger.BeginOrganisation
		return append(all, f)
	}
	return all
}

// statesBody reports whether a block is a field or a cell that is headed as an organisation.
func (v *view) statesBody(block int) bool {
	bl := &v.page.Blocks[block]
	switch bl.Kind {
	case ingest.FieldBlock:
		return bodyKeys[strings.ToLower(lastKey(bl.Key))]
	case ingest.CellBlock:
		head := v.columnHead(int32(block))
		if head < 0 {
			return false
		}
		for i := v.blocks[head].from; i < v.blocks[head].to; i++ {
			if bodyKeys[v.toks[i].lower] {
				return true
			}
		}
	}
	return false
}

// mend repairs the edges of a name and appends what is left of it: none, one or two names.
func (v *view) mend(all []found, f found) []found {
	for i := f.from + 1; i < f.to; i++ {
		if v.toks[i].line { // no name runs over a line break
			rest := f
			f.to, rest.from = i, i
			all = v.mend(all, f)
			if f.kind == tagger.BeginPerson || v.toks[rest.from].class&gazetteer.Month == 0 {
				all = v.mend(all, rest)
			}
			return all
		}
	}
	v.trim(&f)
	if f.from >= f.to {
		return all
	}
	switch f.kind {
	case tagger.BeginPerson:
		return v.mendPerson(all, f)
	case tagger.BeginOrganisation:
		return v.mendBody(all, f)
	}
	return append(all, f)
}

// trim takes marks, small words and titles off both ends.
func (v *view) trim(f *found) {
	for f.from < f.to {
		t := &v.toks[f.from]
		if t.shape == markShape && t.text != "@" || t.lower == "the" || t.lower == "and" || t.lower == "a" || t.lower == "of" || t.lower == "by" ||
			f.kind == tagger.BeginPerson && t.class&gazetteer.Title != 0 && f.to-f.from > 1 && t.class&gazetteer.Forename == 0 {
			f.from++
			continue
		}
		break
	}
	for f.to > f.from {
		t := &v.toks[f.to-1]
		switch {
		case t.shape == markShape && !(t.text == ")" && v.opensBracket(f.from, f.to-1)),
			t.shape == lowerShape && (joins[t.lower] || f.kind == tagger.BeginPerson && t.class&gazetteer.Particle != 0),
			t.lower == "s" && f.to-1 > f.from && (v.toks[f.to-2].text == "'" || v.toks[f.to-2].text == "’"):
			f.to--
			continue
		}
		break
	}
}

func (v *view) opensBracket(from, to int) bool {
	for i := from; i < to; i++ {
		if v.toks[i].text == "(" {
			return true
		}
	}
	return false
}

func (v *view) mendPerson(all []found, f found) []found {
	v.lengthen(&f)
	// "12 June Jane Roe"
	if t := v.at(f.from-1, f.from); f.to-f.from > 2 && v.toks[f.from].class&gazetteer.Month != 0 && t != nil && t.shape == numberShape {
		f.from++
	}
	v.nickname(&f)
	// post-nominals and everything after a mark that is no part of a name
	for i := f.from + 1; i < f.to; i++ {
		t := &v.toks[i]
		if t.shape == markShape && t.text != "." && t.text != "-" && t.text != "'" && t.text != "’" && t.text != "\"" && t.text != "“" && t.text != "”" && t.text != "(" && t.text != ")" ||
			t.class&gazetteer.PostNominal != 0 && t.shape == upperShape && i > f.from+1 {
			f.to = i
			break
		}
	}
	v.trim(&f)
	capitals, letters := 0, 0
	for i := f.from; i < f.to; i++ {
		t := &v.toks[i]
		if t.capital() || t.shape == otherShape {
			capitals++
		}
		letters += len(t.text)
		if t.shape == addressShape || t.shape == numberShape {
			return all
		}
	}
	if f.from >= f.to || letters < 2 {
		return all
	}
	first := &v.toks[f.from]
	if capitals == 0 && first.shape != handleShape && v.clues[f.from].rule != fieldPerson {
		return all
	}
	f.short = f.to-f.from == 1
	return append(all, f)
}

func (v *view) mendBody(all []found, f found) []found {
	// "Open Government Partnership (OGP)" is two mentions
	for i := f.from + 1; i < f.to; i++ {
		if v.toks[i].text == "(" {
			left, right := f, f
			left.to, right.from = i, i+1
			for right.to > right.from && v.toks[right.to-1].text == ")" {
				right.to--
			}
			if j := v.index(right.from, right.to, ")"); j >= 0 {
				right.to = j
			}
			all = v.mendBody(all, left)
			if right.from < right.to && v.toks[right.from].capital() && !(right.to-right.from == 1 && pluralAcronym(v.toks[right.from].text)) {
				right.rule = "acronym"
				all = append(all, right)
			}
			return all
		}
	}
	v.trim(&f)
	if f.from >= f.to {
		return all
	}
	v.widen(&f)
	v.narrow(&f)
	if f.from >= f.to || v.countryCode(f) {
		return all
	}
	// "University of Roe's Harbour Lab", "Code for Roe's Brigade Network" are two bodies
	for i := f.from + 1; i+2 < f.to; i++ {
		if t := &v.toks[i]; (t.text == "'" || t.text == "’") && v.toks[i+1].lower == "s" && v.headIn(i+2, f.to) >= 0 && (v.whole(f.from, i) || v.toks[f.from].lower == "university") {
			left, right := f, f
			left.to, right.from = i, i+2
			return v.mendBody(append(all, left), right)
		}
	}
	// "Ministry of Truth and Roe Institute"; "TUC and CWU"
	for i := f.from + 1; i+1 < f.to; i++ {
		t := &v.toks[i]
		if next := &v.toks[i+1]; (t.lower == "and" || t.text == "&" || t.text == ",") && (v.clues[i+1].rule.person() && !v.clues[i+1].inside || next.class&gazetteer.OrgHead == 0 && v.headIn(f.from, i) >= 0 && v.roleSoon(i+1)) {
			f.to = i // a person or a role follows
			break
		}
		if (t.lower == "and" || t.text == "&" || t.text == ",") && v.twoBodies(f.from, i, f.to) {
			left, right := f, f
			left.to, right.from = i, i+1
			return v.mendBody(append(all, left), right)
		}
	}
	if t := &v.toks[f.from]; f.to-f.from == 1 && (pluralAcronym(t.text) || t.shape == lowerShape || t.shape == numberShape || t.class&(gazetteer.Month|gazetteer.Role|gazetteer.Title) != 0 && t.shape == titleShape) {
		return all
	}
	if c := &v.clues[f.from]; (c.place == gazetteer.ByName || c.place == gazetteer.Demonym || c.place == gazetteer.CityOf) && !c.placeIn {
		end := f.from + 1
		for end < f.to && v.clues[end].placeIn {
			end++
		}
		if end == f.to { // a country's or city's name and no more
			f.kind = tagger.BeginPlace
		}
	}
	return append(all, f)
}

// pluralAcronym reports whether a word is an acronym with a plural's s: NGOs, APIs.
func pluralAcronym(s string) bool {
	stem, ok := strings.CutSuffix(s, "s")
	return ok && len(stem) > 1 && stem == strings.ToUpper(stem) && !strings.ContainsAny(stem, "0123456789.")
}

// roleSoon reports whether a role begins at token i: "Director", "Visiting research fellow".
func (v *view) roleSoon(i int) bool {
	for j := i; j < i+3 && v.at(j, i) != nil && v.toks[j].class&gazetteer.OrgHead == 0 && v.toks[j].word(); j++ {
		if v.toks[j].class&gazetteer.Role != 0 {
			return j == i || v.toks[j].shape == lowerShape
		}
	}
	return false
}

func (v *view) hasAnd(from, to int) bool {
	for i := from; i < to; i++ {
		if v.toks[i].lower == "and" || v.toks[i].text == "&" {
			return true
		}
	}
	return false
}

func (v *view) index(from, to int, text string) int {
	for i := from; i < to; i++ {
		if v.toks[i].text == text {
			return i
		}
	}
	return -1
}

// twoBodies reports whether what stands on both sides of the "and" at token i is a body's name by itself: both are
// acronyms, or both have a head of their own and the left one does not need the right one ("Department for Science and Technology").
func (v *view) twoBodies(from, i, to int) bool {
	if v.upper(from, i) && v.upper(i+1, to) {
		return true
	}
	left, right := v.headIn(from, i), v.headIn(i+1, to)
	if v.clues[from].uni && v.clues[i-1].uni && (!v.clues[i].uni || !v.clues[i+1].uni) {
		return true
	}
	// "University of Montreal and Mila": a place closes the name
	if right := v.clues[i+1].place; left >= 0 && v.clues[i-1].place != gazetteer.NoPlace && v.clues[i-1].place != gazetteer.Demonym && (right == gazetteer.NoPlace || right == gazetteer.MaybeCity) {
		return true
	}
	if left < 0 || right < 0 {
		return false
	}
	// an "of" or "for" open on the left takes the right in, unless the right begins anew with a head and its own "of"
	open := false
	for j := left + 1; j < i; j++ {
		open = open || v.toks[j].lower == "of" || v.toks[j].lower == "for"
	}
	if open {
		return right == i+1 || v.toks[i+1].lower == "the"
	}
	return i-from >= 2 && to-i-1 >= 2
}

func (v *view) upper(from, to int) bool { return to-from == 1 && v.toks[from].shape == upperShape }

func (v *view) headIn(from, to int) int {
	for j := from; j < to; j++ {
		if v.toks[j].class&gazetteer.OrgHead != 0 && v.toks[j].capital() {
			return j
		}
	}
	return -1
}

// name is the text of a range of tokens with white space folded.
func (v *view) name(from, to int) string {
	return strings.Join(strings.Fields(v.text(from, to)), " ")
}

// sortFound puts names in the order of the text.
func sortFound(all []found) {
	slices.SortStableFunc(all, func(a, b found) int { return a.from - b.from })
}
