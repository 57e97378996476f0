package curation

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest/fold"
)

// word is a run of letters of a source as a reader sees it: entities, escapes and percent-encoding decoded, without accents,
// apostrophes and what has no width, in lower case. Offsets are bytes of the source.
type word struct {
	folded     string
	start, end int
	capital    bool   // begins with a capital, or with a letter of a script that has none
	capitals   bool   // has nothing but such
	gap        string // what stands before it, decoded: from the end of the word before, or from the start
}

// view says what of a source is read.
type view int

const (
	rendered view = iota // tags, comments, emphasis and the targets of links are not there
	written              // they are, as signs between words: names in attributes and addresses are found so
	humps                // as written, and a capital behind a small letter begins a word
)

// visibleWords lists the words of a source.
func visibleWords(src string, as view) []word {
	s := wordScanner{src: src, as: as, words: make([]word, 0, len(src)/6)}
	for s.at < len(src) {
		s.next()
	}
	s.close()
	return s.words
}

type wordScanner struct {
	src   string
	as    view
	at    int
	words []word
	open  bool // the last of words may go on
	small bool // its last letter is a small one
	body  []byte
	wide  bool // body has more than ASCII
	gap   []byte
}

// next takes one sign, however it is spelt.
func (s *wordScanner) next() {
	rest := s.src[s.at:]
	if n := plainLetters(rest); n > 0 {
		s.putPlain(n)
		return
	}
	switch c := rest[0]; {
	case c == '<' && s.as == rendered:
		if n := tagLength(rest); n > 0 {
			if separates(rest[:n]) {
				s.put(' ', n)
			} else {
				s.at += n
			}
			return
		}
	case c == ']' && s.as == rendered && strings.HasPrefix(rest, "]("):
		if n := strings.IndexAny(rest, ")\n"); n > 0 && rest[n] == ')' {
			s.at += n + 1
			return
		}
	case c == ']' && s.as == rendered && bracketed(rest[1:], '[', ']') > 0: // of a link that is defined elsewhere
		s.at += 1 + bracketed(rest[1:], '[', ']')
		return
	case c == '[' && s.as == rendered && strings.HasPrefix(rest, "[^") && bracketed(rest, '[', ']') > 0: // a footnote
		s.at += bracketed(rest, '[', ']')
		return
	case c == '{' && s.as == rendered && len(rest) > 2 && strings.IndexByte(".#:", rest[1]) >= 0 && bracketed(rest, '{',
		'}') > 0: // attributes
		s.at += bracketed(rest, '{', '}')
		return
	case (c == '-' || strings.HasPrefix(rest, "\u2010") || strings.HasPrefix(rest, "\u00ad")) && s.as == rendered && s.open &&
		hyphenated(rest) > 0:
		s.at += hyphenated(rest)
		return
	case c == '[' && s.as == rendered, (c == '*' || c == '`' || c == '~') && s.as == rendered, c == ']' && s.as == rendered:
		s.at++
		return
	case c == '&':
		if text, n := entity(rest); n > 0 {
			for i, r := range text {
				width := 0
				if i == 0 {
					width = n
				}
				s.put(r, width)
			}
			return
		}
	case c == '\\' && len(rest) > 1:
		if r, n := yamlEscape(rest); n > 0 {
			s.put(r, n)
			return
		}
		if rest[1] == '-' && s.open && unicode.IsLower(nextRune(rest[2:])) { // where a word may be parted
			s.at += 2
			return
		}
		if unicode.IsPunct(rune(rest[1])) { // of Markdown: the sign behind is meant
			s.at++
			return
		}
	case c == '%' && len(rest) > 2:
		if r, n := percent(rest); n > 0 {
			s.put(r, n)
			return
		}
	}
	r, n := utf8.DecodeRuneInString(rest)
	s.put(r, n)
}

// plainLetters is how many letters of ASCII a text begins with.
func plainLetters(s string) int {
	n := 0
	for n < len(s) && s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z' {
		n++
	}
	return n
}

// putPlain takes so many letters of ASCII.
func (s *wordScanner) putPlain(n int) {
	for _, c := range []byte(s.src[s.at : s.at+n]) {
		small := c >= 'a'
		if !small && s.small && s.as == humps {
			s.close()
		}
		w := s.begin(s.at, small)
		w.capitals = w.capitals && !small
		s.small = small
		s.body = append(s.body, c|0x20)
		s.at++
		w.end = s.at
	}
}

// begin is the word that is open, or a new one that begins with a letter.
func (s *wordScanner) begin(from int, small bool) *word {
	if !s.open {
		gap := " " // most often
		if string(s.gap) != gap {
			gap = string(s.gap)
		}
		s.words = append(s.words, word{start: from, capital: !small, capitals: true, gap: gap})
		s.gap = s.gap[:0]
		s.open = true
	}
	return &s.words[len(s.words)-1]
}

// put takes a decoded sign that is width bytes long in the source.
func (s *wordScanner) put(r rune, width int) {
	from := s.at
	s.at += width
	switch {
	case r < utf8.RuneSelf && r != '\'' && !unicode.IsLetter(r):
		s.close()
		s.gap = append(s.gap, byte(r))
	case r == 0x00AD, unicode.Is(unicode.Cf, r), unicode.Is(unicode.Mn, r): // no width, or an accent by itself
	case strings.ContainsRune("'’ʼ‘´", r) && s.open && !possessive(s.src[s.at:]) && !strings.ContainsRune(" \t\n", nextRune(s.src[s.at:])):
	case unicode.IsLetter(r) || enclosed(r):
		small := unicode.IsLower(r)
		if !small && s.small && s.as == humps {
			s.close()
		}
		w := s.begin(from, small)
		s.small = small
		w.capitals = w.capitals && !small
		if r < utf8.RuneSelf {
			s.body = append(s.body, byte(unicode.ToLower(r)))
		} else {
			s.body = append(s.body, strings.ToLower(fold.Text(string(r)))...)
			s.wide = true
		}
		w.end = s.at
	default:
		s.close()
		s.gap = utf8.AppendRune(s.gap, r)
	}
}

func (s *wordScanner) close() {
	if !s.open {
		return
	}
	w := &s.words[len(s.words)-1]
	if plain := s.src[w.start:w.end]; plain == string(s.body) {
		w.folded = plain
	} else {
		w.folded = string(s.body)
	}
	if s.wide {
		w.folded = oneScript(w.folded)
	}
	s.body = s.body[:0]
	s.open, s.small, s.wide = false, false, false
}

// possessive says whether what stands behind an apostrophe ends a word: 's.
func possessive(rest string) bool {
	if rest == "" || rest[0] != 's' && rest[0] != 'S' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest[1:])
	return !unicode.IsLetter(r)
}

// tagLength is the length of the tag or comment that s begins with, 0 if it begins with none.
func tagLength(s string) int {
	if strings.HasPrefix(s, "<!--") {
		if n := strings.Index(s, "-->"); n > 0 {
			return n + len("-->")
		}
		return 0
	}
	if len(s) < 3 || s[0] != '<' || s[1] != '/' && !unicode.IsLetter(rune(s[1])) {
		return 0
	}
	const longest = 2000
	if n := strings.IndexByte(s[:min(len(s), longest)], '>'); n > 0 {
		return n + 1
	}
	return 0
}

// separates says whether a tag parts the words before it from those behind.
func separates(tag string) bool {
	name := strings.ToLower(strings.TrimLeft(tag, "</"))
	if n := strings.IndexFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); n >= 0 {
		name = name[:n]
	}
	switch name {
	case "br", "p", "div", "li", "ul", "ol", "td", "th", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "section",
		"article",
		"option", "hr":
		return true
	}
	return false
}

// yamlEscape is the letter that an escape of YAML or JSON stands for (\xe9, \u00e9, \U000000e9, \_ for a blank that does not
// break), and how long the escape is.
func yamlEscape(s string) (rune, int) {
	digits := 0
	switch s[1] {
	case '_', 't', 'n', 'r', 'N', 'L', 'P', ' ':
		return ' ', 2
	case '\n':
		return '\n', 2
	case 'x':
		digits = 2
	case 'u':
		digits = 4
		if len(s) > 3 && s[2] == '{' { // of JavaScript
			if end := strings.IndexByte(s[:min(len(s), 11)], '}'); end > 3 {
				if n, err := strconv.ParseUint(s[3:end], 16, 32); err == nil && n <= unicode.MaxRune {
					return rune(n), end + 1
				}
			}
			return 0, 0
		}
	case 'U':
		digits = 8
	default:
		return 0, 0
	}
	if len(s) < 2+digits {
		return 0, 0
	}
	n, err := strconv.ParseUint(s[2:2+digits], 16, 32)
	if err != nil || n > unicode.MaxRune {
		return 0, 0
	}
	return rune(n), 2 + digits
}

// percent is the letter that s begins with in percent-encoding, perhaps encoded twice, and how long that is.
func percent(s string) (rune, int) {
	if strings.HasPrefix(s, "%25") && len(s) >= 5 {
		if r, n := percentOnce("%" + s[3:min(len(s), 12)]); n == 3 {
			return r, 5
		}
	}
	return percentOnce(s)
}

func percentOnce(s string) (rune, int) {
	var raw [utf8.UTFMax]byte
	for n := 0; n < len(raw) && len(s) >= 3*n+3 && s[3*n] == '%'; n++ {
		b, err := strconv.ParseUint(s[3*n+1:3*n+3], 16, 8)
		if err != nil {
			break
		}
		raw[n] = byte(b)
		if utf8.FullRune(raw[:n+1]) {
			if r, size := utf8.DecodeRune(raw[:n+1]); size == n+1 && r != utf8.RuneError {
				return r, 3 * (n + 1)
			}
			break
		}
	}
	return 0, 0
}
