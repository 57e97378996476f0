// Package asciidoc reads pages in AsciiDoc: title, header, headings, paragraphs, lists, tables, quotes, links. What an include
// brings and what conditions choose is left out.
package asciidoc

import (
	"bytes"
	"html"
	"regexp"
	"strconv"
	"strings"

	"rapporteur/ingest/fold"
	"rapporteur/ingest/markdown"
	"rapporteur/ingest/visible"
)

// Reader reads AsciiDoc. It is safe for parallel use.
type Reader struct{}

var (
	titleLine     = regexp.MustCompile(`^= +(\S.*)$`)
	attributeLine = regexp.MustCompile(`^:(!?[\w-]+!?):(?:\s+(.*))?$`)
	authorLine    = regexp.MustCompile(`^\p{Lu}[\p{L}'’.-]*(?: [\p{L}'’._-]+){0,3}(?: <[^<>]+>)?(?:; .+)?$`)
	revisionLine  = regexp.MustCompile(`^(?:v[\d.]+,? *)?(\d{4}-\d{2}-\d{2}|[A-Za-z]+ \d{1,2},? \d{4}|\d{1,2} [A-Za-z]+ \d{4})(?:[:,].*)?$`)
	mailAddress   = regexp.MustCompile(` *<[^<>]*>`)
)

// Head takes off the document's header: its title, authors, date and attributes. A generator's prefix of an attribute
// ("page-speaker", "jbake-date") does not count.
func (Reader) Head(src []byte) ([]visible.Value, []byte, int) {
	lines := strings.Split(string(bytes.TrimPrefix(src, []byte("\ufeff"))), "\n")
	var values []visible.Value
	add := func(key, text string, n int) {
		if text = strings.TrimSpace(text); text != "" {
			values = append(values, markdown.Listed(visible.Value{Key: key, Text: text, Line: n + 1})...)
		}
	}
	i, titled := 0, -2
	for ; i < len(lines); i++ {
		l := strings.TrimRight(lines[i], " \t\r")
		switch {
		case strings.HasPrefix(l, "//") && !strings.HasPrefix(l, "////"):
		case l == "" && titled < 0:
		case titleLine.MatchString(l) && titled < 0:
			titled = i
			add("title", plain(titleLine.FindStringSubmatch(l)[1]), i)
		case attributeLine.MatchString(l):
			m := attributeLine.FindStringSubmatch(l)
			key := strings.ToLower(m[1])
			for _, prefix := range []string{"page-", "jbake-", "awestruct-", "article-"} {
				key = strings.TrimPrefix(key, prefix)
			}
			if key = strings.ReplaceAll(key, "-", "_"); key == "revdate" {
				key = "date"
			}
			add(key, m[2], i)
		case i == titled+1 && authorLine.MatchString(l):
			add("author", mailAddress.ReplaceAllString(strings.ReplaceAll(l, "_", " "), ""), i)
		case (i == titled+1 || i == titled+2) && revisionLine.MatchString(l):
			add("date", revisionLine.FindStringSubmatch(l)[1], i)
		default:
			if len(values) == 0 {
				return nil, src, 1
			}
			return values, []byte(strings.Join(lines[i:], "\n")), i + 1
		}
	}
	return values, nil, i + 1
}

// Content makes the visible text of a page.
func (Reader) Content(fields []visible.Field, body []byte, first int) visible.Content {
	w := visible.NewWriter()
	for _, f := range fields {
		w.Field(f, []byte(inline(fold.Space(f.Value), nil)))
	}
	p := &parser{first: first, attributes: map[string]string{}}
	for l := range strings.SplitSeq(string(bytes.ToValidUTF8(body, []byte("\uFFFD"))), "\n") {
		p.lines = append(p.lines, strings.TrimRight(l, " \t\r"))
	}
	p.read()
	w.HTML(p.out.Bytes(), first)
	c := w.Content()
	c.Issues = p.issues
	return c
}

// parser writes HTML, line by line.
type parser struct {
	out        bytes.Buffer
	lines      []string
	at         int
	first      int // source line of lines[0]
	attributes map[string]string
	style      []string // of the block attributes that stand before the next block
	open       []string // lists that are open: their marks, outermost first
	issues     []visible.Issue
}

var (
	headingLine  = regexp.MustCompile(`^(={1,6}|#{1,6}) +(\S.*?)(?: =+)?$`)
	styleLine    = regexp.MustCompile(`^\[([^\[\]]*)\]$`)
	anchorLine   = regexp.MustCompile(`^\[\[[^\]]*\]\]$`)
	captionLine  = regexp.MustCompile(`^\.([^\s.].*)$`)
	delimiter    = regexp.MustCompile(`^(-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|/{4,}|--|` + "```" + `\w*)$`)
	tableMark    = regexp.MustCompile(`^[|!,:]={3,}$`)
	itemLine     = regexp.MustCompile(`^\s*(\*{1,6}|-|\.{1,6}|\d{1,3}\.) +(\S.*)$`)
	termLine     = regexp.MustCompile(`^\s*(\S.*?)(:{2,4}|;;)(?: +(.*))?$`)
	blockMacro   = regexp.MustCompile(`^(image|video|audio|include|toc|ifdef|ifndef|ifeval|endif)::(\S*)\[(.*)\]$`)
	checkbox     = regexp.MustCompile(`^\[[ x*]\] +`)
	admonition   = regexp.MustCompile(`^(?:NOTE|TIP|WARNING|IMPORTANT|CAUTION): +`)
	verse        = regexp.MustCompile(`^(quote|verse)$`)
	cellStart    = regexp.MustCompile(`(?:^|\s)(?:\d+[*+]|\.\d+\+|[<^>.]{1,3}|[aehlmsv])*\|`)
	mostUnclosed = 200 // marks of lists that may be open
)

func (p *parser) tag(name string) {
	p.out.WriteString("<" + name + " data-line=\"" + strconv.Itoa(p.first+p.at) + "\">")
}

func (p *parser) read() {
	for p.at < len(p.lines) {
		p.block(p.lines[p.at])
	}
	p.shutLists(0)
}

// block reads what begins on a line.
func (p *parser) block(l string) {
	attribute := attributeLine.FindStringSubmatch(l)
	macro := blockMacro.FindStringSubmatch(l)
	switch item := itemLine.FindStringSubmatch(l); {
	case l == "":
		p.at++
		// a list goes on after an empty line if its next item stands there
		if p.at < len(p.lines) && len(p.open) > 0 && p.lines[p.at] != "" && itemLine.FindString(p.lines[p.at]) == "" &&
			termLine.FindString(p.lines[p.at]) == "" {
			p.shutLists(0)
		}
	case l == "+" && len(p.open) > 0:
		p.at++ // what follows belongs to the item
	case strings.HasPrefix(l, "//") && !strings.HasPrefix(l, "////"), anchorLine.MatchString(l), l == "'''", l == "<<<":
		p.at++
	case attribute != nil:
		p.attributes[attribute[1]] = attribute[2]
		p.at++
	case styleLine.MatchString(l):
		p.style = strings.Split(styleLine.FindStringSubmatch(l)[1], ",")
		p.at++
	case delimiter.MatchString(l):
		p.delimited(l)
	case tableMark.MatchString(l):
		p.table(l)
	case headingLine.MatchString(l):
		m := headingLine.FindStringSubmatch(l)
		p.shutLists(0)
		p.element("h"+strconv.Itoa(len(m[1])), m[2])
		p.at++
	case macro != nil:
		if macro[1] == "image" {
			alt, _, _ := strings.Cut(macro[3], ",")
			p.tag("p")
			p.out.WriteString(`<img alt="` + html.EscapeString(strings.Trim(alt, `"`)) + `"></p>`)
		}
		p.at++
	case item != nil:
		p.item(item[1], item[2])
	case termLine.MatchString(l) && !strings.Contains(l, "://"):
		m := termLine.FindStringSubmatch(l)
		p.list(m[2], "dl")
		p.element("dt", m[1])
		p.at++
		for p.at < len(p.lines) && m[3] == "" && p.lines[p.at] != "" && !itemLine.MatchString(p.lines[p.at]) {
			m[3] = strings.TrimSpace(m[3] + " " + p.lines[p.at])
			p.at++
		}
		if m[3] != "" {
			p.at--
			p.element("dd", m[3])
			p.at++
		}
	case captionLine.MatchString(l) && p.at+1 < len(p.lines) && p.lines[p.at+1] != "":
		p.element("p", captionLine.FindStringSubmatch(l)[1])
		p.at++
	default:
		p.paragraph()
	}
}

func (p *parser) element(name, text string) {
	p.tag(name)
	p.out.WriteString(inline(text, p.attributes) + "</" + name + ">\n")
}

// ends reports whether a paragraph ends before a line.
func ends(l string) bool {
	return l == "" || l == "+" || delimiter.MatchString(l) || tableMark.MatchString(l) || styleLine.MatchString(l) ||
		itemLine.MatchString(l) || blockMacro.MatchString(l) || strings.HasPrefix(l, "//")
}

// text takes the lines of a paragraph that goes on here.
func (p *parser) text(first string) string {
	var b strings.Builder
	b.WriteString(first)
	for p.at++; p.at < len(p.lines) && !ends(p.lines[p.at]); p.at++ {
		b.WriteString("\n" + p.lines[p.at])
	}
	return b.String()
}

func (p *parser) paragraph() {
	name := "p"
	if len(p.style) > 0 && verse.MatchString(p.style[0]) {
		name = "blockquote"
	}
	style := p.style
	p.style = nil
	p.tag(name)
	p.out.WriteString(inline(admonition.ReplaceAllString(p.text(p.lines[p.at]), ""), p.attributes) + "</" + name + ">\n")
	p.source(style)
}

// source writes whom a quote is by: "[quote, Person, Work]".
func (p *parser) source(style []string) {
	if len(style) > 1 && verse.MatchString(style[0]) {
		p.out.WriteString("<p>" + inline("— "+strings.TrimSpace(strings.Join(style[1:], ",")), p.attributes) + "</p>\n")
	}
}

// delimited reads a block between two equal lines.
func (p *parser) delimited(mark string) {
	start := p.at
	end := start + 1
	for end < len(p.lines) && p.lines[end] != mark && !(strings.HasPrefix(mark, "```") && p.lines[end] == "```") {
		end++
	}
	if end == len(p.lines) {
		p.issues = append(p.issues, visible.Issue{Line: p.first + start, Cause: "the block that " + strconv.Quote(mark) +
			" opens here is never closed; write the same line after it. It was read as text"})
		p.at++
		return
	}
	style := p.style
	p.style = nil
	switch mark[0] {
	case '/':
	case '-', '.', '`', '+':
		if mark == "--" {
			p.inner(start+1, end)
			break
		}
		p.at++
		if mark[0] == '+' {
			p.out.WriteString(strings.Join(p.lines[start+1:end], "\n"))
			break
		}
		p.tag("pre")
		p.out.WriteString(html.EscapeString(strings.Join(p.lines[start+1:end], "\n")) + "</pre>\n")
	case '_':
		p.tag("blockquote")
		p.inner(start+1, end)
		p.out.WriteString("</blockquote>\n")
		p.source(style)
	default:
		p.inner(start+1, end)
	}
	p.at = end + 1
}

// inner reads the lines of a block as a page of its own.
func (p *parser) inner(from, to int) {
	lines := p.lines
	p.lines, p.at = lines[:to], from
	for p.at < to {
		p.block(p.lines[p.at])
	}
	p.lines = lines
}

func (p *parser) item(mark, text string) {
	if mark[0] >= '0' && mark[0] <= '9' {
		mark = "."
	}
	kind := "ul"
	if mark[0] == '.' {
		kind = "ol"
	}
	p.list(mark, kind)
	p.tag("li")
	p.out.WriteString(inline(checkbox.ReplaceAllString(p.text(text), ""), p.attributes))
}

// list opens the list that a mark stands for within those that are open, or shuts those within it.
func (p *parser) list(mark, kind string) {
	for i, m := range p.open {
		if m == mark {
			p.shutLists(i + 1)
			return
		}
	}
	if len(p.open) < mostUnclosed {
		p.open = append(p.open, mark)
		p.tag(kind)
	}
}

// shutLists shuts all lists but the n outermost.
func (p *parser) shutLists(n int) {
	for len(p.open) > n {
		switch p.open[len(p.open)-1][0] {
		case '.':
			p.out.WriteString("</ol>\n")
		case ':', ';':
			p.out.WriteString("</dl>\n")
		default:
			p.out.WriteString("</ul>\n")
		}
		p.open = p.open[:len(p.open)-1]
	}
}

// table reads a table up to its mark. A row is as long as its first line has cells.
func (p *parser) table(mark string) {
	p.style = nil
	start, columns, count := p.at, 0, 0
	p.tag("table")
	for p.at++; p.at < len(p.lines) && p.lines[p.at] != mark; p.at++ {
		l := p.lines[p.at]
		if l == "" {
			if count > 0 && columns == 0 {
				columns = count
			}
			continue
		}
		var cells []string
		if mark[0] == ',' || mark[0] == ':' {
			cells = strings.Split(l, mark[:1])
		} else if cells = cellStart.Split(l, -1); len(cells) > 0 {
			if rest := strings.TrimSpace(cells[0]); rest != "" {
				p.out.WriteString(" " + inline(rest, p.attributes))
			}
			cells = cells[1:]
		}
		if columns == 0 && len(cells) > 1 {
			columns = len(cells)
		}
		for _, c := range cells {
			if columns == 0 || count%columns == 0 {
				p.tag("tr")
			}
			count++
			p.tag("td")
			p.out.WriteString(inline(strings.TrimSpace(c), p.attributes))
		}
	}
	p.out.WriteString("</table>\n")
	if p.at == len(p.lines) {
		p.issues = append(p.issues, visible.Issue{Line: p.first + start,
			Cause: "the table that opens here is never closed; write |=== after it. All that follows was read as its cells"})
	}
	p.at++
}
