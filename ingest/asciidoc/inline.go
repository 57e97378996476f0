package asciidoc

import (
	"html"
	"regexp"
	"strings"

	"rapporteur/ingest/fold"
)

var inlineMarkup = regexp.MustCompile(`(?:link:|xref:)([^\s\[\]]+)\[([^\]]*)\]` + // 1, 2 an address and its words
	`|((?:https?|mailto|irc):[^\s\[\]<>"]+)\[([^\]]*)\]` + // 3, 4
	`|<<([^<>,]+)(?:,\s*([^<>]+))?>>` + // 5, 6 a place on the page or another page
	`|<?(https?://[^\s<>"\[\]]*[^\s<>"\[\].,;:!?)])>?` + // 7
	`|image:([^\s:\[\]]+)\[([^\]]*)\]` + // 8, 9
	"|``?([^`\\n]+)``?" + // 10
	`|\*\*?([^*\s](?:[^*\n]*[^*\s])?)\*\*?` + // 11
	`|\b__?([^_\s](?:[^_\n]*[^_\s])?)__?\b` + // 12
	`|\{([\w-]+)\}` + // 13
	`|(?:footnote|footnoteref):[\w-]*\[([^\]]*)\]` + // 14
	`|\[\[[^\]]*\]\]|\[#[^\]]*\]|\[\.[\w.-]+\]#?` +
	`| \+(?:\n|$)`)

// inline writes the text of a paragraph as HTML. Attributes are put in place; what they hold is text.
func inline(s string, attributes map[string]string) string {
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
			b.WriteString(anchor("link:"+g(1), g(2)))
		case g(3) != "":
			b.WriteString(anchor(g(3), g(4)))
		case g(5) != "":
			b.WriteString(html.EscapeString(g(6)))
		case g(7) != "":
			b.WriteString(anchor(g(7), ""))
		case g(8) != "":
			alt, _, _ := strings.Cut(g(9), ",")
			b.WriteString(`<img alt="` + html.EscapeString(alt) + `">`)
		case g(10) != "":
			b.WriteString("<code>" + html.EscapeString(strings.Trim(g(10), "+")) + "</code>")
		case g(11) != "":
			b.WriteString("<strong>" + html.EscapeString(g(11)) + "</strong>")
		case g(12) != "":
			b.WriteString("<em>" + html.EscapeString(g(12)) + "</em>")
		case g(13) != "":
			b.WriteString(html.EscapeString(attributes[g(13)]))
		case g(14) != "":
			b.WriteString(" (" + html.EscapeString(g(14)) + ")")
		case strings.HasPrefix(s[m[0]:m[1]], " +"):
			b.WriteString("<br>\n")
		}
	}
	b.WriteString(html.EscapeString(s[at:]))
	return b.String()
}

func anchor(to, words string) string {
	if i := strings.Index(words, `,`); i >= 0 && strings.Contains(words[i:], "=") { // window=_blank
		words = words[:i]
	}
	if words = strings.Trim(strings.TrimSuffix(words, "^"), `"`); words == "" {
		words = strings.TrimPrefix(to, "link:")
	}
	if path, ok := strings.CutPrefix(to, "link:"); ok && strings.Contains(path, "://") {
		to = path
	}
	return `<a href="` + html.EscapeString(to) + `">` + html.EscapeString(words) + `</a>`
}

// plain is text without the marks of inline markup.
func plain(s string) string {
	return fold.Space(html.UnescapeString(tags.ReplaceAllString(inline(s, nil), "")))
}

var tags = regexp.MustCompile(`<[^<>]*>`)
