package names

import (
	"slices"
	"unicode"

	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// Other names of one person that stand behind the name.

// spellings joins to a person the other full names that stand in brackets after theirs: the one they were born with, "Jane
// Roe (née Poe)", and the one in another script, "Зоряна Телишко (Zoriana Telyshko)".
func (v *View) spellings(all []Found) []Found {
	gone := map[int]bool{}
	for i := range all {
		f := &all[i]
		if f.Kind != tagger.BeginPerson || f.Short || f.To-f.From < 2 || v.At(f.To, f.From) == nil ||
			v.Toks[f.To].Text != "(" && v.Toks[f.To].Text != "," {
			continue
		}
		from := f.To + 1
		if name, end := v.bornAs(*f, from); name != "" {
			f.Also = append(f.Also, name)
			for j := i + 1; j < len(all) && all[j].From < end; j++ {
				gone[j] = true
			}
			continue
		}
		if name := v.unjoined(*f, from); name != "" {
			f.Also = append(f.Also, name)
			continue
		}
		if i+1 < len(all) && all[i+1].From == from && all[i+1].To-from >= 2 && v.Toks[f.To].Text == "(" && v.At(all[i+1].To, f.From) != nil &&
			v.Toks[all[i+1].To].Text == ")" && v.latin(f.From) != v.latin(from) {
			other := &all[i+1]
			f.Also = append(f.Also, v.Name(other.From, other.To))
			other.Kind, other.Short, other.Name = tagger.BeginPerson, false, v.personName(*f)
		}
	}
	if len(gone) == 0 {
		return all
	}
	out := all[:0:0]
	for i, f := range all {
		if !gone[i] {
			out = append(out, f)
		}
	}
	return out
}

// bornAs is the name that somebody had before and that stands from token i on, behind theirs, with where it ends: "(née Poe)", "(born
// Jane Poe)", ", geb. Poe"; "" if none does.
func (v *View) bornAs(f Found, i int) (name string, end int) {
	word := v.lower(i, f.From)
	if !birth[word] {
		return "", i
	}
	if i++; v.lower(i, f.From) == "." {
		i++
	}
	for end = i; v.At(end, f.From) != nil && end < i+4 && !v.Toks[end].Line; end++ {
		t := &v.Toks[end]
		particle := t.Class&gazetteer.Particle != 0 && t.Shape == text.LowerShape
		if !particle && (t.Shape != text.TitleShape && t.Shape != text.MixedShape || t.Class&gazetteer.Month != 0) {
			break
		}
	}
	if end == i || v.Toks[f.To].Text == "(" && v.lower(end, f.From) != ")" || birthAlone[word] && v.Toks[f.To].Text != "(" {
		return "", i
	}
	if end-i > 1 && v.Toks[i].Lower == v.Toks[f.From].Lower {
		return v.Name(i, end), end
	}
	return v.Name(f.From, f.To-1) + " " + v.Name(i, end), end
}

// unjoined is a name in a script without capitals that stands in brackets, and alone there, behind one in Latin letters: "Haruka Minase
// (水瀬 春香)"; "" if there is none.
func (v *View) unjoined(f Found, from int) string {
	const most = 5 // tokens
	end := from
	for v.At(end, f.From) != nil && end < from+most && v.Toks[end].Shape == text.OtherShape {
		end++
	}
	if end == from || !v.latin(f.From) || v.latin(from) || v.Toks[f.To].Text != "(" || v.lower(end, f.From) != ")" {
		return ""
	}
	return v.Name(from, end)
}

// birthAlone are words before the name somebody was born with that mean so in brackets only: "Jane Roe, born in Hull".
var birthAlone = fold.SetOf("born", "formerly", "z", "née", "nee")

var birth = fold.SetOf("née", "nee", "né", "geb", "geb.", "geborene", "born", "formerly", "z", "rozená", "född")

func (v *View) latin(i int) bool { return unicode.Is(unicode.Latin, text.FirstRune(v.Toks[i].Text)) }

// latinBeside finds persons' names in Latin letters that stand in brackets after one in another script.
func (v *View) latinBeside(all []Found) []Found {
	var out []Found
	for _, f := range all {
		if f.Kind != tagger.BeginPerson || f.To-f.From < 2 || v.latin(f.From) || v.At(f.To, f.From) == nil || v.Toks[f.To].Text != "(" {
			continue
		}
		end := f.To + 1
		for v.At(end, f.From) != nil && v.Toks[end].Shape == text.TitleShape && v.latin(end) {
			end++
		}
		if n := end - f.To - 1; n >= 2 && n <= 4 && v.At(end, f.From) != nil && v.Toks[end].Text == ")" {
			out = append(out, Found{From: f.To + 1, To: end, Kind: tagger.BeginPerson, Rule: "other-script", Confidence: sure})
		}
	}
	return slices.Clip(out)
}
