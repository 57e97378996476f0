package ties

import (
	"slices"
	"strings"

	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

// What stands between a person and a body, or about them, and says that the one is not of the other.
var (
	otherDoings = fold.Set(`met meets visited visits thanked thanks thank criticised criticized sued accused accuses applied
		praised urged urges invited interviewed told tells powered asked asks under`)
	authorDoings = fold.Set(`application applied applying submitted watched observed visited visiting met attended wrote read
		reading heard saw spoke talked presented published launched announced reviewed guidance like liked`)
	ownDoings = fold.Set(`work works worked working join joined joining am i'm i’m run running lead leading led founded started
		fellow staff colleague colleagues employed`)
)

// vetoed returns why a pair is no affiliation, whatever its chance; "" if nothing says so.
func (v *view) vetoed(x *pair, pairs *rivals) string {
	from, to := x.p.To, x.b.From
	after := x.b.From >= x.p.To
	if !after {
		from, to = x.b.To, x.p.From
	}
	if v.licence(x) {
		return "a licence"
	}
	if honours[strings.ToLower(strings.ReplaceAll(x.body.Name, ".", ""))] {
		return "a degree or an honour"
	}
	if v.account(x, from, to) {
		return "where the person has an account"
	}
	switch {
	case x.how == byVoice && !v.own(x.body) && v.client(x):
		return "somebody whom the writer did something for, or with"
	case x.job:
		return ""
	case after && v.talkedAbout(x):
		return "what was talked about with somebody"
	case v.wished(x):
		return "told about, or only wished for"
	case (x.how == "author" || x.how == byVoice) && chambers[strings.TrimPrefix(strings.ToLower(x.body.Name), "the ")]:
		return "a chamber that the author writes of"
	}
	if x.how == byPronoun && pairs.beside(x) {
		return "somebody else is named beside it"
	}
	if r := v.runs[x.p.From]; r.people > 2 && v.lower(r.To, x.p.From) == "(" && isYear(v.lower(r.To+1, x.p.From)) {
		return "authors that are cited"
	}
	if gatherings[v.Toks[x.b.To-1].Lower] && after && (x.how == "block" || x.how == "run") {
		if w := v.wordBefore(x.b.From-1, x.b.From); w == "at" || w == "in" || w == "during" {
			return "an occasion"
		}
	}
	if dated(x.body.Name) {
		return "an occasion" // "TideCon’31"
	}
	if publishers[v.Toks[x.b.To-1].Lower] && after && v.lower(x.b.From-1, x.b.From) == "from" {
		return "who published it"
	}
	same := v.Toks[x.p.From].Block == v.Toks[x.b.From].Block
	if !same {
		if (x.how == "row" || x.how == "home") && pairs.bracketed[x.person] && !v.StatesBody(int(v.Toks[x.b.From].Block)) {
			return "the person's own body stands in brackets"
		}
		if (x.how == "home" || x.how == "group" || x.how == "office") && v.standsFor(x) {
			return "stands for election"
		}
		return ""
	}
	if v.shadowed(x) {
		return "a post of the opposition"
	}
	first, _ := v.Sentence(x.b.From)
	if v.cameTo(x, first) {
		return "whose occasion the person came to"
	}
	if !after && v.asksOthers(x.p) {
		return "who asked in an interview"
	}
	if after && v.quotedIn(x) {
		return "where the words of a quotation stood"
	}
	if !after && v.anothersOffice(x, from, to) {
		return "somebody else's office"
	}
	if after && v.ofAnother(x) {
		return "somebody else is of it"
	}
	if x.how == "author" || x.how == byVoice {
		return v.authorVeto(x)
	}
	role, tied, others := false, false, false
	for i := from; i < to; i++ {
		t := &v.Toks[i]
		role = role || t.Class&gazetteer.Role != 0
		if t.Shape == text.LowerShape {
			tied = tied || tieVerbs[t.Lower]
			others = others || otherDoings[t.Lower]
			if t.Lower == "under" && !after {
				return "under somebody else"
			}
			if t.Lower == "powered" || strings.HasPrefix(t.Lower, "thank") && !after {
				return "said of something else"
			}
		}
	}
	if others && !tied && !role {
		return "met, told, thanked"
	}
	if w := v.lower(x.p.From-2, x.p.From); after && v.lower(x.p.From-1, x.p.From) == "by" &&
		(w == "photo" || w == "photos" || w == "image" || w == "illustration" || w == "picture") {
		return "who made the picture"
	}
	if after && v.occasionOf(from, to) {
		return "an occasion of it"
	}
	if after && !role && v.wordBefore(x.b.From-1, x.p.From) == "about" {
		return "told about"
	}
	if party := parties[v.Toks[x.b.From].Lower]; party != "" && x.b.To-x.b.From == 1 &&
		!strings.Contains(strings.ToLower(x.body.Name), party) && len(x.body.Key) > 1 {
		return "the short name of a party"
	}
	next := v.At(x.b.To, x.b.From)
	closed := next != nil && next.Text == ")"
	open := v.At(x.b.From-1, x.b.From)
	if closed && open != nil && open.Text == "(" {
		switch {
		case after && to-from > 1 && v.ends[x.b.From-1]:
			return "in brackets after somebody else"
		case after && to-from > 1 && v.outlet(x, from, to):
			return "the outlet of a headline"
		case after && to-from > 1 && pairs.bracketed[x.person]:
			return "the person's own body stands in brackets"
		case !after:
			return "in brackets after somebody else"
		}
	}
	if !after && v.inBrackets(x) {
		return "in brackets after somebody else"
	}
	if after && to-from > 2 && next == nil && v.sourceOf(x, from, to) {
		return "the outlet of a headline"
	}
	if !after && v.outletTells(x) {
		return "the outlet that tells"
	}
	if !after && v.Toks[x.b.To].Text == ":" && circles[v.Toks[x.b.To-1].Lower] && v.generic(x) {
		return "a group of the page's own"
	}
	return ""
}

// inBrackets reports whether the body of a pair stands in brackets that close before the person, among other words, and tell of
// what stands in front of them: "thanks to Ann Roe (Director of the Harbour Trust), John Doe spoke".
func (v *view) inBrackets(x *pair) bool {
	const longest = 25 // tokens of what stands in brackets
	opened := -1
	for i := x.b.From - 1; i >= x.b.From-longest && opened < 0; i-- {
		t := v.At(i, x.b.From)
		if t == nil || t.Text == ")" {
			return false
		}
		if t.Text == "(" {
			opened = i
		}
	}
	if opened < 0 || v.At(opened-1, x.b.From) == nil {
		return false
	}
	for i := x.b.To; i < min(x.p.From, x.b.To+longest); i++ {
		if v.Toks[i].Text == ")" {
			return true
		}
	}
	return false
}

// licence reports whether the body of a pair is the licence of something: named on a line beside "CC", "BY" or a version.
func (v *view) licence(x *pair) bool {
	name := strings.ToLower(x.body.Name)
	switch name {
	case "creative commons", "mit", "apache", "gpl", "bsd", "cc":
	default:
		return false
	}
	for i := x.b.To; i < x.b.To+3; i++ {
		t := v.At(i, x.b.From)
		if t == nil {
			break
		}
		if strings.HasPrefix(t.Lower, "by") || t.Lower == "cc" || strings.HasPrefix(t.Lower, "licen") || t.Shape == text.NumberShape {
			return true
		}
	}
	list := v.Block(x.b.From).List
	if list == 0 {
		return false
	}
	for b := range v.Page.Blocks {
		if o := &v.Page.Blocks[b]; o.List == list &&
			(strings.Contains(o.In(v.Page.Text), "Creative Commons") || strings.Contains(o.In(v.Page.Text), "CC BY") ||
				strings.Contains(o.In(v.Page.Text), "CC-BY")) {
			return true
		}
	}
	return false
}

// occasionOf reports whether words between a person and a body say that the person took part in an occasion of it: "guest speaker at a
// meeting of".
func (v *view) occasionOf(from, to int) bool {
	guest, occasion := false, false
	for i := from; i < to; i++ {
		switch w := v.Toks[i].Lower; {
		case w == "guest", w == "speaker", w == "keynote", w == "panellist", w == "panelist", w == "spoke", w == "speech":
			guest = true
		case guest && occasionHeads[w]:
			occasion = true
		case v.Toks[i].Class&gazetteer.Role != 0:
			return false
		}
	}
	return guest && occasion
}

// gatherings are the last words of names of occasions, where people speak and nobody works.
var gatherings = fold.Set(`conference summit workshop symposium festival hackathon webinar seminar meetup unconference konferenz tagung`)

// dated reports whether a name ends in a year, as those of occasions do: "TideCon’31", "TideCon2031".
func dated(name string) bool {
	digits := len(name) - len(strings.TrimRight(name, "0123456789"))
	before := strings.TrimRight(name, "0123456789")
	switch digits {
	case 2:
		return strings.HasSuffix(before, "'") || strings.HasSuffix(before, "’")
	case 4:
		return before != "" && isYear(name[len(before):])
	}
	return false
}

// publishers are the last words of the names of those who publish books.
var publishers = fold.Set(`press publishing publishers books verlag`)

// honours are letters behind a name that are sometimes taken for a body.
var honours = fold.Set(`ma ba bsc msc mba md phd obe mbe cbe kbe dbe obe onzm mnzm cnzm dnzm knzm qsm qso frs frse pmp cissp`)

// wordBefore is the word before a body, "the" left aside, in small letters; "" outside of the block of token near.
func (v *view) wordBefore(i, near int) string {
	if v.lower(i, near) == "the" {
		i--
	}
	return v.lower(i, near)
}

// accounts are bodies that people have accounts with, far more often than jobs.
var accounts = fold.Set(`twitter x github gitlab linkedin mastodon bluesky facebook instagram youtube orcid medium medium.com
	slideshare flickr vimeo`)

// account reports whether the body of a pair is named as where the person has an account: beside the name, with no word for a role or a
// job between.
func (v *view) account(x *pair, from, to int) bool {
	if !accounts[strings.ToLower(x.body.Name)] {
		return false
	}
	if v.Toks[x.p.From].Block != v.Toks[x.b.From].Block {
		return !v.StatesBody(int(v.Toks[x.b.From].Block))
	}
	next := v.At(x.b.To, x.b.From)
	if to-from == 1 && v.Toks[from].Text == "(" && next != nil && next.Text == ")" && v.Toks[x.b.From].Link == 0 {
		return false // as others have their employers there
	}
	if to-from > 6 || x.told() {
		from = max(from, x.b.From-6)
	}
	for i := from; i < to; i++ {
		if t := &v.Toks[i]; t.Class&gazetteer.Role != 0 || tieVerbs[t.Lower] && t.Lower != "is" || t.Lower == "at" || t.Lower == "from" {
			return false
		}
	}
	return true
}

// shadowed reports whether the body of a pair is what a shadow post is named after: "shadow DfX secretary". Who holds it sits
// in the opposition, not in the department.
func (v *view) shadowed(x *pair) bool {
	for i := x.b.From - 1; i >= x.b.From-3; i-- {
		t := v.At(i, x.b.From)
		if t == nil || t.Shape == text.MarkShape {
			return false
		}
		if t.Lower == "shadow" {
			return true
		}
	}
	return false
}

// authorVeto returns why the first person beside a body does not say that the author is of it.
func (v *view) authorVeto(x *pair) string {
	from, to := v.Sentence(x.b.From)
	own, other := false, false
	for i := max(from, x.b.From-14); i < min(to, x.b.To+8); i++ {
		w := v.Toks[i].Lower
		own = own || ownDoings[w] && !v.workOfOthers(i, from) || tieVerbs[w] && w != "is" && w != "was"
		other = other || authorDoings[w]
	}
	if v.own(x.body) {
		if x.how == "author" && v.partOfOwn(x.body) {
			return "a part of the site's own body"
		}
		return ""
	}
	before, first := v.At(x.b.From-1, x.b.From), v.At(x.b.From-2, x.b.From)
	if before != nil && (before.Lower == "at" || before.Lower == "the") {
		if first != nil && (first.Lower == "we" || first.Lower == "us" || first.Lower == "team" || first.Lower == "at") {
			return ""
		}
		if next, we := v.At(x.b.To, x.b.From), v.At(x.b.To+1, x.b.From); next != nil && we != nil && (we.Lower == "we" || next.Lower == "we") {
			return ""
		}
	}
	if next := v.At(x.b.To, x.b.From); next != nil && next.Class&gazetteer.Role != 0 && !own {
		return "somebody else's office" // "I caught Ferry Agency director Jane Roe"
	}
	if !own && (other || x.how == "author" || !v.voiced(x)) {
		return "merely named by the author"
	}
	return ""
}

// partOfOwn reports whether a body is called by the site's own body's name and more: "Tide Trust Toolbox" on the site of the Tide Trust.
func (v *view) partOfOwn(body *names.Named) bool {
	for o, own := range v.isOwn {
		if n := len(o.Key); own && n < len(body.Key) && slices.Equal(o.Key, body.Key[:n]) {
			return true
		}
	}
	return false
}

// chambers are where laws are made: authors go there and write of them far more often than they sit there.
var chambers = map[string]bool{"parliament": true, "uk parliament": true, "european parliament": true, "house of lords": true,
	"house of commons": true, "lords": true, "commons": true, "congress": true, "senate": true, "bundestag": true, "scottish parliament": true,
	"welsh parliament": true, "senedd": true, "knesset": true, "dáil": true, "riksdag": true, "assemblée nationale": true}

// workOfOthers reports whether "work" at a token is a noun and not the writer's: "all the work of the Tide Trust".
func (v *view) workOfOthers(i, from int) bool {
	if w := v.Toks[i].Lower; w != "work" && w != "works" || i == from {
		return false
	}
	switch v.Toks[i-1].Lower {
	case "i", "we", "my", "our", "also", "now", "currently", "still", "to", "who", "and":
		return false
	}
	return true
}

// voiced reports whether the writer has something of a body: "my new fellowship with the Tide Trust", "our office at the Dock".
func (v *view) voiced(x *pair) bool {
	for i := x.b.From - 1; i >= x.b.From-6; i-- {
		t := v.At(i, x.b.From)
		if t == nil || t.Opens || t.Text == "(" {
			return t != nil && (t.Lower == "my" || t.Lower == "our")
		}
		if t.Lower == "my" || t.Lower == "our" {
			return true
		}
	}
	return false
}

// circles are the last words of groups that a page may name without telling whose they are.
var circles = fold.Set(`group team committee panel crew staff organisers organizers board jury circle cast`)

// generic reports whether the body of a pair is called by common words only: "Planning Group".
func (v *view) generic(x *pair) bool {
	for i := x.b.From; i < x.b.To; i++ {
		t := &v.Toks[i]
		if t.Word() && t.Class&(gazetteer.OrgHead|gazetteer.Common|gazetteer.Misc) == 0 || t.Shape == text.UpperShape ||
			v.Hints[i].Place != gazetteer.NoPlace {
			return false
		}
	}
	return true
}

// parties are short names that stand for a party behind a member of a parliament, with a word of what they stand for.
var parties = map[string]string{"lab": "labour", "con": "conservative", "ld": "liberal", "lib": "liberal", "lib-dem": "liberal",
	"snp": "scottish", "dup": "democratic", "pc": "plaid", "ind": "independent"}

// partyOf returns the party of the page that the brackets after a member's name give by its short form, "(Lab, Harbour East)", nil if
// they give none that the page names in full.
func (v *view) partyOf(f names.Found, bodies []*names.Named) *placed {
	open, short, next := v.At(f.To, f.From), v.At(f.To+1, f.From), v.At(f.To+2, f.From)
	if open == nil || open.Text != "(" || short == nil || next == nil || !partEnds[next.Text] {
		return nil
	}
	party := parties[short.Lower]
	if party == "" || !short.Capital() {
		return nil
	}
	for _, o := range bodies {
		if name := strings.ToLower(o.Name); strings.HasPrefix(name, party) && len(o.Key) < 4 &&
			(len(o.Key) == 1 || strings.Contains(name, "part") || strings.Contains(name, "democrat")) { // no "Labour Quayside"
			return &placed{o, names.Found{From: f.To + 1, To: f.To + 2, Confidence: o.Confidence}}
		}
	}
	return nil
}

// fromElsewhere are things that come from a body to somebody who is not of it.
var fromElsewhere = fold.Set(`report reports book paper papers article articles study studies research blog blogs post guide guidance letter
	email e-mail reply response grant grants funding money support feedback news newsletter podcast video briefing statement invitation`)

// ofAnother reports whether something, or a forename that is not the person's, stands before "from" and the body: "joined Hope from the
// Tide Trust", "read the report from the Tide Trust".
func (v *view) ofAnother(x *pair) bool {
	i := x.b.From - 1
	if v.lower(i, x.b.From) == "the" {
		i--
	}
	if v.lower(i, x.b.From) != "from" || i-2 < x.p.To {
		return false
	}
	name, before := v.At(i-1, x.b.From), v.At(i-2, x.b.From)
	if name != nil && fromElsewhere[name.Lower] {
		return true
	}
	return name != nil && before != nil && name.Capital() && name.Class&gazetteer.Forename != 0 && name.Class&gazetteer.OrgHead == 0 &&
		before.Shape == text.LowerShape && !text.Joins[before.Lower]
}

// anothersOffice reports whether the office between a body and a person is that of somebody met: "in conversation with the Dock
// Union's General Secretary, Jane discussed the cranes", where what Jane did goes on.
func (v *view) anothersOffice(x *pair, from, to int) bool {
	if to-from < 2 || v.Toks[to-1].Text != "," {
		return false
	}
	i := x.b.From - 1
	if v.lower(i, x.b.From) == "the" {
		i--
	}
	switch v.lower(i, x.b.From) {
	case "with", "by", "to", "from", "alongside":
	default:
		return false
	}
	office := false
	for k := from; k < to; k++ {
		office = office || v.Toks[k].Class&gazetteer.Role != 0
	}
	next := v.At(x.p.To, x.p.From)
	return office && next != nil && next.Shape == text.LowerShape && !text.Joins[next.Lower] && next.Lower != "who" &&
		next.Lower != "at" && next.Lower != "of" && next.Lower != "from"
}
