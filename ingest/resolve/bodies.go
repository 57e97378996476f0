package resolve

import (
	"fmt"
	"sort"
	"strings"

	"rapporteur/ingest"
)

// joinBodies merges groups of organisations that name the same one.
func (r *resolver) joinBodies() {
	r.joinAcronyms()
	r.joinShortForms()
	r.joinSpellings()
	r.joinDomains()
}

// joinAcronyms gives acronyms that stand alone to the names that they stand for.
func (r *resolver) joinAcronyms() {
	defined := map[string]map[*group]int{} // by pages that use both
	for _, g := range roots(r.bodies) {
		for _, n := range sortedKeys(g.names) {
			if given := parseBody(n).given; given != "" {
				note(defined, given, g, 1)
			}
			if isAcronym(n) {
				continue
			}
			for _, f := range sortedKeys(g.forms) {
				if isAcronym(f) && stands(f, n) {
					note(defined, f, g, g.forms[f])
				}
			}
			for _, a := range g.aliases {
				if isAcronym(a) {
					note(defined, a, g, 100)
				}
			}
		}
	}
	byInitials := map[string][]*group{}
	for _, g := range roots(r.bodies) {
		if n := g.name(); !isAcronym(n) && len(words(n)) > 1 {
			for _, initials := range initialisms(n) {
				byInitials[initials] = append(byInitials[initials], g)
			}
		}
	}
	for _, g := range roots(r.bodies) {
		acronym := g.name()
		if !isAcronym(acronym) || g.own != "" && g.title != acronym {
			continue
		}
		full := defined[fold(acronym)]
		switch {
		case len(full) == 1:
			for f := range full {
				merge(f, g)
			}
		case len(full) > 1:
			r.shareOut(g, full)
		default:
			candidates := byInitials[strings.ReplaceAll(fold(acronym), ".", "")]
			if len(candidates) != 1 {
				continue
			}
			f := candidates[0]
			if len([]rune(acronym)) >= 3 && (r.akin(g, f) || share(g, f) || len([]rune(acronym)) >= 4) {
				merge(f, g)
			} else {
				r.doubtSame(g, f, fmt.Sprintf("Does %s stand for %s?", acronym, f.name()))
			}
		}
	}
}

func note(m map[string]map[*group]int, acronym string, g *group, n int) {
	key := fold(acronym)
	if m[key] == nil {
		m[key] = map[*group]int{}
	}
	m[key][g] += n
}

// initialisms are the acronyms that a name can have: of all its words, and of those that do not only link.
func initialisms(name string) []string {
	var all, content strings.Builder
	for _, w := range words(fold(strings.ReplaceAll(name, "&", " and "))) {
		first := []rune(w)[:1]
		all.WriteString(string(first))
		if !linking[w] {
			content.WriteString(string(first))
		}
	}
	if all.String() == content.String() {
		return []string{all.String()}
	}
	return []string{content.String(), all.String()}
}

// akin says whether two groups have more than their names in common: a domain, or a person.
func (r *resolver) akin(a, b *group) bool {
	for d := range a.domains {
		if b.domains[d] > 0 {
			return true
		}
	}
	people := r.peopleOf(a)
	for p := range r.peopleOf(b) {
		if people[p] {
			return true
		}
	}
	return false
}

// peopleOf are the names of those who stand for an organisation.
func (r *resolver) peopleOf(g *group) map[string]bool {
	out := map[string]bool{}
	for _, at := range g.refs {
		record := r.records[at.page]
		name := record.Organisations[at.index].Name
		for _, p := range record.People {
			for _, a := range p.Affiliations {
				if a.Organisation == name {
					if n := parsePerson(p.Name); n.full() {
						out[n.key()] = true
					}
				}
			}
		}
	}
	return out
}

// shareOut deals with an acronym of several bodies: each page's goes to the body that the page has most to do with; what no
// page decides goes to the body that the site means almost always, or stays by itself with a doubt.
func (r *resolver) shareOut(g *group, full map[*group]int) {
	var candidates []*group
	total := 0
	for c, n := range full {
		candidates = append(candidates, c)
		total += n
	}
	sort.Slice(candidates, func(i, j int) bool {
		if full[candidates[i]] != full[candidates[j]] {
			return full[candidates[i]] > full[candidates[j]]
		}
		return before(candidates[i], candidates[j])
	})
	left := g.refs[:0:0]
	for _, at := range g.refs {
		var best *group
		most, tie := 0, false
		for _, c := range candidates {
			n := r.context(at, c)
			if n > most {
				best, most, tie = c, n, false
			} else if n == most && n > 0 {
				tie = true
			}
		}
		if best == nil || tie {
			if full[candidates[0]]*5 < total*4 {
				left = append(left, at)
				continue
			}
			best = candidates[0]
		}
		r.move(g, at, best)
	}
	g.refs = left
	if len(left) == 0 {
		g.into = candidates[0].root()
		return
	}
	for _, c := range candidates {
		r.doubtSame(g, c, fmt.Sprintf("Which body is %s where no page says it: %s?", g.name(), c.name()))
	}
}

// move takes a reference out of one group into another.
func (r *resolver) move(from *group, at ref, to *group) {
	record := r.records[at.page]
	o := record.Organisations[at.index]
	one := newGroup(ingest.Organisation, from.keys[0])
	r.add(one, at.page, at.index, o)
	r.bodyAt[record.Path+"\t"+o.Name] = one
	r.bodies = append(r.bodies, one)
	merge(to, one)
}

// context counts what a reference's page shares with the pages of a group: people of the page who stand for the group
// elsewhere, and links to its domains.
func (r *resolver) context(at ref, g *group) int {
	n := 0
	people := r.peopleOf(g)
	for _, p := range r.records[at.page].People {
		if people[parsePerson(p.Name).key()] {
			n += 2
		}
	}
	for _, l := range r.records[at.page].Links {
		if id, _ := identity(l.Target); id != "" && g.domains[id] > 0 {
			n++
		}
	}
	for _, other := range g.refs {
		if other.page == at.page {
			n += 5
		}
	}
	return n
}

// joinShortForms merges a name with a shorter form of it that pages use for it ("the Turing Institute"). A single word is
// too little to go by.
func (r *resolver) joinShortForms() {
	long := map[string]map[*group]int{}
	for _, g := range roots(r.bodies) {
		for _, f := range sortedKeys(g.forms) {
			if key := parseBody(f).key(); strings.Contains(key, " ") && r.bodyByKey[key] != nil && r.bodyByKey[key].root() != g {
				note(long, key, g, g.forms[f])
			}
		}
	}
	for _, key := range sortedKeys(long) {
		short := r.bodyByKey[key].root()
		if len(long[key]) != 1 {
			continue
		}
		for g := range long[key] {
			if g = g.root(); g == short {
				continue
			}
			if subsequence(strings.Fields(key), parseBody(g.name()).words) && !share(short, g) {
				merge(g, short)
			} else {
				r.doubtSame(short, g, fmt.Sprintf("Are %s and %s the same?", short.name(), g.name()))
			}
		}
	}
}

// joinSpellings merges names that differ as spellings of one name do: words joined or apart, "University of X" and
// "X University", a letter wrong.
func (r *resolver) joinSpellings() {
	joined := map[string]*group{}
	list := roots(r.bodies)
	for _, g := range list {
		squashed := strings.ReplaceAll(g.keys[0], " ", "")
		if other := joined[squashed]; other != nil {
			if g.root() != other.root() {
				merge(other, g)
			}
			continue
		}
		joined[squashed] = g
	}
	r.joinUniversities()
	usedIn := map[string]int{} // how many names have a word
	blocks := map[string][]*group{}
	for _, g := range roots(r.bodies) {
		key := parseBody(g.name()).key()
		for _, w := range strings.Fields(key) {
			usedIn[w]++
		}
		if len(key) >= 8 && !isAcronym(g.name()) {
			blocks["^"+key[:3]] = append(blocks["^"+key[:3]], g)
			blocks["$"+key[len(key)-3:]] = append(blocks["$"+key[len(key)-3:]], g)
		}
	}
	for _, b := range sortedKeys(blocks) {
		block := blocks[b]
		for i, g := range block {
			for _, h := range block[i+1:] {
				if g.root() != h.root() {
					r.joinMisspelt(g.root(), h.root(), usedIn)
				}
			}
		}
	}
}

// joinMisspelt merges two names of which one is the other misspelt: the names differ in one word, by one letter (two in a
// long word), and the odd word is the rarer and stands in no other name. Numbers and short words never count as misspelt.
func (r *resolver) joinMisspelt(g, h *group, usedIn map[string]int) {
	a, b := parseBody(g.name()).words, parseBody(h.name()).words
	if len(a) != len(b) {
		return
	}
	odd := -1
	for i := range a {
		if a[i] != b[i] {
			if odd >= 0 {
				return
			}
			odd = i
		}
	}
	if odd < 0 {
		return
	}
	x, y := a[odd], b[odd]
	limit := 1
	if len(x) >= 9 {
		limit = 2
	}
	if len(x) < 5 || len(y) < 5 || strings.ContainsAny(x+y, "0123456789") || distance(x, y, limit) > limit {
		return
	}
	plural := x+"s" == y || y+"s" == x
	rare, common := g, h
	if rare.pages() > common.pages() {
		rare, common = common, rare
	}
	word := x
	if rare == h {
		word = y
	}
	if (plural && len(a) > 1 || usedIn[word] <= 1 && rare.pages() <= 2 && x[0] == y[0]) && (len(a) > 1 || r.akin(g, h)) && !share(g, h) || r.akin(g, h) && !share(g, h) {
		merge(common, rare)
		return
	}
	r.doubtSame(g, h, fmt.Sprintf("Are %s and %s the same, one of them misspelt?", g.name(), h.name()))
}

// twoUniversities are the places where "University of X" and "X University" are two.
var twoUniversities = wordSet(`york washington miami boston indiana ohio georgia michigan arizona florida colorado oregon utah texas illinois iowa kansas pennsylvania houston denver charleston new`)

func (r *resolver) joinUniversities() {
	byPlace := map[string]*group{}
	for _, g := range roots(r.bodies) {
		w := strings.Fields(g.keys[0])
		if len(w) != 2 || w[0] != "university" && w[1] != "university" {
			continue
		}
		place := w[0]
		if place == "university" {
			place = w[1]
		}
		if twoUniversities[place] {
			continue
		}
		if other := byPlace[place]; other != nil {
			merge(other, g)
			continue
		}
		byPlace[place] = g
	}
}

// kindWords say what sort of body a name is of; leaving one off is a usual way to shorten a name.
var kindWords = wordSet(`foundation institute initiative network project group team trust charity organization association society company council center lab labs fund programme program partnership coalition alliance uk international global`)

// joinDomains merges names that link to one place on the web and are the same but for a word such as "Foundation". A place
// shared by bodies of other names (a university and its institutes) says nothing.
func (r *resolver) joinDomains() {
	at := map[string][]*group{}
	for _, g := range roots(r.bodies) {
		for _, d := range sortedKeys(g.domains) {
			at[d] = append(at[d], g)
		}
	}
	for _, d := range sortedKeys(at) {
		list := at[d]
		for i, g := range list {
			for _, h := range list[i+1:] {
				a, b := g.root(), h.root()
				if a == b {
					continue
				}
				short, long := parseBody(a.name()), parseBody(b.name())
				if len(short.words) > len(long.words) {
					short, long = long, short
				}
				switch {
				case short.acronym != "" && stands(short.acronym, strings.Join(long.words, " ")):
					merge(a, b)
				case len(short.words) < len(long.words) && subsequence(short.words, long.words):
					extra := without(long.words, wordSet(strings.Join(short.words, " ")))
					if len(extra) == 1 && kindWords[extra[0]] && extra[0] != "uk" && extra[0] != "international" && extra[0] != "global" && !share(a, b) {
						merge(a, b)
					} else if len(extra) <= 2 {
						r.doubtSame(a, b, fmt.Sprintf("Are %s and %s, which link to %s, the same?", a.name(), b.name(), d))
					}
				}
			}
		}
	}
}
