package resolve

import (
	"cmp"
	"net/url"
	"slices"
	"sort"
	"strings"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/kinds"

	"golang.org/x/net/publicsuffix"
)

// ref is one reference of one page: the record's place in the resolver's list, and the reference's place in its list.
type ref struct{ page, index int }

// group is a set of references that are taken for the same thing. It starts as the references of one spelling; merging
// makes groups larger, splitting makes several of one.
type group struct {
	kind    kinds.Kind
	keys    []string       // the spellings, the first being that it started with
	refs    []ref          // by page
	names   map[string]int // the references' names, and how many references have each
	forms   map[string]int // texts of mentions
	own     string         // path of the site's own page about it
	title   string         // of that page
	known   string         // the name by which everybody knows it
	domains map[string]int // registrable domains, and paths below shared ones, that its mentions link to
	homes   map[string]int // the addresses themselves
	bodies  map[*group]int // of a person: organisations stood for
	into    *group         // what it was merged into
	apart   map[*group]bool
	all     *cluster // what its references tell, together
	fixed   string   // the name that people decided on
	aliases []string // that people gave it
	sameAs  []string
	mark    string // of a namesake: what tells it from the other, for its IRI
	decided bool   // people took it apart from its namesake
	iri     ingest.IRI
	called  remembered[string]          // name
	people  remembered[map[string]bool] // resolver.peopleOf
}

func newGroup(kind kinds.Kind, key string) *group {
	return &group{kind: kind, keys: []string{key}, names: map[string]int{}, forms: map[string]int{}, domains: map[string]int{},
		homes: map[string]int{}, bodies: map[*group]int{}, apart: map[*group]bool{}}
}

// root is the group that a group has become part of.
func (g *group) root() *group {
	for g.into != nil {
		g = g.into
	}
	return g
}

// merge puts b into a, unless people said that they are different. It reports whether they are one now.
func merge(a, b *group) bool {
	a, b = a.root(), b.root()
	if a == b {
		return true
	}
	if a.apart[b] || b.apart[a] || a.own != "" && b.own != "" {
		return false
	}
	if b.own != "" || a.own == "" && len(b.refs) > len(a.refs) {
		a, b = b, a
	}
	b.into = a
	a.keys = append(a.keys, b.keys...)
	a.refs = append(a.refs, b.refs...)
	sort.Slice(a.refs, func(i, j int) bool {
		return a.refs[i].page < a.refs[j].page || a.refs[i].page == a.refs[j].page && a.refs[i].index < a.refs[j].index
	})
	for _, m := range [][2]map[string]int{{a.names, b.names}, {a.forms, b.forms}, {a.domains, b.domains}, {a.homes, b.homes}} {
		for k, n := range m[1] {
			m[0][k] += n
		}
	}
	for o, n := range b.bodies {
		a.bodies[o] += n
	}
	for o := range b.apart {
		a.apart[o] = true
		o.apart[a] = true
	}
	if a.own == "" {
		a.own, a.title = b.own, b.title
	}
	a.fixed, a.known = cmp.Or(a.fixed, b.fixed), cmp.Or(a.known, b.known)
	a.aliases = append(a.aliases, b.aliases...)
	a.sameAs = append(a.sameAs, b.sameAs...)
	return true
}

// pages counts the pages of a group.
func (g *group) pages() int {
	n, last := 0, -1
	for _, r := range g.refs {
		if r.page != last {
			n++
		}
		last = r.page
	}
	return n
}

// share says whether two groups stand on one page.
func share(a, b *group) bool {
	i, j := 0, 0
	for i < len(a.refs) && j < len(b.refs) {
		switch p, q := a.refs[i].page, b.refs[j].page; {
		case p == q:
			return true
		case p < q:
			i++
		default:
			j++
		}
	}
	return false
}

// roots lists the groups that were not merged into others, in the order of their first spelling.
func roots(groups []*group) []*group {
	var out []*group
	for _, g := range groups {
		if g.into == nil {
			out = append(out, g)
		}
	}
	sort.Slice(out, func(i, j int) bool { return before(out[i], out[j]) })
	return out
}

// before is the order in which groups get their names: that of the site's own pages, then of their first page.
func before(a, b *group) bool {
	if (a.own != "") != (b.own != "") {
		return a.own != ""
	}
	if len(a.refs) > 0 && len(b.refs) > 0 && a.refs[0] != b.refs[0] {
		return a.refs[0].page < b.refs[0].page || a.refs[0].page == b.refs[0].page && a.refs[0].index < b.refs[0].index
	}
	return a.keys[0] < b.keys[0]
}

// name is the name to show: the one decided on, the site's own page's, else the one that most references give. Forms in
// capitals, handles, acronyms of a known name and bare surnames give way to others.
func (g *group) name() string {
	from := digests.text(g.fixed) ^ 3*digests.text(g.title) ^ 5*digests.text(g.known)
	for n, references := range g.names {
		from += digests.text(n) * uint64(2*references+1)
	}
	return g.called.get(from, g.findName)
}

func (g *group) findName() string {
	if g.fixed != "" {
		return g.fixed
	}
	if g.title != "" {
		if g.kind == kinds.Organisation {
			return strings.TrimSpace(acronymInBrackets.ReplaceAllString(g.title, ""))
		}
		return g.title
	}
	if g.names[g.known] > 0 {
		return g.known
	}
	best, most := "", 0
	list := sortedKeys(g.names)
	forms := make([]nameForm, len(list))
	for i, n := range list {
		forms[i] = formOf(n)
	}
	for i, n := range list {
		weight := g.names[n]*10 - g.flaws(&forms[i], forms)
		if weight > most || best == "" {
			best, most = n, weight
		}
	}
	if g.known != "" && (len(strings.ReplaceAll(best, ".", "")) <= 2 || !isAcronym(best)) {
		return g.known // "Lab", "EU"; but whom all call NHS is called so
	}
	if g.kind == kinds.Organisation {
		if bare := strings.TrimSpace(acronymInBrackets.ReplaceAllString(best, "")); bare != "" {
			best = bare
		}
		return strings.TrimPrefix(best, "@")
	}
	return best
}

// nameForm is a name with what flaws asks of each.
type nameForm struct {
	name, closed string // closed: without spaces
	words        int
	acronym      bool
	legal        bool // it ends in a legal form
}

func formOf(n string) nameForm {
	last := n[strings.LastIndexByte(n, ' ')+1:]
	return nameForm{n, strings.ReplaceAll(n, " ", ""), len(strings.Fields(n)), isAcronym(n), legal[fold.Name(last)]}
}

// flaws says how little a form is fit to be the name, beside the others.
func (g *group) flaws(form *nameForm, others []nameForm) int {
	n, flaws := form.name, 0
	if shouted(n) {
		flaws += 1e4
	}
	if strings.HasPrefix(n, "@") || strings.Contains(n, "_") {
		flaws += 1e5
	}
	if g.kind == kinds.Person {
		p := parsePerson(n)
		if !p.full() {
			flaws += 1e6
		}
		if strings.ContainsAny(n, "@_") {
			flaws += 1e5
		}
		if len(strings.Fields(n)) > p.parts && !(p.peer && !p.full()) {
			flaws += 1e3 // a title or office before the name
		}
		for _, w := range p.words {
			if len(w) == 1 {
				flaws += 1e2
			}
		}
		if strings.ToLower(n) == n {
			flaws += 1e5
		}
		return flaws
	}
	if w := strings.Fields(n); len(w) > 1 && legal[fold.Name(w[len(w)-1])] {
		flaws += 1e3 // a legal form is seldom said
	}
	for i := range others {
		switch other := &others[i]; {
		case other.legal:
		case !other.acronym && strings.EqualFold(form.closed, other.closed):
		case form.acronym && stands(n, other.name):
			flaws += 1e6
		case !form.acronym && other.acronym && strings.EqualFold(n, other.name) && len(others) == 2:
			flaws += 1e2 // "Un" beside "UN"
		case form.words == 1 && other.words > 1 && !form.acronym && g.fuller(other.name, n):
			flaws += 1e3 // a short form, where there is a longer one
		}
	}
	return flaws
}

// fuller reports whether a name of several words is a fuller form of one, and not that with a word of its neighbour's: many references
// give it, or it ends in a word that bodies are named with.
func (g *group) fuller(long, short string) bool {
	words := strings.Fields(fold.Text(long))
	last := words[len(words)-1]
	return g.names[long]*4 >= g.names[short] || kindWords[last] || bodyWords[last] || dropped[last]
}

// others are the further forms by which a group is known, for search and look-up.
func (g *group) others(name string) []string {
	seen := map[string]bool{name: true, "": true}
	var out []string
	add := func(s string) {
		s = fold.Space(s)
		if g.kind == kinds.Organisation {
			s = strings.TrimSpace(acronymInBrackets.ReplaceAllString(s, ""))
		}
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	for _, a := range append(slices.Clone(g.aliases), g.known) {
		add(a)
	}
	for _, n := range sortedKeys(g.names) {
		if g.kind != kinds.Person || g.tells(n) {
			add(n)
		}
	}
	for _, f := range sortedKeys(g.forms) {
		if g.tells(f) {
			add(f)
		}
	}
	sort.Strings(out)
	return out
}

// tells says whether a mention's text is a name of its own: no first name, no bare noun such as "Institute".
func (g *group) tells(form string) bool {
	if len(form) > 120 || strings.HasSuffix(form, "'s") || strings.HasSuffix(form, "’s") {
		return false
	}
	if g.kind == kinds.Person {
		return parsePerson(form).full()
	}
	if isAcronym(form) {
		for n := range g.names {
			if stands(form, n) || n == form {
				return true
			}
		}
		return g.forms[form] > 1
	}
	return len(parseBody(form).words) > 1
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// handles are domains at which the first part of the path says whose a page is.
var handles = fold.Set(`twitter.com x.com linkedin.com facebook.com instagram.com medium.com github.com gitlab.com bsky.app tumblr.com
	threads.net vimeo.com`)

// shared are domains that many publish at: an address there says nothing of whose it is.
var shared = fold.Set(`google.com goo.gl bit.ly youtube.com youtu.be wikipedia.org wikimedia.org wikidata.org wordpress.com substack.com
	eventbrite.com eventbrite.co.uk zoom.us slideshare.net doi.org zenodo.org
	arxiv.org orcid.org researchgate.net ssrn.com blogspot.com notion.site airtable.com forms.gle archive.org dropbox.com flickr.com
	soundcloud.com spotify.com apple.com amazon.com mailchi.mp hackmd.io figshare.com osf.io meetup.com crowdcast.io ti.to luma.com lu.ma
	slack.com discord.gg t.co github.io gitlab.io netlify.app herokuapp.com squarespace.com wixsite.com
	gov.uk service.gov.uk parliament.uk europa.eu gov.scot gov.wales legislation.gov.uk loc.gov congress.gov whitehouse.gov who.int
	theguardian.com bbc.co.uk bbc.com ft.com nytimes.com politico.eu`)

// identity reduces an external address to what it says of whose it is: "example.org", "inst.university.ac.uk", or
// "site.tld/name" at a domain of handles. It is "" where the address says nothing. deep says that the address is one of
// many pages there, rather than the way in.
func identity(target string) (id string, deep bool) {
	u, err := url.Parse(target)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", false
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		domain = host
	}
	parts := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	switch {
	case domain == "gov.uk" || host == "gov.uk":
		if len(parts) == 3 && parts[0] == "government" && parts[1] == "organisations" {
			return host + "/" + parts[2], false
		}
		return "", false
	case shared[domain] || shared[host]:
		if host != domain && len(parts) == 0 && host != "docs.google.com" && host != "drive.google.com" && host != "en.wikipedia.org" {
			return host, false // a body's own name below a shared domain
		}
		return "", false
	case handles[domain]:
		if len(parts) == 0 {
			return "", false
		}
		if len(parts) > 1 && (parts[0] == "company" || parts[0] == "in" || parts[0] == "school") {
			return domain + "/" + strings.ToLower(parts[0]+"/"+parts[1]), len(parts) > 2
		}
		return domain + "/" + strings.ToLower(strings.Trim(parts[0], "@")), len(parts) > 1
	case host != domain && len(parts) <= 1:
		return host, false // an institute's own place at its university
	}
	return domain, len(parts) > 1
}
