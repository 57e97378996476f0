package markdown

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"rapporteur/ingest/visible"
)

var (
	metaLine = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9_-]*(?: [A-Za-z]+)?):(?:[ \t]+(.*))?$`)
	metaMore = regexp.MustCompile(`^(?: {4}|\t)[ \t]*\S`)
	// told are keys at least one of which stands in the metadata of any page: a text may begin with "Note: ..." too.
	told = map[string]bool{"title": true, "date": true, "author": true, "authors": true, "slug": true, "summary": true, "category": true,
		"tags": true}
)

// mostMeta is how many lines metadata may have.
const mostMeta = 200

// Head takes the metadata that Pelican, MkDocs and MultiMarkdown know off the head of a file: lines "Key: value" up to the
// first empty line, longer values going on in indented lines. Values of authors and the like are parted at semicolons, else
// commas. Without such lines it returns no values and all of src.
func Head(src []byte) (values []visible.Value, body []byte, line int) {
	lines := bytes.SplitAfter(bytes.TrimPrefix(src, []byte("\ufeff")), []byte("\n"))
	if values, body, line := postHead(lines); values != nil {
		return values, body, line
	}
	n, known := 0, false
	for ; n < len(lines) && n < mostMeta; n++ {
		l := strings.TrimRight(string(lines[n]), " \t\r\n")
		if l == "" {
			break
		}
		if m := metaLine.FindStringSubmatch(l); m != nil {
			key := strings.ToLower(strings.ReplaceAll(m[1], " ", "_"))
			known = known || told[key]
			values = append(values, visible.Value{Key: key, Text: strings.TrimSpace(m[2]), Line: n + 1})
			continue
		}
		if len(values) == 0 || !metaMore.MatchString(l) {
			return nil, src, 1
		}
		last := &values[len(values)-1]
		last.Text = strings.TrimSpace(last.Text + " " + strings.TrimSpace(l))
	}
	if !known {
		return nil, src, 1
	}
	var out []visible.Value
	for _, v := range values {
		out = append(out, Listed(v)...)
	}
	return out, bytes.Join(lines[n:], nil), n + 1
}

// postLine opens the directive by which ABlog publishes a post, as MyST's Markdown writes it.
var postLine = regexp.MustCompile("^```\\{post\\}[ \\t]*(.*)$")

// postHead reads the directive of a post at the head of a file: its day, and options between it and the end of the directive.
func postHead(lines [][]byte) (values []visible.Value, body []byte, line int) {
	n := 0
	for n < len(lines) && len(bytes.TrimSpace(lines[n])) == 0 {
		n++
	}
	if n == len(lines) {
		return nil, nil, 0
	}
	m := postLine.FindSubmatch(bytes.TrimSpace(lines[n]))
	if m == nil {
		return nil, nil, 0
	}
	values = append(values, visible.Value{Key: "date", Text: string(m[1]), Line: n + 1})
	for n++; n < len(lines) && n < mostMeta; n++ {
		l := strings.TrimSpace(string(lines[n]))
		if l == "```" {
			return values, bytes.Join(lines[n+1:], nil), n + 2
		}
		key, text, ok := strings.Cut(strings.TrimPrefix(l, ":"), ":")
		if text = strings.Trim(text, " ,"); ok && text != "" && told[key] {
			values = append(values, Listed(visible.Value{Key: key, Text: text, Line: n + 1})...)
		}
	}
	return nil, nil, 0
}

// Listed parts the value of a key that lists names or words into one value each. Others, and empty ones, stay as they are.
func Listed(v visible.Value) []visible.Value {
	switch v.Key {
	case "authors", "author", "speakers", "speaker", "presenters", "presenter", "tags", "keywords", "topics", "categories":
	default:
		return []visible.Value{v}
	}
	mark := ","
	if strings.Contains(v.Text, ";") {
		mark = ";"
	}
	if !strings.Contains(v.Text, mark) {
		return []visible.Value{v}
	}
	var out []visible.Value
	for part := range strings.SplitSeq(v.Text, mark) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, visible.Value{Key: v.Key + "." + strconv.Itoa(len(out)), Text: part, Line: v.Line})
		}
	}
	return out
}
