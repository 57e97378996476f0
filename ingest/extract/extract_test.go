package extract

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/site"
)

func extractor(t testing.TB) *Extractor {
	t.Helper()
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// written makes a page of Markdown as the reader would.
func written(t testing.TB, source string) *ingest.Page {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/page.md", []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := site.Read(context.Background(), os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Pages) != 1 {
		t.Fatalf("read %d pages, skipped %v", len(f.Pages), f.Skips)
	}
	return f.Pages[0]
}

func draft(t testing.TB, x *Extractor, source string) *ingest.Record {
	r := x.Draft(written(t, source))
	x.Revise([]*ingest.Record{r})
	sound(t, r)
	return r
}

// sound holds what is true of every record.
func sound(t testing.TB, r *ingest.Record) {
	t.Helper()
	bodies := map[ingest.LocalID]bool{}
	mentions := func(name string, ms []ingest.Mention) {
		if name == "" || len(ms) == 0 {
			t.Errorf("%s: %q has no name or no mention", r.Path, name)
		}
		for i, m := range ms {
			if m.Start < 0 || m.End > len(r.Text) || m.Start >= m.End || r.Text[m.Start:m.End] != m.Text {
				t.Errorf("%s: %q does not slice to its text at %d", r.Path, m.Text, m.Start)
			}
			if m.Rule == "" || m.Confidence <= 0 || m.Confidence > 1 {
				t.Errorf("%s: %q has rule %q and confidence %g", r.Path, m.Text, m.Rule, m.Confidence)
			}
			if i > 0 && ms[i-1].Start > m.Start {
				t.Errorf("%s: the mentions of %q are out of order", r.Path, name)
			}
		}
	}
	span := func(what string, s ingest.Span) {
		if s.Start < 0 || s.End > len(r.Text) || s.Start > s.End {
			t.Errorf("%s: %s has span %v in a text of %d bytes", r.Path, what, s, len(r.Text))
		}
	}
	for i := range r.Organisations {
		bodies[r.Organisations[i].ID] = true
		mentions(r.Organisations[i].Name, r.Organisations[i].Mentions)
	}
	for i := range r.Countries {
		mentions(r.Countries[i].Name, r.Countries[i].Mentions)
	}
	for i := range r.People {
		p := &r.People[i]
		mentions(p.Name, p.Mentions)
		span(p.Name, p.Evidence)
		if p.Speaker && p.Rule == "" {
			t.Errorf("%s: nothing says why %s speaks", r.Path, p.Name)
		}
		for _, a := range p.Affiliations {
			span(p.Name+" @ "+r.NameOf(a.Organisation), a.Span)
			if !bodies[a.Organisation] {
				t.Errorf("%s: %s stands for number %d, which is no organisation of the page", r.Path, p.Name, a.Organisation)
			}
		}
	}
}

func person(r *ingest.Record, name string) *ingest.Participant {
	for i := range r.People {
		if r.People[i].Name == name {
			return &r.People[i]
		}
	}
	return nil
}

func people(r *ingest.Record) []string {
	var out []string
	for i := range r.People {
		out = append(out, r.People[i].Name)
	}
	return out
}

// TestForms holds the ways in which pages list their speakers.
func TestForms(t *testing.T) {
	x := extractor(t)
	for name, c := range map[string]struct{ source, person, body, role string }{
		"name, role, body": {"## Speakers\n\n* Mirela Kovač, Head of Policy, Harbour Data Institute\n* Tom Baker, Director, " +
			"Northfield Council\n", "Mirela Kovač", "Harbour Data Institute", "Head of Policy"},
		"name (body)": {"## Speakers\n\n* Mirela Kovač (Harbour Data Institute)\n* Tom Baker (Northfield Council)\n", "Mirela Kovač",
			"Harbour Data Institute", ""},
		"bold, role at": {"We heard from three speakers.\n\n**Amina Diallo**, Director of Research at the Harbour Data Institute, spoke " +
			"about trust in public services.\n", "Amina Diallo", "Harbour Data Institute", "Director of Research"},
		"linked body": {"## Panel\n\n* Chidi Okafor, CEO of [Harbour Data Institute](https://harbourdata.example/)\n", "Chidi Okafor",
			"Harbour Data Institute", "CEO"},
		"front-matter maps": {"---\ntitle: A talk\nspeakers:\n  - name: Yuki Tanaka\n    role: Research lead\n    organisation: Harbour Data " +
			"Institute\n---\n\nA talk about registers.\n", "Yuki Tanaka", "Harbour Data Institute", "Research lead"},
		"table": {"## Speakers\n\n| Name | Role | Organisation |\n| --- | --- | --- |\n| Priya Nair | Chief Economist | Harbour Data " +
			"Institute |\n| Tom Baker | Director | Northfield Council |\n", "Priya Nair", "Harbour Data Institute", "Chief Economist"},
		"role of body": {"The event was opened by Lars Nilsson, director of the Harbour Data Institute, who spoke about fairness.\n",
			"Lars Nilsson", "Harbour Data Institute", "director"},
	} {
		t.Run(name, func(t *testing.T) {
			r := draft(t, x, c.source)
			p := person(r, c.person)
			if p == nil {
				t.Fatalf("%s is missing among %v", c.person, people(r))
			}
			if !p.Speaker {
				t.Errorf("%s does not speak", c.person)
			}
			i := slices.IndexFunc(p.Affiliations, func(a ingest.Affiliation) bool {
				return strings.TrimPrefix(r.NameOf(a.Organisation), "the ") == c.body
			})
			if i < 0 {
				t.Fatalf("%s stands for %v", c.person, p.Affiliations)
			}
			if p.Affiliations[i].Role != c.role {
				t.Errorf("role %q, want %q", p.Affiliations[i].Role, c.role)
			}
		})
	}
}

func TestCountries(t *testing.T) {
	x := extractor(t)
	for text, want := range map[string]string{
		"Partners from Estonia and Chile met officials of the UK Government.":                  "CL EE GB",
		"Susan Oman and Michael Jordan spoke about data.":                                      "",
		"The report covers Latin America and South America, and the Native American councils.": "",
		"It was translated into Spanish and Portuguese.":                                       "",
		"Scottish and Welsh ministers were there, and a delegation from Georgia.":              "GB GE",
		"New Mexico is not Mexico.":                                                            "MX US",
		"JOIN US TODAY":                                                                        "",
	} {
		r := draft(t, x, text+"\n")
		var got []string
		for i := range r.Countries {
			if r.Countries[i].Form != "place" || strings.Contains(want, r.Countries[i].Code) {
				got = append(got, r.Countries[i].Code)
			}
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%q: %s, want %s", text, g, want)
		}
	}
}

func TestFirstNamesAndSurnames(t *testing.T) {
	r := draft(t, extractor(t), "**Amina Diallo**, director of the Harbour Data Institute, opened the day. Amina said that trust is "+
		"earned. Dr Diallo then took questions.\n")
	p := person(r, "Amina Diallo")
	if p == nil || len(r.People) != 1 {
		t.Fatalf("people are %v", people(r))
	}
	var got []string
	for _, m := range p.Mentions {
		got = append(got, m.Text)
	}
	if g := strings.Join(got, "|"); g != "Amina Diallo|Amina|Diallo" {
		t.Errorf("mentions are %s", g)
	}
}

// TestAcronyms: initials and what they stand for are one body.
func TestAcronyms(t *testing.T) {
	r := draft(t, extractor(t), "The Northfield Data Authority (NDA) published a report. Staff of the NDA spoke about it at the event.\n")
	if len(r.Organisations) != 1 || r.Organisations[0].Name != "Northfield Data Authority" || len(r.Organisations[0].Mentions) != 3 {
		t.Errorf("organisations are %+v", r.Organisations)
	}
}

// TestBadInput: nothing crashes, nothing absurd comes out.
func TestBadInput(t *testing.T) {
	x := extractor(t)
	var crowd strings.Builder
	crowd.WriteString("## Speakers\n\n")
	first := []string{"Ada", "Bo", "Chidi", "Dana", "Emeka", "Fatima", "Goran", "Hana", "Ines", "Jun"}
	last := []string{"Adeyemi", "Berg", "Castillo", "Dubois", "Eriksen", "Ferrari", "Grabowski", "Haddad", "Ivanova", "Jansen", "Kim",
		"Larsen", "Moreau", "Novak", "Okoro", "Petrov", "Qureshi", "Rossi", "Silva", "Tanaka"}
	for _, l := range last {
		for _, f := range first {
			crowd.WriteString("* " + f + " " + l + "\n")
		}
	}
	for name, c := range map[string]struct {
		source string
		atMost int // people
	}{
		"title only":    {"# Hello\n", 0},
		"capitals":      {"JANE MCARTHUR AND TOM BAKER SPOKE ABOUT DATA AT THE HARBOUR DATA INSTITUTE IN LEEDS\n", 3},
		"marks only":    {"!!! ((( *** --- ***\n", 0},
		"invalid bytes": {"Jane \xff\xfe Roe spoke.\n", 1},
		"no words":      {"1 2 3 4 5 6 7\n", 0},
		"handles":       {"Follow @janeroe and #opendata for updates from the team.\n", 1},
		"other language": {"Die Veranstaltung fand am Dienstag in der Stadtbibliothek statt. Wir danken allen Gästen für die lebhafte " +
			"Diskussion über Daten.\n", 0},
		"non-latin": {"昨日、東京で会議が開かれました。参加者は多かったです。\n\nКонференция прошла вчера. Участники обсудили данные.\n", 2},
		"crowd":     {crowd.String(), 200},
	} {
		t.Run(name, func(t *testing.T) {
			r := draft(t, x, c.source)
			if len(r.People) > c.atMost {
				t.Errorf("%d people: %v", len(r.People), people(r))
			}
			if name == "crowd" && len(r.People) < 196 {
				t.Errorf("found %d of 200 names", len(r.People))
			}
		})
	}
}

// TestNamesOfTheWorld reports how many names of each region are found in prose and in a list, and fails where a region falls behind.
func TestNamesOfTheWorld(t *testing.T) {
	x := extractor(t)
	found, all := 0, 0
	for region, names := range map[string][]string{
		"western europe": {"Margaret Ashworth", "Siobhán O'Donoghue", "Jean-Luc Besson", "Ursula von Hagen", "Pieter van der Meer",
			"Caitríona Ní Bhriain", "Giulia D'Angelo", "Rhys ap Gwilym"},
		"northern europe": {"Åsa Lindqvist", "Sigríður Jónsdóttir", "Mikko Virtanen", "Søren Kjær", "Kristín Einarsdóttir", "Ingrid Håkonsen"},
		"eastern europe": {"Łukasz Wiśniewski", "Zdeňka Procházková", "Oleksandr Shevchuk", "Mirela Kovač", "Dragan Stojanović",
			"Ilze Bērziņa"},
		"southern europe":  {"María José Fernández", "João dos Santos", "Eleni Papadopoulou", "Núria Puig i Ferrer", "Joana Figueiredo"},
		"middle east":      {"Fatima Al-Sayed", "Yusuf Demir", "Noa Ben-Ami", "Reza Hosseini", "Layla Haddad", "Mohammed bin Rashid"},
		"south asia":       {"Priya Venkataraman", "Arjun Mehta", "Sunita Shrestha", "Ayesha Siddiqui", "Nuwan Perera", "Harpreet Kaur"},
		"east asia":        {"Yuki Tanaka", "Wei Zhang", "Kim Min-jun", "Nguyễn Thị Lan", "Li Xiaoming", "Park Ji-woo"},
		"south-east asia":  {"Siti Nurhaliza", "Dewi Lestari", "Somchai Wongsakul", "Jose Rizalino Cruz", "Aung Kyaw"},
		"west africa":      {"Ngozi Adeyemi", "Kwame Mensah", "Aminata Diallo", "Chukwuemeka Obi", "Oluwaseun Balogun", "Mamadou Traoré"},
		"east africa":      {"Wanjiru Kamau", "Tesfaye Bekele", "Abdullahi Warsame", "Nakato Namubiru", "Otieno Odhiambo"},
		"southern africa":  {"Thabo Mokoena", "Nomvula Dlamini", "Tendai Chikowore", "Lerato Molefe", "Pieter Botha"},
		"latin america":    {"Carlos Eduardo Nascimento", "Ximena Quispe", "Guadalupe Hernández", "Thiago Albuquerque", "Inti Mamani"},
		"pacific":          {"Te Ata Ngata", "Leilani Kahale", "Sione Taufa", "Mele Fifita"},
		"initials, titles": {"J. R. Hartwell", "Mary-Ann O'Neill", "D. K. Srinivasan"},
	} {
		n := 0
		var missed []string
		for _, name := range names {
			r := draft(t, x, "## Speakers\n\n* "+name+
				", researcher, Harbour Data Institute\n\n## What we heard\n\nThe second session was opened by "+name+
				" of the Harbour Data Institute, who argued for open registers.\n")
			if p := person(r, name); p != nil && len(p.Mentions) == 2 {
				n++
			} else {
				missed = append(missed, name)
			}
		}
		found, all = found+n, all+len(names)
		t.Logf("%-17s %d of %d found in both places; not: %v", region, n, len(names), missed)
		if 2*n < len(names) {
			t.Errorf("%s: only %d of %d names are found", region, n, len(names))
		}
	}
	if 10*found < 8*all {
		t.Errorf("found %d of %d names", found, all)
	}
}

func testSite(t testing.TB) []*ingest.Page {
	t.Helper()
	f, err := site.Read(context.Background(), os.DirFS("../../testdata/site"))
	if err != nil {
		t.Fatal(err)
	}
	return f.Pages
}

// TestSite: every record of a whole site is sound, and the same each time.
func TestSite(t *testing.T) {
	x := extractor(t)
	var first []byte
	for range 2 {
		var drafts []*ingest.Record
		for _, p := range testSite(t) {
			drafts = append(drafts, x.Draft(p))
		}
		x.Revise(drafts)
		for _, r := range drafts {
			sound(t, r)
		}
		b, err := json.Marshal(drafts)
		if err != nil {
			t.Fatal(err)
		}
		if first != nil && string(first) != string(b) {
			t.Error("two runs differ")
		}
		first = b
	}
}

func BenchmarkDraft(b *testing.B) {
	x := extractor(b)
	pages := testSite(b)
	words, size := 0, 0
	for _, p := range pages {
		words += len(strings.Fields(p.Text))
		size += len(p.Text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range pages {
			x.Draft(p)
		}
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

func FuzzDraft(f *testing.F) {
	for _, s := range []string{
		"* Jane Roe, director, Roe Institute (RI)\n", "**Dr. Ó Briain** (@obriain) said: “data!”", "| a | b |\n|--|--|\n| Jane | X |\n",
		"---\nauthor: jane-roe\nspeakers: [a-b, \"Łukasz Ż\"]\n---\n# X\n", "A & B and C, D and E of F for the G (H", "\xff\xfe'’s ' ’ - ‑ …",
	} {
		f.Add(s)
	}
	x := extractor(f)
	f.Fuzz(func(t *testing.T, source string) {
		p := pageOf(strings.ToValidUTF8(source, "?"))
		r := x.Draft(p)
		x.Revise([]*ingest.Record{r})
		sound(t, r)
	})
}

func pageOf(text string) *ingest.Page {
	return &ingest.Page{Path: "a.md", Title: "A", Text: text,
		Blocks: []ingest.Block{{Kind: ingest.ParagraphBlock, Span: ingest.Span{End: len(text)}, Heading: -1, LeadIn: -1, Parent: -1}}}
}
