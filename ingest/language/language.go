// Package language knows the languages that pages are written in: which one a text is in (Detect), and of the known ones the
// words that matter to reading a page (Of): small words, words for roles and bodies, months, countries, the names of folders and
// of keys of front matter.
//
// Words are told by the English word that does the same: German "bei" is "at", "Stiftung" is "foundation". What the program
// has learnt of English pages then holds for them too. A word has one such meaning in a language, the first that its table gives.
package language

import (
	"embed"
	"fmt"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"
)

//go:embed data/*.txt
var data embed.FS

// Depth says how much is made out on pages of a language.
type Depth int

// The depths.
const (
	Structure Depth = iota // only what front matter, links, lists and tables say by their structure
	Names                  // names, and whom people stand for, by the language's words
	Full                   // also what is said in sentences: English
)

// Language is what is known of one language. It is read-only.
type Language struct {
	Tag   string // BCP 47, without region: "de"; empty if the language is not known at all
	Name  string // in English: "German"
	Depth Depth

	Nouns    bool            // every noun has a capital letter, so that a capital makes no name
	elisions map[string]bool // what may stand before an apostrophe and is a word of its own: "l"
	english  map[string]string
	tails    []tail
	small    []string
	regions  map[string]string // by a country's name, as written: its ISO 3166-1 alpha-2 code
	longest  map[string]int    // by the first word of such a name: words of the longest
}

// tail is the end of compound words that mean a kind of body.
type tail struct{ end, english string }

// The known languages, English first, and what all of them say of folders and keys.
var (
	known   []*Language
	byName  = map[string]*Language{}
	onlyIn  = map[string]string{} // by a small word that only one language has: that language
	folders = map[string]string{}
	keys    = map[string]string{}
	months  = map[string]int{}
	load    = sync.OnceFunc(func() {
		for _, tag := range []string{"en", "de", "fr", "es", "pt", "nl"} {
			l := &Language{Tag: tag, Name: "English", Depth: Full, elisions: map[string]bool{}, english: map[string]string{},
				regions: map[string]string{}, longest: map[string]int{}}
			if tag != "en" {
				l.Depth = Names
			}
			l.read()
			known = append(known, l)
			byName[tag] = l
		}
		for i, m := range englishMonths {
			months[m] = i + 1
		}
		only()
	})
)

var englishMonths = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
	"december"}

// read reads the table of the language. A table that cannot be read is a fault of the program, which its tests find.
func (l *Language) read() {
	b, err := data.ReadFile("data/" + l.Tag + ".txt")
	if err != nil {
		panic(err)
	}
	if l.Tag != "en" {
		l.countries()
	}
	for n, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		class, list, ok := strings.Cut(line, ":")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if !ok {
			panic(fmt.Sprintf("language %s:%d: want \"class: words\", have %q", l.Tag, n+1, line))
		}
		l.words(class, strings.Fields(list))
	}
}

// words takes in a line of the table.
func (l *Language) words(class string, words []string) {
	kind, of, _ := strings.Cut(class, " ")
	switch kind {
	case "name":
		l.Name = strings.Join(words, " ")
	case "capitals":
		l.Nouns = true
	case "small":
		l.small = words
	case "elisions":
		for _, w := range words {
			l.elisions[w] = true
		}
	case "tails":
		for _, w := range words {
			l.tails = append(l.tails, tail{w, of})
		}
	case "folder":
		for _, w := range words {
			enter(folders, plain(w), of)
		}
	case "key":
		for _, w := range words {
			if plain(w) != of { // an English key, too
				enter(keys, plain(w), of)
			}
		}
	case "country":
		for _, w := range words {
			l.country(strings.ReplaceAll(w, "+", " "), of)
		}
	default:
		for _, w := range words {
			enter(l.english, w, class)
			l.month(w, class)
		}
	}
}

func (l *Language) month(word, english string) {
	for i, m := range englishMonths {
		if m == english && months[word] == 0 {
			months[word] = i + 1
		}
	}
}

func enter(table map[string]string, word, english string) {
	if table[word] == "" {
		table[word] = english
	}
}

// countries takes the names of countries from the Unicode CLDR.
func (l *Language) countries() {
	tag := language.Make(l.Tag)
	names := display.Regions(tag)
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			r, err := language.ParseRegion(string([]rune{a, b}))
			if err != nil || !r.IsCountry() || r.String() != string([]rune{a, b}) || r.Canonicalize() != r {
				continue
			}
			if name := names.Name(r); name != "" && name != r.String() {
				l.country(name, r.String())
			}
		}
	}
}

func (l *Language) country(name, code string) {
	first, _, _ := strings.Cut(name, " ")
	l.regions[name] = code
	l.longest[first] = max(l.longest[first], len(strings.Fields(name)))
}

// only finds the small words that one language alone has.
func only() {
	for _, l := range known {
		for _, w := range l.small {
			if _, twice := onlyIn[w]; twice {
				onlyIn[w] = ""
			} else {
				onlyIn[w] = l.Tag
			}
		}
	}
}

// Of returns what is known of the language that a tag of BCP 47 says ("de", "pt-BR"); of one that is not known, and of no tag
// at all, the language that a page counts as: its structure for a known foreign tag, English for none.
func Of(tag string) *Language {
	load()
	base := Base(tag)
	if l := byName[base]; l != nil {
		return l
	}
	if base == "" {
		return byName["en"]
	}
	return &Language{Tag: base, Name: name(base), Depth: Structure}
}

// Base is the language of a tag without region and script, in small letters: "pt" of "pt_BR".
func Base(tag string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(tag)), "_", "-"), "-")
	if base == "nb" || base == "nn" {
		return "no"
	}
	return base
}

// name is the English name of a language.
func name(base string) string {
	tag, err := language.Parse(base)
	if err != nil {
		return base
	}
	if n := display.English.Languages().Name(tag); n != "" {
		return n
	}
	return base
}

// English returns the English word that does what a word, in small letters, does in this language; "" if that is not known.
func (l *Language) English(lower string) string { return l.english[lower] }

// Tail returns what kind of body a compound word, in small letters, is by its end ("Katasteramt" is an office); "" if none.
func (l *Language) Tail(lower string) string {
	for _, t := range l.tails {
		if len(lower) > len(t.end)+1 && strings.HasSuffix(lower, t.end) {
			return t.english
		}
	}
	return ""
}

// Elides reports whether the letters before an apostrophe, in small letters, are a word of their own, as in "l’eau".
func (l *Language) Elides(lower string) bool { return l.elisions[lower] }

// Country returns the code of the country that has this name in the language, as written; "" if none has.
func (l *Language) Country(name string) string { return l.regions[name] }

// LongestCountry returns how many words the longest country's name has that begins with this word, as written; 0 if none does.
func (l *Language) LongestCountry(first string) int { return l.longest[first] }

// Folder returns what kind of page a folder of that name holds, in whatever known language it is named: "event", "person",
// "organisation", "post", "project" or "topic"; "" if that is not known. English names are not among them.
func Folder(name string) string { load(); return folders[plain(name)] }

// Key returns the English word for a key of front matter in any of the known languages, in the singular: "speaker", "author",
// "moderator", "organisation", "organiser", "date", "location", "topics" or "role"; "" if it is none of theirs.
func Key(name string) string { load(); return keys[plain(name)] }

// Month returns the number of the month that has this name, written out in any case, in one of the known languages; 0 if none has.
func Month(name string) int { load(); return months[strings.ToLower(name)] }

// plain is a word in small letters without accents.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(s))
}
