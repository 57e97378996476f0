package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/curation"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/visible"
)

// Folder is a site as it lies on disk.
type Folder struct {
	Name     string // of the site
	URL      string // of the live site, without a slash at the end; "" if it is not known
	Pages    []*ingest.Page
	Skips    []ingest.Skip
	Notes    []string         // what was concluded rather than read, such as the site's address
	Curation *curation.File   // nil without a rapporteur.yaml
	Eraser   *curation.Eraser // takes the people who are to be erased out of what is said later; nil if there are none
	Erasing  string           // digest of rapporteur.yaml, where it erases people; else ""
}

// ErrNoPages says that a folder holds no page.
var ErrNoPages = errors.New("no pages here: a page is a .md or .markdown file, or an .html file with front matter")

// longestPage is what is read of one page, in bytes: what is said in more than a day of talk. A longer file is most likely
// data, not a page; its beginning is read, and the report says that it was no more.
const longestPage = 1 << 20

var (
	repositoryFile = regexp.MustCompile(`(?i)^(?:readme|license|licence|contributing|code[-_]of[-_]conduct|changelog|security|authors|support|pull_request_template|claude|agents)(?:\.\w+)*$`)
	builtFolder    = regexp.MustCompile(`^(?:node_modules|bower_components|_site|_includes|_layouts|_drafts|_data|_sass|_plugins|_build|_book|_cache|dist|vendor|venv|__pycache__)$`)
)

// Read reads the site in fsys: its pages by path, and what could not be read. It fails only when the folder itself or
// its rapporteur.yaml cannot be read, when there is no page in it (ErrNoPages), and when ctx ends.
func Read(ctx context.Context, fsys fs.FS) (*Folder, error) { return NewMemory().Read(ctx, fsys) }

// Read reads the site in fsys as the function Read does. Pages that were there the last time are not parsed again.
func (m *Memory) Read(ctx context.Context, fsys fs.FS) (*Folder, error) {
	m.begin()
	decisions, err := curated(fsys)
	if err != nil {
		return nil, err
	}
	c, skips := configure(fsys, m.formats)
	c.override(decisions)
	folder := &Folder{Name: c.title, Skips: skips, Curation: decisions}
	eraser, err := eraserOf(decisions)
	if err != nil {
		return nil, err
	}
	var sources []*source
	err = walk(ctx, fsys, &c, folder, func(name string) {
		page, s := c.read(fsys, name, m, eraser, folder)
		if page != nil {
			folder.Pages = append(folder.Pages, page)
			sources = append(sources, s)
		}
	})
	if err != nil {
		return nil, err
	}
	if len(folder.Pages) == 0 {
		return folder, ErrNoPages
	}
	for i, p := range folder.Pages {
		if decisions != nil {
			for _, k := range decisions.Pages {
				if ok, _ := curation.Match(k.Value, p.Path); ok {
					p.Kind = ingest.PageKind(k.Kind)
				}
			}
		}
		p.URL = c.pageAddress(sources[i])
	}
	c.guess(folder, sources)
	for i, s := range sources {
		if s.erased {
			folder.Pages[i].URL = "" // the address on the live site holds the name too
		}
	}
	c.link(folder, sources)
	if eraser != nil {
		folder.Erasing = decisions.Digest
	}
	for _, line := range eraser.Missed() {
		folder.Notes = append(folder.Notes, fmt.Sprintf("%s:%d: erase: this name stands on no page", decisions.Name, line))
	}
	for _, r := range eraser.Remains() {
		folder.Notes = append(folder.Notes, fmt.Sprintf("%s:%d: %s", decisions.Name, r.Line, r.Says))
	}
	folder.Eraser = eraser
	for i := range folder.Skips {
		folder.Skips[i].Cause, _ = eraser.Text(folder.Skips[i].Cause)
	}
	folder.URL = c.url
	if folder.Name == "" {
		_, folder.Name, _ = strings.Cut(c.url, "://")
	}
	sort.SliceStable(folder.Skips, func(i, j int) bool { return folder.Skips[i].Path < folder.Skips[j].Path })
	return folder, nil
}

// eraserOf makes what takes people out of pages. Words that are ordinary ones, too, are known from the gazetteer.
func eraserOf(decisions *curation.File) (*curation.Eraser, error) {
	if decisions == nil || len(decisions.Erase) == 0 {
		return nil, nil
	}
	words, err := gazetteer.Load()
	if err != nil {
		return nil, fmt.Errorf("prepare to erase: %w", err)
	}
	return decisions.Eraser(func(word string) bool { return words.Word(word)&(gazetteer.Common|gazetteer.Month) != 0 }), nil
}

// walk calls visit with each file that may be a page, in the order of paths.
func walk(ctx context.Context, fsys fs.FS, c *config, folder *Folder, visit func(name string)) error {
	skip := func(name, cause string) { folder.Skips = append(folder.Skips, ingest.Skip{Path: name, Cause: cause}) }
	return fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			if name == "." {
				return fmt.Errorf("reading the site: %w", err)
			}
			skip(name, "cannot be read: "+reason(err))
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if name == "." {
			return nil
		}
		if d.IsDir() {
			if c.leavesOut(name) {
				return fs.SkipDir
			}
			c.inherit(fsys, name)
			return nil
		}
		if !c.leavesOut(path.Dir(name)) && c.candidate(name) {
			if d.Type()&fs.ModeSymlink != 0 {
				info, err := fs.Stat(fsys, name)
				if err != nil {
					skip(name, "a symbolic link that leads nowhere or in a circle: "+reason(err))
					return nil
				}
				if info.IsDir() {
					return nil
				}
			} else if !d.Type().IsRegular() {
				skip(name, "no regular file")
				return nil
			}
			visit(name)
			return nil
		}
		if d.Type()&fs.ModeSymlink != 0 {
			if _, err := fs.Stat(fsys, name); err != nil {
				skip(name, "a symbolic link that leads nowhere or in a circle: "+reason(err))
			} else if info, _ := fs.Stat(fsys, name); info != nil && info.IsDir() {
				skip(name, "a symbolic link to a folder is not followed; give that folder itself")
			}
		}
		return nil
	})
}

// reason is the cause of a file error without the path, which stands beside it.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// leavesOut says whether a folder, or what it lies in, holds no pages.
func (c *config) leavesOut(dir string) bool {
	if dir == "." {
		return false
	}
	if base := path.Base(dir); strings.HasPrefix(base, ".") || builtFolder.MatchString(base) || c.excluded(dir) {
		return true
	}
	if c.input != "." && dir != c.input && !strings.HasPrefix(dir, c.input+"/") && !strings.HasPrefix(c.input, dir+"/") {
		return true
	}
	if c.generator == jekyll {
		base, isLabel := strings.CutPrefix(path.Base(dir), "_")
		if _, known := c.labels[base]; isLabel && !known {
			return true
		}
	}
	return false
}

func (c *config) excluded(name string) bool {
	for _, glob := range c.exclude {
		if ok, _ := curation.Match(glob, name); ok {
			return true
		}
	}
	return false
}

// candidate says whether a file may be a page, by its name.
func (c *config) candidate(name string) bool {
	base := path.Base(name)
	if formatOf(c.formats, base) == nil || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "#") || repositoryFile.MatchString(base) || c.excluded(name) {
		return false
	}
	if c.input != "." && !strings.HasPrefix(name, c.input+"/") {
		return false
	}
	return c.generator != jekyll || !strings.HasPrefix(base, "_")
}

// read reads one file. The page is nil if it is none, is a draft, or cannot be read.
func (c *config) read(fsys fs.FS, name string, memory *Memory, eraser *curation.Eraser, folder *Folder) (*ingest.Page, *source) {
	file := name
	name, nameErased := eraser.Path(name)
	skip := func(line int, part bool, format string, args ...any) {
		folder.Skips = append(folder.Skips, ingest.Skip{Path: name, Line: line, Cause: fmt.Sprintf(format, args...), Part: part})
	}
	src, size, err := load(fsys, file)
	if err != nil {
		skip(0, false, "cannot be read: %s", reason(err))
		return nil, nil
	}
	if len(bytes.TrimSpace(src)) == 0 {
		skip(0, false, "the file is empty")
		return nil, nil
	}
	cut := size > int64(len(src))
	src, encoding := decode(src)
	if encoding != "" {
		skip(0, true, "is in %s, not UTF-8, and was read so; save it as UTF-8, which every generator reads", encoding)
	}
	if at := bytes.IndexByte(src[:min(len(src), 8000)], 0); at >= 0 {
		skip(1+bytes.Count(src[:at], []byte("\n")), false, "holds binary data; it is no page, or not in UTF-8")
		return nil, nil
	}
	if cut {
		skip(1+bytes.Count(src, []byte("\n")), true, "the page has %.1f MB, of which the first %d MB was read, up to here; make several pages of it, or exclude it in rapporteur.yaml", float64(size)/(1<<20), longestPage>>20)
	}
	if !utf8.Valid(src) {
		good := validUpTo(src)
		skip(1+bytes.Count(src[:good], []byte("\n")), true, "is not UTF-8; the bytes that are no text were replaced. Save the file as UTF-8")
		src = bytes.ToValidUTF8(src, []byte("\uFFFD"))
	}
	if eraser != nil {
		original, _, _ := split(src)
		if title, _ := original.title(); eraser.About(title) {
			return nil, nil
		}
	}
	text, textErased := eraser.Text(string(src))
	if textErased {
		src = []byte(text)
	}
	format := formatOf(c.formats, name)
	m, body, bodyLine := split(src)
	if !m.found && c.generator != jekyll { // Jekyll knows front matter alone
		var values []visible.Value
		values, body, bodyLine = format.Reader.Head(src)
		m = head(values)
	}
	if format.NeedsHead && !m.found {
		return nil, nil // a template, or a page built by something else
	}
	if c.generator == jekyll && !m.found {
		skip(0, false, "has no front matter, so that Jekyll does not publish it; add two lines of --- at its start to make it a page")
		return nil, nil
	}
	s := &source{path: name, rel: strings.TrimPrefix(name, strings.TrimSuffix(c.input, ".")+"/"), matter: m, published: true}
	c.collect(s)
	if m.is("draft", true) || m.is("published", false) || m.is("render", false) && c.generator == zola && strings.HasSuffix(name, "_index.md") && len(bytes.TrimSpace(body)) == 0 {
		return nil, nil
	}
	for _, i := range m.issues {
		if !cut || !m.open { // its end is in what was not read
			skip(i.line, true, "%s", i.cause)
		}
	}
	if m.is("permalink", false) {
		s.published = false
	}
	title, line := m.title()
	sum := sha256.Sum256(src)
	s.erased = nameErased
	content := memory.content(source256{sum, format.Name}, func() visible.Content {
		return format.Reader.Content(m.fields(title, line), body, bodyLine)
	})
	for _, i := range content.Issues {
		skip(i.Line, true, "%s", i.Cause)
	}
	page := &ingest.Page{Path: name, Collection: s.collection, FrontMatter: m.values, Text: content.Text, Blocks: content.Blocks, Links: content.Links, Hash: hex.EncodeToString(sum[:])}
	page.Title = titleOf(content, s)
	s.date = dateOf(m, false, s.dateStem())
	page.Kind = c.kindOf(s, page.Title)
	page.Date = s.date
	if page.Kind == ingest.EventPage {
		page.Date = dateOf(m, true, s.dateStem())
	}
	c.language(s, page)
	page.Categories = append(m.list("category", false), m.list("categories", true)...)
	return page, s
}

// load reads a file up to the longest that a page may be, cut at a line's end, and gives its whole size.
func load(fsys fs.FS, name string) ([]byte, int64, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	if info.IsDir() {
		return nil, 0, errors.New("it is a folder")
	}
	b, err := io.ReadAll(io.LimitReader(f, longestPage+1))
	if err != nil {
		return nil, 0, err
	}
	if len(b) > longestPage {
		b = b[:longestPage]
		if i := bytes.LastIndexByte(b, '\n'); i > longestPage/2 {
			b = b[:i+1]
		}
		return b, max(info.Size(), int64(longestPage+1)), nil
	}
	return b, int64(len(b)), nil
}

func validUpTo(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

// collect finds the collection that a file belongs to, and gives it the values it inherits.
func (c *config) collect(s *source) {
	dirs := strings.Split(path.Dir(s.rel), "/")
	if dirs[0] == "." {
		dirs = nil
	}
	switch c.generator {
	case jekyll:
		for _, d := range dirs {
			if label, ok := strings.CutPrefix(d, "_"); ok {
				s.collection = label
				if output, ok := c.labels[label]["output"].(bool); label != "posts" && (!ok || !output) {
					s.published = false
				}
			}
		}
		for _, d := range c.defaults {
			within := d.path == "" || s.rel == d.path || strings.HasPrefix(s.rel, d.path+"/")
			if !within && strings.Contains(d.path, "*") {
				within, _ = curation.Match(d.path, s.rel)
			}
			kind := s.collection
			if kind == "" {
				kind = "pages"
			}
			if within && (d.kind == "" || d.kind == kind) {
				s.inherit(d.values)
			}
		}
	case hugo:
		if len(dirs) > 0 {
			s.collection = dirs[0]
		}
		for _, lang := range append([]string{c.text("defaultContentLanguage")}, c.languages...) {
			if lang != "" && strings.HasSuffix(s.stem(), "."+lang) {
				s.lang = lang
			}
		}
	default:
		if len(dirs) > 0 {
			s.collection = strings.TrimPrefix(dirs[0], "_")
		}
		for dir := path.Dir(s.path); ; dir = path.Dir(dir) {
			s.inherit(c.inherited[dir])
			if dir == "." {
				break
			}
		}
	}
}

// inherit gives values to keys that the front matter does not set. They steer; they are no text of the page.
func (s *source) inherit(values map[string]any) {
	for k, v := range values {
		if _, set := s.matter.values[k]; !set {
			if s.matter.values == nil {
				s.matter.values = map[string]any{}
			}
			s.matter.values[k] = v
		}
	}
}

// inherit reads the data file that 11ty keeps for the pages of a folder.
func (c *config) inherit(fsys fs.FS, dir string) {
	if c.inherited == nil {
		return
	}
	base := path.Base(dir)
	for _, name := range []string{base + ".json", base + ".11tydata.json"} {
		if values, err := settings(fsys, path.Join(dir, name)); err == nil {
			c.inherited[dir] = values
			return
		}
	}
}

// dateStem is the part of the path that may hold a date: the file's name, or its folder's for a bundle.
func (s *source) dateStem() string {
	if stem := s.stem(); stem != "index" && stem != "_index" {
		return stem
	}
	return path.Base(path.Dir(s.path))
}

// title is the front matter's title or name, and its line.
func (m matter) title() (string, int) {
	if t, line := m.text("title", "name"); t != "" {
		return t, line
	}
	for _, pair := range [][2]string{{"othernames", "surname"}, {"first_name", "last_name"}, {"firstname", "lastname"}, {"given_name", "family_name"}, {"first-name", "last-name"}} {
		first, line := m.text(pair[0])
		last, _ := m.text(pair[1])
		if first != "" && last != "" {
			return first + " " + last, line
		}
	}
	return m.text("headline", "heading")
}

// titleOf gives a page its title: never empty, without markup.
func titleOf(c visible.Content, s *source) string {
	for _, kind := range []ingest.BlockKind{ingest.TitleBlock, ingest.HeadingBlock} {
		for _, b := range c.Blocks {
			if b.Kind == kind {
				return strings.ReplaceAll(b.In(c.Text), "\n", " ")
			}
		}
	}
	name := s.dateStem()
	if m := fileDate.FindStringSubmatch(name); m != nil && m[4] != "" {
		name = m[4]
	}
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || r == ' ' })
	if len(words) == 0 || name == "." {
		return "Home"
	}
	first, n := utf8.DecodeRuneInString(words[0])
	words[0] = strings.ToUpper(string(first)) + words[0][n:]
	return strings.Join(words, " ")
}
