package ties

import (
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/extract/names"
	"rapporteur/ingest/extract/text"
	"rapporteur/ingest/gazetteer"
)

// partFeatures describes a person as they stand on the page, for the classifier that says who speaks.
func (v *view) partFeatures(s *names.Named, people []*names.Named) []uint32 {
	b := v.Bag()
	b.Note("any person")
	p := v.Page
	author, body := false, 0
	places := min(len(s.Places), 12)
	for n, f := range s.Places[:places] {
		bl := v.Block(f.From)
		if bl.Kind == ingest.FieldBlock {
			key := text.LastKey(bl.Key)
			if key == "name" {
				key = strings.SplitN(bl.Key, ".", 2)[0]
			}
			key = strings.ToLower(strings.TrimSuffix(key, "s"))
			author = author || key == "author"
			b.Note("field", key)
			if speakerKeys[key] {
				b.Note("speaker's key", "speaker's key")
			}
			continue
		}
		body++
		v.placeFeatures(&b, f, body == 1, n)
		if r := v.runs[f.From]; r.people > 0 {
			v.runFeatures(&b, f, r)
		}
	}
	switch {
	case author && body == 0:
		b.Note("how named", "author only")
	case author:
		b.Note("how named", "author too")
	case len(s.Key) == 1:
		b.Note("how named", "first name only")
	}
	b.Note("places in the body", text.Count(body))
	b.Note("people", text.Count(len(people)))
	b.Note("kind of page", string(p.Kind))
	category := ""
	if len(p.Categories) > 0 {
		category = strings.ToLower(p.Categories[0])
	}
	b.Note("category, author", category, text.Yes(author))
	if author {
		for _, i := range v.Voice {
			// what the writer says of themselves: "I spoke"
			if t := &v.Toks[i]; t.Text == "I" || t.Lower == "we" {
				if w := v.At(i+1, i); w != nil && w.Word() {
					b.Note("what the writer says", t.Lower, w.Lower, text.Yes(body > 0))
				}
				if t.Text == "I" {
					b.Note("the writer says I, named in the body", "I", text.Yes(body > 0))
				}
			}
		}
	}
	if last := s.Key[len(s.Key)-1]; len(s.Key) > 1 && strings.Contains(strings.ToLower(p.Path), last) {
		b.Note("in the path", "in the path")
	}
	return b.Fs
}

// speakerKeys are front-matter keys, in the singular, of those who take the floor.
var speakerKeys = map[string]bool{"speaker": true, "presenter": true, "panelist": true, "panellist": true, "chair": true, "moderator": true,
	"facilitator": true, "host": true, "guest": true,
	"instructor": true, "interviewee": true, "lecturer": true, "trainer": true, "keynote": true, "participant": true, "presentor": true,
	"ponente": true, "orador": true, "oradora": true, "conferencista": true, "intervenant": true, "intervenante": true, "orateur": true,
	"conférencier": true, "animateur": true, "palestrante": true, "spreker": true,
	"referent": true, "referentin": true, "referentinnen": true, "referenten": true, "redner": true, "vortragende": true, "sprecher": true,
	"moderador": true, "moderatorin": true, "moderation": true}

// subjectVerb is the first word after a name that is no part of the list of names, roles and bodies it stands in:
// "shared" in "Jane Roe (director, X), John Doe and Ann Lee (Y) shared ...".
func (v *view) subjectVerb(f names.Found) string {
	depth := 0
	for i := f.To; i < f.To+45; i++ {
		t := v.At(i, f.From)
		if t == nil || t.Opens {
			return ""
		}
		switch {
		case t.Text == "(":
			depth++
		case t.Text == ")":
			depth--
		case depth > 0, t.Shape == text.MarkShape && t.Text != ":" && t.Text != ";", t.Capital(), t.Shape == text.NumberShape,
			t.Class&gazetteer.Role != 0 && t.Class&gazetteer.Speak == 0,
			text.Joins[t.Lower], t.Lower == "from", t.Lower == "a", t.Lower == "an", t.Lower == "who", t.Class&gazetteer.Particle != 0,
			t.Lower == "also", t.Lower == "then":
		default:
			return t.Lower
		}
	}
	return ""
}

// placeFeatures describes one place that names a person.
func (v *view) placeFeatures(b *text.Bag, f names.Found, first bool, n int) {
	bl := v.Block(f.From)
	s := v.Blocks[v.Toks[f.From].Block]
	kind := string(bl.Kind)
	lead := "later"
	if first {
		lead = "first"
	}
	b.Note("block", kind)
	b.Note("block, first place or later", kind, lead)
	if v.Toks[f.From].Strong > 0 {
		b.Note("bold", "bold", text.Yes(v.Toks[f.From].Strong == 1))
	}
	if v.Toks[f.From].Link > 0 {
		b.Note("link", "link")
	}
	opens := f.From == s.From || f.From == s.From+1 && !v.Toks[s.From].Word() || v.Toks[f.From-1].Class&gazetteer.Title != 0 &&
		f.From-1 == s.From
	if opens {
		b.Note("place in the block", kind, "opens", lead)
	}
	if f.To == s.To {
		b.Note("place in the block", kind, "closes")
		if opens {
			b.Note("place in the block", kind, "alone")
		}
	}
	word := func(i int) string {
		t := v.At(i, f.From)
		switch {
		case t == nil:
			return "|"
		case t.Shape == text.NumberShape:
			return "9"
		case t.Capital() && t.Class&(gazetteer.Role|gazetteer.Speak|gazetteer.ListHead) == 0 && !t.Opens:
			return "Xx"
		}
		return t.Lower
	}
	b.Note("word before", word(f.From-1))
	b.Note("two words before", word(f.From-2), word(f.From-1))
	b.Note("word after", word(f.To))
	b.Note("two words after", word(f.To), word(f.To+1))
	b.Note("second word after", word(f.To+1))
	// the verb that the name is the subject of, and what stands about it in its sentence
	for i := f.To; i < min(f.To+14, s.To) && !v.Toks[i].Opens; i++ {
		if v.Toks[i].Class&gazetteer.Speak != 0 && v.Toks[i].Shape == text.LowerShape {
			near := "near"
			if i > f.To+2 {
				near = "far"
			}
			b.Note("a speaker's verb", near)
			b.Note("the speaker's verb", v.Toks[i].Lower)
			if word(i-1) == "and" || strings.HasSuffix(v.Toks[i].Lower, "ing") {
				b.Note("speaker's verb, joined or going on", v.Toks[i].Lower)
			}
			break
		}
	}
	if verb := v.subjectVerb(f); verb != "" {
		b.Note("verb of which it is the subject", verb)
		if v.Words.Word(verb)&gazetteer.Speak != 0 {
			b.Note("subject of a speaker's verb", "subject of a speaker's verb")
			b.Note("subject of a speaker's verb", kind, lead)
		}
	}
	if f.To == s.To || v.Toks[f.To].Shape == text.MarkShape {
		// "Measuring the web - Jane Roe, X", "Measuring the web by Jane Roe"
		if w := word(f.From - 1); w == "-" || w == "–" || w == "—" || w == ":" || w == "by" || w == "with" {
			b.Note("closes after a mark", kind, w)
		}
	}
	for h, up := bl.Heading, 0; h >= 0 && up < 3; h, up = v.Page.Blocks[h].Heading, up+1 {
		v.sectionFeatures(b, "heading's sort", h)
		if h == v.Page.Blocks[h].Heading {
			break
		}
	}
	if bl.LeadIn >= 0 {
		v.sectionFeatures(b, "lead-in's sort", bl.LeadIn)
	}
	if bl.Kind == ingest.ItemBlock || bl.Kind == ingest.CellBlock {
		b.Note("sort of list", v.ListSort(int(v.Toks[f.From].Block)))
	}
	for i := f.From - 1; i >= max(s.From, f.From-25); i-- {
		t := &v.Toks[i]
		if t.Class&(gazetteer.Speak|gazetteer.ListHead|gazetteer.AttendHead) != 0 && t.Shape != text.MarkShape {
			b.Note("telling word before in the sentence", t.Lower)
		}
		if t.Opens {
			break
		}
	}
	from, to := v.Sentence(f.From)
	for i := from; i < to; i++ {
		if t := &v.Toks[i]; t.Class&(gazetteer.Speak|gazetteer.ListHead|gazetteer.AttendHead) != 0 {
			b.Note("telling word of the sentence", t.Lower)
		}
	}
	if bl.Heading >= 0 {
		v.wordsOf(b, "word of the heading", bl.Heading, kind)
	} else {
		b.Note("word of the heading", "no heading")
	}
	if bl.LeadIn >= 0 && bl.LeadIn != bl.Heading {
		v.wordsOf(b, "word of the lead-in", bl.LeadIn, "")
	}
	if bl.Kind == ingest.CellBlock {
		v.wordsOf(b, "word of the column's head", v.ColumnHead(v.Toks[f.From].Block), "")
	}
	if n == 0 {
		b.Note("rule of the first place", f.Rule)
	}
	b.Note("rule", f.Rule)
	if f.Short {
		b.Note("one word", "short")
	}
}

// wordsOf adds the words of a block, the last twelve of a long one.
func (v *view) wordsOf(b *text.Bag, feature string, block int, also string) {
	if block < 0 || block >= len(v.Blocks) {
		return
	}
	s := v.Blocks[block]
	for i := max(s.From, s.To-12); i < s.To; i++ {
		if t := &v.Toks[i]; t.Word() {
			b.Note(feature, t.Lower)
			if t.Class&(gazetteer.ListHead|gazetteer.AttendHead|gazetteer.Speak) != 0 {
				b.Note(feature+", telling", t.Lower, also)
			}
		}
	}
}

// sectionFeatures adds what sort of words a heading or lead-in has.
func (v *view) sectionFeatures(b *text.Bag, feature string, block int) {
	c := v.Sorts[block]
	if c&gazetteer.ListHead != 0 {
		b.Note(feature, "takes the floor")
	}
	if c&gazetteer.AttendHead != 0 {
		b.Note(feature, "is there")
	}
	if c&gazetteer.Speak != 0 {
		b.Note(feature, "says")
	}
	if c&(gazetteer.ListHead|gazetteer.AttendHead|gazetteer.Speak) == 0 {
		b.Note(feature, "neither")
	}
}

// evidence is the sentence that names somebody there, the whole of a short block.
func (v *view) evidence(f names.Found) ingest.Span {
	from, to := v.Sentence(f.From)
	return v.Span(from, to)
}
