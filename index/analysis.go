package index

import (
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/registry"
	"golang.org/x/text/unicode/norm"
)

// Token is a word of a text as the index knows it.
type Token struct {
	Term       string // folded and stemmed; of another language than English behind its code and a colon
	Start, End int    // bytes of the text
	Position   int    // from 1; stop words count, and blocks are far apart
	Character  bool   // of a script without spaces: a word of it is a phrase of such tokens
	Sign       bool   // of a second spelling: a word with the sign before it
}

// maxCachedStems bounds the memory of an Analyzer: about 20 MB.
const maxCachedStems = 1 << 18

// Analyzer makes terms of text in one language. All languages are split alike; then the words of English are folded, stopped and
// stemmed (Snowball, British and American spelling alike), those of others go through Bleve's filters of the language, and are folded.
// Terms of different languages differ, but for numbers and the characters of scripts without spaces. Safe for parallel use.
type Analyzer struct {
	lang    string
	filters []analysis.TokenFilter // nil for English

	stop  analysis.TokenMap
	mu    sync.RWMutex
	stems map[string]string // word as written -> term; "" for a stop word
}

// English and Undetermined are languages as Language gives them: a text of the latter is neither stopped nor stemmed.
const (
	English      = "en"
	Undetermined = "und"
)

// Language returns the language that text marked with the BCP 47 tag is analysed as: English for no tag and for those written
// without spaces (whose characters are tokens in any language), Undetermined for those that are not supported.
func Language(tag string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(tag)), "_", "-"), "-")
	switch base {
	case "nb", "nn":
		return "no"
	case "", English, "zh", "ja", "ko", "th", "lo", "km", "my", "bo":
		return English
	}
	if languages[base] {
		return base
	}
	return Undetermined
}

// NewAnalyzer returns an analyzer for a language as Language gives it.
func NewAnalyzer(lang string) (*Analyzer, error) {
	cache := registry.NewCache()
	a := &Analyzer{lang: lang, stems: map[string]string{}}
	var err error
	switch lang {
	case English:
		a.stop, err = cache.TokenMapNamed(en.StopName)
	case Undetermined:
	default:
		var chain analysis.Analyzer
		if chain, err = cache.AnalyzerNamed(lang); err == nil {
			a.filters = chain.(*analysis.DefaultAnalyzer).TokenFilters
		}
	}
	if err != nil {
		return nil, fmt.Errorf("making the analyzer for language %q: %w", lang, err)
	}
	return a, nil
}

// Language is the analyzer's language, as the function of that name gives it.
func (a *Analyzer) Language() string { return a.lang }

// Tokens calls yield for every term of text, in order, second spellings left out.
func (a *Analyzer) Tokens(text string, yield func(Token)) {
	split(text, nil, func(p piece) bool {
		if p.spelling {
			return true
		}
		if term := a.term(&p); term != "" {
			yield(Token{Term: term, Start: p.start, End: p.end, Position: p.position, Character: p.character})
		}
		return true
	})
}

// Terms returns the terms of text, in order, repeated as often as they occur.
func (a *Analyzer) Terms(text string) []string {
	var terms []string
	a.Tokens(text, func(t Token) { terms = append(terms, t.Term) })
	return terms
}

// Phrase returns the terms of text as a phrase: "" stands for a stop word between two. Not more than about most are given.
func (a *Analyzer) Phrase(text string, most int) []string {
	var terms []string
	last := 0
	a.Tokens(text, func(t Token) {
		for last > 0 && last+1 < t.Position && len(terms) < most {
			terms = append(terms, "")
			last++
		}
		if len(terms) < most {
			terms = append(terms, t.Term)
		}
		last = t.Position
	})
	for len(terms) > 0 && terms[len(terms)-1] == "" {
		terms = terms[:len(terms)-1]
	}
	return terms
}

// OneCharacter reports whether a term is a character of a script without spaces.
func OneCharacter(term string) bool {
	r, _ := utf8.DecodeRuneInString(term)
	return isSpaceless(r)
}

// Characters takes apart what Runs has put together.
func Characters(term string) []string {
	if !OneCharacter(term) {
		return []string{term}
	}
	var out []string
	for i := 0; i < len(term); {
		r, _ := utf8.DecodeRuneInString(term[i:])
		end := characterEnd(term, i, r)
		out = append(out, term[i:end])
		i = end
	}
	return out
}

// Runs returns terms as a Finder takes them: characters that follow each other as one, and no "".
func Runs(terms []string) []string {
	var out []string
	character := false
	for _, t := range terms {
		one := OneCharacter(t)
		switch {
		case t == "":
		case one && character:
			out[len(out)-1] += t
		default:
			out = append(out, t)
		}
		character = one
	}
	return out
}

// Spellings returns the terms of the second spellings that are in text: "policymaking" for "policy-making", "#10" for "#10".
func (a *Analyzer) Spellings(text string) []Token {
	var out []Token
	split(text, nil, func(p piece) bool {
		if p.spelling {
			out = append(out, Token{Term: a.term(&p), Start: p.start, End: p.end, Position: p.position, Sign: p.word[0] == '#' || p.word[0] == '.'})
		}
		return true
	})
	return out
}

// term returns the term of a piece, "" for a stop word.
func (a *Analyzer) term(p *piece) string {
	a.mu.RLock()
	term, ok := a.stems[p.word]
	a.mu.RUnlock()
	if ok {
		return term
	}
	switch {
	case p.character || isNumber(p.word):
		term = folded(p.word)
	case p.spelling && strings.ContainsAny(p.word, "#.&"):
		term = a.mark(strings.ToLower(p.word)) // a sign is no part of a language
	default:
		term = a.analyze(p.word)
	}
	a.mu.Lock()
	if len(a.stems) >= maxCachedStems {
		clear(a.stems)
	}
	a.stems[strings.Clone(p.word)] = term
	a.mu.Unlock()
	return term
}

// mark tells the terms of other languages than English from those of English.
func (a *Analyzer) mark(term string) string {
	if a.lang == English || term == "" {
		return term
	}
	return a.lang + ":" + term
}

// analyze folds, stops and stems a word.
func (a *Analyzer) analyze(word string) string {
	if a.lang == English {
		if a.stop[strings.ReplaceAll(strings.ToLower(word), "’", "'")] {
			return ""
		}
		if w := folded(word); !a.stop[w] {
			return stem(w)
		}
		return ""
	}
	if len(word) > longestWord { // no word, and stemmers may take the square of its length
		return a.mark(folded(word))
	}
	// Filters and stemmers know composed letters only, and İ in small letters is two.
	word = strings.ReplaceAll(norm.NFC.String(strings.ToValidUTF8(word, "")), "İ", "i")
	stream := analysis.TokenStream{{Term: []byte(word), Position: 1, Type: analysis.AlphaNumeric}}
	for _, f := range a.filters {
		stream = f.Filter(stream)
	}
	if len(stream) == 0 {
		return ""
	}
	return a.mark(folded(string(stream[0].Term)))
}
