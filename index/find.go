package index

import (
	"strings"
	"unicode/utf8"
)

// Finder finds given terms in text, faster than all of its words could be analyzed: an English word and its stem begin with
// the same two letters, so that most words are passed over by a look at these.
type Finder struct {
	analyzer *Analyzer
	terms    map[string]bool
	runs     map[string][]string // first character -> words of a script without spaces, the longest first
	starts   [1 << 10]bool       // by the low five bits of the first two letters
}

// NewFinder returns a finder of terms as the analyzer gives them; the terms of a word in a script without spaces are given as one.
func (a *Analyzer) NewFinder(terms []string) *Finder {
	f := &Finder{analyzer: a, terms: make(map[string]bool, len(terms)), runs: map[string][]string{}}
	for _, t := range terms {
		if t == "" {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(t); isSpaceless(r) {
			first := t[:characterEnd(t, 0, r)]
			f.runs[first] = insertLongest(f.runs[first], t)
			continue
		}
		f.terms[t] = true
		if len(t) == 1 {
			for second := range 32 {
				f.starts[int(t[0]&31)<<5|second] = true
			}
			continue
		}
		f.starts[start(strings.TrimLeft(t, "#.")+"  ")] = true
	}
	return f
}

func insertLongest(list []string, s string) []string {
	at := 0
	for at < len(list) && len(list[at]) >= len(s) {
		at++
	}
	list = append(list, "")
	copy(list[at+1:], list[at:])
	list[at] = s
	return list
}

func start(word string) int { return int(word[0]&31)<<5 | int(word[1]&31) }

// Find calls yield for every place of a term in text, in order, until it returns false. No two places overlap, save that of a second
// spelling ("policymaking") with those of its words.
func (f *Finder) Find(text string, yield func(Token) bool) {
	var skip func(int) bool
	if f.analyzer.lang == English {
		skip = func(i int) bool {
			c := text[i]
			return isLetter(c) && i+1 < len(text) && plainWord[text[i+1]] && !f.starts[start(text[i:])]
		}
	}
	covered := 0 // end of the last run
	split(text, skip, func(p piece) bool {
		if p.character {
			if p.start < covered {
				return true
			}
			first := f.analyzer.term(&p)
			for _, run := range f.runs[first] {
				if end := f.run(text, p.end, run[len(first):]); end > 0 {
					covered = end
					return yield(Token{Term: run, Start: p.start, End: end, Position: p.position, Character: true})
				}
			}
			return true
		}
		term := f.analyzer.term(&p)
		if term == "" || !f.terms[term] {
			return true
		}
		return yield(Token{Term: term, Start: p.start, End: p.end, Position: p.position})
	})
}

// run returns where the rest of a word ends that goes on at i, 0 if something else does.
func (f *Finder) run(text string, i int, rest string) int {
	for rest != "" {
		r, _ := utf8.DecodeRuneInString(text[i:])
		if !isSpaceless(r) {
			return 0
		}
		p := piece{start: i, end: characterEnd(text, i, r), character: true}
		p.word = text[p.start:p.end]
		var ok bool
		if rest, ok = strings.CutPrefix(rest, f.analyzer.term(&p)); !ok {
			return 0
		}
		i = p.end
	}
	return i
}
