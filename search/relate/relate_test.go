package relate

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/invent"
	"rapporteur/ingest/inversion"
)

// plain makes terms of a word without stemming; words of two letters say nothing.
func plain(word string) []string {
	if len(word) < 3 {
		return nil
	}
	return []string{word}
}

func page(path, title, date, body string) *ingest.Record {
	text := title + "\n\n" + body
	return &ingest.Record{IRI: ingest.IRI("urn:x:" + path),
		Page: &ingest.Page{Path: path, Collection: "events", Kind: ingest.EventPage, Title: title, Date: date, Text: text}}
}

func reasons(it Item) (types []string) {
	for _, r := range it.Why {
		types = append(types, r.Type)
	}
	return types
}

func TestWordsAndNamesRelate(t *testing.T) {
	records := []*ingest.Record{
		page("a.md", "Counting eels", "2024-01-01", "Volunteers with traps count silver eels at the weir each autumn."),
		page("b.md", "Night school", "2020-01-01", "A course on ledgers and double entry."),
		page("c.md", "Silver eels return", "2021-06-01", "After the silver eels came back, traps were taken out of the weir."),
		page("d.md", "Ledgers", "2019-01-01", "Follows our evening of Counting Eels, oddly; double entry for beginners."),
	}
	lists := Site(inversion.Of(&ingest.Site{Records: records}), plain, 3)
	if got := lists[0][0]; got.To != 2 || !reflect.DeepEqual(reasons(got), []string{"words"}) {
		t.Errorf("nearest to %q is %q for %v, want %q for words", records[0].Title, records[got.To].Title, reasons(got), records[2].Title)
	}
	if label := lists[0][0].Why[0].Label; !strings.Contains(strings.ToLower(label), "“silver eels”") {
		t.Errorf("the reason does not show the phrase: %s", label)
	}
	for _, it := range lists[0] {
		if it.To == 3 && it.Why[0].Label != "names this page" {
			t.Errorf("the page that names this one is offered for %+v", it.Why)
		}
	}
	if got := lists[3]; got[0].Why[0].Type != "title" && got[1].Why[0].Type != "title" {
		t.Errorf("a named page is not offered early: %+v", got)
	}
}

func TestSharedThingsAreReasons(t *testing.T) {
	a, b := page("a.md", "First", "2020-01-01", "Quite short."), page("b.md", "Second", "2024-01-01", "Rasa Volk spoke of something else.")
	at := strings.Index(b.Text, "Rasa Volk")
	who := ingest.Reference{IRI: "urn:x:rasa", Name: "Rasa Volk"}
	a.People = []ingest.Participant{{Reference: who, Speaker: true, Sure: 1}}
	who.Mentions = []ingest.Mention{{Span: ingest.Span{Start: at, End: at + len("Rasa Volk")}}}
	b.People = []ingest.Participant{{Reference: who, Speaker: true, Sure: 1}}
	b.Links = []ingest.Link{{Span: ingest.Span{Start: at, End: at + 4}, Target: "/a", Page: "a.md"}}
	others := []*ingest.Record{a, b}
	for i := range 9 {
		others = append(others, page(fmt.Sprint(i), "", "", ""))
	}
	it := Site(inversion.Of(&ingest.Site{Records: others}), plain, 1)[0][0]
	if it.To != 1 || !reflect.DeepEqual(reasons(it), []string{"link", "person"}) {
		t.Fatalf("got page %d for %v", it.To, reasons(it))
	}
	if got := it.Why[1]; got.Label != "both with Rasa Volk" || got.Span.In(others[got.Page].Text) != "Rasa Volk" {
		t.Errorf("reason %+v", got)
	}
	b.People[0].Speaker = false // named once, in passing
	if it := Site(inversion.Of(&ingest.Site{Records: others}), plain, 1)[0][0]; !reflect.DeepEqual(reasons(it), []string{"link"}) {
		t.Errorf("a name in passing is a reason: %v", reasons(it))
	}
}

func TestListsAreVaried(t *testing.T) {
	var records []*ingest.Record
	for i := range 12 {
		records = append(records, page(fmt.Sprintf("call-%d.md", i), fmt.Sprintf("Reading call %d", i), "",
			"The reading call of the river group: gauges, levels and weather, as ever, number "+strings.Repeat("x", 3+i)))
	}
	for i := range 6 {
		records = append(records, page(fmt.Sprintf("other-%d.md", i), strings.Repeat("y", 4+i), "",
			"A talk on gauges and levels with the river group, "+strings.Repeat("z", 3+i)))
	}
	records = append(records, others(60)...)
	for i, list := range Site(inversion.Of(&ingest.Site{Records: records}), plain, 10)[:12] {
		if len(list) != 10 {
			t.Errorf("page %d has %d items", i, len(list))
		}
		for from := 0; from < len(list); from += seriesWindow {
			calls := 0
			for _, it := range list[from:min(from+seriesWindow, len(list))] {
				if it.To < 12 {
					calls++
				}
			}
			if calls > seriesMost {
				t.Fatalf("%d of one series among five: %+v", calls, list)
			}
		}
	}
}

// others are pages that share nothing with any.
func others(n int) (records []*ingest.Record) {
	for i := range n {
		name := strings.Repeat(string(rune('k'+i)), 5)
		records = append(records, page("other-"+name+".md", name, "", name+"ing "+name+"ed."))
	}
	return records
}

func TestTwins(t *testing.T) {
	same := "One text that two pages carry, about brass lanterns and iron bridges."
	records := []*ingest.Record{
		page("a.md", "Lanterns", "", same), page("b.md", "Lanterns", "", same),
		page("c.md", "Bridges", "", "On brass lanterns, once more."), page("d.md", "Locks", "", "On iron bridges."),
	}
	records = append(records, others(12)...)
	list := Site(inversion.Of(&ingest.Site{Records: records}), plain, 3)[0]
	if len(list) != 3 || list[2].To != 1 {
		t.Errorf("a page's twin is not offered last: %+v", list)
	}
	twins := 0
	for _, it := range Site(inversion.Of(&ingest.Site{Records: records}), plain, 3)[2] {
		if it.To < 2 {
			twins++
		}
	}
	if twins != 1 {
		t.Errorf("%d pages of one text are offered, want 1", twins)
	}
}

// TestItemsHaveReasons also holds every quoted span to its text. A page that nothing ties to others offers none.
func TestItemsHaveReasons(t *testing.T) {
	records := invent.Site(80, 3).Records
	records = append(records, page("empty.md", "", "", ""), page("odd.md", "\xff…: ", "no date", "\u200d́ ' ’ \x00"))
	records[80].Text, records[81].Date = "", "2024-99-99"
	lists := Site(inversion.Of(&ingest.Site{Records: records}), plain, 10)
	for i, list := range lists {
		if len(list) != 10 && i < 80 || len(list) > 0 && records[i].Path == "empty.md" {
			t.Errorf("%s has %d items", records[i].Path, len(list))
		}
		for _, it := range list {
			if it.To == i || len(it.Why) == 0 {
				t.Fatalf("%s: item %+v", records[i].Path, it)
			}
			for _, r := range it.Why {
				if r.Span.Start < 0 || r.Span.End > len(records[r.Page].Text) || r.Span.Start > r.Span.End {
					t.Fatalf("%s: span %+v is not in the text of %s", records[i].Path, r.Span, records[r.Page].Path)
				}
			}
		}
	}
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{"don’t STOP", "Ngữ cảnh", "a\xffb", "e\u0301te\u0301 x1", "", "ﬁsh İstanbul"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		eachWord(s, func(folded string, start, end int) {
			if folded == "" || start < last || end <= start || end > len(s) {
				t.Fatalf("%q: word %q at %d-%d after %d", s, folded, start, end, last)
			}
			last = end
		})
	})
}

func TestUnpublishedPagesAreNotOffered(t *testing.T) {
	records := invent.Site(12, 5).Records
	for i := range records {
		if i%3 == 0 {
			records[i].URL = ""
		}
	}
	for i, list := range Site(inversion.Of(&ingest.Site{Records: records}), plain, 10) {
		if want := 8 - min(1, i%3); len(list) != want {
			t.Errorf("page %d has %d items, want %d", i, len(list), want)
		}
		for _, it := range list {
			if records[it.To].URL == "" {
				t.Errorf("a page without an address is offered: %s", records[it.To].Path)
			}
		}
	}
}

// What the links at the foot of two pages invite to is no reason to offer one with the other.
func TestInvitationsAreNoReason(t *testing.T) {
	foot := "Follow the brass lamplighters on Chirper"
	a, b := page("a.md", "Wicks", "", "On wicks.\n\n"+foot), page("b.md", "Shutters", "", "On shutters.\n\n"+foot)
	third := page("c.md", "Oil", "", "On oil.")
	at := strings.Index(b.Text, foot)
	where := ingest.Span{Start: at, End: at + len(foot)}
	b.Blocks = []ingest.Block{{Kind: ingest.ItemBlock, Span: where}}
	b.Links = []ingest.Link{{Span: where, Target: "https://chirper.example/lamps"}}
	for _, it := range Site(inversion.Of(&ingest.Site{Records: []*ingest.Record{a, b, third}}), plain, 3)[0] {
		for _, why := range it.Why {
			if it.To == 1 && why.Type == "words" {
				t.Errorf("offered for %q", why.Label)
			}
		}
	}
	b.Links = nil
	if l := Site(inversion.Of(&ingest.Site{Records: []*ingest.Record{a, b, third}}), plain, 3)[0]; l[0].To != 1 ||
		l[0].Why[0].Type != "words" {
		t.Errorf("without a link the words are a reason: %+v", l[0])
	}
}

// A page in several languages is offered once, in that of the page that it is offered for, and never for itself.
func TestTranslationsAreOnePage(t *testing.T) {
	version := func(path, lang, of, body string) *ingest.Record {
		r := page(path, "On "+body, "", body+" of the river weir.")
		r.Lang, r.TranslationOf = lang, of
		return r
	}
	records := []*ingest.Record{version("en/a.md", "en", "", "silver eels"), version("de/a.md", "de", "en/a.md", "silver eels today"),
		version("en/b.md", "en", "", "silver pike"), version("de/b.md", "de", "en/b.md", "silver pike today")}
	for i, l := range Site(inversion.Of(&ingest.Site{Records: append(records, others(12)...)}), plain, 5)[:4] {
		var to []int
		for _, it := range l {
			to = append(to, it.To)
		}
		if want := [][]int{{2}, {3}, {0}, {1}}[i]; !reflect.DeepEqual(to, want) {
			t.Errorf("for %s: %v, want %v", records[i].Path, to, want)
		}
	}
}
