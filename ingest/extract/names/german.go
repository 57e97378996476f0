package names

import (
	"strings"

	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/language"
	"rapporteur/ingest/tagger"
)

// In German names have case endings: "Edda Voss' Vortrag", "Jobst Wennekamps Folien", "des Umweltbundesamtes", "vom Deutschen
// Institut". They are called by the form that answers to "who".

// The kinds of body by the gender of their nouns, which decides what an adjective before them ends in.
var (
	neuterHeads = []string{"amt", "institut", "zentrum", "ministerium", "museum", "forum", "haus", "werk", "kolleg", "archiv", "labor", "büro",
		"gericht", "parlament", "präsidium"}
	masculineHeads = []string{"bund", "verein", "verband", "rat", "senat", "tag", "kreis", "club", "klub", "ausschuss"}
	feminineHeads  = []string{"gesellschaft", "stiftung", "universität", "hochschule", "akademie", "agentur", "behörde", "kammer", "union",
		"partei", "vereinigung", "gemeinschaft", "bibliothek", "schule", "bank", "zentrale", "initiative",
		"regierung", "kommission"}
	// inflecting stand before a name whose adjective has another ending than alone.
	inflecting = fold.SetOf("das", "des", "dem", "den", "der", "vom", "zum", "beim", "im", "am", "zur", "eines", "einem", "einer")
)

// nominative gives the names of a page in German the form in which they stand alone.
func (v *View) nominative(found []Found) []Found {
	people := map[string]bool{}
	for _, f := range found {
		if f.Kind == tagger.BeginPerson {
			people[fold.Name(v.Text(f.From, f.To))] = true
		}
	}
	for i := range found {
		f := &found[i]
		if f.Name != "" || !v.written(*f).Nouns {
			continue
		}
		switch f.Kind {
		case tagger.BeginPerson:
			v.withoutGenitive(f, people)
		case tagger.BeginOrganisation:
			if name := v.bodyAlone(*f); name != v.Name(f.From, f.To) {
				f.Name = name
				if f.To-f.From == 1 {
					f.Cut = len(v.Toks[f.From].Text) - len(name)
				}
			}
		}
	}
	return found
}

// withoutGenitive leaves the s of the genitive off a person's name: where the page has the person without it, or what is theirs follows
// and the name is a surname without it only.
func (v *View) withoutGenitive(f *Found, people map[string]bool) {
	if f.To-f.From > 2 && people[strings.TrimSuffix(fold.Name(v.Text(f.From, f.To-1)), "s")] && strings.HasSuffix(v.Toks[f.To-2].Text, "s") {
		f.To-- // "Jobst Wennekamps[ Folien]"
	}
	last := &v.Toks[f.To-1]
	stem, ok := strings.CutSuffix(last.Text, "s")
	if !ok || f.To-f.From < 2 || len(stem) < 4 || strings.HasSuffix(stem, "s") {
		return
	}
	name := strings.TrimSuffix(v.Name(f.From, f.To), "s")
	next := v.At(f.To, f.From)
	theirs := next != nil && next.Spaced && next.Capital() && last.Class&gazetteer.Surname == 0 &&
		v.Words.Word(strings.ToLower(stem))&gazetteer.Surname != 0
	if people[fold.Name(name)] || theirs {
		f.Name, f.Cut = name, 1
	}
}

// bodyAlone is a body's name as it is when it stands alone.
func (v *View) bodyAlone(f Found) string {
	name := v.Name(f.From, f.To)
	before := v.At(f.From-1, f.From)
	if before == nil || !inflecting[strings.ToLower(before.Text)] {
		return name
	}
	words := strings.Fields(name)
	at := 0 // the noun
	for at < len(words)-1 && at < 2 && len(words[at]) > 4 && (strings.HasSuffix(words[at], "en") || strings.HasSuffix(words[at], "e")) {
		at++
	}
	noun := words[at]
	ending := ""
	switch {
	case endsIn(noun, neuterHeads):
		ending = "es"
	case endsIn(noun, masculineHeads):
		ending = "er"
	case endsIn(noun, feminineHeads):
		ending = "e"
	default:
		return name
	}
	if article := strings.ToLower(before.Text); article == "des" || article == "eines" {
		words[at] = ungenitive(noun)
	}
	for i := range at {
		words[i] = strings.TrimSuffix(strings.TrimSuffix(words[i], "n"), "e") + ending
	}
	return strings.Join(words, " ")
}

// endsIn reports whether a noun is a compound of one of the heads, or one, in the genitive or not.
func endsIn(noun string, heads []string) bool {
	lower := strings.ToLower(noun)
	for _, h := range heads {
		if strings.HasSuffix(lower, h) || strings.HasSuffix(lower, h+"s") || strings.HasSuffix(lower, h+"es") {
			return true
		}
	}
	return false
}

// ungenitive takes the ending of the genitive off a noun that is a compound of one of the heads.
func ungenitive(noun string) string {
	lower := strings.ToLower(noun)
	for _, heads := range [][]string{neuterHeads, masculineHeads} {
		for _, h := range heads {
			for _, ending := range []string{"es", "s"} {
				if strings.HasSuffix(lower, h+ending) {
					return noun[:len(noun)-len(ending)]
				}
			}
		}
	}
	return noun
}

// listed adds the people of a list that commas and a word for "and" join, from token i on, where two of them, or one of three, have a
// known given name, in languages other than English: "Dank an Edda Voss, Jobst Wennekamp und Swantje Brook". It returns where the list
// ends, i if none is there.
func (v *View) listed(i int, s text.Stretch, add func(from, to int, kind tagger.Label, rule string)) int {
	if v.Language(int(v.Toks[i].Block)).Depth != language.Names ||
		i > s.From && v.Toks[i-1].Capital() && v.Toks[i].Spaced && !v.Toks[i-1].Known {
		return i
	}
	type run struct{ from, to int }
	var runs []run
	given, joined := 0, false
	at := i
	for at < s.To {
		end := v.nameEnd(at)
		if n := end - at; n < 2 || n > 4 || end > s.To || v.nobodysWord(at, end) {
			break
		}
		if v.Toks[at].Class&gazetteer.Forename != 0 {
			given++
		}
		runs = append(runs, run{at, end})
		next := v.At(end, i)
		and := next != nil && next.Known && next.Lower == "and"
		if next == nil || !and && next.Text != "," || joined {
			break
		}
		joined = and
		at = end + 1
	}
	if len(runs) < 2 || !joined || given < 2 && (given < 1 || len(runs) < 3) {
		return i
	}
	for _, r := range runs {
		add(r.from, r.to, tagger.BeginPerson, listRule)
	}
	last := runs[len(runs)-1]
	return v.aroundName(last.from, last.to, s, add) // "Edda Voss et Léa Morvan de la Cour des digues"
}

// nobodysWord reports whether a range of tokens has a word that is in no person's name.
func (v *View) nobodysWord(from, to int) bool {
	const name = gazetteer.Forename | gazetteer.Surname
	for k := from; k < to; k++ {
		t := &v.Toks[k]
		if t.Class&gazetteer.Particle != 0 {
			continue
		}
		if t.Shape == text.UpperShape || t.Class&name == 0 && (t.Known || t.Class&(gazetteer.OrgHead|gazetteer.Misc|gazetteer.Role|
			gazetteer.Month|gazetteer.Common) != 0 || v.Hints[k].Place != gazetteer.NoPlace || v.Small[t.Lower] > 0) {
			return true
		}
	}
	return false
}
