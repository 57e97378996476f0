package extract

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/gazetteer"
)

// bag collects features, each once.
type bag struct {
	fs   []uint32
	seen map[uint32]bool
}

func (b *bag) add(template uint32, values ...string) {
	h := template
	for _, s := range values {
		h = mix(template, h, hash(s))
	}
	b.put(mix(template, h, 1))
}

func (b *bag) put(f uint32) {
	if b.seen == nil {
		b.seen = map[uint32]bool{}
	}
	if !b.seen[f] {
		b.seen[f] = true
		b.fs = append(b.fs, f)
	}
}

// partFeatures describes a person's standing on the page, for the classifier that says who speaks.
func (v *view) partFeatures(s *someone, people []*someone) []uint32 {
	var b bag
	b.add(1)
	p := v.page
	author, body := false, 0
	places := min(len(s.places), 12)
	for n, f := range s.places[:places] {
		bl := v.block(f.from)
		if bl.Kind == ingest.FieldBlock {
			key := lastKey(bl.Key)
			if key == "name" {
				key = strings.SplitN(bl.Key, ".", 2)[0]
			}
			key = strings.ToLower(strings.TrimSuffix(key, "s"))
			author = author || key == "author"
			b.add(2, key)
			if speakerKeys[key] {
				b.add(11, "speaker's key")
			}
			continue
		}
		body++
		v.placeFeatures(&b, f, body == 1, n)
	}
	switch {
	case author && body == 0:
		b.add(3, "author only")
	case author:
		b.add(3, "author too")
	case len(s.key) == 1:
		b.add(3, "first name only")
	}
	b.add(4, count(body))
	b.add(5, count(len(people)))
	b.add(6, string(p.Kind))
	category := ""
	if len(p.Categories) > 0 {
		category = strings.ToLower(p.Categories[0])
	}
	b.add(7, category, yes(author))
	if author {
		for _, i := range v.voice {
			// what the writer says of themselves: "I spoke"
			if t := &v.toks[i]; t.text == "I" || t.lower == "we" {
				if w := v.at(i+1, i); w != nil && w.word() {
					b.add(8, t.lower, w.lower, yes(body > 0))
				}
				if t.text == "I" {
					b.add(9, "I", yes(body > 0))
				}
			}
		}
	}
	if last := s.key[len(s.key)-1]; len(s.key) > 1 && strings.Contains(strings.ToLower(p.Path), last) {
		b.add(10, "in the path")
	}
	return b.fs
}

// speakerKeys are front-matter keys, in the singular, of those who take the floor.
var speakerKeys = map[string]bool{"speaker": true, "presenter": true, "panelist": true, "panellist": true, "chair": true, "moderator": true, "facilitator": true, "host": true, "guest": true,
	"instructor": true, "interviewee": true, "lecturer": true, "trainer": true, "keynote": true, "participant": true}

// subjectVerb is the first word after a name that is no part of the list of names, roles and bodies it stands in:
// "shared" in "Jane Roe (director, X), John Doe and Ann Lee (Y) shared ...".
func (v *view) subjectVerb(f found) string {
	depth := 0
	for i := f.to; i < f.to+45; i++ {
		t := v.at(i, f.from)
		if t == nil || t.opens {
			return ""
		}
		switch {
		case t.text == "(":
			depth++
		case t.text == ")":
			depth--
		case depth > 0, t.shape == markShape && t.text != ":" && t.text != ";", t.capital(), t.shape == numberShape, t.class&gazetteer.Role != 0 && t.class&gazetteer.Speak == 0,
			joins[t.lower], t.lower == "from", t.lower == "a", t.lower == "an", t.lower == "who", t.class&gazetteer.Particle != 0, t.lower == "also", t.lower == "then":
		default:
			return t.lower
		}
	}
	return ""
}

// placeFeatures describes one place that names a person.
func (v *view) placeFeatures(b *bag, f found, first bool, n int) {
	bl := v.block(f.from)
	s := v.blocks[v.toks[f.from].block]
	kind := string(bl.Kind)
	lead := "later"
	if first {
		lead = "first"
	}
	b.add(20, kind)
	b.add(21, kind, lead)
	if v.toks[f.from].strong > 0 {
		b.add(22, "bold", yes(v.toks[f.from].strong == 1))
	}
	if v.toks[f.from].link > 0 {
		b.add(23, "link")
	}
	opens := f.from == s.from || f.from == s.from+1 && !v.toks[s.from].word() || v.toks[f.from-1].class&gazetteer.Title != 0 && f.from-1 == s.from
	if opens {
		b.add(24, kind, "opens", lead)
	}
	if f.to == s.to {
		b.add(24, kind, "closes")
		if opens {
			b.add(24, kind, "alone")
		}
	}
	word := func(i int) string {
		t := v.at(i, f.from)
		switch {
		case t == nil:
			return "|"
		case t.shape == numberShape:
			return "9"
		case t.capital() && t.class&(gazetteer.Role|gazetteer.Speak|gazetteer.ListHead) == 0 && !t.opens:
			return "Xx"
		}
		return t.lower
	}
	b.add(25, word(f.from-1))
	b.add(26, word(f.from-2), word(f.from-1))
	b.add(27, word(f.to))
	b.add(28, word(f.to), word(f.to+1))
	b.add(29, word(f.to+1))
	// the verb that the name is the subject of, and what stands about it in its sentence
	for i := f.to; i < min(f.to+14, s.to) && !v.toks[i].opens; i++ {
		if v.toks[i].class&gazetteer.Speak != 0 && v.toks[i].shape == lowerShape {
			near := "near"
			if i > f.to+2 {
				near = "far"
			}
			b.add(30, near)
			b.add(31, v.toks[i].lower)
			if word(i-1) == "and" || strings.HasSuffix(v.toks[i].lower, "ing") {
				b.add(32, v.toks[i].lower)
			}
			break
		}
	}
	if verb := v.subjectVerb(f); verb != "" {
		b.add(41, verb)
		if v.words.Word(verb)&gazetteer.Speak != 0 {
			b.add(42, "subject of a speaker's verb")
			b.add(42, kind, lead)
		}
	}
	if f.to == s.to || v.toks[f.to].shape == markShape {
		// "Measuring the web - Jane Roe, X", "Measuring the web by Jane Roe"
		if w := word(f.from - 1); w == "-" || w == "–" || w == "—" || w == ":" || w == "by" || w == "with" {
			b.add(43, kind, w)
		}
	}
	for h, up := bl.Heading, 0; h >= 0 && up < 3; h, up = v.page.Blocks[h].Heading, up+1 {
		v.sectionFeatures(b, 44, h)
		if h == v.page.Blocks[h].Heading {
			break
		}
	}
	if bl.LeadIn >= 0 {
		v.sectionFeatures(b, 45, bl.LeadIn)
	}
	if bl.Kind == ingest.ItemBlock || bl.Kind == ingest.CellBlock {
		b.add(46, v.listFace(int(v.toks[f.from].block)))
	}
	for i := f.from - 1; i >= max(s.from, f.from-25); i-- {
		t := &v.toks[i]
		if t.class&(gazetteer.Speak|gazetteer.ListHead|gazetteer.AttendHead) != 0 && t.shape != markShape {
			b.add(33, t.lower)
		}
		if t.opens {
			break
		}
	}
	from, to := v.sentence(f.from)
	for i := from; i < to; i++ {
		if t := &v.toks[i]; t.class&(gazetteer.Speak|gazetteer.ListHead|gazetteer.AttendHead) != 0 {
			b.add(34, t.lower)
		}
	}
	if bl.Heading >= 0 {
		v.wordsOf(b, 35, bl.Heading, kind)
	} else {
		b.add(35, "no heading")
	}
	if bl.LeadIn >= 0 && bl.LeadIn != bl.Heading {
		v.wordsOf(b, 36, bl.LeadIn, "")
	}
	if bl.Kind == ingest.CellBlock {
		v.wordsOf(b, 37, v.columnHead(v.toks[f.from].block), "")
	}
	if n == 0 {
		b.add(38, f.rule)
	}
	b.add(39, f.rule)
	if f.short {
		b.add(40, "short")
	}
}

// wordsOf adds the words of a block, the last twelve of a long one.
func (v *view) wordsOf(b *bag, template uint32, block int, also string) {
	if block < 0 || block >= len(v.blocks) {
		return
	}
	s := v.blocks[block]
	for i := max(s.from, s.to-12); i < s.to; i++ {
		if t := &v.toks[i]; t.word() {
			b.add(template, t.lower)
			if t.class&(gazetteer.ListHead|gazetteer.AttendHead|gazetteer.Speak) != 0 {
				b.add(template+100, t.lower, also)
			}
		}
	}
}

// sectionFeatures adds what sort of words a heading or lead-in has.
func (v *view) sectionFeatures(b *bag, template uint32, block int) {
	c := v.sorts[block]
	if c&gazetteer.ListHead != 0 {
		b.add(template, "takes the floor")
	}
	if c&gazetteer.AttendHead != 0 {
		b.add(template, "is there")
	}
	if c&gazetteer.Speak != 0 {
		b.add(template, "says")
	}
	if c&(gazetteer.ListHead|gazetteer.AttendHead|gazetteer.Speak) == 0 {
		b.add(template, "neither")
	}
}

// listFace says how many items, or rows, of a list hold a person and a time.
func (v *view) listFace(block int) string {
	first := v.lists[block]
	if face, ok := v.faces[first]; ok {
		return face
	}
	items, people, times := 0, 0, 0
	for i := first; i < len(v.page.Blocks) && v.lists[i] == first; i++ {
		items++
		person, clock := false, false
		for k := v.blocks[i].from; k < v.blocks[i].to; k++ {
			person = person || v.clues[k].rule.person()
			clock = clock || v.toks[k].text == ":" && k > v.blocks[i].from && v.toks[k-1].shape == numberShape && k+1 < v.blocks[i].to && v.toks[k+1].shape == numberShape
		}
		if person {
			people++
		}
		if clock {
			times++
		}
	}
	v.faces[first] = yes(people*2 > items) + yes(people == items) + yes(times > 1) + count(min(items, 9))
	return v.faces[first]
}

// columnHead is the block that heads a cell's column, -1 if there is none.
func (v *view) columnHead(block int32) int {
	cell := &v.page.Blocks[block]
	if cell.Row == 1 {
		return -1
	}
	for i := v.lists[block]; i < int(block) && v.page.Blocks[i].Row == 1; i++ {
		if v.page.Blocks[i].Index == cell.Index {
			return i
		}
	}
	return -1
}

// longestSentence is how many tokens before and after one still stand in its sentence. What goes on for longer is a table,
// or a list, that has lost its marks.
const longestSentence = 400

// sentence returns the tokens of the sentence of token i.
func (v *view) sentence(i int) (from, to int) {
	s := v.blocks[v.toks[i].block]
	from, to = i, i+1
	for from > max(s.from, i-longestSentence) && !v.toks[from].opens {
		from--
	}
	for to < min(s.to, i+longestSentence) && !v.toks[to].opens {
		to++
	}
	return from, to
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func count(n int) string {
	switch {
	case n > 20:
		return ">20"
	case n > 8:
		return ">8"
	case n > 3:
		return ">3"
	}
	return string(rune('0' + n))
}

// part says what a speaker did, by the words about the places that name them.
func (v *view) part(s *someone) (ingest.Part, ingest.Span, string) {
	best := ingest.Speaker
	at := -1
	for _, f := range s.places {
		bl := v.block(f.from)
		if bl.Kind == ingest.FieldBlock {
			switch key := strings.ToLower(bl.Key); {
			case strings.Contains(key, "chair"):
				best, at = ingest.Chair, f.from
			case strings.Contains(key, "moderat"), strings.Contains(key, "facilitat"), strings.Contains(key, "host"):
				best, at = ingest.Moderator, f.from
			case strings.Contains(key, "author") && at < 0:
				continue
			}
		}
		if at < 0 {
			at = f.from
		}
		from, to := v.blocks[v.toks[f.from].block].from, v.blocks[v.toks[f.from].block].to
		for i := max(from, f.from-4); i < min(to, f.to+6); i++ {
			t := &v.toks[i]
			if i >= f.to && t.opens || t.shape == markShape && i >= f.to && t.text == ";" {
				break
			}
			switch {
			case strings.HasPrefix(t.lower, "moderat") || strings.HasPrefix(t.lower, "facilitat"):
				return ingest.Moderator, v.evidence(f), "says " + t.lower
			case t.lower == "chair" || t.lower == "chaired" || t.lower == "chairing" || t.lower == "chairs" || t.lower == "convenor":
				if next := v.at(i+1, i); next == nil || next.lower != "of" {
					best, at = ingest.Chair, f.from
				}
			}
		}
		if best == ingest.Chair {
			break
		}
	}
	if at < 0 {
		return best, v.evidence(s.places[0]), "speaks"
	}
	for _, f := range s.places {
		if f.from == at {
			return best, v.evidence(f), "speaks"
		}
	}
	return best, v.evidence(s.places[0]), "speaks"
}

// evidence is the sentence that names somebody there, the whole of a short block.
func (v *view) evidence(f found) ingest.Span {
	from, to := v.sentence(f.from)
	return v.span(from, to)
}
