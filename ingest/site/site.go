package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/brand"
	"rapporteur/ingest/curation"
	"rapporteur/ingest/data"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/visible"
)

// Folder is a site as it lies on disk.
type Folder struct {
	Name     string // of the site
	URL      string // of the live site, without a slash at the end; "" if it is not known
	Pages    []*ingest.Page
	Skips    []ingest.Skip
	Account  []ingest.Gap     // what was not understood, the worst first
	Notes    []string         // what was concluded rather than read, such as the site's address
	Curation *curation.File   // nil without a rapporteur.yaml
	Eraser   *curation.Eraser // takes the people who are to be erased out of what is said later; nil if there are none
	Erasing  string           // digest of rapporteur.yaml, where it erases people; else ""
	Brand    *brand.Brand     // how pages look; nil if rapporteur.yaml does not say
	Today    string           // YYYY-MM-DD: the day by which what is still to come is told from what is past
}

// ErrNoPages says that a folder holds no page.
var ErrNoPages = errors.New("no pages here: a page is a .md or .markdown file, or an .html file with front matter")

// longestPage is what is read of one page, in bytes: what is said in more than a day of talk. A longer file is most likely
// data, not a page; its beginning is read, and the report says that it was no more.
const longestPage = 1 << 20

var (
	repositoryFile = regexp.MustCompile(`(?i)^(?:readme|license|licence|contributing|code[-_]of[-_]conduct|changelog|security|authors|` +
		`support|pull_request_template|claude|agents)(?:\.\w+)*$`)
	builtFolder = regexp.MustCompile(`^(?:node_modules|bower_components|_site|_includes|_layouts|_drafts|_data|_sass|_plugins|_build|_book|` +
		`_cache|dist|vendor|venv|__pycache__)$`)
)

// Read reads the site in fsys: its pages by path, and what could not be read. It fails only when the folder itself or
// its rapporteur.yaml cannot be read, when there is no page in it (ErrNoPages), and when ctx ends.
func Read(ctx context.Context, fsys fs.FS) (*Folder, error) { return NewMemory().Read(ctx, fsys) }

// Read reads the site in fsys as the function Read does. Pages that were there the last time are not parsed again.
func (m *Memory) Read(ctx context.Context, fsys fs.FS) (*Folder, error) {
	decisions, err := curated(fsys)
	if err != nil {
		return nil, err
	}
	return m.ReadDecided(ctx, fsys, decisions)
}

// ReadDecided reads the site in fsys as Read does, by these decisions, which may be nil, in place of its rapporteur.yaml.
func (m *Memory) ReadDecided(ctx context.Context, fsys fs.FS, decisions *curation.File) (*Folder, error) {
	err := m.begin()
	if err != nil {
		return nil, err
	}
	c, skips := configure(fsys, m.formats)
	c.override(decisions)
	folder := &Folder{Name: c.title, Skips: skips, Curation: decisions, Today: c.today}
	c.names = m.names
	if c.eraser, err = EraserOf(decisions); err != nil {
		return nil, err
	}
	folder.Name = c.eraser.Value(folder.Name)
	if _, named := c.eraser.Path(c.url); named { // each page's address would say the name
		c.url = ""
		folder.Notes = append(folder.Notes, "the site's address names somebody who is erased: pages are kept without addresses")
	}
	folder.branded(fsys, c.eraser)
	account := &accounting{folder: folder, config: &c}
	var sources []*source
	var dataFiles []string
	err = walk(ctx, fsys, &c, folder, visitor{
		page: func(name string) {
			if c.calendarOfSeveral(fsys, name) {
				dataFiles = append(dataFiles, name)
			} else if s := c.open(fsys, name, folder, account); s != nil {
				sources = append(sources, s)
			}
		},
		data:  func(name string) { dataFiles = append(dataFiles, name) },
		other: account.unread,
	})
	if err != nil {
		return nil, err
	}
	var records []*record
	for _, name := range dataFiles {
		found := c.records(fsys, name, folder, m.names)
		account.dataFile(name, len(found))
		records = append(records, found...)
	}
	records = c.merged(records)
	c.cascade(sources)
	sources = c.settle(sources, folder, account, m.names)
	d := c.newDirectory(sources, records, m.names)
	sources = slices.DeleteFunc(sources, func(s *source) bool { return s.named })
	sources = slices.DeleteFunc(sources, func(s *source) bool { return !c.add(s, folder, m, d, account) })
	for _, r := range records {
		if r.page != nil || r.told && !r.used {
			continue
		}
		if s := c.fromRecord(r); s != nil && c.add(s, folder, m, d, account) {
			sources = append(sources, s)
		}
	}
	if len(folder.Pages) == 0 {
		folder.Account = account.list(folder, sources)
		return folder, ErrNoPages
	}
	inOrder(folder.Pages, sources)
	c.guess(folder, sources)
	for i, s := range sources {
		if s.erased {
			folder.Pages[i].URL = "" // the address on the live site holds the name too
		}
	}
	c.link(folder, sources)
	c.translate(folder, sources)
	if c.eraser != nil {
		folder.Erasing = decisions.Digest
	}
	if c.eraser != nil {
		folder.Notes = append(folder.Notes, curation.Told(decisions.Name, slices.Concat(c.eraser.Missed(), c.eraser.Remains()))...)
	}
	folder.Eraser = c.eraser
	for i := range folder.Skips {
		folder.Skips[i].Cause, _ = c.eraser.Text(folder.Skips[i].Cause)
	}
	folder.URL = c.url
	if folder.Name == "" {
		_, folder.Name, _ = strings.Cut(c.url, "://")
	}
	folder.Account = account.list(folder, sources)
	for i := range folder.Account {
		g := &folder.Account[i]
		for _, text := range []*string{&g.Subject, &g.Text, &g.Example, &g.Mend} {
			*text = c.eraser.Value(*text)
		}
	}
	slices.SortStableFunc(folder.Skips, func(a, b ingest.Skip) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path),
			cmp.Compare(a.Line, b.Line))
	})
	return folder, nil
}

// Decisions are what the rapporteur.yaml of a site says; nil if there is none.
func Decisions(fsys fs.FS) (*curation.File, error) { return curated(fsys) }

// EraserOf makes what takes people out of pages; nil if nobody is to be. Words that are ordinary ones, too, are known from the gazetteer.
func EraserOf(decisions *curation.File) (*curation.Eraser, error) {
	if decisions == nil || len(decisions.Erase) == 0 {
		return nil, nil
	}
	words, err := gazetteer.Load()
	if err != nil {
		return nil, fmt.Errorf("prepare to erase: %w", err)
	}
	return decisions.Eraser(func(word string) bool { return words.Word(word)&(gazetteer.Common|gazetteer.Month) != 0 }), nil
}

// inOrder sorts pages, and their sources beside them, by path.
func inOrder(pages []*ingest.Page, sources []*source) {
	order := make([]int, len(pages))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return pages[order[i]].Path < pages[order[j]].Path })
	p, s := slices.Clone(pages), slices.Clone(sources)
	for to, from := range order {
		pages[to], sources[to] = p[from], s[from]
	}
}

// visitor is called with the files of a site, in the order of paths.
type visitor struct {
	page  func(name string) // may be a page
	data  func(name string) // may hold records
	other func(name string) // is neither
}

// walk goes over the files of a site.
func walk(ctx context.Context, fsys fs.FS, c *config, folder *Folder, visit visitor) error {
	ours := exported(fsys)
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
		if name == "." || ours[name] {
			return nil
		}
		if d.IsDir() {
			if c.dataIn(name) {
				return nil
			}
			if c.leavesOut(name) {
				return fs.SkipDir
			}
			c.inherit(fsys, name)
			return nil
		}
		if d.Type().IsRegular() && c.isData(name) && !c.excludedByDecision(name) {
			visit.data(name)
			return nil
		}
		if c.dataIn(path.Dir(name)) {
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
			visit.page(name)
			return nil
		}
		if d.Type().IsRegular() && !c.leavesOut(path.Dir(name)) && !c.excluded(name) && !c.undeclared(name) {
			visit.other(name)
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
	return false
}

// undeclared reports whether a file lies in a folder of Jekyll's whose name begins with _ and that no collection has.
func (c *config) undeclared(name string) bool {
	if c.generator != jekyll {
		return false
	}
	for _, dir := range strings.Split(path.Dir(name), "/") {
		if label, ok := strings.CutPrefix(dir, "_"); ok {
			if _, known := c.labels[label]; !known {
				return true
			}
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
	if formatOf(c.formats, base) == nil || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "#") ||
		repositoryFile.MatchString(base) ||
		c.excluded(name) {
		return false
	}
	if c.input != "." && !strings.HasPrefix(name, c.input+"/") {
		return false
	}
	switch c.generator {
	case nikola: // what lies outside of the folders that its settings name is copied, or is no page at all
		dir, _ := c.routeOf(name)
		return dir != "" || len(c.routes) == 0
	case sveltekit:
		return strings.HasPrefix(base, "+page.") && !strings.Contains(name, "[")
	}
	return c.generator != jekyll || !strings.HasPrefix(base, "_")
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
		if inner, ok := c.languageFolder(s.path); ok {
			s.lang = c.folders[strings.TrimSuffix(s.path, "/"+inner)]
			s.rel = inner
			dirs = strings.Split(path.Dir(inner), "/")
		}
		if len(dirs) > 0 && dirs[0] != "." {
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
			if s.inherited == nil {
				s.inherited = map[string]bool{}
			}
			s.inherited[k] = true
		}
	}
}

// inherit reads the data files that 11ty keeps for the pages of a folder; of several the later ones go first.
func (c *config) inherit(fsys fs.FS, dir string) {
	if c.inherited == nil {
		return
	}
	base := path.Base(dir)
	for _, name := range []string{base + ".json", base + ".11tydata.json", base + ".11tydata.js", base + ".11tydata.cjs",
		base + ".11tydata.mjs"} {
		n := c.required(fsys, path.Join(dir, name))
		if n == nil || n.Kind != data.Table {
			continue
		}
		values, _ := n.Value().(map[string]any)
		if c.inherited[dir] == nil {
			c.inherited[dir] = map[string]any{}
		}
		merge(c.inherited[dir], values)
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
	if t, line := m.text("title"); t != "" {
		return t, line
	}
	if t, line := m.name(); t != "" {
		return t, line
	}
	return m.text("headline", "heading")
}

// name is the name that the front matter gives, of a person put together of its parts if it must be, and its line.
func (m matter) name() (string, int) {
	var top []leaf
	for _, l := range slices.Backward(m.leaves) { // of a key that stands twice the last one holds
		if len(l.path) == 1 {
			top = append(top, l)
		}
	}
	part := func(i int) string { return fold.Space(top[i].value) }
	switch first, last := nameAmong(len(top), func(i int) string { return top[i].path[0] }, part); {
	case last >= 0:
		return part(first) + " " + part(last), top[first].line
	case first >= 0:
		return part(first), top[first].line
	}
	return "", 0
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
