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
	whatlanggo.Eng: true, whatlanggo.Deu: true, whatlanggo.Fra: true, whatlanggo.Spa: true, whatlanggo.Por: true, whatlanggo.Nld: true, whatlanggo.Ita: true,
	whatlanggo.Swe: true, whatlanggo.Dan: true, whatlanggo.Nob: true, whatlanggo.Fin: true, whatlanggo.Pol: true, whatlanggo.Ces: true, whatlanggo.Hun: true,
	whatlanggo.Ron: true, whatlanggo.Tur: true, whatlanggo.Ind: true, whatlanggo.Vie: true, whatlanggo.Hrv: true, whatlanggo.Slv: true, whatlanggo.Cat: true,
	whatlanggo.Lit: true, whatlanggo.Lav: true, whatlanggo.Est: true, whatlanggo.Epo: true, whatlanggo.Swh: true,
	// in other scripts
	whatlanggo.Rus: true, whatlanggo.Ukr: true, whatlanggo.Bul: true, whatlanggo.Srp: true, whatlanggo.Bel: true, whatlanggo.Mkd: true,
	whatlanggo.Arb: true, whatlanggo.Pes: true, whatlanggo.Urd: true, whatlanggo.Heb: true, whatlanggo.Hin: true, whatlanggo.Mar: true, whatlanggo.Nep: true, whatlanggo.Amh: true,
}

// Detect tells the language of a text, as a BCP 47 language without region ("de"); "" if the text is too short or does not
// tell. It says a language only if two witnesses agree: the trigrams of the text and, for a language whose small words are
// known here, those. The same text gives the same answer.
func Detect(text string) string {
	text = sample(text)
	letters := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	info := whatlanggo.DetectWithOptions(text, whatlanggo.Options{Whitelist: likely})
	if info.Script != unicode.Latin && info.Script != nil { // a script says more with fewer letters
		letters *= 3
	}
	tag := info.Lang.Iso6391()
	if tag == "" || letters < leastLetters {
		return ""
	}
	best, hits, second := smallWords(text)
	if byName[tag] != nil || best != "" {
		// The small words decide: trigrams take an English list of foreign names for their language.
		switch {
		case best != "" && hits >= 3 && hits >= 2*second && (best == tag || hits >= 4*second+4):
			return best
		case byName[tag] != nil || hits > 2:
			return ""
		}
	}
	if info.Confidence < 0.9 {
		return ""
	}
	if tag == "nb" {
		tag = "no"
	}
	return tag
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

// smallWords counts the words of a text that only one of the known languages has as small words: the language that has the
// most, how many they are, and how many the next one has.
func smallWords(text string) (best string, hits, second int) {
	count := map[string]int{}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if r, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(r) {
			if of := onlyIn[word]; of != "" {
				count[of]++
			}
		}
	}
	for _, l := range known {
		if n := count[l.Tag]; n > hits {
			best, hits, second = l.Tag, n, hits
		} else if n > second {
			second = n
		}
	}
	return best, hits, second
}
