package recommend

import (
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// voice is who speaks at a place of the page: a person, an organisation, or nobody in particular.
type voice struct {
	id       ingest.LocalID // of the Reference; none if nobody's
	evidence ingest.Span
	rule     string
	person   bool
	block    int // in which they were last said to speak
}

// named is a mention of somebody who may speak.
type named struct {
	ingest.Span
	id     ingest.LocalID
	person bool
}

// discourse follows who speaks, block by block, in the order of reading.
type discourse struct {
	*view
	f       *Finder
	who     map[int]named             // where somebody is named, by start
	given   map[string]ingest.LocalID // first names that only one person of the page has
	author  voice                     // who writes in the first person, if that is clear
	talk    bool                      // the page is the author's own talk or essay
	now     voice                     // who spoke last in this section
	last    voice                     // whoever was named last: what "she" means where nobody has spoken yet
	section voice                     // whose section it is
	leads   []voice                   // who spoke at the end of each block read so far
}

// voices returns who speaks in every candidate of the page.
func (f *Finder) voices(r *ingest.Record, v *view) []voice {
	d := &discourse{view: v, f: f, who: mentions(r), given: givenNames(r), leads: make([]voice, len(r.Blocks))}
	d.author, d.talk = d.writer(r)
	out := make([]voice, len(v.candidates))
	heading := -1
	for i, b := range r.Blocks {
		if b.Heading != heading && b.Kind != ingest.HeadingBlock {
			heading = b.Heading
			d.now = voice{}
			d.section = d.headed(heading)
		}
		d.open(b)
		for _, c := range v.of[i] {
			out[c] = d.read(v.candidates[c], b)
			if after := v.candidates[c].after; after >= 0 && out[c].id == 0 {
				out[c] = out[after]
			}
		}
		d.leads[i] = d.now
	}
	return out
}

// mentions maps where a person or organisation is named to who it is.
func mentions(r *ingest.Record) map[int]named {
	out := map[int]named{}
	for _, o := range r.Organisations {
		for _, m := range o.Mentions {
			if len(m.Text) < 2 { // "I" is who writes, whatever newspaper is called so
				continue
			}
			out[m.Start] = named{m.Span, o.ID, false}
		}
	}
	for _, p := range r.People {
		for _, m := range p.Mentions {
			out[m.Start] = named{m.Span, p.ID, true}
		}
	}
	return out
}

// writer returns who writes the page in the first person, and whether it is all theirs.
func (d *discourse) writer(r *ingest.Record) (voice, bool) {
	var authors []voice
	for _, p := range r.People {
		for _, m := range p.Mentions {
			b := blockAt(r.Page, m.Start)
			if p.Part == ingest.Author || b >= 0 && r.Blocks[b].Kind == ingest.FieldBlock && strings.Contains(r.Blocks[b].Key, "author") {
				authors = append(authors, voice{id: p.ID, evidence: m.Span, rule: "author", person: true})
				break
			}
		}
	}
	if len(authors) != 1 {
		return voice{}, false
	}
	first, others := 0, 0
	for _, c := range d.candidates {
		if c.cues&me != 0 && slices.ContainsFunc(c.words, func(w word) bool { return w.form == "i" && w.upper }) {
			first++
		}
		if s := d.subject(c.words); s.id != 0 && s.id != authors[0].id {
			others++
		}
	}
	if first == 0 {
		return voice{}, false
	}
	event := d.page.Kind == ingest.EventPage && d.page.Genre == "" || d.page.Genre == ingest.EventGenre
	return authors[0], event && first > 2 && first > others*othersInTalk
}

// othersInTalk is how many times as often an author speaks in a talk of his or her own than others are said to.
const othersInTalk = 3

func blockAt(p *ingest.Page, at int) int {
	i, found := slices.BinarySearchFunc(p.Blocks, at, func(b ingest.Block, at int) int {
		switch {
		case b.End <= at:
			return -1
		case b.Start > at:
			return 1
		}
		return 0
	})
	if !found {
		return -1
	}
	return i
}

// headed returns the one person whom the heading names.
func (d *discourse) headed(heading int) voice {
	if heading < 0 {
		return voice{}
	}
	var out voice
	for _, w := range d.words[heading] {
		if n, ok := d.who[w.Start]; ok && n.person && n.id != out.id {
			if out.id != 0 {
				return voice{}
			}
			out = voice{id: n.id, evidence: n.Span, rule: "heading", person: true}
		}
	}
	return out
}

// open makes ready for a block: an item goes on from the block that introduces it, or that it is nested in.
func (d *discourse) open(b ingest.Block) {
	switch {
	case b.Kind == ingest.ItemBlock && b.Parent >= 0:
		d.now = d.leads[b.Parent]
	case b.Kind == ingest.ItemBlock && b.LeadIn >= 0 && d.page.Blocks[b.LeadIn].Kind == ingest.HeadingBlock:
		d.now = voice{}
	case b.Kind == ingest.ItemBlock && b.LeadIn >= 0 && (b.Index == 1 || d.leads[b.LeadIn].id != 0):
		d.now = d.leads[b.LeadIn]
	case b.Kind == ingest.ParagraphBlock && d.isLabel(b):
		d.now = voice{}
	}
}

// isLabel reports whether a paragraph is a heading in all but name: bold throughout.
func (d *discourse) isLabel(b ingest.Block) bool {
	return len(b.Emphasis) == 1 && b.Emphasis[0].Strong && b.Emphasis[0].Start <= b.Start+1 && b.Emphasis[0].End >= b.End-2
}

// read returns who speaks in the candidate, and remembers them for what follows.
func (d *discourse) read(c candidate, b ingest.Block) voice {
	defer d.note(c.words)
	if m := d.marks[c.block]; m.words > 0 {
		if m.of == 0 {
			d.now = voice{rule: "group", block: c.block}
		} else if c.nth == 0 {
			d.now = voice{id: m.of, evidence: ingest.Span{Start: b.Start, End: m.start}, rule: "turn", person: true, block: c.block}
		}
		return d.now
	} else if d.now.rule == "turn" && d.turns >= fewestTurns && b.Kind != ingest.HeadingBlock {
		d.now.block = c.block
		return d.now
	}
	if said := d.signed(c); said.id != 0 {
		return said
	}
	if said := d.subject(c.words); said.id != 0 {
		said.block = c.block
		if said.person || c.nth == c.of-1 && strings.HasSuffix(c.In(d.page.Text), ":") {
			d.now = said
		}
		return said
	}
	if pronoun(c.words, d.page.Genre == ingest.DigestGenre) {
		if d.now.id == 0 {
			d.now = d.last
		}
		if d.now.id != 0 {
			d.now.rule, d.now.block = "pronoun", c.block
		}
		return d.now
	}
	if d.nobody(c.words) || d.unnamed(c.words) {
		d.now = voice{rule: "group", block: c.block}
		return d.now
	}
	if b.Kind == ingest.ParagraphBlock && d.view.leads[c.block] && c.nth == c.of-1 && d.now.block != c.block && !d.goesOn(c, b) {
		d.now = voice{} // it leads to a list of its own: whoever spoke before does not go on there
	}
	quoted := b.Kind == ingest.QuoteBlock // somebody else's words, whoever writes
	switch {
	case d.author.id != 0 && !quoted && d.professes(c.words):
		return d.author
	case d.now.id != 0 && !c.news && d.goesOn(c, b) && d.stillTold(c, b):
		v := d.now
		v.rule = "continued"
		return v
	case d.now.rule == "group" && d.now.block == c.block:
		return d.now
	case d.section.id != 0:
		return d.section
	case d.talk && !quoted:
		return d.author
	}
	return voice{}
}

// professes reports whether the writer says what he or she thinks: "I believe that", "in my view", "I would argue".
func (d *discourse) professes(ws []word) bool {
	for i := range ws {
		switch {
		case ws[i].form == "i" && ws[i].upper:
			for k := i + 1; k < len(ws) && k < i+5; k++ {
				if found, _ := d.f.cues.at(ws, k); found&(say|stress|ask|want|wish) != 0 && found&past == 0 {
					return true
				}
			}
		case ws[i].form == "my" && i+1 < len(ws) && views[ws[i+1].form]:
			return true
		}
	}
	return false
}

// views are nouns for what somebody thinks.
var views = fold.Set("view opinion conclusion suggestion recommendation advice plea proposal argument answer point feeling hope")

// goesOn reports whether who spoke last still does: in the same block, in the list that it introduces, or in the sentence that
// leads from it to a list. The next item of a list is somebody else's as often as not.
func (d *discourse) goesOn(c candidate, b ingest.Block) bool {
	from := d.now.block
	switch {
	case from == c.block:
		return true
	case b.Kind == ingest.ItemBlock:
		return b.LeadIn == from || b.Parent == from || b.LeadIn >= 0 && d.leads[b.LeadIn].id == d.now.id && d.leads[b.LeadIn].block == from
	case b.Parent >= 0:
		return b.Parent == from
	}
	// a sentence that leads from the speaker to a list, and has no subject of its own
	return c.of == 1 && from == c.block-1 && strings.HasSuffix(c.In(d.page.Text), ":") && c.cues&(must|should) == 0 &&
		d.f.asked(d.view, c.words) == ""
}

// stillTold reports whether who was said to speak before is still told of. In news the next sentence is somebody else's, or the writer's
// own, unless it goes on with the quotation, or stands in a list that the speaker introduces.
func (d *discourse) stillTold(c candidate, b ingest.Block) bool {
	return d.page.Genre != ingest.DigestGenre || b.Kind == ingest.ItemBlock && d.now.block != c.block ||
		strings.ContainsAny(d.page.Text[max(b.Start, c.Start-quoteMark):c.words[0].Start], "\"‘“")
}

// quoteMark is the number of bytes before a sentence in which a quotation opens with which it begins.
const quoteMark = 3

// signed returns whose name in brackets ends a line of a digest: "Why we should nationalise it (Ana Roe)".
func (d *discourse) signed(c candidate) voice {
	if d.page.Genre != ingest.DigestGenre {
		return voice{}
	}
	text := d.page.Text
	for at := c.words[len(c.words)-1].Start; at < min(len(text), c.End+longestSource); at++ { // behind the candidate, or its last word
		if text[at] == '\n' {
			break
		}
		if text[at] != '(' {
			continue
		}
		if n, ok := d.who[at+1]; ok && n.person && n.End < len(text) && text[n.End] == ')' {
			return voice{id: n.id, evidence: n.Span, rule: "signed", person: true, block: c.block}
		}
		break
	}
	for i := len(c.words) - 1; i >= 0 && i > len(c.words)-5; i-- {
		n, ok := d.who[c.words[i].Start]
		if !ok || !n.person || n.Start == 0 || n.End >= len(text) || n.End < c.words[len(c.words)-1].End {
			continue
		}
		if text[n.Start-1] == '(' && text[n.End] == ')' {
			return voice{id: n.id, evidence: n.Span, rule: "signed", person: true, block: c.block}
		}
	}
	return voice{}
}

// longestSource is the number of bytes behind a piece of news among which a bracket with its source begins.
const longestSource = 4

// pronoun reports whether the words speak of one person without a name. In news "he" further on is whoever the same words name by
// an office.
func pronoun(ws []word, news bool) bool {
	early := ws
	if news {
		early = ws[:min(len(ws), farthestPronoun)]
	}
	return ws[0].form == "his" || ws[0].form == "her" ||
		slices.ContainsFunc(early, func(w word) bool { return w.form == "she" || w.form == "he" })
}

// farthestPronoun is the number of words of news among which a pronoun tells of somebody named before.
const farthestPronoun = 4

// note remembers the person whom the words name last.
func (d *discourse) note(ws []word) {
	for _, w := range ws {
		if n, ok := d.who[w.Start]; ok && n.person {
			d.last = voice{id: n.id, evidence: n.Span, rule: "pronoun", person: true}
		}
	}
}

// givenNames maps first names, in small letters, to the one person of the page who has it.
func givenNames(r *ingest.Record) map[string]ingest.LocalID {
	out := map[string]ingest.LocalID{}
	for _, p := range r.People {
		first, _, two := strings.Cut(p.Name, " ")
		if first = strings.ToLower(first); !two || len(first) < 3 {
			continue
		}
		if _, taken := out[first]; taken {
			out[first] = 0
		} else {
			out[first] = p.ID
		}
	}
	return out
}
