package ingest

import (
	"strings"
	"testing"
)

func TestFragmentURL(t *testing.T) {
	const url = "https://x.example/a"
	for _, test := range []struct{ name, text, before, quote, want string }{
		{"words that stand once", "Ann Lee spoke.", "", "Ann Lee", "#:~:text=Ann%20Lee"},
		{"signs that mean something", "Said A-B, C & D: “é” 50%", "", "A-B, C & D: “é” 50%",
			"#:~:text=A%2DB%2C%20C%20%26%20D%3A%20%E2%80%9C%C3%A9%E2%80%9D%2050%25"},
		{"the first of two", "Ann Lee spoke. Then Ann Lee left.", "", "Ann Lee", "#:~:text=Ann%20Lee,-spoke."},
		{"the second of two", "Ann Lee spoke. Then Ann Lee left.", "spoke. Then ", "Ann Lee", "#:~:text=Then-,Ann%20Lee"},
		{"as a part of a longer word it does not count", "Annex. Ann left.", "Annex. ", "Ann", "#:~:text=Ann"},
		{"case makes no difference to a browser", "ANN came. Then Ann left.", "came. Then ", "Ann", "#:~:text=Then-,Ann"},
		{"nothing tells them apart", "Ann\nAnn", "", "Ann", "#:~:text=Ann"},
		{"a long quotation", "a b c d e f g h i j k l m n o", "", "b c d e f g h i j k l m n", "#:~:text=b%20c%20d%20e%20f,j%20k%20l%20m%20n"},
		{"across blocks", "One two\nthree four", "", "One two\nthree four", "#:~:text=One%20two,three%20four"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := &Page{URL: url, Text: test.text}
			at := strings.Index(test.text, test.before) + len(test.before)
			at += strings.Index(test.text[at:], test.quote)
			if got := p.FragmentURL(Span{at, at + len(test.quote)}); got != url+test.want {
				t.Errorf("got  %s\nwant %s", got, url+test.want)
			}
		})
	}
	if got := (&Page{Text: "x"}).FragmentURL(Span{0, 1}); got != "" {
		t.Errorf("a page without an address: %q", got)
	}
	if got := (&Page{URL: url, Text: "x"}).FragmentURL(Span{}); got != url {
		t.Errorf("an empty span: %q", got)
	}
	if got := (&Page{URL: url + "#h", Text: "x"}).FragmentURL(Span{0, 1}); got != url+"#h:~:text=x" {
		t.Errorf("an address with a fragment: %q", got)
	}
}
