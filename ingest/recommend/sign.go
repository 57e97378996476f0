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
	introduced := f.introduces(v, b.LeadIn) || f.introduces(v, b.Parent)
	headed := b.Heading >= 0 && v.cues[b.Heading]&(point|ask|need|should|must|vital|wish) != 0
	command := f.commands(c.words)
	t := v.lists[b.List]
	sign("introduced", introduced)
	sign("headed", headed)
	sign("commands", b.List > 0 && command && 2*t.imperative >= t.all)
	sign("command", command)
	modal, asking, essential := f.demands(c.words)
	sign("modal", modal)
	sign("asking", asking)
	sign("essential", essential)
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
// whether a verb of asking has an object ("called for", "urged ministers to"), and whether something is said to be essential.
func (f *Finder) demands(ws []word) (modal, asking, essential bool) {
	for i := range ws {
		found, n := f.cues.at(ws, i)
		if found&(must|should|need) != 0 && i > 0 {
			if left, _ := f.cues.at(ws, i-1); left&(me|question) == 0 {
				modal = true
			}
		}
		next := ""
		if i+n < len(ws) {
			next = ws[i+n].form
		}
		if found&ask != 0 && n > 0 {
			if n > 1 || next == "that" || next == "for" || next == "a" || next == "the" || next == "to" || next == "more" || strings.HasSuffix(next, "ing") {
				asking = true
			}
		}
		if found&vital != 0 && (next == "that" || next == "to" || next == "for" || next == "in" || next == "part") {
			essential = true
		}
	}
	return modal, asking, essential
}
