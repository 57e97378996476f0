package query

import (
	"slices"
	"strings"

	"rapporteur/search/answer"
)

// Fit says how well a recommendation answers a query: not its page, but what is asked.
type Fit struct {
	engine *Engine
	terms  []string // of the query, without those that a question is put with
}

// Shares of a word of the query that is found in a recommendation's own words, beside them, and only in its page's title.
const (
	ownWords  = 1.0
	besideIt  = 0.7
	pageTitle = 0.3
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
	for _, g := range parsed.groups {
		for _, t := range g.any {
			if word := strings.ToLower(t.text); questionWords[word] || questionVerbs[word] || askingWords[word] {
				continue
			}
			for _, term := range f.english.Terms(t.text) {
				if !askingWords[term] && !slices.Contains(fit.terms, term) {
					fit.terms = append(fit.terms, term)
				}
			}
		}
	}
	if len(fit.terms) == 0 {
		return nil
	}
	return fit
}

// Of returns the share of the query's words that the recommendation answers, from 0 to 1.
func (f *Fit) Of(a *answer.Recommendation) float64 {
	beside := a.Context + "\n" + a.LeadIn + "\n" + a.Heading + "\n" + a.To
	if a.By != nil {
		beside += "\n" + a.By.Name
	}
	for _, t := range a.Topics {
		beside += "\n" + t.Name
	}
	own, near, title := f.words(a.Text), f.words(beside), f.words(a.Page.Name)
	sum := 0.0
	for _, t := range f.terms {
		switch {
		case own[t]:
			sum += ownWords
		case near[t]:
			sum += besideIt
		case title[t]:
			sum += pageTitle
		}
	}
	return sum / float64(len(f.terms))
}

// Share returns the share of the query's words that a text has, from 0 to 1.
func (f *Fit) Share(text string) float64 {
	words, has := f.words(text), 0
	for _, t := range f.terms {
		if words[t] {
			has++
		}
	}
	return float64(has) / float64(len(f.terms))
}

// words is the set of terms of a text, and of the first letters of names such as "artificial intelligence".
func (f *Fit) words(text string) map[string]bool {
	out := map[string]bool{}
	for _, t := range f.engine.english.Terms(text) {
		out[t] = true
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r < 'a' || r > 'z' })
	for i := 0; i+1 < len(words); i++ {
		out[words[i][:1]+words[i+1][:1]] = true
		if i+2 < len(words) {
			out[words[i][:1]+words[i+1][:1]+words[i+2][:1]] = true
		}
	}
	for _, w := range words { // and the words of a short name in the query
		if full, ok := shortForms[w]; ok {
			for _, t := range f.engine.english.Terms(full) {
				out[t] = true
			}
		}
	}
	return out
}

// shortForms are short forms that a text may have where a query spells them out.
var shortForms = map[string]string{"ai": "artificial intelligence", "nhs": "health", "foi": "freedom of information",
	"gdpr": "data protection", "dpia": "data protection impact assessment"}
