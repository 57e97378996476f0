package site

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/visible"
)

// shown are the keys whose values a generator's templates put on the page.
var shown = regexp.MustCompile(`^(?:title|subtitle|authors?|projects?|topics?|roles?|speakers?|presenters?|panell?ists?|moderators?|` +
	`chairs?|facilitators?|discussants?|guests?|hosts?|instructors?|participants|contributors|` +
	`organi[sz]ations?|organi[sz]ers?|affiliations?|company|employer|job_?title|institutes?|institutions?|partners|funders?|sponsors?|` +
	`location|place|city|country|venue|event|` +
	`description|name|abstract|summary|excerpt|teaser|intro|lede|lead|bio|biography|resources|source|tags|categories|keywords|themes?)$`)

// wrapper keys hold settings of the site's theme; what is in them counts as if it stood outside.
var wrapper = regexp.MustCompile(`^(?:extra|params|taxonomies|page|data)$`)

// neverShown are keys within shown values that hold addresses, pictures and settings.
var neverShown = regexp.MustCompile(`(?i)^(?:.*(?:url|uri|href|link|image|img|photo|picture|avatar|icon|logo|slug|e?mail|twitter|github|` +
	`mastodon|linkedin|orcid|colou?r|class|layout|weight|order).*|id|key|src|file|path|date|time|start|end|lang|type|template|doi)$`)

// fields lists what a reader sees of the front matter, in the order of the source, the title first. Keys that hold people
// or bodies under other names come out under those that extraction knows, with the names that their values point to.
func (s *source) fields(c *config, d *directory, names namer) []visible.Field {
	w := fieldWriter{s: s, c: c, d: d, names: names, numbers: map[string]int{}, next: map[string]int{}}
	title, titleLine := s.matter.title()
	if title != "" {
		w.put(visible.Field{Key: "title", Value: title, Line: titleLine, Title: true})
	}
	leaves := joinedNames(s.matter.leaves)
	for _, l := range leaves {
		w.people = w.people || keyHolds(l.path[0]).role != "" && keyHolds(l.path[0]).part != "organisation"
	}
	w.unnamed = listsOfPeople(leaves, names)
	for _, l := range leaves {
		w.leaf(l)
	}
	return w.out
}

// fieldWriter makes fields of the scalars of a page's front matter.
type fieldWriter struct {
	s       *source
	c       *config
	d       *directory
	names   namer
	out     []visible.Field
	people  bool            // the page names people in its front matter
	unnamed map[string]bool // keys that do not say so, and hold people
	numbers map[string]int  // of the people under a path, within their role
	next    map[string]int  // the next number of a role
}

func (w *fieldWriter) put(f visible.Field) { w.out = append(w.out, f) }

// place is where on its page a scalar stands: its path without the wrappers of themes.
func place(l leaf) []string {
	p := l.path
	for len(p) > 1 && wrapper.MatchString(p[0]) {
		p = p[1:]
	}
	return p
}

func (w *fieldWriter) leaf(l leaf) {
	p := place(l)
	if !l.text || !strings.ContainsFunc(l.value, unicode.IsLetter) && !strings.HasPrefix(p[0], "t") || p[0] == "title" && len(l.path) == 1 {
		return
	}
	switch setting := w.c.fieldSetting(p); setting {
	case "none", "date", "end_date":
		return
	case rolePlace, roleTopics:
		w.put(visible.Field{Key: setting, Value: l.value, Line: l.line})
		return
	}
	known := shown.MatchString(strings.ToLower(p[0]))
	if at, h := w.holder(p); at >= 0 && !nobody.MatchString(strings.TrimSpace(l.value)) && !isRole(l.value, h) {
		if w.role(l, p, at, h, known && at == 0) {
			return
		}
	} else if at >= 0 {
		return
	}
	if !known {
		return
	}
	hidden := isAddress(l.value)
	for _, k := range p[1:] {
		hidden = hidden || neverShown.MatchString(k)
	}
	if !hidden {
		w.put(visible.Field{Key: strings.Join(l.path, "."), Value: l.value, Line: l.line})
	}
}

// holder finds the part of a path that says that people or bodies stand under it; -1 if none does.
func (w *fieldWriter) holder(p []string) (int, holds) {
	if role := w.c.fieldSetting(p); role != "" {
		if w.c.fieldSetting(p[:1]) == role {
			return 0, holds{role: role}
		}
		return len(p) - 1, holds{role: role} // a setting for a key within a table: "crew.called"
	}
	if w.unnamed[p[0]] {
		return 0, holds{role: rolePeople}
	}
	for i, k := range p {
		if strings.Trim(k, "0123456789") == "" {
			continue
		}
		h := keyHolds(k)
		switch h.role {
		case "":
		case roleOrganisation, roleJob:
			if i == 0 && h.part == "" && (w.people || w.s.kind == ingest.PersonPage) {
				return i, h
			}
		default:
			return i, h
		}
	}
	return -1, holds{}
}

// role writes a value under a key that holds people or bodies. It reports whether that was done; else the value is shown as any.
func (w *fieldWriter) role(l leaf, p []string, at int, h holds, known bool) bool {
	if h.role == roleOrganisation || h.role == roleJob {
		if known || isAddress(l.value) || len(p) > 1 && strings.Trim(p[1], "0123456789") != "" && !strings.EqualFold(p[1], "name") {
			return false
		}
		w.put(visible.Field{Key: h.role, Value: w.nameFor(l.value, ingest.OrganisationPage), Line: l.line})
		return true
	}
	child, person := h.part, strings.Join(p[:at+1], ".")
	if h.part != "" || h.many != "" {
		person = h.role + h.many
	}
	for i, k := range p[at+1:] {
		if strings.Trim(k, "0123456789") == "" {
			person += "." + k
			continue
		}
		if i < len(p[at+1:])-1 && strings.Trim(p[len(p)-1], "0123456789") != "" {
			if nested := keyHolds(k); nested.role == "" || nested.role == roleJob {
				return false // something of theirs
			}
		}
		child = childOf(k)
		break
	}
	base := strings.Join(p[:at+1], ".")
	if !known || h.part != "" {
		base = h.role
	}
	switch child {
	case "name", "":
		return w.named(l, base, person, h, child, known)
	case "organisation", "role", "bio":
		if isAddress(l.value) {
			return true
		}
		value := l.value
		if child == "organisation" {
			value = w.nameFor(value, ingest.OrganisationPage)
		}
		if known && h.part == "" && (child != "organisation" || extractedBody.MatchString(strings.ToLower(p[len(p)-1]))) {
			w.put(visible.Field{Key: strings.Join(l.path, "."), Value: value, Line: l.line})
		} else {
			w.put(visible.Field{Key: w.numbered(base, person, known && h.part == "", l) + "." + child, Value: value, Line: l.line})
		}
		return true
	case "key":
		if t := w.d.find(l.value, ingest.PersonPage, ingest.OrganisationPage); t != nil && !w.hasName(l) {
			w.thing(t, base, person, h, known, l)
			return true
		}
		return !known
	}
	return !known
}

// extractedBody are the keys of bodies that extraction knows.
var extractedBody = regexp.MustCompile(`^(?:organi[sz]ations?|institute|institution|affiliations?|company|employer|org)$`)

// childOf says what a key within a person's table holds: "name", "organisation", "role", "bio", "key", or "other".
func childOf(k string) string {
	folded := foldKey(k)
	if wholeNames[folded] {
		return "name"
	}
	switch folded {
	case "title":
		return "role"
	case "bio", "biography", "about", "description":
		return "bio"
	case "id", "key", "slug", "ref", "username", "handle", "github", "page", "person", "speaker", "presenter", "author", "member", "url",
		"link", "path", "usernamegithub":
		return "key"
	}
	switch h := keyHolds(k); {
	case h.part == "name":
		return "name"
	case h.role == roleOrganisation || h.part == "organisation":
		return "organisation"
	case h.role == roleJob || h.part == "role":
		return "role"
	}
	return "other"
}

// hasName reports whether a name stands beside a key of somebody.
func (w *fieldWriter) hasName(l leaf) bool {
	for _, o := range w.s.matter.leaves {
		if len(o.path) == len(l.path) && strings.Join(o.path[:len(o.path)-1], ".") == strings.Join(l.path[:len(l.path)-1], ".") &&
			childOf(o.path[len(o.path)-1]) == "name" {
			return true
		}
	}
	return false
}

// named writes the name of somebody, or what the key of somebody points to.
func (w *fieldWriter) named(l leaf, base, person string, h holds, child string, known bool) bool {
	value := strings.TrimSpace(l.value)
	if isAddress(value) || value == "" {
		t := w.d.find(value, ingest.PersonPage, ingest.OrganisationPage)
		if t == nil || strings.Contains(value, "://") || strings.Contains(value, "@") && !strings.HasPrefix(value, "@") {
			return true
		}
		w.thing(t, base, person, h, known, l)
		return true
	}
	if values := w.several(value); len(values) > 1 {
		for i, v := range values {
			one := l
			one.value = v
			w.named(one, base, fmt.Sprintf("%s.%d", person, i), h, "several", false)
		}
		return true
	}
	if keyShaped(value) {
		kinds := []ingest.PageKind{ingest.PersonPage, ingest.OrganisationPage}
		if h.role == roleOrganisers || h.role == roleSponsors {
			kinds[0], kinds[1] = kinds[1], kinds[0]
		}
		if t := w.d.find(value, kinds...); t != nil {
			w.thing(t, base, person, h, known, l)
			return true
		}
		if child != "name" && !w.names.givenName(value) {
			w.s.pointers = append(w.s.pointers, pointer{l, h.role, spelled(value) != ""})
		}
		if s := spelled(value); strings.ContainsAny(s, ".'") { // extraction reads plain slugs itself
			value, l.value = s, s
		}
	} else if t := w.d.named(value, ingest.PersonPage); t != nil && t.organisation != "" && t.page == nil && t.record != nil {
		t.record.used = true
	}
	person0 := w.names.person(value)
	switch h.role {
	case roleHosts:
		if !person0 && (w.names.body(value) || !w.names.personShaped(value) || !strings.Contains(value, " ")) {
			w.put(visible.Field{Key: w.key(roleOrganisers, person, l), Value: l.value, Line: l.line})
			return true
		}
	case roleOrganisers, roleSponsors:
		if person0 && h.role == roleOrganisers {
			w.put(visible.Field{Key: w.key(roleContributors, person, l), Value: l.value, Line: l.line})
			return true
		}
	case roleContributors, rolePeople:
		if !known && w.names.body(value) && !person0 {
			w.put(visible.Field{Key: w.key("organisations", person, l), Value: l.value, Line: l.line})
			return true
		}
	}
	if known && child != "several" {
		w.put(visible.Field{Key: strings.Join(l.path, "."), Value: l.value, Line: l.line})
		return true
	}
	if child == "name" || h.part == "name" {
		w.put(visible.Field{Key: w.numbered(base, person, false, l) + ".name", Value: l.value, Line: l.line})
		return true
	}
	w.put(visible.Field{Key: w.numbered(base, person, false, l), Value: l.value, Line: l.line})
	return true
}

// several takes a list of keys or slugs in one value apart, if it is one.
func (w *fieldWriter) several(value string) []string {
	parts := strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ';' })
	if len(parts) < 2 {
		return nil
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
		if !keyShaped(parts[i]) || w.d.find(parts[i], ingest.PersonPage) == nil && spelled(parts[i]) == "" {
			return nil
		}
	}
	return parts
}

// thing writes what a key points to.
func (w *fieldWriter) thing(t *thing, base, person string, h holds, known bool, l leaf) {
	if t.record != nil {
		t.record.used = true
	}
	w.s.resolved++
	switch {
	case t.kind == ingest.OrganisationPage:
		role := roleOrganisers
		if h.role == roleSponsors {
			role = roleSponsors
		} else if h.role != roleOrganisers && h.role != roleHosts {
			role = "organisations"
		}
		w.put(visible.Field{Key: w.key(role, person, l), Value: t.name, Line: l.line})
		return
	case h.role == roleOrganisers || h.role == roleSponsors:
		base, known = roleContributors, false
	}
	at := w.numbered(base, person, known, l)
	w.put(visible.Field{Key: at + ".name", Value: t.name, Line: l.line})
	job, body := t.job, t.organisation
	if body == "" {
		job, body = w.names.jobAndBody(t.job)
	}
	if body != "" {
		w.put(visible.Field{Key: at + ".organisation", Value: w.nameFor(body, ingest.OrganisationPage), Line: l.line})
	}
	if job != "" {
		w.put(visible.Field{Key: at + ".role", Value: job, Line: l.line})
	}
}

// nameFor is the name that a value points to, or the value.
func (w *fieldWriter) nameFor(value string, kind ingest.PageKind) string {
	if keyShaped(value) {
		if t := w.d.find(value, kind); t != nil && t.name != "" {
			if t.record != nil {
				t.record.used = true
			}
			return t.name
		}
	}
	return value
}

// key is the key of a value in a list of a role.
func (w *fieldWriter) key(role, person string, l leaf) string {
	return w.numbered(role, person, false, l)
}

// numbered is the key of somebody within a role: the path as it stands where extraction knows it, else the role with a number.
func (w *fieldWriter) numbered(role, person string, asWritten bool, l leaf) string {
	if asWritten {
		p := l.path
		for len(p) > 1 && strings.Trim(p[len(p)-1], "0123456789") != "" {
			p = p[:len(p)-1]
		}
		return strings.Join(p, ".")
	}
	whose := role + " " + person
	n, ok := w.numbers[whose]
	if !ok {
		n = w.next[role]
		w.next[role]++
		w.numbers[whose] = n
	}
	return fmt.Sprintf("%s.%d", role, n)
}

// isAddress says whether a value is a URL, an e-mail address or the name of a file.
func isAddress(s string) bool {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, " \n") {
		return false
	}
	return strings.Contains(s, "://") || strings.HasPrefix(s, "/") || strings.HasPrefix(s, "mailto:") ||
		strings.Contains(s, "@") && strings.Contains(s, ".") ||
		strings.Contains(s, "/") && path.Ext(s) != ""
}

// text returns the first of some top-level keys that holds words, and its line. Of a key that stands twice the last one holds.
func (m matter) text(keys ...string) (string, int) {
	for _, key := range keys {
		for _, l := range slices.Backward(m.leaves) {
			if len(l.path) == 1 && l.path[0] == key && strings.TrimSpace(l.value) != "" {
				return fold.Space(l.value), l.line
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
