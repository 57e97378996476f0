package recommend

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// signs lists the ways of asking that a reader would name: each is rare on the pages that taught us, but holds on any.
func (f *Finder) signs(v *view, c *candidate, b ingest.Block) (found []string) {
	sign := func(name string, holds bool) {
		if holds {
			found = append(found, name)
		}
	}
	introduced := f.introduced(v, b) || c.after >= 0 && v.candidates[c.after].cues&(strong|could|point) != 0
	headed := b.Heading >= 0 && v.cues[b.Heading]&(point|ask|need|should|must|vital|wish) != 0
	command := f.commands(c.words)
	t := v.lists[v.outermost(b)]
	sign("introduced", introduced)
	sign("headed", headed)
	sign("commands", b.List > 0 && command && 2*t.imperative >= t.all)
	sign("command", command)
	modal, asking, essential, needed := f.demands(c.words)
	sign("modal", modal)
	sign("asking", asking)
	sign("essential", essential)
	sign("needed", needed)
	sign("reported", f.reported(c.words))
	sign("quoted", f.quotedDemand(v, c))
	sign("chore", f.chore(c.words))
	sign("invited", f.invites(c.words))
	sign("embedded", f.embedded(v, c.words))
	sign("noun", f.onlyNouns(c.words))
	sign("foretold", f.foretells(c.words))
	sign("described", f.described(c.words))
	sign("posed", f.poses(v, c, c.words))
	if len(found) == 0 {
		found = append(found, "nothing")
	}
	return found
}

// signNames are all signs.
var signNames = []string{"introduced", "headed", "commands", "command", "modal", "asking", "essential", "needed", "reported", "quoted",
	"chore", "invited", "embedded", "noun", "foretold", "described", "posed"}

// embedded reports whether all modals of the words stand in clauses that name a question, not a demand: "how models should be
// used", "whether schools must publish".
func (f *Finder) embedded(v *view, ws []word) bool {
	some := false
	for i := range ws {
		found, _ := f.cues.at(ws, i)
		if found&ask != 0 {
			return false
		}
		if found&(must|should|need) == 0 {
			continue
		}
		within := false
		for j := i - 1; j >= 0 && j >= i-8; j-- {
			if v.page.Text[ws[j].End] == ':' { // "What I would tell them: they must ..."
				break
			}
			if asks[ws[j].form] {
				within = true
				break
			}
			if ws[j].form == "that" || ws[j].form == "but" {
				break
			}
		}
		if !within {
			return false
		}
		some = true
	}
	return some
}

// onlyNouns reports whether all that sounds like asking are nouns for it: "the proposals of last year", "a call for evidence".
func (f *Finder) onlyNouns(ws []word) bool {
	some := false
	for i := range ws {
		found, n := f.cues.at(ws, i)
		if found&(must|should|need|lets) != 0 {
			return false
		}
		if found&ask == 0 {
			continue
		}
		next := ""
		if i+n < len(ws) {
			next = ws[i+n].form
		}
		switch {
		case askNouns[ws[i].form] && n == 1:
			if next == "that" || next == "is" || next == "are" || next == "was" {
				return false
			}
		case strings.HasPrefix(ws[i].form, "call") && i+2 < len(ws) && (heard[ws[i+2].form] || i+3 < len(ws) && heard[ws[i+3].form]):
		default:
			return false
		}
		some = true
	}
	return some
}

// foretells reports whether a modal of the words says what is likely to come: "is expected to", "should be ready", "should she lose".
func (f *Finder) foretells(ws []word) bool {
	for i := range ws {
		switch ws[i].form {
		case "expected", "likely", "set", "due":
			if i > 0 && i+1 < len(ws) && ws[i+1].form == "to" {
				return true
			}
		case "should":
			if i+1 < len(ws) && (ws[i+1].form == "see" || ws[i+1].form == "expect" || ws[i+1].form == "know" || ws[i+1].form == "arrive") {
				return true
			}
			if i > 0 && (ws[i-1].form == "and" || ws[i-1].form == "but") && i+1 < len(ws) && ws[i+1].upper {
				return true
			}
		}
	}
	return false
}

// addSigns observes signs, by themselves, two by two, and with what the candidate is.
func (fs *observed) addSigns(found []string, v *view, c *candidate, b ingest.Block) {
	question := strings.HasSuffix(strings.TrimRight(c.In(v.page.Text), `"'”’)]* `), "?")
	for i, s := range found {
		fs.add("sign", s)
		fs.add("sign", s, string(b.Kind))
		if question {
			fs.add("sign", s, "?")
		}
		for _, o := range found[:i] {
			fs.add("signs", o, s)
		}
	}
	if len(found) > 1 {
		fs.add("signs", "many")
	}
}

// introduced reports whether the block stands in a list, at any depth, that a demand introduces.
func (f *Finder) introduced(v *view, b ingest.Block) bool {
	for {
		if f.introduces(v, b.LeadIn) || f.introduces(v, b.Parent) {
			return true
		}
		if b.Parent < 0 {
			return false
		}
		b = v.page.Blocks[b.Parent]
	}
}

// introduces reports whether the block ends in words that make what follows it a demand: "organisations should:".
func (f *Finder) introduces(v *view, block int) bool {
	if block < 0 {
		return false
	}
	found := v.cues[block]
	if of := v.of[block]; len(of) > 0 {
		found = v.candidates[of[len(of)-1]].cues
	}
	text := strings.TrimRight(v.page.Blocks[block].In(v.page.Text), "* ")
	ws := v.words[block]
	return strings.HasSuffix(text, ":") && (found&(strong&^lets|point) != 0 || any(ws[max(0, len(ws)-longestOffer):], offering))
}

// longestOffer is the number of words before the colon among which "could" offers what follows.
const longestOffer = 12

var offering = fold.Set("could")

// demands reports whether somebody other than the writer is told to do something ("councils should", "we need to"),
// whether a verb of asking has an object ("called for", "urged ministers to"), whether something is said to be essential
// ("it is vital that") and whether it is said to be needed ("is needed", "the need for").
func (f *Finder) demands(ws []word) (modal, asking, essential, needed bool) {
	at := func(i int) string {
		if i < 0 || i >= len(ws) {
			return ""
		}
		return ws[i].form
	}
	for i := range ws {
		found, n := f.cues.at(ws, i)
		if found&(strong) == 0 {
			continue
		}
		form, next, last := at(i), at(i+n), at(i-1)
		left := cues(0)
		if i > 0 {
			left, _ = f.cues.at(ws, i-1)
		}
		switch {
		case form == "should" || form == "shouldn" || form == "must" || form == "ought" ||
			(form == "need" || form == "needs" || form == "have" || form == "has") && at(i+1) == "to":
			if i > 0 && left&(me|question|not) == 0 && last != "that" && last != "t" && last != "will" && last != "may" && last != "and" &&
				!(form != "need" && form != "needs" && last == "not") {
				modal = true
			}
		case form == "needed" || form == "required" || form == "necessary":
			needed = needed || last == "is" || last == "are" || last == "be" || at(i-2) == "is" || at(i-2) == "are"
		case form == "need" || form == "needs":
			needed = needed || next != "" && left&me == 0
		}
		switch {
		case found&ask == 0, (form == "advocate" || form == "advocates" || form == "champions") &&
			(last == "now" || last == "are" || last == "as" || last == "is" || last == "strong" || last == "become"):
		case n > 1 || next == "that" || next == "for" || next == "a" || next == "the" || next == "to" || next == "more" ||
			strings.HasSuffix(next, "ing"):
			asking = true
		case (strings.HasPrefix(form, "encourage") || strings.HasPrefix(form, "urge") || strings.HasPrefix(form, "advise") ||
			strings.HasPrefix(form, "recommend") || strings.HasPrefix(form, "suggest")) &&
			(strings.HasSuffix(form, "s") || strings.HasSuffix(form, "d")) && last != "is" && last != "are" && next != "by" && next != "":
			asking = true
		}
		if found&vital != 0 && (next == "that" || next == "to" || next == "for" || next == "in" || next == "part") {
			essential = true
		}
	}
	return modal, asking, essential, needed
}

// farthest is the number of words between a verb of saying and the demand that it reports.
const farthest = 14

// reported reports whether somebody is said to demand something: "the union said that ministers must", "wants a ban".
func (f *Finder) reported(ws []word) bool {
	said := -1
	for i := range ws {
		found, _ := f.cues.at(ws, i)
		if said >= 0 && i > said && i-said <= farthest && found&(must|should|need) != 0 {
			return true
		}
		if i > 0 && found&(say|want|ask|stress) != 0 {
			said = i
		}
	}
	return false
}

// quotedDemand reports whether the demand stands in quotation marks, as a headline does.
func (f *Finder) quotedDemand(v *view, c *candidate) bool {
	within := false
	last := c.Start
	for i, w := range c.words {
		gap := v.page.Text[last:w.Start]
		switch {
		case strings.ContainsAny(gap, "‘“"), strings.HasSuffix(gap, "'"), strings.HasSuffix(gap, `"`):
			within = true
		case within && (strings.ContainsAny(gap, "”\"") || strings.HasPrefix(gap, "’ ") || strings.HasPrefix(gap, "' ")):
			within = false
		}
		if found, _ := f.cues.at(c.words, i); within && found&(must|should|need|ask|lets) != 0 {
			return true
		}
		last = w.End
	}
	return false
}

// chore reports whether the writer tells what he or she has to do: "I need to finish the slides", "I've begun but must find time".
func (f *Finder) chore(ws []word) bool {
	first, last := false, -farthest // whether the sentence's subject is the writer; where "I" stood last
	for i, w := range ws {
		found, _ := f.cues.at(ws, i)
		switch {
		case w.form == "i" && w.upper:
			first, last = first || i < 4, i
		case found&say != 0:
			last = -farthest
		case found&(must|should|need) != 0 && w.form != "needed":
			return i-last <= 3 || first && i > 0 && (ws[i-1].form == "but" || ws[i-1].form == "and")
		}
	}
	return false
}

// invites reports whether the words begin by telling the reader to read, sign up, get in touch or go somewhere.
func (f *Finder) invites(ws []word) bool {
	i := 0
	if len(ws) > 1 && (ws[0].form == "please" || ws[0].form == "and" || ws[0].form == "or" || ws[0].form == "also" || ws[0].form == "then") {
		i = 1
	}
	found, _ := f.cues.at(ws, i)
	return found&invite != 0 && !nouns[ws[i].form] || bidding[ws[i].form]
}

// bids reports whether the reader is told what to bring, where to be and whom to write to: "You need to bring a laptop".
func (f *Finder) bids(v *view, c *candidate) bool {
	if c.cues&you == 0 {
		return false
	}
	text := c.In(v.page.Text)
	return any(c.words, carried) || strings.Contains(text, "@") || strings.Contains(text, "://")
}

// carried are words for what visitors do before and when they come.
var carried = fold.Set("bring wear arrive book register rsvp ticket tickets laptop passport id apply login")

var (
	// asks are words that a clause begins with which names a question.
	asks = fold.Set("how whether what which who why where when")
	// askNouns are nouns that verbs of asking are taken for.
	askNouns = fold.Set(`proposal proposals recommendation recommendations suggestion suggestions demand demands advice petition
		petitioned advocate advocates`)
	// heard is what a call is for that asks for no more than to be heard.
	heard = fold.Set(`evidence interest topics feedback ideas papers input inputs views submissions contributions proposals speakers
		participation abstracts
		applications comments volunteers bids`)
	// bidding are verbs that bid the reader to take part or to look at something.
	bidding = fold.Set("share become follow join register subscribe donate contact email rsvp download contribute volunteer " +
		"signup browse click")
	// nouns are words of invitations that begin other sentences too.
	nouns = fold.Set("available link links recording slides website ticket tickets visit watch book apply submit let see read find")
)
