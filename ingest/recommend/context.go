package recommend

import (
	"strings"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// longestContext is how many bytes of context an ask carries.
const longestContext = 400

// shown returns the span of a candidate that is shown: without the mark of the speaker's turn, whose it is said elsewhere.
func (v *view) shown(c *candidate) ingest.Span {
	s := c.Span
	if m := v.marks[c.block]; m.words > 0 && c.nth == 0 && m.start < c.End && c.Start <= v.page.Blocks[c.block].Start+4 {
		s.Start = m.start
		return s
	}
	if c.nth > 0 { // "It drifts. Ana: makers should say so."
		n, start, of := v.mark(v.page.Blocks[c.block], c.words)
		if n > 0 && of != 0 && start < c.End && strings.Contains(v.page.Text[c.words[n-1].End:start], ":") {
			s.Start = start
		}
	}
	return s
}

// context returns what a candidate needs to be understood by itself: the words that introduce its list, else the item that it is
// nested in; of a label without a verb, its heading; of a sentence that points back ("This must ..."), the sentence before.
func (f *Finder) context(v *view, i int) string {
	c := &v.candidates[i]
	b := v.page.Blocks[c.block]
	switch {
	case c.after >= 0:
		return v.around(&v.candidates[c.after])
	case pointsBack(c.words) && i > 0 && (v.candidates[i-1].block == c.block || v.page.Blocks[v.candidates[i-1].block].Heading == b.Heading &&
		v.candidates[i-1].block == c.block-1):
		return v.around(&v.candidates[i-1])
	case b.Kind == ingest.ItemBlock && b.LeadIn >= 0 && v.page.Blocks[b.LeadIn].Kind != ingest.HeadingBlock && b.LeadIn != b.Heading &&
		len(v.of[b.LeadIn]) > 0:
		of := v.of[b.LeadIn]
		return v.around(&v.candidates[of[len(of)-1]])
	case b.Kind == ingest.ItemBlock && b.Parent >= 0 && len(v.of[b.Parent]) > 0:
		of := v.of[b.Parent]
		return v.around(&v.candidates[of[len(of)-1]])
	case b.Heading >= 0 && (b.Kind == ingest.ItemBlock || b.Kind == ingest.CellBlock || !f.demanding(c.words)):
		return cut(folded(v.page.Blocks[b.Heading].In(v.page.Text)))
	}
	return ""
}

// around is the text of a candidate as context of another one.
func (v *view) around(c *candidate) string { return cut(folded(v.shown(c).In(v.page.Text))) }

// cut shortens a text to longestContext bytes, at a space.
func cut(text string) string {
	if len(text) <= longestContext {
		return text
	}
	at := longestContext
	for at > 0 && !utf8.RuneStart(text[at]) {
		at--
	}
	if space := strings.LastIndexByte(text[:at], ' '); space > 0 {
		at = space
	}
	return text[:at] + " …"
}

// demanding reports whether the words say by themselves that something is asked for.
func (f *Finder) demanding(ws []word) bool {
	modal, asking, essential, needed := f.demands(ws)
	return modal || asking || essential || needed
}

// pointsBack reports whether a sentence begins by pointing to what was said before it.
func pointsBack(ws []word) bool {
	for i := 0; i < len(ws) && i < 3; i++ {
		switch ws[i].form {
		case "this", "these", "that", "those", "such", "it", "they", "he", "she", "both", "otherwise":
			return !(ws[i].form == "that" && i > 0 || ws[i].form == "it" && i+2 < len(ws) && (ws[i+1].form == "is" || ws[i+1].form == "was") &&
				expletive[ws[i+2].form])
		case "and", "but", "so", "also", "however", "therefore", "instead", "to", "for", "in", "of", "all", "if", "because":
		default:
			return false
		}
	}
	return false
}

// expletive are words after "it is" where "it" points to what follows.
var expletive = fold.Set("essential vital crucial important imperative critical necessary time clear likely possible " +
	"recommended urgent good " +
	"right worth better also")
