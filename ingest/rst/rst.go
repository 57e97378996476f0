// Package rst reads pages in reStructuredText, as Sphinx, Pelican and Nikola have them: titles, headings, field lists, paragraphs,
// lists, tables, links, and of directives what a reader sees. What only Docutils could know (what an include brings, what a
// program of a directive makes) is left out.
package rst

import (
	"bytes"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"rapporteur/ingest/fold"
	"rapporteur/ingest/markdown"
	"rapporteur/ingest/visible"
)

// Reader reads reStructuredText. It is safe for parallel use.
type Reader struct{}

// line is a line of the source, without the indentation of what it stands in.
type line struct {
	n    int // in the file, from 1
	text string
}

func (l line) blank() bool { return strings.TrimSpace(l.text) == "" }

func (l line) indent() int { return len(l.text) - len(strings.TrimLeft(l.text, " ")) }

var (
	adornment   = regexp.MustCompile("^([!-/:-@\\[-`{-~])[!-/:-@\\[-`{-~]{1,}\\s*$")
	fieldLine   = regexp.MustCompile(`^:([A-Za-z][\w -]*):(?:\s+(.*))?$`)
	commentMeta = regexp.MustCompile(`^\.\. ([a-z_]+):(?:\s+(.*))?$`) // of Nikola
	postLine    = regexp.MustCompile(`^\.\. post::\s*(.*)$`)          // of ABlog, which Sphinx publishes posts with
	postOption  = regexp.MustCompile(`^\s+:(author|tags|category|title|language|location):\s*(.*)$`)
)

func lines(src []byte, first int) []line {
	var out []line
	for i, l := range strings.Split(string(src), "\n") {
		out = append(out, line{first + i, strings.TrimRight(strings.ReplaceAll(l, "\t", "        "), " \r")})
	}
	return out
}

// Head takes off the title and the field list after it (Pelican, Sphinx), or the comments before it (Nikola).
func (Reader) Head(src []byte) ([]visible.Value, []byte, int) {
	all := lines(bytes.TrimPrefix(src, []byte("\ufeff")), 1)
	var values []visible.Value
	add := func(key, text string, n int) {
		if text = strings.TrimSpace(text); text != "" {
			values = append(values, markdown.Listed(visible.Value{Key: strings.ToLower(strings.ReplaceAll(key, " ", "_")), Text: text, Line: n})...)
		}
	}
	i := 0
	blanks := func() {
		for i < len(all) && all[i].blank() {
			i++
		}
	}
	titled := false
	for blanks(); i < len(all); blanks() {
		if m := commentMeta.FindStringSubmatch(all[i].text); m != nil {
			titled = titled || m[1] == "title"
			add(m[1], m[2], all[i].n)
			i++
			continue
		}
		if m := postLine.FindStringSubmatch(all[i].text); m != nil {
			add("date", m[1], all[i].n)
			for i++; i < len(all) && !all[i].blank() && all[i].indent() > 0; i++ {
				if o := postOption.FindStringSubmatch(all[i].text); o != nil {
					add(o[1], o[2], all[i].n)
				}
			}
			continue
		}
		if title, _, used := heading(all[i:]); used > 0 && !titled {
			titled = true
			add("title", plain(title), all[i].n)
			i += used
			continue
		}
		m := fieldLine.FindStringSubmatch(all[i].text)
		if m == nil {
			break
		}
		key, text, n := m[1], m[2], all[i].n
		for i++; i < len(all) && !all[i].blank() && all[i].indent() > 0; i++ {
			text += " " + strings.TrimSpace(all[i].text)
		}
		add(key, plain(text), n)
	}
	if len(values) == 0 {
		return nil, src, 1
	}
	var body []string
	for _, l := range all[i:] {
		body = append(body, l.text)
	}
	return values, []byte(strings.Join(body, "\n")), i + 1
}

// Content makes the visible text of a page.
func (Reader) Content(fields []visible.Field, body []byte, first int) visible.Content {
	w := visible.NewWriter()
	for _, f := range fields {
		w.Field(f, []byte(inliner{}.inline(fold.Space(f.Value))))
	}
	all := lines(bytes.ToValidUTF8(body, []byte("\uFFFD")), first)
	p := &parser{levels: map[string]int{}, in: inliner{targets: targets(all), words: substitutions(all)}}
	p.blocks(all, 0)
	w.HTML(p.out.Bytes(), first)
	c := w.Content()
	c.Issues = p.issues
	return c
}

// heading reads a title with its adornments from the first lines: its text, the style that gives it its level, and how many
// lines it takes; 0 lines if there is none.
func heading(ls []line) (title, style string, used int) {
	is := func(i int) bool { return i < len(ls) && adornment.MatchString(ls[i].text) && same(ls[i].text) }
	wide := func(i, of int) bool {
		return utf8.RuneCountInString(ls[i].text) >= min(4, utf8.RuneCountInString(strings.TrimSpace(ls[of].text)))
	}
	switch {
	case is(0) && len(ls) > 2 && !ls[1].blank() && is(2) && ls[2].text[0] == ls[0].text[0] && wide(0, 1):
		return strings.TrimSpace(ls[1].text), "over" + ls[0].text[:1], 3
	case len(ls) > 1 && !ls[0].blank() && ls[0].indent() == 0 && !is(0) && is(1) && wide(1, 0):
		return ls[0].text, ls[1].text[:1], 2
	}
	return "", "", 0
}

// same reports whether a line holds one character only.
func same(s string) bool {
	s = strings.TrimSpace(s)
	return strings.Trim(s, s[:1]) == ""
}

// parser writes HTML.
type parser struct {
	out    bytes.Buffer
	levels map[string]int // of styles of headings
	in     inliner
	issues []visible.Issue
}

const deepest = 30

var (
	bullet     = regexp.MustCompile(`^([*+•‣⁃-])(?: +|$)`)
	enumerator = regexp.MustCompile(`^\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5}|#)[.)] +`)
	option     = regexp.MustCompile(`^:[\w-]+:`)
	rule       = regexp.MustCompile("^([-=_*~^]{4,})$")
)

func (p *parser) tag(name string, n int) {
	p.out.WriteString("<" + name + " data-line=\"" + strconv.Itoa(n) + "\">")
}
func (p *parser) end(name string) { p.out.WriteString("</" + name + ">\n") }

// blocks writes what lines hold that stand at no indentation.
func (p *parser) blocks(ls []line, depth int) {
	if depth > deepest {
		p.issues = append(p.issues, visible.Issue{Line: ls[0].n,
			Cause: "more things within each other than any page has; what is deeper was left out"})
		return
	}
	for i := 0; i < len(ls); {
		l := ls[i]
		if l.blank() {
			i++
			continue
		}
		if title, style, used := heading(ls[i:]); used > 0 {
			if p.levels[style] == 0 {
				p.levels[style] = min(len(p.levels)+1, 6)
			}
			h := "h" + strconv.Itoa(p.levels[style])
			p.tag(h, l.n)
			p.out.WriteString(p.in.inline(title))
			p.end(h)
			i += used
			continue
		}
		switch {
		case l.indent() > 0:
			end := indented(ls, i)
			p.tag("blockquote", l.n)
			p.blocks(dedent(ls[i:end]), depth+1)
			p.end("blockquote")
			i = end
		case strings.HasPrefix(l.text, ".. ") || l.text == "..":
			end := indented(ls, i+1)
			p.explicit(l, ls[i+1:end], depth)
			i = end
		case strings.HasPrefix(l.text, "__ "):
			i++
		case bullet.MatchString(l.text):
			i = p.list(ls, i, "ul", bullet, depth)
		case enumerator.MatchString(l.text):
			i = p.list(ls, i, "ol", enumerator, depth)
		case fieldLine.MatchString(l.text):
			i = p.fields(ls, i, depth)
		case strings.HasPrefix(l.text, "| "):
			i = p.lineBlock(ls, i)
		case gridLine.MatchString(l.text):
			i = p.grid(ls, i)
		case simpleLine.MatchString(l.text) && strings.Contains(strings.TrimSpace(l.text), " "):
			i = p.simple(ls, i)
		case rule.MatchString(l.text):
			p.out.WriteString("<hr>\n")
			i++
		case i+1 < len(ls) && ls[i+1].indent() > 0 && !ls[i+1].blank():
			end := indented(ls, i+1)
			p.out.WriteString("<dl>")
			p.tag("dt", l.n)
			p.out.WriteString(p.in.inline(l.text))
			p.end("dt")
			p.tag("dd", ls[i+1].n)
			p.blocks(dedent(ls[i+1:end]), depth+1)
			p.out.WriteString("</dd></dl>\n")
			i = end
		default:
			i = p.paragraph(ls, i)
		}
	}
}

// indented returns the end of the lines from i on that are blank or indented.
func indented(ls []line, i int) int {
	end := i
	for ; i < len(ls) && (ls[i].blank() || ls[i].indent() > 0); i++ {
		if !ls[i].blank() {
			end = i + 1
		}
	}
	return end
}

// dedent takes the indentation off that all lines have.
func dedent(ls []line) []line {
	least := 1 << 20
	for _, l := range ls {
		if !l.blank() {
			least = min(least, l.indent())
		}
	}
	out := make([]line, len(ls))
	for i, l := range ls {
		out[i] = line{l.n, l.text[min(least, len(l.text)):]}
	}
	return out
}

// paragraph writes the paragraph that begins at line i, and the literal block that it may introduce.
func (p *parser) paragraph(ls []line, i int) int {
	end := i
	var text []string
	for ; end < len(ls) && !ls[end].blank() && (end == i || ls[end].indent() == 0); end++ {
		text = append(text, ls[end].text)
	}
	words := strings.Join(text, "\n")
	words, literal := strings.CutSuffix(words, "::")
	if literal && words != "" && !strings.HasSuffix(words, " ") {
		words += ":"
	}
	if strings.TrimSpace(words) != "" {
		p.tag("p", ls[i].n)
		p.out.WriteString(p.in.inline(strings.TrimSpace(words)))
		p.end("p")
	}
	if literal {
		block := indented(ls, end)
		p.literal(ls[end:block])
		end = block
	}
	return end
}

func (p *parser) literal(ls []line) {
	for len(ls) > 0 && ls[0].blank() {
		ls = ls[1:]
	}
	if len(ls) == 0 {
		return
	}
	p.tag("pre", ls[0].n)
	for _, l := range dedent(ls) {
		p.out.WriteString(html.EscapeString(l.text) + "\n")
	}
	p.end("pre")
}

// list writes the list whose first item begins at line i.
func (p *parser) list(ls []line, i int, kind string, mark *regexp.Regexp, depth int) int {
	p.tag(kind, ls[i].n)
	for i < len(ls) {
		for i < len(ls) && ls[i].blank() {
			i++
		}
		if i >= len(ls) {
			break
		}
		m := mark.FindString(ls[i].text)
		if m == "" {
			break
		}
		end := indented(ls, i+1)
		item := append([]line{{ls[i].n, strings.Repeat(" ", len(m)) + ls[i].text[len(m):]}}, ls[i+1:end]...)
		p.tag("li", ls[i].n)
		p.blocks(dedent(item), depth+1)
		p.end("li")
		i = end
	}
	p.end(kind)
	return i
}

// fields writes a field list.
func (p *parser) fields(ls []line, i, depth int) int {
	p.out.WriteString("<dl>")
	for i < len(ls) {
		m := fieldLine.FindStringSubmatch(ls[i].text)
		if m == nil {
			break
		}
		end := indented(ls, i+1)
		p.tag("dt", ls[i].n)
		p.out.WriteString(p.in.inline(m[1]))
		p.end("dt")
		p.tag("dd", ls[i].n)
		p.blocks(append([]line{{ls[i].n, m[2]}}, dedent(ls[i+1:end])...), depth+1)
		p.end("dd")
		i = end
	}
	p.out.WriteString("</dl>\n")
	return i
}

func (p *parser) lineBlock(ls []line, i int) int {
	p.tag("p", ls[i].n)
	for ; i < len(ls) && strings.HasPrefix(ls[i].text, "|"); i++ {
		p.out.WriteString(p.in.inline(strings.TrimSpace(ls[i].text[1:])) + "<br>")
	}
	p.end("p")
	return i
}
