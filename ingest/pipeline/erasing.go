package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/curation"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
	"rapporteur/ingest/resolve"
	"rapporteur/ingest/site"
	"rapporteur/ingest/topic"
)

// Erasing returns decisions with all that the pages of the site in fsys call the people whom they erase. Nothing is written.
func Erasing(ctx context.Context, fsys fs.FS, decisions *curation.File) (*curation.File, error) {
	m := &Memory{}
	if err := m.prepare(); err != nil {
		return nil, err
	}
	found, _, err := m.erasing(ctx, fsys, decisions, openCache("", "", ""), Options{Workers: 1, Progress: func(string, int, int) {}})
	return found, err
}

// decisions reads those of a site, and what its pages call the people whom they erase.
func (m *Memory) decisions(ctx context.Context, fsys fs.FS, drafts *cache, opts Options) (*curation.File, []string, error) {
	decisions, err := site.Decisions(fsys)
	if err != nil {
		return nil, nil, fmt.Errorf("read the site: %w", err)
	}
	return m.erasing(ctx, fsys, decisions, drafts, opts)
}

// erasing finds who the people to erase are: it resolves the pages that may name them as if nobody were erased, and gives the
// Eraser all names of the persons that come of it. It keeps nothing of that but in memory. The notes say, by line, where
// forms were left standing because they may mean somebody else; they name nobody.
func (m *Memory) erasing(ctx context.Context, fsys fs.FS, decisions *curation.File, drafts *cache, opts Options) (*curation.File,
	[]string, error) {
	if decisions == nil || len(decisions.Erase) == 0 {
		return decisions, nil, nil
	}
	unerased := *decisions
	unerased.Erase, unerased.Hide = nil, nil
	folder, err := m.pages.ReadDecided(ctx, fsys, &unerased)
	if errors.Is(err, site.ErrNoPages) {
		return decisions, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read the site: %w", err)
	}
	entities, err := m.entitiesNear(ctx, folder, &unerased, decisions.Erase, drafts, opts)
	if err != nil {
		return nil, nil, err
	}
	found := *decisions
	var notes []string
	found.Also, notes = formsOf(decisions, entities)
	return &found, notes, nil
}

// entitiesNear resolves the pages that may name the people of a list, and those alone.
func (m *Memory) entitiesNear(ctx context.Context, folder *site.Folder, decisions *curation.File, people []curation.Entry,
	known *cache, opts Options) ([]ingest.Entity, error) {
	defer known.unask()
	near := newNearWords(people)
	drafts := make([]*ingest.Record, len(folder.Pages))
	err := opts.each(ctx, "looking for people to erase", len(drafts), func(i int) (err error) {
		p := folder.Pages[i]
		if !near.in(p.Title) && !near.in(p.Text) {
			return nil
		}
		// What nobody is to know stays on this machine.
		if drafts[i], err = known.draft(ctx, p, &drafting{make: m.extractor.Draft}); errors.As(err, new(*draftFault)) {
			return nil // it will be told of when the page is read to be kept
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	records := slices.DeleteFunc(drafts, func(r *ingest.Record) bool { return r == nil })
	if len(records) == 0 {
		return nil, nil
	}
	m.extractor.Revise(records)
	m.extractor.Own(records, folder.Name)
	topic.Fill(records, vocabulary(decisions))
	resolved, err := resolve.Site(folder.URL, records, decisions)
	return resolved.Entities, err
}

// formsOf lists, by value of an entry, the names of the one person whom it means. Left out are single words, an initial with
// a surname (which the Eraser finds by itself where nobody else on the page is meant), and what somebody else is called too.
func formsOf(decisions *curation.File, entities []ingest.Entity) (also map[string][]string, notes []string) {
	also = map[string][]string{}
	bearers := map[string][]int{} // entities by folded form
	byAddress := map[string][]int{}
	for i, e := range entities {
		for _, iri := range append([]ingest.IRI{e.IRI}, e.Former...) {
			byAddress[string(iri)] = append(byAddress[string(iri)], i)
		}
		seen := map[string]bool{}
		for _, form := range append([]string{e.Name}, e.Aliases...) {
			if key := fold.Name(form); !seen[key] {
				seen[key] = true
				bearers[key] = append(bearers[key], i)
			}
		}
	}
	var told []curation.Remnant
	note := func(entry curation.Entry, format string, args ...any) {
		told = append(told, curation.Remnant{Line: entry.Line, Says: fmt.Sprintf(format, args...)})
	}
	for _, entry := range decisions.Erase {
		var meant []int
		if curation.IsAddress(entry.Value) {
			meant = byAddress[strings.TrimRight(entry.Value, "/")]
		} else {
			name, _, _ := strings.Cut(entry.Value, " @ ")
			meant = bearers[fold.Name(name)]
		}
		meant = slices.DeleteFunc(slices.Clone(meant), func(i int) bool { return entities[i].Kind != kinds.Person })
		if len(meant) > 1 {
			note(entry, "%d people are called so; their other names stay: erase these by name, too", len(meant))
		}
		if len(meant) != 1 {
			continue
		}
		left := 0
		person := entities[meant[0]]
		var initials []string // with surnames
		for _, form := range append([]string{person.Name}, person.Aliases...) {
			words := fold.Words(form)
			switch {
			case fold.Name(form) == fold.Name(entry.Value): // gone as it is
			case len(words) == 2 && utf8.RuneCountInString(words[0]) == 1:
				initials = append(initials, form)
			case len(words) < 2 || len(words) == 2 && utf8.RuneCountInString(words[1]) == 1 || len(bearers[fold.Name(form)]) > 1:
				left++
			default:
				also[entry.Value] = append(also[entry.Value], form)
			}
		}
		for _, form := range initials {
			if !slices.ContainsFunc(append([]string{entry.Value}, also[entry.Value]...), func(full string) bool { return shortens(form, full) }) {
				left++
			}
		}
		if left > 0 {
			note(entry, "%d further form(s) of this name stay, being one word only or somebody else's name as well", left)
		}
	}
	return also, curation.Told(decisions.Name, told)
}

// shortens says whether a form is the initial and the surname of a full name.
func shortens(form, full string) bool {
	short, words := fold.Words(form), fold.Words(full)
	return len(words) > 1 && strings.HasPrefix(words[0], short[0]) && words[len(words)-1] == short[len(short)-1]
}

// nearWords knows the surnames of people, and what may be a misspelling of one: a letter more, less, other or exchanged.
type nearWords struct {
	exact   map[string]bool
	without map[string]bool // surnames of five letters and more, each with every letter left out once
}

func newNearWords(people []curation.Entry) *nearWords {
	n := &nearWords{exact: map[string]bool{}, without: map[string]bool{}}
	for _, entry := range people {
		var last []string
		if curation.IsAddress(entry.Value) {
			last = fold.Words(strings.ReplaceAll(path.Base(entry.Value), "-", " ")) // behind the surname there may be more
		} else {
			name, _, _ := strings.Cut(entry.Value, " @ ")
			surname, _, inverted := strings.Cut(name, ",")
			if words := fold.Words(surname); inverted {
				last = words
			} else if len(words) > 0 {
				last = words[len(words)-1:]
			}
		}
		for _, w := range last {
			n.exact[w] = true
			for shorter := range withoutOne(w) {
				n.without[shorter] = true
			}
		}
	}
	return n
}

// withoutOne are a word and what is left of it without one of its letters; nothing of a short one.
func withoutOne(w string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if utf8.RuneCountInString(w) < 5 || !yield(w) {
			return
		}
		for i, r := range w {
			if !yield(w[:i] + w[i+utf8.RuneLen(r):]) {
				return
			}
		}
	}
}

// in says whether a text has such a word, with a capital.
func (n *nearWords) in(text string) bool {
	seen := map[string]bool{}
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || r == '\'' || r == '’' }
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !letter(r) }) {
		if first, _ := utf8.DecodeRuneInString(w); unicode.IsLower(first) || seen[w] {
			continue
		}
		seen[w] = true
		for _, folded := range fold.Words(w) {
			if n.exact[folded] {
				return true
			}
			for shorter := range withoutOne(folded) {
				if n.without[shorter] {
					return true
				}
			}
		}
	}
	return false
}
