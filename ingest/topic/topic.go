// Package topic gives pages their topics: those that the site states, and for the others those that their words suggest,
// marked as inferred, with how likely they are and the words that suggest them.
//
// The site's own vocabulary is the vocabulary: what its front matter names, its topic pages, its projects, and the curated
// topics with their synonyms. A site that has none of these gets no topics: a vocabulary of the program's making would look
// like the site's.
package topic

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// Curated is a topic of the curated file, with its synonyms.
type Curated struct {
	Name     string
	Synonyms []string
}

// The schemes of topics.
const (
	Scheme  = "topic"
	Project = "project"
)

// Fill sets the Topics of all records, stated ones before inferred ones and these by falling confidence. IRIs are left to resolve.
func Fill(records []*ingest.Record, curated []Curated) {
	fill(records, curated, func(int) bool { return false })
}

// fill is Fill with the stated topics of some pages hidden, by index.
func fill(records []*ingest.Record, curated []Curated, hidden func(int) bool) {
	s := &site{records: records, names: newVocabulary(records, curated), stated: make([][]ingest.TopicReference, len(records))}
	for i, r := range records {
		s.stated[i] = s.names.state(r, hidden(i))
	}
	s.count()
	inferred := s.infer()
	for i, r := range records {
		r.Topics = append(slices.Clip(s.stated[i]), inferred[i]...)
	}
}

// vocabulary is the names of a site's topics.
type vocabulary struct {
	canonical map[string]name     // by folded form
	forms     map[string][]string // forms of a topic besides its name, by name
	pages     map[string]name     // topic and project pages, by path
}

// name is a topic as the site calls it.
type name struct{ text, scheme string }

func newVocabulary(records []*ingest.Record, curated []Curated) *vocabulary {
	v := &vocabulary{canonical: map[string]name{}, forms: map[string][]string{}, pages: map[string]name{}}
	for _, r := range records {
		if r.Kind != ingest.TopicPage && r.Kind != ingest.ProjectPage || r.Kind == ingest.TopicPage && lists(r) {
			continue
		}
		n := name{strings.TrimSpace(r.Title), Scheme}
		if r.Kind == ingest.ProjectPage {
			n.scheme = Project
		}
		v.pages[r.Path] = n
		v.add(n, r.Title)
		if n.scheme == Scheme {
			v.add(n, strings.NewReplacer("-", " ", "_", " ").Replace(slug(r.Path)))
		}
	}
	for _, c := range curated {
		n := name{c.Name, Scheme}
		if known, ok := v.canonical[fold.Lower(c.Name)]; ok {
			n = known
		}
		v.add(n, c.Name)
		for _, s := range c.Synonyms {
			v.add(n, s)
		}
	}
	counts := map[name]int{}
	for _, r := range records {
		for _, f := range front(r) {
			counts[f.name]++
		}
	}
	seen := make([]name, 0, len(counts))
	for n := range counts {
		seen = append(seen, n)
	}
	slices.SortFunc(seen, func(a, b name) int { // the spelling used most names the topic
		return cmp.Or(counts[b]-counts[a], strings.Compare(a.text, b.text), strings.Compare(a.scheme, b.scheme))
	})
	for _, n := range seen {
		v.add(n, n.text)
	}
	return v
}

func (v *vocabulary) add(n name, form string) {
	key := fold.Lower(form)
	if _, ok := v.canonical[key]; ok || key == "" {
		return
	}
	v.canonical[key] = n
	if key != fold.Lower(n.text) {
		v.forms[n.text] = append(v.forms[n.text], key)
	}
}

// slug is the last name in a path that says something: of "topics/work/index.md" it is "work".
func slug(p string) string {
	base := strings.TrimSuffix(path.Base(p), path.Ext(p))
	if base == "index" || base == "_index" {
		base = path.Base(path.Dir(p))
	}
	return base
}

// lists reports whether a page of a topic is the list of them all.
func lists(r *ingest.Record) bool {
	return taxonomies[fold.Lower(slug(r.Path))] || taxonomies[fold.Lower(strings.TrimSpace(r.Title))]
}

// taxonomies are names of lists of topics.
var taxonomies = map[string]bool{"topic": true, "topics": true, "tag": true, "tags": true, "theme": true, "themes": true, "subjects": true,
	"categories": true, "keywords": true, "all topics": true, "our topics": true, "all tags": true}

// statement is a topic that the front matter of a page names, and where its text shows it.
type statement struct {
	name
	ingest.Span
}

// front lists the topics that the front matter of a page names, in their order.
func front(r *ingest.Record) []statement {
	var out []statement
	seen := map[string]bool{}
	add := func(scheme string, value any) {
		for _, s := range split(value) {
			if key := scheme + fold.Lower(s); s != "" && !seen[key] {
				seen[key] = true
				out = append(out, statement{name{s, scheme}, shown(r.Page, s)})
			}
		}
	}
	for _, m := range []map[string]any{r.FrontMatter, nested(r.FrontMatter, "taxonomies"), nested(r.FrontMatter, "extra")} {
		for _, key := range []string{"topics", "topic", "tags", "tag", "keywords"} {
			add(Scheme, m[key])
		}
		for _, key := range []string{"projects", "project"} {
			if r.Kind != ingest.ProjectPage {
				add(Project, m[key])
			}
		}
	}
	return out
}

func nested(m map[string]any, key string) map[string]any {
	inner, _ := m[key].(map[string]any)
	return inner
}

// split returns the names in a value of the front matter: a list, or a string with commas.
func split(value any) []string {
	switch v := value.(type) {
	case string:
		var out []string
		for _, s := range strings.Split(v, ",") {
			if s = strings.TrimSpace(s); s != "" {
				out = append(out, s)
			}
		}
		return out
	case []string:
		return v
	case []any:
		var out []string
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, strings.TrimSpace(s))
			}
		}
		return out
	}
	return nil
}

// shown returns where a field of the page shows the value; empty if none does.
func shown(p *ingest.Page, value string) ingest.Span {
	for _, b := range p.Blocks {
		if b.Kind != ingest.FieldBlock {
			continue
		}
		if i := strings.Index(b.In(p.Text), value); i >= 0 {
			return ingest.Span{Start: b.Start + i, End: b.Start + i + len(value)}
		}
	}
	return ingest.Span{}
}

// state returns the topics that the site states of a page: its front matter's, and itself if it is a topic or project page.
// Of a page whose topics are hidden, only its projects are returned.
func (v *vocabulary) state(r *ingest.Record, hidden bool) []ingest.TopicReference {
	var out []ingest.TopicReference
	add := func(n name, s ingest.Span, rule string) {
		if n.scheme == Scheme && hidden || slices.ContainsFunc(out,
			func(t ingest.TopicReference) bool { return t.Name == n.text && t.Scheme == n.scheme }) {
			return
		}
		t := ingest.TopicReference{Reference: ingest.Reference{Name: n.text, Confidence: 1}, Scheme: n.scheme}
		if s.End > s.Start {
			t.Mentions = []ingest.Mention{{Span: s, Text: s.In(r.Text), Rule: rule, Confidence: 1}}
		}
		out = append(out, t)
	}
	if n, ok := v.pages[r.Path]; ok {
		var title ingest.Span
		for _, b := range r.Blocks {
			if b.Kind == ingest.TitleBlock {
				title = b.Span
				break
			}
		}
		add(n, title, "own-page")
	}
	for _, f := range front(r) {
		add(v.canonical[fold.Lower(f.text)], f.Span, "front-matter")
	}
	return out
}
