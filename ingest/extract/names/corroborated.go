package names

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/language"
	"rapporteur/ingest/tagger"
)

// The models have learnt English. In other languages what they take for a name counts only if something else says so too:
// the front matter, a link, a known given name, the word for a kind of body, a bracket after a person. What one place says
// counts for all places of the page that hold the same words.

// corroborated leaves out the names of blocks in other languages that have no second witness.
func (v *View) corroborated(found []Found) []Found {
	foreign := false
	for _, f := range found {
		foreign = foreign || v.written(f).Depth != language.Full
	}
	if !foreign {
		return found
	}
	type named struct {
		kind tagger.Label
		key  string
	}
	sure := map[named]bool{}
	words := map[string]bool{} // of the people's full names
	good := make([]bool, len(found))
	for i, f := range found {
		if v.bounds(&found[i]); found[i].From >= found[i].To {
			continue
		}
		f = found[i]
		switch f.Kind {
		case tagger.BeginPerson:
			good[i] = v.written(f).Depth == language.Full || v.sureOfPerson(f)
		case tagger.BeginOrganisation:
			good[i] = v.written(f).Depth == language.Full || v.sureOfBody(f, found, i)
		default:
			good[i] = true
		}
		if good[i] {
			sure[named{f.Kind, fold.Name(v.Text(f.From, f.To))}] = true
			if f.Kind == tagger.BeginPerson && f.To-f.From > 1 {
				for k := f.From; k < f.To; k++ {
					words[v.Toks[k].Lower] = true
				}
			}
		}
	}
	out := found[:0]
	for i, f := range found {
		if f.From >= f.To {
			continue
		}
		if good[i] || sure[named{f.Kind, fold.Name(v.Text(f.From, f.To))}] || f.Kind == tagger.BeginPerson && f.To-f.From == 1 &&
			words[v.Toks[f.From].Lower] {
			out = append(out, f)
			continue
		}
		v.Held++
	}
	return out
}

// written is the language that the block of a name is written in.
func (v *View) written(f Found) *language.Language { return v.Language(int(v.Toks[f.From].Block)) }

// bounds takes articles and other small words of a block's language off both ends of a name, and ends it before a country.
func (v *View) bounds(f *Found) {
	if v.written(*f).Depth != language.Names {
		return
	}
	small := func(i int) bool {
		t := &v.Toks[i]
		return t.Known && t.Class&(gazetteer.OrgHead|gazetteer.Misc|gazetteer.Role|gazetteer.Title|gazetteer.Month) == 0 ||
			t.Shape == text.MarkShape && t.Text != ")" && t.Text != "."
	}
	for f.From < f.To && small(f.From) {
		f.From++
	}
	for f.To > f.From && small(f.To-1) {
		f.To--
	}
}

// sureOfPerson reports whether more than the models says that a name is a person's.
func (v *View) sureOfPerson(f Found) bool {
	if f.sure() {
		return true
	}
	bl, first, last := v.Block(f.From), &v.Toks[f.From], &v.Toks[f.To-1]
	rule := v.Hints[f.From].Rule
	stated := rule == text.FieldPerson || rule == text.LinkName || rule == text.TitledName ||
		bl.Kind == ingest.FieldBlock && (personKeys[strings.ToLower(text.LastKey(bl.Key))] || v.statesOneWord(v.Blocks[v.Toks[f.From].Block]))
	if stated {
		return true
	}
	if v.written(f).Depth == language.Structure {
		return rule == text.ItemName && first.Class&gazetteer.Forename != 0 || v.profile(f)
	}
	words := 0
	for i := f.From; i < f.To; i++ {
		t := &v.Toks[i]
		if t.Known && t.Class&(gazetteer.Particle|gazetteer.Forename|gazetteer.Surname) == 0 || t.Class&gazetteer.Misc != 0 &&
			t.Class&gazetteer.Surname == 0 || v.Hints[i].Place == gazetteer.ByName && t.Class&gazetteer.Surname == 0 {
			return false
		}
		if t.Capital() {
			words++
		}
	}
	if words < 2 {
		return false
	}
	given := first.Class&gazetteer.Forename != 0 && v.Small[first.Lower] == 0
	next := v.At(f.To, f.From)
	marked := next == nil && bl.Kind == ingest.ItemBlock ||
		next != nil && (next.Text == "(" || next.Text == ":" || next.Text == "," && v.roleSoon(f.To+1))
	switch {
	case given, v.profile(f):
		return true
	case v.written(f).Nouns:
		return marked && words <= 3 && f.Confidence > 0.8 && (rule == text.ItemName || bl.Kind == ingest.ParagraphBlock && next.Text == "(") &&
			!v.small(f)
	}
	return f.Confidence > 0.8 && !v.small(f) &&
		(marked || last.Class&gazetteer.Surname != 0 && first.Class&gazetteer.Common == 0 || !first.Opens && words <= 4)
}

// small reports whether a word of a name stands in small letters elsewhere on the page.
func (v *View) small(f Found) bool {
	for i := f.From; i < f.To; i++ {
		if t := &v.Toks[i]; t.Capital() && v.Small[t.Lower] > 0 {
			return true
		}
	}
	return false
}

// profile reports whether a name is the whole text of a link to somebody's page.
func (v *View) profile(f Found) bool { return v.linked(f) != nil && text.LinkSort(v.linked(f)) == 2 }

// linked is the link whose text a name is, nil if there is none.
func (v *View) linked(f Found) *ingest.Link {
	l := v.Toks[f.From].Link
	if l == 0 || !v.Toks[f.From].LinkOpens || v.Toks[f.To-1].Link != l {
		return nil
	}
	if next := v.At(f.To, f.From); next != nil && next.Link == l {
		return nil
	}
	return &v.Page.Links[l-1]
}

// sureOfBody reports whether more than the models says that a name, the i-th of those found, is a body's.
func (v *View) sureOfBody(f Found, found []Found, i int) bool {
	first, hint, before := &v.Toks[f.From], &v.Hints[f.From], v.At(f.From-1, f.From)
	words := f.To - f.From
	if f.sure() {
		return true
	}
	if v.StatesBody(int(first.Block)) || hint.Rule == text.FieldBody {
		return true
	}
	if v.written(f).Nouns && words == 1 && v.noun(f.From) {
		return false
	}
	if l := v.linked(f); l != nil && l.Page == "" && NamesHost(v.Text(f.From, f.To), text.Host(l.Target)) {
		return true
	}
	if v.written(f).Depth == language.Structure {
		return false
	}
	head, allKnown, land := false, true, true
	for k := f.From; k < f.To; k++ {
		t := &v.Toks[k]
		head = head || t.Class&gazetteer.OrgHead != 0 && t.Capital()
		land = land && v.Hints[k].Place == gazetteer.ByName
		allKnown = allKnown && (t.Known || t.Class&(gazetteer.Common|gazetteer.Misc|gazetteer.Month|gazetteer.Role) != 0)
	}
	if allKnown || land || first.Known && first.Class&gazetteer.Misc != 0 || v.Toks[f.To-1].Class&gazetteer.Misc != 0 {
		return false
	}
	switch {
	case head && words > 1 && v.headedBody(f.From, f.To), hint.Rule == text.SuffixBody, hint.Rule == text.UniBody:
		return true
	case hint.Body && !hint.BodyIn && (words > 1 || first.Shape == text.UpperShape || first.Shape == text.MixedShape):
		return true
	case v.ofPerson(f, found, i):
		return true
	case first.Shape == text.UpperShape && words == 1:
		return len(first.Text) > 2 && hint.Thing == 0 && f.Confidence > 0.7
	case first.Shape == text.MixedShape && words == 1:
		return hint.Thing == 0 && f.Confidence > 0.8
	case v.linked(f) != nil && text.LinkSort(v.linked(f)) == 4:
		return true
	case v.written(f).Nouns:
		return false
	}
	return f.Confidence > 0.7 && !first.Opens && !v.small(f) && (before == nil || before.Shape != text.MarkShape || before.Text == ",")
}

// ofPerson reports whether a body stands in brackets after a person, or after the word for "at" or "of" that follows a person or a role.
func (v *View) ofPerson(f Found, found []Found, i int) bool {
	before := v.At(f.From-1, f.From)
	if before == nil {
		return false
	}
	j := f.From - 1
	for v.At(j, f.From) != nil && v.Toks[j].Known && v.Toks[j].Lower == "the" {
		j--
	}
	if t := v.At(j, f.From); t == nil || t.Text != "(" && t.Text != "," && t.Lower != "at" && t.Lower != "of" {
		return false
	}
	t := &v.Toks[j]
	if i > 0 && found[i-1].Kind == tagger.BeginPerson && found[i-1].To == j && v.Toks[found[i-1].From].Block == t.Block && t.Text != "," {
		return v.sureOfPerson(found[i-1]) || t.Text == "("
	}
	for k := j - 1; k >= j-4 && v.At(k, f.From) != nil; k-- {
		if v.Toks[k].Class&gazetteer.Role != 0 {
			return true
		}
		if v.Toks[k].Shape == text.MarkShape {
			break
		}
	}
	return false
}
