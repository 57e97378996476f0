package ties

import (
	"rapporteur/ingest"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/gazetteer"
)

// said returns the tokens that say what ties a person to a body: of a sentence, the clause that they stand in; of other
// places, the block of the body.
func (v *view) said(x *pair) (from, to int) {
	from, to = v.Sentence(x.b.From)
	if v.Toks[x.p.From].Block == v.Toks[x.b.From].Block && x.p.From < from {
		from = max(x.p.From, from-60)
	}
	for i := x.b.From - 1; i >= from; i-- {
		if v.Toks[i].Text == ";" {
			from = i + 1
			break
		}
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
	var b text.Bag
	b.Add(1, x.how)
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
		b.Add(2, where, w)
		b.Add(3, w)
		if i+1 < to && t.Word() && v.Toks[i+1].Word() {
			b.Add(4, w, v.Toks[i+1].Lower)
		}
	}
	b.Add(5, string(v.Page.Genre))
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
	openPast    = wordSet(`before prior previously formerly earlier after until originally born past after having davor zuvor früher avant`)
	formerWords = wordSet(`former formerly previously previous ex late retired outgoing departing past then-head ehemalige ehemaliger ehemals ancien ancienne alumni alumnus alumna emeritus`)
)

// relationFeatures describes what is said of a person and a body, for the classifier that tells members from those who work there.
func (v *view) relationFeatures(x *pair) []uint32 {
	var b text.Bag
	b.Add(1, x.how)
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
		b.Add(2, where, t.Lower)
		if t.Class&gazetteer.Role != 0 {
			b.Add(3, t.Lower)
		}
	}
	b.Add(4, v.Toks[x.b.To-1].Lower)
	if bl := v.Block(x.p.From); bl.Heading >= 0 {
		v.wordsOf(&b, 5, bl.Heading, x.how)
		if x.how == "group" || x.how == "home" {
			v.wordsOf(&b, 6, bl.Heading, x.how)
		}
	}
	b.Add(7, string(v.Page.Genre), x.how)
	return b.Fs
}
