// Package visible turns HTML, whatever it was made from, into the visible text of a page with the structure that the text
// had: blocks, links, emphasis. The packages that read a format (markdown, and others) give it HTML.
//
// The text is made once and deterministically. Within a block white space is folded to single spaces; <br> is a newline
// within its block. Blocks are separated by a newline, and nothing else stands between them. Anchor text is kept and so are
// the words of images (as blocks of their own, after the block that the image stands in).
package visible

import (
	"regexp"
	"slices"
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

// Value is something that a file says of itself in its format's own way. Lists are several values whose keys end in numbers
// from 0: "authors.0".
type Value struct {
	Key  string // as front matter has it: "title", "date", "authors.0", "speakers.0.name"
	Text string
	Line int // of the source file, from 1
}

// Issue is a part of a file that could not be read.
type Issue struct {
	Line  int    // of the source file, from 1
	Cause string // what was wrong, what was done and what to do
}

// Content is what a reader sees of a page. See ingest.Page for Text, Blocks and Links; targets of links are as written,
// save that template tags have become "post_url:NAME", "link:PATH" and "ref:PATH".
type Content struct {
	Text   string
	Blocks []ingest.Block
	Links  []ingest.Link
	Issues []Issue // in the order of lines
}

// seenAttributes are those of an include or a shortcode whose words stand on the page.
var seenAttributes = regexp.MustCompile(`^(?:title|caption|alt|credit|person|name|author|speaker|text|quote|summary|cite|source|` +
	`attribution|role|content|label|heading|subtitle|description)$`)

var addressPart = regexp.MustCompile(`^(?:[a-z]+:|/|\./|\.\./|#)|^\S+\.(?:png|jpe?g|gif|svg|webp|html?|css|js|pdf|md)$`)

// Shows reports whether the words of an attribute of an include, a shortcode or a component stand on the page.
func Shows(attribute, value string) bool {
	return seenAttributes.MatchString(attribute) && strings.ContainsFunc(value, unicode.IsLetter) && !addressPart.MatchString(value)
}

// Component is the element in which a component, an include or a shortcode that introduces somebody (see Introduces) is handed
// over: its attribute data-name is its name, the others are its properties, of lists and tables in it with paths as keys
// ("speakers.0.name"). They become fields "speaker.0.name" or "card.1.speakers.0.name", counted over the page from 0.
const Component = "x-component"

var (
	namesSomeone = regexp.MustCompile(`(?:^|\.)(?:name|person|speaker|author|presenter|fullname)(?:\.\d+)?$`)
	tellsOf      = regexp.MustCompile(`(?:^|\.)(?:org|organi[sz]ation|company|affiliation|employer|institution|institute|role|job|jobtitle|` +
		`position|title|bio)$`)
	noPerson = regexp.MustCompile(`(?:sponsor|partner|organi[sz]ation|company|venue|project|event|product|place|talk|session|tool|link|` +
		`button|image|figure|card)s?$`)
)

// Introduces reports whether attributes, in small letters, name somebody and say who it is.
func Introduces(attributes []string) bool {
	return slices.ContainsFunc(attributes, namesSomeone.MatchString) && slices.ContainsFunc(attributes, tellsOf.MatchString)
}

// LineAttribute is the attribute of an element that holds the line of the source it begins on.
const LineAttribute = "data-line"

// isFileName says whether an image's alternative text is only the name of its file.
func isFileName(s string) bool {
	i := strings.LastIndexByte(s, '.')
	return i > 0 && len(s)-i <= 5 && len(s)-i > 2 && !strings.ContainsRune(s, ' ')
}
