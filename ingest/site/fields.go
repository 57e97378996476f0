package site

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"rapporteur/ingest/visible"
)

// shown are the keys whose values a generator's templates put on the page.
var shown = regexp.MustCompile(`^(?:title|subtitle|authors?|projects?|topics?|roles?|speakers?|presenters?|panell?ists?|moderators?|chairs?|facilitators?|discussants?|guests?|hosts?|instructors?|participants|contributors|` +
	`organi[sz]ations?|organi[sz]ers?|affiliations?|institutes?|institutions?|partners|funders?|sponsors?|location|place|city|country|venue|event|` +
	`description|name|abstract|summary|excerpt|teaser|intro|lede|lead|bio|biography|resources|source|tags|categories|keywords|themes?)$`)

// wrapper keys hold settings of the site's theme; what is in them counts as if it stood outside.
var wrapper = regexp.MustCompile(`^(?:extra|params|taxonomies|page|data)$`)

// neverShown are keys within shown values that hold addresses, pictures and settings.
var neverShown = regexp.MustCompile(`(?i)^(?:.*(?:url|uri|href|link|image|img|photo|picture|avatar|icon|logo|slug|e?mail|twitter|github|mastodon|linkedin|orcid|colou?r|class|layout|weight|order).*|id|key|src|file|path|date|time|start|end|lang|type|template|doi)$`)

// fields lists what a reader sees of the front matter, in the order of the source, the title first.
func (m matter) fields(title string, titleLine int) []visible.Field {
	var out []visible.Field
	if title != "" {
		out = append(out, visible.Field{Key: "title", Value: title, Line: titleLine, Title: true})
	}
	for _, l := range m.leaves {
		p := l.path
		for len(p) > 1 && wrapper.MatchString(p[0]) {
			p = p[1:]
		}
		if !l.text || !shown.MatchString(strings.ToLower(p[0])) || p[0] == "title" && len(l.path) == 1 || !strings.ContainsFunc(l.value, unicode.IsLetter) && !strings.HasPrefix(p[0], "t") {
			continue
		}
		hidden := isAddress(l.value)
		for _, k := range p[1:] {
			hidden = hidden || neverShown.MatchString(k)
		}
		if !hidden {
			out = append(out, visible.Field{Key: strings.Join(l.path, "."), Value: l.value, Line: l.line})
		}
	}
	return out
}

// isAddress says whether a value is a URL, an e-mail address or the name of a file.
func isAddress(s string) bool {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, " \n") {
		return false
	}
	return strings.Contains(s, "://") || strings.HasPrefix(s, "/") || strings.HasPrefix(s, "mailto:") || strings.Contains(s, "@") && strings.Contains(s, ".") ||
		strings.Contains(s, "/") && path.Ext(s) != ""
}

// text returns the first of some top-level keys that holds words, and its line. Of a key that stands twice the last one holds.
func (m matter) text(keys ...string) (string, int) {
	for _, key := range keys {
		for _, l := range slices.Backward(m.leaves) {
			if len(l.path) == 1 && l.path[0] == key && strings.TrimSpace(l.value) != "" {
				return strings.Join(strings.Fields(l.value), " "), l.line
			}
		}
	}
	return "", 0
}

// inside is text for keys that may stand in a wrapper, such as Zola's [extra].
func (m matter) inside(keys ...string) string {
	for _, key := range keys {
		for _, l := range m.leaves {
			p := l.path
			for len(p) > 1 && wrapper.MatchString(p[0]) {
				p = p[1:]
			}
			if len(p) == 1 && strings.EqualFold(p[0], key) && strings.TrimSpace(l.value) != "" {
				return strings.TrimSpace(l.value)
			}
		}
	}
	return ""
}

// list returns the values of a top-level key: a list, or text with blanks or commas between its values.
func (m matter) list(key string, blanks bool) []string {
	var out []string
	switch v := m.values[key].(type) {
	case []any:
		for _, x := range v {
			if s, ok := x.(string); ok && strings.TrimSpace(s) != "" {
				out = append(out, strings.TrimSpace(s))
			}
		}
	case string:
		parts := strings.Split(v, ",")
		if len(parts) == 1 && blanks {
			parts = strings.Fields(v)
		}
		for _, s := range parts {
			if s = strings.TrimSpace(s); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

// is says whether a key holds a truth value.
func (m matter) is(key string, truth bool) bool {
	v, ok := m.values[key].(bool)
	return ok && v == truth
}
