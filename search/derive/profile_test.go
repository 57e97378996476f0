package derive

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/invent"
	"rapporteur/ingest/inversion"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// profilesOf makes all profiles of a site.
func profilesOf(site *ingest.Site) []*answer.Profile {
	derived := Of(inversion.Of(site))
	out := make([]*answer.Profile, len(site.Entities))
	for n := range out {
		out[n], _ = derived.Profile(n).Whole(func(page ingest.IRI) (*ingest.Record, error) {
			return site.Records[slices.IndexFunc(site.Records, func(r *ingest.Record) bool { return r.IRI == page })], nil
		}, func(entity ingest.IRI) (answer.Ref, bool) {
			at := slices.IndexFunc(site.Entities, func(e ingest.Entity) bool { return e.IRI == entity })
			return answer.Ref{ID: entity, Kind: site.Entities[at].Kind, Name: site.Entities[at].Name}, true
		})
	}
	return out
}

// Every figure of a profile is what counting through the records by hand says.
func TestProfilesAgreeWithRecords(t *testing.T) {
	site := invent.Site(120, 1)
	profiles := profilesOf(site)
	if len(profiles) != len(site.Entities) {
		t.Fatalf("%d profiles of %d entities", len(profiles), len(site.Entities))
	}
	named := func(r *ingest.Record, iri ingest.IRI) bool {
		for _, p := range r.People {
			if p.IRI == iri {
				return true
			}
		}
		for _, o := range r.Organisations {
			if o.IRI == iri {
				return true
			}
		}
		for _, c := range r.Countries {
			if c.IRI == iri {
				return true
			}
		}
		for _, c := range r.Topics {
			if c.IRI == iri {
				return true
			}
		}
		return false
	}
	checked := 0
	for _, p := range profiles {
		pages, first := 0, ""
		for _, r := range site.Records {
			if named(r, p.ID) {
				pages++
				if first == "" || r.Date < first {
					first = r.Date
				}
			}
		}
		if p.Pages != pages || p.First != first {
			t.Errorf("%s: %d pages since %q, counted %d since %q", p.Name, p.Pages, p.First, pages, first)
		}
		for i := 1; i < len(p.Appearances); i++ {
			if p.Appearances[i-1].Date < p.Appearances[i].Date {
				t.Errorf("%s: appearances are not newest first", p.Name)
			}
		}
		for kind, list := range p.Connections {
			for i, c := range list {
				shared := 0
				for _, r := range site.Records {
					if named(r, p.ID) && named(r, c.To.ID) {
						shared++
					}
				}
				if c.Pages != shared || string(c.To.Kind) != kind {
					t.Errorf("%s and %s: %d pages as %s, counted %d", p.Name, c.To.Name, c.Pages, kind, shared)
				}
				if i > 0 && (class(list[i-1]) < class(c) || class(list[i-1]) == class(c) && list[i-1].Score < c.Score) {
					t.Errorf("%s: connections are out of order", p.Name)
				}
				checked++
			}
		}
		for _, tie := range p.Affiliations {
			if len(tie.Evidence) == 0 || !strings.Contains(tie.Evidence[0].Quote, tie.To.Name) || !strings.Contains(tie.Evidence[0].Quote, p.Name) {
				t.Errorf("%s and %s: the evidence %v does not name both", p.Name, tie.To.Name, tie.Evidence)
			}
			if tie.First == "" || tie.First > tie.Last {
				t.Errorf("%s and %s: from %q to %q", p.Name, tie.To.Name, tie.First, tie.Last)
			}
		}
	}
	if checked < 1000 {
		t.Errorf("only %d connections checked", checked)
	}
}

// class is what a connection rests on, the strongest highest.
func class(c answer.Connection) int {
	switch {
	case c.Said > 0:
		return 3
	case c.Near > 0:
		return 2
	case c.Events > 0:
		return 1
	}
	return 0
}

// What is said comes before what stands in one passage, that before what an event's page names, that before a digest. What is said of
// earlier is said; what may be is not.
func TestStrength(t *testing.T) {
	site := &ingest.Site{}
	entity := func(kind kinds.Kind, name string) ingest.Reference {
		iri := ingest.IRI("urn:x:" + name)
		site.Entities = append(site.Entities, ingest.Entity{IRI: iri, Kind: kind, Name: name})
		return ingest.Reference{IRI: iri, Name: name}
	}
	quay := entity(kinds.Organisation, "Quay")
	worker, beside, guest, digested, past, perhaps := entity(kinds.Person, "Worker"), entity(kinds.Person, "Beside"),
		entity(kinds.Person, "Guest"),
		entity(kinds.Person, "Digested"), entity(kinds.Person, "Past"), entity(kinds.Person, "Perhaps")
	page := func(path string, kind ingest.PageKind, genre ingest.Genre, lines ...[]ingest.Reference) *ingest.Record {
		r := &ingest.Record{IRI: ingest.IRI("urn:x:" + path), Page: &ingest.Page{Path: path, Title: path, Kind: kind, Genre: genre}}
		for _, line := range lines {
			from := len(r.Text)
			for _, ref := range line {
				ref.Mentions = []ingest.Mention{{Span: ingest.Span{Start: len(r.Text), End: len(r.Text) + len(ref.Name)}, Text: ref.Name}}
				r.Text += ref.Name + " "
				if ref.IRI == quay.IRI {
					r.Organisations = append(r.Organisations, ref)
				} else {
					r.People = append(r.People, ingest.Participant{Reference: ref})
				}
			}
			r.Blocks = append(r.Blocks, ingest.Block{Kind: ingest.ItemBlock, Span: ingest.Span{Start: from, End: len(r.Text)}})
		}
		site.Records = append(site.Records, r)
		return r
	}
	for i := range 5 { // five digests do not outweigh one sentence
		page(fmt.Sprint("digest", i), ingest.PostPage, ingest.DigestGenre, []ingest.Reference{quay}, []ingest.Reference{digested})
	}
	page("event", ingest.EventPage, ingest.EventGenre, []ingest.Reference{quay}, []ingest.Reference{guest})
	page("near", ingest.PostPage, ingest.PostGenre, []ingest.Reference{quay, beside})
	tie := page("tie", ingest.PostPage, ingest.PostGenre, []ingest.Reference{quay}, []ingest.Reference{worker}, []ingest.Reference{past},
		[]ingest.Reference{perhaps})
	for i, a := range []ingest.Affiliation{{IRI: quay.IRI, Confidence: .9}, {IRI: quay.IRI, Confidence: .9, Former: true},
		{IRI: quay.IRI, Confidence: .5}} {
		tie.People[i].Affiliations = []ingest.Affiliation{a}
	}
	p := profilesOf(site)[0]
	var got []string
	for _, c := range p.Connections["person"] {
		got = append(got, c.To.Name)
	}
	if want := "Worker Past Beside Guest Perhaps Digested"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	names := func(list []answer.Affiliation) (out string) {
		for _, a := range list {
			out += a.To.Name
		}
		return out
	}
	if names(p.Affiliations) != "Worker" || names(p.Before) != "Past" || names(p.Unsure) != "Perhaps" {
		t.Errorf("now %v, before %v, unsure %v", p.Affiliations, p.Before, p.Unsure)
	}
}

func TestProfileOfOnePage(t *testing.T) {
	site := invent.Site(1, 4)
	r := site.Records[0]
	speaker := r.People[0]
	for _, p := range profilesOf(site) {
		if p.ID != speaker.IRI {
			continue
		}
		a := p.Appearances[0]
		if len(p.Appearances) != 1 || a.Part != "speaker" || !a.Speaker || a.Page.ID != r.IRI {
			t.Errorf("appearances: %+v", p.Appearances)
		}
		if len(a.For) != 1 || a.For[0].Name != speaker.Affiliations[0].Name {
			t.Errorf("stood for %v", a.For)
		}
		if !strings.HasPrefix(a.Evidence[0].URL, "https://invented.example/events/000000#:~:text="+strings.Fields(speaker.Name)[0]) {
			t.Errorf("evidence opens %q", a.Evidence[0].URL)
		}
		if len(p.CoSpeakers) != len(r.People)-1 || len(p.Recommendations) != 1 || p.Recommendations[0].By.Name != speaker.Name {
			t.Errorf("co-speakers %v, asks %v", p.CoSpeakers, p.Recommendations)
		}
		if len(p.Affiliations) != 1 || p.Affiliations[0].Roles[0] != speaker.Affiliations[0].Role {
			t.Errorf("ties %v", p.Affiliations)
		}
		return
	}
	t.Error("the speaker has no profile")
}

func TestProfilesAreDeterministic(t *testing.T) {
	a, _ := json.Marshal(profilesOf(invent.Site(60, 2)))
	b, _ := json.Marshal(profilesOf(invent.Site(60, 2)))
	if string(a) != string(b) {
		t.Error("the same site gave other profiles")
	}
}

func TestEvidence(t *testing.T) {
	text := "First sentence. The   Harbour Trust\nspoke here. Last one.\n\n" + strings.Repeat("wörd ", 300) + "end"
	para := strings.Index(text, "wörd")
	r := &ingest.Record{IRI: "https://x.example/id/event/a",
		Page: &ingest.Page{Path: "a.md", Title: "A", URL: "https://x.example/a", Text: text,
			Blocks: []ingest.Block{{Kind: ingest.ParagraphBlock, Span: ingest.Span{End: para - 2}},
				{Kind: ingest.ParagraphBlock, Span: ingest.Span{Start: para, End: len(text)}}}}}
	at := strings.Index(text, "Harbour")
	e := NewEvidence(r, ingest.Span{Start: at, End: at + 7})
	if e.Quote != "The Harbour Trust spoke here." || e.URL != "https://x.example/a#:~:text=The%20Harbour%20Trust,spoke%20here." ||
		e.PageID != r.IRI {
		t.Errorf("%+v", e)
	}
	for _, at := range []int{0, 700, 1400} {
		start := para + at - at%6
		e = NewEvidence(r, ingest.Span{Start: start, End: start + 5})
		if n := len(e.Quote); n > quoteLength+10 || !strings.Contains(e.Quote, "…") || !strings.Contains(e.Quote, "wörd") ||
			strings.ContainsRune(e.Quote, '\uFFFD') {
			t.Errorf("a long paragraph at %d: %d bytes, %q", at, n, e.Quote)
		}
	}
	if e := NewEvidence(r, ingest.Span{Start: 5, End: 1 << 20}); e.Quote != "" || e.Title != "A" {
		t.Errorf("a span past the text: %+v", e)
	}
}

// An entity on very many pages, and a page with very many names, keep a profile small and are done soon.
func TestProfileOfHub(t *testing.T) {
	site := &ingest.Site{Entities: []ingest.Entity{{IRI: "urn:x:hub", Kind: kinds.Organisation, Name: "Hub"}}}
	for range 20000 {
		site.Records = append(site.Records, &ingest.Record{IRI: "urn:x:p", Page: &ingest.Page{Path: "p"},
			Organisations: []ingest.Reference{{IRI: "urn:x:hub"}}})
	}
	p := profilesOf(site)[0]
	if p.Pages != 20000 || len(p.Appearances) != maxAppearances {
		t.Errorf("%d pages, %d appearances", p.Pages, len(p.Appearances))
	}
}

func BenchmarkProfiles(b *testing.B) {
	site := invent.Site(2000, 1)
	b.ReportAllocs()
	for b.Loop() {
		for range profilesOf(site) {
		}
	}
}
