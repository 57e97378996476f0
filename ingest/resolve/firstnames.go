package resolve

import (
	"slices"
	"strings"

	"rapporteur/ingest"
)

// joinFirstNames finds out whom a page means that only gives a first name: the one person of that name who is named in full on the
// page, or who stands for the organisation that the page gives, or whom the site knows best (it has a page about them, or
// they write on it), or the one person with that family name. Who stays unknown is left out, unless the page says something of them: a
// first name is nobody to look up.
func (r *resolver) joinFirstNames() {
	writes := r.authors()
	byFirst, byLast := map[string][]*group{}, map[string][]*group{}
	for _, g := range roots(r.people) {
		if n := parsePerson(g.name()); n.full() {
			byFirst[n.first()] = append(byFirst[n.first()], g)
			byLast[n.last()] = append(byLast[n.last()], g)
			if n.nick != "" {
				byFirst[n.nick] = append(byFirst[n.nick], g)
			}
			for _, short := range r.nicknames[n.first()] {
				byFirst[short] = append(byFirst[short], g)
			}
		}
	}
	sameBody := map[string]*group{}
	for _, g := range roots(r.people) {
		name, _, alone := strings.Cut(g.keys[0], "\t")
		if !alone || g.fixed != "" || g.into != nil {
			continue
		}
		candidates := byFirst[name]
		only := func(fits func(*group) bool) *group {
			var found *group
			for _, c := range candidates {
				if c = c.root(); c != found && fits(c) {
					if found != nil {
						return nil
					}
					found = c
				}
			}
			return found
		}
		to := only(func(c *group) bool { return share(c, g) })
		if to == nil {
			to = only(func(c *group) bool { return overlap(present(c.bodies), present(g.bodies)) })
		}
		if to == nil {
			to = only(func(c *group) bool { return c.own != "" || writes[c] })
		}
		if to == nil && len(name) > 3 && !usualSurnames[name] && !r.listed(g) {
			candidates = byLast[name]
			to = only(func(*group) bool { return true })
		}
		switch {
		case to != nil && merge(to, g):
		case len(g.bodies) == 0 && !r.speaks(g) && !r.listed(g):
			r.hidden[g] = true
		default:
			for o := range g.bodies { // the same word at the same organisation
				key := name + "\t" + o.root().keys[0]
				if other := sameBody[key]; other != nil && other.root() != g.root() && len(g.bodies) == 1 {
					merge(other, g)
				} else if other == nil && len(g.bodies) == 1 {
					sameBody[key] = g
				}
			}
		}
	}
}

// present are the keys of a count.
func present[K comparable](counts map[K]int) map[K]bool {
	out := map[K]bool{}
	for k := range counts {
		out[k] = true
	}
	return out
}

func (r *resolver) speaks(g *group) bool {
	return slices.ContainsFunc(g.refs, func(at ref) bool { return r.records[at.page].People[at.index].Speaker })
}

// listed reports whether the front matter names them under a key for people.
func (r *resolver) listed(g *group) bool {
	return slices.ContainsFunc(g.refs, func(at ref) bool {
		return slices.ContainsFunc(r.records[at.page].People[at.index].Mentions, func(m ingest.Mention) bool { return m.Rule == "front-matter" })
	})
}

// authors are the people who write on the site: three pages name them as their author.
func (r *resolver) authors() map[*group]bool {
	out := map[*group]bool{}
	for _, g := range roots(r.people) {
		n := 0
		for _, at := range g.refs {
			if r.records[at.page].People[at.index].Part == ingest.Author {
				n++
			}
		}
		out[g] = n >= 3
	}
	return out
}
