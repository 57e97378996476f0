package answer

import (
	"net/url"
	"strings"

	"rapporteur/ingest"
)

// Slug returns the last segment of an IRI: what tells it from others of its kind.
func Slug(id ingest.IRI) string {
	return string(id[strings.LastIndexByte(string(id), '/')+1:])
}

// fragmentWords is how many words of a long quotation name its start, and how many its end.
const fragmentWords = 5

// TextFragment returns the address of a page with the text fragment that makes a browser scroll to a quotation and mark it
// (https://wicg.github.io/scroll-to-text-fragment). A long quotation is given by its first and last words. The page's
// address comes back unchanged if the quotation is empty.
func TextFragment(page, quote string) string {
	words := strings.Fields(quote)
	if page == "" || len(words) == 0 {
		return page
	}
	text := fragmentEscape(strings.Join(words, " "))
	if len(words) > 2*fragmentWords+2 {
		text = fragmentEscape(strings.Join(words[:fragmentWords], " ")) + "," +
			fragmentEscape(strings.Join(words[len(words)-fragmentWords:], " "))
	}
	if strings.Contains(page, "#") {
		return page + ":~:text=" + text
	}
	return page + "#:~:text=" + text
}

// fragmentEscape escapes a part of a text directive: beside what an address needs, "-", "," and "&" mean something there.
func fragmentEscape(s string) string { return fragmentEscapes.Replace(url.QueryEscape(s)) }

var fragmentEscapes = strings.NewReplacer("+", "%20", "-", "%2D")
