package resolve

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/curation"
	"rapporteur/ingest/kinds"

	"github.com/google/go-cmp/cmp"
)

// recordsOf makes records of lines, one page a line: "path: what it names; ...". What is named is a person, "Jane Roe", perhaps
// with a role and an organisation, "Jane Roe (Chair) @ Example Institute", or an organisation, "+Open Example Institute" with
// further forms, "+Open Example Institute = OEI". A link follows in angle brackets: "+Example <https://x.example/>".
func recordsOf(t *testing.T, lines string) []*ingest.Record {
	t.Helper()
	var out []*ingest.Record
	for line := range strings.SplitSeq(strings.TrimSpace(lines), "\n") {
		path, rest, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			t.Fatalf("no page in %q", line)
		}
		r := &ingest.Record{Page: &ingest.Page{Path: path, Kind: ingest.EventPage, Title: path}}
		switch {
		case strings.HasPrefix(path, "people/"):
			r.Kind, r.Title = ingest.PersonPage, rest
		case strings.HasPrefix(path, "organisations/"):
			r.Kind, r.Title = ingest.OrganisationPage, rest
			rest = "+" + rest
		}
		for what := range strings.SplitSeq(rest, "; ") {
			what, link, linked := strings.Cut(strings.TrimSuffix(what, ">"), " <")
			if name, isBody := strings.CutPrefix(what, "+"); isBody {
				forms := strings.Split(name, " = ")
				addBody(r, forms...)
				if linked {
					m := r.Organisations[len(r.Organisations)-1].Mentions[0]
					r.Links = append(r.Links, ingest.Link{Span: m.Span, Target: link})
				}
				continue
			}
			what, also, _ := strings.Cut(what, " aka ")
			name, body, stands := strings.Cut(what, " @ ")
			name, role, _ := strings.Cut(strings.TrimSuffix(name, ")"), " (")
			p := ingest.Participant{Reference: ingest.Reference{Name: name, Confidence: 1, Mentions: []ingest.Mention{mention(r, name)}},
				Affiliations: []ingest.Affiliation{}}
			if role != "" {
				r.Text += ", " + role
			}
			if stands {
				p.Affiliations = append(p.Affiliations, ingest.Affiliation{Organisation: addBody(r, body), Role: role})
			}
			if p.ID = r.NextID(); also != "" {
				p.Aliases = []string{also}
			}
			r.People = append(r.People, p)
		}
		r.Blocks = []ingest.Block{{Kind: ingest.ParagraphBlock, Span: ingest.Span{End: len(r.Text)}}}
		out = append(out, r)
	}
	return out
}

func mention(r *ingest.Record, text string) ingest.Mention {
	r.Text += ". "
	start := len(r.Text)
	r.Text += text
	return ingest.Mention{Span: ingest.Span{Start: start, End: len(r.Text)}, Text: text, Confidence: 1}
}

func addBody(r *ingest.Record, forms ...string) ingest.LocalID {
	if i := slices.IndexFunc(r.Organisations, func(o ingest.Reference) bool { return o.Name == forms[0] }); i >= 0 {
		return r.Organisations[i].ID
	}
	o := ingest.Reference{ID: r.NextID(), Name: forms[0], Confidence: 1}
	for _, f := range forms {
		o.Mentions = append(o.Mentions, mention(r, f))
	}
	r.Organisations = append(r.Organisations, o)
	return o.ID
}

func resolved(t *testing.T, records []*ingest.Record, decisions *curation.File) Result {
	t.Helper()
	result, err := Site("https://x.example", records, decisions)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// clusters lists who is who: the entity's slug and name, then each page's form of it.
func clusters(records []*ingest.Record, result Result, kind kinds.Kind) []string {
	forms := map[ingest.IRI][]string{}
	for _, r := range records {
		for _, p := range r.People {
			forms[p.IRI] = append(forms[p.IRI], p.Name)
		}
		for _, o := range r.Organisations {
			forms[o.IRI] = append(forms[o.IRI], o.Name)
		}
	}
	var out []string
	for _, e := range result.Entities {
		if e.Kind == kind {
			list := forms[e.IRI]
			slices.Sort(list)
			slug := string(e.IRI)[strings.LastIndexByte(string(e.IRI), '/')+1:]
			out = append(out, fmt.Sprintf("%s %s: %s", slug, e.Name, strings.Join(slices.Compact(list), ", ")))
		}
	}
	return out
}

func TestPeople(t *testing.T) {
	for _, test := range []struct{ name, pages, want string }{
		{"spelling that means nothing", "a: Zoë O’Hara; b: Dr Zoe O'Hara; c: ZOE OHARA, PhD",
			"zoe-ohara Zoë O’Hara: Dr Zoe O'Hara, ZOE OHARA, PhD, Zoë O’Hara"},
		{"a middle name and a particle", "a: Ana M. Lopes; b: Ana Lopes; c: Ana de Lopes; d: Ana Maria Lopes",
			"ana-lopes Ana Lopes: Ana Lopes, Ana M. Lopes, Ana Maria Lopes, Ana de Lopes"},
		{"a short given name", "a: Timothy Ashgrove; b: Tim Ashgrove; c: Tim Ashgrove",
			"tim-ashgrove Tim Ashgrove: Tim Ashgrove, Timothy Ashgrove"},
		{"a birth name", "a: Amy Dunlow aka Amy Strake; b: Amy Strake; c: Casper Strake",
			"amy-dunlow Amy Dunlow: Amy Dunlow, Amy Strake\ncasper-strake Casper Strake: Casper Strake"},
		{"an initial of a double surname", "a: Lu Ferran-Brook @ Fen Institute; b: L. Ferran-Brook @ Fen Institute; c: Casper Ferran-Brook",
			"casper-ferran-brook Casper Ferran-Brook: Casper Ferran-Brook\nlu-ferran-brook Lu Ferran-Brook: L. Ferran-Brook, Lu Ferran-Brook"},
		{"a peer and a double surname", "a: Lady Vane; b: Martha Lane Vane; a2: Lady Vane",
			"lady-vane Lady Vane: Lady Vane\nmartha-lane-vane Martha Lane Vane: Martha Lane Vane"},
		{"a peer and a namesake who is none",
			"a: Lord Vane; Ann Lee; Bo Lund; b: Derek Vane @ Lock Office; Ann Lee; Bo Lund; c: Ann Lee; Bo Lund",
			"ann-lee Ann Lee: Ann Lee\nbo-lund Bo Lund: Bo Lund\nderek-vane Derek Vane: Derek Vane\nlord-vane Lord Vane: Lord Vane"},
		{"two short forms are two people", "a: Mick Ashgrove; b: Mike Ashgrove",
			"mick-ashgrove Mick Ashgrove: Mick Ashgrove\nmike-ashgrove Mike Ashgrove: Mike Ashgrove"},
		{"a usual family name is not enough", "a: Timothy Smith; b: Tim Smith",
			"tim-smith Tim Smith: Tim Smith\ntimothy-smith Timothy Smith: Timothy Smith"},
		{"unless an organisation ties them", "a: Timothy Smith @ Harbour Trust; b: Tim Smith @ Harbour Trust; c: Tim Smith",
			"tim-smith Tim Smith: Tim Smith, Timothy Smith"},
		{"an initial", "a: J. Ashgrove; b: Jane Ashgrove @ Harbour Trust", "jane-ashgrove Jane Ashgrove: J. Ashgrove, Jane Ashgrove"},
		{"an initial of several", "a: J. Ashgrove; b: Jane Ashgrove; c: John Ashgrove",
			"j-ashgrove J. Ashgrove: J. Ashgrove\njane-ashgrove Jane Ashgrove: Jane Ashgrove\njohn-ashgrove John Ashgrove: John Ashgrove"},
		{"a misspelling", "a: Helena Holloway; b: Helena Holoway; c: Helena Holloway",
			"helena-holloway Helena Holloway: Helena Holloway, Helena Holoway"},
		{"a letter that makes another name", "a: Maria Ashgrove; b: Marie Ashgrove; c: Maria Ashgrove",
			"maria-ashgrove Maria Ashgrove: Maria Ashgrove\nmarie-ashgrove Marie Ashgrove: Marie Ashgrove"},
		{"a title before the name", "a: Prime Minister Jane Ashgrove; b: Jane Ashgrove",
			"jane-ashgrove Jane Ashgrove: Jane Ashgrove, Prime Minister Jane Ashgrove"},
		{"a lord and a lady", "a: Lord Vane; b: Baroness Vane", "baroness-vane Baroness Vane: Baroness Vane\nlord-vane Lord Vane: Lord Vane"},
		{"a lord, a lady and one of the name", "a: Lord Vane; Ann Vane; b: Baroness Vane; Ann Vane",
			"ann-vane Ann Vane: Ann Vane\nbaroness-vane Baroness Vane: Baroness Vane\nlord-vane Lord Vane: Lord Vane"},
		{"known by title and family name", "a: Lord Ash-Grove; b: Tim Ash-Grove; c: Baroness Inkpen; d: Lady Inkpen",
			"baroness-inkpen Baroness Inkpen: Baroness Inkpen, Lady Inkpen\ntim-ash-grove Tim Ash-Grove: Lord Ash-Grove, Tim Ash-Grove"},
		{"one word tells nothing beyond its page", "a: Tim @ Lantern Trust; b: Tim @ Harbour Trust", "tim-a Tim: Tim\ntim-b Tim: Tim"},
		{"a first name of nobody known", "a: Tim; b: Tim Ashgrove", "tim-ashgrove Tim Ashgrove: Tim Ashgrove"},
		{"a first name of the page's own person", "a: Tim; Tim Ashgrove; b: Tim Inkpen",
			"tim-ashgrove Tim Ashgrove: Tim Ashgrove\ntim-inkpen Tim Inkpen: Tim Inkpen"},
		{"a first name with an organisation", "a: Tim @ Lantern Trust; b: Timothy Ashgrove @ Lantern Trust; c: Tim Inkpen @ Harbour Trust",
			"tim-inkpen Tim Inkpen: Tim Inkpen\ntimothy-ashgrove Timothy Ashgrove: Tim, Timothy Ashgrove"},
		{"a first name of the one whom the site has a page about", "a: Tim; b: Tim Inkpen; people/tim: Tim Ashgrove",
			"tim-ashgrove Tim Ashgrove: Tim, Tim Ashgrove\ntim-inkpen Tim Inkpen: Tim Inkpen"},
		{"other scripts", "a: 山田 太郎; b: 山田 太郎; c: Анна Иванова", "анна-иванова Анна Иванова: Анна Иванова\n山田-太郎 山田 太郎: 山田 太郎"},
		{"namesakes of two walks of life", "a: David Marlowe (Professor of Ice) @ North University; b: David Marlowe (Councillor) @ Lindley " +
			"Council; c: David Marlowe @ North University",
			"david-marlowe David Marlowe: David Marlowe\ndavid-marlowe-lindley-council David Marlowe: David Marlowe"},
		{"whoever moves on stays one person", "a: Jane Ashgrove (Director) @ Harbour Trust; b: Jane Ashgrove (Head of Policy) @ Lantern Network",
			"jane-ashgrove Jane Ashgrove: Jane Ashgrove"},
		{"the site's own page has the name", "a: JANE ASHGROVE; a2: JANE ASHGROVE; people/jane: Jane Ashgrove",
			"jane-ashgrove Jane Ashgrove: JANE ASHGROVE, Jane Ashgrove"},
	} {
		t.Run(test.name, func(t *testing.T) {
			records := recordsOf(t, onePageALine(test.pages))
			got := clusters(records, resolved(t, records, nil), kinds.Person)
			if diff := cmp.Diff(test.want, strings.Join(got, "\n")); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// onePageALine puts each page of a list "a: ...; b: ..." on a line of its own.
func onePageALine(pages string) string {
	parts := strings.Split(pages, "; ")
	for i, p := range parts {
		if path, _, ok := strings.Cut(p, ": "); i > 0 && ok && !strings.Contains(path, " ") {
			parts[i] = "\n" + p
		} else if i > 0 {
			parts[i] = "; " + p
		}
	}
	return strings.Join(parts, "")
}

func TestOrganisations(t *testing.T) {
	for _, test := range []struct{ name, pages, want string }{
		{"spelling that means nothing", "a: +The Centre for Data & Law Ltd; b: +Center for Data and Law",
			"center-for-data-and-law Center for Data and Law: Center for Data and Law, The Centre for Data & Law Ltd"},
		{"an acronym with its expansion", "a: +Open Example Partnership = OEP; b: +OEP; c: +OEP",
			"open-example-partnership Open Example Partnership: OEP, Open Example Partnership"},
		{"an acronym of two, by who speaks for them",
			"a: +Coastal Data Alliance = CDA; a2: Ann Lee @ Coastal Data Alliance; b: +Coastal Dwellers Alliance = CDA; c: Ann Lee; +CDA",
			"coastal-data-alliance Coastal Data Alliance: CDA, Coastal Data Alliance\ncoastal-dwellers-alliance Coastal Dwellers Alliance: " +
				"Coastal Dwellers Alliance"},
		{"an acronym of two, by nothing", "a: +Coastal Data Alliance = CDA; b: +Coastal Dwellers Alliance = CDA; c: +CDA",
			"cda CDA: CDA\ncoastal-data-alliance Coastal Data Alliance: Coastal Data Alliance\ncoastal-dwellers-alliance Coastal Dwellers " +
				"Alliance: Coastal Dwellers Alliance"},
		{"a body and its namesakes", "a: +Open Data Institute; b: +Open Data Manchester; c: +NHS; d: +NHS England; e: +University of " +
			"Northwold; f: +Glim Institute, University of Northwold",
			"glim-institute-university-of-northwold Glim Institute, University of Northwold: Glim Institute, University of Northwold\nnhs NHS: " +
				"NHS\nnhs-england NHS England: NHS England\nopen-data-institute Open Data Institute: Open Data Institute\nopen-data-manchester Open " +
				"Data Manchester: Open Data Manchester\nuniversity-of-northwold University of Northwold: University of Northwold"},
		{"what everybody knows by several names", "a: +EU; b: +European Union; c: +Lib Dems; d: +Liberal Democrats; e: +Harrow Union",
			"european-union European Union: EU, European Union\nharrow-union Harrow Union: Harrow Union\nliberal-democrats Liberal Democrats: " +
				"Lib Dems, Liberal Democrats"},
		{"a short form that everybody knows, for something else here", "a: +Wharf House Organisation = WHO; b: +World Health Organization",
			"wharf-house-organisation Wharf House Organisation: Wharf House Organisation\nworld-health-organization World Health Organization: " +
				"World Health Organization"},
		{"a short form that everybody knows, explained otherwise on one page of many",
			"a: +EU; b: +EU; c: +EU; d: +EU; e: +EU; f: +European Union; g: +Estuary Union = EU",
			"estuary-union Estuary Union: Estuary Union\neuropean-union European Union: EU, European Union"},
		{"a neighbour's word beside a short form", "a: +i.Wexa; b: +i.Wexa; c: +i.Wexa; d: +i.Wexa; e: +i.Wexa; f: +i.Wexa Taxonomy = i.Wexa",
			"iwexa i.Wexa: i.Wexa, i.Wexa Taxonomy"},
		{"a party by its letters alone", "a: +Lab; b: +Tories", "conservative-party Conservative Party: Tories\nlabour-party Labour Party: Lab"},
		{"a legal form said once", "a: +Lantern4All; b: +Lantern4All; c: +Lantern4All Inc.",
			"lantern4all Lantern4All: Lantern4All, Lantern4All Inc."},
		{"a company that meets its foundation", "a: +Amber Sail; +Amber Sail Foundation",
			"amber-sail Amber Sail: Amber Sail\namber-sail-foundation Amber Sail Foundation: Amber Sail Foundation"},
		{"one domain, one name but for a word", "a: +Lantern <https://lantern.example/>; b: +Lantern Foundation <https://lantern.example>",
			"lantern-foundation Lantern Foundation: Lantern, Lantern Foundation"},
		{"one domain, two names", "a: +University of Glim <https://glim.ac.uk/>; b: +Inkpen Institute <https://glim.ac.uk/>",
			"inkpen-institute Inkpen Institute: Inkpen Institute\nuniversity-of-glim University of Glim: University of Glim"},
		{"a domain that many share says nothing", "a: +Lantern <https://medium.com/x>; b: +Lantern Trust <https://medium.com/y>",
			"lantern Lantern: Lantern\nlantern-trust Lantern Trust: Lantern Trust"},
		{"a misspelling", "a: +Lantern Institute; b: +Lantern Institue; c: +Lantern Institute",
			"lantern-institute Lantern Institute: Lantern Institue, Lantern Institute"},
		{"a letter that makes another word", "a: +Policy Reform Unit; b: +Police Reform Unit; c: +Police Staff Board; d: +Policy Board",
			"police-reform-unit Police Reform Unit: Police Reform Unit\npolice-staff-board Police Staff Board: Police Staff Board\npolicy-board " +
				"Policy Board: Policy Board\npolicy-reform-unit Policy Reform Unit: Policy Reform Unit"},
		{"words joined", "a: +Open Lantern; b: +OpenLantern; b2: +OpenLantern", "openlantern OpenLantern: Open Lantern, OpenLantern"},
		{"a university either way round", "a: +University of Glim; b: +Glim University; c: +York University; d: +University of York",
			"glim-university Glim University: Glim University, University of Glim\nuniversity-of-york University of York: University of " +
				"York\nyork-university York University: York University"},
		{"never in capitals when there is another form", "a: +LANTERN HARBOUR TRUST; b: +LANTERN HARBOUR TRUST; c: +Lantern Harbour Trust",
			"lantern-harbour-trust Lantern Harbour Trust: LANTERN HARBOUR TRUST, Lantern Harbour Trust"},
		{"the site's own page has the name", "a: +lantern trust; a2: +lantern trust; organisations/l: Lantern Trust",
			"lantern-trust Lantern Trust: Lantern Trust, lantern trust"},
	} {
		t.Run(test.name, func(t *testing.T) {
			records := recordsOf(t, onePageALine(test.pages))
			got := clusters(records, resolved(t, records, nil), kinds.Organisation)
			if diff := cmp.Diff(test.want, strings.Join(got, "\n")); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestDecisions(t *testing.T) {
	const pages = `a: Jane Ashgrove; Jon Inkpen @ Lantern Trust; +OEI; +ExampleCon
b: J. R. Corvane; Jane Ashgrove (Director) @ Harbour Trust; Web Master
c: Rose Corvane; Jane Ashgrove (Director) @ Lantern Trust; +Lantern Trusts`
	for _, test := range []struct{ name, decisions, want, notes string }{
		{"none", "", "p jane-ashgrove p jon-inkpen p j-r-corvane p web-master p rose-corvane o lantern-trust o oei o examplecon o harbour-trust",
			""},
		{"same", "same: [[Rose Corvane, J. R. Corvane]]", "p rose-corvane", ""},
		{"same, by IRI", "same: [[Rose Corvane, 'https://x.example/id/person/j-r-corvane']]", "p rose-corvane", ""},
		{"different", "different: [[Lantern Trust, Lantern Trusts]]", "o lantern-trusts", ""},
		{"namesakes", "different: [[Jane Ashgrove @ Harbour Trust, Jane Ashgrove @ Lantern Trust]]",
			"p jane-ashgrove p jane-ashgrove-lantern-trust", ""},
		{"alias", "alias: {Open Example Institute: [OEI]}", "o open-example-institute", ""},
		{"kind", "kind: {ExampleCon: none, Web Master: organisation}", "o web-master", ""},
		{"hide", "hide: [Web Master, Lantern Trust]", "p jon-inkpen", ""},
		{"what matches nothing", "same: [[No One, Nobody]]\ndifferent:\n  - [No One, Jane Ashgrove]\nhide: [No One]\nkind: {No One: " +
			"none}\nsameAs: {No One: 'https://y.example'}", "",
			"rapporteur.yaml:5: nothing is called \"No One\"; the line has no effect\n" +
				"rapporteur.yaml:3: different: nothing is called \"No One\"; the line has no effect\n" +
				"rapporteur.yaml:1: none of No One, Nobody is on any page; the line has no effect\n" +
				"rapporteur.yaml:6: sameAs: nothing is called \"No One\"; the line has no effect\n" +
				"rapporteur.yaml:4: hide: nothing is called \"No One\"; the line has no effect"},
	} {
		t.Run(test.name, func(t *testing.T) {
			decisions, err := curation.Parse(curation.FileName, []byte(test.decisions))
			if err != nil {
				t.Fatal(err)
			}
			records := recordsOf(t, pages)
			result := resolved(t, records, decisions)
			found := map[string]bool{}
			for _, e := range result.Entities {
				found[strings.TrimPrefix(string(e.Kind)[:1]+" "+strings.TrimPrefix(string(e.IRI), "https://x.example/id/"+string(e.Kind)+"/"),
					"")] = true
			}
			words := strings.Fields(test.want)
			for i := 0; i+1 < len(words); i += 2 {
				if !found[words[i]+" "+words[i+1]] {
					t.Errorf("no %s %s among %v", words[i], words[i+1], sortedKeys(found))
				}
			}
			for what, gone := range map[string]string{"same": "p j-r-corvane", "same, by IRI": "p j-r-corvane", "alias": "o oei",
				"kind": "o examplecon", "hide": "o lantern-trust"} {
				if what == test.name && found[gone] {
					t.Errorf("%s is still there", gone)
				}
			}
			if got := strings.Join(result.Notes, "\n"); got != test.notes {
				t.Errorf("notes:\n%s\nwant:\n%s", got, test.notes)
			}
			for _, r := range records {
				for _, p := range r.People {
					for _, a := range p.Affiliations {
						if !slices.ContainsFunc(r.Organisations,
							func(o ingest.Reference) bool { return o.ID == a.Organisation && o.Name == a.Name && o.IRI == a.IRI }) {
							t.Errorf("%s: %s stands for %s, which the page does not have", r.Path, p.Name, a.Name)
						}
					}
				}
			}
		})
	}
}

// Whoever pastes the lines of a doubt into rapporteur.yaml is not asked again.
func TestDoubtsAreSettled(t *testing.T) {
	const pages = "a: Timothy Smith; +Lantern <https://lantern.example/>\nb: Tim Smith; +Lantern Harbour Network <https://lantern.example/>"
	records := recordsOf(t, pages)
	doubts := resolved(t, records, nil).Doubts
	if len(doubts) != 2 {
		t.Fatalf("%d doubts, want 2: %+v", len(doubts), doubts)
	}
	for _, d := range doubts {
		if len(d.Entities) != 2 || len(d.Evidence) != 2 || d.Evidence[0].Quote == "" {
			t.Errorf("a doubt without its entities or evidence: %+v", d)
		}
		for _, lines := range []string{d.Lines, strings.ReplaceAll(strings.Replace(d.Lines, "same:\n", "hide:\n", 1), "# ", "")} {
			if strings.HasPrefix(lines, "hide") {
				lines = lines[strings.Index(lines, "different:"):]
			}
			decisions, err := curation.Parse(curation.FileName, []byte(lines))
			if err != nil {
				t.Fatalf("lines that cannot be pasted: %v\n%s", err, lines)
			}
			for _, again := range resolved(t, recordsOf(t, pages), decisions).Doubts {
				if again.Question == d.Question {
					t.Errorf("asked again after\n%s", lines)
				}
			}
		}
	}
}

// A site that signs its pages by a given name means one person by it; elsewhere a given name is that of its page alone.
func TestSignedByOneWord(t *testing.T) {
	records := recordsOf(t, `
		a: Wilma
		b: Wilma
		c: Wilma
		d: Wilma @ Lantern Trust`)
	for _, r := range records[:2] {
		r.People[0].Part, r.People[0].Mentions[0].Rule = ingest.Author, "front-matter"
	}
	records[2].People[0].Mentions[0].Rule = "front-matter" // a member of a list, say
	resolved(t, records, nil)
	var got []string
	for _, r := range records {
		got = append(got, string(r.People[0].IRI))
	}
	if got[0] != got[1] || got[2] == got[0] || got[3] == got[0] || got[2] == got[3] {
		t.Errorf("got %q", got)
	}
}

func TestOrderMakesNoDifference(t *testing.T) {
	const pages = `2021/a: Jane Ashgrove @ Lantern Trust; +OEP
2021/b: J. Ashgrove; +Open Example Partnership = OEP
2022/a: David Marlowe (Professor) @ Glim University; David Inkpen
2022/b: David Marlowe (Councillor) @ Lindley Council; Dave Inkpen
2023/a: Jane Ashgrov @ Lantern Trusts`
	want := ""
	for i := range 20 {
		records := recordsOf(t, pages)
		rand.New(rand.NewPCG(uint64(i), 1)).Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
		got := fmt.Sprintf("%+v", resolved(t, records, nil))
		slices.SortFunc(records, func(a, b *ingest.Record) int { return strings.Compare(a.Path, b.Path) })
		for _, r := range records {
			got += fmt.Sprintf("\n%s %+v %+v", r.IRI, r.People, r.Organisations)
		}
		if want == "" {
			want = got
		}
		if got != want {
			t.Fatalf("shuffle %d:\n%s", i, cmp.Diff(want, got))
		}
	}
}

func TestSlugs(t *testing.T) {
	free := slugs{}
	if a, b, c := free.take("x"), free.take("x", "x-y"), free.take("x", "x-y"); a != "x" || b != "x-y" || c != "x-2" {
		t.Errorf("slugs %s %s %s", a, b, c)
	}
}
