package graph

import (
	"strings"

	"github.com/cayleygraph/quad"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
)

// Reader answers questions on a snapshot. It is safe for parallel use until it is closed. The file must not be cut
// short while it is open (generations never are; deleting it does no harm).
//
// Nodes go by IRI; an IRI that the graph does not have is nothing: it has no pages, and no paths lead to it.
type Reader struct {
	*snapshot
	known terms
}

// terms are the numbers of the vocabulary in one snapshot, 0 where it has no quad with the term.
type terms struct {
	typ, name, prefLabel, alternateName, altLabel, identifier, path, url, replacedBy, startDate, endDate, published uint32
	mentions, about, inferredAbout, spokeAt, tookPartIn, affiliated, spokeFor                                       uint32
	sameAs, membership, member, organization, role, label                                                           uint32
	person, organisation, country, topic, said                                                                      uint32
}

// Open maps the snapshot in dir and checks it against its sums: ErrDamaged if it is not as it was written, or was
// written by another version of rapporteur.
func Open(dir string) (*Reader, error) {
	s, err := openSnapshot(dir)
	if err != nil {
		return nil, err
	}
	return newReader(s), nil
}

func newReader(s *snapshot) *Reader {
	r := &Reader{snapshot: s}
	for to, iri := range map[*uint32]quad.IRI{
		&r.known.typ: predType, &r.known.name: predName, &r.known.prefLabel: predPrefLabel, &r.known.alternateName: predAlternateName,
		&r.known.altLabel: predAltLabel, &r.known.identifier: predIdentifier, &r.known.path: predPath, &r.known.url: predURL,
		&r.known.replacedBy: predReplacedBy, &r.known.startDate: predStartDate, &r.known.endDate: predEndDate, &r.known.published: predPublished,
		&r.known.mentions: predMentions, &r.known.about: predAbout, &r.known.inferredAbout: predInferredAbout,
		&r.known.spokeAt: predSpokeAt, &r.known.tookPartIn: predTookPartIn, &r.known.affiliated: predAffiliated,
		&r.known.spokeFor: predSpokeFor,
		&r.known.sameAs:   predSameAs, &r.known.membership: typeMembership, &r.known.member: predMember,
		&r.known.organization: predOrganization, &r.known.role: predRole, &r.known.label: predLabel,
		&r.known.said: predText, &r.known.person: entityType(kinds.Person), &r.known.organisation: entityType(kinds.Organisation),
		&r.known.country: entityType(kinds.Country), &r.known.topic: entityType(kinds.Topic),
	} {
		*to = s.id(iri)
	}
	return r
}

// Close frees the mapping. No question may be under way.
func (r *Reader) Close() error { return r.snapshot.close() }

// Size returns how many values and quads the snapshot has.
func (r *Reader) Size() (values, quads int) { return r.dict.n, r.n }

// PageKind stands for a page where a kind of entity stands for an entity.
const PageKind kinds.Kind = "page"

// Thing is an entity or a page of the graph.
type Thing struct {
	IRI  ingest.IRI
	Kind kinds.Kind // or PageKind
	Name string     // of a page its title
	Date string     // of a page
	Path string     // of a page
}

// Thing returns what the graph has under an IRI. Of one that was merged into another, that other.
func (r *Reader) Thing(iri ingest.IRI) (Thing, bool) {
	id := r.id(quad.IRI(iri))
	if to := r.object(id, r.known.replacedBy); to != 0 {
		id = to
	}
	return r.thing(id)
}

func (r *Reader) thing(id uint32) (Thing, bool) {
	kind := r.kind(id)
	if kind == "" {
		return Thing{}, false
	}
	t := Thing{IRI: r.iri(id), Kind: kind, Name: r.text(r.object(id, r.known.name))}
	if kind == PageKind {
		t.Path, t.Date = r.text(r.object(id, r.known.path)), r.date(id)
	}
	return t, true
}

// kind returns "" for what is neither an entity nor a page.
func (r *Reader) kind(id uint32) kinds.Kind {
	switch t := r.object(id, r.known.typ); {
	case t == 0:
		return ""
	case t == r.known.person:
		return kinds.Person
	case t == r.known.organisation:
		return kinds.Organisation
	case t == r.known.country:
		return kinds.Country
	case t == r.known.topic:
		return kinds.Topic
	}
	if r.object(id, r.known.path) != 0 {
		return PageKind
	}
	return ""
}

func (r *Reader) iri(id uint32) ingest.IRI { return ingest.IRI(r.text(id)) }

// date returns the date of a page, "" if it has none.
func (r *Reader) date(page uint32) string {
	if d := r.object(page, r.known.startDate); d != 0 {
		return r.text(d)
	}
	return r.text(r.object(page, r.known.published))
}

// endDate returns the last day of an event of several days, "" of anything else.
func (r *Reader) endDate(page uint32) string {
	if d := r.object(page, r.known.endDate); d != 0 {
		return r.text(d)
	}
	return ""
}

// Called returns what bears exactly the name, alias, title, code, path or live address, in order of IRI.
func (r *Reader) Called(name string) []Thing {
	var out []Thing
	for _, v := range []quad.Value{text(name), reference(name)} {
		obj := r.id(v)
		for _, p := range []uint32{r.known.name, r.known.prefLabel, r.known.alternateName, r.known.altLabel, r.known.identifier, r.known.path,
			r.known.url} {
			r.in(obj, p, func(s, _ uint32) {
				t, ok := r.thing(s)
				for _, o := range out {
					ok = ok && o.IRI != t.IRI
				}
				if ok {
					out = append(out, t)
				}
			})
		}
	}
	return out
}

// Names calls f with every name of every entity and the title of every page. A thing may come more than once.
func (r *Reader) Names(f func(t Thing, name string, alias bool)) {
	for _, p := range []uint32{r.known.name, r.known.alternateName, r.known.altLabel, r.known.identifier} {
		for l, i := r.with(predicate, p), 0; i < l.len(); i++ {
			s := r.columns[subject].at(l.place(i))
			kind := r.kind(s)
			if kind == "" {
				continue
			}
			t := Thing{IRI: r.iri(s), Kind: kind, Name: r.text(r.columns[object].at(l.place(i)))}
			name := t.Name
			if p != r.known.name {
				t.Name = r.text(r.object(s, r.known.name))
			}
			f(t, name, p != r.known.name)
		}
	}
}

// Involvement says how an entity stands on a page.
type Involvement uint8

// How a thing stands on a page.
const (
	Named    Involvement = 1 << iota // its text names the entity
	About                            // the page states the topic
	Inferred                         // the topic was inferred
	Spoke                            // the person speaks there
	TookPart                         // the person plays another part: author, attendee
)

// involved is one end of an edge between an entity and a page.
type involved struct {
	node uint32
	how  Involvement
}

// pagesOf returns the pages on which an entity stands, in order of their numbers (that of their IRIs).
func (r *Reader) pagesOf(entity uint32) []involved {
	var out []involved
	r.in(entity, r.known.mentions, func(s, page uint32) {
		if s == page { // a recommendation mentions too
			out = append(out, involved{s, Named})
		}
	})
	add := func(page uint32, how Involvement) { out = addInvolved(out, page, how) }
	r.in(entity, r.known.about, func(s, page uint32) {
		if s == page {
			add(s, About)
		}
	})
	r.in(entity, r.known.inferredAbout, func(s, _ uint32) { add(s, Inferred) })
	r.out(entity, r.known.spokeAt, func(o, _ uint32) { add(o, Spoke) })
	r.out(entity, r.known.tookPartIn, func(o, _ uint32) { add(o, TookPart) })
	return out
}

// on returns the entities that stand on a page, in order of their numbers.
func (r *Reader) on(page uint32) []involved {
	var out []involved
	r.out(page, r.known.mentions, func(o, _ uint32) { out = append(out, involved{o, Named}) })
	add := func(entity uint32, how Involvement) { out = addInvolved(out, entity, how) }
	r.out(page, r.known.about, func(o, _ uint32) { add(o, About) })
	r.out(page, r.known.inferredAbout, func(o, _ uint32) { add(o, Inferred) })
	r.in(page, r.known.spokeAt, func(s, _ uint32) { add(s, Spoke) })
	r.in(page, r.known.tookPartIn, func(s, _ uint32) { add(s, TookPart) })
	return out
}

// addInvolved keeps the list sorted by node.
func addInvolved(list []involved, node uint32, how Involvement) []involved {
	lo, hi := 0, len(list)
	for lo < hi {
		if m := (lo + hi) / 2; list[m].node < node {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(list) && list[lo].node == node {
		list[lo].how |= how
		return list
	}
	list = append(list, involved{})
	copy(list[lo+1:], list[lo:])
	list[lo] = involved{node, how}
	return list
}

// year returns the first four characters of a date.
func year(date string) string {
	y, _, _ := strings.Cut(date, "-")
	return y
}
