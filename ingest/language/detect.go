package language

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
)

const (
	leastLetters = 60   // of a text whose language can be told
	mostText     = 4000 // bytes of a text that are looked at
)

// likely are the languages in the Latin script that sites of this kind are written in. Trigrams tell these apart well; among
// all that are written so, a short English text is too easily one of a far country's.
var likely = map[whatlanggo.Lang]bool{
	whatlanggo.Eng: true, whatlanggo.Deu: true, whatlanggo.Fra: true, whatlanggo.Spa: true, whatlanggo.Por: true, whatlanggo.Nld: true,
	whatlanggo.Ita: true,
	whatlanggo.Swe: true, whatlanggo.Dan: true, whatlanggo.Nob: true, whatlanggo.Fin: true, whatlanggo.Pol: true, whatlanggo.Ces: true,
	whatlanggo.Hun: true,
	whatlanggo.Ron: true, whatlanggo.Tur: true, whatlanggo.Ind: true, whatlanggo.Vie: true, whatlanggo.Hrv: true, whatlanggo.Slv: true,
	whatlanggo.Lit: true, whatlanggo.Lav: true, whatlanggo.Est: true, whatlanggo.Epo: true,
	// in other scripts
	whatlanggo.Rus: true, whatlanggo.Ukr: true, whatlanggo.Bul: true, whatlanggo.Srp: true, whatlanggo.Bel: true, whatlanggo.Mkd: true,
	whatlanggo.Arb: true, whatlanggo.Pes: true, whatlanggo.Urd: true, whatlanggo.Heb: true, whatlanggo.Hin: true, whatlanggo.Mar: true,
	whatlanggo.Nep: true, whatlanggo.Amh: true,
}

// Detect tells the language of a text, as a BCP 47 language without region ("de"); "" if the text is too short or does not
// tell. In the Latin script it says a language only if two witnesses agree: the trigrams of the text and, for a language whose
// small words are known here, those; for another, that it is running text and no list of names. The same text gives the same answer.
func Detect(text string) string {
	load()
	text = sample(text)
	letters := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	c := countWords(text)
	if c.hits >= 8 && c.hits >= 4*c.second {
		return c.best // so many say enough by themselves
	}
	info := whatlanggo.DetectWithOptions(text, whatlanggo.Options{Whitelist: likely})
	if info.Script != unicode.Latin { // a script says more with fewer letters
		letters *= 3
	}
	tag := info.Lang.Iso6391()
	if tag == "" || letters < leastLetters {
		return ""
	}
	if info.Script != unicode.Latin {
		if info.Confidence < 0.5 {
			return ""
		}
		return tag
	}
	switch {
	// The small words decide: trigrams take an English list of foreign names for their language.
	case c.hits >= 3 && c.hits >= 2*c.second && (c.best == tag || c.hits >= 4*c.second+4):
		return c.best
	case byName[tag] != nil || c.hits > 2 || info.Confidence < 0.9 || c.low < 15 || 5*c.low < 3*c.all:
		return ""
	}
	return Base(tag)
}

// Other tells the language of a part of a page in the given language, if it is surely another one; "" if it is not. It is
// cheap for a part in the page's own language.
func Other(text, page string) string {
	load()
	page = Base(page)
	if len(text) < 2*leastLetters && isLatin(text) {
		return ""
	}
	if byName[page] != nil {
		if c := countWords(sample(text)); c.best == page || c.best == "" && isLatin(text) {
			return ""
		}
	}
	if found := Detect(text); found != page && (byName[found] != nil || !isLatin(text)) {
		return found
	}
	return ""
}

// isLatin reports whether a text's first letters are Latin ones.
func isLatin(text string) bool {
	latin, other := 0, 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.IsLetter(r):
			other++
		}
		if latin+other > 40 {
			break
		}
	}
	return latin >= other
}

// sample is the beginning of a text, up to a word's end.
func sample(text string) string {
	if len(text) <= mostText {
		return text
	}
	end := mostText
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	if i := strings.LastIndexByte(text[:end], ' '); i > 0 {
		end = i
	}
	return text[:end]
}

// counted is what the words of a text show.
type counted struct {
	best         string // the known language of whose small words, that no other has, it holds the most
	hits, second int    // how many it holds of them, and of the next language's
	low, all     int    // its words in small letters, and all
}

func countWords(text string) counted {
	var c counted
	count := map[string]int{}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		c.all++
		if r, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(r) {
			c.low++
			if of := onlyIn[word]; of != "" {
				count[of]++
			}
		}
	}
	for _, l := range known {
		if n := count[l.Tag]; n > c.hits {
			c.best, c.hits, c.second = l.Tag, n, c.hits
		} else if n > c.second {
			c.second = n
		}
	}
	return c
}
