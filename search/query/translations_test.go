package query

import (
	"context"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/inversion"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
	"rapporteur/search/derive"
)

// A page and its translation are one hit, found by the words of both, and count once for whom both name.
func TestTranslationsAreOneHit(t *testing.T) {
	who := ingest.IRI("urn:x:person/orla")
	version := func(path, lang, of, title, text string) *ingest.Record {
		p := &ingest.Page{Path: path, Kind: ingest.EventPage, Lang: lang, TranslationOf: of, Title: title, Text: title + "\n\n" + text}
		p.Blocks = []ingest.Block{{Kind: ingest.TitleBlock, Span: ingest.Span{End: len(title)}},
			{Kind: ingest.ParagraphBlock, Span: ingest.Span{Start: len(title) + 2, End: len(p.Text)}}}
		return &ingest.Record{Page: p, IRI: ingest.IRI("urn:x:" + path),
			People: []ingest.Participant{{Reference: ingest.Reference{IRI: who, Name: "Orla Venn", Confidence: 1}, Speaker: true, Sure: 1,
				Part: ingest.Speaker}}}
	}
	site := &ingest.Site{
		Entities: []ingest.Entity{{IRI: who, Kind: kinds.Person, Name: "Orla Venn"}},
		Records: []*ingest.Record{version("de/eels.md", "de", "en/eels.md", "Aale", "Vom Zählen der Aale am Wehr."),
			version("en/eels.md", "en", "", "Eels", "Of counting at the weir.")},
	}
	f := engineOf(t, site)
	for _, q := range []string{"counting", "zählen", "kind:event"} {
		r, err := f.Search(context.Background(), &answer.Request{Query: q})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) != 1 || r.Hits[0].Path != "en/eels.md" {
			t.Errorf("%s finds %d: %+v", q, len(r.Hits), r.Hits)
		}
	}
	derived := derive.Of(inversion.Of(site))
	for n := range site.Entities {
		p := derived.Profile(n)
		if p.Pages != 1 || len(p.Appearances) != 1 || p.Appearances[0].Page.Name != "Eels" {
			t.Errorf("%s appears on %d pages: %+v", p.Name, p.Pages, p.Appearances)
		}
	}
}
