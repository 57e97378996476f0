package relate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// word is one word of a text: its number in the vocabulary and its place.
type word struct {
	number     uint32
	start, end uint32
}

// noTerm is the term of a word that says nothing, such as "the".
const noTerm = ^uint32(0)

// vocabulary numbers the words of a site, and the terms that they stem to.
type vocabulary struct {
	numbers map[string]uint32
	term    []uint32 // of each word
}

// texts holds the words of all pages.
type texts struct {
	vocabulary
	titles, bodies [][]word
}

// newTexts reads the titles and texts of all pages. terms makes index terms of a word: none for one that says nothing.
func newTexts(records []*ingest.Record, terms func(string) []string) *texts {
	t := &texts{vocabulary: vocabulary{numbers: map[string]uint32{}}, titles: make([][]word, len(records)),
		bodies: make([][]word, len(records))}
	termNumbers := map[string]uint32{}
	read := func(text string) []word {
		words := make([]word, 0, len(text)/6+1)
		eachWord(text, func(folded string, start, end int) {
			n, ok := t.numbers[folded]
			if !ok {
				n = uint32(len(t.term))
				t.numbers[folded] = n
				term := noTerm
				if l := terms(folded); len(l) > 0 {
					if term, ok = termNumbers[l[0]]; !ok {
						term = uint32(len(termNumbers))
						termNumbers[l[0]] = term
					}
				}
				t.term = append(t.term, term)
			}
			words = append(words, word{n, uint32(start), uint32(end)})
		})
		return words
	}
	for i, r := range records {
		t.titles[i] = read(r.Title)
		t.bodies[i] = read(r.Text)
	}
	return t
}

// terms are the words of a text that say something, as features of a lexicon.
func (t *texts) terms(words []word) []uint64 {
	out := make([]uint64, 0, len(words))
	for _, w := range words {
		if n := t.term[w.number]; n != noTerm {
			out = append(out, uint64(n))
		}
	}
	return out
}

// phrases are the pairs of neighbouring terms, as features of a lexicon.
func (t *texts) phrases(words []word) []uint64 {
	out := t.terms(words)
	for i := 1; i < len(out); i++ {
		out[i-1] = out[i-1]<<32 | out[i]
	}
	return out[:max(0, len(out)-1)]
}

// eachWord calls f for each word of a text: letters and digits, in lower case, without accents and apostrophes.
func eachWord(text string, f func(folded string, start, end int)) {
	start, plain := -1, true
	for i := 0; i <= len(text); {
		r, size := rune(-1), 1
		if i < len(text) {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if start < 0 {
				start, plain = i, true
			}
			plain = plain && 'a' <= r && r <= 'z'
		case start >= 0 && (r == '\'' || r == '’' || unicode.Is(unicode.Mn, r)):
			plain = false
		case start >= 0:
			s := text[start:i]
			if !plain {
				s = strings.ReplaceAll(fold.Text(s), "'", "")
			}
			if s != "" {
				f(s, start, i)
			}
			start = -1
		}
		i += size
	}
}
