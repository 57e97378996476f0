package query

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/index"
)

const (
	maxCandidates  = 400 // words that are looked at as corrections of one
	maxCorrections = 3   // that are searched for
	longestMended  = 32  // bytes of a word that is mended
	// A word that the site has is taken for a slip only if a neighbour is so many times as frequent.
	slipRatio = 40
)

func letterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// correction is a word that may have been meant.
type correction struct {
	word  string
	score float64
}

// mend returns corrections of a folded word that few or no pages have, and notes the best one for the suggestion.
func (p *plan) mend(ctx context.Context, word string, frequency int) ([]index.Match, error) {
	if frequency > 2 || utf8.RuneCountInString(word) < 4 || len(word) > longestMended || strings.IndexFunc(word, unicode.IsDigit) >= 0 ||
		p.engine.nameWord[word] {
		return nil, nil
	}
	corrections, err := p.engine.corrections(ctx, word, frequency)
	if err != nil {
		return nil, err
	}
	if len(corrections) == 0 && frequency == 0 {
		return p.split(ctx, word)
	}
	var out []index.Match
	for _, c := range corrections {
		weight := mendedWeight * math.Exp(c.score-corrections[0].score)
		if frequency > 0 {
			weight /= 2
		}
		if weight >= 0.2 {
			out = append(out, p.phrase(c.word, weight)...)
		}
	}
	if len(out) > 0 {
		p.mended[word] = corrections[0].word
		p.absent = p.absent || frequency == 0
	}
	return out, nil
}

// corrections returns the words of the site that may have been meant by one, the likeliest first: a few edits away, and frequent.
func (f *Engine) corrections(ctx context.Context, word string, frequency int) ([]correction, error) {
	distance := 1
	if utf8.RuneCountInString(word) >= 6 && frequency == 0 {
		distance = 2
	}
	candidates, err := f.reader.Similar(word, distance, maxCandidates)
	if err != nil {
		return nil, err
	}
	var out []correction
	for _, c := range candidates {
		if c == word || utf8.RuneCountInString(c) < 3 {
			continue
		}
		n, err := f.frequency(ctx, c)
		if err != nil {
			return nil, err
		}
		if n == 0 || frequency > 0 && (n < slipRatio*frequency || c[0] != word[0]) {
			continue
		}
		score := 0.5*math.Log(float64(n)) - 2*edits(word, c)
		if c[0] != word[0] {
			score--
		}
		out = append(out, correction{c, score})
	}
	slices.SortStableFunc(out, func(a, b correction) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.word, b.word)) })
	return out[:min(len(out), maxCorrections)], nil
}

// split finds two words of the site that were written as one.
func (p *plan) split(ctx context.Context, word string) ([]index.Match, error) {
	best, at := 0, 0
	for i := 3; i <= len(word)-3; i++ {
		if !utf8.RuneStart(word[i]) {
			continue
		}
		first, err := p.engine.frequency(ctx, word[:i])
		if err != nil {
			return nil, err
		}
		second, err := p.engine.frequency(ctx, word[i:])
		if err != nil {
			return nil, err
		}
		if n := min(first, second); n > best {
			best, at = n, i
		}
	}
	if at == 0 {
		return nil, nil
	}
	p.mended[word], p.absent = word[:at]+" "+word[at:], true
	return p.phrase(word[:at]+" "+word[at:], mendedWeight), nil
}

// frequency returns how many documents have a word in any language of the index.
func (f *Engine) frequency(ctx context.Context, word string) (int, error) {
	most := 0
	for _, a := range f.reader.Analyzers() {
		for _, term := range a.Terms(word) {
			n, err := f.reader.Frequency(ctx, []string{term})
			if err != nil {
				return 0, err
			}
			most = max(most, n)
		}
	}
	return most, nil
}

// suggestion returns the query with its misspelled words mended, nil if there are none.
func (p *plan) suggestion(query string) *string {
	if len(p.mended) == 0 {
		return nil
	}
	s := respell(query, func(word string) string { return p.mended[index.Fold(word)] })
	return &s
}

// instead returns the query that searches for what was typed, where what was probably meant is shown: with its words in quotation marks.
func (p *plan) instead(query string) string {
	if !p.absent {
		return ""
	}
	return respell(query, func(word string) string {
		if p.mended[index.Fold(word)] == "" {
			return ""
		}
		return `"` + word + `"`
	})
}

// respell puts other spellings in the place of words; "" lets one stand.
func respell(query string, as func(word string) string) string {
	var b strings.Builder
	rest := query
	for rest != "" {
		start := strings.IndexFunc(rest, letterOrDigit)
		if start < 0 {
			break
		}
		end := strings.IndexFunc(rest[start:], func(r rune) bool { return !letterOrDigit(r) && !unicode.IsMark(r) && r != '\'' && r != '’' })
		if end < 0 {
			end = len(rest) - start
		}
		word := rest[start : start+end]
		b.WriteString(rest[:start])
		b.WriteString(cmp.Or(as(word), word))
		rest = rest[start+end:]
	}
	b.WriteString(rest)
	return b.String()
}

// edits is the Damerau-Levenshtein distance (optimal string alignment): a swap of two neighbours counts as one edit. A doubled
// or dropped double letter, the commonest slip, counts as half.
func edits(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	rows := make([][]float64, len(x)+1)
	for i := range rows {
		rows[i] = make([]float64, len(y)+1)
		rows[i][0] = float64(i)
	}
	for j := range y {
		rows[0][j+1] = float64(j + 1)
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			drop, insert, change := 1.0, 1.0, 1.0
			if i > 1 && x[i-1] == x[i-2] {
				drop = 0.5
			}
			if j > 1 && y[j-1] == y[j-2] {
				insert = 0.5
			}
			if x[i-1] == y[j-1] {
				change = 0
			}
			d := min(rows[i-1][j]+drop, rows[i][j-1]+insert, rows[i-1][j-1]+change)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(x)][len(y)]
}
