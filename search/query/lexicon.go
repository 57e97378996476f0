package query

import (
	"maps"
	"slices"
	"sort"
	"strings"
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
		for i := range r.Blocks {
			eachDefinition(r.Blocks[i].In(r.Text), func(short, long string) {
				key := index.Fold(short)
				if expansions[key] == nil {
					expansions[key] = map[string]int{}
				}
				expansions[key][long]++
			})
		}
	}
	l.Places = slices.Sorted(maps.Keys(m.places))
	l.Acronyms = make(map[string][]string, len(expansions))
	for short, counts := range expansions {
		l.Acronyms[short] = commonest(counts)
	}
	return l
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

// eachDefinition finds acronyms that text defines, as in "National Data Library (NDL)", by the method of Schwartz and Hearst
// ("A simple algorithm for identifying abbreviation definitions in biomedical text", 2003): the letters of the short form
// stand, in order, in the words before the bracket, the first one at the start of a word.
func eachDefinition(text string, yield func(short, long string)) {
	for from := 0; ; {
		open := strings.IndexByte(text[from:], '(')
		if open < 0 {
			return
		}
		open += from
		from = open + 1
		length := strings.IndexByte(text[from:], ')')
		if length < 0 || length > 12 {
			continue
		}
		short := text[from : from+length]
		if !acronym(short) {
			continue
		}
		words := strings.Fields(text[max(0, open-200):open])
		most := min(len(short)+5, 2*len(short))
		words = words[max(0, len(words)-most):]
		if long, ok := longForm(short, strings.Join(words, " ")); ok {
			yield(short, long)
		}
	}
}

// longForm returns the shortest end of before that holds the letters of short.
func longForm(short, before string) (string, bool) {
	b := len(before)
	for s := len(short) - 1; s >= 0; s-- {
		c := lower(short[s])
		if !isWordByte(c) {
			continue
		}
		b--
		for b >= 0 && (lower(before[b]) != c || s == 0 && b > 0 && isWordByte(before[b-1])) {
			b--
		}
		if b < 0 {
			return "", false
		}
	}
	long := strings.Trim(before[b:], " ,;:*_\"'")
	if !utf8.ValidString(long) || len(strings.Fields(long)) < 2 || len(strings.Fields(long)) > len(short)+3 {
		return "", false
	}
	return long, true
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func isWordByte(c byte) bool {
	c = lower(c)
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf
}
