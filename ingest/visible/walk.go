package visible

import (
	"bytes"
	"strconv"
	"strings"

	"rapporteur/ingest"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Writer goes once over HTML, tag by tag, and writes blocks. It never needs the tags to be balanced: what an author of a
// page left open costs at most the structure of that place, never its words.
type Writer struct {
	text   strings.Builder
	blocks []ingest.Block
	links  []ingest.Link

	frames     []frame
	headings   []int // the path of headings that the current place stands under
	lists      int   // lists and tables so far
	ruled      int   // blocks before the last rule: none of them introduces a list after it
	line       int   // best known source line
	introduced int   // components so far that introduce somebody
	key        string
	title      bool

	open   *run // the block being written; nil between blocks
	strong int
	em     int
	target string // of the link that is open
	linked bool
	alts   []altRun // images of the open block
}

// frame is an element that is open and that gives blocks their kind or place.
type frame struct {
	tag     atom.Atom
	line    int
	list    int // of ul, ol, dl, table: its number
	count   int // of a list: items so far; of a table: rows; of a row: cells
	leadIn  int // of a list
	block   int // of an item: its own block, -1 before it has one
	level   int // of an item
	ordered bool
}

// run is the text of a block while it is written.
type run struct {
	ingest.Block
	text     []byte
	space    bool // a space is due before the next word
	links    []ingest.Link
	linkAt   int // start of the open link's text here; -1 is none
	endsLink int
}

type altRun struct {
	text, target string
	linked       bool
	line         int
}

// NewWriter returns a Writer of a page that shows nothing yet.
func NewWriter() *Writer { return &Writer{} }

// Field writes a value of the front matter, as HTML.
func (w *Writer) Field(f Field, value []byte) {
	w.key, w.title, w.line = f.Key, f.Title, f.Line
	w.HTML(value, 0)
	w.key, w.title, w.headings = "", false, nil
}

// Content is what was written.
func (w *Writer) Content() Content {
	return Content{Text: w.text.String(), Blocks: w.blocks, Links: w.links}
}

// HTML writes what a reader sees of HTML. line is the source line that it begins on; 0 keeps the one that is known. An
// element with the attribute data-line begins on that line of the source. After a comment "raw N", up to a comment "end",
// the HTML is the source's own, from its line N on.
func (w *Writer) HTML(src []byte, line int) {
	if line > 0 {
		w.line = line
	}
	counting := false // whether newlines are the source's
	z := html.NewTokenizer(bytes.NewReader(src))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		lines := 0
		if counting {
			lines = bytes.Count(z.Raw(), []byte("\n"))
		}
		switch kind {
		case html.TextToken:
			raw := z.Raw()
			if lead := bytes.Count(raw[:len(raw)-len(bytes.TrimLeft(raw, " \t\n"))], []byte("\n")); counting && w.key == "" {
				w.line += lead // the words start on a later line than the token
				lines -= lead
			}
			w.words(z.Token().Data)
		case html.StartTagToken, html.SelfClosingTagToken:
			z.NextIsNotRawText()
			w.start(z.Token())
		case html.EndTagToken:
			w.end(z.Token())
		case html.CommentToken:
			mark := string(z.Text())
			if rest, ok := strings.CutPrefix(mark, "raw "); ok {
				if n, err := strconv.Atoi(rest); err == nil && w.key == "" {
					w.line, lines = n, 0
				}
				counting = true
			} else if mark == "end" {
				counting = false
			}
		}
		if w.key == "" {
			w.line += lines
		}
	}
	w.flush()
	w.frames, w.strong, w.em, w.linked = w.frames[:0], 0, 0, false
}

func (w *Writer) start(t html.Token) {
	if n := attr(t, LineAttribute); n != "" && w.key == "" {
		if n, err := strconv.Atoi(n); err == nil {
			w.line = n
		}
		w.flush()
		w.endLink() // a block of Markdown ends whatever HTML before it left open
		w.strong, w.em = 0, 0
	}
	switch t.DataAtom {
	case atom.B, atom.Strong:
		w.strong++
	case atom.I, atom.Em, atom.U, atom.Mark:
		w.em++
	case atom.Br:
		w.lineBreak()
	case atom.Img:
		w.image(t)
	case atom.A:
		if class := attr(t, "class"); class == "footnote-ref" || class == "footnote-backref" {
			w.frames = append(w.frames, frame{tag: atom.Rt}) // its number or arrow is no text
			return
		}
		w.endLink()
		if href := strings.TrimSpace(attr(t, "href")); href != "" {
			w.linked, w.target = true, href
			if w.open != nil {
				w.open.linkAt = -1
			}
		}
	case atom.Ul, atom.Ol, atom.Dl:
		lead := w.leadIn()
		w.flush()
		if lead == -1 {
			lead = w.leadIn()
		}
		w.lists++
		w.push(frame{tag: t.DataAtom, list: w.lists, leadIn: lead, ordered: t.DataAtom == atom.Ol})
	case atom.Li, atom.Dt, atom.Dd:
		w.flush()
		w.shut(atom.Li, atom.Ul, atom.Ol, atom.Dl)
		w.shut(atom.Dt, atom.Dl)
		w.shut(atom.Dd, atom.Dl)
		w.item(t.DataAtom)
	case atom.Table:
		w.flush()
		w.lists++
		w.push(frame{tag: atom.Table, list: w.lists})
	case atom.Tr:
		w.flush()
		w.shut(atom.Tr, atom.Table)
		if f := w.within(atom.Table); f != nil {
			f.count++
		}
		w.push(frame{tag: atom.Tr})
	case atom.Td, atom.Th:
		w.flush()
		w.shut(atom.Td, atom.Tr)
		if f := w.within(atom.Tr); f != nil {
			f.count++
		}
		w.push(frame{tag: atom.Td})
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Figcaption, atom.Caption, atom.Pre:
		w.flush()
		w.push(frame{tag: t.DataAtom})
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Center, atom.Aside, atom.Details, atom.Summary, atom.Header, atom.Footer,
		atom.Main, atom.Nav, atom.Figure, atom.Form, atom.Fieldset, atom.Address, atom.Thead, atom.Tbody, atom.Hr, atom.Body, atom.Head,
		atom.Title, atom.Html:
		w.flush()
		switch t.DataAtom {
		case atom.Hr:
			w.ruled = len(w.blocks)
		case atom.Figure:
			w.component(t)
		}
	case 0:
		w.component(t)
	}
}

func (w *Writer) end(t html.Token) {
	switch t.DataAtom {
	case atom.B, atom.Strong:
		w.strong = max(w.strong-1, 0)
	case atom.I, atom.Em, atom.U, atom.Mark:
		w.em = max(w.em-1, 0)
	case atom.A:
		if n := len(w.frames); n > 0 && w.frames[n-1].tag == atom.Rt {
			w.frames = w.frames[:n-1]
			return
		}
		w.endLink()
	case atom.Ul, atom.Ol, atom.Dl:
		w.flush()
		w.shut(t.DataAtom)
	case atom.Li, atom.Dt, atom.Dd:
		w.flush()
		w.shut(t.DataAtom, atom.Ul, atom.Ol, atom.Dl)
	case atom.Table:
		w.flush()
		w.shut(atom.Table)
	case atom.Tr:
		w.flush()
		w.shut(atom.Tr, atom.Table)
	case atom.Td, atom.Th:
		w.flush()
		w.shut(atom.Td, atom.Tr)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Figcaption, atom.Caption, atom.Pre:
		w.flush()
		w.shut(t.DataAtom, atom.Li, atom.Td)
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Center, atom.Aside, atom.Details, atom.Summary, atom.Header, atom.Footer,
		atom.Main, atom.Nav, atom.Figure, atom.Form, atom.Fieldset, atom.Address, atom.Thead, atom.Tbody, atom.Body, atom.Head, atom.Title,
		atom.Html:
		w.flush()
		w.strong, w.em = 0, 0 // bold never outlives its paragraph, even when its end is missing
	}
}

// push opens a frame. Depth is bounded: what is nested deeper than any page nests counts as its surroundings.
func (w *Writer) push(f frame) {
	const deepest = 200
	f.block, f.line = -1, w.line
	if len(w.frames) < deepest {
		w.frames = append(w.frames, f)
	}
}

// shut closes the innermost frame of a tag and all in it, but not past one of the walls.
func (w *Writer) shut(tag atom.Atom, walls ...atom.Atom) {
	for i := len(w.frames) - 1; i >= 0; i-- {
		if w.frames[i].tag == tag {
			w.frames = w.frames[:i]
			return
		}
		for _, wall := range walls {
			if w.frames[i].tag == wall {
				return
			}
		}
	}
}

// within returns the innermost open frame of a tag.
func (w *Writer) within(tags ...atom.Atom) *frame {
	for i := len(w.frames) - 1; i >= 0; i-- {
		for _, tag := range tags {
			if w.frames[i].tag == tag {
				return &w.frames[i]
			}
		}
	}
	return nil
}

// item opens an item of the innermost list.
func (w *Writer) item(tag atom.Atom) {
	list := w.within(atom.Ul, atom.Ol, atom.Dl)
	if list == nil { // an item without a list: it makes one
		w.lists++
		w.push(frame{tag: atom.Ul, list: w.lists, leadIn: -1})
		list = w.within(atom.Ul)
	}
	if list == nil {
		return
	}
	list.count++
	level := 0
	for _, f := range w.frames {
		if f.tag == atom.Ul || f.tag == atom.Ol || f.tag == atom.Dl {
			level++
		}
	}
	if tag == atom.Dd {
		level++
	}
	w.push(frame{tag: tag, list: list.list, count: list.count, level: level, leadIn: list.leadIn, ordered: list.ordered})
}

// leadIn is the block just written, if it is one that can introduce a list.
func (w *Writer) leadIn() int {
	last := len(w.blocks) - 1
	if w.open != nil && len(w.open.text) > 0 || last < w.ruled {
		return -1
	}
	switch b := w.blocks[last]; b.Kind {
	case ingest.ParagraphBlock, ingest.HeadingBlock, ingest.QuoteBlock, ingest.FieldBlock:
		if b.Key == w.key {
			return last
		}
	case ingest.ItemBlock:
		if f := w.within(atom.Li, atom.Dd, atom.Dt); f != nil && f.block == last {
			return last
		}
	}
	return -1
}

func attr(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
