package static

import (
	"bytes"
	"cmp"
	"context"
	"runtime"
	"slices"
	"strings"

	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"

	"rapporteur/ingest"
	"rapporteur/search/atom"

	"golang.org/x/sync/errgroup"
)

// feedLength is how many entries a feed has at most.
const feedLength = 30

// section is where the entities of a kind are written to.
type section struct {
	kind kinds.Kind
	name string
	feed bool
}

func sections() []section {
	var all []section
	for _, row := range kinds.Entities() {
		all = append(all, section{row.Kind, row.Route, row.Kind != kinds.Country})
	}
	return all
}

// writeEntities writes the files of all entities. Reading profiles is most of an export's work: all processors take part.
func (e *export) writeEntities(ctx context.Context) error {
	type job struct {
		section
		id   ingest.IRI
		name string // of its files, without ending
	}
	var jobs []job
	for _, r := range sections() {
		listed := slices.Clone(e.list.Entities(r.kind))
		// By IRI, so that a name that collides with another falls to the same entity each time.
		slices.SortFunc(listed, func(a, b answer.Listed) int { return cmp.Compare(a.ID, b.ID) })
		for _, l := range listed {
			jobs = append(jobs, job{r, l.ID, e.published(r.name + "/" + e.name(r.name, answer.Slug(l.ID)))})
		}
	}
	workers, ctx := errgroup.WithContext(ctx)
	workers.SetLimit(runtime.GOMAXPROCS(0))
	for _, j := range jobs {
		workers.Go(func() error {
			p, err := e.gen.Profile(ctx, j.id)
			if err != nil {
				return err
			}
			return e.writeEntity(j.name, j.feed, p)
		})
	}
	return workers.Wait()
}

func (e *export) writeEntity(name string, withFeed bool, p *answer.Profile) error {
	if err := e.putJSON(name+".jsonld", e.linked(p)); err != nil || !withFeed {
		return err
	}
	var b bytes.Buffer
	if err := e.feed(p).Write(&b); err != nil {
		return err
	}
	return e.put(name+".atom", b.Bytes())
}

// feed lists the newest pages that an entity is on.
func (e *export) feed(p *answer.Profile) *atom.Feed {
	site := cmp.Or(e.list.Site, "rapporteur")
	f := &atom.Feed{Title: p.Name + " – " + site, ID: string(p.ID), Author: atom.Author{Name: site}}
	if p.OwnPage != nil {
		f.Links = e.alternate(p.OwnPage.ID)
	}
	for _, a := range p.Appearances[:min(feedLength, len(p.Appearances))] {
		entry := atom.Entry{Title: a.Page.Name, ID: string(a.Page.ID), Updated: atom.Instant(a.Date), Links: e.alternate(a.Page.ID)}
		if len(a.Evidence) > 0 {
			entry.Summary = a.Evidence[0].Quote
		}
		f.Entries = append(f.Entries, entry)
	}
	return f
}

func (e *export) alternate(page ingest.IRI) []atom.Link {
	if l := e.pages[page]; l != nil && l.URL != "" {
		return []atom.Link{{Rel: "alternate", Type: "text/html", Href: l.URL}}
	}
	return nil
}

// node is a thing in JSON-LD. Its keys are schema.org's; encoding sorts them.
type node map[string]any

// set sets a key unless the value is empty.
func set[T any](n node, key string, values []T) {
	if len(values) > 0 {
		n[key] = values
	}
}

func (n node) setText(key, value string) {
	if value != "" {
		n[key] = value
	}
}

// linked tells a profile in schema.org's terms. Affiliations with a role are told as schema.org/Role prescribes.
func (e *export) linked(p *answer.Profile) node {
	n := node{"@context": "https://schema.org", "@id": string(p.ID), "name": p.Name}
	set(n, "alternateName", p.Aliases)
	set(n, "sameAs", p.SameAs)
	n.setText("url", p.Homepage)
	if p.OwnPage != nil {
		if l := e.pages[p.OwnPage.ID]; l != nil {
			n.setText("mainEntityOfPage", l.URL)
		}
	}
	var performed, about []node
	for _, a := range p.Appearances {
		page := e.page(a.Page.ID, a.Page.Name, a.Date)
		if a.Speaker && p.Kind == kinds.Person && page["@type"] == "Event" {
			performed = append(performed, page)
		} else {
			about = append(about, page)
		}
	}
	row, _ := kinds.Of(p.Kind)
	n["@type"] = row.Schema
	switch p.Kind {
	case kinds.Person:
		set(n, "affiliation", ties(p.Affiliations, "affiliation", "Organization"))
		set(n, "performerIn", performed)
	case kinds.Organisation:
		set(n, "member", ties(p.Affiliations, "member", "Person"))
	case kinds.Country:
		n.setText("identifier", p.Code)
	}
	set(n, "subjectOf", about)
	return n
}

// page is a page as another thing refers to it: an event, or what has been written.
func (e *export) page(id ingest.IRI, name, date string) node {
	n := node{"@id": string(id), "@type": "CreativeWork", "name": name}
	day := "datePublished"
	if l := e.pages[id]; l != nil {
		n.setText("url", l.URL)
		if l.PageKind == ingest.EventPage {
			n["@type"], day = "Event", "startDate"
		}
	}
	n.setText(day, date)
	return n
}

func ties(all []answer.Affiliation, key, kind string) (out []node) {
	for _, t := range all {
		role := node{"@type": "Role", key: node{"@type": kind, "@id": string(t.To.ID), "name": t.To.Name}}
		role.setText("roleName", strings.Join(t.Roles, "; "))
		out = append(out, role)
	}
	return out
}
