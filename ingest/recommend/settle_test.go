package recommend

import (
	"fmt"
	"strings"
	"testing"

	"rapporteur/ingest"
	"rapporteur/ingest/kinds"
)

// said makes a record that recommends the texts, each a block of its own.
func said(path, date string, texts ...string) *ingest.Record {
	r := &ingest.Record{Page: &ingest.Page{Path: path, Date: date}}
	for _, t := range texts {
		span := ingest.Span{Start: len(r.Text), End: len(r.Text) + len(t)}
		r.Text += t + "\n\n"
		r.Blocks = append(r.Blocks, ingest.Block{Kind: ingest.ParagraphBlock, Span: span, Heading: -1, LeadIn: -1, Parent: -1})
		r.Recommendations = append(r.Recommendations, ingest.Recommendation{Span: span, Text: t, Kind: ingest.Ask})
	}
	return r
}

func TestSettleGroupsTheSameAsk(t *testing.T) {
	late := said("b.md", "2024-05-01",
		"She said that councils should publish a full register of their algorithms.",
		"Councils should not publish a full register of their algorithms.",
		"Transparency")
	early := said("z.md", "2021-02-03",
		"Councils should publish a full register of their algorithms!",
		"The state must fund 3 local labs for ten years.",
		"Transparency",
		"The state must fund 4 local labs for ten years.",
		"The state must fund 3 local labs for ten years.")
	Settle("https://invented.example", []*ingest.Record{late, early}, nil)
	first := early.Recommendations
	for _, want := range []struct {
		what      string
		got, same ingest.IRI
	}{
		{"a later page that says the same", late.Recommendations[0].SameAs, first[0].IRI},
		{"the first", first[0].SameAs, ""},
		{"a denial", late.Recommendations[1].SameAs, ""},
		{"a bare label", late.Recommendations[2].SameAs, ""},
		{"another number", first[3].SameAs, ""},
		{"twice on a page", first[4].SameAs, first[1].IRI},
	} {
		if want.got != want.same {
			t.Errorf("%s: same as %q, want %q", want.what, want.got, want.same)
		}
	}
	seen := map[ingest.IRI]bool{}
	for _, r := range []*ingest.Record{late, early} {
		for _, a := range r.Recommendations {
			if seen[a.IRI] || !strings.HasPrefix(string(a.IRI), "https://invented.example/id/recommendation/") {
				t.Errorf("IRI %s is taken or has another base", a.IRI)
			}
			seen[a.IRI] = true
		}
	}
}

func TestSettleNames(t *testing.T) {
	r := said("a.md", "", "The Lantern Institute told Ana Roe that ministers in Kenya should listen.")
	r.Recommendations[0].By, r.Recommendations[0].To = 1, "the Harbour Council"
	mention := func(words string) []ingest.Mention {
		i := strings.Index(r.Text, words)
		return []ingest.Mention{{Span: ingest.Span{Start: i, End: i + len(words)}, Text: words}}
	}
	r.Organisations = []ingest.Reference{{ID: 1, IRI: "o1", Name: "Lantern Institute", Mentions: mention("Lantern Institute")}}
	r.People = []ingest.Participant{{Reference: ingest.Reference{IRI: "p1", Name: "Ana Roe", Mentions: mention("Ana Roe")}}}
	r.Countries = []ingest.CountryReference{{Reference: ingest.Reference{IRI: "c1", Name: "Kenya", Mentions: mention("Kenya")}}}
	r.Topics = []ingest.TopicReference{{Reference: ingest.Reference{IRI: "t1", Name: "Music"}},
		{Reference: ingest.Reference{IRI: "t2", Name: "Ministers"}}}
	Settle("urn:rapporteur:", []*ingest.Record{r}, []ingest.Entity{{IRI: "o2", Kind: kinds.Organisation, Name: "Harbour Council"},
		{IRI: "t1", Kind: kinds.Topic, Name: "Music"}, {IRI: "t2", Kind: kinds.Topic, Name: "Ministers"},
		{IRI: "t3", Kind: kinds.Topic, Name: "Listening", Aliases: []string{"listen"}}})
	a := r.Recommendations[0]
	if a.ByIRI != "o1" || a.ToIRI != "o2" || fmt.Sprint(a.Mentions) != "[c1 p1]" || fmt.Sprint(a.Topics) != "[t2 t3]" {
		t.Errorf("by %s to %s, mentions %v, topics %v", a.ByIRI, a.ToIRI, a.Mentions, a.Topics)
	}
}

// On a site with events, a page that is none counts only where it is sure; without them, every page counts.
func TestSettleSiftsPagesThatAreNoEvents(t *testing.T) {
	for _, events := range []int{0, enoughEvents} {
		diary := said("diary.md", "", "We should perhaps eat less cake.", "Councils must publish the register.", "Cake")
		for i, a := range []struct {
			confidence float64
			rule       string
		}{{0.3, "modal"}, {0.9, "modal"}, {0.9, ruleContext}} {
			diary.Recommendations[i].Confidence, diary.Recommendations[i].Rule = a.confidence, a.rule
		}
		records := []*ingest.Record{diary}
		for i := range events {
			e := said(fmt.Sprintf("e%d.md", i), "", fmt.Sprintf("Wardens of ward %d should walk.", i))
			e.Kind = ingest.EventPage
			records = append(records, e)
		}
		Settle("https://invented.example", records, nil)
		want := 3
		if events > 0 {
			want = 1
		}
		if len(diary.Recommendations) != want {
			t.Errorf("%d events: %d recommendations of the diary are left, want %d", events, len(diary.Recommendations), want)
		}
		if events > 0 && len(records[1].Recommendations) != 1 {
			t.Error("an event lost its recommendation")
		}
	}
}

func TestMatch(t *testing.T) {
	answers := []Answer{{Text: "The council's “register” should be public."}, {Text: "Pay the wardens."}, {Text: "Nobody said this."}}
	got := Match([]string{"pay the wardens", "the council register should be public", "Pay the wardens", "something else"}, answers)
	if fmt.Sprint(got) != "[1 0 -1 -1]" {
		t.Errorf("matched %v", got)
	}
}

func BenchmarkSettle(b *testing.B) {
	var records []*ingest.Record
	for p := range 1000 {
		var texts []string
		for k := range 10 {
			texts = append(texts, fmt.Sprintf("Council %d of %d should publish register %d of its algorithms and pay for the work of group "+
				"%d in full.", p, k, p*k, p+k))
		}
		records = append(records, said(fmt.Sprintf("p%04d.md", p), "", texts...))
	}
	b.ReportAllocs()
	for b.Loop() {
		Settle("https://invented.example", records, nil)
	}
}
