package ties

import (
	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
)

// Clauses that say that somebody took the floor at an occasion, and who did: the subject before the verb, those heard behind "from".

// doing is an act of speaking, at the place of whoever did it.
type doing struct {
	at   names.Found
	part ingest.Part
	rule string
}

var (
	// spokenActs say with the occasion behind them that their subject spoke there.
	spokenActs = fold.Set(`spoke speaks speaking spoken presented presenting chaired chairing chairs moderated moderating moderates keynoted
		co-chaired co-presented co-facilitated facilitated panelled keynoting keynotes`)
	// givenActs say so with what was given: "gave a talk", "did a podcast", "led the workshop".
	givenActs = fold.Set(`gave gives giving given delivered delivers delivering did done made makes making ran led leads leading
		running hosted hosting
		convened`)
	// helpers may stand between a subject and its verb.
	helpers = fold.Set(`has have had will is was were be been being to who also then recently later just both today yesterday again even now
		separately previously subsequently there here and did subsequently which are is kindly first finally since already`)
	// audiences are those whom one tells something at an occasion.
	audiences = fold.Set(`parliament mps peers committee committees conference summit forum initiative delegates audience congress
		commons lords
		inquiry hearing workshop webinar panel attendees assembly convention session meeting seminar symposium festival members senators`)
	// heardNouns are what is heard from people at occasions.
	heardNouns = fold.Set(`input inputs keynote keynotes talk talks presentation presentations speech speeches contribution
		contributions remarks
		lecture lectures intro intros addresses demos updates provocations lightning`)
	// heardHints are so where the writer was there: in a diary, a post, on the page of an event.
	heardHints = fold.Set(`examples tips insights perspectives introduction reflections comments questions`)
)

// doingsOf finds who took the floor by the clauses of the page.
func (v *view) doingsOf(people []*names.Named) map[*names.Named]doing {
	ends, starts := map[int]*names.Named{}, map[int]*names.Named{}
	for _, s := range people {
		for _, f := range s.Places {
			if v.Kind(f.From) != ingest.FieldBlock {
				ends[f.To], starts[f.From] = s, s
			}
		}
	}
	out := map[*names.Named]doing{}
	take := func(s *names.Named, at int, part ingest.Part, rule string) {
		for _, f := range s.Places {
			if f.From == at || f.To == at {
				if have, ok := out[s]; !ok || weight(part) > weight(have.part) {
					out[s] = doing{f, part, rule}
				}
			}
		}
	}
	for i := range v.Toks {
		t := &v.Toks[i]
		if t.Shape != text.LowerShape {
			continue
		}
		if part, rule := v.actAt(i); rule != "" {
			if end := v.doer(i, ends); end > 0 {
				for _, e := range v.runUpTo(end, ends) {
					take(ends[e], e, part, rule)
				}
			}
		}
		if from, rule := v.heardAt(i); rule != "" && starts[from] != nil {
			for _, at := range v.runOn(from, starts) {
				take(starts[at], at, ingest.Speaker, rule)
			}
		}
	}
	return out
}

// actAt says of a token that is the verb of an act of speaking at an occasion which part that is; the rule is empty if it is none.
func (v *view) actAt(i int) (ingest.Part, string) {
	w := v.Toks[i].Lower
	next := v.lower(i+1, i)
	speaker := func(p ingest.Part) ingest.Part {
		if p == "" {
			return ingest.Speaker
		}
		return p
	}
	switch {
	case spokenActs[w]:
		if v.lower(i-1, i) == "paper" || next == "by" || !v.atOccasion(i, i) || v.inOfficeOf(i) {
			return "", ""
		}
		return speaker(partOf(w)), "says " + w
	case givenActs[w]:
		if v.news() && v.printed(i) {
			return "", ""
		}
		if !v.doneAt(i+1, i) || next == "by" || next == "that" || v.lower(i+2, i) == "that" {
			return "", ""
		}
		return speaker(partOf(w)), "says " + w
	case w == "told" || w == "tells" || w == "telling":
		for k := i + 1; k < i+7; k++ {
			if t := v.At(k, i); t == nil || t.Shape == text.MarkShape || t.Lower == "that" || t.Lower == "how" {
				break
			}
			if audiences[v.Toks[k].Lower] {
				return ingest.Speaker, "says " + w
			}
		}
	case w == "appeared" || w == "appears" || w == "appearing":
		if (next == "before" || next == "at" || next == "on") && v.atOccasion(i, i) {
			return ingest.Speaker, "says " + w
		}
	case w == "took" || w == "takes" || w == "taking" || w == "participated":
		for k := i + 1; k < i+8; k++ {
			t := v.At(k, i)
			if t == nil || t.Shape == text.MarkShape {
				break
			}
			if t.Lower == "panel" || t.Lower == "debate" || t.Lower == "roundtable" || t.Lower == "hustings" {
				return ingest.Speaker, "says " + w
			}
		}
	case (w == "speaker" || w == "speakers" || w == "panellist" || w == "panelist") && (next == "at" || next == "on"):
		for k := i - 1; k > i-6; k-- { // "is one of the speakers at"
			if t := v.At(k, i); t == nil || t.Shape == text.MarkShape {
				break
			}
			if b := v.Toks[k].Lower; b == "is" || b == "was" || b == "are" || b == "were" {
				return ingest.Speaker, "says " + w
			}
		}
	case w == "opened" || w == "opens" || w == "closed" || w == "addressed" || w == "addresses":
		for k := i + 1; k < i+8; k++ {
			t := v.At(k, i)
			if t == nil || t.Shape == text.MarkShape {
				break
			}
			if occasionHeads[t.Lower] && t.Lower != "committee" || t.Lower == "parliament" {
				return ingest.Speaker, "says " + w
			}
		}
	}
	return "", ""
}

// printed reports whether what a verb says was given is an interview, which where news are told was read more often than heard.
func (v *view) printed(verb int) bool {
	for i := verb + 1; i < verb+5 && v.At(i, verb) != nil; i++ {
		if v.Toks[i].Lower == "interview" {
			return true
		}
	}
	return false
}

// doer returns the end of the place that names the subject of the verb at a token, 0 if none does: helpers, what stands between commas
// and brackets may part them.
func (v *view) doer(verb int, ends map[int]*names.Named) int {
	const farthest = 24
	asides := 0
	for k := verb; k > verb-farthest; {
		if ends[k] != nil {
			if t := &v.Toks[k]; k < verb && (t.Text == "'" || t.Text == "’") {
				return 0 // "Jane Roe's board gave evidence"
			}
			return k
		}
		t := v.At(k-1, verb)
		if t == nil || v.Toks[k].Opens && k < verb {
			return 0
		}
		switch {
		case t.Text == ")":
			for k--; v.At(k-1, verb) != nil && v.Toks[k].Text != "(" && k > verb-farthest; k-- {
			}
		case t.Text == ",":
			if asides++; asides > 1 {
				return 0
			}
			// back over what stands between two commas
			k--
			for n := 0; n < 14 && ends[k] == nil; n++ {
				t := v.At(k-1, verb)
				if t == nil || v.Toks[k].Opens || t.Text == "…" || t.Text == ";" || t.Text == ")" {
					break
				}
				k--
				if t.Text == "," {
					break
				}
			}
		case helpers[t.Lower]:
			k--
		case t.Capital(): // "Jane Roe of the Weir Agency"
			n := k - 1
			for v.At(n-1, verb) != nil && k-n < 10 && (v.Toks[n-1].Capital() || v.Toks[n-1].Lower == "the" || v.Toks[n-1].Lower == "for" ||
				v.Toks[n-1].Text == "&") && ends[n] == nil {
				n--
			}
			if w := v.lower(n-1, verb); w != "of" && w != "at" && w != "from" || ends[n-1] == nil {
				return 0
			}
			k = n - 1
		default:
			return 0
		}
	}
	return 0
}

// runUpTo lists the ends of the places that end a run of people, "and" and commas between them, last first.
func (v *view) runUpTo(end int, ends map[int]*names.Named) []int {
	out := []int{end}
	r, ok := run{}, false
	for _, f := range ends[end].Places {
		if f.To == end {
			r, ok = v.runs[f.From], true
		}
	}
	if !ok || r.people == 0 {
		return out
	}
	joined := false // "Jane Roe and John Doe spoke", not "after Jane Roe, John Doe spoke"
	for k := r.From; k < end; k++ {
		w := v.Toks[k].Lower
		joined = joined || w == "and" || w == "&" || w == "und" || w == "et"
	}
	for k := end - 1; joined && k > r.From; k-- {
		if ends[k] != nil {
			out = append(out, k)
		}
	}
	return out
}

// runOn lists the starts of the places of the run of people that begins at a token.
func (v *view) runOn(from int, starts map[int]*names.Named) []int {
	out := []int{from}
	if r := v.runs[from]; r.people > 0 {
		for k := from + 1; k < r.To; k++ {
			if starts[k] != nil {
				out = append(out, k)
			}
		}
	}
	return out
}

// heardAt returns the token from which on those are named whom a noun at token i says to have been heard: "talks on the future of locks
// from", "keynotes by", "a talk with"; the rule is empty if it says so of nobody.
func (v *view) heardAt(i int) (int, string) {
	w := v.Toks[i].Lower
	event := v.Page.Genre == ingest.EventGenre || v.Page.Kind == ingest.EventPage
	if v.ofWork(i) {
		return 0, ""
	}
	hint := heardHints[w] && (event || v.Page.Genre == ingest.DiaryGenre ||
		v.Page.Genre == ingest.PostGenre && w != "comments" && w != "questions")
	if !heardNouns[w] && !hint {
		return 0, ""
	}
	for k := i + 1; k < i+9; k++ {
		t := v.At(k, i)
		if t == nil || t.Shape == text.MarkShape || t.Opens {
			return 0, ""
		}
		if t.Lower != "from" && (t.Lower != "by" || hint) {
			continue
		}
		k++
		for n := 0; n < 4 && v.At(k, i) != nil; n++ {
			t := &v.Toks[k]
			if _, ok := v.runs[k]; ok {
				break
			}
			if t.Lower != "the" && !v.HasRole(k, k+1) && !alwaysTitled[t.Lower] && t.Lower != "a" && t.Lower != "an" && t.Lower != "of" {
				break
			}
			k++
		}
		return k, "says " + w
	}
	return 0, ""
}

// citedWords are what is read by, or of, people who need not be there.
var citedWords = fold.Set(`book books reading read paper papers article articles thesis essay novel report reports poem quote quotes
	song work
	works research writing writings blog theory concept`)

// bookWords say of a sentence that it is of books.
var bookWords = fold.Set(`book books reading novel read bestselling`)

// cited reports whether a place names somebody only for what they wrote, or to quote or picture them: "the work of Jane Roe", "Jane Roe's
// The Quiet Lock", "by Jane Roe" in a sentence of books, "photo by Jane Roe".
func (v *view) cited(f names.Found) bool {
	from := f.From
	if r := v.runs[f.From]; r.people > 0 {
		from = r.From
	}
	before, two := v.lower(from-1, from), v.lower(from-2, from)
	if (before == "by" || before == ":") && (two == "photo" || two == "photos" || two == "image" || two == "picture" ||
		two == "illustration" ||
		two == "credit" || two == "credits") {
		return true
	}
	if before == "of" && (two == "work" || two == "works" || two == "writings" || two == "book" || two == "words" || two == "death" ||
		two == "memory" || two == "auspices") {
		return true
	}
	if before == "by" && (citedWords[two] || two == "piece" || two == "column") && !v.ofEvent() {
		return true
	}
	theirs := v.lower(f.To+1, f.From) == "s" && (v.lower(f.To, f.From) == "'" || v.lower(f.To, f.From) == "’")
	if theirs {
		for k := f.To + 2; k < f.To+6; k++ {
			t := v.At(k, f.From)
			if t == nil || t.Shape == text.MarkShape && t.Text != "“" && t.Text != "\"" {
				break
			}
			if citedWords[t.Lower] {
				return true
			}
			if t.Shape == text.LowerShape && !text.Joins[t.Lower] && t.Lower != "the" && t.Lower != "own" {
				break
			}
		}
	}
	if before != "by" && !theirs {
		return false
	}
	start, to := v.Sentence(f.From)
	for k := start; k < to; k++ {
		w := v.Toks[k].Lower
		if bookWords[w] || w == "based" && v.lower(k+1, k) == "on" {
			return true
		}
	}
	return false
}
