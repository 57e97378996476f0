package resolve

import (
	"fmt"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/curation"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
)

// missed notes a decision that matches nothing.
func (r *resolver) missed(line int, format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf("%s:%d: %s", r.decisions.Name, line, fmt.Sprintf(format, args...)))
}

// applyKinds gives names the kind that people decided on, in all records, before anything else is done with them.
func (r *resolver) applyKinds() {
	for _, k := range r.decisions.Kinds {
		if !r.setKind(k.Value, k.Kind) {
			r.missed(k.Line, "nothing is called %q; the line has no effect", k.Value)
		}
	}
}

// agreeOnKinds settles names that some pages have as a person and others as an organisation: what the site's own pages say
// holds, else what twice as many references say.
func (r *resolver) agreeOnKinds() {
	type votes struct {
		person, body int
		name         string
	}
	tally := map[string]*votes{}
	vote := func(name string) *votes {
		key := strings.Join(fold.Words(name), " ")
		if tally[key] == nil {
			tally[key] = &votes{name: name}
		}
		return tally[key]
	}
	const own = 1000
	for _, record := range r.records {
		for _, p := range record.People {
			vote(p.Name).person++
		}
		for _, o := range record.Organisations {
			vote(o.Name).body++
		}
		switch record.Kind {
		case ingest.PersonPage:
			vote(record.Title).person += own
		case ingest.OrganisationPage:
			vote(record.Title).body += own
		}
	}
	for _, key := range sortedKeys(tally) {
		switch v := tally[key]; {
		case v.person == 0 || v.body == 0 || !strings.Contains(key, " "):
		case v.person >= 2*v.body:
			r.setKind(v.name, string(kinds.Person))
		case v.body >= 2*v.person:
			r.setKind(v.name, string(kinds.Organisation))
		}
	}
}

// setKind gives all references of a name one kind, or takes them out ("none"). It reports whether there are any.
func (r *resolver) setKind(name, kind string) bool {
	body, person := parseBody(name).key(), parsePerson(name).key()
	found := false
	for _, record := range r.records {
		for i := len(record.People) - 1; i >= 0; i-- {
			p := record.People[i]
			if parsePerson(p.Name).key() != person {
				continue
			}
			found = true
			if kind == string(kinds.Person) {
				continue
			}
			record.People = slices.Delete(record.People, i, i+1)
			if kind == string(kinds.Organisation) &&
				!slices.ContainsFunc(record.Organisations, func(o ingest.Reference) bool { return o.Name == p.Name }) {
				record.Organisations = append(record.Organisations, p.Reference)
				sortReferences(record.Organisations)
			}
		}
		for i := len(record.Organisations) - 1; i >= 0; i-- {
			o := record.Organisations[i]
			if parseBody(o.Name).key() != body {
				continue
			}
			found = true
			if kind == string(kinds.Organisation) {
				continue
			}
			record.Organisations = slices.Delete(record.Organisations, i, i+1)
			for j := range record.People {
				p := &record.People[j]
				p.Affiliations = slices.DeleteFunc(p.Affiliations, func(a ingest.Affiliation) bool { return a.Organisation == o.ID })
			}
			if kind == string(kinds.Person) && !slices.ContainsFunc(record.People, func(p ingest.Participant) bool { return p.Name == o.Name }) {
				record.People = append(record.People, ingest.Participant{Reference: o, Affiliations: []ingest.Affiliation{}})
				slices.SortStableFunc(record.People, func(a, b ingest.Participant) int { return firstPlace(a.Reference) - firstPlace(b.Reference) })
			}
		}
		record.Topics = slices.DeleteFunc(record.Topics, func(t ingest.TopicReference) bool {
			same := parseBody(t.Name).key() == body
			found = found || same
			return same && kind == "none"
		})
	}
	return found
}

func firstPlace(r ingest.Reference) int {
	if len(r.Mentions) == 0 {
		return 0
	}
	return r.Mentions[0].Start
}

func sortReferences(list []ingest.Reference) {
	slices.SortStableFunc(list, func(a, b ingest.Reference) int { return firstPlace(a) - firstPlace(b) })
}

// applyDecisions does what rapporteur.yaml says about what is one and what is not.
func (r *resolver) applyDecisions() {
	for _, d := range r.decisions.Different {
		var groups []*group
		complete := true
		for _, name := range d.Values {
			found := r.find(name)
			if len(found) == 0 {
				r.missed(d.Line, "different: nothing is called %q; the line has no effect", name)
				complete = false
			}
			groups = append(groups, found...)
		}
		if !complete {
			continue
		}
		for i, a := range groups {
			for _, b := range groups[i+1:] {
				if a != b {
					a.apart[b], b.apart[a] = true, true
				}
			}
		}
		if len(groups) > 1 && groups[0] == groups[1] {
			r.partByBody(groups[0], d)
		}
	}
	for _, d := range append(slices.Clone(r.decisions.Same), r.decisions.Aliases...) {
		r.applySame(d)
	}
	for _, d := range r.decisions.SameAs {
		found := r.find(d.Values[0])
		for _, address := range d.Values[1:] {
			if !onTheWeb(address) {
				r.missed(d.Line, "sameAs: %q is no address on the web; write one that begins with https:// or http://", address)
				continue
			}
			for _, g := range found {
				g.sameAs = append(g.sameAs, address)
			}
		}
		if len(found) == 0 && !r.isTopic(d.Values[0]) {
			r.missed(d.Line, "sameAs: nothing is called %q; the line has no effect", d.Values[0])
		}
	}
}

// applySame makes one of several names; the first is the one to show. Names that no page has are aliases all the same.
func (r *resolver) applySame(d curation.Group) {
	var first *group
	matched := false
	for _, name := range d.Values {
		for _, g := range r.find(name) {
			g = g.root()
			matched = true
			if first == nil {
				first = g
				continue
			}
			if g != first.root() && g.kind == first.kind {
				first = first.root()
				if first.own != "" && g.own != "" {
					g.own, g.title = "", ""
				}
				if !merge(first, g) {
					r.missed(d.Line, "%q and %q are declared different elsewhere; this line has no effect on them", d.Values[0], name)
				}
				first = first.root()
			}
		}
	}
	if !matched {
		r.missed(d.Line, "none of %s is on any page; the line has no effect", strings.Join(d.Values, ", "))
		return
	}
	first = first.root()
	if !strings.Contains(d.Values[0], "://") && !strings.HasPrefix(d.Values[0], "urn:") {
		first.fixed, _, _ = strings.Cut(d.Values[0], " @ ")
	}
	for _, name := range d.Values {
		if name, _, _ = strings.Cut(name, " @ "); !strings.Contains(name, "://") {
			first.aliases = append(first.aliases, name)
		}
	}
}

// find lists the groups that a name in rapporteur.yaml means: by name, by IRI, or as "Name @ Organisation".
func (r *resolver) find(name string) []*group {
	if rest, ok := strings.CutPrefix(name, r.base+"/id/"); ok {
		kind, slug, _ := strings.Cut(rest, "/")
		var out []*group
		for _, g := range append(roots(r.bodies), roots(r.people)...) {
			if string(g.kind) == kind && (slug == fold.Slug(g.name()) ||
				slices.ContainsFunc(sortedKeys(g.names), func(n string) bool { return fold.Slug(n) == slug })) {
				out = append(out, g)
			}
		}
		return out
	}
	name, body, qualified := strings.Cut(name, " @ ")
	var out []*group
	person := parsePerson(name).key()
	for _, g := range r.people {
		if g = g.root(); slices.Contains(g.keys, person) && !slices.Contains(out, g) && (!qualified || r.standsFor(g, body)) {
			out = append(out, g)
		}
	}
	if qualified {
		return out
	}
	key := parseBody(name).key()
	for _, g := range r.bodies {
		if g = g.root(); slices.Contains(g.keys, key) && !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return out
}

// standsFor says whether a person stands for an organisation, or is of a walk of life, on some page.
func (r *resolver) standsFor(g *group, body string) bool {
	for _, at := range g.refs {
		if r.meant(at, body) {
			return true
		}
	}
	return false
}

func (r *resolver) meant(at ref, body string) bool {
	key := parseBody(body).key()
	record := r.records[at.page]
	for _, a := range record.People[at.index].Affiliations {
		if parseBody(record.NameOf(a.Organisation)).key() == key {
			return true
		}
		if o := r.bodyOf(record, a.Organisation); o != nil && (slices.Contains(o.keys, key) || parseBody(o.name()).key() == key) {
			return true
		}
	}
	return r.cluster(at).walks[strings.ToLower(body)]
}

// partByBody takes a group apart as a line "different: [Name @ One, Name @ Other]" says. Pages that speak of neither stay
// with the first.
func (r *resolver) partByBody(g *group, d curation.Group) {
	clusters := make([]*cluster, len(d.Values))
	for i := range clusters {
		clusters[i] = newCluster()
	}
	for _, at := range g.refs {
		to := 0
		for i, name := range d.Values {
			if _, body, ok := strings.Cut(name, " @ "); ok && r.meant(at, body) {
				to = i
				break
			}
		}
		clusters[to].take(r.cluster(at))
	}
	g.fixed = "" // the name stays; that it was decided on is noted below
	r.split(g, clusters)
	for i, name := range d.Values {
		_, body, _ := strings.Cut(name, " @ ")
		if part := r.people[len(r.people)-len(d.Values)+1:]; i > 0 && i-1 < len(part) {
			part[i-1].mark, part[i-1].decided = body, true
		} else {
			g.mark, g.decided = body, true
		}
	}
}

// applyNoTie takes the ties away that people say are none.
func (r *resolver) applyNoTie() {
	for _, d := range r.decisions.NoTie {
		var bodies []*group
		for _, name := range d.Values[1:] {
			bodies = append(bodies, r.find(name)...)
		}
		parted := false
		for _, person := range r.find(d.Values[0]) {
			for _, at := range person.refs {
				record := r.records[at.page]
				p := &record.People[at.index]
				before := len(p.Affiliations)
				p.Affiliations = slices.DeleteFunc(p.Affiliations, func(a ingest.Affiliation) bool {
					body := r.bodyOf(record, a.Organisation)
					return body != nil && slices.Contains(bodies, body.root())
				})
				parted = parted || len(p.Affiliations) < before
			}
		}
		if !parted {
			r.missed(d.Line, "noTie: no page ties %q to %s; the line has no effect", d.Values[0], strings.Join(d.Values[1:], " or "))
		}
	}
}

// applyHide leaves out what people want left out: its references go, the pages' texts stay.
func (r *resolver) applyHide() {
	r.hidden = map[*group]bool{}
	for _, h := range r.decisions.Hide {
		found := r.find(h.Value)
		for _, g := range found {
			r.hidden[g.root()] = true
		}
		if len(found) == 0 {
			r.missed(h.Line, "hide: nothing is called %q; the line has no effect", h.Value)
		}
	}
}
