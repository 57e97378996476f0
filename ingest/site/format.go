package site

import (
	"path"
	"slices"
	"strings"

	"rapporteur/ingest/asciidoc"
	"rapporteur/ingest/hypertext"
	"rapporteur/ingest/icalendar"
	"rapporteur/ingest/markdown"
	"rapporteur/ingest/org"
	"rapporteur/ingest/rst"
	"rapporteur/ingest/visible"
)

// Reader reads the files of one format.
type Reader interface {
	// Head takes off a file what it says of itself in the format's own way (a title, a date, authors ...), where it has no
	// front matter between fences. line is the source line of the body's first line, from 1. A format that has no such way
	// returns no values and all of src.
	Head(src []byte) (values []visible.Value, body []byte, line int)
	// Content makes the visible text: the fields in their order, then the body, which begins on the given source line.
	// It must be safe for parallel use and give the same for the same input.
	Content(fields []visible.Field, body []byte, line int) visible.Content
}

// Format is how files with certain endings are read.
type Format struct {
	Name      string   // "Markdown"
	Endings   []string // in lower case, with the dot
	NeedsHead bool     // a file that says nothing of itself is a template, or made by something else, and no page
	Reader    Reader
}

// formats are all formats that are read. An ending stands in one of them only.
func formats(md *markdown.Reader) []Format {
	return []Format{
		{Name: "Markdown", Endings: []string{".md", ".markdown", ".mkd", ".mdown", ".mdx", ".svx", ".qmd", ".rmd", ".rmarkdown"},
			Reader: markdownReader{md}},
		{Name: "HTML", Endings: []string{".html", ".htm", ".xhtml"}, NeedsHead: true, Reader: htmlReader{md}},
		{Name: "reStructuredText", Endings: []string{".rst", ".rest"}, Reader: rst.Reader{}},
		{Name: "AsciiDoc", Endings: []string{".adoc", ".asciidoc", ".asc"}, Reader: asciidoc.Reader{}},
		{Name: "Org", Endings: []string{".org"}, Reader: org.Reader{}},
		{Name: "iCalendar", Endings: []string{".ics"}, Reader: icalendar.Reader{}},
	}
}

// Endings are the endings of all files that may be pages, in lower case, with the dot.
func Endings() []string {
	var all []string
	for _, f := range formats(nil) {
		all = append(all, f.Endings...)
	}
	return all
}

// formatOf finds the format of a file by its ending; nil if it can be no page.
func formatOf(all []Format, name string) *Format {
	ending := strings.ToLower(path.Ext(name))
	for i := range all {
		if slices.Contains(all[i].Endings, ending) {
			return &all[i]
		}
	}
	return nil
}

// markdownReader reads Markdown.
type markdownReader struct{ *markdown.Reader }

func (markdownReader) Head(src []byte) ([]visible.Value, []byte, int) { return markdown.Head(src) }

func (r markdownReader) Content(fields []visible.Field, body []byte, line int) visible.Content {
	return r.Read(fields, body, line, false)
}

// htmlReader reads HTML: whole pages, and what stands in a page that a generator makes.
type htmlReader struct{ *markdown.Reader }

func (htmlReader) Head(src []byte) ([]visible.Value, []byte, int) {
	return hypertext.Reader{}.Head(src)
}

func (r htmlReader) Content(fields []visible.Field, body []byte, line int) visible.Content {
	if hypertext.Whole(body) {
		return hypertext.Reader{}.Content(fields, body, line)
	}
	return r.Read(fields, body, line, true)
}

// head makes front matter of the values that a file gives of itself in its format's own way.
func head(values []visible.Value) matter {
	m := matter{values: map[string]any{}, found: len(values) > 0}
	for _, v := range values {
		m.leaves = append(m.leaves, leaf{path: strings.Split(v.Key, "."), value: v.Text, line: v.Line, text: true})
	}
	m.values, _ = nest(m.leaves, 0).(map[string]any)
	return m
}

// nest makes lists and tables of leaves whose paths are the same up to a depth.
func nest(leaves []leaf, depth int) any {
	if len(leaves) == 0 {
		return map[string]any{}
	}
	if len(leaves[0].path) == depth {
		return leaves[len(leaves)-1].value // of a key that stands twice the last one holds
	}
	var keys []string
	under := map[string][]leaf{}
	list := true
	for _, l := range leaves {
		if len(l.path) <= depth {
			continue
		}
		k := l.path[depth]
		if under[k] == nil {
			keys = append(keys, k)
			list = list && strings.Trim(k, "0123456789") == ""
		}
		under[k] = append(under[k], l)
	}
	if list && depth > 0 {
		var out []any
		for _, k := range keys {
			out = append(out, nest(under[k], depth+1))
		}
		return out
	}
	out := map[string]any{}
	for _, k := range keys {
		out[k] = nest(under[k], depth+1)
	}
	return out
}
