package recommend

import (
	"slices"
	"strings"
	"unicode"

	"rapporteur/ingest/fold"
)

// sameText is the Dice coefficient of two texts' words from which they count as one.
const sameText = 0.7

// Match pairs texts with answers, one to one, the most alike first. It returns the index of the answer of each text, or -1.
func Match(texts []string, answers []Answer) []int {
	type pair struct {
		dice    float64
		text, a int
	}
	var pairs []pair
	bags := make([]map[string]int, len(answers))
	sizes := make([]int, len(answers))
	for i, a := range answers {
		bags[i], sizes[i] = bag(a.Text)
	}
	for t, text := range texts {
		b, n := bag(text)
		for i := range answers {
			if d := dice(b, n, bags[i], sizes[i]); d >= sameText {
				pairs = append(pairs, pair{d, t, i})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		switch {
		case a.dice > b.dice:
			return -1
		case a.dice < b.dice:
			return 1
		case a.a != b.a:
			return a.a - b.a
		}
		return a.text - b.text
	})
	out := make([]int, len(texts))
	for i := range out {
		out[i] = -1
	}
	used := make([]bool, len(answers))
	for _, p := range pairs {
		if out[p.text] < 0 && !used[p.a] {
			out[p.text], used[p.a] = p.a, true
		}
	}
	return out
}

// genitives say nothing of whether two texts are one.
var genitives = strings.NewReplacer("’s", "", "'s", "", "‘s", "")

// bag counts the words of a text, folded: without accents, marks and case.
func bag(text string) (map[string]int, int) {
	counts := map[string]int{}
	n := 0
	for _, w := range strings.FieldsFunc(fold.Text(genitives.Replace(text)),
		func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' }) {
		counts[w]++
		n++
	}
	return counts, n
}

func dice(a map[string]int, an int, b map[string]int, bn int) float64 {
	if an+bn == 0 {
		return 0
	}
	common := 0
	for w, n := range a {
		common += min(n, b[w])
	}
	return 2 * float64(common) / float64(an+bn)
}
