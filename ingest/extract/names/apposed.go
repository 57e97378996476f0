package names

import (
	"slices"
	"strings"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/tagger"
)

// Names that the words right behind them give away: an office behind a comma, what only a firm does, the same name in another script, the
// initials of a thing.

// apposed finds people behind whose name, at the start of a sentence, stands an office: "Halvard Brisket, DHW director for ports,".
func (v *View) apposed(all []Found) []Found {
	var out []Found
	for i := range v.Toks {
		if !v.Toks[i].Opens || v.Kind(i) != ingest.ParagraphBlock {
			continue
		}
		end := v.nameEnd(i)
		if t := v.At(end, i); end-i < 2 || end-i > 3 || t == nil || t.Text != "," || v.likePerson(i, end) < 1 {
			continue
		}
		known := false
		for k := i; k < end; k++ {
			t := &v.Toks[k]
			known = known || t.Shape != text.TitleShape || v.Hints[k].Body || v.Hints[k].Place != gazetteer.NoPlace || v.Small[t.Lower] > 0 ||
				t.Class&(gazetteer.Common|gazetteer.Role|gazetteer.Media) != 0 && k < end-1 && t.Class&gazetteer.Forename == 0
		}
		if known || !v.officeFrom(end+1) {
			continue
		}
		if f, ok := over(all, i, end); !ok || f.Kind == tagger.BeginOther || f.Kind == tagger.BeginPerson && f.From >= i && f.To <= end {
			out = append(out, Found{From: i, To: end, Kind: tagger.BeginPerson, Rule: "list-name", Confidence: sure})
		}
	}
	return out
}

// bylines finds people who made what stands before "by", "Small Rhythms by Noel Freshwater", or who are of a body: "Noel Freshwater of
// [Tallow Ltd]". Their given name is one, and no word besides.
func (v *View) bylines(all []Found) []Found {
	var out []Found
	for i := range v.Toks {
		first := &v.Toks[i]
		if first.Class&gazetteer.Forename == 0 || first.Shape != text.TitleShape || v.Hints[i].Place != gazetteer.NoPlace || v.Hints[i].Body ||
			first.Class&(gazetteer.Common|gazetteer.OrgHead|gazetteer.Misc) != 0 || v.lower(i-1, i) != "by" && !first.Opens {
			continue
		}
		end := v.nameEnd(i)
		if n := end - i; n < 2 || n > 3 || !free(all, i, end) {
			continue
		}
		last, next := &v.Toks[end-1], v.At(end, i)
		if last.Class&(gazetteer.OrgHead|gazetteer.Misc|gazetteer.Role) != 0 || last.Shape != text.TitleShape ||
			next != nil && (next.Capital() && next.Spaced || next.Text == "'" || next.Text == "’" || next.Text == "&" || next.Text == "-") {
			continue
		}
		_, of := v.bodyAfter(all, end)
		if score := v.likePerson(i, end); score >= 1 && !first.Opens || of && score >= 3 {
			out = append(out, Found{From: i, To: end, Kind: tagger.BeginPerson, Rule: "forename", Confidence: sure})
		}
	}
	return out
}

// bodyAfter returns the body of all that stands behind "of", "at" or "from" at token i.
func (v *View) bodyAfter(all []Found, i int) (Found, bool) {
	switch v.lower(i, i-1) {
	case "of", "at", "from":
	default:
		return Found{}, false
	}
	if i++; v.lower(i, i-1) == "the" {
		i++
	}
	f, ok := over(all, i, i+1)
	return f, ok && f.From == i && f.Kind == tagger.BeginOrganisation
}

// officeFrom reports whether words for an office begin at token i: "director for", "a DHW adviser", "the agency's head".
func (v *View) officeFrom(i int) bool {
	for k := i; k < i+4; k++ {
		t := v.At(k, i)
		if t == nil || t.Shape == text.MarkShape {
			return false
		}
		if t.Class&gazetteer.Role != 0 && t.Shape == text.LowerShape && t.Class&gazetteer.OrgHead == 0 {
			return true
		}
		if t.Shape == text.LowerShape && t.Lower != "a" && t.Lower != "an" && t.Lower != "the" && t.Lower != "former" {
			return false
		}
	}
	return false
}

// firmVerbs are what only firms and other bodies do to things.
var firmVerbs = fold.SetOf("sells", "acquires", "acquired", "employs", "hires", "manufactures", "sponsors", "headquartered")

// doers finds bodies by what only a body does, or has, behind the name: "Amber Cap sells clocks", "the Amber Cap team".
func (v *View) doers(all []Found) []Found {
	var out []Found
	for i := 1; i < len(v.Toks); i++ {
		t := &v.Toks[i]
		doing := firmVerbs[t.Lower] && t.Shape == text.LowerShape
		team := t.Lower == "team" && t.Shape == text.LowerShape
		if !doing && !team || v.At(i-1, i) == nil {
			continue
		}
		from := i
		for v.At(from-1, i) != nil && v.Toks[from].Spaced && v.Toks[from-1].Capital() && v.Toks[from-1].Lower != "the" && i-from < 4 {
			from--
		}
		if i-from < 2 || team && v.lower(from-1, i) != "the" {
			continue
		}
		name := fold.Name(v.Text(from, i))
		also := v.namesAlso(all, name)
		if have, taken := over(all, from, i); taken && (have.Kind == tagger.BeginOrganisation ||
			have.Kind == tagger.BeginPerson && !also && v.Toks[from].Class&gazetteer.Forename != 0) {
			continue
		}
		rare := 0
		for k := from; k < i; k++ {
			if t := &v.Toks[k]; t.Shape != text.InitShape && !v.plain(k) && v.Hints[k].Place == gazetteer.NoPlace {
				rare++
			}
			if v.Toks[k].Class&(gazetteer.Role|gazetteer.Forename|gazetteer.Surname|gazetteer.Month) != 0 && v.Toks[k].Class&gazetteer.Common == 0 {
				rare = -9
			}
		}
		if rare > 0 || also { // "the Data Policy team" is named by what it does
			out = append(out, Found{From: from, To: i, Kind: tagger.BeginOrganisation, Rule: "body-head", Confidence: sure})
		}
	}
	return out
}

// namesAlso reports whether a body of the page is called by a name and the head of a body's name behind it: "Amber Cap Foundation".
func (v *View) namesAlso(all []Found, name string) bool {
	return slices.ContainsFunc(all, func(f Found) bool {
		rest, ok := strings.CutPrefix(fold.Name(v.Text(f.From, f.To)), name+" ")
		return ok && f.Kind == tagger.BeginOrganisation && v.Words.Word(rest)&gazetteer.OrgHead != 0
	})
}

// agentVerbs, passive, lead to the bodies that did something.
var agentVerbs = fold.SetOf("organised", "organized", "hosted", "convened", "sponsored", "funded", "commissioned", "launched", "supported",
	"coordinated", "started", "founded", "published", "produced", "backed", "delivered", "co-organised", "co-organized", "co-hosted",
	"co-sponsored", "drafted", "initiated", "run", "convened", "financed", "administered")

// works are what bodies, and people too, write.
var works = fold.SetOf("report", "study", "paper", "letter", "briefing", "survey", "note", "research", "analysis", "statement", "guide",
	"submission")

// agents finds bodies by what only bodies are said to have done, "organised by Mend the Locks and Quiet Water": runs of capitals of two
// words or more that "and" or commas join, none of which looks like a person's name.
func (v *View) agents(all []Found) []Found {
	var out []Found
	for i := 1; i < len(v.Toks); i++ {
		if v.Toks[i].Lower != "by" || v.At(i-1, i) == nil || !agentVerbs[v.Toks[i-1].Lower] && !works[v.Toks[i-1].Lower] {
			continue
		}
		least := 2 // words
		if works[v.Toks[i-1].Lower] {
			least = 3
		}
		from := i + 1
		for n := 0; n < 6; n++ {
			if v.lower(from, i) == "the" {
				from++
			}
			end := from
			for v.At(end, i) != nil && !v.Toks[end].Line && end-from < 7 {
				t := &v.Toks[end]
				binds := t.Lower == "the" || t.Lower == "of" || t.Lower == "for"
				if next := v.At(end+1, i); !t.Capital() && !(binds && end > from && next != nil && next.Capital()) {
					break
				}
				end++
			}
			if end == from {
				break
			}
			person := v.Toks[from].Class&gazetteer.Forename != 0 || v.likePerson(from, end) >= 2
			for k := from; k < end; k++ {
				f, ok := over(all, k, k+1)
				person = person || v.Hints[k].Rule.Person() || ok && (f.Kind != tagger.BeginOrganisation && f.Kind != tagger.BeginOther ||
					f.Kind == tagger.BeginOrganisation && (f.From <= from && f.To >= end || f.To > end)) ||
					v.Toks[k].Class&(gazetteer.Role|gazetteer.Title|gazetteer.Month) != 0 && v.Toks[k].Class&gazetteer.OrgHead == 0
			}
			if !person && end-from >= least && v.Hints[from].Place == gazetteer.NoPlace {
				out = append(out, Found{From: from, To: end, Kind: tagger.BeginOrganisation, Rule: "body-head", Confidence: sure})
			}
			joins := v.lower(end, i)
			if joins != "and" && joins != "," && joins != "&" {
				break
			}
			if from = end + 1; v.lower(from, i) == "and" {
				from++
			}
		}
	}
	return out
}

// statedFirst puts the body that a cell under the heading of bodies begins with, before a comma, in place of what was found there: "[Lakes
// and Rivers Canada], ON, Canada", "[Roe USA, Inc.]".
func (v *View) statedFirst(all []Found, s text.Stretch) []Found {
	comma := v.index(s.From, s.To, ",")
	if comma < 0 || v.Kind(s.From) != ingest.CellBlock || !v.StatesBody(int(v.Toks[s.From].Block)) || !v.Toks[s.From].Capital() ||
		comma-s.From > 8 {
		return all
	}
	to := comma
	if comma+1 < s.To && legalForm[v.Toks[comma+1].Lower] {
		if to = comma + 2; to < s.To && v.Toks[to].Text == "." {
			to++
		}
	}
	at := len(all)
	for at > 0 && all[at-1].From >= s.From {
		at--
	}
	rest := slices.DeleteFunc(slices.Clone(all[at:]), func(f Found) bool { return f.From < to })
	first := Found{From: s.From, To: to, Kind: tagger.BeginOrganisation, Rule: "front-matter", Confidence: sure}
	return append(append(all[:at], first), rest...)
}

// lower is the word at token i in small letters, "" outside of the block of token j.
func (v *View) lower(i, j int) string {
	if t := v.At(i, j); t != nil {
		return t.Lower
	}
	return ""
}

// romans are the Latin letters that the letters of other scripts begin with in a name.
var romans = map[rune]string{
	'а': "a", 'б': "b", 'в': "vw", 'г': "gh", 'ґ': "g", 'д': "d", 'е': "eyj", 'ё': "eyj", 'є': "eyj", 'ж': "jz",
	'з': "zs", 'и': "iy", 'і': "iy", 'ї': "yi", 'й': "yji", 'к': "kcq", 'л': "l", 'м': "m", 'н': "n", 'о': "o",
	'п': "p", 'р': "r", 'с': "sc", 'т': "t", 'у': "uw", 'ў': "uw", 'ф': "fp", 'х': "khxc", 'ц': "tcz",
	'ч': "ct", 'ш': "s", 'щ': "s", 'э': "e", 'ю': "yij", 'я': "yij", 'ј': "jy", 'ђ': "d", 'ћ': "c", 'љ': "l",
	'њ': "n", 'џ': "d", 'α': "a", 'β': "vb", 'γ': "gy", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "ie", 'θ': "t",
	'ι': "iy", 'κ': "kc", 'λ': "l", 'μ': "m", 'ν': "n", 'ξ': "x", 'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s",
	'τ': "t", 'υ': "yi", 'φ': "fp", 'χ': "ch", 'ψ': "p", 'ω': "o",
}

// scriptRule is the rule of names that stand in two scripts.
const scriptRule = "other-script"

// twoScripts finds people whose name another script repeats in brackets, letter by letter: "Зоряна Телишко (Zoriana Telyshko)".
func (v *View) twoScripts() []Found {
	var out []Found
	for i := 2; i+2 < len(v.Toks); i++ {
		if v.Toks[i].Text != "(" {
			continue
		}
		end := i + 1
		for v.At(end, i) != nil && end < i+5 && v.Toks[end].Shape == text.TitleShape {
			end++
		}
		n := end - i - 1
		if n < 2 || v.lower(end, i) != ")" || v.At(i-n, i) == nil || v.latin(i-1) == v.latin(i+1) {
			continue
		}
		same := true
		for k := 0; k < n; k++ {
			first, second := &v.Toks[i-n+k], &v.Toks[i+1+k]
			if !v.latin(i + 1) {
				first, second = second, first
			}
			begin, _ := utf8.DecodeRuneInString(second.Lower)
			same = same && first.Capital() && second.Capital() && strings.ContainsRune(romans[text.FirstRune(first.Lower)], begin)
		}
		if same {
			out = append(out, Found{From: i - n, To: i, Kind: tagger.BeginPerson, Rule: scriptRule, Confidence: sure},
				Found{From: i + 1, To: end, Kind: tagger.BeginPerson, Rule: scriptRule, Confidence: sure})
		}
	}
	return out
}

// thingHeads end the names of things that have short forms.
var thingHeads = fold.SetOf(
	"act", "bill", "law", "laws", "regulation", "regulations", "currency", "currencies", "directive", "protocol",
	"protocols", "language", "languages", "interface", "interfaces", "format", "player", "daemon", "structure",
	"description", "certificate", "tax", "software", "model", "models", "intelligence", "learning", "reality", "things",
	"identification", "identity", "information", "management", "integration", "evaluation", "processing", "environment",
	"environments", "computing", "economy", "democracy", "medium", "number", "numbers", "index", "system", "systems", "kit",
	"gap", "area", "areas", "assessment", "assessments", "agreement", "agreements", "licence", "license")

// shortThings are the short forms that the page explains by the name of a thing: "Online Harbour Bill (OHB)", "central tide bank
// currency (CTBC)". A body that is called so on the page is meant to be that thing.
func (v *View) shortThings(all []Found) map[string]bool {
	out := map[string]bool{}
	for _, a := range v.Acronyms {
		words := strings.Fields(a.Long)
		if len(words) < 2 {
			continue
		}
		last := v.Words.Word(strings.ToLower(words[len(words)-1]))
		named := slices.ContainsFunc(all, func(f Found) bool {
			return f.Kind == tagger.BeginOrganisation && f.To-f.From > 1 && strings.HasSuffix(fold.Name(v.Text(f.From, f.To)), fold.Name(a.Long))
		})
		if !named && (last&gazetteer.Misc != 0 || thingHeads[strings.ToLower(words[len(words)-1])]) && last&gazetteer.OrgHead == 0 {
			out[a.Short] = true
		}
	}
	return out
}
