package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/kin"
)

// shape is what a word looks like.
type shape uint8

const (
	lowerShape   shape = iota // word
	titleShape                // Word
	upperShape                // WORD, at least two letters
	initShape                 // W. or W
	mixedShape                // eScience, OpenAPI, McKay
	numberShape               // 12, 2nd, 12:30
	markShape                 // punctuation
	handleShape               // @handle, #tag
	addressShape              // example.org, a@b.org, https://...
	otherShape                // a script without capitals
)

// token is a word or mark of the text.
type token struct {
	start, end int    // bytes in the page's Text
	text       string //
	lower      string
	class      gazetteer.Class
	kin        kin.Family
	shape      shape
	block      int32 // index in Page.Blocks
	spaced     bool  // white space or a block's edge stands before it
	opens      bool  // first of a sentence
	line       bool  // first after a line break inside a block
	strong     int8  // 0 not bold, 1 first of a bold run, 2 inside one
	link       int32 // 1 + index in Page.Links, 0 for none
	linkOpens  bool
}

// capital reports whether the token could begin or be part of a name by its looks.
func (t *token) capital() bool {
	return t.shape == titleShape || t.shape == upperShape || t.shape == initShape || t.shape == mixedShape && unicode.IsUpper(firstRune(t.text))
}

func (t *token) word() bool { return t.shape != markShape && t.shape != numberShape }

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

// abbreviations keep their full stop and end no sentence.
var abbreviations = map[string]bool{
	"dr": true, "mr": true, "mrs": true, "ms": true, "prof": true, "rev": true, "st": true, "hon": true, "jr": true, "sr": true, "cllr": true, "gen": true, "sen": true, "rep": true,
	"inc": true, "ltd": true, "co": true, "corp": true, "vs": true, "etc": true, "e.g": true, "i.e": true, "no": true, "al": true, "approx": true, "dept": true, "univ": true, "asst": true, "assoc": true,
}

// tokenise cuts the text of every block but code into tokens. No token crosses a block's edge.
func (x *Extractor) tokenise(p *ingest.Page) []token {
	toks := make([]token, 0, len(p.Text)/5+16)
	link := 0
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if bl.Kind == ingest.CodeBlock || bl.End > len(p.Text) || bl.Start >= bl.End {
			continue
		}
		first := len(toks)
		toks = x.cut(toks, p.Text, bl.Start, bl.End, int32(b))
		em := 0
		opens := true
		for i := first; i < len(toks); i++ {
			t := &toks[i]
			for em < len(bl.Emphasis) && bl.Emphasis[em].End <= t.start {
				em++
			}
			if em < len(bl.Emphasis) && bl.Emphasis[em].Strong && bl.Emphasis[em].Start < t.end {
				t.strong = 2
				if i == first || toks[i-1].strong == 0 || toks[i-1].start < bl.Emphasis[em].Start {
					t.strong = 1
				}
			}
			for link < len(p.Links) && p.Links[link].End <= t.start {
				link++
			}
			if link < len(p.Links) && p.Links[link].Start < t.end {
				t.link = int32(link + 1)
				t.linkOpens = i == first || toks[i-1].link != t.link
			}
			if t.shape == markShape {
				if t.text == "." || t.text == "!" || t.text == "?" {
					opens = true
				}
			} else {
				if opens && i > first && toks[i-1].text == "." && !t.spaced {
					opens = false
				}
				t.opens = opens
				opens = false
			}
		}
	}
	return toks
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_'
}

// cut appends the tokens of text[from:to].
func (x *Extractor) cut(toks []token, text string, from, to int, block int32) []token {
	spaced, line := true, false
	for i := from; i < to; {
		r, n := utf8.DecodeRuneInString(text[i:to])
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			spaced = true
			line = line || r == '\n' && i > from
			i += n
			continue
		}
		j := i + n
		sh := markShape
		switch {
		case isWord(r):
			j = wordEnd(text, j, to)
			sh = shapeOf(text[i:j])
		case (r == '@' || r == '#') && j < to && isWord(rune(text[j])) && (i == from || !isWord(rune(text[i-1]))):
			j = wordEnd(text, j+1, to)
			sh = handleShape
		}
		w := text[i:j]
		lower := w
		if sh != markShape && sh != lowerShape && sh != otherShape {
			lower = strings.ToLower(w)
		}
		t := token{start: i, end: j, text: w, lower: lower, shape: sh, block: block, spaced: spaced, line: line}
		if sh != markShape {
			t.class = x.words.Word(lower)
			t.kin = x.kin.Of(lower)
			if t.class == 0 && strings.ContainsRune(lower, '’') {
				t.class = x.words.Word(strings.ReplaceAll(lower, "’", "'"))
			}
			if sh == initShape || strings.HasSuffix(lower, ".") {
				t.class |= x.words.Word(strings.TrimSuffix(lower, "."))
			}
		}
		toks = append(toks, t)
		spaced, line = false, false
		i = j
	}
	return toks
}

// wordEnd returns the end of the word whose first rune ends at j.
func wordEnd(text string, j, to int) int {
	start := j - 1
	for start > 0 && text[start]&0xC0 == 0x80 {
		start--
	}
	for j < to {
		r, n := utf8.DecodeRuneInString(text[j:to])
		if isWord(r) {
			j += n
			continue
		}
		next, m := utf8.DecodeRuneInString(text[j+n : to])
		inner := j+n < to && m > 0 && isWord(next)
		switch r {
		case '\'', '’', '‘':
			// "O'Neill" is one word, "Jeni's" two
			rest := text[j+n : to]
			if inner && !possessive(rest) {
				j += n
				continue
			}
		case '-', '‐', '‑':
			if inner {
				j += n
				continue
			}
		case '&':
			// R&D, AT&T
			if inner && unicode.IsUpper(next) && j-start <= 3 {
				j += n
				continue
			}
		case '.':
			if inner && (unicode.IsLetter(next) || unicode.IsDigit(next)) && (unicode.IsLower(next) || j-start <= 2 || text[j-2] == '.' || unicode.IsDigit(next)) {
				j += n
				continue
			}
			// a full stop that belongs to the word: "J.", "Dr.", "U.S."
			w := text[start:j]
			if utf8.RuneCountInString(w) == 1 && unicode.IsUpper(firstRune(w)) || abbreviations[strings.ToLower(w)] && unicode.IsUpper(firstRune(w)) ||
				len(w) >= 3 && len(w) <= 7 && w[len(w)-2] == '.' && unicode.IsUpper(firstRune(w)) {
				return j + n
			}
		case '@', '/', ':', '_', '~', '%', '=', '?', '+':
			if (r == '@' || r == '/' || r == ':') && inner && addressLike(text[start:to]) || addressLike(text[start:j]) && !unicode.IsSpace(next) && m > 0 && r != ':' {
				j += n
				continue
			}
			if r == ':' && strings.HasPrefix(text[j:to], "://") {
				j += 3
				continue
			}
		}
		return j
	}
	return j
}

// possessive reports whether what follows an apostrophe is the s of a genitive or a clipped verb.
func possessive(rest string) bool {
	for _, s := range []string{"s", "S", "ll", "re", "ve", "d", "m", "t"} {
		if strings.HasPrefix(rest, s) {
			r, n := utf8.DecodeRuneInString(rest[len(s):])
			if n == 0 || !isWord(r) {
				return true
			}
		}
	}
	return false
}

// addressLike reports whether s begins with something like https:// or a@b.
func addressLike(s string) bool {
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "www.") {
		return true
	}
	at := strings.IndexAny(s, "@ ,;()\n\t")
	return at > 0 && s[at] == '@' && at+1 < len(s) && isWord(rune(s[at+1]))
}

func shapeOf(w string) shape {
	upper, lowerN, digit, other, first := 0, 0, 0, 0, rune(0)
	dot := false
	for _, r := range w {
		if first == 0 {
			first = r
		}
		switch {
		case unicode.IsUpper(r) || unicode.IsTitle(r):
			upper++
		case unicode.IsLower(r):
			lowerN++
		case unicode.IsDigit(r):
			digit++
		case unicode.IsLetter(r):
			other++
		case r == '@' || r == '/' || r == ':':
			return addressShape
		case r == '.':
			dot = true
		}
	}
	switch {
	case other > upper+lowerN:
		return otherShape
	case digit > 0 && unicode.IsDigit(first) && upper <= 2 && upper+lowerN <= 3 && !(upper == 1 && lowerN == 0):
		return numberShape
	case upper == 0 && dot && lowerN > 3:
		return addressShape
	case upper == 0:
		return lowerShape
	case upper == 1 && lowerN == 0 && digit == 0:
		return initShape
	case lowerN == 0:
		return upperShape
	case unicode.IsUpper(first) && (upper == 1 || titleParts(w)):
		return titleShape
	}
	return mixedShape
}

// titleParts reports whether every part of a hyphenated word, or one with an apostrophe, begins with its only capital.
func titleParts(w string) bool {
	start, split := true, false
	for _, r := range w {
		if r == '-' || r == '\'' || r == '’' || r == '‑' {
			start, split = true, true
			continue
		}
		if unicode.IsUpper(r) && !start {
			return false
		}
		start = false
	}
	return split
}
