package recommend

import (
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
)

// topicNames are the names of a site's topics, each as the words that a text must have to be about it.
type topicNames []topicName

type topicName struct {
	iri   ingest.IRI
	words []string // without those that say little, in the singular
}

func newTopicNames(entities []ingest.Entity) topicNames {
	var out topicNames
	for _, e := range entities {
		if e.Kind != kinds.Topic || e.Scheme == topicOfProject {
			continue
		}
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			if ws := contentWords(name); len(ws) > 0 {
				out = append(out, topicName{e.IRI, ws})
			}
		}
	}
	return out
}

// topicOfProject is the scheme of projects: they say what a page belongs to, not what it asks for.
const topicOfProject = "project"

// contentWords lists the words of a text that say what it is about, in the singular, sorted.
func contentWords(text string) []string {
	var out []string
	for _, w := range words(text, lowered(text), ingest.Span{End: len(text)}, nil) {
		if !empty[w.form] && !general[w.form] && !general[singular(w.form)] {
			out = append(out, singular(w.form))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func singular(form string) string {
	switch {
	case len(form) > 4 && strings.HasSuffix(form, "ies"):
		return form[:len(form)-3] + "y"
	case len(form) > 3 && strings.HasSuffix(form, "s") && !strings.HasSuffix(form, "ss"):
		return form[:len(form)-1]
	}
	return form
}

// of returns the topics of a recommendation: those whose name its own words, its heading or what introduces it have, and those
// of its page that these words give evidence of. What the page is about besides is no reason.
func (t topicNames) of(r *ingest.Record, a *ingest.Recommendation) []ingest.IRI {
	text := a.Text + "\n" + a.Heading + "\n" + a.Context
	have := contentWords(text)
	var out []ingest.IRI
	for _, name := range t {
		if !slices.ContainsFunc(name.words, func(w string) bool { _, ok := slices.BinarySearch(have, w); return !ok }) {
			out = append(out, name.iri)
		}
	}
	lower := strings.ToLower(text)
	for i := range r.Topics {
		t := &r.Topics[i]
		if t.IRI == "" || t.Scheme == topicOfProject {
			continue
		}
		if slices.ContainsFunc(t.Mentions, func(m ingest.Mention) bool {
			return a.Span.Holds(m.Span) || len(m.Text) > 4 && strings.Contains(lower, strings.ToLower(m.Text))
		}) {
			out = append(out, t.IRI)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// general are words that name many topics and tell none of them.
var general = set("new other issue topic work working practice general people public use using future")
