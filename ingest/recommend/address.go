package recommend

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// strength says how strongly a candidate asks: by its own words, else by those that introduce it, else "should".
func (f *Finder) strength(v *view, c candidate, b ingest.Block) ingest.Strength {
	if s := f.force(c.words); s != "" {
		return s
	}
	for _, block := range []int{b.LeadIn, b.Parent, b.Heading} {
		if block >= 0 {
			if s := f.force(v.words[block]); s != "" {
				return s
			}
		}
	}
	return ingest.Should
}

// force returns the strength of the first words that have one: a modal before a mere adjective or verb of asking.
func (f *Finder) force(ws []word) ingest.Strength {
	var weaker ingest.Strength
	for i := range ws {
		found, _ := f.cues.at(ws, i)
		switch {
		case found&must != 0:
			return ingest.Must
		case found&should != 0:
			return ingest.Should
		case found&need != 0:
			return ingest.Need
		case weaker != "":
		case strings.HasPrefix(ws[i].form, "suggest") || found&wish != 0:
			weaker = ingest.Could
		case found&ask != 0:
			weaker = ingest.Should
		case ws[i].form == "essential" || ws[i].form == "vital" || ws[i].form == "imperative" || ws[i].form == "crucial" ||
			ws[i].form == "critical":
			weaker = ingest.Must
		}
	}
	if weaker == "" {
		for _, w := range ws {
			if w.form == "could" || w.form == "might" {
				return ingest.Could
			}
		}
	}
	return weaker
}

// longestAddressee is the number of words that an addressee may have.
const longestAddressee = 7

// addressee returns whom a candidate addresses, as written: "the government" in "the government should publish", "councils"
// in "we call on councils to"; else whom the words address that introduce it. Only bodies, offices and names can be asked.
func (f *Finder) addressee(v *view, c candidate, b ingest.Block) string {
	if to := f.asked(v, c.words); to != "" {
		return to
	}
	for _, block := range []int{b.LeadIn, b.Parent} {
		if block < 0 {
			continue
		}
		if of := v.of[block]; len(of) > 0 {
			if to := f.asked(v, v.candidates[of[len(of)-1]].words); to != "" {
				return to
			}
		}
	}
	if b.Heading >= 0 && v.cues[b.Heading]&(point|ask|must|should|need) != 0 {
		return f.asked(v, v.words[b.Heading])
	}
	return ""
}

func (f *Finder) asked(v *view, ws []word) string {
	for i := range ws {
		found, n := f.cues.at(ws, i)
		done := i + n // past "never", "also" and the like
		for done < len(ws) && (ws[done].form == "never" || ws[done].form == "not" || ws[done].form == "also" || ws[done].form == "always" ||
			ws[done].form == "only" || ws[done].form == "to") {
			done++
		}
		if found&(must|should|need) != 0 && i > 0 && !strings.HasPrefix(ws[i].form, "requir") && !hasNeed(ws, i) &&
			!(done < len(ws) && (ws[done].form == "be" || ws[done].form == "for" || ws[done].form == "of")) {
			if to := f.before(v, ws, i); to != "" {
				return to
			}
		}
		if found&(must|should|need) != 0 && done < len(ws) && ws[done].form == "be" {
			if to := f.doneBy(v, ws, done+1); to != "" {
				return to
			}
		}
		if i+2 < len(ws) && askedFor[ws[i].form] && !(i > 0 && ws[i].upper) && (ws[i+1].form == "for" || ws[i+1].form == "to") {
			if to := f.wrote(v, ws, i+2); to != "" && !strings.Contains(to, "(") {
				return to
			}
		}
		if i+n < len(ws) && (found&(ask|want) != 0 || told[ws[i].form]) && !(ws[i+n-min(n, 1)].form == "for" && created[ws[i+n].form]) {
			if to := f.after(v, ws, i+max(n, 1), directs(ws, i)); to != "" {
				return to
			}
		}
		if (ws[i].form == "letter" || ws[i].form == "petition") && i+2 < len(ws) && ws[i+1].form == "to" {
			if to := f.wrote(v, ws, i+2); to != "" {
				return to
			}
		}
		if (ws[i].form == "need" || ws[i].form == "call" || ws[i].form == "calls" || ws[i].form == "called") && i+2 < len(ws) &&
			ws[i+1].form == "for" && !created[ws[i+2].form] {
			if to := f.after(v, ws, i+2, false); to != "" {
				return to
			}
		}
	}
	return ""
}

// hasNeed reports whether the need at word i is what somebody has, and not a task: "Players need more control of their data".
func hasNeed(ws []word, i int) bool {
	return (ws[i].form == "need" || ws[i].form == "needs") && i+1 < len(ws) && needed[ws[i+1].form]
}

// needed are words after "need" that begin what is needed.
var needed = fold.Set("more better greater a an the support help clear strong proper our their your")

// doneBy returns by whom something is to be done: "the committee" in "should be settled by the committee", with the words behind "be".
func (f *Finder) doneBy(v *view, ws []word, i int) string {
	for k := i; k+1 < len(ws) && k < i+farthest/2; k++ {
		if ws[k].form != "by" || strings.ContainsAny(v.page.Text[ws[k-1].End:ws[k].Start], ",.;:") {
			continue
		}
		for end := k + 1; end < len(ws) && end-k <= longestAddressee; end++ {
			last := end+1 == len(ws) || strings.ContainsAny(v.page.Text[ws[end].End:ws[end+1].Start], ",.;:()–—") || behindNoun[ws[end+1].form]
			switch {
			case last && f.canAct(v, ws, end):
				return strings.TrimSpace(v.page.Text[ws[k+1].Start:ws[end].End])
			case last, !ws[end].upper && ws[end].form != "the" && !qualities[ws[end].form] && !f.canAct(v, ws, end):
				return ""
			}
		}
		return ""
	}
	return ""
}

// before returns the addressee that ends before word i: "Local councils" before "should".
func (f *Finder) before(v *view, ws []word, i int) string {
	for i > 0 && (ws[i-1].form == "also" || ws[i-1].form == "therefore" || ws[i-1].form == "really" || ws[i-1].form == "now" ||
		ws[i-1].form == "all") {
		i--
	}
	if i == 0 || !f.canAct(v, ws, i-1) || i < len(ws) && strings.ContainsAny(v.page.Text[ws[i-1].End:ws[i].Start], ",.;:!?(") {
		return ""
	}
	start := i - 1
	for start > 0 && i-start < longestAddressee && f.partOfName(v, ws, start-1) {
		start--
	}
	if start == 1 && ws[0].upper && ws[1].upper && f.namesOn(ws[0]) { // "Air Canada"
		start = 0
	}
	for start < i-1 && (pointing[ws[start].form] || ws[start].form == "of" || ws[start].form == "for" || ws[start].form == "and" ||
		ws[start].form == "why" || ws[start].form == "how" || ws[start].form == "what") {
		start++
	}
	if any(ws[start:i], pointers) {
		return ""
	}
	return strings.TrimSpace(v.page.Text[ws[start].Start:ws[i-1].End])
}

// passives are verbs of asking that, with "to" behind them, follow the one who is asked.
var passives = fold.Set("urged asked told advised encouraged pressed")

// pointers are words that no addressee has.
var pointers = fold.Set("we you i they it he she not need needs must should")

// directs reports whether the verb at word i is one that somebody can only be the object of: "urges the clubs to", "calls on modellers to".
func directs(ws []word, i int) bool {
	form := ws[i].form
	if strings.HasPrefix(form, "call") {
		return i+1 < len(ws) && (ws[i+1].form == "on" || ws[i+1].form == "upon")
	}
	return strings.HasPrefix(form, "urg") || strings.HasPrefix(form, "press") || strings.HasPrefix(form, "implor") ||
		strings.HasPrefix(form, "petition")
}

// created are words by which what is called for is not there yet, and can be asked for nothing: "calls for a new agency to".
var created = fold.Set("a an more new another greater")

// after returns the addressee that begins at word i and is told to do something: "ministers" in "ministers to publish". Whoever
// is called on or urged can be asked; of others only bodies, offices and people.
func (f *Finder) after(v *view, ws []word, i int, direct bool) string {
	if i < len(ws) && i > 0 && (ws[i].form == "on" || ws[i].form == "upon") && strings.HasPrefix(ws[i-1].form, "call") {
		i++
	}
	if i >= len(ws) || ws[i].form == "that" || nobodies[ws[i].form] || behindNoun[ws[i].form] {
		return ""
	}
	if found, _ := f.cues.at(ws, i); found&(ask|not) != 0 {
		return ""
	}
	for end := i; end < len(ws) && end-i < longestAddressee; end++ {
		if ws[end].form == "to" {
			if any(ws[i:end], pointers) || any(ws[i:end], clauses) || f.cues.of(ws[i:end])&(could|will|must|should) != 0 {
				return ""
			}
			if end > i && (f.canAct(v, ws, end-1) || direct && f.toDo(ws, end+1)) {
				return strings.TrimSpace(v.page.Text[ws[i].Start:ws[end-1].End])
			}
			return ""
		}
		if end == i {
			continue
		}
		gap := v.page.Text[ws[end-1].End:ws[end].Start]
		next, _ := f.cues.at(ws, end)
		if (strings.Contains(gap, ":") || next&imperate != 0 && !ws[end].upper) && f.canAct(v, ws, end-1) {
			return strings.TrimSpace(v.page.Text[ws[i].Start:ws[end-1].End]) // "tell Parliament: stop", "demanding ministers scrap it"
		}
		if strings.ContainsAny(gap, ".,;:()–—“”‘\"/") {
			return ""
		}
	}
	return ""
}

// toDo reports whether the word at i, behind "to", may be a verb: "urges change to Freedom of Information rules" urges nobody.
func (f *Finder) toDo(ws []word, i int) bool {
	if i >= len(ws) || ws[i].upper {
		return false
	}
	found, _ := f.cues.at(ws, i)
	return found&(is|past|all) == 0 && !determiners[ws[i].form] && !qualities[ws[i].form] && !created[ws[i].form]
}

// wrote returns the addressee of a letter, which begins at word i: "ministers" in "an open letter to ministers on the need for".
func (f *Finder) wrote(v *view, ws []word, i int) string {
	for end := i; end < len(ws) && end-i < longestAddressee; end++ {
		if !f.canAct(v, ws, end) {
			if behindNoun[ws[end].form] && ws[end].form != "of" && ws[end].form != "for" || clauses[ws[end].form] || pointers[ws[end].form] {
				return ""
			}
			continue
		}
		end = v.office(ws, end)
		if end+1 == len(ws) || letterOn[ws[end+1].form] || strings.ContainsAny(v.page.Text[ws[end].End:ws[end+1].Start], ".,;:()–—") {
			return strings.TrimSpace(v.page.Text[ws[i].Start:ws[end].End])
		}
	}
	return ""
}

// office returns the last word of the office that the word at end belongs to: "Secretary of State for Trade, Science and Work".
func (v *view) office(ws []word, end int) int {
	if end+2 >= len(ws) || ws[end+1].form != "for" || !ws[end+2].upper {
		return end
	}
	for end += 2; end+1 < len(ws); end++ {
		gap := v.page.Text[ws[end].End:ws[end+1].Start]
		joined := gap == " " && ws[end+1].form == "and" || gap == " & "
		if !(ws[end+1].upper && (gap == " " || gap == ", ")) && !joined {
			break
		}
	}
	if ws[end].form == "and" {
		end--
	}
	return end
}

// letterOn are words that lead from the addressee of a letter to what it asks.
var letterOn = fold.Set("on about to that calling asking demanding urging against over with signed in from is are include included")

// canAct reports whether the noun at word i, the last of its phrase, is a body or office, or a name that the page knows.
func (f *Finder) canAct(v *view, ws []word, i int) bool {
	if actors[ws[i].form] || agent(ws[i].form) {
		return true
	}
	for k := i; k >= 0 && k > i-longestAddressee; k-- {
		if end, ok := v.names[ws[k].Start]; ok && end >= ws[i].End {
			return true
		}
	}
	return false
}

// partOfName reports whether word i goes on with the noun phrase after it: a determiner, an adjective, or part of a name.
func (f *Finder) partOfName(v *view, ws []word, i int) bool {
	if strings.ContainsAny(v.page.Text[ws[i].End:ws[i+1].Start], ".,;:!?()–—\"“”") {
		return false
	}
	if ws[i].form == "the" || ws[i].form == "of" || ws[i].form == "for" && ws[i+1].upper || ws[i].form == "and" &&
		(actors[ws[i+1].form] || agent(ws[i+1].form) || ws[i+1].upper) && i > 0 && (actors[ws[i-1].form] || agent(ws[i-1].form) ||
		ws[i-1].upper) {
		return ws[i+1].form != "the" || ws[i].form != "the"
	}
	if ws[i].upper && (!first(ws, i) || isMark(v.page.Text[ws[i].Start:ws[i].End])) {
		return true
	}
	return actors[ws[i].form] || qualities[ws[i].form] || agent(ws[i].form)
}

// namesOn reports whether the first word of a sentence may begin a name: it is none that sentences begin with.
func (f *Finder) namesOn(w word) bool {
	return len(w.form) > 2 && f.cues.of([]word{w}) == 0 && !asks[w.form] && !nobodies[w.form] && !joins[w.form] && !starting[w.form] &&
		!strings.HasSuffix(w.form, "ly") && !strings.HasSuffix(w.form, "ing")
}

// agent reports whether a noun in the plural means people by what they do: "modellers", "economists".
func agent(form string) bool {
	for _, ending := range []string{"ers", "ors", "ists", "ians"} {
		if len(form) > len(ending)+3 && strings.HasSuffix(form, ending) {
			return !things[form]
		}
	}
	return false
}

// first reports whether word i is the first, whose capital says nothing.
func first(ws []word, i int) bool { return i == 0 && !actors[ws[i].form] && !qualities[ws[i].form] }

var (
	// actors are nouns for those who can be asked to do something.
	actors = fold.Set(`government governments parliament parliaments council councils authority authorities regulator regulators organisation
		organisations organization organizations
		company companies policymakers policymaker makers legislators lawmakers politicians mps ministers minister employers employer unions
		union universities university institutions society funders funder agencies agency charities business businesses industry leaders
		department departments sector officials practitioners designers developers researchers teams team commission commissioners committee
		party labour governments' states state nations countries cities platforms providers suppliers vendors procurers boards board trustees
		schools hospitals police courts labs managers engineers scientists librarians
		maintainers editors members foundations publishers journalists pm whitehall academics
		parliamentarians media statisticians bank banks firms folks bosses secretary commissioner mayor president community communities
		scholars technologists lawyers servants staff`)
	// told are verbs whose object is who is asked to do something.
	told = fold.Set(`urge urges urged urging ask asks asked asking encourage encourages encouraged encouraging advise advises advised
		tell tells
		told telling press presses
		pressed pressing petition petitioned implore implored lobby lobbied challenge challenges challenged invite invites invited want wants
		wanted`)
	// nobodies cannot be the addressee, though they are told.
	nobodies = fold.Set("us me you them him her it people everyone everybody for to in with about how what whether why if and " +
		"or not more no " +
		"this these those")
	// things are plurals that end as those of people do.
	things = fold.Set(`identifiers modifiers numbers computers papers numbers others factors sensors centers powers matters parameters answers
		orders borders layers errors servers letters chapters newsletters barriers
		offers registers transfers containers routers filters headers folders pointers markers indicators vectors processors monitors mirrors
		calculators corridors colors colours trackers scanners printers posters disasters clusters rivers towers flowers corners quarters
		shoulders headquarters gathers considers delivers covers discovers enters
		lasts exists consists lists assists insists covers triggers differs suffers remembers refers prefers checkers wrappers adapters
		controllers drivers readers sliders stickers`)
	// askedFor are nouns for what is put to somebody: "recommendations for councils".
	askedFor = fold.Set("recommendation recommendations asks advice proposals demands lessons principles message messages")
	// behindNoun are words that follow a noun, or begin no name.
	behindNoun = fold.Set("of for in on at from by with to as is are was were has have had and or when if before after so not under through")
	// clauses are words that no addressee has: with them a clause of its own begins.
	clauses = fold.Set("that which who whose is are was were has have had allows needing even provide do does")
	// pointing are words before a name that are no part of it.
	pointing = fold.Set("that this these those")
	// starting are words that sentences begin with before a name.
	starting = fold.Set(`yesterday today tomorrow meanwhile elsewhere like while since both because although despite under over until unless
		instead`)
	// qualities are words that say which of them.
	qualities = fold.Set(`local national central public private civil new next incoming future all every any both other tech technology
		big small
		large third policy trade social data regional european federal british irish scottish welsh
		international global political community research academic large-scale open voluntary student care app
		software water health tech education edtech technical biodiversity`)
)
