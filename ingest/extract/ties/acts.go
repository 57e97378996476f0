package ties

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

// Words of acts of speaking, whoever does them.
var (
	// plainActs say by themselves that their subject spoke at an occasion.
	plainActs = fold.Set(`spoke presented keynoted chaired moderated facilitated co-chaired co-presented co-facilitated panelled`)
	// actsOf say so together with a word for what was done: "gave a talk", "ran a workshop".
	actsOf = fold.Set(`gave gives give giving made makes did delivered delivers ran runs led leads hosted hosts co-hosted joined
		was did convened opened closed`)
	// doneWords are what is done at occasions.
	doneWords = fold.Set(`talk talks panel speech lecture keynote workshop workshops session sessions presentation presentations
		evidence webinar podcast interview interviewed seminar training roundtable tutorial demo evidence testimony address
		remarks plenary masterclass hustings debate`)
	// asides may stand between "I" and its verb.
	asides = fold.Set(`also then have had ve was just recently finally even again both and got to able pleased delighted honoured
		lucky fortunate asked invited the pleasure privilege honour of a great be yesterday today really been`)
	// heardWords stand before "from", "by", "with" and those who took the floor.
	heardWords = fold.Set(`heard hearing hear input inputs contributions contribution presentation presentations talk talks
		keynote keynotes remarks examples perspectives insights conversation discussion interview speeches speech address
		session sessions panel demo demos lecture podcast webinar joined introduced moderated chaired facilitated hosted
		presented led interviewed featuring feat`)
)

// spokeOut returns the place of the "I" by which the author of a page says that they took the floor somewhere, and the verb; ok is false
// if they say so nowhere.
func (v *view) spokeOut() (at names.Found, verb string, ok bool) {
	if v.spoke == nil {
		v.spoke = &spoken{}
		v.spoke.at, v.spoke.verb, v.spoke.ok = v.speakingOut()
	}
	return v.spoke.at, v.spoke.verb, v.spoke.ok
}

// spoken is what spokeOut returns.
type spoken struct {
	at   names.Found
	verb string
	ok   bool
}

func (v *view) speakingOut() (at names.Found, verb string, ok bool) {
	for _, i := range v.Voice {
		if v.Toks[i].Text != "I" && v.Toks[i].Lower != "i" {
			continue
		}
		if t := tellingOf(v.told, i); t != nil && t.who != nil && t.who != v.writer {
			continue // another's turn
		}
		for k := i + 1; k < i+10; k++ {
			t := v.At(k, i)
			if t == nil || t.Opens || t.Text == "," || t.Text == "." {
				break
			}
			w := t.Lower
			if w == "joined" && !v.panelAt(k+1, i) {
				break // "I joined a workshop"
			}
			if plainActs[w] && v.atOccasion(k, i) || actsOf[w] && v.doneAt(k+1, i) && (w != "was" || v.panelAt(k+1, i)) {
				return names.Found{From: i, To: i + 1}, w, true
			}
			if t.Shape != text.MarkShape && !asides[w] {
				break
			}
		}
	}
	return at, "", false
}

// panelAt reports whether those who take part in what the next words name speak there.
func (v *view) panelAt(from, near int) bool {
	for i := from; i < from+7 && v.At(i, near) != nil && !v.Toks[i].Opens; i++ {
		switch v.Toks[i].Lower {
		case "panel", "podcast", "roundtable", "debate", "interviewed", "hustings", "speaker", "panellist", "panelist", "plenary":
			return true
		}
	}
	return false
}

// atOccasion reports whether a verb of speaking is followed by where it was done: "spoke at", "presented to", "chaired the panel".
func (v *view) atOccasion(verb, near int) bool {
	for i := verb + 1; i < verb+14; i++ {
		t := v.At(i, near)
		if t == nil || t.Opens {
			return false
		}
		if doneWords[t.Lower] || occasionWords[t.Lower] || occasionHeads[t.Lower] {
			return true
		}
		if (t.Lower == "at" || t.Lower == "on") && i < verb+6 {
			if next := v.At(i+1, near); next != nil && (next.Capital() || next.Lower == "the" || next.Lower == "a") {
				return true
			}
		}
	}
	return false
}

// doneAt reports whether a word for what is done at an occasion stands among the next words.
func (v *view) doneAt(from, near int) bool {
	for i := from; i < from+7; i++ {
		t := v.At(i, near)
		if t == nil || t.Opens || t.Text == "," || t.Text == "." {
			return false
		}
		if doneWords[t.Lower] {
			before := v.At(i-1, near)
			return before == nil || before.Lower != "of"
		}
		if t.Lower == "to" || t.Lower == "that" || t.Lower == "about" {
			return false
		}
	}
	return false
}

// actAfter reports whether what a person does in a sentence is an act of speaking: "made a speech", "gives a lecture this evening".
func (v *view) actAfter(f names.Found) bool {
	for i := f.To; i < f.To+7; i++ {
		t := v.At(i, f.From)
		if t == nil || t.Opens {
			return false
		}
		if plainActs[t.Lower] || actsOf[t.Lower] && v.doneAt(i+1, f.From) {
			return true
		}
	}
	return false
}

// heardFrom reports whether words before a person, or before the run of people that they stand in, say that these were heard: "talks by",
// "heard from", "chaired by", "Jane Roe interviews".
func (v *view) heardFrom(from int) bool {
	i := from - 1
	for n := 0; n < 3; n++ {
		if t := v.At(i, from); t != nil && (t.Capital() && !t.Opens || t.Lower == "the" || t.Lower == "our") {
			i--
		}
	}
	t := v.At(i, from)
	if t == nil {
		return false
	}
	switch t.Lower {
	case "by", "from", "with":
		for k := i - 1; k > i-4; k-- {
			if w := v.At(k, from); w != nil && heardWords[strings.TrimSuffix(w.Lower, ":")] {
				return true
			}
		}
	case "featuring", "interviews", "interviewed", "chairs", "chaired":
		return true
	}
	return false
}

// runFeatures describes what stands before and after the run of people that a place is part of, which is said of all of them.
func (v *view) runFeatures(b *text.Bag, f names.Found, r run) {
	word := func(i int) string {
		t := v.At(i, f.From)
		switch {
		case t == nil:
			return "|"
		case t.Shape == text.NumberShape:
			return "9"
		case t.Capital() && !t.Opens:
			return "Xx"
		}
		return t.Lower
	}
	b.Note("word before the run", word(r.From-1))
	b.Note("two words before the run", word(r.From-2), word(r.From-1))
	b.Note("word after the run", word(r.To))
	b.Note("the run opens or closes the block", text.Yes(v.At(r.From-1, f.From) == nil), text.Yes(v.At(r.To, f.From) == nil),
		string(v.Block(f.From).Kind))
}

var (
	givingVerbs  = fold.Set(`gave gives giving made makes making delivered delivers delivering`)
	givenWords   = fold.Set(`speech lecture keynote talk presentation evidence testimony webinar tutorial demo address`)
	leadingVerbs = fold.Set(`chairs chaired moderates moderated interviews interviewed`)
	sharedWords  = fold.Set(`input inputs keynote keynotes talk talks presentation presentations speech speeches contribution contributions
		remarks lecture lectures`)
)

// plainly says of a place that names somebody, or of the run of people that it is part of, whether the words beside it say outright that
// they took the floor: "gave a speech", "Jane Roe's lecture at", "chaired by", "inputs from", "John Doe chairs"; "" if they do not.
func (v *view) plainly(f names.Found) (part ingest.Part, rule string) {
	from := f.From
	if r := v.runs[f.From]; r.people > 0 {
		from = r.From
	}
	// what they did, or what is theirs
	for i := f.To; i < f.To+4; i++ {
		t := v.At(i, f.From)
		if t == nil || t.Opens {
			break
		}
		theirs := (t.Text == "'" || t.Text == "’") && i == f.To && v.lower(i+1, f.From) == "s"
		if theirs || givingVerbs[t.Lower] {
			for k := i + 1; k < i+6; k++ {
				w := v.At(k, f.From)
				if w == nil || w.Shape == text.MarkShape {
					break
				}
				next := v.lower(k+1, f.From)
				if givenWords[w.Lower] && (!theirs || next == "at" || next == "to" || next == "in") {
					return ingest.Speaker, "says " + w.Lower
				}
				if theirs && k > i+3 {
					break
				}
			}
			break
		}
		if t.Shape == text.LowerShape && !text.Joins[t.Lower] {
			break
		}
	}
	// who led, and what was heard from whom
	i := from - 1
	if t := v.At(i, from); t != nil && t.Lower == "s" { // "chaired by the Post's Jane Roe"
		i -= 2
		for n := 0; n < 4 && v.At(i, from) != nil && v.Toks[i].Capital(); n++ {
			i--
		}
		if v.lower(i, from) == "the" {
			i--
		}
	}
	for n := 0; n < 2 && v.At(i, from) != nil && v.Toks[i].Class&gazetteer.Title != 0; n++ {
		i--
	}
	switch w, before := v.lower(i, from), v.lower(i-1, from); {
	case w == "by" && (before == "chaired" || before == "moderated" || before == "facilitated"):
		if (from == f.From || v.runs[f.From].people == 2) && !v.inOfficeOf(i-1) {
			return partOf(before), "says " + before
		}
	case w == "from" && sharedWords[before] && !v.ofWork(i-1), w == "by" && givenWords[before]:
		return ingest.Speaker, "says " + before
	case (w == "by" || w == "with" || w == "from") && closingQuotes[before] && v.ofEvent() && !v.cited(f):
		return ingest.Speaker, "says " + w
	case leadingVerbs[w] && v.personEnds(i):
		return ingest.Speaker, "says " + w
	}
	return "", ""
}

// personEnds reports whether a person's name, with what stands in brackets after it, ends before a token.
func (v *view) personEnds(i int) bool {
	if t := v.At(i-1, i); t != nil && t.Text == ")" {
		for k := i - 2; k > i-12 && v.At(k, i) != nil; k-- {
			if v.Toks[k].Text == "(" {
				i = k
				break
			}
		}
	}
	return v.ends[i]
}

// closingQuotes end the title of a talk.
var closingQuotes = map[string]bool{"\"": true, "”": true, "’": true, "»": true, "'": true}

// ofEvent reports whether the page is that of an event, by its folder or its signals.
func (v *view) ofEvent() bool {
	return v.Page.Kind == ingest.EventPage || v.Page.Genre == ingest.EventGenre
}

// titled reports whether the title of an event's page says that somebody speaks there: "Jane Roe and John Doe on the future of locks",
// "Seminar: tides, with Jane Roe", "Jane Roe: the future of locks".
func (v *view) titled(f names.Found) bool {
	if v.Kind(f.From) != ingest.TitleBlock || !v.ofEvent() || f.Short {
		return false
	}
	from, to := f.From, f.To
	if r := v.runs[f.From]; r.people > 0 {
		from, to = r.From, r.To
	}
	s := v.Blocks[v.Toks[f.From].Block]
	next, before := v.lower(to, from), v.lower(from-1, from)
	if from == s.From && (next == "on" || next == "über" || next == "sur" || next == ":") {
		return true
	}
	if before != "by" && before != "with" && before != "mit" && before != "avec" {
		return false
	}
	for i := s.From; i < from; i++ {
		if w := v.Toks[i].Lower; doneWords[w] || occasionHeads[w] || w == "conversation" || w == "fireside" || w == "vortrag" {
			return true
		}
	}
	return false
}
