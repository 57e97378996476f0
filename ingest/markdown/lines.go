package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"rapporteur/ingest/fold"
)

// longestLine is how many bytes a line has at most that was ended on purpose: text that is wrapped runs on to some eighty.
const longestLine = 60

// onPurpose reports whether the lines of a paragraph were ended on purpose, as those of an address or of a name, a body and a post
// below each other are: all are short, each begins with a capital or a number, and none ends with a word that leads on.
func onPurpose(lines *text.Segments, source []byte) bool {
	if lines == nil || lines.Len() < 2 {
		return false
	}
	for i := range lines.Len() {
		s := lines.At(i)
		line := bytes.TrimSpace(s.Value(source))
		first, _ := utf8.DecodeRune(bytes.TrimLeft(line, "*_[“\"("))
		if len(line) > longestLine || !unicode.IsUpper(first) && !unicode.IsDigit(first) {
			return false
		}
		words := strings.Fields(string(line))
		last := strings.ToLower(words[len(words)-1])
		if i < lines.Len()-1 && (leadsOn[last] || strings.HasSuffix(last, "-")) {
			return false
		}
	}
	return true
}

// leadsOn are words that a line does not end with on purpose.
var leadsOn = fold.Set(`a an the of for and or in at on to by with from de der die das und von für et la le del y & dr dr. professor prof
	prof. mr ms sir dame lord lady`)

// endLines keeps the ends of a paragraph's lines, which otherwise are spaces.
func endLines(paragraph ast.Node) {
	_ = ast.Walk(paragraph, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering && t.SoftLineBreak() {
			t.SetHardLineBreak(true)
		}
		return ast.WalkContinue, nil
	})
}
