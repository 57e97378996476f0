package curation

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strconv"
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
	common   func(word string) bool
	others   map[pairOf]bool // what otherInFull has found of the words at hand
	here     wordsHere
	texts    int // that were looked at
	begins   map[string]*beginning
	parts    map[string][]int // people by their first and last words
	surnames map[string][]int // people by their last words
}

// beginning is what a word may begin, or be.
type beginning struct {
	patterns []pattern // longest first
	joined   []int     // people whose words it is without anything between, in either order
	handles  []int     // people whose initial and surname it is without anything between, in either order
}

// erased is a person who is to be taken out.
type erased struct {
	entry       Entry
	forms       [][]string // of the name, in folded words: as decided, and all that "same" and "alias" say
	pages       int        // from which something was taken
	surnameLeft int        // pages on which the surname still stands by itself
	leftIn      int        // number of the text in which that was counted last
}

// pattern is a way to write a name: its words, in the order in which they are written.
type pattern struct {
	person int
	words  []string
	order  order
	strict bool // only what is written within names may stand between its words
}

type order int

const (
	straight        order = iota // further given names or initials may stand behind the first word
	reversed                     // the surname first
	initial                      // an initial, and the surname
	reversedInitial              // the surname, a comma, and an initial with its dot
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
	e := &Eraser{begins: map[string]*beginning{}, parts: map[string][]int{}, surnames: map[string][]int{}, common: common}
	for _, entry := range f.Erase {
		p := erased{entry: entry}
		seen := map[string]bool{}
		for name := range spelt(slices.Concat([]string{entry.Value}, alike[foldedForm(entry.Value)], f.Also[entry.Value])) {
			if key := foldedForm(name); key != "" && !seen[key] {
				seen[key] = true
				form := strings.Fields(key)
				p.forms = append(p.forms, form)
				e.add(len(e.people), form)
				if last := form[len(form)-1]; len(form) > 1 && !slices.Contains(e.surnames[last], len(e.people)) {
					e.surnames[last] = append(e.surnames[last], len(e.people))
				}
			}
		}
		e.people = append(e.people, p)
	}
	for _, b := range e.begins {
		slices.SortStableFunc(b.patterns, func(a, b pattern) int { return cmp.Or(len(b.words)-len(a.words), cmp.Compare(a.order, b.order)) })
	}
	return e
}

// spelt are the names of a list, and with a blank in the place of each apostrophe: O'Hara is found as O Hara and o-hara.
func spelt(names []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, name := range names {
			if name, _, _ = strings.Cut(name, " @ "); IsAddress(name) {
				continue
			}
			apart := apostrophes.Replace(name)
			if !yield(name) || apart != name && !yield(apart) {
				return
			}
		}
	}
}

var apostrophes = strings.NewReplacer("'", " ", "’", " ", "ʼ", " ", "‘", " ", "´", " ", "`", " ")

// add takes in a form of somebody's name.
func (e *Eraser) add(person int, form []string) {
	put := func(o order, words ...string) {
		strict := o >= initial || slices.ContainsFunc(words, e.common)
		b := e.beginning(words[0])
		b.patterns = append(b.patterns, pattern{person, words, o, strict})
	}
	put(straight, form...)
	if len(form) == 1 {
		return
	}
	first, last := form[0], form[len(form)-1]
	put(reversed, append([]string{last}, form[:len(form)-1]...)...)
	if len(form) == 3 && utf8.RuneCountInString(form[1]) > 3 { // a further given name may be left out; a particle may not
		if utf8.RuneCountInString(first) == 1 {
			put(initial, first, last)
			put(reversedInitial, last, first)
		} else {
			put(straight, first, last)
			put(reversed, last, first)
		}
	}
	for _, whole := range []string{strings.Join(form, ""), last + strings.Join(form[:len(form)-1], "")} {
		b := e.beginning(whole)
		b.joined = append(b.joined, person)
	}
	if letter, n := utf8.DecodeRuneInString(first); n < len(first) && utf8.RuneCountInString(last) > 2 {
		put(initial, string(letter), last)
		put(reversedInitial, last, string(letter))
		for _, handle := range []string{string(letter) + last, last + string(letter)} {
			b := e.beginning(handle)
			b.handles = append(b.handles, person)
		}
	}
	e.parts[first] = append(e.parts[first], person)
	e.parts[last] = append(e.parts[last], person)
}

// beginning is what is known of a word, to add to it.
func (e *Eraser) beginning(word string) *beginning {
	b := e.begins[word]
	if b == nil {
		b = new(beginning)
		e.begins[word] = b
	}
	return b
}

// patterns are those that begin with a word.
func (e *Eraser) patterns(word string) []pattern {
	if b := e.begins[word]; b != nil {
		return b.patterns
	}
	return nil
}

// IsAddress says whether a value of the decisions is an IRI, not a name.
func IsAddress(value string) bool {
	return strings.Contains(value, "://") || strings.HasPrefix(value, "urn:")
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
	short    bool // they may be somebody else's, too
}

// Text takes the people out of a page's source. changed says whether there was anything to take out.
func (e *Eraser) Text(src string) (out string, changed bool) {
	if e == nil {
		return src, false
	}
	src, here := e.whole(src)
	words := visibleWords(src, rendered)
	if len(here) > 0 { // where the whole name stood, parts of it alone mean the same person
		if cuts := e.alone(src, words, here); len(cuts) > 0 {
			src = remove(src, words, cuts)
			words = visibleWords(src, rendered)
		}
	}
	e.leftover(words)
	return src, len(here) > 0
}

// Value takes the people out of a text that is a part of a page: the page itself was looked through by Text.
func (e *Eraser) Value(text string) string {
	if e == nil {
		return text
	}
	out, _ := e.whole(text)
	return out
}

// whole takes out what names people as a whole, and says who they are.
func (e *Eraser) whole(src string) (out string, here map[int]bool) {
	here = map[int]bool{}
	for _, as := range []view{written, humps, rendered} { // addresses first, so that they stay addresses
		if as == humps && !hasHumps(src) {
			continue
		}
		words := visibleWords(src, as)
		cuts := e.names(src, words)
		for _, c := range cuts {
			here[c.person] = true
		}
		src = remove(src, words, cuts)
	}
	for p := range here {
		e.people[p].pages++
	}
	return src, here
}

// leftover counts where surnames still stand.
func (e *Eraser) leftover(words []word) {
	e.texts++
	for _, w := range words {
		if !w.capital {
			continue
		}
		for _, i := range e.surnames[w.folded] {
			if p := &e.people[i]; p.leftIn != e.texts {
				p.leftIn = e.texts
				p.surnameLeft++
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

// Cover writes an x over each letter of the people whose names only show once a page is put together from its parts. Every word has
// the same place as before.
func (e *Eraser) Cover(text string) (covered string, changed bool) {
	if e == nil {
		return text, false
	}
	var b []byte
	here := map[int]bool{}
	for _, as := range []view{written, rendered} {
		words := visibleWords(text, as)
		for _, c := range e.names(text, words) {
			if b == nil {
				b = []byte(text)
			}
			here[c.person] = true
			for _, w := range words[c.from:c.to] {
				for i := w.start; i < w.end; i++ {
					if b[i] > ' ' {
						b[i] = 'x'
					}
				}
			}
		}
	}
	if b == nil {
		return text, false
	}
	for p := range here {
		e.people[p].pages++
	}
	return string(b), true
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
	for _, p := range e.patterns(words[0].folded) {
		if p.order < initial && e.match(words, 0, p) == len(words) {
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

// Missed says of which lines the names stand on no page, not even their surnames. The names themselves are not said: they are to
// be forgotten.
func (e *Eraser) Missed() []Remnant {
	var out []Remnant
	if e != nil {
		for _, p := range e.people {
			if p.pages == 0 && p.surnameLeft == 0 {
				out = append(out, Remnant{p.entry.Line, "this name stands on no page"})
			}
		}
	}
	return out
}

// Remains says of which lines a part may still stand somewhere, without the name.
func (e *Eraser) Remains() []Remnant {
	if e == nil {
		return nil
	}
	var gone, alone []Remnant
	for _, p := range e.people {
		switch {
		case p.surnameLeft == 0:
		case p.pages > 0:
			gone = append(gone, Remnant{p.entry.Line, fmt.Sprintf("the whole name is gone; the surname by itself still stands "+
				"on %d page(s), where it may mean somebody else", p.surnameLeft)})
		default:
			alone = append(alone, Remnant{p.entry.Line, "no page has the whole name; the surname by itself stands on some, where it may " +
				"mean somebody else"})
		}
	}
	if len(gone) > fewLines {
		for i := range gone {
			gone[i].Says = "the whole name is gone; the surname by itself still stands on some pages, where it may mean somebody else"
		}
	}
	return append(gone, alone...)
}

// Remnant is a line of the decisions, and what is to be said of the name that it erases, without the name.
type Remnant struct {
	Line int
	Says string
}

// fewLines is of how many lines the same is said of each by itself.
const fewLines = 3

// Told words remnants as notes on the file of a name: what is the same of many lines is one note.
func Told(file string, remnants []Remnant) []string {
	lines := map[string][]string{}
	for _, r := range remnants {
		lines[r.Says] = append(lines[r.Says], strconv.Itoa(r.Line))
	}
	var notes []string
	for _, r := range remnants {
		same := lines[r.Says]
		if len(same) <= fewLines {
			notes = append(notes, fmt.Sprintf("%s:%d: erase: %s", file, r.Line, r.Says))
			continue
		}
		if strconv.Itoa(r.Line) != same[0] {
			continue // it was told with the first
		}
		const named = 10
		others := strings.Join(same[1:min(len(same), named)], ", ")
		if len(same) > named {
			others += fmt.Sprintf(" and %d more", len(same)-named)
		}
		notes = append(notes, fmt.Sprintf("%s:%d: erase: %s. The same of %d more: lines %s", file, r.Line, r.Says, len(same)-1, others))
	}
	return notes
}
