package ties

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

// stated says why the words or the layout say outright that the person of a pair is of the body, "" if they do not.
func (v *view) stated(x *pair) string {
	switch {
	case v.states(x), v.keyed(x):
		return "called so"
	case x.how == "party":
		return "party"
	case x.how == "label" && v.lower(x.b.To, x.b.From) == ":" && v.runs[x.p.From].people > 2:
		return "label of a line"
	case x.job:
		return "job told"
	case x.how != "block":
		return ""
	case v.possessed(x):
		return "genitive"
	case v.heldOffice(x), v.apposedOffice(x):
		return "office"
	case v.behindAt(x):
		return "behind an at sign"
	case v.ofKind(x):
		return "of what is named"
	case v.bornOtherwise(x):
		return "behind a birth name"
	case v.inParty(x):
		return "party"
	}
	return ""
}

// keyed reports whether a field of those who speak gives the body right behind the name: "speakers: [Jane Roe, Roe Institute]".
func (v *view) keyed(x *pair) bool {
	bl := v.Block(x.p.From)
	if x.how != "block" || bl.Kind != ingest.FieldBlock || x.b.From <= x.p.To || x.p.From != v.Blocks[v.Toks[x.p.From].Block].From ||
		!speakerKeys[strings.TrimSuffix(strings.ToLower(text.LastKey(bl.Key)), "s")] {
		return false
	}
	if t := v.Toks[x.p.To].Text; t != "," && t != "(" && t != "-" && t != "–" && t != "—" {
		return false
	}
	for i := x.p.To; i < x.b.From; i++ {
		if t := &v.Toks[i]; t.Word() && t.Class&gazetteer.Role == 0 && t.Shape == text.LowerShape && !text.Joins[t.Lower] && t.Lower != "at" {
			return false
		}
		if v.ends[i+1] {
			return false // another person's
		}
	}
	return true
}

// statedSure is the chance that a pair is a tie that is stated, at least.
const statedSure = 0.9

// possessed reports whether a genitive joins a person and a body: "Roe Institute's Jane Roe", "Jane Roe's Roe Institute".
func (v *view) possessed(x *pair) bool {
	from, to := x.b.To, x.p.From
	if x.b.From >= x.p.To {
		from, to = x.p.To, x.b.From
	}
	if to <= from || v.Toks[from].Text != "'" && v.Toks[from].Text != "’" {
		return false
	}
	return to-from == 2 && v.Toks[from+1].Lower == "s" || to-from == 1 && x.b.To == from && strings.HasSuffix(v.Toks[from-1].Lower, "s")
}

// behindAt reports whether a body stands behind an at sign on the line of the person: "Jane Roe - Counsel @ Roe Institute".
func (v *view) behindAt(x *pair) bool {
	from, to := x.p.To, x.b.From
	if to <= from || to-from > 9 || v.Toks[to-1].Text != "@" || !v.Toks[to].Spaced {
		return false
	}
	for i := from; i < to; i++ {
		t := &v.Toks[i]
		if t.Line || i > from && t.Opens || t.Text == ";" || t.Text == "@" && i < to-1 {
			return false
		}
	}
	return true
}

// birthWords begin brackets that tell what somebody was called before; ofWords lead from a person to a body.
var (
	birthWords = fold.Set(`née nee né born geb geborene nacida`)
	ofWords    = fold.Set(`of from at for`)
)

// sortsOfBody are words for what a body is, between "of" or "from" and its name.
var sortsOfBody = fold.Set(`charity company think-tank thinktank startup start-up ngo nonprofit non-profit consultancy organisation
	organization 	foundation university institute union network campaign collective cooperative co-operative agency firm group
	initiative project lab
	newspaper magazine publisher museum library association federation council party trust institution studio`)

// ofKind reports whether a person's name is followed by "of", "from" or "at", words for what sort of body it is, and the body: "Jane Roe of
// the Dutch think-tank Roe Institute", "Jane Roe from the charity Tide Trust".
func (v *view) ofKind(x *pair) bool {
	const longest = 5
	i := x.p.To
	if w := v.lower(i, x.p.From); w != "of" && w != "from" && w != "at" {
		return false
	}
	if x.b.From-i > longest || x.b.From < i+2 || !sortsOfBody[v.lower(x.b.From-1, x.b.From)] {
		return false
	}
	for i++; i < x.b.From; i++ {
		if t := &v.Toks[i]; t.Opens || t.Shape == text.MarkShape && t.Text != "-" || v.ends[i+1] || t.Lower == "and" {
			return false
		}
	}
	return true
}

// bornOtherwise reports whether nothing but an earlier name in brackets stands between a person and "of" the body: "Jane Roe (née Doe) of
// Roe Institute".
func (v *view) bornOtherwise(x *pair) bool {
	i, to := x.p.To, x.b.From
	if to < i+5 || to > i+10 || v.Toks[i].Text != "(" || !birthWords[strings.TrimSuffix(v.Toks[i+1].Lower, ".")] {
		return false
	}
	for i += 2; i < to && v.Toks[i].Text != ")"; i++ {
	}
	i++
	if i >= to || !ofWords[v.Toks[i].Lower] {
		return false
	}
	i++
	return i == to || i == to-1 && v.Toks[i].Lower == "the"
}

// qualities may stand before the words for an office.
var qualities = fold.Set(`new outgoing incoming former deputy acting interim senior chief lead own joint executive managing vice
	assistant then current`)

// heldOffice reports whether between a body and the person after it stand words for an office and nothing else: "Ferry Agency director
// Jane Roe", "the Agency's new head of policy, Jane Roe".
func (v *view) heldOffice(x *pair) bool {
	from, to := x.b.To, x.p.From
	if to <= from || to-from > 9 {
		return false
	}
	if t := &v.Toks[from]; t.Text == "'" || t.Text == "’" {
		from++
		if from < to && v.Toks[from].Lower == "s" {
			from++
		}
	}
	role := false
	for i := from; i < to; i++ {
		t := &v.Toks[i]
		if t.Opens || t.Line {
			return false
		}
		switch {
		case t.Class&gazetteer.Role != 0:
			role = true
		case t.Class&gazetteer.Title != 0, qualities[t.Lower]:
		case t.Text == "," && i == to-1 && i > from: // "head of policy, Jane Roe"
		case role && (t.Lower == "of" || t.Lower == "for" || t.Lower == "and") && i+1 < to && v.Toks[i+1].Text != ",":
		case role && v.Toks[i-1].Shape == text.LowerShape && text.Joins[v.Toks[i-1].Lower] && t.Shape != text.MarkShape:
		default:
			return false
		}
	}
	return role
}

// apposedOffice reports whether a person's name is followed by a comma or a form of "be", the body and words for an office at it, which
// end there: "Jane Roe, a Ferry Agency adviser,", "Jane Roe, Roe Institute director.", "Jane Roe is the first Ferry Agency director".
func (v *view) apposedOffice(x *pair) bool {
	const longest = 5
	from := x.p.To
	switch v.lower(from, x.p.From) {
	case ",", "is", "was":
	default:
		return false
	}
	if from++; v.lower(from, x.p.From) == "a" || v.lower(from, x.p.From) == "an" || v.lower(from, x.p.From) == "the" {
		from++
	}
	if w := v.lower(from, x.p.From); w == "first" || qualities[w] {
		from++
	}
	if from != x.b.From || v.runs[x.p.From].people > 0 {
		return false
	}
	i := x.b.To
	if w := v.lower(i, x.b.From); w == "'" || w == "’" {
		i++
		if v.lower(i, x.b.From) == "s" {
			i++
		}
	}
	role := false
	for n := 0; n < longest; n++ {
		t := v.At(i, x.b.From)
		switch {
		case t == nil, t.Text == ",", t.Text == ".", t.Text == ";", t.Text == ")", t.Opens:
			return role
		case t.Class&gazetteer.Role != 0:
			role = true
		case role && t.Shape == text.LowerShape:
			return !text.Joins[t.Lower] // "director of something else"
		case !qualities[t.Lower] && t.Shape != text.LowerShape:
			return false
		}
		i++
	}
	return false
}

// partyNames are words of the names of parties.
var partyNames = fold.Set(`labour lab conservative conservatives con tory tories lib liberal snp dup plaid sdlp ukip green greens
	reform sinn
	democrat democrats republican republicans crossbench crossbencher spd cdu fdp`)

// inParty reports whether the brackets after a person's name open with a party: "(Lib Dem, Harbour East)".
func (v *view) inParty(x *pair) bool {
	if x.b.From != x.p.To+1 || v.Toks[x.p.To].Text != "(" || !partyNames[v.Toks[x.b.From].Lower] {
		return false
	}
	t := v.At(x.b.To, x.b.From)
	return t != nil && partEnds[t.Text]
}

// shared raises the chances of bodies that "and" or a mark joins to one that a person is of, or that are listed with it behind the
// name: "(Roe Institute and Doe University)", "Jane Roe (Roe Institute; Doe Trust, Quay Union)", "Jane Roe - Roe Museum, Doe University".
func (v *view) shared(ties []tie, chances []float64) {
	const less = 0.85 // of the chance of the one before
	for i := range ties {
		x := &ties[i]
		if x.how != "block" || x.veto != "" || chances[i] < 0.5 || x.b.From < x.p.To {
			continue
		}
		for j := i + 1; j < len(ties) && ties[j].person == x.person; j++ { // ties stand by person, then body
			y := &ties[j]
			if y.how != "block" || y.veto != "" || y.p.From != x.p.From || y.b.From <= x.b.To || y.b.From > x.b.To+30 {
				continue
			}
			if v.joinedBodies(x.b.To, y.b.From) || v.sameBrackets(&x.pair, y.b) || v.sameLine(&x.pair, y.b) {
				chances[j] = max(chances[j], chances[i]*less)
			}
		}
	}
}

// joinedBodies reports whether nothing but "and" or a mark for it, and what brackets tell of the first, stands in a range of tokens
// between two bodies.
func (v *view) joinedBodies(from, to int) bool {
	from = v.pastBrackets(from, to)
	for k := from; k < to; k++ {
		if t := &v.Toks[k]; t.Lower != "and" && t.Text != "&" && t.Text != "/" && t.Lower != "the" {
			return false
		}
	}
	return to-from <= 3
}

// namesOnly reports whether a range of tokens holds names and offices, with what joins them, and neither a person nor a sentence.
func (v *view) namesOnly(from, to int) bool {
	for k := from; k < to; k++ {
		t := &v.Toks[k]
		if v.ends[k+1] {
			return false
		}
		switch {
		case t.Capital(), t.Shape == text.NumberShape, t.Class&gazetteer.Role != 0, t.Class&gazetteer.Particle != 0, text.Joins[t.Lower]:
		case t.Text == ",", t.Text == ";", t.Text == "/", t.Text == "&", t.Text == "-" && !t.Spaced, t.Text == "'", t.Text == "’":
		case t.Lower == "the", t.Lower == "for", t.Lower == "at", t.Lower == "s":
		default:
			return false
		}
	}
	return true
}

// sameBrackets reports whether a body stands in the brackets that follow the person of a tie and hold its body, among names only.
// What stands there beside a party is a seat.
func (v *view) sameBrackets(x *pair, b names.Found) bool {
	return v.Toks[x.p.To].Text == "(" && !partyNames[v.Toks[x.b.From].Lower] && v.namesOnly(x.p.To+1, b.To)
}

// sameLine reports whether a line gives a name, and behind a mark nothing but bodies, offices and places up to its end, this body among
// them.
func (v *view) sameLine(x *pair, b names.Found) bool {
	const longest = 40 // tokens of such a line
	s := v.Blocks[v.Toks[x.p.From].Block]
	if x.p.From-s.From > 1 && !v.opensLine(x.p) || v.Kind(x.p.From) == ingest.FieldBlock {
		return false
	}
	switch v.Toks[x.p.To].Text {
	case "-", "–", "—", ",", "|":
	default:
		return false
	}
	end := x.p.To + 1
	for end < s.To && !v.Toks[end].Line && v.Toks[end].Text != ";" {
		end++
	}
	if b.To > end {
		return false
	}
	if end > x.p.To+longest {
		return false
	}
	if v.Toks[end-1].Text == "." {
		end--
	}
	return v.namesOnly(x.p.To+1, end)
}

// enrolledSure is the chance at least that somebody is of a body whose members a list or a sentence names.
const enrolledSure = 0.6

var (
	// rollWords are groups of those who belong to a body.
	rollWords = fold.Set(`board council committee team fellows members directors trustees cohort candidates staff leadership secretariat
		champions ambassadors officers executive vorstand`)
	// rollVerbs join them to the list of their names.
	rollVerbs = fold.Set(`consists consist comprises comprise comprised composed includes include are is welcome welcomes elected appointed
		named announce announces`)
)

// rollHeads are words beside those for a group in the heading of a list of its people.
var rollHeads = fold.Set(`the our of and current board new executive meet who we are founding management core steering`)

// standingWords tell of those who would like to be elected, and may never be.
var standingWords = fold.Set(`candidates candidate election elections nominees nominee nominations nominated ballot`)

// standsFor reports whether a page or a section of candidates names the person of a pair, and not the body's own party: they may never be
// of the body that elects.
func (v *view) standsFor(x *pair) bool {
	if partyNames[v.Toks[x.b.From].Lower] {
		return false
	}
	stands := false
	for _, w := range strings.Fields(strings.ToLower(v.Page.Title)) {
		w = strings.Trim(w, ",.:;?!()")
		if w == "results" || w == "elected" || w == "ergebnisse" {
			return false
		}
		stands = stands || standingWords[w]
	}
	if h := v.Block(x.p.From).Heading; h >= 0 {
		for i := v.Blocks[h].From; i < v.Blocks[h].To; i++ {
			stands = stands || standingWords[v.Toks[i].Lower]
		}
	}
	return stands
}

// onRoll reports whether the person of a pair stands in a list, or as a heading, under a heading that says no more than that these are
// the board, the staff, the fellows of the body, which is named there or which the page is about: "Our team", "Fellows of the Tide Trust".
func (v *view) onRoll(x *pair) bool {
	bl := v.Block(x.p.From)
	h := bl.Heading
	b := int(v.Toks[x.p.From].Block)
	if bl.Kind == ingest.HeadingBlock && h >= 0 && v.Page.Blocks[h].Level >= bl.Level {
		return false
	}
	if h < 0 || h == b || x.p.From-v.Blocks[b].From > 1 ||
		bl.Kind != ingest.HeadingBlock && bl.Kind != ingest.ItemBlock && bl.Kind != ingest.CellBlock {
		return false
	}
	if v.standsFor(x) {
		return false
	}
	s := v.Blocks[h]
	roll, named := false, false
	for i := s.From; i < s.To; i++ {
		t := &v.Toks[i]
		switch {
		case i >= x.b.From && i < x.b.To:
			named = true
		case rollWords[t.Lower]:
			roll = true
		case rollHeads[t.Lower] || t.Shape == text.MarkShape || t.Shape == text.NumberShape:
		default:
			return false
		}
	}
	return roll && (named || x.how == "home" && (v.own(x.body) || v.standsIn(x.body)&6 != 0))
}

// enrolled reports whether a sentence, or the lead-in of a list, says that those named after it are the board, the team, the fellows of
// the body, which it names itself or which the page is about: "The board of directors now consists of Ann Roe, John Doe and".
func (v *view) enrolled(x *pair) bool {
	bl := v.Block(x.p.From)
	if v.onRoll(x) {
		return true
	}
	var from, to int
	switch {
	case bl.Kind == ingest.ItemBlock && bl.LeadIn >= 0 && v.leads(x.p) && x.p.From-v.Blocks[v.Toks[x.p.From].Block].From <= 1:
		from, to = v.Blocks[bl.LeadIn].From, v.Blocks[bl.LeadIn].To
		for i := from; i < to; i++ { // its last sentence
			if v.Toks[i].Opens {
				from = i
			}
		}
	case bl.Kind == ingest.ParagraphBlock && v.runs[x.p.From].people > 2:
		from, _ = v.Sentence(x.p.From)
		to = v.runs[x.p.From].From
	default:
		return false
	}
	roll, verb := false, false
	for i := from; i < to; i++ {
		w := v.Toks[i].Lower
		if noTalks[w] && !rollWords[w] || w == "judging" || w == "panel" || w == "by" || w == "thanks" || w == "thank" {
			return false
		}
		roll = roll || rollWords[w]
		verb = verb || rollVerbs[w]
	}
	if !roll || !verb {
		return false
	}
	if x.b.From >= from && x.b.To <= to {
		return true
	}
	return (x.how == "home" || x.how == "group") && v.standsIn(x.body)&6 != 0
}
