package ties

import (
	"slices"
	"strings"

	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"

	"rapporteur/ingest/gazetteer"
)

// rivals say of all pairs of a page what matters to one of them.
type rivals struct {
	bracketed map[*names.Named]bool // people whose name a body in brackets follows
	nearest   map[*names.Named]int  // by person, and by body: the least distance of a pair
	at        map[int][]*pair       // by first token of the body: the pairs of that place
	places    []int                 // of the bodies of all pairs: how many name each, most first
	each      map[*pair]rival
	people    int // with a pair
	bodies    int
}

func rivalsOf(pairs []pair) *rivals {
	r := &rivals{nearest: map[*names.Named]int{}, at: map[int][]*pair{}}
	for i := range pairs {
		p := &pairs[i]
		r.at[p.b.From] = append(r.at[p.b.From], p)
		for j := range p.others {
			r.at[p.others[j].b.From] = append(r.at[p.others[j].b.From], &p.others[j])
		}
		for _, s := range []*names.Named{p.person, p.body} {
			if have, ok := r.nearest[s]; !ok || p.distance < have {
				r.nearest[s] = p.distance
			}
		}
		r.places = append(r.places, len(p.body.Places))
	}
	slices.SortFunc(r.places, func(x, y int) int { return y - x })
	return r
}

// beside reports whether somebody else is nearer to the place of a pair's body.
func (r *rivals) beside(x *pair) bool {
	return slices.ContainsFunc(r.at[x.b.From], func(o *pair) bool { return o.person != x.person && o.distance < x.distance })
}

// pairFeatures describes a pair for the classifier that says who stands for whom.
func (v *view) pairFeatures(x *pair, all *rivals, named []int8) []uint32 {
	b := v.Bag()
	b.Note("any pair")
	b.Note("how they stand", x.how)
	after := x.b.From >= x.p.To
	from, to := x.p.To, x.b.From
	if !after {
		from, to = x.b.To, x.p.From
	}
	dir := "before"
	if after {
		dir = "after"
	}
	b.Note("how they stand, distance", x.how, dir, text.Count(min(x.distance, 30)))
	kind := string(v.Block(x.p.From).Kind)
	b.Note("block", kind, dir)
	if all.nearest[x.person] < x.distance {
		b.Note("a nearer one", "nearer body")
	}
	if all.nearest[x.body] < x.distance {
		b.Note("a nearer one", "nearer person")
	}
	if x.p.Short {
		b.Note("one word of the person's name", "short", dir)
	}
	if v.Toks[x.b.From].Link > 0 {
		b.Note("linked body", "linked body", dir)
	}
	if x.how == "author" {
		we, i, spoken := 0, 0, len(x.person.Places) > 1
		for _, k := range v.Voice {
			switch v.Toks[k].Lower {
			case "we", "our", "us":
				we++
			case "i", "my":
				i++
			}
		}
		rank := 0
		for rank < len(all.places) && rank < 3 && all.places[rank] > len(x.body.Places) {
			rank++
		}
		own, beside := text.Yes(v.own(x.body)), text.Yes(v.besideWe(x.body) >= 0)
		b.Note("the site's own body", own)
		b.Note("beside we", beside)
		b.Note("own, beside we, we", own, beside, text.Yes(we > 0))
		b.Note("own, we, I, spoken", own, text.Yes(we > 1), text.Yes(i > 0), text.Yes(spoken))
		b.Note("rank of the body by places", text.Count(min(rank, 3)), text.Count(min(len(x.body.Places), 4)))
		if k := v.besideWe(x.body); k >= 0 {
			f := x.body.Places[k]
			for j := f.From - 4; j < f.To+5; j++ {
				if t := v.At(j, f.From); t != nil && (j < f.From || j >= f.To) {
					b.Note("word beside the body", text.Yes(j < f.From), t.Lower)
				}
			}
		}
		return b.Fs
	}
	b.Note("genre, how they stand", string(v.Page.Genre), x.how)
	v.officeFeatures(&b, x)
	b.Note("genre, how they stand, which first", string(v.Page.Genre), x.how, dir)
	v.bodyFeatures(&b, x)
	v.listFeatures(&b, x)
	if x.how != "block" && x.how != "run" && x.how != "label" && x.how != "party" && !x.told() {
		bodyBlock := v.Block(x.b.From)
		s := v.Blocks[v.Toks[x.b.From].Block]
		b.Note("other block", x.how, string(bodyBlock.Kind), text.Yes(x.b.From == s.From), text.Yes(x.b.To == s.To))
		b.Note("keys", strings.ToLower(text.LastKey(bodyBlock.Key)), strings.ToLower(text.LastKey(v.Block(x.p.From).Key)))
		v.between(&b, s.From, x.b.From, named, x.how)
		return b.Fs
	}
	if x.told() {
		dir += x.how
		v.clauseFeatures(&b, x)
	}
	people, bodies, sentences := v.between(&b, from, to, named, dir)
	v.bracketFeatures(&b, x, from, to, named, dir)
	b.Note("names and sentences between", dir, text.Count(people), text.Count(bodies), text.Count(sentences))
	if first, _ := v.Sentence(x.b.From); first > x.p.To && people == 0 {
		switch t := &v.Toks[first]; t.Lower {
		case "she", "he", "they", "her", "his", "their":
			b.Note("of whom the sentence tells", "of whom the sentence tells")
			b.Note("of whom the sentence tells", v.Toks[min(first+1, len(v.Toks)-1)].Lower)
		}
	}
	b.Note("people between", dir, text.Count(people))
	b.Note("bodies between", dir, text.Count(bodies))
	b.Note("sentences between", dir, text.Count(sentences))
	word := func(i int) string {
		if t := v.At(i, x.p.From); t != nil {
			if t.Capital() && t.Class&gazetteer.Role == 0 && !t.Opens {
				return "Xx"
			}
			return t.Lower
		}
		return "|"
	}
	end, start := max(x.p.To, x.b.To), min(x.p.From, x.b.From)
	b.Note("word after both", dir, word(end))
	b.Note("word before both", dir, word(start-1))
	b.Note("two words after both", dir, word(end), word(end+1))
	s := v.Blocks[v.Toks[x.p.From].Block]
	b.Note("they open or close the block", dir, text.Yes(start <= s.From+1), text.Yes(end >= s.To-1), kind)
	if v.Toks[x.p.From].Strong > 0 {
		b.Note("bold person", "bold", dir)
	}
	return b.Fs
}

// between adds what stands in a range of tokens, names put in their kind's place, and counts names and sentences in it.
func (v *view) between(b *text.Bag, from, to int, named []int8, dir string) (people, bodies, sentences int) {
	var shape []string
	for i := from; i < to; i++ {
		t := &v.Toks[i]
		if t.Opens {
			sentences++
		}
		w := t.Lower
		switch k := named[i]; {
		case k == 1:
			if i == from || named[i-1] != k {
				people++
			}
			w = "<p>"
		case k == 3:
			if i == from || named[i-1] != k {
				bodies++
			}
			w = "<b>"
		case t.Class&gazetteer.Role != 0:
			w = "<r>"
		case t.Shape == text.NumberShape:
			w = "9"
		case t.Capital() && !t.Opens:
			w = "Xx"
		}
		if n := len(shape); n > 0 && shape[n-1] == w {
			continue
		}
		shape = append(shape, w)
	}
	if len(shape) <= 6 {
		b.Note("all between", dir, strings.Join(shape, " "))
	}
	for i, w := range shape {
		b.Note("word between", dir, w)
		if i > 0 {
			b.Note("two words between", dir, shape[i-1], w)
		}
	}
	if n := len(shape); n > 0 {
		b.Note("first between", dir, shape[0])
		b.Note("last between", dir, shape[n-1])
		if n > 1 {
			b.Note("first two between", dir, shape[0], shape[1])
			b.Note("last two between", dir, shape[n-2], shape[n-1])
		}
	} else {
		b.Note("first between", dir, "nothing")
	}
	return people, bodies, sentences
}

// namesAt gives by token the kind of name that it is part of: 1 a person, 3 a body, 0 none.
func (v *view) namesAt(found []names.Found) []int8 {
	at := make([]int8, len(v.Toks))
	for _, f := range found {
		for i := f.From; i < f.To; i++ {
			at[i] = int8(f.Kind)
		}
	}
	return at
}

// told reports whether a pair is of a sentence that tells of the person without naming them first.
func (x *pair) told() bool { return x.how == byPronoun || x.how == byVoice || x.how == byPlace }

// bodyFeatures describes the body of a pair by itself.
func (v *view) bodyFeatures(b *text.Bag, x *pair) {
	last := &v.Toks[x.b.To-1]
	b.NoteNumbers("class of the body's last word", uint32(last.Class), text.Hash(x.how))
	b.Note("places of the body", x.how, text.Count(len(x.body.Places)))
	if v.own(x.body) {
		b.Note("sort of body", x.how, "own")
	}
	if v.Toks[x.b.From].Class&gazetteer.Media != 0 {
		b.Note("sort of body", x.how, "media")
	}
	if c := &v.Hints[x.b.From]; c.Body {
		b.Note("sort of body", x.how, "known")
	}
	b.Note("how surely a body", x.how, text.Grade(x.b.Confidence))
	b.Note("last word of the body", x.how, last.Lower)
}

// listFeatures describes the list or section that the person of a pair stands in.
func (v *view) listFeatures(b *text.Bag, x *pair) {
	bl := v.Block(x.p.From)
	near := "far"
	switch x.how {
	case "group", "home", "office":
		near = x.how
	}
	if bl.Heading >= 0 {
		v.wordsOf(b, "word of the heading", bl.Heading, near)
		if near == "group" || near == "home" {
			v.wordsOf(b, "word of the heading of a "+near, bl.Heading, near)
		}
	}
	if bl.LeadIn >= 0 && near != "far" {
		v.wordsOf(b, "word of the lead-in", bl.LeadIn, near)
	}
	if near != "far" {
		b.Note("sort of block", near, string(bl.Kind))
		if bl.Kind == "item" || bl.Kind == "cell" {
			b.Note("sort of list", near, v.ListSort(int(v.Toks[x.p.From].Block)))
		}
		o := v.Block(x.b.From)
		b.Note("other block's kind and level", near, string(o.Kind), text.Count(o.Level))
		s := v.Blocks[v.Toks[x.b.From].Block]
		b.Note("body opens or closes its block", near, text.Yes(x.b.From <= s.From+1), text.Yes(x.b.To >= s.To-1))
		v.wordsOf(b, "word of the body's block", int(v.Toks[x.b.From].Block), near)
	}
}

// officeFeatures describes the words for a role directly about the person, and what they leave open: "director of", "the director,".
func (v *view) officeFeatures(b *text.Bag, x *pair) {
	b.Note("in office, how they stand", text.Yes(v.inOffice(x.p)), x.how)
	b.Note("opens a line, how they stand", text.Yes(v.opensLine(x.p)), x.how)
	if x.how == "block" || x.told() {
		return
	}
	for i := x.p.To; i < x.p.To+6; i++ {
		t := v.At(i, x.p.From)
		if t == nil || t.Opens {
			break
		}
		b.Note("word after the person", x.how, t.Lower)
	}
	for i := x.p.From - 1; i > x.p.From-4; i-- {
		t := v.At(i, x.p.From)
		if t == nil || t.Text == "." {
			break
		}
		b.Note("word before the person", x.how, t.Lower)
	}
	b.Note("where the body stands", x.how, text.Count(v.standsIn(x.body)))
}

// clauseFeatures describes the sentence of a pair that tells of the person: its first words, its verb, its last words before the body.
func (v *view) clauseFeatures(b *text.Bag, x *pair) {
	from, to := v.Sentence(x.b.From)
	n := 0
	for i := from; i < min(to, x.b.From) && n < 3; i++ {
		if t := &v.Toks[i]; t.Word() {
			b.Note("word before the body", t.Lower)
			n++
		}
	}
	for i := x.p.To; i < min(x.p.To+3, x.b.From); i++ {
		if t := &v.Toks[i]; t.Shape == text.LowerShape {
			b.Note("word around the body", x.how, t.Lower)
		}
	}
	// back to where the clause begins
	for i := x.b.From - 1; i >= from && i > x.b.From-12; i-- {
		t := &v.Toks[i]
		if t.Text == "," || t.Text == ";" || t.Lower == "and" && i < x.b.From-3 {
			break
		}
		if t.Shape == text.LowerShape {
			b.Note("telling word of the sentence", t.Lower)
		}
	}
}

// bracketFeatures describes how brackets, links and other people's sentences part a person and a body.
func (v *view) bracketFeatures(b *text.Bag, x *pair, from, to int, named []int8, dir string) {
	depth, shut := 0, 0
	for i := from; i < to; i++ {
		switch v.Toks[i].Text {
		case "(", "[":
			depth++
		case ")", "]":
			depth--
			shut++
		}
	}
	b.Note("brackets between", dir, text.Count(max(depth, 0)), text.Count(max(-depth, 0)), text.Count(min(shut, 3)))
	next := v.At(x.b.To, x.b.From)
	if depth > 0 && next != nil && (next.Text == ")" || next.Text == "]") {
		b.Note("alone in brackets", dir, "alone in brackets", text.Yes(to-from == 1))
	}
	lp, lb := v.Toks[x.p.From].Link, v.Toks[x.b.From].Link
	b.Note("links of person and body", dir, text.Yes(lp > 0), text.Yes(lb > 0), text.Yes(lp == lb))
	if lp > 0 && lp != lb && x.p.To > x.p.From {
		// the person inside a longer link: a headline
		whole := v.Toks[x.p.From].LinkOpens && (v.At(x.p.To, x.p.From) == nil || v.Toks[x.p.To].Link != lp)
		b.Note("whole in brackets", dir, text.Yes(whole), text.Yes(depth > 0))
	}
	s := v.Blocks[v.Toks[x.p.From].Block]
	b.Note("person opens the block, distance", dir, text.Yes(x.p.From <= s.From+1), text.Count(to-from))
	kind := string(v.Block(x.p.From).Kind)
	if kind == "item" || kind == "cell" {
		b.Note("sort of list, distance", dir, v.ListSort(int(v.Toks[x.p.From].Block)), text.Count(to-from))
	}
	for i := max(s.From, min(x.p.From, x.b.From)-3); i < min(x.p.From, x.b.From); i++ {
		b.Note("mark between", dir, v.Toks[i].Lower)
	}
	end := max(x.p.To, x.b.To)
	for i := end; i < min(s.To, end+3); i++ {
		if v.Toks[i].Opens {
			break
		}
		b.Note("mark after", dir, v.Toks[i].Lower)
	}
}
