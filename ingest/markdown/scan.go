package markdown

import (
	"bytes"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// cleaned is a body without what never reaches a reader: comments, scripts, template tags, kramdown attributes.
// Removing can take lines away, so that each line left remembers where it came from.
type cleaned struct {
	text  []byte
	lines []int // lines[i] is the source line, from 1, of the text's line i
}

var (
	fence     = regexp.MustCompile("^ {0,3}(`{3,}|~{3,})")
	kramdown  = regexp.MustCompile(`^\{:(?:[^}\n]|\\\})*\}`)
	headingID = regexp.MustCompile(`^\{[#.][A-Za-z][^{}\n]*\}[ \t]*(?:\n|$)`)
	attribute = regexp.MustCompile(`([A-Za-z][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')`)
	literal   = regexp.MustCompile(`^\s*(?:"([^"]*)"|'([^']*)')`)
	tagName   = regexp.MustCompile(`^[-~]?\s*/?\s*([A-Za-z_][\w./-]*)`)
	reference = regexp.MustCompile(`^\s*(?:ref|relref)\s+(?:"([^"]+)"|(\S+))`)
	wholeTag  = regexp.MustCompile(`^[ \t]*</?(?:div|section|article|center|aside|details|summary|main|header|footer|figure|` +
		`[A-Z]\w*)\b[^<>]*>[ \t]*$`)
	markupHere = regexp.MustCompile(`(?i)^[ \t]*<[a-z][^>]*\bmarkdown\s*=\s*["']?(?:1|block|span)`)
	unseen     = regexp.MustCompile(`^<(?i:(script|style|svg|noscript|iframe|template|video|audio|object|select|math))[\s>]`)
	fencedDiv  = regexp.MustCompile(`^[ \t]*:{3,}[ \t]*(?:\{[^}\n]*\}|[\w-]+)?[ \t]*([^\n]*)$`)
	moduleLine = regexp.MustCompile(`^(?:import\s+(?:[\w*{][^;]*\s+from\s+)?["'][^"']+["'];?|export\s+(?:default|const|let|function)\b.*)\s*$`)
)

// longest a template tag may be, and a block of attributes in braces; one left open past this is text.
const (
	longestTag        = 4000
	longestAttributes = 500
)

// More links in a paragraph, or quotes within quotes, than any page has. Past these the parser's time would grow with the square
// of their number, and they are text.
const (
	mostLinks  = 1000
	mostQuotes = 20
)

// scanner walks once over a body.
type scanner struct {
	src    []byte
	at     int
	line   int // of src[at]
	out    cleaned
	absent map[string]bool // ends that are known not to come any more
	links  int             // of the paragraph so far
}

// clean takes away what never reaches a reader. first is the source line of the body's first line.
func clean(src []byte, first int) cleaned {
	s := &scanner{src: src, line: first, absent: map[string]bool{}}
	s.out.text = make([]byte, 0, len(src))
	s.out.lines = append(s.out.lines, first)
	for s.at < len(s.src) {
		if s.at == 0 || s.src[s.at-1] == '\n' {
			if s.lineStart() {
				continue
			}
		}
		if !s.markup() {
			s.copy(1)
		}
	}
	return s.out
}

// rest is the current line up to its end, without the newline.
func (s *scanner) rest() []byte {
	if i := bytes.IndexByte(s.src[s.at:], '\n'); i >= 0 {
		return s.src[s.at : s.at+i]
	}
	return s.src[s.at:]
}

// lineStart deals with what only means something at the start of a line.
func (s *scanner) lineStart() bool {
	line := s.rest()
	if len(bytes.TrimSpace(line)) == 0 {
		s.links = 0
	}
	if text := bytes.TrimLeft(line, "> \t"); bytes.Count(line[:len(line)-len(text)], []byte(">")) > mostQuotes {
		s.emit(strings.Repeat(">", mostQuotes) + " ")
		s.drop(len(line) - len(text))
		return true
	}
	if m := fence.FindSubmatch(line); m != nil {
		s.fenced(m[1])
		return true
	}
	if moduleLine.Match(line) {
		s.drop(len(line))
		return true
	}
	if m := fencedDiv.FindSubmatch(line); m != nil { // of Pandoc and Quarto, and Docusaurus' admonitions, whose title stays
		s.emit("\n")
		s.drop(len(line) - len(m[1]))
		return true
	}
	// Markdown within a container of HTML is Markdown only after an empty line; authors of kramdown and MDX pages do not write it.
	if componentLine.Match(line) && !wholeTag.Match(line) { // a tag over several lines
		s.emit("\n")
		s.drop(len(line) - len(bytes.TrimLeft(line, " \t")))
		if !s.component() {
			s.copy(1)
		}
		s.emit("\n")
		return true
	}
	if wholeTag.Match(line) || markupHere.Match(line) {
		s.emit("\n")
		for range line {
			if s.at >= len(s.src) || s.src[s.at] == '\n' {
				break
			}
			if !s.markup() {
				s.copy(1)
			}
		}
		s.emit("\n")
		return true
	}
	return false
}

// fenced copies a fenced block of code as it stands.
func (s *scanner) fenced(mark []byte) {
	s.copy(len(s.rest()) + 1)
	for s.at < len(s.src) {
		line := s.rest()
		m := fence.FindSubmatch(line)
		s.copy(len(line) + 1)
		if m != nil && bytes.HasPrefix(m[1], mark) && len(bytes.TrimSpace(bytes.TrimLeft(line, " `~"))) == 0 {
			return
		}
	}
}

// markup takes away, or puts other words for, the markup at the current place, if there is any.
func (s *scanner) markup() bool {
	src := s.src[s.at:]
	switch src[0] {
	case '\\':
		if len(src) > 1 && src[1] != '\n' {
			s.copy(2)
			return true
		}
	case ']':
		if len(src) > 1 && src[1] == '(' {
			if s.links++; s.links > mostLinks {
				s.emit("] ")
				s.drop(1)
				return true
			}
		}
	case '`':
		return s.codeSpan()
	case '<':
		if bytes.HasPrefix(src, []byte("<!--")) {
			return s.dropPast("-->")
		}
		if m := unseen.FindSubmatch(src); m != nil {
			return s.dropElement(strings.ToLower(string(m[1])))
		}
		return s.component()
	case '{':
		near := src[:min(len(src), longestAttributes)]
		if m := kramdown.Find(near); m != nil {
			s.drop(len(m))
			return true
		}
		if m := headingID.Find(near); m != nil && (len(m) < len(near) || len(near) == len(src)) {
			s.drop(bytes.IndexByte(m, '}') + 1)
			return true
		}
		if len(src) > 1 && src[1] == '%' {
			return s.tag("{%", "%}")
		}
		if len(src) > 1 && src[1] == '{' {
			return s.tag("{{", "}}")
		}
	}
	return false
}

func (s *scanner) codeSpan() bool {
	src := s.src[s.at:]
	n := 1
	for n < len(src) && src[n] == '`' {
		n++
	}
	mark := src[:n]
	end := n
	for limit := min(len(src), longestTag); ; {
		i := bytes.Index(src[min(end, limit):limit], mark)
		if i < 0 || bytes.Contains(src[n:end+i], []byte("\n\n")) {
			s.copy(n)
			return true
		}
		end += i
		run := n
		for end+run < len(src) && src[end+run] == '`' {
			run++
		}
		if run == n {
			s.copy(end + n)
			return true
		}
		end += run
	}
}

// tag takes away a tag of Liquid, Nunjucks, Zola or Hugo, and keeps of it what a reader sees.
func (s *scanner) tag(open, shut string) bool {
	src := s.src[s.at:]
	i := bytes.Index(src[len(open):min(len(src), longestTag)], []byte(shut)) + len(open)
	if i < len(open) {
		return false
	}
	whole := i + len(shut)
	inner := strings.Trim(string(src[len(open):i]), "-~<>%/ \t\n")
	name := ""
	if m := tagName.FindStringSubmatch(inner); m != nil {
		name = m[1]
	}
	if s.at > 0 && s.src[s.at-1] == '=' && open == "{{" { // an attribute of a component: style={{...}}
		s.emit(`""`)
		s.drop(whole)
		return true
	}
	closing := bytes.Contains(src[:min(len(src), 6)], []byte("/"))
	switch {
	case open == "{%" && name == "comment":
		if end := bytes.Index(src, []byte("endcomment")); end >= 0 {
			if shutAt := bytes.Index(src[end:], []byte(shut)); shutAt >= 0 {
				s.drop(end + shutAt + len(shut))
				return true
			}
		}
	case open == "{%" && (name == "highlight" || name == "endhighlight") || open == "{{" && name == "highlight":
		s.emit("```")
		s.drop(whole)
		return true
	case open == "{%" && (name == "post_url" || name == "link"):
		s.emit(name + ":" + url.PathEscape(strings.TrimSpace(strings.TrimPrefix(inner, name))))
		s.drop(whole)
		return true
	case open == "{{" && (name == "ref" || name == "relref"):
		if m := reference.FindStringSubmatch(inner); m != nil {
			s.emit("ref:" + url.PathEscape(m[1]+m[2]))
		}
		s.drop(whole)
		return true
	case open == "{{":
		if m := literal.FindStringSubmatch(string(src[len(open):i])); m != nil {
			s.emit(m[1] + m[2])
			s.drop(whole)
			return true
		}
	}
	if !closing {
		var pairs []pair
		for _, m := range attribute.FindAllStringSubmatch(inner, -1) {
			pairs = append(pairs, pair{m[1], strings.TrimSpace(m[2] + m[3])})
		}
		if file, ok := strings.CutPrefix(inner, name+" "); ok && (name == "include" || name == "render" || name == "include_relative") {
			name, _, _ = strings.Cut(path.Base(strings.Fields(file + " -")[0]), ".")
		}
		s.emit(componentTag(name, pairs))
	}
	s.drop(whole)
	return true
}

// dropPast drops everything up to and including end; without an end nothing is dropped.
func (s *scanner) dropPast(end string) bool {
	if s.absent[end] {
		return false
	}
	i := bytes.Index(s.src[s.at:], []byte(end))
	if i < 0 {
		s.absent[end] = true
		return false
	}
	s.drop(i + len(end))
	return true
}

// dropElement drops an element that shows no text of the page; one that is never closed stays.
func (s *scanner) dropElement(name string) bool {
	if s.absent[name] {
		return false
	}
	for i := s.at; ; {
		j := bytes.Index(s.src[i:], []byte("</"))
		if j < 0 {
			break
		}
		i += j + 2
		if len(s.src)-i < len(name) || !strings.EqualFold(string(s.src[i:i+len(name)]), name) {
			continue
		}
		if end := bytes.IndexByte(s.src[i:], '>'); end >= 0 {
			s.drop(i + end + 1 - s.at)
			return true
		}
		break
	}
	s.absent[name] = true
	return false
}

func (s *scanner) emit(text string) {
	for i := range len(text) {
		s.out.text = append(s.out.text, text[i])
		if text[i] == '\n' {
			s.out.lines = append(s.out.lines, s.line)
		}
	}
}

func (s *scanner) copy(n int) {
	for range min(n, len(s.src)-s.at) {
		c := s.src[s.at]
		s.at++
		s.out.text = append(s.out.text, c)
		if c == '\n' {
			s.line++
			s.out.lines = append(s.out.lines, s.line)
		}
	}
}

// drop leaves n bytes out. Where they hold whole lines, the text's next line comes later in the source.
func (s *scanner) drop(n int) {
	for range min(n, len(s.src)-s.at) {
		if s.src[s.at] == '\n' {
			s.line++
		}
		s.at++
	}
}
