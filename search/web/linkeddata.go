package web

import (
	"regexp"
	"slices"
	"strings"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/present"

	"rapporteur/ingest"
)

// schema is a thing as schema.org names it, to be written as JSON-LD.
type schema map[string]any

func thing(kind, name string) schema {
	return schema{"@context": "https://schema.org", "@type": kind, "name": name}
}

// put adds a property that has a value.
func (t schema) put(name, value string) {
	if value != "" {
		t[name] = value
	}
}

// entityData is what a profile says that schema.org has words for; only what a sentence says is in it.
func entityData(p *answer.Profile, base string) schema {
	row, _ := kinds.Of(p.Kind)
	t := thing(row.Schema, p.Name)
	t.put("url", base+p.Href)
	same := p.SameAs
	if p.Homepage != "" {
		same = append([]string{p.Homepage}, same...)
	}
	if len(same) > 0 {
		t["sameAs"] = same
	}
	if p.Kind != kinds.Person {
		return t
	}
	var works, member []schema
	for _, a := range p.Affiliations {
		body := schema{"@type": "Organization", "name": a.To.Name, "url": base + a.To.Href}
		switch a.Relation {
		case string(ingest.WorksFor):
			works = append(works, body)
			if len(works) == 1 && len(a.Roles) > 0 {
				t["jobTitle"] = a.Roles[0]
			}
		case string(ingest.Member):
			member = append(member, body)
		}
	}
	if len(works) > 0 {
		t["worksFor"] = works
	}
	if len(member) > 0 {
		t["memberOf"] = member
	}
	return t
}

// pageData is a page as schema.org has it: an event with who took part, or an article.
func pageData(p answer.ListedPage, r *ingest.Record, base string) schema {
	people := func(wanted func(*ingest.Participant) bool) []schema {
		var list []schema
		for i := range r.People {
			if wanted(&r.People[i]) {
				one := schema{"@type": "Person", "name": r.People[i].Name}
				if r.People[i].IRI != "" {
					one["url"] = base + present.Href(kinds.Person, r.People[i].IRI)
				}
				list = append(list, one)
			}
		}
		return list
	}
	if p.PageKind == ingest.EventPage {
		t := thing("Event", p.Name)
		t.put("startDate", p.Date)
		t.put("endDate", r.EndDate)
		t.put("description", p.Summary)
		t.put("url", base+p.Href)
		t.put("inLanguage", r.Lang)
		if list := people(r.Speaks); list != nil {
			t["performer"] = list
		}
		if place := placeOf(r); place != "" {
			t["location"] = schema{"@type": "Place", "name": place, "address": place}
		}
		return t
	}
	t := thing("Article", p.Name)
	t["headline"] = p.Name
	t.put("datePublished", p.Date)
	t.put("url", base+p.Href)
	t.put("inLanguage", r.Lang)
	if list := people(r.Wrote); list != nil {
		t["author"] = list
	}
	return t
}

// placeKey are the names of fields in which front matter tells where an event takes place.
var placeKey = regexp.MustCompile(`(?i)^(?:location|place|venue|city|country|where|ort|lieu|lugar|plaats)$`)

// placeOf is where an event takes place, as the front matter says; empty if it does not.
func placeOf(r *ingest.Record) string {
	var said []string
	for _, b := range r.Blocks {
		value := strings.TrimSpace(b.In(r.Text))
		named := slices.ContainsFunc(strings.Split(b.Key, "."), placeKey.MatchString)
		if b.Kind == ingest.FieldBlock && named && value != "" && !absolute(value) && !slices.Contains(said, value) {
			said = append(said, value)
		}
	}
	return strings.Join(said, ", ")
}
