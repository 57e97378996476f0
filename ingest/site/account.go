package site

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// accounting gathers what was not understood of a folder.
type accounting struct {
	folder    *Folder
	config    *config
	redirects int
	endings   gaps // files by ending
	data      gaps // data files without records
	keys      gaps // values that read like names, by key
	held      gaps // pages by the reason why they are withheld
	issues    []issueAt
	wrong     gaps // values that are no dates
	pointers  gaps // keys that point at nothing, by front-matter key
	dateless  gaps
	pages     int
	events    int
}

// gaps counts things by a name, each with the first example.
type gaps map[string]*gap

type gap struct {
	count    int
	example  string
	onEvents int      // how many stand on events
	of       int      // how many values there are in all, where only some are strange
	paths    []string // of the pages or files, up to mostPaths
	values   gaps     // by value, where the same one stands on many pages
}

// mostPaths is how many paths of one gap are kept.
const mostPaths = 500

func (g *gaps) at(name string) *gap {
	if *g == nil {
		*g = gaps{}
	}
	x := (*g)[name]
	if x == nil {
		x = &gap{}
		(*g)[name] = x
	}
	return x
}

func (g *gaps) add(name, example string) *gap {
	x := g.at(name)
	if x.count++; x.count == 1 {
		x.example = example
	}
	return x
}

// most returns the one that counts most, of several the first by name.
func (g gaps) most() *gap {
	var best *gap
	for _, name := range slices.Sorted(maps.Keys(g)) {
		if best == nil || g[name].count > best.count {
			best = g[name]
		}
	}
	return best
}

func (g *gap) in(name string) {
	if len(g.paths) < mostPaths {
		g.paths = append(g.paths, name)
	}
}

// issueAt is something wrong with the front matter of a page.
type issueAt struct {
	path string
	issue
}

// documents are endings of files in which people write text. Pictures, sounds, archives and code are none.
var documents = regexp.MustCompile(`(?i)^\.(?:rst|adoc|asciidoc|asc|org|qmd|rmd|rmarkdown|ipynb|txt|textile|rdoc|wiki|mediawiki|pod|` +
	`creole|tex|docx?|odt|rtf|pages|pdf|epub|pptx?|odp|xlsx?|ods|ics|vcf|njk|liquid|pug|haml|slim|ejs|hbs|jade|` +
	`astro|vue|svelte|jsx|tsx|php|erb|tmd|md\.erb|eml|srt|vtt|xml)$`)

// templates are formats of which a site has some without being written in them.
var templates = regexp.MustCompile(`(?i)^\.(?:njk|liquid|pug|haml|slim|ejs|hbs|jade|astro|vue|svelte|jsx|tsx|php|erb|xml|txt)$`)

// unread takes note of a file that is neither page nor data.
func (a *accounting) unread(name string) {
	ending := strings.ToLower(path.Ext(name))
	base := path.Base(name)
	if ending == "" || !documents.MatchString(ending) || formatOf(a.config.formats, name) != nil || strings.HasPrefix(base, ".") ||
		repositoryFile.MatchString(base) || strings.EqualFold(base, "robots.txt") || strings.HasPrefix(base, "requirements") ||
		strings.EqualFold(base, "humans.txt") || strings.EqualFold(base, "ads.txt") || strings.HasPrefix(base, "sitemap") ||
		strings.HasPrefix(base, "feed") || strings.HasPrefix(base, "_") {
		return
	}
	a.endings.add(ending, name)
}

func (a *accounting) dataFile(name string, records int) {
	if records == 0 {
		a.data.add("", name).in(name)
	}
}

func (a *accounting) withheld(s *source, why string) { a.held.add(why, s.path).in(s.path) }

func (a *accounting) issue(s *source, i issue) {
	a.issues = append(a.issues, issueAt{s.path, i})
}

func (a *accounting) wrongDate(s *source, l leaf) {
	a.wrong.add("", fmt.Sprintf("%s:%d: %s: %s", s.path, l.line, strings.Join(l.path, "."), short(l.value)))
	a.folder.Skips = append(a.folder.Skips, ingest.Skip{Path: s.path, Line: l.line, Part: true,
		Cause: fmt.Sprintf("%s is %q, which is no day; write it as YYYY-MM-DD. The page is kept without it", strings.Join(l.path, "."),
			short(l.value))})
}

func short(s string) string {
	s = fold.Space(s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}

// read takes note of what a page was found to be.
func (a *accounting) read(s *source, p *ingest.Page) {
	a.pages++
	for _, x := range s.pointers {
		if !x.spelled && !a.means(x.value) {
			example := fmt.Sprintf("%s:%d: %s", s.path, x.line, short(x.value))
			a.pointers.add(x.path[0], example).values.add(foldKey(x.value), example)
		}
	}
	shownKeys := map[string]bool{}
	for _, b := range p.Blocks {
		if b.Kind == ingest.FieldBlock {
			first, _, _ := strings.Cut(b.Key, ".")
			shownKeys[strings.ToLower(first)] = true
		}
	}
	for _, l := range s.matter.leaves {
		at := slices.DeleteFunc(slices.Clone(place(l)), isNumber)
		if !l.text || len(at) == 0 || knownKey(at) || a.config.fieldSetting(place(l)) != "" ||
			shownKeys[strings.ToLower(at[0])] || fold.Space(l.value) == p.Title {
			continue
		}
		key := strings.Join(at, ".")
		if a.keys.at(key).of++; a.names().person(l.value) {
			x := a.keys.add(key, fmt.Sprintf("%s:%d: %s", s.path, l.line, short(l.value)))
			if s.kind == ingest.EventPage {
				x.onEvents++
			}
		}
	}
	if s.kind == ingest.EventPage {
		a.events++
		if p.Date == "" {
			x := a.dateless.add("", s.path)
			for _, l := range s.matter.leaves {
				if _, ok := date(l.value); ok {
					x.in(strings.Join(slices.DeleteFunc(slices.Clone(place(l)), isNumber), "."))
					break
				}
			}
		}
	}
}

// means reports whether a value is the site's own name, or the first letters of its words: what is by the site is by nobody.
func (a *accounting) means(value string) bool {
	letters := ""
	for _, w := range strings.Fields(a.folder.Name) {
		r, _ := utf8.DecodeRuneInString(w)
		letters += string(r)
	}
	return strings.EqualFold(value, a.folder.Name) || len(letters) > 1 && strings.EqualFold(value, letters)
}

// notNames are keys whose values read like names without being people.
var notNames = regexp.MustCompile(`(?i)^(?:.*title.*|layout|template|type|image.*|img.*|.*alt|caption|description|.*url.*|permalink|slug|` +
	`aliases|tags?|categor.*|keywords?|menu.*|nav.*|weight|sidebar.*|` +
	`css|js|theme|cover.*|location|city|country|continent|region|area.*|state|address|timezone|place|venue|room|linktitle|section|` +
	`acronym|abbreviation|skills?|expertise|interests?|teams?|group|language|lang|locale|` +
	`twitter|github|mastodon|linkedin|status|label|heading|headline|` +
	`competen[cz]\w*|domaine?)$`)

// knownKey reports whether a key, by its path without numbers, holds what is read already, or what is nobody's name.
func knownKey(at []string) bool {
	first, last := strings.ToLower(at[0]), strings.ToLower(at[len(at)-1])
	if first == "title" || shown.MatchString(first) || keyHolds(at[0]).role != "" ||
		notNames.MatchString(first) || notNames.MatchString(last) {
		return true
	}
	role := keyHolds(last).role
	return role == roleOrganisation || role == roleJob ||
		slices.Contains(firstNames, foldKey(last)) || slices.Contains(lastNames, foldKey(last))
}

func (a *accounting) names() namer { return a.config.names }

// list words the account, the worst first: what hides most from the user, which is whole files rather than single values, and
// many rather than few.
func (a *accounting) list(folder *Folder, sources []*source) []ingest.Gap {
	var out []ingest.Gap
	add := func(kind ingest.GapKind, subject string, count int, example, mend, format string, args ...any) {
		out = append(out, ingest.Gap{Kind: kind, Subject: subject, Count: count, Text: fmt.Sprintf(format, args...), Example: example,
			Mend: mend})
	}
	for ending, g := range a.endings {
		if templates.MatchString(ending) && g.count*4 < a.pages {
			continue
		}
		add(ingest.EndingGap, ending, g.count, g.example,
			fmt.Sprintf("save what matters in them as Markdown; to hear no more of them write skip: [\"**/*%s\"]", ending),
			"%s in %s, a format that is not read", files(g.count), ending)
	}
	for _, g := range a.data {
		add(ingest.DataGap, "", g.count, g.example,
			"name the list after what it holds (people, organisations, events); to hear no more of it write "+setting("skip", g, false),
			"%s in which no people, bodies or events were found", counted(g.count, "data file", "data files"))
	}
	for key, g := range a.keys {
		if g.count*3 >= g.of && g.count > 0 {
			add(ingest.KeyGap, key, g.count, g.example, fmt.Sprintf("fields: {%s: [%q]}", g.role(), key),
				"%s under %q read like people's names and were left out", counted(g.count, "value", "values"), key)
		}
	}
	for key, g := range a.pointers {
		most := g.values.most()
		uses := ""
		if g.count > len(g.values) {
			uses = fmt.Sprintf(", used %d times", g.count)
		}
		if uses != "" && len(g.values) > 1 {
			uses += fmt.Sprintf("; this one the most, %d times", most.count)
		}
		add(ingest.PointerGap, key, g.count, most.example,
			"write the names in full, or make a data file that says who they are: _data/people.yml with KEY: {name: NAME}",
			"%s under %q that nothing on the site explains%s", counted(len(g.values), "key", "keys"), key, uses)
	}
	for _, g := range a.wrong {
		add(ingest.DateGap, "wrong", g.count, g.example, "write days as YYYY-MM-DD", "%s no day", counted(g.count, "date is", "dates are"))
	}
	for _, g := range a.dateless {
		mend := "write date: YYYY-MM-DD where each of them begins"
		if key := mostOf(g.paths); key != "" {
			mend = fmt.Sprintf("fields: {date: [%q]}, if that is the day of the event", key)
		}
		add(ingest.DateGap, "", g.count, g.example, mend, "%s of %d without a day", counted(g.count, "event", "events"), a.events)
	}
	for why, g := range a.held {
		add(ingest.WithheldGap, why, g.count, g.example, setting("include", g, true)+", if readers may see "+pronoun(g.count),
			"%s not read: %s", counted(g.count, "page was", "pages were"), why)
	}
	a.matter(add)
	shared := map[string][]string{}
	for i, p := range folder.Pages {
		if p.URL != "" && !strings.Contains(p.Path, "#") && sources[i].published {
			shared[p.URL] = append(shared[p.URL], p.Path)
		}
	}
	var most []string
	n := 0
	for _, paths := range shared {
		if len(paths) > 1 {
			n += len(paths)
			if slices.Sort(paths); most == nil || len(paths) > len(most) || len(paths) == len(most) && paths[0] < most[0] {
				most = paths
			}
		}
	}
	if n > 0 {
		add(ingest.AddressGap, "", n, most[0]+" and "+most[1], "permalink or slug in the front matter of one of them",
			"%s an address with another", counted(n, "page shares", "pages share"))
	}
	SortGaps(out)
	return out
}

// SortGaps puts gaps in order, the worst first.
func SortGaps(gaps []ingest.Gap) {
	slices.SortStableFunc(gaps, func(a, b ingest.Gap) int {
		return cmp.Or(cmp.Compare(weightOf[b.Kind]*b.Count, weightOf[a.Kind]*a.Count), cmp.Compare(weightOf[b.Kind], weightOf[a.Kind]),
			cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Example, b.Example))
	})
}

// weightOf is how much one of each kind of gap hides: a whole page of somebody's, a person, a day, an aside.
var weightOf = map[ingest.GapKind]int{
	ingest.EndingGap: 12, ingest.DateGap: 8, ingest.KeyGap: 8, ingest.PeopleGap: 6, ingest.PointerGap: 5, ingest.LanguageGap: 4,
	ingest.AddressGap: 4, ingest.DataGap: 3, ingest.MatterGap: 2, ingest.WithheldGap: 1,
}

// role is what a key that holds names most likely holds.
func (g *gap) role() string {
	if g.onEvents*2 >= g.count {
		return roleSpeakers
	}
	return rolePeople
}

// setting is the line of rapporteur.yaml that names the paths of a gap: up to three of them, or the folder that all lie in where
// what else lies there may be named with them.
func setting(name string, g *gap, folders bool) string {
	paths := slices.Compact(slices.Sorted(slices.Values(g.paths)))
	if len(paths) <= 3 && len(paths) == g.count {
		return fmt.Sprintf("%s: [\"%s\"]", name, strings.Join(paths, "\", \""))
	}
	common := path.Dir(paths[0])
	for _, p := range paths {
		for common != "." && !strings.HasPrefix(p, common+"/") {
			common = path.Dir(common)
		}
	}
	if folders && common != "." && len(paths) == g.count {
		return fmt.Sprintf("%s: [\"%s/**\"]", name, common)
	}
	return fmt.Sprintf("%s: [\"%s\"], and so on", name, strings.Join(paths[:min(3, len(paths))], "\", \""))
}

func pronoun(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}

// mostOf is the word that stands most often in a list, the first of several by the alphabet; "" of an empty list.
func mostOf(list []string) string {
	n := map[string]int{}
	best := ""
	for _, w := range list {
		if n[w]++; best == "" || n[w] > n[best] || n[w] == n[best] && w < best {
			best = w
		}
	}
	return best
}

var lineNumbers = regexp.MustCompile(`\d+`)

// matter reports what is wrong with front matter: the same fault on many pages once, others as skips with their lines.
func (a *accounting) matter(add func(kind ingest.GapKind, subject string, count int, example, mend, format string, args ...any)) {
	same := map[string][]issueAt{}
	var order []string
	for _, i := range a.issues {
		k := lineNumbers.ReplaceAllString(i.cause, "")
		if same[k] == nil {
			order = append(order, k)
		}
		same[k] = append(same[k], i)
	}
	for _, k := range order {
		list := same[k]
		if len(list) < 2 {
			for _, i := range list {
				a.folder.Skips = append(a.folder.Skips, ingest.Skip{Path: i.path, Line: i.line, Cause: i.cause, Part: true})
			}
			continue
		}
		first := list[0]
		add(ingest.MatterGap, "", len(list), fmt.Sprintf("%s:%d", first.path, first.line), "", "%s: %s", counted(len(list), "page", "pages"),
			first.cause)
	}
}

func files(n int) string { return counted(n, "file", "files") }

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
