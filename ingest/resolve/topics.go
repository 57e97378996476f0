package resolve

import (
	"slices"
	"sort"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// subject is a topic or project while it is put together.
type subject struct {
	key     string
	names   map[string]int
	title   string
	page    string
	schemes map[string]int
	aliases []string
	sameAs  []string
}

// nameTopics makes the entities of topics and projects: those that pages have, and those that the site has a page about.
func (r *resolver) nameTopics() {
	byKey := map[string]*subject{}
	var list []*subject
	at := func(key string) *subject {
		s := byKey[key]
		if s == nil {
			s = &subject{key: key, names: map[string]int{}, schemes: map[string]int{}}
			byKey[key] = s
			list = append(list, s)
		}
		return s
	}
	for _, record := range r.records {
		scheme := map[ingest.PageKind]string{ingest.TopicPage: "topic", ingest.ProjectPage: "project"}[record.Kind]
		if scheme == "" {
			continue
		}
		s := at(topicKey(record.Title))
		if s.page == "" {
			s.title, s.page = record.Title, record.Path
		}
		s.schemes[scheme] += 1000
		if name := topicKey(pageName(record.Path)); byKey[name] == nil {
			byKey[name] = s // front matter often names a topic by its file
		}
	}
	for _, t := range r.decisions.Topics {
		s := byKey[topicKey(t.Values[0])]
		for _, name := range t.Values {
			if s == nil {
				s = byKey[topicKey(name)]
			}
		}
		if s == nil {
			s = at(topicKey(t.Values[0]))
		}
		s.title = t.Values[0]
		for _, name := range t.Values {
			byKey[topicKey(name)] = s
		}
		s.aliases = append(s.aliases, t.Values[1:]...)
	}
	for _, record := range r.records {
		for _, t := range record.Topics {
			s := at(topicKey(t.Name))
			s.names[t.Name]++
			s.schemes[t.Scheme]++
		}
	}
	for _, d := range r.decisions.SameAs {
		if s := byKey[topicKey(d.Values[0])]; s != nil {
			s.sameAs = append(s.sameAs, slices.DeleteFunc(slices.Clone(d.Values[1:]), func(a string) bool { return !onTheWeb(a) })...)
		}
	}
	hidden := map[*subject]bool{}
	for _, h := range r.decisions.Hide {
		if s := byKey[topicKey(h.Value)]; s != nil {
			hidden[s] = true
		}
	}
	sort.Slice(list, func(i, j int) bool {
		if (list[i].page != "") != (list[j].page != "") {
			return list[i].page != ""
		}
		return list[i].key < list[j].key
	})
	iris := map[*subject]ingest.IRI{}
	free := slugs{}
	for _, s := range list {
		name := s.name()
		if hidden[s] || name == "" || len(s.names) == 0 && s.page == "" {
			continue
		}
		iris[s] = r.iri(string(kinds.Topic), free.take(fold.Slug(name)))
		aliases := slices.DeleteFunc(append(sortedKeys(s.names), s.aliases...), func(n string) bool { return n == name })
		r.topics = append(r.topics, ingest.Entity{IRI: iris[s], Kind: kinds.Topic, Name: name, Aliases: unique(aliases), Scheme: s.scheme(),
			SameAs: unique(s.sameAs), Page: s.page})
	}
	for _, record := range r.records {
		seen := map[ingest.IRI]bool{}
		kept := record.Topics[:0]
		for _, t := range record.Topics {
			t.IRI = iris[byKey[topicKey(t.Name)]]
			if t.IRI != "" && !seen[t.IRI] {
				seen[t.IRI] = true
				kept = append(kept, t)
			}
		}
		record.Topics = kept
	}
}

// topicKey is the form in which spellings of one topic are equal; hyphens and blanks make no difference.
func topicKey(name string) string {
	return strings.Join(fold.Words(spellings.Replace(fold.Text(name))), " ")
}

func (r *resolver) isTopic(name string) bool {
	key := topicKey(name)
	return slices.ContainsFunc(r.records, func(record *ingest.Record) bool {
		return slices.ContainsFunc(record.Topics, func(t ingest.TopicReference) bool { return topicKey(t.Name) == key }) ||
			(record.Kind == ingest.TopicPage || record.Kind == ingest.ProjectPage) && topicKey(record.Title) == key
	})
}

func (s *subject) name() string {
	if s.title != "" {
		return s.title
	}
	best, most := "", 0
	for _, n := range sortedKeys(s.names) {
		weight := s.names[n] * 2
		if strings.ToLower(n) != n && !shouted(n) {
			weight++
		}
		if weight > most {
			best, most = n, weight
		}
	}
	return best
}

func (s *subject) scheme() string {
	if s.schemes["project"] > s.schemes["topic"] {
		return "project"
	}
	return "topic"
}

// nameCountries makes the entities of countries, by their ISO 3166-1 code, with their English names.
func (r *resolver) nameCountries() {
	english := display.English.Regions()
	seen := map[string]map[string]bool{}
	for _, record := range r.records {
		for i := range record.Countries {
			c := &record.Countries[i]
			c.IRI = r.iri(string(kinds.Country), strings.ToLower(c.Code))
			if seen[c.Code] == nil {
				seen[c.Code] = map[string]bool{}
			}
			for _, m := range c.Mentions {
				if isAcronym(m.Text) && len(m.Text) <= 6 {
					seen[c.Code][m.Text] = true // "UK", "U.S."; other forms may be a part of the country only
				}
			}
		}
	}
	for _, code := range sortedKeys(seen) {
		name := code
		region, err := language.ParseRegion(code)
		if err == nil {
			name = english.Name(region)
			seen[code][region.ISO3()] = true
		}
		seen[code][code] = true
		delete(seen[code], name)
		r.nations = append(r.nations, ingest.Entity{IRI: r.iri(string(kinds.Country), strings.ToLower(code)), Kind: kinds.Country, Name: name,
			Aliases: sortedKeys(seen[code]), Code: code})
	}
}
