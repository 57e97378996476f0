package web

import (
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
		if list := people(func(p *ingest.Participant) bool { return p.Speaker }); list != nil {
			t["performer"] = list
		}
		return t
	}
	t := thing("Article", p.Name)
	t["headline"] = p.Name
	t.put("datePublished", p.Date)
	t.put("url", base+p.Href)
	t.put("inLanguage", r.Lang)
	if list := people(func(p *ingest.Participant) bool { return p.Part == ingest.Author }); list != nil {
		t["author"] = list
	}
	return t
}
