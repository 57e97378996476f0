package recommend

import (
	"strings"

	"rapporteur/ingest"
)

// signs observes the ways of asking that a reader would name: each is rare on the pages that taught us, but holds on any.
func (f *Finder) signs(fs *features, v *view, c *candidate, b ingest.Block) {
	text := v.page.Text
	question := strings.HasSuffix(strings.TrimRight(c.In(text), `"'”’)]* `), "?")
	var found []string
	sign := func(name string, holds bool) {
		if holds {
			found = append(found, name)
		}
	}
	introduced := f.introduced(v, b)
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
	if len(found) == 0 {
		found = append(found, "nothing")
	}
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
	return strings.HasSuffix(text, ":") && found&(strong|could|point) != 0
}

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
		case form == "should" || form == "shouldn" || form == "must" || form == "ought" || (form == "need" || form == "needs" || form == "have" || form == "has") && at(i+1) == "to":
			if i > 0 && left&(me|question|not) == 0 && last != "that" && last != "t" && last != "will" && last != "may" && last != "and" && !(form != "need" && form != "needs" && last == "not") {
				modal = true
			}
		case form == "needed" || form == "required" || form == "necessary":
			needed = needed || last == "is" || last == "are" || last == "be" || at(i-2) == "is" || at(i-2) == "are"
		case form == "need" || form == "needs":
			needed = needed || next != "" && left&me == 0
		}
		switch {
		case found&ask == 0:
		case n > 1 || next == "that" || next == "for" || next == "a" || next == "the" || next == "to" || next == "more" || strings.HasSuffix(next, "ing"):
			asking = true
		case (strings.HasPrefix(form, "encourage") || strings.HasPrefix(form, "urge") || strings.HasPrefix(form, "advise") || strings.HasPrefix(form, "recommend") || strings.HasPrefix(form, "suggest")) &&
			(strings.HasSuffix(form, "s") || strings.HasSuffix(form, "d")) && last != "is" && last != "are" && next != "by" && next != "":
			asking = true
		}
		if found&vital != 0 && (next == "that" || next == "to" || next == "for" || next == "in" || next == "part") {
			essential = true
		}
	}
	return modal, asking, essential, needed
}
