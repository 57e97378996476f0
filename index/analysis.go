package index

import (
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/registry"
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"golang.org/x/text/unicode/norm"
)

// Token is a word of a text as the index knows it.
type Token struct {
	Term       string // folded and stemmed
	Start, End int    // bytes of the text
	Position   int    // from 1; stop words count, and blocks are far apart
}

// blockGap is wider than any phrase, so that no phrase reaches from one block into the next.
const blockGap = 1000

// maxCachedStems bounds the memory of an Analyzer: about 20 MB.
const maxCachedStems = 1 << 18

// Analyzer makes terms of text in one language. English is split, folded, stopped and stemmed (Snowball, British and American
// spelling alike) in one pass with a cache of stems; other languages take Bleve's chains. Safe for parallel use.
type Analyzer struct {
	chain analysis.Analyzer // nil for English

	stop  analysis.TokenMap
	mu    sync.RWMutex
	stems map[string]string // word as written -> term; "" for a stop word
}

// Language returns the language that text marked with the BCP 47 tag is analysed as: "en" for what is not supported.
func Language(tag string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
	switch base {
	case "nb", "nn":
		return "no"
	case "zh", "ja", "ko":
		return "cjk"
	}
	if languages[base] {
		return base
	}
	return "en"
}

// NewAnalyzer returns an analyzer for a language as Language gives it.
func NewAnalyzer(lang string) (*Analyzer, error) {
	cache := registry.NewCache()
	a := &Analyzer{stems: map[string]string{}}
	var err error
	if lang == "en" {
		a.stop, err = cache.TokenMapNamed(en.StopName)
	} else {
		a.chain, err = cache.AnalyzerNamed(lang)
	}
	if err != nil {
		return nil, fmt.Errorf("making the analyzer for language %q: %w", lang, err)
	}
	return a, nil
}

// Tokens calls yield for every term of text, in order.
func (a *Analyzer) Tokens(text string, yield func(Token)) {
	a.scan(text, func(t Token, _ string) {
		if t.Term != "" {
			yield(t)
		}
	})
}

// Terms returns the terms of text, in order, repeated as often as they occur.
func (a *Analyzer) Terms(text string) []string {
	var terms []string
	a.Tokens(text, func(t Token) { terms = append(terms, t.Term) })
	return terms
}

// scan calls yield for every word of text with the word as written; a stop word has no term.
func (a *Analyzer) scan(text string, yield func(t Token, word string)) {
	if a.chain != nil {
		a.scanChain(text, yield)
		return
	}
	position := 0
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		if !wordRune(r) {
			if r == '\u2029' {
				position += blockGap
			}
			i += size
			continue
		}
		end := wordEnd(text, i, r)
		position++
		word := text[i:end]
		yield(Token{Term: a.term(word), Start: i, End: end, Position: position}, word)
		i = end
	}
}

// scanChain runs one of Bleve's chains over each block: its tokenizer drops all that follows an invalid byte, so text is mended first.
func (a *Analyzer) scanChain(text string, yield func(t Token, word string)) {
	if !utf8.ValidString(text) {
		text = mend(text)
	}
	position, offset := 0, 0
	for block := range strings.SplitSeq(text, breakMark) {
		last := 0
		for _, t := range a.chain.Analyze([]byte(block)) {
			yield(Token{Term: string(t.Term), Start: offset + t.Start, End: offset + t.End, Position: position + t.Position}, block[t.Start:t.End])
			last = max(last, t.Position)
		}
		position += last + blockGap
		offset += len(block) + len(breakMark)
	}
}

// mend replaces every invalid byte by one that is no part of a word, so that offsets stay.
func mend(text string) string {
	b := []byte(text)
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			b[i] = ' '
		}
		i += size
	}
	return string(b)
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return plainWord[byte(r)]
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// wordEnd returns where the word that starts at i with rune r ends. An apostrophe stays within a word ("don't"), a full
// stop within a number ("3.5") and between single letters ("U.S."). A Chinese character is a word.
func wordEnd(text string, i int, r rune) int {
	if r > 0x2E00 && unicode.Is(unicode.Han, r) {
		return i + utf8.RuneLen(r)
	}
	segment := i // start of the run since the last full stop
	for i < len(text) {
		c := text[i]
		if plainWord[c] {
			i++
			continue
		}
		switch {
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(text[i:])
			if r == '’' {
				if next, _ := utf8.DecodeRuneInString(text[i+size:]); !unicode.IsLetter(next) {
					return i
				}
			} else if !wordRune(r) || unicode.Is(unicode.Han, r) {
				return i
			}
			i += size
		case c == '\'' && i+1 < len(text) && isLetter(text[i+1]):
			i++
		case c == '.' && i > segment && i+1 < len(text) && isDigit(text[i-1]) && isDigit(text[i+1]):
			i++
			segment = i
		case c == '.' && i == segment+1 && isLetter(text[i-1]) && i+1 < len(text) && isLetter(text[i+1]) &&
			(i+2 >= len(text) || !wordRune(rune(text[i+2]))):
			i++
			segment = i
		default:
			return i
		}
	}
	return i
}

// plainWord holds the ASCII letters and digits.
var plainWord = func() (set [256]bool) {
	for c := range utf8.RuneSelf {
		set[c] = isLetter(byte(c)) || isDigit(byte(c))
	}
	return set
}()

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

// term returns the term of an English word, "" for a stop word.
func (a *Analyzer) term(word string) string {
	a.mu.RLock()
	term, ok := a.stems[word]
	a.mu.RUnlock()
	if ok {
		return term
	}
	folded := fold(word)
	if !a.stop[folded] {
		term = stem(folded)
	}
	a.mu.Lock()
	if len(a.stems) >= maxCachedStems {
		clear(a.stems)
	}
	a.stems[strings.Clone(word)] = term
	a.mu.Unlock()
	return term
}

// fold returns a word in lower case, without diacritics, possessive and the full stops of an acronym.
func fold(word string) string {
	w := strings.ToLower(word)
	if !isASCII(w) {
		w = strings.ReplaceAll(w, "’", "'")
		w = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFKD.String(w))
	}
	w = strings.TrimSuffix(w, "'s")
	if strings.Contains(w, ".") && !isDigit(w[0]) {
		w = strings.ReplaceAll(w, ".", "")
	}
	return w
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// stem returns the Snowball stem of a folded word, after British spelling is made of American.
func stem(word string) string {
	env := snowballstem.NewEnv(british(word))
	english.Stem(env)
	return env.Current()
}

// british respells the commonest American forms, so that both sides of the ocean find each other, and short ordinals.
func british(word string) string {
	if s, ok := respelled[word]; ok {
		return s
	}
	if len(word) < 5 {
		return word
	}
	if i := strings.LastIndex(word, "iz"); i >= 4 && i < len(word)-2 {
		switch word[i+2:] {
		case "e", "es", "ed", "er", "ers", "ing", "ation", "ations", "ational":
			return word[:i] + "is" + word[i+2:]
		}
	}
	if i := strings.LastIndex(word, "yz"); i >= 3 {
		return word[:i] + "ys" + word[i+2:]
	}
	for _, base := range orWords {
		if strings.HasPrefix(word, base) {
			return word[:len(base)-1] + "ur" + word[len(base):]
		}
	}
	return word
}

// orWords end in -our in Britain.
var orWords = []string{"labor", "behavior", "color", "favor", "honor", "neighbor", "harbor", "humor", "endeavor", "flavor", "rumor"}

// respelled maps American words to British ones where no rule does, and ordinals in figures to words.
var respelled = map[string]string{
	"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth", "6th": "sixth", "7th": "seventh", "8th": "eighth", "9th": "ninth", "10th": "tenth",
	"center": "centre", "centers": "centres", "centered": "centred", "program": "programme", "programs": "programmes",
	"defense": "defence", "offense": "offence", "license": "licence", "licenses": "licences", "catalog": "catalogue", "catalogs": "catalogues",
	"dialog": "dialogue", "dialogs": "dialogues", "judgment": "judgement", "judgments": "judgements", "aging": "ageing", "fulfill": "fulfil",
	"enroll": "enrol", "enrollment": "enrolment", "theater": "theatre", "meter": "metre", "meters": "metres",
	"traveling": "travelling", "traveled": "travelled", "modeling": "modelling", "modeled": "modelled", "labeling": "labelling", "labeled": "labelled",
	"signaling": "signalling", "canceled": "cancelled", "laboratory": "laboratory", "laboratories": "laboratories",
}
