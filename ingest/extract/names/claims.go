package names

import (
	"slices"
	"strings"
	"unicode"

	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// Names that are certain from the way they are written, whatever the tagger made of them.

// sure is the confidence of a name that its writing makes certain.
const sure = 0.9

// generations tell the younger of two of one name.
var generations = fold.SetOf("II", "III", "IV", "Jr", "Jr.", "Sr", "Sr.")

// cutShort takes off a person's name what ran into it from the next line and letters after it: "Jane Roe [Code4Harbour]",
// "Jane Roe [MSc CEng]".
func (v *View) cutShort(f *Found) {
	for i := f.From + 1; i < f.To; i++ {
		t := &v.Toks[i]
		digits := strings.ContainsFunc(t.Text, unicode.IsDigit)
		humped := t.Shape == text.MixedShape && i > f.From+1 && i == f.To-1 && t.Class&gazetteer.Surname == 0 &&
			!slices.ContainsFunc([]string{"mc", "mac", "de", "di", "da", "du", "le", "la", "van", "von", "fitz", "o'", "o’", "d'", "d’"},
				func(p string) bool { return strings.HasPrefix(t.Lower, p) }) && !strings.Contains(t.Text, "-")
		again := i == f.From+1 && t.Text == v.Toks[f.From].Text // "**Helena** Helena drew on": a label, and a sentence
		if digits || again || humped && !v.shouting(f.From) && strings.ToUpper(t.Text[1:2]) != t.Text[1:2] ||
			i > f.From+1 && v.honour(i) && t.Class&gazetteer.Surname == 0 {
			f.To = i
			break
		}
	}
	for i := f.From + 2; i < f.To; i++ {
		if v.Toks[i].Lower == "of" && v.Toks[i].Shape == text.LowerShape && !peerage[v.Toks[f.From].Lower] {
			f.To = i // "Jane Roe [of Tallow]"
		}
	}
	v.trim(f)
	if t := v.At(f.To, f.From); f.To-f.From > 1 && t != nil && t.Spaced && generations[t.Text] {
		f.To++
		if dot := v.At(f.To, f.From); dot != nil && dot.Text == "." && !dot.Spaced && v.At(f.To+1, f.From) != nil && !v.Toks[f.To+1].Opens {
			f.To++
		}
	}
	f.Short = f.To-f.From == 1
}

// heldBy are heads of what people hold or keep together: "Boatmen's Convention".
var heldBy = fold.SetOf("convention", "congress", "forum", "guild", "club")

// ofPeople takes in the head that follows a genitive: "National Boatmen['s Convention]".
func (v *View) ofPeople(f *Found) {
	if v.whole(f.From, f.To) || v.headIn(f.From, f.To) >= 0 {
		return
	}
	i := f.To
	if t := v.At(i, f.From); t == nil || t.Text != "'" && t.Text != "’" {
		return
	}
	i++
	last := v.Toks[f.To-1].Lower
	if t := v.At(i, f.From); t != nil && t.Lower == "s" && !t.Spaced {
		if !strings.HasSuffix(last, "men") && last != "people" && last != "children" {
			return // "Roe's School" is the school of Roe
		}
		i++
	} else if !strings.HasSuffix(last, "s") {
		return
	}
	t := v.At(i, f.From)
	if t == nil || !t.Spaced || !t.Capital() ||
		t.Class&gazetteer.OrgHead == 0 && !heldBy[t.Lower] {
		return
	}
	f.To = i + 1
}

var titlesOfSeveral = fold.SetOf("lords", "ladies", "councillors", "cllrs", "senators", "professors", "profs", "drs", "messrs", "ministers",
	"judges", "commissioners", "baronesses", "sirs", "dames", "reverends")

// initialled finds names that initials open: "O. Henry Castleford", "L. M. Prestwick".
func (v *View) initialled(all []Found) []Found {
	var out []Found
	initial := func(i int) bool {
		t := &v.Toks[i]
		return t.Shape == text.InitShape && strings.HasSuffix(t.Text, ".")
	}
	for i := 0; i < len(v.Toks); i++ {
		if !initial(i) {
			continue
		}
		if t := v.At(i-1, i); t != nil && (v.Toks[i].Spaced && !v.Toks[i].Line && t.Capital() && t.Class&(gazetteer.Title|gazetteer.Role) == 0 ||
			t.Shape == text.NumberShape) {
			continue // a middle initial, or a house number
		}
		end := i + 1
		for v.At(end, i) != nil && !v.Toks[end].Line {
			if v.Toks[end].Text == "-" && !v.Toks[end].Spaced && v.At(end+1, i) != nil && initial(end+1) {
				end++ // "J.-P."
			}
			if !initial(end) {
				break
			}
			end++
		}
		initials, from := end-i, end
		for v.At(end, i) != nil && end-from < 3 && !v.Toks[end].Line {
			t := &v.Toks[end]
			if !t.Spaced || t.Link != v.Toks[i].Link || t.Class&(gazetteer.OrgHead|gazetteer.Month) != 0 && t.Class&gazetteer.Surname == 0 ||
				v.honour(end) {
				break
			}
			if t.Shape != text.TitleShape && t.Shape != text.MixedShape &&
				!(t.Shape == text.LowerShape && t.Class&gazetteer.Particle != 0 && v.At(end+1, i) != nil && v.Toks[end+1].Shape == text.TitleShape) {
				break
			}
			end++
		}
		if end == from {
			continue
		}
		if next := v.At(end, i); next != nil && next.Spaced && next.Capital() && next.Class&(gazetteer.OrgHead|gazetteer.Misc) != 0 &&
			!next.Line {
			continue // "J. Paul Roe Trust"
		}
		last := &v.Toks[end-1]
		plain := last.Class&gazetteer.Common != 0 && last.Class&gazetteer.Surname == 0
		if plain && (initials == 1 || v.Toks[i].Opens) || placeNouns[last.Lower] && last.Class&gazetteer.Surname == 0 ||
			last.Class&gazetteer.Role != 0 {
			continue
		}
		if f, ok := over(all, i, end); ok && f.Kind == tagger.BeginPerson && f.From <= i && f.To >= end {
			continue
		}
		out = append(out, Found{From: i, To: end, Kind: tagger.BeginPerson, Rule: "initials", Confidence: sure})
		i = end - 1
	}
	return out
}

var closes = map[string]string{"“": "”", "\"": "\"", "'": "'", "‘": "’", "(": ")", "„": "“", "«": "»"}

// nicknamed finds names with a nickname inside, in quotation marks or brackets: “Robert ‘Bob’ Roe”, "Lord (Bob) Roe". Whoever
// has a title before the brackets is called by what stands in them.
func (v *View) nicknamed(all []Found) []Found {
	var out []Found
	for i := 0; i+4 < len(v.Toks); i++ {
		first, open, nick, shut, last := &v.Toks[i], &v.Toks[i+1], &v.Toks[i+2], &v.Toks[i+3], v.At(i+4, i)
		if last == nil || closes[open.Text] != shut.Text || closes[open.Text] == "" && shut.Text != "’" || !open.Spaced || nick.Spaced ||
			!last.Spaced || !last.Capital() || !first.Capital() || nick.Shape != text.TitleShape || open.Line || last.Line || v.Hints[i+2].Body ||
			v.Hints[i+2].Place != gazetteer.NoPlace && nick.Class&gazetteer.Forename == 0 {
			continue
		}
		titled := first.Class&gazetteer.Title != 0 || titlesOfSeveral[first.Lower]
		if last.Class&(gazetteer.OrgHead|gazetteer.Role|gazetteer.Misc) != 0 && last.Class&gazetteer.Surname == 0 ||
			first.Shape != text.TitleShape || v.honour(i+4) {
			continue
		}
		name := func(j int) bool { return v.Toks[j].Class&gazetteer.Forename != 0 }
		if !titled && !name(i) {
			_, person := v.personOver(all, i, i+1)
			_, tail := v.personOver(all, i+4, i+5)
			rare := open.Text != "(" && open.Text != "'" && (first.Class|last.Class)&gazetteer.Common == 0
			if !person && !tail && !rare || open.Text == "(" && !name(i+2) {
				continue
			}
		}
		from, end := i, i+5
		for v.At(end, i) != nil && end < i+7 && v.Toks[end].Spaced && !v.Toks[end].Line &&
			(v.Toks[end].Shape == text.TitleShape || v.Toks[end].Class&gazetteer.Particle != 0 && v.At(end+1, i) != nil &&
				v.Toks[end+1].Shape == text.TitleShape) &&
			v.Toks[end].Class&(gazetteer.OrgHead|gazetteer.Role) == 0 && v.Toks[end].Lower != "of" && !v.honour(end) {
			end++
		}
		tail := v.Name(i+4, end)
		f := Found{From: from, To: end, Kind: tagger.BeginPerson, Rule: "nickname", Confidence: sure}
		if titled {
			f.Name = nick.Text + " " + tail
		} else {
			for from > 0 && v.At(from-1, i) != nil && v.Toks[from].Spaced && name(from-1) && v.Toks[from-1].Shape == text.TitleShape {
				from--
			}
			f.From, f.Name, f.Also = from, v.Name(from, i+1)+" "+tail, []string{nick.Text + " " + tail}
		}
		out = append(out, f)
		i = end - 1
	}
	return out
}

// personOver returns the person of all whose name stands in a range of tokens.
func (v *View) personOver(all []Found, from, to int) (Found, bool) {
	f, ok := over(all, from, to)
	return f, ok && f.Kind == tagger.BeginPerson
}

// dignified finds names between titles before them and letters after them: "Professor Dame Jane Roe", "Jane Roe DBE FRS".
func (v *View) dignified(all []Found) []Found {
	var out []Found
	for i := 0; i+1 < len(v.Toks); i++ {
		t := &v.Toks[i]
		if !t.Capital() || t.Class&gazetteer.Title != 0 && (t.Class&gazetteer.Forename == 0 || alwaysTitles[t.Lower]) ||
			t.Shape != text.TitleShape || i > 0 && v.Toks[i].Spaced && v.At(i-1, i) != nil && v.Toks[i-1].Capital() &&
			v.Toks[i-1].Class&gazetteer.Title == 0 {
			continue
		}
		end := i + 1
		for v.At(end, i) != nil && v.Toks[end].Spaced && !v.Toks[end].Line &&
			(v.Toks[end].Shape == text.TitleShape || v.Toks[end].Shape == text.InitShape || v.Toks[end].Shape == text.MixedShape && !v.honour(end)) {
			end++
		}
		if n := end - i; n < 2 || n > 4 {
			continue
		}
		before, after := v.At(i-1, i), v.At(end, i)
		titled := before != nil && t.Spaced && before.Capital() && before.Class&gazetteer.Title != 0
		honoured := after != nil && after.Spaced && v.honour(end) && len(after.Text) > 2 && !v.shouting(end)
		last := v.Toks[end-1].Class
		if score := v.likePerson(i, end); (titled && score > -3 || honoured && score > 0) &&
			(last&gazetteer.Common == 0 || last&gazetteer.Surname != 0) {
			if f, taken := over(all, i, end); taken &&
				(f.Kind == tagger.BeginOrganisation || f.Kind == tagger.BeginPerson && f.From <= i && f.To >= end) {
				continue
			}
			out = append(out, Found{From: i, To: end, Kind: tagger.BeginPerson, Rule: "titled-name", Confidence: sure})
		}
	}
	return out
}

// alwaysTitles are titles before a name although some people have them for a given name.
var alwaysTitles = fold.SetOf("dame", "sir", "lord", "lady", "baroness", "professor", "prof", "prof.", "dr", "dr.", "mr", "mrs", "ms")

var peerage = fold.SetOf("lord", "lady", "baroness", "baron", "viscount", "viscountess", "earl", "countess", "duke", "duchess", "marquess")

// titled finds peers, who are called by title and family name: "Viscount Roe", "Baroness Roe of Whitbury". Where the page
// calls one person by the whole name, they are meant.
func (v *View) titled(all []Found) []Found {
	full := map[string]bool{}
	for _, f := range all {
		if f.Kind == tagger.BeginPerson && f.To-f.From > 1 {
			full[v.Toks[f.To-1].Lower] = true
		}
	}
	var out []Found
	for i := 0; i+1 < len(v.Toks); i++ {
		t, name := &v.Toks[i], v.At(i+1, i)
		if !t.Capital() || !peerage[t.Lower] || name == nil || !name.Spaced || name.Shape != text.TitleShape && name.Shape != text.MixedShape ||
			name.Class&(gazetteer.Role|gazetteer.Title|gazetteer.OrgHead) != 0 && name.Class&gazetteer.Surname == 0 || name.Lower == "chief" ||
			name.Lower == "mayor" || name.Lower == "chancellor" {
			continue
		}
		if next := v.At(i+2, i); next != nil && next.Spaced && next.Capital() && !v.honour(i+2) {
			continue
		}
		if full[name.Lower] {
			if free(all, i+1, i+2) {
				out = append(out, Found{From: i + 1, To: i + 2, Kind: tagger.BeginPerson, Rule: "titled-name", Confidence: sure, Short: true})
			}
			continue
		}
		f := Found{From: i, To: i + 2, Kind: tagger.BeginPerson, Rule: "titled-name", Confidence: sure, Name: v.Name(i, i+2)}
		if of, seat := v.At(i+2, i), v.At(i+3, i); of != nil && seat != nil && of.Lower == "of" && seat.Shape == text.TitleShape {
			f.To = i + 4
		}
		out = append(out, f)
	}
	return out
}

// patronymics finds Russian, Ukrainian and Belarusian names with the father's name, in either order.
func (v *View) patronymics() []Found {
	var out []Found
	cyrillic := func(i, block int) bool {
		t := v.At(i, block)
		return t != nil && t.Shape == text.TitleShape && unicode.Is(unicode.Cyrillic, text.FirstRune(t.Text)) &&
			(i == block || t.Spaced && !t.Line)
	}
	for i := 0; i < len(v.Toks); i++ {
		if !cyrillic(i, i) {
			continue
		}
		end, fathers := i+1, -1
		for cyrillic(end, i) {
			end++
		}
		for j := i + 1; j < end; j++ {
			for _, s := range []string{"ович", "евич", "ович", "івна", "ївна", "овна", "евна", "ична", "йович"} {
				if strings.HasSuffix(v.Toks[j].Lower, s) {
					fathers = j
				}
			}
		}
		if fathers > 0 && end-i <= 4 {
			from, to := fathers-1, min(end, fathers+2) // given name, father's name, surname
			if fathers == end-1 {
				from, to = max(i, fathers-2), end
			}
			out = append(out, Found{From: from, To: to, Kind: tagger.BeginPerson, Rule: "patronymic", Confidence: sure})
		}
		i = end - 1
	}
	return out
}

// foreignHeads open bodies' names in other languages: "Università di Bologna".
var foreignHeads = fold.SetOf("università", "universita", "universidad", "universidade", "universitat", "université", "institut",
	"instituto",
	"istituto", "ministerio", "ministério", "ministère", "ministero", "banco", "banca", "banque", "fundación", "fundação", "fundació",
	"fondazione", "fondation", "asociación", "associação", "associazione", "association", "centro", "centre", "escuela", "escola", "école",
	"scuola", "museo", "museu", "musée", "biblioteca", "bibliothèque", "ayuntamiento", "câmara", "comune", "ville", "hospital", "hôpital",
	"académie", "academia", "accademia", "red", "rede", "réseau", "grupo", "gruppo", "groupe", "colegio", "colégio", "collège", "politecnico",
	"consejo", "conseil", "consiglio", "casa", "maison", "teatro", "théâtre", "plaza", "rio", "río", "costa", "puerto", "porto", "castello",
	"monte", "lago", "isla", "ilha", "port")

// inGerman reports whether the page is in a language in which particles of names are also everyday words after nouns, which
// have capitals.
func (v *View) inGerman() bool { return v.Small["und"] > 2 && v.Small["der"] > 2 }

// particled finds persons' names with a particle, "Marijke de Wolde", and family names that begin with one and that a
// person of the page has: "Van der Plassenburg".
func (v *View) particled(all []Found) []Found {
	tails := map[string]string{} // surname with its particle -> the person's name
	note := func(f Found) {
		for j := f.From + 1; j < f.To; j++ {
			if t := &v.Toks[j]; t.Shape == text.LowerShape && t.Class&gazetteer.Particle != 0 {
				tails[fold.Name(v.Text(j, f.To))] = v.Name(f.From, f.To)
				tails[fold.Name(t.Text+" "+v.Toks[f.To-1].Text)] = v.Name(f.From, f.To)
				return
			}
		}
	}
	for _, f := range all {
		if f.Kind == tagger.BeginPerson {
			note(f)
		}
	}
	var out []Found
	for i := 1; i+1 < len(v.Toks); i++ {
		if t := v.At(i, i-1); t == nil || t.Shape != text.LowerShape || t.Class&gazetteer.Particle == 0 || !t.Spaced || t.Line {
			continue
		}
		first := &v.Toks[i-1]
		end := i
		for v.At(end, i) != nil && end < i+3 && v.Toks[end].Shape == text.LowerShape && (v.Toks[end].Class&gazetteer.Particle != 0 ||
			v.Toks[end].Lower == "und" && v.lower(end+1, i) == "zu") {
			end++
		}
		last := v.At(end, i)
		if last == nil || !last.Spaced || last.Line || last.Shape != text.TitleShape || last.Class&gazetteer.OrgHead != 0 ||
			foreignHeads[first.Lower] || first.Shape != text.TitleShape && first.Shape != text.InitShape ||
			first.Class&(gazetteer.OrgHead|gazetteer.Misc|gazetteer.Role|gazetteer.Title|gazetteer.Month|gazetteer.Speak) != 0 &&
				first.Class&gazetteer.Forename == 0 {
			continue
		}
		have, taken := over(all, i-1, end+1)
		if taken && (have.From < i-1 && have.To > end || have.Kind == tagger.BeginPerson && have.From <= i-1 && have.To > end ||
			have.Kind == tagger.BeginOrganisation && (v.headIn(have.From, have.To) >= 0 || v.whole(have.From, have.To))) {
			continue
		}
		if p, ok := ending(all, i); ok && p.Kind == tagger.BeginPerson && p.To-p.From > 1 {
			continue // "Jane Roe von Harbour Labs"
		}
		given := first.Class&gazetteer.Forename != 0 && first.Class&gazetteer.Common == 0 && v.Hints[i-1].Place == gazetteer.NoPlace
		if given && v.Toks[i].Lower == "y" || !given && first.Class&gazetteer.Common != 0 {
			continue
		}
		beside := false // a person is named before: "Jane Roe and Marijke de Wolde"
		if t := v.At(i-2, i-1); t != nil && (t.Lower == "and" || t.Text == "," || t.Lower == "en" || t.Lower == "und" || t.Lower == "et" ||
			t.Lower == "y") {
			p, ok := ending(all, i-2)
			beside = ok && p.Kind == tagger.BeginPerson
		}
		if v.inGerman() && !given || !given && !beside && !(taken && have.Kind == tagger.BeginPerson) ||
			taken && have.Kind == tagger.BeginOrganisation && !given && !beside {
			continue
		}
		f := Found{From: i - 1, To: end + 1, Kind: tagger.BeginPerson, Rule: "particle", Confidence: sure}
		for v.At(f.From-1, f.From) != nil && v.Toks[f.From].Spaced && v.Toks[f.From-1].Shape == text.TitleShape &&
			v.Toks[f.From-1].Class&gazetteer.Forename != 0 && v.Toks[f.From-1].Class&gazetteer.Title == 0 {
			f.From--
		}
		note(f)
		out = append(out, f)
	}
	for i := 0; i+1 < len(v.Toks); i++ {
		t := &v.Toks[i]
		if t.Shape != text.TitleShape || t.Class&gazetteer.Particle == 0 || v.At(i-1, i) != nil && v.Toks[i-1].Capital() && t.Spaced {
			continue
		}
		for end := i + 2; end < i+5 && v.At(end-1, i) != nil; end++ {
			if next := v.At(end, i); next != nil && next.Spaced && next.Capital() && !next.Line {
				continue
			}
			if name := tails[fold.Name(v.Text(i, end))]; name != "" {
				out = append(out, Found{From: i, To: end, Kind: tagger.BeginPerson, Rule: "surname", Confidence: sure, Name: name})
				break
			}
		}
	}
	return out
}
