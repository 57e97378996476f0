package ties

import (
	"strings"

	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

var (
	// jobVerbs stand directly before the body that somebody belongs to by what they did: "joined the Tide Trust".
	jobVerbs = fold.Set(`joined joins founded co-founded cofounded leads led heads headed chairs directs directed manages managed represents
		represented`)
	// workWords lead by "at" or "for" to where somebody works; learnWords by "at", "from" or "in" to where they learnt.
	workWords = fold.Set(`work works worked working job jobs position positions career employed intern interned internship fellowship
		taught teaches teaching serving serves served stint tenure`)
	learnWords = fold.Set(`studied studying study studies graduated graduating graduate degree degrees phd ph.d d.phil dphil ba b.a bsc b.s
		b.sc ma m.a msc m.sc m.s mba llb llm mphil doctorate doctoral bachelor bachelors master masters diploma undergraduate bs ms
		postdoc postdoctoral`)
	// seatWords lead by "on" to a body that somebody sits on.
	seatWords = fold.Set(`serves served serving sits sat sitting`)
	// holdWords say before words for an office that somebody holds it.
	holdWords = fold.Set(`is was am are been be being as became becomes become served serves serving currently named appointed elected
		include includes including role roles position positions holds held worked works i'm i’m`)
	// notOfThem turn what follows into what is said of somebody else.
	notOfThem = fold.Set(`with by against succeeded replaced succeeds replaces like unlike said says told asked met meets meeting interviewed
		spoke speaks talked about invited thanked thank thanks visited wrote where which that whose when while brother sister husband
		wife want wanted wants hope hoped hopes father mother son daughter friend colleague not never mentor mentors mentored supervised`)
)

// otherSubjects begin what another subject than the person is called by.
var otherSubjects = fold.Set(`the our it this they that these`)

// jobTold reports whether a sentence that tells of the person says in plain words that they work or worked for the body, sit on it,
// belong to it or learnt there: "Ann Roe worked at the Tide Trust", "She is a fellow of", "He studied history at".
func (v *view) jobTold(x *pair) bool {
	switch {
	case x.how == "block" && x.subject && x.b.From >= x.p.To:
	case x.how == byPronoun && x.b.From >= x.p.To, x.how == byPlace, x.how == byVoice && x.b.From >= x.p.To:
	default:
		return false
	}
	first, _ := v.Sentence(x.b.From)
	if x.how != byPlace {
		if x.p.From < first {
			return false
		}
		if first = x.p.To; x.how == "block" && v.runs[x.p.From].people > 0 {
			first = v.runs[x.p.From].To
		}
	}
	k := v.beforeBodies(x, first)
	if k < first {
		return false
	}
	if gatherings[v.Toks[x.b.To-1].Lower] {
		return false
	}
	w := v.Toks[k].Lower
	if jobVerbs[w] || w == "join" && v.lower(k-1, k) == "to" && v.movesOn(first, k) {
		return v.ofThem(x, first, k)
	}
	return v.leadsTo(x, w, first, k)
}

// movesOn reports whether a range of tokens says that somebody leaves where they were: "moved from Roe Institute", "left the Tide Trust".
func (v *view) movesOn(from, to int) bool {
	for i := from; i < to; i++ {
		if moves[v.Toks[i].Lower] {
			return true
		}
	}
	return false
}

// beforeBodies returns the token before the body of a pair, or before those that it is listed with: "worked for the Dock Union, the Tide
// Trust and"; less than first if there is none.
func (v *view) beforeBodies(x *pair, first int) int {
	const farthest = 24
	k := x.b.From - 1
	for ; k >= first && k > x.b.From-farthest; k-- {
		t := &v.Toks[k]
		if v.ends[k+1] {
			return -1
		}
		switch {
		case t.Text == ")" && k-2 > first && v.Toks[k-2].Text == "(": // a short form
			k -= 2
		case t.Capital(), t.Text == ",", t.Text == "&", t.Lower == "and", t.Lower == "the", t.Lower == "a", t.Lower == "an", t.Lower == "both":
		case (t.Lower == "of" || t.Lower == "for") && k > first && v.Toks[k-1].Capital() && v.Toks[k-1].Class&gazetteer.Role == 0:
		default:
			return k
		}
	}
	return -1
}

// leadsTo reports whether a word before a body joins it to the words for a job, a seat, an office or a course before it.
func (v *view) leadsTo(x *pair, joint string, first, at int) bool {
	const farthest = 14
	if joint != "at" && joint != "for" && joint != "of" && joint != "from" && joint != "with" && joint != "on" && joint != "in" {
		return false
	}
	for j := at - 1; j >= first && j > at-farthest; j-- {
		t := &v.Toks[j]
		w := t.Lower
		if joint == "for" && (w == "on" || w == "to") { // "working on a charter for"
			return false
		}
		if v.ends[j+1] || t.Text == ";" || t.Text == ":" || t.Text == "(" || t.Text == ")" || notOfThem[w] {
			return false
		}
		switch {
		case workWords[w] && (joint == "at" || joint == "for"), learnWords[w] && (joint == "at" || joint == "from" || joint == "in"),
			seatWords[w] && joint == "on":
			return v.ofThem(x, first, j)
		case t.Class&gazetteer.Role != 0 && !strings.HasPrefix(w, "speaker") && joint != "on" && joint != "from":
			return v.held(first, j) && v.ofThem(x, first, j)
		}
	}
	return false
}

// held reports whether one of the words before that for an office says that it is held.
func (v *view) held(first, office int) bool {
	for j := office - 1; j >= first && j > office-12; j-- {
		if holdWords[v.Toks[j].Lower] {
			return true
		}
	}
	return false
}

// ofThem reports whether nothing between the subject of a sentence and a token turns what is said to somebody else. Where nothing but
// its place tells of whom a sentence is, nothing there may be a subject of its own.
func (v *view) ofThem(x *pair, first, at int) bool {
	switch v.lower(x.p.From, x.b.From) {
	case "his", "her", "their", "my":
		if x.how == byPronoun || x.how == byVoice {
			return false
		}
	}
	for j := first; j < at; j++ {
		t := &v.Toks[j]
		if notOfThem[t.Lower] || v.ends[j+1] {
			return false
		}
		if x.how == byPlace && (t.Capital() && !t.Opens && t.Class&(gazetteer.Role|gazetteer.Month) == 0 || otherSubjects[t.Lower]) {
			return false
		}
	}
	return true
}

var (
	// wishes stand before what somebody would do, and did not.
	wishes = fold.Set(`want wants wanted hope hopes hoped wish wishes wished dream dreams dreamt dreamed`)
	// aboutWords stand before "about" and what was only told of.
	aboutWords = fold.Set(`wrote writes writing written spoke speaks talked talks told asked book article articles report blog paper
		post talk`)
)

// wished reports whether a sentence tells of a body only as what something was about, or where somebody would like to be: "wrote about the
// Tide Trust", "wanted to work at the Tide Trust".
func (v *view) wished(x *pair) bool {
	i := x.b.From - 1
	if v.lower(i, x.b.From) == "the" {
		i--
	}
	if v.lower(i, x.b.From) == "about" && aboutWords[v.lower(i-1, x.b.From)] {
		return true
	}
	first, _ := v.Sentence(x.b.From)
	for ; i > first && i > x.b.From-6; i-- {
		if v.Toks[i].Lower == "to" && wishes[v.Toks[i-1].Lower] {
			return true
		}
	}
	return false
}

// quotedIn reports whether a line tells only who said something, and where it stood: "– Jane Roe in The Quay Courier".
func (v *view) quotedIn(x *pair) bool {
	before := v.At(x.p.From-1, x.p.From)
	if before == nil || before.Text != "–" && before.Text != "—" && before.Text != "-" {
		return false
	}
	i := x.p.To
	if v.lower(i, x.p.From) == "," {
		i++
	}
	if v.lower(i, x.p.From) != "in" {
		return false
	}
	if i++; v.lower(i, x.p.From) == "the" {
		i++
	}
	return i == x.b.From
}
