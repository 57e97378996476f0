package union

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/ingest/pipeline"
)

// Two sites of invented people: Odalys Brandt of the Lantern Trust is on both, and so is Ruben Castellan by his ORCID. There are
// two Mira Voss, of different bodies. The Lantern Trust is one by the person; the Quay Forum by its homepage.
const collections = "collections:\n  events: {output: true}\n  people: {output: true}\n  organisations: {output: true}\n"

var harbour = map[string]string{
	"_config.yml": "title: Harbour\nurl: https://harbour.example\n" + collections,
	"_events/2024-03-01-a.md": "---\ntitle: Locks and ledgers\ndate: 2024-03-01\nspeakers: [Mira Voss]\n---\n\n## Speakers\n\n" +
		"- **Odalys Brandt**, Director, Lantern Trust\n" +
		"- **Mira Voss**, Engineer, Sluice Works Company\n\nOdalys Brandt said that councils should publish every contract.\n",
	"_people/ruben.md":       "---\ntitle: Ruben Castellan\norcid: 0000-0001-0000-0007\n---\nRuben Castellan keeps the tide tables.\n",
	"_organisations/quay.md": "---\ntitle: Quay Forum\nhomepage: https://quayforum.example/\n---\nThe Quay Forum meets in Kenya.\n",
	"topics/tides.md":        "---\ntitle: Tides\nlayout: topic\n---\nTides.\n",
}

var weir = map[string]string{
	"_config.yml": "title: Weir\nurl: https://weir.example\n" + collections,
	"_events/2024-05-01-b.md": "---\ntitle: Counting eels\ndate: 2024-05-01\n---\n\n## Speakers\n\n" +
		"- **Odalys Brandt**, Director, Lantern Trust\n" +
		"- **Mira Voss**, Poet, Heron Press\n\nThe eels of Kenya were counted twice.\n",
	"_people/ruben-castellan.md": "---\ntitle: Ruben Castellan\norcid: 0000-0001-0000-0007\n---\nRuben Castellan counts eels.\n",
	"_organisations/quay-forum.md": "---\ntitle: Quay Forum International\nhomepage: http://www.quayforum.example\n---\n" +
		"Quay Forum International.\n",
}

func read(t *testing.T, key string, files map[string]string) Source {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	site, err := pipeline.Run(t.Context(), fsys, pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return Source{Key: key, Site: site}
}

func named(s *ingest.Site, kind kinds.Kind, name string) (found []ingest.Entity) {
	for _, e := range s.Entities {
		if e.Kind == kind && (e.Name == name || slices.Contains(e.Aliases, name)) {
			found = append(found, e)
		}
	}
	return found
}

func TestJoin(t *testing.T) {
	s := Join("Estuary", "", []Source{read(t, "harbour", harbour), read(t, "weir", weir)}, Decisions{})
	for _, want := range []struct {
		kind kinds.Kind
		name string
		n    int
		why  string
	}{
		{kinds.Person, "Odalys Brandt", 1, "the same name at a body of the same name"},
		{kinds.Organisation, "Lantern Trust", 1, "the same person is there"},
		{kinds.Person, "Mira Voss", 2, "only the name is the same"},
		{kinds.Person, "Ruben Castellan", 1, "one identifier"},
		{kinds.Organisation, "Quay Forum", 1, "one homepage, names that are akin"},
		{kinds.Country, "Kenya", 1, "one code"},
	} {
		if got := named(s, want.kind, want.name); len(got) != want.n {
			t.Errorf("%s is %d times there, want %d (%s): %+v", want.name, len(got), want.n, want.why, got)
		}
	}
	if got := named(s, kinds.Organisation, "Quay Forum"); len(got) == 1 && !slices.Contains(got[0].Aliases, "Quay Forum International") {
		t.Errorf("the other site's name is lost: %+v", got)
	}

	// Pages keep their addresses; their paths say whose they are; no two things share a place on the server.
	places, known := map[string]bool{}, map[ingest.IRI]bool{}
	for _, e := range s.Entities {
		known[e.IRI] = true
		if places[place(e.IRI)] {
			t.Errorf("%s is taken twice", place(e.IRI))
		}
		places[place(e.IRI)] = true
	}
	for _, r := range s.Records {
		if !strings.HasPrefix(r.Path, r.Site+"/") || !strings.HasPrefix(r.URL, "https://"+r.Site+".example/") {
			t.Errorf("%s of %s is at %s", r.Path, r.Site, r.URL)
		}
		for iri := range r.Entities() {
			if !known[iri] {
				t.Errorf("%s names %s, which is nothing", r.Path, iri)
			}
		}
	}

	// One question about the namesakes, with both sentences; none about what is settled.
	var asked []ingest.Doubt
	for _, d := range s.Doubts {
		if strings.Contains(d.Question, "on both sites") {
			asked = append(asked, d)
		}
	}
	if len(asked) != 1 || !strings.Contains(asked[0].Question, "Mira Voss") || len(asked[0].Evidence) != 2 ||
		!strings.Contains(asked[0].Evidence[0].Quote, "Sluice Works") || !strings.Contains(asked[0].Evidence[1].Quote, "Heron Press") {
		t.Errorf("asked: %+v", asked)
	}
}

// What people have decided holds, and what matches nothing is reported.
// What several sites are made into is in the language of most of their pages.
func TestLanguage(t *testing.T) {
	both := []Source{read(t, "harbour", harbour), read(t, "weir", weir)}
	for _, s := range both {
		for _, r := range s.Site.Records {
			r.Lang = "de-AT"
		}
	}
	both[1].Site.Records[0].Lang = "en"
	if s := Join("Estuary", "", both, Decisions{}); s.Lang != "de" {
		t.Errorf("its language is %q", s.Lang)
	}
}

func TestDecisions(t *testing.T) {
	sources := func() []Source { return []Source{read(t, "harbour", harbour), read(t, "weir", weir)} }
	s := Join("Estuary", "", sources(), Decisions{Same: []string{"Mira Voss"}, Different: []string{"Odalys Brandt", "Nobody Known"}})
	if got := named(s, kinds.Person, "Mira Voss"); len(got) != 1 {
		t.Errorf("Mira Voss is %d times there, though decided to be one", len(got))
	}
	if got := named(s, kinds.Person, "Odalys Brandt"); len(got) != 2 {
		t.Errorf("Odalys Brandt is %d times there, though decided to be two", len(got))
	}
	for _, d := range s.Doubts {
		if strings.Contains(d.Question, "Odalys") || strings.Contains(d.Question, "Mira") {
			t.Errorf("asked again: %s", d.Question)
		}
	}
	if len(s.Notes) == 0 || !strings.Contains(strings.Join(s.Notes, "\n"), "nobody known") {
		t.Errorf("a decision that matches nothing is not reported: %q", s.Notes)
	}
}

// A site that cannot be read is told of; the others are there. The same sources give the same bytes.
func TestFaultAndBytes(t *testing.T) {
	join := func() []byte {
		broken := Source{Key: "gone", Fault: errors.New("no such folder")}
		s := Join("Estuary", "", []Source{read(t, "weir", weir), broken, read(t, "harbour", harbour)}, Decisions{})
		if len(s.Sites) != 3 || s.Sites[1].Fault == "" || len(s.Skips) != 1 || len(s.Records) == 0 {
			t.Errorf("%+v, skips %+v", s.Sites, s.Skips)
		}
		data, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	first, second := join(), join()
	if string(first) != string(second) {
		t.Error("twice the same gives other bytes")
	}
}
