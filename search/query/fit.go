package query

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/ingest/fold"
	"rapporteur/search/answer"
)

// Fit says how well a recommendation answers a query: not its page, but what is asked.
type Fit struct {
	engine *Engine
	terms  []fitTerm // of the query, without those that a question is put with
}

// fitTerm is a word of the query.
type fitTerm struct {
	stem, plain string // plain is its word in small letters and in the singular
	next        bool   // the one after it follows it without another word between: "data centres"
	linked      bool   // only words that say little stand between it and the one after it: "data in schools"
	weight      float64
}

// Shares of a word of the query that is found in a recommendation's own words, beside them, and only in its page's title.
const (
	ownWords  = 1.0
	besideIt  = 0.7
	inPassing = 0.4 // beside it, among many other words
	pageTitle = 0.5
	closely   = 2  // places from one word to the next where they stand together: "data trusts", "data and AI"
	backward  = 3  // places from the second back to the first, with a word that says little behind it: "access to platform data"
	longLead  = 16 // a lead-in of more words is about more than one thing
)

// askingWords are terms by which a question asks for recommendations, and which say nothing of what they are about.
var askingWords = fold.SetOf("should", "must", "need", "done", "do", "ask", "recommend", "recommendation", "call", "demand", "want",
	"propose",
	"suggest", "people", "about",
	"say", "said", "sai", "make", "better", "more", "regard", "concern")

// NewFit reads a query. It is nil where the query has an operator or no words: then what the index says counts.
func (f *Engine) NewFit(text string) *Fit {
	parsed, err := parseQuery(text)
	if err != nil || len(parsed.groups) == 0 || strings.ContainsAny(text, "\"*") || strings.Contains(" "+text, " -") ||
		strings.Contains(text, " OR ") {
		return nil
	}
	fit := &Fit{engine: f}
	last := false // whether the word before counts
	link := false // whether only words that say little stand between a word that counts and this one
	for _, g := range parsed.groups {
		for _, t := range g.any {
			counts := false
			for _, w := range f.fitWords(t.text) {
				little := w.stem == "" || len(w.plain) < 2 // the s of "children's" among them
				if little || questionWords[w.plain] || questionVerbs[w.plain] || askingWords[w.stem] || askingWords[w.plain] {
					link = link && little
					continue
				}
				if slices.ContainsFunc(fit.terms, func(t fitTerm) bool { return t.stem == w.stem }) {
					continue
				}
				if link {
					fit.terms[len(fit.terms)-1].linked = true
				}
				if last {
					fit.terms[len(fit.terms)-1].next = true
				}
				fit.terms = append(fit.terms, fitTerm{stem: w.stem, plain: w.plain, weight: 1})
				counts, last, link = true, true, true
			}
			last = last && counts
		}
	}
	if len(fit.terms) == 0 {
		return nil
	}
	return fit
}

// Weigh makes words count the less, by the square of the inverse frequency, the more of the recommendations have them: in
// "housing data" it is housing that is asked about.
func (f *Fit) Weigh(all []answer.Recommendation) {
	for i := range f.terms {
		t := &f.terms[i]
		n := 0
		for k := range all {
			if f.text(all[k].Text).has(t) || f.text(all[k].Page.Name).has(t) {
				n++
			}
		}
		t.weight = math.Pow(math.Log(1+(float64(len(all))+1)/(float64(n)+0.5)), 2)
	}
}

// Closeness says how squarely a recommendation answers a query.
type Closeness int

// Degrees of closeness.
const (
	Beside   Closeness = iota // it leaves out what the query is about, or has none of its words in its own
	Apart                     // the query's words stand apart in it, and its page is about something else besides
	Squarely                  // neither
)

// How near to the query's best page a recommendation's page has to come.
const (
	onPage   = 0.75 // its page is about the query
	nearPage = 0.5  // its page has to do with it
	// what a recommendation's share counts that is beside the query, and of one with all its words whose page has to do with it or
	// with the word in it that says most
	farApart  = 0.4
	besideOne = 0.8
	leastSaid = 0.8 // share of the query's words, by weight, that are found in a recommendation or about it
)

// Of returns the share of the query's words that the recommendation answers, each by its weight, from 0 to 1, and how squarely. page is
// how well its page answers the query, from 0 to 1 for the page that answers it best.
func (f *Fit) Of(a *answer.Recommendation, page float64) (share float64, how Closeness) {
	around := a.Heading + "\n" + a.To
	if a.By != nil {
		around += "\n" + a.By.Name
	}
	for _, t := range a.Topics {
		if !t.Inferred {
			around += "\n" + t.Name
		}
	}
	own, near, title := f.text(withoutSource(a.Text)), f.text(around), f.text(a.Page.Name)
	leads := []*fitText{f.text(a.Context), f.text(a.LeadIn)}
	found := make([]float64, len(f.terms))
	sum, whole, covered := 0.0, 0.0, 0.0
	heaviest, titled, said := 0, true, false
	from, to := f.heaviest()
	missing := 0 // of these words
	for i := range f.terms {
		t := &f.terms[i]
		by := 0.0
		switch {
		case own.has(t):
			by = ownWords
		case near.has(t):
			by = besideIt
		case title.has(t):
			by = pageTitle
		}
		for _, lead := range leads {
			switch {
			case !lead.has(t):
			case lead.words > longLead:
				by = max(by, inPassing)
			default:
				by = max(by, besideIt)
			}
		}
		found[i] = by
		whole += t.weight
		sum += by * t.weight
		if by >= pageTitle {
			covered += t.weight
		}
		if by == 0 && from <= i && i < to {
			missing++
		}
		if t.weight > f.terms[heaviest].weight {
			heaviest = i
		}
		said = said || by == ownWords
		titled = titled && title.has(t)
	}
	share = sum / whole
	beside := share * farApart // what it counts where nothing answers better
	switch {
	case page >= onPage:
		beside = share
	case page >= nearPage && covered == whole, found[heaviest] == ownWords:
		beside = share * besideOne
	}
	switch {
	case !said, page < onPage && found[heaviest] < ownWords, covered < leastSaid*whole, found[heaviest] < besideIt && !titled:
		return beside, Beside
	case missing > 0 && to-from == 2:
		return beside, Beside
	case missing > 0 && to-from > 2:
		return share, Apart
	case found[heaviest] < besideIt:
		return share, Apart
	}
	phrases, apart, links := f.together(own, near)
	switch {
	case apart > 0 && len(f.terms) == 2: // of "data trusts" no answer is better than "trust" and "data"
		return share * farApart, Beside
	case 2*apart > phrases, apart > 0 && page < onPage:
		return beside, Beside
	case links == 0, page >= onPage:
		return share, Squarely
	case page >= nearPage:
		return share, Apart
	}
	return beside, Beside
}

// heaviest returns the bounds of the words that stand together in the query and weigh most, among f.terms.
func (f *Fit) heaviest() (from, to int) {
	best := -1.0
	for i := 0; i < len(f.terms); {
		k, weight := i, f.terms[i].weight
		for f.terms[k].next {
			k++
			weight += f.terms[k].weight
		}
		if weight > best {
			best, from, to = weight, i, k+1
		}
		i = k + 1
	}
	return from, to
}

// together counts what stands together in the query: words that follow each other, those of them that stand apart in a text and beside
// it, and words that others which say little link there and do not in the text.
func (f *Fit) together(own, near *fitText) (phrases, apart, links int) {
	for i := range f.terms {
		t := &f.terms[i]
		switch {
		case t.next:
			phrases++
			if !own.together(t, &f.terms[i+1]) && !near.together(t, &f.terms[i+1]) {
				apart++
			}
		case t.linked && own.has(t) && own.has(&f.terms[i+1]) && !own.joined(t, &f.terms[i+1]):
			links++
		}
	}
	return phrases, apart, links
}

// withoutSource is a text without the brackets at its end that name where the news is from: "... (The Register)...".
func withoutSource(text string) string {
	short := strings.TrimRight(text, " .…")
	if !strings.HasSuffix(short, ")") {
		return text
	}
	if at := strings.LastIndexByte(short, '('); at > 0 {
		if r, _ := utf8.DecodeRuneInString(short[at+1:]); unicode.IsUpper(r) {
			return short[:at]
		}
	}
	return text
}

// Share returns the share of the query's words that a text has, from 0 to 1.
func (f *Fit) Share(text string) float64 {
	t, has := f.engine.fitText(text), 0
	for i := range f.terms {
		if t.has(&f.terms[i]) {
			has++
		}
	}
	return float64(has) / float64(len(f.terms))
}

// Together reports whether the words of the query that follow each other there do so in a text: "data trusts" is not "data that nobody
// trusts".
func (f *Fit) Together(text string) bool {
	t := f.engine.fitText(text)
	ends := []int(nil) // where the words so far end
	for i := range f.terms {
		at := t.at(&f.terms[i])
		if i > 0 && f.terms[i-1].next {
			at = slices.DeleteFunc(slices.Clone(at), func(p int) bool { return !slices.Contains(ends, p-1) })
		}
		if len(at) == 0 {
			return false
		}
		ends = at
	}
	return true
}

// fitWord is a word of a text.
type fitWord struct {
	stem, plain string
	upper       bool // begins with a capital
	name        bool // it has a capital within a sentence: as a name, it is no other word with the same stem ("House", "housing")
}

// fitText is where the words of a text stand.
type fitText struct {
	words        int
	stems, plain map[string][]int
	filler       map[int]bool    // which of them say little
	short        map[string]bool // the first letters of words that stand together, and what short forms stand for
}

func (t *fitText) at(w *fitTerm) []int {
	if at := t.stems[w.stem]; len(at) > 0 && len(w.stem) >= shortestStem {
		return at
	}
	return t.plain[w.plain]
}

// shortestStem is the number of letters of the shortest stem by which words are the same: "house" and "housing" are two.
const shortestStem = 5

func (t *fitText) has(w *fitTerm) bool {
	return len(t.at(w)) > 0 || t.spelled(w)
}

// together reports whether two words stand together, as they do in "data trusts": one behind the other, with a word between at most, or
// the other way round with a word behind the other that says little.
func (t *fitText) together(a, b *fitTerm) bool {
	if t.spelled(a) || t.spelled(b) {
		return t.has(a) && t.has(b)
	}
	for _, i := range t.at(a) {
		for _, j := range t.at(b) {
			if j > i && j-i <= closely || i > j && i-j <= backward && t.filler[j+1] {
				return true
			}
		}
	}
	return false
}

// joined reports whether a word is joined to another as one is where a word that says little links them: "AI in schools", "school AI".
func (t *fitText) joined(a, b *fitTerm) bool {
	for _, i := range t.at(a) {
		for _, j := range t.at(b) {
			if j > i && j-i <= closely || i-j == 1 {
				return true
			}
		}
	}
	return false
}

// spelled reports whether a text has a word as a short form or spelled out, whose place is not known.
func (t *fitText) spelled(w *fitTerm) bool { return t.short[w.plain] || t.short[w.stem] }

// text is a text cut into words.
func (f *Fit) text(text string) *fitText {
	if t, ok := f.engine.fitted.Get(text); ok {
		return t
	}
	t := f.engine.fitText(text)
	f.engine.fitted.Add(text, t)
	return t
}

// maxFitted is how many texts are kept cut into words: those of a usual site's recommendations. They are shared and not to be changed.
const maxFitted = 8000

func (f *Engine) fitText(text string) *fitText {
	words := f.fitWords(text)
	t := &fitText{len(words), map[string][]int{}, map[string][]int{}, map[int]bool{}, map[string]bool{}}
	for i, w := range words {
		if !w.name && w.stem != "" {
			t.stems[w.stem] = append(t.stems[w.stem], i)
		}
		t.plain[w.plain] = append(t.plain[w.plain], i)
		if w.stem == "" {
			t.filler[i] = true
		}
		if full, ok := shortForms[w.plain]; ok {
			for _, x := range f.fitWords(full) {
				t.short[x.stem] = true
			}
		}
		initials, capitals := "", true
		for k := i; k < min(len(words), i+longestShort); k++ {
			r, _ := utf8.DecodeRuneInString(words[k].plain)
			initials += string(r)
			capitals = capitals && words[k].upper
			if k > i && (capitals || spells(words[i:k+1], initials)) {
				t.short[initials] = true
			}
		}
	}
	return t
}

// fitWords cuts a text into words.
func (f *Engine) fitWords(text string) []fitWord {
	var out []fitWord
	begins := true // a sentence
	for at := 0; at < len(text); {
		r, n := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			begins = begins && r != ',' || strings.ContainsRune(".!?:;\n•“\"", r)
			at += n
			continue
		}
		end := at
		for end < len(text) {
			r, n := utf8.DecodeRuneInString(text[end:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				break
			}
			end += n
		}
		w := fitWord{plain: singular(strings.ToLower(text[at:end])), upper: unicode.IsUpper(r), name: unicode.IsUpper(r) && !begins}
		if terms := f.english.Terms(text[at:end]); len(terms) > 0 {
			w.stem = terms[0]
		}
		out = append(out, w)
		at, begins = end, false
	}
	return out
}

// longestShort is the number of letters of the longest short form that is read off the words it stands for.
const longestShort = 4

// spells reports whether the words are what a short form stands for, as written in small letters.
func spells(words []fitWord, short string) bool {
	full := strings.Fields(shortForms[short])
	return len(full) == len(words) && slices.EqualFunc(full, words, func(f string, w fitWord) bool { return singular(f) == w.plain })
}

// singular leaves off the ending of a plural.
func singular(word string) string {
	if len(word) > 3 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") {
		return word[:len(word)-1]
	}
	return word
}

// shortForms are short forms that a text may have where a query spells them out.
var shortForms = map[string]string{"ai": "artificial intelligence", "nhs": "health", "foi": "freedom of information",
	"gdpr": "data protection", "dpia": "data protection impact assessment"}
