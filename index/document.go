package index

import "strings"

// Document is one thing that can be found. Text need not be valid UTF-8: it is mended before analysis.
type Document struct {
	ID       string              // unique in the index, not empty
	Kind     string              // a word; statistics and filters go by it
	Lang     string              // BCP 47; English if empty
	Title    string              //
	Headings []string            //
	Body     []string            // blocks; a phrase does not reach from one into the next
	Names    []string            // names of what it is about or mentions; a phrase does not reach from one into the next
	Facets   map[string][]string // by name of facet: the document's values
	Date     string              // YYYY, YYYY-MM or YYYY-MM-DD; empty if unknown
	EndDate  string              // the last day of what takes several; else empty
	Stored   []byte              // what a list of hits shows of it
	Text     string              // what Passages cuts
}

// The fields of words, in the order of the arrays that hold one value a field.
const (
	titleField = iota
	headingsField
	bodyField
	namesField
	wordFields
)

var fieldNames = [wordFields]string{"title", "headings", "body", "names"}

// fields returns the words of the document, a text for each field.
func (d *Document) fields() [wordFields]string {
	return [wordFields]string{
		titleField:    d.Title,
		headingsField: strings.Join(d.Headings, breakMark),
		bodyField:     strings.Join(d.Body, breakMark),
		namesField:    strings.Join(d.Names, breakMark),
	}
}
