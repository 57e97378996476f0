package score

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var (
	folds    = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "–", "-", "—", "-", "\u00a0", " ")
	genitive = regexp.MustCompile(`'s([^\pL\pN_]|$)`)
	gaps     = regexp.MustCompile(`[^\pL\pN_]+`)
)

// Fold is the form in which names are compared: no accents, capitals, punctuation, genitives or leading article.
func Fold(s string) string {
	s = norm.NFKD.String(folds.Replace(s))
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) && norm.NFD.PropertiesString(string(r)).CCC() != 0 {
			return -1
		}
		return r
	}, s)
	s = genitive.ReplaceAllString(strings.ToLower(s), "$1")
	s = strings.TrimSpace(gaps.ReplaceAllString(s, " "))
	return strings.TrimPrefix(s, "the ")
}

type set map[string]bool

func (s set) add(name string) {
	if f := Fold(name); f != "" {
		s[f] = true
	}
}

func (s set) shared(t set) int {
	n := 0
	for f := range s {
		if t[f] {
			n++
		}
	}
	return n
}

// dice is the Dice coefficient of the words of a and b, 0 to 1.
func dice(a, b string) float64 {
	x, y := strings.Fields(Fold(a)), strings.Fields(Fold(b))
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	count := map[string]int{}
	for _, w := range x {
		count[w]++
	}
	common := 0
	for _, w := range y {
		if count[w] > 0 {
			count[w]--
			common++
		}
	}
	return 2 * float64(common) / float64(len(x)+len(y))
}
