package curation

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// names finds all that names somebody as a whole.
func (e *Eraser) names(src string, words []word) []cut {
	var cuts []cut
	e.others, e.here = map[pairOf]bool{}, wordsHere{words: make(map[string]bool, len(words)), patterns: map[string][]pattern{}}
	for i := range words {
		e.here.words[words[i].folded] = true
	}
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
	begins := e.begins[w.folded]
	if begins != nil {
		if p := begins.joined; p != nil && !e.common(w.folded) {
			return cut{p[0], i, i + 1, true, false}, true
		}
		if p := begins.handles; p != nil && (inAddress(src, w) || len(w.folded) >= longHandle && !w.capital && !e.common(w.folded)) {
			return cut{p[0], i, i + 1, true, true}, true
		}
	}
	if to := spacedOut(words, i); to > i+1 {
		run := letters(words[i:to])
		if b := e.begins[run]; b != nil && b.joined != nil {
			return cut{b.joined[0], i, to, false, false}, true
		}
		for _, p := range e.possible(run) {
			if c, ok := e.tried(words, to-1, p); ok {
				c.from, c.address = i, false
				return c, true
			}
		}
	}
	if begins != nil {
		for _, p := range e.possible(w.folded) {
			if c, ok := e.tried(words, i, p); ok {
				return c, true
			}
		}
	}
	if w.capital && i+1 < len(words) { // IJ Roe, Im. Roe
		letter, n := utf8.DecodeRuneInString(w.folded)
		if n == len(w.folded) || !w.capitals && !strings.HasPrefix(words[i+1].gap, ".") {
			return cut{}, false
		}
		for _, p := range e.possible(string(letter)) {
			if p.order == initial && (w.capitals && utf8.RuneCountInString(w.folded) <= 3 || e.shortens(w.folded, p.person)) {
				if c, ok := e.tried(words, i, p); ok {
					return c, true
				}
			}
		}
	}
	return cut{}, false
}

// wordsHere are the words at hand, and by first word the patterns whose other words are among them.
type wordsHere struct {
	words    map[string]bool
	patterns map[string][]pattern
}

// possible are the patterns that begin with a word and may be found among the words at hand.
func (e *Eraser) possible(first string) []pattern {
	list, ok := e.here.patterns[first]
	if ok {
		return list
	}
	for _, p := range e.patterns(first) {
		if !slices.ContainsFunc(p.words[1:], func(w string) bool { return !e.here.words[w] && !e.here.words[w+"s"] }) {
			list = append(list, p)
		}
	}
	e.here.patterns[first] = list
	return list
}

// tried is the place of a pattern that begins at word i.
func (e *Eraser) tried(words []word, i int, p pattern) (cut, bool) {
	to := e.match(words, i, p)
	if to < 0 || p.order >= initial && e.otherInFull(words, p) {
		return cut{}, false
	}
	short := p.order >= initial
	address := to > i+1
	for k := i + 1; k < to; k++ {
		address = address && words[k].gap != "" && strings.IndexFunc(words[k].gap, unicode.IsSpace) < 0
	}
	return cut{p.person, i, to, address, short}, true
}

// shortens says whether a word is the beginning of a given name of somebody.
func (e *Eraser) shortens(short string, person int) bool {
	return slices.ContainsFunc(e.people[person].forms, func(form []string) bool { return strings.HasPrefix(form[0], short) })
}

// Bounds of what may stand between the words of a name.
const (
	furtherNames = 4
	furtherKeys  = 4
)

// match returns the end of the pattern's words that begin at word i, -1 where these are not they.
func (e *Eraser) match(words []word, i int, p pattern) int {
	strict := p.strict
	at, further, keys, blank := i, 0, 0, false
	for n := 1; n < len(p.words); {
		if at++; at == len(words) {
			return -1
		}
		w := words[at]
		turned := p.order == reversed && n == 1 || p.order == reversedInitial
		if !joins(words[at-1], w, turned, strict || further > 0 || !turned && strings.ContainsAny(w.gap, ",;") &&
			strings.ContainsAny(w.gap, " \n")) {
			return -1
		}
		blank = blank || strings.IndexFunc(w.gap, unicode.IsSpace) >= 0
		last := n == len(p.words)-1
		switch {
		case p.order == reversedInitial:
			if w.folded != p.words[n] || !strings.Contains(w.gap, ",") || !dotted(words, at) {
				return -1
			}
			n++
		case w.folded == p.words[n], last && !strict && w.capital && len(w.folded) > 4 && w.folded == p.words[n]+"s":
			n++
		case p.order == initial && utf8.RuneCountInString(w.folded) == 1 && w.capital && further < furtherNames:
			further++
		case p.order != initial && n == len(p.words)-min(1, n) && further < furtherNames && between(w) && !nameKeys[w.folded]:
			further++
		case !strict && keys < furtherKeys && (nameKeys[w.folded] || (w.folded == "name" || w.folded == "names") &&
			nameKeys[words[at-1].folded]):
			keys++
		default:
			return -1
		}
	}
	if first, last := words[i], words[at]; (blank || len(p.words) == 1) && !(first.capital && last.capital) {
		for _, w := range p.words {
			if p.order >= initial || len(p.words) == 1 || e.common(w) {
				return -1
			}
		}
	}
	return at + 1
}

// dotted says whether a word is an initial with its dot, or ends the text.
func dotted(words []word, i int) bool {
	return words[i].capital && i+1 < len(words) && strings.HasPrefix(words[i+1].gap, ".") || i+1 == len(words)
}

// between says whether a word may stand between a given name and the surname: an initial, another given name, a particle.
func between(w word) bool {
	return w.capital || utf8.RuneCountInString(w.folded) == 1 || particles[w.folded]
}

// spacedOut is the end of a run of single letters that begins at word i, with the same between them.
func spacedOut(words []word, i int) int {
	const longest = 80
	to := i
	for to < len(words) && to < i+longest && utf8.RuneCountInString(words[to].folded) == 1 && (to == i || blank(words[to].gap)) {
		to++
	}
	if i > 0 && utf8.RuneCountInString(words[i-1].folded) == 1 && blank(words[i].gap) {
		return i // not where it begins
	}
	return to
}

// letters are single-letter words in a row.
func letters(words []word) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.folded)
	}
	return b.String()
}

// joins says whether two words can be of one name, by what stands between them. Strictly, that is what is written within names;
// else whatever ends no sentence, such as the signs between cells, or between keys and values.
func joins(before, w word, comma, strict bool) bool {
	if len(w.gap) > 12 || strings.Count(w.gap, "\n") > 1 {
		return false
	}
	spaced := strings.IndexFunc(w.gap, unicode.IsSpace) >= 0
	for _, r := range w.gap {
		switch {
		case unicode.IsSpace(r), strings.ContainsRune("-‐_+\"“”()", r):
		case r == '.' && (!spaced || utf8.RuneCountInString(before.folded) == 1):
		case r == ',' && comma:
		case !strict && r != '.' && r != '!' && r != '?' && !unicode.IsDigit(r):
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
	key := pairOf{p.person, p.words[0], p.words[1]} // in their order
	if found, ok := e.others[key]; ok {
		return found
	}
	found := e.findOther(words, p)
	e.others[key] = found
	return found
}

func (e *Eraser) findOther(words []word, p pattern) bool {
	first, last := p.words[0], p.words[1]
	if p.order == reversedInitial {
		first, last = last, first
	}
	for i := range words[:max(0, len(words)-1)] {
		w := words[i]
		if words[i+1].folded != last || !w.capital || len(w.folded) < 2 || !strings.HasPrefix(w.folded, first) || !joins(w,
			words[i+1], false, true) {
			continue
		}
		if !slices.ContainsFunc(e.people[p.person].forms, func(form []string) bool { return form[0] == w.folded }) {
			return true
		}
	}
	return false
}

// longHandle is from how many letters on an initial and a surname in one are nobody else's word.
const longHandle = 9

// inAddress says whether a word is of an e-mail address, a handle or a path.
func inAddress(src string, w word) bool {
	return w.start > 0 && strings.IndexByte("@/~=", src[w.start-1]) >= 0 || w.end < len(src) && src[w.end] == '@'
}

// alone finds given names and surnames by themselves, of the people who are here.
func (e *Eraser) alone(src string, words []word, here map[int]bool) []cut {
	var cuts []cut
	for i := 0; i < len(words); i++ {
		w := words[i]
		for _, p := range e.parts[w.folded] {
			if !here[p] || !w.capital {
				continue
			}
			if e.cutShort(words, i, p) {
				cuts = append(cuts, cut{p, i, i + 2, false, true})
				i++
				break
			}
			if e.lonely(src, words, i) && (!e.common(w.folded) || i > 0 && honorific[words[i-1].folded]) {
				cuts = append(cuts, cut{p, i, i + 1, false, true})
				break
			}
		}
	}
	return cuts
}

// cutShort says whether a word is the given name of somebody, and the next the initial of the surname with its dot.
func (e *Eraser) cutShort(words []word, i, person int) bool {
	if i+1 == len(words) || !blank(words[i+1].gap) || !dotted(words, i+1) {
		return false
	}
	letter, n := utf8.DecodeRuneInString(words[i+1].folded)
	return n == len(words[i+1].folded) && slices.ContainsFunc(e.people[person].forms, func(form []string) bool {
		return len(form) > 1 && form[0] == words[i].folded && strings.HasPrefix(form[len(form)-1], string(letter))
	})
}

// lonely says whether a capitalised word is a name by itself: not within an address, and not a part of somebody else's
// name, which a capitalised word directly beside it would be, if it is not an ordinary word that begins a sentence.
func (e *Eraser) lonely(src string, words []word, i int) bool {
	w := words[i]
	if w.start > 0 && strings.IndexByte("/@-_.=", src[w.start-1]) >= 0 || w.end < len(src) && strings.IndexByte("/@_=", src[w.end]) >= 0 {
		return false
	}
	if i > 0 && blank(w.gap) {
		if b := words[i-1]; b.capital && !honorific[b.folded] && !sentenceStart[b.folded] && !(opensSentence(words, i-1) && e.common(b.folded)) {
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
	honorific = map[string]bool{"mr": true, "mrs": true, "ms": true, "miss": true, "mx": true, "dr": true, "prof": true,
		"professor": true, "sir": true,
		"dame": true, "lord": true, "lady": true, "baroness": true, "cllr": true, "councillor": true,
		"frau": true, "herr": true, "herrn": true, "mme": true, "mlle": true, "madame": true, "monsieur": true, "sr": true, "sra": true,
		"senor": true, "senora": true, "senhor": true, "senhora": true, "signor": true, "signora": true, "mevrouw": true, "mw": true,
		"meneer": true, "dhr": true, "fru": true, "hr": true, "pan": true, "pani": true}
	sentenceStart = map[string]bool{"but": true, "and": true, "then": true, "when": true, "as": true, "so": true, "while": true,
		"if": true, "for": true,
		"after": true, "before": true, "with": true, "by": true, "to": true, "from": true, "thank": true, "thanks": true}
	particles = map[string]bool{"de": true, "da": true, "do": true, "dos": true, "das": true, "di": true, "del": true,
		"della": true, "der": true, "den": true,
		"von": true, "van": true, "vom": true, "zu": true, "la": true, "le": true, "el": true, "al": true, "bin": true,
		"ibn": true, "ten": true, "ter": true, "af": true, "av": true}
	// nameKeys stand before the parts of a name where these are values of their own, and within addresses that are spelt out.
	nameKeys = map[string]bool{"first": true, "last": true, "given": true, "family": true, "middle": true, "surname": true,
		"forename":  true,
		"firstname": true, "lastname": true, "givenname": true, "familyname": true, "othernames": true, "middlename": true,
		"vorname": true, "nachname": true,
		"prenom": true, "nom": true, "nombre": true, "apellido": true, "apellidos": true, "voornaam": true, "achternaam": true,
		"dot": true, "punkt": true, "punto": true}
)
