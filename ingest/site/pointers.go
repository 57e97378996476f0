package site

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
)

// thing is a person, a body or an event that a key may point to: a page, a record of a data file, or both.
type thing struct {
	kind         ingest.PageKind
	name         string
	organisation string
	job          string
	record       *record
	page         *source
}

// directory finds what keys point to.
type directory struct {
	things map[ingest.PageKind]map[string][]*thing
	byName map[ingest.PageKind]map[string][]*thing
}

// pointed folds a key to what makes no difference: "speakers/Anna_Lindqvist.md" is "anna-lindqvist".
func pointed(key string) string {
	key = strings.ToLower(strings.TrimSpace(key))
	key = strings.TrimPrefix(strings.TrimPrefix(key, "@/"), "@")
	if ending := path.Ext(key); ending == ".md" || ending == ".mdx" || ending == ".json" || ending == ".yml" || ending == ".yaml" ||
		ending == ".toml" || ending == ".html" {
		key = strings.TrimSuffix(key, ending)
	}
	key = strings.TrimSuffix(strings.TrimSuffix(key, "/"), "/index")
	return strings.ReplaceAll(strings.ReplaceAll(strings.Trim(key, "/"), "_", "-"), " ", "-")
}

func (d *directory) add(t *thing, keys ...string) {
	seen := map[string]bool{}
	for _, k := range keys {
		k = pointed(k)
		for _, form := range []string{k, path.Base(k)} {
			if form == "" || form == "." || seen[form] {
				continue
			}
			seen[form] = true
			list := d.things[t.kind]
			if list == nil {
				list = map[string][]*thing{}
				d.things[t.kind] = list
			}
			list[form] = append(list[form], t)
		}
	}
	if t.name != "" {
		list := d.byName[t.kind]
		if list == nil {
			list = map[string][]*thing{}
			d.byName[t.kind] = list
		}
		list[foldName(t.name)] = append(list[foldName(t.name)], t)
	}
}

func foldName(s string) string { return fold.Lower(ascii(s)) }

// find returns what a key points to, of the first of some kinds that knows it; nil if nothing does, or several things
// with different names.
func (d *directory) find(key string, kinds ...ingest.PageKind) *thing {
	folded := pointed(key)
	if folded == "" {
		return nil
	}
	for _, kind := range kinds {
		for _, form := range []string{folded, path.Base(folded)} {
			if t := one(d.things[kind][form]); t != nil {
				return t
			}
		}
	}
	return nil
}

// named returns the one thing of a kind with a name; nil if there is none, or there are two.
func (d *directory) named(name string, kind ingest.PageKind) *thing {
	return one(d.byName[kind][foldName(name)])
}

// one is the thing that a list comes to: the same name twice is one thing, of which a page goes before a record.
func one(list []*thing) *thing {
	var best *thing
	for _, t := range list {
		switch {
		case best == nil:
			best = t
		case foldName(best.name) != foldName(t.name):
			return nil
		case best.organisation == "" && t.organisation != "":
			both := *best
			both.organisation, both.job = t.organisation, t.job
			if both.record == nil {
				both.record = t.record
			}
			best = &both
		}
	}
	return best
}

// newDirectory enters pages and records. A record that is about the same as a page becomes part of that page: the page
// takes over what it does not say itself.
func (c *config) newDirectory(sources []*source, records []*record, names namer) *directory {
	d := &directory{things: map[ingest.PageKind]map[string][]*thing{}, byName: map[ingest.PageKind]map[string][]*thing{}}
	byAddress := map[string]*source{}
	for _, s := range sources {
		if k := key(s.address); k != "" && k != "/" {
			byAddress[k] = s
		}
	}
	stems := map[ingest.PageKind]map[string][]*source{}
	byTitle := map[ingest.PageKind]map[string][]*source{}
	enter := func(m map[ingest.PageKind]map[string][]*source, kind ingest.PageKind, k string, s *source) {
		if m[kind] == nil {
			m[kind] = map[string][]*source{}
		}
		if k != "" && !slices.Contains(m[kind][k], s) {
			m[kind][k] = append(m[kind][k], s)
		}
	}
	for _, s := range sources {
		for _, k := range s.keys() {
			enter(stems, s.kind, pointed(k), s)
		}
		title, _ := s.matter.title()
		enter(byTitle, s.kind, foldName(title), s)
	}
	only := func(list []*source) *source {
		if len(list) == 1 {
			return list[0]
		}
		return nil
	}
	for _, r := range records {
		title, _ := r.matter.title()
		if u, err := url.Parse(r.address); err == nil && r.address != "" && (u.Host == "" || c.url != "" && sameHost(u, c.url)) {
			r.page = byAddress[key(strings.TrimPrefix("/"+strings.TrimLeft(u.Path, "/"), c.base))]
			if r.page != nil && r.page.kind != r.kind && r.page.kind != ingest.OtherPage {
				r.page = nil // such as the page of a talk, under the speaker's name
			}
		}
		for _, k := range r.keys {
			if r.page == nil {
				r.page = only(stems[r.kind][pointed(k)])
				if r.page == nil || r.kind == ingest.EventPage {
					continue
				}
				if other, _ := r.page.matter.title(); foldName(other) != foldName(title) && !strings.Contains(foldName(title), foldName(other)) {
					r.page = nil // two things with one key
				}
			}
		}
		if r.page == nil && r.kind != ingest.EventPage {
			r.page = only(byTitle[r.kind][foldName(title)])
		}
		if r.page == nil && r.kind == ingest.EventPage {
			if s := only(byTitle[r.kind][foldName(title)]); s != nil {
				if w := c.whenOf(r.matter, true, nil); w.from == "" || s.date == "" || w.from == s.date {
					r.page = s
				}
			}
		}
		if r.page != nil {
			r.page.lend(r)
		}
	}
	for _, s := range sources {
		if t := thingOf(s.matter, s.kind); t != nil {
			t.page = s
			title, _ := s.matter.title()
			if t.name == "" {
				t.name = title
			}
			if t.name == "" {
				continue
			}
			if s.kind == ingest.PersonPage && !names.personShaped(t.name) && keyShaped(t.name) {
				continue
			}
			d.add(t, append(s.keys(), s.rel, strings.TrimSuffix(s.rel, s.ext()), s.address)...)
		}
	}
	for _, r := range records {
		if t := thingOf(r.matter, r.kind); t != nil {
			t.record, t.page = r, r.page
			d.add(t, append(r.keys, r.address)...)
		}
	}
	return d
}

// thingOf is what front matter says of a person, a body or an event; nil of anything else.
func thingOf(m matter, kind ingest.PageKind) *thing {
	if kind != ingest.PersonPage && kind != ingest.OrganisationPage && kind != ingest.EventPage && kind != ingest.TopicPage {
		return nil
	}
	t := &thing{kind: kind}
	t.name, _ = m.title()
	if kind == ingest.PersonPage {
		if n, _ := m.name(); n != "" {
			t.name = n
		}
		for _, l := range m.leaves {
			h := keyHolds(l.path[0])
			named := len(l.path) == 1 || len(l.path) == 2 && (strings.EqualFold(l.path[1], "name") || l.path[1] == "0") ||
				len(l.path) == 3 && l.path[1] == "0" && strings.EqualFold(l.path[2], "name")
			switch {
			case !named || !l.text || nobody.MatchString(l.value) || isAddress(l.value):
			case (h.role == roleOrganisation && h.part == "" || h.part == "organisation") && t.organisation == "":
				t.organisation = fold.Space(l.value)
			case (h.role == roleJob || h.part == "role") && t.job == "" && len(l.path) == 1:
				t.job = fold.Space(l.value)
			}
		}
	}
	return t
}

// keys are those by which others may point to a page: its file's name, and what its front matter calls itself.
func (s *source) keys() []string {
	stem := s.stem()
	if stem == "index" || stem == "_index" {
		stem = path.Base(path.Dir(s.path))
	}
	if m := fileDate.FindStringSubmatch(stem); m != nil && m[4] != "" {
		stem = m[4]
	}
	if s.lang != "" {
		stem = strings.TrimSuffix(stem, "."+s.lang)
	}
	out := []string{stem}
	for _, l := range s.matter.leaves {
		if len(l.path) != 1 || !keyShaped(l.value) {
			continue
		}
		if list, _ := keyWords(l.path[0]); len(list) > 0 &&
			(slices.Contains(keyKeys, strings.ToLower(l.path[0])) || list[len(list)-1] == "id" || list[len(list)-1] == "key" ||
				list[len(list)-1] == "slug" || list[len(list)-1] == "ref") &&
			keyHolds(l.path[0]).role == "" || s.kind == ingest.EventPage && (foldKey(l.path[0]) == "session" || foldKey(l.path[0]) == "talk") ||
			s.kind == ingest.PersonPage && keyHolds(l.path[0]).role != "" && keyHolds(l.path[0]).part == "" &&
				keyHolds(l.path[0]).role != roleOrganisation && keyHolds(l.path[0]).role != roleJob {
			out = append(out, l.value)
		}
	}
	return out
}

// lend gives a page what a record says of the same thing and the page does not: days, people, a body, a job, a place.
func (s *source) lend(r *record) {
	r.used = true
	have := map[string]bool{}
	for _, l := range s.matter.leaves {
		have[lent(l.path)] = true
	}
	added := false
	for _, l := range r.matter.leaves {
		if what := lent(l.path); what != "" && !have[what] {
			s.matter.leaves = append(s.matter.leaves, l)
			s.lentFrom(r, l)
			added = true
		}
	}
	if added {
		s.records = append(s.records, r)
	}
}

// lentFrom takes the decoded value over of which a lent leaf is a part.
func (s *source) lentFrom(r *record, l leaf) {
	if s.matter.values == nil {
		s.matter.values = map[string]any{}
	}
	if _, set := s.matter.values[l.path[0]]; !set {
		s.matter.values[l.path[0]] = r.matter.values[l.path[0]]
	}
}

// lent says what of a record a page may take over: the role that a key holds, or "date"; "" if nothing.
func lent(p []string) string {
	if sort, _ := sortOfDate(p); sort != noDate {
		return "date " + string('0'+rune(sort))
	}
	if placeKey.MatchString(p[0]) {
		return rolePlace
	}
	return keyHolds(p[0]).role
}
