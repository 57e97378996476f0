package recommend

import (
	"strconv"
	"strings"

	"rapporteur/ingest"
)

// features are indices into the weights of a model, each the hash of what was observed. The same one may occur twice.
type features []uint32

// observed collects the features of a candidate.
type observed struct {
	features
	trace trace // nil to note nothing
}

// trace notes what features stand for, where somebody wants to know: "right: must, be".
type trace map[uint32]string

// number writes the number of a family of words.
func number(n uint16) string { return strconv.Itoa(int(n)) }

// add observes values under the name of a feature, such as "lead-in" with "should". All names stand in Features.
func (fs *observed) add(name string, values ...string) {
	h := mixed(14695981039346656037, name) // FNV-1a, 64 bits
	for _, v := range values {
		h = mixed(h, v)
	}
	at := uint32((h ^ h>>32) % weights)
	if fs.trace != nil {
		fs.trace[at] = strings.TrimSuffix(name+": "+strings.Join(values, ", "), ": ")
	}
	fs.features = append(fs.features, at)
}

func mixed(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return (h ^ '|') * 1099511628211
}

// addCues observes every class of c.
func (fs *observed) addCues(where string, c cues) {
	for k, name := range cueName {
		if c&(1<<k) != 0 {
			fs.add(where, name)
		}
	}
}

// strong are the classes that ask for something by themselves.
const strong = must | should | need | vital | ask | wish | lets

// view is a page as the features see it.
type view struct {
	page       *ingest.Page
	candidates []candidate
	of         [][]int // candidates of each block
	cues       []cues  // of each block
	words      [][]word
	lists      map[int]tally // by number of the list
	sections   map[int]tally // by heading
	whole      tally
	named      map[int]bool // starts of the people's mentions
	names      map[int]int  // ends of all people's and organisations' mentions, by start
	lower      string
	traits
	labelled int                       // turns that labels mark
	turns    int                       // of speakers, marked by their names
	given    map[string]ingest.LocalID // first names that only one person of the page has, in small letters: whose
	initials map[string]ingest.LocalID // likewise of initials
	people   map[int]ingest.LocalID    // whose mention begins there
	leads    []bool                    // of each block: whether it introduces a list
	marks    []mark                    // of each block
	labels   map[string]bool           // by which turns are marked of people whom the page does not name in full
	trace    trace                     // nil to note nothing
}

// mark is the mark of a speaker's turn with which a block begins: its number of words, where the turn's own words begin, and whose it is.
type mark struct {
	words, start int
	of           ingest.LocalID
}

// tally counts what the candidates of a list, section or page have.
type tally struct{ all, strong, imperative, past, me, names int }

func (t tally) share(n int) string {
	switch {
	case t.all == 0 || n == 0:
		return "none"
	case 4*n <= t.all:
		return "few"
	case 2*n <= t.all:
		return "some"
	case n < t.all:
		return "most"
	}
	return "all"
}

func (f *Finder) view(r *ingest.Record) *view {
	v := &view{page: r.Page, lower: lowered(r.Text), lists: map[int]tally{}, sections: map[int]tally{}, named: map[int]bool{},
		names: map[int]int{},
		given: givenNames(r), initials: initials(r), people: map[int]ingest.LocalID{}, leads: make([]bool, len(r.Blocks)),
		marks: make([]mark, len(r.Blocks))}
	for _, p := range r.People {
		for _, m := range p.Mentions {
			v.people[m.Start] = p.ID
			v.named[m.Start] = true
			v.names[m.Start] = m.End
		}
	}
	for _, o := range r.Organisations {
		for _, m := range o.Mentions {
			v.names[m.Start] = max(m.End, v.names[m.Start])
		}
	}
	v.candidates = f.candidates(r.Page, v.lower)
	v.of = make([][]int, len(r.Blocks))
	v.cues = make([]cues, len(r.Blocks))
	v.words = make([][]word, len(r.Blocks))
	for i, c := range v.candidates {
		v.of[c.block] = append(v.of[c.block], i)
		v.words[c.block] = append(v.words[c.block], c.words...)
	}
	v.labels = f.recurring(v)
	for i, b := range r.Blocks {
		m := &v.marks[i]
		m.words, m.start, m.of = v.mark(b, v.words[i])
		if m.words > 0 && strings.Contains(r.Text[v.words[i][m.words-1].End:m.start], ":") {
			v.turns++
		}
	}
	for i := range v.candidates {
		c := &v.candidates[i]
		if own := v.own(c); len(own) < len(c.words) { // who speaks is no part of what is said
			c.words, c.cues = own, f.cues.of(own)
		}
		v.cues[c.block] |= c.cues
		b := r.Blocks[c.block]
		one := tally{all: 1}
		if c.cues&strong != 0 {
			one.strong = 1
		}
		if f.commands(c.words) {
			one.imperative = 1
		}
		if c.cues&past != 0 {
			one.past = 1
		}
		if c.cues&me != 0 {
			one.me = 1
		}
		if v.startsWithName(*c) {
			one.names = 1
		}
		v.whole = v.whole.plus(one)
		v.sections[b.Heading] = v.sections[b.Heading].plus(one)
		if list := v.outermost(b); list > 0 {
			v.lists[list] = v.lists[list].plus(one)
		}
	}
	for i, b := range r.Blocks { // titles and the like have no candidates, but introduce others
		if v.words[i] == nil && (b.Kind == ingest.HeadingBlock || b.Kind == ingest.TitleBlock || b.Kind == ingest.ParagraphBlock) &&
			b.End-b.Start < longestItem {
			v.words[i] = words(r.Text, v.lower, b.Span, nil)
			v.cues[i] = f.cues.of(v.words[i])
		}
		if b.LeadIn >= 0 {
			v.leads[b.LeadIn] = true
		}
	}
	v.traits = f.traits(v)
	return v
}

func (t tally) plus(u tally) tally {
	return tally{t.all + u.all, t.strong + u.strong, t.imperative + u.imperative, t.past + u.past, t.me + u.me, t.names + u.names}
}

// outermost returns the number of the list that holds the block and all lists around it, or 0.
func (v *view) outermost(b ingest.Block) int {
	for b.Parent >= 0 {
		b = v.page.Blocks[b.Parent]
	}
	return b.List
}

// leadIn returns the block that introduces the outermost list that the block stands in, or -1.
func (v *view) leadIn(b ingest.Block) int {
	for b.Parent >= 0 {
		b = v.page.Blocks[b.Parent]
	}
	return b.LeadIn
}

func (v *view) startsWithName(c candidate) bool {
	for i := 0; i < len(c.words) && i < 3; i++ {
		if v.named[c.words[i].Start] {
			return true
		}
	}
	return false
}

// commands reports whether the words begin with a verb in the form of a command.
func (f *Finder) commands(ws []word) bool {
	for i := 0; i < len(ws) && i < 2; i++ {
		c, _ := f.cues.at(ws, i)
		if c&imperate != 0 {
			return true
		}
		if c&(not|order) == 0 {
			return false
		}
	}
	return false
}

// features observes a candidate in its place. The first told of them say what the genre of the page makes of it.
func (f *Finder) features(v *view, i int) (_ features, told int) {
	c := &v.candidates[i]
	b := v.page.Blocks[c.block]
	fs := observed{make(features, 0, 320), v.trace}
	kind := string(b.Kind)
	signs := f.signs(v, c, b)
	if genre := string(v.page.Genre); genre != "" {
		fs.add("genre", genre)
		fs.add("genre", genre, kind)
		for k, name := range cueName {
			if c.cues&(strong|could|lack|will|past|me|you|we|say|logistic|invite|imperate)&(1<<k) != 0 {
				fs.add("genre+cue", genre, name)
			}
		}
		for _, s := range signs {
			fs.add("genre+sign", genre, s)
		}
	}
	told = len(fs.features)
	fs.add("kind", kind)
	fs.add("page", string(v.page.Kind))
	fs.add("page", string(v.page.Kind), kind)
	v.shape(&fs, c, kind)

	fs.addCues("cue", c.cues)
	for k, name := range cueName {
		if c.cues&(1<<k) == 0 {
			continue
		}
		fs.add("kind+cue", kind, name)
		for l := k + 1; l < classes; l++ {
			if c.cues&(1<<l) != 0 {
				fs.add("cues", name, cueName[l])
			}
		}
	}
	f.around(&fs, c)

	first, _ := f.cues.at(c.words, 0)
	fs.addCues("first", first)
	if f.commands(c.words) {
		fs.add("command")
		fs.add("command", kind)
	}
	if v.startsWithName(*c) {
		fs.add("name first")
		fs.addCues("name first", c.cues&(strong|say|stress|discuss))
	}
	f.place(&fs, v, c, b)
	fs.addSigns(signs, v, c, b)
	if i > 0 && v.candidates[i-1].block == c.block {
		fs.addCues("before", v.candidates[i-1].cues)
	}
	if i+1 < len(v.candidates) && v.candidates[i+1].block == c.block {
		fs.addCues("after", v.candidates[i+1].cues)
	}
	return fs.features, told
}

// shape observes how the candidate looks.
func (v *view) shape(fs *observed, c *candidate, kind string) {
	text := v.page.Text[c.words[0].Start:c.End] // without the mark of a turn
	size := "1"
	for _, n := range []struct {
		words int
		name  string
	}{{3, "3"}, {6, "6"}, {10, "10"}, {16, "16"}, {25, "25"}, {40, "40"}, {70, "70"}} {
		if len(c.words) > n.words {
			size = n.name
		}
	}
	fs.add("size", size)
	fs.add("size", size, kind)
	end := strings.TrimRight(text, `"'”’)]* `)
	switch {
	case strings.HasSuffix(end, "?"):
		fs.add("ends", "?")
		fs.add("ends", "?", kind)
		fs.addCues("ends ?", c.cues&(strong|could|can))
	case strings.HasSuffix(end, ":"):
		fs.add("ends", ":")
	case strings.HasSuffix(end, "."):
		fs.add("ends", ".", kind)
	default:
		fs.add("ends", "open", kind)
	}
	if strings.Contains(text, "?") {
		fs.add("asks")
	}
	if strings.ContainsAny(text, "\"“”") {
		fs.add("quotes")
	}
	if k := strings.IndexByte(text, ':'); k > 0 && k < 60 && k < len(text)-10 {
		fs.add("label")
	}
	if strings.Contains(text, "http") || strings.Contains(text, "@") {
		fs.add("address")
	}
	for _, e := range v.page.Blocks[c.block].Emphasis {
		if e.Strong && e.Start <= c.Start+3 && e.End > c.Start {
			fs.add("bold first")
			if e.End >= c.End-2 {
				fs.add("bold whole")
			}
		}
	}
	upper := 0
	for _, w := range c.words {
		if w.upper {
			upper++
		}
	}
	if 2*upper > len(c.words) {
		fs.add("capitals")
	}
	w := c.words[0].form
	switch {
	case strings.HasSuffix(w, "ing") && len(w) > 5:
		fs.add("first form", "ing", kind)
	case strings.HasSuffix(w, "ed") && len(w) > 4:
		fs.add("first form", "ed", kind)
	}
}

// around observes the words, and those around the cues. Capitalised words are left out: a name asks for nothing.
func (f *Finder) around(fs *observed, c *candidate) {
	name := func(i int) string {
		switch {
		case i < 0:
			return "^"
		case i >= len(c.words):
			return "$"
		case i > 0 && c.words[i].upper && len(c.words[i].form) > 1:
			return "Name"
		}
		return c.words[i].form
	}
	fs.add("starts", name(0))
	fs.add("starts", name(0), name(1))
	for i := range c.words {
		w := name(i)
		if w != "Name" {
			fs.add("word", w)
			k := f.families.Of(w)
			fs.add("kin", number(k.Mid))
			fs.add("kin wide", number(k.Wide))
			if i < 2 {
				fs.add("kin starts", number(k.Mid))
				fs.add("kin starts wide", number(k.Wide))
			}
		}
		if found, n := f.cues.at(c.words, i); found&(strong|could|lack|will) != 0 {
			for k, class := range cueName {
				if found&(strong|could|lack|will)&(1<<k) != 0 {
					fs.add("left", class, name(i-1))
					fs.add("right", class, name(i+n))
					fs.add("kin left", class, number(f.families.Of(name(i-1)).Mid))
					fs.add("kin right", class, number(f.families.Of(name(i+n)).Mid))
					if i < 4 {
						fs.add("early", class)
					}
				}
			}
		}
	}
}

// place observes what stands around the candidate: its lead-in, heading, list, section and page.
func (f *Finder) place(fs *observed, v *view, c *candidate, b ingest.Block) {
	kind := string(b.Kind)
	if c.of == 1 {
		fs.add("alone", kind)
	} else if c.nth == 0 {
		fs.add("opens", kind)
	} else if c.nth == c.of-1 {
		fs.add("closes", kind)
	}
	if lead := v.leadIn(b); lead >= 0 {
		l := v.page.Blocks[lead]
		fs.add("lead-in", string(l.Kind))
		fs.addCues("lead-in", v.cues[lead])
		ws := v.words[lead]
		if n := len(v.of[lead]); n > 0 { // the sentence that ends in the list
			last := v.candidates[v.of[lead][n-1]]
			ws = last.words
			fs.addCues("lead-in end", last.cues)
		}
		for k := max(0, len(ws)-4); k < len(ws); k++ {
			fs.add("lead-in word", ws[k].form)
			fs.add("lead-in kin", number(f.families.Of(ws[k].form).Mid))
		}
		if n := len(ws); n > 0 {
			fs.add("lead-in last", ws[n-1].form)
			if n > 1 {
				fs.add("lead-in last", ws[n-2].form, ws[n-1].form)
			}
		}
		if strings.HasSuffix(strings.TrimSpace(l.In(v.page.Text)), ":") {
			fs.add("lead-in", ":")
		}
	} else {
		fs.add("lead-in", "none", kind)
	}
	if b.Parent >= 0 {
		fs.add("nested")
		var above cues
		for p, n := b.Parent, 0; p >= 0 && n < 4; p, n = v.page.Blocks[p].Parent, n+1 {
			above |= v.cues[p]
			if l := v.page.Blocks[p].LeadIn; l >= 0 {
				above |= v.cues[l]
			}
		}
		fs.addCues("above", above)
	}
	if b.Heading >= 0 {
		fs.addCues("heading", v.cues[b.Heading])
		for _, w := range v.words[b.Heading] {
			fs.add("heading word", w.form)
			fs.add("heading kin", number(f.families.Of(w.form).Mid))
		}
		if strings.HasSuffix(v.page.Blocks[b.Heading].In(v.page.Text), "?") {
			fs.add("heading", "?", kind)
		}
		fs.add("heading", "kind", kind)
		var above cues
		for h := v.page.Blocks[b.Heading].Heading; h >= 0; h = v.page.Blocks[h].Heading {
			above |= v.cues[h]
		}
		fs.addCues("headings", above)
	} else {
		fs.add("heading", "none", kind)
	}
	if list := v.outermost(b); list > 0 {
		t := v.lists[list]
		fs.add("list strong", t.share(t.strong))
		fs.add("list imperative", t.share(t.imperative))
		fs.add("list names", t.share(t.names))
		if b.Ordered {
			fs.add("ordered")
		}
	}
	t := v.sections[b.Heading]
	fs.add("section strong", t.share(t.strong))
	fs.add("section past", t.share(t.past))
	fs.add("section me", t.share(t.me))
	t = v.whole
	fs.add("page strong", t.share(t.strong))
	fs.add("page past", t.share(t.past))
	fs.add("page me", t.share(t.me))
	switch at := 4 * c.block / len(v.page.Blocks); at {
	case 0:
		fs.add("at", "start")
	case 3:
		fs.add("at", "end")
	default:
		fs.add("at", "middle")
	}
}
