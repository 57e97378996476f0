package recommend

import (
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
	"rapporteur/ingest/topic"
)

// topicNames are the names of a site's topics, each as the words that a text must have to be about it.
type topicNames []topicName

type topicName struct {
	iri    ingest.IRI
	words  []string // in the singular, without those that say little; of a phrase all
	phrase bool     // the words stand together, in their order: "public sector"
}

func newTopicNames(entities []ingest.Entity) topicNames {
	var out topicNames
	for _, e := range entities {
		if e.Kind != kinds.Topic || e.Scheme == topicOfProject {
			continue
		}
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			ws := contentWords(name)
			if len(ws) == 0 {
				continue
			}
			if all := plainWords(name); !slices.Contains(all, "and") && len(all) > 1 {
				out = append(out, topicName{e.IRI, all, true})
			} else {
				out = append(out, topicName{e.IRI, ws, false})
			}
		}
	}
	return out
}

// topicOfProject is the scheme of projects: they say what a page belongs to, not what it asks for.
const topicOfProject = "project"

// plainWords lists the words of a text in small letters and in the singular.
func plainWords(text string) []string {
	var out []string
	for _, w := range words(text, lowered(text), ingest.Span{End: len(text)}, nil) {
		out = append(out, singular(w.form))
	}
	return out
}

// contentWords lists the words of a text that say what it is about, in the singular, sorted.
func contentWords(text string) []string {
	var out []string
	for _, w := range words(text, lowered(text), ingest.Span{End: len(text)}, nil) {
		if one := singular(w.form); !empty[w.form] && !general[w.form] && !general[one] {
			out = append(out, one)
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

// of returns the topics of a recommendation: those whose name its own words, its heading or the few words that introduce it have, and those
// of its page that these words name. What the page is about besides is no reason.
func (t topicNames) of(r *ingest.Record, a *ingest.Recommendation) []ingest.IRI {
	text := a.Text + "\n" + a.Heading
	if len(a.Context) <= shortContext {
		text += "\n" + a.Context
	}
	have, plain := contentWords(text), plainWords(text)
	var out []ingest.IRI
	for _, name := range t {
		switch {
		case name.phrase && !stand(plain, name.words),
			!name.phrase && slices.ContainsFunc(name.words, func(w string) bool { _, ok := slices.BinarySearch(have, w); return !ok }):
		default:
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
			return m.Rule != topic.ByWord && (a.Span.Holds(m.Span) || len(m.Text) > 4 && strings.Contains(lower, strings.ToLower(m.Text)))
		}) {
			out = append(out, t.IRI)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// shortContext is the number of bytes of what introduces a recommendation that is about nothing else.
const shortContext = 120

// stand reports whether the words stand in the text one after the other.
func stand(text, words []string) bool {
	for i := 0; i+len(words) <= len(text); i++ {
		if slices.Equal(text[i:i+len(words)], words) {
			return true
		}
	}
	return false
}

// general are words that name many topics and tell none of them.
var general = fold.Set("new other issue topic work working practice general people public use using future")
