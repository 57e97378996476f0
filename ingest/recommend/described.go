package recommend

import (
	"strings"

	"rapporteur/ingest/fold"
)

// described reports whether all that sounds like a demand only describes: what had to be done ("they needed to wait"), what is likely
// ("that should be the lot"), what is the case ("because they have to meet the quota", "the rules that councils must follow") or what is
// not known ("how it should be built"). Words without such a demand describe nothing.
func (f *Finder) described(ws []word) bool {
	some := false
	for i := range ws {
		found, n := f.cues.at(ws, i)
		if wantNouns[ws[i].form] {
			found &^= want
		}
		switch {
		case found&(must|should|need|ask|vital|wish|lets|want|lack) == 0 && (i > 1 || found&imperate == 0) && !isPastNeed(ws, i):
		case f.describes(ws, i, max(n, 1)):
			some = true
		default:
			return false
		}
	}
	return some
}

func isPastNeed(ws []word, i int) bool {
	form := ws[i].form
	return form == "required" || form == "had" && i+1 < len(ws) && ws[i+1].form == "to"
}

// describes reports whether the cue of n words at word i asks for nothing.
func (f *Finder) describes(ws []word, i, n int) bool {
	at := func(k int) string {
		if k < 0 || k >= len(ws) {
			return ""
		}
		return ws[k].form
	}
	found, _ := f.cues.at(ws, i)
	if found&need != 0 && n > 1 && (at(i+n-1) == "need" || at(i+n-1) == "required") { // "the need", "are required"
		i, n = i+n-1, 1
	}
	form, last, next := at(i), at(i-1), at(i+n)
	is := last == "is" || last == "are" || last == "be"
	modal := found&(must|should|need) != 0
	switch {
	case form == "required" && underLaw(ws, i), form == "necessary" && !is && !near(ws, i, 3, "is", "are", "be", "it", "deemed", "makes"):
		return true // what it is that is necessary
	case form == "had", form == "required" && !is, form == "needed" && !is && (next == "to" || next == "a" || next == "the"):
		return f.cues.of(ws[:i])&(say|stress|ask) == 0 // of the past; what somebody said needed to be done is a demand
	case found&(should|must) != 0 && next == "have" && regrets(ws[min(i+n+1, len(ws)):]),
		form == "should" && next == "be" && (likelies[at(i+2)] || at(i+2) == "the" && at(i+3) == "lot"),
		form == "should" && comes[next] && (last == "you" || last == "we" || last == "i"),
		form == "should" && effects[next] && (results[last] || afterBy(ws, i)):
		return true // what did not happen, or is likely
	case modal && near(ws, i, 3, "likely", "probably"),
		found&(must|should) != 0 && (next == "be" && remarks[at(i+n+1)] || next == "not" && at(i+n+1) == "be" && remarks[at(i+n+2)]):
		return true // a guess or a remark: "it should be noted that"
	case (form == "need" || form == "needs" || form == "requirement" || form == "requirements") && givenNeed(ws, i):
		return true // what is there already, or goes
	case modal && (form == "need" || form == "must") && idiomatic[at(i-2)+" "+last] && (next == "to" || next == "know" || at(i+1) == "to"):
		return true // "everything you need to know"
	case modal && near(ws, i, 4, "because") && !near(ws, i, 4, "and"):
		return true // a reason
	case (must|should)&found != 0 && next == "be" && at(i+n+1) == "possible", form == "need" && next == "" && !is && last != "the",
		form == "need" && needy[last] && next != "for" && next != "of":
		return true // what can be; "than you think you need"; "people in need"
	case (form == "have" || form == "need" || form == "has") && at(i+1) == "to" && (last == "t" || last == "not" || coming[last] ||
		last == "still" && coming[at(i-2)] || at(i+2) == "offer"):
		return true // what need not be; what will come: "they would still have to"
	case (form == "need" || form == "should") && last == "you" && near(ws, i, 2, "when", "if", "maybe", "whenever"),
		form == "should" && supposed[next] && i > 1 && !asks[last], found&need != 0 && arises(ws, i):
		return true // a case that may arise: "should they win"
	case modal && (form == "need" || form == "should" || form == "must") && f.needful(ws, i):
		return true // which ones: "the skills they need to do it"
	case modal && i > 2 && near(ws, i, 3, "what", "which", "why", "who") && f.indirect(ws, i):
		return true // a question
	case found&ask != 0 && form == "push" && next == "for" && near(ws, i, 4, "a", "the", "this", "political"),
		strings.HasPrefix(form, "call") && found&ask != 0 && (form == "call" && next == "action" ||
			at(i+1) == "for" && (heard[at(i+2)] || heard[at(i+3)])),
		found&ask != 0 && askNouns[form] && n == 1 && f.published(ws, i):
		return true // nouns for it
	case modal && wonders(ws, i), modal && near(ws, i, 6, "how", "whether"), found&(need|vital) != 0 && near(ws, i, farthest, "whether"):
		return true // a question
	case found&(must|need) != 0 && (form == "must" || form == "required" || form == "have" || form == "has") && underLaw(ws, i),
		modal && underRules(ws, i), found&(must|should) != 0 && (last == "that" || last == "which") && f.qualifies(ws, i-1):
		return true // says which they are
	case found&ask != 0 && last == "by" && strings.HasSuffix(form, "ing"), form == "told" && last == "be":
		return true
	case form == "necessity" && next != "of" && next != "for" && next != "to", found&ask != 0 && last == "which" && form == "encourages",
		found&ask != 0 && last == "to" && at(i-2) == "order":
		return true // a noun, what something is, a purpose
	case found&ask != 0 && (next == "whether" || next == "if" || next == "how"),
		found&ask != 0 && last == "to" && near(ws, i, 10, "aim", "aims", "aimed", "purpose"),
		found&ask != 0 && n == 1 && strings.HasPrefix(form, "suggest") && (results[last] || showing[last] || mightBe(ws, i)),
		found&ask != 0 && strings.HasPrefix(form, "demand") && swelling[last]:
		return true
	case found&ask != 0 && leftOpen(ws, i, n):
		return true // "the world that we are campaigning for is"
	case found&ask != 0 && strings.HasPrefix(form, "insist") && (mightBe(ws, i) || near(ws, min(i+5, len(ws)), 4, "would")),
		i == 0 && bidTo[form] && next == "to", form == "asked" && last == "been" && any(ws[:i], fold.Set("i ve")):
		return true // what somebody is sure of; "Encouraged to speak, we began"; "I have been asked for"
	case modal && near(ws, i, farthest, "sometimes"), found&(must|should|need) != 0 && i < 6 && counted(ws[:i]):
		return true // what is so at times; a headline that does not say: "Three things we must do now"
	case (form == "should" || form == "must") && soonSeen(ws, i):
		return true // "We should be seeing it soon"
	}
	return false
}

// wonders reports whether the modal at word i stands in a question that somebody is said to put: "She asked how much towns should pay".
func wonders(ws []word, i int) bool {
	for k := i - 2; k >= 0 && k >= i-2*farthest; k-- {
		if ws[k].form == "that" || ws[k].form == "but" {
			return false
		}
		if wondering[ws[k].form] && (asks[ws[k+1].form] || ws[k+1].form == "if") {
			return true
		}
	}
	return false
}

// arises reports whether the need at word i is one that may arise: "should any repairs be required".
func arises(ws []word, i int) bool {
	for k := i - 1; k > 1 && k >= i-6; k-- {
		if ws[k].form == "should" {
			return supposed[ws[k+1].form]
		}
	}
	return false
}

// needful reports whether the modal at word i stands in a clause that says of something which it is: "the information they need to hold
// them to account". "The thing we should do is" asks.
func (f *Finder) needful(ws []word, i int) bool {
	if i < 3 || !clauseSubjects[ws[i-1].form] {
		return false
	}
	noun := ws[i-2].form
	before, _ := f.cues.at(ws, i-2)
	if before&(say|stress|ask|want|is|be|cond|question|contrast|order) != 0 || joins[noun] || ws[i-2].End+1 < ws[i-1].Start {
		return false
	}
	definite := false
	for k := i - 3; k >= 0 && k >= i-6; k-- {
		definite = definite || determiners[ws[k].form]
	}
	if !definite {
		return false
	}
	for k := i + 1; k < len(ws) && k < i+farthest; k++ {
		if ws[k].form == "is" || ws[k].form == "are" {
			return false
		}
	}
	return true
}

// indirect reports whether the modal at word i stands in a question that is spoken of: "thoughts about what it should be".
func (f *Finder) indirect(ws []word, i int) bool {
	for k := i - 1; k > 0 && k >= i-3; k-- {
		if !asks[ws[k].form] {
			continue
		}
		found, _ := f.cues.at(ws, k-1)
		return found&(discuss|ask4) != 0 || ofWhat[ws[k-1].form]
	}
	return false
}

// published reports whether the noun at word i names what somebody has put before others: "lays out several recommendations for".
func (f *Finder) published(ws []word, i int) bool {
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		if publishing[ws[k].form] {
			return true
		}
	}
	return false
}

// near reports whether one of the forms stands at most so many words before word i, in its clause.
func near(ws []word, i, most int, forms ...string) bool {
	for k := i - 1; k >= 0 && k >= i-most; k-- {
		for _, f := range forms {
			if ws[k].form == f {
				return true
			}
		}
		if ws[k].form == "that" || ws[k].form == "but" || ws[k].form == "so" {
			return false
		}
	}
	return false
}

// afterBy reports whether the words tell what comes of doing something: "By asking for a map, it should help".
func afterBy(ws []word, i int) bool {
	for k := 0; k < 3 && k+1 < i; k++ {
		if ws[k].form == "by" && strings.HasSuffix(ws[k+1].form, "ing") {
			return true
		}
	}
	return false
}

// givenNeed reports whether the need at word i is taken for granted ("given the need for"), or is to go ("drops the need to assess").
func givenNeed(ws []word, i int) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if taken[ws[k].form] {
			return true
		}
		if !beforeNeed[ws[k].form] {
			break
		}
	}
	return i > 3 && ws[0].form == "given" && !any(ws[1:i], fold.Set("we they it should must"))
}

// regrets reports whether the words behind "should have" tell what did not happen: "should have asked the keepers", not "should have
// limited powers".
func regrets(ws []word) bool {
	if len(ws) == 0 {
		return false
	}
	form := ws[0].form
	return perfect[form] && (len(ws) == 1 || form != "set") || strings.HasSuffix(form, "ed") && (len(ws) == 1 || afterVerb[ws[1].form])
}

// qualifies reports whether "that" or "which" at word i says of a thing which it is: "stories that should be told". Behind a verb of
// saying or a comma it does not.
func (f *Finder) qualifies(ws []word, i int) bool {
	if i == 0 || ws[i].form == "which" && ws[i-1].End+1 < ws[i].Start {
		return false
	}
	before, _ := f.cues.at(ws, i-1)
	return before&(say|stress|ask|wish|want|vital|is|be) == 0
}

// underLaw reports whether the words tell what a law has: "Under the act, companies are required to", "it specifies that they must".
func underLaw(ws []word, i int) bool {
	if ws[0].form == "under" && any(ws[1:min(i, 10)], laws) {
		return true
	}
	for k := i - 1; k > 0 && k >= i-8; k-- {
		if ws[k].form == "that" && specifying[ws[k-1].form] {
			return true
		}
	}
	return false
}

// underRules reports whether a modal stands behind rules that it is the content of: "the framework that public bodies must follow".
func underRules(ws []word, i int) bool {
	for k := i - 1; k > 0 && k >= i-6; k-- {
		if ws[k].form == "that" || ws[k].form == "which" || ws[k].form == "who" {
			return rules[ws[k-1].form]
		}
	}
	return false
}

// mightBe reports whether what is suggested at word i is what may be so, not what should be done.
func mightBe(ws []word, i int) bool {
	for k := i + 1; k < len(ws) && k < i+farthest; k++ {
		switch ws[k].form {
		case "should", "must", "could", "need", "needs":
			return false
		case "might", "may", "was", "were", "is", "has", "had", "will":
			return true
		}
	}
	return false
}

// leftOpen reports whether the cue of n words at word i asks for what stands before it: "the law that we campaign for", "what she called
// for is".
func leftOpen(ws []word, i, n int) bool {
	end := i + n
	if end < len(ws) && ws[end-1].form != "for" && ws[end].form == "for" {
		end++
	}
	return ws[end-1].form == "for" && end-i > 1 && (end == len(ws) || stranded[ws[end].form] && hasSubject(ws, i))
}

// counted reports whether words begin by counting what they do not say: "Three things we".
func counted(ws []word) bool {
	return len(ws) > 2 && (numerals[ws[0].form] || digits(ws[0].form)) && any(ws[1:], teasers)
}

// hasSubject reports whether somebody stands before the verb at word i.
func hasSubject(ws []word, i int) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if clauseSubjects[ws[k].form] {
			return true
		}
	}
	return false
}

// soonSeen reports whether the modal at word i says what is to be known or there before long.
func soonSeen(ws []word, i int) bool {
	for k := i + 1; k < len(ws) && k < i+farthest; k++ {
		if ws[k].form == "soon" || ws[k].form == "shortly" {
			return i+1 < len(ws) && ws[i+1].form == "be"
		}
		if ws[k].form == "find" && k+1 < len(ws) && ws[k+1].form == "out" && k <= i+2 {
			return i > 0 && (ws[i-1].form == "we" || ws[i-1].form == "you")
		}
	}
	return false
}

var (
	// stranded are words behind "for" where what is asked for stands before it.
	stranded = fold.Set("is are was were as in and but when if at has have would will could")
	// numerals and teasers are how a headline begins that counts what it does not say.
	numerals = fold.Set("two three four five six seven eight nine ten twelve")
	teasers  = fold.Set("things ways steps reasons questions lessons tips mistakes")
	// bidTo are participles of who was bidden to do something.
	bidTo = fold.Set("encouraged invited asked urged advised told persuaded")
	// wondering are verbs of putting a question.
	wondering = fold.Set("asked asks asking wondered wonders wondering queried unclear unsure")
	// needy are words before the noun "need".
	needy = fold.Set("in where")
	// coming are words before "have to" for what comes or may come.
	coming = fold.Set("will would may might ll could won wouldn")
	// supposed are words after "should" in a case that may arise.
	supposed = fold.Set("any they he she it anyone anything anybody there")
	// clauseSubjects are pronouns that a clause begins with which says of a thing which it is.
	clauseSubjects = fold.Set("they you we he she it i people")
	// determiners are words by which a thing is one of those that such a clause tells apart.
	determiners = fold.Set("the all any some everything no more what those these every")
	// joins are words before such a pronoun that begin a clause of its own.
	joins = fold.Set(`and or but so that because then now today therefore thus also first instead really perhaps maybe here as than means think
		know if when where while until before after thing things say step question point is are was were believe feel like`)
	// ofWhat are words before a question that is spoken of.
	ofWhat = fold.Set("about on of over decide decided decides determine understand understanding know deciding define defining clarify")
	// publishing are verbs for putting recommendations before others.
	publishing = fold.Set(`lays laid sets set out published publishes contains contained includes launched presents presented summarises
		summarised released`)
	// effects are verbs for what comes of something.
	effects = fold.Set("enable increase help allow mean result boost ease")
	// remarks are verbs for what is said by the way.
	remarks = fold.Set("noted confused mentioned said added remembered surprising surprised unsurprising")
	// laws are nouns for laws.
	laws = fold.Set("act acts law laws regulation regulations gdpr directive legislation article section rules treaty constitution code")
	// specifying are verbs for what a law says.
	specifying = fold.Set("specifies specified stipulates stipulated prescribes prescribed dictates mandates mandated")
	// comes are verbs for what somebody can expect to come.
	comes = fold.Set("receive see expect hear arrive notice")
	// results are words for what something comes of.
	results = fold.Set("it this which that these those commitment change measure approach work project bill law step reform policy process")
	// taken are words by which a need is taken for granted, or is no more.
	taken = fold.Set(`given despite without lower lowers lowered weaken weakens relaxes relaxed drop drops dropped remove removes removed
		removing avoid avoids reduces eliminate eliminates no abolish abolishes because from by`)
	// beforeNeed are words that may stand between them.
	beforeNeed = fold.Set("a an the any and urgent clear growing minimum current existing legal")
	// idiomatic are beginnings of idioms with "need to".
	idiomatic = map[string]bool{"everything you": true, "all you": true, "what you": true, "things you": true}
	// rules are nouns for what says what must be done.
	rules = fold.Set(`framework frameworks rules rule standards standard requirements obligations obligation duties conditions criteria
		regulations laws steps procedures process checks tests`)
	// showing are nouns for what suggests that something is the case.
	showing = fold.Set(`research evidence data findings study studies survey surveys results analysis polling polls paper report reports
		figures experience history`)
	// afterVerb are words that follow a verb, not an adjective.
	afterVerb = fold.Set("the a an to by in on with from at for it them him her us this that these its their his more earlier sooner before")
	// wantNouns are nouns among the cues of wanting, which want nothing by themselves.
	wantNouns = fold.Set("letter motion manifesto petition time open")
	// swelling are words for demand that is not asked.
	swelling = fold.Set("greater growing high higher increasing increased rising huge strong public market great")
)
