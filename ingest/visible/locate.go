package visible

import (
	"strings"
	"unicode"

	"rapporteur/ingest"
)

// Locate gives blocks of a body the line of the source that they begin on, where the parser of the format does not tell lines:
// the next line, from that of the block before, that holds the block's first words. What is not found stands where the block
// before it stands. body begins on line first.
func (c *Content) Locate(body []byte, first int) {
	lines := strings.Split(string(body), "\n")
	for i, l := range lines {
		lines[i] = letters(l, len(l))
	}
	at := 0
	for i := range c.Blocks {
		b := &c.Blocks[i]
		if b.Kind == ingest.TitleBlock || b.Kind == ingest.FieldBlock && b.Key != "" {
			continue
		}
		start, _, _ := strings.Cut(b.In(c.Text), "\n")
		start = letters(start, 24)
		const far = 400 // lines to look ahead
		for k := at; k < min(len(lines), at+far) && start != ""; k++ {
			if strings.Contains(lines[k], start) || len(lines[k]) > 8 && strings.HasPrefix(start, lines[k]) {
				at = k
				break
			}
		}
		b.Line = first + at
	}
}

// letters are the letters and digits of a text, the first n bytes of them.
func letters(s string, n int) string {
	var b strings.Builder
	for _, r := range s {
		if b.Len() >= n {
			break
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}
