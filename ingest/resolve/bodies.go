package resolve

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode"

	"rapporteur/ingest/fold"
	"rapporteur/ingest/gazetteer"
	"rapporteur/ingest/kinds"
)

// joinBodies merges groups of organisations that name the same one.
func (r *resolver) joinBodies() {
	r.joinKnown()
	r.joinHeaded()
	r.joinSpellings()
	r.joinAcronyms()
	r.joinShortForms()
	r.joinDomains()
}

// joinAcronyms gives acronyms that stand alone to the names that they stand for.
func (r *resolver) joinAcronyms() {
	byInitials := map[string][]*group{}
	for _, g := range roots(r.bodies) {
		if n := g.name(); !isAcronym(n) && len(fold.Words(n)) > 1 {
			for _, initials := range initialisms(n) {
				byInitials[initials] = append(byInitials[initials], g)
			}
		}
	}
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
				if isAcronym(f) && stands(f, n) && (len([]rune(f)) > 2 || r.defines(g, n, f, len(byInitials[fold.Text(f)]) == 1)) {
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
	for _, g := range roots(r.bodies) {
		acronym := g.name()
		if !isAcronym(acronym) || g.own != "" && g.title != acronym {
			continue
		}
		full := defined[fold.Text(acronym)]
		switch {
		case len(full) == 1:
			for f, n := range full {
				if isBody(f.root()) || g.pages() <= 3*n || r.akin(g, f.root()) {
					merge(f, g)
				} else { // a method that one page abbreviates like a body that many pages name
					r.doubtSame(g, f.root(), fmt.Sprintf("Does %s stand for %s?", acronym, f.root().name()))
				}
			}
		case len(full) > 1:
			r.shareOut(g, full)
		default:
			candidates := byInitials[strings.ReplaceAll(fold.Text(acronym), ".", "")]
			if len(candidates) != 1 {
				continue
			}
			f := candidates[0]
			long := len([]rune(acronym))
			if f = f.root(); long >= 3 && (r.akin(g, f) || share(g, f) || (f.pages() > 1 || long > 3 || isBody(f)) &&
				(len(g.domains) == 0 || len(f.domains) == 0)) {
				merge(f, g)
			} else {
				r.doubtSame(g, f, fmt.Sprintf("Does %s stand for %s?", acronym, f.name()))
			}
		}
	}
}

// defines says whether a page writes an acronym directly after the name, or the name after the acronym. Two letters that merely
// stand on one page with a name that begins with them mean anything; where no other name fits them, two pages are enough.
func (r *resolver) defines(g *group, name, acronym string, only bool) bool {
	both := 0
	for _, at := range g.refs {
		for _, m := range r.records[at.page].Organisations[at.index].Mentions {
			if m.Text == acronym {
				both++
				break
			}
		}
		for _, x := range r.records[at.page].Acronyms {
			if x.Short == acronym && parseBody(x.Long).key() == parseBody(name).key() {
				return true
			}
		}
	}
	return only && both > 1
}

func note(m map[string]map[*group]int, acronym string, g *group, n int) {
	if isBody(g) {
		n *= 10 // what calls itself a department is likelier to be meant than what is called like a slogan
	}
	key := fold.Text(acronym)
	if m[key] == nil {
		m[key] = map[*group]int{}
	}
	m[key][g] += n
}

func isBody(g *group) bool {
	return slices.ContainsFunc(parseBody(g.name()).words, func(w string) bool { return kindWords[w] || bodyWords[w] })
}

// bodyWords are nouns that only bodies are named with, beside kindWords.
var bodyWords = fold.Set(`department ministry office agency authority commission committee university college school institution bank union
	federation confederation congress board bureau service police parliament assembly ombudsman court academy club party forum times news
	post`)

// initialisms are the acronyms that a name can have: of all its words, and of those that do not only link.
func initialisms(name string) []string {
	var all, content strings.Builder
	for _, w := range fold.Words(strings.ReplaceAll(name, "&", " and ")) {
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
	var from uint64
	for _, at := range g.refs {
		from += digests.ref(at)
	}
	return g.people.get(from, func() map[string]bool { return r.findPeopleOf(g) })
}

func (r *resolver) findPeopleOf(g *group) map[string]bool {
	out := map[string]bool{}
	for _, at := range g.refs {
		record := r.records[at.page]
		id := record.Organisations[at.index].ID
		for _, p := range record.People {
			for _, a := range p.Affiliations {
				if a.Organisation == id {
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
	one := newGroup(kinds.Organisation, from.keys[0])
	r.add(one, at.page, at.index, o)
	r.bodyAt[pointer{record, o.ID}] = one
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
			switch {
			case g.root() == other.root():
			case strings.Count(g.keys[0], " ")+strings.Count(other.keys[0], " ") > 1 || humped(g) || humped(other) || r.akin(g, other):
				merge(other, g)
			default:
				r.doubtSame(g, other, fmt.Sprintf("Are %s and %s the same?", g.name(), other.name()))
			}
			continue
		}
		joined[squashed] = g
	}
	r.joinUniversities()
	r.joinPrefixes()
	usedIn := map[string]int{} // how many names have a word
	var names []spelt
	for _, g := range roots(r.bodies) {
		s := spelt{group: g, words: parseBody(g.name()).words}
		s.key = strings.Join(s.words, " ")
		for _, w := range s.words {
			usedIn[w]++
		}
		if len(s.key) >= 8 && !isAcronym(g.name()) {
			names = append(names, s)
		}
	}
	for _, p := range misspellings(names) {
		if g, h := names[p.x], names[p.y]; g.group.root() != h.group.root() {
			r.joinMisspelt(g.group.root(), h.group.root(), g.words, h.words, usedIn)
		}
	}
}

// humped says whether a name of one word shows where its words begin, as "OpenAI" and "techUK" do.
func humped(g *group) bool {
	n := g.name()
	return !strings.Contains(n, " ") && strings.ContainsFunc(n[1:], unicode.IsUpper) && strings.ContainsFunc(n, unicode.IsLower)
}

// joinMisspelt merges two names of which one is the other misspelt: the names differ in one word, by one letter (two in a
// long word), and the odd word is the rarer and stands in no other name. Numbers and short words never count as misspelt.
func (r *resolver) joinMisspelt(g, h *group, a, b []string, usedIn map[string]int) {
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
	plural := x+"s" == y || y+"s" == x
	if min(len(x), len(y)) < 5 && !(plural && len(a) > 2 && min(len(x), len(y)) == 4) || strings.ContainsAny(x+y, "0123456789") ||
		distance(x, y, limit) > limit {
		return
	}
	rare, common := g, h
	if rare.pages() > common.pages() {
		rare, common = common, rare
	}
	word := x
	if rare == h {
		word = y
	}
	if plural && len(a) > 1 {
		merge(common, rare)
		return
	}
	typo := usedIn[word] <= 1 && rare.pages() <= 2 && x[0] == y[0]
	if len(a) > 1 && typo || r.akin(g, h) && (typo || !share(g, h)) {
		merge(common, rare)
		return
	}
	r.doubtSame(g, h, fmt.Sprintf("Are %s and %s the same, one of them misspelt?", g.name(), h.name()))
}

// twoUniversities are the places where "University of X" and "X University" are two.
var twoUniversities = fold.Set(`york washington miami boston indiana ohio georgia michigan arizona florida colorado oregon utah texas
	illinois iowa kansas pennsylvania houston denver charleston new`)

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

// plainWords are those that names of many bodies begin with; what is left of a name after them tells no one body.
var plainWords = fold.Set(`royal national european british american african asian australian canadian indian irish scottish welsh english
	world global international federal central general public social new great united nations
	open data digital science research economic human local community civil state regional city county uk us eu un`)

// dropped are words that a name's end loses in use.
var dropped = fold.Set(`foundation institute initiative society network ltd limited partnership trust party`)

// joinPrefixes merges a name with the one longer name of the site that goes on with "for" where it ends ("Bennett
// Institute", "Bennett Institute for ..."), and a department with the same one called of the UK.
func (r *resolver) joinPrefixes() {
	list := roots(r.bodies)
	longer := map[string][]*group{}
	for _, g := range list {
		written := fold.Words(spellings.Replace(fold.Text(g.name())))
		for i := 2; i < len(written)-1; i++ {
			if w := written[i]; w == "for" && (kindWords[written[i-1]] || bodyWords[written[i-1]]) {
				head := strings.Join(without(written[:i], linking), " ")
				longer[head] = append(longer[head], g)
				break
			}
		}
		if len(written) > 2 && written[0] == "uk" && (bodyWords[written[1]] || bodyWords[written[2]]) {
			if home := r.bodyByKey[strings.Join(without(written[1:], linking), " ")]; home != nil && home.root() != g.root() {
				merge(home, g)
			}
		}
	}
	for _, g := range list { // "Aapti", where the site has one "Aapti Institute": a word that is no other word is enough
		w := parseBody(g.name()).words
		if n := len(w) - 1; n > 0 && dropped[w[n]] && (n > 1 || r.words.Word(w[0])&(gazetteer.Common|gazetteer.Forename|gazetteer.Surname) == 0) {
			longer[strings.Join(w[:n], " ")] = append(longer[strings.Join(w[:n], " ")], g)
		}
	}
	for _, head := range sortedKeys(longer) {
		short := r.bodyByKey[head]
		w := strings.Fields(head)
		if short == nil || len(longer[head]) != 1 || short.root() == longer[head][0].root() {
			continue
		}
		if plain := plainWords[w[0]] || bodyWords[w[0]] || kindWords[w[0]]; plain {
			continue
		}
		long := longer[head][0].root()
		// one sentence has both: the company and its foundation
		if !strings.Contains(fold.Text(long.name()), " for ") && r.beside(short.root(), long) {
			r.doubtSame(long, short.root(), fmt.Sprintf("Are %s and %s the same?", long.name(), short.root().name()))
			continue
		}
		if strings.Contains(head, " ") || short.root().pages()*3 <= long.pages() || r.akin(short.root(), long) {
			merge(long, short)
		} else {
			r.doubtSame(long, short.root(), fmt.Sprintf("Are %s and %s the same?", long.name(), short.root().name()))
		}
	}
}

// kindWords say what sort of body a name is of; leaving one off is a usual way to shorten a name.
var kindWords = fold.Set(`foundation institute initiative network project group team trust charity organization association society company
	council center lab labs fund programme program partnership coalition alliance party uk international global`)
