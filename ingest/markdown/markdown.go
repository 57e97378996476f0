package markdown

import (
	"bytes"
	"fmt"
	"sort"
	"strconv"
	"unicode/utf8"

	"rapporteur/ingest/visible"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Reader reads Markdown. It is safe for parallel use.
type Reader struct {
	body   goldmark.Markdown // with all constructs
	inline goldmark.Markdown // for values of one line: only what stands within a paragraph
}

// New returns a Reader.
func New() *Reader {
	extensions := goldmark.WithExtensions(extension.Table, extension.DefinitionList, extension.Footnote, extension.Linkify)
	render := goldmark.WithRendererOptions(html.WithUnsafe(), renderer.WithNodeRenderers(util.Prioritized(rawBlocks{}, 1)))
	// Without blocks of indented code: on pages of this kind what stands far to the right is badly indented text.
	blocks := []util.PrioritizedValue{
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(paragraphs{parser.NewParagraphParser()}, 1000),
	}
	make := func(blocks []util.PrioritizedValue) goldmark.Markdown {
		return goldmark.New(extensions, render, goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(blocks...),
			parser.WithInlineParsers(parser.DefaultInlineParsers()...),
			parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
			parser.WithASTTransformers(util.Prioritized(lineMarker{}, 2000)),
		)))
	}
	return &Reader{body: make(blocks), inline: make(blocks[len(blocks)-1:])}
}

// paragraphs takes indented lines too, now that they are no code.
type paragraphs struct{ parser.BlockParser }

func (paragraphs) CanAcceptIndentedLine() bool { return true }

// Read makes the visible text of a page: the fields in their order, then the body. line is the source line of the
// body's first line. With raw the body is HTML that holds no Markdown.
func (r *Reader) Read(fields []visible.Field, body []byte, line int, raw bool) visible.Content {
	w := visible.NewWriter()
	for _, f := range fields {
		value := valid([]byte(f.Value))
		if bytes.ContainsRune(bytes.TrimSpace(value), '\n') && !f.Title {
			w.Field(f, r.render(r.body, clean(value, 1)))
		} else {
			w.Field(f, r.render(r.inline, clean(bytes.Join(bytes.Fields(value), []byte(" ")), 1)))
		}
	}
	body, issues := bounded(valid(body), line)
	if c := clean(body, line); raw {
		w.HTML(c.html(), 0)
	} else {
		w.HTML(r.render(r.body, c), line)
	}
	content := w.Content()
	content.Issues = append(content.Issues, issues...)
	return content
}

// valid mends text that is not UTF-8 and unifies line ends.
func valid(b []byte) []byte {
	if !utf8.Valid(b) {
		b = bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	if bytes.IndexByte(b, '\r') >= 0 {
		b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
		b = bytes.ReplaceAll(b, []byte("\r"), []byte("\n"))
	}
	return b
}

// render gives the HTML of a body, with the source line of each block in an attribute data-line.
func (r *Reader) render(md goldmark.Markdown, c cleaned) []byte {
	ctx := parser.NewContext()
	ctx.Set(linesKey, newLineTable(c))
	var out bytes.Buffer
	// The renderer fails only when the writer does, and a buffer does not.
	_ = md.Convert(c.text, &out, parser.WithContext(ctx))
	return out.Bytes()
}

// lineTable finds the source line of a byte of a cleaned body.
type lineTable struct {
	starts []int // offset of each line of the text
	lines  []int
}

func newLineTable(c cleaned) lineTable {
	t := lineTable{starts: []int{0}, lines: c.lines}
	for i, b := range c.text {
		if b == '\n' {
			t.starts = append(t.starts, i+1)
		}
	}
	return t
}

func (t lineTable) at(offset int) int {
	i := sort.SearchInts(t.starts, offset+1) - 1
	return t.lines[min(max(i, 0), len(t.lines)-1)]
}

var linesKey = parser.NewContextKey()

// lineMarker notes on each block the source line it starts on.
type lineMarker struct{}

func (lineMarker) Transform(doc *ast.Document, reader text.Reader, ctx parser.Context) {
	table, _ := ctx.Get(linesKey).(lineTable)
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		if n.Kind() == ast.KindParagraph && onPurpose(n.Lines(), reader.Source()) {
			endLines(n)
		}
		pos := n.Pos()
		if l := n.Lines(); l != nil && l.Len() > 0 && pos < 0 {
			pos = l.At(0).Start
		}
		if pos >= 0 {
			n.SetAttributeString(visible.LineAttribute, strconv.Itoa(table.at(pos)))
		}
		return ast.WalkContinue, nil
	})
}

// rawBlocks renders blocks of HTML and of code such that their source line is known.
type rawBlocks struct{}

func (rawBlocks) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindHTMLBlock, rawBlocks{}.html)
	reg.Register(ast.KindFencedCodeBlock, rawBlocks{}.code)
}

func (rawBlocks) html(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		line, _ := n.AttributeString(visible.LineAttribute)
		fmt.Fprintf(w, "<!--raw %v-->", line)
		for i := range n.Lines().Len() {
			s := n.Lines().At(i)
			_, _ = w.Write(s.Value(source))
		}
		if b := n.(*ast.HTMLBlock); b.HasClosure() {
			_, _ = w.Write(b.ClosureLine.Value(source))
		}
		_, _ = w.WriteString("<!--end-->")
	}
	return ast.WalkSkipChildren, nil
}

func (rawBlocks) code(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		line, _ := n.AttributeString(visible.LineAttribute)
		fmt.Fprintf(w, "<pre data-line=\"%v\">", line)
		for i := range n.Lines().Len() {
			s := n.Lines().At(i)
			_, _ = w.Write(util.EscapeHTML(s.Value(source)))
		}
		_, _ = w.WriteString("</pre>\n")
	}
	return ast.WalkSkipChildren, nil
}

// html is a body of HTML, each of whose lines says where it came from.
func (c cleaned) html() []byte {
	var b bytes.Buffer
	for i, line := range bytes.SplitAfter(c.text, []byte("\n")) {
		if len(bytes.TrimSpace(line)) > 0 && i < len(c.lines) && (i == 0 || c.lines[i] != c.lines[i-1]+1) {
			b.WriteString("<!--raw " + strconv.Itoa(c.lines[i]) + "-->")
		}
		b.Write(line)
	}
	return b.Bytes()
}
