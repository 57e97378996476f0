package ties

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
)

// said returns the tokens that say what ties a person to a body: of a sentence, the clause that they stand in; of other
// places, the block of the body.
func (v *view) said(x *pair) (from, to int) {
	from, to = v.Sentence(x.b.From)
	if v.Toks[x.p.From].Block == v.Toks[x.b.From].Block && x.p.From < from {
		from = max(x.p.From, from-60)
	}
	if x.p.From < x.b.From && from < x.p.From-8 {
		from = x.p.From - 8
	}
	for i := x.b.To; i < to; i++ {
		t := &v.Toks[i]
		if t.Text == ";" || i > x.b.To+8 && t.Shape == text.MarkShape || i > x.b.To+25 {
			to = i
			break
		}
	}
	return from, to
}

// tenseFeatures describes what is said of a person and a body, for the classifier that says what is past.
func (v *view) tenseFeatures(x *pair) []uint32 {
	b := v.Bag()
	b.Note("former: how they stand", x.how)
	from, to := v.said(x)
	lo, hi := min(x.p.From, x.b.From), max(x.p.To, x.b.To)
	if lo < from {
		lo = from
	}
	for i := from; i < to; i++ {
		t := &v.Toks[i]
		if i >= x.b.From && i < x.b.To || t.Capital() && !t.Opens && t.Class&gazetteer.Role == 0 {
			continue
		}
		where := "between"
		switch {
		case i < lo:
			where = "before"
		case i >= hi:
			where = "after"
		}
		w := t.Lower
		if t.Shape == text.NumberShape {
			w = "9"
			if len(t.Text) == 4 {
				w = "year"
			}
		}
		b.Note("former: where and word", where, w)
		b.Note("former: word", w)
		if i+1 < to && t.Word() && v.Toks[i+1].Word() {
			b.Note("former: two words", w, v.Toks[i+1].Lower)
		}
	}
	b.Note("former: genre", string(v.Page.Genre))
	return b.Fs
}

// tenseNumbers describes the same by what its words are known for.
func (v *view) tenseNumbers(x *pair) []float32 {
	n := make(numbers, 0, 24)
	n.put(0)
	from, to := v.said(x)
	var past, now, past2, now2, years, lastPast, lastNow int
	lastPast, lastNow = 60, 60
	for i := from; i < to; i++ {
		t := &v.Toks[i]
		if t.Shape == text.NumberShape && len(t.Text) == 4 && (t.Text[:2] == "19" || t.Text[:2] == "20") {
			years++
		}
		w := t.Lower
		if i < x.b.From {
			if pastWords[w] {
				past++
				lastPast = x.b.From - i
			}
			if nowWords[w] {
				now++
				lastNow = x.b.From - i
			}
		} else if i >= x.b.To {
			past2 += b2i(pastWords[w])
			now2 += b2i(nowWords[w])
		}
	}
	for _, k := range []int{past, now, past2, now2, years, lastPast, lastNow, lastPast - lastNow} {
		n.count(k)
	}
	whole, end := v.Sentence(x.b.From)
	var opens, until, former int
	for i := whole; i < min(end, whole+5); i++ {
		opens += b2i(openPast[v.Toks[i].Lower])
	}
	for i := x.b.To; i < min(end, x.b.To+8); i++ {
		until += b2i(v.Toks[i].Lower == "until" || v.Toks[i].Lower == "before" || v.Toks[i].Lower == "bis")
	}
	lo, hi := min(x.p.From, x.b.From), max(x.p.To, x.b.To)
	if lo < whole {
		lo = x.b.From
	}
	for i := max(0, lo-4); i < hi; i++ {
		former += b2i(formerWords[v.Toks[i].Lower])
	}
	n.count(opens)
	n.count(until)
	n.count(former)
	n.count(howNumber[x.how])
	n.count(genreNumber[v.Page.Genre])
	n.is(v.Page.Kind == ingest.PersonPage)
	n.is(x.b.From >= x.p.To)
	n.count(v.joinBefore(x.b))
	n.count(min(x.distance, 60))
	return n
}

var (
	openPast    = fold.Set(`before prior previously formerly earlier after until originally born past after having davor zuvor früher avant`)
	formerWords = fold.Set(`former formerly previously previous ex late retired outgoing departing past then-head ehemalige ehemaliger ehemals
		ancien ancienne alumni alumnus alumna emeritus`)
)

// relationFeatures describes what is said of a person and a body, for the classifier that tells members from those who work there.
func (v *view) relationFeatures(x *pair) []uint32 {
	b := v.Bag()
	b.Note("relation: how they stand", x.how)
	from, to := v.said(x)
	for i := from; i < to; i++ {
		t := &v.Toks[i]
		where := "around"
		switch {
		case i >= x.b.From && i < x.b.To:
			where = "body"
		case i >= x.p.From && i < x.p.To:
			continue
		case i < x.b.From && i >= x.b.From-6:
			where = "before"
		case i >= x.b.To && i < x.b.To+4:
			where = "after"
		}
		b.Note("relation: where and word", where, t.Lower)
		if t.Class&gazetteer.Role != 0 {
			b.Note("relation: word", t.Lower)
		}
	}
	b.Note("relation: last word of the body", v.Toks[x.b.To-1].Lower)
	if bl := v.Block(x.p.From); bl.Heading >= 0 {
		v.wordsOf(&b, "relation: word of the heading", bl.Heading, x.how)
		if x.how == "group" || x.how == "home" {
			v.wordsOf(&b, "relation: word of the heading above", bl.Heading, x.how)
		}
	}
	b.Note("relation: genre", string(v.Page.Genre), x.how)
	return b.Fs
}

// withoutFormer leaves "former" and the like off a role and says whether it was there.
func withoutFormer(role string) (rest string, was bool) {
	first, rest, ok := strings.Cut(role, " ")
	switch strings.ToLower(first) {
	case "former", "formerly", "ex", "previous", "previously", "ehemalige", "ehemaliger", "ancien", "ancienne":
		if ok {
			return rest, true
		}
	}
	if rest, ok := strings.CutPrefix(strings.ToLower(role), "ex-"); ok {
		return role[len(role)-len(rest):], true
	}
	return role, false
}

// paid reports whether the words between a person and a body are of money or support only: "funded by", "commissioned by".
func (v *view) paid(x *pair) bool {
	if x.b.From < x.p.To || v.Toks[x.p.From].Block != v.Toks[x.b.From].Block {
		return false
	}
	for i := x.p.To; i+1 < x.b.From; i++ {
		switch v.Toks[i].Lower {
		case "funded", "commissioned", "sponsored", "supported":
			if v.Toks[i+1].Lower == "by" {
				return true
			}
		}
	}
	return false
}

// years reads from when to when somebody was at a body, where the text says so: "2012-2015", "from 2012 to 2015", "since 2009",
// "until 2015", beside the body's name and before another one's.
func (v *view) years(x *pair) (from, to string) {
	if v.Block(x.b.From).Kind == ingest.FieldBlock || v.ofTerms(x.b.From) {
		return "", ""
	}
	first, end := v.Sentence(x.b.From)
	read := func(i int) (string, string) {
		w := v.Toks[i].Text
		if a, b, ok := strings.Cut(w, "-"); ok && isYear(a) && (isYear(b) || len(b) == 2 && isYear(a[:2]+b)) {
			if len(b) == 2 {
				b = a[:2] + b
			}
			return a, b
		}
		if !isYear(w) {
			return "", ""
		}
		before := func(n int) string {
			if t := v.At(i-n, i); t != nil {
				return t.Lower
			}
			return ""
		}
		after := func(n int) string {
			if t := v.At(i+n, i); t != nil {
				return t.Text
			}
			return ""
		}
		if d := after(1); (d == "-" || d == "–" || d == "—" || d == "to" || d == "and" && (before(1) == "between") || d == "until") &&
			isYear(after(2)) {
			return w, after(2)
		} else if (d == "-" || d == "–" || d == "to") &&
			(strings.EqualFold(after(2), "present") || strings.EqualFold(after(2), "now") || after(2) == ")") {
			return w, ""
		}
		switch before(1) {
		case "since", "seit", "depuis":
			return w, ""
		case "until", "till", "bis":
			return "", w
		}
		return "", ""
	}
	for i := x.b.To; i < min(end, x.b.To+10); i++ {
		if t := &v.Toks[i]; t.Text == ";" || t.Capital() && t.Class&gazetteer.OrgHead != 0 {
			break
		}
		if from, to = read(i); from != "" || to != "" {
			return from, to
		}
	}
	for i := x.b.From - 1; i >= max(first, x.b.From-10); i-- {
		if t := &v.Toks[i]; t.Text == ";" || t.Text == "." || t.Capital() && t.Class&gazetteer.OrgHead != 0 {
			break
		}
		if from, to = read(i); from != "" || to != "" {
			return from, to
		}
	}
	return "", ""
}

// ofTerms reports whether a token stands in a list of those who serve on something: years there are their terms on it, and not when they
// were at the body that each comes from: "Current Steering Committee", "Jane Roe, Tide Trust, 2029-2031".
func (v *view) ofTerms(i int) bool {
	bl := v.Block(i)
	if bl.Kind != ingest.ItemBlock && bl.Kind != ingest.CellBlock {
		return false
	}
	for _, over := range []int{bl.LeadIn, bl.Heading} {
		if over < 0 {
			continue
		}
		for k := v.Blocks[over].From; k < v.Blocks[over].To; k++ {
			if serving[v.Toks[k].Lower] {
				return true
			}
		}
	}
	return false
}

// serving are words for those who serve for a term.
var serving = fold.Set(`committee committees council board jury panel trustees directors officers members officials`)

func isYear(s string) bool {
	return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") && strings.Trim(s, "0123456789") == ""
}

// past reports whether a tie is told of as past: where plain words do not say, by its chance.
func (v *view) past(x *pair, chance float64) bool {
	for i := x.b.From - 1; i >= x.b.From-3; i-- { // "former DfX secretary", "ex-Roe Institute"
		t := v.At(i, x.b.From)
		if t == nil || !t.Word() {
			break
		}
		if w := t.Lower; w == "former" || w == "ex" || w == "formerly" || w == "previously" {
			return true
		}
	}
	first, _ := v.Sentence(x.b.From)
	if v.inParty(x) {
		return false
	}
	if v.beenThere(x, first) || v.studied(x) || v.lower(x.p.To, x.p.From) == "was" && v.apposedOffice(x) {
		return true
	}
	if x.b.From-1 > first && v.startsThere(x.b.From-1, x.b.From) && (x.how == "author" || x.how == byVoice) {
		return false // "When I first started the Tide Trust"
	}
	if is, sure := v.lasting(x, first); sure {
		return is
	}
	if t := &v.Toks[first]; (t.Lower == "before" || t.Lower == "prior") && v.Toks[x.p.From].Block == v.Toks[x.b.From].Block {
		// "Before she joined A, she worked at B"
		comma := first
		for comma < x.b.From && v.Toks[comma].Text != "," {
			comma++
		}
		if v.startsThere(first, min(comma, x.b.From)) {
			return comma < x.b.From
		}
	}
	if chance >= formerSure {
		return true
	}
	if chance < 0.15 {
		return false
	}
	// "Among other previous roles, she was ...; and a member of ..."
	for i := first; i < min(first+6, x.b.From); i++ {
		switch v.Toks[i].Lower {
		case "previous", "previously", "formerly":
			for k := i; k < x.b.From; k++ {
				if w := v.Toks[k].Lower; w == "is" || w == "now" || w == "currently" {
					return false
				}
			}
			return true
		}
	}
	return false
}

// lasting says of a tie whose clause has "used to" that it is past, and of one with "has been" that it is not, and is not sure of others.
func (v *view) lasting(x *pair, first int) (past, sure bool) {
	for i := x.b.From - 1; i >= max(first, x.b.From-14); i-- {
		t := &v.Toks[i]
		before := v.lower(i-1, x.b.From)
		switch {
		case t.Text == ";" || t.Lower == "before" || t.Lower == "previously" || t.Lower == "formerly" || t.Lower == "former":
			return false, false
		case t.Lower == "to" && before == "used":
			return true, true
		case t.Lower == "been" && (before == "has" || before == "have"):
			return false, true
		}
	}
	return false, false
}

// startsThere reports whether somebody joins or starts in a range of tokens.
func (v *view) startsThere(from, to int) bool {
	for i := from; i < to; i++ {
		switch v.Toks[i].Lower {
		case "joined", "joining", "starting", "started", "becoming", "founding", "coming", "moving":
			return true
		}
	}
	return false
}

// beenThere reports whether the words before a body say that its time is over: "when I was at the Tide Trust", "I decided to leave it".
func (v *view) beenThere(x *pair, first int) bool {
	i := x.b.From - 1
	for ; i > first && (v.Toks[i].Lower == "the" || v.Toks[i].Lower == "my" || v.Toks[i].Lower == "our"); i-- {
	}
	if i < first {
		return false
	}
	if v.lower(i-1, x.b.From) == "then" && v.lower(i-2, x.b.From) == "(" { // "Jane Roe (then at the Tide Trust)"
		return true
	}
	// "Jane Roe, then director of the Tide Trust"
	if at := x.p.To; at < x.b.From && v.lower(at, x.b.From) == "," && v.lower(at+1, x.b.From) == "then" && v.HasRole(at+2, x.b.From) {
		return true
	}
	switch w := v.Toks[i].Lower; w {
	case "leave":
		b := v.lower(i-1, x.b.From)
		return b == "to" || b == "i" || b == "we" || b == "had"
	case "from":
		return moves[v.lower(i-1, x.b.From)]
	case "left", "leaving", "quit":
		b := v.At(i-1, x.b.From)
		return b == nil || b.Lower != "the" && b.Lower != "a" && b.Lower != "far"
	case "at", "with", "for":
		told := false
		for k := i - 1; k >= max(first, i-5); k-- {
			switch v.Toks[k].Lower {
			case "was", "were", "worked":
				told = true
			case "when", "while", "back":
				return told
			}
		}
	}
	return false
}

// moves are what somebody does who goes from one body to another.
var moves = fold.Set(`moved moves moving transferred transfers defected left leaves leaving departed resigned retired`)

// studied reports whether the words before a body say that somebody learnt there once: "a graduate of the Tide University", "holds an
// MSc from", not "a PhD student at".
func (v *view) studied(x *pair) bool {
	const furthest = 7
	from := false // the body stands behind "from"
	for i := x.b.From - 1; i >= x.b.From-furthest; i-- {
		t := v.At(i, x.b.From)
		if t == nil || t.Opens {
			return false
		}
		if learnWords[strings.TrimSuffix(t.Lower, ".")] && from {
			return true
		}
		switch t.Lower {
		case "from":
			from = from || i >= x.b.From-2
		case "student", "candidate", "fellow":
			return false
		case "graduate", "graduated", "alumnus", "alumna", "alumni", "alum":
			return true
		case "days": // "since his undergraduate days at"
			return i >= x.b.From-3
		case "earned":
			return from
		}
	}
	return false
}
