package query

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
	"rapporteur/ingest/pipeline"
	"rapporteur/search/answer"
)

// Dates, places and employers in words are filters, told as such, and can be left out.
func TestWordsAreReadAsFilters(t *testing.T) {
	f := inventedSite(t)
	for query, want := range map[string]string{
		"events in 2023":     "[date:2023 (in 2023) without \"events\" kind:event (events) without \"in 2023\"]",
		"rivers in May 2023": "[date:2023-05 (in May 2023) without \"rivers\"]",
		"forum in Estonia since 2022?": "[country:EE (in Estonia) without \"forum since 2022?\" from:2022 (since 2022?) without \"forum in " +
			"Estonia\"]",
		"2023 events in Estonia": "[country:EE (in Estonia) without \"2023 events\" date:2023 (2023) without \"events in Estonia\" " +
			"kind:event (events) without \"2023 in Estonia\"]",
		"which events took place in Estonia": "[country:EE (in Estonia) without \"which events took place\" " +
			"kind:event (which events took place) without \"in Estonia\"]",
		"what happened in Estonia": "[country:EE (in Estonia) without \"what happened\" kind:event (what happened) without \"in Estonia\"]",
		"flood map before 2024":    "[to:2023 (before 2024) without \"flood map\"]",
		"rivers in danger":         "[]",
		"\"in 2023\" rivers":       "[]",
		"2023":                     "[]",
	} {
		response, err := f.Search(context.Background(), &answer.Request{Query: query})
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for _, u := range response.Understood {
			got = append(got, fmt.Sprintf("%s:%s (%s) without %q", u.Field, u.Value, u.Words, u.Without))
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
	for _, query := range []string{"who works at Fjordlab?", "Who worked for Fjordlab", "people from Fjordlab", "staff of Fjordlab",
		"who is at Fjordlab", "who is from Fjordlab", "the people who work for Fjordlab", "who represents Fjordlab"} {
		response, err := f.Search(context.Background(), &answer.Request{Query: query})
		if err != nil || len(response.Hits) == 0 || response.Asked == nil || response.Asked.Employer == "" {
			t.Fatalf("%s: %+v (%v)", query, response, err)
		}
		for _, h := range response.Hits {
			if h.Kind != kinds.Person {
				t.Errorf("%s: a %s works at a body", query, h.Kind)
			}
		}
	}
}

// What is asked in several wordings is understood as one.
func TestWordingsOfQuestions(t *testing.T) {
	f := inventedSite(t)
	for want, queries := range map[answer.Asked][]string{
		{Kind: kinds.Person, Spoke: true}: {"who spoke about rivers", "Who has spoken on rivers?",
			"who talked about rivers",
			"speakers on rivers", "who gave a talk on rivers", "who are the speakers on rivers", "who discussed rivers",
			"panellists who spoke about rivers"},
		{Kind: kinds.Person}: {"who works on rivers", "who is working on rivers", "people on rivers", "experts working on rivers",
			"who wrote about rivers", "which researchers work on rivers"},
		{Kind: kinds.Organisation}: {"organisations on rivers", "which organisations work on rivers", "which charities are working on rivers",
			"organizations involved in rivers", "companies active on rivers", "groups that campaign on rivers"},
		{Kind: kinds.Organisation, Spoke: true}: {"which organisations spoke about rivers"},
	} {
		for _, query := range queries {
			got, err := f.Search(context.Background(), &answer.Request{Query: query})
			if err != nil || got.Asked == nil {
				t.Errorf("%s is understood as words (%v)", query, err)
				continue
			}
			if a := *got.Asked; a.Kind != want.Kind || a.Spoke != want.Spoke || a.Subject != "rivers" && a.Subject != "rivers?" {
				t.Errorf("%s is understood as %+v", query, a)
			}
		}
	}
	for query, spoke := range map[string]bool{"who from Fjordlab spoke on rivers": true, "speakers from Fjordlab on rivers": true,
		"who at Fjordlab works on rivers": false, "people from Fjordlab who talked about rivers": true,
		"who spoke for Fjordlab about rivers": true} {
		got, err := f.Search(context.Background(), &answer.Request{Query: query})
		if err != nil || got.Asked == nil || got.Asked.Of == "" || got.Asked.Kind != kinds.Person || got.Asked.Spoke != spoke ||
			got.Asked.Subject != "rivers" {
			t.Errorf("%s: %+v (%v)", query, got.Asked, err)
		}
	}
	for _, query := range []string{"who", "who spoke", "speakers", "people", "events", "organisations", "people in government",

		"who from nowhere spoke on rivers", "the people of the river on film"} {
		got, err := f.Search(context.Background(), &answer.Request{Query: query})
		if err != nil || got.Asked != nil {
			t.Errorf("%s asks for nobody, and is understood as %+v (%v)", query, got.Asked, err)
		}
	}
}

// A fault breaks off one answer, and tells the shape of the query, not its words.
func TestFaultIsAnError(t *testing.T) {
	f := &Engine{} // without an index nothing can be answered
	response, err := f.Search(context.Background(), &answer.Request{Query: "secret words 新幹線 !"})
	fault, ok := err.(*answer.FaultError)
	if response != nil || !ok || fault.Query.String() != "a query of 24 bytes, 4 words, 1 signs, in Han and Latin" {
		t.Errorf("%v, %v", response, err)
	}
}

// Pages in many languages beside each other, and whatever is asked of them: an answer or a pointed refusal, never a fault.
func FuzzSearch(f *testing.F) {
	pages := []*ingest.Record{}
	for i, p := range []struct{ lang, text string }{
		{"en", "On policy-making, C++ and #10"}, {"ja", "新幹線の話もありました。データ"}, {"th", "เราพูดถึงข้อมูลเปิด"}, {"ar", "تحدثت ليلى عن البيانات"},
		{"de", "Die Häfen, größer"}, {"ko", "데이터는"},
	} {
		page := &ingest.Page{Path: fmt.Sprintf("%d.md", i), Title: "Page", Text: "Page\n" + p.text, Lang: p.lang, Kind: ingest.EventPage}
		page.Blocks = []ingest.Block{{Kind: ingest.ParagraphBlock, Span: ingest.Span{Start: 5, End: len(page.Text)}}}
		pages = append(pages, &ingest.Record{Page: page, IRI: ingest.IRI(fmt.Sprintf("urn:x:%d", i))})
	}
	e := engineOf(f, &ingest.Site{Records: pages})
	for _, s := range []string{"新幹線", "ข้อมูล", "\u0301\u0301", "\u200f\u202eabc", "a OR -b \"c", "#10 C++ policy-making", "新-幹 線",
		"데이터 البيانات", "who works at X", "events in 2023", "ー", "é'\u00ad"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		response, err := e.Search(context.Background(), &answer.Request{Query: query, Explain: true})
		if fault, ok := err.(*answer.FaultError); ok {
			t.Fatalf("%q: %s\n%s", query, fault.Cause, fault.Stack)
		}
		if err == nil && len(response.Hits) < min(response.Total, DefaultLimit) {
			t.Fatalf("%q: %d hits of %d", query, len(response.Hits), response.Total)
		}
	})
}

// A place that no page found is of is looked for as a word, if there are other words, and that is told; where it is all that is asked for,
// nothing is found. Pages of a place are shown by the words that name it.
func TestPlacesInWords(t *testing.T) {
	page := func(title, body string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\ntitle: " + title + "\n---\n" + body + "\n")}
	}
	site, err := pipeline.Run(context.Background(), fstest.MapFS{
		"_events/2024-03-01-launch.md": page("Launch",
			"We met for a long day of talks about looms and dyes.\n\nThe launch was in Tartu, Estonia."),
		"_posts/2024-05-02-looms.md": page("Looms",
			"A loom was called off; see https://looms.example/estonia-loom-called-off for more."),
		"_posts/2024-05-03-kenya.md": page("A letter", "A letter from Kenya on dyes."),
	}, pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f := engineOf(t, site)
	ask := func(query string) *answer.Response {
		t.Helper()
		r, err := f.Search(context.Background(), &answer.Request{Query: query, Filter: answer.Filter{Kinds: []kinds.Kind{kinds.Page}}})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := ask("loom in Estonia called off"); len(r.Hits) == 0 || r.Hits[0].Title != "Looms" || len(r.Understood) > 0 ||
		!strings.Contains(strings.Join(r.Notes, " "), "“in Estonia” is searched for") {
		t.Errorf("the words of a place that is none: %+v, %q", r.Hits, r.Notes)
	}
	if r := ask("events in Kenya"); len(r.Hits) > 0 || len(r.Understood) != 2 {
		t.Errorf("events in a country without events: %+v", r.Hits)
	}
	r := ask("events in Estonia")
	if len(r.Hits) != 1 || len(r.Hits[0].Passages) == 0 || !strings.Contains(r.Hits[0].Passages[0].Text, "Estonia") {
		t.Errorf("an event in Estonia is shown by %+v", r.Hits)
	}
}
