package recommend

import (
	"strings"

	"rapporteur/ingest/fold"
)

// hollow reports whether all that the words ask for is answers, action, change and the like, without a word of which: "Ana Roe called for
// answers (The Mast)", "campaigners demand urgent action".
func (f *Finder) hollow(v *view, ws []word) bool {
	some := false
	for i := range ws {
		found, n := f.cues.at(ws, i)
		if found&vital != 0 && hollowBefore[ws[i].form] {
			continue
		}
		if found&(must|should|need|lets|vital|wish) != 0 || found&(ask|want) != 0 && !f.hollowAt(v, ws, i+max(n, 1)) {
			return false
		}
		some = some || found&(ask|want) != 0
	}
	return some
}

// hollowAt reports whether the words from i on, to the end of their clause, only name that something is to be done.
func (f *Finder) hollowAt(v *view, ws []word, i int) bool {
	for i < len(ws) && hollowBefore[ws[i].form] {
		i++
	}
	if i >= len(ws) || !hollowNouns[ws[i].form] {
		return false
	}
	if i+1 < len(ws) && ws[i+1].form == "now" {
		i++
	}
	return i+1 == len(ws) || strings.ContainsAny(v.page.Text[ws[i].End:ws[i+1].Start], ".…;:!?()–—") || hollowBehind[ws[i+1].form]
}

var (
	// hollowBefore are words that make such a noun no clearer.
	hollowBefore = fold.Set("for an a the some more urgent immediate swift further real proper clear bold serious stronger greater calm")
	// hollowNouns are nouns for whatever is asked.
	hollowNouns = fold.Set("answers action change changes calm clarity progress urgency explanation explanations debate " +
		"discussion help apology")
	// hollowBehind are words behind such a noun that tell of something else than what is asked.
	hollowBehind = fold.Set("and but as after while when at from yesterday today this last amid following in")
)
