package recommend

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// fewestTurns is how many turns make a page a transcript.
const fewestTurns = 6

// longestMark is the number of words that the mark of a turn may have: "Ana Roe (Lantern Institute):".
const longestMark = 7

// initials maps the marks by which minutes call people to the one person of the page whom each can stand for: those that a
// table of those present gives beside the name, and the first letters of the name.
func initials(r *ingest.Record) map[string]ingest.LocalID {
	out := map[string]ingest.LocalID{}
	add := func(mark string, id ingest.LocalID) {
		if known, ok := out[mark]; ok && known != id {
			id = 0 // of two people: neither
		}
		out[mark] = id
	}
	for _, p := range r.People {
		letters := ""
		for _, w := range strings.Fields(p.Name) {
			if first, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(first) {
				letters += strings.ToLower(string(first))
			}
		}
		if len(letters) > 1 {
			add(letters, p.ID)
		}
	}
	for _, p := range r.People {
		for _, m := range p.Mentions {
			if handle := handleAfter(r.Text, m.End); handle != "" {
				add(handle, p.ID)
			}
			i := blockAt(r.Page, m.Start)
			if i < 0 || r.Blocks[i].Kind != ingest.CellBlock || i+1 >= len(r.Blocks) || r.Blocks[i+1].Kind != ingest.CellBlock ||
				r.Blocks[i+1].Row != r.Blocks[i].Row {
				continue
			}
			if mark := strings.TrimSpace(r.Blocks[i+1].In(r.Text)); isMark(mark) {
				out[strings.ToLower(mark)] = p.ID
			}
		}
	}
	return out
}

// handleAfter returns the handle that stands behind a name, in small letters and with its sign: "@aroe" of "Ana Roe (@aroe)".
func handleAfter(text string, at int) string {
	rest := strings.TrimLeft(text[at:min(len(text), at+longestHandle)], " (")
	if !strings.HasPrefix(rest, "@") {
		return ""
	}
	end := 1
	for end < len(rest) && (rest[end] == '_' || unicode.IsLetter(rune(rest[end])) || unicode.IsDigit(rune(rest[end]))) {
		end++
	}
	if end < 3 {
		return ""
	}
	return strings.ToLower(rest[:end])
}

// longestHandle is the number of bytes behind a name among which its handle stands.
const longestHandle = 44

// isMark reports whether the text is two to four capitals.
func isMark(text string) bool {
	return len(text) >= 2 && len(text) <= 4 && strings.IndexFunc(text, func(r rune) bool { return r < 'A' || r > 'Z' }) < 0
}

// mark returns the number of words that mark a turn at the beginning of a block ("MQ:", "**Robin Aske:**", "- Paola:"), where
// its words begin, and whose turn it is: 0 if it is nobody whom the page names. 0 words are no mark.
func (v *view) mark(b ingest.Block, ws []word) (n, start int, of ingest.LocalID) {
	if b.Kind == ingest.HeadingBlock || b.Kind == ingest.CellBlock || b.Kind == ingest.FieldBlock {
		return 0, 0, 0
	}
	text := v.page.Text
	clock := 0 // words of the time at which the turn begins: "[00:02:10]"
	for clock < len(ws) && clock < 4 && digits(ws[clock].form) {
		clock++
	}
	ws = ws[clock:]
	if n, of := v.bracketed(ws); n > 0 && n < len(ws) {
		return clock + n, ws[n].Start, of
	}
	for k := 0; k+1 < len(ws) && k < longestMark; k++ {
		gap := text[ws[k].End:ws[k+1].Start]
		if gap == ":" && digits(ws[k].form) && digits(ws[k+1].form) { // of a time: "Ana Roe (00:02:10):"
			continue
		}
		end := strings.IndexByte(gap, ':')
		dash := false
		if end < 0 {
			for _, d := range []string{" - ", " – ", " — "} {
				if at := strings.Index(gap, d); at >= 0 {
					dash, end = true, at+len(d)-2 // the last byte of the dash
				}
			}
		}
		if end < 0 || end == 0 && !dash && gap[0] != ':' {
			if strings.ContainsAny(gap, "!?;—") || strings.Contains(gap, ".") && !titles[ws[k].form] {
				return 0, 0, 0
			}
			continue
		}
		if end+1 < len(gap) && strings.TrimLeft(gap[end+1:], "* \n_)-–") == gap[end+1:] {
			return 0, 0, 0 // "9:30", "http://"
		}
		start = ws[k+1].Start
		for start > ws[k].End && strings.ContainsRune("\"'“‘(", rune(text[start-1])) {
			start--
		}
		for start > 0 && !utf8.RuneStart(text[start]) {
			start--
		}
		if k == 0 && ws[0].Start > 0 && text[ws[0].Start-1] == '@' {
			return clock + 1, start, v.initials["@"+ws[0].form]
		}
		for _, w := range ws[:min(2, k+1)] {
			if v.named[w.Start] {
				if end := v.names[w.Start]; end <= ws[k].End+1 {
					return clock + k + 1, start, v.people[w.Start]
				}
			}
		}
		if ws[0].upper && (k == 0 || k < 4 && strings.Contains(text[ws[0].End:ws[1].Start], "(")) {
			if id := v.given[ws[0].form]; id != 0 {
				return clock + k + 1, start, id
			}
		}
		if k == 0 && ws[0].upper && !dash {
			if mark := text[ws[0].Start:ws[0].End]; isMark(mark) {
				return clock + 1, start, v.initials[ws[0].form]
			}
		}
		if k < 3 && roles[ws[k].form] && ws[0].upper && !dash {
			return clock + k + 1, start, 0
		}
		if k < longestLabelled && !dash && v.labels[labelled(ws[:k+1])] {
			return clock + k + 1, start, 0
		}
		return 0, 0, 0
	}
	return 0, 0, 0
}

// Turns of people whom the page names nowhere in full are known by labels that come again.
const (
	longestLabelled = 2  // words
	fewestOfLabel   = 2  // turns of one of them
	fewestLabels    = 2  // different ones
	fewestLabelled  = 6  // turns of all
	fewestInTalk    = 12 // turns of three people or more by which a page is minutes
)

// labelled is the label that the words are, as blocks with the same one share it: none unless each begins with a capital.
func labelled(ws []word) string {
	out := ""
	for _, w := range ws {
		if !w.upper || len(w.form) < 3 || notCalled[w.form] {
			return ""
		}
		out += w.form + " "
	}
	return out
}

// recurring lists the labels by which a page marks turns of people whom it does not name in full: "Lena: we should wait".
func (f *Finder) recurring(v *view) map[string]bool {
	number := map[string]int{}
	for i, b := range v.page.Blocks {
		if b.Kind != ingest.ItemBlock && b.Kind != ingest.ParagraphBlock {
			continue
		}
		ws := v.words[i]
		for k := 0; k+1 < len(ws) && k < longestLabelled; k++ {
			if gap := v.page.Text[ws[k].End:ws[k+1].Start]; gap[0] == ':' {
				if label := labelled(ws[:k+1]); label != "" && f.cues.of(ws[:k+1]) == 0 {
					number[label]++
				}
				break
			}
		}
	}
	all := 0
	for label, n := range number {
		if n < fewestOfLabel {
			delete(number, label)
			continue
		}
		all += n
	}
	if len(number) < fewestLabels || all < fewestLabelled {
		return nil
	}
	v.labelled = all
	out := map[string]bool{}
	for label := range number {
		out[label] = true
	}
	return out
}

// bracketed returns the number of words of the name in square brackets with which a turn begins ("[Ana] we should"), and whose it is;
// 0 if it begins with none that the page knows.
func (v *view) bracketed(ws []word) (n int, of ingest.LocalID) {
	text := v.page.Text
	if len(ws) == 0 || ws[0].Start == 0 || text[ws[0].Start-1] != '[' {
		return 0, 0
	}
	for k := 0; k < len(ws) && k < longestMark; k++ {
		if ws[k].End >= len(text) || text[ws[k].End] != ']' {
			continue
		}
		switch {
		case v.named[ws[0].Start]:
			return k + 1, v.people[ws[0].Start]
		case k == 0 && v.given[ws[0].form] != 0:
			return 1, v.given[ws[0].form]
		case k == 0 && v.initials[ws[0].form] != 0:
			return 1, v.initials[ws[0].form]
		}
		return 0, 0
	}
	return 0, 0
}

func digits(form string) bool { return strings.Trim(form, "0123456789") == "" }

// own returns the words of a candidate without the mark of a turn.
func (v *view) own(c *candidate) []word {
	if m := v.marks[c.block]; c.nth == 0 && m.words > 0 && m.words < len(c.words) && c.words[m.words].Start <= m.start+2 {
		return c.words[m.words:]
	}
	return c.words
}

var (
	// notCalled are words of labels that nobody is called by.
	notCalled = fold.Set(`example examples date time place location venue room day topic title type name status source sources author
		authors note
		notes tip warning result results summary background context problem goal details input output version update updates when where
		host hosts moderator organiser organisers sponsor sponsors price cost duration level language track format category tags
		pros cons fact myth todo done blocked`)
	// titles are short forms before names, with a dot.
	titles = fold.Set("dr prof mr mrs ms st rev hon herr frau mme sr sra")
	// roles are marks of turns that name nobody.
	roles = fold.Set(`chair chairman chairwoman chairperson moderator host interviewer interviewee question answer q a speaker audience guest
		facilitator participant presenter narrator
		moderation moderatorin leitung vorsitz sprecher sprecherin frage antwort gast
		président présidente animateur animatrice modérateur modératrice intervenant intervenante réponse
		moderador moderadora presentador presentadora pregunta respuesta
		moderação pergunta resposta voorzitter spreker vraag antwoord`)
)
