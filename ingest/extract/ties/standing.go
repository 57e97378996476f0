package ties

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
)

// What reads like taking the floor, and is none: offices at bodies that last, what is told in print, whom to write to.

// lastingBodies are bodies whose chairs hold an office.
var lastingBodies = fold.Set(`board trustees committee committees council body taskforce commission association society foundation party
	group appg subcommittee`)

// sittings are what a body that lasts holds, and somebody chairs on a day.
var sittings = fold.Set(`session sessions panel panels meeting meetings discussion discussions event events debate roundtable webinar
	workshop hearing conference symposium seminar hustings talk talks plenary conversation summit track launch evening day afternoon morning
	night dinner lunch breakfast gathering`)

// lasts reports whether what is chaired, before a token, is a body that lasts: "our board is chaired by".
func (v *view) lasts(i int) bool {
	for k := i - 1; k > i-6 && v.At(k, i) != nil; k-- {
		if sittings[v.Toks[k].Lower] {
			return false
		}
		if lastingBodies[v.Toks[k].Lower] {
			return true
		}
	}
	return false
}

// inOfficeOf reports whether a verb for chairing tells of an office at a body that lasts: "chairing the powerful Accounts Committee",
// "the group, chaired by", "Chaired by Jane Roe, a judge, the Commission". Where news are told it does unless the sentence names a sitting.
func (v *view) inOfficeOf(verb int) bool {
	if !strings.Contains(v.Toks[verb].Lower, "chair") || v.minutes() { // those of a meeting tell of its own chair
		return false
	}
	if v.lower(verb+1, verb) == "by" {
		from, to := v.Sentence(verb)
		body := false
		for i := from; i < to; i++ {
			if sittings[v.Toks[i].Lower] && i < verb {
				return false
			}
			body = body || lastingBodies[v.Toks[i].Lower]
		}
		return v.lasts(verb) || body && !v.ofEvent()
	}
	const farthest = 9
	for i := verb + 1; i < verb+farthest; i++ {
		t := v.At(i, verb)
		if t == nil || t.Opens || t.Text == "," || t.Text == ";" || sittings[t.Lower] {
			return false
		}
		if lastingBodies[t.Lower] {
			return !sittings[strings.TrimSuffix(v.lower(i+1, verb), "s")]
		}
	}
	return false
}

// trainingHeads are those of them that a page must be kept among events for, as most bodies that teach have some.
var trainingHeads = fold.Set(`instructors trainers contributors`)

// intoSomething reports whether what a verb says was done to the writer, and is no talk: "introduced me to Jane Roe", "talked me into it";
// or to an issue or a request: "opened an issue".
func (v *view) intoSomething(f names.Found) bool {
	for i := f.To; i < f.To+12; i++ {
		t := v.At(i, f.From)
		if t == nil || t.Opens {
			return false
		}
		switch t.Lower {
		case "introduced", "introduces", "talked", "talks":
			return v.lower(i+1, f.From) == "me" && (v.lower(i+2, f.From) == "to" || v.lower(i+2, f.From) == "into")
		case "opened", "opens", "closed", "closes":
			w := v.lower(i+2, f.From)
			return w == "issue" || w == "request" || w == "pull" || w == "ticket" || w == "bug" || v.lower(i+1, f.From) == "issue"
		}
	}
	return false
}

// joinsFor reports whether what somebody will join is a body that lasts, not an occasion: "will join the Executive Council".
func (v *view) joinsFor(verb int) bool {
	const farthest = 12
	for i := verb + 1; i < verb+farthest; i++ {
		t := v.At(i, verb)
		if t == nil || t.Opens || sittings[t.Lower] {
			return false
		}
		if lastingBodies[t.Lower] || t.Lower == "team" || t.Lower == "staff" || t.Lower == "governance" {
			return true
		}
	}
	return false
}

// ofWork reports whether contributions, at a token, are those of work: no event's page, and no sitting in the sentence.
func (v *view) ofWork(i int) bool {
	if w := v.Toks[i].Lower; w != "contribution" && w != "contributions" || v.ofEvent() {
		return false
	}
	from, to := v.Sentence(i)
	for k := from; k < to; k++ {
		if w := v.Toks[k].Lower; sittings[w] || w == "heard" || w == "hear" {
			return false
		}
	}
	return true
}

// chairs reports whether the verb that follows a name says that they hold the chair of a body that lasts.
func (v *view) chairs(f names.Found, verb string) bool {
	if !strings.Contains(verb, "chair") {
		return false
	}
	for i := f.To; i < f.To+45 && v.At(i, f.From) != nil; i++ {
		if v.Toks[i].Lower == verb {
			return v.inOfficeOf(i)
		}
	}
	return false
}

// chairedFor reports whether a place names somebody behind "chaired by" as who holds the chair of a body that lasts.
func (v *view) chairedFor(f names.Found) bool {
	from := f.From
	if r := v.runs[f.From]; r.people > 0 {
		from = r.From
	}
	return v.lower(from-1, from) == "by" && strings.Contains(v.lower(from-2, from), "chair") && v.inOfficeOf(from-2)
}

// officeHeads are those words of headings that, on a page of no occasion, head those who hold an office as often as those who take the
// floor.
var officeHeads = fold.Set(`panel chair chairs facilitator facilitators contributors moderator moderators instructors trainers`)

// standingHeads are words of headings over those who advise, lead or choose for good.
var standingHeads = fold.Set(`leadership advisory review selection judging expert awards editorial steering grant`)

// namesItsOwn reports whether a heading or lead-in tells who has the part that it names, which is not that of those under it: "8:35 Locks -
// Moderator: Jane Roe".
func (v *view) namesItsOwn(block int) bool {
	if v.nobodyIn(block) {
		return false
	}
	if v.Page.Blocks[block].Kind == ingest.HeadingBlock {
		return true
	}
	s := v.Blocks[block]
	for i := s.From; i+1 < s.To; i++ {
		if floorHeads[v.Toks[i].Lower] && v.Toks[i+1].Text == ":" && i+2 < s.To {
			return true
		}
	}
	return false
}

// headsFloor reports whether a word of a heading heads those who take the floor: on the page of an event or of a meeting each does, on
// others those that mean nothing else, and "panel" where the heading says nothing of what lasts.
func (v *view) headsFloor(word string, heading int) bool {
	if trainingHeads[word] && v.Page.Kind != ingest.EventPage {
		return false
	}
	if v.ofEvent() || v.Page.Genre == ingest.MinutesGenre || !officeHeads[word] {
		return true
	}
	if word != "panel" {
		return false
	}
	for i := v.Blocks[heading].From; i < v.Blocks[heading].To; i++ {
		if standingHeads[v.Toks[i].Lower] {
			return false
		}
	}
	return true
}

// printWords are what is read, not heard.
var printWords = fold.Set(`message letter letters blog blogpost article op-ed column tweet thread newsletter statement email essay book`)

// inPrint reports whether what somebody tells, where news are told, stood in print, or is said of how they like something: "talked about
// locks in his first message", "talked up".
func (v *view) inPrint(f names.Found) bool {
	if !v.news() {
		return false
	}
	told := false
	for i := f.To; i < f.To+40; i++ {
		t := v.At(i, f.From)
		if t == nil || t.Opens || t.Text == ";" || t.Text == "…" {
			return false
		}
		if !told {
			told = floorVerbs[t.Lower] || reportVerbs[t.Lower]
			if told && v.lower(i+1, f.From) == "up" {
				return true
			}
			continue
		}
		if sittings[t.Lower] {
			return false
		}
		if printWords[t.Lower] && (v.prepBefore(i) == "in" || v.prepBefore(i) == "via") {
			return true
		}
	}
	return false
}

// prepBefore is the word before a noun, what may stand between them left aside: "in" of "in his first message"; "" if there is none near.
func (v *view) prepBefore(noun int) string {
	for i := noun - 1; i > noun-5; i-- {
		t := v.At(i, noun)
		if t == nil || t.Shape == text.MarkShape {
			return ""
		}
		switch t.Lower {
		case "in", "via", "on", "at", "to", "of", "for", "with", "by":
			return t.Lower
		}
	}
	return ""
}

// contactWords stand before those whom readers are to write to.
var contactWords = fold.Set(`contact email e-mail ping message dm`)

// contact reports whether a place names somebody, or one of a run of people, only as whom to write to: "please reach out to Jane Roe",
// "contact Jane Roe".
func (v *view) contact(f names.Found) bool {
	from := f.From
	if r := v.runs[f.From]; r.people > 0 {
		from = r.From
	}
	w, before, first := v.lower(from-1, from), v.lower(from-2, from), v.lower(from-3, from)
	if to := f.To; w == "let" && v.lower(to, f.From) == "know" {
		return true
	}
	switch {
	case contactWords[w]:
		return true
	case w == "to":
		return before == "out" && first == "reach" || before == "write" || before == "email" || before == "talk" && first == "please"
	case w == "with":
		return before == "touch"
	}
	return false
}
