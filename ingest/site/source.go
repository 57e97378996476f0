package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/curation"
	"rapporteur/ingest/visible"
)

// source is a file, or a record of a data file, on its way to becoming a page.
type source struct {
	path       string // relative to the site
	rel        string // relative to the generator's input folder
	collection string // "events", "posts"; "" of a single page
	published  bool   // whether the generator gives it an address
	matter     matter
	date       string
	lang       string
	erased     bool // the path held a name that was to be erased

	kind      ingest.PageKind
	when      when
	address   string // on the live site, from "/"
	format    *Format
	body      []byte
	bodyLine  int
	sum       [sha256.Size]byte
	hash      string
	named     bool            // it is no page itself, and may be pointed to
	inherited map[string]bool // keys that its front matter does not set itself
	records   []*record       // that lent it something
	pointers  []pointer       // keys that point at nothing
	resolved  int             // keys that point at something
}

// pointer is a value that looks like the key of somebody, and that nothing answers to.
type pointer struct {
	leaf
	role    string
	spelled bool // it was read as a name: "jane-roe"
}

func (s *source) ext() string { return path.Ext(s.rel) }
func (s *source) stem() string {
	if stem := strings.TrimSuffix(path.Base(s.path), path.Ext(s.path)); stem != "+page" {
		return stem
	}
	return "index" // of SvelteKit, where each folder is a page
}

// open reads a file and takes it apart. It returns nil if the file is no page, is withheld, or cannot be read.
func (c *config) open(fsys fs.FS, name string, folder *Folder, account *accounting) *source {
	file := name
	name, nameErased := c.eraser.Path(name)
	skip := func(line int, part bool, format string, args ...any) {
		folder.Skips = append(folder.Skips, ingest.Skip{Path: name, Line: line, Cause: fmt.Sprintf(format, args...), Part: part})
	}
	src, size, err := load(fsys, file)
	if err != nil {
		skip(0, false, "cannot be read: %s", reason(err))
		return nil
	}
	if len(bytes.TrimSpace(src)) == 0 {
		skip(0, false, "the file is empty")
		return nil
	}
	cut := size > int64(len(src))
	src, encoding := decode(src)
	if encoding != "" {
		skip(0, true, "is in %s, not UTF-8, and was read so; save it as UTF-8, which every generator reads", encoding)
	}
	if at := bytes.IndexByte(src[:min(len(src), 8000)], 0); at >= 0 {
		skip(1+bytes.Count(src[:at], []byte("\n")), false, "holds binary data; it is no page, or not in UTF-8")
		return nil
	}
	if cut {
		skip(1+bytes.Count(src, []byte("\n")), true,
			"the page has %.1f MB, of which the first %d MB was read, up to here; make several pages of it, or exclude it in rapporteur.yaml",
			float64(size)/(1<<20), longestPage>>20)
	}
	if !utf8.Valid(src) {
		good := validUpTo(src)
		skip(1+bytes.Count(src[:good], []byte("\n")), true, "is not UTF-8; the bytes that are no text were replaced. Save the file as UTF-8")
		src = bytes.ToValidUTF8(src, []byte("\uFFFD"))
	}
	if c.eraser != nil {
		original, _, _ := split(src)
		if title, _ := original.title(); c.eraser.About(title) {
			return nil
		}
	}
	if text, erased := c.eraser.Text(string(src)); erased {
		src = []byte(text)
	}
	s := &source{path: name, rel: strings.TrimPrefix(name, strings.TrimSuffix(c.input, ".")+"/"), published: true, erased: nameErased,
		format: formatOf(c.formats, name)}
	s.matter, s.body, s.bodyLine = split(src)
	if !s.matter.found && c.generator != jekyll { // Jekyll knows front matter alone
		var values []visible.Value
		if c.generator == nikola {
			values, s.body, s.bodyLine = c.nikolaHead(fsys, file, src)
		}
		if len(values) == 0 {
			values, s.body, s.bodyLine = s.format.Reader.Head(src)
		}
		s.matter = head(values)
	}
	if s.format.NeedsHead && !s.matter.found {
		return nil // a template, or a page built by something else
	}
	if !s.matter.found && c.undeclared(name) {
		return nil // a part of pages
	}
	if c.generator == jekyll && !s.matter.found && !c.plainPages {
		skip(0, false, "has no front matter, so that Jekyll does not publish it; add two lines of --- at its start to make it a page")
		return nil
	}
	c.collect(s)
	if why := c.withheld(s); why != "" {
		account.withheld(s, why)
		if why != whyNoIndex && why != whyNoPage {
			return nil
		}
		s.named = true // what others point to by its key is named on them
	}
	if s.redirects() {
		account.redirects++
		return nil
	}
	for _, i := range append(s.matter.issues, mistyped(s.matter)...) {
		if !cut || !s.matter.open { // its end is in what was not read
			account.issue(s, i)
		}
	}
	if s.matter.is("permalink", false) {
		s.published = false
	}
	s.sum = sha256.Sum256(src)
	s.hash = hex.EncodeToString(s.sum[:])
	return s
}

// settle gives each page its kind, its days and its address.
func (c *config) settle(sources []*source, folder *Folder, account *accounting, names namer) []*source {
	for _, s := range sources {
		c.place(s, names, func(l leaf) { account.wrongDate(s, l) })
	}
	for _, s := range c.mistakenForPeople(sources, names) {
		s.kind = ingest.OtherPage
	}
	c.publishing = c.published(sources)
	kept := sources[:0]
	for _, s := range sources {
		if why := c.withheldNow(s); why != "" {
			account.withheld(s, why)
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

// place finds out what a page is about, when it is, and where it is on the live site.
func (c *config) place(s *source, names namer, wrong func(leaf)) {
	inPath, own := dateInPath(s)
	plain := c.whenOf(s.matter, false, nil)
	s.date = plain.from
	if s.date == "" {
		s.date = inPath
	}
	title, _ := s.matter.title()
	if title == "" {
		title = firstHeading(s.body)
	}
	s.kind = c.kindOf(s, title, names)
	if decided := c.decidedKind(s); decided != "" {
		s.kind = decided
	}
	s.when = c.whenOf(s.matter, s.kind == ingest.EventPage, wrong)
	if s.when.from == "" && inPath != "" {
		s.when = when{days{from: inPath}, own}
	}
	s.address = c.pageAddress(s)
}

// firstHeading is the text of a body that begins with a heading.
func firstHeading(body []byte) string {
	line, _, _ := bytes.Cut(bytes.TrimSpace(body[:min(len(body), 400)]), []byte("\n"))
	if h, ok := bytes.CutPrefix(line, []byte("#")); ok {
		return strings.Trim(string(h), "# \t\r")
	}
	return ""
}

// decidedKind is the kind that rapporteur.yaml gives a page; "" if none.
func (c *config) decidedKind(s *source) (kind ingest.PageKind) {
	if c.decisions == nil {
		return ""
	}
	dirs := strings.Split(path.Dir(s.rel), "/")
	for _, g := range c.decisions.Folders {
		for _, name := range g.Values[1:] {
			bare := strings.Trim(name, "/_")
			if slices.ContainsFunc(dirs, func(d string) bool { return strings.TrimLeft(d, "_") == bare }) ||
				strings.HasPrefix(s.path, strings.Trim(name, "/")+"/") ||
				strings.EqualFold(s.matter.inside("layout"), bare) || strings.EqualFold(s.matter.inside("type"), bare) ||
				strings.EqualFold(s.collection, bare) {
				kind = ingest.PageKind(g.Values[0])
			}
		}
	}
	for _, k := range c.decisions.Pages {
		if ok, _ := curation.Match(k.Value, s.path); ok {
			kind = ingest.PageKind(k.Kind)
		}
	}
	return kind
}

// decidedLanguage is the language that rapporteur.yaml gives a page; "" if none.
func (c *config) decidedLanguage(name string) string {
	if c.decisions == nil {
		return ""
	}
	for _, g := range c.decisions.Languages {
		for _, glob := range g.Values[1:] {
			if ok, _ := curation.Match(glob, name); ok {
				return g.Values[0]
			}
		}
	}
	return ""
}

// add puts the page of a source into the folder, unless it turns out to be about somebody who is to be erased.
func (c *config) add(s *source, folder *Folder, memory *Memory, d *directory, account *accounting) bool {
	page := c.page(s, memory, d, account)
	if c.eraser.About(page.Title) {
		return false
	}
	c.eraseParts(page)
	account.read(s, page)
	folder.Pages = append(folder.Pages, page)
	return true
}

// page makes the page of a source.
func (c *config) page(s *source, memory *Memory, d *directory, account *accounting) *ingest.Page {
	fields := s.fields(c, d, memory.names)
	content := memory.content(contentKey(s, fields), func() visible.Content { return s.format.Reader.Content(fields, s.body, s.bodyLine) })
	for _, i := range content.Issues {
		account.folder.Skips = append(account.folder.Skips, ingest.Skip{Path: s.path, Line: i.Line, Cause: i.Cause, Part: true})
	}
	s.body = nil
	m := s.matter
	page := &ingest.Page{Path: s.path, Kind: s.kind, Collection: s.collection, FrontMatter: m.values, Text: content.Text,
		Blocks: content.Blocks, Links: content.Links, Hash: s.hash}
	page.Title = titleOf(content, s)
	if len(s.records) > 0 && s.when.from == "" {
		s.when = c.whenOf(m, s.kind == ingest.EventPage, nil)
	}
	if !s.when.named && s.kind == ingest.EventPage {
		if found, ok := dateInText(page.Title, beginning(content)); ok && (s.when.from == "" || found.from == s.when.from) {
			s.when.days, page.Inferred = found, true
		}
	}
	page.Date, page.EndDate = s.when.from, s.when.to
	page.Inferred = page.Inferred || page.Date != "" && !s.when.named
	if s.kind != ingest.EventPage {
		page.EndDate = ""
	}
	c.language(s, page)
	page.Categories = append(m.list("category", false), m.list("categories", true)...)
	page.URL = s.address
	return page
}

// eraseParts takes people out of a page whose names show only now that it is put together: from the parts of a table, say, or out of
// values that were written in another way.
func (c *config) eraseParts(page *ingest.Page) {
	if c.eraser == nil {
		return
	}
	if text, changed := c.eraser.Cover(page.Text); changed {
		page.Rewrite(text)
	}
	page.Title, _ = c.eraser.Cover(page.Title)
	page.URL = c.eraser.Value(page.URL)
	page.Categories, page.Links = slices.Clone(page.Categories), slices.Clone(page.Links) // others may have them
	for i := range page.Categories {
		page.Categories[i] = c.eraser.Value(page.Categories[i])
	}
	for i := range page.Links {
		page.Links[i].Target = c.eraser.Value(page.Links[i].Target)
	}
	if page.FrontMatter != nil {
		page.FrontMatter = c.erased(page.FrontMatter).(map[string]any)
	}
}

// erased is a value of front matter without the people who are to be erased.
func (c *config) erased(value any) any {
	switch v := value.(type) {
	case string:
		return c.eraser.Value(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = c.erased(v[i])
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		parts := make([]string, 0, len(v))
		for key, item := range v {
			key = c.eraser.Value(key)
			out[key] = c.erased(item)
			if text, ok := item.(string); ok && len(text) < longestPart {
				parts = append(parts, key)
			}
		}
		c.erasePairs(out, parts)
		return out
	}
	return value
}

// longestPart is how many bytes a value may have that is a part of a name, and mostParts how many values are held against each other.
const (
	longestPart = 60
	mostParts   = 12
)

// erasePairs takes values away of which two are somebody's name, in either order.
func (c *config) erasePairs(values map[string]any, keys []string) {
	slices.Sort(keys)
	keys = keys[:min(len(keys), mostParts)]
	for _, a := range keys {
		for _, b := range keys {
			first, last := values[a].(string), values[b].(string)
			if a != b && c.eraser.About(first+" "+last) {
				values[a], values[b] = curation.Removed, curation.Removed
			}
		}
	}
}

// contentKey is what the content of a page is made of: its source, its format and its fields.
func contentKey(s *source, fields []visible.Field) contentSum {
	h := sha256.New()
	h.Write(s.sum[:])
	fmt.Fprintf(h, "%s %#v", s.format.Name, fields)
	return contentSum(h.Sum(nil))
}

// beginning is the first blocks of a page's body.
func beginning(content visible.Content) []textBlock {
	var out []textBlock
	for _, b := range content.Blocks {
		switch b.Kind {
		case ingest.TitleBlock, ingest.FieldBlock, ingest.AltBlock, ingest.CodeBlock:
			continue
		}
		if out = append(out, textBlock{b.In(content.Text), b.Kind == ingest.HeadingBlock}); len(out) == 12 {
			break
		}
	}
	return out
}

// fromRecord makes a source of a record that no page is about.
func (c *config) fromRecord(r *record) *source {
	s := &source{path: r.path, rel: r.path, collection: strings.TrimSuffix(path.Base(r.file), path.Ext(r.file)), matter: r.matter,
		kind: r.kind, format: formatOf(c.formats, "a.md"), bodyLine: r.line}
	s.when = c.whenOf(r.matter, r.kind == ingest.EventPage, nil)
	s.date = s.when.from
	if strings.HasPrefix(r.address, "/") {
		s.address = r.address
	}
	if title, _ := r.matter.title(); r.kind == ingest.PersonPage && thingOf(r.matter, r.kind).organisation != "" {
		s.matter.leaves = s.own(title, r)
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %#v %s", r.path, r.matter.leaves, r.kind)
	s.sum = [sha256.Size]byte(h.Sum(nil))
	s.hash = hex.EncodeToString(s.sum[:])
	return s
}

// own writes a person's own body and job under the person's name, so that they are known to be theirs.
func (s *source) own(name string, r *record) []leaf {
	t := thingOf(r.matter, r.kind)
	out := slices.Clone(r.matter.leaves)
	line := r.line
	out = append(out, leaf{[]string{"person", "0", "name"}, name, line, true},
		leaf{[]string{"person", "0", "organisation"}, t.organisation, line, true})
	if t.job != "" {
		out = append(out, leaf{[]string{"person", "0", "role"}, t.job, line, true})
	}
	return slices.DeleteFunc(out, func(l leaf) bool {
		h := keyHolds(l.path[0])
		return len(l.path) == 1 && (h.role == roleOrganisation || h.role == roleJob)
	})
}
