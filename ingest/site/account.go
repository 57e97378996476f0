package site

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

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
type gaps map[string]*struct {
	count   int
	example string
}

func (g *gaps) add(name, example string) {
	if *g == nil {
		*g = gaps{}
	}
	x := (*g)[name]
	if x == nil {
		x = &struct {
			count   int
			example string
		}{0, example}
		(*g)[name] = x
	}
	x.count++
}

// issueAt is something wrong with the front matter of a page.
type issueAt struct {
	path string
	issue
}

// documents are endings of files in which people write text. Pictures, sounds, archives and code are none.
var documents = regexp.MustCompile(`(?i)^\.(?:rst|adoc|asciidoc|asc|org|qmd|rmd|rmarkdown|ipynb|txt|textile|rdoc|wiki|mediawiki|pod|` +
	`creole|tex|docx?|odt|rtf|pages|pdf|epub|pptx?|odp|xlsx?|ods|ics|vcf|njk|liquid|pug|haml|slim|ejs|hbs|jade|` +
	`astro|vue|svelte|tmd|md\.erb|eml|srt|vtt|xml)$`)

// templates are formats of which a site has some without being written in them.
var templates = regexp.MustCompile(`(?i)^\.(?:njk|liquid|pug|haml|slim|ejs|hbs|jade|astro|vue|svelte|xml|txt)$`)

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
		a.data.add("", name)
	}
}

func (a *accounting) withheld(s *source, why string) { a.held.add(why, s.path) }

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
		if !x.spelled {
			a.pointers.add(x.path[0], fmt.Sprintf("%s:%d: %s", s.path, x.line, short(x.value)))
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
		at := place(l)
		first := strings.ToLower(at[0])
		if !l.text || first == "title" || shown.MatchString(first) || shownKeys[first] || keyHolds(at[0]).role != "" ||
			notNames.MatchString(first) || !a.names().person(l.value) {
			continue
		}
		a.keys.add(at[0], fmt.Sprintf("%s:%d: %s", s.path, l.line, short(l.value)))
	}
	if s.kind == ingest.EventPage {
		a.events++
		if p.Date == "" {
			a.dateless.add("", s.path)
		}
	}
}

// notNames are keys whose values read like names without being people.
var notNames = regexp.MustCompile(`^(?:.*title.*|layout|template|type|image.*|img.*|alt|caption|description|.*url.*|permalink|slug|` +
	`aliases|tags?|categor.*|keywords?|menu.*|nav.*|weight|sidebar.*|css|js|theme|cover.*|location|city|country|place|venue|room|` +
	`linktitle|section)$`)

func (a *accounting) names() namer { return a.config.names }

// list words the account, the worst first: what hides most from the user. The order is: whole files not read, then what is
// missing of pages, then single values; within it by number.
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
			fmt.Sprintf("save them as Markdown, or leave them out for good: skip: [\"**/*%s\"]", ending), "%s in %s, a format that is not read",
			files(g.count), ending)
	}
	for _, g := range a.data {
		add(ingest.DataGap, "", g.count, g.example,
			"name the list after what it holds (people, organisations, events), or leave it out: skip: [\""+path.Dir(g.example)+"/**\"]",
			"%s in which no people, bodies or events were found", counted(g.count, "data file", "data files"))
	}
	for key, g := range a.keys {
		add(ingest.KeyGap, key, g.count, g.example, "fields: {speakers: ["+key+"]}, or authors, people, organisers, as it is",
			"%s of the key %q read like people's names and were left out", counted(g.count, "value", "values"), key)
	}
	for key, g := range a.pointers {
		add(ingest.PointerGap, key, g.count, g.example,
			"a file of data with these keys, such as _data/people.yml, or the names themselves under "+key,
			"%s of the key %q point at nobody who is known", counted(g.count, "value", "values"), key)
	}
	for _, g := range a.wrong {
		add(ingest.DateGap, "wrong", g.count, g.example, "write days as YYYY-MM-DD", "%s no day", counted(g.count, "date is", "dates are"))
	}
	for _, g := range a.dateless {
		add(ingest.DateGap, "", g.count, g.example, "fields: {date: [KEY]}, if a key of the front matter holds it", "%s of %d without a day",
			counted(g.count, "event", "events"), a.events)
	}
	for why, g := range a.held {
		add(ingest.WithheldGap, why, g.count, g.example, "include: [\""+g.example+"\"], if readers may see it", "%s not read: %s",
			counted(g.count, "page was", "pages were"), why)
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
	slices.SortFunc(out, func(x, y ingest.Gap) int {
		return cmp.Or(cmp.Compare(weightOf[x.Kind], weightOf[y.Kind]), cmp.Compare(y.Count, x.Count), cmp.Compare(x.Subject, y.Subject),
			cmp.Compare(x.Example, y.Example))
	})
	return out
}

// weightOf orders the kinds of gap, what hides most first.
var weightOf = map[ingest.GapKind]int{
	ingest.EndingGap: 1, ingest.KeyGap: 2, ingest.PointerGap: 3, ingest.DateGap: 4, ingest.PeopleGap: 5, ingest.MatterGap: 6,
	ingest.LanguageGap: 7, ingest.DataGap: 8, ingest.AddressGap: 9, ingest.WithheldGap: 10,
}

// matter reports what is wrong with front matter: the same fault on many pages once, others as skips with their lines.
func (a *accounting) matter(add func(kind ingest.GapKind, subject string, count int, example, mend, format string, args ...any)) {
	same := map[string][]issueAt{}
	var order []string
	for _, i := range a.issues {
		k := fmt.Sprintf("%d %s", i.line, i.cause)
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
