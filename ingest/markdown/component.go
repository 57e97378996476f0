package markdown

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest/fold"
	"rapporteur/ingest/visible"
)

var (
	componentStart = regexp.MustCompile(`^</?([A-Z][\w.]*)`)
	componentLine  = regexp.MustCompile(`^[ \t]*</?[A-Z][\w.]*(?:[\s/>]|$)`)
	property       = regexp.MustCompile(`^[A-Za-z_][\w:.-]*`)
)

// component takes away a tag of a component (JSX, as in MDX, Astro and Vue), and keeps of its properties what a reader sees.
// Those whose values are programs are gone; literal ones, lists and tables of them too, are kept.
func (s *scanner) component() bool {
	src := s.src[s.at:min(len(s.src), s.at+longestTag)]
	m := componentStart.FindSubmatch(src)
	if m == nil {
		return false
	}
	name := string(m[1])
	if src[1] == '/' {
		end := strings.IndexByte(string(src), '>')
		if end < 0 || end > len(name)+10 {
			return false
		}
		if name == "Link" {
			s.emit("</a>")
		}
		s.drop(end + 1)
		return true
	}
	p := literalReader{src: string(src), at: len(m[0])}
	for {
		p.blanks()
		if p.done() || p.failed {
			return false
		}
		if p.src[p.at] == '>' || strings.HasPrefix(p.src[p.at:], "/>") {
			break
		}
		key := property.FindString(p.src[p.at:])
		p.at += len(key)
		switch {
		case key == "" && p.src[p.at] == '{': // {...spread}
			p.braces()
		case key == "":
			return false
		case !p.done() && p.src[p.at] == '=':
			p.at++
			p.value(key, 0)
		}
	}
	s.emit(componentTag(name, p.found))
	s.drop(p.at + strings.IndexByte(p.src[p.at:], '>') + 1)
	return true
}

// pair is a property and its value.
type pair struct{ key, value string }

// componentTag writes what a reader sees of a component, an include or a shortcode as HTML.
func componentTag(name string, pairs []pair) string {
	var b strings.Builder
	if name == "Link" {
		for _, p := range pairs {
			if p.key == "to" || p.key == "href" {
				return `<a href="` + html.EscapeString(p.value) + `">`
			}
		}
	}
	attributes := make([]string, 0, len(pairs))
	for _, p := range pairs {
		if value := fold.Space(p.value); value != "" {
			attributes = append(attributes, strings.ToLower(p.key))
			b.WriteString(` ` + strings.ToLower(p.key) + `="` + html.EscapeString(value) + `"`)
		}
	}
	if visible.Introduces(attributes) {
		return `<` + visible.Component + ` data-name="` + html.EscapeString(strings.ToLower(name)) + `"` + b.String() + `>`
	}
	b.Reset()
	for _, p := range pairs {
		if value := fold.Space(p.value); visible.Shows(strings.ToLower(p.key), value) {
			b.WriteString(`<img alt="` + html.EscapeString(value) + `">`)
		}
	}
	return b.String()
}

// literalReader reads the values of properties as far as they are literals.
type literalReader struct {
	src    string
	at     int
	found  []pair
	failed bool
}

const deepestLiteral = 20

func (p *literalReader) done() bool { return p.at >= len(p.src) }

func (p *literalReader) blanks() {
	for !p.done() && (unicode.IsSpace(rune(p.src[p.at])) || p.src[p.at] == ',') {
		p.at++
	}
}

// value reads a string, or what stands in braces.
func (p *literalReader) value(key string, depth int) {
	p.blanks()
	if p.done() || depth > deepestLiteral {
		p.failed = true
		return
	}
	switch c := p.src[p.at]; {
	case c == '"' || c == '\'' || c == '`':
		if text, ok := p.quoted(); ok && !strings.Contains(text, "${") {
			p.found = append(p.found, pair{key, text})
		}
	case c == '{' && depth == 0: // the braces of JSX
		end := p.closing()
		if p.failed {
			return
		}
		inner := literalReader{src: p.src[p.at+1 : end]}
		inner.value(key, 1)
		if inner.blanks(); !inner.failed && inner.done() { // and nothing after it: "a" + b is a program
			p.found = append(p.found, inner.found...)
		}
		p.at = end + 1
	case c == '{':
		p.at++
		p.table(key, depth)
	case c == '[':
		p.at++
		for n := 0; ; n++ {
			if p.blanks(); p.done() || p.failed {
				p.failed = true
				return
			}
			if p.src[p.at] == ']' {
				p.at++
				return
			}
			p.value(key+"."+strconv.Itoa(n), depth+1)
		}
	default:
		p.word()
	}
}

// table reads the keys and values of an object after its brace.
func (p *literalReader) table(key string, depth int) {
	for !p.failed {
		if p.blanks(); p.done() {
			p.failed = true
			return
		}
		if p.src[p.at] == '}' {
			p.at++
			return
		}
		name := property.FindString(p.src[p.at:])
		if name = strings.TrimSuffix(name, ":"); name != "" {
			p.at += len(name)
		} else if c := p.src[p.at]; c == '"' || c == '\'' {
			name, _ = p.quoted()
		}
		if p.blanks(); name == "" || p.done() || p.src[p.at] != ':' {
			p.failed = true
			return
		}
		p.at++
		p.value(key+"."+name, depth+1)
	}
}

// word passes over a number or a name, which shows nothing.
func (p *literalReader) word() {
	start := p.at
	for !p.done() {
		r, n := utf8.DecodeRuneInString(p.src[p.at:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '_' && r != '-' && r != '$' {
			break
		}
		p.at += n
	}
	p.failed = p.failed || p.at == start
}

func (p *literalReader) quoted() (string, bool) {
	mark := p.src[p.at]
	for i := p.at + 1; i < len(p.src); i++ {
		switch p.src[i] {
		case '\\':
			i++
		case mark:
			text := strings.ReplaceAll(p.src[p.at+1:i], `\`+string(mark), string(mark))
			p.at = i + 1
			return text, true
		}
	}
	p.failed = true
	return "", false
}

// closing finds the brace that closes the one here.
func (p *literalReader) closing() int {
	depth := 0
	for i := p.at; i < len(p.src); i++ {
		switch c := p.src[i]; c {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		case '"', '\'', '`':
			q := literalReader{src: p.src, at: i}
			if _, ok := q.quoted(); !ok {
				p.failed = true
				return i
			}
			i = q.at - 1
		}
	}
	p.failed = true
	return len(p.src)
}

func (p *literalReader) braces() {
	if end := p.closing(); !p.failed {
		p.at = end + 1
	}
}
