package recommend

import (
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// at returns who is named at a word, by a mention or by a first name alone.
func (d *discourse) at(w word) (named, bool) {
	if n, ok := d.who[w.Start]; ok {
		return n, true
	}
	if id := d.given[w.form]; w.upper && id != 0 {
		return named{w.Span, id, true}, true
	}
	return named{}, false
}

// subject returns who is said to say something in a sentence or bullet. Where several are, it is the one whose words ask for something.
func (d *discourse) subject(ws []word) voice {
	var first, now voice
	var before named // the person named last in these words
	asked := false   // whether somebody without a name has asked for something: who is named in brackets behind it did not
	for i := range ws {
		found, _ := d.f.cues.at(ws, i)
		if i > 0 && asked && first.id == 0 && strings.Contains(d.page.Text[ws[i-1].End:ws[i].Start], "(") {
			return voice{}
		}
		asked = asked || found&ask != 0
		if n, ok := d.at(ws[i]); ok && n.Start >= before.End {
			joined := before.id != 0 && strings.Trim(d.page.Text[before.End:n.Start], " ,(") == "" ||
				i > 0 && ws[i-1].form == "and" && before.End == ws[max(0, i-2)].End
			if rule := d.speaks(ws, i, n); rule != "" && (n.person || before.id == 0) {
				if !joined {
					now = voice{id: n.id, evidence: ingest.Span{Start: ws[max(0, i-2)].Start, End: ws[min(len(ws)-1, i+4)].End}, rule: rule,
						person: n.person}
				} else if now.id == 0 {
					now = voice{id: before.id, evidence: before.Span, rule: rule, person: true}
				}
				if first.id == 0 {
					first = now
				}
			}
			if n.person {
				before = n
			}
		}
		if found&(should|must|need|ask) != 0 && now.id != 0 {
			return now
		}
	}
	return first
}

// speaks says by which rule a name at word i is the one who speaks, or "".
func (d *discourse) speaks(ws []word, i int, n named) string {
	end := i
	for end < len(ws) && ws[end].Start < n.End {
		end++
	}
	verbs := say | stress | ask
	if n.person {
		verbs |= discuss | ask4
	}
	after := d.page.Text[n.End:min(len(d.page.Text), n.End+2)]
	switch {
	case n.person && i <= 1 && strings.HasPrefix(after, ":"):
		return "label"
	case i > 0 && (ws[i-1].form == "to" && i > 1 && ws[i-2].form == "according" || i == 1 && (ws[0].form == "for" || ws[0].form == "to")):
		return "according"
	}
	if i > 0 && (ws[i-1].form == "including" || i > 1 && ws[i-1].form == "the" && ws[i-2].form == "including") {
		return "" // one of those who do
	}
	end = d.pastAside(ws, end)
	told := false // whether they are who should do it: "argued that the institute should focus on"
	for k := end; k < len(ws) && k < end+3; k++ {
		found, _ := d.f.cues.at(ws, k)
		told = told || found&(must|should|need) != 0 && ws[k].form != "the"
		if passives[ws[k].form] && k+1 < len(ws) && ws[k+1].form == "to" {
			return ""
		}
		if found&verbs != 0 && !told && !(ws[end].form == "and" && k > end && d.saidBefore(ws[:i])) {
			return "says"
		}
	}
	if told {
		return ""
	}
	if i > 0 && n.person {
		if found, _ := d.f.cues.at(ws, i-1); found&say != 0 {
			return "said by"
		}
	}
	if n.person && i <= 2 || i <= 3 && d.page.Genre == ingest.DigestGenre && end < len(ws) && tells[ws[end].form] {
		return "subject"
	}
	return ""
}

// saidBefore reports whether words that end before a name say or ask something: the name is what they are about, and a verb joined to it
// by "and" is not its own: "MPs called for an end to the unit and criticised it".
func (d *discourse) saidBefore(ws []word) bool {
	return slices.ContainsFunc(ws, func(w word) bool { return d.f.cues.of([]word{w})&(say|stress|ask|want) != 0 }) ||
		d.f.cues.of(ws)&ask != 0
}

// tells are words that follow a body where news is of what it says.
var tells = fold.Set(`has have had will would also wrote writes ran runs published publishes launched launches released releases found finds
	concluded concludes looked looks backed backs joined joins led leads set sets signed signs sent sends issued issues
	pledged pledges promised promises`)

// longestAside is the number of words that may stand between a name and its verb, set off: ", Director of Policy at the Institute,".
const longestAside = 16

// pastAside returns the first word after the aside that begins before word i, or i if none does.
func (d *discourse) pastAside(ws []word, i int) int {
	if i == 0 || i >= len(ws) {
		return i
	}
	text := d.page.Text
	close := ","
	switch gap := strings.TrimLeft(text[ws[i-1].End:ws[i].Start], "* "); {
	case strings.HasPrefix(gap, "("):
		close = ")"
	case !strings.HasPrefix(gap, ","):
		return i
	}
	past := i
	for k := i; k+1 < len(ws) && k < i+longestAside; k++ {
		if strings.Contains(text[ws[k].End:ws[k+1].Start], close) {
			past = k + 1
			if found, _ := d.f.cues.at(ws, past); found&(say|stress|ask|discuss|ask4) != 0 {
				return past
			}
		}
	}
	return past
}

// nobody reports whether a sentence is said by the group, or by someone without a name: "participants felt", "it was noted".
func (d *discourse) nobody(ws []word) bool {
	for i := 0; i < len(ws) && i < 4; i++ {
		if crowd[ws[i].form] || d.many(ws, i) {
			return true
		}
		next := cues(0)
		if i+2 < len(ws) {
			next, _ = d.f.cues.at(ws, i+1)
			if ws[i].form == "it" && ws[i+1].form == "was" {
				next, _ = d.f.cues.at(ws, i+2)
			}
		}
		if (ws[i].form == "it" || ws[i].form == "we" && d.author.id == 0) && next&(say|ask|stress|discuss) != 0 {
			return true
		}
	}
	return false
}

// many reports whether the word at i, with a verb of saying or asking behind it, is for several people or bodies without a name: "Some
// MPs have called for", "Campaigners say".
func (d *discourse) many(ws []word, i int) bool {
	if !agent(ws[i].form) && !(actors[ws[i].form] && strings.HasSuffix(ws[i].form, "s")) || d.crossed(ws[:i+1]) {
		return false
	}
	k := i + 1
	for k < len(ws) && k < i+3 && (ws[k].form == "have" || ws[k].form == "also" || ws[k].form == "are") {
		k++
	}
	if k == len(ws) {
		return false
	}
	found, _ := d.f.cues.at(ws, k)
	return found&(say|ask|stress|want) != 0
}

// unnamed reports whether somebody without a name is said to say it, behind the words: "..., says leading officer", "..., ministers
// warned".
func (d *discourse) unnamed(ws []word) bool {
	for i := len(ws) - 1; i > 2 && i >= len(ws)-longestUnnamed; i-- {
		if !saysBehind[ws[i].form] {
			continue
		}
		gap := d.page.Text[ws[i-1].End:ws[i].Start]
		if i+1 < len(ws) && strings.ContainsAny(gap, ",’'”\"") {
			return !ws[i+1].upper && ws[i+1].form != "he" && ws[i+1].form != "she" && !d.crossed(ws[i+1:])
		}
	}
	return false
}

// crossed reports whether somebody is named among the words.
func (d *discourse) crossed(ws []word) bool {
	return slices.ContainsFunc(ws, func(w word) bool { _, ok := d.at(w); return ok })
}

// longestUnnamed is the number of words at the end of a sentence among which who says it stands.
const longestUnnamed = 8

// saysBehind are verbs of saying that stand behind what is said.
var saysBehind = fold.Set("says said warns warned argues argued claims claimed")

// crowd are words for those who speak without a name.
var crowd = fold.Set("another participant participants attendee attendees discussant discussants panellists panelists " +
	"speakers contributors " +
	"commenter commenters audience group groups discussion discussions everyone chat consensus workshop session")
