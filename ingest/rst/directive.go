package rst

import (
	"html"
	"regexp"
	"strings"

	"rapporteur/ingest/fold"
)

var (
	directive    = regexp.MustCompile(`^\.\. (?:\|[^|]+\| )?([A-Za-z][\w:.+-]*)::(?:\s+(.*))?$`)
	target       = regexp.MustCompile("^\\.\\. _(?:`([^`]+)`|([^:]+)):\\s+(\\S+)\\s*$")
	substitution = regexp.MustCompile(`^\.\. \|([^|]+)\| (?:replace|unicode)::\s+(.*)$`)
	footnote     = regexp.MustCompile(`^\.\. \[[^\]]+\]\s+(.*)$`)
)

// unseen are directives that show no text of the page's own; coded are those whose content is shown as it is.
var (
	unseen = map[string]bool{"toctree": true, "contents": true, "include": true, "meta": true, "index": true, "highlight": true,
		"default-role": true, "role": true, "sectnum": true,
		"automodule": true, "autoclass": true, "autofunction": true, "literalinclude": true, "youtube": true, "vimeo": true, "iframe": true,
		"postlist": true, "bibliography": true, "math": true, "graphviz": true, "mermaid": true}
	coded = map[string]bool{"code": true, "code-block": true, "sourcecode": true, "parsed-literal": true, "prompt": true, "doctest": true}
)

// explicit writes what a reader sees of a directive, a footnote, a target or a comment. rest are its indented lines.
func (p *parser) explicit(first line, rest []line, depth int) {
	if m := footnote.FindStringSubmatch(first.text); m != nil {
		p.blocks(append([]line{{first.n, m[1]}}, dedent(rest)...), depth+1)
		return
	}
	m := directive.FindStringSubmatch(first.text)
	if m == nil || substitution.MatchString(first.text) {
		return // a comment, a target, a substitution
	}
	name, argument := strings.ToLower(m[1]), m[2]
	body := dedent(rest)
	options := map[string]string{}
	i := 0
	for ; i < len(body) && !body[i].blank(); i++ {
		f := fieldLine.FindStringSubmatch(body[i].text)
		if f == nil && !option.MatchString(body[i].text) {
			if len(options) == 0 && argument != "" && body[i].indent() == 0 && !coded[name] {
				argument += " " + body[i].text // an argument of several lines
				continue
			}
			break
		}
		if f != nil {
			options[strings.ToLower(f[1])] = f[2]
		}
	}
	body = body[i:]
	switch {
	case unseen[name]:
	case coded[name]:
		p.literal(body)
	case name == "raw":
		if strings.TrimSpace(argument) == "html" {
			for _, l := range body {
				p.out.WriteString(l.text + "\n")
			}
		}
	case name == "image" || name == "figure" || strings.HasSuffix(name, "image"):
		p.tag("p", first.n)
		p.out.WriteString(`<img alt="` + html.EscapeString(options["alt"]) + `">`)
		p.end("p")
		if len(body) > 0 {
			p.tag("figure", first.n)
			p.blocks(body, depth+1)
			p.end("figure")
		}
	case name == "csv-table":
		p.caption(argument, first.n)
		p.csv(options["header"], body)
	default:
		if name != "only" && name != "class" && name != "container" && name != "tab-set" && name != "grid" && name != "list-table" {
			p.caption(argument, first.n)
		}
		p.blocks(body, depth+1)
	}
}

// caption writes the argument of a directive: the title of a note, a table, a topic.
func (p *parser) caption(text string, n int) {
	if strings.TrimSpace(text) != "" {
		p.tag("p", n)
		p.out.WriteString(p.in.inline(text))
		p.end("p")
	}
}

// targets are the addresses that names stand for, in small letters.
func targets(ls []line) map[string]string {
	out := map[string]string{}
	for _, l := range ls {
		if m := target.FindStringSubmatch(strings.TrimSpace(l.text)); m != nil {
			out[strings.ToLower(m[1]+m[2])] = m[3]
		}
	}
	return out
}

// substitutions are the words that |names| stand for.
func substitutions(ls []line) map[string]string {
	out := map[string]string{}
	for _, l := range ls {
		if m := substitution.FindStringSubmatch(l.text); m != nil {
			out[m[1]] = m[2]
		}
	}
	return out
}

// inliner writes the text of a paragraph as HTML.
type inliner struct {
	targets map[string]string
	words   map[string]string
}

var inlineMarkup = regexp.MustCompile("``([^`]+)``" + // 1 literal
	"|:([\\w:.+-]+):`([^`]+)`" + // 2, 3 role and text
	"|`([^`]+)`(?::([\\w:.+-]+):|(__?))?" + // 4 text, 6 reference
	`|\*\*([^*\n](?:[^*]|\*[^*])*?)\*\*` + // 7 strong
	`|\*([^*\s](?:[^*]*[^*\s])?)\*` + // 8 emphasis
	`|\|([A-Za-z][^|\n]{0,60})\|_{0,2}` + // 9 substitution
	`|\[(?:[\w#*-]+)\]_` + // footnote
	`|\b([A-Za-z][\w.-]*[A-Za-z0-9])_\b` + // 10 a reference of one word
	`|(https?://[^\s<>"]*[^\s<>".,;:!?)\]])` + // 11 an address
	`|\\(.)`) // 12 escaped

var textTarget = regexp.MustCompile(`^(?s)(.*?)\s*<([^<>]+)>$`)

func (in inliner) inline(s string) string {
	var b strings.Builder
	at := 0
	for _, m := range inlineMarkup.FindAllStringSubmatchIndex(s, -1) {
		g := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return s[m[2*i]:m[2*i+1]]
		}
		b.WriteString(html.EscapeString(s[at:m[0]]))
		at = m[1]
		switch {
		case g(1) != "":
			b.WriteString("<code>" + html.EscapeString(g(1)) + "</code>")
		case g(2) != "":
			b.WriteString(in.role(g(2), g(3)))
		case g(4) != "":
			b.WriteString(in.reference(g(4), g(6) != ""))
		case g(7) != "":
			b.WriteString("<strong>" + html.EscapeString(g(7)) + "</strong>")
		case g(8) != "":
			b.WriteString("<em>" + html.EscapeString(g(8)) + "</em>")
		case g(9) != "":
			b.WriteString(html.EscapeString(in.words[g(9)]))
		case g(10) != "":
			b.WriteString(in.reference(g(10), true))
		case g(11) != "":
			b.WriteString(anchor(g(11), g(11)))
		case g(12) != "":
			if strings.TrimSpace(g(12)) != "" {
				b.WriteString(html.EscapeString(g(12)))
			}
		}
	}
	b.WriteString(html.EscapeString(s[at:]))
	return b.String()
}

// role writes interpreted text: links to documents are links, of the rest the words stay.
func (in inliner) role(role, text string) string {
	words, to := text, ""
	if m := textTarget.FindStringSubmatch(text); m != nil {
		words, to = m[1], m[2]
	}
	words = strings.TrimLeft(words, "~!")
	switch role {
	case "doc":
		if to == "" {
			to = words
		}
		return anchor("link:"+strings.TrimSuffix(to, ".rst")+".rst", words)
	case "strong":
		return "<strong>" + html.EscapeString(words) + "</strong>"
	}
	return html.EscapeString(words)
}

// reference writes `text <address>`_, `name`_ and `text`.
func (in inliner) reference(text string, linked bool) string {
	if m := textTarget.FindStringSubmatch(text); m != nil && linked {
		to := m[2]
		if t := in.targets[strings.ToLower(strings.TrimSuffix(to, "_"))]; t != "" {
			to = t
		}
		return anchor(to, m[1])
	}
	if to := in.targets[strings.ToLower(text)]; linked && to != "" {
		return anchor(to, text)
	}
	return html.EscapeString(text)
}

func anchor(to, words string) string {
	to = strings.NewReplacer("{filename}", "link:", "{static}", "link:", "|filename|", "link:").Replace(strings.TrimSpace(to))
	if words == "" {
		words = to
	}
	return `<a href="` + html.EscapeString(to) + `">` + html.EscapeString(words) + `</a>`
}

// plain is text without the marks of inline markup.
func plain(s string) string {
	return fold.Space(html.UnescapeString(tags.ReplaceAllString(inliner{}.inline(s), "")))
}

var tags = regexp.MustCompile(`<[^<>]*>`)
