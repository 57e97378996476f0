package visible

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// begin opens a block of the kind that the open frames give it.
func (w *Writer) begin() *run {
	if w.open != nil {
		return w.open
	}
	b := ingest.Block{Kind: ingest.ParagraphBlock, Line: w.line, Key: w.key, Heading: -1, LeadIn: -1, Parent: -1}
	if n := len(w.headings); n > 0 {
		b.Heading = w.headings[n-1]
	}
	w.place(&b)
	if w.key != "" && b.Kind == ingest.ParagraphBlock {
		b.Kind = ingest.FieldBlock
	}
	if w.title {
		b.Kind = ingest.TitleBlock
	}
	w.open = &run{Block: b, linkAt: -1}
	return w.open
}

// place gives a block its kind, list and parent by the innermost frame that says one.
func (w *Writer) place(b *ingest.Block) {
	for i := len(w.frames) - 1; i >= 0; i-- {
		f := &w.frames[i]
		switch f.tag {
		case atom.Li, atom.Dt, atom.Dd:
			if f.block >= 0 { // a further paragraph of an item
				if b.Kind == ingest.ParagraphBlock {
					b.Parent = f.block
				}
				return
			}
			if b.Kind == ingest.QuoteBlock || b.Kind == ingest.ParagraphBlock {
				b.Kind, b.List, b.Index, b.Level, b.Ordered, b.LeadIn = ingest.ItemBlock, f.list, f.count, f.level, f.ordered, f.leadIn
				b.Parent = w.parentItem(i)
				f.block = len(w.blocks)
			}
			return
		case atom.Td:
			b.Kind = ingest.CellBlock
			if table := w.within(atom.Table); table != nil {
				b.List, b.Row = table.list, table.count
			}
			if row := w.within(atom.Tr); row != nil {
				b.Index = row.count
			}
			return
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			b.Kind = ingest.HeadingBlock
			b.Level = int(f.tag.String()[1] - '0')
			b.Heading = -1
			for len(w.headings) > 0 && w.blocks[w.headings[len(w.headings)-1]].Level >= b.Level {
				w.headings = w.headings[:len(w.headings)-1]
			}
			if n := len(w.headings); n > 0 {
				b.Heading = w.headings[n-1]
			}
			return
		case atom.Figcaption, atom.Caption:
			b.Kind = ingest.AltBlock
			return
		case atom.Pre:
			b.Kind = ingest.CodeBlock
			return
		case atom.Blockquote:
			b.Kind = ingest.QuoteBlock // unless it stands in an item that has no words yet
		}
	}
}

// parentItem is the item that the item of frame i is nested in. A definition's parent is the term before it.
func (w *Writer) parentItem(i int) int {
	if w.frames[i].tag == atom.Dd {
		for j := len(w.blocks) - 1; j >= 0 && w.blocks[j].List == w.frames[i].list; j-- {
			switch b := &w.blocks[j]; {
			case b.Kind == ingest.ItemBlock && b.Level == w.frames[i].level-1:
				return j
			case b.Kind == ingest.ItemBlock && b.Level == w.frames[i].level: // another definition of the same term
				return b.Parent
			}
		}
	}
	for j := i - 1; j >= 0; j-- {
		switch w.frames[j].tag {
		case atom.Li, atom.Dt, atom.Dd:
			if w.frames[j].block >= 0 {
				return w.frames[j].block
			}
		}
	}
	return -1
}

// words writes text into the open block, white space folded.
func (w *Writer) words(s string) {
	if n := len(w.frames); n > 0 && w.frames[n-1].tag == atom.Rt {
		return
	}
	if w.within(atom.Pre) != nil && strings.TrimSpace(s) != "" {
		if r := w.begin(); r.Kind == ingest.CodeBlock {
			r.text = append(r.text, strings.ReplaceAll(s, "\x00", "")...)
			return
		}
	}
	start := -1 // of the current word in s
	for i, c := range s {
		blank := unicode.IsSpace(c)
		nothing := c == '\u200b' || c == '\ufeff' || c == '\u00ad' || c == '\u2060' || c == 0 || unicode.Is(unicode.Cc, c) && !blank
		if !blank && !nothing {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			w.word(s[start:i])
			start = -1
		}
		if blank && w.open != nil {
			w.open.space = true
		}
	}
	if start >= 0 {
		w.word(s[start:])
	}
}

// word writes one word, or a part of one, with the emphasis and the link that hold here.
func (w *Writer) word(s string) {
	r := w.begin()
	if n := len(r.text); r.space && n > 0 && r.text[n-1] != '\n' {
		r.text = append(r.text, ' ')
	}
	r.space = false
	span := ingest.Span{Start: len(r.text), End: len(r.text) + len(s)}
	r.text = append(r.text, s...)
	if w.strong > 0 || w.em > 0 {
		r.emphasise(ingest.Emphasis{Span: span, Strong: w.strong > 0})
	}
	if w.linked {
		if r.linkAt < 0 {
			r.linkAt = span.Start
		}
		r.endsLink = span.End
	}
}

// emphasise adds a run, or makes the last one longer where nothing but a space lies between.
func (r *run) emphasise(e ingest.Emphasis) {
	if n := len(r.Emphasis); n > 0 {
		last := &r.Emphasis[n-1]
		if gap := string(r.text[last.End:e.Start]); last.Strong == e.Strong && (gap == "" || gap == " ") {
			last.End = e.End
			return
		}
	}
	r.Emphasis = append(r.Emphasis, e)
}

func (w *Writer) lineBreak() {
	if w.open == nil || len(w.open.text) == 0 {
		return
	}
	if w.open.text[len(w.open.text)-1] != '\n' {
		w.open.text = append(w.open.text, '\n')
	}
	w.open.space = false
}

// endLink closes the link that is open, if there is one.
func (w *Writer) endLink() {
	w.cutLink()
	w.linked = false
}

// cutLink notes what the open link covers of the open block.
func (w *Writer) cutLink() {
	if r := w.open; r != nil && w.linked && r.linkAt >= 0 {
		r.links = append(r.links, ingest.Link{Span: ingest.Span{Start: r.linkAt, End: r.endsLink}, Target: w.target})
		r.linkAt = -1
	}
}

// image keeps an image's words for a block of their own after the one that it stands in.
func (w *Writer) image(t html.Token) {
	words := fold.Space(attr(t, "alt"))
	if words == "" {
		words = fold.Space(attr(t, "title"))
	}
	w.alt(words)
}

// component keeps what a component of the page's framework shows of its attributes.
func (w *Writer) component(t html.Token) {
	if t.Data == Component {
		w.introduction(t)
		return
	}
	for _, a := range t.Attr {
		if value := fold.Space(a.Val); Shows(a.Key, value) && !strings.ContainsAny(value, "{}") {
			w.alt(value)
		}
	}
}

// introduction writes the properties of a component that introduces somebody as fields.
func (w *Writer) introduction(t html.Token) {
	name := attr(t, "data-name")
	own := len(t.Attr) > 0 && !strings.Contains(t.Attr[len(t.Attr)-1].Key, ".")
	if own && !noPerson.MatchString(name) && !slices.Contains([]string{"speaker", "author", "presenter", "host", "moderator"}, name) {
		name = "person"
	}
	key := w.key
	w.flush()
	for _, a := range t.Attr {
		last := a.Key[strings.LastIndexByte(a.Key, '.')+1:]
		if a.Key == "data-name" || addressPart.MatchString(a.Val) || !seenAttributes.MatchString(last) && !namesSomeone.MatchString(a.Key) &&
			!tellsOf.MatchString(a.Key) {
			continue
		}
		w.key = name + "." + strconv.Itoa(w.introduced) + "." + a.Key
		w.words(a.Val)
		w.flush()
	}
	w.introduced++
	w.key = key
}

func (w *Writer) alt(words string) {
	words = strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Cc, c) {
			return -1
		}
		return c
	}, words)
	if !strings.ContainsFunc(words, unicode.IsLetter) || isFileName(words) {
		return
	}
	w.alts = append(w.alts, altRun{text: words, target: w.target, linked: w.linked, line: w.line})
	if w.open == nil || len(w.open.text) == 0 {
		w.flushAlts()
	}
}

// flush ends the open block, and writes the words of its images after it.
func (w *Writer) flush() {
	w.cutLink()
	if r := w.open; r != nil {
		w.open = nil
		w.write(r)
	}
	w.flushAlts()
}

func (w *Writer) flushAlts() {
	alts := w.alts
	w.alts = nil
	for _, a := range alts {
		b := ingest.Block{Kind: ingest.AltBlock, Line: a.line, Key: w.key, Heading: -1, LeadIn: -1, Parent: -1}
		if n := len(w.headings); n > 0 {
			b.Heading = w.headings[n-1]
		}
		r := &run{Block: b, text: []byte(a.text)}
		if a.linked {
			r.links = []ingest.Link{{Span: ingest.Span{End: len(a.text)}, Target: a.target}}
		}
		w.write(r)
	}
}

// write puts a finished block into the text.
func (w *Writer) write(r *run) {
	words := strings.TrimRight(string(r.text), " \n\t")
	if len(words) == 0 {
		return
	}
	if len(w.blocks) > 0 {
		w.text.WriteByte('\n')
	}
	at := w.text.Len()
	w.text.WriteString(words)
	r.Span = ingest.Span{Start: at, End: at + len(words)}
	for i := range r.Emphasis {
		r.Emphasis[i].Start += at
		r.Emphasis[i].End += at
	}
	for _, l := range r.links {
		l.Start += at
		l.End += at
		w.links = append(w.links, l)
	}
	if r.Kind == ingest.HeadingBlock {
		w.headings = append(w.headings, len(w.blocks))
	}
	w.blocks = append(w.blocks, r.Block)
}
