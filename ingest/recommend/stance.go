package recommend

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// stance says how the page stands to what a candidate asks: opposed if the words, those that introduce them or those that follow
// tell that it was rejected; reported if it is told of somebody; else supported.
func (f *Finder) stance(v *view, i int, who voice) ingest.Stance {
	c := &v.candidates[i]
	b := v.page.Blocks[c.block]
	if f.rejects(c.words, true) {
		return ingest.Opposed
	}
	for _, up := range []int{b.LeadIn, b.Parent, b.Heading} {
		if up < 0 {
			continue
		}
		ws := v.words[up]
		if of := v.of[up]; len(of) > 0 {
			ws = v.candidates[of[len(of)-1]].words
		}
		if f.rejects(ws, up == b.Heading) {
			return ingest.Opposed
		}
	}
	if b.Kind == ingest.QuoteBlock && c.block > 0 { // what introduces a quotation
		if of := v.of[c.block-1]; len(of) > 0 && strings.HasSuffix(strings.TrimRight(v.page.Blocks[c.block-1].In(v.page.Text), "* "), ":") &&
			f.rejects(v.candidates[of[len(of)-1]].words, true) {
			return ingest.Opposed
		}
	}
	if i+1 < len(v.candidates) && v.candidates[i+1].block == c.block && f.rejectsIt(v.candidates[i+1].words) {
		return ingest.Opposed
	}
	if who.id != 0 && who.rule != "author" || who.rule == "group" {
		if !any(c.words, consenting) {
			return ingest.Reported
		}
	}
	return ingest.Supported
}

// rejects reports whether the words tell that a proposal was rejected: "a majority opposed the statement", "the motion that ... was
// voted down", "(Majority opposed)". Somebody who argues against something himself asks for something; "MPs should reject the
// bill" asks for it too.
func (f *Finder) rejects(ws []word, alone bool) bool {
	at := -1 // the verb of rejecting
	for i := range ws {
		if !f.rejecting(ws, i) {
			continue
		}
		if i > 0 {
			if found, _ := f.cues.at(ws, i-1); found&(must|should|need|can|could|not) != 0 || i > 1 && ws[i-1].form == "be" {
				continue
			}
		}
		at = i
		break
	}
	if at < 0 {
		return false
	}
	for k := max(0, at-14); k < len(ws) && k <= at+6; k++ {
		if proposed[ws[k].form] {
			return true
		}
	}
	// a verdict in brackets at the end, or a heading: "Majority opposed"
	return alone && (at >= len(ws)-1 && at > 0 && (verdicts[ws[at-1].form] || len(ws) <= 3) || at == 0 && len(ws) <= 4)
}

// rejecting reports whether a verb of rejecting in the past, or of a third person, begins at word i.
func (f *Finder) rejecting(ws []word, i int) bool {
	next := ""
	if i+1 < len(ws) {
		next = ws[i+1].form
	}
	switch ws[i].form {
	case "opposed", "opposes", "rejected", "rejects", "defeated", "disagreed", "dismissed", "withdrawn", "overruled", "vetoed", "unsuccessful":
		return true
	case "voted":
		return next == "down" || next == "against" || i+2 < len(ws) && ws[i+2].form == "down"
	case "turned", "threw", "thrown", "struck":
		return next == "down" || next == "out"
	case "not", "never":
		return next == "adopted" || next == "supported" || next == "accepted" || next == "carried" || next == "agreed" || next == "pass" ||
			next == "passed"
	case "lost":
		return i > 0 && (ws[i-1].form == "was" || ws[i-1].form == "motion")
	}
	return false
}

// rejectsIt reports whether a sentence tells of what the one before it asks that it was rejected: "The proposal was rejected."
func (f *Finder) rejectsIt(ws []word) bool {
	if !f.rejects(ws, false) && !any(ws[:min(2, len(ws))], fold.Set("this that it")) {
		return false
	}
	refers := false
	for i := 0; i < len(ws) && i < 10; i++ {
		if i < 4 && (proposed[ws[i].form] || i == 0 && (ws[i].form == "this" || ws[i].form == "that" || ws[i].form == "it")) {
			refers = true
		}
		if refers && i > 0 && f.rejecting(ws, i) &&
			(ws[i-1].form == "was" || ws[i-1].form == "were" || ws[i-1].form == "been" || any(ws[i+1:], fold.Set("this that it"))) {
			return true
		}
	}
	return false
}

var (
	// proposed are nouns for what can be rejected.
	proposed = fold.Set("statement statements proposal proposals motion motions idea ideas call calls suggestion suggestions amendment " +
		"amendments recommendation recommendations demand demands petition view claim notion option")
	// verdicts are words before "opposed" where it is a verdict on what stands before.
	verdicts   = fold.Set("majority most minority strongly all members participants students respondents voters group")
	consenting = fold.Set("agreed consensus supported endorsed welcomed unanimous together")
)
