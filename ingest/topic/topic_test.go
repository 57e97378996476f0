package topic

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"rapporteur/ingest"
)

// page makes a record of a title, a text and front matter.
func page(path string, kind ingest.PageKind, title, body string, front map[string]any) *ingest.Record {
	p := &ingest.Page{Path: path, Kind: kind, Title: title, FrontMatter: front}
	add := func(kind ingest.BlockKind, key, text string) {
		p.Blocks = append(p.Blocks, ingest.Block{Kind: kind, Key: key, Span: ingest.Span{Start: len(p.Text), End: len(p.Text) + len(text)},
			Heading: -1, LeadIn: -1, Parent: -1})
		p.Text += text + "\n\n"
	}
	add(ingest.TitleBlock, "title", title)
	for _, key := range []string{"topics", "tags", "project"} {
		for i, t := range split(front[key]) {
			add(ingest.FieldBlock, fmt.Sprintf("%s.%d", key, i), t)
		}
	}
	add(ingest.ParagraphBlock, "", body)
	return &ingest.Record{Page: p}
}

// invented is a site with two topics and a project; every third page states nothing.
func invented(pages int) []*ingest.Record {
	words := map[string][]string{
		"Rivers":  strings.Fields("gauge flood water bank level estuary weir sluice tide boat current warden"),
		"Tenders": strings.Fields("contract supplier bid price clause buyer award lot framework invoice clerk audit"),
	}
	records := []*ingest.Record{
		page("_topics/rivers.md", ingest.TopicPage, "Rivers", "All about water.", nil),
		page("_topics/open-tenders.md", ingest.TopicPage, "Tenders", "All about contracts.", nil),
		page("_projects/locks.md", ingest.ProjectPage, "Locks", "Mending locks.", map[string]any{"topics": []any{"rivers"}}),
	}
	for i := range pages {
		name := []string{"Rivers", "Tenders"}[i%2]
		var body strings.Builder
		for k := range 30 {
			body.WriteString(words[name][(i*7+k*5)%12] + " and ")
		}
		front := map[string]any{}
		if i%3 != 0 {
			front["topics"] = []any{name}
		}
		records = append(records, page(fmt.Sprintf("_events/%03d.md", i), ingest.EventPage, fmt.Sprintf("Meeting %d", i), body.String(), front))
	}
	return records
}

func TestFill(t *testing.T) {
	records := invented(40)
	records = append(records, page("_events/x.md", ingest.EventPage, "A project day", "We met.", map[string]any{"project": "Locks"}))
	Fill(records, nil)
	for i, r := range records[3:43] {
		want := []string{"Rivers", "Tenders"}[i%2]
		if len(r.Topics) != 1 || r.Topics[0].Name != want || r.Topics[0].Inferred != (i%3 == 0) {
			t.Errorf("%s: %+v, want %s", r.Path, r.Topics, want)
			continue
		}
		for _, m := range r.Topics[0].Mentions {
			if m.Span.In(r.Text) != m.Text {
				t.Errorf("%s: mention %q covers %q", r.Path, m.Text, m.Span.In(r.Text))
			}
		}
		if len(r.Topics[0].Mentions) == 0 {
			t.Errorf("%s: %s without evidence", r.Path, want)
		}
	}
	last := records[43]
	if len(last.Topics) != 1 || last.Topics[0].Scheme != Project || last.Topics[0].Inferred {
		t.Errorf("an event that says nothing is given a topic: %+v", last.Topics)
	}
	if p := records[2]; len(p.Topics) != 2 || p.Topics[0].Name != "Locks" || p.Topics[1].Name != "Rivers" {
		t.Errorf("the project's page: %+v", p.Topics)
	}
}

func TestVocabulary(t *testing.T) {
	records := []*ingest.Record{
		page("_topics/open-tenders.md", ingest.TopicPage, "Tenders", "", nil),
		page("a.md", ingest.PostPage, "A", "", map[string]any{"tags": "open tenders, purchasing, Gauges"}),
		page("b.md", ingest.PostPage, "B", "", map[string]any{"taxonomies": map[string]any{"tags": []any{"gauges", "TENDERS"}}}),
		page("c.md", ingest.PostPage, "C", "", map[string]any{"keywords": []any{"gauges", 7, nil}}),
	}
	Fill(records, []Curated{{Name: "Tenders", Synonyms: []string{"purchasing"}}})
	for i, want := range []string{"[Tenders]", "[Tenders gauges]", "[gauges Tenders]", "[gauges]"} {
		var got []string
		for _, topic := range records[i].Topics {
			if !topic.Inferred {
				got = append(got, topic.Name)
			}
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%s: %v, want %s", records[i].Path, got, want)
		}
	}
}

// The page that lists the topics is none of them.
func TestTheListOfTopicsIsNoTopic(t *testing.T) {
	records := append(invented(12), page("topics.md", ingest.TopicPage, "Our topics", "Rivers and Tenders.", nil),
		page("tags/index.md", ingest.TopicPage, "Tags", "Rivers and Tenders.", nil))
	Fill(records, nil)
	for _, r := range records {
		for _, topic := range r.Topics {
			if topic.Name == "Our topics" || topic.Name == "Tags" {
				t.Errorf("%s is about %s", r.Path, topic.Name)
			}
		}
	}
}

// A topic that most pages state is given to no page that does not speak for it.
func TestGeneralTopicIsNotForced(t *testing.T) {
	records := invented(60)
	for i, r := range records[3:] {
		if r.FrontMatter["topics"] != nil && i%5 != 0 {
			r.FrontMatter["topics"] = []any{"Canals", []string{"Rivers", "Tenders"}[i%2]}
		}
	}
	for i := range 20 {
		records = append(records, page(fmt.Sprintf("_events/other%d.md", i), ingest.EventPage, "Choir practice",
			strings.Repeat("song tenor hymn organ ", i+3), nil))
	}
	Fill(records, nil)
	for _, r := range records[len(records)-20:] {
		if len(r.Topics) > 0 {
			t.Errorf("%s: %+v", r.Path, r.Topics)
		}
	}
}

// A round-up of news is about many things: a topic that it does not name again and again is none of its own; a page of a few words leads to
// others and is about none.
func TestRoundUpsAndListings(t *testing.T) {
	given := func(kind ingest.PageKind, genre ingest.Genre, text string) int {
		r := page("_other/it.md", kind, "Something else", text, nil)
		r.Genre = genre
		Fill(append(invented(60), r), nil)
		return len(r.Topics)
	}
	rivers := strings.Repeat("water bank flood gauge weir ", 30)
	if given(ingest.PostPage, ingest.PostGenre, rivers) == 0 {
		t.Error("a post that has the words of a topic is not given it")
	}
	if given(ingest.PostPage, ingest.DigestGenre, rivers) > 0 {
		t.Error("a round-up that does not name a topic is given it")
	}
	if given(ingest.PostPage, ingest.DigestGenre, rivers+strings.Repeat("Rivers again. ", 4)) == 0 {
		t.Error("a round-up that names a topic often is not given it")
	}
	if given(ingest.OtherPage, ingest.OtherGenre, "water bank flood gauge weir") > 0 {
		t.Error("a page of five words is given a topic")
	}
}

func TestSiteWithoutVocabulary(t *testing.T) {
	records := []*ingest.Record{page("a.md", ingest.EventPage, "A", "water water", nil), page("b.md", ingest.EventPage, "B", "", nil)}
	Fill(records, nil)
	Fill(nil, nil)
	for _, r := range records {
		if len(r.Topics) != 0 {
			t.Errorf("%s: %+v out of nothing", r.Path, r.Topics)
		}
	}
}

func TestMeasure(t *testing.T) {
	records := invented(60)
	report := Measure(records, nil)
	if report.Pages != 41 || report.PrecisionAt1() < 0.95 || report.F1() < 0.9 || report.Topics != report.Events {
		t.Errorf("%v", report)
	}
	// A topic that the words do not tell must not be found by looking at what is hidden.
	for i, r := range records[3:] {
		if r.FrontMatter["topics"] != nil {
			r.FrontMatter["topics"] = []any{[]string{"Rivers", "Tenders"}[(i*i/7)%2]}
		}
	}
	if report = Measure(records, nil); report.PrecisionAt1() > 0.85 {
		t.Errorf("what cannot be known is known: %v", report)
	}
}

func TestFillIsTheSameEachTime(t *testing.T) {
	first := invented(40)
	Fill(first, nil)
	for range 4 {
		again := invented(40)
		Fill(again, nil)
		if !slices.EqualFunc(first, again, func(a, b *ingest.Record) bool { return fmt.Sprint(a.Topics) == fmt.Sprint(b.Topics) }) {
			t.Fatal("two runs differ")
		}
	}
}

func BenchmarkFill(b *testing.B) {
	records := invented(826)
	b.ReportAllocs()
	for b.Loop() {
		Fill(records, nil)
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/site")
}
