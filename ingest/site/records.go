package site

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"rapporteur/ingest"
	"rapporteur/ingest/data"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/icalendar"
)

// record is a person, a body or an event that stands in a data file. One that no page is about becomes a page itself.
type record struct {
	file    string
	line    int
	kind    ingest.PageKind
	path    string   // of its page: "_data/people.yml#kfleet"
	keys    []string // by which pages and other records point to it
	address string   // of its page on the site, where it says so
	matter  matter
	told    bool    // a list of authors: those count whom a page names
	used    bool    // something points to it
	page    *source // that is about it
}

// longestData is the size of the largest data file that is read, in bytes.
const longestData = 16 << 20

var (
	dataFolder = regexp.MustCompile(`^(?:_data|data|_datafiles)$`)
	noRecords  = regexp.MustCompile(`(?i)^(?:package|package-lock|composer|tsconfig|jsconfig|manifest|theme|settings|i18n|locales?|` +
		`translations?|strings|menus?|nav|navigation|sidebars?|redirects?|_redirects|mkdocs|book|netlify|vercel|renovate|` +
		`dependabot|lerna|nx|turbo|webpack.*|rollup.*|babel.*|jest.*|karma.*|gulpfile|gruntfile|tailwind.*|postcss.*|prettier.*|eslint.*|` +
		`vite.*|eleventy\.config|gatsby-.*|next\.config|nuxt\.config|astro\.config.*|docusaurus\.config|` +
		`svelte\.config|hugo|config|_config.*|rapporteur|_quarto|_metadata|versions?|search_?index|cspell|codecov|\..*|.*\.config|.*\.d|` +
		`.*\.test|.*\.spec|.*\.min)$`)
	// wordings are folders of what templates say
	wordings     = regexp.MustCompile(`(?i)^(?:i18n|l10n|locales?|translations?|lang|languages|messages)$`)
	sessionLists = fold.Set(`sessions talks schedule program programme programm agenda items slots events workshops panels tutorials keynotes
		lightning posters presentations days tracks rooms lectures calls meetings contributions`)
	personMarks = fold.Set(`affiliation company organisation organization org role position job jobtitle bio biography twitter github orcid
		pronouns photo avatar picture image headshot linkedin mastodon email website employer institution title img`)
	keyKeys = []string{"id", "key", "slug", "uid", "code", "username", "handle", "github", "login", "ref", "nickname", "shortname",
		"short_name", "acronym", "abbreviation"}
	addressKeys = []string{"url", "page", "permalink", "link", "href", "path", "site_url"}
	firstNames  = []string{"firstname", "first", "givenname", "given", "forename", "othernames", "vorname", "prenom", "prénom", "voornaam",
		"fname"}
	lastNames = []string{"lastname", "last", "familyname", "family", "surname", "nachname", "achternaam", "apellido", "apellidos", "cognome",
		"sobrenome", "lname"}
)

// isData says whether a file may hold records, by its name and folder. A generator's own settings hold none.
func (c *config) isData(name string) bool {
	ending := strings.ToLower(path.Ext(name))
	if !slices.Contains(data.Endings(), ending) {
		return false
	}
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	if noRecords.MatchString(stem) || strings.HasSuffix(stem, ".11tydata") || name == c.file {
		return false
	}
	code := ending == ".js" || ending == ".ts" || ending == ".mjs" || ending == ".cjs"
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if wordings.MatchString(path.Base(dir)) {
			return false
		}
		if c.inDataFolder(dir) {
			return true
		}
		if strings.HasSuffix(dir, "src/content") && !code {
			return true
		}
	}
	return !code && recordKindNamed(stem) != "" ||
		code && kindNamed(stem) != "" && (strings.Contains(name, "/_data/") || strings.HasPrefix(name, "src/"))
}

func (c *config) inDataFolder(dir string) bool {
	return dataFolder.MatchString(path.Base(dir)) || c.dataDir != "" && dir == c.dataDir
}

// recordKindNamed is the kind of the records that a file or list of that name holds; "" if it tells none.
func recordKindNamed(name string) ingest.PageKind {
	kind := kindNamed(name)
	if kind == ingest.PersonPage || kind == ingest.OrganisationPage || kind == ingest.EventPage {
		return kind
	}
	list, _ := keyWords(name)
	if len(list) == 0 {
		return ""
	}
	switch roleWords[list[len(list)-1]] {
	case roleSpeakers, roleModerators, roleAuthors, roleContributors, rolePeople:
		return ingest.PersonPage
	case roleSponsors, roleOrganisation:
		return ingest.OrganisationPage
	}
	if sessionLists[list[len(list)-1]] {
		return ingest.EventPage
	}
	return ""
}

// records reads a data file, and finds the people, bodies and events in it.
func (c *config) records(fsys fs.FS, name string, folder *Folder, names namer) []*record {
	src, size, err := loadUpTo(fsys, name, longestData)
	skip := func(line int, cause string) {
		folder.Skips = append(folder.Skips, ingest.Skip{Path: name, Line: line, Cause: cause, Part: true})
	}
	if err != nil {
		skip(0, "the data file cannot be read: "+reason(err))
		return nil
	}
	if size > int64(len(src)) {
		skip(0, fmt.Sprintf("the data file has %.1f MB and is not read; files of up to %d MB are", float64(size)/(1<<20), longestData>>20))
		return nil
	}
	gone := map[int]bool{} // records of people who are to be erased, by number
	if text, erased := c.eraser.Text(string(src)); erased {
		for i, r := range c.found(fsys, name, src, names) {
			title, _ := r.matter.title()
			gone[i] = c.eraser.About(title)
		}
		src = []byte(text)
	}
	root, err := c.tree(fsys, name, src)
	if isCalendar(name) && err != nil {
		skip(0, err.Error())
	}
	var fault *data.Error
	if errors.As(err, &fault) {
		skip(fault.Line, "the data file cannot be read to its end ("+fault.Cause+
			"); mend this line. What stands before it is kept where that was possible")
	}
	if root == nil {
		return nil
	}
	var out []*record
	for i, r := range c.recordsIn(name, root, names) {
		if title, _ := r.matter.title(); !gone[i] && !c.eraser.About(title) {
			out = append(out, r)
		}
	}
	return out
}

// tree reads a data file, or a calendar as one.
func (c *config) tree(fsys fs.FS, name string, src []byte) (*data.Node, error) {
	if isCalendar(name) {
		return icalendar.Events(src)
	}
	return data.Read(name, src, func(file string) *data.Node { return c.required(fsys, path.Join(path.Dir(name), file)) })
}

func isCalendar(name string) bool { return strings.EqualFold(path.Ext(name), ".ics") }

// calendarOfSeveral reports whether a file is a calendar of several events: then it is read as data, one page an event.
func (c *config) calendarOfSeveral(fsys fs.FS, name string) bool {
	if !isCalendar(name) {
		return false
	}
	src, _, err := loadUpTo(fsys, name, longestData)
	return err == nil && bytes.Count(src, []byte("BEGIN:VEVENT")) > 1
}

// found are the records of a file's text as it stands.
func (c *config) found(fsys fs.FS, name string, src []byte, names namer) []*record {
	root, _ := c.tree(fsys, name, src)
	if root == nil {
		return nil
	}
	return c.recordsIn(name, root, names)
}

// recordsIn finds the records in a file that has been read.
func (c *config) recordsIn(name string, root *data.Node, names namer) []*record {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	hint := recordKindNamed(stem)
	if hint == "" {
		hint = recordKindNamed(path.Base(path.Dir(name)))
	}
	list, _ := keyWords(stem)
	f := &dataFile{c: c, name: name, names: names, told: len(list) > 0 && roleWords[list[len(list)-1]] == roleAuthors, seen: map[string]int{}}
	if isCalendar(name) {
		for i, n := range root.Items {
			f.add(n, ingest.EventPage, []string{strconv.Itoa(i)}, "", nil)
		}
		return f.records
	}
	f.walk(root, hint, nil, stem, nil)
	return f.records
}

// required reads a data file that a module requires; nil if it is none.
func (c *config) required(fsys fs.FS, name string) *data.Node {
	c.loading++
	defer func() { c.loading-- }()
	if c.loading > 8 {
		return nil
	}
	for _, ending := range []string{"", ".js", ".json", ".mjs", ".cjs", ".ts"} {
		src, size, err := loadUpTo(fsys, name+ending, longestData)
		if err != nil || size > int64(len(src)) || !slices.Contains(data.Endings(), path.Ext(name+ending)) {
			continue
		}
		n, _ := data.Read(name+ending, src, func(file string) *data.Node { return c.required(fsys, path.Join(path.Dir(name), file)) })
		return n
	}
	return nil
}

// dataFile finds records in a data file.
type dataFile struct {
	c       *config
	name    string
	names   namer
	told    bool
	records []*record
	seen    map[string]int // pages by path
}

// walk finds the records in a node. hint is the kind that the names above tell, key the last of them, day the date that
// they give.
func (f *dataFile) walk(n *data.Node, hint ingest.PageKind, at []string, key string, day *data.Node) {
	switch n.Kind {
	case data.List:
		for i, x := range n.Items {
			f.walk(x, hint, append(at[:len(at):len(at)], strconv.Itoa(i)), "", day)
		}
	case data.Table:
		if kind := f.kind(n, hint); kind != "" {
			f.add(n, kind, at, key, day)
			if kind != ingest.EventPage {
				return
			}
		}
		for i, k := range n.Keys {
			if sort, _ := sortOfDate([]string{k}); sort == plainDate || sort == startDate {
				if _, ok := date(n.Items[i].String()); ok {
					day = n.Items[i]
				}
			}
		}
		for i, k := range n.Keys {
			x := n.Items[i]
			if x.Kind != data.List && x.Kind != data.Table {
				continue
			}
			under := hint
			if named := recordKindNamed(k); named != "" {
				under = named
			}
			if f.kind(n, hint) == ingest.EventPage && (under != ingest.EventPage || !sessionLists[strings.ToLower(k)]) {
				continue // people and places of the event are parts of it
			}
			f.walk(x, under, append(at[:len(at):len(at)], k), k, day)
		}
	}
}

// nameOf is the name that a table gives: of a person put together of its parts, if it must be.
func nameOf(n *data.Node) *data.Node {
	text := func(i int) string { return n.Items[i].String() }
	if first, last := nameAmong(len(n.Keys), func(i int) string { return n.Keys[i] }, text); last >= 0 {
		return &data.Node{Kind: data.Text, Line: n.Items[first].Line, Text: text(first) + " " + text(last)}
	} else if first >= 0 {
		return n.Items[first]
	}
	for _, k := range []string{"title", "label"} {
		if x := n.Get(k); x.String() != "" {
			return x
		}
	}
	return nil
}

// foldKey writes a key in small letters without what parts its words.
func foldKey(k string) string {
	return partings.Replace(strings.ToLower(k))
}

var partings = strings.NewReplacer("_", "", "-", "", " ", "")

// kind says what a table is a record of; "" if it is none.
func (f *dataFile) kind(n *data.Node, hint ingest.PageKind) ingest.PageKind {
	name := nameOf(n)
	if name == nil || len(n.Keys) > 200 || !strings.ContainsFunc(name.Text,
		func(r rune) bool { return unicode.IsLetter(r) && !unicode.IsLower(r) }) || strings.TrimSpace(name.Text) == "" || len(name.Text) > 300 ||
		nobody.MatchString(strings.TrimSpace(name.Text)) {
		return ""
	}
	marks, speakers, dates, place := 0, false, false, false
	for i, k := range n.Keys {
		x := n.Items[i]
		if x.Kind == data.Null || x.Kind == data.Text && strings.TrimSpace(x.Text) == "" {
			continue
		}
		if personMarks[foldKey(k)] && x != name {
			marks++
		}
		h := keyHolds(k)
		speakers = speakers || h.part == "" && (h.role == roleSpeakers || h.role == roleModerators)
		place = place || h.role == "" && placeKey.MatchString(k)
		if sort, _ := sortOfDate([]string{k}); sort == plainDate || sort == startDate {
			if _, ok := date(x.String()); ok || x.Kind == data.Table {
				dates = true
			}
		}
	}
	people := speakers || slices.ContainsFunc(n.Keys, func(k string) bool {
		h := keyHolds(k)
		return h.part == "" && (h.role == roleAuthors || h.role == rolePeople || h.role == roleContributors)
	})
	linked := slices.ContainsFunc(addressKeys, func(k string) bool { return n.Get(k).String() != "" })
	titled := n.Get("name") == nil && n.Get("title") != nil
	switch {
	case hint == ingest.EventPage && (people || dates && (place || linked) || dates && n.Get("description") != nil &&
		n.Get("description").Kind != data.Null):
		return ingest.EventPage
	case speakers && titled, dates && place && hint != ingest.PersonPage:
		return ingest.EventPage
	case hint == ingest.PersonPage && f.names.body(name.Text):
		return ingest.OrganisationPage
	case hint == ingest.PersonPage && f.names.personShaped(name.Text) && (marks > 0 || strings.Contains(name.Text, " ")):
		return ingest.PersonPage
	case hint == ingest.OrganisationPage:
		if f.names.person(name.Text) && n.Get("logo") == nil {
			return ingest.PersonPage
		}
		return ingest.OrganisationPage
	case hint == "" && marks > 0 && !titled && f.names.person(name.Text):
		return ingest.PersonPage
	}
	return ""
}

var placeKey = regexp.MustCompile(`(?i)^(?:location|place|venue|city|where|room|ort|lieu|lugar|local|plaats|track)$`)

// add takes a table in as a record.
func (f *dataFile) add(n *data.Node, kind ingest.PageKind, at []string, key string, day *data.Node) {
	r := &record{file: f.name, line: n.Line, kind: kind, told: f.told}
	r.matter = matterOf(n)
	name := nameOf(n)
	r.line = min(max(n.Line, 1), max(name.Line, 1))
	delete(r.matter.values, "layout")
	if kind == ingest.PersonPage && n.Get("title") != nil && n.Get("title") != name { // the title of a person is a job
		for i := range r.matter.leaves {
			if l := &r.matter.leaves[i]; len(l.path) == 1 && strings.EqualFold(l.path[0], "title") {
				l.path = []string{roleJob}
			}
		}
		r.matter.values[roleJob] = n.Get("title").Value()
		delete(r.matter.values, "title")
	}
	if title, _ := r.matter.title(); title != fold.Space(name.Text) {
		r.matter.leaves = append([]leaf{{[]string{"name"}, name.Text, name.Line, true}}, r.matter.leaves...)
	}
	if day != nil {
		if d := f.c.whenOf(r.matter, true, nil); d.from == "" {
			r.matter.leaves = append(r.matter.leaves, leaf{[]string{"date"}, day.Text, day.Line, false})
			r.matter.values["date"] = day.Text
		}
	}
	label := key
	for _, k := range keyKeys {
		if x := n.Get(k); x.String() != "" && len(x.Text) < 80 {
			r.keys = append(r.keys, x.Text)
			if label == "" {
				label = x.Text
			}
		}
	}
	if key != "" && len(at) > 0 || len(at) == 0 {
		r.keys = append(r.keys, key)
	}
	if label == "" {
		label = strings.Join(at, "/")
	}
	for _, k := range addressKeys {
		if x := n.Get(k); x.String() != "" && r.address == "" {
			r.address = x.Text
		}
	}
	r.path = f.name
	if len(at) > 0 {
		r.path += "#" + strings.ReplaceAll(label, "#", "")
	}
	if f.seen[r.path]++; f.seen[r.path] > 1 {
		r.path += fmt.Sprintf("-%d", f.seen[r.path])
		f.seen[r.path]++
	}
	f.records = append(f.records, r)
}

// matterOf makes front matter of a table.
func matterOf(n *data.Node) matter {
	m := matter{found: true}
	m.values, _ = n.Value().(map[string]any)
	if m.values == nil {
		m.values = map[string]any{}
	}
	m.scalars(n, nil)
	return m
}

// scalars notes the scalars of a node, in the order of the file.
func (m *matter) scalars(n *data.Node, at []string) {
	switch n.Kind {
	case data.List:
		for i, x := range n.Items {
			m.scalars(x, step(at, strconv.Itoa(i)))
		}
	case data.Table:
		for i, x := range n.Items {
			m.scalars(x, step(at, n.Keys[i]))
		}
	case data.Text, data.Number:
		d, isDate := date(n.Text)
		m.leaves = append(m.leaves, leaf{path: at, value: n.Text, line: n.Line, text: !isDate || len(n.Text) > len(d)+20})
	}
}

// merged puts records together that are about the same: people and bodies of one name, unless both say that they stand for
// different bodies; events of one title and day. The one that says most stays, and has the keys of all.
func (c *config) merged(records []*record) []*record {
	groups := map[string][]*record{}
	var order []string
	for _, r := range records {
		title, _ := r.matter.title()
		k := string(r.kind) + " " + foldName(title)
		if r.kind == ingest.EventPage {
			k += " " + c.whenOf(r.matter, true, nil).from
		}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], r)
	}
	var out []*record
	for _, k := range order {
		var kept []*record
		for _, r := range groups[k] {
			body := thingOf(r.matter, r.kind).organisation
			at := slices.IndexFunc(kept, func(o *record) bool {
				other := thingOf(o.matter, o.kind).organisation
				return body == "" || other == "" || foldName(body) == foldName(other)
			})
			if at < 0 {
				kept = append(kept, r)
				continue
			}
			best, other := kept[at], r
			if len(r.matter.leaves) > len(best.matter.leaves) && !r.told {
				best, other = r, best
			}
			best.keys = append(best.keys, other.keys...)
			best.told = best.told && other.told
			if best.address == "" {
				best.address = other.address
			}
			kept[at] = best
		}
		out = append(out, kept...)
	}
	return out
}
