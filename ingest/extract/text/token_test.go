package text

import (
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/wordclass"
)

func pageOf(text string) *ingest.Page {
	return &ingest.Page{Path: "a.md", Title: "A", Text: text,
		Blocks: []ingest.Block{{Kind: ingest.ParagraphBlock, Span: ingest.Span{End: len(text)}, Heading: -1, LeadIn: -1, Parent: -1}}}
}

func TestTokens(t *testing.T) {
	x, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Dr. Mary O'Neill-Smith's talk.":      "Dr.|Mary|O'Neill-Smith|'|s|talk|.",
		"J. R. Hartley (U.S. Navy), AT&T":     "J.|R.|Hartley|(|U.S.|Navy|)|,|AT&T",
		"see https://a.org/b?c=d. Then @jane": "see|https://a.org/b?c=d|.|Then|@jane",
		"Jeni’s a@b.org, NIC.br 18F 10:30-11": "Jeni|’|s|a@b.org|,|NIC.br|18F|10|:|30-11",
		"王小明 and Łukasz Żółć":                 "王小明|and|Łukasz|Żółć",
		"**":                                  "*|*",
	} {
		var got []string
		for _, tok := range x.tokenise(pageOf(text)) {
			got = append(got, tok.Text)
			if text[tok.Start:tok.End] != tok.Text {
				t.Errorf("%q: token %q stands elsewhere", text, tok.Text)
			}
		}
		if g := strings.Join(got, "|"); g != want {
			t.Errorf("%q:\n got %s\nwant %s", text, g, want)
		}
	}
}

func reader() (*Reader, error) {
	words, err := gazetteer.Load()
	if err != nil {
		return nil, err
	}
	classes, err := wordclass.Load()
	return &Reader{Words: words, Classes: classes}, err
}
