package query

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"rapporteur/index"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// completion is an end of a name or title, from the start of one of its words on.
type completion struct {
	key    string // folded words
	entity int    // of the lexicon, or -1
	page   int    // of the lexicon, or -1
	first  bool   // the whole of the name
	text   string // the name as written
}

const (
	maxSuggestions     = 20
	defaultSuggestions = 8
	maxCompletedWords  = 50 // words that prefix* stands for
	maxSuggestionBytes = 100
)

func makeCompletions(l *lexicon) []completion {
	var out []completion
	add := func(text string, entity, page int) {
		words := index.NameWords(text)
		for i := range words {
			out = append(out, completion{strings.Join(words[i:], " "), entity, page, i == 0, text})
		}
	}
	for i := range l.Entities {
		e := &l.Entities[i]
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			add(name, i, -1)
		}
	}
	for i := range l.Pages {
		add(l.Pages[i].Title, -1, i)
	}
	slices.SortStableFunc(out, func(a, b completion) int { return strings.Compare(a.key, b.key) })
	return out
}

// Suggest completes what is being typed: names of entities, the most named first, then titles of pages, the newest first.
// What begins so comes before what has a later word that does.
func (f *Engine) Suggest(prefix string, limit int) []answer.Suggestion {
	if limit <= 0 {
		limit = defaultSuggestions
	}
	limit = min(limit, maxSuggestions)
	if len(prefix) > maxSuggestionBytes {
		return []answer.Suggestion{}
	}
	key := strings.Join(index.NameWords(prefix), " ")
	if key == "" {
		return []answer.Suggestion{}
	}
	from := sort.Search(len(f.typed), func(i int) bool { return f.typed[i].key >= key })
	var best []*completion
	for i := from; i < len(f.typed) && strings.HasPrefix(f.typed[i].key, key); i++ {
		c := &f.typed[i]
		if same := slices.IndexFunc(best, func(b *completion) bool { return alikeCompletions(b, c) }); same >= 0 {
			if f.compareCompletions(c, best[same]) >= 0 {
				continue
			}
			best = slices.Delete(best, same, same+1)
		}
		if len(best) == limit && f.compareCompletions(c, best[limit-1]) >= 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, c, f.compareCompletions)
		best = slices.Insert(best, at, c)
		best = best[:min(len(best), limit)]
	}
	out := make([]answer.Suggestion, 0, len(best))
	for _, c := range best {
		if c.entity >= 0 {
			out = append(out, answer.Suggestion{Ref: f.ref(c.entity), Text: f.lexicon.Entities[c.entity].Name})
			continue
		}
		p := &f.lexicon.Pages[c.page]
		out = append(out, answer.Suggestion{Ref: answer.Ref{ID: p.ID, Kind: kinds.Page, Name: p.Title}, Text: p.Title})
	}
	return out
}

// alikeCompletions reports whether two would lead to the same thing, or read the same: of weekly notes that all have one
// title the newest will do.
func alikeCompletions(a, b *completion) bool {
	return a.entity == b.entity && (a.page == b.page || a.entity < 0 && strings.EqualFold(a.text, b.text))
}

func (f *Engine) compareCompletions(a, b *completion) int {
	if a.first != b.first {
		if a.first {
			return -1
		}
		return 1
	}
	if (a.entity >= 0) != (b.entity >= 0) {
		return cmp.Compare(b.entity, a.entity)
	}
	if a.entity >= 0 {
		return cmp.Or(cmp.Compare(f.lexicon.Entities[b.entity].Pages, f.lexicon.Entities[a.entity].Pages), cmp.Compare(a.entity, b.entity))
	}
	return cmp.Or(strings.Compare(f.lexicon.Pages[b.page].Date, f.lexicon.Pages[a.page].Date), cmp.Compare(a.page, b.page))
}

// completions returns words of the site that begin with a folded prefix; the shortest ones, if there are many.
func (f *Engine) completions(prefix string) ([]string, error) {
	words, err := f.reader.Completions(prefix, 10*maxCompletedWords)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(words, func(a, b string) int { return utf8.RuneCountInString(a) - utf8.RuneCountInString(b) })
	return words[:min(len(words), maxCompletedWords)], nil
}
