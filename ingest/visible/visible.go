// Package visible turns HTML, whatever it was made from, into the visible text of a page with the structure that the text
// had: blocks, links, emphasis. The packages that read a format (markdown, and others) give it HTML.
//
// The text is made once and deterministically. Within a block white space is folded to single spaces; <br> is a newline
// within its block. Blocks are separated by a newline, and nothing else stands between them. Anchor text is kept and so are
// the words of images (as blocks of their own, after the block that the image stands in).
package visible

import (
	"regexp"
	"strings"
	"unicode"

	"rapporteur/ingest"
)

// Field is a value of the front matter that a reader sees. Its text may hold the markup of the page.
type Field struct {
	Key   string // path in the front matter, such as "speakers.0.name"
	Value string
	Line  int  // of the source file, from 1
	Title bool // of the page
}

// Content is what a reader sees of a page. See ingest.Page for Text, Blocks and Links; targets of links are as written,
// save that template tags have become "post_url:NAME", "link:PATH" and "ref:PATH".
type Content struct {
	Text   string
	Blocks []ingest.Block
	Links  []ingest.Link
}

// seenAttributes are those of an include or a shortcode whose words stand on the page.
var seenAttributes = regexp.MustCompile(`^(?:title|caption|alt|credit|person|name|author|speaker|text|quote|summary|cite|source|attribution|role|content|label|heading|subtitle|description)$`)

var addressPart = regexp.MustCompile(`^(?:[a-z]+:|/|\./|\.\./|#)|^\S+\.(?:png|jpe?g|gif|svg|webp|html?|css|js|pdf|md)$`)

// Shows reports whether the words of an attribute of an include, a shortcode or a component stand on the page.
func Shows(attribute, value string) bool {
	return seenAttributes.MatchString(attribute) && strings.ContainsFunc(value, unicode.IsLetter) && !addressPart.MatchString(value)
}

// LineAttribute is the attribute of an element that holds the line of the source it begins on.
const LineAttribute = "data-line"

// isFileName says whether an image's alternative text is only the name of its file.
func isFileName(s string) bool {
	i := strings.LastIndexByte(s, '.')
	return i > 0 && len(s)-i <= 5 && len(s)-i > 2 && !strings.ContainsRune(s, ' ')
}
