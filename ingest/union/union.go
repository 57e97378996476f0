// Package union makes one site of several, each of which was read and resolved by itself, with its own topics and decisions.
//
// Pages keep their addresses; their paths begin with the key of their site. People and bodies of two sites become one on strong
// evidence only: an identifier in common, a homepage in common and names that are akin, or a person of the same name at a body
// of the same name. Whoever only has a name in common stays two, and there is a question for review. Countries are one by their
// code, topics by their name.
package union

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// Source is a site that takes part.
type Source struct {
	Key  string // a slug that no other has
	Site *ingest.Site
	// why it could not be read: then it is told of, and has no pages
	Fault error
}

// Decisions are what people have said of names that several sites have.
type Decisions struct {
	Same      []string // whoever is called so is one on all sites
	Different []string // and here not
}

// Join makes one site of the sources, which it takes over. Nothing of what it gives depends on anything but what it is given.
func Join(name, url string, sources []Source, decided Decisions) *ingest.Site {
	u := &union{sources: sources,
		out:  &ingest.Site{Name: name, URL: strings.TrimRight(url, "/"), Doubts: []ingest.Doubt{}, Skips: []ingest.Skip{}},
		same: keySet(decided.Same), different: keySet(decided.Different), used: map[string]bool{}}
	erasing := sha256.New()
	erases := false
	for _, s := range sources {
		member := ingest.MemberSite{Key: s.Key}
		if s.Fault != nil {
			member.Fault = s.Fault.Error()
			u.out.Skips = append(u.out.Skips, ingest.Skip{Path: s.Key + "/", Cause: "the whole site is left out: " + member.Fault})
		}
		if s.Site != nil {
			member.Name, member.URL = s.Site.Name, s.Site.URL
			if s.Fault == nil {
				member.Pages = len(s.Site.Records)
				u.takeIn(s)
			}
			fmt.Fprintf(erasing, "%q %s\n", s.Key, s.Site.Erasing)
			erases = erases || s.Site.Erasing != ""
		}
		u.out.Sites = append(u.out.Sites, member)
	}
	if erases {
		u.out.Erasing = hex.EncodeToString(erasing.Sum(nil))
	}
	u.joinAll()
	u.nameAll()
	u.ask()
	u.report()
	u.out.Lang = ingest.MostSpoken(u.out.Records)
	slices.SortFunc(u.out.Records, func(a, b *ingest.Record) int { return strings.Compare(a.Path, b.Path) })
	return u.out
}

// union is the work of Join.
type union struct {
	sources         []Source
	out             *ingest.Site
	same, different map[string]bool // by folded name
	used            map[string]bool // of those, what somebody is called

	things []*thing
	names  []map[ingest.IRI]ingest.IRI // of each source: from its IRIs to those of all
}

// thing is an entity of one site.
type thing struct {
	*ingest.Entity
	source int
	was    ingest.IRI
	into   *thing              // nil if it stands for itself
	sites  map[int]bool        // of all that are one with it; of those that stand for themselves
	bodies map[ingest.IRI]bool // of a person: whom they surely belong to, by the body's IRI in its site
	told   *ingest.Record      // the page that tells most of it
	at     ingest.Span         // where
	pages  int
}

func (t *thing) root() *thing {
	for t.into != nil {
		t = t.into
	}
	return t
}

// unite makes two things one, unless two of one site would be. It reports whether they are one.
func unite(a, b *thing) bool {
	a, b = a.root(), b.root()
	if a == b {
		return true
	}
	for s := range b.sites {
		if a.sites[s] {
			return false
		}
	}
	if b.source < a.source {
		a, b = b, a
	}
	b.into = a
	for s := range b.sites {
		a.sites[s] = true
	}
	return true
}

func keySet(names []string) map[string]bool {
	set := map[string]bool{}
	for _, n := range names {
		set[fold.Name(n)] = true
	}
	return set
}

// takeIn takes the pages of a site, under paths that begin with its key, and its entities.
func (u *union) takeIn(s Source) {
	source := slices.IndexFunc(u.sources, func(o Source) bool { return o.Key == s.Key })
	inside := func(path *string) {
		if *path != "" {
			*path = s.Key + "/" + *path
		}
	}
	things := map[ingest.IRI]*thing{}
	for i := range s.Site.Entities {
		e := &s.Site.Entities[i]
		t := &thing{Entity: e, source: source, was: e.IRI, sites: map[int]bool{source: true}, bodies: map[ingest.IRI]bool{}}
		things[e.IRI] = t
		u.things = append(u.things, t)
		inside(&e.Page)
	}
	for _, r := range s.Site.Records {
		r.Site = s.Key
		inside(&r.Path)
		inside(&r.TranslationOf)
		for i := range r.Links {
			inside(&r.Links[i].Page)
		}
		for i := range r.People {
			p := &r.People[i]
			if p.Occasion != nil {
				inside(&p.Occasion.Page)
			}
			if t := things[p.IRI]; t != nil {
				t.meet(r, p.Mentions, len(p.Affiliations))
				for _, a := range p.Affiliations {
					if a.Confidence >= ingest.SureEnough && a.Relation != ingest.Other {
						t.bodies[a.IRI] = true
					}
				}
			}
		}
		for i := range r.Organisations {
			if t := things[r.Organisations[i].IRI]; t != nil {
				t.meet(r, r.Organisations[i].Mentions, 0)
			}
		}
		u.out.Records = append(u.out.Records, r)
	}
}

// meet notes a page that names a thing: the first one that tells whom a person belongs to is the one to show, or else the first.
func (t *thing) meet(r *ingest.Record, mentions []ingest.Mention, ties int) {
	t.pages++
	if len(mentions) > 0 && (t.told == nil || ties > 0 && len(t.bodies) == 0) {
		t.told, t.at = r, telling(r, mentions)
	}
}

// nameAll gives everything its IRI: the one that it has in its site, or in the first of its sites, with the key of the site
// behind it where another bears the same slug.
func (u *union) nameAll() {
	taken := slugs{}
	names := make([]map[ingest.IRI]ingest.IRI, len(u.sources)) // of each source: from its IRIs to those of all
	for i := range names {
		names[i] = map[ingest.IRI]ingest.IRI{}
	}
	members := map[*thing][]*thing{}
	current := map[ingest.IRI]bool{}
	for _, t := range u.things {
		first := t.root()
		if first == t {
			t.IRI = taken.free(t.was, u.sources[t.source].Key)
			current[t.IRI] = true
		}
		members[first] = append(members[first], t)
	}
	for _, t := range u.things {
		names[t.source][t.was] = t.root().IRI
		if t.into == nil {
			u.out.Entities = append(u.out.Entities, describe(t, members[t], current))
		}
	}
	slices.SortFunc(u.out.Entities, func(a, b ingest.Entity) int { return strings.Compare(string(a.IRI), string(b.IRI)) })
	source := map[string]int{}
	for i, s := range u.sources {
		source[s.Key] = i
	}
	for _, r := range u.out.Records {
		to := names[source[r.Site]]
		to[r.IRI] = taken.free(r.IRI, r.Site)
		for _, list := range [][]ingest.Recommendation{r.Recommendations, r.Unlisted} {
			for i := range list {
				to[list[i].IRI] = taken.free(list[i].IRI, r.Site)
			}
		}
	}
	for _, r := range u.out.Records {
		rename(r, names[source[r.Site]])
	}
	u.names = names
}

// slugs are those that are taken, with the kind before them.
type slugs map[string]bool

// free is an IRI whose slug nothing of its kind has yet: the one that is wished for, or one with the key of its site behind it.
func (taken slugs) free(wished ingest.IRI, key string) ingest.IRI {
	iri := wished
	for n := 1; taken[place(iri)]; n++ {
		iri = wished + ingest.IRI("-"+key)
		if n > 1 {
			iri += ingest.IRI("-" + strconv.Itoa(n))
		}
	}
	taken[place(iri)] = true
	return iri
}

// place is where a server has an IRI: its kind and slug. Events and other pages share one.
func place(iri ingest.IRI) string {
	at := strings.LastIndex(string(iri), "/id/")
	return strings.Replace(string(iri[max(at, 0):]), "/id/event/", "/id/page/", 1)
}

// describe is the entity that stands for some things that are one, the first of them, with what the others' sites know of it.
func describe(first *thing, members []*thing, current map[ingest.IRI]bool) ingest.Entity {
	e := *first.Entity
	for _, t := range members {
		if t != first {
			e.Aliases = append(e.Aliases, append(t.Aliases, t.Name)...)
			e.SameAs = append(e.SameAs, t.SameAs...)
			e.Homepage, e.Page = cmp.Or(e.Homepage, t.Homepage), cmp.Or(e.Page, t.Page)
			e.Former = append(e.Former, t.Former...)
		}
		e.Former = append(e.Former, t.was)
	}
	slices.Sort(e.Aliases)
	slices.Sort(e.SameAs)
	slices.Sort(e.Former)
	e.SameAs = slices.Compact(e.SameAs)
	e.Aliases = slices.DeleteFunc(slices.Compact(e.Aliases), func(a string) bool { return a == e.Name })
	e.Former = slices.DeleteFunc(slices.Compact(e.Former), func(iri ingest.IRI) bool { return current[iri] })
	return e
}

// rename puts the IRIs of all into a record.
func rename(r *ingest.Record, to map[ingest.IRI]ingest.IRI) {
	set := func(iri *ingest.IRI) { *iri = cmp.Or(to[*iri], *iri) }
	set(&r.IRI)
	for i := range r.People {
		p := &r.People[i]
		set(&p.IRI)
		for j := range p.Affiliations {
			set(&p.Affiliations[j].IRI)
		}
	}
	for i := range r.Organisations {
		set(&r.Organisations[i].IRI)
	}
	for i := range r.Countries {
		set(&r.Countries[i].IRI)
	}
	for i := range r.Topics {
		set(&r.Topics[i].IRI)
	}
	for _, list := range [][]ingest.Recommendation{r.Recommendations, r.Unlisted} {
		for i := range list {
			a := &list[i]
			for _, iri := range []*ingest.IRI{&a.IRI, &a.ByIRI, &a.ToIRI, &a.SameAs} {
				set(iri)
			}
			for _, named := range [][]ingest.IRI{a.Topics, a.Mentions} {
				for j := range named {
					set(&named[j])
				}
			}
		}
	}
}

// report takes over what the sites' own reports say.
func (u *union) report() {
	for i, s := range u.sources {
		if s.Site == nil {
			continue
		}
		inside := s.Key + "/"
		for _, skip := range s.Site.Skips {
			skip.Path = inside + skip.Path
			u.out.Skips = append(u.out.Skips, skip)
		}
		for _, gap := range s.Site.Account {
			if gap.Example != "" {
				gap.Example = inside + gap.Example
			}
			gap.Text = s.Key + ": " + gap.Text
			u.out.Account = append(u.out.Account, gap)
		}
		for _, note := range s.Site.Notes {
			u.out.Notes = append(u.out.Notes, s.Key+": "+note)
		}
		if s.Fault != nil {
			continue
		}
		for _, d := range s.Site.Doubts {
			for j := range d.Entities {
				d.Entities[j] = cmp.Or(u.names[i][d.Entities[j]], d.Entities[j])
			}
			for j := range d.Evidence {
				d.Evidence[j].Page = inside + d.Evidence[j].Page
			}
			d.Question = s.Key + ": " + d.Question
			u.out.Doubts = append(u.out.Doubts, d)
		}
	}
	slices.SortStableFunc(u.out.Doubts, func(a, b ingest.Doubt) int { return cmp.Compare(b.Weight, a.Weight) })
	for _, decided := range []struct {
		word  string
		names map[string]bool
	}{{"same", u.same}, {"different", u.different}} {
		for name := range decided.names {
			if !u.used[name] {
				u.out.Notes = append(u.out.Notes, fmt.Sprintf("%s: no two sites have anybody called %q", decided.word, name))
			}
		}
	}
	slices.Sort(u.out.Notes)
}
