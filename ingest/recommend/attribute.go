package recommend

import (
	"slices"
	"strings"

	"rapporteur/ingest"
)

// voice is who speaks at a place of the page: a person, an organisation, or nobody in particular.
type voice struct {
	name     string // of the Reference on this page; empty if nobody's
	evidence ingest.Span
	rule     string
	person   bool
}

// named is a mention of somebody who may speak.
type named struct {
	ingest.Span
	name   string
	person bool
}

// discourse follows who speaks, block by block, in the order of reading.
type discourse struct {
	*view
	f       *Finder
	who     map[int]named // where somebody is named, by start
	author  voice         // who writes in the first person, if that is clear
	talk    bool          // the page is the author's own talk or essay
	now     voice         // who spoke last in this section
	last    voice         // whoever was named last: what "she" means where nobody has spoken yet
	section voice         // whose section it is
	leads   []voice       // who spoke at the end of each block read so far
}

// voices returns who speaks in every candidate of the page.
func (f *Finder) voices(r *ingest.Record, v *view) []voice {
	d := &discourse{view: v, f: f, who: mentions(r), leads: make([]voice, len(r.Blocks))}
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
			out[m.Start] = named{m.Span, o.Name, false}
		}
	}
	for _, p := range r.People {
		for _, m := range p.Mentions {
			out[m.Start] = named{m.Span, p.Name, true}
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
				authors = append(authors, voice{p.Name, m.Span, "author", true})
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
		if s := d.subject(c.words); s.name != "" && s.name != authors[0].name {
			others++
		}
	}
	if first == 0 {
		return voice{}, false
	}
	return authors[0], first > 2 && first > others
}

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
		if n, ok := d.who[w.Start]; ok && n.person && n.name != out.name {
			if out.name != "" {
				return voice{}
			}
			out = voice{n.name, n.Span, "heading", true}
		}
	}
	return out
}

// open makes ready for a block: an item goes on from the block that introduces it, or that it is nested in.
func (d *discourse) open(b ingest.Block) {
	switch {
	case b.Kind == ingest.ItemBlock && b.Parent >= 0:
		d.now = d.leads[b.Parent]
	case b.Kind == ingest.ItemBlock && b.LeadIn >= 0 && (b.Index == 1 || d.leads[b.LeadIn].name != ""):
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
	said := d.subject(c.words)
	if said.name != "" {
		if said.person {
			d.now = said
		}
		return said
	}
	if d.nobody(c.words) {
		d.now = voice{rule: "group"}
		return d.now
	}
	if slices.ContainsFunc(c.words, func(w word) bool { return w.form == "she" || w.form == "he" }) || c.words[0].form == "his" || c.words[0].form == "her" {
		if d.now.name == "" {
			d.now = d.last
		}
		if d.now.name != "" {
			d.now.rule = "pronoun"
		}
		return d.now
	}
	switch {
	case d.author.name != "" && c.cues&me != 0:
		return d.author
	case d.now.name != "":
		v := d.now
		v.rule = "continued"
		return v
	case d.now.rule == "group":
		return d.now
	case d.section.name != "":
		return d.section
	case d.talk:
		return d.author
	}
	return voice{}
}

// note remembers the person whom the words name last.
func (d *discourse) note(ws []word) {
	for _, w := range ws {
		if n, ok := d.who[w.Start]; ok && n.person {
			d.last = voice{n.name, n.Span, "pronoun", true}
		}
	}
}

// subject returns who is said to say something in a sentence or bullet. Where several are, it is the one whose words ask for something.
func (d *discourse) subject(ws []word) voice {
	var first, now voice
	var before named // the person named last in these words
	for i := range ws {
		found, _ := d.f.cues.at(ws, i)
		if n, ok := d.who[ws[i].Start]; ok {
			joined := before.name != "" && strings.Trim(d.page.Text[before.End:n.Start], " ,(") == "" || i > 0 && ws[i-1].form == "and" && before.End == ws[max(0, i-2)].End
			if rule := d.speaks(ws, i, n); rule != "" && (n.person || before.name == "") {
				if !joined {
					now = voice{n.name, ingest.Span{Start: ws[max(0, i-2)].Start, End: ws[min(len(ws)-1, i+4)].End}, rule, n.person}
				} else if now.name == "" {
					now = voice{before.name, before.Span, rule, true}
				}
				if first.name == "" {
					first = now
				}
			}
			if n.person {
				before = n
			}
		}
		if found&(should|must|need|ask) != 0 && now.name != "" {
			return now
		}
	}
	return first
}

// speaks says by which rule a name at word i is the one who speaks, or "".
func (d *discourse) speaks(ws []word, i int, n named) string {
	end := i
	for end < len(ws) && ws[end].Start < n.End {
		end++
	}
	verbs := say | stress | ask
	if n.person {
		verbs |= discuss | ask4
	}
	after := d.page.Text[n.End:min(len(d.page.Text), n.End+2)]
	switch {
	case n.person && i <= 1 && strings.HasPrefix(after, ":"):
		return "label"
	case i > 0 && (ws[i-1].form == "to" && i > 1 && ws[i-2].form == "according" || i == 1 && (ws[0].form == "for" || ws[0].form == "to")):
		return "according"
	}
	for k := end; k < len(ws) && k < end+3; k++ {
		if found, _ := d.f.cues.at(ws, k); found&verbs != 0 {
			return "says"
		}
	}
	if i > 0 && n.person {
		if found, _ := d.f.cues.at(ws, i-1); found&say != 0 {
			return "said by"
		}
	}
	if n.person && i <= 2 {
		return "subject"
	}
	return ""
}

// nobody reports whether a sentence is said by the group, or by someone without a name.
func (d *discourse) nobody(ws []word) bool {
	for i := 0; i < len(ws) && i < 6; i++ {
		found, _ := d.f.cues.at(ws, i)
		if found&group != 0 {
			return true
		}
		if ws[i].form == "we" && d.author.name == "" && i+1 < len(ws) {
			if next, _ := d.f.cues.at(ws, i+1); next&(say|discuss) != 0 {
				return true
			}
		}
		if ws[i].form == "it" && i+2 < len(ws) && ws[i+1].form == "was" {
			if next, _ := d.f.cues.at(ws, i+2); next&(say|ask|stress|discuss) != 0 {
				return true
			}
		}
	}
	return false
}
