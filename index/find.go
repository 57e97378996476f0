package index

import (
	"unicode/utf8"
)

// Finder finds given terms in text, faster than all of its words could be analyzed: an English word and its stem begin with
// the same two letters, so that most words are passed over by a look at these.
type Finder struct {
	analyzer *Analyzer
	terms    map[string]bool
	starts   [1 << 10]bool // by the low five bits of the first two letters
}

// NewFinder returns a finder of terms as the analyzer gives them.
func (a *Analyzer) NewFinder(terms []string) *Finder {
	f := &Finder{analyzer: a, terms: make(map[string]bool, len(terms))}
	for _, t := range terms {
		if t == "" {
			continue
		}
		f.terms[t] = true
		if len(t) == 1 {
			for second := range 32 {
				f.starts[int(t[0]&31)<<5|second] = true
			}
			continue
		}
		f.starts[start(t)] = true
	}
	return f
}

func start(word string) int { return int(word[0]&31)<<5 | int(word[1]&31) }

// Find calls yield for every place of a term in text, in order, until it returns false.
func (f *Finder) Find(text string, yield func(Token) bool) {
	if f.analyzer.chain != nil {
		more := true
		f.analyzer.Tokens(text, func(t Token) {
			if more && f.terms[t.Term] {
				more = yield(t)
			}
		})
		return
	}
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf && !plainWord[c] {
			i++
			continue
		}
		r, size := rune(c), 1
		if c >= utf8.RuneSelf {
			if r, size = utf8.DecodeRuneInString(text[i:]); !wordRune(r) {
				i += size
				continue
			}
		} else if i+1 < len(text) && plainWord[text[i+1]] && isLetter(c) && !f.starts[start(text[i:])] {
			i = wordEnd(text, i, r)
			continue
		}
		end := wordEnd(text, i, r)
		if term := f.analyzer.term(text[i:end]); term != "" && f.terms[term] && !yield(Token{Term: term, Start: i, End: end}) {
			return
		}
		i = end
	}
}
