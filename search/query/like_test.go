package query

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/search/answer"
)

// textPage makes a page of paragraphs that follow its title.
func textPage(path, lang, title string, paragraphs ...string) *ingest.Record {
	page := &ingest.Page{Path: path, Title: title, Text: title, Lang: lang, Kind: ingest.PostPage}
	for _, p := range paragraphs {
		page.Text += "\n"
		start := len(page.Text)
		page.Text += p
		page.Blocks = append(page.Blocks, ingest.Block{Kind: ingest.ParagraphBlock, Span: ingest.Span{Start: start, End: len(page.Text)}})
	}
	return &ingest.Record{Page: page, IRI: ingest.IRI("urn:x:" + path)}
}

// The paragraphs that are pasted, of three subjects.
const (
	onEels = `The harbour board counted the eels at the weir every night of the spring, by lantern and by hand, and wrote the numbers in a
ledger that anyone could read. When the sluice was mended the glass eels came up the ladder in thousands, and the anglers, who had doubted
the ladder, asked for a second one at the old mill, where the turbines still cut whatever swims into them.`
	onBread = `Bakers in the upper valley have begun to mill their own rye, since the large mills deliver only twice in a season and the flour
is stale by then. A cooperative of nine bakeries bought a stone mill together, shares the miller's wage, and publishes what each loaf
costs, so that nobody in the valley pays for the lorry and the warehouse any more than for the grain.`
	onBells = `Every bell of the cathedral was recorded before the tower was closed, with the clapper moved by a motor so that each stroke had
the same force. The recordings show that the third bell had cracked long before anyone heard it, and the founders now listen to
the overtones of all the others twice a year, as a doctor listens to a chest, before the ringers may climb up again.`
)

func textSite(t *testing.T) *Engine {
	site := &ingest.Site{Records: []*ingest.Record{
		textPage("eels.md", "en", "Counting by lantern", onEels, "The ledger is kept at the harbour office."),
		textPage("ladder.md", "en", "A ladder for glass eels",
			"The eels climb the ladder beside the sluice; the weir stays as it is, and so do the turbines."),
		textPage("bread.md", "en", "Flour of one's own", onBread),
		textPage("rye.md", "en", "Rye after the stone mill",
			"What a bakery pays for rye when it has a share in a stone mill, and what its loaf costs."),
		textPage("bells.md", "en", "Listening to the tower", onBells),
		textPage("cracks.md", "en", "Cracked bells",
			"Overtones tell a cracked bell from a sound one; the ringers of the cathedral heard nothing."),
	}}
	for i := range 30 {
		site.Records = append(site.Records, textPage(fmt.Sprintf("note%02d.md", i), "en", fmt.Sprintf("Minutes %d", i),
			"The board met, read what was written before, and asked that the numbers be published twice a year for anyone in the valley."))
	}
	return engineOf(t, site)
}

// A paragraph finds the page it stands on, then those of its subject, and the answer says how it was taken.
func TestPastedParagraphFindsPagesLikeIt(t *testing.T) {
	f := textSite(t)
	for text, want := range map[string][2]string{onEels: {"eels.md", "ladder.md"}, onBread: {"bread.md", "rye.md"},
		onBells: {"bells.md", "cracks.md"}} {
		for _, query := range []string{text, `"` + text + `"`, "• " + text + " (see: https://example.org/a?b=c)  – …",
			text + strings.Repeat(" "+text, 30)} {
			got, err := f.Search(context.Background(), &answer.Request{Query: query})
			if err != nil || len(got.Hits) < 2 || got.Hits[0].Path != want[0] || got.Hits[1].Path != want[1] {
				t.Fatalf("%.40q (%d bytes): %+v (%v)", query, len(query), got, err)
			}
			if len(got.Notes) != 1 || !strings.HasPrefix(got.Notes[0], "Taken as a text: pages that are like it") {
				t.Errorf("%.40q: notes %q", query, got.Notes)
			}
			if got.Total > 6 {
				t.Errorf("%.40q: %d pages are like it", query, got.Total)
			}
		}
	}
}

// The point of a long text may stand at its end; and what is as long as a text but holds commands is none.
func TestTextIsReadWhole(t *testing.T) {
	f := textSite(t)
	filler := strings.Repeat("the board met and read what was written before; ", 400)
	text := filler[:maxQueryBytes-len(onBells)] + onBells
	got, err := f.Search(context.Background(), &answer.Request{Query: text})
	if err != nil || len(got.Hits) == 0 || got.Hits[0].Path != "bells.md" {
		t.Errorf("a text of %d bytes: %+v (%v)", len(text), got, err)
	}
	for _, command := range []string{" kind:page", " -eels", " eels OR bells", " bell*"} {
		got, err := f.Search(context.Background(), &answer.Request{Query: onBread + command})
		if err != nil || len(got.Notes) > 0 && strings.HasPrefix(got.Notes[0], "Taken as a text") {
			t.Errorf("with%s: %v (%v)", command, got.Notes, err)
		}
	}
}

// A word of the language that is a body's name too is a word: it neither brings the body forward nor what else it is called.
func TestOrdinaryWordIsNoName(t *testing.T) {
	body := ingest.IRI("urn:x:lantern")
	site := &ingest.Site{Entities: []ingest.Entity{
		{IRI: body, Kind: kinds.Organisation, Name: "The Lantern", Aliases: []string{"Lantern", "Harbour Gazette"}},
		{IRI: "urn:x:fjordlab", Kind: kinds.Organisation, Name: "Fjordlab", Aliases: []string{"Institute of Inlets"}},
	}}
	add := func(path, text string, bodies ...ingest.IRI) {
		r := textPage(path, "en", "Page "+path, text)
		for _, b := range bodies {
			r.Organisations = append(r.Organisations, ingest.Reference{IRI: b, Name: "x"})
		}
		site.Records = append(site.Records, r)
	}
	add("press.md", "The Lantern wrote about the walk. So did the Harbour Gazette.", body)
	add("walk.md", "A walk by lantern light along the weir.")
	add("night.md", "Bring a lantern.")
	add("lab.md", "Fjordlab measured the walk.", "urn:x:fjordlab")
	add("inlets.md", "The Institute of Inlets measured the light.", "urn:x:fjordlab")
	f := engineOf(t, &ingest.Site{Records: site.Records, Entities: site.Entities})
	first := func(query string) answer.Hit {
		got, err := f.Search(context.Background(), &answer.Request{Query: query})
		if err != nil || len(got.Hits) == 0 {
			t.Fatalf("%s: %+v (%v)", query, got, err)
		}
		return got.Hits[0]
	}
	for _, query := range []string{"walk lantern", "lantern light walk", "Lantern walk light"} {
		if h := first(query); h.Path != "walk.md" {
			t.Errorf("%s: %s %s comes first", query, h.Kind, h.Title)
		}
	}
	got, err := f.Search(context.Background(), &answer.Request{Query: "lantern"}) // the body, then pages with the word, as often
	if err != nil || len(got.Hits) < 4 || got.Hits[0].Title != "The Lantern" || got.Hits[1].Path == "press.md" {
		t.Errorf("lantern: %+v (%v)", got, err)
	}
	for query, want := range map[string]string{"Lantern": "The Lantern", "fjordlab walk": "Fjordlab", "harbour gazette": "The Lantern"} {
		if h := first(query); h.Title != want {
			t.Errorf("%s: %s %s comes first", query, h.Kind, h.Title)
		}
	}
}
