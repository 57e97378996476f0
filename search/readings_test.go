package search

import (
	"cmp"
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/fold"
	"rapporteur/ingest/invent"
	"rapporteur/ingest/inversion"
	"rapporteur/ingest/kinds"
	"rapporteur/ingest/pipeline"
	"rapporteur/search/answer"
	"rapporteur/search/derive"
)

// Of two things whose names differ in case only, the one that is written like that is meant; written otherwise, either may be.
func TestCaseTellsNamesApart(t *testing.T) {
	site := invent.Site(20, 1)
	topic := site.Records[0].Topics[0]
	site.Entities = append(site.Entities, ingest.Entity{IRI: topic.IRI + "-body", Kind: kinds.Organisation,
		Name: strings.ToUpper(topic.Name)})
	r := site.Records[0]
	r.Organisations = append(r.Organisations,
		ingest.Reference{IRI: topic.IRI + "-body", Name: strings.ToUpper(topic.Name), Mentions: topic.Mentions})
	g := open(t, site)
	for asked, want := range map[string]ingest.IRI{topic.Name: topic.IRI, strings.ToUpper(topic.Name): topic.IRI + "-body",
		strings.ToLower(topic.Name): ""} {
		ref, err := g.Lookup(t.Context(), asked)
		if ref.ID != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q (%v), want %q", asked, ref.ID, err, want)
		}
	}
}

// theSite builds a generation of the invented site, as the program does.
func theSite(t *testing.T) (*Generation, *ingest.Site) {
	t.Helper()
	site, err := pipeline.Run(context.Background(), os.DirFS("../testdata/site"), pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return open(t, site), site
}

func lookup(t *testing.T, g *Generation, name string) answer.Ref {
	t.Helper()
	r, err := g.Lookup(context.Background(), name)
	if err != nil {
		t.Fatalf("looking up %q: %v", name, err)
	}
	return r
}

// What the pages of the invented site say, as somebody read them, is what the program answers. The readings:
//
//   - Procurement: the clinic of January 2024 (councils, Quillon Legal Cooperative), the panel in Lindley of November 2023
//     (the Institute for Shared Waters facilitated, the Open Estuary Foundation paid), and what Open Tender published.
//   - For the Open Estuary Foundation spoke Kwabena Asante-Boadu, its chief executive, at the launch in March 2022; in
//     May 2025 he is its former chief executive.
//   - Fjordlab and the Lowland libraries never meet; people who speak beside Fjordlab's scientists are at roundtables on
//     libraries.
func TestReadings(t *testing.T) {
	g, site := theSite(t)
	ctx := context.Background()

	t.Run("organisations of procurement", func(t *testing.T) {
		list, total, err := g.Shared(ctx, lookup(t, g, "procurement").ID, kinds.Organisation, "", 0)
		if err != nil || total != len(list) {
			t.Fatal(total, err)
		}
		var found []string
		for _, k := range list {
			found = append(found, k.To.Name)
		}
		for _, want := range []string{"Quillon Legal Cooperative", "Institute for Shared Waters", "Open Estuary Foundation"} {
			if !slices.Contains(found, want) {
				t.Errorf("%s is not among %v", want, found)
			}
		}
		for _, not := range []string{"Fjordlab", "Coastal Data Alliance", "Pelican Mutual"} {
			if slices.Contains(found, not) {
				t.Errorf("%s has nothing to do with procurement", not)
			}
		}
	})

	t.Run("who spoke for the Open Estuary Foundation", func(t *testing.T) {
		p, err := g.Profile(ctx, lookup(t, g, "OEF").ID)
		if err != nil {
			t.Fatal(err)
		}
		var at []string
		for _, a := range p.Appearances {
			for _, who := range a.People {
				at = append(at, a.Date+" "+who.Name)
			}
		}
		if !slices.Contains(at, "2022-03-15 Kwabena Asante-Boadu") {
			t.Errorf("who stood for it: %v", at)
		}
		if len(p.Before) != 1 || p.Before[0].To.Name != "Kwabena Asante-Boadu" || p.Before[0].First != "2022-03-15" ||
			!slices.Contains(p.Before[0].Roles, "chief executive") {
			t.Errorf("its people before: %+v", p.Before) // a page of 2025 says "formerly"
		}
	})

	t.Run("how two are connected", func(t *testing.T) {
		ways, err := g.Paths(ctx, lookup(t, g, "Kwabena Asante-Boadu").ID, lookup(t, g, "Open Estuary Foundation").ID, 3)
		if err != nil || len(ways) == 0 || len(ways[0]) != 1 || ways[0][0].Relation != "spoke for" {
			t.Fatalf("%+v, %v", ways, err)
		}
		if q := ways[0][0].Evidence[0].Quote; !strings.Contains(q, "Kwabena Asante-Boadu") || !strings.Contains(q, "Open Estuary Foundation") {
			t.Errorf("the evidence is %q", q)
		}
		ways, err = g.Paths(ctx, lookup(t, g, "Fjordlab").ID, lookup(t, g, "topic: libraries").ID, 3)
		if err != nil || len(ways) == 0 {
			t.Fatal(err)
		}
		for _, w := range ways {
			if len(w) < 2 {
				t.Errorf("Fjordlab is on no page about libraries: %+v", w)
			}
		}
	})

	t.Run("every quotation stands on its page", func(t *testing.T) {
		text := map[string]string{}
		for _, r := range site.Records {
			text[r.Path] = fold.Space(r.Text)
		}
		quotes := 0
		check := func(list []answer.Evidence) {
			for _, e := range list {
				if e.Quote != "" && !strings.Contains(text[e.Page], strings.TrimSuffix(strings.TrimPrefix(e.Quote, "… "), " …")) {
					t.Errorf("%s does not say %q", e.Page, e.Quote)
				}
				quotes++
			}
		}
		for _, e := range site.Entities {
			p, err := g.Profile(ctx, e.IRI)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range p.Appearances {
				check(a.Evidence)
			}
			for _, list := range p.Connections {
				for _, c := range list {
					check(c.Evidence)
				}
			}
			for _, tie := range p.Affiliations {
				check(tie.Evidence)
			}
		}
		if quotes < 1000 {
			t.Errorf("only %d quotations", quotes)
		}
	})
}

func TestLookup(t *testing.T) {
	g, _ := theSite(t)
	for asked, want := range map[string]string{
		"Marit Oosterveen":            "Marit Oosterveen",
		"  marit   OOSTERVEEN ":       "Marit Oosterveen",
		"Oosterveen":                  "Marit Oosterveen",
		"Ruairi Penhallow":            "Ruairí Penhallow",
		"OEF":                         "Open Estuary Foundation",
		"the open estuary foundation": "Open Estuary Foundation",
		"_events/2024-01-18-procurement-clinic.md":   "Procurement clinic",
		"./_events/2024-01-18-procurement-clinic.md": "Procurement clinic",
		"/events/2024-01-18-procurement-clinic":      "Procurement clinic",
		"procurement clinic":                         "Procurement clinic",
		"Procurement":                                "Procurement",
		"Kwabena":                                    "Kwabena Asante-Boadu",
		"person: oosterv":                            "Marit Oosterveen",
		"/people/marit-oosterveen":                   "Marit Oosterveen",
	} {
		if got := lookup(t, g, asked); got.Name != want {
			t.Errorf("%q is %q, want %q", asked, got.Name, want)
		}
	}
	for _, r := range []answer.Ref{lookup(t, g, "Marit Oosterveen"), lookup(t, g, "procurement clinic")} {
		if again := lookup(t, g, string(r.ID)); again != r {
			t.Errorf("%s leads to %+v", r.ID, again)
		}
	}
	var ambiguous *answer.AmbiguousError
	if _, err := g.Lookup(context.Background(), "David Marlowe"); !errors.As(err, &ambiguous) || len(ambiguous.Choices) != 2 ||
		!strings.Contains(err.Error(), string(ambiguous.Choices[1].ID)) {
		t.Errorf("the namesakes: %v", err)
	}
	var missing *answer.NotFoundError
	if _, err := g.Lookup(context.Background(), "Marit Osterveen"); !errors.As(err, &missing) || len(missing.Nearest) == 0 ||
		missing.Nearest[0].Name != "Marit Oosterveen" {
		t.Errorf("a slip of the pen: %v", err)
	}
	for _, nothing := range []string{"", " ", "zzzz", ":", "person:", "\x00", "urn:x:y", strings.Repeat("long ", 1000)} {
		if _, err := g.Lookup(context.Background(), nothing); !errors.As(err, &missing) {
			t.Errorf("%.20q: %v", nothing, err)
		}
	}
}

func TestConnectionsOfAnything(t *testing.T) {
	g, site := theSite(t)
	ctx := context.Background()
	for _, r := range site.Records {
		all, err := g.Connections(ctx, r.IRI, 2)
		if err != nil {
			t.Fatal(err)
		}
		for kind, list := range all {
			if len(list) > 2 {
				t.Errorf("%s: %d of %s, asked for 2", r.Path, len(list), kind)
			}
		}
	}
	for _, e := range site.Entities {
		all, err := g.Connections(ctx, e.IRI, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, list := range all {
			for _, c := range list {
				if len(c.Evidence) == 0 {
					t.Errorf("%s and %s: no evidence", e.Name, c.To.Name)
				}
			}
		}
	}
	var missing *answer.NotFoundError
	if _, err := g.Connections(ctx, "urn:nobody", 0); !errors.As(err, &missing) {
		t.Errorf("of nobody: %v", err)
	}
	marit := lookup(t, g, "Marit Oosterveen").ID
	if ways, err := g.Paths(ctx, marit, marit, 3); err != nil || len(ways) != 0 {
		t.Errorf("from somebody to themselves: %v, %v", ways, err)
	}
	if _, err := g.Paths(ctx, marit, "urn:nobody", 3); !errors.As(err, &missing) {
		t.Errorf("to nobody: %v", err)
	}
	c, err := g.Compare(ctx, marit, lookup(t, g, "Tomasz Wilgocki").ID, "", 3)
	if err != nil || len(c.Together) == 0 || len(c.Both) != 3 || len(c.Linked) != 3 {
		t.Errorf("compared: %+v, %v", c, err)
	}
	n, err := g.Around(ctx, marit, 2, []kinds.Kind{kinds.Person, kinds.Organisation}, 5)
	if err != nil || len(n.Nodes) < 6 || n.Nodes[0].ID != marit || len(n.Links) < 5 {
		t.Errorf("around: %+v, %v", n, err)
	}
}

// Records and profiles come back as they were stored.
func TestRecordsAndProfilesAreKept(t *testing.T) {
	g, site := theSite(t)
	ctx := context.Background()
	for _, r := range site.Records {
		got, err := g.PageRecord(ctx, r.IRI)
		if err != nil || got == nil || got.Path != r.Path || got.Text != r.Text || len(got.People) != len(r.People) {
			t.Errorf("%s: %+v (%v)", r.Path, got, err)
		}
	}
	derived := derive.Of(inversion.Of(site))
	for n := range site.Entities {
		p := derived.Profile(n)
		got, err := g.Profile(ctx, p.ID)
		if err != nil || cmp.Compare(got.Name, p.Name) != 0 || len(got.Appearances) != len(p.Appearances) {
			t.Errorf("%s: %+v (%v)", p.ID, got, err)
		}
	}
	var missing *answer.NotFoundError
	if got, err := g.PageRecord(ctx, "urn:nothing"); !errors.As(err, &missing) {
		t.Errorf("a record that is not there: %+v (%v)", got, err)
	}
}
