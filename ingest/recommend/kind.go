package recommend

import (
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// traits are what a page is, as far as that says how its demands are meant.
type traits struct {
	minutes bool // minutes or a transcript: what is agreed is procedure, what somebody takes on is a chore
	howTo   bool // tells the reader how to do something
	guide   bool // does so throughout
	invites bool // calls for papers, applications, tenders: says what may be handed in, and how
	diary   bool // tells of the writer's own days
}

func (f *Finder) traits(v *view) traits {
	t := traits{diary: v.page.Genre == ingest.DiaryGenre, minutes: v.page.Genre == ingest.MinutesGenre}
	name := v.page.Path + " " + v.page.Title
	minutes, steps, code, headings, hires := 0, 0, 0, 0, 0
	for i, b := range v.page.Blocks {
		switch b.Kind {
		case ingest.CodeBlock:
			code++
		case ingest.HeadingBlock, ingest.TitleBlock:
			headings++
			if any(v.words[i], minuteHeadings) {
				minutes++
			}
			if any(v.words[i], stepHeadings) || phrases(v.words[i], "how to", "getting started", "step by step") {
				steps++
			}
			if f.hires(v.words[i]) {
				hires++
			}
		}
	}
	ws := words(name, lowered(name), ingest.Span{End: len(name)}, nil)
	if any(ws, minuteNames) {
		minutes += 2
	}
	t.minutes = t.minutes || minutes >= 2 || len(v.labels) >= fewestVoices && v.labelled >= fewestInTalk
	event := v.page.Kind == ingest.EventPage || v.page.Genre == ingest.EventGenre
	t.howTo = !t.minutes && !event && (code > 2 || steps > 0 && 3*steps >= headings ||
		phrases(ws, "how to", "getting started", "step by step"))
	t.guide = !t.minutes && v.turns < fewestVoices && len(v.labels) == 0 && v.page.Date == "" && f.guides(v)
	t.invites = f.callsFor(ws) || opensFor(ws) || 3*hires >= headings && hires > 0 && !event
	t.diary = t.diary || any(ws, fold.Set("weeknotes weeknote monthnotes daynotes"))
	return t
}

// hires reports whether a heading is one of those under which a place to work at is described, or how to apply for it.
func (f *Finder) hires(ws []word) bool {
	return phrases(ws, "how to apply", "to apply", "about the role", "the role", "person specification", "job description", "job title",
		"essential criteria", "selection criteria", "eligibility criteria", "who can apply", "what we are looking for",
		"who we are looking for", "key responsibilities", "main responsibilities", "salary")
}

// callsFor reports whether a title calls for papers, speakers, applications and the like.
func (f *Finder) callsFor(ws []word) bool {
	for i := range ws {
		if ws[i].form == "cfp" || ws[i].form == "vacancy" || ws[i].form == "rfp" {
			return true
		}
		if i < 3 && (ws[i].form == "submit" || ws[i].form == "propose") && i+1 < len(ws) {
			for k := i + 1; k < len(ws) && k < i+4; k++ {
				if handedIn[ws[k].form] || handedIn[ws[k].form+"s"] || ws[k].form == "session" || ws[k].form == "sessions" {
					return true
				}
			}
		}
		if (ws[i].form == "call" || ws[i].form == "calls" || ws[i].form == "request" || ws[i].form == "invitation") && i+2 < len(ws) &&
			(ws[i+1].form == "for" || ws[i+1].form == "to") {
			for k := i + 2; k < len(ws) && k < i+7; k++ {
				if handedIn[ws[k].form] || handedIn[ws[k].form+"s"] || invited[ws[k].form] {
					return true
				}
			}
		}
	}
	return false
}

// opensFor reports whether a title says that something can be handed in or applied for: "Nominations open", "Speakers wanted", "small
// grants".
func opensFor(ws []word) bool {
	for i := range ws {
		switch {
		case handedIn[ws[i].form] || invited[ws[i].form]:
			if any(ws[i+1:min(len(ws), i+4)], opening) {
				return true
			}
		case ws[i].form == "open" && i+2 < len(ws) && (ws[i+1].form == "for" || ws[i+1].form == "to"):
			if any(ws[i+2:min(len(ws), i+5)], handedIn) || any(ws[i+2:min(len(ws), i+5)], invited) {
				return true
			}
		}
	}
	return false
}

// kind says what a candidate is: an ask, unless its words or its place make it a decision or an action of minutes, or advice.
func (f *Finder) kind(v *view, c *candidate, b ingest.Block) ingest.RecommendationKind {
	ws := c.words
	label := ""
	if len(ws) > 1 && strings.Contains(v.page.Text[ws[0].End:min(len(v.page.Text), ws[min(1, len(ws)-1)].End)], ":") {
		label = ws[0].form
	}
	under := v.above(b)
	switch {
	case decisionLabels[label] || any(ws[:1], decisionVerbs) && v.minutes && !ws[0].upper,
		len(ws) > 2 && ws[0].form == "motion" && v.minutes,
		v.minutes && (any(under, decisionLabels) || f.decides(ws)):
		return ingest.Decision
	case actionLabels[label] || len(ws) > 2 && ws[0].form == "action" && ws[1].form == "item",
		v.minutes && (any(under, actionLabels) && len(under) <= 4 || f.takesOn(v, ws)):
		return ingest.Action
	case v.howTo && (c.cues&you != 0 || f.commands(ws)) && !f.bodyAsked(ws), v.guide && !f.bodyAsked(ws) && !f.reported(ws):
		return ingest.Advice
	}
	return ingest.Ask
}

// above returns the words of the heading that a block stands under and of the item that it is nested in.
func (v *view) above(b ingest.Block) []word {
	var out []word
	for _, up := range []int{b.Heading, b.Parent, b.LeadIn} {
		if up >= 0 && len(v.words[up]) <= 6 {
			out = append(out, v.words[up]...)
		}
	}
	return out
}

// decides reports whether words of minutes tell what was resolved, or how a motion went.
func (f *Finder) decides(ws []word) bool {
	for i := range ws {
		form := ws[i].form
		last := ""
		if i > 0 {
			last = ws[i-1].form
		}
		switch {
		case form == "motion" || form == "motions" || form == "quorum" || form == "adjourned" || form == "seconded" || form == "unanimously":
			return true
		case i < 8 && decisionVerbs[form] && (last == "was" || last == "were" || last == "been" || last == "have" || meets[last]):
			return true
		}
	}
	return len(ws) < 8 && any(ws, fold.Set("seconds seconded approved carried"))
}

// takesOn reports whether somebody takes on a chore: "Thomas to write to the office", "Ana will check", "agreed to send".
func (f *Finder) takesOn(v *view, ws []word) bool {
	for i := 0; i < len(ws) && i < 4; i++ {
		end, ok := v.names[ws[i].Start]
		if !ok && !(i == 0 && ws[i].upper && v.given[ws[i].form] != 0) {
			continue
		}
		k := i + 1
		for k < len(ws) && ws[k].Start < end {
			k++
		}
		for k < len(ws) && (ws[k].form == "and" || ws[k].upper) {
			k++
		}
		if k+1 < len(ws) && (ws[k].form == "to" || ws[k].form == "will" || ws[k].form == "ll") && !v.isActor(ws[i]) {
			return true
		}
		for ; k+2 < len(ws) && k < i+8; k++ {
			switch ws[k].form {
			case "agreed", "offered", "volunteered", "promised":
				if ws[k+1].form == "to" {
					return true
				}
			case "would":
				return true
			}
		}
	}
	return false
}

// isActor reports whether an organisation, not a person, is named at the word.
func (v *view) isActor(w word) bool { return !v.named[w.Start] && v.given[w.form] == 0 }

// bodyAsked reports whether a body or office is told to do something.
func (f *Finder) bodyAsked(ws []word) bool {
	for i := 1; i < len(ws); i++ {
		if found, _ := f.cues.at(ws, i); found&(must|should|need) != 0 && actors[ws[i-1].form] {
			return true
		}
	}
	return false
}

// idle names why a candidate asks for nothing that anybody could paste into a report, or is empty.
func (f *Finder) idle(v *view, c *candidate, b ingest.Block, likely float64) string {
	ws := c.words
	text := strings.TrimRight(c.In(v.page.Text), `*_"'”’)] `)
	modal, asking, essential, needed := f.demands(ws)
	sign := modal || asking || essential || needed || f.reported(ws) || f.introduced(v, b)
	switch {
	case strings.HasSuffix(text, ":") && v.numbers(c):
		return "lead-in"
	case strings.HasSuffix(text, ":") && v.leads[c.block] && (likely < sureDemand || !sign || f.leadsOn(ws[len(ws)-1])):
		return "lead-in"
	case len(ws) <= longestLabel && v.linked(c) && !modal && !needed:
		return "link"
	case f.invites(ws) && !f.bodyAsked(ws) && (c.cues&(must|should|need) == 0 || c.cues&you != 0 || len(ws) <= longestLabel):
		return "invitation"
	case f.bids(v, c) && !asking && !f.bodyAsked(ws):
		return "invitation"
	case f.handIn(ws), (v.invites || v.calling(f, b)) && !(asking && f.outright(ws)):
		return "call"
	case f.chore(ws) && !asking:
		return "chore"
	case f.saidOnce(v, c):
		return "speech"
	case f.hollow(v, ws):
		return "hollow"
	case f.described(ws) && !f.introduced(v, b):
		return "described"
	case !modal && !asking && !essential && !needed && (f.listsOther(v, b) || f.states(v, c, b)):
		return "listed"
	case f.poses(v, c, ws) && !f.bodyAsked(ws):
		return "question"
	case (v.minutes || v.diary) && !sign && !f.commands(ws) && likely < sureDemand:
		return "aside"
	case (v.minutes || v.turns >= fewestVoices) && f.smallTalk(ws):
		return "small talk"
	case v.minutes && !sign && v.agenda(b):
		return "agenda"
	}
	return ""
}

// numbers reports whether the candidate introduces points that its sentence numbers.
func (v *view) numbers(c *candidate) bool {
	of := v.of[c.block]
	return c.nth+1 < c.of && len(of) > c.nth+1 && v.candidates[of[c.nth+1]].after == of[c.nth]
}

// sureDemand is the probability from which a candidate needs no sign of its own in minutes and diaries, where most of what sounds
// like a demand is work in hand.
const sureDemand = 0.6

// leadsOn reports whether the last word before a colon only leads to what follows it: "that:", "emphasising:", "for:".
func (f *Finder) leadsOn(w word) bool {
	return strings.HasSuffix(w.form, "ing") || leading[w.form] || f.cues.of([]word{w})&(must|should|need|ask|stress|say|point) != 0
}

// longestLabel is the number of words that a link's label or a bare invitation has at most.
const longestLabel = 8

// linked reports whether the candidate is nothing but a link.
func (v *view) linked(c *candidate) bool {
	return slices.ContainsFunc(v.page.Links, func(l ingest.Link) bool {
		return l.Start <= c.words[0].Start && l.End >= c.words[len(c.words)-1].End
	})
}

// calling reports whether a block stands under a heading that calls for papers, applications and the like.
func (v *view) calling(f *Finder, b ingest.Block) bool {
	for h := b.Heading; h >= 0; h = v.page.Blocks[h].Heading {
		if len(v.words[h]) <= 8 && (f.callsFor(v.words[h]) || f.hires(v.words[h])) {
			return true
		}
	}
	return false
}

// listsOther reports whether a list tells of something else than demands: "The areas of concern were:", "Examples included:".
func (f *Finder) listsOther(v *view, b ingest.Block) bool {
	for _, up := range []int{v.leadIn(b), b.Parent} {
		if up < 0 || len(v.of[up]) == 0 {
			continue
		}
		lead := &v.candidates[v.of[up][len(v.of[up])-1]]
		if n := len(lead.words); n > 1 && lead.words[n-2].form == "heard" && lead.words[n-1].form == "from" {
			return true
		}
		if ws := lead.words; lead.cues&(must|should|need|ask|wish|vital|want) == 0 && any(ws[max(0, len(ws)-longestListed):], listedOther) {
			return true
		}
	}
	return false
}

// states reports whether an item of a list of points ("Our key points are:") says that something is so: points that ask name what is
// wanted, or bid.
func (f *Finder) states(v *view, c *candidate, b ingest.Block) bool {
	lead := v.leadIn(b)
	if b.Kind != ingest.ItemBlock || lead < 0 || len(v.of[lead]) == 0 || f.commands(c.words) || c.cues&(is|past) == 0 || c.cues&wish != 0 {
		return false
	}
	before := &v.candidates[v.of[lead][len(v.of[lead])-1]]
	return before.cues&(must|should|need|ask|wish|want) == 0 && any(before.words[max(0, len(before.words)-longestListed):], points)
}

// longestListed is the number of words at the end of what introduces a list that say what it lists.
const longestListed = 14

// agenda reports whether a block stands on an agenda, as an item and not as what was said about it.
func (v *view) agenda(b ingest.Block) bool {
	return b.Kind == ingest.ItemBlock && b.Parent < 0 && b.Heading >= 0 &&
		any(v.words[b.Heading], fold.Set("agenda topics links present attendees apologies"))
}

// poses reports whether a candidate only puts a question: it begins with one, and demands nothing after it.
func (f *Finder) poses(v *view, c *candidate, ws []word) bool {
	first, rest, ok := strings.Cut(c.In(v.page.Text), "?")
	if !ok || len(ws) == 0 {
		return false
	}
	end := c.Start + len(first)
	n := 0
	for n < len(ws) && ws[n].Start < end {
		n++
	}
	opening := ws[0].form
	if len(ws) > 1 && len(opening) == 1 {
		opening = ws[1].form
	}
	if strings.ContainsAny(first, ".!:") || !asks[opening] && !inverted[opening] {
		return false
	}
	modal, asking, essential, needed := f.demands(ws[n:])
	return strings.TrimSpace(rest) == "" || !modal && !asking && !essential && !needed
}

// inverted are words that a question begins with that has none of its own.
var inverted = fold.Set("is are do does did can could would will has have")

// handIn reports whether the words say what must be handed in, or what those have to bring who wish to take part.
func (f *Finder) handIn(ws []word) bool {
	for i := range ws {
		found, _ := f.cues.at(ws, i)
		if found&(must|should|need|will|can|could) == 0 && ws[i].form != "invite" && ws[i].form != "welcome" {
			continue
		}
		for k := max(0, i-4); k < i; k++ {
			if handedIn[ws[k].form] && !any(ws[:k], fold.Set("the")) || ws[k].form == "applicants" || ws[k].form == "candidates" ||
				ws[k].form == "presenters" {
				return true
			}
		}
		if ws[i].form == "invite" || ws[i].form == "welcome" {
			for k := i + 1; k < len(ws) && k < i+5; k++ {
				if handedIn[ws[k].form] {
					return true
				}
			}
		}
	}
	return false
}

// saidOnce reports whether the demand is speech that is told of the past without anybody's name: one of us said "we should stop".
func (f *Finder) saidOnce(v *view, c *candidate) bool {
	if !f.quotedDemand(v, c) {
		return false
	}
	for i, w := range c.words {
		if w.form != "said" && w.form != "thought" && w.form != "like" {
			continue
		}
		if i > 0 && (c.words[i-1].form == "we" || c.words[i-1].form == "i" || c.words[i-1].form == "us" || c.words[i-1].form == "they" ||
			c.words[i-1].form == "was") {
			return true
		}
	}
	return false
}

// fewestVoices is how many turns make a page one on which people talk.
const fewestVoices = 3

// smallTalk reports whether words of a talk are of the talk itself ("we should give them a minute to join", "I should say") or only
// sound like a demand ("you must be Ana", "we should have brought a coat").
func (f *Finder) smallTalk(ws []word) bool {
	small := false
	for i := range ws {
		found, n := f.cues.at(ws, i)
		if found&(must|should|need|lets) == 0 {
			if found&ask != 0 {
				return false
			}
			continue
		}
		at := func(k int) string {
			if i+n+k < len(ws) {
				return ws[i+n+k].form
			}
			return ""
		}
		switch {
		case at(0) == "be" && moods[at(1)], at(0) == "move" && at(1) == "on" || at(1) == "move" && at(2) == "on",
			at(0) == "in" && at(1) == "theory",
			found&should != 0 && inverting[at(0)], i > 1 && near(ws, i, 5, "think") && near(ws, i, 7, "t", "not"):
			small = true // "should we", "I don't think there should be issues"
		case at(0) == "have" && (perfect[at(1)] || strings.HasSuffix(at(1), "ed")),
			at(0) == "be" && (at(1) == "able" || likelies[at(1)] || i+n+1 < len(ws) && ws[i+n+1].upper),
			i > 0 && ws[i-1].form == "i" && (at(0) == "say" || at(0) == "admit" || at(0) == "mention" || at(0) == "confess" || at(0) == "add"),
			any(ws[i:min(len(ws), i+9)], housekeeping):
			small = true
		default:
			return false
		}
	}
	return small
}

// any reports whether one of the words is of the set.
func any(ws []word, of map[string]bool) bool {
	return slices.ContainsFunc(ws, func(w word) bool { return of[w.form] })
}

// phrases reports whether one of the phrases stands among the words.
func phrases(ws []word, list ...string) bool {
	for _, p := range list {
		parts := strings.Fields(p)
		for i := 0; i+len(parts) <= len(ws); i++ {
			same := true
			for k := range parts {
				same = same && ws[i+k].form == parts[k]
			}
			if same {
				return true
			}
		}
	}
	return false
}

var (
	minuteNames    = fold.Set("minutes transcript")
	guideWords     = fold.Set("your guide guides handbook playbook checklist tips manual tutorial faq")
	minuteHeadings = fold.Set("minutes attendees attendance present apologies agenda actions")
	stepHeadings   = fold.Set("install installation setup usage prerequisites tutorial step steps troubleshooting quickstart configuration")
	handedIn       = fold.Set(`papers paper proposals abstracts abstract submissions submission talks posters nominations applications
		application
		presentations contributions
		tutorials tenders bids entries manuscripts`)
	invited = fold.Set("speakers participation presenters participants hosts reviewers volunteers applicants authors sponsors bidders")
	// points are words for points that may be statements.
	points = fold.Set("points point arguments reasons observations reflections remarks")
	// listedOther are words for what is listed and asks for nothing.
	listedOther = fold.Set(`concern concerns doubted doubts challenges challenge criticisms criticism problems risks harms barriers limitations
		examples example objectives objective aims scenarios kinds kind types topics sessions speakers questions findings`)
	opening        = fold.Set("open opens wanted invited sought welcome close closes deadline due")
	decisionLabels = fold.Set("decision decisions decided resolution resolutions resolved agreed agreement motion motions vote votes " +
		"approved outcome")
	decisionVerbs = fold.Set("agreed resolved decided approved adopted carried moved seconded ratified accepted")
	perfect       = fold.Set(`been brought done come known seen gone had taken made given got said told begun thought kept met run built
		paid sent
		left spent written chosen shown stood heard found held won lost`)
	housekeeping = fold.Set(`mute unmute microphone mic hear recording minute minutes join joining start begin wrap break lunch coffee screen
		slide slides subscribe reconvene meet`)
	// inverting are subjects behind "should" in a question or a case that may arise.
	inverting = fold.Set("we they it i you this that there")
	// moods are what somebody is that "must be" so.
	moods = fold.Set(`mad crazy freezing tired joking kidding hungry exhausted proud thrilled wondering thinking nervous busy excited pleased
		delighted nice hard lovely strange annoying frustrating worried`)
	meets        = fold.Set("council committee board meeting group tc wg tsc members trustees we councillors directors all")
	actionLabels = fold.Set("action actions ai todo task tasks ap followup")
	likelies     = fold.Set("here there fine okay ok easy enough ready good obvious familiar done back up out noted fun interesting available")
	leading      = fold.Set("that to on for of in by from with as following these are is be below include includes including " +
		"here specifically")
)
