package query

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"rapporteur/ingest/fold"
	"rapporteur/search/present"

	"rapporteur/index"
)

func newTestMarker(t testing.TB, words string) *marker {
	t.Helper()
	a, err := index.NewAnalyzer("en")
	if err != nil {
		t.Fatal(err)
	}
	m := &marker{weight: map[string]float64{}}
	terms := a.Terms(words)
	for _, term := range terms {
		m.weight[term] = 1
	}
	m.finders = []*index.Finder{a.NewFinder(terms)}
	return m
}

func TestPassages(t *testing.T) {
	filler := strings.Repeat("Nothing of note was said here about it. ", 20)
	for _, c := range []struct{ name, words, text, want string }{
		{"a sentence", "tide ledger", filler + "The tide ledger is kept by the wardens. " + filler,
			"<mark>tide ledger</mark> is kept by the wardens."},
		{"words that meet beat words alone", "tide ledger", "The tide came. " + filler + "They wrote the tide in the ledger. " + filler,
			"the <mark>tide</mark> in the <mark>ledger</mark>."},
		{"HTML is escaped", "tide", `a <script>alert("tide")</script> & b`,
			"a &lt;script&gt;alert(&#34;<mark>tide</mark>&#34;)&lt;/script&gt; &amp; b"},
		{"lines are told apart", "tide", "Anna Holm\nOpen water\nThe tide came in.\nNobody saw it",
			"The <mark>tide</mark> came in. Nobody saw it"},
		{"running text before a bare name", "anna holm",
			"Anna Holm\nOpen water\n" + filler + "Later Anna Holm, who keeps the ledger of the harbour, spoke at length.",
			"Later <mark>Anna Holm</mark>, who keeps"},
		{"values", "anna", "Anna\nOpen water\nThe tide came in.", "<mark>Anna</mark> · Open water · The tide came in."},
		{"stems", "wardens", "One warden spoke.", "One <mark>warden</mark> spoke."},
		{"without a word of it, the start", "orchard", "The tide came.", "The tide came."},
		{"empty", "tide", " \n ", ""},
	} {
		passages := newTestMarker(t, c.words).passages(c.text)
		got := ""
		if len(passages) > 0 {
			got = present.HTML(passages[0].shown)
		}
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q in it", c.name, got, c.want)
		}
	}
}

func TestQuoteIsTheSentence(t *testing.T) {
	p := newTestMarker(t, "ledger").passages("The tide came in.\nDr. Anna Holm keeps the ledger. Nobody else does.")
	if len(p) == 0 || p[0].quote != "Dr. Anna Holm keeps the ledger." {
		t.Errorf("the sentence is %+v", p)
	}
}

var markTags = regexp.MustCompile(`</?mark>`)

// A fragment is the words of its span, escaped, with marks that open and close in turn.
func FuzzPassages(f *testing.F) {
	for _, s := range []string{"The tide ledger", "<b>tide</b> & ledger", "tide\xff\xc3ledger", "\x00tide\x1b", "tide’s «ledger»\n\n\ttide",
		strings.Repeat("tide ledger. ", 100), "\u2029tide\u202e"} {
		f.Add(s)
	}
	m := newTestMarker(f, "tide ledger")
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range m.passages(text) {
			shown := present.HTML(p.shown)
			if p.Start < 0 || p.End < p.Start || p.End > len(text) {
				t.Fatalf("%q: span %+v", text, p.Span)
			}
			open := false
			for _, tag := range markTags.FindAllString(shown, -1) {
				if open == (tag == "<mark>") {
					t.Fatalf("%q: marks of %q do not match", text, shown)
				}
				open = tag == "<mark>"
			}
			bare := markTags.ReplaceAllString(shown, "")
			if open || strings.ContainsAny(bare, "<>\"") || strings.ContainsAny(shown, "\x00\x1b\n") {
				t.Fatalf("%q: %q is not escaped", text, shown)
			}
			want := fold.Space(plain(p.In(text)))
			got := fold.Space(strings.TrimSuffix(strings.TrimPrefix(html.UnescapeString(bare), "… "), " …"))
			if got != want && !strings.Contains(text, "…") {
				t.Fatalf("%q: %q, but the span holds %q", text, got, want)
			}
		}
	})
}
