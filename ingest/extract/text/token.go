package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/language"
	"rapporteur/ingest/wordclass"
)

// shape is what a word looks like.
type shape uint8

const (
	LowerShape   shape = iota // word
	TitleShape                // Word
	UpperShape                // WORD, at least two letters
	InitShape                 // W. or W
	MixedShape                // eScience, OpenAPI, McKay
	NumberShape               // 12, 2nd, 12:30
	MarkShape                 // punctuation
	HandleShape               // @handle, #tag
	AddressShape              // example.org, a@b.org, https://...
	OtherShape                // a script without capitals
)

// token is a word or mark of the text.
type Token struct {
	Start, End int    // bytes in the page's Text
	Text       string //
	Lower      string
	Class      gazetteer.Class
	Family     wordclass.Family
	Shape      shape
	Block      int32 // index in Page.Blocks
	Spaced     bool  // white space or a block's edge stands before it
	Opens      bool  // first of a sentence
	Line       bool  // first after a line break inside a block
	Strong     int8  // 0 not bold, 1 first of a bold run, 2 inside one
	Link       int32 // 1 + index in Page.Links, 0 for none
	LinkOpens  bool
	Known      bool // a word of another language that stands for an English one, which Lower is
	begins     begins
}

// capital reports whether the token could begin or be part of a name by its looks.
func (t *Token) Capital() bool {
	return t.Shape == TitleShape || t.Shape == UpperShape || t.Shape == InitShape || t.Shape == MixedShape &&
		unicode.IsUpper(FirstRune(t.Text))
}

func (t *Token) Word() bool { return t.Shape != MarkShape && t.Shape != NumberShape }

func FirstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

// abbreviations keep their full stop and end no sentence.
var abbreviations = map[string]bool{
	"dr": true, "mr": true, "mrs": true, "ms": true, "prof": true, "rev": true, "st": true, "hon": true, "jr": true, "sr": true, "cllr": true,
	"gen": true, "sen": true, "rep": true,
	"inc": true, "ltd": true, "co": true, "corp": true, "vs": true, "etc": true, "e.g": true, "i.e": true, "no": true, "al": true,
	"approx": true, "dept": true, "univ": true, "asst": true, "assoc": true,
}

// tokenise cuts the text of every block but code into tokens. No token crosses a block's edge.
func (x *Reader) tokenise(p *ingest.Page) []Token {
	toks := make([]Token, 0, len(p.Text)/5+16)
	words := x.vocabulary()
	defer x.kept.Put(words)
	languages := languagesOf(p)
	link := 0
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if bl.Kind == ingest.CodeBlock || bl.End > len(p.Text) || bl.Start >= bl.End {
			continue
		}
		first := len(toks)
		toks = x.cut(toks, words, p.Text, bl.Start, bl.End, int32(b), languages[b])
		em := 0
		opens := true
		for i := first; i < len(toks); i++ {
			t := &toks[i]
			for em < len(bl.Emphasis) && bl.Emphasis[em].End <= t.Start {
				em++
			}
			if em < len(bl.Emphasis) && bl.Emphasis[em].Strong && bl.Emphasis[em].Start < t.End {
				t.Strong = 2
				if i == first || toks[i-1].Strong == 0 || toks[i-1].Start < bl.Emphasis[em].Start {
					t.Strong = 1
				}
			}
			for link < len(p.Links) && p.Links[link].End <= t.Start {
				link++
			}
			if link < len(p.Links) && p.Links[link].Start < t.End {
				t.Link = int32(link + 1)
				t.LinkOpens = i == first || toks[i-1].Link != t.Link
			}
			if t.Shape == MarkShape {
				if t.Text == "." || t.Text == "!" || t.Text == "?" {
					opens = true
				}
			} else {
				if opens && i > first && toks[i-1].Text == "." && !t.Spaced {
					opens = false
				}
				t.Opens = opens
				opens = false
			}
		}
	}
	return toks
}

func IsWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_'
}

// cut appends the tokens of text[from:to].
func (x *Reader) cut(toks []Token, words *vocabulary, text string, from, to int, block int32, l *language.Language) []Token {
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
		sh := MarkShape
		switch {
		case IsWord(r):
			j = wordEnd(text, j, to)
			if l.Depth != language.Names {
				w := words.of(x, text[i:j])
				toks = append(toks, Token{
					Start: i, End: j, Text: text[i:j], Lower: w.lower, Shape: w.shape, Block: block, Spaced: spaced, Line: line,
					Class: w.class, Family: w.family, begins: w.begins,
				})
				spaced, line = false, false
				i = j
				continue
			}
			sh = shapeOf(text[i:j])
			if n := elision(l, text[i:j]); n > 0 {
				j, sh = i+n, LowerShape
			}
		case (r == '@' || r == '#') && j < to && IsWord(rune(text[j])) && (i == from || !IsWord(rune(text[i-1]))):
			j = wordEnd(text, j+1, to)
			sh = HandleShape
		}
		w := text[i:j]
		lower := w
		if sh != MarkShape && (sh != LowerShape || l.Depth == language.Names) && sh != OtherShape {
			lower = strings.ToLower(w)
		}
		t := Token{Start: i, End: j, Text: w, Lower: lower, Shape: sh, Block: block, Spaced: spaced, Line: line}
		if sh != MarkShape {
			t.Class, t.Family = x.classOf(lower, sh)
		}
		spaced, line = false, false
		if l.Depth == language.Names && sh != MarkShape && sh != NumberShape {
			x.translate(l, &t)
			spaced = strings.HasSuffix(w, "'") || strings.HasSuffix(w, "’") // after "l’" stands a word of its own
		}
		if sh != MarkShape {
			t.begins = x.beginsOf(w, t.Lower)
		}
		toks = append(toks, t)
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
		if IsWord(r) {
			j += n
			continue
		}
		next, m := utf8.DecodeRuneInString(text[j+n : to])
		inner := j+n < to && m > 0 && IsWord(next)
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
			if inner && (unicode.IsLetter(next) || unicode.IsDigit(next)) &&
				(unicode.IsLower(next) || j-start <= 2 || text[j-2] == '.' || unicode.IsDigit(next)) {
				j += n
				continue
			}
			// a full stop that belongs to the word: "J.", "Dr.", "U.S."
			w := text[start:j]
			if utf8.RuneCountInString(w) == 1 && unicode.IsUpper(FirstRune(w)) || abbreviations[strings.ToLower(w)] &&
				unicode.IsUpper(FirstRune(w)) ||
				len(w) >= 3 && len(w) <= 7 && w[len(w)-2] == '.' && unicode.IsUpper(FirstRune(w)) {
				return j + n
			}
		case '@', '/', ':', '_', '~', '%', '=', '?', '+':
			if (r == '@' || r == '/' || r == ':') && inner && addressLike(text[start:to]) || addressLike(text[start:j]) && !unicode.IsSpace(next) &&
				m > 0 && r != ':' {
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
			if n == 0 || !IsWord(r) {
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
	return at > 0 && s[at] == '@' && at+1 < len(s) && IsWord(rune(s[at+1]))
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
			return AddressShape
		case r == '.':
			dot = true
		}
	}
	switch {
	case other > upper+lowerN:
		return OtherShape
	case digit > 0 && unicode.IsDigit(first) && upper <= 2 && upper+lowerN <= 3 && !(upper == 1 && lowerN == 0):
		return NumberShape
	case upper == 0 && dot && lowerN > 3:
		return AddressShape
	case upper == 0:
		return LowerShape
	case upper == 1 && lowerN == 0 && digit == 0:
		return InitShape
	case lowerN == 0:
		return UpperShape
	case unicode.IsUpper(first) && (upper == 1 || titleParts(w)):
		return TitleShape
	}
	return MixedShape
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
