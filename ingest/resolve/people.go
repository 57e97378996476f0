package resolve

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/kinds"
)

// how two people's names go together.
type likeness int

const (
	unlike   likeness = iota
	fuller            // one has a middle name, an initial of it, or a particle more
	longer            // one has a family name more
	initials          // one has initials where the other has given names
	nickname          // one has a short form of the given name
	misspelt          // they differ by a letter
)

// compare says how two names go together. Both must be full names.
func (r *resolver) compare(a, b personName) likeness {
	x, y := without(a.words, particles), without(b.words, particles)
	if len(x) < 2 || len(y) < 2 {
		x, y = a.words, b.words
	}
	if slices.Equal(x, y) {
		return fuller
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	if x[len(x)-1] == y[len(y)-1] { // one family name
		switch {
		case x[0] == y[0] && middles(x[1:len(x)-1], y[1:len(y)-1]):
			return fuller
		case a.nick != "" && a.nick == b.first() || b.nick != "" && b.nick == a.first():
			return fuller
		case abbreviates(x[:len(x)-1], y[:len(y)-1]) || abbreviates(y[:len(y)-1], x[:len(x)-1]):
			return initials
		case len(x) == 2 && len(y) > 2 && slices.Contains(y[1:len(y)-1], x[0]) && len(x[0]) > 2:
			return longer // known by the second given name
		case len(x) == len(y) && slices.Equal(x[1:], y[1:]) && r.sameNickname(x[0], y[0]):
			return nickname
		}
	}
	if x[0] == y[0] && len(x)+1 == len(y) && subsequence(x, y) {
		return longer
	}
	if len(x) == len(y) && oneLetter(x, y) && (x[0] == y[0] || !r.isForename(x[0]) || !r.isForename(y[0])) {
		return misspelt
	}
	return unlike
}

func (r *resolver) isForename(w string) bool {
	return r.nicknames[w] != nil || r.words.Word(w)&gazetteer.Forename != 0
}

// middles says whether the middle names of the shorter name are those of the longer one, some left out or as initials.
func middles(short, long []string) bool {
	i := 0
	for _, w := range long {
		if i < len(short) && (short[i] == w || len(short[i]) == 1 && strings.HasPrefix(w, short[i]) ||
			len(w) == 1 && strings.HasPrefix(short[i], w)) {
			i++
		}
	}
	return i == len(short)
}

// abbreviates says whether short has initials of long's given names, the first at least, and otherwise the same words.
func abbreviates(short, long []string) bool {
	if len(short) == 0 || len(long) == 0 || len(short[0]) != 1 || len(long[0]) == 1 {
		return false
	}
	for i, w := range short {
		if i < len(long) && !strings.HasPrefix(long[i], w) || len(w) != 1 && (i == 0 || i >= len(long) || w != long[i]) {
			return false
		}
	}
	return true
}

// sameNickname says whether one given name is a short form of the other. Two short forms of one name, such as Mick and
// Mike, are two people's.
func (r *resolver) sameNickname(a, b string) bool {
	return slices.Contains(r.nicknames[a], b) || slices.Contains(r.nicknames[b], a)
}

// oneLetter says whether names of as many words differ by one letter of one word. Short words and first letters are
// hardly ever misspelt, and given names that differ in their last vowel are two names.
func oneLetter(x, y []string) bool {
	odd := -1
	for i := range x {
		if x[i] != y[i] {
			if odd >= 0 {
				return false
			}
			odd = i
		}
	}
	if odd < 0 || min(len(x[odd]), len(y[odd])) < 4 || x[odd][0] != y[odd][0] {
		return false
	}
	a, b := x[odd], y[odd]
	if odd == 0 && len(a) == len(b) && a[:len(a)-1] == b[:len(b)-1] {
		return false // Maria and Marie, Carlo and Carla
	}
	return distance(a, b, 1) == 1
}

// joinPeers merges who is known by title and family name with the one person of the site who has that family name.
func (r *resolver) joinPeers() {
	families := map[string][]*group{}
	for _, g := range roots(r.people) {
		if n := parsePerson(g.name()); n.full() {
			families[n.last()] = append(families[n.last()], g)
			if w := n.words; len(w) > 2 {
				families[w[len(w)-2]+" "+n.last()] = append(families[w[len(w)-2]+" "+n.last()], g)
			}
		}
	}
	titled := map[string]int{} // by family name: how many of lord and lady it has
	for _, g := range roots(r.people) {
		if family := familyOf(g); family != "" {
			titled[family]++
		}
	}
	for _, g := range roots(r.people) {
		family := familyOf(g)
		if family == "" || len(families[family]) != 1 {
			continue
		}
		other := families[family][0].root()
		if w := parsePerson(other.name()).words; !strings.Contains(family, " ") && len(w) > 2 && len(w[len(w)-2]) > 1 &&
			!r.isForename(w[len(w)-2]) && !particles[w[len(w)-2]] {
			// a double surname: Lord Roe is not Jane Poe Roe
			r.doubtSame(g, other, fmt.Sprintf("Are %s and %s the same person?", g.name(), other.name()))
			continue
		}
		stranger := r.noble(g) && !r.noble(other) && len(other.bodies) > 0 && !overlapping(g.bodies, other.bodies)
		if titled[family] < 2 && (strings.Contains(family, " ") || !stranger && (share(g, other) || r.linked(g, other))) {
			merge(other, g)
		} else {
			r.doubtSame(g, other, fmt.Sprintf("Are %s and %s the same person?", g.name(), other.name()))
		}
	}
}

// What the keys of people begin with who are known by title and family name.
const (
	lord = "lord "
	lady = "lady "
)

// familyOf is the family name of somebody known by it and a title alone; else "".
func familyOf(g *group) string {
	for _, title := range []string{lord, lady} {
		if family, ok := strings.CutPrefix(g.keys[0], title); ok {
			return family
		}
	}
	return ""
}

// noble reports whether somebody has a title of the peerage on some page, in the name or before it: "Lord Roe", "Baroness Jane Roe".
func (r *resolver) noble(g *group) bool {
	for name := range g.names {
		if first, _, _ := strings.Cut(fold.Text(name), " "); peers[first] {
			return true
		}
	}
	for _, at := range g.refs {
		record := r.records[at.page]
		for _, m := range record.People[at.index].Mentions {
			before := fold.Words(record.Text[max(0, m.Start-24):m.Start])
			if n := len(before); n > 0 && peers[before[n-1]] {
				return true
			}
		}
	}
	return false
}

// overlapping reports whether two people have an organisation in common.
func overlapping(a, b map[*group]int) bool {
	for o := range a {
		if b[o.root()] > 0 || b[o] > 0 {
			return true
		}
	}
	return false
}

// namesakesMost is how many of the names that share a first name, or a surname, each is compared with: the next ones in
// order of spelling. No site comes near to it, but a list of all voters would.
const namesakesMost = 100

// joinAliases merges people with those whom pages call by another name that a page says they have.
func (r *resolver) joinAliases() {
	byKey := map[string][]*group{}
	for _, g := range roots(r.people) {
		byKey[g.keys[0]] = append(byKey[g.keys[0]], g)
	}
	for _, g := range roots(r.people) {
		for _, at := range g.refs {
			for _, alias := range r.records[at.page].People[at.index].Aliases {
				g.root().aliases = append(g.root().aliases, alias)
				if others := byKey[r.person(alias).key()]; len(others) == 1 && !r.opposed(g.root(), others[0].root()) {
					merge(g, others[0])
				}
			}
		}
	}
}

// beside says whether a page names two people, or bodies, next to each other: in one block, or in items or fields of one
// list. What stands so is two.
func (r *resolver) beside(a, b *group) bool {
	for _, x := range a.refs {
		for _, y := range b.refs {
			if x.page != y.page {
				continue
			}
			p, _ := r.reference(place{x, a.kind})
			q, _ := r.reference(place{y, b.kind})
			for _, m := range p.Mentions {
				for _, n := range q.Mentions {
					if next(r.records[x.page], m.Start, n.Start) {
						return true
					}
				}
			}
		}
	}
	return false
}

func next(record *ingest.Record, x, y int) bool {
	i, j := blockOf(record, x), blockOf(record, y)
	if i < 0 || j < 0 {
		return false
	}
	a, b := &record.Blocks[i], &record.Blocks[j]
	switch {
	case i == j:
		return true
	case a.Kind == ingest.FieldBlock && b.Kind == ingest.FieldBlock:
		f, g, ok := strings.Cut(a.Key, ".")
		return ok && g != "" && strings.HasPrefix(b.Key, f+".")
	}
	return a.List > 0 && a.List == b.List
}

func blockOf(record *ingest.Record, at int) int {
	i := sort.Search(len(record.Blocks), func(i int) bool { return record.Blocks[i].End > at })
	if i == len(record.Blocks) || record.Blocks[i].Start > at {
		return -1
	}
	return i
}

// joinPeople merges groups whose names are variants of one.
func (r *resolver) joinPeople() {
	r.joinAliases()
	r.joinPeers()
	list := roots(r.people)
	blocks := map[string][]*group{}
	names := map[*group]personName{}
	for _, g := range list {
		n := parsePerson(g.name())
		if !n.full() {
			continue
		}
		names[g] = n
		keys := map[string]bool{"$" + n.last(): true}
		if len(n.first()) > 1 {
			keys["^"+n.first()] = true
		}
		for k := range keys {
			blocks[k] = append(blocks[k], g)
		}
	}
	type pair struct {
		a, b *group
		how  likeness
	}
	var pairs []pair
	type variant struct {
		*group
		how likeness
	}
	fits := map[variant][]*group{} // what a shorter or rarer form of a name may stand for
	seen := map[[2]*group]bool{}
	for _, k := range sortedKeys(blocks) {
		for i, a := range blocks[k] {
			for _, b := range blocks[k][i+1 : min(i+1+namesakesMost, len(blocks[k]))] {
				if seen[[2]*group{a, b}] || a.root() == b.root() {
					continue
				}
				seen[[2]*group{a, b}] = true
				if how := r.compare(names[a], names[b]); how != unlike {
					pairs = append(pairs, pair{a, b, how})
					short, full := a, b
					switch {
					case how == initials && len(names[a].first()) > 1, how == misspelt && a.pages() > b.pages(),
						how != initials && how != misspelt && len(names[a].words) > len(names[b].words):
						short, full = b, a
					}
					fits[variant{short, how}] = append(fits[variant{short, how}], full)
				}
			}
		}
	}
	slices.SortStableFunc(pairs, func(p, q pair) int { return int(p.how) - int(q.how) })
	for _, p := range pairs {
		a, b := p.a.root(), p.b.root()
		if a == b {
			continue
		}
		linked, against := r.linked(a, b), r.opposed(a, b)
		usual := usualSurnames[names[p.a].last()]
		only := r.oneOf(fits[variant{p.a, p.how}], names) && r.oneOf(fits[variant{p.b, p.how}], names)
		var ok bool
		switch p.how {
		case fuller:
			ok = !against && (only || linked)
		case nickname:
			ok = !against && only && !usual || linked
		case initials:
			ok = linked && only || only && !against && (len(a.bodies) == 0 || len(b.bodies) == 0)
		case longer:
			ok = linked && !share(a, b)
		case misspelt:
			ok = linked || only && !against && min(a.pages(), b.pages()) == 1 &&
				(max(a.pages(), b.pages()) > 1 || len(names[p.a].last()) > 5 && names[p.a].first() == names[p.b].first())
		}
		if share(a, b) && (p.how == longer || p.how == nickname) {
			// A page that names both means two people, unless it says the whole name once and a part of it later.
			ok = ok && p.how == nickname && !r.beside(a, b) || strings.HasPrefix(names[p.a].key()+" ", names[p.b].key()+" ") ||
				strings.HasPrefix(names[p.b].key()+" ", names[p.a].key()+" ")
		}
		if ok && merge(a, b) {
			continue
		}
		r.doubtSame(a, b, fmt.Sprintf("Are %s and %s the same person?", a.name(), b.name()))
	}
}

// oneOf says whether the names that a shorter name may stand for are all forms of one.
func (r *resolver) oneOf(list []*group, names map[*group]personName) bool {
	for i, a := range list {
		for _, b := range list[i+1:] {
			if a.root() != b.root() && r.compare(names[a], names[b]) != fuller {
				return false
			}
		}
	}
	return true
}

// linked says whether something beside the names ties two people: an organisation, an address on the web, or a third
// person who is not on pages of every kind.
func (r *resolver) linked(a, b *group) bool {
	for o := range a.bodies {
		if b.bodies[o.root()] > 0 || b.bodies[o] > 0 {
			return true
		}
	}
	for d := range a.domains {
		if b.domains[d] > 0 {
			return true
		}
	}
	with := r.companions(a)
	n := 0
	for p := range r.companions(b) {
		if with[p] {
			n++
		}
	}
	return n >= 2
}

// opposed says whether what is known of two people speaks against their being one: walks of life that no one person has.
// Different organisations say little, since people move.
func (r *resolver) opposed(a, b *group) bool {
	x, y := r.whole(a), r.whole(b)
	return x.opposes(y)
}

// whole is all that is known of a group, made anew when the group has grown. It is not to be changed.
func (r *resolver) whole(g *group) *cluster {
	if g.all == nil || len(g.all.refs) != len(g.refs) {
		g.all = newCluster()
		for _, at := range g.refs {
			g.all.take(r.cluster(at))
		}
	}
	return g.all
}

// usualSurnames are so frequent that a short given name is not enough to tell who is meant.
var usualSurnames = fold.Set(`smith jones williams brown taylor davies davis wilson evans thomas johnson roberts walker wright robinson
	thompson white hughes edwards green hall wood harris
	martin jackson clarke clark turner hill scott cooper morris ward moore king lee khan patel singh kumar ali ahmed hussain miller anderson
	lewis garcia rodriguez martinez hernandez lopez
	gonzalez perez sanchez silva santos wang li zhang chen liu kim park nguyen tran murphy kelly obrien ryan campbell stewart macdonald young
	allen baker adams mitchell carter`)

// crowd is how many people a page names at most for it to say who belongs together: one that names more is a register.
const crowd = 500

// companions are the people of a group's pages who are on few pages besides.
func (r *resolver) companions(g *group) map[string]bool {
	out := map[string]bool{}
	for _, at := range g.refs {
		if len(r.records[at.page].People) > crowd {
			continue
		}
		for _, p := range r.records[at.page].People {
			if n := r.person(p.Name); n.full() && r.appearances[n.key()]*20 < len(r.records)+60 {
				out[n.key()] = true
			}
		}
	}
	return out
}

// countAppearances notes on how many pages each name stands.
func (r *resolver) countAppearances() {
	r.appearances = map[string]int{}
	for _, g := range r.people {
		if g.kind == kinds.Person {
			r.appearances[g.keys[0]] += g.pages()
		}
	}
}
