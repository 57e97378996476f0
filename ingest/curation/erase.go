package curation

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What stands where a name was taken out: of text, and of an address or a file's name.
const (
	Removed     = "(name removed)"
	removedSlug = "removed"
)

// Eraser takes people out of the sources of pages, before anything else sees them: what it leaves is all that the program
// ever knows. It reads what a reader reads: a name is found however its letters are spelt (entities, escapes, accents,
// blanks that do not break, markup between or within its words), with further given names or initials, the surname first,
// with an initial for the given name, in addresses, handles and e-mail addresses. Its cost grows with the length of the
// text, not with the number of names. It changes no line breaks. A nil Eraser changes nothing. Not for parallel use.
type Eraser struct {
	people   []erased
	others   map[pairOf]bool      // what otherInFull has found of the words at hand
	patterns map[string][]pattern // by first word
	joined   map[string][]int     // people by their words without anything between, in either order
	handles  map[string][]int     // people by initial and surname without anything between
	parts    map[string][]int     // people by their first and last words
	common   func(word string) bool
}

// erased is a person who is to be taken out.
type erased struct {
	entry       Entry
	forms       [][]string // of the name, in folded words: as decided, and all that "same" and "alias" say
	pages       int        // from which something was taken
	surnameLeft int        // pages on which the surname still stands by itself
}

// pattern is a way to write a name: its words, in the order in which they are written.
type pattern struct {
	person int
	words  []string
	order  order
}

type order int

const (
	straight order = iota // further given names or initials may stand behind the first word
	reversed              // the surname first
	initial               // an initial, and the surname
)

// Eraser returns what the file says to erase, nil if that is nothing. common says of a word in lower case whether it is an
// ordinary word, too (hope, may): then it is a name only beside its other words, in capitals.
func (f *File) Eraser(common func(word string) bool) *Eraser {
	if f == nil || len(f.Erase) == 0 {
		return nil
	}
	alike := map[string][]string{} // by folded form: all that same and alias say of it
	for _, g := range slices.Concat(f.Same, f.Aliases) {
		for _, v := range g.Values {
			alike[foldedForm(v)] = append(alike[foldedForm(v)], g.Values...)
		}
	}
	e := &Eraser{patterns: map[string][]pattern{}, joined: map[string][]int{}, handles: map[string][]int{}, parts: map[string][]int{},
		common: common}
	for _, entry := range f.Erase {
		p := erased{entry: entry}
		seen := map[string]bool{}
		for _, name := range append([]string{entry.Value}, alike[foldedForm(entry.Value)]...) {
			if name, _, _ = strings.Cut(name, " @ "); strings.Contains(name, "://") {
				continue
			}
			if key := foldedForm(name); key != "" && !seen[key] {
				seen[key] = true
				form := strings.Fields(key)
				p.forms = append(p.forms, form)
				e.add(len(e.people), form)
			}
		}
		e.people = append(e.people, p)
	}
	for _, list := range e.patterns {
		slices.SortStableFunc(list, func(a, b pattern) int { return cmp.Or(len(b.words)-len(a.words), cmp.Compare(a.order, b.order)) })
	}
	return e
}

// add takes in a form of somebody's name.
func (e *Eraser) add(person int, form []string) {
	put := func(o order, words ...string) {
		e.patterns[words[0]] = append(e.patterns[words[0]], pattern{person, words, o})
	}
	put(straight, form...)
	if len(form) == 1 {
		return
	}
	first, last := form[0], form[len(form)-1]
	put(reversed, append([]string{last}, form[:len(form)-1]...)...)
	if len(form) == 3 && utf8.RuneCountInString(form[1]) > 3 { // a further given name may be left out; a particle may not
		put(straight, first, last)
		put(reversed, last, first)
	}
	e.joined[strings.Join(form, "")] = append(e.joined[strings.Join(form, "")], person)
	e.joined[last+strings.Join(form[:len(form)-1], "")] = append(e.joined[last+strings.Join(form[:len(form)-1], "")], person)
	if letter, n := utf8.DecodeRuneInString(first); n < len(first) && utf8.RuneCountInString(last) > 2 {
		put(initial, string(letter), last)
		e.handles[string(letter)+last] = append(e.handles[string(letter)+last], person)
	}
	e.parts[first] = append(e.parts[first], person)
	e.parts[last] = append(e.parts[last], person)
}

// foldedForm is a name as its folded words, parted by blanks.
func foldedForm(name string) string {
	var b strings.Builder
	for _, w := range visibleWords(name, rendered) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.folded)
	}
	return b.String()
}

// cut is a place of a source that is a person's: the words from to (exclusive) of a list.
type cut struct {
	person   int
	from, to int
	address  bool // the words are of an address, a handle or a file's name
}

// Text takes the people out of a page's source. changed says whether there was anything to take out.
func (e *Eraser) Text(src string) (out string, changed bool) {
	if e == nil {
		return src, false
	}
	here := map[int]bool{}
	for _, as := range []view{written, rendered} { // addresses first, so that they stay addresses
		words := visibleWords(src, as)
		cuts := e.names(src, words)
		for _, c := range cuts {
			here[c.person] = true
		}
		src = remove(src, words, cuts)
	}
	words := visibleWords(src, rendered)
	if len(here) > 0 { // where the whole name stood, parts of it alone mean the same person
		if cuts := e.alone(src, words, here); len(cuts) > 0 {
			src = remove(src, words, cuts)
			words = visibleWords(src, rendered)
		}
		for p := range here {
			e.people[p].pages++
		}
	}
	e.leftover(words)
	return src, len(here) > 0
}

// names finds all that names somebody as a whole.
func (e *Eraser) names(src string, words []word) []cut {
	var cuts []cut
	e.others = map[pairOf]bool{}
	for i := 0; i < len(words); {
		c, ok := e.at(src, words, i)
		if !ok {
			i++
			continue
		}
		cuts = append(cuts, c)
		i = c.to
	}
	return cuts
}

// at finds who is named from word i on.
func (e *Eraser) at(src string, words []word, i int) (cut, bool) {
	w := words[i]
	if p := e.joined[w.folded]; p != nil && !e.common(w.folded) {
		return cut{p[0], i, i + 1, true}, true
	}
	if p := e.handles[w.folded]; p != nil && inAddress(src, w) {
		return cut{p[0], i, i + 1, true}, true
	}
	for _, p := range e.patterns[w.folded] {
		to := e.match(words, i, p)
		if to < 0 || p.order == initial && e.otherInFull(words, p) {
			continue
		}
		address := to > i+1
		for k := i + 1; k < to; k++ {
			address = address && words[k].gap != "" && strings.IndexFunc(words[k].gap, unicode.IsSpace) < 0
		}
		return cut{p.person, i, to, address}, true
	}
	return cut{}, false
}

// match returns the end of the pattern's words that begin at word i, -1 where these are not they.
func (e *Eraser) match(words []word, i int, p pattern) int {
	at, further, blank := i, 0, false
	for n := 1; n < len(p.words); {
		if at++; at == len(words) || !joins(words[at-1], words[at], p.order == reversed && n == 1) {
			return -1
		}
		blank = blank || strings.IndexFunc(words[at].gap, unicode.IsSpace) >= 0
		switch {
		case words[at].folded == p.words[n]:
			n++
		case p.order != initial && n == len(p.words)-min(1, n) && further < 2 && between(words[at]):
			further++
		default:
			return -1
		}
	}
	if first, last := words[i], words[at]; (blank || len(p.words) == 1) && !(first.capital && last.capital) {
		for _, w := range p.words {
			if p.order == initial || len(p.words) == 1 || e.common(w) {
				return -1
			}
		}
	}
	return at + 1
}

// between says whether a word may stand between a given name and the surname: an initial, another given name.
func between(w word) bool { return w.capital || utf8.RuneCountInString(w.folded) == 1 }

// joins says whether two words can be of one name, by what stands between them.
func joins(before, w word, comma bool) bool {
	if len(w.gap) > 12 || strings.Count(w.gap, "\n") > 1 {
		return false
	}
	spaced := strings.IndexFunc(w.gap, unicode.IsSpace) >= 0
	for _, r := range w.gap {
		switch {
		case unicode.IsSpace(r), strings.ContainsRune("-‐_+\"“”()", r):
		case r == '.' && (!spaced || utf8.RuneCountInString(before.folded) == 1):
		case r == ',' && comma:
		default:
			return false
		}
	}
	return true
}

// pairOf is a person and an initial with a surname.
type pairOf struct {
	person        int
	initial, last string
}

// otherInFull says whether the page names somebody else in full whose initial and surname are the pattern's.
func (e *Eraser) otherInFull(words []word, p pattern) bool {
	key := pairOf{p.person, p.words[0], p.words[1]}
	if found, ok := e.others[key]; ok {
		return found
	}
	found := e.findOther(words, p)
	e.others[key] = found
	return found
}

func (e *Eraser) findOther(words []word, p pattern) bool {
	last := p.words[1]
	for i := range words[:max(0, len(words)-1)] {
		w := words[i]
		if words[i+1].folded != last || !w.capital || len(w.folded) < 2 || !strings.HasPrefix(w.folded, p.words[0]) ||
			!joins(w, words[i+1], false) {
			continue
		}
		if !slices.ContainsFunc(e.people[p.person].forms, func(form []string) bool { return form[0] == w.folded }) {
			return true
		}
	}
	return false
}

// inAddress says whether a word is of an e-mail address, a handle or a path.
func inAddress(src string, w word) bool {
	return w.start > 0 && strings.IndexByte("@/", src[w.start-1]) >= 0 || w.end < len(src) && src[w.end] == '@'
}

// alone finds given names and surnames by themselves, of the people who are here.
func (e *Eraser) alone(src string, words []word, here map[int]bool) []cut {
	var cuts []cut
	for i, w := range words {
		for _, p := range e.parts[w.folded] {
			if here[p] && w.capital && lonely(src, words, i) && (!e.common(w.folded) || i > 0 && honorific[words[i-1].folded]) {
				cuts = append(cuts, cut{p, i, i + 1, false})
				break
			}
		}
	}
	return cuts
}

// leftover counts where surnames still stand.
func (e *Eraser) leftover(words []word) {
	var seen map[int]bool
	for _, w := range words {
		for _, p := range e.parts[w.folded] {
			isLast := slices.ContainsFunc(e.people[p].forms, func(form []string) bool { return form[len(form)-1] == w.folded })
			if w.capital && isLast && !seen[p] {
				if seen == nil {
					seen = map[int]bool{}
				}
				seen[p] = true
				e.people[p].surnameLeft++
			}
		}
	}
}

// remove cuts words out of a source. What is markup between them stays, and so does every line break.
func remove(src string, words []word, cuts []cut) string {
	if len(cuts) == 0 {
		return src
	}
	var b strings.Builder
	last := 0
	for _, c := range cuts {
		b.WriteString(src[last:words[c.from].start])
		if c.address {
			b.WriteString(removedSlug)
		} else {
			b.WriteString(Removed)
		}
		for i := c.from; i < c.to; i++ {
			b.WriteString(kept(src[words[i].start:words[i].end], c.address))
			if i+1 < c.to {
				b.WriteString(kept(src[words[i].end:words[i+1].start], c.address))
			}
		}
		last = words[c.to-1].end
		if end := words[c.to-1]; c.to-c.from > 1 && utf8.RuneCountInString(end.folded) == 1 && last < len(src) && src[last] == '.' {
			last++ // of an initial
		}
	}
	b.WriteString(src[last:])
	return b.String()
}

// kept is what stays of something that was cut out: nothing, or where it has markup or ends a line, that. In an address
// nothing is markup.
func kept(piece string, address bool) string {
	if address && !strings.ContainsAny(piece, "<\n") {
		return ""
	}
	if strings.IndexFunc(piece, unicode.IsLetter) < 0 && strings.ContainsAny(piece, "*_`[]~\n") {
		return strings.TrimRight(piece, " \t")
	}
	var b strings.Builder
	for len(piece) > 0 {
		switch n := tagLength(piece); {
		case n > 0 && !strings.HasPrefix(piece, "<!--"):
			b.WriteString(piece[:n])
			piece = piece[n:]
		case strings.HasPrefix(piece, "](") && strings.IndexByte(piece, ')') > 0:
			n := strings.IndexByte(piece, ')') + 1
			b.WriteString(piece[:n])
			piece = piece[n:]
		default:
			if strings.IndexByte("*`[]~\n", piece[0]) >= 0 {
				b.WriteByte(piece[0])
			}
			piece = piece[1:]
		}
	}
	return b.String()
}

// About says whether a title is the name of somebody to erase: then the page is about them, and goes as a whole.
func (e *Eraser) About(title string) bool {
	if e == nil {
		return false
	}
	words := visibleWords(title, rendered)
	for len(words) > 0 && honorific[words[0].folded] {
		words = words[1:]
	}
	if len(words) == 0 {
		return false
	}
	for _, p := range e.patterns[words[0].folded] {
		if p.order != initial && e.match(words, 0, p) == len(words) {
			e.people[p.person].pages++
			return true
		}
	}
	return false
}

// Path takes the people out of a file's path; such a page's address on the live site holds the name too.
func (e *Eraser) Path(name string) (string, bool) {
	if e == nil {
		return name, false
	}
	words := visibleWords(name, written)
	cuts := e.names(name, words)
	for i := range cuts {
		cuts[i].address = true
		e.people[cuts[i].person].pages++
	}
	return remove(name, words, cuts), len(cuts) > 0
}

// Missed lists the lines whose names stand on no page. The names themselves are not said: they are to be forgotten.
func (e *Eraser) Missed() []int {
	var lines []int
	if e != nil {
		for _, p := range e.people {
			if p.pages == 0 {
				lines = append(lines, p.entry.Line)
			}
		}
	}
	return lines
}

// Remains says of which lines a part may still stand somewhere, without the name: one sentence each.
func (e *Eraser) Remains() []Remnant {
	var out []Remnant
	if e != nil {
		for _, p := range e.people {
			if p.pages > 0 && p.surnameLeft > 0 {
				out = append(out, Remnant{p.entry.Line, fmt.Sprintf("erase: the whole name is gone; the surname by itself still stands on %d "+
					"page(s), where it may mean somebody else", p.surnameLeft)})
			}
		}
	}
	return out
}

// Remnant is a line of the decisions, and what may remain of the name that it erases.
type Remnant struct {
	Line int
	Says string
}

// lonely says whether a capitalised word is a name by itself: not within an address, and not a part of somebody else's
// name, which a capitalised word directly beside it would be.
func lonely(src string, words []word, i int) bool {
	w := words[i]
	if w.start > 0 && strings.IndexByte("/@-_.=", src[w.start-1]) >= 0 || w.end < len(src) && strings.IndexByte("/@_=", src[w.end]) >= 0 {
		return false
	}
	if i > 0 && blank(w.gap) {
		if b := words[i-1]; b.capital && !honorific[b.folded] && !sentenceStart[b.folded] && !opensSentence(words, i-1) {
			return false
		}
	}
	return i+1 == len(words) || !blank(words[i+1].gap) || !words[i+1].capital
}

// opensSentence says whether a word is the first of a sentence or line, so that its capital says nothing.
func opensSentence(words []word, i int) bool {
	return strings.ContainsAny(words[i].gap, ".!?:;\n") || i == 0
}

func blank(gap string) bool {
	return gap != "" && strings.TrimFunc(gap, unicode.IsSpace) == "" && !strings.Contains(gap, "\n")
}

var (
	honorific = map[string]bool{"mr": true, "mrs": true, "ms": true, "miss": true, "mx": true, "dr": true, "prof": true, "professor": true,
		"sir":  true,
		"dame": true, "lord": true, "lady": true, "baroness": true, "cllr": true, "councillor": true}
	sentenceStart = map[string]bool{"but": true, "and": true, "then": true, "when": true, "as": true, "so": true, "while": true, "if": true,
		"for":   true,
		"after": true, "before": true, "with": true, "by": true, "to": true, "from": true, "thank": true, "thanks": true}
)
