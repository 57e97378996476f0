package curation

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Removed stands where a name was taken out.
const Removed = "(name removed)"

// Eraser takes people out of the sources of pages, before anything else sees them: what it leaves is all that the program
// ever knows. It changes no line breaks. A nil Eraser changes nothing.
type Eraser struct {
	people []erased
}

// erased is a person who is to be taken out.
type erased struct {
	entry Entry
	forms []form // of the name: as decided, and all that "same" and "alias" say
	found bool
}

// form is one way to write a name.
type form struct {
	whole  *regexp.Regexp // the name; markup may stand between its words
	slug   *regexp.Regexp // the name in an address or a file's name
	first  *regexp.Regexp // alone, on pages that have the whole name
	last   *regexp.Regexp
	folded string
}

// Eraser returns what the file says to erase, nil if that is nothing.
func (f *File) Eraser() *Eraser {
	if f == nil || len(f.Erase) == 0 {
		return nil
	}
	e := &Eraser{}
	for _, entry := range f.Erase {
		names := []string{entry.Value}
		for _, g := range append(append([]Group{}, f.Same...), f.Aliases...) {
			for _, v := range g.Values {
				if plainForm(v) == plainForm(entry.Value) {
					names = append(names, g.Values...)
					break
				}
			}
		}
		p := erased{entry: entry}
		for _, n := range names {
			if n, _, _ = strings.Cut(n, " @ "); !strings.Contains(n, "://") {
				p.forms = append(p.forms, newForm(n))
			}
		}
		e.people = append(e.people, p)
	}
	return e
}

// between is what may stand between the words of a name on a page: blanks, emphasis, tags, the end of a link's text.
const between = `((?:\s|&nbsp;|&#160;|[*_\[\]` + "`" + `~.]|\]\([^)\n]*\)|</?[A-Za-z][^>\n]*>)+)`

func newForm(name string) form {
	w := strings.FieldsFunc(name, unicode.IsSpace)
	var spelt, slugged []string
	for _, word := range w {
		spelt = append(spelt, "("+spelling(word)+")")
		slugged = append(slugged, spelling(strings.Trim(word, ".,")))
	}
	f := form{folded: plainForm(name), whole: regexp.MustCompile(`(?i)` + strings.Join(spelt, between))}
	if len(w) > 1 {
		f.slug = regexp.MustCompile(`(?i)` + strings.Join(slugged, `[-_.+]?(?:%20)?`))
		f.first = regexp.MustCompile(`(?i)` + spelling(w[0]))
		f.last = regexp.MustCompile(`(?i)` + spelling(w[len(w)-1]))
	}
	return f
}

// spelling is a pattern for a word in any case, with or without its accents.
func spelling(word string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(word) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == '\'' || r == '’':
			b.WriteString(`(?:['’ʼ]|&#39;|&rsquo;)?`)
		case r == '-' || r == '‐':
			b.WriteString(`[-‐ ]`)
		default:
			b.WriteString("[" + regexp.QuoteMeta(string(r)) + accented(r) + `]\p{Mn}*`)
		}
	}
	return b.String()
}

// accented are the letters that are r with an accent.
func accented(r rune) string {
	var b strings.Builder
	for _, block := range [][2]rune{{0xC0, 0x17F}, {0x1CD, 0x21B}, {0x1E00, 0x1EFF}} {
		for c := block[0]; c <= block[1]; c++ {
			base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(c)))
			if base != c && unicode.ToLower(base) == unicode.ToLower(r) {
				b.WriteRune(c)
			}
		}
	}
	switch unicode.ToLower(r) {
	case 'l':
		b.WriteString("łŁ")
	case 'o':
		b.WriteString("øØ")
	case 'd':
		b.WriteString("đĐ")
	}
	return b.String()
}

// plainForm is a name in lower case, without accents and double blanks.
func plainForm(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(strings.Join(strings.Fields(s), " "))) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Text takes the people out of a page's source. changed says whether there was anything to take out.
func (e *Eraser) Text(src string) (out string, changed bool) {
	if e == nil {
		return src, false
	}
	for i := range e.people {
		p := &e.people[i]
		here := false
		for _, f := range p.forms {
			var hit bool
			if f.slug != nil { // first, so that addresses stay addresses
				if src, hit = replaceWords(src, f.slug, "removed", slugPlace); hit {
					here = true
				}
			}
			if src, hit = replaceWhole(src, f.whole); hit {
				here = true
			}
		}
		if !here {
			continue
		}
		p.found, changed = true, true
		for _, f := range p.forms { // where the whole name stood, parts of it alone mean the same person
			if f.last != nil {
				src, _ = replaceWords(src, f.last, Removed, lonely)
				src, _ = replaceWords(src, f.first, Removed, lonely)
			}
		}
	}
	return src, changed
}

// About says whether a title is the name of somebody to erase: then the page is about them, and goes as a whole.
func (e *Eraser) About(title string) bool {
	if e == nil {
		return false
	}
	for i := range e.people {
		for _, f := range e.people[i].forms {
			if f.folded == plainForm(title) {
				e.people[i].found = true
				return true
			}
		}
	}
	return false
}

// Path takes the people out of a file's path; such a page's address on the live site holds the name too.
func (e *Eraser) Path(name string) (string, bool) {
	changed := false
	if e != nil {
		for i := range e.people {
			for _, f := range e.people[i].forms {
				if f.slug == nil {
					continue
				}
				var hit bool
				if name, hit = replaceWords(name, f.slug, "removed", slugPlace); hit {
					e.people[i].found, changed = true, true
				}
			}
		}
	}
	return name, changed
}

// Count is the number of decisions that found somebody; Missed are the lines of the others.
func (e *Eraser) Count() int {
	if e == nil {
		return 0
	}
	n := 0
	for _, p := range e.people {
		if p.found {
			n++
		}
	}
	return n
}

// Missed lists the lines whose names stand on no page. The names themselves are not said: they are to be forgotten.
func (e *Eraser) Missed() []int {
	var lines []int
	if e != nil {
		for _, p := range e.people {
			if !p.found {
				lines = append(lines, p.entry.Line)
			}
		}
	}
	return lines
}

// replaceWhole puts Removed in place of a name's first word, and nothing in place of the others; the markup between stays.
func replaceWhole(src string, whole *regexp.Regexp) (string, bool) {
	var b strings.Builder
	last, hit := 0, false
	for _, m := range whole.FindAllStringSubmatchIndex(src, -1) {
		if inWord(src, m[0], m[1]) {
			continue
		}
		hit = true
		b.WriteString(src[last:m[0]])
		b.WriteString(Removed)
		for g := 4; g < len(m); g += 4 { // the odd groups are what stands between the words
			if gap := src[m[g]:m[g+1]]; strings.TrimSpace(gap) != "" || strings.Contains(gap, "\n") {
				b.WriteString(strings.TrimRight(gap, " \t"))
			}
		}
		last = m[1]
	}
	if !hit {
		return src, false
	}
	b.WriteString(src[last:])
	return b.String(), true
}

// replaceWords replaces those matches that stand in the right place.
func replaceWords(src string, word *regexp.Regexp, by string, place func(src string, start, end int) bool) (string, bool) {
	var b strings.Builder
	last, hit := 0, false
	for _, m := range word.FindAllStringIndex(src, -1) {
		if m[0] < last || !place(src, m[0], m[1]) {
			continue
		}
		hit = true
		b.WriteString(src[last:m[0]])
		b.WriteString(by)
		last = m[1]
	}
	if !hit {
		return src, false
	}
	b.WriteString(src[last:])
	return b.String(), true
}

func inWord(src string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(src[:start])
	after, _ := utf8.DecodeRuneInString(src[end:])
	return isLetter(before) || isLetter(after)
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// slugPlace says whether a match is a name in an address: no letters around it, and no blank within it.
func slugPlace(src string, start, end int) bool {
	return !inWord(src, start, end) && !strings.ContainsAny(src[start:end], " \t\n")
}

// lonely says whether a word is a capitalised name by itself: not within a longer word or an address, and not a part of
// somebody else's name, which a capitalised word directly beside it would be.
func lonely(src string, start, end int) bool {
	first, _ := utf8.DecodeRuneInString(src[start:])
	if inWord(src, start, end) || unicode.IsLower(first) {
		return false
	}
	if start > 0 && strings.ContainsRune("/@-_.=", rune(src[start-1])) || end < len(src) && strings.ContainsRune("/@_=", rune(src[end])) {
		return false
	}
	left, right := strings.Fields(src[max(0, start-40):start]), strings.Fields(src[end:min(len(src), end+40)])
	if len(left) > 0 && start > 0 && src[start-1] == ' ' {
		w := strings.Trim(left[len(left)-1], "*_[(")
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) && !honorific[strings.ToLower(strings.Trim(w, "."))] && !strings.ContainsAny(w, ".,:;!?") && len(left) > 1 && !sentenceStart[strings.ToLower(w)] {
			return false
		}
	}
	if len(right) > 0 && src[end] == ' ' {
		if r, _ := utf8.DecodeRuneInString(right[0]); unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

var (
	honorific     = map[string]bool{"mr": true, "mrs": true, "ms": true, "miss": true, "mx": true, "dr": true, "prof": true, "professor": true, "sir": true, "dame": true, "lord": true, "lady": true, "baroness": true, "cllr": true, "councillor": true}
	sentenceStart = map[string]bool{"but": true, "and": true, "then": true, "when": true, "as": true, "so": true, "while": true, "if": true, "for": true, "after": true, "before": true, "with": true, "by": true, "to": true, "from": true, "thank": true, "thanks": true}
)
