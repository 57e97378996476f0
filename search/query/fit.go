package query

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/search/answer"
)

// Fit says how well a recommendation answers a query: not its page, but what is asked.
type Fit struct {
	engine *Engine
	terms  []fitTerm           // of the query, without those that a question is put with
	texts  map[string]*fitText // that were read
}

// fitTerm is a word of the query.
type fitTerm struct {
	stem, plain string // plain is its word in small letters and in the singular
	next        bool   // the one after it follows it without another word between: "data centres"
	weight      float64
}

// Shares of a word of the query that is found in a recommendation's own words, beside them, and only in its page's title.
const (
	ownWords  = 1.0
	besideIt  = 0.7
	pageTitle = 0.5
	scattered = 0.75 // of the fit, where two words that stand together in the query stand apart
	nearby    = 2    // places from one such word to the other where they stand together
)

// askingWords are terms by which a question asks for recommendations, and which say nothing of what they are about.
var askingWords = setOf("should", "must", "need", "done", "do", "ask", "recommend", "recommendation", "call", "demand", "want", "propose",
	"suggest", "people", "about",
	"say", "said", "sai", "make", "better", "more", "regard", "concern")

// NewFit reads a query. It is nil where the query has an operator or no words: then what the index says counts.
func (f *Engine) NewFit(text string) *Fit {
	parsed, err := parseQuery(text)
	if err != nil || len(parsed.groups) == 0 || strings.ContainsAny(text, "\"*-") || strings.Contains(text, " OR ") {
		return nil
	}
	fit := &Fit{engine: f}
	last := false // whether the word before counts
	for _, g := range parsed.groups {
		for _, t := range g.any {
			counts := false
			for _, w := range f.fitWords(t.text) {
				if questionWords[w.plain] || questionVerbs[w.plain] || askingWords[w.stem] || askingWords[w.plain] || w.stem == "" {
					continue
				}
				if slices.ContainsFunc(fit.terms, func(t fitTerm) bool { return t.stem == w.stem }) {
					continue
				}
				if last {
					fit.terms[len(fit.terms)-1].next = true
				}
				fit.terms = append(fit.terms, fitTerm{stem: w.stem, plain: w.plain, weight: 1})
				counts, last = true, true
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

// Of returns the share of the query's words that the recommendation answers, each by its weight, from 0 to 1.
func (f *Fit) Of(a *answer.Recommendation) float64 {
	beside := a.Context + "\n" + a.LeadIn + "\n" + a.Heading + "\n" + a.To
	if a.By != nil {
		beside += "\n" + a.By.Name
	}
	for _, t := range a.Topics {
		beside += "\n" + t.Name
	}
	own, near, title := f.text(a.Text), f.text(beside), f.text(a.Page.Name)
	sum, whole := 0.0, 0.0
	together := true
	for i := range f.terms {
		t := &f.terms[i]
		whole += t.weight
		switch {
		case own.has(t):
			sum += ownWords * t.weight
		case near.has(t):
			sum += besideIt * t.weight
		case title.has(t):
			sum += pageTitle * t.weight
		}
		if t.next && own.has(t) && own.has(&f.terms[i+1]) && !own.together(t, &f.terms[i+1]) {
			together = false
		}
	}
	if !together {
		sum *= scattered
	}
	return sum / whole
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

// fitWord is a word of a text.
type fitWord struct {
	stem, plain string
	name        bool // it has a capital within a sentence: as a name, it is no other word with the same stem ("House", "housing")
}

// fitText is where the words of a text stand.
type fitText struct {
	stems, plain map[string][]int
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
	return len(t.at(w)) > 0 || t.short[w.plain] || t.short[w.stem]
}

// together reports whether one word stands by the other.
func (t *fitText) together(a, b *fitTerm) bool {
	if t.short[a.plain] || t.short[b.plain] || t.short[a.stem] || t.short[b.stem] {
		return true
	}
	for _, i := range t.at(a) {
		for _, j := range t.at(b) {
			if j-i <= nearby && i-j <= nearby {
				return true
			}
		}
	}
	return false
}

// text reads a text, once.
func (f *Fit) text(text string) *fitText {
	if t, ok := f.texts[text]; ok {
		return t
	}
	if f.texts == nil {
		f.texts = map[string]*fitText{}
	}
	t := f.engine.fitText(text)
	f.texts[text] = t
	return t
}

func (f *Engine) fitText(text string) *fitText {
	t := &fitText{map[string][]int{}, map[string][]int{}, map[string]bool{}}
	words := f.fitWords(text)
	for i, w := range words {
		if !w.name && w.stem != "" {
			t.stems[w.stem] = append(t.stems[w.stem], i)
		}
		t.plain[w.plain] = append(t.plain[w.plain], i)
		if full, ok := shortForms[w.plain]; ok {
			for _, x := range f.fitWords(full) {
				t.short[x.stem] = true
			}
		}
		if i+1 < len(words) {
			a, b := words[i].plain[:1], words[i+1].plain[:1]
			t.short[a+b] = true
			if i+2 < len(words) {
				t.short[a+b+words[i+2].plain[:1]] = true
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
		w := fitWord{plain: singular(strings.ToLower(text[at:end])), name: unicode.IsUpper(r) && !begins}
		if terms := f.english.Terms(text[at:end]); len(terms) > 0 {
			w.stem = terms[0]
		}
		out = append(out, w)
		at, begins = end, false
	}
	return out
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
