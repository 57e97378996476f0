package union

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"
	"rapporteur/ingest/sentence"
)

// joinAll makes one of what is one: what people have decided, what has an identifier or a homepage in common, and people of one
// name at bodies of one name, with these bodies.
func (u *union) joinAll() {
	u.meetBy(func(t *thing) []string {
		switch t.Kind {
		case kinds.Country:
			return []string{t.Code}
		case kinds.Topic:
			return []string{t.Scheme + "\t" + fold.Name(t.Name)}
		}
		return nil
	}, func(a, b *thing) bool { return true })
	u.meetBy(func(t *thing) []string {
		if key := fold.Name(t.Name); isNamed(t) && u.same[key] {
			u.used[key] = true
			return []string{key}
		}
		return nil
	}, func(a, b *thing) bool { return true })
	u.meetBy(func(t *thing) []string {
		var keys []string
		for _, id := range t.SameAs {
			keys = append(keys, address(id))
		}
		return keys
	}, u.mayBeOne)
	u.meetBy(func(t *thing) []string {
		if !isNamed(t) || t.Homepage == "" {
			return nil
		}
		return []string{address(t.Homepage)}
	}, func(a, b *thing) bool { return akin(a, b) && u.mayBeOne(a, b) })
	u.joinByBodies()
}

// isNamed says whether a thing is one that names are of: a person or a body.
func isNamed(t *thing) bool { return t.Kind == kinds.Person || t.Kind == kinds.Organisation }

// meetBy makes one of things of two sites and one kind that have a key in common, if they may be.
func (u *union) meetBy(keys func(*thing) []string, may func(a, b *thing) bool) {
	at := map[string][]*thing{}
	for _, t := range u.things {
		for _, key := range keys(t) {
			if key == "" {
				continue
			}
			key = string(t.Kind) + "\t" + key
			for _, other := range at[key] {
				if other.source != t.source && may(other, t) {
					unite(other, t)
				}
			}
			at[key] = append(at[key], t)
		}
	}
}

// mayBeOne says whether nothing speaks against two things being one: nobody has decided so, and no register has them as two.
func (u *union) mayBeOne(a, b *thing) bool {
	for _, t := range []*thing{a, b} {
		if key := fold.Name(t.Name); u.different[key] {
			u.used[key] = true
			if key == fold.Name(a.Name) && key == fold.Name(b.Name) {
				return false
			}
		}
	}
	for _, x := range a.SameAs {
		for _, y := range b.SameAs {
			if register(x) == register(y) && address(x) != address(y) {
				return false
			}
		}
	}
	return true
}

// registers give one thing one identifier.
var registers = []string{"orcid.org", "www.wikidata.org", "wikidata.org", "ror.org", "isni.org", "viaf.org"}

// register is the one that an identifier is of. What is of none is of its own.
func register(id string) string {
	u, err := url.Parse(id)
	if err == nil && slices.Contains(registers, strings.ToLower(u.Host)) {
		return strings.TrimPrefix(strings.ToLower(u.Host), "www.")
	}
	return id
}

// address is a web address without what does not tell one place from another.
func address(a string) string {
	u, err := url.Parse(strings.TrimSpace(a))
	if err != nil || u.Host == "" {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimRight(u.Path, "/") + "?" + u.RawQuery
}

// akin says whether names of two things have to do with each other: people have their last word in common, bodies a word that
// is no small one, or one is the other's initials.
func akin(a, b *thing) bool {
	for _, x := range append([]string{a.Name}, a.Aliases...) {
		for _, y := range append([]string{b.Name}, b.Aliases...) {
			p, q := fold.Words(x), fold.Words(y)
			if len(p) == 0 || len(q) == 0 {
				continue
			}
			if a.Kind == kinds.Person {
				if p[len(p)-1] == q[len(q)-1] && p[0][0] == q[0][0] {
					return true
				}
				continue
			}
			shared := slices.ContainsFunc(p, func(w string) bool { return len(w) > 3 && slices.Contains(q, w) })
			if shared || initials(p) == q[0] || initials(q) == p[0] {
				return true
			}
		}
	}
	return false
}

func initials(words []string) string {
	out := ""
	for _, w := range words {
		out += w[:1]
	}
	return out
}

// full says whether a name tells one from most others: a person's has two words, a body's two that are no small ones.
func full(t *thing) bool {
	long := 0
	for _, w := range fold.Words(t.Name) {
		if len(w) > 1 && (t.Kind == kinds.Person || len(w) > 3) {
			long++
		}
	}
	return long >= 2
}

// namesakes are the things of one kind and name, of two sites at least, by name.
func (u *union) namesakes(kind kinds.Kind) [][]*thing {
	at := map[string][]*thing{}
	for _, t := range u.things {
		if t.Kind == kind && full(t) {
			key := fold.Name(t.Name)
			at[key] = append(at[key], t)
		}
	}
	var keys []string
	for key, list := range at {
		if slices.ContainsFunc(list, func(t *thing) bool { return t.source != list[0].source }) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	var out [][]*thing
	for _, key := range keys {
		out = append(out, at[key])
	}
	return out
}

// joinByBodies makes one of people of one name who belong to one body, or to bodies of one name: then those are one, too.
func (u *union) joinByBodies() {
	things := make([]map[ingest.IRI]*thing, len(u.sources))
	for i := range things {
		things[i] = map[ingest.IRI]*thing{}
	}
	for _, t := range u.things {
		things[t.source][t.was] = t
	}
	bodies := func(t *thing) []*thing {
		var list []*thing
		for iri := range t.bodies {
			if body := things[t.source][iri]; body != nil {
				list = append(list, body)
			}
		}
		slices.SortFunc(list, func(a, b *thing) int { return cmp.Compare(a.was, b.was) })
		return list
	}
	for _, list := range u.namesakes(kinds.Person) {
		for i, a := range list {
			for _, b := range list[i+1:] {
				if a.source == b.source || !u.mayBeOne(a, b) {
					continue
				}
				for _, x := range bodies(a) {
					for _, y := range bodies(b) {
						switch {
						case x.root() == y.root():
							unite(a, b)
						case full(x) && fold.Name(x.Name) == fold.Name(y.Name) && u.mayBeOne(x, y) && unite(a, b):
							unite(x, y)
						}
					}
				}
			}
		}
	}
}

// mostQuestions is how many questions there are at most about things that only have a name in common.
const mostQuestions = 500

// ask asks of those that only have a name in common whether they are one, with a sentence from each site.
func (u *union) ask() {
	type pair struct{ a, b *thing }
	var pairs []pair
	for _, kind := range []kinds.Kind{kinds.Person, kinds.Organisation} {
		for _, list := range u.namesakes(kind) {
			for i, a := range list {
				for _, b := range list[i+1:] {
					if a.source != b.source && a.root() != b.root() && u.mayBeOne(a, b) {
						pairs = append(pairs, pair{a, b})
					}
				}
			}
		}
	}
	slices.SortStableFunc(pairs, func(x, y pair) int { return cmp.Compare(min(y.a.pages, y.b.pages), min(x.a.pages, x.b.pages)) })
	for _, p := range pairs[:min(len(pairs), mostQuestions)] {
		name := fmt.Sprintf("%q", p.a.Name)
		u.out.Doubts = append(u.out.Doubts, ingest.Doubt{
			Kind:     p.a.Kind,
			Question: fmt.Sprintf("Is %s the same on both sites, %s and %s?", p.a.Name, u.sources[p.a.source].Key, u.sources[p.b.source].Key),
			Entities: []ingest.IRI{p.a.root().IRI, p.b.root().IRI},
			Weight:   float64(min(p.a.pages, p.b.pages)),
			Evidence: []ingest.Evidence{p.a.evidence(), p.b.evidence()},
			Lines:    fmt.Sprintf("# in the file that lists the sites:\nsame: [%s]\n# or, if they are two:\n# different: [%s]\n", name, name),
		})
	}
}

// evidence is the sentence that names a thing on the page that tells most of it.
func (t *thing) evidence() ingest.Evidence {
	r := t.told
	if r == nil {
		return ingest.Evidence{}
	}
	block := ingest.Span{End: len(r.Text)}
	for _, b := range r.Blocks {
		if b.Holds(t.at) {
			block = b.Span
			break
		}
	}
	quote := fold.Space(sentence.Around(r.Text, block, t.at.Start).In(r.Text))
	return ingest.Evidence{Page: r.Path, Span: t.at, Quote: quote, URL: r.FragmentURL(t.at)}
}

// telling is the mention whose sentence says most: the first in running text, else the first.
func telling(r *ingest.Record, mentions []ingest.Mention) ingest.Span {
	for _, m := range mentions {
		for _, b := range r.Blocks {
			if b.Holds(m.Span) && (b.Kind == ingest.ParagraphBlock || b.Kind == ingest.ItemBlock) {
				return m.Span
			}
		}
	}
	return mentions[0].Span
}
