package data

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
)

// token is a token of JavaScript that is neither white space nor comment.
type token struct {
	kind js.TokenType
	text string
	line int
}

// tokens takes a source apart up to its end, or to what is no JavaScript.
func tokens(src []byte) []token {
	var out []token
	lexer := js.NewLexer(parse.NewInputBytes(bytes.Clone(src)))
	line := 1
	for {
		kind, text := lexer.Next()
		if kind == js.DivToken || kind == js.DivEqToken {
			if n := len(out); n == 0 || endsOperand(out[n-1]) {
				out = append(out, token{kind, string(text), line})
				continue
			}
			kind, text = lexer.RegExp()
		}
		switch kind {
		case js.ErrorToken:
			return out
		case js.WhitespaceToken, js.LineTerminatorToken, js.CommentToken, js.CommentLineTerminatorToken:
		default:
			out = append(out, token{kind, string(text), line})
		}
		line += bytes.Count(text, []byte("\n"))
	}
}

// endsOperand reports whether a slash after the token divides.
func endsOperand(t token) bool {
	return t.text == ")" || t.text == "]" || t.text == "}" || js.IsIdentifierName(t.kind) && t.text != "return" || js.IsNumeric(t.kind) ||
		t.kind == js.StringToken
}

var member = regexp.MustCompile(`^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$`)

// template reads a template; what is to be put into it stays as "{{ name }}", without the name of the function's parameter.
func (m *module) template() string {
	t := m.tokens[m.at]
	m.at++
	if t.kind == js.TemplateToken {
		return unescape(strings.Trim(t.text, "`"))
	}
	var b strings.Builder
	b.WriteString(unescape(strings.TrimSuffix(strings.TrimPrefix(t.text, "`"), "${")))
	for m.at < len(m.tokens) {
		var inner strings.Builder
		for m.at < len(m.tokens) && m.kind() != js.TemplateMiddleToken && m.kind() != js.TemplateEndToken {
			inner.WriteString(m.peek(0))
			m.at++
		}
		if m.at >= len(m.tokens) {
			break
		}
		name := inner.String()
		switch v := m.names[name]; {
		case v.String() != "":
			b.WriteString(v.String())
		case member.MatchString(name):
			if head, rest, ok := strings.Cut(name, "."); ok && (head == "data" || head == "this" || len(head) == 1) {
				name = rest
			}
			fmt.Fprintf(&b, "{{ %s }}", name)
		default:
			b.WriteString("{{ ? }}")
		}
		end := m.tokens[m.at]
		m.at++
		text := strings.TrimPrefix(end.text, "}")
		if end.kind == js.TemplateEndToken {
			b.WriteString(unescape(strings.TrimSuffix(text, "`")))
			break
		}
		b.WriteString(unescape(strings.TrimSuffix(text, "${")))
	}
	return b.String()
}

func unquote(s string) string {
	if len(s) < 2 {
		return s
	}
	return unescape(s[1 : len(s)-1])
}

// unescape reads the escapes of a JavaScript string.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	var high rune
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch c := s[i]; c {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case 'r', 'b', 'f', 'v', '0', '\n':
			b.WriteByte(' ')
		case 'u', 'x':
			r, n := hexRune(s[i:])
			i += n
			switch {
			case utf16.IsSurrogate(r) && high == 0:
				high = r
			case high != 0:
				b.WriteRune(utf16.DecodeRune(high, r))
				high = 0
			default:
				b.WriteRune(r)
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// hexRune reads "u00e9", "u{1F600}" or "xe9", and returns how many bytes follow the letter.
func hexRune(s string) (rune, int) {
	digits, n := "", 0
	switch {
	case strings.HasPrefix(s, "u{"):
		end := strings.IndexByte(s, '}')
		if end < 0 {
			return '\uFFFD', 0
		}
		digits, n = s[2:end], end
	case s[0] == 'x' && len(s) > 2:
		digits, n = s[1:3], 2
	case len(s) > 4:
		digits, n = s[1:5], 4
	}
	v, err := strconv.ParseInt(digits, 16, 32)
	if err != nil {
		return '\uFFFD', n
	}
	return rune(v), n
}
