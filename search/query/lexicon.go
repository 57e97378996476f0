package query

import (
	"maps"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/index"
	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
	"rapporteur/ingest/kinds"
)

// lexicon is what queries are widened by and what is suggested while typing: the names that the site uses.
// It is made at build time and stored with the index.
type lexicon struct {
	Entities []lexiconEntity     `json:"entities"` // by IRI
	Pages    []lexiconPage       `json:"pages"`    // by path
	Acronyms map[string][]string `json:"acronyms"` // folded acronym -> what the pages say it stands for, the commonest first
	Places   []string            `json:"places"`   // keys of the names of places that pages name, sorted
	Ordinary map[string]int      `json:"ordinary"` // names of one word -> pages that have it in small letters, as a word
}

type lexiconEntity struct {
	ID      ingest.IRI `json:"id"`
	Kind    kinds.Kind `json:"kind"`
	Name    string     `json:"name"`
	Aliases []string   `json:"aliases,omitempty"`
	Code    string     `json:"code,omitempty"` // of a country
	Pages   int        `json:"pages"`
}

// value is what the entity is filtered by in its facet.
func (e *lexiconEntity) value() string {
	if e.Kind == kinds.Country {
		return e.Code
	}
	return string(e.ID)
}

type lexiconPage struct {
	ID    ingest.IRI `json:"id"`
	Title string     `json:"title"`
	Date  string     `json:"date,omitempty"`
}

func makeLexicon(site *inversion.Site, m *documentMaker) *lexicon {
	l := &lexicon{}
	for i := range site.Entities {
		e := &site.Entities[i]
		l.Entities = append(l.Entities, lexiconEntity{e.IRI, e.Kind, e.Name, e.Aliases, e.Code, len(site.Seen[i])})
	}
	expansions := map[string]map[string]int{}
	for _, r := range site.Records {
		if r.TranslationOf == "" { // as the index has them
			l.Pages = append(l.Pages, lexiconPage{r.IRI, r.Title, r.Date})
		}
		for _, a := range r.Acronyms {
			key := index.Fold(a.Short)
			if expansions[key] == nil {
				expansions[key] = map[string]int{}
			}
			expansions[key][a.Long]++
		}
	}
	l.Places = slices.Sorted(maps.Keys(m.places))
	l.Ordinary = ordinary(site.Records, l.Entities)
	l.Acronyms = make(map[string][]string, len(expansions))
	for short, counts := range expansions {
		l.Acronyms[short] = commonest(counts)
	}
	return l
}

// ordinary counts, for each name that is one word ("the" aside), the pages that have it in small letters: as a word of the language.
func ordinary(records []*ingest.Record, entities []lexiconEntity) map[string]int {
	names := map[string]bool{}
	for i := range entities {
		e := &entities[i]
		if e.Kind != kinds.Organisation && e.Kind != kinds.Country {
			continue
		}
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			if key := index.NameKey(name); key != "" && !strings.Contains(key, " ") {
				names[key] = true
			}
		}
	}
	pages := map[string]int{}
	for _, r := range records {
		seen := map[string]bool{}
		for word := range strings.FieldsFuncSeq(r.Text, func(c rune) bool { return !letterOrDigit(c) && c != '.' && c != '@' && c != '/' }) {
			word = strings.TrimRight(word, ".")
			if c, _ := utf8.DecodeRuneInString(word); !unicode.IsLower(c) || strings.ContainsAny(word, ".@/") || seen[word] {
				continue // a name, or part of an address
			}
			seen[word] = true
			if key := index.Fold(word); names[key] {
				pages[key]++
			}
		}
	}
	return pages
}

// commonest returns the commonest expansions of an acronym, at most three, without those that differ only in case.
func commonest(counts map[string]int) []string {
	var all []string
	for long := range counts {
		all = append(all, long)
	}
	sort.Slice(all, func(i, j int) bool {
		if counts[all[i]] != counts[all[j]] {
			return counts[all[i]] > counts[all[j]]
		}
		return all[i] < all[j]
	})
	var kept []string
	for _, long := range all {
		if len(kept) < 3 && !slices.ContainsFunc(kept, func(k string) bool { return index.NameKey(k) == index.NameKey(long) }) {
			kept = append(kept, long)
		}
	}
	return kept
}
