package derive

import (
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
	"rapporteur/ingest/kinds"
)

// pageOf makes a page of blocks given as "kind|key|text".
func pageOf(path string, genre ingest.Genre, blocks ...string) *ingest.Record {
	p := &ingest.Page{Path: path, Title: path, Date: "2024-05-0" + path[:1], Genre: genre, Kind: ingest.PostPage}
	for _, b := range blocks {
		f := strings.SplitN(b, "|", 3)
		start := len(p.Text)
		p.Text += f[2] + "\n"
		at := ingest.Span{Start: start, End: start + len(f[2])}
		p.Blocks = append(p.Blocks, ingest.Block{Kind: ingest.BlockKind(f[0]), Key: f[1], Span: at})
	}
	return &ingest.Record{Page: p, IRI: ingest.IRI("urn:" + path)}
}

// naming makes somebody of a page, named wherever their name or its first word stands.
func naming(r *ingest.Record, name string) ingest.Participant {
	p := ingest.Participant{Reference: ingest.Reference{IRI: "urn:jo", Name: name}}
	for at := 0; ; {
		i := strings.Index(r.Text[at:], name)
		if i < 0 {
			return p
		}
		p.Mentions = append(p.Mentions, ingest.Mention{Span: ingest.Span{Start: at + i, End: at + i + len(name)}})
		at += i + len(name)
	}
}

func TestWhatSomebodyDidAndWhatProvesIt(t *testing.T) {
	byline := pageOf("1.md", ingest.DigestGenre, "title||News", "field|author|Jo Marsh", "alt||Jo Marsh at a bus stop",
		"paragraph||The tide turned.")
	who := naming(byline, "Jo Marsh")
	who.Speaker, who.Part, who.Evidence = true, ingest.Speaker, who.Mentions[0].Span // of which only the byline speaks
	byline.People = []ingest.Participant{who}

	diary := pageOf("2.md", ingest.DiaryGenre, "field|author|Jo Marsh", "paragraph||We at Weir House were glad.",
		"paragraph||Jo Marsh, warden of Weir House, opened the gate.")
	told := naming(diary, "Jo Marsh")
	tie := func(text, role string) ingest.Affiliation {
		at := strings.Index(diary.Text, text)
		return ingest.Affiliation{IRI: "urn:weir", Role: role, Confidence: .99, Span: ingest.Span{Start: at, End: at + len(text)}}
	}
	told.Affiliations = []ingest.Affiliation{tie("Weir House were", ""), tie("warden of Weir House", "warden")}
	diary.People = []ingest.Participant{told}
	diary.Organisations = []ingest.Reference{{IRI: "urn:weir", Name: "Weir House"}}

	site := Of(inversion.Of(&ingest.Site{Records: []*ingest.Record{byline, diary}, Entities: []ingest.Entity{
		{IRI: "urn:jo", Kind: kinds.Person, Name: "Jo Marsh"}, {IRI: "urn:weir", Kind: kinds.Organisation, Name: "Weir House"}}}))
	p := site.profile(0, newTally(2))
	if p.Spoke != 0 || p.Did["posts"][0].Count != 2 || len(p.Did["events"]) != 0 {
		t.Errorf("spoke %d, did %v; a byline says that somebody wrote, not that they spoke", p.Spoke, p.Did)
	}
	for _, a := range p.Appearances {
		if a.Part != string(ingest.Author) || a.Speaker || !a.Author {
			t.Errorf("%s: %+v, want an author", a.Page.ID, a)
		}
	}
	if e := p.Appearances[1].Evidence[0]; !e.Place.Field || words(byline, e.Place) != "Jo Marsh" {
		t.Errorf("what proves that they wrote is %q, want the field", words(byline, e.Place))
	}
	if e := p.Affiliations[0].Evidence[0]; !strings.Contains(words(diary, e.Place), "warden") {
		t.Errorf("what proves the tie is %q, want the sentence that tells the role and the name", words(diary, e.Place))
	}
}

func TestEvidenceIsNoBoilerplate(t *testing.T) {
	var records []*ingest.Record
	for _, n := range []string{"1", "2", "3", "4", "5", "6"} {
		r := pageOf(n+".md", ingest.PostGenre, "paragraph||This page stood first at Jo Marsh and others.",
			"paragraph||In week "+n+" Jo Marsh walked.")
		r.People = []ingest.Participant{naming(r, "Jo Marsh")}
		records = append(records, r)
	}
	site := Of(inversion.Of(&ingest.Site{Records: records, Entities: []ingest.Entity{{IRI: "urn:jo", Kind: kinds.Person, Name: "Jo Marsh"}}}))
	p := site.profile(0, newTally(1))
	for _, a := range p.Appearances {
		r := records[site.Page[strings.TrimPrefix(string(a.Page.ID), "urn:")]]
		if len(a.Evidence) != 1 || !strings.HasPrefix(words(r, a.Evidence[0].Place), "In week") {
			t.Errorf("%s is proved by %v, want what stands on it alone", a.Page.ID, a.Evidence)
		}
	}
}
